"""What is known of a source, besides what it said: nothing of it changes a verdict by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from factlog.values import dataclass

GRADES = ("A", "B", "C", "D", "E", "F")
# What is disputed of a name that merged stores gave to different sources.
STANDS_FOR = "stands for"


class Basis(StrEnum):
    """What a source's counts rest on."""

    DOCUMENTED = "documented"  # confirmed one by one: a minimum
    ESTIMATE = "estimate"
    OFFICIAL = "official"
    PARTY = "party"  # a claim of a party to the conflict


@dataclass(frozen=True, slots=True)
class SourceProfile:
    """A source's role, the party to a conflict it speaks for, its basis of count, its grade.

    None stands for what was never said. A grade, A to F, is somebody's judgment, and is kept
    with its reason. `disputed` has what merged stores say differently of it, by what that is:
    none of it counts until a person says which.
    """

    name: str
    role: str | None = None
    party: str | None = None
    basis: Basis | None = None
    grade: str | None = None
    grade_reason: str | None = None
    note: str | None = None
    disputed: Mapping[str, Sequence[str]] = field(default_factory=dict)
