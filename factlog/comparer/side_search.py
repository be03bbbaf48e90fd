"""The worst pair of each side, where so many pairs are found that not all can be listed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Set
from functools import partial
from heapq import heappop, heappush
from itertools import count, product

from factlog.comparer import parts as part_pairs
from factlog.comparer.pair_bounds import Node, Ways, bound, may_exceed, node, possible
from factlog.comparer.pair_search import searched
from factlog.comparer.rules import paired
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Key, Pair, Rules
from factlog.findings import Verdict

Search = Callable[[SourceFigure], Sequence[Pair]]
Sought = Callable[[Verdict, Set[int]], Search]


def worst_of_each(
    left: Mapping[int, SourceFigure],
    of_pairs: Sought,
    parts: Sequence[SourceFigure],
    extra: Sequence[Pair],
    rules: Rules,
    verdicts: Sequence[Verdict],
) -> list[Pair]:
    """The worst pair of each of these sides, by place, the most severe first.

    `of_pairs` looks for the pairs of a verdict, of sides at some places, that are found by pairing.
    """
    left = dict(left)
    exceeding = _exceeding(node(parts), rules) if parts else None
    found: list[Pair] = []
    for verdict in verdicts:
        searches: list[Search] = [among([pair for pair in extra if pair.verdict is verdict])]
        if verdict is not Verdict.REVISED:  # found source by source, never by pairing
            searches.append(of_pairs(verdict, left.keys()))
        if exceeding and verdict is Verdict.CONFLICT:
            searches.append(exceeding)
        these = dict(_worst(left, searches))
        found += sorted({pair.key: pair for pair in these.values()}.values(), key=_key)
        left = {place: figure for place, figure in left.items() if place not in these}
    return found


def _key(pair: Pair) -> Key:
    return pair.key


def _worst(
    left: Mapping[int, SourceFigure], searches: Sequence[Search]
) -> Iterator[tuple[int, Pair]]:
    for place, figure in left.items():
        pairs = [pair for search in searches for pair in search(figure)]
        if pairs:
            yield place, min(pairs, key=_key)


def among(pairs: Sequence[Pair]) -> Search:
    """Of pairs that were found already, those of a side."""
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        for figure in pair.figures:
            found.setdefault(figure.place, []).append(pair)
    return lambda figure: found.get(figure.place, ())


_BLOCK = 32  # sides that are looked for together


def searching(tree: Node, rules: Rules) -> Sought:
    """Looks among many sides for the worst pair of each of some, if it comes to a verdict."""

    def of_verdict(verdict: Verdict, left: Set[int]) -> Search:
        found: dict[int, Pair] = {}
        for block in _blocks(tree):
            if left.isdisjoint(each.place for each in block.figures):
                continue
            found.update(_Worst(block, tree, verdict, rules).of_each(left))
        return lambda figure: [found[figure.place]] if figure.place in found else ()

    return of_verdict


def _blocks(tree: Node) -> Iterator[Node]:
    """All sides, as many at a time as are looked for together."""
    if len(tree.figures) <= _BLOCK:
        yield tree
        return
    for half in tree.children():
        yield from _blocks(half)


class _Worst:
    """The search for the worst pair of each side of a block, the other side being in a tree.

    Sides that lie near each other have much the same pairs: what none of them can be in is ruled
    out for all at once.
    """

    def __init__(self, block: Node, tree: Node, verdict: Verdict, rules: Rules) -> None:
        self._verdict = verdict
        self._rules = rules
        self._ticks = count()
        # What to look at next: two nodes, or a pair that was found and its place in the block.
        self._waiting: list[tuple[Key, int, Node | int, Node | Pair]] = []
        self._places: dict[int, frozenset[int]] = {}
        self._rest: dict[frozenset[int], Node] = {}
        self._block = block
        self._open(block, tree)

    def of_each(self, left: Container[int]) -> Iterator[tuple[int, Pair]]:
        """The place and the worst pair of each of these sides that is in the block."""
        seeking = {place for place in self._places_of(self._block) if place in left}
        while self._waiting and seeking:
            _key, _tick, one, other = heappop(self._waiting)
            if isinstance(other, Pair):
                assert isinstance(one, int)
                if one in seeking:
                    seeking.remove(one)
                    yield one, other
                continue
            assert isinstance(one, Node)
            places = self._places_of(one)
            if len(places) > 1 and not places <= seeking:
                # Those that were found have other pairs without end: they are left behind.
                if rest := places & seeking:
                    if one.small:
                        self._open(self._only(one, rest), other)
                    else:
                        self._split(one, other)
            elif not seeking.isdisjoint(places):
                self._look_into(one, other)

    def _places_of(self, one: Node) -> frozenset[int]:
        found = self._places.get(id(one))
        if found is None:
            found = self._places[id(one)] = frozenset(each.place for each in one.figures)
        return found

    def _only(self, one: Node, places: frozenset[int]) -> Node:
        found = self._rest.get(places)
        if found is None:
            some = [figure for figure in one.figures if figure.place in places]
            found = self._rest[places] = node(some, one.turn, one.window)
        return found

    def _look_into(self, one: Node, other: Node) -> None:
        if one.small and other.small:
            for figure, another in product(one.figures, other.figures):
                pair = (
                    None
                    if figure is another
                    else paired(figure, another, self._rules, self._verdict)
                )
                if pair is not None:
                    heappush(self._waiting, (pair.key, next(self._ticks), figure.place, pair))
        elif len(one.figures) >= len(other.figures):
            self._split(one, other)
        else:
            for half in other.children():
                self._open(one, half)

    def _split(self, one: Node, other: Node) -> None:
        for half in one.children():
            self._open(half, other)

    def _open(self, one: Node, other: Node) -> None:
        if ways := possible(one, other, self._verdict, self._rules):
            key = bound(one, other, ways, self._verdict)
            heappush(self._waiting, (key, next(self._ticks), one, other))


def _exceeding(parts: Node, rules: Rules) -> Search:
    """The worst pair of a whole and a part that is more."""

    def ways(one: Node, other: Node) -> Ways:
        return [(one, other)] if may_exceed(one, other, rules) else []

    judged = partial(part_pairs.paired, rules=rules)
    return lambda figure: searched(node([figure]), parts, ways, judged, Verdict.CONFLICT, 1)
