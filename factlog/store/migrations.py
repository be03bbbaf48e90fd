"""Making a new store, and bringing an old one up to date with a copy kept beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from factlog.errors import StoreError
from factlog.store import connection as trouble
from factlog.store import schema
from factlog.store.connection import Connection, recheck


def bring_up_to_date(
    connection: Connection, *, create: bool, steps: Sequence[schema.Step] = schema.STEPS
) -> None:
    """Take the steps this store lacks, all in one transaction.

    Whoever comes first takes them; those who raced it find them done.
    """
    if recheck(connection, len(steps)) == len(steps):
        return
    with connection.writing():
        done = recheck(connection, len(steps))
        if done == len(steps):
            return
        if done:
            keep_copy(connection.path, done)
        elif not create:
            raise StoreError(
                f"{connection.path} is empty: there is no store in it.",
                'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
            )
        try:
            schema.apply(connection.raw, steps, done)
        except sqlite3.Error as error:
            raise trouble.worded(error, connection.path) from error


def keep_copy(path: Path, version: int) -> Path:
    """Copy the store, as it is before it is changed, to a file of its own beside it."""
    try:
        copy = _free(Path(f"{path}.schema-{version}"))
        part = Path(f"{copy}.part")
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _copy(path, part)
        part.rename(copy)
    except OSError as error:
        raise StoreError(
            f"{path} is of an older factlog, and no copy of it could be kept: {error.strerror}.",
            "It was left as it was. See that its folder can be written and has room.",
        ) from error
    return copy


def _copy(path: Path, to: Path) -> None:
    # A connection that is writing cannot copy itself: a second one reads beside it.
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        try:
            source.backup(target)
        except sqlite3.Error as error:
            raise trouble.worded(error, to) from error


def _free(path: Path) -> Path:
    """The path itself, or, where there is such a file already, one with a number after it."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = Path(f"{path}.{number}")
    return free
