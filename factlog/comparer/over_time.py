"""A source through the record, and what has become of verdicts between two states of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from factlog.answers import SourceFinding, SourceRecord, VerdictChange
from factlog.claim import Claim
from factlog.comparer.comparison import Selection, Vocabulary, compared
from factlog.comparer.decided import by_measure, preferred, with_decisions
from factlog.decision import Decision, DecisionKind
from factlog.findings import Comparison, MeasureComparison, Side, Verdict
from factlog.names import fold
from factlog.policy import Measure, Policy
from factlog.profile import SourceProfile
from factlog.wording import numbered

# What a source's record tells of the findings that touch its figures.
_TOLD = (Verdict.REVISED, Verdict.ECHO)


def subjects_of(
    own: Sequence[Claim],
    of_subject: Callable[[str], Iterable[Claim]],
    measures: Iterable[Measure],
    decided: Callable[[Sequence[str]], Iterable[Decision]],
) -> Comparison:
    """The subjects that a source's own claims are of, compared, with what was decided of them.

    Their camps, and what its figures were revised to or echo, are spelled out. `of_subject`
    gives the claims of a subject, `decided` the decisions about some.
    """
    names = list(dict.fromkeys(claim.statement.subject for claim in own))
    own_claims = frozenset(claim.id for claim in own if claim.id is not None)
    found = compared(
        (claim for name in names for claim in of_subject(name)),
        Policy(),
        Vocabulary.of(measures),
        Selection(only=_TOLD, about=own_claims, disagreements=False),
        None,
    )
    return with_decisions(found, by_measure(decided(names) if names else ()))


def source_record(profile: SourceProfile, found: Comparison) -> SourceRecord:
    """What a comparison of the subjects it speaks of says of one source."""
    measures = [(one.subject, each) for one in found.subjects for each in one.measures]
    decided = list(_decided(profile.name, measures))
    return SourceRecord(
        profile,
        figures=tuple(_figures(profile.name, measures)),
        revisions=tuple(_findings(profile.name, measures, Verdict.REVISED)),
        echoes=tuple(_findings(profile.name, measures, Verdict.ECHO)),
        alone=tuple(_alone(profile.name, measures)),
        followed=tuple(each for each, with_it in decided if with_it),
        not_followed=tuple(each for each, with_it in decided if not with_it),
    )


Measures = Iterable[tuple[str, MeasureComparison]]


def _own(name: str, measure: MeasureComparison) -> list[Side]:
    return [
        side
        for side in measure.sides
        if fold(side.source) == fold(name) and side.measure == measure.measure
    ]


def _figures(name: str, measures: Measures) -> Iterator[tuple[str, Side]]:
    """Every stated figure with its subject, by date: of a whole, what was stated of it itself."""
    some = [(subject, side) for subject, each in measures for side in _own(name, each)]
    stated = [
        (subject, replace(each, current=side.current))
        for subject, side in some
        for each in (side.joined if side.derived else (side,))
        if not each.derived
    ]
    return iter(sorted(stated, key=lambda both: (both[0], both[1].measure, _first(both[1]))))


def _first(side: Side) -> tuple[str, ...]:
    return tuple(map(str, side.when.days)) if side.when else ("",)


def _findings(name: str, measures: Measures, verdict: Verdict) -> Iterator[SourceFinding]:
    """What was found of the source's own figures, or between them and another's."""
    for subject, measure in measures:
        for finding in measure.findings:
            sides = [measure.sides[place] for place in finding.sides]
            if finding.verdict is verdict and any(fold(s.source) == fold(name) for s in sides):
                numbers = tuple(sorted({number for side in sides for number in side.claims}))
                yield SourceFinding(subject, measure.measure, finding.kind, finding.why, numbers)


def _alone(name: str, measures: Measures) -> Iterator[tuple[str, Side]]:
    """Its figures that others contradict, in camps that no other source is in."""
    for subject, measure in measures:
        for camp in measure.camps:
            if [fold(each) for each in camp.sources] == [fold(name)] and len(measure.camps) > 1:
                yield from ((subject, measure.sides[place]) for place in camp.sides)


def _decided(name: str, measures: Measures) -> Iterator[tuple[Decision, bool]]:
    """The decisions on measures it has a figure of, and whether they went with its latest."""
    for _subject, measure in measures:
        own = [side for side in _own(name, measure) if side.current]
        decision = measure.decision
        if not own or decision is None:
            continue
        if decision.kind is DecisionKind.PREFER:
            chosen = preferred(measure.sides, decision.claims)
            yield decision, any(_goes_with(side, chosen) for side in own)
        elif decision.kind is DecisionKind.VALUE:
            yield decision, any(_holds(side, decision) for side in own)


def _goes_with(side: Side, preferred: Iterable[Side]) -> bool:
    """Whether a figure is one of those preferred, reads as one of them or has its origin."""
    return any(
        set(side.claims) & set(each.claims)
        or (side.reading, side.unit, side.scope) == (each.reading, each.unit, each.scope)
        or fold(side.origin or side.source) == fold(each.origin or each.source)
        for each in preferred
    )


def _holds(side: Side, decision: Decision) -> bool:
    """Whether a figure's reading and the decided value have a number in common."""
    low, high = side.reading.low, side.reading.high
    return not (
        (low is not None and decision.high is not None and decision.high < low)
        or (high is not None and decision.low is not None and decision.low > high)
    )


Named = dict[tuple[str, str], tuple[str, MeasureComparison]]


def changed_verdicts(
    before: Comparison,
    after: Comparison,
    touched: Collection[int],
    now_called: Callable[[str], str],
) -> Iterator[VerdictChange]:
    """Each measure whose verdict is another one, and the claims of it that were touched.

    `now_called` gives the name a subject goes by in the later comparison.
    """
    was, now = _by_name(before, now_called), _by_name(after, now_called)
    for key in {**was, **now}:
        (subject, one), (same, other) = was.get(key, ("", None)), now.get(key, ("", None))
        earlier, later = (each.verdict if each else None for each in (one, other))
        if earlier is not later:
            some = sorted((_claims(one) | _claims(other)) & set(touched))
            why = f"since {numbered(some)}" if some else "since names or measures were changed"
            measure = other or one
            assert measure is not None
            yield VerdictChange(same or subject, measure.measure, earlier, later, why)


def _by_name(found: Comparison, now_called: Callable[[str], str]) -> Named:
    return {
        (fold(now_called(subject.subject)), fold(each.measure)): (
            now_called(subject.subject),
            each,
        )
        for subject in found.subjects
        for each in subject.measures
    }


def _claims(found: MeasureComparison | None) -> set[int]:
    return {number for side in found.sides for number in side.claims} if found else set()
