"""Scales: an axis with round ticks for some values, or for some days."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from factlog.render.digits import number
from factlog.render.picture.values import Axis, Tick

SPREAD = 100
_TICKS = 5
_DECADES = 12
# Nearer to zero than this counts as zero, and nearer to one another, as one place.
_LEAST, _ALIKE = 1e-290, 1e-9
# Numbers that are written out; beyond them stands 1e+20.
_SHORTEST, _LONGEST = 1e-6, 1e15


def axis(values: Sequence[float], unit: str | None = None) -> Axis:
    """An axis over these values: logarithmic where they span more than a factor of 100."""
    near = [0.0 if abs(value) < _LEAST else value for value in values]
    low, high = min(near, default=0.0), max(near, default=1.0)
    if low > 0 and high / low > SPREAD:
        return _log(low, high, unit)
    if high - low <= _ALIKE * max(abs(low), abs(high)):
        low, high = low - (abs(low) or 1) / 10, high + (abs(high) or 1) / 10
    step = _step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(_tick(n * step) for n in range(first, last + 1))
    return Axis(min(ticks[0].value, low), max(ticks[-1].value, high), False, ticks, unit)


def _log(low: float, high: float, unit: str | None) -> Axis:
    """An axis of powers of ten, or, over very many, of every second or tenth or hundredth."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= _DECADES)
    last = first + -(-(last - first) // every) * every
    ticks = tuple(_tick(float(f"1e{n}")) for n in range(first, last + 1, every))
    return Axis(min(ticks[0].value, low), max(ticks[-1].value, high), True, ticks, unit)


def _step(rough: float) -> float:
    """The next of 1, 2, 5, 10 above a rough step."""
    power = float(f"1e{math.floor(math.log10(rough))}")
    return next(power * each for each in (1, 2, 5, 10, 20) if power * each >= rough * 0.999)


def _tick(value: float) -> Tick:
    value = float(f"{value:.12g}")
    if value and not _SHORTEST <= abs(value) < _LONGEST:
        return Tick(value, f"{value:g}")
    return Tick(value, number(Decimal(repr(value))))


def days(values: Sequence[float]) -> Axis:
    """An axis over days, given as ordinals: ticks at years, months or days."""
    low, high = min(values), max(values)
    margin = max((high - low) / 50, 1.0)
    low = max(low - margin, date.min.toordinal())
    high = min(high + margin, date.max.toordinal())
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
