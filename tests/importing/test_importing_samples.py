"""A column with the size of a sample, which gives a share its margin."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from factlog.claim import Claim
from factlog.comparer import compare
from factlog.comparer.publish import sentences
from factlog.importing import BadRow, read_rows

HEADER = "subject,source,value,n,plus\n"


def first(row: str, mapping: dict[str, str], kind: str = "csv") -> object:
    text = HEADER + row if kind == "csv" else row
    (found,) = [made for _, made in read_rows(io.BytesIO(text.encode()), kind, mapping=mapping)]
    return found


# 1.96 sqrt(p (100 - p) / n), as any handbook of polling has it, to three digits.
@pytest.mark.parametrize(
    ("value", "asked", "margin", "said"),
    [
        ("42%", "1000", "3.06", "42% (95% CI 38.94 to 45.06, worked out of n=1,000)"),
        ("50%", "100", "9.80", "50% (95% CI 40.20 to 59.80, worked out of n=100)"),
        (
            *("47.5 percent", '"2,012"', "2.18"),
            "47.5 percent (95% CI 45.32 to 49.68, worked out of n=2,012)",
        ),
        ("1%", "1", "19.5", "1% (95% CI -18.5 to 20.5, worked out of n=1)"),
    ],
)
def test_a_share_gets_the_margin_of_its_sample(
    value: str, asked: str, margin: str, said: str
) -> None:
    claim = first(f"Vote,A,{value},{asked},", {"n": "n"})
    assert not isinstance(claim, BadRow)
    estimate = claim.estimate  # type: ignore[attr-defined]
    assert (estimate.plus, estimate.minus) == (Decimal(margin), Decimal(margin))
    assert (estimate.coverage, estimate.unit) == (Decimal("0.95"), "percent")
    assert claim.said == said  # type: ignore[attr-defined]


def test_a_sentence_does_not_pass_such_a_margin_off_as_the_source_s_own() -> None:
    claim = first("Vote,A,42%,1000,", {"n": "n"})
    assert isinstance(claim, Claim)
    (told,) = sentences(compare([claim]))
    margin = "plus or minus 3.06 percentage points, 95% confidence, worked out of n=1,000"
    assert told.text == f"A put Vote at 42% ({margin}; date unknown)."


def test_it_is_taken_only_where_a_column_is_named_for_it() -> None:
    claim = first("Vote,A,42%,1000,", {})
    assert claim.estimate.plus is None  # type: ignore[attr-defined]


def test_a_margin_that_is_stated_stands() -> None:
    claim = first("Vote,A,42%,1000,4%", {"n": "n"})
    assert claim.estimate.plus == 4  # type: ignore[attr-defined]


@pytest.mark.parametrize("value", ["0%", "100%"])
def test_all_or_nobody_is_a_share_for_which_the_formula_has_no_margin(value: str) -> None:
    claim = first(f"Vote,A,{value},50,", {"n": "n"})
    assert (claim.said, claim.estimate.plus) == (value, None)  # type: ignore[attr-defined]


def test_objects_too() -> None:
    row = '{"subject": "Vote", "source": "A", "value": "42%", "asked": 1000}'
    claim = first(row, {"n": "asked"}, "jsonl")
    assert claim.estimate.plus == Decimal("3.06")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "asked", "why"),
    [
        ("42", "1000", "no share"),
        ("about 42%", "1000", "bare number"),
        ("42%", "0", "counts nobody"),
        ("0%", "0", "counts nobody"),
        ("42%", "12.5", "counts nobody"),
        ("42%", "many", "n: "),
    ],
)
def test_what_is_no_share_or_no_sample_is_refused(value: str, asked: str, why: str) -> None:
    bad = first(f"Vote,A,{value},{asked},", {"n": "n"})
    assert isinstance(bad, BadRow)
    assert why in bad.problem
