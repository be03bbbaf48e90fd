"""Records drawn at random, for the laws that hold of every comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from factlog.claim import Claim, Estimate, Hedge, Leaning, Statement
from factlog.policy import Kind, Measure, Policy
from support.records import day

NUMBERS = st.integers(-3, 30).map(lambda n: Decimal(n) * 10)
ARMS = st.integers(0, 20).map(Decimal)
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
        Policy("sigmas", sigmas=Decimal(1), near_sigmas=Decimal("1.5")),
        Policy("wide", tolerance=Decimal("0.2"), window_days=1),
    ]
)


@st.composite
def estimates(draw: st.DrawFn, hedges: Sequence[Hedge] = tuple(Hedge)) -> Estimate:
    """Every hedge, with and without a unit."""
    hedge = draw(st.sampled_from(hedges))
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
        plus, minus = draw(ARMS), draw(ARMS)
        return Estimate(hedge, best=one, plus=plus, minus=minus, coverage=coverage, unit=unit)
    return Estimate(hedge, low=one, high=other, unit=unit)


@st.composite
def claims_of(
    draw: st.DrawFn, measure: str = "n", number: int = 1, hedges: Sequence[Hedge] = tuple(Hedge)
) -> Claim:
    """One claim of a few sources, now and then dated, limited, or taken from another."""
    estimate = draw(estimates(hedges))
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
    """Claims with every hedge, or most of them measurements."""
    size = draw(st.integers(1, 14))
    measured = (Hedge.EXACT, *[Hedge.PLUS_MINUS] * 4)
    hedges = draw(st.sampled_from([tuple(Hedge), measured]))
    return [draw(claims_of(number=number, hedges=hedges)) for number in range(1, size + 1)]


KINDS = st.sampled_from(Kind)

DATES_OF_WHOLES = [None, "2025-01-01", "2025-01-02", "2025-01"]
NAMES = {
    "whole": ("left", "right"),
    "left": ("upper", "lower"),
    "right": (),
    "upper": (),
    "lower": (),
}
WITHIN = {"whole": ("left", "right", "upper", "lower"), "left": ("upper", "lower")}


def measures(kind: Kind) -> list[Measure]:
    return [Measure(name, kind, parts) for name, parts in NAMES.items()]


@st.composite
def few_estimates(draw: st.DrawFn, most: int) -> Estimate:
    hedge = draw(st.sampled_from([Hedge.EXACT, Hedge.ABOUT, Hedge.AT_LEAST, Hedge.LESS_THAN]))
    number = Decimal(draw(st.integers(1, most)) * 10)
    if hedge is Hedge.AT_LEAST:
        return Estimate(hedge, low=number)
    if hedge is Hedge.LESS_THAN:
        return Estimate(hedge, high=number, high_open=True)
    return Estimate(hedge, best=number)


@st.composite
def records_of_wholes(draw: st.DrawFn) -> list[Claim]:
    claims: list[Claim] = []
    for _ in range(draw(st.integers(1, 6))):
        date = draw(st.sampled_from(DATES_OF_WHOLES))
        source = draw(st.sampled_from(["A", "B"]))
        via = draw(st.sampled_from([None, "paper"]))
        statement = Statement("a war", source, as_of=day(date) if date else None, via=via)
        scope = draw(st.sampled_from([None, None, "K"]))
        origin = draw(st.sampled_from([None, None, None, "X"]))
        for name in draw(st.lists(st.sampled_from(list(NAMES)), min_size=1, max_size=4)):
            estimate = draw(few_estimates(6 if name in ("whole", "left") else 3))
            number = len(claims) + 1
            claims.append(
                Claim(statement, "said", estimate, name, scope=scope, origin=origin, id=number)
            )
    return claims
