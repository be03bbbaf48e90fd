"""Withdrawing, editing and taking back: nothing is overwritten, every version stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from factlog.claim import Claim
from factlog.definition import Definition
from factlog.errors import NotFound, UsageError
from factlog.store import definitions, events, measures, names, payloads, query
from factlog.store.connection import Connection, row_number
from factlog.store.drafts import draft
from factlog.store.events import Event, EventWriter
from factlog.store.record import Recorder, broken, unwritable, worded
from factlog.store.rows import statement_values

# Of the events that rest on one, so many are named.
_MOST_NAMED = 3
_Run = tuple[int, int]  # the first and the last of some rows


def retract(connection: Connection, number: int, reason: str, now: datetime) -> Claim:
    """Withdraw a claim, which stays on record with the reason."""
    if not reason.strip():
        raise UsageError("A claim is withdrawn for a reason.", "Say why: --reason TEXT")
    if broken(reason):
        raise unwritable(reason)
    with connection.writing():
        row = _standing(connection, number)
        entry = EventWriter(connection, now)
        entry.update("claim", row, {"retracted": reason})
        entry.close("retract", f"claim {number}: {reason}")
        return _claim(connection, row)


def edit(
    connection: Connection,
    number: int,
    replacement: Claim,
    now: datetime,
    definition: Definition | None = None,
) -> Claim:
    """Put a new version in the place of a claim, which stays, and say what it counts, if given."""
    with connection.writing(), worded(map(draft, [replacement])):
        row = _standing(connection, number)
        words = _as_given(connection, row, replacement)
        entry = EventWriter(connection, now)
        had = definitions.definitions(connection).get(number, Definition())
        first = _claim(connection, row).id or row
        if definition is None or definition == had:
            entry.update("claim", row, {"replaced": _version(entry, row, words)})
            entry.close("edit", f"claim {number}: {words.said}")
            return _claim(connection, query.current(connection, number))
        uid = connection.value("select uid from claim where id = ?", (row,))
        if Recorder(entry).uid_of(draft(words)) == uid:
            entry.close("define", f"claim {number} {definitions.put(entry, first, definition)}")
            return _claim(connection, row)
        entry.update("claim", row, {"replaced": _version(entry, row, words)})
        told = definitions.put(entry, first, definition)
        entry.close("edit", f"claim {number}: {words.said}, {told}")
        return _claim(connection, query.current(connection, number))


def _version(entry: EventWriter, row: int, words: Claim) -> int:
    """The row of the new version: one of its own, or that of an earlier one said again."""
    connection, recorder, made = entry.connection, Recorder(entry), draft(words)
    uid = recorder.uid_of(made)
    first = connection.value("select coalesce(edits, id) from claim where id = ?", (row,))
    known = connection.row(
        "select id, coalesce(edits, id), replaced, undone from claim where uid = ?", (uid,)
    )
    if known is None:
        recorder.follow(*_statement(connection, row))
        number = recorder.new(uid, made, entry.at, edits=first)
        recorder.flush()
        return number
    if known[0] == row:
        raise UsageError(f"Claim {first} says so already.", "Change something, or leave it.")
    if known[3] is not None:
        recorder.revive(known[0], entry.at, edits=None if known[0] == first else first)
    elif known[1] == first and known[2] is not None:
        entry.update("claim", known[0], {"replaced": None})
    else:
        raise UsageError(
            f"That is on record already, as claim {known[1]}.",
            f'Withdraw one of the two: factlog retract {first} --reason "same as {known[1]}"',
        )
    return int(known[0])


def _statement(connection: Connection, row: int) -> tuple[Any, int]:
    claim = next(query.by_rows(connection, [row], as_given=True))
    number = connection.value("select statement_id from claim where id = ?", (row,))
    return statement_values(claim.statement), number


def _as_given(connection: Connection, row: int, words: Claim) -> Claim:
    """The new version with the names the claim was recorded with, where they were not changed."""
    shown, given = (next(query.by_rows(connection, [row], as_given=each)) for each in (False, True))
    said = words.statement
    if said.subject == shown.statement.subject:
        said = replace(said, subject=given.statement.subject)
    if said.source == shown.statement.source:
        said = replace(said, source=given.statement.source)
    measure = given.measure if words.measure == shown.measure else words.measure
    return replace(words, statement=said, measure=measure)


def _standing(connection: Connection, number: int) -> int:
    """The row of a claim that has not been withdrawn."""
    row = query.current(connection, number)
    reason = connection.value("select retracted from claim where id = ?", (row,))
    if reason is not None:
        raise UsageError(
            f"Claim {number} is withdrawn already: {reason}",
            f"See it: factlog show {number}",
        )
    return row


def _claim(connection: Connection, row: int) -> Claim:
    return next(query.by_rows(connection, [row]))


def peek_undo(connection: Connection, number: int | None = None) -> Event | None:
    """The change that `undo` would take back: the last that stands, if any, or event `number`."""
    if number is not None:
        found = _standing_event(connection, number)
        _see_that_nothing_rests(connection, found, events.payload_of(connection, number))
        return found
    last = connection.value(
        "select e.id from event e where e.undoes is null and not exists "
        "(select 1 from event u where u.undoes = e.id) order by e.id desc limit 1"
    )
    return None if last is None else events.event(connection, last)


def undo(
    connection: Connection,
    now: datetime,
    expected: int | None = None,
    number: int | None = None,
) -> Event:
    """Take back the last change that still stands, or event `number`, and say which it was.

    Claims it recorded are withdrawn, values it changed are as they were before. `expected`
    is the number of the event that was shown: if another one came since, nothing is done. An
    event that a later one rests on is not taken back.
    """
    with connection.writing():
        last = _standing_event(connection, number) if number is not None else peek_undo(connection)
        if last is None:
            raise UsageError("There is nothing to take back.", "See what was done: factlog log")
        if expected is not None and last.id != expected:
            raise UsageError(
                f"Something else was done meanwhile: {last.action}, {last.about}.",
                "Look again, and undo that first: factlog undo",
            )
        entry = EventWriter(connection, now)
        try:
            done = events.payload_of(connection, last.id)
            _see_that_nothing_rests(connection, last, done)
            _reverse(entry, done)
            measures.check(connection)
        except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as error:
            raise events.unreadable(last.id) from error
        entry.close("undo", f"{last.action}, {last.about}", undoes=last.id)
        return last


def _standing_event(connection: Connection, number: int) -> Event:
    """The event with this number, if it can be taken back."""
    if not connection.value("select 1 from event where id = ?", (row_number(number),)):
        raise NotFound(f"There is no event {number}.", "See what was done: factlog log")
    found = events.event(connection, number)
    if found.undoes is not None:
        raise UsageError(
            f"Event {number} took back event {found.undoes}: that cannot be taken back in turn.",
            "Do again what it took back; the log shows it: factlog log",
        )
    if found.undone_by is not None:
        raise UsageError(
            f"Event {number} was taken back already, by event {found.undone_by}.",
            "See what was done: factlog log",
        )
    return found


def _see_that_nothing_rests(connection: Connection, event: Event, done: dict[str, Any]) -> None:
    """Refuse to take back what later events, which still stand, have changed or decided on."""
    standing = (
        "select id from event e where id > ? and undoes is null and not exists "
        "(select 1 from event u where u.undoes = e.id) order by id"
    )
    later = [
        number
        for number in connection.numbers(standing, (event.id,))
        if _rests(connection, events.payload_of(connection, number), done)
    ]
    if not later:
        return
    some = [events.event(connection, number) for number in later[:_MOST_NAMED]]
    told = [f"{each.id} ({each.action}, {each.about})" for each in some]
    if len(later) > len(some):
        told.append(f"{len(later) - len(some):,} more")
    *most, last = told
    alone = not most
    raise UsageError(
        f"Event {event.id} cannot be taken back alone: "
        + (
            f"event {last} rests on it."
            if alone
            else f"events {', '.join(most)} and {last} rest on it."
        ),
        f"Take {'that' if alone else 'those'} back first{'' if alone else ', from the last on'}: "
        f"factlog undo {later[-1]}",
    )


def _rests(connection: Connection, later: dict[str, Any], done: dict[str, Any]) -> bool:
    """Whether a later event changed rows this one made, or values it changed, or decided on them.

    Names stay when what they were first given in is taken back, so nothing rests on those; but
    what is told of a source that nothing else names does.
    """
    made = {table: (each["first"], each["last"]) for table, each in done["rows"].items()}
    for table, first, last, changed in later["changes"]:
        if table in payloads.GONE and table in made and _meet(made[table], (first, last)):
            return True
        for other, start, end, before in done["changes"]:
            if table == other and _meet((first, last), (start, end)) and changed.keys() & before:
                return True
    if _carried_on(later, done) or _carried_on(done, later) or _decided_of(connection, done, later):
        return True
    touched = [
        (first, last, what) for table, first, last, what in done["changes"] if table == "claim"
    ]
    new = [made["claim"]] if "claim" in made else []
    brought = sorted(new + [(first, last) for first, last, what in touched if "undone" in what])
    changed_too = sorted(new + [(first, last) for first, last, _ in touched])
    return (
        _decided(connection, later, changed_too)
        or _accepted(connection, later, brought)
        or _said_of(connection, later, brought)
        or _told_of_source(connection, later, brought)
    )


def _carried_on(renaming: dict[str, Any], saying: dict[str, Any]) -> bool:
    """Whether one event gave a new name to a thing of which the other says what it is.

    All that is said of a thing stands in the row of the name it is shown by, and went there with
    the name.
    """
    named = _renamed(renaming)
    return any(
        (table, first) in named and changed.keys() & set(names.HELD.get(table, ()))
        for table, first, _last, changed in saying["changes"]
    )


def _decided_of(connection: Connection, renaming: dict[str, Any], deciding: dict[str, Any]) -> bool:
    """Whether one event gave a new name to what the other decided on, by that name."""
    if not (named := _renamed(renaming)) or "decision" not in deciding["rows"]:
        return False
    made = deciding["rows"]["decision"]
    sql = "select subject_id, measure_id from decision where id between ? and ?"
    return any(
        ("subject", subject) in named or ("measure", measure) in named
        for subject, measure in connection.rows(sql, (made["first"], made["last"]))
    )


def _renamed(done: dict[str, Any]) -> set[tuple[str, int]]:
    """Of a renaming, the rows of the old name, which stood for itself, and of the new one."""
    return {
        (table, row)
        for table, first, _last, changed in (done["changes"] if done["action"] == "rename" else ())
        if (both := changed.get("same_as")) and both[0] is None
        for row in (first, both[1])
    }


def _accepted(connection: Connection, later: dict[str, Any], claims: Sequence[_Run]) -> bool:
    """Whether a later event says that a proposal of the inbox became one of these claims."""
    uids = [
        what["claim"][1]
        for table, *_, what in later["changes"]
        if table == "proposal" and "claim" in what
    ]
    rows = (connection.value("select id from claim where uid = ?", (uid,)) for uid in uids)
    return any(row is not None and _within(row, claims) for row in rows)


def _said_of(connection: Connection, later: dict[str, Any], claims: Sequence[_Run]) -> bool:
    """Whether a later event says what one of these claims counts, or keeps a page for it."""
    return any(
        _within(row, claims)
        for table in ("definition", "page")
        if (made := later["rows"].get(table))
        for row in connection.numbers(
            f"select c.id from {table} t join claim c on c.uid = t.claim "  # noqa: S608
            "where t.id between ? and ?",
            (made["first"], made["last"]),
        )
    )


def _meet(one: _Run, other: _Run) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _within(row: int, runs: Sequence[_Run]) -> bool:
    """Whether a row is in one of these runs, which are in order."""
    place = bisect_right(runs, row, key=lambda run: run[0])
    return place > 0 and row <= runs[place - 1][1]


def _decided(connection: Connection, later: dict[str, Any], claims: Sequence[_Run]) -> bool:
    """Whether a later event decided on figures that some of these claims are among."""
    made = later["rows"].get("decision")
    if not (made and claims):
        return False
    sql = "select basis from decision where id between ? and ?"
    return any(
        _within(row, claims)
        for (basis,) in connection.rows(sql, (made["first"], made["last"]))
        for uid in basis.split("\n")
        for row in connection.numbers("select id from claim where uid = ?", (uid,))
    )


def _told_of_source(connection: Connection, later: dict[str, Any], claims: Sequence[_Run]) -> bool:
    """Whether a later event told of a source whose claims are these alone."""
    rows = (
        row
        for table, first, last, changed in later["changes"]
        if claims and table == "source" and changed.keys() & set(names.HELD["source"])
        for row in range(first, last + 1)
    )
    its_own = (connection.numbers(_CLAIMS_OF_SOURCE, (row,)) for row in rows)
    return any(own and all(_within(each, claims) for each in own) for own in its_own)


_CLAIMS_OF_SOURCE = """
select c.id from claim c join statement s on s.id = c.statement_id where c.undone is null
and s.source_id in (select n.id from source n where coalesce(n.same_as, n.id) = ?)
"""


def _reverse(entry: EventWriter, done: dict[str, Any]) -> None:
    made, edited = done["rows"].get("claim"), None
    if made is not None:
        sql = "select edits from claim where id = ?"
        edited = entry.connection.value(sql, (made["first"],))
    for table, first, last, both in payloads.reversal(done, entry.id, edited):
        entry.update_run(table, first, last, both)
