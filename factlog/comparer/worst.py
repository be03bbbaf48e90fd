"""The worst pairs of a measure: every pair tried where sides are few, else searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from factlog.comparer.entries import Entry, Rules
from factlog.comparer.judge import judge
from factlog.comparer.pairing import Pair, pair
from factlog.comparison import Verdict

# Up to this many sides, trying every pair is quicker than setting up a search.
FEW = 40

Paired = Callable[[Entry, Entry], Pair | None]


def worst(entries: Sequence[Entry], rules: Rules, verdict: Verdict, wanted: int) -> list[Pair]:
    """The first pairs of one verdict, in the order they are listed."""

    def of_verdict(one: Entry, other: Entry) -> Pair | None:
        outcome = judge(one, other, rules)
        return pair(one, other, *outcome) if outcome and outcome[0] is verdict else None

    if len(entries) <= FEW or wanted > len(entries) ** 2 // 8:
        tried = (of_verdict(one, other) for one, other in combinations(entries, 2))
        return sorted((found for found in tried if found), key=lambda found: found.key)[:wanted]
    return _searched(entries, rules, verdict, wanted, of_verdict)


def _searched(
    entries: Sequence[Entry], rules: Rules, verdict: Verdict, wanted: int, of_verdict: Paired
) -> list[Pair]:
    from factlog.comparer.halves import Half, Ways, half, possible
    from factlog.comparer.searching import searched

    def ways(one: Half, other: Half) -> Ways:
        return possible(one, other, verdict, rules)

    whole = half(entries, 0)
    return searched(whole, whole, ways, of_verdict, verdict, wanted)
