"""Working the store out again from its log, and naming the first thing that does not fit."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from factlog.errors import UsageError
from factlog.store import journal, ledger
from factlog.store.connecting import Connection
from factlog.store.hashing import chained
from factlog.store.journal import BEGINNING
from factlog.store.ledger import Ledger, Run, Unfit
from factlog.store.reports import Verified
from factlog.store.schema import COLUMNS


def verify(connection: Connection, head: str | None) -> Verified:
    """Check every event against the one before, and every row against its event."""
    earlier = None if head is None else _head_of(head)
    with connection.steady(), connection.any_text():
        said = connection.value("pragma integrity_check(1)")
        if said != "ok":
            return Verified(False, 0, "", f"The file is damaged: {said}.")
        unfit = _first_unfit(connection, earlier)
        return Verified(
            unfit is None,
            int(connection.value("select count(*) from event")),
            journal.head(connection),
            unfit.text if unfit else None,
        )


def _first_unfit(connection: Connection, earlier: tuple[int, str] | None) -> Unfit | None:
    """The first thing that does not fit, in the order of the events."""
    ledgers = {table: Ledger(table) for table in COLUMNS}
    try:
        _check_chain(connection, ledgers)
    except Unfit as unfit:
        return unfit  # what rows should be cannot be known from a log that is broken
    found = []
    for check in (
        *(partial(ledger.check, connection, each) for each in ledgers.values()),
        partial(_check_merged, connection),
        partial(_check_head, connection, earlier),
    ):
        try:
            check()
        except Unfit as unfit:
            found.append(unfit)
    return min(found, key=lambda unfit: unfit.event, default=None)


def _check_chain(connection: Connection, ledgers: dict[str, Ledger]) -> None:
    """Follow the events, and take down what they say of each table."""
    before, expected = BEGINNING, 1
    for number, *told, payload, hash_ in ledger.stream(
        connection, "event", "id, at, action, about, undoes, payload, hash"
    ):
        if number > expected:
            raise Unfit(expected, f"Event {expected} is missing from the log.")
        if number < expected:
            raise Unfit(number, f"Event {number} is not one of the log's.")
        said = _parsed(payload) if hash_ == chained(before, payload) else {}
        if [said.get(key) for key in ("event", "at", "action", "about", "undoes")] != [
            *(number, *told)
        ]:
            raise Unfit(
                number,
                f"Event {number} ({told[1]}, {told[0][:10]}) does not fit the log: it, or the "
                "one before it, was changed outside factlog.",
            )
        try:
            _take_down(said, ledgers)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Unfit(number, f"Event {number} does not say what it did.") from error
        before, expected = hash_, expected + 1


def _parsed(payload: str) -> dict[str, Any]:
    try:
        said = json.loads(payload)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _take_down(said: dict[str, Any], ledgers: dict[str, Ledger]) -> None:
    number, done = said["event"], f"{said['action']}, {said['at'][:10]}"
    for table, made in said["rows"].items():
        ledgers[table].runs.append(Run(event=number, done=done, **made))
    for table, first, last, changed in said["changes"]:
        ledgers[table].change(first, last, changed)


def _head_of(text: str) -> tuple[int, str]:
    """The count of events and the digest that a head is made of."""
    count, colon, digest = text.strip().partition(":")
    if not (colon and digest and count.isascii() and count.isdigit() and len(count) < 19):
        raise UsageError(
            f"{text!r} is not the head of a log.",
            'A head looks like "12:3fa9c1d2e4b5a697": factlog log --head',
        )
    return int(count), digest.lower()


def _check_head(connection: Connection, earlier: tuple[int, str] | None) -> None:
    """See that the log still holds, unchanged, everything up to a head kept from before."""
    if earlier is None:
        return
    number, digest = earlier
    hash_ = connection.value("select hash from event where id = ?", (number,))
    if hash_ is None and number:
        last = connection.value("select coalesce(max(id), 0) from event")
        raise Unfit(
            last + 1,
            f"The log was cut: it had {number} events at that head, and has {last} now.",
        )
    if not (hash_ or BEGINNING).startswith(digest):
        raise Unfit(
            number,
            f"Event {number} is not the one of that head: it, or one before it, was changed.",
        )


def _check_merged(connection: Connection) -> None:
    """Follow the logs of the stores that were merged into this one."""
    before, last = BEGINNING, (0, 0)
    for _id, event, chain, payload, hash_ in ledger.stream(
        connection, "merged_event", "id, event_id, chain, payload, hash"
    ):
        if (event, chain) != last:
            before, last = BEGINNING, (event, chain)
        if hash_ != chained(before, payload):
            raise Unfit(
                event,
                f"The log of a store that event {event} merged does not fit: it was changed.",
            )
        before = hash_
