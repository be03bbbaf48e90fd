"""Explaining: which rules led to a verdict, which did not, and what would change it.

Also what the comparison took for granted that nobody stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from factlog.answers import Explanation, MeasureExplanation, RepeatedErrors, Rule
from factlog.claim import Claim, Hedge, Period
from factlog.comparer.comparison import Selection, Vocabulary, compared
from factlog.comparer.decided import by_measure, by_name, with_decisions, with_profiles
from factlog.comparer.definitions import Definitions, with_definitions
from factlog.comparer.hints import with_hints
from factlog.comparer.reasons import KINDS, Case
from factlog.comparer.rules import RULES, VerdictRule, reason, rule_of, times
from factlog.comparer.verdicts import rules_for
from factlog.decision import Decision
from factlog.errors import NotFound
from factlog.figure_wording import claims, figure, sum_of
from factlog.findings import (
    Comparison,
    Finding,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.names import close, fold
from factlog.policy import EXACT, STANDARD_ERROR, Kind, Measure, Policy
from factlog.profile import SourceProfile
from factlog.wording import least, level, number, owner, percent, span, when


def assumptions(case: Case, policy: Policy) -> tuple[str, ...]:
    """Everything one measure's comparison took for granted, a sentence each."""
    said = [*_kind(case), *_dates(case), *_sums(case), *_readings(case, policy), *_older(case)]
    return tuple(dict.fromkeys(said))


def _kind(case: Case) -> Iterator[str]:
    name = case.found.measure or "the measure"
    if case.rules.kind is Kind.CONSTANT:
        yield f"{name} is taken for a constant: one number, whatever the date"
    else:
        yield f"{name} is taken for {KINDS[case.rules.kind]}"


def _dates(case: Case) -> Iterator[str]:
    for side in case.own:
        whose = f"{owner(side.source)} {side.said} ({claims(side)})"
        if side.when is None:
            yield f"{whose} has no date, so it is compared whatever the other's date"
        elif side.as_of is None:
            yield (
                f"{whose} gives no date of its own; "
                f"it was published {when(side.when)}, and that is taken as its date"
            )


def _sums(case: Case) -> Iterator[str]:
    parts = " + ".join(case.measure.parts)
    stated = {_date(side) for side in case.own if not side.derived}
    for side in case.own:
        if side.derived and _date(side) in stated:
            whose = owner(side.source)
            yield f"{whose} own {case.found.measure} is only checked by {sum_of(side)}"
        elif side.derived:
            whose = f"{owner(side.source)} {case.found.measure}"
            dated = f" {when(side.when)}" if side.when else ""
            yield f"{whose}{dated} is taken as {parts}: {sum_of(side)}"


def _date(side: Side) -> tuple[object, ...]:
    days = side.when.days if side.when else None
    return side.source, side.scope, side.unit, days


def _readings(case: Case, policy: Policy) -> Iterator[str]:
    """How hedges are read, with the first figure each applies to."""
    seen: set[Hedge] = set()
    for side in case.own:
        if side.hedge not in seen and not side.derived:
            seen.add(side.hedge)
            how = _reading(side, policy)
            if how:
                yield f"{how} ({_read(side)}, {claims(side)})"


def _read(side: Side) -> str:
    """The words of a figure and, unless it is open, how they read."""
    if side.reading.low is None or side.reading.high is None:
        return side.said
    return f"{side.said}: {span(side.reading, side.unit)}"


def _reading(side: Side, policy: Policy) -> str:
    under = f"under the {policy.name} policy"
    if side.hedge is Hedge.ABOUT:
        return f"a hedge such as about {_width(policy)} {under}"
    if side.hedge is Hedge.PLUS_MINUS and side.coverage != STANDARD_ERROR:
        return f"an interval ({level(side.coverage)}) reads as it was stated"
    if side.hedge is Hedge.PLUS_MINUS:
        return f"± one standard error reads as {policy.sigmas} of them {under}"
    if side.hedge is Hedge.VAGUE:
        return "a vague number is read as a range"
    if side.hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        return "where no upper limit is stated, none is assumed"
    if side.hedge in (Hedge.AT_MOST, Hedge.LESS_THAN):
        return "where no lower limit is stated, only that a count is never below zero is assumed"
    return ""


def _width(policy: Policy) -> str:
    if policy.about is None:
        return "stands for half a unit of its last significant digit either way"
    if not policy.about:
        return "means exactly"
    return f"means {percent(policy.about)} either way"


def _older(case: Case) -> Iterator[str]:
    older = [side for side in case.own if not side.current and not side.derived]
    if older and case.rules.kind is Kind.CONSTANT:
        yield "only each source's latest figure is compared with other sources"


def changes(case: Case) -> tuple[str, ...]:
    """What would change the worst finding, a sentence each; for one source, a second."""
    worst = case.worst
    if worst is None or case.found.verdict is Verdict.SINGLE:
        return ("a figure from a second source would give something to compare",)
    finding, low, high = worst
    if finding.verdict is Verdict.CONFLICT:
        return tuple(_of_conflict(case, finding, low, high))
    return (_OTHERWISE[finding.verdict],)


def _of_conflict(case: Case, finding: Finding, low: Side, high: Side) -> Iterator[str]:
    if finding.break_even:
        yield (
            f"errors of {least(finding.break_even)} in both {figure(low)} and "
            f"{figure(high)}, towards each other, would make them agree"
        )
    needed = case.needed
    if needed is not None and needed <= 1:
        yield f"a tolerance of {least(needed)} would make them near"
    yield from _of_hedges(low, high)
    yield from _of_dates(case, finding, low, high)
    if finding.kind == "self":
        yield "retracting one of the two figures would leave the other"
    elif finding.kind == "sum":
        yield "correcting the whole or its parts so that they fit would settle it"


def _of_hedges(low: Side, high: Side) -> Iterator[str]:
    """How widely a hedge would have to be read for the two to overlap."""
    about = [side for side in (low, high) if side.hedge is Hedge.ABOUT and side.best is not None]
    one, other = low.stated.high, high.stated.low
    if not about or one is None or other is None or not one < other:
        return
    room = sum((abs(side.best) for side in about if side.best is not None), Decimal(0))
    if room:
        width = EXACT.divide(EXACT.subtract(other, one), room)
        width = width.quantize(Decimal("1e-6"), ROUND_CEILING)
        yield f"reading about as {least(width)} either way would make them overlap"


def _of_dates(case: Case, finding: Finding, low: Side, high: Side) -> Iterator[str]:
    """Which other dates, or kind of measure, would make a conflict growth."""
    if finding.kind == "backwards":
        yield (
            f"if {owner(high.source)} {figure(high)} were for a day after {owner(low.source)} "
            f"({when(low.when)}), it would be growth"
        )
    elif finding.kind == "disjoint" and case.rules.kind is Kind.CUMULATIVE:
        yield f"a later date for {owner(high.source)} {figure(high)} would make it growth"
    elif finding.kind == "disjoint" and case.rules.kind is Kind.CONSTANT:
        yield "if it is a running total or a level, say so: the dates would then count"
    elif finding.kind == "disjoint" and case.rules.kind is Kind.LEVEL:
        days = number(Decimal(case.rules.window))
        yield f"dates more than the window of {days} days apart would not be compared"


_OTHERWISE = {
    Verdict.NEAR: "a smaller tolerance would make it a conflict, or growth where dates allow",
    Verdict.REVISED: "retracting the earlier figure would leave only the later one",
    Verdict.GROWTH: "if the higher figure were the earlier one, it would be a conflict",
    Verdict.ECHO: "if the sources had their numbers from different origins, they would be judged",
    Verdict.AGREE: "nothing short of a figure further off, or a narrower reading, would",
    Verdict.NOT_COMPARED: "figures of one unit, one scope and nearby dates would be compared",
}


_DEFAULT = Policy()
# So many findings of each verdict are looked at, so that each rule can show some.
_ENOUGH = 100


_FEW_OF_EACH = Selection(_ENOUGH, each=True, camps=False, disagreements=False)


def explain(
    record: Comparison | Iterable[Claim],
    subject: str | None = None,
    measure: str | None = None,
    *,
    policy: Policy = _DEFAULT,
    measures: Collection[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
    limit: int | None = 5,
    decisions: Iterable[Decision] = (),
    profiles: Iterable[SourceProfile] = (),
    definitions: Definitions | None = None,
    repeats: Collection[RepeatedErrors] = (),
) -> Explanation:
    """Say for every rule whether it fired and why, what was assumed, and what would change it.

    Takes claims, or a comparison already made (whose policy then counts). Without a `subject`
    the record must hold only one. `decisions`, `profiles`, `definitions` and `repeats` are told
    where they bear on it.
    """
    known = Vocabulary.of(measures)
    made = record if isinstance(record, Comparison) else _compared(record, policy, known, as_of)
    made = with_definitions(with_profiles(made, by_name(profiles)), definitions or {})
    made = with_decisions(made, by_measure(decisions))
    if repeats:
        from factlog.comparer.copy_hints import with_copies

        made = with_copies(made, repeats)
    chosen = _chosen(made.subjects, subject)
    wanted = None if measure is None else known.name(measure)
    kept = [each for each in chosen.measures if wanted is None or each.measure == wanted]
    if not kept:
        raise _no_measure(chosen, measure or "")
    explained = tuple(_explained(each, made.policy, known, limit) for each in kept)
    return Explanation(chosen.subject, made.policy, made.as_of, explained)


def _compared(
    claims: Iterable[Claim], policy: Policy, known: Vocabulary, as_of: Period | None
) -> Comparison:
    made = compared(claims, policy, known, _FEW_OF_EACH, as_of)
    return replace(made, subjects=tuple(with_hints(made.subjects)))


def _chosen(subjects: Sequence[SubjectComparison], name: str | None) -> SubjectComparison:
    """The subject selection about, or the only one there is."""
    if name is None and len(subjects) == 1:
        return subjects[0]
    for subject in subjects:
        if name is not None and fold(subject.subject) == fold(name):
            return subject
    names = [subject.subject for subject in subjects]
    if not names:
        raise NotFound("There are no claims to explain.", "Add claims first, or widen the filters.")
    if name is None:
        listed = ", ".join(names[:5])
        raise NotFound("Several subjects are on record.", f"Name one of them: {listed}.")
    near = close(name, names)
    remedy = f"Did you mean {near[0]}?" if near else f"Subjects on record: {', '.join(names[:5])}."
    raise NotFound(f'No claims about "{name}".', remedy, near)


def _no_measure(subject: SubjectComparison, name: str) -> NotFound:
    names = [each.measure for each in subject.measures]
    remedy = f"Measures it has: {', '.join(each or '(blank)' for each in names)}."
    return NotFound(f'{subject.subject} has no measure "{name}".', remedy, close(name, names))


def _explained(
    found: MeasureComparison, policy: Policy, known: Vocabulary, limit: int | None
) -> MeasureExplanation:
    """One measure, rule by rule."""
    case = Case(found, rules_for(known.find(found.measure), policy), known.find(found.measure))
    rules = tuple(_rule(rule, case, limit) for rule in RULES)
    return MeasureExplanation(
        measure=found.measure,
        verdict=found.verdict,
        headline=_headline(found),
        rules=rules,
        assumed=assumptions(case, policy),
        changes=changes(case),
        decision=found.decision,
        hints=tuple(f"{hint.kind}? {hint.why}" for hint in found.hints),
    )


def _rule(rule: VerdictRule, case: Case, limit: int | None) -> Rule:
    """One rule: what it found, or why it found nothing."""
    fired = times(rule, case.found)
    listed = [f for f in case.found.findings if rule_of(f.verdict, f.kind) is rule]
    sentences = [_numbered(finding, case.found.sides) for finding in listed[:limit]]
    if fired > len(sentences):
        sentences.append(f"{fired - len(sentences):,} more not spelled out")
    at_least = _uncounted(rule, case.found)
    if not sentences:
        none = "none of the conflicts that are spelled out is one"
        sentences.append(none if at_least else reason(rule, case))
    return Rule(rule.verdict, rule.kind, rule.says, fired, tuple(sentences), at_least)


def _uncounted(rule: VerdictRule, found: MeasureComparison) -> bool:
    """Whether only what was spelled out of its kind of conflict is counted for it, and not all."""
    spelled = (e for e in found.findings if rule_of(e.verdict, e.kind).count == rule.count)
    two = found.kind is Kind.CUMULATIVE and rule.count == "conflict"
    return two and sum(1 for _ in spelled) < found.counts.conflict


def _numbered(finding: Finding, sides: Sequence[Side]) -> str:
    """The sentence of a finding, with the claims on either side and whose they are."""
    one, other = (sides[place] for place in finding.sides)
    if one.source == other.source:
        return f"{finding.why} ({claims(one)} against {claims(other)})"
    return f"{finding.why} ({claims(one)} of {one.source}, {claims(other)} of {other.source})"


def _headline(found: MeasureComparison) -> str:
    """The worst finding in a sentence, and the verdict behind it."""
    kind = found.findings[0].kind if found.findings else None
    if found.verdict is Verdict.SINGLE or not found.findings:
        return "one source only: nothing to compare it with"
    verdict = f"{found.verdict}, {kind}" if kind else str(found.verdict)
    return f"{found.findings[0].why} ({verdict})"
