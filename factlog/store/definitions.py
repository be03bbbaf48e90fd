"""What claims count, as people have said: the last that was said of a claim stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from factlog.definition import Definition
from factlog.errors import StoreError, UsageError
from factlog.store import query
from factlog.store.connection import Connection
from factlog.store.events import EventWriter, digest
from factlog.store.record import broken, unwritable
from factlog.store.rows import check_printed, is_printed
from factlog.store.schema import COLUMNS
from factlog.store.written import is_moment, is_uid

_LONGEST = 1_000  # characters of what is counted
_STANDING = f"""
select number, counts, includes, excludes from (
    select {query.NUMBER} as number, d.counts, d.includes, d.excludes, d.at, d.id
    from definition d join claim c on c.uid = d.claim where d.undone is null
) said where number is not null order by at, id
"""  # noqa: S608


def definitions(connection: Connection) -> dict[int, Definition]:
    """What each claim counts of which that is known, by the claims' ids."""
    found = {number: Definition.of(*said) for number, *said in connection.rows(_STANDING)}
    return {number: each for number, each in found.items() if str(each)}


def define(connection: Connection, number: int, definition: Definition, now: datetime) -> None:
    """Say what a claim counts; a blank definition takes back what was said."""
    with connection.writing():
        claim = next(query.by_rows(connection, [query.current(connection, number)]))
        if definitions(connection).get(number, Definition()) == definition:
            raise UsageError(f"Claim {number} says so already.", "Change something, or leave it.")
        entry = EventWriter(connection, now)
        entry.close("define", f"claim {number} {put(entry, claim.id or number, definition)}")


class Sayings:
    """What was said that claims count, so that nothing is said once more.

    That is all that was ever said, as a file that is imported again has not changed its mind;
    with `last`, only what stands, which may be said anew once something else was.
    """

    def __init__(self, connection: Connection, *, last: bool) -> None:
        self._of = f"select {query.NUMBER if last else 'c.uid'} from claim c where c.id = ?"  # noqa: S608
        self._last = last
        self._said: dict[object, list[Definition]] = {}
        if last:
            self._said.update((each, [said]) for each, said in definitions(connection).items())
            return
        sql = "select claim, counts, includes, excludes from definition where undone is null"
        for claim, *words in connection.rows(sql):
            self._said.setdefault(claim, []).append(Definition.of(*words))

    def note(self, entry: EventWriter, rows: Iterable[tuple[int, Definition]]) -> list[int]:
        """Note what the claims in these rows count; the rows come back of which it was noted."""
        noted = []
        for number, definition in rows:
            claim = entry.connection.value(self._of, (number,))
            before = self._said.get(claim, [Definition()])
            if definition not in before:
                self._said[claim] = [definition] if self._last else [*before, definition]
                put(entry, number, definition)
                noted.append(number)
        return noted


def put(entry: EventWriter, number: int, definition: Definition) -> str:
    """Note what the claim in this row counts, and say so in words for the log."""
    words = (definition.counts, definition.includes, definition.excludes)
    check_printed(*words)
    for text in filter(None, words):
        if broken(text):
            raise unwritable(text)
        if len(text) > _LONGEST:
            raise UsageError(
                f"What is counted takes more than {_LONGEST:,} characters.", "Say it in fewer."
            )
    claim = entry.connection.value("select uid from claim where id = ?", (number,))
    told = (claim, *words, entry.at)
    entry.insert("definition", [(entry.reserve("definition"), digest([*told])[:32], *told, None)])
    return str(definition) or "says no more what it counts"


def check(connection: Connection) -> None:
    """Hold every definition to what one can be; StoreError for what cannot."""
    columns = ", ".join(COLUMNS["definition"])
    for number, uid, *told, _undone in connection.rows(f"select {columns} from definition"):  # noqa: S608
        claim, *words, at = told
        try:
            fits = is_uid(claim) and is_moment(at) and uid == digest(told)[:32]
            fits = fits and is_printed(*words) and not any(broken(each or "") for each in words)
        except (TypeError, ValueError):
            fits = False
        if not fits:
            raise StoreError(
                f"Definition {number} cannot be read: it was changed outside factlog.",
                "See what does not fit: factlog log --verify",
            )


def take(entry: EventWriter, other: Connection, moved: Mapping[str, int]) -> None:
    """Take over what only the other store has; where both say, the later stands."""
    here = entry.connection
    columns = ", ".join(COLUMNS["definition"][1:-1])
    rows: list[Any] = other.rows(
        f"select {columns} from definition where undone is null order by at, id"  # noqa: S608
    )
    for uid, claim, *told in rows:
        if claim in moved:
            claim = here.value("select uid from claim where id = ?", (moved[claim],))
            uid = digest([claim, *told])[:32]
        known = here.row("select id, undone from definition where uid = ?", (uid,))
        if known is None:
            entry.insert("definition", [(entry.reserve("definition"), uid, claim, *told, None)])
        elif known[1] is not None:
            entry.update("definition", known[0], {"undone": None})
