"""Comparing claims where they lie, in Parquet files, by DuckDB: the only door to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from factlog.claim import Claim, Statement
from factlog.comparison import Measure, Policy
from factlog.errors import NotFound, UsageError
from factlog.names import fold
from factlog.store.parquet.columns import COLUMNS
from factlog.store.parquet.relation import make, named, unreadable, worded
from factlog.store.rows import claim_of, statement_of
from factlog.store.screen import question

_BATCH = 5_000
# Nothing is fetched from a network to read a file.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

# The claims as the screen wants them.
_FIGURES = """
select subject_key as subject, measure, unit, hedge, side, coverage, best_real as best,
  plus_real as above, minus_real as below, stated_low as low, stated_high as high,
  case when as_of is null then published_first else as_of_first end - date '1970-01-01'
    as first_day,
  case when as_of is null then published_last else as_of_last end - date '1970-01-01'
    as last_day,
  case when as_of is null and published is null then 0 else 1 end as dated
from claims
"""
# A claim as the store's own rows have it, after its subject's key and its statement's words.
_CLAIM = """
subject_key, statement, subject, source, measure,
as_of, cast(as_of_first as varchar), cast(as_of_last as varchar),
published, cast(published_first as varchar), cast(published_last as varchar),
via, url, quote,
id, statement, id, uid, said, hedge, side, low, best, high,
cast(low_open as integer), cast(high_open as integer), plus, minus, coverage, unit,
scope, origin, note, recorded, null, null
"""
_STATEMENT, _FIRST_OF_CLAIM, _SAID = 5, 14, 18


class Lake:
    """Claims in Parquet files, asked as a store is; the files are only read.

    Where one claim is in several files it counts once, by its uid; ids are then numbered
    through the files.
    """

    def __init__(self, files: Sequence[Path], measures: Sequence[Measure]) -> None:
        for file in files:
            if not file.is_file():
                raise NotFound(f"There is no file {file}.", "Check the name and the folder.")
        self._measures = tuple(measures)
        self._files = named(files)
        self._connection = _connected()
        try:
            make(self._connection, list(dict.fromkeys(map(str, files))), self._files)
        except BaseException:
            self._connection.close()
            raise

    def measures(self) -> tuple[Measure, ...]:
        """What is measured, as it was given."""
        return self._measures

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def claims(self, *, subject: str | None = None) -> Iterator[Claim]:
        """All claims, or those about one subject, in the order of their ids."""
        where, values = ("", []) if subject is None else ("where subject_key = ?", [fold(subject)])
        rows = self._rows(f"select {_CLAIM} from claims {where} order by id", values)  # noqa: S608
        return self._claims(rows)

    def by_subject(
        self,
        suspected: Policy | None = None,
        measures: Sequence[Measure] | None = None,
        *,
        part: tuple[int, int] | None = None,
    ) -> Iterator[list[Claim]]:
        """The claims subject by subject, in the order the subjects were first recorded.

        With `suspected`, only of the subjects that could hold a conflict under that policy.
        """
        assert part is None, "an engine cuts its work into parts by itself"
        values: Sequence[object] = ()
        chosen = ""
        if suspected is not None:
            asked = question(
                _FIGURES,
                suspected,
                self._measures if measures is None else measures,
                names={name: name for name in self._distinct("measure") if name},
                units=self._distinct("unit"),
            )
            chosen = f"where subject_key in (select subject from ({asked.sql}) q)"  # noqa: S608
            values = asked.values
        rows = self._rows(
            f"select {_CLAIM} from claims {chosen} "  # noqa: S608
            "order by min(id) over (partition by subject_key), subject_key, id",
            values,
        )
        for _key, group in groupby(rows, key=lambda row: row[0]):
            yield list(self._claims(group))

    def resolve(self, kind: str, name: str) -> str | None:
        """The name as it stands in the files; None if there is none such."""
        key = fold(name)
        return next((each for each in self._distinct(kind) if fold(each) == key), None)

    def candidates(self, kind: str, like: str) -> tuple[str, ...]:
        """Every name in the files, for finding close spellings of one."""
        del like
        return tuple(self._distinct(kind))

    def _distinct(self, column: str) -> list[str]:
        assert column in COLUMNS
        sql = f"select distinct {column} from claims where {column} is not null order by 1"  # noqa: S608
        return [row[0] for row in self._rows(sql, ())]

    def _rows(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        with worded(self._files):
            asked = self._connection.cursor().execute(sql, list(values))
        while rows := self._fetched(asked):
            yield from rows

    def _fetched(self, asked: Any) -> list[tuple[Any, ...]]:
        with worded(self._files):
            found: list[tuple[Any, ...]] = asked.fetchmany(_BATCH)
            return found

    def _claims(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Claim]:
        """The claims that rows hold, those of one statement sharing it."""
        last: tuple[object, Statement | None] = (None, None)
        for row in rows:
            try:
                statement = last[1]
                if statement is None or row[1] != last[0]:
                    statement = statement_of(row[2], row[3], row[_STATEMENT:_FIRST_OF_CLAIM])
                    last = (row[1], statement)
                claim = claim_of(statement, row[4], row[_FIRST_OF_CLAIM:])
            except (LookupError, ValueError, ArithmeticError, TypeError) as error:
                number, said = row[_FIRST_OF_CLAIM], row[_SAID]
                raise unreadable(self._files, f'claim {number}, "{said}", is damaged') from error
            yield claim


def _connected() -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            "--engine duckdb needs DuckDB, which is not installed.",
            'Install it: pip install "factlog-claims[duckdb]"',
        ) from error
    # What does not fit into memory goes where temporary files go, not beside the claims.
    return duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": gettempdir()})
