"""The table of verdicts: what two sides of one measure come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from factlog.comparer.entries import Entry, Rules
from factlog.comparison import EXACT, Kind, Verdict

Outcome = tuple[Verdict, str | None]

_UNIT: Outcome = (Verdict.NOT_COMPARED, "unit")
_SCOPE: Outcome = (Verdict.NOT_COMPARED, "scope")
_STALE: Outcome = (Verdict.NOT_COMPARED, "stale")
_ECHO: Outcome = (Verdict.ECHO, None)
_AGREE: Outcome = (Verdict.AGREE, None)
_NEAR: Outcome = (Verdict.NEAR, None)
_GROWTH: Outcome = (Verdict.GROWTH, None)
_BACKWARDS: Outcome = (Verdict.CONFLICT, "backwards")
_DISJOINT: Outcome = (Verdict.CONFLICT, "disjoint")
_SELF: Outcome = (Verdict.CONFLICT, "self")

_QUOTIENT = Context(prec=28)
_ZERO, _ONE = Decimal(0), Decimal(1)


def judge(one: Entry, other: Entry, rules: Rules) -> Outcome | None:
    """The verdict on two sides of one measure; None if the table has nothing to say."""
    if one.source == other.source:
        return _SELF if contradicts_itself(one, other) else None
    if not (one.judged and other.judged):
        return None
    if one.dimension != other.dimension:
        return _UNIT
    if one.scope != other.scope:
        return _SCOPE
    if stale(one, other, rules):
        return _STALE
    if one.origin == other.origin:
        return _ECHO
    return _by_numbers(one, other, rules)


def _by_numbers(one: Entry, other: Entry, rules: Rules) -> Outcome:
    """The verdict on two sides that can be compared."""
    lower, higher = facing(one, other)
    if not apart(lower, higher):
        return _AGREE
    if not beyond(lower, higher):
        return _NEAR
    if rules.kind is Kind.CUMULATIVE:
        return _in_time(lower, higher)
    return _DISJOINT


def _in_time(lower: Entry, higher: Entry) -> Outcome:
    """Whether a running total can have grown from one figure to the other."""
    if lower.days is None or higher.days is None or lower.days == higher.days:
        return _DISJOINT
    if higher.days[1] > lower.days[0]:
        return _GROWTH
    return _BACKWARDS if higher.days[1] < lower.days[0] else _DISJOINT


def contradicts_itself(one: Entry, other: Entry) -> bool:
    """Whether one source gives two figures for one date, scope and dimension."""
    if one.check or other.check or one.order != other.order:
        return False
    if one.scope != other.scope or one.dimension != other.dimension:
        return False
    return beyond(*facing(one, other))


def stale(one: Entry, other: Entry, rules: Rules) -> bool:
    """Whether the dates are too far apart to compare; an unknown date never is."""
    if one.days is None or other.days is None:
        return False
    if rules.kind is Kind.FLOW:
        return one.days != other.days
    return rules.kind is Kind.LEVEL and days_between(one.days, other.days) > rules.window


def days_between(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between the nearest days of two dates; 0 where they overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def facing(one: Entry, other: Entry) -> tuple[Entry, Entry]:
    """Two sides, the one whose reading lies lower first."""
    return (other, one) if other.high < one.low else (one, other)


def apart(lower: Entry, higher: Entry) -> bool:
    """Whether no number satisfies both readings."""
    return lower.high < higher.low


def beyond(lower: Entry, higher: Entry) -> bool:
    """Whether no number satisfies both readings even widened by the tolerance."""
    return lower.wide_high < higher.wide_low


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two figures are: the gap, the ratio, and the break-even error."""

    gap: Decimal
    ratio: Decimal | None
    break_even: Decimal | None


TOGETHER = Distance(_ZERO, None, None)


def distance(lower: Entry, higher: Entry) -> Distance:
    """How far apart two figures are, by the stated ends that face each other."""
    low, high = lower.up, higher.down
    gap = max(EXACT.subtract(high, low), _ZERO)
    if not lower.percent:
        return Distance(gap, None, None)
    return Distance(gap, _ratio(low, high, gap), break_even(low, high))


def _ratio(low: Decimal, high: Decimal, gap: Decimal) -> Decimal | None:
    """The larger magnitude over the smaller; None across zero."""
    if not low or not high or (low < 0) != (high < 0):
        return None
    if not gap:
        return _ONE
    small, large = sorted((abs(low), abs(high)))
    return _QUOTIENT.divide(large, small)


def break_even(low: Decimal, high: Decimal) -> Decimal:
    """The smallest relative error in both figures at which they would agree."""
    if high <= low:
        return _ZERO
    if low <= 0 <= high:
        return _ONE
    return _QUOTIENT.divide(EXACT.subtract(high, low), EXACT.add(abs(low), abs(high)))
