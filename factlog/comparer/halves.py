"""Halves: some sides of a measure, summed up so that whole groups of pairs can be ruled out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from factlog.comparer.drafts import Days
from factlog.comparer.entries import Entry, Rules
from factlog.comparer.intervals import End
from factlog.comparison import Kind, Verdict

_SMALL = 4
_UNDATED = (0, 0)


@dataclass(slots=True)
class Half:
    """Some sides, and the least and most of everything the table of verdicts asks about.

    `up` is the least stated end that faces a higher figure, `down` the most that faces a
    lower one, `place` the first place; all others are pairs of least and most.
    """

    entries: Sequence[Entry]
    turn: int
    place: int
    up: Decimal
    down: Decimal
    low: tuple[End, End]
    high: tuple[End, End]
    wide_low: tuple[End, End]
    wide_high: tuple[End, End]
    first: tuple[int, int]
    last: tuple[int, int]
    order: tuple[tuple[int, int], tuple[int, int]]
    cell: tuple[tuple[int, str], tuple[int, str]]
    source: tuple[str, str]
    origin: tuple[str, str]
    undated: bool
    judged: bool
    percent: bool
    _halves: tuple[Half, Half] | None = field(default=None, repr=False)

    @property
    def small(self) -> bool:
        """Whether it is quicker to try every pair than to split further."""
        return len(self.entries) <= _SMALL

    def halves(self) -> tuple[Half, Half]:
        """Two halves: by scope and unit while those differ, then by date, number, source."""
        if self._halves is None:
            turn = self.turn if _one(self.cell) else 0
            ordered = sorted(self.entries, key=_TURNS[turn])
            middle = len(ordered) // 2
            after = turn % (len(_TURNS) - 1) + 1
            self._halves = half(ordered[:middle], after), half(ordered[middle:], after)
        return self._halves


def _cell(entry: Entry) -> tuple[int, str]:
    return entry.dimension, entry.scope


def _dates(entry: Entry) -> Days:
    return entry.days or _UNDATED


def _ends(entry: Entry) -> tuple[End, End]:
    return entry.low, entry.high


def _voice(entry: Entry) -> tuple[str, str]:
    return entry.origin, entry.source


# Dates and numbers rule out most; sources only where one of them outdoes itself.
_TURNS: tuple[Callable[[Entry], Any], ...] = (_cell, _dates, _ends, _dates, _ends, _voice)


def half(entries: Sequence[Entry], turn: int = 1) -> Half:
    """Sum up some sides; `turn` says what they are split by next."""
    days = [entry.days for entry in entries if entry.days] or [_UNDATED]
    return Half(
        entries=entries,
        turn=turn,
        place=min(entry.place for entry in entries),
        up=min(entry.up for entry in entries),
        down=max(entry.down for entry in entries),
        low=_range(entry.low for entry in entries),
        high=_range(entry.high for entry in entries),
        wide_low=_range(entry.wide_low for entry in entries),
        wide_high=_range(entry.wide_high for entry in entries),
        first=_range(first for first, _ in days),
        last=_range(last for _, last in days),
        order=_range(entry.order or _UNDATED for entry in entries),
        cell=_range(_cell(entry) for entry in entries),
        source=_range(entry.source for entry in entries),
        origin=_range(entry.origin for entry in entries),
        undated=any(entry.days is None for entry in entries),
        judged=any(entry.judged for entry in entries),
        percent=any(entry.percent for entry in entries),
    )


def _range(values: Iterable[Any]) -> tuple[Any, Any]:
    each = list(values)
    return min(each), max(each)


def _one(span: tuple[Any, Any]) -> bool:
    return bool(span[0] == span[1])


def _meet(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] <= other[1] and other[0] <= one[1])


def _same(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether all of both are one and the same."""
    return _one(one) and one == other


Ways = list[tuple[Half, Half]]


def possible(one: Half, other: Half, verdict: Verdict, rules: Rules) -> Ways:
    """The ways round (lower, higher) in which a pair could come to a verdict; none if none.

    Errs only towards possible.
    """
    both = [(one, other), (other, one)]
    within = verdict is Verdict.CONFLICT and _meet(one.source, other.source)
    if not (_abroad(one, other) or within):
        return []
    if verdict is Verdict.NOT_COMPARED:
        incomparable = not _same(one.cell, other.cell) or _may_be_stale(one, other, rules)
        return both if incomparable else []
    if not _meet(one.cell, other.cell):
        return []
    if verdict is Verdict.CONFLICT:
        return [way for way in both if _may_conflict(*way, rules)]
    if _must_be_stale(one, other, rules):
        return []
    if verdict is Verdict.ECHO:
        return both if _meet(one.origin, other.origin) else []
    if _same(one.origin, other.origin):
        return []
    return [way for way in both if _POSSIBLE[verdict](*way)]


def _abroad(one: Half, other: Half) -> bool:
    """Whether there can be pairs that are judged across sources."""
    return one.judged and other.judged and not _same(one.source, other.source)


def _may_conflict(lower: Half, higher: Half, rules: Rules) -> bool:
    if not _may_lie_beyond(lower, higher):
        return False
    if _meet(lower.source, higher.source) and _meet(lower.order, higher.order):
        return True  # of one source and date
    if not _abroad(lower, higher) or _same(lower.origin, higher.origin):
        return False
    if _must_be_stale(lower, higher, rules):
        return False
    return rules.kind is not Kind.CUMULATIVE or _may_not_have_grown(lower, higher)


def _may_not_have_grown(lower: Half, higher: Half) -> bool:
    """Whether a higher figure can be no later than a lower one, or a date unknown."""
    if lower.undated or higher.undated or higher.last[0] <= lower.first[1]:
        return True
    return _meet(lower.first, higher.first) and _meet(lower.last, higher.last)


def _may_agree(one: Half, other: Half) -> bool:
    return one.low[0] <= other.high[1] and other.low[0] <= one.high[1]


def _may_lie_beyond(lower: Half, higher: Half) -> bool:
    return lower.wide_high[0] < higher.wide_low[1]


def _may_be_near(lower: Half, higher: Half) -> bool:
    if not lower.high[0] < higher.low[1]:
        return False
    return not lower.wide_high[1] < higher.wide_low[0]


def _may_have_grown(lower: Half, higher: Half) -> bool:
    return _may_lie_beyond(lower, higher) and higher.last[1] > lower.first[0]


_POSSIBLE: dict[Verdict, Callable[[Half, Half], bool]] = {
    Verdict.AGREE: _may_agree,
    Verdict.NEAR: _may_be_near,
    Verdict.GROWTH: _may_have_grown,
}


def _may_be_stale(one: Half, other: Half, rules: Rules) -> bool:
    if rules.kind is Kind.LEVEL:
        apart = max(one.first[1] - other.last[0], other.first[1] - one.last[0])
        return apart > rules.window
    same = _same(one.first, other.first) and _same(one.last, other.last)
    return rules.kind is Kind.FLOW and not same


def _must_be_stale(one: Half, other: Half, rules: Rules) -> bool:
    """Whether every pair is too far apart in time."""
    if one.undated or other.undated:
        return False
    if rules.kind is Kind.FLOW:
        return not (_meet(one.first, other.first) and _meet(one.last, other.last))
    apart = max(one.first[0] - other.last[1], other.first[0] - one.last[1])
    return rules.kind is Kind.LEVEL and apart > rules.window


def may_exceed(wholes: Half, parts: Half, rules: Rules) -> bool:
    """Whether a part among some can be more than another source's whole among others."""
    if not (_abroad(wholes, parts) and _meet(wholes.cell, parts.cell)):
        return False
    if _same(wholes.origin, parts.origin) or not _may_lie_beyond(wholes, parts):
        return False
    if wholes.undated or parts.undated:
        return True
    if rules.kind is Kind.CUMULATIVE:
        return parts.last[0] <= wholes.first[1]
    return _meet(wholes.first, parts.first) and _meet(wholes.last, parts.last)
