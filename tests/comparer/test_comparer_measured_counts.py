"""Pairs of measurements are counted as trying every pair counts them, and far sooner."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import dates
from factlog.claim import Claim
from factlog.comparer import compare
from factlog.comparer.measured_counts import below, higher_point, lower_point
from factlog.comparer.verdicts import further_than
from factlog.parsing import read
from factlog.policy import Kind, Measure, Policy
from support.oracle import findings, overlaps, rule, stands, tally, words
from support.records import measure_of
from support.stores import claim

SIGMAS = Decimal(2)
# Whole numbers, near ones, and such as no float tells apart, or holds.
VALUES = st.integers(0, 40).map(Decimal) | st.sampled_from(
    [Decimal(text) for text in ("1e500", "1.1e500", "-1e500", "1e-400", "20.000000000000000001")]
)
ERRORS = st.sampled_from([Decimal(text) for text in ("0", "1", "5", "0.5", "1e-320", "1e499")])
MEASURED = st.tuples(VALUES, ERRORS, ERRORS)
DAYS = st.integers(0, 3)


@given(st.lists(st.tuples(MEASURED, DAYS), max_size=30), st.lists(st.tuples(MEASURED, DAYS)))
def test_as_many_are_counted_as_there_are(
    lower: list[tuple[tuple[Decimal, Decimal, Decimal], int]],
    higher: list[tuple[tuple[Decimal, Decimal, Decimal], int]],
) -> None:
    found = below(
        [lower_point(*each) for each in lower], [higher_point(*each) for each in higher], SIGMAS
    )
    assert found == sum(
        day < other and further_than(SIGMAS, one, another)
        for one, day in lower
        for another, other in higher
    )


ERRORS_SAID = ("", " ± 3", " ± 10", " ± 0", " +2/-7", " (95% CI 290 to 310)")


def record(seed: int) -> list[Claim]:
    """Many figures of one subject, most of them with errors, some alike in all but one thing."""
    dice = random.Random(seed)
    made = []
    for number in range(1, 71):
        value, error = dice.randrange(280, 320), dice.choice(ERRORS_SAID)
        said = "300 (95% CI 290 to 310)" if "CI" in error else f"{value}{error}"
        day = dice.choice(("2024-01", "2024-01-05", "2024-01-20", "2024-02-01", "2024-03-30", ""))
        made.append(
            claim(
                said,
                read(said).estimate,
                id=number,
                subject="a place",
                source=f"Lab {dice.randrange(9)}",
                measure="n",
                as_of=dates.parse(day) if day else None,
                scope=dice.choice((None, None, "north")),
                origin=dice.choice((None, None, "Lab 1", "Staff")),
            )
        )
    return made


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("seed", range(6))
def test_pairs_of_many_measurements_come_to_what_each_comes_to(seed: int, kind: Kind) -> None:
    claims, policy = record(seed), Policy()
    found = measure_of(compare(claims, policy, [Measure("n", kind)], limit=10_000))
    sides, table = stands(found, {each.id or 0: each for each in claims}, kind), rule(kind, policy)
    assert words(found.counts) == tally(sides, table)
    listed = Counter(
        (f.verdict.value, f.kind, frozenset(f.sides))
        for f in found.findings
        if f.verdict.value != "revised"
    )
    assert listed == Counter((*findings(sides, table), *overlaps(sides, table)))


@pytest.mark.parametrize("kind", Kind)
def test_measured_parts_that_are_more_than_measured_wholes_are_all_counted(kind: Kind) -> None:
    dice = random.Random(3)
    claims = [
        replace(each, measure=dice.choice(("whole", "one", "two")), scope=None)
        for seed in range(2)
        for each in record(seed)
    ]
    claims = [replace(each, id=number) for number, each in enumerate(claims, 1)]
    measures = [Measure("whole", kind, parts=("one", "two")), Measure("one", kind)]
    found = compare(claims, Policy(), [*measures, Measure("two", kind)], limit=100_000)
    for measure in (each for subject in found.subjects for each in subject.measures):
        listed = sum(finding.kind == "part" for finding in measure.findings)
        assert measure.counts.part == listed
    assert any(measure.counts.part for subject in found.subjects for measure in subject.measures)
