"""Rows of cells under a header, whatever kind of file they stand in, as claims."""

from __future__ import annotations

import csv
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any

from factlog.claim import Claim
from factlog.errors import ImportFailed, UsageError
from factlog.importing.cells import Cell
from factlog.importing.columns import NUMBERS, TAKEN, Columns, Flag, Layout, Take, apart
from factlog.importing.headers import guess, layout
from factlog.importing.rows import PLAIN, BadRow, Rows

_VALUE, _LOW, _HIGH = (TAKEN.index(column) for column in NUMBERS)
Row = list[Any]  # of Cell: text, or a number or date from a workbook
_COLUMNS = 10_000  # that a file can have,
_NAMES = 1_000_000  # and the characters of all their names


class TableRows(Rows):
    """The rows of a file with a header: each makes a claim, or one from each of several columns.

    A kind of file says what its rows of cells are (`_rows`), and calls `_head` with its header
    before any is read.
    """

    delimiter = ","

    def _head(self, header: Sequence[str], columns: Columns) -> None:
        """Take the columns of the file for ours."""
        if len(header) > _COLUMNS:
            raise ImportFailed(
                f"The file has {len(header):,} columns; {_COLUMNS:,} is the most it can have.",
                "Save the columns that hold claims as a file of their own.",
            )
        if (size := sum(map(len, header))) > _NAMES:
            raise ImportFailed(
                f"The header has {size:,} characters; {_NAMES:,} is the most it can have.",
                "Its first line has to name the columns: subject,source,value.",
            )
        self._told = columns = apart(columns, header)
        self.flags = columns.flags
        self._take(header, layout(header, columns, self._maker.measures))

    def _take(self, header: Sequence[str], found: Layout) -> None:
        self.columns, self._layout = tuple(header), found
        self.ignored, self._others, self.renamed = found.ignored, found.others, found.renamed
        self.units, self.overruled = found.units, found.overruled
        self._picks, self._extra = _picks(found.takes, len(header))
        self._plain = None if self._others else _plain(found.takes, len(header))

    def guess(self) -> Columns:
        """The columns that are likely meant for one of ours which nothing fills."""
        return guess(self.columns, self._told, self._maker.measures)

    @abstractmethod
    def _rows(self) -> Iterator[tuple[int, Row | BadRow]]:
        """Each row of the file, with the line it begins on."""

    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claims it makes or why it makes none."""
        for line, row in self._rows():
            if self._plain is not None and (plain := self._plainly(row)) is not None:
                self.read += 1
                yield line, plain
            elif isinstance(row, BadRow):
                self.read += 1
                yield line, row
            elif (row and row[0].strip()) or not _is_blank(row):
                self.read += 1
                try:
                    made, wrong = self._claims(line, row)
                except UsageError as error:
                    yield line, self._bad(line, row, error)
                    continue
                for claim in made:
                    yield line, claim
                if wrong:
                    yield line, self._partly(line, row, made, wrong)
        if not self.read:
            raise ImportFailed(
                "The file has a header and no rows.", "Write one claim a line under the header."
            )

    def _plainly(self, row: Row | BadRow) -> Claim | None:
        """The claim of a row that holds no more than a plain figure, and who said it when.

        None of any other, and of one with something wrong, which is told where it is found again.
        """
        if isinstance(row, BadRow) or len(row) != len(self.columns) or self._plain is None:
            return None
        try:
            return self._maker.plain(*self._plain(row + self._extra))
        except UsageError:
            return None

    def _claims(self, line: int, row: Row) -> tuple[list[Claim], list[UsageError]]:
        """The claims of a row, and what is wrong with each value where it has several.

        UsageError is what is wrong with the row as a whole.
        """
        width = len(self.columns)
        cells = (row if len(row) == width else _fitted(row, width)) + self._extra
        made, wrong = [], []
        for header, pick, flags in self._picks:
            taken = pick(cells)
            try:
                if flags:
                    up = [flag for flag, at in flags if _mark(cells[at]) == _mark(flag.mark)]
                    self.met.update(up)
                    taken = _flagged(taken, up)
                claim = self._maker.claim(taken)
            except UsageError as error:
                if not (header and error.problem.startswith("value: ")):
                    raise
                wrong.append(_headed(error, header))
                continue
            if claim is None:
                continue
            made.append(claim)
            if self._others:
                self.repeats.note(line, taken, [cells[place] for place in self._others])
        if not made and not wrong and len(row) < width:
            raise UsageError("value: is blank", "Give a value, or low or high, or drop the row.")
        return made, wrong

    @property
    def heading(self) -> str:
        """The columns of the file and the reason, before the bad rows in a file of them."""
        return self._joined([*self.columns, "reason"])

    def rejected(self, bad: BadRow) -> str:
        """A bad row as it stood in the file, with a column `reason`."""
        width = len(self.columns)
        cells = [*bad.given, *[""] * (width - len(bad.given))]
        return self._joined([*cells[:width], bad.problem, *cells[width:]])

    @cached_property
    def _joined(self) -> Callable[[Sequence[str]], str]:
        """What makes a line of cells; a writer gives back what its file makes of a line."""
        return csv.writer(_Line, delimiter=self.delimiter).writerow

    def _partly(
        self, line: int, row: Row, made: Sequence[Claim], wrong: Sequence[UsageError]
    ) -> BadRow:
        """What is wrong with some values of a row of which others are claims."""
        reasons = "; ".join(error.problem.rstrip(".") for error in wrong)
        bad = self._bad(line, row, UsageError(reasons, wrong[0].remedy))
        bad.partial = bool(made)
        return bad

    def _bad(self, line: int, row: Row, error: UsageError) -> BadRow:
        """What is wrong with a row, and what else of it would be clear if more were told."""
        bad = self._refused(line, row, error)
        cells = _fitted(row[: len(self.columns)], len(self.columns)) + self._extra
        ways = (self._maker.unclear(pick(cells)) for _header, pick, _flags in self._picks)
        bad.unclear = tuple(dict.fromkeys(chain.from_iterable(ways)))
        return bad

    def _refused(self, line: int, row: Row, error: UsageError, /) -> BadRow:
        width, reason = len(self.columns), error.problem
        if len(row) < width:
            reason = f"{reason.rstrip('.')} (the row has {len(row)} cells, the header {width})"
        return BadRow(line, reason, error.remedy, tuple(map(str, row)))


class _Line:
    write = str  # a line that is written is that line


Pick = Callable[[Row], tuple[Cell, ...]]


Marks = tuple[tuple[Flag, int], ...]


def _picks(takes: Iterable[Take], width: int) -> tuple[list[tuple[str, Pick, Marks]], Row]:
    """What picks the cells of each claim from a row to which the second result was added."""
    extra: Row = [""]
    picks: list[tuple[str, Pick, Marks]] = []
    for take in takes:
        ours = dict(take.places)
        for column, value in take.fixed.items():
            ours[column] = width + len(extra)
            extra.append(value)
        pick = itemgetter(*(ours.get(column, width) for column in TAKEN))
        picks.append((take.header, pick, take.flags))
    return picks, extra


def _plain(takes: Sequence[Take], width: int) -> Pick | None:
    """What picks the few cells of a plain claim, where each row makes one and has no more."""
    few = [TAKEN[place] for place in PLAIN]
    for take in takes:
        if len(takes) == 1 and not (take.flags or take.fixed or take.places.keys() - {*few}):
            return itemgetter(*(take.places.get(column, width) for column in few))
    return None


def _flagged(taken: tuple[Cell, ...], up: Sequence[Flag]) -> tuple[Cell, ...]:
    """The cells of a claim, with the words of the flags that are up before its value."""
    if not up or not any(taken[place] for place in (_VALUE, _LOW, _HIGH)):
        return taken
    words = " and ".join(flag.words for flag in up)
    columns = ", ".join(flag.column for flag in up)
    if len(up) > 1 or taken[_LOW] or taken[_HIGH]:
        beside = "each other" if len(up) > 1 else "low or high"
        raise UsageError(
            f"value: {columns} say {words} beside {beside}", "Keep what the source said of it."
        )
    value = str(taken[_VALUE])
    if not value.casefold().startswith(f"{words} "):
        value = f"{words} {value}"
    return (*taken[:_VALUE], value, *taken[_VALUE + 1 :])


def _mark(cell: Cell) -> str:
    """What two spellings of one mark share: 1 and 1.0 are one, and so are Yes and yes."""
    return cell.strip().casefold().removesuffix(".0")


def _headed(error: UsageError, header: str) -> UsageError:
    """What is wrong with a value, by the name of its own column where there are several."""
    found = copy(error)
    found.problem = f"{header.strip()}: {error.problem.removeprefix('value: ')}"
    return found


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
