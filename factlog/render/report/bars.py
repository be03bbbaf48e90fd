"""A measure's sides on one axis, as the report draws them."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from factlog.findings import MeasureComparison
from factlog.render.charts.axis import (
    Axis,
    DecidedValue,
    Mark,
    Picture,
    Tick,
    anchor,
    fitting,
    used,
)
from factlog.render.charts.model import draw
from factlog.render.charts.terminal_bars import left_out
from factlog.values import dataclass
from factlog.wording import counted, span

# How many signs of a label an axis is long, at the least on a phone and beside a column of names.
_NARROW, _WIDE = 37.7, 52.7
# The share of an axis that an arrow takes, at the most.
_ARROW = 0.09


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
    narrow, wide = fitting(axis, _NARROW), fitting(axis, _WIDE)
    return tuple(
        Label(
            percent(place),
            exactly(tick.value),
            tick.label,
            anchor(place),
            _where(tick, narrow, wide),
        )
        for tick in axis.ticks
        for place in (axis.place(tick.value),)
    )


def _where(tick: Tick, narrow: Sequence[Tick], wide: Sequence[Tick]) -> str:
    if tick in narrow:
        return "both" if tick in wide else "narrow"
    return "wide" if tick in wide else ""


@dataclass(frozen=True, slots=True)
class DecidedSpan:
    """Where on a page what somebody decided to use begins, how long it is, its stated ends."""

    start: str
    size: str
    ends: tuple[str, ...]


def decided_span(
    axis: Axis, decided: DecidedValue | None, *, down: bool = False
) -> DecidedSpan | None:
    """Where what was decided stands on an axis, or on one that goes `down` a page."""
    if decided is None:
        return None
    places = [axis.place(axis.held(end)) for end in (decided.low, decided.high)]
    if down:
        places = [1 - place for place in reversed(places)]
    ends = [axis.place(end) for end in (decided.low, decided.high) if isfinite(end)]
    lines = dict.fromkeys(percent(1 - end if down else end) for end in ends)
    return DecidedSpan(percent(places[0]), percent(places[1] - places[0]), tuple(lines))


@dataclass(frozen=True, slots=True)
class BarChart:
    """The figure of a measure: its picture, and the same in words."""

    title: str
    told: str
    picture: Picture
    ticks: tuple[Label, ...]

    def at(self, value: float) -> str:
        """Where a value stands along the axis."""
        return percent(self.picture.axis.place(value))

    def width(self, bar: Mark) -> str:
        """How long the bar of a figure is."""
        axis = self.picture.axis
        return percent(axis.place(bar.last) - axis.place(bar.first))

    def to_zero(self, bar: Mark) -> bool:
        """Whether its arrow ends at the zero of the axis, which is near."""
        return self.picture.axis.to_zero(bar, _ARROW)

    def cut_down(self, bar: Mark) -> bool:
        """Whether an arrow at its lower end says that there is more."""
        return bar.opens_down or bar.first < self.picture.axis.low

    def cut_up(self, bar: Mark) -> bool:
        """Whether an arrow at its upper end says that there is more."""
        return bar.opens_up or bar.last > self.picture.axis.high

    @property
    def decided(self) -> DecidedSpan | None:
        """Where what was decided stands."""
        return decided_span(self.picture.axis, self.picture.decided)

    @property
    def notes(self) -> list[str]:
        """What is beyond the axis, and what is not drawn or marked."""
        return list(left_out(self.picture))

    @property
    def signs(self) -> frozenset[str]:
        """What its signs stand for, so that only those are explained."""
        return used(self.picture.bars)


def figure(subject: str, measure: MeasureComparison, most: int | None = None) -> BarChart | None:
    """The figure of a measure as it stands now; None where there is nothing to measure.

    `most` leaves all but so many of the newest figures out.
    """
    picture = draw(subject, measure, most=most)
    if len(picture.bars) < 2 or len(picture.axis.ticks) == 1:
        return None
    name = f"{subject}, {measure.measure}" if measure.measure else subject
    return BarChart(
        title=f"{name}: {counted(len(picture.bars), '1 figure', '{} figures')} on one axis",
        told=" ".join(_told(measure, bar) for bar in picture.bars),
        picture=picture,
        ticks=labels(picture.axis),
    )


def _told(measure: MeasureComparison, bar: Mark) -> str:
    """A side in a sentence, for those who do not see the figure."""
    meant = span(measure.sides[bar.side].reading, measure.sides[bar.side].unit)
    against = dict.fromkeys(measure.sides[place].source for place in bar.against)
    told = f"{bar.source}: {bar.said}"
    if bar.low is None or bar.low != bar.high:
        told += f", taken as {meant}"
    return f"{told}; in conflict with {', '.join(against)}." if against else f"{told}."
