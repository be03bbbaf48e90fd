"""The screen that passes over subjects without a conflict, as a worker of Spark runs it.

It is the one question that a store is asked, put to SQLite about some subjects at a time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from factlog.policy import Measure, Policy
from factlog.store.prefilter import COLUMNS, question
from factlog.values import dataclass

Rows = list[Sequence[Any]]

_TOGETHER = 5_000  # claims
_MOST_VALUES = 30_000  # that SQLite takes in one question; of more, every subject could
_REALS = slice(6, 11)  # of them are binary numbers
_EPOCH = "date '1970-01-01'"


# The columns of the screen, as Spark has them of a relation of claims.
ASKED = (
    *("subject_key", "measure_name", "unit", "hedge", "side", "coverage"),
    *("best_real", "plus_real", "minus_real", "stated_low", "stated_high"),
    f"datediff(if(as_of is null, published_first, as_of_first), {_EPOCH})",
    f"datediff(if(as_of is null, published_last, as_of_last), {_EPOCH})",
    "if(as_of is null and published is null, 0, 1)",
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What subjects are passed over by: those in which nothing conflicts under the policy."""

    policy: Policy
    measures: tuple[Measure, ...]

    def passed(self, subjects: Iterable[Rows]) -> Iterator[Rows]:
        """The rows of the subjects that could hold a conflict; ASKED are the last of each row."""
        for some in _together(subjects):
            suspected = self._suspected([row[-len(ASKED) :] for rows in some for row in rows])
            yield from (rows for rows in some if rows[0][-len(ASKED)] in suspected)

    def _suspected(self, figures: Rows) -> set[str]:
        # SQLite takes what is no number for nothing, and nothing is no end to be beyond.
        odd = {row[0] for row in figures if any(map(_no_number, row[_REALS]))}
        measured, units = ({row[n] for row in figures} - {None} for n in (1, 2))
        asked = question(
            "select * from figure",
            self.policy,
            self.measures,
            names={name: name for name in sorted(measured) if name},
            units=sorted(units),
            key="text",
        )
        if len(asked.values) > _MOST_VALUES:
            return {row[0] for row in figures}
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(f"create table figure({', '.join(COLUMNS)})")
            marks = ", ".join("?" * len(COLUMNS))
            connection.executemany(f"insert into figure values ({marks})", figures)  # noqa: S608
            return odd.union(*connection.execute(asked.sql, asked.values))


def _no_number(value: float | None) -> bool:
    return value != value  # as nothing else is


def _together(subjects: Iterable[Rows]) -> Iterator[list[Rows]]:
    """Subjects of so many rows at a time."""
    some: list[Rows] = []
    count = 0
    for rows in subjects:
        some.append(rows)
        count += len(rows)
        if count >= _TOGETHER:
            yield some
            some, count = [], 0
    if some:
        yield some
