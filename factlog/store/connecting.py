"""Opening a store: whether the file is one, the connection to it, and its locks."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from factlog.errors import StoreError
from factlog.store import trouble
from factlog.store.schema import APPLICATION_ID, STEPS, Step

# How long a lock is waited for in silence before the person is told, in seconds.
SILENCE = 0.5
# The least a file of SQLite's can be, in bytes.
_HEADER = 512
UNCLEAR = (-1, -1)
Result = TypeVar("Result")


class Connection:
    """A connection to one store: it reads at any time and writes inside `writing()`.

    A lock held by another program is waited for up to `patience` seconds; `waiting` is
    called once, when that begins to take long.
    """

    def __init__(
        self, path: Path, waiting: Callable[[], None] | None = None, patience: float = 30.0
    ) -> None:
        self.path = path
        self._waiting = waiting
        self._patience = patience
        try:
            self._raw = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
            )
        except sqlite3.Error as error:
            raise trouble.worded(error, path) from error
        self._wait_for(min(SILENCE, patience))
        try:
            for setting in ("foreign_keys = on", "query_only = on", "synchronous = full"):
                self.rows(f"pragma {setting}")  # the last of them reads the file
        except BaseException:
            self._raw.close()
            raise

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

    def row(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first row of a query, or None."""
        return self._patiently(lambda: self._raw.execute(sql, values).fetchone())

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, values)
        return None if row is None else row[0]

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, inside `writing()`; the number of rows changed comes back."""
        return self._worded(lambda: self._raw.execute(sql, values)).rowcount

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
        try:
            self._patiently(lambda: self._raw.execute("begin immediate"))
            yield
            self._patiently(lambda: self._raw.execute("commit"))
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("rollback")
            raise
        finally:
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
    def any_text(self) -> Iterator[None]:
        """Read text inside even where another program has written bytes that are none."""
        self._raw.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self._raw.text_factory = str

    def _patiently(self, act: Callable[[], Result]) -> Result:
        """Do it; if another program holds the store, say so once and wait the full time."""
        try:
            return act()
        except sqlite3.Error as error:
            if not trouble.is_busy(error) or self._patience <= SILENCE:
                raise trouble.worded(error, self.path, self._patience) from error
        if self._waiting is not None:
            self._waiting()
            self._waiting = None  # once is enough
        try:
            self._wait_for(self._patience - SILENCE)
            return self._worded(act)
        finally:
            self._wait_for(SILENCE)

    def _worded(self, act: Callable[[], Result]) -> Result:
        try:
            return act()
        except sqlite3.Error as error:
            raise trouble.worded(error, self.path, self._patience) from error

    def _wait_for(self, seconds: float) -> None:
        self._raw.execute(f"pragma busy_timeout = {round(seconds * 1000):d}")


def look(path: Path) -> tuple[int, int] | None:
    """The application id and schema version in the file's header; None for an empty file.

    The file is opened in a way that can change neither it nor any journal beside it, and that
    waits for nobody: what is written meanwhile may make it look damaged, and then UNCLEAR
    comes back.
    """
    try:
        size = path.stat().st_size
        if size < _HEADER:  # SQLite would take a short text for an empty file, and write over it
            if size:
                raise trouble.no_store(path)
            return None
        # SQLite itself looks, not open(): closing a second handle to a file would drop the
        # locks this process holds on it.
        raw = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
        )
        try:
            return (
                raw.execute("pragma application_id").fetchone()[0],
                raw.execute("pragma user_version").fetchone()[0],
            )
        finally:
            raw.close()
    except sqlite3.Error as error:
        if trouble.is_damage(error) or _interrupted(path):
            return UNCLEAR
        raise trouble.worded(error, path) from error
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def connect(
    path: Path,
    *,
    create: bool,
    waiting: Callable[[], None] | None,
    patience: float,
    steps: Sequence[Step] = STEPS,
) -> Connection:
    """Open the store at this path, making it or bringing it up to date where that is needed."""
    _see_that_it_is_there(path, create)
    found = look(path)
    interrupted = _interrupted(path)
    # A write cut short may have left half a header: then it is judged once SQLite has tidied up.
    if found is not None and found != UNCLEAR and not (interrupted and found[0] == 0):
        _check(path, found, len(steps))
    elif found is None and not create and not interrupted:
        raise StoreError(
            f"{path} is empty: there is no store in it.",
            'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
        )
    connection = Connection(path, waiting, patience)
    try:
        if found is None or found != (APPLICATION_ID, len(steps)):
            from factlog.store.making import bring_up_to_date

            bring_up_to_date(connection, create=create, steps=steps)
    except BaseException:
        connection.close()
        raise
    return connection


def _interrupted(path: Path) -> bool:
    """Whether a write is going on, or was cut short: SQLite keeps a journal meanwhile."""
    return Path(f"{path}-journal").exists()


def _see_that_it_is_there(path: Path, create: bool) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder.", "Name a file in it.")
        if path.exists():
            if not path.is_file():
                raise StoreError(f"{path} is not a file.", "Name a file.")
            return
        if create:
            # New stores are for their owner alone; SQLite gives its journals the same mode.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            return
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error
    raise StoreError(
        f"There is no store at {path}.",
        'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
    )


def _unusable(path: Path, error: OSError | ValueError) -> StoreError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return StoreError(
        f"{str(path)!r} cannot be used as a store: {reason}.",
        "Name a file in a folder that is there and that you may use.",
    )


def _check(path: Path, found: tuple[int, int], newest: int) -> None:
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


def recheck(connection: Connection, newest: int) -> int:
    """The schema version, read again under the lock; 0 for a file with nothing in it."""
    application = connection.value("pragma application_id")
    version = int(connection.value("pragma user_version"))
    if not application and not version and not connection.value("select 1 from sqlite_master"):
        return 0
    _check(connection.path, (application, version), newest)
    return version
