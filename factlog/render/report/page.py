"""What the report tells: a summary, then each subject, measure by measure, with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from factlog.answers import Explanation, FigureTrace, MeasureExplanation, Pooled, Rule
from factlog.claim import Claim
from factlog.findings import (
    Comparison,
    Counts,
    Finding,
    MeasureComparison,
    SubjectComparison,
    Verdict,
)
from factlog.page import KeptPage, PageState, passage
from factlog.render import summary
from factlog.render.camps import contradictions
from factlog.render.evidence import told
from factlog.render.report.bars import BarChart, figure
from factlog.render.report.forest import ForestPlot, forest_plot
from factlog.render.report.timeline import History, history
from factlog.render.report.travel import FigureWay, travelled
from factlog.render.templates import MeasureWords, part
from factlog.values import dataclass
from factlog.wording import counted, day, said_of

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
class WorstConflict:
    """A conflict at the head of the page, and where its measure is."""

    name: str
    title: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class SubjectEntry:
    """A subject in the list of them, and the sign of the worst it comes to."""

    name: str
    subject: str
    mark: str


@dataclass(frozen=True, slots=True)
class NotComparedReason:
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
    worst: tuple[WorstConflict, ...]
    conflicts: int
    listed: tuple[SubjectEntry, ...]
    left: tuple[NotComparedReason, ...]


def summed_up(found: Comparison) -> Summary:
    """Count what there is, and pick out what conflicts most."""
    measures = [each for one in found.subjects for each in one.measures]
    conflicts = sum(each.verdict is Verdict.CONFLICT for each in measures)
    claims = {number for each in measures for side in each.sides for number in side.claims}
    return Summary(
        subjects=len(found.subjects),
        measures=len(measures),
        claims=len(claims),
        told=summary.summary(found),
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
            told = "conflict" if verdict is Verdict.CONFLICT else summary.verdict(verdict)
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


def _worst(found: Comparison) -> list[WorstConflict]:
    clashing = [each for each in _measures(found) if each[2].verdict is Verdict.CONFLICT]
    clashing.sort(key=lambda each: -_break_even(each[2]))
    return [_worst_of(*each) for each in clashing[:_MOST] if each[2].findings]


def _worst_of(name: str, title: str, measure: MeasureComparison) -> WorstConflict:
    """The conflict of a measure that is told first, in plain words, its numbers behind them."""
    disagreement = next(iter(measure.told), None)
    outcome = summary.outcome(measure, disagreement.worst if disagreement else None)
    why = next(contradictions(measure, 1), measure.findings[0].why)
    return WorstConflict(name, title, ", ".join(outcome), why)


def _listed(found: Comparison) -> Iterator[SubjectEntry]:
    for number, one in enumerate(found.subjects, 1):
        worst = min((each.verdict for each in one.measures), key=lambda each: each.severity)
        yield SubjectEntry(name_of(number), one.subject, mark_of(worst))


def _break_even(measure: MeasureComparison) -> float:
    worst = measure.findings[0].break_even if measure.findings else None
    return -1 if worst is None else float(worst)


_REASONS = (
    ("single", "one source only, so there is nothing to compare it with"),
    ("scope", "figures that count different things (their scopes differ)"),
    ("stale", "figures too far apart in time"),
    ("unit", "figures whose units do not convert into each other"),
)


def _left(found: Comparison) -> Iterator[NotComparedReason]:
    """What was not compared, reason by reason, with the measures it happened in."""
    measures = list(_measures(found))
    for reason, words in _REASONS:
        hit = [
            (name, _tally(title, each.counts, reason))
            for name, title, each in measures
            if getattr(each.counts, reason)
        ]
        if hit:
            yield NotComparedReason(words, tuple(hit[:_NAMED]), max(0, len(hit) - _NAMED))


def _tally(title: str, counts: Counts, reason: str) -> str:
    if reason == "single":
        return title
    return f"{title} ({counted(getattr(counts, reason), '1 pair', '{} pairs')})"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as the report shows it; blank where nothing was given."""

    number: int | None
    said: str
    measure: str
    source: str
    origin: str
    scope: str
    counts: str
    as_of: str
    published: str
    via: str
    url: str
    quote: str
    note: str
    pages: tuple[tuple[int, str], ...] = ()


def evidence(claim: Claim, kept: Iterable[tuple[KeptPage, PageState]] = ()) -> Evidence:
    """Who said what, for when, where it can be read, in which words, and the pages kept of it."""
    said = claim.statement
    return Evidence(
        number=claim.id,
        said=said_of(claim),
        measure=claim.measure,
        source=said.source,
        origin=claim.origin or "",
        scope=claim.scope or "",
        counts=str(claim.definition or ""),
        as_of=day(said.as_of) if said.as_of else "",
        published=day(said.published) if said.published else "",
        via=said.via or "",
        url=passage(said.url, said.quote) or "",
        quote=said.quote or "",
        note=claim.note or "",
        pages=tuple((page.id or 0, _kept(page, state)) for page, state in kept),
    )


def _kept(page: KeptPage, state: PageState) -> str:
    return f"page {told(page, state)}; SHA-256 {page.sha256}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """When a page was made, by which version, and by which event of the log, if not the last."""

    when: datetime
    version: str
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One subject of a report: what came of it, why, and the claims that were compared.

    Figures mark every finding there is; of each measure the first `spelled` are told in words.
    `pooled` are measures whose figures state uncertainties, combined, `traced` how figures of
    each travelled or why that is not drawn, `kept` the pages that claims rest on by their ids, and
    whether those are whole. Of each measure the newest `most` figures and what rests on them are
    shown.
    """

    subject: SubjectComparison
    explanation: Explanation
    claims: Sequence[Claim]
    spelled: int | None = None
    pooled: Mapping[str, Pooled] = field(default_factory=dict)
    most: int | None = None
    traced: Mapping[str, Sequence[FigureTrace] | str] = field(default_factory=dict)
    kept: Mapping[int, Sequence[tuple[KeptPage, PageState]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SortKey:
    """What a section is sorted and filtered by."""

    verdict: str
    worst: int
    newest: str
    sources: int


@dataclass(frozen=True, slots=True)
class Section:
    """A measure as the report shows it."""

    name: str
    measure: str
    title: str
    part: MeasureWords
    mark: str
    order: SortKey
    counted: str
    figure: BarChart | None
    forest: ForestPlot | None
    history: History | None
    ways: tuple[FigureWay, ...] | str
    fired: tuple[Rule, ...]
    others: tuple[Rule, ...]
    assumed: tuple[str, ...]
    changes: tuple[str, ...]
    claims: tuple[Evidence, ...]
    more: str
    left: str = ""


@dataclass(frozen=True, slots=True)
class SubjectChapter:
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


def sections(chapter: Chapter, number: int) -> SubjectChapter:
    """A chapter in words and figures, its measures the worst first."""
    explained = {each.measure: each for each in chapter.explanation.measures}
    shared = _shared_out(chapter)
    told = tuple(
        _section(
            measure,
            explained[measure.measure],
            shared[place],
            (place, name_of(number, place + 1)),
            chapter,
        )
        for place, measure in enumerate(chapter.subject.measures)
    )
    known = frozenset(each.number for section in told for each in section.claims if each.number)
    return SubjectChapter(name_of(number), chapter.subject.subject, told, known)


def _section(
    measure: MeasureComparison,
    explained: MeasureExplanation,
    claims: Sequence[Claim],
    called: tuple[int, str],
    chapter: Chapter,
) -> Section:
    (place, name), subject = called, chapter.subject.subject
    alone = Comparison(chapter.explanation.policy, None, (SubjectComparison(subject, (measure,)),))
    kept = _spelled(measure.findings[: chapter.spelled])
    shown, left = _cut(part(subject, replace(measure, findings=kept)), chapter.most)
    resting = {number for row in shown.rows for number in row.claims}
    single = measure.verdict is Verdict.SINGLE
    combined = chapter.pooled.get(measure.measure)
    traced = chapter.traced.get(measure.measure, ())
    return Section(
        name=name,
        measure=measure.measure,
        title=shown.name or subject,
        part=shown,
        mark=mark_of(measure.verdict),
        order=_order(measure, place),
        counted="" if single else summary.summary(alone),
        figure=figure(subject, measure, chapter.most),
        forest=forest_plot(combined) if combined else None,
        history=history(subject, measure, chapter.most),
        ways=traced if isinstance(traced, str) else travelled(traced),
        fired=() if single else explained.fired,
        others=() if single else tuple(rule for rule in explained.rules if not rule.fired),
        assumed=_first(explained.assumed, chapter.most),
        changes=explained.changes,
        claims=tuple(
            evidence(claim, chapter.kept.get(claim.id or 0, ()))
            for claim in claims
            if not left or claim.id in resting
        ),
        more=_more(measure, kept),
        left=left,
    )


def _cut(shown: MeasureWords, most: int | None) -> tuple[MeasureWords, str]:
    """A measure with the newest of its figures, and how many of them are shown; blank if all."""
    if most is None or len(shown.rows) <= most:
        return shown, ""
    cut = replace(
        shown,
        rows=shown.rows[:most],
        stands=shown.stands if len(shown.stands) <= most else shown.stands[:most],
        sentences=_first(shown.sentences, most),
        hints=_first(shown.hints, most),
    )
    return cut, f"The newest {most:,} of {len(shown.rows):,} figures are shown."


def _first(told: tuple[str, ...], most: int | None) -> tuple[str, ...]:
    """The first of some sentences, and how many there are beyond them."""
    if most is None or len(told) <= most:
        return told
    return *told[:most], f"And {len(told) - most:,} more."


def _order(measure: MeasureComparison, place: int) -> SortKey:
    days = [side.when.days[1] for side in measure.sides if side.when]
    return SortKey(
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
        more = counted(hidden, "1 more conflict is", "{} more conflicts are")
        return f"{more} counted, not told."
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
