"""Changes: what would turn a measure's verdict into another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from factlog.claim import Hedge
from factlog.comparer.reasons import Case
from factlog.comparer.spelling import amount, figure, owner, when
from factlog.comparison import EXACT, Finding, Kind, Side, Verdict
from factlog.comparison.shares import least


def changes(case: Case) -> tuple[str, ...]:
    """What would change the worst finding, a sentence each; for one source, a second."""
    worst = case.worst
    if worst is None or case.found.verdict is Verdict.SINGLE:
        return ("a figure from a second source would give something to compare",)
    finding, low, high = worst
    if finding.verdict is Verdict.CONFLICT:
        return tuple(_of_conflict(case, finding, low, high))
    return (_OTHERWISE[finding.verdict],)


def _of_conflict(case: Case, finding: Finding, low: Side, high: Side) -> Iterator[str]:
    if finding.break_even:
        yield (
            f"errors of {least(finding.break_even)} in both {figure(low)} and "
            f"{figure(high)}, towards each other, would make them agree"
        )
    needed = case.needed
    if needed is not None and needed <= 1:
        yield f"a tolerance of {least(needed)} would make them near"
    yield from _of_hedges(low, high)
    yield from _of_dates(case, finding, low, high)
    if finding.kind == "self":
        yield "retracting one of the two figures would leave the other"
    elif finding.kind == "sum":
        yield "correcting the whole or its parts so that they fit would settle it"


def _of_hedges(low: Side, high: Side) -> Iterator[str]:
    """How widely a hedge would have to be read for the two to overlap."""
    about = [side for side in (low, high) if side.hedge is Hedge.ABOUT and side.best is not None]
    one, other = low.stated.high, high.stated.low
    if not about or one is None or other is None or not one < other:
        return
    room = sum((abs(side.best) for side in about if side.best is not None), Decimal(0))
    if room:
        width = EXACT.divide(EXACT.subtract(other, one), room)
        width = width.quantize(Decimal("1e-6"), ROUND_CEILING)
        yield f"reading about as {least(width)} either way would make them overlap"


def _of_dates(case: Case, finding: Finding, low: Side, high: Side) -> Iterator[str]:
    """Which other dates, or kind of measure, would make a conflict growth."""
    if finding.kind == "backwards":
        yield (
            f"if {owner(high.source)} {figure(high)} were for a day after {owner(low.source)} "
            f"({when(low)}), it would be growth"
        )
    elif finding.kind == "disjoint" and case.rules.kind is Kind.CUMULATIVE:
        yield f"a later date for {owner(high.source)} {figure(high)} would make it growth"
    elif finding.kind == "disjoint" and case.rules.kind is Kind.CONSTANT:
        yield "if it is a running total or a level, say so: the dates would then count"
    elif finding.kind == "disjoint" and case.rules.kind is Kind.LEVEL:
        days = amount(Decimal(case.rules.window))
        yield f"dates more than the window of {days} days apart would not be compared"


_OTHERWISE = {
    Verdict.NEAR: "a smaller tolerance would make it a conflict, or growth where dates allow",
    Verdict.REVISED: "retracting the earlier figure would leave only the later one",
    Verdict.GROWTH: "if the higher figure were the earlier one, it would be a conflict",
    Verdict.ECHO: "if the sources had their numbers from different origins, they would be judged",
    Verdict.AGREE: "nothing short of a figure further off, or a narrower reading, would",
    Verdict.NOT_COMPARED: "figures of one unit, one scope and nearby dates would be compared",
}
