"""Scales: an axis with round ticks for some values, or for some days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from factlog.render.digits import number
from factlog.render.picture.values import Axis, Tick

_SPREAD = 100
_TICKS = 5


def axis(values: Sequence[float], unit: str | None = None) -> Axis:
    """An axis over these values: logarithmic where they span more than a factor of 100."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low > 0 and high / low > _SPREAD:
        return _log(low, high, unit)
    if low == high:
        low, high = low - (abs(low) or 1) / 10, high + (abs(high) or 1) / 10
    step = _step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(_tick(n * step) for n in range(first, last + 1))
    return Axis(ticks[0].value, ticks[-1].value, False, ticks, unit)


def _log(low: float, high: float, unit: str | None) -> Axis:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    ticks = tuple(_tick(float(f"1e{n}")) for n in range(first, last + 1))
    return Axis(ticks[0].value, ticks[-1].value, True, ticks, unit)


def _step(rough: float) -> float:
    """The next of 1, 2, 5, 10 above a rough step."""
    power = float(f"1e{math.floor(math.log10(rough))}")
    return next(power * each for each in (1, 2, 5, 10) if power * each >= rough * 0.999)


def _tick(value: float) -> Tick:
    value = float(f"{value:.12g}")
    return Tick(value, number(Decimal(repr(value))))


def days(values: Sequence[float]) -> Axis:
    """An axis over days, given as ordinals: ticks at years, months or days."""
    low, high = min(values), max(values)
    margin = max((high - low) / 50, 1.0)
    low, high = low - margin, high + margin
    return Axis(low, high, False, tuple(_dated(low, high)), None)


def _dated(low: float, high: float) -> Iterator[Tick]:
    first, last = date.fromordinal(math.ceil(low)), date.fromordinal(math.floor(high))
    years = last.year - first.year
    if years >= 2:
        every = math.ceil(years / 8)
        starts = [(date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1, every)]
    else:
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        every = math.ceil(max(len(months), 1) / 6)
        starts = [(date(m // 12, m % 12 + 1, 1), "") for m in months[::every]]
    if not starts:
        starts = [(first, first.isoformat()), (last, last.isoformat())]
    for start, told in starts:
        yield Tick(float(start.toordinal()), told or start.isoformat()[:7])
