"""How figures are taken by the screens that pass over subjects without a conflict.

Every figure is taken for a little less than it allows, so that no conflict is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from factlog import measures as vocabulary
from factlog import units
from factlog.policy import Kind, Measure, Policy
from factlog.values import dataclass

# A share of each number, by which binary arithmetic cannot be off.
SLACK = "1e-9"
_STANDARD_ERROR = "cast(coverage as double precision) between 0.6829999 and 0.6830001"


def low(policy: Policy, wide: str) -> str:
    """The lower end; null where there is none. `wide` is 0 where percent widening is kept off.

    An end that is itself excluded lies a little further in, and so does one that binary numbers
    may not hold exactly. Of a number alone the two it lies between are known: the upper one
    is taken here, and the lower one for its upper end.
    """
    about = _about(policy, wide)
    return f"""case
      when hedge = 'exact' and side is null then high
      when hedge = 'plus_minus' then {_in(f"best - {_arms(policy)} * below")}
      when side = 'below' and hedge = 'less_than' then {_in(f"high - abs(high) * {about}")}
      when side = 'below' and best < 0 then {_in("best")}
      when side = 'below' then {_in(f"best - abs(best) * {about}")}
      when hedge = 'about' then {_in(f"low - abs(low) * {about}")}
      when hedge in ('at_most', 'less_than') and unit is null and high >= 0 then 0.0
      else {_in("low")} end"""


def high(policy: Policy, wide: str) -> str:
    """The upper end; null where there is none."""
    about = _about(policy, wide)
    return f"""case
      when hedge = 'exact' and side is null then low
      when hedge = 'plus_minus' then {_in(f"best + {_arms(policy)} * above", "-")}
      when side = 'above' then {_in(f"low + abs(low) * {about}", "-")}
      when side = 'below' and best < 0 and hedge <> 'less_than'
        then {_in(f"best + abs(best) * {about}", "-")}
      when side = 'below' and hedge <> 'less_than' then {_in("best", "-")}
      when hedge = 'about' then {_in(f"high + abs(high) * {about}", "-")}
      else {_in("high", "-")} end"""


def _in(end: str, sign: str = "+") -> str:
    """A little further in."""
    return f"({end}) {sign} abs({end}) * {SLACK} {sign} 1e-300"


def _about(policy: Policy, wide: str) -> str:
    """How far a hedge widens; half of a last digit, which SQL does not see, counts as nothing."""
    return "0.0" if policy.about is None else f"{float(policy.about)!r} * {wide}"


def _arms(policy: Policy) -> str:
    """How many of its arms a figure with a ± is taken to reach, never more than it is judged by.

    Two that state their uncertainty are in conflict where they are further apart than so many
    times the root of their squares, which is at least so many times their sum by root 2.
    """
    apart = float(max(policy.sigmas, policy.near_sigmas)) / 1.41421357
    one, ninety_five = min(float(policy.sigmas), apart), min(1.0, apart / 1.9599640)
    return f"""case
        when {_STANDARD_ERROR} then {one!r}
        when cast(coverage as double precision) between 0.9499999 and 0.9500001
          then {ninety_five!r}
        when coverage is null then 1.0
        else 0.0 end"""


_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class UnitScale:
    """A unit as so many of its dimension's first one: number * factor + shift.

    `percent` is False for a dimension that has a zero of its own, which percent widening
    does not touch.
    """

    unit: str
    dimension: int
    factor: float
    shift: float
    percent: bool


def scales(names: Iterable[str]) -> tuple[UnitScale, ...]:
    """A scale for each unit; dimensions are numbered from 1, as figures without a unit are 0."""
    dimensions: list[list[str]] = []
    for unit in names:
        alike = next((each for each in dimensions if units.comparable(each[0], unit)), None)
        if alike is None:
            dimensions.append([unit])
        else:
            alike.append(unit)
    return tuple(
        _scale(unit, number, alike)
        for number, alike in enumerate(dimensions, start=1)
        for unit in alike
    )


def _scale(unit: str, number: int, alike: list[str]) -> UnitScale:
    percent = not any(map(units.offset, alike))
    shift = units.convert(_ZERO, unit, alike[0])
    factor = units.convert(_ONE, unit, alike[0]) - shift
    return UnitScale(unit, number, float(factor), float(shift), percent)


@dataclass(frozen=True, slots=True)
class NameRule:
    """How the figures recorded under one name are judged.

    Names of one measure share a `member`, and a whole with all its parts a `family`.
    """

    measure: object
    family: int
    member: int
    kind: Kind
    tolerance: float
    window: int


def rules(
    names: Mapping[object, str], measures: Iterable[Measure], policy: Policy
) -> tuple[NameRule, ...]:
    """A rule for each name, given by how the record refers to it, that is not like most.

    Most names are alone in their measure, which is constant and has no tolerance of its own.
    """
    known = tuple(measures)
    resolved = {key: vocabulary.resolve(name, known) for key, name in names.items()}
    members = {name: place for place, name in enumerate(dict.fromkeys(resolved.values()))}
    families = _families(known)
    sizes: dict[str, int] = {}
    for name in resolved.values():
        sizes[name] = sizes.get(name, 0) + 1
    defined = {vocabulary.resolve(measure.name, known) for measure in known}
    return tuple(
        _rule(key, vocabulary.find(name, known), members, families, policy)
        for key, name in resolved.items()
        if name in defined or name in families or sizes[name] > 1
    )


def _rule(
    key: object,
    measure: Measure,
    members: dict[str, int],
    families: dict[str, str],
    policy: Policy,
) -> NameRule:
    head = families.get(measure.name, measure.name)
    family = members.setdefault(head, len(members))
    tolerance = policy.tolerance if measure.tolerance is None else measure.tolerance
    window = policy.window_days if measure.window is None else measure.window
    return NameRule(key, family, members[measure.name], measure.kind, float(tolerance), window)


def _families(measures: tuple[Measure, ...]) -> dict[str, str]:
    """The one name that a whole, its parts and theirs are all grouped under."""
    heads: dict[str, str] = {}

    def head(name: str) -> str:
        while heads.get(name, name) != name:
            name = heads[name]
        return name

    for measure in measures:
        for part in measure.parts:
            one, other = head(measure.name), head(vocabulary.resolve(part, measures))
            heads[other] = heads.setdefault(one, one)
    return {name: head(name) for name in heads}
