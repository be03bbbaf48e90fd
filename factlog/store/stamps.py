"""Time stamps of the log, kept in the record they are of."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from typing import Any

from factlog.errors import StoreError
from factlog.stamping import TimeStamp
from factlog.store.connection import Connection
from factlog.store.events import EventWriter, digest
from factlog.store.schema import COLUMNS
from factlog.store.written import is_moment


def keep(connection: Connection, stamp: TimeStamp, now: datetime) -> None:
    """Keep a stamp; the log says so in its next event."""
    with connection.writing():
        entry = EventWriter(connection, now)
        token = b64encode(stamp.token).decode()
        told = (stamp.event, stamp.hash, stamp.authority, token, stamp.root, entry.at)
        entry.insert("stamp", [(entry.reserve("stamp"), digest([*told])[:32], *told, None)])
        entry.close("stamp", f"event {stamp.event} by {stamp.authority}")


def stamps(connection: Connection) -> list[TimeStamp]:
    """The stamps of the log, oldest first."""
    sql = "select event, hash, authority, token, root, id from stamp where undone is null"
    return [_stamp(*row) for row in connection.rows(f"{sql} order by id")]


def _stamp(event: int, hash_: str, authority: str, token: str, root: str, number: int) -> TimeStamp:
    try:
        return TimeStamp(event, hash_, authority, b64decode(token, validate=True), root, number)
    except ValueError as error:
        raise _unreadable(number) from error


def check(connection: Connection) -> None:
    """See that every stamp is of the event it names; StoreError for one that is not."""
    columns = ", ".join(COLUMNS["stamp"])
    rows: list[Any] = connection.rows(f"select {columns} from stamp")  # noqa: S608
    for number, uid, *told, undone in rows:
        event, hash_, authority, token, root, at = told
        own = connection.value("select hash from event where id = ?", (event,))
        try:
            fits = is_moment(at) and uid == digest(told)[:32] and (own == hash_ or undone)
        except ValueError:
            fits = False
        if not fits:
            raise _unreadable(number)
        _stamp(event, hash_, authority, token, root, number)


def _unreadable(number: int) -> StoreError:
    return StoreError(
        f"Time stamp {number} is not one of this log: it was changed outside factlog.",
        "See what does not fit: factlog log --verify",
    )
