"""What an explanation holds: every rule of a measure, whether it fired, and why or why not."""

from __future__ import annotations

from dataclasses import dataclass

from factlog.claim import Period
from factlog.comparison.outcome import Verdict
from factlog.comparison.policy import Policy


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the table: what it says, how often it fired, and why or why not.

    `sentences` are one for each finding spelled out, or the reason it did not fire.
    """

    name: str
    says: str
    fired: int
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """How one measure came to its verdict, in plain sentences."""

    measure: str
    verdict: Verdict
    headline: str
    rules: tuple[Rule, ...]
    assumed: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def fired(self) -> tuple[Rule, ...]:
        """The rules that led somewhere."""
        return tuple(rule for rule in self.rules if rule.fired)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One subject explained under one policy, measure by measure, worst first."""

    subject: str
    policy: Policy
    as_of: Period | None
    measures: tuple[Explained, ...]
