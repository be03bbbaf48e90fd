"""Explaining: which rules led to a measure's verdict, which did not, and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from factlog.claim import Claim, Period
from factlog.comparer.assumptions import assumptions
from factlog.comparer.changes import changes
from factlog.comparer.comparing import Vocabulary, compared
from factlog.comparer.entries import rules_for
from factlog.comparer.finding import Asked
from factlog.comparer.reasons import RULES, Case, reason, times
from factlog.comparer.spelling import claims
from factlog.comparison import (
    Comparison,
    Explained,
    Explanation,
    Finding,
    Measure,
    MeasureComparison,
    Policy,
    Rule,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.errors import NotFound
from factlog.names import close, fold

_DEFAULT = Policy()
# So many findings of each verdict are looked at, so that each rule can show some.
_ENOUGH = 100


def explain(
    record: Comparison | Iterable[Claim],
    subject: str | None = None,
    measure: str | None = None,
    *,
    policy: Policy = _DEFAULT,
    measures: Collection[Measure] | None = None,
    as_of: Period | None = None,
    limit: int | None = 5,
) -> Explanation:
    """Say for every rule whether it fired and why, what was assumed, and what would change it.

    Takes claims, or a comparison already made (whose policy then counts). Without a `subject`
    the record must hold only one.
    """
    known = Vocabulary.of(measures)
    made = (
        record
        if isinstance(record, Comparison)
        else compared(record, policy, known, Asked(_ENOUGH, each=True), as_of)
    )
    chosen = _chosen(made.subjects, subject)
    wanted = None if measure is None else known.name(measure)
    kept = [each for each in chosen.measures if wanted is None or each.measure == wanted]
    if not kept:
        raise _no_measure(chosen, measure or "")
    explained = tuple(_explained(each, made.policy, known, limit) for each in kept)
    return Explanation(chosen.subject, made.policy, made.as_of, explained)


def _chosen(subjects: Sequence[SubjectComparison], name: str | None) -> SubjectComparison:
    """The subject asked about, or the only one there is."""
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
) -> Explained:
    """One measure, rule by rule."""
    case = Case(found, rules_for(known.find(found.measure), policy), known.find(found.measure))
    rules = tuple(_rule(verdict, kind, says, case, limit) for verdict, kind, says in RULES)
    return Explained(
        measure=found.measure,
        verdict=found.verdict,
        headline=_headline(found),
        rules=rules,
        assumed=assumptions(case, policy),
        changes=changes(case),
    )


def _rule(verdict: Verdict, kind: str | None, says: str, case: Case, limit: int | None) -> Rule:
    """One rule: what it found, or why it found nothing."""
    name = f"{verdict}: {kind}" if kind else str(verdict)
    fired = times(case.found, verdict, kind)
    listed = [f for f in case.found.findings if (f.verdict, _family(f)) == (verdict, kind)]
    sentences = [_numbered(finding, case.found.sides) for finding in listed[:limit]]
    if fired > len(sentences):
        sentences.append(f"{fired - len(sentences):,} more not spelled out")
    return Rule(name, says, fired, tuple(sentences) or (reason(verdict, kind, case),))


def _family(finding: Finding) -> str | None:
    return None if finding.verdict is Verdict.REVISED else finding.kind


def _numbered(finding: Finding, sides: Sequence[Side]) -> str:
    """The sentence of a finding, with the claims on either side and whose they are."""
    one, other = (sides[place] for place in finding.sides)
    if one.source == other.source:
        return f"{finding.why} ({claims(one)} against {claims(other)})"
    return f"{finding.why} ({claims(one)} of {one.source}, {claims(other)} of {other.source})"


def _headline(found: MeasureComparison) -> str:
    """The verdict and the worst finding's reason in one line."""
    kind = found.findings[0].kind if found.findings else None
    if found.verdict is Verdict.SINGLE or not found.findings:
        return "one source only: nothing to compare it with"
    verdict = f"{found.verdict}, {kind}" if kind else str(found.verdict)
    return f"{verdict}: {found.findings[0].why}"
