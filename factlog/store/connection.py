"""The connection to a store: its locks, and what SQLite says in words for the person."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from factlog.errors import StoreError
from factlog.patterns import Pattern
from factlog.store import text_index
from factlog.store.address import Place
from factlog.store.dialect import SQLITE
from factlog.store.schema import APPLICATION_ID, COLUMNS

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _TOOBIG, _NOTADB = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_NOTADB),
)
# What SQLite says, besides much else, of an index of words that it cannot read.
_BY_AN_INDEX = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT_VTAB)
_PERM = (sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)

_WORDS = {
    _FULL: ("There is no room left on the disk for {path}.", "Make room and do it again."),
    _READONLY: (
        "{path} cannot be written: the file or its folder is read-only.",
        "Work on a copy in a folder of your own, or ask for leave to write there.",
    ),
    _CORRUPT: (
        "{path} is damaged: SQLite cannot make sense of it.",
        "Put back a copy of it, or save what can be read: sqlite3 FILE .recover",
    ),
    _NOTADB: (
        "{path} is not a factlog store.",
        "Name another file with --db, or leave --db out to use your own store.",
    ),
    _IOERR: (
        "The disk that holds {path} could not be read or written.",
        "See that the disk is there and has room, then do it again.",
    ),
    _CANTOPEN: (
        "{path} cannot be opened.",
        "See that it is a file, in a folder you may use.",
    ),
    _TOOBIG: ("A text is longer than a store can hold (1 GB).", "Shorten it."),
}
_IN_USE = (
    "{path} is in use by another program, and still was after {patience:g} seconds.",
    "Close it there, or do it again in a moment.",
)


# SQLite names a damaged schema in its own bytes, which may be no text.
FAILURES = (sqlite3.Error, UnicodeDecodeError)


def full(path: Path) -> StoreError:
    """That the disk of a store has no room left."""
    problem, remedy = _WORDS[_FULL]
    return StoreError(problem.format(path=path), remedy)


def no_room(folder: str = "") -> StoreError:
    """That there is no room for what is laid aside meanwhile."""
    return StoreError(
        f"There is no room left in the temporary folder{folder and f' {folder}'}.",
        "Make room there, or set TMPDIR to a folder that has some, and do it again.",
    )


def row_number(number: int) -> int:
    """A number that anyone may give as one that can be looked up: no row has one beyond these."""
    return max(-1, min(number, 2**63 - 1))


LAST = 2**62  # no record comes near a row of a higher number


def is_busy(error: Exception) -> bool:
    """Whether another program holds the store, so that waiting may help."""
    return _code(error) in (_BUSY, _LOCKED)


def is_full(error: BaseException | None) -> bool:
    """Whether something could not be written for want of room."""
    return isinstance(error, sqlite3.Error) and _code(error) == _FULL


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file makes no sense as it is."""
    return _code(error) == _CORRUPT


def worded(error: Exception, path: Path, patience: float = 30) -> StoreError:
    """The error a person sees for one that SQLite raised."""
    code = _code(error)
    if code in (_BUSY, _LOCKED):
        problem, remedy = _IN_USE
    elif code in _PERM:
        problem, remedy = _WORDS[_READONLY]
    else:
        problem, remedy = _WORDS.get(
            code,
            (
                "{path} could not be used: {error}.",
                "It may be damaged or changed by another program: put back a copy of it.",
            ),
        )
    return StoreError(problem.format(path=path, patience=patience, error=error), remedy)


def no_store(path: Path) -> StoreError:
    """The refusal of a file that is not SQLite's at all."""
    problem, remedy = _WORDS[_NOTADB]
    return StoreError(problem.format(path=path), remedy)


def _code(error: Exception) -> int:
    """The primary code: the extended ones keep it in the low byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


# How long a lock is waited for in silence before the person is told, in seconds.
SILENCE = 0.5
_AT_ONCE = 1000  # rows, of a table that is read from end to end
_MAPPED = 1 << 40  # bytes of a file that are read where they are
Result = TypeVar("Result")
Saving = Callable[[], AbstractContextManager[None]]


class Connection:
    """A connection to one store: it reads at any time and writes inside `writing()`.

    A lock held by another program is waited for up to `patience` seconds; `waiting` is
    called once, when that begins to take long. What is written for good is saved inside
    `saving()`, which may watch how long the disk takes.
    """

    dialect = SQLITE

    def __init__(
        self,
        path: Path,
        waiting: Callable[[], None] | None = None,
        patience: float = 30.0,
        mode: str = "rw",
        saving: Saving = nullcontext,
    ) -> None:
        self.path: Place = path
        self._file = path
        self.recorded = False  # whether anything was changed for good through this connection
        self._checked = False  # whether something else would run on what is written
        self._waiting = waiting
        self._saving = saving
        self._patience = patience
        try:
            self._raw = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None
            )
        except sqlite3.Error as error:
            raise worded(error, path) from error
        self._wait_for(min(SILENCE, patience))
        try:
            for setting in ("foreign_keys = on", "query_only = on", "synchronous = full"):
                self.rows(f"pragma {setting}")  # the last of them reads the file
        except BaseException:
            self._raw.close()
            raise

    @property
    def file(self) -> Path:
        """The file."""
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()

    @property
    def raw(self) -> sqlite3.Connection:
        """The connection itself, for what makes and copies whole tables."""
        return self._raw

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Every row of a query. No lock is held afterwards, however slowly they are used."""
        return self._patiently(lambda: self._raw.execute(sql, values).fetchall())

    def numbers(self, sql: str, values: Sequence[object] = ()) -> array[int]:
        """The first column of every row, all of them whole numbers, kept small."""
        return self._patiently(
            lambda: array("q", (row[0] for row in self._raw.execute(sql, values)))
        )

    def taken(
        self, sql: str, values: Sequence[object], take: Callable[[Iterator[Any]], Result]
    ) -> Result:
        """What is made of the rows of a query as they come, which may be more than once."""
        return self._patiently(lambda: take(self._raw.execute(sql, values)))

    def reckoned(self, sql: str, values: Sequence[object] = ()) -> array[int] | None:
        """As `numbers`; None where numbers were met that cannot be reckoned with."""
        return self.numbers(sql, values)

    def row(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first row of a query, or None."""
        return self._patiently(lambda: self._raw.execute(sql, values).fetchone())

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, values)
        return None if row is None else row[0]

    def stream(
        self, table: str, columns: Sequence[str], key: str = "id", after: int | None = None
    ) -> Iterator[Any]:
        """Every row of a table in the order of its ids, negative ones too, some at a time.

        Only those behind the row `after`, if that is given.
        """
        sql = f"select {', '.join((key, *columns))} from {table} where {key} "  # noqa: S608
        last = -(2**63) if after is None else after
        if after is None:  # the lowest id there can be is not above itself: it is asked for alone
            yield from self.rows(f"{sql} = ?", (last,))
        while some := self.rows(f"{sql} > ? order by {key} limit {_AT_ONCE}", (last,)):
            yield from some
            last = some[-1][0]

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, inside `writing()`; the number of rows changed comes back."""
        return self._worded(lambda: self._raw.execute(sql, values)).rowcount

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Put rows into a table, inside `writing()`."""
        if len(rows) < _MANY:
            self.run_many(inserting(table, columns), rows)
        else:
            self._worded(lambda: self._raw.executemany(*_without_blanks(table, columns, rows)))

    def expecting_many(self) -> bool:
        """Make ready for very many new claims; whether an index is better made after them.

        The ids of claims are spread at random over theirs: 64 MB keep the most of it at hand.
        """
        self._raw.execute("pragma cache_size = -65536")
        return True

    def is_that_of(self, other: Connection) -> bool:
        """Whether another connection is to the very same store."""
        return isinstance(other.path, Path) and self._file.samefile(other.path)

    def defer_references(self) -> None:
        """Let rows point, until what `writing()` does is whole, to some that are not there yet."""
        self.run("pragma defer_foreign_keys = on")

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Change rows many times over, inside `writing()`."""
        self._worded(lambda: self._raw.executemany(sql, rows))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write everything done inside, or, after any exception, nothing."""
        if self._raw.in_transaction:  # part of a larger change, which decides
            yield
            return
        # A transaction that begins by reading fails outright when another one writes
        # meanwhile; IMMEDIATE waits its turn.
        self._raw.execute("pragma query_only = off")
        before, ending = self._raw.total_changes, False
        try:
            self._patiently(lambda: self._raw.execute("begin immediate"))
            if not self._checked:
                check_nothing_else_runs(self)
                self._checked = True
            # Pages that outgrow the cache go to the file early, for which no reader may be
            # there: where one is they stay in memory, rather than wait for it page by page.
            self._wait_for(0)
            yield
            self._wait_for(min(SILENCE, self._patience))
            ending = True
            with self._saving():
                self._patiently(lambda: self._raw.execute("commit"))
            self.recorded |= self._raw.total_changes > before
        except BaseException as error:
            if self._raw.in_transaction:
                self._raw.execute("rollback")
            elif ending and not isinstance(error, StoreError):  # interrupted after the commit
                self.recorded |= self._raw.total_changes > before
            raise
        finally:
            self._wait_for(min(SILENCE, self._patience))
            self._raw.execute("pragma query_only = on")

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read everything inside from one moment; writers wait until it ends."""
        if self._raw.in_transaction:
            yield
            return
        self._raw.execute("begin")
        try:
            yield
        finally:
            if self._raw.in_transaction:
                self._raw.execute("rollback")

    @contextmanager
    def copied(self, *, to_change: bool = False, file: str = "") -> Iterator[None]:  # noqa: ARG002
        """Read everything inside from a copy of this moment; nobody waits for that to end.

        With `to_change` the copy can be changed, which the store knows nothing of. It is in a
        file of its own if one is given, which others can read too.
        """
        with closing(sqlite3.connect(file, isolation_level=None)) as copy:
            copy.execute("pragma synchronous = off")
            with self.steady():
                self.value("select count(*) from sqlite_master")  # waits, within bounds, to begin
                self._worded(lambda: self._raw.backup(copy))
            copy.execute("pragma journal_mode = delete")  # it stays as it is, and needs no log
            copy.execute(f"pragma mmap_size = {_MAPPED}")  # nobody else changes it
            own, self._raw = self._raw, copy
            try:
                yield
            finally:
                self._raw = own

    @contextmanager
    def beholding(self, file: Path) -> Iterator[None]:
        """Let the tables of a store that nobody changes be asked for as those of `theirs`."""
        self._raw.execute("attach ? as theirs", (f"{file.as_uri()}?mode=ro&immutable=1",))
        self._raw.execute(f"pragma theirs.mmap_size = {_MAPPED}")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # where it was ended in the middle of a question
                self._raw.execute("detach theirs")

    @contextmanager
    def any_text(self) -> Iterator[None]:
        """Read text inside even where another program has written bytes that are none."""
        self._raw.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self._raw.text_factory = str

    def _patiently(self, act: Callable[[], Result]) -> Result:
        """Do it; while another program holds the store, say so once and wait the full time."""
        left = max(1, round(self._patience / SILENCE))
        while True:
            try:
                return act()
            except FAILURES as error:
                left -= 1
                if not is_busy(error) or not left:
                    raise self._told(error) from error
            # SQLite hears no Ctrl-C while it waits: here it is heard, after half a second.
            if self._waiting is not None:
                self._waiting()
                self._waiting = None  # once is enough

    def _worded(self, act: Callable[[], Result]) -> Result:
        try:
            return act()
        except FAILURES as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> StoreError:
        """The error a person sees: an index of words that is broken takes no claim with it."""
        code = getattr(error, "sqlite_errorcode", 0)
        broken = code in _BY_AN_INDEX and text_index.unusable(self._raw)
        if not broken:
            return worded(error, self._file, self._patience)
        return StoreError(
            f"{self.path} is damaged in its index of words, {broken}: no word can be looked up.",
            "Put back a copy of it; what else it holds is still read: factlog export FILE.csv",
        )

    def _wait_for(self, seconds: float) -> None:
        self._raw.execute(f"pragma busy_timeout = {round(seconds * 1000):d}")


def check_is_store(path: Place, found: tuple[int, int], newest: int) -> None:
    """Refuse what is not a store, and one that a later factlog made."""
    application, version = found
    if application != APPLICATION_ID:
        raise StoreError(
            f"{path} belongs to another program: it is an SQLite file, but not a factlog store.",
            "Name another file with --db, or leave --db out to use your own store.",
        )
    if version > newest:
        raise StoreError(
            f"{path} was made by a newer factlog (schema {version}; this one knows {newest}).",
            "Install the newest factlog: pip install --upgrade factlog-claims",
        )
    if version < 1:
        raise StoreError(
            f"{path} says that it has no schema version: it was changed outside factlog.",
            "Put back a copy of it; what it holds has not been touched.",
        )


def check_nothing_else_runs(connection: Connection) -> None:
    """Refuse to write where triggers, or what tables were made to do besides, would run on it."""
    trigger = connection.value("select name from sqlite_master where type = 'trigger'")
    if trigger is not None:
        plain = re.fullmatch(r"\w{1,60}", trigger)
        raise StoreError(
            f"{connection.path} has a trigger that factlog did not make, {trigger[:60]!r}: it "
            "would run on whatever is recorded.",
            "Nothing was recorded. "
            + (
                f"Drop it: sqlite3 {connection.path} 'drop trigger {trigger}'"
                if plain
                else f"Open {connection.path} with sqlite3 and drop it, as drop trigger does."
            ),
        )
    table = doing_more(connection)
    if table is not None:
        raise StoreError(
            f"{connection.path} was changed outside factlog: its table {table} does more than "
            "hold rows.",
            "Nothing was recorded. See what was changed: factlog log --verify",
        )


def doing_more(connection: Connection) -> str | None:
    """A table of the record that was made to do more than hold rows."""
    made = connection.rows("select name, sql from sqlite_master where type = 'table'")
    ours = (*COLUMNS, "event")
    return next((name for name, sql in made if name in ours and not _PLAIN.match(sql)), None)


# A table as factlog makes it: columns of one type each, some never blank or pointing to a row;
# nothing that is worked out, checked, or settled by dropping rows.
_NAME = r'(?:"\w+"|\[\w+\]|\w+)'
_PLAIN = Pattern(
    rf"create table {_NAME} \(\s*{_NAME} integer primary key(?:\s*,\s*{_NAME} (?:text|integer|real)"
    rf"(?: not null)?(?: references {_NAME}\({_NAME}\))?)*\s*\) strict\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=32)
def inserting(table: str, columns: Sequence[str], marks: Sequence[str] = ()) -> str:
    """The statement that puts a row into a table."""
    values = ", ".join(marks or "?" * len(columns))
    return f"insert into {table} ({', '.join(columns)}) values ({values})"  # noqa: S608


_MANY = 100  # rows, beyond which it pays to look at their blanks
_BLANK_OR_MORE = "nullif(?, '')"


def _without_blanks(
    table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> tuple[str, Iterator[Sequence[object]]]:
    """The statement that puts rows into a table, and their values, hardly one of them None.

    Python asks around for what a None is to be in SQLite, which takes longer than ten other
    values do. Columns of nothing else are left out, and beside values an empty text stands for it.
    """
    none = (None,) * len(rows)
    kept: dict[str, Sequence[object]] = {}
    marks = []
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        if values == none:
            continue
        emptied = None in values and "" not in values
        kept[column] = ["" if value is None else value for value in values] if emptied else values
        marks.append(_BLANK_OR_MORE if emptied else "?")
    return inserting(table, tuple(kept), tuple(marks)), zip(*kept.values(), strict=True)


def recheck(connection: Connection, newest: int) -> int:
    """The schema version, read again under the lock; 0 for a file with nothing in it."""
    application = connection.value("pragma application_id")
    version = int(connection.value("pragma user_version"))
    if not application and not version and not connection.value("select 1 from sqlite_master"):
        return 0
    check_is_store(connection.path, (application, version), newest)
    return version
