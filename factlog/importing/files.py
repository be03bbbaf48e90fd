"""A file of claims, whatever its format: all of its rows, or those that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from factlog.claim import Claim
from factlog.errors import ImportFailed, UsageError
from factlog.importing.encoding import Text
from factlog.importing.from_csv import CsvRows
from factlog.importing.from_json import JsonRows
from factlog.importing.rows import BadRow, Maker, Rows, check_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure


FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "ods")
WORKBOOKS = ("xlsx", "ods")
KEPT = 1_000
_ENOUGH = 10_000  # bad rows, after which a file that is taken whole is not read further


def read_rows(
    stream: BinaryIO,
    format: str = "csv",  # noqa: A002  the option's own name
    *,
    measures: Iterable[Measure] | None = None,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    date_format: str | None = None,
    locale: str | None = None,
    sheet: str | None = None,
) -> Rows:
    """Open a csv, tsv, json, jsonl, xlsx or ods file, given as a binary stream, to read its rows.

    `mapping` says which of the file's columns fills one of ours ({"as_of": "date"}), `fixed`
    fills one for every row ({"subject": "Ukraine war"}). A file without the columns it takes,
    or without rows, raises ImportFailed. `sheet` is the name or number of a workbook's.
    """
    mapping, fixed = mapping or {}, fixed or {}
    check_options(mapping, fixed)
    if format not in FORMATS:
        raise UsageError(f'"{format}" is no format to import.', f"Use: {', '.join(FORMATS)}.")
    if sheet is not None and format not in WORKBOOKS:
        raise UsageError(f"A {format} file has no sheets.", "Leave out --sheet.")
    delimited = format in ("csv", "tsv")
    maker = Maker(measures, fixed=fixed, date_format=date_format, locale=locale, defused=delimited)
    if delimited:
        likely = "\t,;" if format == "tsv" else ",;\t"
        return CsvRows(Text(stream), maker, mapping, fixed, delimiters=likely)
    if format in WORKBOOKS:
        from factlog.importing.from_sheets import SheetRows, opened

        return SheetRows(opened(stream, sheet), maker, mapping, fixed)
    return JsonRows(Text(stream), maker, mapping, fixed, by_line=format == "jsonl")


def read_values(
    names: Sequence[str],
    values: Iterable[Sequence[object]],
    *,
    measures: Iterable[Measure] | None = None,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    date_format: str | None = None,
    locale: str | None = None,
) -> Rows:
    """Read rows of Python's own values under the names of their columns, as `read_rows` does.

    Numbers and dates are exactly what they are; None and NaN are blank.
    """
    from factlog.importing.from_sheets import SheetRows, ValueSheet

    mapping, fixed = mapping or {}, fixed or {}
    check_options(mapping, fixed)
    maker = Maker(measures, fixed=fixed, date_format=date_format, locale=locale)
    return SheetRows(ValueSheet(names, values), maker, mapping, fixed)


def wanted(rows: Rows, *, kept: int = KEPT) -> Iterator[Claim]:
    """Each claim of a file that has to be taken whole.

    After the first bad row no more claims come; the rest is read for what else is wrong, until
    there are 10,000 bad rows, and ImportFailed lists the first `kept` of them.
    """
    bad: list[BadRow] = []
    count = wrong = 0
    for _line, row in rows:
        count += 1
        if isinstance(row, BadRow):
            wrong += 1
            if wrong <= kept:
                bad.append(row)
            if wrong == _ENOUGH:
                break
        elif not wrong:
            yield row
    if wrong:
        raise _failed(wrong, count, tuple(bad))


def take_all(rows: Rows, *, kept: int = KEPT) -> tuple[Claim, ...]:
    """All claims of a file, or ImportFailed with every bad row."""
    return tuple(wanted(rows, kept=kept))


def _failed(wrong: int, count: int, bad: tuple[BadRow, ...]) -> ImportFailed:
    some = f"; the first {len(bad):,} are listed" if wrong > len(bad) else ""
    of = "1 row" if count == 1 else f"{count:,} rows"
    if wrong == _ENOUGH:
        of = f"the first {count:,} rows"
    return ImportFailed(
        f"{wrong:,} of {of} cannot be read, so nothing was imported{some}.",
        "Mend them, or take the others with --skip-bad --reject FILE.",
        bad,
    )
