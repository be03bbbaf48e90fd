"""Within one source: figures taken back, and wholes that do not fit their own parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence

from factlog.comparer.pair_counts import groups
from factlog.comparer.sides import Days, SourceFigure
from factlog.comparer.verdicts import Pair, Rules, beyond, facing, pair
from factlog.findings import Verdict
from factlog.policy import Kind

_ONE_WAY = (Kind.CONSTANT, Kind.CUMULATIVE)


def revised(figures: Sequence[SourceFigure], rules: Rules) -> list[Pair]:
    """Later figures of a source that take back its previous ones.

    A running total that falls is revised down; a constant that differs, up or down. Where the
    dates of a constant overlap, the figure logged later takes back the other; logged at once,
    the two contradict each other.
    """
    if rules.kind not in _ONE_WAY:
        return []
    own = [figure for figure in figures if not figure.check and figure.order]
    series = groups(own, lambda e: (e.source, e.scope, e.dimension))
    return [found for each in series if len(each) > 1 for found in _revisions(each, rules)]


def _revisions(series: Sequence[SourceFigure], rules: Rules) -> Iterator[Pair]:
    """Each date's figures against those of the last date wholly before it, and of a constant
    against those of the date next to it that overlaps.
    """
    dates: dict[Days, list[SourceFigure]] = {}
    for figure in series:
        if figure.order:
            dates.setdefault(figure.order, []).append(figure)
    ordered = sorted(dates, key=lambda days: (days[1], days[0]))
    lasts = [last for _, last in ordered]
    for place, days in enumerate(ordered):
        before = bisect_left(lasts, days[0])
        if before:
            yield from _revision(dates[ordered[before - 1]], dates[days], rules)
        if before < place and rules.kind is Kind.CONSTANT:
            yield from _overlap(dates[ordered[place - 1]], dates[days], rules)


def _revision(
    earlier: Sequence[SourceFigure], later: Sequence[SourceFigure], rules: Rules
) -> Iterator[Pair]:
    """The two figures that face each other, if all of one date lie beyond all of the other."""
    if (facing_two := _apart(later, earlier, rules)) is not None:
        yield pair(*facing_two, Verdict.REVISED, "down", rules)
    elif rules.kind is Kind.CONSTANT and (facing_two := _apart(earlier, later, rules)) is not None:
        yield pair(*facing_two, Verdict.REVISED, "up", rules)


def _overlap(
    one: Sequence[SourceFigure], other: Sequence[SourceFigure], rules: Rules
) -> Iterator[Pair]:
    """The same of two dates that overlap, where only the logging tells which is later."""
    found = _apart(one, other, rules) or _apart(other, one, rules)
    if found is None:
        return
    low, high = found
    if low.recorded is None or high.recorded is None or low.recorded == high.recorded:
        yield pair(low, high, Verdict.CONFLICT, "self", rules)
    else:
        way = "up" if low.recorded < high.recorded else "down"
        yield pair(low, high, Verdict.REVISED, way, rules)


def _apart(
    lower: Sequence[SourceFigure], higher: Sequence[SourceFigure], rules: Rules
) -> tuple[SourceFigure, SourceFigure] | None:
    """The nearest two, if all of the one lie below all of the other, beyond the tolerance."""
    top, bottom = max(lower, key=_top), min(higher, key=_bottom)
    return (top, bottom) if beyond(top, bottom, rules) else None


def _top(figure: SourceFigure) -> tuple[object, ...]:
    return figure.high, -figure.place


def _bottom(figure: SourceFigure) -> tuple[object, ...]:
    return figure.low, figure.place


def sums(
    figures: Sequence[SourceFigure], parts: Sequence[SourceFigure], rules: Rules
) -> list[Pair]:
    """Wholes a source stated that are not what its own parts add up to, or below one of them."""
    checks = _by_date(figure for figure in figures if figure.check)
    highest: dict[Hashable, SourceFigure] = {}
    for part in sorted(parts, key=lambda part: (part.low, -part.place)):
        highest[_date(part)] = part
    stated = (figure for figure in figures if figure.own and not figure.check)
    found = (_misfit(e, checks.get(_date(e), []), highest.get(_date(e)), rules) for e in stated)
    return [each for each in found if each]


def _misfit(
    whole: SourceFigure, totals: Sequence[SourceFigure], part: SourceFigure | None, rules: Rules
) -> Pair | None:
    """The sum nearest to a whole that none of them fits, else a part it is below."""
    off = [total for total in totals if beyond(*facing(whole, total), rules)]
    if off and len(off) == len(totals) and not whole.side.derived:
        nearest = [pair(whole, total, Verdict.CONFLICT, "sum", rules) for total in off]
        return max(nearest, key=lambda each: each.key)
    if part and beyond(whole, part, rules):
        return pair(whole, part, Verdict.CONFLICT, "sum", rules)
    return None


def _by_date(figures: Iterable[SourceFigure]) -> dict[Hashable, list[SourceFigure]]:
    found: dict[Hashable, list[SourceFigure]] = {}
    for figure in figures:
        found.setdefault(_date(figure), []).append(figure)
    return found


def _date(figure: SourceFigure) -> Hashable:
    return figure.source, figure.scope, figure.dimension, figure.days
