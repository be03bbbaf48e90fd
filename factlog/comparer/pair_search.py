"""The worst pairs of a measure, found without trying every pair where sides are many.

It is always looked next where the worst pair might still be, so that most groups of sides are
never looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import combinations, product
from math import inf

from factlog.comparer.pair_bounds import Node, Ways, bound, node, possible
from factlog.comparer.rules import judge_all, paired
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import (
    Key,
    Pair,
    Rules,
    pair,
)
from factlog.findings import Counts, Verdict
from factlog.policy import Kind

Possible = Callable[[Node, Node], Ways]
Paired = Callable[[SourceFigure, SourceFigure], Pair | None]


def searched(
    one: Node, other: Node, ways: Possible, paired: Paired, verdict: Verdict, wanted: int
) -> list[Pair]:
    """Best first: always look next where the worst pair might still be."""
    found: list[Pair] = []
    ticks = 0
    waiting: list[tuple[Key, int, Pair | tuple[Node, Node]]] = []
    for key, children in _open([(one, other)], ways, verdict):
        heappush(waiting, (key, ticks, children))
    while waiting and len(found) < wanted:
        nearest = heappop(waiting)[2]
        if isinstance(nearest, Pair):
            found.append(nearest)
            continue
        for opened in _looked_into(*nearest, ways, paired, verdict):
            ticks += 1
            heappush(waiting, (opened[0], ticks, opened[1]))
    return found


def _looked_into(
    one: Node, other: Node, ways: Possible, paired: Paired, verdict: Verdict
) -> Iterator[tuple[Key, Pair | tuple[Node, Node]]]:
    """The pairs between two small children, or the children of larger ones, with their keys."""
    if one.small and other.small:
        for first, second in _between(one, other):
            found = paired(first, second)
            if found:
                yield found.key, found
    else:
        yield from _open(_split(one, other), ways, verdict)


def _between(one: Node, other: Node) -> Iterable[tuple[SourceFigure, SourceFigure]]:
    if one is other:
        return combinations(one.figures, 2)
    return product(one.figures, other.figures)


def _open(
    children: Iterable[tuple[Node, Node]], ways: Possible, verdict: Verdict
) -> Iterator[tuple[Key, tuple[Node, Node]]]:
    """Those children between which there can be a pair, each with a key it cannot come before."""
    for one, other in children:
        round_ = ways(one, other)
        if round_:
            yield bound(one, other, round_, verdict), (one, other)


def _split(one: Node, other: Node) -> list[tuple[Node, Node]]:
    """The same pairs, over children of the larger."""
    if one is other:
        left, right = one.children()
        return [(left, left), (left, right), (right, right)]
    if len(one.figures) >= len(other.figures):
        return [(part, other) for part in one.children()]
    return [(one, part) for part in other.children()]


# Up to this many sides, trying every pair is quicker than sorting and sweeping.
FEW_SIDES = 24


class AllPairs:
    """What every pair of some sides comes to."""

    def __init__(self, figures: Sequence[SourceFigure], rules: Rules) -> None:
        self._rules = rules
        self._listed: dict[Verdict, list[Pair]] = {}
        self._pairs = judge_all(figures, rules)

    @property
    def counts(self) -> Counts:
        """How many pairs came to what."""
        return Counts(**{count: len(pairs) for count, pairs in self._pairs.items()})

    def of(self, verdict: Verdict) -> list[Pair]:
        """The pairs of one verdict, in the order they are listed."""
        if verdict not in self._listed:
            found = (
                pair(one, other, verdict, rule.kind, self._rules)
                for pairs in self._pairs.values()
                if pairs[0][0].verdict is verdict
                for rule, one, other in pairs
            )
            self._listed[verdict] = sorted(found, key=lambda each: each.key)
        return self._listed[verdict]


# Up to this many sides, trying every pair is quicker than setting up a search.
FEW = 40


def worst(
    figures: Sequence[SourceFigure],
    rules: Rules,
    verdict: Verdict,
    wanted: int,
    tree: Node | None = None,
) -> list[Pair]:
    """The first pairs of one verdict, in the order they are listed; `tree` is of the figures."""
    if len(figures) <= FEW or wanted > len(figures) ** 2 // 8:
        return AllPairs(figures, rules).of(verdict)[:wanted]

    def of_verdict(one: SourceFigure, other: SourceFigure) -> Pair | None:
        return paired(one, other, rules, verdict)

    def ways(one: Node, other: Node) -> Ways:
        return possible(one, other, verdict, rules)

    window = _window(verdict, rules)
    whole = tree if tree and tree.window == window else node(figures, 0, window)
    return searched(whole, whole, ways, of_verdict, verdict, wanted)


def _window(verdict: Verdict, rules: Rules) -> float:
    """Within how many days every pair could be near; other verdicts go by dates or by places."""
    if verdict is not Verdict.NEAR:
        return -1
    return {Kind.LEVEL: rules.window, Kind.FLOW: 0}.get(rules.kind, inf)
