"""How the file of a store has to be besides its rows, as SQLite sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from factlog.store import schema, text_index
from factlog.store.connection import Connection, doing_more, is_full, no_room


def damage(connection: Connection) -> str | None:
    """What is wrong with the file, if SQLite cannot read all of it."""
    said = connection.value("pragma main.integrity_check(1)")
    return None if said == "ok" else f"The file is damaged: {said}."


def unfit(connection: Connection) -> str | None:
    """The first thing that is not as in a store made now, or a row that points to none."""
    return _foreign(connection) or _dangling(connection)


def _foreign(connection: Connection) -> str | None:
    """The first thing in the schema that a store made now does not have, or that is lacking."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        schema.apply(fresh, schema.STEPS, 0)
        made = _schema(lambda sql: fresh.execute(sql).fetchall())
    found = _schema(connection.rows)
    for what in sorted(found - made):
        return f"The {what[0]} {what[1]} was made or changed outside factlog."
    for what in sorted(made - found):
        return f"The {what[0]} {what[1]} is missing."
    table = doing_more(connection)
    if table is not None:
        return f"The table {table} was made or changed outside factlog."
    return None


def _dangling(connection: Connection) -> str | None:
    """A row that points to one that is not there, or an index of words that is not that of them."""
    row = connection.row("pragma main.foreign_key_check")
    if row is not None:
        return f"{row[0]} {row[1]} points to a {row[2]} that is not there."
    try:
        table = text_index.unlike(connection.raw)
    except sqlite3.Error as error:
        if is_full(error):
            raise no_room() from error
        raise
    if table is not None:
        return (
            f"The index of words {table}_words is not that of what each {table} holds: it was "
            "changed outside factlog."
        )
    return None


_COLUMNS_OF = "select name, type, [notnull], dflt_value, pk, hidden from pragma_table_xinfo "
_INDEXED = "select name, [desc], coll, [key] from pragma_index_xinfo "
_KEYS_OF = "select [table], [from], [to], on_delete from pragma_foreign_key_list "


def _schema(ask: Callable[[str], list[Any]]) -> set[tuple[str, str, str]]:
    """What a file holds besides rows, as SQLite sees it: kind, name and what makes it so."""
    every = ask(
        "select type, name, tbl_name, coalesce(sql, '') from sqlite_master "
        "where name not like 'sqlite\\_%' escape '\\'"
    )
    found = set()
    for kind, name, table, sql in every:
        made = " ".join(sql.lower().split())
        if kind == "table" and not made.startswith("create virtual"):
            # As columns, whatever their order: a store brought up to date is worded otherwise.
            ours = ask(_COLUMNS_OF + _quoted(name))
            keys = ask(_KEYS_OF + _quoted(name))
            made = repr(
                (
                    sorted(map(repr, ours)),
                    sorted(map(repr, keys)),
                    "strict" in made,
                    "check" in made,
                )
            )
        elif kind == "index":
            columns = ask(_INDEXED + _quoted(name))
            made = repr((table, columns, "unique index" in made, made.partition(" where ")[2]))
            name = f"{name} of {table}"
        found.add((kind, name, made))
    return found


def _quoted(name: str) -> str:
    """The name of a table or index as the argument of a pragma."""
    return "('" + name.replace("'", "''") + "')"
