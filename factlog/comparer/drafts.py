"""Drafts: figures on their way to becoming sides, with the keys they are grouped by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from factlog.claim import Claim, Period, Statement, fingerprint
from factlog.comparer.intervals import (
    converted,
    high_end,
    hull,
    low_end,
    meet,
    number,
    reading_of,
)
from factlog.comparer.register import Register
from factlog.comparison import EXACT, Interval, Policy, Side, stated

# First and last day as ordinals.
Days = tuple[int, int]
DAY = 86_400_000_000  # microseconds
# What orders claims, whatever order they came in: those with an id first, by id.
Tie = tuple[bool, int, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A side in the making, and what it is grouped and judged by.

    `source`, `scope` and `origin` are folded names; `origin` is whom the figure goes back
    to, the source itself if no other. `dimension` numbers what the unit measures, `days` are
    None for an undated figure, `recorded` is the moment it was last logged. `own` says that
    the source stated it, rather than only its parts.
    """

    side: Side
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

    @property
    def closed(self) -> bool:
        """Whether both ends were stated."""
        return self.side.stated.low is not None and self.side.stated.high is not None


@dataclass(frozen=True, slots=True)
class Told:
    """A draft and the statement it was made in."""

    statement: Statement
    draft: Draft


def tie_of(claim: Claim) -> Tie:
    """What orders a claim among others by itself alone."""
    return claim.id is None, claim.id or 0, claim.uid or fingerprint(claim)


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


def told(
    claim: Claim, place: int, tie: Tie, measure: str, register: Register, policy: Policy
) -> Told:
    """One claim as a draft; `place` numbers it if it has no id of its own."""
    statement, estimate = claim.statement, claim.estimate
    dimension = register.dimension(estimate.unit)
    target = register.target(measure, dimension, estimate.unit)
    source = register.key(statement.source)
    side = Side(
        measure=measure,
        source=register.shown(statement.source) or "",
        said=claim.said,
        hedge=estimate.hedge,
        reading=reading_of(estimate, policy),
        stated=stated(estimate),
        low=estimate.low,
        best=estimate.best,
        high=estimate.high,
        plus=estimate.plus,
        minus=estimate.minus,
        coverage=estimate.coverage,
        unit=estimate.unit,
        scope=register.shown(claim.scope),
        origin=register.shown(claim.origin),
        via=statement.via,
        url=statement.url,
        as_of=statement.as_of,
        published=statement.published,
        claims=(claim.id if claim.id is not None else place,),
    )
    draft = Draft(
        side=in_unit(side, target),
        source=source,
        scope=register.key(claim.scope),
        origin=register.key(claim.origin) or source,
        dimension=dimension,
        days=days_of(statement.when),
        recorded=_moment(claim.recorded) if claim.recorded else None,
        tie=tie,
        saids=(claim.said,),
        vias=(statement.via,) if statement.via else (),
        urls=(statement.url,) if statement.url else (),
    )
    return Told(statement, draft)


def in_unit(side: Side, unit: str | None) -> Side:
    """A side with its numbers in another unit."""
    if side.unit == unit:
        return side
    best = number(side.best, side.unit, unit)
    return replace(
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


def _arm(
    side: Side, arm: Decimal | None, sign: int, best: Decimal | None, unit: str | None
) -> Decimal | None:
    """The length of one arm of a ±, converted as the distance it is."""
    if arm is None or best is None or side.best is None:
        return None
    end = number(EXACT.add(side.best, arm if sign > 0 else -arm), side.unit, unit)
    return None if end is None else abs(EXACT.subtract(end, best))


def overlapping(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts of one source, date, scope and unit, those whose readings overlap made one."""
    waiting = sorted(drafts, key=_by_reading)
    if len(waiting) < 2:
        return waiting
    groups = [[waiting[0]]]
    running = waiting[0].side.reading
    for draft in waiting[1:]:
        shared = meet(running, draft.side.reading)
        if shared.empty:
            groups.append([])
            shared = draft.side.reading
        groups[-1].append(draft)
        running = shared
    return [_together(group) for group in groups]


def _by_reading(draft: Draft) -> tuple[object, ...]:
    return low_end(draft.side.reading), high_end(draft.side.reading), draft.tie


def _together(drafts: Sequence[Draft]) -> Draft:
    """One draft of several whose readings overlap: what all of them allow."""
    if len(drafts) == 1:
        return drafts[0]
    first, ordered = min(drafts, key=lambda draft: draft.tie), sorted(drafts, key=_firmness)
    firmest = ordered[0]
    saids = _distinct(d.saids for d in sorted(ordered, key=lambda d: not d.own))
    vias, urls = _distinct(d.vias for d in ordered), _distinct(d.urls for d in ordered)
    named = common_origin(ordered)
    readings = [draft.side.reading for draft in ordered]
    side = replace(
        firmest.side,
        said="; ".join(saids),
        reading=_all_of(readings),
        stated=_shared([draft.side.stated for draft in ordered]),
        scope=first.side.scope,
        origin=named[1],
        via="; ".join(vias) or None,
        url="; ".join(urls) or None,
        claims=numbers(ordered),
        derived=any(draft.side.derived for draft in ordered),
    )
    return replace(
        first,
        side=side,
        origin=named[0],
        recorded=latest(ordered),
        saids=saids,
        vias=vias,
        urls=urls,
        own=any(draft.own for draft in ordered),
    )


def _firmness(draft: Draft) -> tuple[object, ...]:
    """The most informative comes first: closed before open, then the narrowest.

    Between two alike the words decide, never which was recorded first.
    """
    low, high = draft.side.reading.low, draft.side.reading.high
    width = Decimal("Infinity") if low is None or high is None else EXACT.subtract(high, low)
    return not draft.closed, width, _by_reading(draft)[:2], draft.saids, draft.tie[2]


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


def common_origin(drafts: Sequence[Draft]) -> tuple[str, str | None]:
    """Whom several drafts of one source all go back to, folded and as shown."""
    first = drafts[0]
    if any(draft.origin != first.origin for draft in drafts):
        return first.source, None
    shown = next((d.side.origin for d in drafts if d.side.origin), None)
    return first.origin, shown


def numbers(drafts: Iterable[Draft]) -> tuple[int, ...]:
    """The numbers of all claims behind some drafts, in order."""
    return tuple(sorted({number for draft in drafts for number in draft.side.claims}))


def latest(drafts: Iterable[Draft]) -> int | None:
    """The last moment any of some drafts was logged."""
    return max((d.recorded for d in drafts if d.recorded is not None), default=None)
