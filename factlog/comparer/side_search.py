"""The worst pair of each side, where so many pairs are found that not all can be listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from factlog.comparer import parts as part_pairs
from factlog.comparer.pair_bounds import Node, Ways, may_exceed, node, possible
from factlog.comparer.pair_search import searched
from factlog.comparer.rules import paired
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Key, Pair, Rules
from factlog.findings import Verdict

Search = Callable[[SourceFigure], Sequence[Pair]]


def worst_of_each(
    left: Mapping[int, SourceFigure],
    of_pairs: Callable[[Verdict], Search],
    parts: Sequence[SourceFigure],
    extra: Sequence[Pair],
    rules: Rules,
    verdicts: Sequence[Verdict],
) -> list[Pair]:
    """The worst pair of each of these sides, by place, the most severe first.

    `of_pairs` looks for the pairs of a verdict that are found by pairing.
    """
    left = dict(left)
    exceeding = _exceeding(node(parts), rules) if parts else None
    found: list[Pair] = []
    for verdict in verdicts:
        searches: list[Search] = [among([pair for pair in extra if pair.verdict is verdict])]
        if verdict is not Verdict.REVISED:  # found source by source, never by pairing
            searches.append(of_pairs(verdict))
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


def searching(figures: Sequence[SourceFigure], rules: Rules) -> Callable[[Verdict], Search]:
    """Looks among many sides for the worst pair of one and any other, if it comes to a verdict."""
    tree = node(figures, 0)
    return lambda verdict: _of_verdict(tree, verdict, rules)


def _of_verdict(tree: Node, verdict: Verdict, rules: Rules) -> Search:

    def ways(one: Node, other: Node) -> Ways:
        return possible(one, other, verdict, rules)

    def judged(one: SourceFigure, other: SourceFigure) -> Pair | None:
        return None if one is other else paired(one, other, rules, verdict)

    return lambda figure: searched(node([figure]), tree, ways, judged, verdict, 1)


def _exceeding(parts: Node, rules: Rules) -> Search:
    """The worst pair of a whole and a part that is more."""

    def ways(one: Node, other: Node) -> Ways:
        return [(one, other)] if may_exceed(one, other, rules) else []

    judged = partial(part_pairs.paired, rules=rules)
    return lambda figure: searched(node([figure]), parts, ways, judged, Verdict.CONFLICT, 1)
