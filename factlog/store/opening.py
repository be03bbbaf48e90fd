"""Opening a store: whether the file is one, and making it or bringing it up to date."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from types import ModuleType

from factlog.errors import MissingPackage, NoStore, StoreError
from factlog.store.address import Address, Place
from factlog.store.connection import (
    Connection,
    Saving,
    check_is_store,
    full,
    is_damage,
    no_store,
    worded,
)
from factlog.store.schema import APPLICATION_ID, COLUMNS, STEPS, Step

# The least a file of SQLite's can be, in bytes.
_HEADER = 512


UNCLEAR = (-1, -1)


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
                raise no_store(path)
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
        if is_damage(error) or _interrupted(path):
            return UNCLEAR
        raise worded(error, path) from error
    except (OSError, ValueError) as error:
        raise unusable(path, error) from error


def connect(
    path: Place,
    *,
    create: bool,
    waiting: Callable[[], None] | None,
    patience: float,
    steps: Sequence[Step] = STEPS,
    keep: bool = True,
    saving: Saving = nullcontext,
) -> Connection:
    """Open the store at this path, making it or bringing it up to date where that is needed.

    With `keep`, a store that is brought up to date is copied first.
    """
    if isinstance(path, Address):
        server: Connection = served().connect(
            path, create=create, waiting=waiting, patience=patience, saving=saving
        )
        return server
    with saving() if create else nullcontext():
        _see_that_it_is_there(path, create, steps)
    found = look(path)
    interrupted = _interrupted(path)
    # A write cut short may have left half a header: then it is judged once SQLite has tidied up.
    if found is not None and found != UNCLEAR and not (interrupted and found[0] == 0):
        check_is_store(path, found, len(steps))
    elif found is None and not create and not interrupted:
        raise NoStore(
            f"{path} is empty: there is no store in it.",
            'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
        )
    connection = Connection(path, waiting, patience, saving=saving)
    try:
        if found is None or found != (APPLICATION_ID, len(steps)):
            from factlog.store import migrations

            migrations.bring_up_to_date(connection, create=create, steps=steps, keep=keep)
        _see_that_tables_are_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _see_that_tables_are_tables(connection: Connection) -> None:
    """Refuse what only looks like a table: a view may be made so that reading it never ends."""
    tables = (*COLUMNS, "event")
    marks = ", ".join("?" * len(tables))
    sql = f"select name from sqlite_master where name in ({marks}) and not "  # noqa: S608
    other = connection.value(sql + "(type = 'table' and sql like 'create table %')", tables)
    if other is not None:
        raise StoreError(
            f"{connection.path} was changed outside factlog: its {other} is no table any more.",
            "Put back a copy of it; what it holds has not been touched.",
        )


@contextmanager
def only_read(
    path: Place, waiting: Callable[[], None] | None, patience: float
) -> Iterator[Connection]:
    """Open a store that is not to be changed: an older one by way of a copy that goes again."""
    if isinstance(path, Address):
        with closing(connect(path, create=False, waiting=waiting, patience=patience)) as found:
            yield found
        return
    _see_that_it_is_there(path, False)
    if look(path) in (None, UNCLEAR, (APPLICATION_ID, len(STEPS))):
        with closing(connect(path, create=False, waiting=waiting, patience=patience)) as found:
            yield found
        return
    import tempfile  # which few commands need

    from factlog.store import migrations

    with tempfile.TemporaryDirectory(prefix="factlog-") as folder:
        copy = Path(folder) / path.name
        check_is_store(path, look(path) or (0, 0), len(STEPS))
        migrations.copy_to(path, copy)
        with closing(
            connect(copy, create=False, waiting=waiting, patience=patience, keep=False)
        ) as found:
            yield found


def served() -> ModuleType:
    """What opens a store on a server."""
    try:
        from factlog.store import postgres
    except ImportError as error:
        raise MissingPackage("A store in PostgreSQL", "postgres", error) from error
    return postgres


def glance(path: Place) -> Connection:
    """Open a store for one quick look: nothing is made, mended or waited for."""
    if isinstance(path, Address):
        return connect(path, create=False, waiting=None, patience=0.1)
    _see_that_it_is_there(path, False)
    if (look(path) or (0, 0))[0] != APPLICATION_ID:
        raise no_store(path)
    connection = Connection(path, patience=0.1, mode="ro")
    try:
        _see_that_tables_are_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _interrupted(path: Path) -> bool:
    """Whether a write is going on, or was cut short: SQLite keeps a journal meanwhile."""
    return Path(f"{path}-journal").exists()


JOURNALS = ("-journal", "-wal", "-shm")  # files that SQLite keeps beside a store, and deletes


def _see_that_it_is_there(path: Path, create: bool, steps: Sequence[Step] = STEPS) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder.", "Name a file in it.")
        if path.exists():
            if not path.is_file():
                raise StoreError(f"{path} is not a file.", "Name a file.")
            return
        if create:
            if path.resolve().name.endswith(JOURNALS):
                raise StoreError(
                    f"{path} is a name that SQLite gives its own files: it would delete the store.",
                    "Name another file: --db facts.db",
                )
            _see_that_its_journal_is_free(path)
            from factlog.store import migrations

            migrations.make(path, steps)
            return
    except (OSError, ValueError) as error:
        raise unusable(path, error) from error
    raise NoStore(
        f"There is no store at {path}.",
        'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
    )


def _see_that_its_journal_is_free(path: Path) -> None:
    """Refuse to make a store where SQLite would take another file for its journal.

    It would delete that file, or write what is in it over the new store.
    """
    for each in (Path(f"{path.resolve()}{ending}") for ending in JOURNALS):
        try:
            size = each.stat().st_size
        except FileNotFoundError:
            continue
        if size and not path.exists():  # another process may have made the store, and be writing
            raise StoreError(
                f"{each} is in the way: SQLite would take it for the journal of the new store.",
                "Put back the store it was left beside, or move it away.",
            )


def unusable(path: Path, error: OSError | ValueError) -> StoreError:
    """The refusal of a path that the system cannot open, or take for one."""
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOSPC, errno.EDQUOT):
        return full(path)
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return StoreError(
        f"{path} cannot be used as a store: {reason}.",
        "Give it a shorter name: the files that SQLite keeps beside it have longer ones."
        if code == errno.ENAMETOOLONG
        else "Name a file in a folder that is there and that you may use.",
    )
