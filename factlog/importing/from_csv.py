"""Comma, semicolon and tab separated files as rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from factlog.errors import ImportFailed
from factlog.importing.columns import Columns
from factlog.importing.encoding import FileText
from factlog.importing.fields import TEXT_LIMIT
from factlog.importing.header_rows import Known, ahead, filled, header_of, titles
from factlog.importing.headers import recognised
from factlog.importing.rows import BadRow, Maker
from factlog.importing.table import TableRows

Record = tuple[int, list[str] | BadRow]
_UNCLOSED = "unexpected end of data"
_TOO_LONG = "field larger than field limit"
_LINE_END = re.compile("\r\n|\r|\n")
_LINES = 10_000  # of one row that are held one by one


class CsvRows(TableRows):
    """The rows of a csv or tsv file; the header line tells which sign separates its cells."""

    def __init__(
        self,
        text: FileText,
        maker: Maker,
        columns: Columns,
        *,
        delimiters: str = ",;\t|",
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
        top = [*ahead(chain([first], lines), len)]

        def known(names: list[str]) -> int:
            return recognised(names, columns)

        self.delimiter = self.delimiter or _delimiter(top, delimiters, known)
        self._reader = csv.reader(
            self._watched(chain(top, lines)), delimiter=self.delimiter, strict=True
        )
        records = self._records()
        looked_at = [*ahead(records, _size)]
        header, below = self._header(looked_at, known, columns.dates_across)
        self._left = chain([each for each in looked_at if each[0] > below], records)
        self._head(header, columns)

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

    def _header(
        self, first: Iterable[Record], known: Known, across: str | None
    ) -> tuple[list[str], int]:
        """The names of the columns, and the line on which the last of their rows begins."""
        rows: list[tuple[int, list[str]]] = []
        for line, row in first:
            if isinstance(row, BadRow):
                if not rows:
                    raise ImportFailed(f"The header cannot be read: {row.problem}.", row.remedy)
                break
            rows.append((line, row))
        return header_of([*filled(rows)], (), known, across)

    def _rows(self) -> Iterator[Record]:
        return self._left

    def _records(self) -> Iterator[Record]:
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


def _size(record: Record) -> int:
    """How many characters a row has."""
    row = record[1]
    return sum(map(len, row.given if isinstance(row, BadRow) else row))


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


def _delimiter(top: Sequence[str], among: str, known: Known) -> str:
    """The sign that gives a header the most columns that are known, then the most columns."""

    def likely(sign: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # of a row below, which is told in its place
            rows.extend(row for row in csv.reader(top, delimiter=sign) if any(map(str.strip, row)))
        names = rows[titles(rows, known)] if rows else []
        return known(names), len(names)

    return max(among, key=likely)


def _opening(text: str, delimiter: str) -> int:
    """Where the quote that is never closed stands, in a row that ends within quotes."""
    sign = re.escape(delimiter)
    cell = re.compile(rf'(?:"(?:[^"]++|"")*+"|[^"{sign}][^{sign}]*+)?{sign}')
    place = 0
    while found := cell.match(text, place):
        place = found.end()
    return place
