"""The index of words: which rows hold a piece of text, found without reading them all.

Kept beside the rows in the same transaction, folded as names are, in pieces of three
characters, so that any piece of a word is found. It says where to look; what is found is
always held against the words themselves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from factlog.names import fold

# What is indexed of each table's rows, and where it stands in schema.COLUMNS.
TEXTS: dict[str, tuple[str, ...]] = {
    "subject": ("key",),
    "source": ("key",),
    "statement": ("via", "quote"),
    "claim": ("said", "note"),
}
PIECE = 3
Row = Sequence[object]
Put = Callable[[str, Sequence[str], Sequence[Row]], None]  # a table, its columns, new rows


def make(execute: Callable[[str], object]) -> None:
    """Make the index of every table that has one.

    It keeps no text and reads it from the rows themselves, so that other programs can list it;
    nothing is ever taken out, as rows of the record stay. Its text is folded by factlog, which
    sqlite-utils' own call for such an index has no place for.
    """
    for table, columns in TEXTS.items():
        execute(f"drop table if exists {table}_words")
        execute(f"create virtual table {table}_words using {_made_as(', '.join(columns), table)}")


def _made_as(columns: str, content: str) -> str:
    return (
        f"fts5({columns}, content='{content}', content_rowid='id', columnsize=0, "
        "detail=none, tokenize='trigram case_sensitive 1')"
    )


def fill(raw: sqlite3.Connection) -> None:
    """Index the rows that were there before the index was."""
    for table, columns in TEXTS.items():
        read = raw.execute(f"select id, {', '.join(columns)} from {table} order by id")  # noqa: S608
        while rows := read.fetchmany(1000):
            into = f"insert into {table}_words (rowid, {columns[0]}) values (?, ?)"  # noqa: S608
            raw.executemany(into, list(worded(rows, range(1, len(columns) + 1))))


def adding(table: str) -> str:
    """The statement that indexes rows just made, from one to another, once `let_fold` was said."""
    one, more = TEXTS[table]
    return (
        f"insert into {table}_words (rowid, {one}) "  # noqa: S608
        f"select id, {_folding(table)} from {table} "
        f"where id between ? and ? and ({one} <> '' or {more} <> '') order by id"
    )


def _folding(table: str) -> str:
    """What the index holds of a row; digits, of which it holds what they are, are not folded."""
    one, *others = TEXTS[table]
    more = "".join(f"{each} is null and " for each in others)
    return (
        f"case when {more}{one} not glob '*[^0-9]*' then {one} "
        f"else factlog_folded({', '.join(TEXTS[table])}) end"
    )


def let_fold(raw: sqlite3.Connection) -> None:
    """Let SQLite fold texts as the index holds them."""
    with suppress(sqlite3.OperationalError):  # which it takes no second time while it is asked
        raw.execute("select factlog_folded('')").fetchall()
        return
    raw.create_function("factlog_folded", -1, _together, deterministic=True)


def unlike(raw: sqlite3.Connection) -> str | None:
    """The first table whose index is not that of the words in its rows; None if all are."""
    let_fold(raw)
    reading = raw.execute("pragma query_only").fetchone()[0]
    raw.execute("pragma query_only = off")  # nothing is written but beside the store
    try:
        return next((table for table in TEXTS if not _alike(raw, table)), None)
    finally:
        raw.execute(f"pragma query_only = {reading:d}")


def unusable(raw: sqlite3.Connection) -> str | None:
    """The first index in which nothing can be looked for; None if none is broken."""
    for table in TEXTS:
        try:
            sql = f"select rowid from {table}_words where {table}_words match 'abc'"  # noqa: S608
            raw.execute(sql).fetchone()
        except sqlite3.Error:
            return f"{table}_words"
    return None


_VERSION = [("version", 4)]  # of FTS5's format; nothing else is set of an index


def _is_whole(raw: sqlite3.Connection, table: str) -> bool:
    """Whether an index has its settings and finds every page of its own, which SQLite takes as so.

    A page is numbered by its segment, in the bits above 37, and its place; one that begins a
    word is longer than where its own list of words begins, which its third and fourth byte say.
    """
    if raw.execute(f"select k, v from {table}_words_config").fetchall() != _VERSION:  # noqa: S608
        return False
    found = set(raw.execute(f"select segid, pgno >> 1 from {table}_words_idx"))  # noqa: S608
    pages = raw.execute(
        f"select id >> 37, id & 0x7fffffff, length(block), substr(block, 3, 2) "  # noqa: S608
        f"from {table}_words_data where id > 10 and not (id >> 31) & 63"
    )
    return all(
        length <= int.from_bytes(words, "big") or (segment, page) in found
        for segment, page, length, words in pages
    )


def _alike(raw: sqlite3.Connection, table: str) -> bool:
    """Let SQLite compare a copy of an index with what the rows hold, folded anew."""
    columns = TEXTS[table]
    words = ", ".join(("words", "more")[: len(columns)])
    some = " or ".join(f"{column} <> ''" for column in columns)
    try:
        if not _is_whole(raw, table):
            return False
        raw.execute(
            f"create temp view held as select id, {_folding(table)} as words, "  # noqa: S608
            f"null as more from main.{table} where {some}"
        )
        raw.execute(f"create virtual table temp.copied using {_made_as(words, 'held')}")
        for part in ("data", "idx", "config"):
            raw.execute(f"delete from temp.copied_{part}")  # noqa: S608
            raw.execute(f"insert into temp.copied_{part} select * from main.{table}_words_{part}")  # noqa: S608
        raw.execute("insert into temp.copied (copied, rank) values ('integrity-check', 1)")
    except (sqlite3.DatabaseError, TypeError) as error:
        # How SQLite, or a page of no bytes, says that it is not; but not for want of room.
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise
        return False
    finally:
        raw.execute("drop table if exists temp.copied")
        raw.execute("drop view if exists temp.held")
    return True


def _together(*texts: str | None) -> str:
    return folded("\n".join(filter(None, texts)))


class Index:
    """Adds rows to the index as they are made."""

    def __init__(self, columns: dict[str, tuple[str, ...]]) -> None:
        self._places = {
            table: tuple(columns[table].index(column) for column in texts)
            for table, texts in TEXTS.items()
        }

    def take(self, put: Put, table: str, rows: Sequence[Row]) -> None:
        """Let `put` add these rows to the index of their table, if they have words."""
        if table in self._places:
            found = list(worded(rows, self._places[table]))
            if found:
                put(f"{table}_words", ("rowid", column(table)), found)


def worded(rows: Iterable[Row], places: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Rows with something to index: their id and folded text."""
    first, *others = places
    for row in rows:
        text = row[first]
        for place in others:
            if more := row[place]:
                text = f"{text}\n{more}" if text else more
        if text:
            number = row[0]
            assert isinstance(number, int)
            yield number, folded(str(text))


def folded(text: str) -> str:
    """A text as the index holds it, and a word as it is looked for there."""
    if text.isdigit() and text.isascii():  # as the words of most claims are
        return text
    # The index would take a NUL for the end of the text.
    return fold(text.replace("\0", "\ufffd") if "\0" in text else text)


def column(table: str) -> str:
    """The column that the index of a table has its words in."""
    return TEXTS[table][0]


def pieces(text: str) -> list[str]:
    """The pieces of three characters in a text, each once; none of a shorter text."""
    found = (text[at : at + PIECE] for at in range(len(text) - PIECE + 1))
    return list(dict.fromkeys(found))


def quoted(piece: str) -> str:
    """A piece as the index takes it in a question."""
    return '"' + piece.replace('"', '""') + '"'


def holding(word: str) -> str:
    """The question for texts that hold every piece of a word."""
    return " AND ".join(map(quoted, pieces(word)))
