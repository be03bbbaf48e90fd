"""Pairs: two sides with their verdict, in the order findings are listed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factlog.comparer.entries import Entry, Rules
from factlog.comparer.judge import TOGETHER, Distance, apart, distance, facing, judge
from factlog.comparison import EXACT, Verdict

# Break-even, largest first and none last; then the dimension, as gaps compare only within one;
# then the gap, widest first; then the places.
Key = tuple[Decimal, int, Decimal, int, int]

LAST = Decimal(1)
_ZERO = Decimal(0)
_WITHOUT_NUMBERS = (Verdict.AGREE, Verdict.NOT_COMPARED)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that were judged, the lower first, and how far apart they are."""

    verdict: Verdict
    kind: str | None
    lower: Entry
    higher: Entry
    distance: Distance

    @property
    def key(self) -> Key:
        """What pairs of one verdict are ordered by."""
        first, second = sorted((self.lower.place, self.higher.place))
        if self.distance is TOGETHER:
            return LAST, 0, _ZERO, first, second
        share, gap = standing(self.lower.up, self.higher.down, self.distance)
        return share, self.lower.dimension, gap, first, second

    @property
    def entries(self) -> tuple[Entry, Entry]:
        """The two sides in the order they are shown."""
        if self.lower.place < self.higher.place:
            return self.lower, self.higher
        return self.higher, self.lower


def standing(low: Decimal, high: Decimal, found: Distance) -> tuple[Decimal, Decimal]:
    """How near the top of the list two facing ends put a pair: lower numbers first."""
    share = LAST if found.break_even is None else -found.break_even
    return share, EXACT.subtract(low, high)


def paired(one: Entry, other: Entry, rules: Rules) -> Pair | None:
    """The pair two sides of one measure make; None if the table has nothing to say."""
    outcome = judge(one, other, rules)
    return pair(one, other, *outcome) if outcome else None


def pair(one: Entry, other: Entry, verdict: Verdict, kind: str | None) -> Pair:
    """Two sides with a verdict already found."""
    lower, higher = facing(one, other)
    if verdict in _WITHOUT_NUMBERS or not apart(lower, higher):
        return Pair(verdict, kind, lower, higher, TOGETHER)
    return Pair(verdict, kind, lower, higher, distance(lower, higher))
