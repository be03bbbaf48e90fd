"""A data frame of pandas, polars or pyarrow, read as the sheet of a workbook is.

Frames are opened by Narwhals. The interchange protocol (`__dataframe__`) carries neither decimals
nor the mixed columns that spreadsheets leave, and pandas is giving it up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypedDict, Unpack

from factlog.claim import Claim
from factlog.errors import ImportFailed, MissingPackage, RowError, UsageError
from factlog.importing.columns import MissingColumns
from factlog.importing.files import Reasons, read_rows, take_all
from factlog.importing.sheets import ValueSheet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure

_HEADER = 2  # the number a sheet gives to its first row below the header
_PLAIN = {str, int, float, bool, Decimal, date, datetime, type(None)}


class Reading(TypedDict, total=False):
    """How the columns of a data frame are to be taken: what import's options say of a file's."""

    mapping: Mapping[str, str]
    fixed: Mapping[str, str]
    measure_columns: Mapping[str, str]
    dates_across: str
    date_format: str | Sequence[str]
    days_from: date | str
    split_via: bool
    at_least_if: Mapping[str, object]
    at_most_if: Mapping[str, object]
    about_if: Mapping[str, object]
    locale: str
    language: str
    unit: str


class Frame(Protocol):
    """A data frame of pandas, polars or pyarrow: a table that hands itself on as Arrow does."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as a stream of Arrow's."""


def read_frame(
    frame: Frame,
    *,
    measures: Iterable[Measure] | None = None,
    **columns: Unpack[Reading],
) -> tuple[Claim, ...]:
    """The claims in a data frame of pandas, polars or pyarrow, with the columns of `import`.

    `columns` say how they are taken: `mapping` which of them fills one of ours ({"as_of": "date"}),
    `fixed` fills one for every row ({"subject": "Ukraine war"}), `measure_columns` takes a claim a
    row from each of several ({"killed": "Dead"}); `dates_across`, `date_format`, `days_from`,
    `split_via`, `at_least_if`, `at_most_if`, `about_if`, `locale` and `unit` are import's options
    of these names. Numbers are taken exactly, a float as the shortest decimal that is it; dates and
    times as days; None, NaN and NaT as blank. A row without a value is left out.

    All rows or none: ImportFailed has every bad one in its `rows`, numbered from 0 as in
    `df.iloc[0]`.

    >>> import pyarrow
    >>> table = pyarrow.table(
    ...     {"subject": ["Dam"], "source": ["Ministry"], "measure": ["height"], "value": [81.5]}
    ... )
    >>> [claim] = read_frame(table)
    >>> claim.statement.source, claim.said, claim.estimate.best
    ('Ministry', '81.5', Decimal('81.5'))
    """
    table = _opened(frame)
    if not len(table):
        return ()
    try:
        sheet = ValueSheet(table.columns, _values(table))
        return take_all(read_rows(sheet, measures=measures, **columns))
    except MissingColumns as error:
        guess = dict(error.guessed.mapping) or {"value": "COLUMN"}
        raise ImportFailed(
            error.problem.replace("The file", "The table", 1),
            f"Name a column, as in mapping={guess}, or fill it for every row: fixed={{...}}.",
        ) from None
    except ImportFailed as error:
        if not error.rows:
            raise
        raise _counted_from_0(error) from None


def _opened(frame: Frame) -> Any:
    try:
        import narwhals
    except ImportError as error:
        raise MissingPackage("Reading a data frame", "frames", error) from error
    try:
        return narwhals.from_native(frame, eager_only=True)
    except narwhals.exceptions.DuplicateError as error:
        raise ImportFailed(
            "The table has two columns of one name.",
            "Rename one of them, so that it is clear which is meant.",
        ) from error
    except TypeError as error:
        raise UsageError(
            f"A {type(frame).__module__.partition('.')[0]} {type(frame).__name__} is no data frame "
            "that can be read.",
            "Give a DataFrame of pandas or polars, or a Table of pyarrow; collect a LazyFrame.",
        ) from error


def _values(table: Any) -> Iterator[Sequence[object]]:
    """The rows of a table, its values as Python has them."""
    single = [place for place, kind in enumerate(table.schema.values()) if str(kind) == "Float32"]
    for row in table.iter_rows():
        values = [value if type(value) in _PLAIN else _plain(value) for value in row]
        for place in single:
            values[place] = _shortest(values[place])
        yield values


def _plain(value: object) -> object:
    """What a library has of its own for a number, a moment or nothing, as Python has it."""
    import narwhals

    item = getattr(value, "item", None)  # numpy's numbers have it, some of which are Python's too
    try:
        return item() if callable(item) else narwhals.to_py_scalar(value)
    except ValueError:
        return value


def _shortest(value: object) -> object:
    """A number of single precision as the shortest decimal that is it: 0.1, of what is near it."""
    if not isinstance(value, float) or value - value != 0:
        return value
    texts = (f"{value:.{digits}g}" for digits in range(6, 9))
    same = (text for text in texts if struct.unpack("f", struct.pack("f", float(text)))[0] == value)
    return Decimal(next(same, f"{value:.9g}"))


def _counted_from_0(error: ImportFailed) -> ImportFailed:
    """The refusal of rows that are counted as frames do."""
    bad = tuple(RowError(r.line - _HEADER, r.reason, r.remedy, "row") for r in error.rows)
    reasons = Reasons()
    for each in bad:
        reasons.add(each)
    return ImportFailed(
        error.problem,
        "Mend them, or leave them out; each is in the error's rows, with its place and reason.",
        bad,
        tuple(reasons.told()),
    )
