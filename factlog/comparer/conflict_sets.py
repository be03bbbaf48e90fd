"""Which figures contradict which, as sets: a set is a whole number, with a bit for each figure.

So all that one figure contradicts is found by a few operations on whole numbers, never by
judging pair by pair. Two that both state their uncertainty are judged by that alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import Decimal
from functools import reduce
from itertools import accumulate
from math import frexp, hypot
from operator import or_

from factlog.comparer.pair_counts import Group
from factlog.comparer.rules import judge
from factlog.comparer.sides import Days, Measurement, SourceFigure
from factlog.comparer.verdicts import TINY, Rules, further_than, room
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


def set_apart(cell: Group, rules: Rules) -> Iterator[tuple[int, int]]:
    """The place of each measurement, and the set of those below it by too many sigmas to be right.

    They are looked for among those with errors of one size at a time: the least and the largest
    tell of most whether they are, and the others are asked.
    """
    sizes: dict[int, list[_Placed]] = {}
    for n, figure in enumerate(cell):
        if figure.measurement:
            size = frexp(float(figure.measurement[1]))[1]
            sizes.setdefault(size, []).append((figure.measurement, n))
    alike = [LowerMeasurements(some, rules.near_sigmas) for some in sizes.values()]
    sources = bits(figure.source for figure in cell)
    origins = bits(figure.origin for figure in cell)
    comparable = _comparable_days(cell, rules)
    for n, figure in enumerate(cell):
        if figure.measurement:
            beneath = reduce(or_, (some.of(figure.measurement) for some in alike))
            own = sources[figure.source]
            others = beneath & ~own & ~origins[figure.origin] & comparable(figure.days)
            same = (m for m in members(beneath & own) if contradict(figure, cell[m], rules))
            yield n, others | sum(1 << m for m in same)


_Placed = tuple[Measurement, int]


class LowerMeasurements:
    """Measurements, by their places: which of them lie below another by too many sigmas."""

    def __init__(self, placed: Iterable[_Placed], sigmas: Decimal) -> None:
        self._ordered = sorted(placed)
        self._sigmas = sigmas
        self._values = [float(each[0]) for each, _n in self._ordered]
        self._first = list(accumulate((1 << n for _each, n in self._ordered), or_, initial=0))
        errors = [float(each[1]) for each, _n in self._ordered]
        self._errors = min(errors), max(errors)

    def of(self, higher: Measurement) -> int:
        """The set of the places of those so far below one."""
        value, error, sigmas = float(higher[0]), float(higher[2]), float(self._sigmas)
        near, far = (sigmas * hypot(each, error) for each in self._errors)
        unsure = room(self._values[0], value, far) + TINY
        sure = bisect_left(self._values, value - far - unsure)
        found = self._first[sure]
        for lower, n in self._ordered[sure : bisect_right(self._values, value - near + unsure)]:
            if further_than(self._sigmas, lower, higher):
                found |= 1 << n
        return found


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
