"""Which figures contradict which, as sets: a set is a whole number, with a bit for each figure.

So all that one figure contradicts is found by a few operations on whole numbers, never by
judging pair by pair. Two that both state their uncertainty are judged by that alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import accumulate
from operator import or_

from factlog.comparer.pair_counts import Group
from factlog.comparer.rules import judge
from factlog.comparer.sides import Days, SourceFigure
from factlog.comparer.verdicts import Rules
from factlog.findings import Verdict
from factlog.policy import Kind


def bits(names: Iterable[Hashable]) -> dict[Hashable, int]:
    """The set of places where each name stands."""
    sets: dict[Hashable, int] = {}
    for n, name in enumerate(names):
        sets[name] = sets.get(name, 0) | 1 << n
    return sets


def members(found: int) -> Iterator[int]:
    """The places in a set, the first first."""
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest


def measured(cell: Group) -> list[int]:
    """The places of those that state their uncertainty: two of them are judged by it."""
    return [n for n, each in enumerate(cell) if each.measurement]


def contradict(one: SourceFigure, other: SourceFigure, rules: Rules) -> bool:
    """Whether two figures cannot both be right, by the table of verdicts."""
    rule = judge(one, other, rules)
    return rule is not None and rule.verdict is Verdict.CONFLICT


class LowerSets:
    """Some figures of one scope and dimension: which of them lie below another figure and
    contradict it, echoes and stated uncertainties aside.
    """

    def __init__(self, cell: Group, rules: Rules) -> None:
        by_high = sorted(range(len(cell)), key=lambda n: cell[n].wide_high)
        self._highs = [cell[n].wide_high for n in by_high]
        self._lower = list(accumulate((1 << n for n in by_high), or_, initial=0))
        self._comparable = _comparable_days(cell, rules)

    def of(self, figure: SourceFigure) -> int:
        """The set of those below a figure."""
        lower = self._lower[bisect_left(self._highs, figure.wide_low)]
        return lower and lower & self._comparable(figure.days)


def _comparable_days(cell: Group, rules: Rules) -> Callable[[Days | None], int]:
    """What tells, for the days of a figure, the set of those it can contradict from above."""
    everyone = (1 << len(cell)) - 1
    same = bits(figure.days for figure in cell)
    undated = same.get(None, 0)
    firsts = _DaySets((figure.days[0], 1 << n) for n, figure in enumerate(cell) if figure.days)
    lasts = _DaySets((figure.days[1], 1 << n) for n, figure in enumerate(cell) if figure.days)

    def comparable(days: Days | None) -> int:
        if days is None or rules.kind is Kind.CONSTANT:
            return everyone
        if rules.kind is Kind.FLOW:
            return undated | same.get(days, 0)
        if rules.kind is Kind.CUMULATIVE:
            return everyone & ~firsts.before(days[1]) | undated | same.get(days, 0)
        soon = firsts.before(days[1] + rules.window + 1) & ~lasts.before(days[0] - rules.window)
        return undated | soon

    return comparable


class _DaySets:
    """Sets of figures by a day: all those before any day."""

    def __init__(self, dated: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(dated)
        self._days = [day for day, _ in ordered]
        self._before = list(accumulate((bit for _, bit in ordered), or_, initial=0))

    def before(self, day: int) -> int:
        """The set of those before that day."""
        return self._before[bisect_left(self._days, day)]
