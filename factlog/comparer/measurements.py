"""Measurements: figures that state their uncertainty, each as one standard error.

Nothing assumed is ever taken for a measurement. The arithmetic is loaded only where two
uncertainties are stated, which most records never do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from factlog import units
from factlog.claim import Claim, Estimate, Hedge
from factlog.comparer.heard import (
    Numbered,
    named_origin,
    origin_of,
    precedence,
    recency,
    shared_voice,
    speaks_itself,
    stated_origin,
    unheard,
    voices_in,
)
from factlog.comparer.origins import roots, shared
from factlog.comparer.sides import Days, Measurement, days_of
from factlog.findings import Side
from factlog.names import clean, fold
from factlog.policy import EXACT, Kind, one_sigma
from factlog.values import dataclass, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import LeftOut

_UNSTATED = {
    Hedge.EXACT: "no stated uncertainty",
    Hedge.ABOUT: "no stated uncertainty: the width of a hedge is assumed, not measured",
    Hedge.VAGUE: "no stated uncertainty: only a word",
    Hedge.RANGE: "no stated uncertainty: a range that does not say how much it covers",
}


def unstated(estimate: Estimate | Side) -> str | None:
    """Why a figure states no uncertainty that can be taken as one; None if it does."""
    if estimate.hedge is not Hedge.PLUS_MINUS:
        return _UNSTATED.get(estimate.hedge, "a limit, not a measurement")
    if estimate.best is None or estimate.plus is None or estimate.minus is None:
        return "no stated uncertainty"
    coverage = estimate.coverage
    if coverage is None:
        return "an unlabelled interval: it does not say how much it covers"
    if not 0 < coverage < 1:
        return f"an interval said to cover {coverage}, which is not between 0 and 1"
    return None


def sigmas_between(first: Measurement, second: Measurement) -> float:
    """How many standard errors of their difference lie between two measurements."""
    from factlog.stats import sigmas_apart

    power = max(*first[1:], *second[1:]).adjusted()
    start = first[0]

    def scaled(best: Decimal, *arms: Decimal) -> tuple[float, ...]:
        numbers = (EXACT.subtract(best, start), *arms)
        return tuple(float(number.scaleb(-power, EXACT)) for number in numbers)

    return sigmas_apart(scaled(*first), scaled(*second))


def measurement(side: Side) -> Measurement | None:
    """A side's value and one-sigma arms, if it states them and they are not zero."""
    best, plus, minus, coverage = side.best, side.plus, side.minus, side.coverage
    if unstated(side) or best is None or plus is None or minus is None or coverage is None:
        return None
    if min(plus, minus) <= 0:
        return None
    return best, one_sigma(plus, coverage), one_sigma(minus, coverage)


@dataclass(frozen=True, slots=True)
class MeasuredClaim:
    """One claim as a measurement: its number, its value, its one-sigma arms."""

    number: int
    claim: Claim
    best: Decimal
    plus: Decimal
    minus: Decimal
    unit: str | None

    @property
    def source(self) -> str:
        """The source's name as shown."""
        return clean(self.claim.statement.source)


Units = list[str | None]

# Why no figure is taken: the order of the claims would say which unit's are, or which scope's.
MIXED = "mixed"


class Sieve:
    """Claims on their way to being combined: each step keeps some and says why not the rest."""

    def __init__(self, claims: Iterable[Numbered]) -> None:
        self.kept: list[Numbered] = list(claims)
        self.left_out: list[LeftOut] = []

    def drop(self, why: Callable[[Numbered], str | None]) -> None:
        """Leave out every claim that there is a reason to."""
        kept = []
        for each in self.kept:
            reason = why(each)
            if reason is None:
                kept.append(each)
            else:
                self.left_out.append(left_out(each, reason))
        self.kept = kept


def left_out(each: Numbered, reason: str) -> LeftOut:
    """A claim that is not combined, and why."""
    from factlog.answers import LeftOut

    number, claim = each
    return LeftOut(number, clean(claim.statement.source), claim.said, reason)


def sieved(
    claims: Iterable[Numbered], kind: Kind, *, one_per_source: bool = False
) -> tuple[list[MeasuredClaim], list[LeftOut]]:
    """One measure's claims that can be combined, and the others in the order given."""
    kept, unit, left_out = aligned(claims, kind, unstated, one_per_source=one_per_source)
    return [measured(number, claim, unit) for number, claim in kept], left_out


def aligned(
    claims: Iterable[Numbered],
    kind: Kind,
    unfit: Callable[[Estimate], str | None],
    *,
    one_per_source: bool,
    latest: bool = False,
) -> tuple[list[Numbered], str | None, list[LeftOut]]:
    """One measure's claims of one unit, scope and date, that unit, and those that are left out.

    `unfit` says why a figure by itself is not taken. Where two units or scopes have as many, none
    is. The date is the one of most figures, or the `latest` with two voices. Of one date the
    edition published last is taken; of constants each source's latest figure is taken. With the
    `latest`, a source that gives two figures at once is not taken.
    """
    heard = partial(voices_in, differing=not latest)
    size, counted = (heard, "voices") if one_per_source else (len, "figures")
    sieve = Sieve(claims)
    order = {number: place for place, (number, _) in enumerate(sieve.kept)}
    sieve.drop(_withdrawn)
    given = with_stated(sieve.kept)
    sieve.kept = list(_by_voice(given))
    sieve.drop(lambda each: unfit(each[1].estimate))
    unit, *tied = _main_units(sieve.kept, size)
    if tied:
        sieve.drop(_mixed("units", counted, [each or "no unit" for each in (unit, *tied)]))
    sieve.drop(lambda each: _other_unit(each[1].estimate.unit, unit))
    unit = _commonest(sieve.kept) if latest and sieve.kept else unit
    scopes = _main_scopes(sieve.kept, size)
    if len(scopes) > 1:
        sieve.drop(_mixed("scopes", counted, [each or "none stated" for each in scopes.values()]))
    sieve.drop(lambda each: None if _scope(each[1]) in scopes else _other_scope(each[1]))
    sieve.drop(_revised(sieve.kept))
    if kind is Kind.CONSTANT:
        sieve.drop(_superseded(sieve.kept))
    else:
        some = _of_latest(sieve.kept) if latest else sieve.kept
        sieve.drop(_elsewhere(some))
    alone = partial(unheard, differing=not latest) if one_per_source else _echoes
    sieve.drop(alone(sieve.kept, dict(given)))
    return sieve.kept, unit, sorted(sieve.left_out, key=lambda each: order[each.claim])


def _withdrawn(each: Numbered) -> str | None:
    reason = each[1].retracted
    return None if reason is None else f"retracted: {reason}" if reason else "retracted"


def measured(number: int, claim: Claim, unit: str | None) -> MeasuredClaim:
    """A claim that states its uncertainty, as one standard error, in a unit."""
    said = claim.estimate
    assert said.best is not None
    assert said.plus is not None
    assert said.minus is not None
    assert said.coverage is not None
    best = said.best if said.unit == unit else units.convert(said.best, said.unit, unit)
    plus = _length(said.best, said.plus, said.unit, unit)
    minus = _length(said.best, -said.minus, said.unit, unit)
    arms = one_sigma(plus, said.coverage), one_sigma(minus, said.coverage)
    return MeasuredClaim(number, claim, best, *arms, unit)


def refuse_certainty(figures: Iterable[MeasuredClaim]) -> None:
    """Refuse a figure that leaves no room for error, naming it."""
    for each in figures:
        if min(each.plus, each.minus) <= 0:
            from factlog.stats import zero_variance

            raise zero_variance(f"Claim {each.number}, {each.claim.said} ({each.source}),")


def _length(best: Decimal, arm: Decimal, unit: str | None, to: str | None) -> Decimal:
    """An arm in another unit, as the distance it is: 1 °C is 1.8 °F long."""
    if unit == to:
        return abs(arm)
    ends = units.convert(best, unit, to), units.convert(EXACT.add(best, arm), unit, to)
    return abs(EXACT.subtract(*ends))


def _main_units(claims: Sequence[Numbered], size: Callable[[Sequence[Numbered]], int]) -> Units:
    """The first unit of the dimension with most of the claims; several where as many are in each.

    `size` says how many some claims come to: themselves, or their voices.
    """
    dimensions: list[list[Numbered]] = []
    for each in claims:
        unit = each[1].estimate.unit
        alike = (d for d in dimensions if units.comparable(d[0][1].estimate.unit, unit))
        found = next(alike, None)
        if found is None:
            dimensions.append(found := [])
        found.append(each)
    sizes = [size(each) for each in dimensions]
    most = [d for d, n in zip(dimensions, sizes, strict=True) if n == max(sizes)]
    return [each[0][1].estimate.unit for each in most] or [None]


def _commonest(claims: Sequence[Numbered]) -> str | None:
    """The unit that most of some claims are given in; of several the first by name."""
    counts = Counter(claim.estimate.unit for _, claim in claims)
    return min(counts, key=lambda unit: (-counts[unit], unit or ""))


def _main_scopes(
    claims: Sequence[Numbered], size: Callable[[Sequence[Numbered]], int]
) -> Mapping[str, str | None]:
    """The scope of most claims, folded, and as it is said; several where as many are of each."""
    of: dict[str, list[Numbered]] = {}
    for each in claims:
        of.setdefault(_scope(each[1]), []).append(each)
    sizes = {scope: size(some) if len(of) > 1 else 1 for scope, some in of.items()}
    most = max(sizes.values(), default=0)
    return {scope: of[scope][0][1].scope for scope, n in sizes.items() if n == most}


def _scope(claim: Claim) -> str:
    return fold(claim.scope or "")


def _mixed(what: str, counted: str, names: Iterable[str]) -> Callable[[Numbered], str]:
    """That none is taken, as there are as many of another unit, or scope."""
    told = ", ".join(sorted(names))
    return lambda _: f"{MIXED} {what}, of which none has more {counted} than another: {told}"


def _other_unit(unit: str | None, main: str | None) -> str | None:
    if unit == main or units.comparable(unit, main):
        return None
    return f"another unit: {unit or 'none'} against {main or 'none'}"


def _other_scope(claim: Claim) -> str:
    return f"another scope: {claim.scope or 'none stated'}"


def _other_date(claim: Claim) -> str:
    when = claim.statement.when
    return f"another date: {when.said}" if when else "undated, where others are dated"


def _elsewhere(claims: Sequence[Numbered]) -> Callable[[Numbered], str | None]:
    """Why a claim is not of the date of most of them; of the latest where there are as many."""
    counts = Counter(days_of(claim.statement.when) for _, claim in claims)

    def order(days: Days | None) -> tuple[int, Days]:
        return counts[days], (days[1], days[0]) if days else (0, 0)

    main = max(counts, key=order, default=None)
    return lambda each: None if days_of(each[1].statement.when) == main else _other_date(each[1])


def _of_latest(claims: Sequence[Numbered]) -> Sequence[Numbered]:
    """The claims of the latest date that has two voices, or the undated; all if there is none."""
    dated: dict[Days, list[Numbered]] = {}
    for each in claims:
        dated.setdefault(days_of(each[1].statement.when) or (0, 0), []).append(each)
    for days in sorted(dated, key=lambda days: (days[1], days[0]), reverse=True):
        if voices_in(dated[days]) > 1:
            return dated[days]
    return claims


def _revised(claims: Sequence[Numbered]) -> Callable[[Numbered], str | None]:
    """Why an edition of a source's figure of one date is not used: it published a later one."""
    latest: dict[Hashable, tuple[Days, int]] = {}

    def edition(claim: Claim) -> tuple[Hashable, Days | None]:
        statement = claim.statement
        published = days_of(statement.published)
        of = fold(statement.source), origin_of(claim), days_of(statement.when)
        return of, published and (published[1], published[0])

    for number, claim in claims:
        of, published = edition(claim)
        if published and (of not in latest or published > latest[of][0]):
            latest[of] = published, number

    def why(each: Numbered) -> str | None:
        of, published = edition(each[1])
        if published is None or published == latest[of][0]:
            return None
        return f"superseded by claim {latest[of][1]} of the same source"

    return why


def _superseded(claims: Sequence[Numbered]) -> Callable[[Numbered], str | None]:
    """Why an older figure of a source is not used: it gave a later one."""
    newest: dict[str, Numbered] = {}
    for each in claims:
        source = fold(each[1].statement.source)
        if source not in newest or recency(each[1]) > recency(newest[source][1]):
            newest[source] = each

    def why(each: Numbered) -> str | None:
        number, later = newest[fold(each[1].statement.source)]
        if recency(each[1]) == recency(later):
            return None
        return f"superseded by claim {number} of the same source"

    return why


def _echoes(
    claims: Sequence[Numbered], given: Mapping[int, Claim]
) -> Callable[[Numbered], str | None]:
    """Why a claim adds nothing of its own: another one kept goes back to the same origin.

    The origin's own claim is kept before a relayed one, then the newest, then the first. A
    source's own figures of one date are kept each, unless they repeat one another.
    """
    kept: dict[str, Numbered] = {}
    for each in claims:
        origin = origin_of(each[1])
        if origin not in kept or precedence(each[1]) > precedence(kept[origin][1]):
            kept[origin] = each
    own: dict[Hashable, int] = {}

    def why(each: Numbered) -> str | None:
        number, claim = each
        other = kept[origin_of(claim)]
        if number == other[0]:
            own.setdefault(_figure(claim), number)
            return None
        if not (speaks_itself(claim) and speaks_itself(other[1])):
            return shared_voice(given[number], other[0], given[other[0]], named_origin(claim))
        same = own.setdefault(_figure(claim), number)
        return None if same == number else f"repeats claim {same} of the same source"

    return why


def _by_voice(claims: Sequence[Numbered]) -> Sequence[Numbered]:
    """The claims, each with whom it goes back to in the end."""
    if not any(claim.counted_with or claim.voice for _, claim in claims):
        return claims
    ends = roots((fold(claim.statement.source), origin_of(claim)) for _, claim in claims)
    named = {
        fold(name): name
        for _, claim in claims
        for name in (claim.statement.source, claim.voice, claim.counted_with)
        if name
    }
    return [
        (number, _going_back(claim, named[ends[origin]]))
        if (origin := origin_of(claim)) in ends and (claim.counted_with or claim.voice)
        else (number, claim)
        for number, claim in claims
    ]


def with_stated(claims: Sequence[Numbered]) -> Sequence[Numbered]:
    """The claims, those counted with nobody that state an origin others go back to as well."""
    if not any(claim.counted_with for _, claim in claims):
        return claims
    said = [
        (fold(each.statement.source), fold(stated_origin(each)), fold(each.counted_with or ""))
        for _, each in claims
    ]
    others = shared(said)
    return [
        (number, replace(claim, counted_with=None))
        if claim.counted_with and origin != source and origin in others
        else (number, claim)
        for (number, claim), (source, origin, _) in zip(claims, said, strict=True)
    ]


def _going_back(claim: Claim, to: str) -> Claim:
    """The claim with whom it goes back to in the end: stated if its own was."""
    return replace(claim, counted_with=to) if claim.counted_with else replace(claim, cited=to)


def _figure(claim: Claim) -> Hashable:
    said = claim.estimate
    return origin_of(claim), said.best, said.plus, said.minus, said.coverage, said.unit
