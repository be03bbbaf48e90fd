"""The rows that new claims make: their own, those of their statements, and of new names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from factlog.names import fold
from factlog.store import measures, names
from factlog.store.drafts import Draft, Stored
from factlog.store.events import EventWriter, Row, canonical
from factlog.store.rows import Values, claim_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store.taken_rows import TakenRows

# The row a name has, and the words it was given in where these differ from the row's.
Given = tuple[int | None, str | None]
_Row = TypeVar("_Row")
_REMEMBERED = 20_000
_STANDING = (None,) * 4  # of a claim that nothing has been done to since


class _Names(dict[str, _Row]):
    """The rows of the names of one kind, each looked up when it is first given."""

    def __init__(self, look_up: Callable[[str], _Row]) -> None:
        self._look_up = look_up

    def __missing__(self, given: str) -> _Row:
        if len(self) >= _REMEMBERED:  # memory stays flat over millions of names
            self.clear()
        found = self[given] = self._look_up(given)
        return found


class NameIndex:
    """The rows of names as they are given, made when they are new.

    New subjects and sources are written by `flush`, which has to come before what points
    to them. The blank measure has no row; a new one may stand for one of the vocabulary. With the
    row of a measure comes the JSON text of it.
    """

    def __init__(self, entry: EventWriter, standing_for: Callable[[str], str | None]) -> None:
        self._entry = entry
        self._standing_for = standing_for
        self._fresh: dict[str, dict[str, names.NameRow]] = {"subject": {}, "source": {}}
        self.subjects = _Names(partial(self._name, "subject"))
        self.sources = _Names(partial(self._name, "source"))
        self.measures = _Names(self._told)

    def row(self, kind: str, given: str) -> Given:
        """The row of a name of any kind."""
        if kind == "measure":
            return self.measures[given][0]
        return (self.subjects if kind == "subject" else self.sources)[given]

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
        row = names.row_of(self._entry.connection, kind, given)
        if row is not None:
            return row[0], None if row[1] == given else given
        made = names.new_row(self._entry, kind, given, None)
        self._fresh[kind][made[3]] = made
        return made[0], None

    def _told(self, given: str) -> tuple[Given, str]:
        row = self._measure(given) if given else (None, None)
        return row, canonical(row)[1:-1]

    def _measure(self, given: str) -> Given:
        row = names.row_of(self._entry.connection, "measure", given)
        if row is not None:
            return row[0], None if row[1] == given else given
        target = None
        if (whole := self._standing_for(given)) is not None:
            found = names.find(self._entry.connection, "measure", whole)
            target = found.id if found else names.make(self._entry, "measure", whole)
        return names.make(self._entry, "measure", given, target), None


class _Table:
    """Rows of one table that are not written yet, and the JSON text of each."""

    __slots__ = ("rows", "texts")

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.texts: list[str] = []


class NewRows:
    """Makes the rows of claims that are not on record, to be written by `flush`.

    Claims one after another of the same words, but for the figure, share a statement: `statement`
    is that of the last one. `first` is the first row of a claim made.
    """

    def __init__(self, entry: EventWriter) -> None:
        self.first: int | None = None
        self.statement = 0
        self._words: Values = ()
        self._entry = entry
        self._names = NameIndex(entry, partial(measures.standing_for, entry.connection))
        self._tables = {"statement": _Table(), "claim": _Table()}
        self._taken: TakenRows | None = None

    def follow(self, words: Values, number: int) -> None:
        """Let claims of this statement, which is on record, join it."""
        self._words, self.statement = words, number

    def claim(self, uid: str, words: Draft, recorded: str, edits: int | None = None) -> int:
        """Note the row of a claim."""
        days, figure, named = words.told or words.encoded()
        if self._words != words.statement:
            self.follow(words.statement, self._new_statement(words.statement, days))
        measure, told = self._names.measures[words.measure]
        number = self._entry.reserve("claim")
        self.first = self.first or number
        edited = "null" if edits is None else edits
        made = self._tables["claim"]
        made.rows.append(
            claim_row(
                *(number, uid, self.statement, measure, words.figure, words.named, recorded, edits)
            )
        )
        made.texts.append(
            f'[{number},"{uid}",{self.statement},{told},{figure},'
            f'"{recorded}",{edited},null,null,null,{named}]'
        )
        return number

    def claims(self, drafts: Sequence[Draft], recorded: Sequence[str]) -> range:
        """Note the rows of claims as `claim` does, all at once: those of an import come by here."""
        told = [each.told or each.encoded() for each in drafts]
        spoken = []
        for each, (days, _figure, _named) in zip(drafts, told, strict=True):
            if self._words != each.statement:
                self.follow(each.statement, self._new_statement(each.statement, days))
            spoken.append(self.statement)
        measured = [self._names.measures[each.measure] for each in drafts]
        first = self._entry.reserve("claim", len(drafts))
        self.first = self.first or first
        numbers = range(first, first + len(drafts))
        made = self._tables["claim"]
        made.rows += [
            (number, each.uid, statement, *measure, *each.figure, at, *_STANDING, *each.named)
            for number, statement, (measure, _told), each, at in zip(
                numbers, spoken, measured, drafts, recorded, strict=True
            )
        ]
        made.texts += [
            f'[{number},"{each.uid}",{statement},{measure},{figure},'
            f'"{at}",null,null,null,null,{named}]'
            for number, statement, (_row, measure), each, at, (_days, figure, named) in zip(
                numbers, spoken, measured, drafts, recorded, told, strict=True
            )
        ]
        return numbers

    def stored(self, stored: Stored) -> None:
        """Make the rows of claims as they are stored in `theirs`; no others may be noted."""
        from factlog.store.taken_rows import TakenRows

        names = self._names
        self._taken = self._taken or TakenRows(self._entry, names.row, names.flush)
        first = stored.statements[0] + (stored.words[0] == self._words)
        number, last = self._taken.take(stored, first, self.statement)
        self.follow(stored.words[1], last)
        self.first = self.first or number

    def flush(self) -> None:
        """Write the rows noted since the last time, each before what points to it."""
        self._names.flush()
        for table, made in self._tables.items():
            if made.rows:
                self._entry.insert(table, made.rows, made.texts)
                made.rows.clear()
                made.texts.clear()

    def _new_statement(self, words: Values, days: str) -> int:
        subject, source = self._names.subjects[words[0]], self._names.sources[words[1]]
        number = self._entry.reserve("statement")
        made = self._tables["statement"]
        made.rows.append((number, subject[0], source[0], subject[1], source[1], *words[2:]))
        told = "null,null"
        if subject[1] or source[1]:
            told = canonical((subject[1], source[1]))[1:-1]
        made.texts.append(f"[{number},{subject[0]},{source[0]},{told},{days}]")
        return number
