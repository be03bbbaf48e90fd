"""The summary at the head of a report: how much there is, what it comes to, the worst of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from factlog.comparison import Comparison, Counts, MeasureComparison, Verdict
from factlog.render import words
from factlog.render.report.chapters import mark_of, name_of

# So many of the worst conflicts are named at the head of the page.
_MOST = 10
# Up to so many subjects need no list of their own.
_FEW = 3
# So many measures are named under a reason why nothing was compared.
_NAMED = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and how many measures come to it."""

    mark: str
    verdict: str
    measures: int


@dataclass(frozen=True, slots=True)
class Worst:
    """A conflict at the head of the page, and where its measure is."""

    name: str
    title: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A subject in the list of them, and the sign of the worst it comes to."""

    name: str
    subject: str
    mark: str


@dataclass(frozen=True, slots=True)
class Left:
    """A reason why figures were not compared, and the measures it holds for."""

    reason: str
    measures: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader should know before reading on."""

    subjects: int
    measures: int
    claims: int
    told: str
    outcomes: tuple[Outcome, ...]
    worst: tuple[Worst, ...]
    conflicts: int
    listed: tuple[Listed, ...]
    left: tuple[Left, ...]


def summed_up(found: Comparison) -> Summary:
    """Count what there is, and pick out what conflicts most."""
    measures = [each for one in found.subjects for each in one.measures]
    conflicts = sum(each.verdict is Verdict.CONFLICT for each in measures)
    claims = {number for each in measures for side in each.sides for number in side.claims}
    return Summary(
        subjects=len(found.subjects),
        measures=len(measures),
        claims=len(claims),
        told=words.summary(found),
        outcomes=tuple(_outcomes(measures)),
        worst=tuple(_worst(found)),
        conflicts=conflicts,
        listed=tuple(_listed(found)) if len(found.subjects) > _FEW else (),
        left=tuple(_left(found)),
    )


def _outcomes(measures: list[MeasureComparison]) -> Iterator[Outcome]:
    counts = Counter(each.verdict for each in measures)
    for verdict in Verdict:
        if counts[verdict]:
            told = "conflict" if verdict is Verdict.CONFLICT else words.verdict(verdict)
            yield Outcome(mark_of(verdict), told, counts[verdict])


_Named = tuple[str, str, MeasureComparison]


def _measures(found: Comparison) -> Iterator[_Named]:
    """Every measure with the name it is linked by and what it is called."""
    alone = len(found.subjects) == 1
    for number, one in enumerate(found.subjects, 1):
        for place, each in enumerate(one.measures, 1):
            title = f"{one.subject}: {each.measure}" if each.measure else one.subject
            if alone:
                title = each.measure or one.subject
            yield name_of(number, place), title, each


def _worst(found: Comparison) -> list[Worst]:
    clashing = [each for each in _measures(found) if each[2].verdict is Verdict.CONFLICT]
    clashing.sort(key=lambda each: -_break_even(each[2]))
    return [
        Worst(name, title, ", ".join(words.outcome(each)), each.findings[0].why)
        for name, title, each in clashing[:_MOST]
        if each.findings
    ]


def _listed(found: Comparison) -> Iterator[Listed]:
    for number, one in enumerate(found.subjects, 1):
        worst = min((each.verdict for each in one.measures), key=lambda each: each.severity)
        yield Listed(name_of(number), one.subject, mark_of(worst))


def _break_even(measure: MeasureComparison) -> float:
    worst = measure.findings[0].break_even if measure.findings else None
    return -1 if worst is None else float(worst)


_REASONS = (
    ("single", "one source only, so there is nothing to compare it with"),
    ("scope", "figures that count different things (their scopes differ)"),
    ("stale", "figures too far apart in time"),
    ("unit", "figures whose units do not convert into each other"),
)


def _left(found: Comparison) -> Iterator[Left]:
    """What was not compared, reason by reason, with the measures it happened in."""
    measures = list(_measures(found))
    for reason, told in _REASONS:
        hit = [
            (name, _tally(title, each.counts, reason))
            for name, title, each in measures
            if getattr(each.counts, reason)
        ]
        if hit:
            yield Left(told, tuple(hit[:_NAMED]), max(0, len(hit) - _NAMED))


def _tally(title: str, counts: Counts, reason: str) -> str:
    if reason == "single":
        return title
    return f"{title} ({words.counted(getattr(counts, reason), '1 pair', '{} pairs')})"
