"""Counting what pairs come to by sorting and sweeping, never pair by pair.

Every count here is over all pairs of a group. Pairs of one source, or of one origin, are
then taken off by counting them in their own, smaller groups. What a rule counts with which of
them is in the table of `factlog.comparer.rules`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence

from factlog.comparer.sides import End, SourceFigure, grouped
from factlog.comparer.verdicts import Rules
from factlog.policy import Kind

Group = Sequence[SourceFigure]
Count = Callable[[Group, Rules], int]
_Point = tuple[End, int]


def foreign(figures: Group, rules: Rules, counted: Count) -> int:
    """Pairs of different sources."""
    own = groups(figures, lambda figure: figure.source)
    return counted(figures, rules) - sum(counted(each, rules) for each in own)


def free(figures: Group, rules: Rules, counted: Count) -> int:
    """Pairs of different sources that do not go back to one origin."""
    voices = groups(figures, lambda figure: figure.origin)
    among = sum(foreign(voice, rules, counted) for voice in voices)
    return foreign(figures, rules, counted) - among


def within(figures: Iterable[SourceFigure]) -> int:
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


def groups(
    figures: Iterable[SourceFigure], key: Callable[[SourceFigure], Hashable]
) -> list[list[SourceFigure]]:
    """Figures alike in something."""
    return list(grouped(figures, key).values())


def pairs(figures: Group, _: Rules | None = None) -> int:
    """All pairs of a group."""
    return len(figures) * (len(figures) - 1) // 2


def stale_pairs(figures: Group, rules: Rules) -> int:
    """Pairs whose dates are too far apart."""
    if rules.kind is Kind.LEVEL:
        return _far_apart(_dated(figures), rules.window)
    if rules.kind is Kind.FLOW:
        dated = _dated(figures)
        return pairs(dated) - sum(map(pairs, _by_days(dated)))
    return 0


def fresh_pairs(figures: Group, rules: Rules) -> int:
    """Pairs whose dates can be compared."""
    return pairs(figures) - stale_pairs(figures, rules)


def pairs_apart(figures: Group, rules: Rules) -> int:
    """Comparable pairs whose readings do not overlap."""
    return _not_stale(figures, rules, _plain)


def pairs_beyond(figures: Group, rules: Rules) -> int:
    """Comparable pairs whose readings do not overlap even widened by the tolerance."""
    return _not_stale(figures, rules, wide)


def grown_pairs(figures: Group, rules: Rules) -> int:
    """Pairs of running totals that differ as a total that grew would."""
    if rules.kind is not Kind.CUMULATIVE or len(figures) < 2:
        return 0
    dated = _dated(figures)
    lower = [(e.wide_high, e.days[0]) for e in dated if e.days]
    higher = [(e.wide_low, e.days[1]) for e in dated if e.days]
    long = (e for e in dated if e.days and e.days[0] < e.days[1])
    return dominated(lower, higher) - sum(map(_beyond, _by_days(long)))


Ends = Callable[[SourceFigure], tuple[End, End]]


def _plain(figure: SourceFigure) -> tuple[End, End]:
    return figure.low, figure.high


def wide(figure: SourceFigure) -> tuple[End, End]:
    """The ends of a reading widened by the tolerance."""
    return figure.wide_low, figure.wide_high


def _not_stale(figures: Group, rules: Rules, ends: Ends) -> int:
    if len(figures) < 2:
        return 0
    found = disjoint(figures, figures, ends)
    if rules.kind is Kind.LEVEL:
        return found - _disjoint_far_apart(_dated(figures), rules.window, ends)
    if rules.kind is Kind.FLOW:
        dated = _dated(figures)
        same = sum(disjoint(each, each, ends) for each in _by_days(dated))
        return found - disjoint(dated, dated, ends) + same
    return found


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
