"""What a chart holds, and axes with round ticks for values or for days."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from factlog.findings import Verdict
from factlog.policy import Kind
from factlog.wording import number


@dataclass(frozen=True, slots=True)
class Tick:
    """A round value on an axis, and its label."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high`, its ticks and what it counts."""

    low: float
    high: float
    log: bool
    ticks: tuple[Tick, ...]
    unit: str | None

    def place(self, value: float) -> float:
        """Where a value stands along the axis, from 0 to 1; what lies beyond stands at its end."""
        ends = (self.low, min(max(value, self.low), self.high), self.high)
        low, at, high = map(math.log, ends) if self.log else ends
        return min(max((at - low) / (high - low), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A side: its reading from `low` to `high` (None is open), and the value stated."""

    side: int
    source: str
    said: str
    when: str
    scope: str | None
    low: float | None
    high: float | None
    stated: float | None
    derived: bool
    current: bool
    verdict: Verdict | None
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A measure's sides on one axis.

    `left_out` are in another unit; `unmarked` conflicts are beyond those that were spelled out.
    """

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    axis: Axis
    bars: tuple[Bar, ...]
    left_out: int
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A side at its date; `revised` is one that changes what its source said before."""

    side: int
    day: float
    when: str
    low: float | None
    high: float | None
    stated: float | None
    said: str
    derived: bool
    revised: bool
    verdict: Verdict | None

    @property
    def height(self) -> float:
        """Where on the value axis it stands: as stated, else in the middle of what it can mean."""
        if self.stated is not None:
            return self.stated
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one source through time, of one scope, which stands behind its name."""

    source: str
    steps: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure through time, a line for each source.

    `undated` and `left_out`, in another unit, are not drawn; `unmarked` is as in Picture.
    """

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    across: Axis
    up: Axis
    lines: tuple[Line, ...]
    undated: int
    left_out: int = 0
    unmarked: int = 0


SPREAD = 100
_TICKS = 5
_DECADES = 12
# Over so many days, ticks stand at days.
_WEEKS = 75
# Over so many powers of ten, ticks stand between them too.
_FINE = 4
# Nearer to zero than this counts as zero, and nearer to one another, as one place.
_LEAST, _ALIKE = 1e-290, 1e-9
# Numbers that are written out; beyond them stands 1e+20.
_SHORTEST, _LONGEST = 1e-6, 1e15


def axis(
    values: Sequence[float],
    unit: str | None = None,
    floors: Sequence[float] = (),
    *,
    linear: bool = False,
) -> Axis:
    """An axis over these values: logarithmic where they span more than a factor of 100.

    `linear` keeps even steps whatever the span.

    `floors` are zeros that nobody stated; a logarithmic axis, which has no zero, begins after.
    """
    near = [0.0 if abs(value) < _LEAST else value for value in values]
    low, high = min(near, default=0.0), max(near, default=1.0)
    if low > 0 and high / low > SPREAD and not linear:
        return _log(low, high, unit)
    low = min([low, *floors])
    if high - low <= _ALIKE * max(abs(low), abs(high)):
        low, high = (low - abs(low) / 10, high + abs(high) / 10) if low else (0.0, 1.0)
    step = _step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(_tick(n * step) for n in range(first, last + 1))
    return Axis(min(ticks[0].value, low), max(ticks[-1].value, high), False, ticks, unit)


def _log(low: float, high: float, unit: str | None) -> Axis:
    """An axis of powers of ten, of every second or tenth over very many; of 1, 2, 5 over few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= _DECADES)
    if last - first <= _FINE:
        return _fine(low, high, first, last, unit)
    ticks = tuple(_tick(float(f"1e{n}")) for n in range(first, last + 1, every))
    return Axis(min(ticks[0].value, low), max(ticks[-1].value, high), True, ticks, unit)


def _fine(low: float, high: float, first: int, last: int, unit: str | None) -> Axis:
    """Ticks at 1, 2, 5, 10, 20 ... from the last below the values to the first above them."""
    every = [float(f"{each}e{n}") for n in range(first - 1, last + 1) for each in (1, 2, 5)]
    start = max(value for value in every if value <= low)
    end = min(value for value in every if value >= high)
    ticks = tuple(_tick(value) for value in every if start <= value <= end)
    return Axis(start, end, True, ticks, unit)


def _step(rough: float) -> float:
    """The next of 1, 2, 5, 10 above a rough step."""
    power = float(f"1e{math.floor(math.log10(rough))}")
    return next(power * each for each in (1, 2, 5, 10, 20) if power * each >= rough * 0.999)


def _tick(value: float) -> Tick:
    value = float(f"{value:.12g}")
    if value and not _SHORTEST <= abs(value) < _LONGEST:
        return Tick(value, f"{value:g}")
    return Tick(value, number(Decimal(repr(value))))


def labelled(ticks: Sequence[Tick], fits: Callable[[Sequence[Tick]], bool]) -> Sequence[Tick]:
    """The ticks to label: all that fit, else those of 1, 10, 100, else every second, third ..."""
    tens = [tick for tick in ticks if tick.label.strip("0.,") == "1"]
    for some in (ticks, tens, *(ticks[::stride] for stride in range(2, len(ticks)))):
        if len(some) > 1 and fits(some):
            return some
    return ticks[:1]


def days(values: Sequence[float]) -> Axis:
    """An axis over days, given as ordinals: ticks at years, months or days."""
    low, high = min(values), max(values)
    margin = max((high - low) / 50, 1.0)
    low = max(low - margin, date.min.toordinal())
    high = min(high + margin, date.max.toordinal())
    return Axis(low, high, False, tuple(_dated(low, high)), None)


def _dated(low: float, high: float) -> Iterator[Tick]:
    """Ticks at days, at months or at years, eight at most."""
    first, last = math.ceil(low), math.floor(high)
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if last - first <= _WEEKS:
        every = _round(last - first, (1, 2, 5, 7, 14))
        for day in range(first, last + 1, every):
            yield Tick(float(day), date.fromordinal(day).isoformat())
    elif end.year - begin.year < 3:
        months = (begin.year * 12 + begin.month, end.year * 12 + end.month - 1)
        every = _round(months[1] - months[0], (1, 2, 3, 6))
        for month in range(-(-months[0] // every) * every, months[1] + 1, every):
            start = date(month // 12, month % 12 + 1, 1)
            yield Tick(float(start.toordinal()), start.isoformat()[:7])
    else:
        every = _round(end.year - begin.year, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000))
        for year in range(begin.year // every * every + every, end.year + 1, every):
            yield Tick(float(date(year, 1, 1).toordinal()), f"{year:04}")


def _round(span: int, steps: Sequence[int]) -> int:
    """The smallest of some steps in which a span is gone through in seven."""
    return next((step for step in steps if span / step <= 7), steps[-1])
