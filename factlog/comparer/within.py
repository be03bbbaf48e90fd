"""Within one source: figures taken back, and wholes that do not fit their own parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence

from factlog.comparer.counting import groups
from factlog.comparer.drafts import Days
from factlog.comparer.entries import Entry, Rules
from factlog.comparer.judge import beyond, facing
from factlog.comparer.pairing import Pair, pair
from factlog.comparison import Kind, Verdict

_ONE_WAY = (Kind.CONSTANT, Kind.CUMULATIVE)


def revised(entries: Sequence[Entry], rules: Rules) -> list[Pair]:
    """Later figures of a source that take back its previous ones.

    A running total that falls is revised down; a constant that differs, up or down.
    """
    if rules.kind not in _ONE_WAY:
        return []
    told = [entry for entry in entries if not entry.check and entry.order]
    series = groups(told, lambda e: (e.source, e.scope, e.dimension))
    return [found for each in series if len(each) > 1 for found in _revisions(each, rules)]


def _revisions(series: Sequence[Entry], rules: Rules) -> Iterator[Pair]:
    """Each date's figure against the one of the last date wholly before it."""
    dates: dict[Days, list[Entry]] = {}
    for entry in series:
        if entry.order:
            dates.setdefault(entry.order, []).append(entry)
    ordered = sorted(dates, key=lambda days: (days[1], days[0]))
    lasts = [last for _, last in ordered]
    for days in ordered:
        before = bisect_left(lasts, days[0])
        if before:
            yield from _revision(dates[ordered[before - 1]], dates[days], rules)


def _revision(earlier: Sequence[Entry], later: Sequence[Entry], rules: Rules) -> Iterator[Pair]:
    """The two figures that face each other, if all of one date lie beyond all of the other."""
    top, bottom = max(later, key=_top), min(earlier, key=_bottom)
    if beyond(top, bottom):
        yield pair(top, bottom, Verdict.REVISED, "down")
    elif rules.kind is Kind.CONSTANT:
        bottom, top = min(later, key=_bottom), max(earlier, key=_top)
        if beyond(top, bottom):
            yield pair(top, bottom, Verdict.REVISED, "up")


def _top(entry: Entry) -> tuple[object, ...]:
    return entry.high, -entry.place


def _bottom(entry: Entry) -> tuple[object, ...]:
    return entry.low, entry.place


def sums(entries: Sequence[Entry], parts: Sequence[Entry]) -> list[Pair]:
    """Wholes a source stated that are not what its own parts add up to, or below one of them."""
    checks = _by_date(entry for entry in entries if entry.check)
    highest: dict[Hashable, Entry] = {}
    for part in sorted(parts, key=lambda part: (part.low, -part.place)):
        highest[_date(part)] = part
    stated = (entry for entry in entries if entry.own and not entry.check)
    found = (_misfit(e, checks.get(_date(e), []), highest.get(_date(e))) for e in stated)
    return [each for each in found if each]


def _misfit(whole: Entry, totals: Sequence[Entry], part: Entry | None) -> Pair | None:
    """The sum nearest to a whole that none of them fits, else a part it is below."""
    off = [total for total in totals if beyond(*facing(whole, total))]
    if off and len(off) == len(totals) and not whole.side.derived:
        nearest = [pair(whole, total, Verdict.CONFLICT, "sum") for total in off]
        return max(nearest, key=lambda each: each.key)
    if part and beyond(whole, part):
        return pair(whole, part, Verdict.CONFLICT, "sum")
    return None


def _by_date(entries: Iterable[Entry]) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_date(entry), []).append(entry)
    return found


def _date(entry: Entry) -> Hashable:
    return entry.source, entry.scope, entry.dimension, entry.days
