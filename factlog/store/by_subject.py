"""The live claims subject by subject, of all subjects or of those that could hold a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from factlog.claim import Claim
from factlog.comparison import Measure, Policy
from factlog.store import fetching, naming, suspecting
from factlog.store.connecting import Connection

# The first and last row of some subjects that follow one another.
Part = tuple[int, int]


def claims(
    connection: Connection,
    suspected: Policy | None,
    measures: Sequence[Measure],
    part: Part | None,
) -> Iterator[list[Claim]]:
    """Each subject's claims, in the order the subjects were first recorded."""
    if suspected is None:
        return _fetched(connection, (e.id for e in naming.shown(connection, "subject", part)))
    return _fetched(connection, suspecting.subjects(connection, suspected, measures, part))


def parts(connection: Connection, size: int) -> list[Part]:
    """All subjects cut into parts of so many."""
    last = connection.value("select coalesce(max(id), 0) from subject")
    return [(first, first + size - 1) for first in range(1, last + 1, size)]


# Subjects are fetched so many at a time, unless that makes too many claims.
_SUBJECTS = 50
_CLAIMS = 5_000


def _fetched(connection: Connection, subjects: Iterable[int]) -> Iterator[list[Claim]]:
    """The live claims of each of some subjects, given by their rows, in this order."""
    taking = iter(subjects)
    while batch := list(islice(taking, _SUBJECTS)):
        yield from _of_each(connection, batch)


def _of_each(connection: Connection, subjects: Sequence[int]) -> Iterator[list[Claim]]:
    rows = fetching.wanted(connection, subjects=naming.rows_of(connection, "subject", subjects))
    if len(rows) > _CLAIMS and len(subjects) > 1:
        for subject in subjects:
            yield from _of_each(connection, [subject])
        return
    groups: dict[str, list[Claim]] = {}
    for claim in fetching.by_rows(connection, rows):
        groups.setdefault(claim.statement.subject, []).append(claim)
    names = connection.rows(
        f"select name from subject where id in ({', '.join('?' * len(subjects))}) order by id",  # noqa: S608
        subjects,
    )
    yield from (groups[name] for (name,) in names if name in groups)
