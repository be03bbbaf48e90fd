"""The given list of forms, read exactly as it says; and phrases that well-known tools get wrong.

typed_forms.jsonl was written for this project.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factlog.errors import ReadingError
from factlog.parsing import read, read_all, say
from support.figures import told_all

_LINES = Path(__file__).with_name("typed_forms.jsonl").read_text(encoding="utf-8").splitlines()
FORMS: list[dict[str, Any]] = [json.loads(line, parse_float=Decimal) for line in _LINES]
READ = [form for form in FORMS if not form.get("refuse")]
REFUSED = [form["text"] for form in FORMS if form.get("refuse")]
# 2/3 is listed with the digits of a binary float.
_CLOSE = Decimal("1e-15")


def _same(number: Decimal | None, listed: Decimal | int | None) -> bool:
    if number is None or listed is None:
        return number is None and listed is None
    return abs(number - Decimal(listed)) < _CLOSE


@pytest.mark.parametrize("form", READ, ids=lambda form: repr(form["text"]))
def test_every_listed_form_reads_as_listed(form: dict[str, Any]) -> None:
    (figure,) = read_all(form["text"], locale=form.get("locale"))
    estimate = figure.estimate
    assert estimate.hedge == form["hedge"]
    assert estimate.unit == form.get("unit")
    assert figure.thing == form.get("thing")
    if "reading" in form:
        assert [estimate.low, estimate.high] == form["reading"]
    else:
        for name in ("low", "best", "high", "plus", "minus"):
            assert _same(getattr(estimate, name), form.get(name)), name
    assert read(say(estimate)).estimate == estimate


@pytest.mark.parametrize("text", REFUSED)
def test_every_listed_refusal_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        read_all(text)


def test_the_list_is_whole() -> None:
    assert len(FORMS) == 192
    assert len(REFUSED) == 17


TRAPS = [
    ("no more than 300", "at_most 300"),
    ("not more than 300", "at_most 300"),
    ("no fewer than 300", "at_least 300"),
    ("no less than 300", "at_least 300"),
    ("not fewer than 300", "at_least 300"),
    ("as many as 300", "at_most 300"),
    ("as much as 300", "at_most 300"),
    ("upwards of 300", "at_least 300"),
    ("in excess of 300", "more_than 300"),
    ("300 or so", "about 300"),
    ("300-odd", "about 300"),
    ("some 300", "about 300"),
    ("an estimated 300", "about 300"),
    ("dozens", "vague 24..99"),
    ("more than a dozen", "more_than 12"),
    ("half a dozen", "exact 6"),
    ("between 300 and 400", "range 300..400"),
    ("from 300 to 400", "range 300..400"),
    ("300-400", "range 300..400"),
    ("about 10-12 thousand", "about 10000..12000"),
    ("between $10 and $20 million", "range 10000000..20000000 [USD]"),
    ("$200 to $4 million", "range 200..4000000 [USD]"),
    ("900,000 to 1.1 million", "range 900000..1100000"),
    ("3k-4k casualties", "range 3000..4000 {casualties}"),
    ("$37m", "exact 37000000 [USD]"),
    ("37m people", "exact 37000000 {people}"),
    ("37 m", "exact 37 [m]"),
    ("none of the 300", "exact 0"),
    ("one in five", "exact 0.2"),
    ("5 percentage points", "exact 5 [percentage point]"),
    ("-$50.8bn", "exact -50800000000 [USD]"),
    ("$-50.8bn", "exact -50800000000 [USD]"),
    ("−3.2 °C", "exact -3.2 [degC]"),
    ("4\u2009000", "exact 4000"),
    ("4\u00a0000", "exact 4000"),
    ("4'000", "exact 4000"),
    ("12,34,567", "exact 1234567"),
    ("around 300", "about 300"),
    ("around 300 killed and 2,700 injured", "about 300 {killed} | about 2700 {injured}"),
    ("878.4(5)", "plus_minus 878.4 +0.5 -0.5 @0.683"),
    ("870 +2.5 -3.1", "plus_minus 870 +2.5 -3.1 @0.683"),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS)
def test_phrases_that_other_tools_get_wrong(text: str, expected: str) -> None:
    assert told_all(text) == expected


def test_a_bare_37m_is_asked_about() -> None:
    with pytest.raises(ReadingError) as caught:
        read("37m")
    assert caught.value.choices == ("37 million", "37 m")
