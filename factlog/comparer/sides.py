"""Source figures: each claim as one source's side, with what it is grouped and judged by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from factlog.claim import Claim, Estimate, Period, Statement, fingerprint
from factlog.findings import Side
from factlog.names import clean, fold
from factlog.policy import EXACT, Interval, Policy, reading, stated
from factlog.values import dataclass, replace

# One end of an interval, ordered as ends are: an excluded end lies just inside an included one.
End = tuple[Decimal, int]

NO_LOW: End = (Decimal("-Infinity"), 0)
NO_HIGH: End = (Decimal("Infinity"), 0)


def reading_of(estimate: Estimate, policy: Policy, ends: Interval | None = None) -> Interval:
    """The interval a figure is taken to mean under a policy, in the figure's own unit.

    Never empty: "just under 300" under a policy that takes words for exact is 300.
    `ends` are those stated, where they are at hand.
    """
    meant = reading(estimate, policy, offset=has_own_zero(estimate.unit), ends=ends)
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
    if interval.low is interval.high and interval.low is not None:  # one number
        by = EXACT.multiply(abs(interval.low), tolerance)
        return (EXACT.subtract(interval.low, by), 0), (EXACT.add(interval.low, by), 0)
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


@lru_cache(maxsize=10_000)  # names of sources repeat from subject to subject
def _spelled(name: str) -> tuple[str, str]:
    return fold(name), clean(name)


class SubjectIndex:
    """What names and units stand for in one subject, filled in as its claims are read."""

    def __init__(self) -> None:
        self._named: dict[str | None, tuple[str, str | None]] = {None: ("", None), "": ("", None)}
        self._moment: tuple[datetime | None, int | None] = None, None
        self._shown: dict[str, str] = {}
        self._dimensions: dict[str | None, int] = {}
        self._first: list[str | None] = []
        self._targets: dict[tuple[str, int], str | None] = {}
        self._offsets: set[tuple[str, int]] = set()

    def named(self, name: str | None) -> tuple[str, str | None]:
        """What a name is matched by, blank for none, and the name as it was first given."""
        found = self._named.get(name)
        if found is None:
            assert name
            folded, cleaned = _spelled(name)
            found = self._named[name] = folded, self._shown.setdefault(folded, cleaned)
        return found

    def moment(self, recorded: datetime | None) -> int | None:
        """A moment as a number that orders: those of an import are one."""
        last, number = self._moment
        if recorded is not last:
            number = _moment(recorded) if recorded else None
            self._moment = recorded, number
        return number

    def dimension(self, unit: str | None) -> int:
        """Which of the things measured in this subject a unit measures."""
        found = self._dimensions.get(unit)
        if found is None:
            alike = (n for n, first in enumerate(self._first) if _comparable(first, unit))
            found = next(alike, len(self._first))
            if found == len(self._first):
                self._first.append(unit)
            self._dimensions[unit] = found
        return found

    def target(self, measure: str, dimension: int, unit: str | None) -> str | None:
        """The unit a measure's figures of one dimension are shown in: the first one met."""
        if has_own_zero(unit):
            self._offsets.add((measure, dimension))
        return self._targets.setdefault((measure, dimension), unit)

    def mark_offset(self, measure: str, dimension: int) -> None:
        """Keep percent widening off a measure's figures of one dimension."""
        self._offsets.add((measure, dimension))

    def offsets(self, measure: str) -> frozenset[int]:
        """The dimensions that percent widening is kept off, some unit having its own zero."""
        return frozenset(dimension for name, dimension in self._offsets if name == measure)

    def offset(self, measure: str, dimension: int) -> bool:
        """Whether percent widening is kept off these figures, some unit having its own zero."""
        return (measure, dimension) in self._offsets


def _comparable(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    from factlog import units  # only where there are units

    return units.comparable(one, other)


# First and last day as ordinals.
Days = tuple[int, int]
UNDATED: Days = (0, 0)
DAY = 86_400_000_000  # microseconds
# A value, and its upper and lower standard error.
Measurement = tuple[Decimal, Decimal, Decimal]
# What orders claims, whatever order they came in: those with an id first, by id.
Tie = tuple[bool, int, str]


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """A side, and what it is grouped and judged by.

    `source`, `scope` and `origin` are folded names; `origin` is whom the figure goes back
    to, the source itself if no other. `dimension` numbers what the unit measures, `days` are
    None for an undated figure, `recorded` is the moment it was last logged. `own` says that
    the source stated it, rather than only its parts.

    The rest is known once a measure's figures stand in the order they are shown in. `place`
    is that of the side in the list. `order` also knows when an undated constant was logged.
    `low` and `high` are the ends of the reading, `wide_low` and `wide_high` those ends moved
    outwards by the tolerance, `up` and `down` the stated ends that face a higher and a lower
    figure. `judged` is False for what is compared within its own source only, `check` marks a
    sum that only checks, `percent` is False where the unit has its own zero.
    `measurement` is the value and its upper and lower standard error, where they are stated.
    `edition` is when it was published, `progress` marks a running total's figure of one day that
    lies between its source's figures before and after. `counted_with` is
    the source whose errors its own repeats, blank where that is none.
    """

    side: Side
    statement: Statement
    source: str
    scope: str
    origin: str
    dimension: int
    days: Days | None
    recorded: int | None
    tie: Tie
    saids: tuple[str, ...]
    vias: tuple[str, ...]
    urls: tuple[str, ...]
    own: bool = True
    place: int = 0
    order: Days | None = None
    low: End = NO_LOW
    high: End = NO_HIGH
    wide_low: End = NO_LOW
    wide_high: End = NO_HIGH
    up: Decimal = Decimal(0)
    down: Decimal = Decimal(0)
    judged: bool = True
    check: bool = False
    percent: bool = True
    measurement: Measurement | None = None
    edition: Days | None = None
    progress: bool = False
    counted_with: str = ""

    @property
    def closed(self) -> bool:
        """Whether both ends were stated."""
        return self.side.stated.low is not None and self.side.stated.high is not None


Key = TypeVar("Key", bound=Hashable)


def grouped(
    figures: Iterable[SourceFigure], key: Callable[[SourceFigure], Key]
) -> dict[Key, list[SourceFigure]]:
    """Figures alike in something, by what they are alike in."""
    found: dict[Key, list[SourceFigure]] = {}
    for figure in figures:
        found.setdefault(key(figure), []).append(figure)
    return found


def all_alone(figures: Sequence[SourceFigure]) -> bool:
    """Whether no source has two of some figures: then there is nothing within a source to see."""
    return len({figure.source for figure in figures}) == len(figures)


def tie_of(claim: Claim) -> Tie:
    """What orders a claim among others by itself alone."""
    words = claim.uid or fingerprint(claim)
    if claim.id is None:  # the same words can be read in two ways
        return True, 0, f"{words} {claim.estimate}"
    return False, claim.id, words


def days_of(period: Period | None) -> Days | None:
    """The days a date covers; None for no date."""
    if period is None:
        return None
    first, last = period.days
    return first.toordinal(), last.toordinal()


def _moment(recorded: datetime) -> int:
    """A moment as a number of microseconds, which orders with the days of a date."""
    in_day = (recorded.hour * 60 + recorded.minute) * 60 + recorded.second
    return recorded.toordinal() * DAY + in_day * 1_000_000 + recorded.microsecond


def source_figure(
    claim: Claim, place: int, tie: Tie, measure: str, index: SubjectIndex, policy: Policy
) -> SourceFigure:
    """One claim as a figure; `place` numbers it if it has no id of its own."""
    statement, estimate = claim.statement, claim.estimate
    dimension = index.dimension(estimate.unit)
    target = index.target(measure, dimension, estimate.unit)
    source, source_shown = index.named(statement.source)
    scope, scope_shown = index.named(claim.scope)
    origin, origin_shown = index.named(claim.cited or claim.origin)
    ends, url, via = stated(estimate), statement.url, statement.via
    # Fields given by their places are set in half the time.
    # fmt: off
    side = Side(
        measure, source_shown or "", claim.said, estimate.hedge,
        reading_of(estimate, policy, ends), ends,
        estimate.low, estimate.best, estimate.high,
        estimate.plus, estimate.minus, estimate.coverage, estimate.unit,
        scope_shown, origin_shown, via, url, statement.as_of, statement.published,
        (claim.id if claim.id is not None else place,),
        unit_said=claim.unit_said,
    )
    return SourceFigure(
        side if side.unit == target else in_unit(side, target),
        statement, source, scope, origin or source, dimension,
        days_of(statement.when), index.moment(claim.recorded), tie, (claim.said,),
        (via,) if via else (), (url,) if url else (),
        counted_with=index.named(claim.counted_with)[0],
    )
    # fmt: on


def in_unit(side: Side, unit: str | None) -> Side:
    """A side with its numbers in another unit."""
    if side.unit == unit:
        return side
    best = number(side.best, side.unit, unit)
    moved = replace(
        side,
        reading=converted(side.reading, side.unit, unit),
        stated=converted(side.stated, side.unit, unit),
        low=number(side.low, side.unit, unit),
        best=best,
        high=number(side.high, side.unit, unit),
        plus=_arm(side, side.plus, 1, best, unit),
        minus=_arm(side, side.minus, -1, best, unit),
        unit=unit,
    )
    # 5 feet in ft is 5: nothing was converted that a reader would miss.
    return moved if moved.stated == side.stated else replace(moved, unit_given=side.unit)


def _arm(
    side: Side, arm: Decimal | None, sign: int, best: Decimal | None, unit: str | None
) -> Decimal | None:
    """The length of one arm of a ±, converted as the distance it is."""
    if arm is None or best is None or side.best is None:
        return None
    end = number(EXACT.add(side.best, arm if sign > 0 else -arm), side.unit, unit)
    return None if end is None else abs(EXACT.subtract(end, best))


def overlapping(figures: Iterable[SourceFigure]) -> list[SourceFigure]:
    """Figures of one source, date, scope and unit, those whose readings overlap made one.

    One that states its uncertainty is made one only with the very same.
    """
    waiting = list(figures)
    if len(waiting) < 2:  # as nearly every figure stands alone
        return waiting
    waiting.sort(key=_by_reading)
    measured = grouped((f for f in waiting if _states_error(f.side)), _very_same)
    groups = [[f for f in waiting if not _states_error(f.side)], *measured.values()]
    return [_together(each) for group in groups for each in _meeting(group)]


def _states_error(side: Side) -> bool:
    """Whether two such figures are set against each other by their stated errors."""
    return bool(side.plus and side.minus and side.coverage)


def _very_same(figure: SourceFigure) -> Hashable:
    side = figure.side
    return side.best, side.plus, side.minus, side.coverage


def _meeting(waiting: Iterable[SourceFigure]) -> list[list[SourceFigure]]:
    """Figures in the order of their readings, those together that all share a number."""
    groups: list[list[SourceFigure]] = []
    running = Interval(None, None)
    for figure in waiting:
        shared = meet(running, figure.side.reading)
        if shared.empty or not groups:
            groups.append([])
            shared = figure.side.reading
        groups[-1].append(figure)
        running = shared
    return groups


def _by_reading(figure: SourceFigure) -> tuple[object, ...]:
    return low_end(figure.side.reading), high_end(figure.side.reading), figure.tie


def _together(figures: Sequence[SourceFigure]) -> SourceFigure:
    """One figure of several whose readings overlap: what all of them allow."""
    if len(figures) == 1:
        return figures[0]
    first, ordered = min(figures, key=lambda figure: figure.tie), sorted(figures, key=_firmness)
    firmest = ordered[0]
    # A whole keeps its own words, whatever its parts narrow it to.
    words = next((d.side for d in ordered if not d.side.derived), firmest.side)
    saids = _distinct(d.saids for d in sorted(ordered, key=lambda d: not d.own))
    readings = [figure.side.reading for figure in ordered]
    side = replace(
        firmest.side,
        said="; ".join(saids),
        **{field: getattr(words, field) for field in ("hedge", "low", "best", "high")},
        unit_said=next((d.side.unit_said for d in ordered if d.side.unit_said), None),
        unit_given=next((d.side.unit_given for d in ordered if d.side.unit_given), None),
        reading=_all_of(readings),
        stated=_shared([figure.side.stated for figure in ordered]),
        scope=first.side.scope,
        derived=any(figure.side.derived for figure in ordered),
        joined=tuple(
            sorted(
                (each for figure in ordered for each in figure.side.joined or (figure.side,)),
                key=_as_told,
            )
        ),
    )
    own = any(figure.own for figure in ordered)
    return as_one(replace(first, side=side, saids=saids, own=own), ordered)


def _as_told(side: Side) -> tuple[str, ...]:
    """An order of figures by their words, whenever they were recorded."""
    return (side.said, side.measure, *(text or "" for text in (side.scope, side.via, side.url)))


def as_one(figure: SourceFigure, made_of: Sequence[SourceFigure]) -> SourceFigure:
    """A figure with all that those it is made of were told by, and whom they go back to."""
    origin, named = common_origin(made_of)
    vias, urls = _distinct(d.vias for d in made_of), _distinct(d.urls for d in made_of)
    side = replace(
        figure.side,
        origin=named,
        via="; ".join(vias) or None,
        url="; ".join(urls) or None,
        claims=tuple(sorted({number for each in made_of for number in each.side.claims})),
    )
    recorded = max((d.recorded for d in made_of if d.recorded is not None), default=None)
    return replace(figure, side=side, origin=origin, recorded=recorded, vias=vias, urls=urls)


def _firmness(figure: SourceFigure) -> tuple[object, ...]:
    """The most informative comes first: closed before open, then the narrowest.

    Between two alike the words decide, never which was recorded first.
    """
    low, high = figure.side.reading.low, figure.side.reading.high
    width = Decimal("Infinity") if low is None or high is None else EXACT.subtract(high, low)
    return not figure.closed, width, _by_reading(figure)[:2], figure.saids, figure.tie[2]


def _distinct(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in words for word in group))


def _all_of(intervals: Sequence[Interval]) -> Interval:
    shared = intervals[0]
    for interval in intervals[1:]:
        shared = meet(shared, interval)
    return shared


def _shared(intervals: Sequence[Interval]) -> Interval:
    """What all stated ends allow; if nothing does, the least that holds the closed ones.

    "About 30" and "fewer than 30" meet as readings, not as stated: the closed one stands.
    """
    shared = _all_of(intervals)
    if not shared.empty:
        return shared
    closed = [each for each in intervals if each.low is not None and each.high is not None]
    return hull(closed or intervals)


def common_origin(figures: Sequence[SourceFigure]) -> tuple[str, str | None]:
    """Whom several figures of one source all go back to, folded and as shown."""
    first = figures[0]
    if any(figure.origin != first.origin for figure in figures):
        return first.source, None
    shown = next((d.side.origin for d in figures if d.side.origin), None)
    return first.origin, shown
