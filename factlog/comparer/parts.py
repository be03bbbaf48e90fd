"""Parts of one source that are more than the whole of another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from itertools import product

from factlog.comparer import pair_search
from factlog.comparer.pair_bounds import Node, Ways, may_exceed, node
from factlog.comparer.pair_counts import Group, widened
from factlog.comparer.pair_search import searched
from factlog.comparer.sides import SourceFigure, grouped, in_unit
from factlog.comparer.verdicts import ENDS, Pair, Rules, ends, exceeds, pair
from factlog.findings import Verdict
from factlog.policy import Kind
from factlog.values import replace, replacing


def as_parts(found: Iterable[SourceFigure], wholes: Group, rules: Rules) -> list[SourceFigure]:
    """Sides of other measures, in the units of a whole's sides, placed after them."""
    units = {whole.dimension: whole.side.unit for whole in wholes}
    measured = [each for each in found if not each.check and each.dimension in units]
    if not measured:
        return []
    measured.sort(key=lambda each: (each.side.measure, each.place))
    percents = {whole.dimension: whole.percent for whole in wholes}
    sides = [in_unit(each.side, units[each.dimension]) for each in measured]
    placing = replacing(SourceFigure, "side", "place", *ENDS)
    return [
        placing(each, side, place, *ends(side, rules, percent=percents[each.dimension]))
        for place, (each, side) in enumerate(zip(measured, sides, strict=True), len(wholes))
    ]


def paired(whole: SourceFigure, part: SourceFigure, rules: Rules) -> Pair | None:
    """The pair a whole and another source's part make, if the whole cannot hold the part."""
    return (
        pair(whole, part, Verdict.CONFLICT, "part", rules) if exceeds(whole, part, rules) else None
    )


def count(wholes: Group, parts: Group, rules: Rules) -> int:
    """How many parts are more than another source's whole, by sweeping."""
    wholes = [whole for whole in wholes if whole.judged]
    parts = [part for part in parts if part.judged]
    cells = _alike(wholes, parts, lambda e: (e.scope, e.dimension))
    return sum(_cell(lower, higher, rules) for lower, higher in cells)


def _cell(wholes: Group, parts: Group, rules: Rules) -> int:
    """Those of one scope and dimension; two measurements are judged by themselves."""
    swept = _free(wholes, parts, rules)
    measured = [whole for whole in wholes if whole.measurement]
    others = [part for part in parts if part.measurement]
    if not (measured and others):
        return swept
    judged = _free(measured, others, replace(rules, by_errors=True))
    return swept - _free(measured, others, rules) + judged


def _free(wholes: Group, parts: Group, rules: Rules) -> int:
    """Pairs of different sources that do not go back to one origin."""

    def counted(key: Callable[[SourceFigure], Hashable]) -> int:
        return sum(_exceeding(*each, rules) for each in _alike(wholes, parts, key))

    same = counted(lambda e: e.source) + counted(lambda e: e.origin)
    return _exceeding(wholes, parts, rules) - same + counted(lambda e: (e.source, e.origin))


def _alike(
    wholes: Group, parts: Group, key: Callable[[SourceFigure], Hashable]
) -> list[tuple[Group, Group]]:
    """Wholes and parts alike in something, where there are both."""
    alike = grouped(wholes, key)
    return [(alike[k], group) for k, group in grouped(parts, key).items() if k in alike]


def _exceeding(wholes: Group, parts: Group, rules: Rules) -> int:
    """All pairs of a whole and a part beyond it that the dates let be compared."""
    beyond = widened(rules)
    if rules.kind is not Kind.CUMULATIVE:
        same = _alike(wholes, parts, lambda e: e.days)
        return sum(beyond.below(lower, higher) for lower, higher in same)
    dated, later = ([each for each in some if each.days] for some in (wholes, parts))
    undated, loose = ([each for each in some if not each.days] for some in (wholes, parts))
    earlier = beyond.below_before(
        *(dated, [-whole.days[0] for whole in dated if whole.days]),
        *(later, [1 - part.days[1] for part in later if part.days]),
    )
    return earlier + beyond.below(undated, parts) + beyond.below(dated, loose)


def worst(wholes: Group, parts: Group, rules: Rules, wanted: int) -> list[Pair]:
    """The worst of those pairs, in the order they are listed."""
    if len(wholes) * len(parts) <= pair_search.FEW**2 or wanted > len(wholes) * len(parts) // 8:
        every = (paired(whole, part, rules) for whole, part in product(wholes, parts))
        return sorted((each for each in every if each), key=lambda each: each.key)[:wanted]

    def ways(one: Node, other: Node) -> Ways:
        return [(one, other)] if may_exceed(one, other, rules) else []

    too_much = partial(paired, rules=rules)
    return searched(node(wholes), node(parts), ways, too_much, Verdict.CONFLICT, wanted)
