"""The log: every change is one event, chained to the one before by a hash.

An event's payload says everything the change did: a digest of each row it made, and each
value it changed, before and after. So the whole store can be worked out again from the log,
and whatever does not fit was not done by factlog.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from factlog.errors import StoreError
from factlog.store.connection import LAST, Connection
from factlog.store.schema import COLUMNS, EVENT_COLUMNS
from factlog.store.text_index import Index
from factlog.values import dataclass

_encode = json.JSONEncoder(
    ensure_ascii=True, check_circular=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(value: object) -> str:
    """The one JSON text of a value: ASCII, keys in order, no spaces."""
    return _encode(value)


def digest(value: object) -> str:
    """The SHA-256 of a row, or of a run of rows, taken over its JSON text."""
    return digest_of(_encode(value))


def digest_of(text: str) -> str:
    """The same of a row, or run of rows, of which the JSON text is there already."""
    return sha256(text.encode("ascii")).hexdigest()


def chained(before: str, payload: str) -> str:
    """The hash of an event: over the hash before it and its own payload."""
    return sha256((before + payload).encode("utf-8", "surrogatepass")).hexdigest()


Row = Sequence[object]
BEGINNING = "0" * 64  # what the first event is chained to
# A change of so many rows lists a digest for each; a larger one lists a digest for each run of
# STRIDE rows, so that an import of millions stays one small event.
EACH = 512
STRIDE = 512


def stamp(now: datetime) -> str:
    """A moment as the store writes it: ISO 8601 in UTC."""
    return now.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Event:
    """One change to the store: what was done, when, and in a few words to what.

    `undone_by` is the number of the event that took it back; `undoes` the one this took back.
    """

    id: int
    at: datetime
    action: str
    about: str
    hash: str
    undoes: int | None = None
    undone_by: int | None = None


class Digests:
    """The digests of rows with consecutive ids: of each if they are few, else of runs of them."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.count = 0
        self._texts: list[str] = []  # of rows not digested yet
        self._runs: list[str] = []

    def take(self, texts: Sequence[str]) -> None:
        """Add the next rows, each as its JSON text."""
        self._texts.extend(texts)
        self.count += len(texts)
        if self.count > EACH:
            whole = len(self._texts) - len(self._texts) % STRIDE
            self._runs.extend(_of_runs(self._texts[:whole]))
            del self._texts[:whole]

    def payload(self, width: int) -> dict[str, object]:
        """What the event says of these rows."""
        if self.count <= EACH:
            step, digests = 1, list(map(digest_of, self._texts))
        else:
            step, digests = STRIDE, [*self._runs, *_of_runs(self._texts)]
        last = self.first + self.count - 1
        return {
            **{"first": self.first, "last": last, "columns": width},
            **{"step": step, "digests": digests},
        }


def _of_runs(texts: list[str]) -> list[str]:
    """The digests of rows, so many at a time, as `digest` gives that of their list."""
    runs = (texts[start : start + STRIDE] for start in range(0, len(texts), STRIDE))
    return [digest_of(f"[{','.join(run)}]") for run in runs]


class EventWriter:
    """One event in the making: it makes and changes rows, and notes what it did."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.at = stamp(now)
        self.id = self.next_id("event")
        self._made: dict[str, Digests] = {}
        self._changes: list[list[object]] = []
        self._nexts: dict[str, int] = {}
        self._uids: list[object] = []  # of the claims made, unless they are too many
        self._index = Index(COLUMNS)

    @property
    def empty(self) -> bool:
        """Whether nothing has been done."""
        return not self._made and not self._changes

    def next_id(self, table: str) -> int:
        """The id the next row of a table will have."""
        sql = "select coalesce(max(id), 0) + 1 from TABLE".replace("TABLE", table)
        return int(self.connection.value(sql))

    def reserve(self, table: str, many: int = 1) -> int:
        """Take the next id of a table, or the first of many, for what `insert` is given in turn."""
        number = self._nexts.get(table)
        if number is None:
            number = self.next_id(table)
            self._made[table] = Digests(number)
        self._nexts[table] = number + many
        return number

    def insert(self, table: str, rows: Sequence[Row], texts: Sequence[str] | None = None) -> None:
        """Make rows, whose ids were reserved in this order; `texts` are their JSON, if known."""
        digests = self._made[table]
        digests.take(list(map(canonical, rows)) if texts is None else texts)
        if table == "claim" and digests.count <= EACH:
            self._uids.extend(row[1] for row in rows)
        self.connection.put(table, COLUMNS[table], rows)
        self._index.take(self.connection.put, table, rows)

    def made(self, table: str, uids: Sequence[str], texts: Sequence[str]) -> None:
        """Note rows that were put into a table, with its index of words, by SQL alone."""
        digests = self._made[table]
        digests.take(texts)
        if digests.count <= EACH:
            self._uids.extend(uids)

    def update(self, table: str, number: int, new: Mapping[str, object]) -> None:
        """Change values of one row; values that are so already are left."""
        old = self._values(table, number, list(new))
        changed = {
            column: [before, after]
            for (column, after), before in zip(new.items(), old, strict=True)
            if before != after
        }
        if changed:
            self._apply(table, number, number, {name: both[1] for name, both in changed.items()})
            self._changes.append([table, number, number, changed])

    def update_run(
        self, table: str, first: int, last: int, both: Mapping[str, Sequence[object]]
    ) -> None:
        """Change the same values, given before and after, of a run of rows."""
        self._apply(table, first, last, {column: after for column, (_, after) in both.items()})
        self._changes.append([table, first, last, both])

    def close(
        self,
        action: str,
        about: str,
        undoes: int | None = None,
        **more: object,
    ) -> Event | None:
        """Write the event, chained to the last one; nothing if nothing was done.

        To take back one that only kept another log changes no row, and is an event all the same.
        """
        if self.empty and undoes is None:
            return None
        rows = {
            table: digests.payload(len(COLUMNS[table])) for table, digests in self._made.items()
        }

        payload = canonical(
            {
                **{"event": self.id, "at": self.at, "action": action, "about": about},
                **{"undoes": undoes, "rows": rows, "changes": self._changes},
                **{"claims": self._uids, **more},
            }
        )
        before = self.connection.value("select hash from event order by id desc limit 1")
        hash_ = chained(before or BEGINNING, payload)
        row = (self.id, self.at, action, about, undoes, payload, hash_)
        self.connection.put("event", EVENT_COLUMNS, [row])
        return Event(self.id, datetime.fromisoformat(self.at), action, about, hash_, undoes)

    def _values(self, table: str, number: int, columns: Sequence[str]) -> Row:
        assert set(columns) <= set(COLUMNS[table])
        sql = f"select {', '.join(columns)} from {table} where id = ?"  # noqa: S608
        row: Row = self.connection.row(sql, (number,))
        return row

    def _apply(self, table: str, first: int, last: int, new: Mapping[str, object]) -> None:
        assert set(new) <= set(COLUMNS[table])
        settings = ", ".join(f"{column} = ?" for column in new)
        self.connection.run(
            f"update {table} set {settings} where id between ? and ?",  # noqa: S608
            (*new.values(), first, last),
        )


_EVENTS = """
select e.id, e.at, e.action, e.about, e.hash, e.undoes,
       (select u.id from event u where u.undoes = e.id and u.id > e.id order by u.id limit 1)
from event e
"""


def events(connection: Connection, limit: int | None = None) -> tuple[Event, ...]:
    """The events, last first, `limit` of them at most."""
    rows = connection.rows(f"{_EVENTS} order by e.id desc limit ?", (_all_or(limit),))
    return tuple(map(_event, rows))


def event(connection: Connection, number: int) -> Event:
    """The event with this number."""
    return _event(connection.row(f"{_EVENTS} where e.id = ?", (number,)))


def _all_or(limit: int | None) -> int:
    return LAST if limit is None else limit


def _event(row: Any) -> Event:
    number, at, action, about, hash_, undoes, undone_by = row
    try:
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError) as error:
        raise unreadable(number) from error
    back = 0 < number <= LAST and (undoes is None or 0 < undoes < number)
    if moment.tzinfo is None or len(hash_) != len(BEGINNING) or not (action and back):
        raise unreadable(number)
    return Event(number, moment, action, about, hash_, undoes, undone_by)


def unreadable(number: int) -> StoreError:
    """The refusal of an event that makes no sense."""
    return StoreError(
        f"Event {number} of the log cannot be read: it was changed outside factlog.",
        "See what does not fit: factlog log --verify",
    )


def payload_of(connection: Connection, number: int) -> dict[str, Any]:
    """What an event says it did."""
    return said_in(connection.value("select payload from event where id = ?", (number,)), number)


def said_in(text: str, number: int) -> dict[str, Any]:
    """What the payload of an event says."""
    try:
        payload: dict[str, Any] = json.loads(text)
    except (TypeError, ValueError) as error:
        raise unreadable(number) from error
    return payload


def head(connection: Connection) -> str:
    """How many events there are and how the last one's hash begins: "12:3fa9c1d2e4b5a697"."""
    row = connection.row("select id, hash from event order by id desc limit 1")
    return f"{row[0]}:{row[1][:16]}" if row else f"0:{BEGINNING[:16]}"
