"""Rows held to their digests without being read, by the JSON text that SQLite writes of them.

It writes that of very many rows in a third of the time that Python takes to read them and write
it. Text that has the digest of the log is that of the log's rows: where anything is otherwise,
nothing is told of the rows, and they have to be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from factlog.errors import StoreError
from factlog.store.connection import Connection
from factlog.store.dialect import SQLITE
from factlog.store.events import Row, canonical, digest_of
from factlog.store.payloads import Ledger, Run
from factlog.store.rows import period_of
from factlog.store.schema import COLUMNS
from factlog.store.written import are_uids, is_moment

_NUMBER = "cast({0} as integer)"
_WHOLE = f"{_NUMBER} between 1 and 999999999999999 and {_NUMBER} || '' = {{0}}"
_BARE = """
side is null and plus is null and minus is null and coverage is null
and plus_real is null and minus_real is null
"""
_ALONE = f"""
low is null and high is null and low_open = 0 and high_open = 0
and {_WHOLE.format("best")} and best_real = {_NUMBER.format("best")}
and low_real is null and high_real is null and stated_low = best_real and stated_high = best_real
"""
_LOW = f"""
best is null and best_real is null and low_open in (0, 1) and {_WHOLE.format("low")}
and low_real = {_NUMBER.format("low")} and stated_low = low_real
"""
_ONE_END = f"""
{_LOW} and high is null and high_open = 0 and high_real is null and stated_high is null
"""
_RANGE = f"""
{_LOW} and high_open in (0, 1) and {_WHOLE.format("high")}
and high_real = {_NUMBER.format("high")} and stated_high = high_real and low_real <= high_real
"""
_READ = f"""
case hedge when 'exact' then {_ALONE} when 'about' then {_ALONE}
when 'at_least' then {_ONE_END} when 'more_than' then {_ONE_END} when 'range' then {_RANGE} end
"""
# Rows that hold no number that SQLite writes otherwise than Python: whole ones of 15 digits at
# most, which both write alike; and those that hold, besides, what factlog writes (see `written`).
_ALIKE = {
    "claim": f"{_BARE} and {_READ}",
    "statement": "true",
}
_PLAIN = {"claim": f"recorded = ?3 and {_ALIKE['claim']}", "statement": "?3 is null"}
# What is looked at of every row besides: 0 for dates that are not one day, or none.
_BESIDES = {
    "claim": "uid",
    "statement": "case when as_of is as_of_first and as_of is as_of_last "
    "and coalesce(published, published_first, published_last) is null then as_of else 0 end",
}
_MOMENTS = "select recorded from claim where id = ?"
_DAYS = """
select distinct as_of, as_of_first, as_of_last, published, published_first, published_last
from statement where id between ? and ?
"""
_DATE = 3
_NUL = r"\u0000"
_BEYOND = re.compile("[^ -~]+")
_FEW = 4  # of so many rows one, at most, is read


class Texts:
    """Rows of one table, as the JSON text that SQLite writes of them.

    `as_made` gives a row as it was made, and raises an error for one that does not fit.
    """

    def __init__(
        self, connection: Connection, ledger: Ledger, as_made: Callable[[Run, Row], Row]
    ) -> None:
        self._connection = connection
        self._ledger = ledger
        self._as_made = as_made
        self._columns = ", ".join(COLUMNS[ledger.table])
        self._usable = (
            connection.dialect is SQLITE
            and ledger.table in _PLAIN
            and any(run.step > 1 for run in ledger.runs)
            and not connection.value(f"select 1 from {ledger.table} where id < 1")  # noqa: S608
        )

    def fit(self, run: Run, start: int, last: int) -> bool:
        """Whether it is seen that rows are, all of them, those that a run made."""
        place = (start - run.first) // run.step
        if not (
            self._usable
            and run.step > 1
            and run.columns == len(COLUMNS[self._ledger.table])
            and run.first not in self._ledger.wide
            and start >= run.first + len(run.uids)
            and place < len(run.digests)
        ):
            return False
        try:
            text = self._text(run, start, last)
        except (StoreError, ValueError, TypeError):
            return False
        return text is not None and _NUL not in text and run.digests[place] == digest_of(text)

    def _text(self, run: Run, start: int, last: int) -> str | None:
        """The JSON text of rows that hold what factlog writes; None if one may not."""
        table, changed = self._ledger.table, self._ledger.singles
        found = self._connection.rows(
            f"select case when {_PLAIN[table]} then json_array({self._columns}) end, "  # noqa: S608
            f"{_BESIDES[table]} from {table} where id between ?1 and ?2 order by id",
            (start, last, self._moment(start)),
        )
        if len(found) != last - start + 1:
            return None
        texts: list[str | None] = [row[0] for row in found]
        self._look_at([row[1] for row in found], start, last)
        read = [
            start + place
            for place, text in enumerate(texts)
            if text is None or start + place in changed
        ]
        if len(read) > len(texts) // _FEW:
            return None
        for row in _rows(self._connection, table, read):
            texts[row[0] - start] = canonical(self._as_made(run, row))
        text = f"[{','.join(filter(None, texts))}]"
        return text if text.isascii() and "\x7f" not in text else _BEYOND.sub(_escaped, text)

    def _moment(self, start: int) -> str | None:
        """When claims were recorded."""
        if self._ledger.table != "claim":
            return None
        moment: str = self._connection.value(_MOMENTS, (start,))
        return moment if is_moment(moment) else None

    def _look_at(self, besides: list[Any], start: int, last: int) -> None:
        """See that uids are such, and hold dates to their words; ValueError where they are not."""
        if self._ledger.table == "claim":
            if not are_uids(besides):
                raise ValueError
            return
        days = set(besides)
        if 0 in days:
            for row in self._connection.rows(_DAYS, (start, last)):
                period_of(*row[:_DATE])
                period_of(*row[_DATE:])
        else:
            for day in days:
                period_of(day, day, day)


def texts(connection: Connection, table: str, start: int, last: int) -> list[str]:
    """The JSON texts of rows, the same that Python writes."""
    found = connection.rows(
        f"select case when {_ALIKE[table]} then json_array({', '.join(COLUMNS[table])}) end "  # noqa: S608
        f"from {table} where id between ? and ? order by id",
        (start, last),
    )
    written: list[str | None] = [row[0] for row in found]
    together = "".join(filter(None, written))
    plain = together.isascii() and "\\" not in together and "\x7f" not in together
    read = [
        start + place
        for place, text in enumerate(written)
        if text is None or not (plain or _SIGNS(text) is None)
    ]
    for at in range(0, len(read), _AT_ONCE):
        for row in _rows(connection, table, read[at : at + _AT_ONCE]):
            written[row[0] - start] = canonical(row)
    return [text for text in written if text]


_AT_ONCE = 500
_SIGNS = re.compile(r"[^ -\[\]-~]").search  # those that may be written in more than one way


def _rows(connection: Connection, table: str, numbers: list[int]) -> list[Any]:
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    sql = f"select {', '.join(COLUMNS[table])} from {table} where id in ({marks})"  # noqa: S608
    return connection.rows(sql, numbers)


def _escaped(found: re.Match[str]) -> str:
    return canonical(found[0])[1:-1]
