"""Counting what pairs come to by sorting and sweeping, never pair by pair.

Every count here is over all pairs of a group. Pairs of one source, or of one origin, are
then taken off by counting them in their own, smaller groups. What a rule counts with which of
them is in the table of `factlog.comparer.rules`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal

from factlog.comparer import measured_counts
from factlog.comparer.measured_counts import higher_point, lower_point
from factlog.comparer.sides import End, Measurement, SourceFigure, grouped
from factlog.comparer.verdicts import Rules
from factlog.policy import Kind
from factlog.values import dataclass

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


def within(figures: Iterable[SourceFigure], rules: Rules) -> int:
    """Pairs of figures of one source, date, scope and dimension that cannot both be right."""
    own = [figure for figure in figures if not figure.check]
    same = groups(own, lambda e: (e.source, e.scope, e.dimension, e.order))
    return sum(_against_itself(group, rules) for group in same if len(group) > 1)


def _against_itself(figures: Group, rules: Rules) -> int:
    """Those of one date: neither an edition and its revision nor progress through the day."""
    progress = [figure for figure in figures if figure.progress]
    return _of_one_edition(figures, rules) - _of_one_edition(progress, rules)


def _of_one_edition(figures: Group, rules: Rules) -> int:
    published = [figure for figure in figures if figure.edition]
    editions = groups(published, lambda figure: figure.edition)
    beyond, every = widened(rules), (figures, published, *editions)
    whole, later, *same = (beyond.below(each, each) for each in every)
    return whole - later + sum(same)


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
    return _not_stale(figures, rules, _Errors(rules.sigmas) if rules.by_errors else _PLAIN)


def pairs_beyond(figures: Group, rules: Rules) -> int:
    """Comparable pairs whose readings do not overlap even widened by the tolerance."""
    return _not_stale(figures, rules, widened(rules))


def grown_pairs(figures: Group, rules: Rules) -> int:
    """Pairs of running totals that differ as a total that grew would."""
    if rules.kind is not Kind.CUMULATIVE or len(figures) < 2:
        return 0
    dated, beyond = _dated(figures), widened(rules)
    firsts, lasts = ([e.days[end] for e in dated if e.days] for end in (0, 1))
    long = [e for e in dated if e.days and e.days[0] < e.days[1]]
    same = sum(beyond.below(each, each) for each in _by_days(long))
    return beyond.below_before(dated, firsts, dated, lasts) - same


@dataclass(frozen=True, slots=True)
class _Readings:
    """Pairs that lie one below the other by the ends of their readings, widened or not."""

    ends: Callable[[SourceFigure], tuple[End, End]]

    def below(self, lower: Group, higher: Group) -> int:
        """Pairs of one from each in which the first lies wholly below the second."""
        highs = sorted(self.ends(figure)[1] for figure in lower)
        return sum(bisect_left(highs, self.ends(figure)[0]) for figure in higher)

    def below_before(
        self, lower: Group, days: Sequence[int], higher: Group, others: Sequence[int]
    ) -> int:
        """Those in which the day given with the first is also before that of the second."""
        return _dominated(
            [(self.ends(figure)[1], day) for figure, day in zip(lower, days, strict=True)],
            [(self.ends(figure)[0], day) for figure, day in zip(higher, others, strict=True)],
        )


_PLAIN = _Readings(lambda figure: (figure.low, figure.high))
_WIDE = _Readings(lambda figure: (figure.wide_low, figure.wide_high))


@dataclass(frozen=True, slots=True)
class _Errors:
    """The same of measurements, which lie apart by so many sigmas of their difference."""

    sigmas: Decimal

    def below(self, lower: Group, higher: Group) -> int:
        return self.below_before(lower, [0] * len(lower), higher, [1] * len(higher))

    def below_before(
        self, lower: Group, days: Sequence[int], higher: Group, others: Sequence[int]
    ) -> int:
        return measured_counts.below(
            [
                lower_point(e.measurement, day)
                for e, day in zip(lower, days, strict=True)
                if e.measurement
            ],
            [
                higher_point(e.measurement, day)
                for e, day in zip(higher, others, strict=True)
                if e.measurement
            ],
            self.sigmas,
        )


def _measured(figures: Group) -> list[Measurement]:
    return [figure.measurement for figure in figures if figure.measurement]


_Apart = _Readings | _Errors


def widened(rules: Rules) -> _Apart:
    """By what pairs lie apart though widened by what is let pass as near."""
    return _Errors(rules.near_sigmas) if rules.by_errors else _WIDE


def _not_stale(figures: Group, rules: Rules, apart: _Apart) -> int:
    if len(figures) < 2:
        return 0
    found = apart.below(figures, figures)
    if rules.kind is Kind.LEVEL:
        return found - _far_apart_both(_dated(figures), rules.window, apart)
    if rules.kind is Kind.FLOW:
        dated = _dated(figures)
        same = sum(apart.below(each, each) for each in _by_days(dated))
        return found - apart.below(dated, dated) + same
    return found


def _dated(figures: Iterable[SourceFigure]) -> list[SourceFigure]:
    return [figure for figure in figures if figure.days is not None]


def _by_days(figures: Iterable[SourceFigure]) -> list[list[SourceFigure]]:
    return groups(figures, lambda figure: figure.days)


def _far_apart(dated: Group, window: int) -> int:
    lasts = sorted(figure.days[1] for figure in dated if figure.days)
    return sum(bisect_left(lasts, figure.days[0] - window) for figure in dated if figure.days)


def _far_apart_both(dated: Group, window: int, apart: _Apart) -> int:
    """Pairs apart in number and further apart in time than the window, either way round."""
    firsts, lasts = ([e.days[end] for e in dated if e.days] for end in (0, 1))
    rising = apart.below_before(dated, lasts, dated, [first - window for first in firsts])
    falling = apart.below_before(
        *(dated, [-first for first in firsts]),
        *(dated, [-last - window for last in lasts]),
    )
    return rising + falling


def _dominated(lower: Sequence[_Point], higher: Sequence[_Point]) -> int:
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
