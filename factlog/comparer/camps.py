"""Camps: who stands where, in the fewest groups that hold nobody who contradicts another.

Among constants and running totals, conflict is an order ("wholly above and not later"), so the
fewest camps are the heights in it, found by sorting and sweeping. Echoes, stated uncertainties,
levels, flows and dates unknown break that order; then each figure goes to the first camp that
has nothing against it, from the lowest figure on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from factlog.comparer.conflict_sets import LowerSets, bits, measured, members, set_apart
from factlog.comparer.pair_counts import Group
from factlog.comparer.sides import Days, SourceFigure
from factlog.comparer.verdicts import Rules
from factlog.findings import Camp, not_outgrown, reaching
from factlog.policy import Kind

# Up to this many figures, trying each camp is quicker than sweeping.
FEW = 200
# A date of more days than this is a vague one.
_MONTH = timedelta(days=31)
_ZERO = Decimal(0)


def camps(figures: Group, rules: Rules) -> tuple[tuple[Camp, ...], tuple[int, ...]]:
    """The camps of the current figures, lowest first, and the places of those uncontested."""
    current = [figure for figure in figures if figure.side.current]
    parties: list[SourceFigure] = []
    found: list[list[SourceFigure]] = []
    for cell in _cells(figure for figure in current if figure.judged):
        held, places = _parties(cell, rules)
        parties += held
        found += _grouped(held, places)
    found.sort(key=lambda members: _shown(members, rules.kind))
    against = {figure.place for figure in parties}
    alone = tuple(figure.place for figure in current if figure.place not in against)
    return tuple(map(_camp, found)), alone


def past(figures: Group, rules: Rules, uncontested: Collection[int]) -> tuple[int, ...]:
    """The places of those uncontested that are further back than the window from the latest.

    A source that last spoke then does not say how a running total or a level stands now. One
    that is in a camp is never of the past: what it said still stands against another. A whole
    year is the latest only if it begins after all that is dated to the month or the day.
    """
    if rules.kind not in (Kind.CUMULATIVE, Kind.LEVEL):
        return ()
    current = [(f.place, f.side.when) for f in figures if f.side.current and f.side.when]
    ends = [(when.first or when.last, when.last or when.first) for _, when in current]
    known = [(first, last) for first, last in ends if first and last]
    exact = max((last for first, last in known if last - first <= _MONTH), default=None)
    later = (last for first, last in known if exact is None or first > exact)
    latest = max(later, default=exact)
    return tuple(
        place
        for place, when in current
        if place in uncontested
        and when.last
        and latest
        and (latest - when.last).days > rules.window
    )


def contested(figures: Iterable[SourceFigure], rules: Rules) -> list[SourceFigure]:
    """Those figures, current or not, that another source's figure contradicts."""
    judged = [figure for figure in figures if figure.judged]
    return [
        figure
        for cell in _cells(judged)
        for figure, rival in zip(cell, _rivals(cell, rules), strict=True)
        if rival
    ]


def _cells(figures: Iterable[SourceFigure]) -> Iterable[list[SourceFigure]]:
    """Figures by what can be set against each other at all: one scope and one dimension."""
    cells: dict[Hashable, list[SourceFigure]] = {}
    for figure in figures:
        cells.setdefault((figure.dimension, figure.scope), []).append(figure)
    return cells.values()


def _grouped(parties: Group, camp_of: Sequence[int]) -> list[list[SourceFigure]]:
    grouped: dict[int, list[SourceFigure]] = {}
    for figure, camp in sorted(zip(parties, camp_of, strict=True), key=lambda e: _figure(e[0])):
        grouped.setdefault(camp, []).append(figure)
    return list(grouped.values())


def _figure(figure: SourceFigure) -> tuple[object, ...]:
    return figure.low, figure.high, figure.place


def _shown(members: Group, kind: Kind) -> tuple[object, ...]:
    """What camps are ordered by: the numbers that are shown of each."""
    shown = reaching(not_outgrown([figure.side for figure in members], kind))
    ends = [end for side in shown for end in side.ends]
    return min(ends, default=_ZERO), max(ends, default=_ZERO), members[0].place


def _camp(members: Group) -> Camp:
    ends = [end for figure in members for end in figure.side.ends]
    return Camp(
        low=min(ends, default=None),
        high=max(ends, default=None),
        sources=tuple(dict.fromkeys(figure.side.source for figure in members)),
        origins=len({figure.origin for figure in members}),
        sides=tuple(figure.place for figure in members),
    )


def _parties(cell: Group, rules: Rules) -> tuple[Group, list[int]]:
    """Those that another source contradicts, and which camp each is in, from the lowest."""
    if len(cell) > FEW and _ordered(cell, rules):
        rivals = _swept_rivals(cell, rules)
        held = [figure for figure, rival in zip(cell, rivals, strict=True) if rival]
        return held, _heights(held, rules)
    below = _below(cell, rules)
    rivals = _tried_rivals(cell, below)
    places = _first_fit(cell, below, [n for n, rival in enumerate(rivals) if rival])
    return [cell[n] for n in places], list(places.values())


def _rivals(cell: Group, rules: Rules) -> list[bool]:
    """Whether another source contradicts each."""
    swept = len(cell) > FEW and _ordered(cell, rules)
    if swept:
        return _swept_rivals(cell, rules)
    return _tried_rivals(cell, _below(cell, rules))


def _ordered(cell: Group, rules: Rules) -> bool:
    """Whether conflict among these is an order."""
    if rules.kind not in (Kind.CONSTANT, Kind.CUMULATIVE):
        return False
    if len(measured(cell)) > 1 or len({e.source for e in cell}) > len({e.origin for e in cell}):
        return False
    if len({(e.source, e.origin) for e in cell}) > len({e.origin for e in cell}):
        return False
    return rules.kind is Kind.CONSTANT or len({e.days is None for e in cell}) < 2


# Heights


class _Ranks(NamedTuple):
    """A figure in whole numbers: the ranks of its ends, its days, its source."""

    low: int
    high: int
    first: int
    last: int
    source: str

    @property
    def mirrored(self) -> _Ranks:
        """The same, seen from above."""
        return _Ranks(-self.high, -self.low, -self.last, -self.first, self.source)


def _marks(cell: Group, rules: Rules) -> list[_Ranks]:
    ends = sorted({end for figure in cell for end in (figure.wide_low, figure.wide_high)})
    rank = {end: place for place, end in enumerate(ends)}
    timed = rules.kind is Kind.CUMULATIVE
    return [
        _Ranks(rank[e.wide_low], rank[e.wide_high], *((timed and e.days) or (0, 0)), e.source)
        for e in cell
    ]


def _heights(cell: Group, rules: Rules) -> list[int]:
    """How many figures, each above the other, stand below each."""
    return _swept(_marks(cell, rules))[0]


def _swept_rivals(cell: Group, rules: Rules) -> list[bool]:
    marks = _marks(cell, rules)
    below, above = _swept(marks)[1], _swept([mark.mirrored for mark in marks])[1]
    return [one or other for one, other in zip(below, above, strict=True)]


def _swept(marks: Sequence[_Ranks]) -> tuple[list[int], list[bool]]:
    """From the lowest figure up: each one's height, and whether another source's lies below."""
    waiting = sorted(range(len(marks)), key=lambda n: marks[n].high, reverse=True)
    heights, rivals = [0] * len(marks), [False] * len(marks)
    passed = _LowerFigures(marks)
    for n in sorted(range(len(marks)), key=lambda n: marks[n].low):
        while waiting and marks[waiting[-1]].high < marks[n].low:
            done = waiting.pop()
            passed.add(marks[done], heights[done])
        heights[n], rivals[n] = passed.height(marks[n]) + 1, passed.rival(marks[n])
    return heights, rivals


class _LowerFigures:
    """The figures that lie wholly below: how high they reach from any day on."""

    def __init__(self, marks: Sequence[_Ranks]) -> None:
        self._days = sorted({-mark.first for mark in marks})
        self._tree = [-1] * (len(self._days) + 1)
        self._same: dict[Days, int] = {}
        self._latest: dict[str, int] = {}  # of the two sources whose figures reach furthest
        self._sources: dict[Days, set[str]] = {}

    def add(self, mark: _Ranks, height: int) -> None:
        """One figure more."""
        days = mark.first, mark.last
        self._same[days] = max(height, self._same.get(days, -1))
        self._sources.setdefault(days, set()).add(mark.source)
        place = bisect_left(self._days, -mark.first) + 1
        while place < len(self._tree):
            self._tree[place] = max(self._tree[place], height)
            place += place & -place
        latest = max(mark.first, self._latest.pop(mark.source, mark.first))
        self._latest[mark.source] = latest
        if len(self._latest) > 2:
            del self._latest[min(self._latest, key=lambda source: self._latest[source])]

    def height(self, mark: _Ranks) -> int:
        """The height of the highest that is of the same days or begins no earlier."""
        highest = self._same.get((mark.first, mark.last), -1)
        place = bisect_left(self._days, -mark.last + 1)
        while place:
            highest = max(highest, self._tree[place])
            place -= place & -place
        return highest

    def rival(self, mark: _Ranks) -> bool:
        """Whether one of these is another source's."""
        if self._sources.get((mark.first, mark.last), set()) - {mark.source}:
            return True
        others = (first for source, first in self._latest.items() if source != mark.source)
        return any(first >= mark.last for first in others)


# First fit


def _first_fit(cell: Group, below: Sequence[int], parties: Iterable[int]) -> dict[int, int]:
    """The first camp with nothing against it, for each party from the lowest on."""
    places: dict[int, int] = {}
    camps: list[int] = []
    for n in sorted(parties, key=lambda n: (cell[n].wide_low, cell[n].wide_high, n)):
        places[n] = next((m for m, held in enumerate(camps) if not held & below[n]), len(camps))
        if places[n] == len(camps):
            camps.append(0)
        camps[places[n]] |= 1 << n
    return places


def _tried_rivals(cell: Group, below: Sequence[int]) -> list[bool]:
    sources = bits(figure.source for figure in cell)
    rivals = 0
    for n, beneath in enumerate(below):
        others = beneath & ~sources[cell[n].source]
        rivals |= others | (1 << n if others else 0)
    return [bool(rivals >> n & 1) for n in range(len(cell))]


def _below(cell: Group, rules: Rules) -> list[int]:
    """For each figure the set of those it contradicts that lie below it.

    Of two that state uncertainties each is in the other's set.
    """
    below = LowerSets(cell, rules)
    sources = bits(figure.source for figure in cell)
    origins = bits(figure.origin for figure in cell)
    sets = [
        below.of(figure) & ~(origins[figure.origin] & ~sources[figure.source]) for figure in cell
    ]
    among = sum(1 << n for n in measured(cell))
    for n in measured(cell):
        sets[n] &= ~among
    for n, beneath in set_apart(cell, rules):
        sets[n] |= beneath
        for m in members(beneath):
            sets[m] |= 1 << n
    return sets
