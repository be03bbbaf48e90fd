"""Comma, semicolon and tab separated files as rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from factlog.claim import Claim
from factlog.errors import ImportFailed, UsageError
from factlog.importing import rows
from factlog.importing.cells import Cell
from factlog.importing.encoding import Text
from factlog.importing.fields import TEXT_LIMIT
from factlog.importing.rows import BadRow, Maker, Rows

_UNCLOSED = "unexpected end of data"
_TOO_LONG = "field larger than field limit"
_LINE_END = re.compile("\r\n|\r|\n")
_COLUMNS = 10_000  # that a file can have
_LINES = 10_000  # of one row that are held one by one


class CsvRows(Rows):
    """The rows of a csv or tsv file; the header line tells which sign separates its cells."""

    def __init__(
        self,
        text: Text,
        maker: Maker,
        mapping: Mapping[str, str],
        fixed: Mapping[str, str],
        *,
        delimiters: str = ",;\t",
    ) -> None:
        super().__init__(text, maker)
        self._record: list[str] = []  # the row being read, in pieces, to find a quote in
        lines = text.lines()
        csv.field_size_limit(TEXT_LIMIT + 1)
        self._skipped, first = _first_line(lines)
        self.delimiter, in_hint = _hinted(first)
        if in_hint:
            more, first = _first_line(lines)
            self._skipped += 1 + more
        self.delimiter = self.delimiter or _delimiter(first, delimiters, mapping)
        self._reader = csv.reader(
            self._watched(chain([first], lines)), delimiter=self.delimiter, strict=True
        )
        self.columns = self._header()
        found = rows.layout(self.columns, mapping, fixed)
        self.ignored, self._others = found.ignored, found.others
        self._pick, self._extra = _arranged(found.places, fixed, len(self.columns))

    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""
        width, extra, pick, make = len(self.columns), self._extra, self._pick, self._maker.claim
        others, note = self._others, self.repeats.note
        row: list[str] | BadRow
        made: Claim | BadRow
        any_row = False
        for line, row in self._rows():
            if isinstance(row, BadRow):
                made = row
            elif not (row and row[0].strip()) and _is_blank(row):
                continue
            else:
                try:
                    cells = row if len(row) == width else _fitted(row, width)
                    taken = pick(cells + extra)
                    made = make(taken)
                    if others:
                        note(line, taken, [cells[place] for place in others])
                except UsageError as error:
                    made = self._refused(line, row, error)
            any_row = True
            yield line, made
        if not any_row:
            raise ImportFailed(
                "The file has a header and no rows.", "Write one claim a line under the header."
            )

    @property
    def heading(self) -> str:
        """The columns of the file and the reason, before the bad rows in a file of them."""
        return self._joined([*self.columns, "reason"])

    def rejected(self, bad: BadRow) -> str:
        """A bad row as it stood in the file, with a column `reason`."""
        width = len(self.columns)
        cells = [*bad.given, *[""] * (width - len(bad.given))]
        return self._joined([*cells[:width], bad.problem, *cells[width:]])

    def _joined(self, cells: Sequence[str]) -> str:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=self.delimiter).writerow(cells)
        return line.getvalue()

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        record, whole = self._record, 0
        for line in lines:
            record.append(line)
            if len(record) - whole > _LINES:  # a line by itself takes far more room than its text
                record[whole:] = ["".join(record[whole:])]
                whole += 1
            elif len(record) == 1:
                whole = 0
            yield line

    def _header(self) -> tuple[str, ...]:
        try:
            header = next(self._reader)
        except csv.Error as error:
            bad = self._broken(self._skipped + 1, error)
            raise ImportFailed(f"The header cannot be read: {bad.problem}.", bad.remedy) from error
        self._record.clear()
        if len(header) > _COLUMNS:
            raise ImportFailed(
                f"The file has {len(header):,} columns; {_COLUMNS:,} is the most it can have.",
                "Save the columns that hold claims as a file of their own.",
            )
        return tuple(header)

    def _rows(self) -> Iterator[tuple[int, list[str] | BadRow]]:
        """Each row with the line it begins on; one that breaks off is a bad row."""
        reader, record, skipped = self._reader, self._record, self._skipped
        while True:
            line = skipped + reader.line_num + 1
            try:
                for row in reader:
                    yield line, row
                    line = skipped + reader.line_num + 1
                    record.clear()
                return
            except csv.Error as error:
                broken = self._broken(line, error)
                yield broken.line, broken
                if str(error).startswith(_TOO_LONG):
                    return  # in the middle of a cell: nothing after it can be told apart
                record.clear()

    def _broken(self, line: int, error: csv.Error) -> BadRow:
        """Say which line a broken row breaks on, and why."""
        text, reason = "".join(self._record), str(error)
        if reason.startswith(_TOO_LONG):
            return BadRow(
                line,
                f"a cell has more than {TEXT_LIMIT:,} characters, or its quote is never closed",
                "Close the quote, or shorten the cell; nothing after this line was read.",
            )
        if reason == _UNCLOSED:
            line += len(_LINE_END.findall(text, 0, _opening(text, self.delimiter)))
            return BadRow(
                line,
                "a quote is opened here and never closed",
                'Close the cell with a quote; a quote within it is written twice: "".',
                (text,),
            )
        if "expected after" in reason:
            reason = "a cell goes on after its closing quote"
        remedy = 'Write a quote within a quoted cell twice: "".'
        return BadRow(line, reason, remedy, (text.rstrip("\r\n"),))

    def _refused(self, line: int, row: list[str], error: UsageError) -> BadRow:
        width, reason = len(self.columns), error.problem
        if len(row) < width:
            reason = f"{reason.rstrip('.')} (the row has {len(row)} cells, the header {width})"
        return BadRow(line, reason, error.remedy, tuple(row))


def _first_line(lines: Iterator[str]) -> tuple[int, str]:
    """The first line with something on it, and how many come before it."""
    for skipped, line in enumerate(lines):
        if line.strip():
            return skipped, line
    raise ImportFailed(
        "The file is empty.", "Its first line has to name the columns: subject,source,value."
    )


def _hinted(first: str) -> tuple[str, bool]:
    """The delimiter in a line such as "sep=;", which spreadsheets put first."""
    text = first.rstrip("\r\n")
    hinted = len(text) == 5 and text.lower().startswith("sep=")
    return (text[4], True) if hinted else ("", False)


def _delimiter(header: str, among: str, mapping: Mapping[str, str]) -> str:
    """The sign that gives a header the most columns that are known, then the most columns."""

    def known(sign: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=sign))
        return rows.recognised(names, mapping), len(names)

    return max(among, key=known)


def _arranged(
    places: Mapping[str, int], fixed: Mapping[str, str], width: int
) -> tuple[Callable[[list[str]], tuple[Cell, ...]], list[str]]:
    """What picks our cells, in order, from a row to which the second result was added."""
    extra = [*fixed.values(), ""]
    ours = dict(places) | {column: width + i for i, column in enumerate(fixed)}
    blank = width + len(fixed)
    return itemgetter(*(ours.get(column, blank) for column in rows.TAKEN)), extra


def _fitted(row: list[str], width: int) -> list[str]:
    """A row as wide as the header: blanks may lack at its end, or be too many."""
    if len(row) < width:
        return row + [""] * (width - len(row))
    if not _is_blank(row[width:]):
        raise UsageError(
            f"the row has {len(row)} cells, the header {width}",
            "Put a cell that holds the separating sign in quotes.",
        )
    return row[:width]


def _is_blank(row: Iterable[str]) -> bool:
    return not any(cell.strip() for cell in row)


def _opening(text: str, delimiter: str) -> int:
    """Where the quote that is never closed stands, in a row that ends within quotes."""
    sign = re.escape(delimiter)
    cell = re.compile(rf'(?:"(?:[^"]++|"")*+"|[^"{sign}][^{sign}]*+)?{sign}')
    place = 0
    while found := cell.match(text, place):
        place = found.end()
    return place
