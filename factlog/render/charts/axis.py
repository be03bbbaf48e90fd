"""What a chart holds, and axes with round ticks for values or for days."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate, groupby, pairwise

from factlog.findings import Verdict
from factlog.render.display import cells
from factlog.values import dataclass
from factlog.wording import number, scientific


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

    def held(self, value: float) -> float:
        """The value, or the end of the axis that it lies beyond."""
        return min(max(value, self.low), self.high)

    def beyond(self, mark: Mark) -> bool:
        """Whether a figure stands beyond an end."""
        return mark.height != self.held(mark.height)

    def to_zero(self, mark: Mark, near: float) -> bool:
        """Whether an arrow down ends at a zero that is so near and nothing counted is below."""
        return mark.opens_down and mark.low == 0 == self.low and self.place(mark.first) < near

    def place(self, value: float) -> float:
        """Where a value stands along the axis, from 0 to 1; what lies beyond stands at its end."""
        ends = (self.low, self.held(value), self.high)
        low, at, high = map(math.log, ends) if self.log else ends
        return min(max((at - low) / (high - low), 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A side as it is drawn, on one axis or at its `day`.

    `short` is what was said without what it counts. `low` to `high` is its reading (None is
    open), `first` to `last` what is drawn of it: one standard error to each side where it states
    one (`sigma`), the ends that were stated where it is `ranged`, no further than the stated
    value where it `opens_down` or `opens_up`. `camp` is where it stands, by the place of the camp.
    """

    side: int
    source: str
    said: str
    short: str
    when: str
    scope: str | None
    low: float | None
    high: float | None
    stated: float | None
    first: float
    last: float
    opens_down: bool
    opens_up: bool
    sigma: bool
    ranged: bool
    firm: bool
    derived: bool
    current: bool
    revised: bool
    verdict: Verdict | None
    against: tuple[int, ...]
    camp: int | None
    day: float

    @property
    def clash(self) -> bool:
        """Whether it is in a conflict."""
        return self.verdict is Verdict.CONFLICT

    @property
    def height(self) -> float:
        """Where it stands: as stated, else in the middle of what it can mean."""
        return (self.first + self.last) / 2 if self.stated is None else self.stated


def used(marks: Iterable[Mark]) -> frozenset[str]:
    """What the signs of some marks stand for, so that only those are explained."""
    return frozenset(name for mark in marks for name in _signs(mark))


def _signs(mark: Mark) -> Iterator[str]:
    spread = mark.first < mark.last
    if mark.derived:
        yield "sum" if mark.firm else "about sum"
    elif mark.stated is not None and not (mark.firm and spread):
        yield "exact" if mark.firm else "about"
    if spread:
        yield "sigma" if mark.sigma else "range" if mark.ranged else "reading"
    if mark.opens_up:
        yield "up"
    if mark.opens_down:
        yield "down"
    if mark.clash:
        yield "conflict"


@dataclass(frozen=True, slots=True)
class DecidedValue:
    """From where to where goes what somebody decided to use, and the words for it."""

    low: float
    high: float
    told: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A measure's sides on one axis, those of a camp together.

    `camps` are the words for each camp; `cut` are figures beyond the axis, drawn at its end;
    `left_out` are in another unit, `older` further back than the newest that were asked for;
    `unmarked` conflicts are beyond those that were spelled out.
    """

    subject: str
    measure: str
    unit: str | None
    verdict: Verdict
    axis: Axis
    bars: tuple[Mark, ...]
    camps: tuple[str, ...]
    cut: tuple[str, ...]
    left_out: int
    unmarked: int = 0
    decided: DecidedValue | None = None
    older: int = 0


def groups(picture: Picture) -> Iterator[tuple[str, list[Mark]]]:
    """The figures of each camp after one another, headed where any camp has several."""
    found = [(camp, list(bars)) for camp, bars in groupby(picture.bars, lambda bar: bar.camp)]
    several = any(len(bars) > 1 for camp, bars in found if camp is not None)
    for camp, bars in found:
        if camp is None:
            yield "uncontested" if picture.camps else "", bars
        else:
            yield picture.camps[camp] if several else "", bars


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The figures of one source through time, of one scope, which stands behind its name."""

    source: str
    steps: bool
    points: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure through time, a line for each source.

    The lines of a camp stand together. `undated` and `left_out`, in another unit, are not drawn;
    `camps`, `cut`, `older` and `unmarked` are as in Picture.
    """

    subject: str
    measure: str
    unit: str | None
    verdict: Verdict
    across: Axis
    up: Axis
    lines: tuple[SourceLine, ...]
    camps: tuple[str, ...]
    cut: tuple[str, ...]
    undated: int
    left_out: int = 0
    unmarked: int = 0
    decided: DecidedValue | None = None
    older: int = 0


SPREAD = 100
_TICKS = 5
_DECADES = 12
# Over so many days, ticks stand at days.
_WEEKS = 75
# Over so many powers of ten, ticks stand between them too.
_FINE = 4
# Nearer to zero than this counts as zero, and nearer to one another, as one place.
_LEAST, _ALIKE = 1e-290, 1e-9
# A label so near to the end of an axis begins or ends there.
_MARGIN = 0.04
# So many figures are worth an axis of their own, if others would leave them a share this small.
_REST, _FLAT = 3, 6
# Numbers that are written out; beyond them stands 10²⁰.
_SHORTEST, _LONGEST = 1e-6, 1e15


def axis(values: Sequence[float], unit: str | None = None, *, linear: bool = False) -> Axis:
    """An axis over these values: logarithmic where they span more than a factor of 100.

    `linear` keeps even steps whatever the span. Round a single value there is nothing to
    measure: its axis has that tick alone.
    """
    near = [0.0 if abs(value) < _LEAST else value for value in values] or [0.0]
    low, high = min(near), max(near)
    if low > 0 and high / low > SPREAD and not linear:
        return _log(low, high, unit)
    if high - low <= _ALIKE * max(abs(low), abs(high)):
        room = abs(low) / 10 or 1.0
        return Axis(low - room, high + room, False, (_tick(low),), unit)
    step = _step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = _even(_tick(n * step) for n in range(first, last + 1))
    return Axis(min(ticks[0].value, low), max(ticks[-1].value, high), False, ticks, unit)


def _even(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """Ticks whose labels have as many digits behind the point as the longest: 6.670, 6.675."""
    each = tuple(ticks)
    if any(_beyond(tick.value) for tick in each):
        return each
    places = max(len(tick.label.partition(".")[2]) for tick in each)
    return tuple(replace(t, label=f"{t.value:,.{places}f}") if t.value else t for t in each)


def _log(low: float, high: float, unit: str | None) -> Axis:
    """An axis of powers of ten, of every second or tenth over very many; of 1, 2, 5 over few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (last - first) / step <= _DECADES)
    if last - first <= _FINE:
        return _fine(low, high, first, last, unit)
    powers = (_tick(float(f"1e{n}")) for n in range(first, last + 1, every))
    ticks = tuple(replace(tick, label=tick.label.removeprefix("1 × ")) for tick in powers)
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
    exact = Decimal(repr(value)).normalize()
    return Tick(value, scientific(exact) if _beyond(value) else number(exact))


def _beyond(value: float) -> bool:
    return value != 0 and not _SHORTEST <= abs(value) < _LONGEST


def labelled(ticks: Sequence[Tick], fits: Callable[[Sequence[Tick]], bool]) -> Sequence[Tick]:
    """The ticks to label: all that fit, else those of 1, 10, 100, else every second, third ..."""
    tens = [tick for tick in ticks if tick.label.partition(" ")[0].strip("0.,⁻¹²³⁴⁵⁶⁷⁸⁹⁰") == "1"]
    for some in (ticks, tens, *(ticks[::stride] for stride in range(2, len(ticks)))):
        if len(some) > 1 and fits(some):
            return some
    return ticks[:1]


def fitting(over: Axis, signs: float) -> Sequence[Tick]:
    """The ticks whose labels fit on an axis that is as long as so many signs."""

    def fits(ticks: Sequence[Tick]) -> bool:
        spans = [_label(over.place(tick.value), cells(tick.label), signs) for tick in ticks]
        return all(one[1] + 1 <= other[0] for one, other in pairwise(spans))

    return labelled(over.ticks, fits)


def anchor(place: float) -> str:
    """Whether a label begins at its tick, ends there or stands under it."""
    if place < _MARGIN:
        return "start"
    return "end" if place > 1 - _MARGIN else "middle"


def _label(place: float, size: int, signs: float) -> tuple[float, float]:
    at = place * signs
    first = {"start": at, "end": at - size, "middle": at - size / 2}[anchor(place)]
    return first, first + size


Span = tuple[float, float]


def window(spans: Sequence[Span], least: float = 0.0) -> Span:
    """From where to where an axis goes: without the few that would flatten all others.

    A few are one in five, and they would where the rest takes less than a sixth of the axis;
    the rest, where it is close together, is taken to be as wide as `least`.
    """
    whole = _width(spans)
    for order, left, rest, _few in _cut(spans, max(1, len(spans) // 5)):
        if _FLAT * max(rest, least) < whole:
            return window(order[:left], least)
    return min(low for low, _ in spans), max(high for _, high in spans)


def lonely(spans: Sequence[Span], most: float) -> bool:
    """Whether a few, one in ten, are further from the rest than that is wide, which is `most`."""
    whole = _width(spans)
    return any(
        rest <= most and whole - rest - few > rest
        for _order, _left, rest, few in _cut(spans, max(1, len(spans) // 10))
    )


def _cut(spans: Sequence[Span], most: int) -> Iterator[tuple[list[Span], int, float, float]]:
    """Spans without one at their low or at their high end, without two, and so on.

    The spans in an order of which so many are left, how wide those are, and how wide the few.
    """
    orders = sorted(spans, reverse=True), sorted(spans, key=lambda span: span[::-1])
    widths = [(_running(each), _running(each[::-1])) for each in orders]
    for few in range(1, most + 1):
        left = len(spans) - few
        if left < max(_REST, 1):
            return
        for order, (rest, apart) in zip(orders, widths, strict=True):
            yield order, left, rest[left - 1], apart[few - 1]


def _running(spans: Sequence[Span]) -> list[float]:
    """How wide the first of some spans is, the first two together, and so on."""
    lows, highs = accumulate((low for low, _ in spans), min), accumulate((h for _, h in spans), max)
    return [high - low for low, high in zip(lows, highs, strict=True)]


def _width(spans: Sequence[Span]) -> float:
    return max(high for _, high in spans) - min(low for low, _ in spans)


def days(values: Sequence[float]) -> Axis:
    """An axis over days, given as ordinals: ticks at years, months or days."""
    low, high = first, _ = min(values), max(values)
    if low == high:
        tick = Tick(low, date.fromordinal(round(low)).isoformat())
        return Axis(low - 1, low + 1, False, (tick,), None)
    margin = max((high - low) / 50, 1.0)
    low = max(low - margin, date.min.toordinal())
    high = min(high + margin, date.max.toordinal())
    return Axis(low, high, False, tuple(_dated(low, high, first)), None)


def _dated(low: float, high: float, start: float) -> Iterator[Tick]:
    """Ticks at days from the start on, at months or at years, eight at most."""
    first, last = math.ceil(low), math.floor(high)
    begin, end = date.fromordinal(first), date.fromordinal(last)
    if last - first <= _WEEKS:
        every = _round(last - first, (1, 2, 5, 7, 14))
        for day in range(math.ceil(start), last + 1, every):
            yield Tick(float(day), date.fromordinal(day).isoformat())
    elif end.year - begin.year < 3:
        months = (begin.year * 12 + begin.month, end.year * 12 + end.month - 1)
        every = _round(months[1] - months[0], (1, 2, 3, 6))
        for month in range(-(-months[0] // every) * every, months[1] + 1, every):
            begins = date(month // 12, month % 12 + 1, 1)
            yield Tick(float(begins.toordinal()), begins.isoformat()[:7])
    else:
        every = _round(end.year - begin.year, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000))
        for year in range(begin.year // every * every + every, end.year + 1, every):
            yield Tick(float(date(year, 1, 1).toordinal()), f"{year:04}")


def _round(span: int, steps: Sequence[int]) -> int:
    """The smallest of some steps in which a span is gone through in seven."""
    return next((step for step in steps if span / step <= 7), steps[-1])
