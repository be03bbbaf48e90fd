"""Who gives which closed figure of a subject: the independent voices that can be weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from factlog import units
from factlog.answers import LeftOut, NotSupported
from factlog.claim import Claim, Estimate, Hedge, Period
from factlog.comparer.comparison import Selection, Vocabulary, ranked
from factlog.comparer.heard import Numbered
from factlog.comparer.measurements import aligned
from factlog.comparer.pool import Group, groups, how_few, told_left_out
from factlog.comparer.sides import Days, converted, days_of, number, reading_of
from factlog.errors import MissingPackage
from factlog.figure_wording import figure, summed
from factlog.names import clean, fold
from factlog.policy import EXACT, Interval, Kind, Measure, Policy
from factlog.values import dataclass
from factlog.wording import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.decision import Decision
    from factlog.stats.weighing import Voices

Frame = tuple[str, Days | None]

_FLOATS = 250  # the powers of ten that floats hold with room to spare


@dataclass(frozen=True, slots=True)
class Voice:
    """What one independent voice gives: a number, a range, or both."""

    source: str
    value: Decimal | None
    range: Interval | None

    @property
    def middle(self) -> Decimal:
        """Its number, or the middle of its range."""
        if self.value is not None:
            return self.value
        assert self.range is not None
        return middle_of(self.range)


@dataclass(frozen=True, slots=True)
class SubjectVoices:
    """One subject's figures of a measure that can be set beside one another."""

    subject: str
    measure: Measure
    unit: str | None
    voices: tuple[Voice, ...]
    of: str
    left_out: tuple[LeftOut, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What a decision about it is found by."""
        return fold(self.subject), fold(self.measure.name)

    @property
    def whole(self) -> bool:
        """Whether they count something."""
        ends = [f.middle for f in self.voices]
        return self.unit is None and all(each == each.to_integral_value() for each in ends)

    @property
    def numbers(self) -> list[Decimal]:
        """The numbers that are given, each once, in their order."""
        return list(dict.fromkeys(f.value for f in self.voices if f.value is not None))


def voices_by_measure(
    claims: Iterable[Claim],
    measures: Iterable[Measure] | Vocabulary | None,
    as_of: Period | None,
) -> Iterator[tuple[list[SubjectVoices], list[NotSupported], list[Estimate]]]:
    """Measure by measure the subjects that can be weighed, those that cannot, and all that is said.

    What was withdrawn is not said. The order is that of names, whatever that of the claims.
    """
    found: dict[str, tuple[list[SubjectVoices], list[NotSupported], list[Estimate]]] = {}
    for group in groups(claims, Vocabulary.of(measures), as_of):
        fit, unfit, said = found.setdefault(group.measure.name, ([], [], []))
        said += [claim.estimate for _, claim in group.claims if claim.retracted is None]
        voices = _voices_of(group)
        if isinstance(voices, NotSupported):
            unfit.append(voices)
        else:
            fit.append(voices)
    for fit, *_ in found.values():
        fit.sort(key=lambda each: each.key)
    return iter(found.values())


@dataclass(frozen=True, slots=True)
class VoiceTable:
    """The numbers that some subjects' voices give, numbered to be weighed.

    `sources` has the place of each, by its folded name, `items` that of each subject that has a
    number, and `choices` that of each number of a subject, by the subject's place in the list.
    """

    sources: dict[str, int]
    items: dict[int, int]
    choices: dict[tuple[int, Decimal], int]
    voices: Voices


def table_of(subjects: Sequence[SubjectVoices]) -> VoiceTable:
    """The voices of some subjects in numbers; refused without NumPy, which weighs them."""
    try:
        from factlog.stats.weighing import Voices
    except ImportError as error:
        raise MissingPackage("Weighing figures", "weighing", error) from error
    items: dict[int, int] = {}
    sources: dict[str, int] = {}
    choices: dict[tuple[int, Decimal], int] = {}
    said = [
        (
            items.setdefault(nth, len(items)),
            sources.setdefault(fold(voice.source), len(sources)),
            choices.setdefault((nth, voice.value), len(choices)),
        )
        for nth, subject in enumerate(subjects)
        for voice in subject.voices
        if voice.value is not None
    ]
    of_items, of_sources, of_choices = ([each[n] for each in said] for n in range(3))
    powers = {nth: _power(subjects[nth]) for nth in items}
    values = [
        float(value.scaleb(-powers[nth], EXACT) if powers[nth] else value) for nth, value in choices
    ]
    return VoiceTable(sources, items, choices, Voices(of_items, of_sources, of_choices, values))


def _power(subject: SubjectVoices) -> int:
    """The power of ten that a subject's numbers are weighed in, as floats cannot hold them all."""
    sizes = [number.adjusted() for number in subject.numbers if number]
    return max(sizes) if sizes and max(map(abs, sizes)) > _FLOATS else 0


def decided_number(subject: SubjectVoices, decision: Decision | None) -> Decimal | None:
    """The number that was decided, in the unit of the figures; the middle of a range."""
    if decision is None or decision.low is None or decision.high is None:
        return None
    one, other = decision.unit, subject.unit
    if one != other and not (one and other and units.comparable(one, other)):
        return None
    return middle_of(converted(Interval(decision.low, decision.high), one, other))


def frames_of(
    claims: Iterable[Claim], known: Vocabulary, decided: Mapping[tuple[str, str], Decision]
) -> Mapping[tuple[str, str], Frame]:
    """Of which scope and date the figures of each decided measure are, by what it is of.

    They are those that can be weighed in the unit that was decided; a measure without has no frame.
    """
    found = {}
    for group in groups(claims, known, None):
        key, kind = (fold(group.subject), fold(group.measure.name)), group.measure.kind
        decision = decided.get(key)
        if decision is None:
            continue
        some = [e for e in group.claims if units.comparable(e[1].estimate.unit, decision.unit)]
        kept, _unit, _ = aligned(some, kind, _open, one_per_source=True, latest=True)
        if kept:
            claim = kept[0][1]
            found[key] = frame(claim.scope, claim.statement.when, kind)
    return found


def unweighed_sum(
    claims: Iterable[Claim], measure: str | None, known: Vocabulary, as_of: Period | None
) -> str:
    """That what a source's parts add up to is not weighed, in a sentence; "" where nothing is.

    Of one measure, or of all if None.
    """
    selection = Selection(limit=0, camps=False, disagreements=False, reasons=0)
    wanted = None if measure is None else known.name(measure)
    sums = (
        side
        for subject in ranked(claims, Policy(), known, selection, as_of)
        for each in subject.measures
        if wanted in (None, each.measure)
        for side in each.sides
        if side.derived and side.measure == each.measure
    )
    first = next(sums, None)
    if first is None:
        return ""
    added = summed(figure(first), first)
    return f"A sum of other measures is not weighed, as {first.source}'s {added}."


def frame(scope: str | None, when: Period | None, kind: Kind) -> Frame:
    """What two figures share that are set beside one another; of constants it is no date."""
    return fold(scope or ""), None if kind is Kind.CONSTANT else days_of(when)


def _voices_of(group: Group) -> SubjectVoices | NotSupported:
    kept, unit, left_out = aligned(
        group.claims, group.measure.kind, _open, one_per_source=True, latest=True
    )
    if len(kept) < 2:
        return NotSupported(
            group.subject,
            group.measure.name,
            f"{group.name}: weighing takes at least two independent closed figures "
            f"of one unit, scope and date, and {how_few(kept, left_out)}.",
            f"See what there is: factlog compare.{told_left_out(left_out)}",
        )
    kept = sorted(kept, key=lambda each: fold(each[1].statement.source))
    figures = tuple(_figure(each, unit) for each in kept)
    of = _of(group.measure, kept[0][1])
    return SubjectVoices(group.subject, group.measure, unit, figures, of, tuple(left_out))


def _of(measure: Measure, claim: Claim) -> str:
    """Of what date and scope the figures are, in a sentence; nothing where none is said."""
    when = None if measure.kind is Kind.CONSTANT else claim.statement.when
    told = ", ".join(filter(None, (f"of {day(when)}" if when else "", clean(claim.scope or ""))))
    return f"The figures are {told}." if told else ""


def _open(said: Estimate) -> str | None:
    """Why a figure is not closed; None if it is."""
    if said.hedge is Hedge.VAGUE:
        return "only a word"
    if said.best is None and (said.low is None or said.high is None):
        return "a limit: nothing bounds it on the other side"
    return None


def _figure(each: Numbered, unit: str | None) -> Voice:
    claim = each[1]
    said = claim.estimate
    ends = None
    if said.plus is not None or said.high is not None:
        ends = converted(reading_of(said, Policy()), said.unit, unit)
        ends = None if ends.low == ends.high else ends
    value = number(said.best, said.unit, unit)
    if value is None and ends is None:
        value = number(said.low, said.unit, unit)
    return Voice(clean(claim.statement.source), value, ends)


def middle_of(ends: Interval) -> Decimal:
    """The number half way between two ends."""
    assert ends.low is not None
    assert ends.high is not None
    return EXACT.divide(EXACT.add(ends.low, ends.high), Decimal(2))
