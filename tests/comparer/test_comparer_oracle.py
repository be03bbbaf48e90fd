"""The counts and the list of findings equal judging every pair by the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from comparer_oracle import findings, latest, overlaps, rule, stands, tally
from comparer_record import day, measure_of
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, Estimate, Hedge, Leaning, Statement
from factlog.comparer import compare, pair_search
from factlog.findings import Counts
from factlog.policy import Kind, Measure, Policy

NUMBERS = st.integers(-3, 30).map(lambda n: Decimal(n) * 10)
DATES = st.sampled_from(
    [
        *(f"2025-01-{n:02}" for n in (1, 2, 3, 4, 28)),
        "2025-01",
        "2025-02",
        "2025-02-10",
        "2025-01-02/2025-01-03",
        "../2025-01-03",
        "2025-01-04/..",
    ]
)
POLICIES = st.sampled_from(
    [
        Policy(),
        Policy("strict", about=Decimal(0), tolerance=Decimal(0)),
        Policy("digits", about=None),
        Policy("wide", tolerance=Decimal("0.2"), window_days=1),
    ]
)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """Every hedge, with and without a unit."""
    hedge = draw(st.sampled_from(Hedge))
    unit = draw(st.sampled_from([None, None, None, "m", "km", "g"]))
    one, other = sorted((draw(NUMBERS), draw(NUMBERS)))
    if hedge in (Hedge.EXACT, Hedge.ABOUT):
        side = draw(st.sampled_from([None, Leaning.BELOW])) if hedge is Hedge.ABOUT else None
        return Estimate(hedge, best=one, side=side, unit=unit)
    if hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        side = draw(st.sampled_from([None, Leaning.ABOVE])) if hedge is Hedge.MORE_THAN else None
        opened = hedge is Hedge.MORE_THAN
        return Estimate(hedge, low=one, low_open=opened, side=side, unit=unit)
    if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN):
        side = draw(st.sampled_from([None, Leaning.BELOW])) if hedge is Hedge.LESS_THAN else None
        opened = hedge is Hedge.LESS_THAN
        return Estimate(hedge, high=one, high_open=opened, side=side, unit=unit)
    if hedge is Hedge.PLUS_MINUS:
        coverage = draw(st.sampled_from([None, Decimal("0.683"), Decimal("0.95")]))
        arm = draw(st.integers(0, 20).map(Decimal))
        return Estimate(hedge, best=one, plus=arm, minus=arm, coverage=coverage, unit=unit)
    return Estimate(hedge, low=one, high=other, unit=unit)


@st.composite
def claims_of(draw: st.DrawFn, measure: str = "n", number: int = 1) -> Claim:
    """One claim of a few sources, now and then dated, limited, or taken from another."""
    estimate = draw(estimates())
    as_of = draw(st.none() | DATES)
    published = draw(st.none() | DATES)
    source = draw(st.sampled_from(["A", "a", "B", "C", "D"]))
    logged = draw(st.none() | st.integers(0, 7))
    return Claim(
        Statement(
            "a war",
            source,
            as_of=day(as_of) if as_of else None,
            published=day(published) if published else None,
        ),
        "said",
        estimate,
        measure,
        scope=draw(st.sampled_from([None, None, None, "K", "k"])),
        origin=draw(st.sampled_from([None, None, None, "A", "B", "X"])),
        id=number,
        recorded=None if logged is None else datetime(2025, 1, 1) + timedelta(hours=12 * logged),  # noqa: DTZ001
    )


@st.composite
def records(draw: st.DrawFn) -> list[Claim]:
    size = draw(st.integers(1, 14))
    return [draw(claims_of(number=number)) for number in range(1, size + 1)]


KINDS = st.sampled_from(Kind)


@pytest.mark.parametrize("few", [0, 1000], ids=["searched", "tried"])
@given(records(), KINDS, POLICIES)
@settings(max_examples=150, deadline=None)
def test_everything_equals_judging_every_pair(
    few: int, claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    before = pair_search.FEW
    pair_search.FEW = few
    try:
        found = measure_of(compare(claims, policy, [Measure("n", kind)], limit=200))
    finally:
        pair_search.FEW = before
    by_number = {claim.id or 0: claim for claim in claims}
    sides, table = stands(found, by_number, kind), rule(kind, policy)
    assert words(found.counts) == tally(sides, table)
    expected = Counter((*findings(sides, table), *overlaps(sides, table)))
    spelled = Counter(
        (f.verdict.value, f.kind, frozenset(f.sides))
        for f in found.findings
        if f.verdict.value != "revised"
    )
    assert spelled == expected
    assert {s.place for s in sides if s.side.current} == latest(sides, kind)


@given(records(), KINDS, POLICIES, st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_a_limit_cuts_the_list_and_nothing_else(
    claims: list[Claim], kind: Kind, policy: Policy, limit: int
) -> None:
    whole = measure_of(compare(claims, policy, [Measure("n", kind)], limit=None))
    before = pair_search.FEW
    pair_search.FEW = 0
    try:
        cut = measure_of(compare(claims, policy, [Measure("n", kind)], limit=limit))
    finally:
        pair_search.FEW = before
    assert cut.findings == whole.findings[:limit]
    assert (cut.counts, cut.verdict, cut.sides) == (whole.counts, whole.verdict, whole.sides)


def words(counts: Counts) -> Counter[str]:
    return +Counter(asdict(counts))
