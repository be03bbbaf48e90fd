"""Workbooks, and tables of values, as rows: xlsx, ods, and what a Parquet file holds."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, BinaryIO
from zipfile import BadZipFile, ZipFile

from factlog.errors import ImportFailed
from factlog.importing.asides import Remark
from factlog.importing.cells import Cell
from factlog.importing.columns import NUMBERS, Columns, MissingColumns
from factlog.importing.header_rows import ahead, filled, header_of
from factlog.importing.headers import recognised
from factlog.importing.rows import BadRow, Maker
from factlog.importing.sheets import EmptyFormula, Sheet, column_name, damaged
from factlog.importing.table import TableRows

_NAMED = 20  # other sheets


class SheetRows(TableRows):
    """The rows of a sheet, under a header of one row or of several that are joined."""

    def __init__(self, sheet: Sheet, maker: Maker, columns: Columns) -> None:
        super().__init__(None, maker)
        self.sheet = sheet
        self.sheets = (sheet.name, *sheet.others) if sheet.others or sheet.passed else ()
        self.hidden = sheet.passed
        first = [*ahead(filled(sheet.rows()), lambda each: sum(map(len, map(str, each[1]))))]
        if not first:
            raise ImportFailed(
                f'The sheet "{sheet.name}" is empty.',
                "Name another with --sheet, or write one claim a row under a header.",
            )
        header, self._below = header_of(
            first,
            sheet.merged,
            lambda names: recognised(names, columns),
            columns.dates_across,
        )
        try:
            self._head(header, columns)
        except MissingColumns as error:
            others = ", ".join(sheet.others[:_NAMED])
            if not others:
                raise
            raise MissingColumns(
                error.problem.replace("The file", f'The sheet "{sheet.name}"', 1),
                f"Read another with --sheet ({others}), or {error.remedy[:1].lower()}"
                f"{error.remedy[1:]}",
                error.guessed,
                header,
            ) from None
        self._wanted = [
            place for place, name in enumerate(header) if name and place not in self._others
        ]

    def _rows(self) -> Iterator[tuple[int, list[Cell] | BadRow]]:
        width = len(self.columns)
        takes = self._layout.takes
        numbers = {take.places[ours] for take in takes for ours in NUMBERS if ours in take.places}
        figured = array("L")
        for number, row in self.sheet.rows(width):
            if number <= self._below:
                continue
            if len(row) < width:
                row += [""] * (width - len(row))
            if any(row[place] for place in numbers):
                figured.append(number)
                if number in self.sheet.unseen:
                    self.remarks.add(Remark.UNSEEN, str(number))
            yield number, self._unreckoned(number, row) or row
        self._refuse_merged(figured)  # which some workbooks tell only where they are

    def _unreckoned(self, number: int, row: Sequence[Cell]) -> BadRow | None:
        """The refusal of a row that needs the value of a formula that has none."""
        for place in self._wanted:
            if isinstance(row[place], EmptyFormula):
                name = f"{column_name(place + 1)}{number}"
                return BadRow(
                    number,
                    f"{self.columns[place].strip()}: the formula in {name} has no value",
                    "Open the workbook in a spreadsheet program, which reckons it, and save it.",
                    tuple(map(str, row)),
                )
        return None

    def _refuse_merged(self, figured: Sequence[int]) -> None:
        """Refuse cells that are merged in rows with figures, where something is taken of them."""
        flags = {place for take in self._layout.takes for _flag, place in take.flags}
        taken = flags.union(*(take.places.values() for take in self._layout.takes))
        for each in self.sheet.merged:
            first = bisect_left(figured, max(each.top, self._below + 1))
            here = first < len(figured) and figured[first] <= each.bottom
            if here and not taken.isdisjoint(range(each.left - 1, each.right)):
                raise ImportFailed(
                    f'The cells {each.name} of the sheet "{self.sheet.name}" are merged, among '
                    "its rows.",
                    "Unmerge them, and write in each row what holds for it.",
                )


_UNPACKED = 1 << 26  # bytes that any workbook may come to when it is unpacked,
_TIMES = 200  # and how many times its own size a larger one may
_HELD = 1 << 25  # what may be held of one part in memory,
_STRINGS = 1 << 28  # and of the part with the texts of all cells
_OLE = b"\xd0\xcf\x11\xe0"


def opened(stream: BinaryIO, wanted: str | None) -> Sheet:
    """The sheet of a workbook that is wanted, or its first."""
    from factlog.importing.from_ods import OdsSheet
    from factlog.importing.from_xlsx import XlsxSheet

    file = _seekable(stream)
    head = file.read(4)
    if head == _OLE:
        raise _locked_or_old(file)
    if head != b"PK\3\4":
        raise ImportFailed(
            "The file is no workbook, whatever it is called: it does not begin as one.",
            "If it holds text, say so: -f csv (or tsv, json, jsonl).",
        )
    try:
        archive = ZipFile(file)
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged(error) from error
    names = set(archive.namelist())
    _refuse_bomb(archive, file.seek(0, 2))
    if "content.xml" in names:
        _refuse_locked(archive)
        return OdsSheet(archive, wanted)
    if "xl/workbook.bin" in names or "[Content_Types].xml" not in names:
        raise ImportFailed(
            "The file is no xlsx or ods workbook.", "Save it as one, or save the sheet as CSV."
        )
    return XlsxSheet(file, archive, wanted)


def _seekable(stream: BinaryIO) -> IO[bytes]:
    return stream if stream.seekable() else BytesIO(stream.read())


def _locked_or_old(file: IO[bytes]) -> ImportFailed:
    if "EncryptedPackage".encode("utf-16-le") in file.read(1 << 27):
        return _locked()
    return ImportFailed("The file is an old workbook (.xls).", "Save it as .xlsx and import that.")


def _locked() -> ImportFailed:
    return ImportFailed(
        "The workbook is locked with a password.",
        "Open it with the password, save it without one, and import that.",
    )


def _refuse_locked(archive: ZipFile) -> None:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as file:
            if b"encryption-data" in file.read(1 << 20):
                raise _locked()


def _refuse_bomb(archive: ZipFile, size: int) -> None:
    """Refuse what says that it unpacks to more than claims would; no more than it says is read."""
    unpacked = 0
    for part in archive.infolist():
        unpacked += part.file_size
        if part.flag_bits & 1:
            raise _locked()
        if part.filename.startswith("xl/") and part.filename.count("/") == 1:
            most = _STRINGS if part.filename == "xl/sharedStrings.xml" else _HELD
            if part.file_size > most:
                raise _bomb(f"its part {part.filename} unpacks", size, part.file_size)
    if unpacked > max(_UNPACKED, _TIMES * size):
        raise _bomb("it unpacks", size, unpacked)


def _bomb(what: str, size: int, unpacked: int) -> ImportFailed:
    return ImportFailed(
        f"The workbook was not read: {what} to {unpacked:,} bytes, and it has {size:,}.",
        "If it is what it should be, save the sheet as CSV and import that.",
    )
