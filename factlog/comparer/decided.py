"""What editors know and decide, put beside what comparing found; decisions in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from factlog import measures, units
from factlog.claim import Figure, Hedge
from factlog.decision import Decision, DecisionKind
from factlog.errors import FactlogError, UnitError, UsageError
from factlog.figure_wording import amount, as_said, counted_otherwise, digits_of, made_of
from factlog.findings import Comparison, Finding, MeasureComparison, Side, SubjectComparison
from factlog.names import fold
from factlog.parsing import read
from factlog.policy import Kind, Measure, stated
from factlog.profile import STANDS_FOR, SourceProfile
from factlog.wording import with_unit


def in_numbers(decision: Decision, found: MeasureComparison, own: Figure | None = None) -> Decision:
    """The decision with its ends in the measure's unit, as far as what it takes up bounds them.

    Of the claims preferred, of all current figures (a range), or of a value of one's `own`.
    """
    if decision.kind is DecisionKind.VALUE and own is not None:
        ends = stated(own.estimate)
        low, high = (_converted(end, own.estimate.unit, found) for end in (ends.low, ends.high))
        return replace(decision, said=own.said, low=low, high=high, unit=found.unit)
    if decision.kind is DecisionKind.PREFER:
        some = preferred(found.sides, decision.claims)
        sides = [side for side in some if side.measure == found.measure] or some
    elif decision.kind is DecisionKind.RANGE:
        sides = standing(found)
    else:
        return decision
    sides = [side for side in sides if side.unit == found.unit]
    low, high = _lowest(sides), _highest(sides)
    if decision.kind is DecisionKind.RANGE and (low is None or high is None):
        raise UsageError(
            "The figures have no range: nothing bounds them on one side.",
            "Prefer a claim, or give a value of your own: --value TEXT",
        )
    said = _said(sides[0], decision.claims) if len(sides) == 1 else None
    words = decision.kind is DecisionKind.PREFER and all(e.hedge is Hedge.VAGUE for e in sides)
    return replace(decision, said=said, low=low, high=high, unit=found.unit, words_only=words)


def settles(decision: Decision, kind: Kind) -> bool:
    """Whether a decision names a number to measure others by: preferred, or of one's own.

    Of what changes with time it does so only as long as it is not stale; and never once a claim
    that it prefers was withdrawn or edited. Mere words, as "dozens", name none.
    """
    if decision.kind not in (DecisionKind.PREFER, DecisionKind.VALUE) or not decision.claims_stand:
        return False
    if decision.low is None or decision.high is None or _only_words(decision):
        return False
    return kind is Kind.CONSTANT or not decision.stale


def _only_words(decision: Decision) -> bool:
    if decision.low == decision.high:
        return False
    if decision.words_only or decision.said is None:
        return decision.words_only
    try:
        return read(decision.said).estimate.hedge is Hedge.VAGUE
    except FactlogError:
        return False


def see_that_it_counts(own: Figure, subject: str, measure: str, known: Sequence[Measure]) -> None:
    """Refuse a value whose own words say that it counts something else than the measure."""
    counted = measures.measure_of(own.thing, known)
    words = set(fold(own.thing or "").split())
    named = not any(counted == each.name for each in known) and words.issubset(
        fold(f"{subject} {measure}").split()
    )
    if words and counted != measure and not named:
        raise UsageError(
            f"The value counts {own.thing}, and the decision is about {measure or subject}.",
            f'Give the number alone, if that is meant: --value "{own.said}"',
        )


def _said(side: Side, claims: Iterable[int]) -> str:
    """A figure with its unit, and what it is made of where these claims are some of its parts."""
    if side.hedge is Hedge.VAGUE and not side.derived:
        return as_said(side)
    figure = amount(side, digits_of(side))
    if side.unit is not None:
        figure = with_unit(figure, side.unit)
    if side.derived and not set(side.claims).issubset(claims):
        return f"{figure} ({made_of(side)})"
    return figure


def preferred(sides: Iterable[Side], claims: Iterable[int]) -> list[Side]:
    """The figures of these claims: of some that are read together with others, their own."""
    wanted = set(claims)
    found: list[Side] = []
    for side in sides:
        whole = not side.joined or wanted.issuperset(side.claims)
        found += [
            replace(each, current=side.current, basis=side.basis)
            for each in ((side,) if whole else side.joined)
            if wanted.intersection(each.claims)
        ]
    return found


def standing(found: MeasureComparison) -> list[Side]:
    """The figures that say how things stand: the current ones, without those too old beside them.

    All of them where otherwise no two would be left.
    """
    current = [
        (place, side)
        for place, side in enumerate(found.sides)
        if side.current and side.measure == found.measure
    ]
    now = [side for place, side in current if place not in found.past]
    return now if len(now) > 1 else [side for _place, side in current]


def _converted(end: Decimal | None, unit: str | None, found: MeasureComparison) -> Decimal | None:
    try:
        return None if end is None else units.convert(end, unit, found.unit)
    except UnitError as error:
        raise UsageError(
            f"The value is not of the measure's kind: {error.problem}",
            f"Give it in {found.unit}." if found.unit else "Give a plain number.",
        ) from error


def _lowest(sides: Iterable[Side]) -> Decimal | None:
    ends = [side.stated.low for side in sides]
    known = [end for end in ends if end is not None]
    return min(known) if known and len(known) == len(ends) else None


def _highest(sides: Iterable[Side]) -> Decimal | None:
    ends = [side.stated.high for side in sides]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


ByMeasure = Mapping[tuple[str, str], Decision]


def by_measure(decisions: Iterable[Decision]) -> ByMeasure:
    """Decisions by the subject and measure they are about, to be looked up many times."""
    return {(fold(each.subject), fold(each.measure)): each for each in decisions}


def settling(decisions: ByMeasure, kind: Kind) -> ByMeasure:
    """Those of the decisions that name a number to measure others by, of measures of a kind."""
    return {key: each for key, each in decisions.items() if settles(each, kind)}


def with_decisions(found: Comparison, decisions: ByMeasure) -> Comparison:
    """The comparison with each measure's decision beside what was found."""
    if not decisions:
        return found

    def decided(subject: SubjectComparison) -> SubjectComparison:
        name = fold(subject.subject)
        beside = (
            replace(each, decision=decisions.get((name, fold(each.measure))))
            for each in subject.measures
        )
        return replace(subject, measures=tuple(beside))

    return replace(found, subjects=tuple(map(decided, found.subjects)))


Profiles = Mapping[str, SourceProfile]


def by_name(profiles: Iterable[SourceProfile]) -> Profiles:
    """What is known of sources, by the source's name."""
    return {fold(each.name): each for each in profiles}


def with_profiles(found: Comparison, profiles: Profiles) -> Comparison:
    """The comparison with the basis of each source's counts, told of where it matters.

    That a documented minimum lies below an estimate is what each of them is, and is said; and
    of a name that contradicts itself, that it may be two sources'.
    """
    return found.retold(lambda each: _with_profiles(each, profiles)) if profiles else found


def _with_profiles(measure: MeasureComparison, profiles: Profiles) -> MeasureComparison:
    known = [profiles.get(fold(side.source)) for side in measure.sides]
    sides = tuple(
        replace(side, basis=each.basis if each else None)
        for side, each in zip(measure.sides, known, strict=True)
    )

    def told(finding: Finding) -> Finding:
        one, other = finding.sides
        note = counted_otherwise(sides[one], sides[other])
        if (each := known[one]) and each is known[other] and STANDS_FOR in each.disputed:
            sources = " or ".join(each.disputed[STANDS_FOR])
            note = f"merged stores leave open whether {each.name} is {sources}"
        return replace(finding, why=f"{finding.why}; {note}") if note else finding

    return measure.retold(sides, told)
