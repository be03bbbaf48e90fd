"""A record's sides as the table of verdicts takes them."""

from __future__ import annotations

from factlog.claim import Claim
from factlog.comparer import comparison as room
from factlog.comparer.verdicts import Entry, Rules, judge
from factlog.findings import Verdict
from factlog.policy import Kind, Measure, Policy

PLAIN = Policy()


def entries(claims: list[Claim], kind: Kind, policy: Policy = PLAIN) -> tuple[list[Entry], Rules]:
    """The sides of the one measure of some claims, ready to be judged."""
    known = room.Vocabulary.of([Measure("n", kind)])
    group = next(room.by_subject(claims))[1]
    figured = room.Figured.of(group, policy, known)
    return list(figured.entries["n"]), figured.rules["n"]


def conflict(one: Entry, other: Entry, rules: Rules) -> bool:
    outcome = judge(one, other, rules)
    return outcome is not None and outcome[0] is Verdict.CONFLICT
