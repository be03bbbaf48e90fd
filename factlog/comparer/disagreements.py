"""Disagreements: all conflicts of two sources on one measure, told once, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from factlog.claim import Period
from factlog.comparer import parts as part_pairs
from factlog.comparer.camps import contested
from factlog.comparer.pair_counts import Group, count
from factlog.comparer.pair_search import Node, Ways, node, possible, searched, worst
from factlog.comparer.rules import paired
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Pair, Rules
from factlog.findings import Verdict
from factlog.values import dataclass

# Up to so many pairs are all tried; beyond, pairs of sources are looked into one by one,
# and beyond so many of those only the ones with the worst conflicts.
MOST_PAIRS = 80_000
MOST_SOURCES = 60
_LOOKED_AT = 200
# So many of the worst pairs of two sources are kept, one of them to be shown.
_KEPT = 8
# No claim is the worst of more than so many shown.
_SHOWN = 2

_Sources = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dispute:
    """The conflicts of two sources: how many, from when to when, and the worst, worst first.

    `repeats` says that the worst rests on claims told of often enough.
    """

    count: int
    first: Period | None
    last: Period | None
    worst: tuple[Pair, ...]
    repeats: bool = False


def disputes(figures: Group, parts: Group, rules: Rules) -> list[Dispute]:
    """Every two sources that contradict each other, those to be shown first.

    Where there are very many sources, those with the worst conflicts only.
    """
    if len(figures) * (len(figures) // 2 + len(parts)) <= MOST_PAIRS:
        found = _all(figures, parts, rules)
    else:
        found = _by_sources(figures, rules)
    return _in_order(sorted(found, key=lambda each: each.worst[0].key))


def _in_order(found: Sequence[Dispute]) -> list[Dispute]:
    """Those whose worst pair rests on no claim told of twice already, then the others."""
    told: dict[int, int] = {}
    shown, others = [], []
    for each in found:
        fresh = next((n for n, made in enumerate(each.worst) if _fresh(made, told)), None)
        if fresh is None:
            others.append(replace(each, repeats=True))
            continue
        chosen = each.worst[fresh]
        for number in _claims(chosen):
            told[number] = told.get(number, 0) + 1
        shown.append(replace(each, worst=(chosen,)))
    return [*shown, *others]


def _fresh(made: Pair, told: dict[int, int]) -> bool:
    return all(told.get(number, 0) < _SHOWN for number in _claims(made))


def _claims(made: Pair) -> set[int]:
    return {number for figure in made.figures for number in figure.side.claims}


def _all(figures: Group, parts: Group, rules: Rules) -> list[Dispute]:
    """By judging every pair."""
    by_sources: dict[_Sources, list[Pair]] = {}
    made = [paired(one, other, rules) for one, other in combinations(figures, 2)]
    made += [part_pairs.paired(whole, part, rules) for whole in figures for part in parts]
    for each in made:
        if each and each.verdict is Verdict.CONFLICT and each.lower.source != each.higher.source:
            by_sources.setdefault(_sources(each), []).append(each)
    return [
        _dispute(len(pairs), [figure for each in pairs for figure in each.figures], pairs)
        for pairs in by_sources.values()
    ]


def _sources(made: Pair) -> _Sources:
    one, other = sorted((made.lower.source, made.higher.source))
    return one, other


def _dispute(how_many: int, rivals: Iterable[SourceFigure], pairs: Iterable[Pair]) -> Dispute:
    dated = [figure.side.when for figure in rivals if figure.side.when]
    return Dispute(
        how_many,
        min(dated, key=lambda each: each.days, default=None),
        max(dated, key=lambda each: each.days[::-1], default=None),
        tuple(sorted(pairs, key=lambda each: each.key)[:_KEPT]),
    )


def _by_sources(figures: Group, rules: Rules) -> list[Dispute]:
    """By counting the conflicts of two sources at a time."""
    own: dict[str, list[SourceFigure]] = {}
    for figure in figures:
        if figure.judged:
            own.setdefault(figure.source, []).append(figure)
    if len(own) <= MOST_SOURCES:
        chosen: Iterable[_Sources] = combinations(sorted(own), 2)
    else:
        judged = [figure for group in own.values() for figure in group]
        found = worst(judged, rules, Verdict.CONFLICT, _LOOKED_AT)
        chosen = dict.fromkeys(_sources(e) for e in found if e.lower.source != e.higher.source)
    looked = (_between(own[one], own[other], rules) for one, other in chosen)
    return [each for each in looked if each]


def _between(one: Group, other: Group, rules: Rules) -> Dispute | None:
    """What two sources' figures come to."""
    both = [*one, *other]
    how_many = count(both, rules).conflict
    if not how_many:
        return None

    def ways(these: Node, those: Node) -> Ways:
        return possible(these, those, Verdict.CONFLICT, rules)

    def conflicts(first: SourceFigure, second: SourceFigure) -> Pair | None:
        made = paired(first, second, rules)
        return made if made and made.verdict is Verdict.CONFLICT else None

    found = searched(node(one), node(other), ways, conflicts, Verdict.CONFLICT, _KEPT)
    return _dispute(how_many, contested(both, rules), found)
