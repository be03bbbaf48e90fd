"""Groups of sides, and what pairs there can be between two of them.

Sides are split in two by date, number and source, again and again. Two such nodes can hold
no pair worse than their outermost ends would make, and none at all where their dates, numbers
or sources rule the verdict out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import starmap
from typing import Any

from factlog.comparer.measured_counts import none_below
from factlog.comparer.sides import UNDATED, Days, End, SourceFigure
from factlog.comparer.verdicts import (
    LAST,
    Key,
    Rules,
    break_even,
    days_between,
)
from factlog.findings import Verdict
from factlog.policy import EXACT, Kind
from factlog.values import dataclass

Turn = Callable[[SourceFigure], Any]
_SMALL = 4
_ZERO = Decimal(0)


@dataclass(slots=True)
class Node:
    """Some sides, and the least and most of everything the table of verdicts asks about.

    `up` is the least stated end that faces a higher figure, `down` the most that faces a
    lower one, `place` the first place, `window` the days within which dates rule nothing out;
    all others are pairs of least and most.
    """

    figures: Sequence[SourceFigure]
    turn: int
    window: float
    place: int
    up: Decimal
    down: Decimal
    low: tuple[End, End]
    high: tuple[End, End]
    wide_low: tuple[End, End]
    wide_high: tuple[End, End]
    first: tuple[int, int]
    last: tuple[int, int]
    order: tuple[tuple[int, int], tuple[int, int]]
    cell: tuple[tuple[int, str], tuple[int, str]]
    source: tuple[str, str]
    origin: tuple[str, str]
    undated: bool
    judged: bool
    percent: bool
    measured: bool
    values: tuple[float, float] | None
    errors: tuple[float, float]
    _children: tuple[Node, Node] | None = field(default=None, repr=False)
    _reach: tuple[Decimal, Decimal] | None = field(default=None, repr=False)

    def reach(self) -> tuple[Decimal, Decimal]:
        """How far, at most, a widened end lies beyond the stated one: upwards, and downwards."""
        if self._reach is None:
            up = (_over(each.wide_high[0], each.up) for each in self.figures)
            down = (_over(each.down, each.wide_low[0]) for each in self.figures)
            self._reach = max(up), max(down)
        return self._reach

    @property
    def small(self) -> bool:
        """Whether it is quicker to try every pair than to split further."""
        return len(self.figures) <= _SMALL

    def children(self) -> tuple[Node, Node]:
        """Two children: by scope and unit while those differ, then by date, number, source."""
        if self._children is None:
            turn = self.turn if _one(self.cell) else 0
            while not self._tells(_TURNS[turn]):
                turn = _after(turn)
            ordered = sorted(self.figures, key=_TURNS[turn])
            middle = _middle(ordered, _TURNS[turn])
            rest = _after(turn), self.window
            self._children = node(ordered[:middle], *rest), node(ordered[middle:], *rest)
        return self._children

    def _tells(self, by: Turn) -> bool:
        """Whether to split by something can rule pairs out."""
        if by is _dates:
            return self.last[1] - self.first[0] > self.window
        if by is _hedge:
            return len({_hedge(each) for each in self.figures}) > 1
        if by is _voice:
            return any(map(_leads, zip(*map(_voice, self.figures), strict=True)))
        return True


def _leads(names: Sequence[str]) -> bool:
    """Whether more than half are one name."""
    return 2 * max(Counter(names).values()) > len(names)


def _after(turn: int) -> int:
    """The turn that comes next; the first is for once."""
    return turn % (len(_TURNS) - 1) + 1


def _middle(ordered: Sequence[SourceFigure], by: Turn) -> int:
    """Where to cut: between two hedges, of all else in the middle."""
    middle = len(ordered) // 2
    if by is not _hedge:
        return middle
    told = list(map(by, ordered))
    cuts = (place for place in range(1, len(told)) if told[place] != told[place - 1])
    return min(cuts, key=lambda place: abs(place - middle))


def _over(higher: Decimal, lower: Decimal) -> Decimal:
    """By how much one number is higher; nothing where an end is open, as no near pair has that."""
    gap = EXACT.subtract(higher, lower)
    return gap if gap.is_finite() else _ZERO


def _cell(figure: SourceFigure) -> tuple[int, str]:
    return figure.dimension, figure.scope


def _dates(figure: SourceFigure) -> Days:
    return figure.days or UNDATED


def _ends(figure: SourceFigure) -> tuple[End, End]:
    return figure.low, figure.high


def _voice(figure: SourceFigure) -> tuple[str, str]:
    return figure.origin, figure.source


def _hedge(figure: SourceFigure) -> str:
    return figure.side.hedge


# What to split by, in turn, where it tells: dates and numbers rule out most, and hedges how far
# apart near figures can be; sources only where one of them outdoes itself.
_TURNS: tuple[Turn, ...] = (_cell, _hedge, _dates, _ends, _hedge, _dates, _ends, _voice)


def node(figures: Sequence[SourceFigure], turn: int = 1, window: float = -1) -> Node:
    """Sum up some sides; `turn` says what they are split by next."""
    days = [figure.days for figure in figures if figure.days] or [UNDATED]
    measured = [figure.measurement for figure in figures if figure.measurement]
    values, *errors = zip(*measured, strict=True) if measured else ((), (0,), (0,))
    whole = len(measured) == len(figures)
    return Node(
        figures=figures,
        turn=turn,
        window=window,
        place=min([figure.place for figure in figures]),
        up=min([figure.up for figure in figures]),
        down=max([figure.down for figure in figures]),
        low=_range([figure.low for figure in figures]),
        high=_range([figure.high for figure in figures]),
        wide_low=_range([figure.wide_low for figure in figures]),
        wide_high=_range([figure.wide_high for figure in figures]),
        first=_range([first for first, _ in days]),
        last=_range([last for _, last in days]),
        order=_range([figure.order or UNDATED for figure in figures]),
        cell=_range([(figure.dimension, figure.scope) for figure in figures]),
        source=_range([figure.source for figure in figures]),
        origin=_range([figure.origin for figure in figures]),
        undated=None in [figure.days for figure in figures],
        judged=True in [figure.judged for figure in figures],
        percent=True in [figure.percent for figure in figures],
        measured=bool(measured),
        values=(float(min(values)), float(max(values))) if whole else None,
        errors=(float(min(errors[0])), float(min(errors[1]))),
    )


def _range(values: Sequence[Any]) -> tuple[Any, Any]:
    return (values[0], values[0]) if len(values) == 1 else (min(values), max(values))


def _one(span: tuple[Any, Any]) -> bool:
    return bool(span[0] == span[1])


def _meet(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    return bool(one[0] <= other[1] and other[0] <= one[1])


def _same(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether all of both are one and the same."""
    return _one(one) and one == other


Ways = list[tuple[Node, Node]]


def possible(one: Node, other: Node, verdict: Verdict, rules: Rules) -> Ways:
    """The ways round (lower, higher) in which a pair could come to a verdict; none if none.

    Errs only towards possible.
    """
    if verdict is Verdict.CONFLICT:
        return _conflicting(one, other, rules) if _meet(one.cell, other.cell) else []
    if not _abroad(one, other):
        return []
    both = [(one, other), (other, one)]
    if verdict is Verdict.NOT_COMPARED:
        incomparable = not _same(one.cell, other.cell) or _may_be_stale(one, other, rules)
        return both if incomparable else []
    if not _meet(one.cell, other.cell):
        return []
    if _must_be_stale(one, other, rules):
        return []
    if verdict is Verdict.ECHO:
        return both if _meet(one.origin, other.origin) else []
    if _same(one.origin, other.origin):
        return []
    return [way for way in both if _POSSIBLE[verdict](*way, rules)]


def _abroad(one: Node, other: Node) -> bool:
    """Whether there can be pairs that are judged across sources."""
    return one.judged and other.judged and not _same(one.source, other.source)


def _conflicting(one: Node, other: Node, rules: Rules) -> Ways:
    """The ways round that could be a conflict: what holds for both is asked once."""
    ways = [way for way in ((one, other), (other, one)) if _may_lie_beyond(*way, rules)]
    if not ways or (_meet(one.source, other.source) and _meet(one.order, other.order)):
        return ways  # of one source and date
    if not _abroad(one, other) or _same(one.origin, other.origin):
        return []
    if _must_be_stale(one, other, rules):
        return []
    if rules.kind is not Kind.CUMULATIVE:
        return ways
    return [way for way in ways if _may_not_have_grown(*way)]


def _may_not_have_grown(lower: Node, higher: Node) -> bool:
    """Whether a higher figure can be no later than a lower one, or a date unknown."""
    if lower.undated or higher.undated or higher.last[0] <= lower.first[1]:
        return True
    return _meet(lower.first, higher.first) and _meet(lower.last, higher.last)


def _may_agree(one: Node, other: Node, _: Rules) -> bool:
    if one.measured and other.measured:
        return True
    return one.low[0] <= other.high[1] and other.low[0] <= one.high[1]


def _may_lie_beyond(lower: Node, higher: Node, rules: Rules) -> bool:
    if lower.measured and higher.measured:
        return _may_be_far(lower, higher, rules.near_sigmas)
    return lower.wide_high[0] < higher.wide_low[1]


def _may_be_apart(lower: Node, higher: Node, rules: Rules) -> bool:
    if lower.measured and higher.measured:
        return _may_be_far(lower, higher, rules.sigmas)
    return lower.high[0] < higher.low[1]


def _may_be_far(lower: Node, higher: Node, sigmas: Decimal) -> bool:
    """Whether measurements of two nodes can be so many sigmas apart; others go by their ends."""
    if lower.values is None or higher.values is None:
        return True
    (upper, _), (_, under) = lower.errors, higher.errors
    return not none_below(lower.values, upper, higher.values, under, float(sigmas))


def _may_be_near(lower: Node, higher: Node, rules: Rules) -> bool:
    if not _may_be_apart(lower, higher, rules):
        return False
    if lower.measured and higher.measured:
        return True
    return not lower.wide_high[1] < higher.wide_low[0]


def _may_have_grown(lower: Node, higher: Node, rules: Rules) -> bool:
    return _may_lie_beyond(lower, higher, rules) and higher.last[1] > lower.first[0]


_POSSIBLE: dict[Verdict, Callable[[Node, Node, Rules], bool]] = {
    Verdict.AGREE: _may_agree,
    Verdict.NEAR: _may_be_near,
    Verdict.GROWTH: _may_have_grown,
}


def _may_be_stale(one: Node, other: Node, rules: Rules) -> bool:
    if rules.kind is Kind.LEVEL:
        # The last first days and the first last days: as far apart as any two can be.
        apart = days_between((one.first[1], one.last[0]), (other.first[1], other.last[0]))
        return apart > rules.window
    same = _same(one.first, other.first) and _same(one.last, other.last)
    return rules.kind is Kind.FLOW and not same


def _must_be_stale(one: Node, other: Node, rules: Rules) -> bool:
    """Whether every pair is too far apart in time."""
    if one.undated or other.undated:
        return False
    if rules.kind is Kind.FLOW:
        return not (_meet(one.first, other.first) and _meet(one.last, other.last))
    apart = days_between((one.first[0], one.last[1]), (other.first[0], other.last[1]))
    return rules.kind is Kind.LEVEL and apart > rules.window


def may_exceed(wholes: Node, parts: Node, rules: Rules) -> bool:
    """Whether a part among some can be more than another source's whole among others."""
    if not (_abroad(wholes, parts) and _meet(wholes.cell, parts.cell)):
        return False
    if _same(wholes.origin, parts.origin) or not _may_lie_beyond(wholes, parts, rules):
        return False
    if wholes.undated or parts.undated:
        return True
    if rules.kind is Kind.CUMULATIVE:
        return parts.last[0] <= wholes.first[1]
    return _meet(wholes.first, parts.first) and _meet(wholes.last, parts.last)


def bound(one: Node, other: Node, ways: Ways, verdict: Verdict) -> Key:
    """A key that no pair between two children comes before."""
    first = min(one.place, other.place)
    if verdict in (Verdict.AGREE, Verdict.NOT_COMPARED):
        return LAST, 0, _ZERO, first, max(one.place, other.place)
    furthest = _FURTHEST.get(verdict, _outermost)
    share, gap = min(starmap(furthest, ways)) if len(ways) > 1 else furthest(*ways[0])
    return share, 0, gap, first, max(one.place, other.place)


def _outermost(lower: Node, higher: Node) -> tuple[Decimal, Decimal]:
    """How near the top of the list the ends of two children put any pair between them."""
    low, high = lower.up, higher.down
    share = -break_even(low, high) if lower.percent or higher.percent else LAST
    return share, EXACT.subtract(low, high)


def _furthest_echo(lower: Node, higher: Node) -> tuple[Decimal, Decimal]:
    """The same of echoes, of which those whose readings meet have no distance."""
    together = LAST, _ZERO
    if (lower.measured and higher.measured) or lower.high[0] < higher.low[1]:
        return min(_outermost(lower, higher), together)
    return together


def _furthest_near(lower: Node, higher: Node) -> tuple[Decimal, Decimal]:
    """The same of pairs that are near: the widened ends of such a pair meet, so that its stated
    ends are no further apart than both lie within those.
    """
    share, gap = _outermost(lower, higher)
    if lower.measured and higher.measured:  # which meet by their errors
        return share, gap
    most = EXACT.add(lower.reach()[0], higher.reach()[1])
    least = max(lower.up, -higher.down)  # neither number is nearer to zero
    if least > 0 and share != LAST:
        apart = max(most, _ZERO)
        share = max(share, -break_even(least, EXACT.add(least, apart)))
    return share, max(gap, -most)


_FURTHEST = {Verdict.ECHO: _furthest_echo, Verdict.NEAR: _furthest_near}
