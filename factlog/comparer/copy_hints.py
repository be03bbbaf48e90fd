"""Hints that one source may copy another: both repeat the same errors in what was decided.

By decisions alone: what a person has settled is what others are measured by, so that nothing has
to be weighed. `support` asks the same of every figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from factlog.answers import RepeatedErrors
from factlog.claim import Claim
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.decided import by_measure, settles
from factlog.comparer.hints import COPY
from factlog.comparer.voices import SubjectVoices, decided_number, voices_by_measure
from factlog.decision import Decision
from factlog.findings import Comparison, Hint, MeasureComparison, Side
from factlog.names import fold
from factlog.policy import Measure
from factlog.stats.distributions import mostly

# Of fewer decided subjects nothing can be told, even if all errors are the same.
_LEAST = 9
_MOST_VOICES = 300  # of a subject; more make too many pairs


def repeated_errors(
    claims_of: Callable[[str], Iterable[Claim]],
    decisions: Iterable[Decision],
    measures: Iterable[Measure] | Vocabulary,
) -> tuple[RepeatedErrors, ...]:
    """The pairs of sources that repeat each other's errors in the subjects decided about.

    `claims_of` gives those of a subject. An error is a number that is not the one decided; of the
    subjects where one of two errs, both give the same in more than four of five, but for one
    chance in twenty.
    """
    known = Vocabulary.of(measures)
    settled = _decided_enough(decisions, known)
    about = dict.fromkeys(each.subject for each in settled.values())
    claims = (claim for subject in about for claim in claims_of(subject))
    return tuple(
        repeated
        for subjects, *_ in voices_by_measure(claims, known, None)
        if subjects
        for repeated in _of_measure(subjects, settled)
    )


def _decided_enough(
    decisions: Iterable[Decision], known: Vocabulary
) -> dict[tuple[str, str], Decision]:
    """The decisions that others can be measured by, of measures with enough of them."""
    settled = {
        key: each
        for key, each in by_measure(decisions).items()
        if settles(each, known.find(known.name(each.measure)).kind)
    }
    many = Counter(measure for _subject, measure in settled)
    return {key: each for key, each in settled.items() if many[key[1]] >= _LEAST}


def _of_measure(
    subjects: Sequence[SubjectVoices], settled: Mapping[tuple[str, str], Decision]
) -> Iterator[RepeatedErrors]:
    same: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for subject in subjects:
        right = decided_number(subject, settled.get(subject.key))
        said = {fold(v.source): v.value for v in subject.voices if v.value is not None}
        if right is not None and len(said) <= _MOST_VOICES:
            _count(said, right, same, every)
    for pair, of in sorted(every.items()):
        alike = same[pair]
        if mostly(alike, of - alike):
            yield RepeatedErrors(subjects[0].measure.name, pair, alike, of)


def _count(
    said: Mapping[str, Decimal],
    right: Decimal,
    same: Counter[tuple[str, str]],
    every: Counter[tuple[str, str]],
) -> None:
    for one, other in combinations(sorted(said), 2):
        if not said[one] == said[other] == right:
            every[one, other] += 1
            same[one, other] += said[one] == said[other]


def with_copies(found: Comparison, repeats: Collection[RepeatedErrors]) -> Comparison:
    """The comparison with a hint wherever two such sources both have a figure."""
    if not repeats:
        return found
    return replace(
        found,
        subjects=tuple(
            replace(one, measures=tuple(_hinted(each, repeats) for each in one.measures))
            for one in found.subjects
        ),
    )


def _hinted(measure: MeasureComparison, repeats: Iterable[RepeatedErrors]) -> MeasureComparison:
    current: dict[str, Side] = {}
    for side in measure.sides:
        if side.current and not side.derived and side.measure == measure.measure:
            current.setdefault(fold(side.source), side)
    hints = tuple(
        _hint(each, [current[name] for name in each.sources])
        for each in repeats
        if each.measure == measure.measure and all(name in current for name in each.sources)
    )
    return replace(measure, hints=(*measure.hints, *hints)) if hints else measure


def _hint(repeated: RepeatedErrors, sides: Sequence[Side]) -> Hint:
    one, other = (side.source for side in sides)
    share = f"{repeated.same} of the {repeated.of} decided subjects that either has wrong"
    why = f"{one} and {other} give the same wrong number in {share}: has one it from the other?"
    return Hint(COPY, tuple(sorted({n for side in sides for n in side.claims})), why)
