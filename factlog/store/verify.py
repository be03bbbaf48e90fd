"""Working the store out again from its log, and naming the first thing that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, zip_longest
from types import ModuleType
from typing import Any

from factlog.claim import fingerprint
from factlog.errors import StoreError, UsageError
from factlog.names import fold
from factlog.patterns import Pattern
from factlog.store import events, query, schema, written
from factlog.store.connection import Connection
from factlog.store.dialect import SQLITE
from factlog.store.events import BEGINNING, Row, chained
from factlog.store.named import names
from factlog.store.payloads import Ledger, Log, Run
from factlog.store.row_texts import Texts
from factlog.store.schema import COLUMNS
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether everything fits, how many events there are, and their head.

    `problem` names the first thing that does not fit.
    """

    ok: bool
    events: int
    head: str
    problem: str | None = None


class Misfit(ValueError):
    """Something that does not fit: what, and the number of the event it should have fitted."""

    def __init__(self, event: int, text: str) -> None:
        super().__init__(text)
        self.event = event
        self.text = text


def check(connection: Connection, ledger: Ledger) -> None:
    """Hold every row, in order, against the log; raise Misfit for the first that does not fit."""
    texts = Texts(connection, ledger, partial(_as_it_was, ledger))
    found = _Found(connection, ledger.table)
    for run in ledger.runs:
        for start in range(run.first, run.last + 1, run.step):
            due = range(start, min(start + run.step, run.last + 1))
            if texts.fit(run, start, due[-1]):
                found.skip(due[-1])
            else:
                _check_rows(connection, ledger, run, due, found.take(len(due)))
    if stray := found.take(1):
        raise _stray(ledger.table, stray[0][0], _AFTER_ALL)


_AFTER_ALL = 2**63  # rows of no event come after those of every event


class _Found:
    """The rows of a table, in order."""

    def __init__(self, connection: Connection, table: str) -> None:
        self._stream = partial(connection.stream, table, COLUMNS[table][1:])
        self._rows = self._stream()

    def take(self, many: int) -> list[Any]:
        return list(islice(self._rows, many))

    def skip(self, last: int) -> None:
        """Go on behind a row."""
        self._rows = self._stream(after=last)


def _check_rows(
    connection: Connection, ledger: Ledger, run: Run, due: range, made: list[Any]
) -> None:
    if ledger.singles or ledger.wide or [row[0] for row in made] != list(due):
        made = list(_one_by_one(ledger, run, due, made))
    text = _fit(connection, ledger.table, run, due[0], made)
    if not _is_plain(ledger.table, run, due[0], made, text):
        for each in made:
            _check_derived(ledger.table, each, run)


def _as_it_was(ledger: Ledger, run: Run, row: Row) -> Row:
    """A row as it was made, seen to hold what factlog writes."""
    changes = ledger.of(int(str(row[0])), run)
    made = _as_made(ledger.table, row, run, changes) if changes else row
    _check_derived(ledger.table, made, run)
    return made


def _one_by_one(ledger: Ledger, run: Run, due: range, rows: list[Any]) -> Iterator[Row]:
    """The rows that are due, as they were made."""
    for number, row in zip_longest(due, rows):
        if row is not None and row[0] < number:
            raise _stray(ledger.table, row[0], run.event)
        if row is None or row[0] > number:
            raise Misfit(
                run.event,
                f"{ledger.table} {number} is missing: event {run.event} ({run.done}) made it.",
            )
        changes = ledger.of(number, run)
        yield _as_made(ledger.table, row, run, changes) if changes else row


def _stray(table: str, number: int, event: int) -> Misfit:
    return Misfit(
        event,
        f"{table} {number} is in no event of the log: it was put in from outside, or its event "
        "was taken out.",
    )


def _as_made(table: str, row: Row, run: Run, changes: list[dict[str, Any]]) -> Row:
    """The row as it was made: what the log says was changed since, changed back."""
    first, columns = list(row), COLUMNS[table]
    for changed in reversed(changes):
        for column, (before, after) in changed.items():
            place = columns.index(column)
            if first[place] != after:
                raise Misfit(
                    run.event,
                    f"{table} {row[0]} was changed outside factlog: its {column} is "
                    f"{first[place]!r}, and by the log it is {after!r}.",
                )
            first[place] = before
    return first


_NUL = r"\u0000"  # as it stands in JSON text; so may other text, which is looked at then


def _is_plain(table: str, run: Run, start: int, made: list[Row], text: str) -> bool:
    """Whether rows, of which this is the JSON text, can be seen at once to be as they have to."""
    if run.columns < len(COLUMNS[table]) or _NUL in text:
        return False
    if table == "claim" and run.uids:
        listed = run.uids[start - run.first :]
        if any(row[1] != uid for row, uid in zip(made, listed, strict=False)):
            return False
    return written.plainly_written(table, made)


def _check_derived(table: str, row: Row, run: Run) -> None:
    """See that what is worked out of a row, or told of it elsewhere, is what it gives."""
    wrong = None
    if table == "claim":
        place = int(str(row[0])) - run.first
        if place < len(run.uids) and run.uids[place] != row[1]:
            wrong = "it is not the claim that its event lists"
        elif run.columns < len(row) and tuple(row[run.columns :]) != _named(row):
            wrong = "its words do not name what it says"
        elif not written.reckoned_right(row):
            wrong = "the numbers to reckon with are not those it states"
    elif run.columns < len(row) and table != "claim" and any(row[run.columns :]):
        wrong = "it holds what no event put there"
    elif table == "merged_event" and row[1] != run.event:
        wrong = f"event {run.event} made it"
    elif "key" in COLUMNS[table] and row[3] != fold(str(row[2])):
        wrong = "its key is not that of its name"
    if wrong is None and not written.is_written(table, row):
        wrong = "it holds what factlog does not write"
    if wrong:
        raise Misfit(run.event, f"{table} {row[0]} was changed outside factlog: {wrong}.")


def _named(row: Row) -> tuple[str | None, str | None]:
    """What the words of a claim name, which the log did not cover once."""
    said, unit = (row[COLUMNS["claim"].index(each)] for each in ("said", "unit"))
    return names(str(said), None if unit is None else str(unit))


def _fit(connection: Connection, table: str, run: Run, first: int, made: list[Row]) -> str:
    """Hold rows to their digest; the JSON text of them comes back."""
    place = (first - run.first) // run.step
    whole = run.columns == len(COLUMNS[table])
    covered = made if whole else [row[: run.columns] for row in made]
    text = events.canonical(covered[0] if run.step == 1 else covered)
    if place < len(run.digests) and run.digests[place] == events.digest_of(text):
        return text
    last = first + len(made) - 1
    which = f"{table} {last}" if first == last else _narrowed(connection, table, first, last)
    raise Misfit(
        run.event,
        f"{which} was changed outside factlog: it does not fit event {run.event} ({run.done}).",
    )


def _narrowed(connection: Connection, table: str, first: int, last: int) -> str:
    """The claim of these whose words no longer give its uid, or else all of them."""
    if table == "claim":
        for number in range(first, last + 1):
            try:
                claim = next(query.by_rows(connection, [number], as_given=True))
            except StoreError:  # it cannot even be read
                return f"claim {number}"
            if claim.uid not in (fingerprint(claim), fingerprint(claim, reading=True)):
                return f"claim {number}"
    return f"one of {table} {first} to {last}"


def verify(connection: Connection, head: str | None) -> Verification:
    """Check every event against the one before, every row against its event, and the schema."""
    earlier = None if head is None else _head_of(head)
    with connection.steady():
        try:
            return _verified(connection, earlier)
        except StoreError:
            if connection.dialect is not SQLITE:
                raise
            # Perhaps for bytes that are no text, which another program has written.
            with connection.any_text():
                return _verified(connection, earlier)


def _verified(connection: Connection, earlier: tuple[int, str] | None) -> Verification:
    if (said := _shape(connection).damage(connection)) is not None:
        return Verification(False, 0, "", said)
    unfit = _first_unfit(connection, earlier) or _misshapen(connection) or _impossible(connection)
    return Verification(
        unfit is None,
        int(connection.value("select count(*) from event")),
        events.head(connection),
        unfit.text if unfit else None,
    )


def _shape(connection: Connection) -> ModuleType:
    """What knows how the tables of this store have to be."""
    if connection.dialect is SQLITE:
        from factlog.store import sqlite_shape

        return sqlite_shape
    from factlog.store import postgres_shape

    return postgres_shape


def _misshapen(connection: Connection) -> Misfit | None:
    """The first thing besides rows that a store made now does not have, or that is lacking."""
    said = _shape(connection).unfit(connection)
    return None if said is None else Misfit(_AFTER_ALL, said)


def _impossible(connection: Connection) -> Misfit | None:
    """What fits the log and still can be in no sound store, of what people resolve or of steps."""
    from factlog.store import (
        decisions,
        definitions,
        inbox,
        measures,
        pages,
        profiles,
        stamps,
    )  # which look by way of this
    from factlog.store.names import KINDS, see_that_they_stand

    try:
        for kind in KINDS:
            see_that_they_stand(connection, kind)
        measures.measures(connection)
        decisions.check(connection)
        profiles.check(connection)
        inbox.check(connection)
        definitions.check(connection)
        pages.check(connection)
        stamps.check(connection)
    except StoreError as error:
        return Misfit(_AFTER_ALL, error.problem)
    taken = connection.rows(_TAKEN, (len(schema.STEPS) + 1,))
    if not (
        [row[:3] for row in taken]
        == [(place, schema.SET, name) for place, (name, _step) in enumerate(schema.STEPS, 1)]
        and all(_is_noted(place, at) for place, _set, _name, at in taken)
    ):
        return Misfit(_AFTER_ALL, "The steps that made the tables are not those noted.")
    return None


_TAKEN = "select id, migration_set, name, applied_at from _sqlite_migrations order by id limit ?"


def _is_noted(place: int, at: str | None) -> bool:
    """Whether a step was taken at a moment, or is one of those taken before that was kept."""
    if at is None:
        return place <= schema.UNNOTED
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return False
    return str(moment) == at and moment.utcoffset() == timedelta()


def _first_unfit(connection: Connection, earlier: tuple[int, str] | None) -> Misfit | None:
    """The first thing that does not fit, in the order of the events."""
    log = Log()
    try:
        _check_chain(connection, log)
    except Misfit as unfit:
        return unfit  # what rows should be cannot be known from a log that is broken
    found = []
    for look in (
        *(partial(check, connection, each) for each in log.ledgers.values()),
        partial(_check_merged, connection),
        partial(_check_head, connection, earlier),
    ):
        try:
            look()
        except Misfit as unfit:
            found.append(unfit)
    return min(found, key=lambda unfit: unfit.event, default=None)


def _check_chain(connection: Connection, log: Log) -> None:
    """Follow the events, and take down what they say of each table."""
    before, expected = BEGINNING, 1
    for number, *told, payload, hash_ in connection.stream(
        "event", ("at", "action", "about", "undoes", "payload", "hash")
    ):
        if number > expected:
            raise Misfit(expected, f"Event {expected} is missing from the log.")
        if number < expected:
            raise Misfit(number, f"Event {number} is not one of the log's.")
        said = _taken(log, payload, number) if hash_ == chained(before, payload) else {}
        if [said.get(key) for key in ("at", "action", "about", "undoes")] != told:
            raise Misfit(
                number,
                f"Event {number} ({told[1]}, {told[0][:10]}) does not fit the log: it, or the "
                "one before it, was changed outside factlog.",
            )
        before, expected = hash_, expected + 1


def _taken(log: Log, payload: str, number: int) -> dict[str, Any]:
    try:
        return log.take(payload, number)
    except ValueError as error:
        raise Misfit(number, f"Event {number} does not say what an event can say.") from error


_HEAD = Pattern(r"([0-9]{1,18}):([0-9a-f]{16,64})", re.IGNORECASE)


def _head_of(text: str) -> tuple[int, str]:
    """The count of events and the digest that a head is made of, all of which has to be there."""
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f'"{text}" is not the head of a log.',
            'A head looks like "12:3fa9c1d2e4b5a697": factlog log --head',
        )
    return int(found[1]), found[2].lower()


def _check_head(connection: Connection, earlier: tuple[int, str] | None) -> None:
    """See that the log still holds, unchanged, everything up to a head kept from before."""
    if earlier is None:
        return
    number, digest = earlier
    hash_ = connection.value("select hash from event where id = ?", (number,))
    if hash_ is None and number:
        last = connection.value("select coalesce(max(id), 0) from event")
        raise Misfit(
            last + 1,
            f"The log was cut: it had {number} events at that head, and has {last} now.",
        )
    if not (hash_ or BEGINNING).startswith(digest):
        raise Misfit(
            number,
            f"Event {number} is not the one of that head: it, or one before it, was changed.",
        )


def _check_merged(connection: Connection) -> None:
    """Follow the logs of the stores that were merged into this one."""
    before, last, log, expected = BEGINNING, (0, 0), Log(), 1
    for _id, event, chain, number, payload, hash_ in connection.stream(
        "merged_event", ("event_id", "chain", "number", "payload", "hash")
    ):
        if (event, chain) != last:
            before, last, log, expected = BEGINNING, (event, chain), Log(), 1
        if number != expected or hash_ != chained(before, payload):
            raise _merged_unfit(event)
        try:
            log.take(payload, number)
        except ValueError as error:
            raise _merged_unfit(event) from error
        before, expected = hash_, expected + 1
    _check_others(connection)


_OTHER = """
select 1 from merged_event where number = ?1 and substr(hash, 1, 16) = ?2
and hash between ?2 and ?2 || 'g'
union all select 1 from event where id = ?1 and substr(hash, 1, 16) = ?2
"""


def _merged_unfit(event: int) -> Misfit:
    return Misfit(
        event, f"The log of a store that event {event} merged does not fit: it was changed."
    )


def _check_others(connection: Connection) -> None:
    """See that the head of every store that was merged is that of a log which is here."""
    merges = "select id, payload from event where action = 'merge' order by id"
    for number, payload in connection.rows(merges):
        count, _colon, digest = events.said_in(payload, number)["other"].partition(":")
        if connection.value(_OTHER, (int(count), digest)) is None:
            raise Misfit(number, f"Event {number} merged a store whose log is not here.")
