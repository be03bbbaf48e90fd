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
from factlog.store.written import is_moment

_WHOLE = "{0} <> '' and length({0}) <= 15 and {0} not glob '*[^0-9]*'"
_BARE = "side is null and plus is null and minus is null and coverage is null"
_ALONE = f"""
low is null and high is null and low_open = 0 and high_open = 0 and hedge in ('exact', 'about')
and {_WHOLE.format("best")} and best_real = cast(best as real)
and low_real is null and high_real is null and stated_low = best_real and stated_high = best_real
"""
_LOW = f"""
best is null and best_real is null and low_open in (0, 1) and {_WHOLE.format("low")}
and low_real = cast(low as real) and stated_low = low_real and (
  high is null and high_open = 0 and hedge in ('at_least', 'more_than')
  and high_real is null and stated_high is null
  or hedge = 'range' and high_open in (0, 1) and {_WHOLE.format("high")}
  and high_real = cast(high as real) and stated_high = high_real and low_real <= high_real
)
"""
# Rows that hold what factlog writes, as `written` has it, and no number that SQLite writes
# otherwise than Python: whole ones of 15 digits at most, which both write alike.
_PLAIN = {
    "claim": f"length(uid) = 32 and uid not glob '*[^0-9a-f]*' and recorded = ?3 and {_BARE} "
    f"and plus_real is null and minus_real is null and ({_ALONE} or {_LOW})",
    "statement": "?3 is null",
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
        moment = self._moment(start, last)
        texts: list[str | None] = [
            row[0]
            for row in self._connection.rows(
                f"select case when {_PLAIN[table]} then json_array({self._columns}) end "  # noqa: S608
                f"from {table} where id between ?1 and ?2 order by id",
                (start, last, moment),
            )
        ]
        if len(texts) != last - start + 1:
            return None
        read = [
            start + place
            for place, text in enumerate(texts)
            if text is None or start + place in changed
        ]
        if len(read) > len(texts) // _FEW:
            return None
        for row in self._rows(read):
            texts[row[0] - start] = canonical(self._as_made(run, row))
        text = f"[{','.join(filter(None, texts))}]"
        return text if text.isascii() and "\x7f" not in text else _BEYOND.sub(_escaped, text)

    def _moment(self, start: int, last: int) -> str | None:
        """When claims were recorded; the dates of statements are held to their words."""
        if self._ledger.table == "claim":
            moment: str = self._connection.value(_MOMENTS, (start,))
            return moment if is_moment(moment) else None
        for row in self._connection.rows(_DAYS, (start, last)):
            period_of(*row[:_DATE])
            period_of(*row[_DATE:])
        return None

    def _rows(self, numbers: list[int]) -> list[Any]:
        if not numbers:
            return []
        marks = ", ".join("?" * len(numbers))
        sql = f"select {self._columns} from {self._ledger.table} where id in ({marks})"  # noqa: S608
        return self._connection.rows(sql, numbers)


def _escaped(found: re.Match[str]) -> str:
    return canonical(found[0])[1:-1]
