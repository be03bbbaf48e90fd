"""Counting what pairs come to by sorting and sweeping, never pair by pair.

Every count here is over all pairs of a group. Pairs of one source, or of one origin, are
then taken off by counting them in their own, smaller groups.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations

from factlog.comparer.rules import judge
from factlog.comparer.sides import End, SourceFigure, grouped
from factlog.comparer.verdicts import Rules
from factlog.findings import Counts
from factlog.policy import Kind

Group = Sequence[SourceFigure]
Count = Callable[[Group], int]
_Point = tuple[End, int]


def count(figures: Group, rules: Rules) -> Counts:
    """What all pairs of sides of one measure come to.

    How many sigmas lie between two measurements is no order to sweep by, so these alone are
    judged pair by pair.
    """
    counts = _swept(figures, rules)
    measured = (figure for figure in figures if figure.measurement)
    for cell in groups(measured, lambda figure: (figure.dimension, figure.scope)):
        if len(cell) > 1:
            counts = counts - _swept(cell, rules) + one_by_one(cell, rules)
    return counts


def one_by_one(figures: Group, rules: Rules) -> Counts:
    """The same, pair by pair."""
    fired = (judge(one, other, rules) for one, other in combinations(figures, 2))
    return Counts(**Counter(rule.count for rule in fired if rule))


def _swept(figures: Group, rules: Rules) -> Counts:
    """What all pairs come to by their readings."""
    judged = [figure for figure in figures if figure.judged]
    dimensions = groups(judged, lambda figure: figure.dimension)
    cells = [cell for each in dimensions for cell in groups(each, lambda figure: figure.scope)]
    every, alike, near = (_foreign(judged, pairs), _all(dimensions), _all(cells))
    total = Counts(self=_within(figures), unit=every - alike, scope=alike - near)
    return sum((_cell(cell, rules) for cell in cells), total)


def _all(parts: Iterable[Group]) -> int:
    return sum(_foreign(part, pairs) for part in parts)


def _cell(cell: Group, rules: Rules) -> Counts:
    """The pairs of one scope and dimension."""
    table = _Table(rules)
    stale = _foreign(cell, table.stale)
    fresh = _foreign(cell, pairs) - stale
    apart, beyond = _free(cell, table.apart), _free(cell, table.beyond)
    growth = _free(cell, table.growth)
    compared = _free(cell, table.fresh)
    return Counts(
        stale=stale,
        echo=fresh - compared,
        agree=compared - apart,
        near=apart - beyond,
        growth=growth,
        conflict=beyond - growth,
    )


def _within(figures: Group) -> int:
    """Pairs of figures of one source, date, scope and dimension that cannot both be right."""
    own = [figure for figure in figures if not figure.check]
    same = groups(own, lambda e: (e.source, e.scope, e.dimension, e.order))
    return sum(_against_itself(group) for group in same if len(group) > 1)


def _against_itself(figures: Group) -> int:
    """Those of one date: neither an edition and its revision nor progress through the day."""
    progress = [figure for figure in figures if figure.progress]
    return _of_one_edition(figures) - _of_one_edition(progress)


def _of_one_edition(figures: Group) -> int:
    published = [figure for figure in figures if figure.edition]
    same = sum(map(_beyond, groups(published, lambda figure: figure.edition)))
    return _beyond(figures) - _beyond(published) + same


def _foreign(figures: Group, counted: Count) -> int:
    """Pairs of different sources."""
    return counted(figures) - sum(map(counted, groups(figures, lambda figure: figure.source)))


def _free(figures: Group, counted: Count) -> int:
    """Pairs of different sources that do not go back to one origin."""
    voices = groups(figures, lambda figure: figure.origin)
    return _foreign(figures, counted) - sum(_foreign(voice, counted) for voice in voices)


def groups(
    figures: Iterable[SourceFigure], key: Callable[[SourceFigure], Hashable]
) -> list[list[SourceFigure]]:
    """Figures alike in something."""
    return list(grouped(figures, key).values())


def pairs(figures: Group) -> int:
    """All pairs of a group."""
    return len(figures) * (len(figures) - 1) // 2


class _Table:
    """The rows of the table of verdicts, each as a count over all pairs of a group."""

    def __init__(self, rules: Rules) -> None:
        self.kind = rules.kind
        self.window = rules.window

    def stale(self, figures: Group) -> int:
        """Pairs whose dates are too far apart."""
        if self.kind is Kind.LEVEL:
            return _far_apart(_dated(figures), self.window)
        if self.kind is Kind.FLOW:
            dated = _dated(figures)
            return pairs(dated) - sum(map(pairs, _by_days(dated)))
        return 0

    def fresh(self, figures: Group) -> int:
        """Pairs whose dates can be compared."""
        return pairs(figures) - self.stale(figures)

    def apart(self, figures: Group) -> int:
        """Comparable pairs whose readings do not overlap."""
        return self._not_stale(figures, _plain)

    def beyond(self, figures: Group) -> int:
        """Comparable pairs whose readings do not overlap even widened by the tolerance."""
        return self._not_stale(figures, wide)

    def growth(self, figures: Group) -> int:
        """Pairs of running totals that differ as a total that grew would."""
        if self.kind is not Kind.CUMULATIVE or len(figures) < 2:
            return 0
        dated = _dated(figures)
        lower = [(e.wide_high, e.days[0]) for e in dated if e.days]
        higher = [(e.wide_low, e.days[1]) for e in dated if e.days]
        long = (e for e in dated if e.days and e.days[0] < e.days[1])
        return dominated(lower, higher) - sum(map(_beyond, _by_days(long)))

    def _not_stale(self, figures: Group, ends: Ends) -> int:
        if len(figures) < 2:
            return 0
        found = disjoint(figures, figures, ends)
        if self.kind is Kind.LEVEL:
            return found - _disjoint_far_apart(_dated(figures), self.window, ends)
        if self.kind is Kind.FLOW:
            dated = _dated(figures)
            same = sum(disjoint(each, each, ends) for each in _by_days(dated))
            return found - disjoint(dated, dated, ends) + same
        return found


Ends = Callable[[SourceFigure], tuple[End, End]]


def _plain(figure: SourceFigure) -> tuple[End, End]:
    return figure.low, figure.high


def wide(figure: SourceFigure) -> tuple[End, End]:
    """The ends of a reading widened by the tolerance."""
    return figure.wide_low, figure.wide_high


def _beyond(figures: Group) -> int:
    return disjoint(figures, figures, wide)


def _dated(figures: Iterable[SourceFigure]) -> list[SourceFigure]:
    return [figure for figure in figures if figure.days is not None]


def _by_days(figures: Iterable[SourceFigure]) -> list[list[SourceFigure]]:
    return groups(figures, lambda figure: figure.days)


def disjoint(lower: Group, higher: Group, ends: Ends) -> int:
    """Pairs of one from each in which the first lies wholly below the second."""
    highs = sorted(ends(figure)[1] for figure in lower)
    return sum(bisect_left(highs, ends(figure)[0]) for figure in higher)


def _far_apart(dated: Group, window: int) -> int:
    lasts = sorted(figure.days[1] for figure in dated if figure.days)
    return sum(bisect_left(lasts, figure.days[0] - window) for figure in dated if figure.days)


def _disjoint_far_apart(dated: Group, window: int, ends: Ends) -> int:
    """Pairs disjoint in number and further apart in time than the window, either way round."""
    days = [(ends(figure), figure.days) for figure in dated if figure.days]
    rising = dominated(
        [(high, last) for (_, high), (_, last) in days],
        [(low, first - window) for (low, _), (first, _) in days],
    )
    falling = dominated(
        [(high, -first) for (_, high), (first, _) in days],
        [(low, -last - window) for (low, _), (_, last) in days],
    )
    return rising + falling


def dominated(lower: Sequence[_Point], higher: Sequence[_Point]) -> int:
    """Pairs of one point from each in which the first is less in both coordinates."""
    heights = sorted({point[1] for point in lower})
    tree = [0] * (len(heights) + 1)
    below = sorted(lower)
    found = taken = 0
    for x, y in sorted(higher):
        while taken < len(below) and below[taken][0] < x:
            _mark(tree, bisect_left(heights, below[taken][1]) + 1)
            taken += 1
        found += _marked(tree, bisect_left(heights, y))
    return found


def _mark(tree: list[int], place: int) -> None:
    """Add one at a place of a Fenwick tree."""
    while place < len(tree):
        tree[place] += 1
        place += place & -place


def _marked(tree: list[int], upto: int) -> int:
    """How many were added at the first places of a Fenwick tree."""
    found = 0
    while upto:
        found += tree[upto]
        upto &= upto - 1
    return found
