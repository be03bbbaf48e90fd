"""Comparing every subject of a large store: part by part, on every core, written in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from factlog import comparer, render
from factlog.cli import processes, query
from factlog.cli.query import Question, Tally
from factlog.errors import FactlogError
from factlog.findings import Counts
from factlog.render import Look
from factlog.store import Store
from factlog.store.address import Address
from factlog.store.query import Groups, Part
from factlog.values import dataclass

# So many runs of parts for each core are on their way at a time; their results wait in memory.
_AHEAD = 2
# The most parts that follow one another for which the store is opened, and screened, once.
_RUN = 10


@dataclass(frozen=True, slots=True)
class Task:
    """What every part is compared and written by."""

    store: Path | Address
    question: Question
    format: str
    look: Look
    counted: bool


@dataclass(frozen=True, slots=True)
class PartResult:
    """A part compared: what its pairs came to, whether there was anything, and the text.

    `left` counts what of it was left out by party or basis.
    """

    counts: Counts
    still_open: int
    some: bool
    left: comparer.Counted
    pieces: tuple[str, ...]


def compared(task: Task, parts: Sequence[Part]) -> Iterator[PartResult]:
    """Each part in order, the next ones being worked on meanwhile if there are cores for it."""
    workers = min(processes.cores(), len(parts))
    screened = query.suspected(task.question, counted=task.counted) is not None
    most = min(_RUN, len(parts) // (processes.cores() * _AHEAD)) if screened else 1
    taken = list(runs(parts, most))
    if workers < 2:
        return chain.from_iterable(work(task, run) for run in taken)
    return chain.from_iterable(_in_order(task, taken, workers))


def runs(parts: Sequence[Part], most: int) -> Iterator[list[Part]]:
    """Parts that follow one another, together: so many at most, where that is more than one."""
    run: list[Part] = []
    for part in parts:
        if run and (len(run) >= most or run[-1][1] + 1 != part[0]):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _in_order(task: Task, taken: Sequence[list[Part]], workers: int) -> Iterator[list[PartResult]]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[list[PartResult]]] = deque()
    pool = ProcessPoolExecutor(workers, initializer=processes.begin)
    try:
        for run in taken:
            # This may start a helper, which has the signals it began with.
            with processes.undisturbed():
                waiting.append(pool.submit(work, task, run))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise FactlogError(
            "One of the processes that compare was stopped from outside, perhaps for want of "
            "memory.",
            "Run it again when there is more, or name subjects: factlog compare SUBJECT",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def work(task: Task, run: list[Part]) -> list[PartResult]:
    """Compare some parts that follow one another, screened together."""
    suspected = query.suspected(task.question, counted=task.counted)
    with Store.open(task.store) as store:
        known = comparer.Vocabulary.of(store.measures())
        return [_worked(known, task, each) for each in store.by_part(run, suspected)]


def _worked(known: comparer.Vocabulary, task: Task, claims: Groups) -> PartResult:
    """Compare one part and write it out; the header, if the format has one, is the first piece."""
    tally, left = Tally(), comparer.Counted()
    found = query.each(claims, known, task.question, left)
    kept = query.narrowed(tally.through(found), task.question)
    pieces = tuple(render.FORMATS[task.format](kept, task.look))
    return PartResult(tally.counts, tally.open, tally.some, left, pieces)
