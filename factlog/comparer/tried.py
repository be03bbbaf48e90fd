"""Few sides: every pair judged once, for the counts and the findings alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from factlog.comparer.entries import Entry, Rules
from factlog.comparer.judge import Outcome, judge
from factlog.comparer.pairing import Pair, pair
from factlog.comparison import Counts, Verdict

# Up to this many sides, trying every pair is quicker than sorting and sweeping.
FEW = 24

_COUNTED = {
    Verdict.AGREE: "agree",
    Verdict.NEAR: "near",
    Verdict.GROWTH: "growth",
    Verdict.ECHO: "echo",
    Verdict.CONFLICT: "conflict",
}


class Tried:
    """What every pair of some sides comes to."""

    def __init__(self, entries: Sequence[Entry], rules: Rules) -> None:
        self._pairs: dict[Outcome, list[tuple[Entry, Entry]]] = {}
        for one, other in combinations(entries, 2):
            outcome = judge(one, other, rules)
            if outcome is not None:
                self._pairs.setdefault(outcome, []).append((one, other))

    @property
    def counts(self) -> Counts:
        """How many pairs came to what."""
        found: dict[str, int] = {}
        for (verdict, kind), pairs in self._pairs.items():
            name = kind if kind in _KINDS else _COUNTED[verdict]
            found[name] = found.get(name, 0) + len(pairs)
        return Counts(**found)

    def worst(self, verdict: Verdict, wanted: int) -> list[Pair]:
        """The first pairs of one verdict, in the order they are listed."""
        found = [
            pair(one, other, *outcome)
            for outcome, pairs in self._pairs.items()
            if outcome[0] is verdict
            for one, other in pairs
        ]
        return sorted(found, key=lambda each: each.key)[:wanted]


# The kinds that are counted for themselves.
_KINDS = ("self", "unit", "scope", "stale")
