from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError
from factlog.findings import Counts, MeasureComparison, Verdict
from factlog.policy import POLICIES, Interval, Kind
from factlog.render import to_csv, to_json
from factlog.render.to_json import json_list, one_line, spread
from support.comparisons import HOSTILE, about, comparison_of, founding, hostile, many_sources

numbers = st.decimals(allow_nan=False, allow_infinity=False).filter(
    lambda n: abs(n.adjusted()) < 300
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def parsed(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def same(one: object, other: object) -> bool:
    """Whether two values are alike, exactly, an integer being a number like any other."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.slow
@given(values)
@settings(max_examples=200)
def test_what_is_written_reads_back_exactly(value: object) -> None:
    assert same(parsed(one_line(value)), value)
    assert same(parsed(spread(value)), value)
    assert "\n" not in one_line(value)


@given(st.lists(values, max_size=4))
@settings(max_examples=50)
def test_a_list_comes_in_pieces(given_values: list[object]) -> None:
    assert same(parsed("".join(json_list(given_values))), given_values)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_character_acts_on_a_terminal(text: str) -> None:
    page = "".join(to_json.comparison(hostile(text)))
    assert all(sign.isprintable() or sign == "\n" for sign in page)
    side = parsed(page)["subjects"][0]["measures"][0]["sides"][0]
    fields = ("measure", "source", "via", "url", "scope", "unit", "said")
    assert [side[key] for key in fields] == [text] * 7


FOUNDING_SIDE = {
    "measure": "casualties",
    "source": "South Korean intelligence",
    "via": "NBC News",
    "url": "https://www.nbcnews.com",
    "origin": None,
    "scope": None,
    "unit": None,
    "said": "killed around 300 + injured around 2,700",
    "hedge": "about",
    "low": None,
    "best": 3000,
    "high": None,
    "reading": [2700, 3300],
    "as_of": "2025-01-13",
    "published": None,
    "claims": [1, 2],
    "derived": True,
    "current": True,
}


def test_the_founding_comparison_key_for_key() -> None:
    document = parsed("".join(to_json.comparison(founding())))
    assert list(document) == ["schema", "policy", "as_of", "subjects", "summary"]
    assert document["schema"] == "factlog.comparison/1"
    assert document["policy"] == {
        "name": "default",
        "about": Decimal("0.1"),
        "tolerance": Decimal("0.01"),
        "sigmas": 2,
        "near_sigmas": 3,
        "window_days": 30,
    }
    casualties = document["subjects"][0]["measures"][0]
    assert list(casualties) == [
        "measure",
        "unit",
        "kind",
        "verdict",
        "origins",
        "sides",
        "findings",
        "camps",
        "uncontested",
        "disagreements",
        "hints",
        "decision",
    ]
    assert casualties["decision"] is None
    assert casualties["sides"][0] == FOUNDING_SIDE
    assert list(casualties["sides"][0]) == list(FOUNDING_SIDE)
    (finding,) = casualties["findings"]
    keys = ["verdict", "kind", "sides", "gap", "ratio", "break_even", "sigmas", "why"]
    assert list(finding) == keys
    assert finding["break_even"] == Decimal(1) / 7
    assert finding["sigmas"] is None
    assert document["summary"] == {
        "subjects": 1,
        "measures": 3,
        "pairs": {"compared": 1, "agree": 0, "near": 0, "growth": 0, "echo": 0, "conflict": 1},
        "other": {"self": 0, "sum": 0, "part": 0, "revised": 0},
        "not_compared": {"single": 2, "stale": 0, "scope": 0, "unit": 0},
        "decided": 0,
    }


def test_one_line_a_measure() -> None:
    lines = "".join(to_json.comparison_jsonl([founding(), many_sources(3)])).splitlines()
    records = [parsed(line) for line in lines]
    assert [(r["subject"], r["measure"]) for r in records] == [
        ("North Korean troops in Russia", "casualties"),
        ("North Korean troops in Russia", "injured"),
        ("North Korean troops in Russia", "killed"),
        ("A subject", "killed"),
    ]
    whole = parsed("".join(to_json.comparison(founding())))["subjects"][0]["measures"]
    assert [{k: v for k, v in r.items() if k != "subject"} for r in records[:3]] == whole


def test_infinity_and_what_was_not_stated_are_null() -> None:
    side = replace(
        about("killed", "A", 1, 1),
        hedge=Hedge.MORE_THAN,
        low=Decimal("3E+3"),
        best=None,
        reading=Interval(Decimal("3E+3"), None, True),
    )
    measure = MeasureComparison(
        "killed", None, Kind.CONSTANT, Verdict.SINGLE, 1, (side,), (), Counts(single=1)
    )
    found = replace(comparison_of(measure), policy=POLICIES["digits"])
    document = parsed("".join(to_json.comparison(found)))
    assert document["policy"]["about"] is None
    told = document["subjects"][0]["measures"][0]["sides"][0]
    assert told["reading"] == [3000, None]
    assert (told["low"], told["best"], told["high"]) == (3000, None, None)
    assert '"low": 3000,' in "".join(to_json.comparison(found))


def test_a_reading_in_the_keys_of_read() -> None:
    estimate = Estimate(
        Hedge.PLUS_MINUS,
        best=Decimal("878.4"),
        plus=Decimal("0.50"),
        minus=Decimal("0.5"),
        coverage=Decimal("0.683"),
        unit="s",
    )
    figure = Figure("878.4(5)", estimate, "lifetime")
    line = to_json.figure("878.4(5) s", figure, "lifetime", Interval(Decimal("877.4"), None))
    assert line == (
        '{"text": "878.4(5) s", "hedge": "plus_minus", "side": null, "low": null, "best": 878.4, '
        '"high": null, "low_open": false, "high_open": false, "plus": 0.5, "minus": 0.5, '
        '"coverage": 0.683, "unit": "s", "thing": "lifetime", "measure": "lifetime", '
        '"reading": [877.4, null]}\n'
    )


def test_a_refusal_says_what_stopped_the_reader() -> None:
    error = ReadingError("Not a number.", "Write 12.", text="12..", start=3, end=4)
    assert to_json.refusal("12..", error) == '{"text": "12..", "error": "Not a number."}\n'


def test_what_was_not_compared_has_no_gap() -> None:
    subject = founding().subjects[0]
    worst = subject.measures[0]
    finding = replace(
        worst.findings[0], verdict=Verdict.NOT_COMPARED, kind="unit", gap=None, ratio=None,
        break_even=None,
    )  # fmt: skip
    found = comparison_of(replace(worst, verdict=Verdict.NOT_COMPARED, findings=(finding,)))
    measure = parsed("".join(to_json.comparison(found)))["subjects"][0]["measures"][0]
    assert [measure["findings"][0][key] for key in ("gap", "ratio", "break_even")] == [None] * 3
    wide = "".join(to_csv.comparison_wide([found])).splitlines()[1]
    assert wide.endswith(",not compared,unit,,,")
    assert "".join(to_csv.comparison([found])).splitlines()[1].endswith(",,,")


def test_a_comparison_of_no_subject_is_a_document_too() -> None:
    assert parsed("".join(to_json.comparison(replace(founding(), subjects=()))))["subjects"] == []
