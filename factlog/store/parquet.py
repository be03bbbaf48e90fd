"""Claims in Parquet files: written by pyarrow, and compared where they lie by DuckDB."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from factlog.claim import DEFINED, Claim, Period
from factlog.definition import Definition
from factlog.errors import MissingPackage, NotFound
from factlog.names import fold
from factlog.policy import Measure, Policy
from factlog.store import lake
from factlog.store.lake import COLUMNS, DATE, FLAG, OURS, REAL, TEXT, WHOLE, ClaimFiles, cast
from factlog.store.lake import unreadable as unreadable
from factlog.store.prefilter import question
from factlog.store.rows import figure_values

Values = tuple[object, ...]


def rows(claims: Iterable[Claim], given: Iterable[Claim]) -> Iterator[Values]:
    """The values of claims, in the order of COLUMNS; statements are numbered as they come.

    `given` are the same claims with their names as recorded.
    """
    said, number = None, 0
    for place, (claim, as_given) in enumerate(zip(claims, given, strict=True), start=1):
        if claim.statement is not said:
            said, number = claim.statement, number + 1
        yield _row(place, number, claim, as_given)


def _row(place: int, statement: int, claim: Claim, given: Claim) -> Values:
    said, counts = claim.statement, given.definition or Definition()
    recorded = claim.recorded.isoformat() if claim.recorded else None
    _said, hedge, side, *kept = figure_values(claim)[:19]
    low, best, high, low_open, high_open, plus, minus, coverage, unit = kept[:9]
    _low, best_real, _high, plus_real, minus_real, stated_low, stated_high = kept[9:]
    return (
        *(claim.id or place, statement, claim.uid, fold(said.subject), given.statement.subject),
        *(given.measure, given.statement.source, claim.said, hedge, side),
        *(low, best, high, plus, minus, coverage, unit, bool(low_open), bool(high_open)),
        *_days(said.as_of),
        *_days(said.published),
        *(said.via, said.url, claim.origin, claim.scope, said.quote, claim.note, recorded),
        *(best_real, plus_real, minus_real, stated_low, stated_high),
        *(said.subject, claim.measure, said.source, claim.voice),
        *(counts.counts, counts.includes, counts.excludes),
    )


def _days(period: Period | None) -> tuple[str | None, date | None, date | None]:
    return (period.said, period.first, period.last) if period else (None, None, None)


def make(connection: Any, names: list[str], files: str) -> None:
    """Make the relation `claims`: each claim once, with an id that is no one else's.

    `files` is what the files are called where they cannot be read.
    """
    listed = ", ".join(map(_literal, names))
    read = f"read_parquet([{listed}], filename = true, union_by_name = true)"
    with worded(files):
        _refuse_swollen(connection, names)
        told = connection.execute(f"describe select * from {read}").fetchall()  # noqa: S608
        there = {name for name, *_ in told}
        lake.refuse_without(files, there)
        found = connection.execute(
            f"select filename, max(greatest({cast('id')}, {cast('statement')})), "  # noqa: S608
            f"count(*) filter ({lake.lacking()}), sum({lake.length(there, 'strlen')}) "
            f"from {read} group by 1"
        ).fetchall()
        for name, _top, _count, length in found:
            lake.refuse_beyond(name, length, Path(name).stat().st_size)
        lake.refuse_lacking({name: count for name, _top, count, _length in found if count})
        firsts = lake.offsets(names, {name: top for name, top, _count, _length in found})
        connection.execute("create table file(name varchar, first bigint)")
        connection.executemany("insert into file values (?, ?)", firsts)
        once = f"qualify {lake.ONCE} = 1" if len(names) > 1 else ""
        connection.execute(
            f"create view claims as select {', '.join(lake.selected(there))} from {read} p "  # noqa: S608
            f"join file f on f.name = p.filename {once}"
        )


def _refuse_swollen(connection: Any, names: list[str]) -> None:
    """Refuse files that say of themselves that they unpack to far more than claims would.

    No two claims have one uid, so that there are never more of them than bytes in a file.
    """
    for name in names:
        size = Path(name).stat().st_size
        (rows,) = connection.execute(
            f"select num_rows from parquet_file_metadata({_literal(name)})"  # noqa: S608
        ).fetchone()
        lake.refuse_many(name, rows, size)
        (unpacked,) = connection.execute(
            "select coalesce(sum(total_uncompressed_size), 0) "  # noqa: S608
            f"from parquet_metadata({_literal(name)})"
        ).fetchone()
        lake.refuse_beyond(name, unpacked, size)


def table(file: Path) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """The columns of any Parquet file, and its rows of values."""
    name = str(file)
    connection = _connected("Reading a Parquet file")
    with worded(name, _ANY):
        _refuse_swollen(connection, [name])
        read = f"read_parquet({_literal(name)})"
        told = connection.execute(f"describe select * from {read}").fetchall()  # noqa: S608
        named = [_read_as(column, kind) for column, kind, *_rest in told]
        lengths = ", ".join(f"sum(strlen(cast({each} as varchar)))" for each in named)
        unpacked = connection.execute(f"select {lengths} from {read}").fetchone()  # noqa: S608
        lake.refuse_beyond(name, sum(each or 0 for each in unpacked), file.stat().st_size)
        asked = connection.execute(f"select {', '.join(named)} from {read}")  # noqa: S608
    return tuple(column for column, *_rest in told), _fetched(asked, name, _ANY)


def _read_as(column: str, kind: str) -> str:
    """A column of any file; numbers of single precision as the few digits they were written in."""
    name = '"' + column.replace('"', '""') + '"'
    return f"nullif(cast({name} as varchar), 'nan')" if kind == "FLOAT" else name


def _fetched(asked: Any, files: str, remedy: str) -> Iterator[tuple[Any, ...]]:
    """The rows of an answer, some at a time."""
    while True:
        with worded(files, remedy):
            found = asked.fetchmany(_BATCH)
        if not found:
            return
        yield from found


_ANY = "Give a file that Parquet's own tools can read, or save its rows as CSV."


@contextmanager
def worded(files: str, remedy: str = OURS) -> Iterator[None]:
    """Say in two lines what DuckDB could not do with the files."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        said = "".join(filter(str.isprintable, " ".join(str(error).split())))[:200].rstrip(".: ")
        why = said.split(": ", maxsplit=1)[-1]  # without DuckDB's name of the kind of error
        if type(error) in (duckdb.Error, duckdb.InvalidInputException):
            why = f"it is damaged, or no Parquet file ({why})"
        raise unreadable(files, why, remedy) from error


def _literal(name: str) -> str:
    """The name of a file in SQL, where signs such as * would stand for other files."""
    plain = re.sub(r"[*?\[]", r"[\g<0>]", name)
    return "'" + plain.replace("'", "''") + "'"


_BATCH = 5_000
# Nothing is fetched from a network to read a file.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

# The claims as the screen wants them.
_FIGURES = """
select subject_key as subject, measure_name as measure, unit, hedge, side, coverage,
  best_real as best, plus_real as above, minus_real as below,
  stated_low as low, stated_high as high,
  case when as_of is null then published_first else as_of_first end - date '1970-01-01'
    as first_day,
  case when as_of is null then published_last else as_of_last end - date '1970-01-01'
    as last_day,
  case when as_of is null and published is null then 0 else 1 end as dated
from claims
"""


class Lake(ClaimFiles):
    """Claims in Parquet files, as DuckDB reads them."""

    def __init__(self, files: Sequence[Path], measures: Sequence[Measure]) -> None:
        for file in files:
            if not file.is_file():
                raise NotFound(f"There is no file {file}.", "Check the name and the folder.")
        super().__init__(files, measures)
        self._connection = _connected()
        try:
            make(self._connection, list(dict.fromkeys(map(str, files))), self._files)
        except BaseException:
            self._connection.close()
            raise

    def _defined(self) -> Iterator[tuple[Any, ...]]:
        return self._rows(lake.SAID_TO_COUNT.format("claims"), ())

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()

    def claims(self, *, subject: str | None = None, as_given: bool = False) -> Iterator[Claim]:
        """All claims, or those about one subject, in the order of their ids.

        `as_given` leaves names as they were recorded.
        """
        where, values = ("", []) if subject is None else ("where subject_key = ?", [fold(subject)])
        columns = ", ".join(lake.claim_columns(as_given=as_given))
        rows = self._rows(f"select {columns} from claims {where} order by id", values)  # noqa: S608
        return lake.claims(rows, self._files)

    def by_subject(
        self,
        suspected: Policy | None = None,
        measures: Sequence[Measure] | None = None,
    ) -> Iterator[list[Claim]]:
        """The claims subject by subject, in the order the subjects were first recorded.

        With `suspected`, only of the subjects that could hold a conflict under that policy.
        """
        values: Sequence[object] = ()
        chosen = ""
        if suspected is not None:
            asked = question(
                _FIGURES,
                suspected,
                self._measures if measures is None else measures,
                names={name: name for name in self._distinct("measure_name") if name},
                units=self._distinct("unit"),
                key="text",
            )
            chosen = f"where subject_key in (select subject from ({asked.sql}) q)"  # noqa: S608
            values = asked.values
        columns = ", ".join(lake.claim_columns(as_given=False))
        rows = self._rows(
            f"select {columns} from claims {chosen} "  # noqa: S608
            "order by min(id) over (partition by subject_key), subject_key, id",
            values,
        )
        for _key, group in groupby(rows, key=lambda row: row[0]):
            yield list(lake.claims(group, self._files))

    def resolve(self, kind: str, name: str) -> str | None:
        """The name as it stands in the files; None if there is none such."""
        key = fold(name)
        names = self._distinct(f"{kind}_name")
        return next((each for each in names if fold(each) == key), None)

    def candidates(self, kind: str, like: str) -> tuple[str, ...]:
        """Every name in the files, for finding close spellings of one."""
        del like
        return tuple(self._distinct(f"{kind}_name"))

    def _distinct(self, column: str) -> list[str]:
        assert column in COLUMNS
        sql = f"select distinct {column} from claims where {column} is not null order by 1"  # noqa: S608
        return [row[0] for row in self._rows(sql, ())]

    def _rows(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        with worded(self._files):
            asked = self._connection.cursor().execute(sql, list(values))
        yield from _fetched(asked, self._files, OURS)


def _connected(doing: str = "--engine duckdb") -> Any:
    try:
        import duckdb
    except ImportError as error:
        raise MissingPackage(doing, "duckdb", error) from error
    # What does not fit into memory goes where temporary files go, not beside the claims.
    return duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": gettempdir()})


_WRITTEN_AT_ONCE = 20_000


def write(
    path: Path, claims: Iterable[Claim], given: Iterable[Claim], *, defined: bool = False
) -> int:
    """Write claims to a new Parquet file at this path; how many comes back.

    `given` are the same claims with their names as recorded, and what they count if `defined`.
    """
    schema, parquet = _schema([each for each in COLUMNS if defined or each not in DEFINED])
    written, taking = 0, rows(claims, given)
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        while batch := list(islice(taking, _WRITTEN_AT_ONCE)):
            file.write_batch(_batch(schema, batch))
            written += len(batch)
    return written


def _schema(names: Iterable[str]) -> tuple[Any, Any]:
    """Arrow's schema of these columns, and what writes Parquet files."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingPackage("Writing a Parquet file", "parquet", error) from error
    types = {
        **{TEXT: pyarrow.string(), WHOLE: pyarrow.int64(), REAL: pyarrow.float64()},
        **{DATE: pyarrow.date32(), FLAG: pyarrow.bool_()},
    }
    return pyarrow.schema([(name, types[COLUMNS[name]]) for name in names]), parquet


def _batch(schema: Any, batch: list[tuple[object, ...]]) -> Any:
    import pyarrow

    columns = [*zip(*batch, strict=True)][: len(schema.types)]  # those of what is counted are last
    arrays = [
        pyarrow.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
    ]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)
