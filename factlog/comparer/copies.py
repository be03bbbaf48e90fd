"""Sources that repeat each other's errors, and counting those as one voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from factlog.answers import CopyGroup, FigureTrace
from factlog.claim import Claim, Period
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.decided import by_measure, settling
from factlog.comparer.measurements import with_stated
from factlog.comparer.pool import groups
from factlog.comparer.voices import (
    SubjectVoices,
    VoiceTable,
    decided_number,
    table_of,
    voices_by_measure,
)
from factlog.decision import Decision
from factlog.names import fold
from factlog.policy import Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.stats.weighing import Weights


def copies(
    claims: Iterable[Claim],
    *,
    decided: Iterable[Decision] = (),
    measures: Iterable[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
) -> tuple[CopyGroup, ...]:
    """The sources that repeat each other's errors, measure by measure, on all its subjects.

    An error is a number that is not the one decided, where somebody gave that, or else not the
    one that the others support best. Where copies outweigh all others, so that nobody is left to
    say that they err, nothing is told.
    """
    resolved = by_measure(decided)
    found: list[CopyGroup] = []
    for subjects, *_ in voices_by_measure(claims, measures, as_of):
        table = table_of(subjects)
        if table.choices:
            from factlog.stats.weighing import weigh

            kind = subjects[0].measure.kind
            settled = settling(resolved, kind)
            found += copy_groups(subjects, table, weigh(table.voices), settled)
    return tuple(found)


def copy_groups(
    subjects: Sequence[SubjectVoices],
    table: VoiceTable,
    weights: Weights,
    settled: Mapping[tuple[str, str], Decision],
) -> tuple[CopyGroup, ...]:
    """The same of one measure that was weighed."""
    from factlog.stats.copies import repeats
    from factlog.stats.dependence import joined

    known = {}
    for nth, item in table.items.items():
        number = decided_number(subjects[nth], settled.get(subjects[nth].key))
        if number is not None and (nth, number) in table.choices:
            known[item] = table.choices[nth, number]
    shown = {fold(v.source): v.source for each in reversed(subjects) for v in each.voices}
    names = [shown[name] for name in table.sources]
    heard = Counter(table.voices.sources)
    found = repeats(table.voices, weights.counts, known)
    return tuple(
        CopyGroup(
            subjects[0].measure.name,
            tuple(names[n] for n in sorted(group, key=lambda n: (-heard[n], fold(names[n])))),
            sum(pair.same for pair in pairs),
            sum(pair.same + pair.different for pair in pairs),
        )
        for group in joined([pair.sources for pair in found])
        for pairs in ([pair for pair in found if pair.sources[0] in group],)
    )


def beside(found: Iterable[FigureTrace], copied: Sequence[CopyGroup]) -> list[FigureTrace]:
    """How figures travelled, with the groups that two or more of their voices are of."""
    return [replace(each, copies=tuple(_heard(copied, each))) for each in found]


def _heard(copied: Iterable[CopyGroup], trace: FigureTrace) -> Iterator[CopyGroup]:
    waiting, names = list(trace.voices), set[str]()
    while waiting:
        voice = waiting.pop()
        names.add(fold(voice.source))
        waiting += voice.children
    for group in copied:
        if len(names.intersection(map(fold, group.sources))) > 1:
            yield group


def as_one(
    claims: Iterable[Claim],
    copied: Iterable[CopyGroup],
    measures: Iterable[Measure] | Vocabulary | None = None,
) -> Iterator[Claim]:
    """The claims, those of a copy with the source it is counted with.

    That is the source of the group with the most figures. An origin that was stated stands where
    others of the subject go back to it as well.
    """
    known = Vocabulary.of(measures)
    first = {
        (group.measure, fold(source)): group.sources[0]
        for group in copied
        for source in group.sources[1:]
    }
    for claim in claims:
        of = first.get((known.name(claim.measure), fold(claim.statement.source)))
        yield claim if of is None else replace(claim, counted_with=of)


def counted_elsewhere(
    claims: Iterable[Claim],
    found: Sequence[CopyGroup],
    measures: Iterable[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
) -> Mapping[CopyGroup, tuple[str, ...]]:
    """The copies that anywhere count with others instead: with whom they share a stated origin."""
    known = Vocabulary.of(measures)
    some: set[tuple[str, str]] = set()
    for each in groups(as_one(claims, found, known), known, as_of) if found else ():
        copied = [one for one in each.claims if one[1].retracted is None]
        some.update(
            (each.measure.name, fold(claim.statement.source))
            for (_, claim), (_, stands) in zip(copied, with_stated(copied), strict=True)
            if claim.counted_with and not stands.counted_with
        )
    return {
        group: tuple(name for name in group.sources if (group.measure, fold(name)) in some)
        for group in found
    }
