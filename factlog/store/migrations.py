"""Making a new store, and bringing an old one up to date with a copy kept beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from factlog.errors import StoreError
from factlog.store import connection as trouble
from factlog.store import schema
from factlog.store.connection import Connection, recheck

# A maker takes no time to speak of: files of one older than this, in seconds, were left by
# makers that were killed.
_LEFT = 60
_PART = ".part"


def make(path: Path, steps: Sequence[schema.Step] = schema.STEPS) -> None:
    """Put a whole store where there is no file; one that another process makes first stays.

    It is made beside its place and linked into it, so that no moment shows half a store.
    """
    path = path.resolve()
    before = f".{path.name[:40]}."
    import tempfile  # which few commands need

    number, part = tempfile.mkstemp(_PART, before, path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(_whole(steps))
            file.flush()
            os.fsync(file.fileno())
        _clear(Path(part), before)
        try:
            os.link(part, path)
        except FileExistsError:
            return
        except OSError:
            # No links here: an empty file, which SQLite fills all at once or not at all.
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    finally:
        Path(part).unlink()


def _whole(steps: Sequence[schema.Step]) -> bytes:
    """A store with nothing in it, as the bytes of its file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        raw.execute("pragma foreign_keys = on")
        raw.execute("begin")
        schema.apply(raw, steps, 0)
        raw.execute("commit")
        return raw.serialize()


def _clear(part: Path, before: str) -> None:
    """Remove what makers that were killed left behind."""
    with suppress(OSError):
        now = part.stat().st_mtime
        for left in part.parent.iterdir():
            is_left = left.name.startswith(before) and left.name.endswith(_PART)
            if is_left and left.stat().st_mtime < now - _LEFT:
                left.unlink()


def bring_up_to_date(
    connection: Connection,
    *,
    create: bool,
    steps: Sequence[schema.Step] = schema.STEPS,
    keep: bool = True,
) -> None:
    """Take the steps this store lacks, all in one transaction, and keep a copy from before.

    Whoever comes first takes them; those who raced it find them done.
    """
    if recheck(connection, len(steps)) == len(steps):
        return
    with connection.writing():
        done = recheck(connection, len(steps))
        if done == len(steps):
            return
        if not done and not create:
            raise StoreError(
                f"{connection.path} is empty: there is no store in it.",
                'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
            )
        if done and keep:
            keep_copy(connection.file, done)
        try:
            schema.apply(connection.raw, steps, done)
        except sqlite3.Error as error:
            raise trouble.worded(error, connection.file) from error


def keep_copy(path: Path, version: int) -> Path:
    """Copy the store, as it is before it is changed, to a file of its own beside it.

    One that was kept by a migration that was cut short serves again.
    """
    try:
        copy = _place(path, version)
        if copy.exists():
            return copy
        part = Path(f"{copy}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy_to(path, part)
        part.rename(copy)
    except OSError as error:
        raise StoreError(
            f"{path} is of an older factlog, and no copy of it could be kept: {error.strerror}.",
            "It was left as it was. See that its folder can be written and has room.",
        ) from error
    return copy


def copy_to(path: Path, to: Path) -> None:
    """Copy a store, as it was last left whole, into a file."""
    # A connection that is writing cannot copy itself: a second one reads beside it.
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        try:
            source.backup(target)
        except sqlite3.Error as error:
            raise trouble.worded(error, to) from error


def _place(path: Path, version: int) -> Path:
    """Where the copy is to be: a file that holds it already, or one that is not there yet."""
    copy = first = Path(f"{path}.schema-{version}")
    number = 1
    while copy.exists() and not _holds(copy, path):
        number += 1
        copy = Path(f"{first}.{number}")
    return copy


def _holds(copy: Path, path: Path) -> bool:
    """Whether a file is a copy of the store as it is: of one schema, and one log."""
    marks = []
    for each in (copy, path):
        try:
            with closing(sqlite3.connect(f"{each.absolute().as_uri()}?mode=ro", uri=True)) as raw:
                marks.append(
                    (
                        raw.execute("pragma application_id").fetchone(),
                        raw.execute("pragma user_version").fetchone(),
                        raw.execute("select max(id), hash from event").fetchone(),
                        raw.execute("select count(*) from claim").fetchone(),
                    )
                )
        except sqlite3.Error:
            return False
    return marks[0] == marks[1]
