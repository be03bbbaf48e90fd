"""Moments: a measure's figures by date, one lane a source, as the report draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from factlog.findings import MeasureComparison
from factlog.render.charts.axis import Axis, Mark, SourceLine, Timeline, used
from factlog.render.charts.model import over_time
from factlog.render.charts.terminal_bars import left_out
from factlog.render.report.bars import (
    DecidedSpan,
    Label,
    decided_span,
    exactly,
    labels,
    percent,
    point,
)
from factlog.values import dataclass
from factlog.wording import counted

# Signs in a label of the value axis beyond which it needs more room, and more again.
_SHORT, _LONG = 7, 11
# The share of a lane that an arrow takes, and what a cross hides of a figure.
_ARROW, _CROSSED = 0.3, {"exact", "about", "sum", "about sum"}


@dataclass(frozen=True, slots=True)
class SourceLane:
    """The figures of one source through time; `path` joins them."""

    source: str
    told: str
    path: str
    points: tuple[tuple[str, Mark], ...]

    @property
    def camp(self) -> int | None:
        """Where the source of this lane stands; None where several share it."""
        sources = {source for source, _ in self.points}
        return self.points[-1][1].camp if len(sources) == 1 else None


@dataclass(frozen=True, slots=True)
class History:
    """A measure through time: a lane for each source that gave more than one dated figure.

    Those that gave one share the last lane; `paths` are all lanes' together, drawn faintly
    behind each.
    """

    title: str
    told: str
    drawn: Timeline
    days: tuple[Label, ...]
    values: tuple[Label, ...]
    lanes: tuple[SourceLane, ...]
    paths: tuple[str, ...]

    def places(self, each: Mark) -> tuple[str, str, str, str]:
        """Where a figure stands by its date; counted from the top as a page is, from where to
        where it goes, and where its sign is.
        """
        x, up = percent(self.drawn.across.place(each.day)), self._up
        return x, up(each.last), up(each.first), up(each.height)

    def _up(self, value: float) -> str:
        return percent(1 - self.drawn.up.place(value))

    def to_zero(self, each: Mark) -> bool:
        """Whether its arrow ends at the zero of the axis, which is near."""
        return self.drawn.up.to_zero(each, _ARROW)

    def beyond(self, each: Mark) -> str:
        """Towards which side a figure is further than an axis goes; nothing where it is within."""
        across, up = self.drawn.across, self.drawn.up
        if each.day != across.held(each.day):
            return "earlier" if each.day < across.low else "later"
        return ("below" if each.height < up.low else "above") if up.beyond(each) else ""

    def tall(self, each: Mark) -> str:
        """How tall a range is drawn."""
        return percent(self.drawn.up.place(each.last) - self.drawn.up.place(each.first))

    @property
    def decided(self) -> DecidedSpan | None:
        """Where what was decided stands."""
        return decided_span(self.drawn.up, self.drawn.decided, down=True)

    @property
    def notes(self) -> list[str]:
        """What is beyond the axes, and what is not drawn or marked."""
        return list(left_out(self.drawn))

    @property
    def ends(self) -> tuple[Label, ...]:
        """The lowest and the highest tick, the two there is room to label."""
        return self.values if len(self.values) < 2 else (self.values[0], self.values[-1])

    @property
    def room(self) -> str:
        """How much room the labels of the values take."""
        longest = max((len(each.words) for each in self.ends), default=0)
        return "wider" if longest > _LONG else "wide" if longest > _SHORT else ""

    @property
    def crossed(self) -> list[Mark]:
        """The figures marked with the cross of a conflict: those that are in no camp."""
        return [each for each in self._marks if each.clash and each.camp is None]

    @property
    def signs(self) -> frozenset[str]:
        """What its signs stand for, so that only those are explained."""
        crossed = self.crossed
        plain = [each for each in self._marks if not each.clash or each.camp is not None]
        return (used(crossed) - _CROSSED | used(plain)) - {"conflict"}

    @property
    def camped(self) -> bool:
        """Whether any figure is in the colour of a camp."""
        return any(each.camp is not None for each in self._marks)

    @property
    def _marks(self) -> list[Mark]:
        return [each for lane in self.lanes for _, each in lane.points]


def history(subject: str, measure: MeasureComparison, most: int | None = None) -> History | None:
    """The figures of a measure by date, the newest `most`; None unless a source gave several."""
    if not _changes(measure):
        return None
    drawn = over_time(subject, measure, most)
    several = [line for line in drawn.lines if _several(line)]
    if not several:
        return None
    lanes = [_lane(line.source, _summed(line), (line,), drawn) for line in several]
    lanes += _rest([line for line in drawn.lines if not _several(line)], drawn)
    name = f"{subject}, {measure.measure}" if measure.measure else subject
    return History(
        title=f"{name}: figures by date",
        told=" ".join(_told(line) for line in drawn.lines),
        drawn=drawn,
        days=labels(drawn.across),
        values=_upright(drawn.up),
        lanes=tuple(lanes),
        paths=tuple(lane.path for lane in lanes if lane.path),
    )


def _upright(axis: Axis) -> tuple[Label, ...]:
    """The ticks of the value axis, counted from the top as a page is."""
    return tuple(
        Label(percent(1 - axis.place(each.value)), exactly(each.value), each.label, "end", "both")
        for each in axis.ticks
    )


def _changes(measure: MeasureComparison) -> bool:
    """Whether any source gave figures for more than one date."""
    seen: dict[str, object] = {}
    return any(
        seen.setdefault(side.source, side.when) != side.when for side in measure.sides if side.when
    )


def _several(line: SourceLine) -> bool:
    return len({point.day for point in line.points}) > 1


def _summed(line: SourceLine) -> str:
    first, last = line.points[0], line.points[-1]
    figures = counted(len(line.points), "1 figure", "{} figures")
    return f"{figures}, {first.when} to {last.when}; last: {last.said}"


def _rest(lines: Sequence[SourceLine], drawn: Timeline) -> Iterator[SourceLane]:
    """The sources with one dated figure, in a lane together."""
    if len(lines) == 1:
        only = lines[0]
        yield _lane(only.source, f"{only.points[0].said}, {only.points[0].when}", lines, drawn)
    elif lines:
        yield _lane(f"{len(lines)} other sources", "one dated figure each", lines, drawn)


def _lane(source: str, told: str, lines: Iterable[SourceLine], drawn: Timeline) -> SourceLane:
    lines = list(lines)
    path = _path(lines[0], drawn) if len(lines) == 1 and len(lines[0].points) > 1 else ""
    return SourceLane(
        source, told, path, tuple((line.source, p) for line in lines for p in line.points)
    )


def _path(line: SourceLine, drawn: Timeline) -> str:
    """The line through a source's figures: steps for a total that stands until the next."""
    places = [(drawn.across.place(each.day), drawn.up.place(each.height)) for each in line.points]
    corners = [places[0]]
    for before, after in pairwise(places):
        corners += [(after[0], before[1]), after] if line.steps else [after]
    return "M" + "L".join(point(*corner) for corner in corners)


def _told(line: SourceLine) -> str:
    """A source's figures in a sentence, for those who do not see the figure."""
    given = "; ".join(f"{each.when}, {each.said}" for each in line.points)
    return f"{line.source}: {given}."
