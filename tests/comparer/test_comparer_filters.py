"""Choosing claims before a comparison, and parts of it after."""

from __future__ import annotations

import pytest

from factlog.comparer import compare, only, restrict, select
from factlog.findings import Verdict
from support.records import Record, day

RECORD = (
    Record()
    .say("A", 100, "2025-01-10")
    .say("B", 900, "2025-01")
    .say("a ", 100, published="2025-02-01")
    .say("C", 100, "../2025-01-05")
    .say("D", 100, "2025-03-01/..")
    .say("E", 100)
)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"sources": ["A", "e"]}, [1, 3, 6]),
        ({"since": "2025-01-11"}, [2, 3, 5]),
        ({"since": "2025-02"}, [3, 5]),
        ({"until": "2025-01-10"}, [1, 2, 4]),
        ({"since": "2025-01-06", "until": "2025-01"}, [1, 2]),
        ({"as_of": "2025-01-31"}, [1, 2, 4, 6]),
        ({"as_of": "2025-01-09"}, [2, 4, 6]),
        ({"as_of": "2025"}, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_claims_are_selected(filters: dict[str, object], expected: list[int]) -> None:
    given = {
        name: day("2025-01-01/2025-12-31" if value == "2025" else value)
        if isinstance(value, str)
        else value
        for name, value in filters.items()
    }
    assert [claim.id for claim in select(RECORD.claims, **given)] == expected  # type: ignore[arg-type]


def test_what_was_published_later_was_not_known() -> None:
    record = Record().say("A", 1, "2025-01-10", published="2025-01-20")
    assert not list(select(record.claims, as_of=day("2025-01-15")))


def test_only_the_measures_asked_for_are_kept() -> None:
    record = Record().say("A", 1, measure="a").say("A", 1, measure="b")
    record.claims += Record("peace").say("A", 1, measure="a").claims
    found = restrict(compare(record.claims), ["B"])
    assert [(s.subject, [m.measure for m in s.measures]) for s in found.subjects] == [
        ("a war", ["b"])
    ]


def test_only_findings_of_one_verdict_are_kept_and_counts_stay_whole() -> None:
    record = Record().say("A", 100).say("B", 100).say("C", 900)
    record.say("A", 1, measure="calm").say("B", 1, measure="calm")
    found = only(compare(record.claims), Verdict.CONFLICT)
    (measure,) = found.subjects[0].measures
    assert {finding.verdict for finding in measure.findings} == {Verdict.CONFLICT}
    assert (measure.counts.agree, measure.counts.conflict) == (1, 2)
    assert len(measure.sides) == 3


def test_only_is_best_asked_of_the_comparison_itself() -> None:
    record = Record().say("A", 100).say("B", 100).say("C", 900)
    found = only(compare(record.claims, limit=1, only=Verdict.AGREE), Verdict.AGREE)
    (finding,) = found.subjects[0].measures[0].findings
    assert finding.verdict is Verdict.AGREE


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.CONFLICT])
def test_a_verdict_nothing_came_to_leaves_nothing(verdict: Verdict) -> None:
    record = Record().say("A", 100, "2025-01-01").say("B", 900, "2025-01-01")
    assert only(compare(record.claims), verdict).subjects == ()


def test_the_counts_of_measures_left_out_stay() -> None:
    record = Record().say("A", 1, measure="a").say("B", 9, measure="a")
    found = compare(record.say("A", 1, measure="b").say("B", 1, measure="b").claims)
    kept = only(found, Verdict.CONFLICT)
    assert len(kept.subjects[0].measures) == 1
    assert kept.counts == found.counts
