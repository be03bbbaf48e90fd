"""A second opinion: every pair of sides judged by the table, the slow and plain way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import NormalDist

from factlog.claim import Claim, Hedge
from factlog.findings import Counts, MeasureComparison, Side
from factlog.policy import Interval, Kind, Policy

Days = tuple[date, date]
Found = tuple[str, str | None, frozenset[int]]
Span = tuple[datetime, datetime]
_BEGINNING = datetime.min  # noqa: DTZ901


@dataclass(frozen=True)
class Rule:
    kind: Kind
    tolerance: Fraction
    window: int
    sigmas: Fraction
    near_sigmas: Fraction


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
    order: Span | None
    recorded: datetime | None
    edition: Days | None

    @property
    def series(self) -> tuple[str, str, str | None]:
        return self.source, self.scope, self.side.unit


def rule(kind: Kind, policy: Policy, tolerance: object = None, window: int | None = None) -> Rule:
    share = policy.tolerance if tolerance is None else tolerance
    days = policy.window_days if window is None else window
    sigmas = Fraction(policy.sigmas), Fraction(max(policy.sigmas, policy.near_sigmas))
    return Rule(kind, Fraction(str(share)), days, *sigmas)


def stands(found: MeasureComparison, claims: Mapping[int, Claim], kind: Kind) -> list[Stand]:
    """The sides of a measure (not the parts listed under it)."""
    said = [each for each in claims.values() if each.measure == found.measure]
    return [
        _stand(place, side, claims, kind, said)
        for place, side in enumerate(found.sides)
        if side.measure == found.measure
    ]


def voice(name: str, said: list[Claim], way: tuple[str, ...] = ()) -> str:
    """Whom a name goes back to in the end: who never speaks for itself and cites one, to that."""
    if name in way:
        return min(way[way.index(name) :])
    own = [each for each in said if each.statement.source.casefold() == name]
    cited = {(each.origin or each.statement.source).casefold() for each in own}
    if len(cited) != 1 or name in cited:
        return name
    return voice(cited.pop(), said, (*way, name))


def _stand(
    place: int, side: Side, claims: Mapping[int, Claim], kind: Kind, said: list[Claim]
) -> Stand:
    source = side.source.casefold()
    days = side.when.days if side.when else None
    logged = [claims[n].recorded for n in side.claims]
    last = max((stamp for stamp in logged if stamp), default=None)
    undated = (last, last) if kind is Kind.CONSTANT and last else None
    return Stand(
        place,
        side,
        source,
        voice(side.origin.casefold(), said) if side.origin else source,
        (side.scope or "").casefold(),
        own=any(claims[n].measure == side.measure for n in side.claims),
        days=days,
        order=_span(days) if days else undated,
        recorded=last,
        edition=side.published.days if side.published else None,
    )


def _span(days: Days) -> Span:
    """The first and the last moment of some days."""
    return datetime.combine(days[0], time.min), datetime.combine(days[1], time.max)


def checks(sides: list[Stand]) -> set[int]:
    """Sums that only check a whole their source stated for that date."""
    stated = {(s.series, s.days) for s in sides if s.own}
    return {s.place for s in sides if not s.own and (s.series, s.days) in stated}


def disjoint(one: Interval, other: Interval, tolerance: Fraction = Fraction(0)) -> bool:
    """Whether no number is in both, each widened by the tolerance."""
    return _below(one, other, tolerance, tolerance) or _below(other, one, tolerance, tolerance)


def errors(side: Side, rule: Rule) -> tuple[Fraction, Fraction, Fraction] | None:
    """A value, and its upper and lower standard error, if both are stated and above zero."""
    coverage = side.coverage
    if side.hedge is not Hedge.PLUS_MINUS or not coverage or not side.plus or not side.minus:
        return None
    one = 1.0 if coverage == Decimal("0.683") else NormalDist().inv_cdf((1 + float(coverage)) / 2)
    assert side.best is not None
    sigma, reach = Fraction(one), rule.sigmas if one == 1.0 else 1
    plus, minus, best = (Fraction(number) for number in (side.plus, side.minus, side.best))
    reading = side.reading
    if reading.low != best - reach * minus or reading.high != best + reach * plus:
        return None  # another claim of the side narrows it
    return best, plus / sigma, minus / sigma


def lies_below(one: Side, other: Side, rule: Rule, *, near: bool = True) -> bool:
    """Whether a side lies below another, by more than is let pass as near if that is asked."""
    first, second = errors(one, rule), errors(other, rule)
    if first and second:
        gap, sigmas = second[0] - first[0], rule.near_sigmas if near else rule.sigmas
        return gap > 0 and gap**2 > sigmas**2 * (first[1] ** 2 + second[2] ** 2)
    tolerance = rule.tolerance if near else Fraction(0)
    shares = (Fraction(0) if stated else tolerance for stated in (first, second))
    return _below(one.reading, other.reading, *shares)


def apart(one: Stand, other: Stand, rule: Rule, *, near: bool = True) -> bool:
    """Whether two sides cannot both be right, either way round."""
    below = lies_below(one.side, other.side, rule, near=near)
    return below or lies_below(other.side, one.side, rule, near=near)


def _below(one: Interval, other: Interval, tolerance: Fraction, others: Fraction) -> bool:
    if one.high is None or other.low is None:
        return False
    high, low = Fraction(one.high), Fraction(other.low)
    touching = (one.high_open and not tolerance) or (other.low_open and not others)
    high, low = high + tolerance * abs(high), low - others * abs(low)
    return high < low or (high == low and touching)


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
    if not apart(one, other, rule, near=False):
        return "agree", None
    if not apart(one, other, rule):
        return "near", None
    if rule.kind is Kind.CUMULATIVE and one.days and other.days and one.days != other.days:
        lower, higher = _ordered(one, other, rule)
        assert lower.days
        assert higher.days
        if higher.days[1] > lower.days[0]:
            return "growth", None
        if higher.days[1] < lower.days[0]:
            return "conflict", "backwards"
    return "conflict", "disjoint"


def _ordered(one: Stand, other: Stand, rule: Rule) -> tuple[Stand, Stand]:
    if lies_below(one.side, other.side, rule, near=False):
        return one, other
    return other, one


def findings(sides: list[Stand], rule: Rule) -> Iterator[tuple[str, str | None, frozenset[int]]]:
    """Everything the table says of the sides of one measure, across sources and within one."""
    aside = checks(sides)
    spoken = latest(sides, rule.kind) if rule.kind is Kind.CONSTANT else unreplaced(sides)
    going = progress(sides, rule)
    yield from _rising(sides, going, rule)
    for one, other in combinations(sides, 2):
        if one.place in aside or other.place in aside:
            continue
        places = frozenset((one.place, other.place))
        if one.source == other.source:
            same = one.series == other.series and one.order == other.order
            same = same and not editions(one, other) and not {one.place, other.place} <= going
            if same and apart(one, other, rule):
                yield "conflict", "self", places
        elif {one.place, other.place} <= spoken:
            found = between(one, other, rule)
            if found:
                yield *found, places


def editions(one: Stand, other: Stand) -> bool:
    """Whether two figures of one date were published at different times."""
    return bool(one.edition and other.edition and one.edition != other.edition)


def progress(sides: list[Stand], rule: Rule) -> set[int]:
    """Figures of one day that no figure of the date before is above, nor one after below."""
    aside = checks(sides)
    own = [s for s in sides if s.place not in aside and s.order and s.days]
    found: set[int] = set()
    for one in own:
        assert one.days
        here = [s for s in own if s.series == one.series and s.order == one.order]
        before = [s for s in own if s.series == one.series and _wholly_before(s, one)]
        after = [s for s in own if s.series == one.series and _wholly_before(one, s)]
        if rule.kind is not Kind.CUMULATIVE or one.days[0] != one.days[1]:
            continue
        if len(here) > 1 and before and after:
            last, first = max(map(_age, before)), min(s.order for s in after if s.order)
            under = [s for s in before if _age(s) == last]
            over = [s for s in after if s.order == first]
            if not any(lies_below(one.side, s.side, rule) for s in under) and not any(
                lies_below(s.side, one.side, rule) for s in over
            ):
                found.add(one.place)
    return found


def _rising(sides: list[Stand], going: set[int], rule: Rule) -> Iterator[Found]:
    for series, order in {(s.series, s.order) for s in sides if s.place in going}:
        day = [s for s in sides if s.place in going and (s.series, s.order) == (series, order)]
        day.sort(key=lambda s: (_low(s), s.place))
        for one, other in pairwise(day):
            if lies_below(one.side, other.side, rule) and not editions(one, other):
                yield "growth", None, frozenset((one.place, other.place))


def overlaps(sides: list[Stand], rule: Rule) -> list[Found]:
    """Conflicts within one source between dates that overlap."""
    return [found for found in revisions(sides, rule) if found[0] == "conflict"]


def latest(sides: list[Stand], kind: Kind) -> set[int]:
    """The sides of each source's latest date."""
    aside = checks(sides)
    told = [side for side in sides if side.place not in aside]
    newest = {
        series: _newest([side for side in told if side.series == series], kind)
        for series in {side.series for side in told}
    }
    found = [side for side in told if side.order == newest[side.series]]
    return {side.place for side in found} & unreplaced(sides)


def unreplaced(sides: list[Stand]) -> set[int]:
    """The sides that their source did not publish anew for the same date."""
    aside = checks(sides)
    told = [side for side in sides if side.place not in aside]
    return {s.place for s in told if not any(_replaced(s, other) for other in told)}


def _replaced(one: Stand, other: Stand) -> bool:
    """Whether the other is a later edition of the same figure."""
    if (one.series, one.order) != (other.series, other.order):
        return False
    if not (one.edition and other.edition):
        return False
    return one.edition[::-1] < other.edition[::-1]


def _newest(series: list[Stand], kind: Kind) -> Span | None:
    """Of a constant's dates that no other is wholly after, that of the figure logged last."""
    dated = [side for side in series if side.order]
    if kind is Kind.CONSTANT:
        dated = [one for one in dated if not any(_wholly_before(one, other) for other in dated)]
        dated.sort(key=lambda side: (side.recorded or _BEGINNING, _age(side)))
    else:
        dated.sort(key=_age)
    return dated[-1].order if dated else None


def _wholly_before(one: Stand, other: Stand) -> bool:
    return bool(one.order and other.order and one.order[1] < other.order[0])


def _age(side: Stand) -> Span:
    return (side.order[1], side.order[0]) if side.order else (_BEGINNING, _BEGINNING)


def revisions(sides: list[Stand], rule: Rule) -> Iterator[Found]:
    """Each date's figures against those of the last date wholly before, and of a constant
    against those of the date next to it where the two overlap.
    """
    yield from _republished(sides, rule)
    if rule.kind not in (Kind.CONSTANT, Kind.CUMULATIVE):
        return
    stand = unreplaced(sides)
    told = [side for side in sides if side.place in stand and side.order]
    for series in sorted({s.series for s in told}, key=str):
        own = sorted((s for s in told if s.series == series), key=_age)
        dates = list(dict.fromkeys(s.order for s in own))
        for place, order in enumerate(dates):
            here = [s for s in own if s.order == order]
            before = [s for s in own if _wholly_before(s, here[0])]
            if before:
                last = max(map(_age, before))
                yield from _revision([s for s in before if _age(s) == last], here, rule)
            there = [s for s in own if place and s.order == dates[place - 1]]
            if there and rule.kind is Kind.CONSTANT and not _wholly_before(there[0], here[0]):
                yield from _overlapping(there, here, rule)


def _republished(sides: list[Stand], rule: Rule) -> Iterator[Found]:
    """Each edition of one date's figure against the next."""
    aside = checks(sides)
    own = [s for s in sides if s.place not in aside and s.order and s.edition]
    for series, order in {(s.series, s.order) for s in own}:
        day = [s for s in own if (s.series, s.order) == (series, order)]
        times = sorted({s.edition[::-1] for s in day if s.edition})
        for one, other in pairwise(times):
            there = [s for s in day if s.edition and s.edition[::-1] == one]
            here = [s for s in day if s.edition and s.edition[::-1] == other]
            if _all_below(there, here, rule) or _all_below(here, there, rule):
                yield "revised", "edition", frozenset()


def _revision(there: list[Stand], here: list[Stand], rule: Rule) -> Iterator[Found]:
    if _all_below(here, there, rule):
        yield "revised", "down", frozenset()
    elif rule.kind is Kind.CONSTANT and _all_below(there, here, rule):
        yield "revised", "up", frozenset()


def _overlapping(there: list[Stand], here: list[Stand], rule: Rule) -> Iterator[Found]:
    """What is told by when the two nearest figures were logged."""
    low, high = there, here
    if not _all_below(low, high, rule):
        low, high = here, there
    if not _all_below(low, high, rule):
        return
    top = max(low, key=lambda side: (_high(side), -side.place))
    bottom = min(high, key=lambda side: (_low(side), side.place))
    if top.recorded is None or bottom.recorded is None or top.recorded == bottom.recorded:
        yield "conflict", "self", frozenset((top.place, bottom.place))
    else:
        yield "revised", "up" if top.recorded < bottom.recorded else "down", frozenset()


def _high(side: Stand) -> tuple[Fraction, bool]:
    reading = side.side.reading
    return (Fraction(reading.high or 0), not reading.high_open)


def _low(side: Stand) -> tuple[Fraction, bool]:
    reading = side.side.reading
    return (Fraction(reading.low or 0), reading.low_open)


def _all_below(lower: list[Stand], higher: list[Stand], rule: Rule) -> bool:
    return all(lies_below(one.side, other.side, rule) for one in lower for other in higher)


def tally(sides: list[Stand], rule: Rule) -> Counter[str]:
    """How many of everything, in the words of the summary."""
    counted: Counter[str] = Counter()
    for verdict, kind, _ in findings(sides, rule):
        named = kind if kind in ("unit", "scope", "stale", "self") else verdict
        counted[named] += 1
    within = Counter(verdict for verdict, *_ in revisions(sides, rule))
    counted["revised"] = within["revised"]
    counted["self"] += within["conflict"]
    counted["single"] = int(len({side.source for side in sides}) == 1)
    return +counted


def words(counts: Counts) -> Counter[str]:
    return +Counter(asdict(counts))
