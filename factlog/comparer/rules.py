"""The table of verdicts: every rule once, in the order they are asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations

from factlog.comparer import reasons, sentences
from factlog.comparer.pair_counts import (
    Count,
    Group,
    foreign,
    free,
    fresh_pairs,
    groups,
    grown_pairs,
    pairs,
    pairs_apart,
    pairs_beyond,
    stale_pairs,
    within,
)
from factlog.comparer.reasons import Case
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import (
    Pair,
    Rules,
    contradicts_itself,
    exceeds,
    facing,
    fallen,
    grown,
    meeting,
    near,
    pair,
    stale,
)
from factlog.figure_wording import sum_of
from factlog.findings import Counts, Finding, MeasureComparison, Verdict
from factlog.policy import Kind
from factlog.values import dataclass, replace

Test = Callable[[SourceFigure, SourceFigure, Rules], bool]
# How many pairs a rule fires on, of those that no rule above it does: of figures by scope and
# dimension.
Sweep = Callable[[Sequence[Group], Rules, int], int]
_Voices = Callable[[Group, Rules, Count], int]


def _those(voices: _Voices, counted: Count) -> Sweep:
    return lambda cells, rules, _: sum(voices(cell, rules, counted) for cell in cells)


def _all_but(voices: _Voices, counted: Count) -> Sweep:
    kept = _those(voices, counted)
    return lambda cells, rules, left: left - kept(cells, rules, left)


def _other_dimension(cells: Sequence[Group], rules: Rules, left: int) -> int:
    alike = groups(chain.from_iterable(cells), lambda figure: figure.dimension)
    return left - sum(foreign(group, rules, pairs) for group in alike)


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One rule of the table of verdicts.

    `says` is the rule, `count` the field of the counts it adds to, `fires` its sentence for a
    pair and `otherwise` the reason it did not fire. `test` asks it of two figures, the lower
    first (of a whole and a part, the whole first), once no rule above it has fired; None where
    it takes a source's whole record. `within` is True for what is judged otherwise than
    between two sources' figures of the measure. `sweep` counts what `test` would fire on among
    many, without asking it of each pair; None where the rule below counts it too. `able` says
    whether `test` may fire on any two of some figures: where it cannot, none are asked about.
    """

    verdict: Verdict
    kind: str | None
    says: str
    count: str
    fires: Callable[[Pair, Rules], str]
    otherwise: Callable[[Case], str]
    test: Test | None
    sweep: Sweep | None = None
    within: bool = False
    able: Callable[[Group, Rules], bool] = lambda *_: True


def _in_time(_: Group, rules: Rules) -> bool:
    return rules.kind in (Kind.LEVEL, Kind.FLOW)


def _growing(_: Group, rules: Rules) -> bool:
    return rules.kind is Kind.CUMULATIVE


RULES = (
    VerdictRule(
        Verdict.NOT_COMPARED,
        "unit",
        "figures of different dimensions are not compared",
        count="unit",
        fires=sentences.unit,
        otherwise=reasons.no_unit,
        test=lambda one, other, _: one.dimension != other.dimension,
        sweep=_other_dimension,
        able=lambda figures, _: len({each.dimension for each in figures}) > 1,
    ),
    VerdictRule(
        Verdict.NOT_COMPARED,
        "scope",
        "figures that counted different things are not compared",
        count="scope",
        fires=sentences.scope,
        otherwise=reasons.no_scope,
        test=lambda one, other, _: one.scope != other.scope,
        sweep=_all_but(foreign, pairs),
        able=lambda figures, _: len({each.scope for each in figures}) > 1,
    ),
    VerdictRule(
        Verdict.NOT_COMPARED,
        "stale",
        "figures of times too far apart are not compared",
        count="stale",
        fires=sentences.stale,
        otherwise=reasons.no_stale,
        test=stale,
        sweep=_those(foreign, stale_pairs),
        able=_in_time,
    ),
    VerdictRule(
        Verdict.ECHO,
        None,
        "figures that go back to one origin are one voice",
        count="echo",
        fires=sentences.echo,
        otherwise=reasons.no_echo,
        test=lambda one, other, _: one.origin == other.origin,
        sweep=_all_but(free, fresh_pairs),
        able=lambda figures, _: len({each.origin for each in figures}) < len(figures),
    ),
    VerdictRule(
        Verdict.AGREE,
        None,
        "figures whose readings overlap agree",
        count="agree",
        fires=sentences.agree,
        otherwise=reasons.no_agree,
        test=meeting,
        sweep=_all_but(free, pairs_apart),
    ),
    VerdictRule(
        Verdict.NEAR,
        None,
        "figures that meet once each is widened by the tolerance are near",
        count="near",
        fires=sentences.near,
        otherwise=reasons.no_near,
        test=near,
        sweep=_all_but(free, pairs_beyond),
    ),
    VerdictRule(
        Verdict.GROWTH,
        None,
        "a running total that is higher later has grown",
        count="growth",
        fires=sentences.growth,
        otherwise=reasons.no_growth,
        test=grown,
        sweep=_those(free, grown_pairs),
        able=_growing,
    ),
    VerdictRule(
        Verdict.CONFLICT,
        "backwards",
        "a running total that is higher earlier cannot be right",
        count="conflict",
        fires=sentences.backwards,
        otherwise=reasons.no_backwards,
        test=fallen,
        able=_growing,
    ),
    VerdictRule(
        Verdict.CONFLICT,
        "disjoint",
        "figures that no number satisfies cannot both be right",
        count="conflict",
        fires=sentences.disjoint,
        otherwise=reasons.no_disjoint,
        test=lambda *_: True,
        sweep=lambda _cells, _rules, left: left,
    ),
    VerdictRule(
        Verdict.CONFLICT,
        "self",
        "one source cannot give two figures for one date",
        count="self",
        fires=sentences.own_two,
        otherwise=reasons.no_self,
        test=contradicts_itself,
        within=True,
    ),
    VerdictRule(
        Verdict.REVISED,
        None,
        "a source may take back its own earlier figure",
        count="revised",
        fires=sentences.revised,
        otherwise=reasons.no_revised,
        test=None,
        within=True,
    ),
    VerdictRule(
        Verdict.CONFLICT,
        "sum",
        "a whole must be what its own parts add up to",
        count="sum",
        fires=sentences.misfit,
        otherwise=reasons.no_sum,
        test=None,
        within=True,
    ),
    VerdictRule(
        Verdict.CONFLICT,
        "part",
        "one source's part cannot be more than another's whole",
        count="part",
        fires=sentences.part,
        otherwise=reasons.no_part,
        test=exceeds,
        within=True,
    ),
)

_ACROSS = tuple((rule, rule.test) for rule in RULES if rule.test and not rule.within)
# Kinds of `revised` are one rule.
_BY_NAME = {(rule.verdict, rule.kind): rule for rule in RULES}
SELF = _BY_NAME[Verdict.CONFLICT, "self"]


def rule_of(verdict: Verdict, kind: str | None) -> VerdictRule:
    """The rule that a verdict of a kind comes from."""
    return _BY_NAME[verdict, None if verdict is Verdict.REVISED else kind]


def judge(one: SourceFigure, other: SourceFigure, rules: Rules) -> VerdictRule | None:
    """The rule that fires on two figures of one measure; None if the table has nothing to say."""
    if one.source == other.source:
        return SELF if contradicts_itself(*facing(one, other), rules) else None
    if not (one.judged and other.judged):
        return None
    lower, higher = facing(one, other)
    for rule, test in _ACROSS:
        if test(lower, higher, rules):
            return rule
    return None


Judged = tuple[VerdictRule, SourceFigure, SourceFigure]


def judge_all(figures: Sequence[SourceFigure], rules: Rules) -> Mapping[str, list[Judged]]:
    """Every two figures of one measure on which a rule fires, by what that counts as."""
    able = [(rule, test) for rule, test in _ACROSS if rule.able(figures, rules)]
    found: defaultdict[str, list[Judged]] = defaultdict(list)
    for one, other in combinations(figures, 2):
        if one.source == other.source:
            if judge(one, other, rules):
                found[SELF.count].append((SELF, one, other))
        elif one.judged and other.judged:
            lower, higher = facing(one, other)
            for rule, test in able:
                if test(lower, higher, rules):
                    found[rule.count].append((rule, one, other))
                    break
    return found


def count(figures: Group, rules: Rules) -> Counts:
    """What all pairs of figures of one measure come to; of measurements alone by their errors."""
    counts, by_errors = _swept(figures, rules), replace(rules, by_errors=True)
    for cell in _cells(figure for figure in figures if figure.measurement):
        if len(cell) > 1:
            counts = counts - _swept(cell, rules) + _swept(cell, by_errors)
    return counts


def _cells(figures: Iterable[SourceFigure]) -> list[list[SourceFigure]]:
    return groups(figures, lambda figure: (figure.dimension, figure.scope))


def _swept(figures: Group, rules: Rules) -> Counts:
    """What all pairs come to by their readings: each rule counts those that got so far."""
    judged = [figure for figure in figures if figure.judged]
    cells = _cells(judged)
    left = foreign(judged, rules, pairs)
    fired = {SELF.count: within(figures, rules)}
    for rule in RULES:
        if rule.sweep:
            fired[rule.count] = rule.sweep(cells, rules, left)
            left -= fired[rule.count]
    return Counts(**fired)


def paired(
    one: SourceFigure, other: SourceFigure, rules: Rules, verdict: Verdict | None = None
) -> Pair | None:
    """The pair two figures of one measure make; None if the table has nothing to say, or not
    the verdict that is looked for.
    """
    rule = judge(one, other, rules)
    if rule is None or (verdict is not None and rule.verdict is not verdict):
        return None
    return pair(one, other, rule.verdict, rule.kind, rules)


def why(found: Pair, rules: Rules) -> str:
    """One plain sentence, with the numbers, for a finding."""
    said = rule_of(found.verdict, found.kind).fires(found, rules)
    if found.verdict is not Verdict.NOT_COMPARED:
        said += sentences.undated(found)
    for party in found.figures:
        if party.side.derived:
            said += f"; {sum_of(party.side)}"
    return said


def finding(found: Pair, places: Mapping[int, int], rules: Rules, *, reason: bool) -> Finding:
    """A pair as it is told, of sides some of which stand at other `places`."""
    one, other = (places.get(each.place, each.place) for each in found.figures)
    away, none = found.distance, found.verdict is Verdict.NOT_COMPARED
    return Finding(
        *(found.verdict, found.kind, (one, other)),
        *(None if none else away.gap, away.ratio, away.break_even),
        why(found, rules) if reason else "",
        None if none else found.sigmas,
    )


_COUNTS = {
    verdict: tuple(dict.fromkeys(rule.count for rule in RULES if rule.verdict is verdict))
    or (verdict.value,)
    for verdict in Verdict
}


def how_many(counts: Counts, verdict: Verdict) -> int:
    """How many findings a verdict has."""
    return sum(int(getattr(counts, name)) for name in _COUNTS[verdict])


def times(rule: VerdictRule, found: MeasureComparison) -> int:
    """How often a rule fired; of several kinds the counts hold together, those spelled out."""
    if rule.count != "conflict":
        return int(getattr(found.counts, rule.count))
    kinds = Counter(
        f.kind for f in found.findings if rule_of(f.verdict, f.kind).count == "conflict"
    )
    if found.kind is not Kind.CUMULATIVE and len(kinds) < 2:
        return found.counts.conflict if rule.kind == next(iter(kinds), "disjoint") else 0
    return kinds[rule.kind]


def reason(rule: VerdictRule, case: Case) -> str:
    """Why a rule did not fire."""
    sources = {side.source for side in case.own}
    if len(sources) == 1 and not rule.within:
        return f"{sources.pop()} is the only source"
    return rule.otherwise(case)
