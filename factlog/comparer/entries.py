"""Entries: the finished sides of one measure, in the order shown, ready to be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from factlog.comparer.drafts import Days, Draft
from factlog.comparer.intervals import End, high_end, low_end, widened
from factlog.comparer.wholes import Figures, order_of
from factlog.comparison import Interval, Kind, Measure, Policy, Side

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One side with what the table of verdicts asks about it.

    `place` is its place in the list shown. `low` and `high` are the ends of its reading,
    `wide_low` and `wide_high` those ends moved outwards by the tolerance. `up` and `down` are
    the stated ends that face a higher and a lower figure. `days` is None for an undated
    figure; `order` also knows when an undated constant was logged, and `recorded` is when any
    figure was. `judged` is False for what is kept for comparison within its own source only,
    `check` marks a sum that only checks. `percent` is False where the unit has its own zero.
    """

    place: int
    side: Side
    source: str
    origin: str
    scope: str
    dimension: int
    days: Days | None
    order: Days | None
    recorded: int | None
    low: End
    high: End
    wide_low: End
    wide_high: End
    up: Decimal
    down: Decimal
    judged: bool
    check: bool
    percent: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """How one measure is judged: its kind, its tolerance and its window in days."""

    kind: Kind
    tolerance: Decimal
    window: int


def rules_for(measure: Measure, policy: Policy) -> Rules:
    """The policy, with what the measure sets for itself."""
    return Rules(
        measure.kind,
        policy.tolerance if measure.tolerance is None else measure.tolerance,
        policy.window_days if measure.window is None else measure.window,
    )


def entries(found: Figures, rules: Rules, offsets: frozenset[int]) -> list[Entry]:
    """The figures of one measure as sides: each source's latest first, then the newest.

    `offsets` are the dimensions that percent widening is kept off.
    """
    constant = rules.kind is Kind.CONSTANT
    newest = _newest(found.counted, constant)
    drafts = [(_is_newest(d, newest, constant), False, d) for d in found.counted]
    drafts += [(False, True, d) for d in found.checks]
    drafts.sort(key=_as_shown)
    return [
        entry(place, draft, rules, percent=draft.dimension not in offsets, current=now, check=check)
        for place, (now, check, draft) in enumerate(drafts)
    ]


def entry(
    place: int, draft: Draft, rules: Rules, *, percent: bool, current: bool, check: bool
) -> Entry:
    """One side, ready to be judged."""
    side = draft.side if draft.side.current == current else replace(draft.side, current=current)
    constant = rules.kind is Kind.CONSTANT
    wide_low, wide_high = widened(side.reading, rules.tolerance if percent else _ZERO)
    return Entry(
        place=place,
        side=side,
        source=draft.source,
        origin=draft.origin,
        scope=draft.scope,
        dimension=draft.dimension,
        days=draft.days,
        order=order_of(draft, constant),
        recorded=draft.recorded,
        low=low_end(side.reading),
        high=high_end(side.reading),
        wide_low=wide_low,
        wide_high=wide_high,
        up=_first_named(side.stated.high, side.stated.low, side.reading),
        down=_first_named(side.stated.low, side.stated.high, side.reading),
        judged=not check and (current or not constant),
        check=check,
        percent=percent,
        own=draft.own,
    )


def reentered(entry: Entry, place: int, side: Side, rules: Rules) -> Entry:
    """The same side among another measure's, in its unit and by its tolerance."""
    wide_low, wide_high = widened(side.reading, rules.tolerance if entry.percent else _ZERO)
    return replace(
        entry,
        place=place,
        side=side,
        low=low_end(side.reading),
        high=high_end(side.reading),
        wide_low=wide_low,
        wide_high=wide_high,
        up=_first_named(side.stated.high, side.stated.low, side.reading),
        down=_first_named(side.stated.low, side.stated.high, side.reading),
    )


def _first_named(facing: Decimal | None, other: Decimal | None, reading: Interval) -> Decimal:
    """The end stated on the facing side, else the number that was named at all."""
    for end in (facing, other, reading.low, reading.high):
        if end is not None:
            return end
    return _ZERO


def _series(draft: Draft) -> tuple[str, str, int]:
    """The figures that follow each other in time: one source's in one scope and dimension."""
    return draft.source, draft.scope, draft.dimension


def _newest(drafts: Iterable[Draft], constant: bool) -> dict[tuple[str, str, int], Days | None]:
    """The date of each series' latest figure."""
    series: dict[tuple[str, str, int], list[Draft]] = {}
    for draft in drafts:
        series.setdefault(_series(draft), []).append(draft)
    return {name: _latest(each, constant) for name, each in series.items()}


def _latest(drafts: list[Draft], constant: bool) -> Days | None:
    """The latest of some dates: by the last day, then the first; undated is oldest.

    Of a constant, dates that overlap do not say which is later: the one logged last is.
    """
    dated = [(order, d.recorded or 0) for d in drafts if (order := order_of(d, constant))]
    if not dated:
        return None
    if not constant:
        return max((order for order, _ in dated), key=_by_last)
    begun = max(first for (first, _), _ in dated)
    able = [(recorded, _by_last(order), order) for order, recorded in dated if order[1] >= begun]
    return max(able)[2]


def _by_last(order: Days) -> Days:
    return order[1], order[0]


def _is_newest(
    draft: Draft, newest: dict[tuple[str, str, int], Days | None], constant: bool
) -> bool:
    return newest[_series(draft)] == order_of(draft, constant)


def _as_shown(each: tuple[bool, bool, Draft]) -> tuple[object, ...]:
    """Latest figures first, then by date, newest first, then by source, and by content."""
    current, check, draft = each
    last, first = draft.days[::-1] if draft.days else (0, 0)
    reading = draft.side.reading
    order = (-last, -first, draft.source, draft.scope, draft.dimension)
    return not current, *order, check, low_end(reading), high_end(reading), draft.tie
