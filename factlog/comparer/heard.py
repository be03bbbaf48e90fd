"""Which claims are voices of their own: a source is heard once, and so is whom others cite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, groupby

from factlog.claim import Claim, Estimate
from factlog.comparer.sides import Days, days_of, number
from factlog.names import clean, fold

Numbered = tuple[int, Claim]
_ByName = Mapping[str, Numbered]


def shared_voice(claim: Claim, number: int, other: Claim, origin: str) -> str:
    """Why a claim is one voice with another of that number, by what both are said to go back to."""
    counted = [fold(each.counted_with) for each in (claim, other) if each.counted_with]
    if counted and fold(stated_origin(claim)) == fold(stated_origin(other)):
        origin = stated_origin(claim)
    elif counted:
        source = clean(other.statement.source)
        names = [*counted, *(fold(each.statement.source) for each in (claim, other))]
        if len(set(names)) == len(names):
            return f"counts as the voice of {clean(origin)}, as claim {number}, of {source}, does"
        return f"counted as one voice with claim {number}, of {source}: they make the same errors"
    return f"shares its origin with claim {number}: {clean(origin)}"


def _voices(
    claims: Sequence[Numbered], *, differing: bool
) -> tuple[_ByName, Mapping[str, Sequence[Numbered]]]:
    """The claims that are one voice each, by who says it and by whom that goes back to.

    No name is heard twice: a source has its own figure or one that it cites, not both; of those
    that several cite it is the newest, then the one that was logged last. Where two of those
    differ, the first is heard if `differing` ones may be; else none, and they come by themselves.
    """
    heard: dict[str, Numbered] = {}
    for each in claims:
        if not heard.keys().isdisjoint(_names(each)):
            break
        heard |= dict.fromkeys(_names(each), each)
    else:
        return heard, {}

    def order(each: Numbered) -> tuple[bool, Days, float]:
        recorded = each[1].recorded
        return *precedence(each[1]), recorded.timestamp() if recorded else 0.0

    heard, torn = {}, dict[str, Sequence[Numbered]]()
    for _, alike in groupby(sorted(claims, key=order, reverse=True), order):
        free = [e for e in alike if not any(n in heard or n in torn for n in _names(e))]
        of: dict[str, list[Numbered]] = {}
        for each in free:
            for name in {*_names(each)}:
                of.setdefault(name, []).append(each)
        if not differing:
            free.sort(key=_exactest)
            torn |= {name: some for name, some in of.items() if len(some) > 1 and _differ(some)}
        for each in free:
            if not any(name in heard or name in torn for name in _names(each)):
                heard |= dict.fromkeys(_names(each), each)
    return heard, torn


def _names(each: Numbered) -> tuple[str, str]:
    return fold(each[1].statement.source), origin_of(each[1])


def _differ(claims: Sequence[Numbered]) -> bool:
    """Whether they are not one figure: a number in every range that is given, or one range."""
    unit = claims[0][1].estimate.unit
    ends = {_ends(claim.estimate, unit) for _, claim in claims}
    exact = {low for low, high in ends if low == high}
    if len(exact) != 1:
        return len(ends) > 1
    (one,) = exact
    return not all(low <= one <= high for low, high in ends)


def _ends(said: Estimate, unit: str | None) -> tuple[Decimal, Decimal]:
    """The ends of a closed figure in a unit: of one that names a number, that."""
    low, high = (
        number(said.best if said.best is not None else end, said.unit, unit)
        for end in (said.low, said.high)
    )
    assert low is not None
    assert high is not None
    return low, high


def _exactest(each: Numbered) -> tuple[bool, tuple[str, str], bool, str]:
    """What comes before the others of one figure: a number, and one that states its error."""
    said = each[1].estimate
    low, high = _ends(said, said.unit)
    return low != high, _names(each), said.plus is None, each[1].said


def voices_in(claims: Sequence[Numbered], *, differing: bool = False) -> int:
    """How many voices some claims are; with one of each that gives `differing` figures at once."""
    return len({number for number, _ in _voices(claims, differing=differing)[0].values()})


def unheard(
    claims: Sequence[Numbered], given: Mapping[int, Claim], *, differing: bool
) -> Callable[[Numbered], str | None]:
    """Why a claim is no voice of its own: its source is heard already, or whom it cites.

    Of a source that gives `differing` figures at once the first is heard if those may be, or none.
    """
    heard, torn = _voices(claims, differing=differing)

    def why(each: Numbered) -> str | None:
        source, origin = each[1].statement.source, named_origin(each[1])
        name = next((name for name in (origin, source) if fold(name) in heard), None)
        if name is None:
            name = next(name for name in (source, origin) if fold(name) in torn)
            return _torn(each, name, torn[fold(name)])
        first, other = heard[fold(name)]
        if first == each[0]:
            return None
        if fold(other.statement.source) == fold(source):
            return f"another figure of the same source is taken: claim {first}"
        return shared_voice(given[each[0]], first, given[first], name)

    return why


def _torn(each: Numbered, name: str, some: Sequence[Numbered]) -> str:
    """That there are two figures of one voice, and nothing tells which of them stands."""
    own_first = sorted(some, key=lambda one: one[0] != each[0])
    one, other = next(pair for pair in combinations(own_first, 2) if _differ(pair))
    if each[1].counted_with and one[0] == each[0]:
        source = clean(other[1].statement.source)
        return (
            f"counted as one voice with claim {other[0]}, of {source}, which gives another figure"
        )
    first, second = sorted((one[0], other[0]))
    if other[1].counted_with:
        return f"two figures of one voice, neither of them later: claims {first} and {second}"
    return f"two figures of {clean(name)}, neither of them later: claims {first} and {second}"


def recency(claim: Claim) -> Days:
    """The last and first day of a figure, or the day an undated one was logged."""
    days = days_of(claim.statement.when)
    if days is not None:
        return days[1], days[0]
    logged = claim.recorded.toordinal() if claim.recorded else 0
    return logged, logged


def precedence(claim: Claim) -> tuple[bool, Days]:
    """What comes before the others of one origin: its own claim, then the newest."""
    return speaks_itself(claim), recency(claim)


def named_origin(claim: Claim) -> str:
    """Whom it goes back to, or is counted with: the source itself, if nobody."""
    return claim.counted_with or stated_origin(claim)


def stated_origin(claim: Claim) -> str:
    """Whom it is said to go back to."""
    return claim.voice or claim.statement.source


def origin_of(claim: Claim) -> str:
    """The folded name of whom it goes back to, or is counted with."""
    return fold(named_origin(claim))


def speaks_itself(claim: Claim) -> bool:
    """Whether the source speaks for itself."""
    return origin_of(claim) == fold(claim.statement.source)
