"""A measure's sides on one axis, as the report draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from factlog.findings import MeasureComparison, Verdict
from factlog.render import summary
from factlog.render.charts.axis import Axis, Tick, labelled
from factlog.render.display import cells
from factlog.wording import span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.render.charts.axis import Axis, Bar


# The least an axis measures on a phone and beside a column of names, and a sign of its labels.
_NARROW, _WIDE, _SIGN = 272, 380, 7.2


@dataclass(frozen=True, slots=True)
class Label:
    """A tick as the page draws it: its line always, its words only where there is room."""

    at: str
    value: str
    words: str
    anchor: str
    where: str


def percent(share: float) -> str:
    """A place along an axis, 0 to 1, as a page measures it: "43.21%"."""
    return f"{_short(share * 100)}%"


def point(across: float, up: float) -> str:
    """A place in a drawing a hundred wide and a hundred high, counted from its top."""
    return f"{_short(across * 100)} {_short(100 - up * 100)}"


def exactly(value: float) -> str:
    """A number as data beside a mark: every digit it has."""
    return f"{value:.15g}"


def _short(number: float) -> str:
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def labels(axis: Axis) -> tuple[Label, ...]:
    """The ticks of an axis; of labels that would meet, some give way."""
    narrow, wide = _fitting(axis, _NARROW), _fitting(axis, _WIDE)
    return tuple(
        Label(
            percent(place),
            exactly(tick.value),
            tick.label,
            _anchor(place),
            _where(tick, narrow, wide),
        )
        for tick in axis.ticks
        for place in (axis.place(tick.value),)
    )


def _where(tick: Tick, narrow: Sequence[Tick], wide: Sequence[Tick]) -> str:
    if tick in narrow:
        return "both" if tick in wide else "narrow"
    return "wide" if tick in wide else ""


def _anchor(place: float) -> str:
    if place < 0.04:
        return "start"
    return "end" if place > 0.96 else "middle"


def _fitting(axis: Axis, room: float) -> Sequence[Tick]:
    """The ticks whose labels fit, were the axis as long as the room."""

    def fits(ticks: Sequence[Tick]) -> bool:
        spans = [_span(axis.place(tick.value), tick.label, room) for tick in ticks]
        return all(one[1] + _SIGN <= other[0] for one, other in pairwise(spans))

    return labelled(axis.ticks, fits)


def _span(place: float, words: str, room: float) -> tuple[float, float]:
    """Where a label begins and ends, were the axis as long as the room."""
    size, at = cells(words) * _SIGN, place * room
    first = {"start": at, "end": at - size, "middle": at - size / 2}[_anchor(place)]
    return first, first + size


@dataclass(frozen=True, slots=True)
class Reading:
    """The bar of a figure: where it begins, how long it is, and where it has no end."""

    at: str
    width: str
    low: str
    high: str
    opens_down: bool
    opens_up: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a stated value stands."""

    at: str
    value: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One side of a figure: who said what, and what is drawn of it."""

    side: int
    source: str
    said: str
    when: str
    scope: str
    conflict: bool
    derived: bool
    current: bool
    reading: Reading | None
    mark: Mark | None

    @property
    def crossed(self) -> bool:
        """Whether a cross tells its conflict: it has no bar to hatch, and is no sum."""
        bare = self.mark is not None and self.reading is None
        return self.conflict and bare and not self.derived


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of a measure: strips above each other on one axis, and the same in words."""

    title: str
    told: str
    unit: str
    log: bool
    ticks: tuple[Label, ...]
    strips: tuple[Strip, ...]
    left_out: int

    @property
    def signs(self) -> dict[str, bool]:
        """Which signs it uses, so that only those are explained."""
        readings = [strip.reading for strip in self.strips if strip.reading]
        return {
            "reading": bool(readings),
            "open": any(each.opens_down or each.opens_up for each in readings),
            "stated": any(strip.mark and not strip.derived for strip in self.strips),
            "derived": any(strip.mark and strip.derived for strip in self.strips),
            "conflict": any(strip.conflict for strip in self.strips),
            "hatched": any(strip.conflict and strip.reading for strip in self.strips),
            "crossed": any(strip.crossed for strip in self.strips),
        }


def figure(subject: str, measure: MeasureComparison) -> Figure | None:
    """The figure of a measure as it stands now; None where there is nothing to draw."""
    from factlog.render.charts.model import draw

    picture = draw(subject, measure)
    if not picture.bars:
        return None
    name = f"{subject}, {measure.measure}" if measure.measure else subject
    return Figure(
        title=f"{name}: {summary.counted(len(picture.bars), '1 figure', '{} figures')} on one axis",
        told=" ".join(_told(measure, bar) for bar in picture.bars),
        unit=picture.unit or "",
        log=picture.axis.log,
        ticks=labels(picture.axis),
        strips=tuple(_strip(bar, picture.axis) for bar in picture.bars),
        left_out=picture.left_out,
    )


def _told(measure: MeasureComparison, bar: Bar) -> str:
    """A side in a sentence, for those who do not see the figure."""
    meant = span(measure.sides[bar.side].reading, measure.sides[bar.side].unit)
    against = dict.fromkeys(measure.sides[place].source for place in bar.against)
    told = f"{bar.source}: {bar.said}"
    if bar.low is None or bar.low != bar.high:
        told += f", taken as {meant}"
    return f"{told}; in conflict with {', '.join(against)}." if against else f"{told}."


def _strip(bar: Bar, axis: Axis) -> Strip:
    return Strip(
        side=bar.side,
        source=bar.source,
        said=bar.said,
        when=bar.when,
        scope=bar.scope or "",
        conflict=bar.verdict is Verdict.CONFLICT,
        derived=bar.derived,
        current=bar.current,
        reading=_reading(bar, axis),
        mark=_mark(bar, axis),
    )


def _reading(bar: Bar, axis: Axis) -> Reading | None:
    if bar.low is not None and bar.low == bar.high:
        return None
    first = 0.0 if bar.low is None else axis.place(bar.low)
    last = 1.0 if bar.high is None else axis.place(bar.high)
    return Reading(
        at=percent(first),
        width=percent(max(last - first, 0.0)),
        low="" if bar.low is None else exactly(bar.low),
        high="" if bar.high is None else exactly(bar.high),
        opens_down=bar.low is None,
        opens_up=bar.high is None,
    )


def _mark(bar: Bar, axis: Axis) -> Mark | None:
    value = bar.stated
    if value is None and bar.low == bar.high:
        value = bar.low
    return None if value is None else Mark(percent(axis.place(value)), exactly(value))
