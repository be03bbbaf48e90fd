"""The sides of one measure as the comparer judges them, and which of them conflict."""

from __future__ import annotations

from factlog.claim import Claim
from factlog.comparer import comparison as room
from factlog.comparer.rules import judge
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Rules
from factlog.findings import Verdict
from factlog.policy import Kind, Measure, Policy

PLAIN = Policy()


def figures(
    claims: list[Claim], kind: Kind, policy: Policy = PLAIN
) -> tuple[list[SourceFigure], Rules]:
    """The sides of the one measure of some claims, ready to be judged."""
    known = room.Vocabulary.of([Measure("n", kind)])
    group = next(room.by_subject(claims))[1]
    subject = room.SubjectFigures.of(group, policy, known)
    return list(subject.figures["n"]), subject.rules["n"]


def conflict(one: SourceFigure, other: SourceFigure, rules: Rules) -> bool:
    outcome = judge(one, other, rules)
    return outcome is not None and outcome.verdict is Verdict.CONFLICT
