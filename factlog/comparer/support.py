"""Which figure is best supported, and how far that is to be trusted: only when asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

from factlog import units
from factlog.answers import CopyGroup, LeftOut, LevelRange, NotSupported, Support, SupportedValue
from factlog.claim import Claim, Estimate, Period
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.copies import as_one, copies, copy_groups
from factlog.comparer.decided import by_measure, settling
from factlog.comparer.joint_voices import Together, listed_shortly, of_groups
from factlog.comparer.sides import converted, has_own_zero
from factlog.comparer.voices import (
    SubjectVoices,
    Voice,
    VoiceTable,
    decided_number,
    table_of,
    voices_by_measure,
)
from factlog.decision import Decision
from factlog.names import fold
from factlog.policy import EXACT, Interval, Measure, stated
from factlog.stats.ranges import (
    calibrated_place,
    calibrated_radius,
    pooled_range,
    weighted_median,
)
from factlog.values import dataclass
from factlog.wording import counted, percent, same_errors, sign
from factlog.wording import number as in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.stats.weighing import Weights

# Below so many subjects no source shows what it is worth.
FEW_SUBJECTS = 30
# A calibrated range at a level takes so many decided subjects; the highest level is given.
_CALIBRATED = ((Decimal("0.9"), 20), (Decimal("0.8"), 10))
# Ranges that people state hold the number less often than they should: of few, the middle of
# the pool at the second level is given for the first.
_STATED = ((Decimal("0.9"), Decimal("0.975")), (Decimal("0.8"), Decimal("0.875")))
_FEW_RANGES = 5
_SHOWN = 4  # digits of the width of a range
_LEAST_COUNT = 0.01
_WHOLE = Decimal(100)  # percent

Key = tuple[str, str]


def support(
    claims: Iterable[Claim],
    *,
    decided: Iterable[Decision] = (),
    measures: Iterable[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
    copies_as_one: bool = False,
) -> tuple[Support | NotSupported, ...]:
    """Say of every subject and measure which figure is best supported, and by whom.

    A source counts by how often the others bear it out on all the subjects of a measure that are
    given. A measure without two independent closed figures comes as a NotSupported.
    """
    known, decided = Vocabulary.of(measures), tuple(decided)
    groups: tuple[CopyGroup, ...] = ()
    if copies_as_one:
        claims = tuple(claims)
        groups = copies(claims, decided=decided, measures=known, as_of=as_of)
        claims = as_one(claims, groups, known)
    return weighed(claims, groups, decided=decided, measures=known, as_of=as_of)


def weighed(
    claims: Iterable[Claim],
    counted_once: Collection[CopyGroup],
    *,
    decided: Iterable[Decision],
    measures: Iterable[Measure] | Vocabulary | None,
    as_of: Period | None,
) -> tuple[Support | NotSupported, ...]:
    """The same of claims whose copies are counted as one voice already, and which those are."""
    resolved = by_measure(decided)
    found: list[Support | NotSupported] = []
    for fit, unfit, said in voices_by_measure(claims, measures, as_of):
        found += unfit
        if fit:
            with localcontext(EXACT):
                found += _supported(fit, said, resolved, counted_once)
    return tuple(sorted(found, key=lambda each: (fold(each.subject), each.measure)))


# Weighing


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A subject, its numbers with the best supported first, and the best under other priors.

    `together` are sources that agree too often to be voices of their own, where they agree;
    `counted_as` is how many voices are left where of those only one counts. `few` says that
    subjects are too few to tell what a source counts for.
    """

    subject: SubjectVoices
    values: tuple[SupportedValue, ...]
    others: tuple[Decimal, ...]
    centre: Decimal
    together: tuple[Together, ...]
    counted_as: int
    few: bool

    @property
    def first(self) -> list[Decimal]:
        """The numbers of the highest score: more than one where nothing tells them apart."""
        high = [round(each.score, 9) for each in self.values]
        return [each.value for each in self.values[: high.count(high[0])]] if high else []

    @property
    def best(self) -> Decimal | None:
        """The best supported number; None if none was given, or several are equally so."""
        return self.first[0] if len(self.first) == 1 else None

    @property
    def turned(self) -> list[Decimal]:
        """What is better supported under other priors."""
        return [each for each in dict.fromkeys(self.others) if each != self.best]

    @property
    def outvoted(self) -> list[SupportedValue]:
        """The numbers that most voices give, where those do not bear the best supported one out.

        They do if it is one of them, and alone, or sources can be told apart. Of three lone
        numbers and more, it is no matter of voices which is in the midst.
        """
        most = max((len(each.sources) for each in self.values), default=0)
        top = [each for each in self.values if len(each.sources) == most]
        among = self.best in [each.value for each in top]
        alone = len(top) == 1 or most == 1 < len(top) - 1
        return [] if among and (alone or not self.few) else top

    @property
    def outside(self) -> tuple[int, int]:
        """How many voices give only a range that leaves the best one out, and how many bear it out.

        Those do that give it, or only a range that holds it.
        """
        best = self.best
        ranges = [v.range for v in self.subject.voices if v.value is None and v.range is not None]
        out = 0 if best is None else sum(not _holds(each, best) for each in ranges)
        given = sum(voice.value == best for voice in self.subject.voices)
        return out, given + len(ranges) - out

    @property
    def left_out(self) -> bool:
        """Whether the ranges of more voices leave the best one out than bear it out."""
        out, borne = self.outside
        return self.best is not None and out > borne

    @property
    def fragile(self) -> bool:
        """Whether it turns with how much is taken from the others' agreement, or with nothing."""
        return self.best is not None and bool(self.turned or self.outvoted or self.left_out)


def _holds(ends: Interval, number: Decimal) -> bool:
    """Whether a closed range holds a number."""
    assert ends.low is not None
    assert ends.high is not None
    return ends.low <= number <= ends.high


def _supported(
    subjects: Sequence[SubjectVoices],
    said: Iterable[Estimate],
    resolved: Mapping[Key, Decision],
    counted_once: Iterable[CopyGroup],
) -> Iterator[Support]:
    measure = subjects[0].measure
    own = {key: each for key, each in resolved.items() if key[1] == fold(measure.name)}
    settled = settling(own, measure.kind)
    judged = sum(sum(v.value is not None for v in each.voices) > 1 for each in subjects)
    ranked, groups = _ranked(subjects, settled, few=judged < FEW_SUBJECTS)
    calibration = _Calibration.of(ranked, settled, said)
    for each in ranked:
        subject = each.subject
        within, withheld = calibration.range_of(each)
        copied = _of_group(groups, subject.voices)
        every = _of_group(counted_once, (*subject.voices, *subject.left_out))
        as_one_here = [g for g in every if g.measure == subject.measure.name]
        told = [{*map(fold, some.sources)} for some in each.together]
        unsaid = [g for g in copied if not any(s.issuperset(map(fold, g.sources)) for s in told)]
        yield Support(
            subject.subject,
            subject.measure.name,
            subject.unit,
            voices=len(subject.voices),
            counted_as=each.counted_as,
            values=each.values,
            best=each.best,
            fragile=each.fragile,
            centre=each.centre,
            range=within,
            withheld=withheld,
            note=" ".join(
                (*_notes(each, judged), *map(same_errors, unsaid), *calibration.told(each, within))
            ),
            stated=tuple(_pool(subject)),
            left_out=subject.left_out,
            copies=tuple(dict.fromkeys((*as_one_here, *copied))),
            decision=resolved.get(subject.key),
        )


def _of_group(groups: Iterable[CopyGroup], some: Iterable[Voice | LeftOut]) -> list[CopyGroup]:
    """The groups that two or more of some figures are of."""
    heard = {fold(each.source) for each in some}
    return [g for g in groups if len(heard.intersection(map(fold, g.sources))) > 1]


def _ranked(
    subjects: Sequence[SubjectVoices], settled: Mapping[Key, Decision], *, few: bool
) -> tuple[list[_Ranked], tuple[CopyGroup, ...]]:
    """The subjects with their numbers weighed, all together; and who copies whom."""
    table = table_of(subjects)
    if not table.choices:
        return [_ranking(n, each, table, (), {}, few=few) for n, each in enumerate(subjects)], ()
    from factlog.stats.weighing import OTHER_PRIORS, PRIOR, weigh_each

    weights = weigh_each(table.voices, (PRIOR, *OTHER_PRIORS))
    many = Counter(weights[0].groups)
    numbers = {name: weights[0].groups[n] for name, n in table.sources.items()}
    alike = of_groups({name: n for name, n in numbers.items() if many[n] > 1}, subjects)
    ranked = [_ranking(n, each, table, weights, alike, few=few) for n, each in enumerate(subjects)]
    return ranked, copy_groups(subjects, table, weights[0], settled)


def _ranking(
    nth: int,
    subject: SubjectVoices,
    table: VoiceTable,
    weights: Sequence[Weights],
    alike: Mapping[int, Together],
    *,
    few: bool,
) -> _Ranked:
    """The numbers of one subject by their scores; equal ones by their distance from the centre."""
    together = _together(subject, table, weights[0].groups) if weights else {}
    counts = weights[0].counts if weights else ()
    usual = sum(counts) / len(counts) if counts else 1.0
    known = ((voice, table.sources.get(fold(voice.source))) for voice in subject.voices)
    each = [
        max(usual if n is None else counts[n], _LEAST_COUNT) / len(together.get(voice.source, "1"))
        for voice, n in known
    ]
    centre = weighted_median([voice.middle for voice in subject.voices], each)

    def order(value: Decimal, of: Weights) -> tuple[float, Decimal, Decimal]:
        return -round(of.scores[table.choices[nth, value]], 9), abs(value - centre), value

    best = [sorted(subject.numbers, key=lambda value: order(value, of)) for of in weights]
    values = tuple(
        SupportedValue(
            value,
            weights[0].scores[table.choices[nth, value]],
            weights[0].shares[table.choices[nth, value]],
            tuple(voice.source for voice in subject.voices if voice.value == value),
        )
        for value in (best[0] if best else ())
    )
    others = tuple(some[0] for some in best[1:] if some)
    numbers = [weights[0].groups[table.sources[fold(source)]] for source in together]
    camps = tuple(alike[n] for n in dict.fromkeys(numbers))
    counted_as = len(subject.voices) - len(together) + len({*together.values()})
    return _Ranked(subject, values, others, centre, camps, counted_as, few)


def _together(
    subject: SubjectVoices, table: VoiceTable, groups: Sequence[int]
) -> dict[str, tuple[str, ...]]:
    """Of the sources that agree too often to count singly, who gives the same number here."""
    found: dict[tuple[int, Decimal], list[str]] = {}
    for voice in subject.voices:
        if voice.value is not None:
            group = groups[table.sources[fold(voice.source)]]
            found.setdefault((group, voice.value), []).append(voice.source)
    return {each: tuple(some) for some in found.values() if len(some) > 1 for each in some}


def _notes(ranked: _Ranked, judged: int) -> Iterator[str]:
    """How far to trust it, in sentences."""
    unit = ranked.subject.unit
    if ranked.subject.of:
        yield ranked.subject.of
    if not ranked.values:
        yield "All of them give ranges, and no single number."
    elif len(ranked.first) > 1:
        some = listed_shortly([in_words(each, unit) for each in sorted(ranked.first)])
        yield f"Nothing on record tells {some} apart: they are equally supported."
    elif len(ranked.values) > 1 and all(len(each.sources) == 1 for each in ranked.values):
        nearest = "the one that most of the others lie near to"
        if len(ranked.values) == 2:
            nearest = "that of the source which is borne out more often elsewhere"
        yield f"No two voices give the same number: the best supported is {nearest}."
    ranges = sum(v.value is None for v in ranked.subject.voices)
    if ranges and ranked.values:
        yield (
            f"{counted(ranges, '1 voice gives', '{} voices give')} a range and no number: "
            "it counts towards the centre alone."
        )
    measured = sum(v.value is not None and v.range is not None for v in ranked.subject.voices)
    if measured > 1:
        yield (
            f"{measured} of them state their uncertainty, which is not taken into account here: "
            "pool combines figures by it."
        )
    if not judged:
        yield "Nothing tells what each voice counts for: no subject has two that give a number."
    elif judged < FEW_SUBJECTS:
        yield (
            f"Weighed over {counted(judged, '1 subject', '{} subjects')} with two voices or more: "
            f"with fewer than {FEW_SUBJECTS}, counting voices does as well."
        )
    else:
        yield f"Weighed over {judged:,} subjects with two voices or more."
    yield from _fragile(ranked)


def _fragile(ranked: _Ranked) -> Iterator[str]:
    """What the best supported figure turns into, and who is no voice of its own."""
    unit = ranked.subject.unit
    for some in ranked.together:
        yield some.told()
    if not ranked.fragile:
        return
    if ranked.outvoted:
        most = sorted(each.value for each in ranked.outvoted)
        told = listed_shortly([in_words(each, unit) for each in most])
        voices = len(ranked.outvoted[0].sources)
        of = sum(len(each.sources) for each in ranked.values)
        each_of = " each" if len(most) > 1 else ""
        yield f"Fragile: counting voices gives {told} ({voices} of {of}{each_of})."
    if ranked.left_out:
        out, borne = ranked.outside
        yield (
            f"Fragile: it lies outside the ranges of {counted(out, '1 voice', '{} voices')}, "
            f"and {counted(borne, '1 bears', '{} bear')} it out."
        )
    if ranked.turned:
        yield (
            "Fragile: where the agreement of others counts for more, or for less, "
            f"{in_words(ranked.turned[0], unit)} is better supported."
        )


# Ranges


@dataclass(frozen=True, slots=True)
class _Calibration:
    """How far off the best supported figures of decided subjects were, as a share of them.

    `below_nothing` are the units in which anybody gives a figure of the measure below 0, and
    `above_all` says whether anybody gives more than 100%.
    """

    errors: Mapping[Key, Decimal]
    below_nothing: frozenset[str | None]
    above_all: bool

    @classmethod
    def of(
        cls, ranked: Sequence[_Ranked], settled: Mapping[Key, Decision], said: Iterable[Estimate]
    ) -> _Calibration:
        """What the decisions say of the best supported figures, beside all that is said."""
        found = ((e.subject.key, _error(e, settled.get(e.subject.key))) for e in ranked)
        errors = {key: error for key, error in found if error is not None}
        given = [(_given(each), each.unit) for each in said]
        given += [(Interval(each.low, each.high), each.unit) for each in settled.values()]
        shares = [
            converted(*each, "percent") for each in given if units.comparable(each[1], "percent")
        ]
        return cls(
            errors,
            frozenset(unit for ends, unit in given if _below_nothing(ends)),
            any(map(_above_all, shares)),
        )

    def _of_others(self, ranked: _Ranked) -> list[Decimal]:
        return [error for key, error in self.errors.items() if key != ranked.subject.key]

    def told(self, ranked: _Ranked, found: LevelRange | None) -> Iterator[str]:
        """How often a range is to hold the number: of few cases, somewhat more than it says."""
        if found is not None:
            others = len(self._of_others(ranked))
            held = calibrated_place(others, found.level)
            share = percent(Decimal(held) / (others + 1))
            yield (
                f"Calibrated on {others:,} other decided subjects, the {found.level:.0%} range is "
                f"to hold {held:,} of {others + 1:,} cases ({share})."
            )

    def range_of(self, ranked: _Ranked) -> tuple[LevelRange | None, str | None]:
        """The range at the highest level there are cases for, or why there is none."""
        errors = self._of_others(ranked)
        needed = _CALIBRATED[-1][1]
        best, unit = ranked.best, ranked.subject.unit
        if best is None:
            return None, "no single figure is best supported"
        if ranked.left_out:
            return None, "the figure lies outside the ranges of more voices than bear it out"
        if unit is not None and has_own_zero(unit):
            return (
                None,
                f"it would be a share of the figure, and {sign(unit)} has a zero of its own",
            )
        if not best:
            return None, "it would be a share of the best supported figure, which is 0"
        for level, enough in _CALIBRATED:
            radius = calibrated_radius(errors, level) if len(errors) >= enough else None
            if radius is not None and radius.is_finite():
                arm = EXACT.multiply(abs(best), radius)
                low, high = self._cut(ranked.subject, best - arm, best + arm)
                return _outwards(low, high, level, whole=ranked.subject.whole), None
        if len(errors) >= needed:
            return None, "too many decided figures differ from a best supported one of 0"
        return None, f"it takes {needed} other decided subjects, and there are {len(errors)}"

    def _cut(self, subject: SubjectVoices, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
        """A range without what no count or share can be, unless such figures are given."""
        share = subject.unit == "percent"
        below = any(units.comparable(subject.unit, unit) for unit in self.below_nothing)
        if (share or subject.whole) and not below:
            low = max(low, Decimal(0))
        if share and not self.above_all:
            high = min(high, _WHOLE)
        return low, high


def _given(said: Estimate) -> Interval:
    """The ends that somebody gives: those of an error of measurement are none."""
    return stated(said) if said.plus is None else Interval(said.best, said.best)


def _below_nothing(ends: Interval) -> bool:
    low, high = ends.low, ends.high
    negative = any(end is not None and end < 0 for end in (low, high))
    return negative or (high == 0 and ends.high_open)


def _above_all(ends: Interval) -> bool:
    low, high = ends.low, ends.high
    more = any(end is not None and end > _WHOLE for end in (low, high))
    return more or (low == _WHOLE and ends.low_open)


def _error(ranked: _Ranked, decision: Decision | None) -> Decimal | None:
    """How far the best supported figure is off the decided one, as a share of itself."""
    best, number = ranked.best, decided_number(ranked.subject, decision)
    if best is None or number is None or ranked.left_out:
        return None
    off = abs(best - number)
    if not off:
        return Decimal(0)
    return off / abs(best) if best else Decimal("Infinity")


def _pool(subject: SubjectVoices) -> Iterator[LevelRange]:
    """The stated ranges together, at two levels; wider where there are few of them."""
    ends = [
        (each.range.low, each.range.high)
        for each in subject.voices
        if each.range and each.range.low is not None and each.range.high is not None
    ]
    for level, widened in _STATED if len(ends) > 1 else ():
        middle = pooled_range(ends, widened if len(ends) <= _FEW_RANGES else level)
        yield _outwards(*middle, level, whole=subject.whole)


def _outwards(low: Decimal, high: Decimal, level: Decimal, *, whole: bool) -> LevelRange:
    """A range with no more digits than mean something, its ends moved outwards."""
    width = EXACT.subtract(high, low)
    last = Decimal(1).scaleb(width.adjusted() - _SHOWN + 1) if width else low
    if whole:
        last = max(last, Decimal(1))
    return LevelRange(
        level, low.quantize(last, ROUND_FLOOR, EXACT), high.quantize(last, ROUND_CEILING, EXACT)
    )
