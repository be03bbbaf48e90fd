"""What the log says of one table, held against its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from factlog.claim import fingerprint
from factlog.errors import StoreError
from factlog.store import fetching, hashing
from factlog.store.connecting import Connection
from factlog.store.schema import COLUMNS

_AT_ONCE = 1000


class Unfit(Exception):
    """Something that does not fit: what, and the number of the event it should have fitted."""

    def __init__(self, event: int, text: str) -> None:
        super().__init__(text)
        self.event = event
        self.text = text


@dataclass(frozen=True, slots=True)
class Run:
    """The rows of one table that one event made, and their digests."""

    event: int
    done: str
    first: int
    last: int
    step: int
    columns: int
    digests: list[str]


@dataclass(slots=True)
class Ledger:
    """What the log says of one table: the rows made, and the values changed since."""

    table: str
    runs: list[Run] = field(default_factory=list)
    # What was changed, numbered as it was done: of single rows by id, and of runs of rows.
    singles: dict[int, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    wide: list[tuple[int, int, int, dict[str, Any]]] = field(default_factory=list)
    changes: int = 0

    def change(self, first: int, last: int, changed: dict[str, Any]) -> None:
        """Take note of a change."""
        self.changes += 1
        if first == last:
            self.singles.setdefault(first, []).append((self.changes, changed))
        else:
            self.wide.append((self.changes, first, last, changed))

    def of(self, number: int) -> list[dict[str, Any]]:
        """What was changed of a row, in order."""
        found = self.singles.get(number, [])
        wide = [(when, what) for when, a, b, what in self.wide if a <= number <= b]
        return [what for _when, what in sorted((*found, *wide), key=lambda both: both[0])]


def check(connection: Connection, ledger: Ledger) -> None:
    """Hold every row, in order, against the log; raise Unfit for the first that does not fit."""
    rows = stream(connection, ledger.table, ", ".join(COLUMNS[ledger.table]))
    expected = 1
    for run in ledger.runs:
        if run.first != expected:
            raise Unfit(run.event, f"Event {run.event} does not follow on those before it.")
        _check_run(connection, ledger, run, rows)
        expected = run.last + 1
    stray = next(rows, None)
    if stray is not None:
        raise _stray(ledger.table, stray[0], _AFTER_ALL)


_AFTER_ALL = 2**63  # rows of no event come after those of every event


def _check_run(connection: Connection, ledger: Ledger, run: Run, rows: Iterator[Any]) -> None:
    made: list[list[object]] = []
    for number in range(run.first, run.last + 1):
        row = next(rows, None)
        if row is not None and row[0] < number:
            raise _stray(ledger.table, row[0], run.event)
        if row is None or row[0] > number:
            raise Unfit(
                run.event,
                f"{ledger.table} {number} is missing: event {run.event} ({run.done}) made it.",
            )
        made.append(_as_made(ledger, row, run)[: run.columns])
        if len(made) == run.step or number == run.last:
            _fit(connection, ledger.table, run, number, made)
            made.clear()


def _stray(table: str, number: int, event: int) -> Unfit:
    return Unfit(
        event,
        f"{table} {number} is in no event of the log: it was put in from outside, or its event "
        "was taken out.",
    )


def _as_made(ledger: Ledger, row: Any, run: Run) -> list[object]:
    """The row as it was made: what the log says was changed since, changed back."""
    first, columns = list(row), COLUMNS[ledger.table]
    for changed in reversed(ledger.of(row[0])):
        for column, (before, after) in changed.items():
            place = columns.index(column)
            if first[place] != after:
                raise Unfit(
                    run.event,
                    f"{ledger.table} {row[0]} was changed outside factlog: its {column} is "
                    f"{first[place]!r}, and by the log it is {after!r}.",
                )
            first[place] = before
    return first


def _fit(connection: Connection, table: str, run: Run, last: int, made: list[list[object]]) -> None:
    place = (last - run.first) // run.step
    found = hashing.digest(made[0] if run.step == 1 else made)
    if place < len(run.digests) and run.digests[place] == found:
        return
    first = last - len(made) + 1
    which = f"{table} {last}" if first == last else _narrowed(connection, table, first, last)
    raise Unfit(
        run.event,
        f"{which} was changed outside factlog: it does not fit event {run.event} ({run.done}).",
    )


def _narrowed(connection: Connection, table: str, first: int, last: int) -> str:
    """The claim of these whose words no longer give its uid, or else all of them."""
    if table == "claim":
        for number in range(first, last + 1):
            try:
                claim = next(fetching.by_rows(connection, [number], as_given=True))
            except StoreError:  # it cannot even be read
                return f"claim {number}"
            if claim.uid != fingerprint(claim):
                return f"claim {number}"
    return f"one of {table} {first} to {last}"


def stream(connection: Connection, table: str, columns: str) -> Iterator[Any]:
    """Every row of a table in the order of its ids, negative ones too."""
    sql = f"select {columns} from {table} where id > ? order by id limit ?"  # noqa: S608
    last = -(2**63)
    # The lowest id there can be is not above itself, so it is asked for on its own.
    yield from connection.rows(sql.replace("id > ?", "id = ?"), (last, 1))
    while rows := connection.rows(sql, (last, _AT_ONCE)):
        yield from rows
        last = rows[-1][0]
