"""Intervals: what a figure is taken to mean, and how two meanings meet, add up and convert."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from factlog.claim import Estimate
from factlog.comparison import EXACT, Interval, Policy, reading

# One end of an interval, ordered as ends are: an excluded end lies just inside an included one.
End = tuple[Decimal, int]

NO_LOW: End = (Decimal("-Infinity"), 0)
NO_HIGH: End = (Decimal("Infinity"), 0)


def reading_of(estimate: Estimate, policy: Policy) -> Interval:
    """The interval a figure is taken to mean under a policy, in the figure's own unit.

    Never empty: "just under 300" under a policy that takes words for exact is 300.
    """
    meant = reading(estimate, policy, offset=has_own_zero(estimate.unit))
    if meant.empty:
        return Interval(meant.low, meant.high)
    return meant


def has_own_zero(unit: str | None) -> bool:
    """Whether a unit, like °C, has a zero of its own, which percent widening does not touch."""
    if unit is None:
        return False
    from factlog import units  # only where there are units

    return units.offset(unit)


def low_end(interval: Interval) -> End:
    """The lower end, for ordering."""
    if interval.low is None:
        return NO_LOW
    return interval.low, int(interval.low_open)


def high_end(interval: Interval) -> End:
    """The upper end, for ordering."""
    if interval.high is None:
        return NO_HIGH
    return interval.high, -int(interval.high_open)


def widened(interval: Interval, tolerance: Decimal) -> tuple[End, End]:
    """Both ends moved outwards by a share of themselves; touching then counts as overlap."""
    if not tolerance:
        return low_end(interval), high_end(interval)
    low, high = NO_LOW, NO_HIGH
    if interval.low is not None:
        low = (EXACT.subtract(interval.low, EXACT.multiply(abs(interval.low), tolerance)), 0)
    if interval.high is not None:
        high = (EXACT.add(interval.high, EXACT.multiply(abs(interval.high), tolerance)), 0)
    return low, high


def meet(one: Interval, other: Interval) -> Interval:
    """The numbers both allow; empty if there are none."""
    low = max(one, other, key=low_end)
    high = min(one, other, key=high_end)
    return Interval(low.low, high.high, low.low_open, high.high_open)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The least interval that holds them all."""
    each = tuple(intervals)
    low, high = min(each, key=low_end), max(each, key=high_end)
    return Interval(low.low, high.high, low.low_open, high.high_open)


def add(one: Interval, other: Interval) -> Interval:
    """The sums of a number from each."""
    low, high = _plus(one.low, other.low), _plus(one.high, other.high)
    return Interval(
        low,
        high,
        low is not None and (one.low_open or other.low_open),
        high is not None and (one.high_open or other.high_open),
    )


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else EXACT.add(one, other)


def converted(interval: Interval, unit: str | None, to: str | None) -> Interval:
    """The same interval in another unit."""
    return Interval(
        number(interval.low, unit, to),
        number(interval.high, unit, to),
        interval.low_open,
        interval.high_open,
    )


def number(value: Decimal | None, unit: str | None, to: str | None) -> Decimal | None:
    """The same number in another unit; None stays None."""
    if value is None or unit == to:
        return value
    from factlog import units  # only where one is converted

    return units.convert(value, unit, to)
