"""The record as it stood after an earlier event: what was done since, undone in a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from factlog.errors import NotFound
from factlog.store import events
from factlog.store.connection import Connection, row_number
from factlog.store.schema import COLUMNS


def event_at(connection: Connection, moment: datetime) -> int:
    """The last event logged by then; 0 if there was none yet."""
    number = connection.value(
        "select coalesce(max(id), 0) from event where at <= ?", (events.stamp(moment),)
    )
    return int(number)


def event_of_head(connection: Connection, digest: str) -> int:
    """The event a head of the log ("12:3fa9c1d2e4b5a697") was taken at."""
    count, _colon, hash_ = digest.partition(":")
    number = int(count)
    found = connection.value("select hash from event where id = ?", (row_number(number),))
    if number and not (found or "").startswith(hash_):
        raise NotFound(
            f"No state of this log has the head {digest}.",
            "Its head now, and how it looks: factlog log --head",
        )
    return number


def written(path: Path) -> int | None:
    """How many times SQLite has written to a file, as it counts itself; None where it does not."""
    with path.open("rb") as file:
        head = file.read(28)
    return int.from_bytes(head[24:28]) if head[18:20] == b"\1\1" else None


# What it comes to when an event says what no event can say.
_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)


@contextmanager
def as_at(connection: Connection, number: int) -> Iterator[None]:
    """Read everything inside as it stood when event `number` had been logged (0: before any)."""
    with connection.copied(to_change=True):
        left = {table: int(connection.value(f"select count(*) from {table}")) for table in COLUMNS}  # noqa: S608
        for later in connection.numbers(
            "select id from event where id > ? order by id desc", (row_number(number),)
        ):
            try:
                _take_out(connection, events.payload_of(connection, later), left)
            except (*_UNREADABLE, OverflowError) as error:
                raise events.unreadable(later) from error
        connection.run("delete from event where id > ?", (row_number(number),))
        yield


def _take_out(connection: Connection, done: dict[str, Any], left: dict[str, int]) -> None:
    """Change back what an event changed, and take out the rows it made.

    Undo changes whole runs of rows, each once: `left` counts the rows of which that can be said.
    """
    for table, first, last, changed in reversed(done["changes"]):
        before = {column: both[0] for column, both in changed.items()}
        _known(table, before)
        left[table] -= last - first
        if left[table] < 0:
            raise ValueError(table)
        settings = ", ".join(f"{column} = ?" for column in before)
        connection.run(
            f"update {table} set {settings} where id between ? and ?",  # noqa: S608
            (*before.values(), first, last),
        )
    for table, made in done["rows"].items():
        _known(table, {})
        connection.run(
            f"delete from {table} where id between ? and ?",  # noqa: S608
            (made["first"], made["last"]),
        )


def _known(table: str, columns: dict[str, object]) -> None:
    """See that a payload names only tables and columns of the record: they go into SQL."""
    if not columns.keys() <= set(COLUMNS[table]):
        raise ValueError(table)


# The events after one, and whether what they changed was changed back; without those that did so.
_LATER = """
select id, exists (select 1 from event u where u.undoes = e.id) from event e
where id > ?1 and coalesce(undoes, ?1) <= ?1
"""


def touched(connection: Connection, number: int) -> tuple[set[int], bool]:
    """The ids of the claims that events after this one made or changed, for people.

    Also whether they changed names or measures, which may move claims without touching them.
    What was changed and changed back since is as it was, and touched nothing.
    """
    spans: list[tuple[int, int]] = []
    renamed = False
    for later, undone in connection.rows(_LATER, (row_number(number),)):
        done = events.payload_of(connection, later)
        try:
            if "claim" in done["rows"]:
                made = done["rows"]["claim"]
                spans.append((row_number(made["first"]), row_number(made["last"])))
            for table, first, last, _changed in () if undone else done["changes"]:
                if table == "claim":
                    spans.append((row_number(first), row_number(last)))
                renamed = renamed or table in ("subject", "source", "measure")
        except _UNREADABLE as error:
            raise events.unreadable(later) from error
    return _for_people(connection, spans), renamed


def _for_people(connection: Connection, spans: list[tuple[int, int]]) -> set[int]:
    found: set[int] = set()
    reached = 0
    for first, last in sorted(spans):  # each row once, however many spans it is in
        if last > reached:
            found.update(
                connection.numbers(
                    "select coalesce(edits, id) from claim where id between ? and ? "
                    "and (edits is null or undone is null)",
                    (max(first, reached + 1), last),
                )
            )
            reached = last
    return found
