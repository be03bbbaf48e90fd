"""The part of a store that bears on evidence: where it lies, pages, what claims count, stamps.

Loaded with the store; what only a command about evidence needs loads when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from factlog.store.address import Place
from factlog.store.connection import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.claim import Claim
    from factlog.definition import Definition
    from factlog.stamping import TimeStamp
    from factlog.store.definitions import Sayings
    from factlog.store.events import EventWriter
    from factlog.store.pages import Pages


class Evidence:
    """What a store holds beside its claims to show where they come from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def place(self) -> Place:
        """Where it all lies: the file, or the address, which never shows its password."""
        return self._connection.path

    @property
    def pages(self) -> Pages:
        """The pages kept as evidence."""
        from factlog.store.pages import Pages

        return Pages(self._connection)

    def stamps(self) -> list[TimeStamp]:
        """The time stamps of the log, oldest first."""
        from factlog.store import stamps

        return stamps.stamps(self._connection)

    def keep_stamp(self, stamp: TimeStamp, *, now: datetime) -> None:
        """Keep a time stamp of the log."""
        from factlog.store import stamps

        stamps.keep(self._connection, stamp, now)

    def events_in_full(self) -> list[tuple[int, str, str]]:
        """Every event with all that it says, and its hash, the first one first."""
        return self._connection.rows("select id, payload, hash from event order by id")

    def definitions(self) -> dict[int, Definition]:
        """What each claim counts of which that is known, by the claims' ids."""
        if not self._connection.value("select 1 from definition limit 1"):
            return {}
        from factlog.store import definitions

        return definitions.definitions(self._connection)

    def history(self, number: int) -> tuple[Claim, ...]:
        """Every version of the claim with this id with what it counted then, oldest first.

        What was changed of that alone makes a version too.
        """
        from factlog.store import versions

        with self._connection.steady():
            return versions.versions(self._connection, number)

    def define(self, number: int, definition: Definition, *, now: datetime) -> None:
        """Say what a claim counts; a blank definition takes back what was said."""
        from factlog.store import definitions

        definitions.define(self._connection, number, definition, now)

    def edit(
        self,
        number: int,
        replacement: Claim,
        *,
        now: datetime,
        definition: Definition | None = None,
    ) -> Claim:
        """Put a new version in the place of a claim; the id stays, and so does the old one.

        With `definition`, that is what it counts from now on, though its words stay as they are.
        """
        from factlog.store import history

        return history.edit(self._connection, number, replacement, now, definition)

    def _noting(
        self, *, last: bool
    ) -> Callable[[EventWriter, Sequence[tuple[int, Definition]]], list[int]]:
        """What notes of rows, in the event that records them, what their claims count.

        It says nothing once more: with `last`, nothing that stands, else nothing ever said.
        """
        said: Sayings | None = None

        def note(entry: EventWriter, rows: Sequence[tuple[int, Definition]]) -> list[int]:
            nonlocal said
            from factlog.store import definitions

            said = said or definitions.Sayings(self._connection, last=last)
            return said.note(entry, rows)

        return note
