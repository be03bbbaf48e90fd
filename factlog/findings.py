"""What comparing found: sides, findings, counts and camps, and the comparison that holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import field, fields, replace
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import add, attrgetter, sub

from factlog.claim import Hedge, Period
from factlog.names import fold
from factlog.policy import Interval, Kind, Policy
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.decision import Decision
    from factlog.profile import Basis


class Verdict(StrEnum):
    """What two sides, or a whole measure, come to; listed from most to least severe."""

    __hash__ = str.__hash__  # that of its value, and not worked out each time

    CONFLICT = "conflict"
    NEAR = "near"
    REVISED = "revised"
    GROWTH = "growth"
    ECHO = "echo"
    AGREE = "agree"
    NOT_COMPARED = "not compared"
    SINGLE = "single"

    @property
    def severity(self) -> int:
        """Rank for ordering: 0 for conflict, higher for milder verdicts."""
        return _SEVERITY[self]


_SEVERITY = {verdict: rank for rank, verdict in enumerate(Verdict)}


# More digits than these no one states.
_STATED_DIGITS = 25


@dataclass(frozen=True, slots=True)
class Side:
    """One source's figure in a comparison, in the measure's unit where it converts.

    `derived` marks a sum of the source's own parts; `current` marks the source's latest.
    `stated` are the ends as stated, used for gap, ratio and break-even. `unit_said` is the
    unit as the words write it; `unit_given` is the unit the figure was given in, where its
    numbers were converted from that. `basis` is what its source's counts are known to rest on.
    `joined` are the source's figures that it was read together from, where they are several.
    `definition` is what it counts, in words, where somebody has said.
    """

    measure: str
    source: str
    said: str
    hedge: Hedge
    reading: Interval
    stated: Interval
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    plus: Decimal | None = None
    minus: Decimal | None = None
    coverage: Decimal | None = None
    unit: str | None = None
    scope: str | None = None
    origin: str | None = None
    via: str | None = None
    url: str | None = None
    as_of: Period | None = None
    published: Period | None = None
    claims: tuple[int, ...] = ()
    derived: bool = False
    current: bool = True
    unit_said: str | None = None
    unit_given: str | None = None
    basis: Basis | None = None
    joined: tuple[Side, ...] = ()
    definition: str = ""

    @property
    def when(self) -> Period | None:
        """The date the figure is for: as_of, else published; None when undated."""
        return self.as_of or self.published

    @property
    def ends(self) -> list[Decimal]:
        """The ends that were stated, the lower one first."""
        return [end for end in (self.stated.low, self.stated.high) if end is not None]

    @property
    def in_several_words(self) -> bool:
        """Whether it was read together from figures that were not said alike."""
        return len({each.said for each in self.joined}) > 1

    @property
    def fraction(self) -> bool:
        """Whether it was said as a fraction that has no end in digits: two thirds."""
        ends = [end for end in (self.low, self.best, self.high) if end is not None]
        endless = any(len(end.as_tuple().digits) > _STATED_DIGITS for end in ends)
        return endless and not (self.derived or self.unit_given or self.plus)


@dataclass(frozen=True, slots=True)
class Finding:
    """Two sides (by their place in the list), a verdict, the numbers, one sentence why.

    The numbers are None where nothing was compared; of two that agree the gap is 0.

    `sigmas` is how many standard errors lie between two sides that both state theirs.
    """

    verdict: Verdict
    kind: str | None
    sides: tuple[int, int]
    gap: Decimal | None
    ratio: Decimal | None
    break_even: Decimal | None
    why: str
    sigmas: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs came to what; exact, whatever number of findings is spelled out."""

    agree: int = 0
    near: int = 0
    growth: int = 0
    echo: int = 0
    conflict: int = 0
    self: int = 0
    sum: int = 0
    part: int = 0
    revised: int = 0
    single: int = 0
    stale: int = 0
    scope: int = 0
    unit: int = 0

    @property
    def compared(self) -> int:
        """Pairs judged: of different sources, and of one that went on counting that day."""
        return self.agree + self.near + self.growth + self.echo + self.conflict

    @property
    def conflicts(self) -> int:
        """Every kind of conflict: between sources, within one, and of parts with wholes."""
        return self.conflict + self.self + self.sum + self.part

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _numbers(self), _numbers(other)))

    def __sub__(self, other: Counts) -> Counts:
        return _NOTHING if self is other else Counts(*map(sub, _numbers(self), _numbers(other)))


_numbers = attrgetter(*(field.name for field in fields(Counts)))
_NOTHING = Counts()


@dataclass(frozen=True, slots=True)
class Camp:
    """Current figures of one measure none of which contradicts another.

    `low` and `high` are the lowest and the highest stated ends, None where nothing bounds it;
    `sides` are places in the measure's list of sides, `origins` how many independent voices.
    """

    low: Decimal | None
    high: Decimal | None
    sources: tuple[str, ...]
    origins: int
    sides: tuple[int, ...]


_MONTH = 30


def not_outgrown(camp: Sequence[Side], kind: Kind) -> list[Side]:
    """The figures of a camp, of a running total those up to a month older than its newest."""
    if kind is not Kind.CUMULATIVE:
        return list(camp)
    ends = [each.when.last if each.when else None for each in camp]
    newest = max(filter(None, ends), default=None)
    return [
        each
        for each, end in zip(camp, ends, strict=True)
        if not (newest and end) or (newest - end).days <= _MONTH
    ]


def reaching(sides: Sequence[Side]) -> list[Side]:
    """The figures that say how far a camp reaches: of vague words those beyond its numbers."""
    ends = [end for side in sides if side.hedge is not Hedge.VAGUE for end in side.ends]
    return [
        side
        for side in sides
        if side.hedge is not Hedge.VAGUE
        or not ends
        or min(side.ends, default=ends[0]) > max(ends)
        or max(side.ends, default=ends[0]) < min(ends)
    ]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All conflicts between the same two sources on one measure, told once.

    `pairs` counts them, `first` and `last` are the earliest and latest dates of their figures
    (None where none is dated), `worst` is the pair that is furthest apart. `repeats` says that
    it rests on a claim that two worse ones rest on already: it is counted, not told.
    """

    sources: tuple[str, str]
    kind: str
    pairs: int
    first: Period | None
    last: Period | None
    worst: Finding
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """Something a person should look at; never a verdict, and in no count."""

    kind: str
    claims: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """One measure of a subject: its sides, the worst findings, and the full counts.

    `camps` say who stands where, lowest first; `uncontested` are the places of the current
    figures that nobody contradicts. `past` are the places of those among them, of a running
    total or a level, that are too old beside the latest to say how things stand. `decision` is
    what a person resolved to do about it. `break_even` is that of its worst finding, whether it is
    spelled out or not. `copied` says that some are one voice by their errors, which nobody stated.
    """

    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    origins: int
    sides: tuple[Side, ...]
    findings: tuple[Finding, ...]
    counts: Counts = field(default_factory=Counts)
    camps: tuple[Camp, ...] = ()
    uncontested: tuple[int, ...] = ()
    past: tuple[int, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    hints: tuple[Hint, ...] = ()
    decision: Decision | None = None
    break_even: Decimal | None = None
    copied: bool = False

    @property
    def rank(self) -> tuple[int, Decimal, str]:
        """How bad it is, as measures are listed: by verdict, then by break-even, the largest first
        and none last, then by name.
        """
        share = Decimal(1) if self.break_even is None else -self.break_even
        return self.verdict.severity, share, self.measure

    @property
    def told(self) -> list[Disagreement]:
        """The disagreements to tell: those of how things stand now, then those of the past.

        The worst come first. The others rest on claims that worse ones rest on.
        """
        now = {n for n, side in enumerate(self.sides) if side.current} - set(self.past)

        fresh = (each for each in self.disagreements if not each.repeats)
        return sorted(fresh, key=lambda each: not now.issuperset(each.worst.sides))

    def retold(
        self, sides: tuple[Side, ...], told: Callable[[Finding], Finding]
    ) -> MeasureComparison:
        """The same of sides of which more is known, each finding told anew."""
        worst = (replace(each, worst=told(each.worst)) for each in self.disagreements)
        findings = tuple(map(told, self.findings))
        return replace(self, sides=sides, findings=findings, disagreements=tuple(worst))

    @property
    def open_conflicts(self) -> int:
        """Its conflicts, unless a decision that is not stale says what is to be done."""
        decided = self.decision is not None and not self.decision.stale
        return 0 if decided else self.counts.conflicts


@dataclass(frozen=True, slots=True)
class SubjectComparison:
    """Everything said about one subject, measure by measure, worst first."""

    subject: str
    measures: tuple[MeasureComparison, ...]

    @property
    def rank(self) -> tuple[int, Decimal, str, str]:
        """How bad its worst measure is, as subjects are listed; among equals by name."""
        return (*self.measures[0].rank, fold(self.subject))

    @property
    def withheld(self) -> set[str]:
        """The measures of which no figure is to be published, as was decided."""
        decided = {each.measure: each.decision for each in self.measures}
        return {m for m, d in decided.items() if d and d.kind == "withhold" and not d.stale}

    def adds_up(self, side: Side, measures: Collection[str]) -> bool:
        """Whether a figure is a sum, of which a part is a figure of one of these measures."""
        if not side.derived:
            return False
        parts = (one for each in self.measures if each.measure in measures for one in each.sides)
        return any(not set(side.claims).isdisjoint(part.claims) for part in parts)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Claims that were asked to be left out, for what is known of their sources.

    `what` is party, citing party or basis, and `value` which it is; None where nobody has said.
    """

    what: str
    value: str | None
    claims: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison of claims under one policy, as the record stood on `as_of` if that is set.

    `left_out` counts what measures came to that are not shown. `without` has the claims that
    were asked to be left out by their sources, None if nobody asked.
    """

    policy: Policy
    as_of: Period | None
    subjects: tuple[SubjectComparison, ...]
    left_out: Counts = _NOTHING
    without: tuple[Exclusion, ...] | None = None

    def retold(self, told: Callable[[MeasureComparison], MeasureComparison]) -> Comparison:
        """The same with each measure told anew."""
        subjects = (replace(s, measures=tuple(map(told, s.measures))) for s in self.subjects)
        return replace(self, subjects=tuple(subjects))

    @property
    def counts(self) -> Counts:
        """The counts of all measures together."""
        each = [measure.counts for subject in self.subjects for measure in subject.measures]
        if self.left_out is not _NOTHING:
            each.append(self.left_out)
        return reduce(add, each) if each else _NOTHING

    @property
    def open_conflicts(self) -> int:
        """The conflicts about which nothing has been decided, or not since figures changed."""
        return sum(each.open_conflicts for one in self.subjects for each in one.measures)

    @property
    def decided(self) -> int:
        """How many measures have a decision that is not stale."""
        measures = (each for one in self.subjects for each in one.measures)
        return sum(each.decision is not None and not each.decision.stale for each in measures)
