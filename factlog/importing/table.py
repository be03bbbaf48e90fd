"""Rows of cells under a header, whatever kind of file they stand in, as claims."""

from __future__ import annotations

import csv
import io
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from factlog.claim import Claim
from factlog.errors import ImportFailed, UsageError
from factlog.importing import rows
from factlog.importing.cells import Cell
from factlog.importing.rows import BadRow, Rows

Row = list[Any]  # of Cell: text, or a number or date from a workbook
_COLUMNS = 10_000  # that a file can have


class TableRows(Rows):
    """The rows of a file with a header.

    A kind of file says what its rows of cells are (`_rows`), and calls `_head` with its header
    before any is read.
    """

    delimiter = ","

    def _head(
        self, header: Sequence[str], mapping: Mapping[str, str], fixed: Mapping[str, str]
    ) -> None:
        """Take the columns of the file for ours."""
        if len(header) > _COLUMNS:
            raise ImportFailed(
                f"The file has {len(header):,} columns; {_COLUMNS:,} is the most it can have.",
                "Save the columns that hold claims as a file of their own.",
            )
        self.columns = tuple(header)
        found = rows.layout(self.columns, mapping, fixed)
        self.ignored, self._others = found.ignored, found.others
        self._pick, self._extra = _arranged(found.places, fixed, len(self.columns))

    @abstractmethod
    def _rows(self) -> Iterator[tuple[int, Row | BadRow]]:
        """Each row of the file, with the line it begins on."""

    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""
        width, extra, pick, make = len(self.columns), self._extra, self._pick, self._maker.claim
        others, note = self._others, self.repeats.note
        row: Row | BadRow
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

    def _refused(self, line: int, row: Row, error: UsageError) -> BadRow:
        width, reason = len(self.columns), error.problem
        if len(row) < width:
            reason = f"{reason.rstrip('.')} (the row has {len(row)} cells, the header {width})"
        return BadRow(line, reason, error.remedy, tuple(map(str, row)))


def _arranged(
    places: Mapping[str, int], fixed: Mapping[str, str], width: int
) -> tuple[Callable[[Row], tuple[Cell, ...]], Row]:
    """What picks our cells, in order, from a row to which the second result was added."""
    extra: Row = [*fixed.values(), ""]
    ours = dict(places) | {column: width + i for i, column in enumerate(fixed)}
    blank = width + len(fixed)
    return itemgetter(*(ours.get(column, blank) for column in rows.TAKEN)), extra


def _fitted(row: Row, width: int) -> Row:
    """A row as wide as the header: blanks may lack at its end, or be too many."""
    if len(row) < width:
        return row + [""] * (width - len(row))
    if not _is_blank(row[width:]):
        raise UsageError(
            f"the row has {len(row)} cells, the header {width}",
            "Put a cell that holds the separating sign in quotes.",
        )
    return row[:width]


def _is_blank(row: Iterable[Cell]) -> bool:
    return not any(cell.strip() for cell in row)
