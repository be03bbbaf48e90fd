"""A comparison as a data frame of pandas, polars or pyarrow, made by Narwhals.

A number is a float to reckon with, and stands again in `..._exact` digit for digit; a date is what
was said, with the first and the last day it covers beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal

from factlog.claim import Period
from factlog.errors import MissingPackage, UsageError
from factlog.findings import Comparison
from factlog.render.to_csv import APART_COLUMNS, SIDE_COLUMNS, Cell, disagreements, sides
from factlog.wording import plain

Backend = Literal["pandas", "polars", "pyarrow"]
Table = Literal["sides", "disagreements"]
Columns = Mapping[str, Sequence[Any]]

_NUMBERS = ("low", "best", "high", "gap", "ratio", "break_even")


def frame(found: Comparison, table: Table, backend: Backend) -> Any:
    """One row a side, or one a disagreement, as a data frame of this library's."""
    try:
        import narwhals
    except ImportError as error:
        raise MissingPackage("Making a data frame", "frames", error) from error
    if table not in ("sides", "disagreements"):
        raise UsageError(f'"{table}" is no table of a comparison.', "Use: sides, disagreements.")
    columns = _sides(found) if table == "sides" else _disagreements(found)
    kinds: dict[str, Any] = {name: narwhals.String() for name in columns}
    kinds |= dict.fromkeys(_NUMBERS & columns.keys(), narwhals.Float64())
    kinds |= {"pairs": narwhals.Int64()} if "pairs" in columns else {"derived": narwhals.Boolean()}
    days = [name for name in columns if name.endswith(("_first", "_last", "_day"))]
    if backend == "pandas":  # whose dates of its own are moments
        kinds |= dict.fromkeys(days, narwhals.Datetime("us"))
        columns |= {name: [*map(_midnight, columns[name])] for name in days}
    else:
        kinds |= dict.fromkeys(days, narwhals.Date())
    try:
        return narwhals.from_dict(columns, schema=kinds, backend=backend).to_native()
    except ImportError as error:
        raise MissingPackage(f"A data frame of {backend}", "", error) from error


def _sides(found: Comparison) -> dict[str, list[Any]]:
    columns = _numbered(SIDE_COLUMNS, sides([found]))
    columns["derived"] = [each == "true" for each in columns["derived"]]
    each_side = [side for one in found.subjects for each in one.measures for side in each.sides]
    return (
        columns
        | _days("as_of", [side.as_of for side in each_side])
        | _days("published", [side.published for side in each_side])
    )


def _disagreements(found: Comparison) -> dict[str, list[Any]]:
    columns = _numbered(APART_COLUMNS, disagreements(found))
    columns["pairs"] = [*map(int, columns["pairs"])]
    every = [
        each for one in found.subjects for measure in one.measures for each in measure.disagreements
    ]
    return columns | {
        "first_day": [each.first and each.first.first for each in every],
        "last_day": [each.last and each.last.last for each in every],
    }


def _numbered(names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> dict[str, list[Any]]:
    """Rows as columns; of each number what is near it as a float, and its digits."""
    every = list(rows)
    columns = {name: [row[place] for row in every] for place, name in enumerate(names)}
    exact = {
        f"{name}_exact": [plain(e) if isinstance(e, Decimal) else None for e in columns[name]]
        for name in _NUMBERS
        if name in columns
    }
    return {name: [*_held(name, columns[name])] for name in names} | exact


def _held(name: str, cells: Iterable[Cell]) -> Iterator[Any]:
    for cell in cells:
        if cell is None or isinstance(cell, Decimal):
            yield cell if cell is None or name not in _NUMBERS else float(cell)
        else:
            yield str(cell)


def _days(name: str, periods: Sequence[Period | None]) -> dict[str, list[Any]]:
    """The first and the last day of some dates, None where one is open."""
    return {
        f"{name}_first": [period and period.first for period in periods],
        f"{name}_last": [period and period.last for period in periods],
    }


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time())
