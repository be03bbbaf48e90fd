"""Every subject side by side, the worst first, of which memory holds one at a time.

Subjects are judged as the record has them. What is to be said of each waits in a temporary file
until all are judged: only then is it known in what order they come, and which numbers stand under
two heads.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import Decimal
from typing import IO

from factlog.comparer import hints
from factlog.comparer.hints import Head, Standing
from factlog.errors import FactlogError
from factlog.findings import Comparison, Counts, Exclusion, Hint, SubjectComparison
from factlog.render import Look, camps, side_by_side
from factlog.render.display import page
from factlog.values import dataclass

Narrowed = Callable[[Comparison], Comparison]
# Numbers are counted by their hashes in so many places: two that share one are looked at in vain.
_PLACES = 1 << 22


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is kept of a subject: its numbers, and what is said of it, blank where it is not shown.

    `hints` are those of each measure that the subject alone gives.
    """

    numbers: tuple[tuple[Decimal, Standing], ...]
    hints: tuple[tuple[Head, tuple[Hint, ...]], ...]
    lead: str
    table: str


def written(
    found: Iterable[Comparison],
    look: Look,
    narrowed: Narrowed,
    without: Callable[[], tuple[Exclusion, ...] | None],
) -> Iterator[str]:
    """The page, of comparisons of one subject each in any order, of which `narrowed` is shown.

    It is, letter by letter, what one comparison of all of them is written as.
    """
    with _temporary() as file:
        aside = _Aside(file)
        below = _Below()
        for each in found:
            shown = narrowed(each)
            below.add(shown)
            for subject in each.subjects:
                aside.put(subject, shown.subjects, look)
        aside.settle()
        twins = hints.twins(aside.shared())
        for judged in aside:
            if judged.lead:
                told = ((head[1], _told(own, twins.get(head, ()))) for head, own in judged.hints)
                yield f"{judged.lead}{page(camps.hints(told, look))}\n"
        for judged in aside:
            yield judged.table
    yield page(side_by_side.below(below.comparison(without()), look))


@contextmanager
def _temporary() -> Iterator[IO[bytes]]:
    """A file for what waits."""
    with _worded():
        file = tempfile.TemporaryFile(prefix="factlog-")  # noqa: SIM115 - it may fail to close
    try:
        yield file
    finally:
        with suppress(OSError):  # of a full disk that was told already
            file.close()


@contextmanager
def _worded() -> Iterator[None]:
    """Say that it is the folder of temporary files which cannot hold what waits."""
    try:
        yield
    except OSError as error:
        where = f", {tempfile.tempdir}," if tempfile.tempdir else ""
        raise FactlogError(
            f"The folder for temporary files{where} cannot hold what is compared: "
            f"{error.strerror}.",
            "Free some space there, or name another folder: TMPDIR=FOLDER factlog compare --full",
        ) from error


class _Aside:
    """Subjects laid aside in a file, and then gone through from the worst on."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._found: list[tuple[object, int]] = []  # how bad each is, and where it lies
        self._seen = bytearray(_PLACES)

    def put(
        self, subject: SubjectComparison, shown: Iterable[SubjectComparison], look: Look
    ) -> None:
        """Lay aside a subject, and of what is shown of it what is said."""
        numbers = tuple(hints.telling_numbers(subject))
        for value, _stands in numbers:
            place = hash(value) % _PLACES
            self._seen[place] = min(self._seen[place] + 1, 2)
        own, lead, table = [], "", ""
        for each in shown:
            lead, table = camps.standing(each, look), side_by_side.subject(each, look)
            own = [((each.subject, m.measure), _own(m.hints)) for m in each.measures]
        self._found.append((subject.rank, self._file.tell()))
        with _worded():
            pickle.dump(_Judged(numbers, tuple(own), lead, table), self._file)

    def settle(self) -> None:
        """All are there: put them in order."""
        self._found.sort()

    def __iter__(self) -> Iterator[_Judged]:
        for _rank, place in self._found:
            with _worded():  # what is still to be written is, before any is read
                self._file.seek(place)
            yield pickle.load(self._file)  # noqa: S301 - what was written above

    def shared(self) -> Iterator[tuple[Decimal, Standing]]:
        """The numbers that may stand under two heads."""
        for judged in self:
            for value, stands in judged.numbers:
                if self._seen[hash(value) % _PLACES] > 1:
                    yield value, stands


def _told(own: Iterable[Hint], twins: Iterable[Hint]) -> list[Hint]:
    """The hints of one measure in the order that one comparison gives them in."""
    return sorted((*own, *twins), key=lambda each: each.kind == hints.COPY)


def _own(found: Iterable[Hint]) -> tuple[Hint, ...]:
    return tuple(each for each in found if each.kind != hints.TWIN)


class _Below:
    """What the lines below the page are about: counts, and whether something was decided."""

    def __init__(self) -> None:
        self._counts = Counts()
        self._last: Comparison | None = None
        self._decided: tuple[SubjectComparison, ...] = ()

    def add(self, shown: Comparison) -> None:
        """Count a comparison."""
        self._counts += shown.counts
        self._last = shown
        decided = (each for each in shown.subjects if any(m.decision for m in each.measures))
        self._decided = self._decided or tuple(decided)

    def comparison(self, without: tuple[Exclusion, ...] | None) -> Comparison:
        """One comparison that stands for all: of subjects it has but one of which was decided."""
        assert self._last is not None  # where there is nothing to compare, that was said
        found = replace(self._last, subjects=self._decided, left_out=Counts(), without=without)
        return replace(found, left_out=self._counts - found.counts)
