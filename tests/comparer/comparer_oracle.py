"""A second opinion: every pair of sides judged by the table, the slow and plain way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from factlog.claim import Claim
from factlog.comparison import Interval, Kind, MeasureComparison, Policy, Side

Days = tuple[date, date]


@dataclass(frozen=True)
class Rule:
    kind: Kind
    tolerance: Fraction
    window: int


@dataclass(frozen=True)
class Stand:
    """A side with what can be told of it from outside."""

    place: int
    side: Side
    source: str
    origin: str
    scope: str
    own: bool
    days: Days | None
    order: Days | None

    @property
    def series(self) -> tuple[str, str, str | None]:
        return self.source, self.scope, self.side.unit


def rule(kind: Kind, policy: Policy, tolerance: object = None, window: int | None = None) -> Rule:
    share = policy.tolerance if tolerance is None else tolerance
    return Rule(kind, Fraction(str(share)), policy.window_days if window is None else window)


def stands(found: MeasureComparison, claims: Mapping[int, Claim], kind: Kind) -> list[Stand]:
    """The sides of a measure (not the parts listed under it)."""
    return [
        _stand(place, side, claims, kind)
        for place, side in enumerate(found.sides)
        if side.measure == found.measure
    ]


def _stand(place: int, side: Side, claims: Mapping[int, Claim], kind: Kind) -> Stand:
    source = side.source.casefold()
    days = side.when.days if side.when else None
    logged = [claims[n].recorded for n in side.claims]
    last = max((stamp.date() for stamp in logged if stamp), default=None)
    constant = kind is Kind.CONSTANT
    return Stand(
        place,
        side,
        source,
        (side.origin or side.source).casefold(),
        (side.scope or "").casefold(),
        own=any(claims[n].measure == side.measure for n in side.claims),
        days=days,
        order=(last, last) if constant and days is None and last else days,
    )


def checks(sides: list[Stand]) -> set[int]:
    """Sums that only check a whole their source stated for that date."""
    stated = {(s.series, s.days) for s in sides if s.own}
    return {s.place for s in sides if not s.own and (s.series, s.days) in stated}


def disjoint(one: Interval, other: Interval, tolerance: Fraction = Fraction(0)) -> bool:
    """Whether no number is in both, each widened by the tolerance."""
    return _below(one, other, tolerance) or _below(other, one, tolerance)


def _below(one: Interval, other: Interval, tolerance: Fraction) -> bool:
    if one.high is None or other.low is None:
        return False
    high, low = Fraction(one.high), Fraction(other.low)
    if tolerance:
        return high + tolerance * abs(high) < low - tolerance * abs(low)
    return high < low or (high == low and (one.high_open or other.low_open))


def between(one: Stand, other: Stand, rule: Rule) -> tuple[str, str | None] | None:
    """The table, row by row, for two sides of different sources."""
    if one.side.unit != other.side.unit:
        return "not compared", "unit"
    if one.scope != other.scope:
        return "not compared", "scope"
    if one.days and other.days:
        if rule.kind is Kind.FLOW and one.days != other.days:
            return "not compared", "stale"
        nearest = max((one.days[0] - other.days[1]).days, (other.days[0] - one.days[1]).days, 0)
        if rule.kind is Kind.LEVEL and nearest > rule.window:
            return "not compared", "stale"
    if one.origin == other.origin:
        return "echo", None
    if not disjoint(one.side.reading, other.side.reading):
        return "agree", None
    if not disjoint(one.side.reading, other.side.reading, rule.tolerance):
        return "near", None
    if rule.kind is Kind.CUMULATIVE and one.days and other.days and one.days != other.days:
        lower, higher = _ordered(one, other)
        assert lower.days
        assert higher.days
        if higher.days[1] > lower.days[0]:
            return "growth", None
        if higher.days[1] < lower.days[0]:
            return "conflict", "backwards"
    return "conflict", "disjoint"


def _ordered(one: Stand, other: Stand) -> tuple[Stand, Stand]:
    if _below(one.side.reading, other.side.reading, Fraction(0)):
        return one, other
    return other, one


def findings(sides: list[Stand], rule: Rule) -> Iterator[tuple[str, str | None, frozenset[int]]]:
    """Everything the table says of the sides of one measure, across sources and within one."""
    aside = checks(sides)
    last = latest(sides)
    for one, other in combinations(sides, 2):
        if one.place in aside or other.place in aside:
            continue
        places = frozenset((one.place, other.place))
        if one.source == other.source:
            same = one.series == other.series and one.order == other.order
            if same and disjoint(one.side.reading, other.side.reading, rule.tolerance):
                yield "conflict", "self", places
        elif rule.kind is not Kind.CONSTANT or {one.place, other.place} <= last:
            found = between(one, other, rule)
            if found:
                yield *found, places


def latest(sides: list[Stand]) -> set[int]:
    """The sides of each source's latest date."""
    aside = checks(sides)
    told = [side for side in sides if side.place not in aside]
    newest = {}
    for series in {side.series for side in told}:
        newest[series] = max(_age(side) for side in told if side.series == series)
    return {side.place for side in told if _age(side) == newest[side.series]}


def _age(side: Stand) -> tuple[date, date]:
    return (side.order[1], side.order[0]) if side.order else (date.min, date.min)


def revisions(sides: list[Stand], rule: Rule) -> Iterator[tuple[str, str]]:
    """Each date's figures against those of the last date wholly before."""
    if rule.kind not in (Kind.CONSTANT, Kind.CUMULATIVE):
        return
    aside = checks(sides)
    told = [side for side in sides if side.place not in aside and side.order]
    for series, order in sorted({(s.series, s.order) for s in told}, key=str):
        here = [s for s in told if (s.series, s.order) == (series, order)]
        assert order
        before = [s for s in told if s.series == series and s.order and s.order[1] < order[0]]
        if not before:
            continue
        last = max(_age(s) for s in before)
        there = [s for s in before if _age(s) == last]
        if _all_below(here, there, rule):
            yield "revised", "down"
        elif rule.kind is Kind.CONSTANT and _all_below(there, here, rule):
            yield "revised", "up"


def _all_below(lower: list[Stand], higher: list[Stand], rule: Rule) -> bool:
    return all(
        _below(one.side.reading, other.side.reading, rule.tolerance)
        for one in lower
        for other in higher
    )


def tally(sides: list[Stand], rule: Rule) -> Counter[str]:
    """How many of everything, in the words of the summary."""
    counted: Counter[str] = Counter()
    for verdict, kind, _ in findings(sides, rule):
        named = kind if kind in ("unit", "scope", "stale", "self") else verdict
        counted[named] += 1
    counted["revised"] = sum(1 for _ in revisions(sides, rule))
    counted["single"] = int(len({side.source for side in sides}) == 1)
    return +counted
