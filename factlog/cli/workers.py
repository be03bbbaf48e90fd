"""Comparing every subject of a lake in the workers of Spark; the answers are taken in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from factlog import comparer, render
from factlog.claim import Claim
from factlog.cli import query
from factlog.cli.parallel import PartResult
from factlog.cli.query import Question, Tally
from factlog.errors import UsageError
from factlog.findings import Comparison, SubjectComparison
from factlog.render import Look
from factlog.store.spark_lake import SparkLake as SparkLake
from factlog.values import dataclass

_TOGETHER = 100  # subjects of an answer

Groups = Iterator[list[Claim]]
Ranked = tuple[tuple[SubjectComparison, ...], comparer.Counted]


@dataclass(frozen=True, slots=True)
class Judging:
    """What a worker makes of the claims of each subject: comparisons, to be told here."""

    question: Question

    def __call__(self, groups: Groups) -> Iterator[Ranked]:
        """The comparison of each subject, and what of it was left out by party or basis."""
        known = comparer.Vocabulary.of(self.question.known)
        for claims in groups:
            left = comparer.Counted()
            yield tuple(query.ranked(claims, self.question, known, left)), left


@dataclass(frozen=True, slots=True)
class Writing:
    """What a worker makes of the claims of each subject: the text that is told of them."""

    question: Question
    format: str
    look: Look

    def __call__(self, groups: Groups) -> Iterator[PartResult]:
        """The text of some subjects at a time; the header, if there is one, is the first piece."""
        while first := next(groups, None):
            some = chain((first,), islice(groups, _TOGETHER - 1))
            yield self.part(Judging(self.question)(some))

    def part(self, judged: Iterable[Ranked]) -> PartResult:
        """The text of some subjects."""
        tally, left = Tally(), comparer.Counted()
        kept = query.narrowed(tally.through(_each(judged, self.question, left)), self.question)
        pieces = tuple(render.FORMATS[self.format](kept, self.look))
        return PartResult(tally.counts, tally.open, tally.some, left, pieces)


def _each(
    judged: Iterable[Ranked], question: Question, left: comparer.Counted
) -> Iterator[Comparison]:
    """Each subject as a comparison."""
    for subjects, without in judged:
        left.update(without)
        yield query.answered(subjects, question)


def parts(
    lake: SparkLake, question: Question, shape: str, look: Look, *, counted: bool
) -> Iterator[PartResult]:
    """The text of every subject, as the workers wrote it, after that of none: the header."""
    work = Writing(question, shape, look)
    suspected = query.suspected(question, counted=counted)
    return chain((work.part(()),), lake.judged(work, suspected, question.known))


def anything(lake: SparkLake, question: Question) -> bool:
    """Whether there is something to compare, where only conflicts were looked for."""
    return any(subjects for subjects, _left in lake.judged(Judging(question)))


def answers(
    lake: SparkLake,
    question: Question,
    *,
    streamed: bool,
    counted: bool,
    left: comparer.Counted,
) -> Iterator[Comparison]:
    """What the workers found: all subjects at once, worst first, or one by one as on record."""
    suspected = query.suspected(question, counted=counted)
    judged: Iterator[Ranked] = lake.judged(Judging(question), suspected, question.known)
    if not streamed:
        yield query.whole(_subjects(judged, left), question, left)
        return
    some = False
    for found in _each(judged, question, left):
        some = some or bool(found.subjects)
        yield found
    if not some and (suspected is None or not anything(lake, question)):
        raise query.nothing(question, left)


def _subjects(judged: Iterable[Ranked], left: comparer.Counted) -> Iterator[SubjectComparison]:
    """Every subject, which must not come in parts: its claims were then not compared as one."""
    seen = set[str]()
    for subjects, without in judged:
        left.update(without)
        for subject in subjects:
            if (name := subject.rank[-1]) in seen:
                raise UsageError(
                    f'"{subject.subject}" has more than one subject_key in these files.',
                    "Give the rows of a subject one subject_key, or write --engine duckdb.",
                )
            seen.add(name)
            yield subject
