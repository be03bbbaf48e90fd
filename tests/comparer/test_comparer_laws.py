"""What must change nothing: the order of claims, the unit, the words for the same hedge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, Estimate, Hedge, Statement, fingerprint
from factlog.comparer import compare
from factlog.findings import Comparison, Side
from factlog.policy import Kind, Measure, Policy
from support.records import Record, judged, measure_of
from support.strategies import KINDS, POLICIES, measures, records, records_of_wholes


@given(records(), KINDS, POLICIES, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_claims_changes_nothing(
    claims: list[Claim], kind: Kind, policy: Policy, dice: Random
) -> None:
    measure = [Measure("n", kind)]
    shuffled = dice.sample(claims, len(claims))
    assert compare(shuffled, policy, measure) == compare(claims, policy, measure)


@given(records_of_wholes(), KINDS, POLICIES, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_claims_changes_no_whole(
    claims: list[Claim], kind: Kind, policy: Policy, dice: Random
) -> None:
    shuffled = dice.sample(claims, len(claims))
    assert compare(shuffled, policy, measures(kind)) == compare(claims, policy, measures(kind))


@given(records(), KINDS, POLICIES, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_nor_does_it_without_ids(
    claims: list[Claim], kind: Kind, policy: Policy, dice: Random
) -> None:
    bare = [replace(claim, id=None, recorded=None) for claim in claims]
    bare = [
        replace(claim, uid=fingerprint(claim)) if dice.random() < 0.5 else claim for claim in bare
    ]
    shuffled = dice.sample(bare, len(bare))
    measure = [Measure("n", kind)]
    # Only the numbers differ: claims without an id are numbered by place.
    assert unnumbered(compare(shuffled, policy, measure)) == unnumbered(
        compare(bare, policy, measure)
    )


def test_nor_does_it_of_claims_of_the_same_words_that_are_read_in_two_ways() -> None:
    exact = Claim(Statement("a war", "A"), "said", Estimate(Hedge.EXACT, best=Decimal(5)), "n")
    both = [exact, replace(exact, estimate=Estimate(Hedge.ABOUT, best=Decimal(5)))]
    one, other = (compare(each, measures=[Measure("n", Kind.LEVEL)]) for each in (both, both[::-1]))
    assert unnumbered(one) == unnumbered(other)


def unnumbered(found: Comparison) -> object:
    return [
        (m.measure, m.unit, m.verdict, m.counts, m.origins, [_bare(s) for s in m.sides], m.findings)
        for subject in found.subjects
        for m in subject.measures
    ]


def _bare(side: Side) -> Side:
    return replace(side, claims=(), joined=tuple(map(_bare, side.joined)))


@given(records(), KINDS, POLICIES, st.integers(0, 2**14))
@settings(max_examples=150)
def test_units_change_nothing(claims: list[Claim], kind: Kind, policy: Policy, which: int) -> None:
    if policy.about is None:
        return  # half a unit of the last digit is another width in another unit
    metres = [claim for claim in claims if claim.estimate.unit in ("m", None)]
    if not metres:
        return
    other = [
        replace(claim, estimate=in_km(claim.estimate)) if which >> place & 1 else claim
        for place, claim in enumerate(metres)
    ]
    one = measure_of(compare(metres, policy, [Measure("n", kind)], limit=None))
    two = measure_of(compare(other, policy, [Measure("n", kind)], limit=None))
    assert (one.counts, one.verdict) == (two.counts, two.verdict)
    assert [(s.source, s.claims) for s in one.sides] == [(s.source, s.claims) for s in two.sides]
    assert [(f.verdict, f.kind, f.sides, f.ratio, f.break_even) for f in one.findings] == [
        (f.verdict, f.kind, f.sides, f.ratio, f.break_even) for f in two.findings
    ]


def in_km(estimate: Estimate) -> Estimate:
    if estimate.unit != "m":
        return estimate
    return replace(
        estimate,
        unit="km",
        low=_thousandth(estimate.low),
        best=_thousandth(estimate.best),
        high=_thousandth(estimate.high),
        plus=_thousandth(estimate.plus),
        minus=_thousandth(estimate.minus),
    )


def _thousandth(number: Decimal | None) -> Decimal | None:
    return None if number is None else number / 1000


@pytest.mark.parametrize(
    "words",
    ["about 4,000", "4 thousand or so", "around 4000", "~4k", "some 4,000", "roughly 4 000"],
)
def test_the_words_for_one_hedge_change_nothing(words: str) -> None:
    from factlog.parsing import read

    record = Record().say("A", read(words).estimate, "2025-01-12").say("B", 3000, "2025-01-13")
    finding = judged(record, Kind.CUMULATIVE).findings[0]
    assert (finding.kind, finding.gap) == ("backwards", Decimal(1000))
    assert finding.break_even is not None
    assert round(finding.break_even, 6) == Decimal("0.142857")


def test_a_tie_between_counts_and_lengths_does_not_turn_on_the_unit_of_length() -> None:
    def listed(*lengths: Estimate) -> list[tuple[int, int]]:
        counts = (Estimate(Hedge.EXACT, best=Decimal(0)), Estimate(Hedge.EXACT, best=Decimal(10)))
        said = Statement("a war", "A")
        claims = [
            Claim(said, "said", estimate, "n", id=number)
            for number, estimate in enumerate((*counts, *lengths), 1)
        ]
        findings = measure_of(compare(claims, limit=None)).findings
        return [finding.sides for finding in findings]

    in_m = [Estimate(Hedge.EXACT, best=Decimal(n), unit="m") for n in (-20, 0)]
    assert listed(*in_m) == listed(*(in_km(estimate) for estimate in in_m))


@pytest.mark.parametrize("recorded", ["2025-01-01", "2025-01-01 12:00"])
def test_of_two_undated_figures_alike_the_one_logged_later_comes_first(recorded: str) -> None:
    def listed(*ids: int) -> object:
        record = Record().say("A", 0, via="Reuters").say("A", 0, recorded=recorded)
        record.say("A", 10).say("A", 0, published="2025-01-02")
        numbered = [replace(c, id=n) for c, n in zip(record.claims, ids, strict=True)]
        return unnumbered(compare(numbered, limit=None))

    assert listed(1, 2, 3, 4) == listed(2, 1, 3, 4) == listed(4, 3, 2, 1)


@given(records(), KINDS, POLICIES, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_nor_does_the_order_in_which_they_were_recorded(
    claims: list[Claim], kind: Kind, policy: Policy, dice: Random
) -> None:
    """Only the numbers of the claims may differ: names and units are shown as first given."""
    alike = [
        replace(
            claim,
            said=f"said {place % 3}",
            scope=claim.scope and claim.scope.upper(),
            estimate=replace(claim.estimate, unit=None),
            statement=replace(
                claim.statement,
                source=claim.statement.source.upper(),
                via=dice.choice([None, "NBC News", "Reuters"]),
                url=dice.choice([None, "https://nbcnews.com/1", "https://reuters.com/2"]),
            ),
        )
        for place, claim in enumerate(claims)
    ]
    numbers = dice.sample(range(1, len(alike) + 1), len(alike))
    again = [replace(claim, id=n) for claim, n in zip(alike, numbers, strict=True)]
    measure = [Measure("n", kind)]
    assert unnumbered(compare(again, policy, measure)) == unnumbered(
        compare(alike, policy, measure)
    )
