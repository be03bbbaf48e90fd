"""Disagreements: all conflicts of two sources on one measure, told once, the worst first."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge, nsmallest
from itertools import combinations, islice, product
from typing import NamedTuple

from factlog.claim import Period
from factlog.comparer import parts as part_pairs
from factlog.comparer.conflict_sets import LowerSets, bits, contradict, members
from factlog.comparer.pair_counts import Group
from factlog.comparer.pair_search import worst
from factlog.comparer.rules import paired
from factlog.comparer.sides import SourceFigure, grouped
from factlog.comparer.verdicts import LAST, Key, Pair, Rules, break_even, facing
from factlog.findings import Verdict
from factlog.values import dataclass

# Up to so many pairs every two sources are looked into, and parts set against wholes; beyond,
# no parts are, and of more sources than these only the two of each of the worst conflicts.
MOST_PAIRS = 80_000
MOST_SOURCES = 60
_LOOKED_AT = 200
# So many of the worst pairs of two sources are kept, one of them to be shown.
_KEPT = 8
# No claim is the worst of more than so many shown.
_SHOWN = 2

_Sources = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dispute:
    """The conflicts of two sources: how many, from when to when, and the worst, worst first.

    `repeats` says that the worst rests on claims told of often enough.
    """

    count: int
    first: Period | None
    last: Period | None
    worst: tuple[Pair, ...]
    repeats: bool = False


def disputes(figures: Group, parts: Group, rules: Rules) -> list[Dispute]:
    """Every two sources that contradict each other, those to be shown first.

    Where there are very many sources, those with the worst conflicts only.
    """
    if len(figures) * (len(figures) // 2 + len(parts)) <= MOST_PAIRS:
        found = _by_sources(figures, parts, rules, len(figures))
    else:
        found = _by_sources(figures, (), rules, MOST_SOURCES)
    return _in_order(sorted(found, key=lambda each: each.worst[0].key))


def _in_order(found: Sequence[Dispute]) -> list[Dispute]:
    """Those whose worst pair rests on no claim told of twice already, then the others."""
    told: dict[int, int] = {}
    shown, others = [], []
    for each in found:
        fresh = next((n for n, made in enumerate(each.worst) if _fresh(made, told)), None)
        if fresh is None:
            others.append(replace(each, repeats=True))
            continue
        chosen = each.worst[fresh]
        for number in _claims(chosen):
            told[number] = told.get(number, 0) + 1
        shown.append(replace(each, worst=(chosen,)))
    return [*shown, *others]


def _fresh(made: Pair, told: dict[int, int]) -> bool:
    return all(told.get(number, 0) < _SHOWN for number in _claims(made))


def _claims(made: Pair) -> set[int]:
    return {number for figure in made.figures for number in figure.side.claims}


def _by_sources(figures: Group, parts: Group, rules: Rules, most_sources: int) -> list[Dispute]:
    """Every two sources, or of more than so many the two of each of the worst conflicts."""
    judged = [figure for figure in figures if figure.judged]
    own = {name: _cells(each, rules) for name, each in grouped(judged, _source).items()}
    exceeding = _exceeding(figures, parts, rules)
    if len(own) <= most_sources:
        chosen = {*combinations(sorted(own), 2), *exceeding}
    else:
        found = worst(judged, rules, Verdict.CONFLICT, _LOOKED_AT)
        chosen = {_sources(e) for e in found if e.lower.source != e.higher.source}
    looked = (
        _between(own.get(one, {}), own.get(other, {}), exceeding.get((one, other), ()), rules)
        for one, other in sorted(chosen)
    )
    return [each for each in looked if each]


def _source(figure: SourceFigure) -> str:
    return figure.source


def _sources(made: Pair) -> _Sources:
    one, other = sorted((made.lower.source, made.higher.source))
    return one, other


def _exceeding(wholes: Group, parts: Group, rules: Rules) -> dict[_Sources, list[Pair]]:
    """Parts that are more than another source's whole, by the two sources."""
    found: dict[_Sources, list[Pair]] = {}
    for whole, part in product(wholes, parts):
        if made := part_pairs.paired(whole, part, rules):
            found.setdefault(_sources(made), []).append(made)
    return found


@dataclass(frozen=True, slots=True)
class _Cell:
    """One source's figures of one scope and dimension.

    They stand in the order in which the pairs are listed that they make with a figure above
    them. `downs` are the ends that face a lower figure, near enough.
    """

    figures: Sequence[SourceFigure]
    downs: Sequence[float]
    below: LowerSets
    measured: Sequence[tuple[int, SourceFigure]]
    origins: Mapping[Hashable, int]

    @classmethod
    def of(cls, figures: Group, rules: Rules) -> _Cell:
        """Some figures in their order."""
        ordered = sorted(figures, key=lambda each: (each.up, each.place))
        return cls(
            ordered,
            [float(each.down) for each in ordered],
            LowerSets(ordered, rules),
            [(n, each) for n, each in enumerate(ordered) if each.measurement],
            bits(each.origin for each in ordered),
        )

    def against(self, figure: SourceFigure, rules: Rules) -> int:
        """The set of those that lie below another source's figure and contradict it."""
        found = self.below.of(figure)
        if figure.measurement:
            for n, each in self.measured:
                higher = facing(each, figure)[1] is figure
                found = found & ~(1 << n) | (higher and contradict(each, figure, rules)) << n
        return found and found & ~self.origins.get(figure.origin, 0)


_Cells = Mapping[Hashable, _Cell]


def _cells(figures: Group, rules: Rules) -> _Cells:
    """One source's figures by what can be set against each other."""
    groups = grouped(figures, lambda each: (each.dimension, each.scope))
    return {name: _Cell.of(each, rules) for name, each in groups.items()}


class _Clash(NamedTuple):
    """A figure, and the set of those of another source's that it contradicts from above."""

    higher: SourceFigure
    down: float
    cell: _Cell
    below: int

    def pairs(self, rules: Rules) -> Iterator[Pair]:
        """What they make, in the order pairs are listed."""
        for place in members(self.below):
            if made := paired(self.cell.figures[place], self.higher, rules):
                yield made

    @property
    def first(self) -> SourceFigure:
        """The one that makes the worst pair with it."""
        return self.cell.figures[next(members(self.below))]


def _clashes(higher: _Cells, lower: _Cells, rules: Rules) -> Iterator[_Clash]:
    for name, cell in higher.items():
        if beneath := lower.get(name):
            for figure, down in zip(cell.figures, cell.downs, strict=True):
                if found := beneath.against(figure, rules):
                    yield _Clash(figure, down, beneath, found)


def _between(one: _Cells, other: _Cells, exceeding: Sequence[Pair], rules: Rules) -> Dispute | None:
    """What two sources' figures come to."""
    clashes = [*_clashes(one, other, rules), *_clashes(other, one, rules)]
    if not (clashes or exceeding):
        return None
    rivals = {each.place: each for each in _rivals(clashes, exceeding)}
    dated = [when for place in sorted(rivals) if (when := rivals[place].side.when)]
    worst = sorted([*_worst(clashes, rules), *exceeding], key=_key)[:_KEPT]
    return Dispute(
        sum(each.below.bit_count() for each in clashes) + len(exceeding),
        min(dated, key=lambda each: each.days, default=None),
        max(dated, key=lambda each: each.days[::-1], default=None),
        tuple(worst),
    )


def _key(made: Pair) -> Key:
    return made.key


def _rivals(clashes: Iterable[_Clash], exceeding: Iterable[Pair]) -> Iterator[SourceFigure]:
    """Every figure of one source that another's contradicts, some of them twice."""
    below: dict[int, tuple[_Cell, int]] = {}
    for each in clashes:
        yield each.higher
        found = below.get(id(each.cell), (each.cell, 0))[1]
        below[id(each.cell)] = each.cell, found | each.below
    for cell, found in below.values():
        yield from (cell.figures[place] for place in members(found))
    for made in exceeding:
        yield from made.figures


# How far what floats say of a break-even is trusted: far wider than their rounding.
_ROUNDING = 1e-9


def _worst(clashes: Sequence[_Clash], rules: Rules) -> Iterable[Pair]:
    """The worst pairs: none is of a figure whose own worst is not among so many worst ones."""
    if len(clashes) > _KEPT:
        shares = [_share(each) for each in clashes]
        most = nsmallest(_KEPT, shares)[-1] + _ROUNDING
        clashes = [each for each, share in zip(clashes, shares, strict=True) if share <= most]
        clashes = nsmallest(_KEPT, clashes, key=lambda each: next(each.pairs(rules)).key)
    return islice(merge(*(each.pairs(rules) for each in clashes), key=_key), _KEPT)


# Between these, floats are near enough to what they stand for.
_TINY, _HUGE = 1e-290, 1e290


def _share(clash: _Clash) -> float:
    """What the worst pair of a figure is ordered by first, near enough."""
    lower, high = clash.first, clash.down
    if not lower.percent:
        return float(LAST)
    low = float(lower.up)
    if _TINY < abs(high) < _HUGE and abs(low) < _HUGE and low < high:
        return -1.0 if low <= 0 <= high else (low - high) / (abs(low) + abs(high))
    return -float(break_even(lower.up, clash.higher.down))
