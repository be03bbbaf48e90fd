"""Excel workbooks (and Google Sheets' exports of them) as sheets: openpyxl's only door in."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from io import RawIOBase
from itertools import islice
from typing import IO, Any
from zipfile import ZipFile

from factlog.errors import MissingPackage
from factlog.importing.cells import Cell
from factlog.importing.sheets import (
    LAST_ROW,
    EmptyFormula,
    Merge,
    Sheet,
    cell,
    column_number,
    damaged,
    too_long,
)

_PIECE = 1 << 20
_ROW = re.compile(  # where one begins, or the last ends
    rb"<(?:[^<>\s/:]{1,60}:)?row[\s/>]|(?P<end></)(?:[^<>\s/:]{1,60}:)?sheetData"
)
_IN_ROW = 16_384 * 16  # tags: so many columns there are, and so many tags has a rich cell
_OVERLAP = 1 << 10  # in which a tag that a piece cuts in two is whole
_MERGED = re.compile(
    rb"mergeCell\s[^>]{0,200}?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"
)
_UNSEEN = re.compile(
    rb"<(?:[^<>\s/:]{1,60}:)?row(\s[^<>]{0,600}?\shidden=[\"'](?:1|true)[^<>]{0,600})>"
)
_NUMBER = re.compile(rb"\sr=[\"']([0-9]{1,7})[\"']")
_FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")
_ESCAPED = re.compile(
    "_x(00[01][0-9A-Fa-f]|005[Ff]|FFF[EF])_"
)  # a control character, or a _ as it stands
# Blank cells before the row's end or a cell that is numbered: to leave them out moves none.
_BLANK_CELLS = re.compile(
    rb"""(?:<(?P<prefix>(?:\w{1,60}:)?)c(?:\s[^<>]{0,99})?
    (?:/>|>(?:<(?P=prefix)v(?:/>|></(?P=prefix)v>))?</(?P=prefix)c>))++
    (?P<next></(?P=prefix)row>|<(?P=prefix)c\sr=)?""",
    re.VERBOSE,
)
# Rows without any value, before one that has a number of its own: to leave them out moves none.
_BLANK_ROWS = re.compile(
    rb"""(?:<row\ r="[0-9]{1,7}"[^<>]{0,999}(?:/>|></row>)\s{0,9})+
    (?=<row\ r="|</sheetData>)""",
    re.VERBOSE,
)
_BATCH = 500  # rows read at a time
_MERGES = 100_000  # that are kept


class XlsxSheet(Sheet):
    """A sheet of a workbook that openpyxl reads, row by row."""

    def __init__(self, stream: IO[bytes], archive: ZipFile, wanted: str | None) -> None:
        self._stream = stream
        _refuse_too_long(archive)
        book = _loaded(stream, values=True)
        sheets = book.worksheets
        hidden = [each.title for each in sheets if each.sheet_state != "visible"]
        self.choose(wanted, [each.title for each in sheets], hidden)
        self._sheet = book[self.name]
        with _quietly(lambda: archive.open(self._sheet._worksheet_path.lstrip("/"))) as file:
            self.merged, self._formulas, self.unseen = _looked_through(file)

    def rows(self, width: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its number; a formula without a last value is refused in its row."""
        seen = self._cells(self._sheet, width)
        if not self._formulas:
            for number, row in enumerate(seen, 1):
                yield number, [_cell(each) for each in row]
            return
        # Only the workbook read anew tells a cell without a value from a formula without one.
        other = _loaded(self._stream, values=False)[self.name]
        for number, (row, given) in enumerate(zip(seen, self._cells(other, width), strict=True), 1):
            yield number, [_cell(each, its) for each, its in zip(row, given, strict=True)]

    def _cells(self, sheet: Any, width: int | None) -> Iterator[tuple[Any, ...]]:
        sheet.reset_dimensions()  # which not every program writes as they are
        source = sheet._get_source
        sheet._get_source = lambda: _Filled(source())
        rows = sheet.iter_rows(max_row=LAST_ROW, max_col=width)
        while batch := _quietly(lambda: list(islice(rows, _BATCH))):
            yield from batch


class _Filled(RawIOBase):
    """The XML of a sheet without blank rows and their cells, which take openpyxl as long as any."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._rest = b""
        self._plain = True

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        super().close()

    def read(self, _size: int = -1) -> bytes:
        """Some more of it; nothing when it is at its end."""
        while piece := self._file.read(_PIECE):
            held = self._rest + piece
            self._plain = self._plain and b"<!" not in held  # of which no text holds tags
            if self._plain:
                held = _BLANK_ROWS.sub(b"", _BLANK_CELLS.sub(_without_blanks, held))
            end = max(0, held.rfind(b"<row"))
            if len(held) - end > 4 * _PIECE:  # no row is so long
                end = len(held)
            given, self._rest = held[:end], held[end:]
            if given:
                return given
        given, self._rest = self._rest, b""
        return given


def _without_blanks(run: re.Match[bytes]) -> bytes:
    return run["next"] or run[0]


def _cell(found: Any, given: Any = None) -> Cell:
    value = found.value
    if value is None:
        return EmptyFormula() if given is not None and given.data_type == "f" else ""
    if type(value) is str:
        return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), value) if "_x" in value else value
    try:
        look = found.number_format
    except IndexError as error:  # of a look that the workbook does not have
        raise damaged(error) from error
    return cell(value, look)


def _loaded(stream: IO[bytes], *, values: bool) -> Any:
    """The workbook, with the last values of its formulas or the formulas themselves."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingPackage("Reading a workbook", "xlsx", error) from error
    stream.seek(0)
    return _quietly(
        lambda: openpyxl.load_workbook(stream, read_only=True, data_only=values, keep_links=False)
    )


def _quietly(read: Callable[[], Any]) -> Any:
    """Read without remarks on what is passed over; what cannot be read is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except Exception as error:  # a damaged workbook fails anywhere in the library
        if isinstance(error, OSError) and error.errno:  # the disk, and not what is on it
            raise
        odd = type(error) is ValueError  # Python's own words, of one number or another
        raise damaged("a number that is none, or of too many digits" if odd else error) from error


def _refuse_too_long(archive: ZipFile) -> None:
    """Refuse sheets of more rows, and rows of more cells, than there can be.

    openpyxl holds every row, however empty, and a row until all of it is read.
    """
    for part in archive.infolist():
        if part.file_size <= _PIECE or not part.filename.endswith(".xml"):
            continue
        with _quietly(partial(archive.open, part)) as file:
            rows, in_row, rest = 0, -math.inf, b""
            while piece := _quietly(partial(file.read, _PIECE)):
                whole, tag, rest = (rest + piece).rpartition(b"<")
                rest = tag + rest[:_OVERLAP]
                at = 0
                for found in _ROW.finditer(whole):
                    in_row += whole.count(b"<", at, found.start())
                    _see_that_it_fits(rows, in_row)
                    rows, in_row = (rows, -math.inf) if found["end"] else (rows + 1, 0)
                    at = found.end()
                in_row += whole.count(b"<", at)
                _see_that_it_fits(rows, in_row)


def _see_that_it_fits(rows: int, in_row: float) -> None:
    if rows > LAST_ROW:
        raise too_long()
    if in_row > _IN_ROW:
        raise damaged("a row has more in it than its cells can hold")


def _looked_through(file: IO[bytes]) -> tuple[list[Merge], bool, set[int]]:
    """The merged cells of a sheet, which stand after its rows; if it has formulas; hidden rows."""
    merged: list[Merge] = []
    unseen: set[int] = set()
    formulas, rest = False, b""
    while piece := _quietly(lambda: file.read(_PIECE)):
        held = rest + piece
        formulas = formulas or any(map(held.__contains__, _FORMULAS))
        end = 0
        if b" hidden=" in held:
            found_rows = (each[1] for each in _UNSEEN.finditer(held))
            unseen.update(int(each[1]) for each in map(_NUMBER.search, found_rows) if each)
        if b"mergeCell" in held:
            for found in _MERGED.finditer(held):
                end = found.end()
                if len(merged) < _MERGES:
                    merged.append(_merge(*found.groups()))
        rest = held[max(end, len(held) - _OVERLAP) :]
    return merged, formulas, unseen


def _merge(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merge:
    return Merge(int(top), column_number(left.decode()), int(bottom), column_number(right.decode()))
