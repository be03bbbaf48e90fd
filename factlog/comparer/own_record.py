"""Within one source: figures taken back, and wholes that do not fit their own parts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from factlog.comparer.pair_counts import groups
from factlog.comparer.sides import UNDATED, Days, SourceFigure, all_alone, grouped
from factlog.comparer.totals import Place, date_place
from factlog.comparer.verdicts import Pair, Rules, beyond, by_last, editions, facing, pair
from factlog.findings import Verdict
from factlog.policy import Kind
from factlog.values import replace

_ONE_WAY = (Kind.CONSTANT, Kind.CUMULATIVE)


def revised(figures: Sequence[SourceFigure], rules: Rules) -> list[Pair]:
    """What a source made of its own earlier figures: revisions, and progress through a day.

    Of one date, what was published later is the revision, whatever the kind of measure, and a
    running total's progress through a day is growth. A running total that falls is revised
    down; a constant that differs, up or down. Where the dates of a constant overlap, the figure
    logged later takes back the other; logged at once, the two contradict each other.
    """
    found: list[Pair] = []
    for series in _series(figures):
        dates = _by_order(series)
        for each in dates.values():
            found += _editions(each, rules)
            found += _progress(each, rules)
        if rules.kind in _ONE_WAY:
            found += _revisions({days: _standing(each) for days, each in dates.items()}, rules)
    return found


def _series(figures: Sequence[SourceFigure]) -> Iterator[list[SourceFigure]]:
    """The dated figures of each source in one scope and dimension, where there are several."""
    if all_alone(figures):
        return
    own = [figure for figure in figures if not figure.check and figure.order]
    for series in groups(own, lambda e: (e.source, e.scope, e.dimension)):
        if len(series) > 1:
            yield series


def _by_order(series: Sequence[SourceFigure]) -> dict[Days, list[SourceFigure]]:
    return grouped(series, lambda figure: figure.order or UNDATED)


def with_progress(figures: list[SourceFigure], rules: Rules) -> list[SourceFigure]:
    """The figures, a running total's progress through a day marked.

    These are several of one day, none of them below what the source had said for the date
    before, nor above what it says for the date after.
    """
    if rules.kind is not Kind.CUMULATIVE:
        return figures
    marked = list(figures)
    for series in _series(figures):
        for figure in _between(_by_order(series), rules):
            marked[figure.place] = replace(figure, progress=True)
    return marked


def _between(dates: dict[Days, list[SourceFigure]], rules: Rules) -> Iterator[SourceFigure]:
    in_order, by_first = sorted(dates, key=by_last), sorted(dates)
    lasts, firsts = [last for _, last in in_order], [first for first, _ in by_first]
    for days, each in dates.items():
        before, after = bisect_left(lasts, days[0]), bisect_right(firsts, days[1])
        if len(each) < 2 or days[0] != days[1] or not before or after == len(firsts):
            continue
        floor = max(dates[in_order[before - 1]], key=lambda e: (e.low, -e.place))
        ceiling = min(dates[by_first[after]], key=lambda e: (e.high, e.place))
        for figure in each:
            if not (beyond(figure, floor, rules) or beyond(ceiling, figure, rules)):
                yield figure


def _progress(figures: Sequence[SourceFigure], rules: Rules) -> Iterator[Pair]:
    """Each of one day's figures that went on rising, and the next."""
    rising = sorted((f for f in figures if f.progress), key=lambda e: (e.low, e.high, e.place))
    for one, other in pairwise(rising):
        if beyond(one, other, rules) and not editions(one, other):
            yield pair(one, other, Verdict.GROWTH, None, rules)


def _editions(figures: Sequence[SourceFigure], rules: Rules) -> Iterator[Pair]:
    """Each edition of one date's figure that was published, and the next."""
    editions = (figure for figure in figures if figure.edition)
    published = grouped(editions, lambda figure: figure.edition or UNDATED)
    for one, other in pairwise(published[days] for days in sorted(published, key=by_last)):
        yield from _revision(one, other, rules, up=True)


def _standing(figures: Sequence[SourceFigure]) -> list[SourceFigure]:
    """One date's figures without the editions that were replaced."""
    editions = (figure.edition for figure in figures if figure.edition)
    last = max(editions, key=by_last, default=None)
    return [figure for figure in figures if figure.edition in (None, last)]


def _revisions(dates: dict[Days, list[SourceFigure]], rules: Rules) -> Iterator[Pair]:
    """Each date's figures against those of the last date wholly before it, and of a constant
    against those of the date next to it that overlaps.
    """
    ordered = sorted(dates, key=by_last)
    lasts = [last for _, last in ordered]
    for place, days in enumerate(ordered):
        before = bisect_left(lasts, days[0])
        if before:
            up = rules.kind is Kind.CONSTANT
            yield from _revision(dates[ordered[before - 1]], dates[days], rules, up=up)
        if before < place and rules.kind is Kind.CONSTANT:
            yield from _overlap(dates[ordered[place - 1]], dates[days], rules)


def _revision(
    earlier: Sequence[SourceFigure], later: Sequence[SourceFigure], rules: Rules, *, up: bool
) -> Iterator[Pair]:
    """The two figures that face each other, if all of one date lie beyond all of the other."""
    if facing_two := _apart(later, earlier, rules):
        yield pair(*facing_two, Verdict.REVISED, "down", rules)
    elif up and (facing_two := _apart(earlier, later, rules)):
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
    top = max(lower, key=lambda each: (each.high, -each.place))
    bottom = min(higher, key=lambda each: (each.low, each.place))
    if not beyond(top, bottom, rules):
        return None
    measured = any(each.measurement for each in lower) and any(e.measurement for e in higher)
    if measured and not all(beyond(*two, rules) for two in product(lower, higher)):
        return None
    return top, bottom


def sums(
    figures: Sequence[SourceFigure], parts: Sequence[SourceFigure], rules: Rules
) -> list[Pair]:
    """Wholes a source stated that are not what its own parts add up to, or below one of them."""
    if not parts and not any(figure.check for figure in figures):
        return []
    checks = grouped((figure for figure in figures if figure.check), date_place)
    highest: dict[Place, SourceFigure] = {}
    for part in sorted(parts, key=lambda part: (part.low, -part.place)):
        highest[date_place(part)] = part
    stated = (figure for figure in figures if figure.own and not figure.check)
    found = (
        _misfit(each, checks.get(date_place(each), []), highest.get(date_place(each)), rules)
        for each in stated
    )
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
