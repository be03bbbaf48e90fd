"""A file of claims, whatever its format: all of its rows, or those that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from factlog.claim import Claim
from factlog.errors import ImportFailed, RowError, UsageError
from factlog.importing.columns import NAMED, Columns, MissingColumns, check_options, flags
from factlog.importing.dating import Dating
from factlog.importing.encoding import FileText
from factlog.importing.from_csv import CsvRows
from factlog.importing.from_json import JsonRows
from factlog.importing.rows import BadRow, Maker, Rows
from factlog.importing.sheets import ValueSheet
from factlog.patterns import Pattern
from factlog.wording import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure


__all__ = [
    "NAMED",
    "BadRow",
    "Columns",
    "MissingColumns",
    "Rows",
    "ValueSheet",
    "read_rows",
    "take_all",
    "wanted",
]

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "ods")
WORKBOOKS = ("xlsx", "ods")
KEPT = 1_000
_ENOUGH = 10_000  # bad rows, after which a file that is taken whole is not read further


def read_rows(
    stream: BinaryIO | ValueSheet,
    format: str = "csv",  # noqa: A002
    *,
    measures: Iterable[Measure] | None = None,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    measure_columns: Mapping[str, str] | None = None,
    dates_across: str | None = None,
    at_least_if: Mapping[str, object] | None = None,
    at_most_if: Mapping[str, object] | None = None,
    about_if: Mapping[str, object] | None = None,
    date_format: str | Sequence[str] | None = None,
    days_from: date | None = None,
    split_via: bool = False,
    locale: str | None = None,
    language: str | None = None,
    unit: str = "",
    sheet: str | None = None,
) -> Rows:
    """Open a csv, tsv, json, jsonl, xlsx or ods file, given as a binary stream, to read its rows.

    `mapping` says which of the file's columns fills one of ours ({"as_of": "date"}), `fixed` fills
    one for every row ({"subject": "Ukraine war"}). `measure_columns` takes a claim a row from each
    of several columns ({"killed": "Dead"}), `dates_across` from each that is headed by a date.
    `at_least_if`, `at_most_if` and `about_if` are columns of marks ({"Minimum": "1"}). A cell that
    two formats of several read differently is a bad row; `days_from` is day 0 of dates that are
    numbers; `split_via` takes "X (via Y)" apart; `unit` is that of numbers whose row names none.
    `sheet` is a workbook's; a ValueSheet in place of the stream has rows of Python's own values.
    Without the columns it takes, or without rows, a file raises ImportFailed.
    """
    marks = flags({"at least": at_least_if, "at most": at_most_if, "about": about_if})
    columns = Columns(mapping or {}, fixed or {}, measure_columns or {}, dates_across, marks, unit)
    check_options(columns)
    if not isinstance(stream, ValueSheet) and format not in FORMATS:
        raise UsageError(f'"{format}" is no format to import.', f"Use: {', '.join(FORMATS)}.")
    if sheet is not None and format not in WORKBOOKS:
        raise UsageError(f"A {format} file has no sheets.", "Leave out --sheet.")
    formats = (date_format,) if isinstance(date_format, str) else tuple(date_format or ())
    dating = Dating(formats, dates_across, days_from)
    dating.check()
    maker = Maker(
        measures,
        fixed=columns.fixed,
        dating=dating,
        locale=locale,
        language=language,
        unit=unit,
        split_via=split_via,
        defused=not isinstance(stream, ValueSheet) and format in ("csv", "tsv"),
    )
    return _rows(stream, format, sheet, maker, columns)


def _rows(
    stream: BinaryIO | ValueSheet,
    format: str,  # noqa: A002
    sheet: str | None,
    maker: Maker,
    columns: Columns,
) -> Rows:
    if isinstance(stream, ValueSheet) or format in WORKBOOKS:
        from factlog.importing import from_sheets

        found = stream if isinstance(stream, ValueSheet) else from_sheets.opened(stream, sheet)
        return from_sheets.SheetRows(found, maker, columns)
    if format in ("csv", "tsv"):
        likely = "\t,;|" if format == "tsv" else ",;\t|"
        return CsvRows(FileText(stream), maker, columns, delimiters=likely)
    return JsonRows(FileText(stream), maker, columns, by_line=format == "jsonl")


def wanted(rows: Rows, *, kept: int = KEPT) -> Iterator[Claim]:
    """Each claim of a file that has to be taken whole.

    After the first bad row no more claims come; the rest is read for what else is wrong, until
    there are 10,000 bad rows, and ImportFailed lists the first `kept` of them.
    """
    bad: list[BadRow] = []
    reasons = Reasons()
    wrong = 0
    for _line, row in rows:
        if isinstance(row, BadRow):
            wrong += 1
            reasons.add(row)
            if wrong <= kept:
                bad.append(row)
            if wrong == _ENOUGH:
                break
        elif not wrong:
            yield row
    if wrong:
        raise _failed(rows.read, tuple(bad), reasons)


def take_all(rows: Rows, *, kept: int = KEPT) -> tuple[Claim, ...]:
    """All claims of a file, or ImportFailed with every bad row."""
    return tuple(wanted(rows, kept=kept))


def _failed(count: int, bad: tuple[BadRow, ...], reasons: Reasons) -> ImportFailed:
    wrong = reasons.count
    of = counted(count, "1 row", "{} rows")
    if wrong == _ENOUGH:
        of = f"the first {count:,} rows"
    ways = dict.fromkeys(way for row in bad for way in row.unclear)
    say = " and ".join(f"{things} ({option})" for things, option in ways)
    say = say.replace(" (", " are written (", 1)
    told = f"Say how {say}, mend them," if say else "Mend them,"
    return ImportFailed(
        f"{wrong:,} of {of} cannot be read, so nothing was imported.",
        f"{told} or take the others with --skip-bad --reject FILE.",
        bad,
        tuple(reasons.told()),
    )


_GIVEN = Pattern(r'"[^"]*"|\d+')  # what a reason quotes of its row
_LISTED = 3  # lines of each reason
_KINDS = 100  # that are told apart


class Reasons:
    """Counts bad rows, and keeps the first few lines of each reason."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: dict[str, list[RowError]] = {}
        self._counts: dict[str, int] = {}

    def add(self, row: RowError) -> None:
        """Count a bad row under its reason."""
        kind = _GIVEN.sub("", row.reason)
        if kind not in self._kinds and len(self._kinds) >= _KINDS:
            kind = next(reversed(self._kinds))
        self.count += 1
        self._counts[kind] = self._counts.get(kind, 0) + 1
        first = self._kinds.setdefault(kind, [])
        if len(first) < _LISTED:
            first.append(row)

    def told(self) -> Iterator[str]:
        """Each reason with its lines, the one of most rows first."""
        for kind in sorted(self._counts, key=lambda kind: -self._counts[kind]):
            rows = self._kinds[kind]
            *most, last = dict.fromkeys(f"{row.line:,}" for row in rows)
            more = self._counts[kind] - len(most) - 1
            if not more and not most:
                yield rows[0].problem
                continue
            lines = (
                f"{', '.join((*most, last))} and {more:,} more"
                if more
                else (f"{', '.join(most)} and {last}")
            )
            yield f"{rows[0].counted}s {lines}: {rows[0].reason}"
