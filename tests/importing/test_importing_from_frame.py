"""Data frames of pandas, polars and pyarrow, read as import reads a sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import dates, read_frame
from factlog.errors import FactlogError, ImportFailed, UsageError
from factlog.importing import read_rows, take_all

EXAMPLES = Path(__file__).parents[2] / "examples"
MAKERS: list[Callable[[Any], Any]] = [pd.DataFrame, pl.DataFrame, pa.table]
NAMES = ["pandas", "polars", "pyarrow"]


def frame(make: Callable[[Any], Any], **columns: object) -> Any:
    size = len(next(iter(columns.values())))  # type: ignore[arg-type]
    source = [chr(ord("a") + n) for n in range(size)]
    return make({"subject": ["S"] * size, "source": source, **columns})


def said(table: Any) -> list[str]:
    return [claim.said for claim in read_frame(table)]


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([300, 7, 0], ["300", "7", "0"]),
        ([0.1, 1e-7, 300.0], ["0.1", "0.0000001", "300"]),
        ([1.5, None, 2.0], ["1.5", "2"]),
        ([1, None, 2**60], ["1", str(2**60)]),
        ([Decimal("1.10"), None, Decimal("0.35")], ["1.10", "0.35"]),
        (["about 4,000", "", None], ["about 4,000"]),
        ([float("nan"), 2.5, 3.5], ["2.5", "3.5"]),
    ],
)
def test_numbers_are_exact_and_nothing_is_blank(
    make: Callable[[Any], Any], values: list[object], expected: list[str]
) -> None:
    column: object = values
    if make is pd.DataFrame and 2**60 in values:  # which a float would not hold exactly
        column = pd.array(values, dtype="Int64")
    assert said(frame(make, value=column)) == expected


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
@pytest.mark.parametrize("day", [date(2024, 1, 5), datetime.fromisoformat("2024-01-05T13:30")])
def test_dates_and_times_are_days(make: Callable[[Any], Any], day: date) -> None:
    found = read_frame(frame(make, value=[1, 2], as_of=[day, None]))
    whens = [claim.statement.as_of for claim in found]
    assert [when and when.days for when in whens] == [(date(2024, 1, 5),) * 2, None]


def test_a_column_of_everything() -> None:
    values = [300, 0.1, Decimal("1.50"), "about 4,000", None, pd.NA, np.float64(12), np.int64(7)]
    whens = [
        *(pd.Timestamp("2024-01-05 13:00", tz="UTC"), date(2024, 1, 6), None, pd.NaT),
        *("2024-01", datetime.fromisoformat("2024-02-02"), "", pd.Period("2024-03", "M")),
    ]
    found = read_frame(frame(pd.DataFrame, value=values, as_of=whens))
    assert [
        (claim.said, claim.statement.as_of and claim.statement.as_of.said) for claim in found
    ] == [
        ("300", "2024-01-05"),
        ("0.1", "2024-01-06"),
        ("1.50", None),
        ("about 4,000", None),
        ("12", None),
        ("7", "2024-03"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        frame(pd.DataFrame, value=np.array([0.1, 16777216, 3.4028235e38], dtype="f4")),
        frame(pl.DataFrame, value=pl.Series([0.1, 16777216, 3.4028235e38], dtype=pl.Float32)),
        frame(pa.table, value=pa.array([0.1, 16777216, 3.4028235e38], pa.float32())),
    ],
    ids=NAMES,
)
def test_a_number_of_single_precision_is_its_own_shortest_decimal(table: Any) -> None:
    numbers = [claim.estimate.best for claim in read_frame(table)]
    assert numbers == [Decimal("0.1"), Decimal(16777216), Decimal("3.4028235e38")]


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_any_number_of_single_precision_is_read_back_as_itself(number: float) -> None:
    (claim,) = read_frame(frame(pl.DataFrame, value=pl.Series([number], dtype=pl.Float32)))
    assert claim.estimate.best is not None
    assert np.float32(str(claim.estimate.best)) == np.float32(number)


@given(st.floats(-1e290, 1e290).filter(lambda number: not 0 < abs(number) < 1e-290))
def test_any_float_is_read_as_its_shortest_decimal(number: float) -> None:
    (claim,) = read_frame(frame(pl.DataFrame, value=[number]))
    assert claim.estimate.best == Decimal(repr(number))


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist], ids=NAMES)
def test_a_frame_of_words_is_read_as_the_file_is(make: Callable[[Any], Any]) -> None:
    data = (EXAMPLES / "ferry.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert read_frame(make(rows)) == take_all(read_rows(io.BytesIO(data)))


def test_columns_are_named_as_for_import() -> None:
    table = pl.DataFrame({"Who": ["A"], "Dead": [3], "Wounded": [5], "When": ["05/01/2024"]})
    found = read_frame(
        table,
        mapping={"source": "Who", "as_of": "When"},
        fixed={"subject": "War"},
        measure_columns={"killed": "Dead", "injured": "Wounded"},
        date_format="%d/%m/%Y",
    )
    assert [(claim.measure, claim.said) for claim in found] == [("killed", "3"), ("injured", "5")]
    assert {claim.statement.as_of and claim.statement.as_of.first for claim in found} == {
        date(2024, 1, 5)
    }


@pytest.mark.parametrize("days", [("2024-01-01", "2024-01-02"), ("2019", "2020")])
def test_a_frame_headed_by_dates_may_have_them_as_pandas_does(days: tuple[str, str]) -> None:
    heads = [pd.Timestamp(day) if "-" in day else int(day) for day in days]
    table = pd.DataFrame([["Town", "BBC", 3, 4]], columns=["subject", "source", *heads])
    found = read_frame(table, fixed={"measure": "killed"})
    assert tuple(each.statement.as_of and each.statement.as_of.said for each in found) == days


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_units_and_flags_are_told_as_to_import(make: Callable[[Any], Any]) -> None:
    columns = {"Dead": [3, 4], "Dead min": [1, 0], "Loss": [2.5, 3], "Rough": [False, True]}
    found = read_frame(
        frame(make, **columns),
        measure_columns={"killed": "Dead", "loss": "Loss"},
        at_least_if={"killed:Dead min": 1},
        about_if={"loss:Rough": True},
        unit="million USD",
    )
    said = ["at least 3 million", "2.5 million", "4 million", "about 3 million"]
    assert [claim.said for claim in found] == said
    assert {claim.estimate.unit for claim in found} == {"USD"}


@pytest.mark.parametrize(
    "origin", ["2022-02-24", date(2022, 2, 24), pd.Timestamp("2022-02-24")], ids=str
)
def test_days_are_counted_from_a_date_in_any_form(origin: date | str) -> None:
    table = pl.DataFrame({"subject": ["War"], "source": ["A"], "value": [3], "as_of": [2]})
    (claim,) = read_frame(table, days_from=origin)
    assert claim.statement.as_of == dates.parse("2022-02-26")


@pytest.mark.parametrize("make", MAKERS, ids=NAMES)
def test_an_empty_frame_holds_no_claims(make: Callable[[Any], Any]) -> None:
    assert read_frame(frame(make, value=["1"])[:0]) == ()


def test_bad_rows_are_all_told_by_their_place() -> None:
    with pytest.raises(ImportFailed) as failed:
        read_frame(frame(pd.DataFrame, value=["x", 12, float("inf"), True, date(2024, 1, 5)]))
    rows = failed.value.rows
    assert [row.line for row in rows] == [0, 2, 3, 4]
    assert rows[3].problem == 'row 4: value: cannot read "2024-01-05": this looks like a date'
    assert str(failed.value).splitlines() == [
        "4 of 5 rows cannot be read, so nothing was imported.",
        '  rows 0, 2 and 3: value: cannot read "x": it holds no number',
        '  row 4: value: cannot read "2024-01-05": this looks like a date',
        "Mend them, or leave them out; each is in the error's rows, with its place and reason.",
    ]


TWICE = frame(pd.DataFrame, value=[1], other=[2]).set_axis(
    ["subject", "source", "value", "value"], axis=1
)


@pytest.mark.parametrize(
    ("table", "kind", "problem"),
    [
        ([1, 2], UsageError, "A builtins list is no data frame that can be read."),
        (
            frame(pl.DataFrame, value=[1]).lazy(),
            UsageError,
            "A polars LazyFrame is no data frame that can be read.",
        ),
        (TWICE, ImportFailed, "The table has two columns of one name."),
        (
            frame(pd.DataFrame, z=[1]),
            ImportFailed,
            'The table has no column "value"; it has: subject, source, z.',
        ),
        (
            frame(pd.DataFrame, value=[""]).assign(subject="", source=""),
            ImportFailed,
            "The file has a header and no rows.",
        ),
    ],
)
def test_what_is_no_table_of_claims_is_refused(
    table: Any, kind: type[FactlogError], problem: str
) -> None:
    with pytest.raises(kind) as refused:
        read_frame(table)
    assert refused.value.problem == problem
    assert "--" not in refused.value.remedy
