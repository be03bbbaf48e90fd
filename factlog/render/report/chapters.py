"""Chapters: what the report tells of each subject, measure by measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from factlog.claim import Claim
from factlog.comparison import (
    Comparison,
    Explained,
    Explanation,
    Finding,
    MeasureComparison,
    Policy,
    Rule,
    SubjectComparison,
    Verdict,
)
from factlog.render import words
from factlog.render.pages import Part, part
from factlog.render.report.evidence import Evidence, evidence
from factlog.render.report.marks import Figure, figure
from factlog.render.report.moments import History, history

# Of a verdict no headline is made of, so many findings are spelled out.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Made:
    """When a page was made, and by which version."""

    when: datetime
    version: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One subject of a report: what came of it, why, and the claims that were compared.

    Figures mark every finding there is; of each measure the first `spelled` are told in words.
    """

    subject: SubjectComparison
    explanation: Explanation
    claims: Sequence[Claim]
    spelled: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a section is sorted and filtered by."""

    verdict: str
    worst: int
    newest: str
    sources: int


@dataclass(frozen=True, slots=True)
class Section:
    """A measure as the report shows it."""

    name: str
    title: str
    part: Part
    mark: str
    order: Order
    counted: str
    figure: Figure | None
    history: History | None
    fired: tuple[Rule, ...]
    others: tuple[Rule, ...]
    assumed: tuple[str, ...]
    changes: tuple[str, ...]
    claims: tuple[Evidence, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Told:
    """A subject as the report shows it; `known` are the claims that can be linked to."""

    name: str
    subject: str
    sections: tuple[Section, ...]
    known: frozenset[int]


def name_of(subject: int, measure: int | None = None) -> str:
    """What a subject or a measure is called in links, by its place in the comparison."""
    return f"s{subject}" if measure is None else f"s{subject}m{measure}"


def mark_of(verdict: Verdict) -> str:
    """The sign that stands for a verdict, as a name."""
    return verdict.value.replace(" ", "-")


def sections(chapter: Chapter, number: int) -> Told:
    """A chapter in words and figures, its measures the worst first."""
    explained = {each.measure: each for each in chapter.explanation.measures}
    shared = _shared_out(chapter)
    told = tuple(
        _section(
            chapter.subject.subject,
            measure,
            explained[measure.measure],
            chapter.explanation.policy,
            shared[place],
            (place, name_of(number, place + 1)),
            chapter.spelled,
        )
        for place, measure in enumerate(chapter.subject.measures)
    )
    known = frozenset(each.number for section in told for each in section.claims if each.number)
    return Told(name_of(number), chapter.subject.subject, told, known)


def _section(
    subject: str,
    measure: MeasureComparison,
    explained: Explained,
    policy: Policy,
    claims: Sequence[Claim],
    called: tuple[int, str],
    spelled: int | None,
) -> Section:
    place, name = called
    alone = Comparison(policy, None, (SubjectComparison(subject, (measure,)),))
    kept = _spelled(measure.findings[:spelled])
    shown = part(replace(measure, findings=kept))
    single = measure.verdict is Verdict.SINGLE
    return Section(
        name=name,
        title=shown.name or subject,
        part=shown,
        mark=mark_of(measure.verdict),
        order=_order(measure, place),
        counted="" if single else words.summary(alone),
        figure=figure(subject, measure),
        history=history(subject, measure),
        fired=() if single else explained.fired,
        others=() if single else tuple(rule for rule in explained.rules if not rule.fired),
        assumed=explained.assumed,
        changes=explained.changes,
        claims=tuple(map(evidence, claims)),
        more=_more(measure, kept),
    )


def _order(measure: MeasureComparison, place: int) -> Order:
    days = [side.when.days[1] for side in measure.sides if side.when]
    return Order(
        verdict=mark_of(measure.verdict),
        worst=place,
        newest=max(days).isoformat() if days else "",
        sources=len({side.source for side in measure.sides}),
    )


def _spelled(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Every finding a headline is made of, and the first few of each milder verdict."""
    if len({finding.verdict for finding in findings}) == 1:
        return tuple(findings)
    seen: Counter[Verdict] = Counter()
    kept = []
    for finding in findings:
        seen[finding.verdict] += 1
        headline = finding.verdict.severity <= Verdict.REVISED.severity
        if headline or seen[finding.verdict] <= _FEW:
            kept.append(finding)
    return tuple(kept)


def _more(measure: MeasureComparison, kept: Sequence[Finding]) -> str:
    """That there is more than is spelled out: how many conflicts, or findings of milder kinds."""
    spelled = sum(finding.verdict is Verdict.CONFLICT for finding in kept)
    hidden = measure.counts.conflicts - spelled
    if spelled and hidden > 0:
        more = words.counted(hidden, "1 more conflict", "{} more conflicts")
        return f"{more}: --limit spells out more"
    return ""


def _shared_out(chapter: Chapter) -> list[list[Claim]]:
    """The claims, each under one measure: its own, else the first that rests on it."""
    measures = chapter.subject.measures
    shares: list[list[Claim]] = [[] for _ in measures]
    own = {measure.measure: place for place, measure in enumerate(measures)}
    rests = _resting(measures)
    for claim in chapter.claims:
        place = _place(claim, own, rests)
        if place is not None:
            shares[place].append(claim)
    return shares


def _resting(measures: Iterable[MeasureComparison]) -> dict[int, list[int]]:
    """For each claim the measures whose sides rest on it, by their places."""
    found: dict[int, list[int]] = {}
    for place, measure in enumerate(measures):
        for number in dict.fromkeys(n for side in measure.sides for n in side.claims):
            found.setdefault(number, []).append(place)
    return found


def _place(claim: Claim, own: Mapping[str, int], rests: Mapping[int, Sequence[int]]) -> int | None:
    places = rests.get(claim.id or 0, ())
    home = own.get(claim.measure)
    if home is not None and (home in places or not places):
        return home
    return places[0] if places else None
