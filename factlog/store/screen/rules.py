"""What the screen has to know of measures: which are judged together, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from factlog import vocabulary
from factlog.comparison import Kind, Measure, Policy


@dataclass(frozen=True, slots=True)
class Rule:
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
) -> tuple[Rule, ...]:
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
        if name in defined or sizes[name] > 1
    )


def _rule(
    key: object,
    measure: Measure,
    members: dict[str, int],
    families: dict[str, str],
    policy: Policy,
) -> Rule:
    head = families.get(measure.name, measure.name)
    family = members.setdefault(head, len(members))
    tolerance = policy.tolerance if measure.tolerance is None else measure.tolerance
    window = policy.window_days if measure.window is None else measure.window
    return Rule(key, family, members[measure.name], measure.kind, float(tolerance), window)


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
