"""The book of names: which row each name given has, while many claims are recorded."""

from __future__ import annotations

from collections.abc import Callable

from factlog.names import fold
from factlog.store import naming
from factlog.store.journal import Entry

# The row a name has, and the words it was given in where these differ from the row's.
Given = tuple[int, str | None]
_REMEMBERED = 20_000


class Book:
    """The rows of names as they are given, made when they are new.

    New subjects and sources are written by `flush`, which has to come before what points
    to them.
    """

    def __init__(self, entry: Entry, standing_for: Callable[[str], str | None]) -> None:
        self._entry = entry
        self._standing_for = standing_for
        self._known: dict[tuple[str, str], Given] = {}
        self._fresh: dict[str, dict[str, naming.NameRow]] = {"subject": {}, "source": {}}

    def row(self, kind: str, given: str) -> Given:
        """The row of this name; a new measure may stand for one of the vocabulary."""
        known = self._known.get((kind, given))
        if known is None:
            if len(self._known) >= _REMEMBERED:  # memory stays flat over millions of names
                self._known.clear()
            look_up = self._measure if kind == "measure" else self._name
            known = self._known[kind, given] = look_up(kind, given)
        return known

    def measure(self, given: str) -> tuple[int | None, str | None]:
        """The row of a measure; none for the blank one."""
        return self.row("measure", given) if given else (None, None)

    def flush(self) -> None:
        """Write the new names noted since the last time."""
        for kind, rows in self._fresh.items():
            if rows:
                self._entry.insert(kind, list(rows.values()))
                rows.clear()

    def _name(self, kind: str, given: str) -> Given:
        fresh = self._fresh[kind].get(fold(given))
        if fresh is not None:
            return fresh[0], None if fresh[2] == given else given
        row = naming.row_of(self._entry.connection, kind, given)
        if row is not None:
            return row[0], None if row[1] == given else given
        made = naming.new_row(self._entry, kind, given, None)
        self._fresh[kind][made[3]] = made
        return made[0], None

    def _measure(self, kind: str, given: str) -> Given:
        row = naming.row_of(self._entry.connection, kind, given)
        if row is not None:
            return row[0], None if row[1] == given else given
        target = None
        if (whole := self._standing_for(given)) is not None:
            found = naming.find(self._entry.connection, kind, whole)
            target = found.id if found else naming.make(self._entry, kind, whole)
        return naming.make(self._entry, kind, given, target), None
