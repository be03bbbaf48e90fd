"""Bringing an older copy of a store up to the newer one it is a copy of."""

from __future__ import annotations

from collections.abc import Sequence

from factlog.store.connecting import Connection
from factlog.store.indexing import Index
from factlog.store.journal import Row
from factlog.store.schema import COLUMNS, EVENT_COLUMNS

_AT_ONCE = 500


def is_behind(connection: Connection, other: Connection) -> bool:
    """Whether the other store's log is this one's, gone further."""
    last = connection.row("select id, hash from event order by id desc limit 1")
    if last is None:
        return False
    found = other.value("select hash from event where id = ?", (last[0],))
    return bool(
        found == last[1] and other.value("select 1 from event where id > ? limit 1", (last[0],))
    )


def catch_up(connection: Connection, other: Connection) -> None:
    """Make this store the same as the other: its rows, and its log word for word."""
    connection.run("pragma defer_foreign_keys = on")
    for table, columns in {**COLUMNS, "event": EVENT_COLUMNS}.items():
        _copy(connection, other, table, columns)


def _copy(connection: Connection, other: Connection, table: str, columns: Sequence[str]) -> None:
    names = ", ".join(columns)
    every = f"select {names} from {table} where id > ? order by id limit {_AT_ONCE}"  # noqa: S608
    settings = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    put = (
        f"insert into {table} ({names}) values ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"on conflict (id) do update set {settings}"
    )
    index = Index(COLUMNS)
    indexed = connection.value(f"select coalesce(max(id), 0) from {table}")  # noqa: S608
    last = 0
    while theirs := other.rows(every, (last,)):
        ours = set(connection.rows(every, (last,)))
        changed: list[Row] = [row for row in theirs if row not in ours]
        if changed:
            connection.run_many(put, changed)
            worded = index.of(table, [row for row in changed if _id(row) > indexed])
            if worded is not None:
                connection.run_many(*worded)
        last = theirs[-1][0]


def _id(row: Row) -> int:
    number = row[0]
    assert isinstance(number, int)
    return number
