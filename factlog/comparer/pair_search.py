"""The worst pairs of a measure, found without trying every pair where sides are many.

Sides are split into halves by date, number and source, again and again. Two halves can hold
no pair worse than their outermost ends would make, and none at all where their dates, numbers
or sources rule the verdict out, so most of them are never looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import heappop, heappush
from itertools import combinations, product
from typing import Any

from factlog.comparer.sides import Days, End
from factlog.comparer.verdicts import (
    LAST,
    Entry,
    Key,
    Outcome,
    Pair,
    Rules,
    break_even,
    judge,
    pair,
)
from factlog.findings import Counts, Verdict
from factlog.policy import EXACT, Kind

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


_ZERO = Decimal(0)

Possible = Callable[[Half, Half], Ways]
Paired = Callable[[Entry, Entry], Pair | None]


def searched(
    one: Half, other: Half, ways: Possible, paired: Paired, verdict: Verdict, wanted: int
) -> list[Pair]:
    """Best first: always look next where the worst pair might still be."""
    found: list[Pair] = []
    ticks = 0
    waiting: list[tuple[Key, int, Pair | tuple[Half, Half]]] = []
    for key, halves in _open([(one, other)], ways, verdict):
        heappush(waiting, (key, ticks, halves))
    while waiting and len(found) < wanted:
        nearest = heappop(waiting)[2]
        if isinstance(nearest, Pair):
            found.append(nearest)
            continue
        for opened in _looked_into(*nearest, ways, paired, verdict):
            ticks += 1
            heappush(waiting, (opened[0], ticks, opened[1]))
    return found


def _looked_into(
    one: Half, other: Half, ways: Possible, paired: Paired, verdict: Verdict
) -> Iterator[tuple[Key, Pair | tuple[Half, Half]]]:
    """The pairs between two small halves, or the halves of larger ones, with their keys."""
    if one.small and other.small:
        for first, second in _between(one, other):
            found = paired(first, second)
            if found:
                yield found.key, found
    else:
        yield from _open(_split(one, other), ways, verdict)


def _between(one: Half, other: Half) -> Iterable[tuple[Entry, Entry]]:
    if one is other:
        return combinations(one.entries, 2)
    return product(one.entries, other.entries)


def _open(
    halves: Iterable[tuple[Half, Half]], ways: Possible, verdict: Verdict
) -> Iterator[tuple[Key, tuple[Half, Half]]]:
    """Those halves between which there can be a pair, each with a key it cannot come before."""
    for one, other in halves:
        round_ = ways(one, other)
        if round_:
            yield _bound(one, other, round_, verdict), (one, other)


def _split(one: Half, other: Half) -> list[tuple[Half, Half]]:
    """The same pairs, over halves of the larger."""
    if one is other:
        left, right = one.halves()
        return [(left, left), (left, right), (right, right)]
    if len(one.entries) >= len(other.entries):
        return [(part, other) for part in one.halves()]
    return [(one, part) for part in other.halves()]


def _bound(one: Half, other: Half, ways: Ways, verdict: Verdict) -> Key:
    """A key that no pair between two halves comes before."""
    first = min(one.place, other.place)
    if verdict in (Verdict.AGREE, Verdict.NOT_COMPARED):
        return LAST, 0, _ZERO, first, max(one.place, other.place)
    outermost = min(_outermost(lower, higher) for lower, higher in ways)
    if verdict is Verdict.ECHO:  # an echo whose numbers overlap has no distance
        outermost = min(outermost, (LAST, _ZERO))
    share, gap = outermost
    return share, 0, gap, first, max(one.place, other.place)


def _outermost(lower: Half, higher: Half) -> tuple[Decimal, Decimal]:
    """How near the top of the list the ends of two halves put any pair between them."""
    low, high = lower.up, higher.down
    share = -break_even(low, high) if lower.percent or higher.percent else LAST
    return share, EXACT.subtract(low, high)


# Up to this many sides, trying every pair is quicker than sorting and sweeping.
FEW_SIDES = 24

_COUNTED = {
    Verdict.AGREE: "agree",
    Verdict.NEAR: "near",
    Verdict.GROWTH: "growth",
    Verdict.ECHO: "echo",
    Verdict.CONFLICT: "conflict",
}


class Tried:
    """What every pair of some sides comes to."""

    def __init__(self, entries: Sequence[Entry], rules: Rules) -> None:
        self._pairs: dict[Outcome, list[tuple[Entry, Entry]]] = {}
        for one, other in combinations(entries, 2):
            outcome = judge(one, other, rules)
            if outcome is not None:
                self._pairs.setdefault(outcome, []).append((one, other))

    @property
    def counts(self) -> Counts:
        """How many pairs came to what."""
        found: dict[str, int] = {}
        for (verdict, kind), pairs in self._pairs.items():
            name = kind if kind in _KINDS else _COUNTED[verdict]
            found[name] = found.get(name, 0) + len(pairs)
        return Counts(**found)

    def worst(self, verdict: Verdict, wanted: int) -> list[Pair]:
        """The first pairs of one verdict, in the order they are listed."""
        found = [
            pair(one, other, *outcome)
            for outcome, pairs in self._pairs.items()
            if outcome[0] is verdict
            for one, other in pairs
        ]
        return sorted(found, key=lambda each: each.key)[:wanted]


# The kinds that are counted for themselves.
_KINDS = ("self", "unit", "scope", "stale")


# Up to this many sides, trying every pair is quicker than setting up a search.
FEW = 40


def worst(entries: Sequence[Entry], rules: Rules, verdict: Verdict, wanted: int) -> list[Pair]:
    """The first pairs of one verdict, in the order they are listed."""

    def of_verdict(one: Entry, other: Entry) -> Pair | None:
        outcome = judge(one, other, rules)
        return pair(one, other, *outcome) if outcome and outcome[0] is verdict else None

    if len(entries) <= FEW or wanted > len(entries) ** 2 // 8:
        tried = (of_verdict(one, other) for one, other in combinations(entries, 2))
        return sorted((found for found in tried if found), key=lambda found: found.key)[:wanted]
    return _searched(entries, rules, verdict, wanted, of_verdict)


def _searched(
    entries: Sequence[Entry], rules: Rules, verdict: Verdict, wanted: int, of_verdict: Paired
) -> list[Pair]:

    def ways(one: Half, other: Half) -> Ways:
        return possible(one, other, verdict, rules)

    whole = half(entries, 0)
    return searched(whole, whole, ways, of_verdict, verdict, wanted)
