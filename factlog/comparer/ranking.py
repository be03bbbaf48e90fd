"""The numbers of every subject by their scores, and what is to be said of the best one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from factlog.answers import CopyGroup, SupportedValue
from factlog.comparer.copies import copy_groups
from factlog.comparer.joint_voices import Together, of_groups
from factlog.comparer.voices import SubjectVoices, VoiceTable, table_of
from factlog.decision import Decision
from factlog.names import fold
from factlog.policy import Interval
from factlog.stats.ranges import weighted_median
from factlog.values import dataclass, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.stats.weighing import Weights

_LEAST_COUNT = 0.01

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Borne:
    """On how many subjects somebody gives a number beside others, and one of those the same."""

    of: int
    same: int

    def more_often(self, other: Borne) -> bool:
        """Whether more often than another; of none it is not known."""
        return bool(self.of and other.of) and self.same * other.of > other.same * self.of


@dataclass(frozen=True, slots=True)
class Ranked:
    """A subject, its numbers with the best supported first, and what is better under other priors.

    `together` are sources that agree too often to be voices of their own, where they agree;
    `counted_as` is how many voices are left where of those only one counts. `few` says that
    subjects are too few to tell what a source counts for. Of numbers that one voice each gives,
    `nearest` are those that the others lie nearest to, and `records` have what other subjects say
    of those voices, in the order of the values, and then of all voices.
    """

    subject: SubjectVoices
    values: tuple[SupportedValue, ...]
    others: tuple[Decimal, ...]
    centre: Decimal
    together: tuple[Together, ...]
    counted_as: int
    few: bool
    nearest: tuple[Decimal, ...] = ()
    records: tuple[Borne, ...] = ()

    @property
    def first(self) -> list[Decimal]:
        """The numbers of the highest score: more than one where nothing tells them apart."""
        return [each.value for each in self.values[: 1 if self.by_record else self._tied]]

    @property
    def _tied(self) -> int:
        """How many numbers have the highest score."""
        high = [round(each.score, 9) for each in self.values]
        return high.count(high[0]) if high else 0

    @property
    def borne(self) -> int | None:
        """Which of two lone numbers is of the source that others bear out more often elsewhere.

        Where nothing else is known of the other one: more often than is usual.
        """
        for place in (0, 1) if len(self.values) == 2 and self.records else ():
            own, other, usual = self.records[place], self.records[1 - place], self.records[2]
            if own.more_often(other) or (not other.of and own.more_often(usual)):
                return place
        return None

    @property
    def by_record(self) -> bool:
        """Whether two lone numbers have one score, and only that tells them apart."""
        return self._tied == 2 and self.borne == 0

    @property
    def passed_over(self) -> bool:
        """Whether the best supported of two lone numbers is not the one that tells for."""
        return self._tied == 1 and self.borne == 1

    @property
    def best(self) -> Decimal | None:
        """The best supported number; None if none was given, or several are equally so."""
        return self.first[0] if len(self.first) == 1 else None

    @property
    def turned(self) -> list[Decimal]:
        """What is better supported under other priors."""
        return list(dict.fromkeys(self.others))

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
    def far(self) -> bool:
        """Whether what its source counts for makes it the best, as others lie nearer to another."""
        return len(self.values) > 2 and bool(self.nearest) and self.best not in self.nearest

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
        return self.best is not None and bool(
            self.turned
            or self.outvoted
            or self.far
            or self.left_out
            or self.by_record
            or self.passed_over
        )


def _holds(ends: Interval, number: Decimal) -> bool:
    """Whether a closed range holds a number."""
    assert ends.low is not None
    assert ends.high is not None
    return ends.low <= number <= ends.high


def ranked_of(
    subjects: Sequence[SubjectVoices], settled: Mapping[Key, Decision], *, few: bool
) -> tuple[list[Ranked], tuple[CopyGroup, ...]]:
    """The subjects with their numbers weighed, all together; and who copies whom."""
    table = table_of(subjects)
    if not table.choices:
        return [_ranking(n, each, table, (), {}, few=few) for n, each in enumerate(subjects)], ()
    from factlog.stats.weighing import OTHER_PRIORS, PRIOR, weigh_each

    weights = weigh_each(table.voices, (PRIOR, *OTHER_PRIORS))
    many = Counter(weights[0].groups)
    numbers = {name: weights[0].groups[n] for name, n in table.sources.items()}
    alike = of_groups({name: n for name, n in numbers.items() if many[n] > 1}, subjects)
    records = _records(table, weights[0].groups)
    ranked = [
        _beside(_ranking(n, each, table, weights, alike, few=few), table, weights[0], records)
        for n, each in enumerate(subjects)
    ]
    return ranked, copy_groups(subjects, table, weights[0], settled)


def _records(table: VoiceTable, groups: Sequence[int]) -> list[Borne]:
    """How often each source is borne out by another that gives the same number; then all of them.

    Subjects on which nobody else gives a number are not looked at, and who counts as one voice
    bears nobody of it out.
    """
    voices = table.voices
    heard = Counter(voices.items)
    every_voice = zip(voices.choices, (groups[n] for n in voices.sources), strict=True)
    given = Counter(choice for choice, _ in set(every_voice))
    of, same = Counter[int](), Counter[int]()
    for item, source, choice in zip(voices.items, voices.sources, voices.choices, strict=True):
        if heard[item] > 1:
            of[source] += 1
            same[source] += given[choice] > 1
    every = Borne(of.total(), same.total())
    return [*(Borne(of[n], same[n]) for n in range(len(table.sources))), every]


def _beside(
    ranked: Ranked, table: VoiceTable, weights: Weights, records: Sequence[Borne]
) -> Ranked:
    """The same with what tells numbers apart of which no two voices give one: nearness, or who."""
    values = ranked.values
    if len(values) < 2 or any(len(each.sources) > 1 for each in values):
        return ranked
    places = [table.sources[fold(each.sources[0])] for each in values]
    counted = zip(values, places, strict=True)
    near = [round(each.score - weights.counts[place], 9) for each, place in counted]
    own = [records[place] for place in places]  # not borne out here, where nobody gives the same
    found = replace(
        ranked,
        nearest=tuple(e.value for e, n in zip(values, near, strict=True) if n == max(near)),
        records=(*(Borne(e.of - 1, e.same) for e in own), records[-1]),
    )
    if found.borne == 1 and not found.passed_over:  # of one score: that one comes first
        *both, usual = found.records
        return replace(found, values=found.values[::-1], records=(*both[::-1], usual))
    return found


def _ranking(
    nth: int,
    subject: SubjectVoices,
    table: VoiceTable,
    weights: Sequence[Weights],
    alike: Mapping[int, Together],
    *,
    few: bool,
) -> Ranked:
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

    def score(value: Decimal, of: Weights) -> float:
        return round(of.scores[table.choices[nth, value]], 9)

    def order(value: Decimal, of: Weights) -> tuple[float, Decimal, Decimal]:
        return -score(value, of), abs(value - centre), value

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
    highest = [e.value for e in values if round(e.score, 9) == round(values[0].score, 9)]
    others = tuple(
        some[0]
        for some, of in zip(best[1:], weights[1:], strict=True)
        if some and all(score(some[0], of) > score(each, of) for each in highest)
    )
    numbers = [weights[0].groups[table.sources[fold(source)]] for source in together]
    camps = tuple(alike[n] for n in dict.fromkeys(numbers))
    counted_as = len(subject.voices) - len(together) + len({*together.values()})
    return Ranked(subject, values, others, centre, camps, counted_as, few)


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
