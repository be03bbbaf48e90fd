"""Searching for the worst pairs without trying every pair.

Sides are split into halves by date, number and source, again and again. Two halves can hold no
pair worse than their outermost ends would make, and none at all where their dates, numbers
or sources rule the verdict out, so most of them are never looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from heapq import heappop, heappush
from itertools import combinations, product

from factlog.comparer.entries import Entry
from factlog.comparer.halves import Half, Ways
from factlog.comparer.judge import break_even
from factlog.comparer.pairing import LAST, Key, Pair
from factlog.comparison import EXACT, Verdict

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
