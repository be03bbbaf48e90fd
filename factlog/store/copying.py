"""A record moved whole from one place to another: the same rows, the same log, the same head."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

from factlog.errors import StoreError, UsageError
from factlog.page import PageState
from factlog.store import events, opening, page_bytes, verify
from factlog.store.address import Address
from factlog.store.connection import Connection
from factlog.store.schema import COLUMNS, EVENT_COLUMNS
from factlog.store.text_index import Index

_AT_ONCE = 5_000
_STEPS, _OF_STEPS = "_sqlite_migrations", ("id", "migration_set", "name", "applied_at")
Waiting = Callable[[], None] | None


def copy(
    source: Path | Address, target: Path | Address, *, waiting: Waiting = None, patience: float = 30
) -> str:
    """Copy the record at `source` to `target`, where there is none yet; its head comes back.

    All of it is there afterwards, found sound by its log, or nothing is.
    """
    with opening.only_read(source, waiting, patience) as record, record.copied():
        if isinstance(target, Address):
            _into_database(record, target, waiting, patience)
        else:
            _into_file(record, target)
        return events.head(record)


def _into_database(record: Connection, target: Address, waiting: Waiting, patience: float) -> None:
    served = opening.served()
    with closing(served.PostgresConnection(target, waiting, patience)) as made, made.writing():
        if served.shape.look(made):
            raise _taken(target)
        served.shape.make(made)
        made.run(f"delete from {_STEPS}")  # noqa: S608
        _fill(made, record)


def _into_file(record: Connection, target: Path) -> None:
    if os.path.lexists(target):
        raise _taken(target)
    try:
        with tempfile.TemporaryDirectory(prefix=".factlog-", dir=target.parent) as folder:
            part = Path(folder) / target.name
            made = opening.connect(part, create=True, waiting=None, patience=1)
            with closing(made), made.writing():
                made.run(f"delete from {_STEPS}")  # noqa: S608
                _fill(made, record)
            _place(part, target)
    except OSError as error:
        raise opening.unusable(target, error) from error


def _place(part: Path, target: Path) -> None:
    """Put a whole store in its place, its pages first."""
    pages, theirs = (each.with_suffix(page_bytes.SUFFIX) for each in (part, target))
    if brought := pages.exists():
        if theirs.exists():
            raise StoreError(
                f"{theirs} is in the way: the pages of the store would go there.",
                "Move it away, or name another file.",
            )
        pages.rename(theirs)
    try:
        try:
            os.link(part, target)
        except FileExistsError as error:
            raise _taken(target) from error
        except OSError:  # no links here
            if os.path.lexists(target):
                raise _taken(target) from None
            part.rename(target)
    except BaseException:
        if brought:
            theirs.rename(pages)
        raise


def _fill(made: Connection, record: Connection) -> None:
    """Put every row there, and see that the log bears out all of them."""
    made.defer_references()
    index = Index(COLUMNS)
    for table, columns in {**COLUMNS, "event": EVENT_COLUMNS, _STEPS: _OF_STEPS}.items():
        every = record.stream(table, columns[1:])
        while rows := list(islice(every, _AT_ONCE)):
            made.put(table, columns, rows)
            index.take(made.put, table, rows)
    _bring_bytes(made, record)
    checked = verify.verify(made, events.head(record))
    if not checked.ok:
        raise StoreError(
            f"{record.path} was changed outside factlog: {checked.problem}",
            f"Nothing was copied. Look at it first: factlog --db {record.path} log --verify",
        )


def _bring_bytes(made: Connection, record: Connection) -> None:
    """Bring the bytes of pages along; of those that undo has taken back, if they are there."""
    here, there = page_bytes.of(made), page_bytes.of(record)
    for number, hash_, size, undone in record.stream("page", ("sha256", "size", "undone")):
        if not page_bytes.HASH.fullmatch(hash_):
            continue  # as the check of all rows will say
        state = there.state(hash_, size)
        if state is PageState.KEPT:
            here.put(hash_, there.read(hash_))
        elif undone is None or state is not PageState.MISSING:
            raise there.refusal(f"page {number}", hash_, state)


def _taken(target: Path | Address) -> UsageError:
    return UsageError(
        f"There is something at {target} already: nothing is copied over it.",
        "Name a file that is not there yet, or a database with nothing in it.",
    )
