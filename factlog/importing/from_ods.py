"""OpenDocument spreadsheets (.ods) as sheets."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from factlog.importing.cells import Cell, Day
from factlog.importing.sheets import (
    LAST_ROW,
    EmptyFormula,
    Merge,
    Sheet,
    cell,
    damaged,
    too_long,
)

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (
    _NAMESPACE % name for name in ("table", "office", "text", "style")
)
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_WIDEST = 16_384  # columns of a sheet
_DIGITS = re.compile(r"[\d\s.,'’\"()+−-]+")  # with all that may stand among them
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*)?")


class OdsSheet(Sheet):
    """A sheet of an OpenDocument workbook, read row by row."""

    def __init__(self, archive: ZipFile, wanted: str | None) -> None:
        self._archive = archive
        self._hidden: set[str] = set()
        names = [name for name, _row in self._read(None) if name]
        self.choose(wanted, names, self._hidden)
        self.merged = []

    def rows(self, width: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its number; a row that stands for several alike comes as often."""
        number = 1
        self.merged = []
        self.unseen: set[int] = set()
        for _name, row in self._read(self.name):
            if row is None:
                continue
            times = _count(row, f"{_TABLE}number-rows-repeated")
            cells, merged = _row(row, number, width or _WIDEST)
            self.merged += merged
            if not any(cells):
                number += times
                continue
            for _ in range(times):
                if number > LAST_ROW:
                    raise too_long()
                if row.get(f"{_TABLE}visibility", "visible") != "visible":
                    self.unseen.add(number)
                yield number, list(cells)
                number += 1

    def _read(self, wanted: str | None) -> Iterator[tuple[str, Element | None]]:
        """The name of each sheet as it begins, and the rows of the one that is wanted."""
        name, style, unshown = "", None, set[str | None]()
        try:
            with self._archive.open("content.xml") as file:
                # Expat by itself stops at entities that grow.
                for event, element in iterparse(file, ("start", "end")):  # noqa: S314
                    if event == "start":
                        if element.tag == f"{_STYLE}style":
                            style = element.get(f"{_STYLE}name")
                        elif element.tag == f"{_TABLE}table":
                            name = element.get(f"{_TABLE}name", "")
                            if element.get(f"{_TABLE}style-name") in unshown:
                                self._hidden.add(name)
                            yield name, None
                    elif element.tag == f"{_TABLE}table-row":
                        if name == wanted:
                            yield "", element
                        element.clear()
                    elif element.tag == f"{_STYLE}table-properties":
                        if element.get(f"{_TABLE}display") == "false":
                            unshown.add(style)
                    elif element.tag == f"{_TABLE}table":
                        element.clear()
        except (ParseError, BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
            raise damaged(error) from error


def _row(row: Element, number: int, width: int) -> tuple[list[Cell], list[Merge]]:
    """The cells of a row, and those that span more than one."""
    cells: list[Cell] = []
    merged = []
    for each in row:
        if each.tag not in _CELLS:
            continue
        if len(cells) >= width:
            break
        down, across = (
            _count(each, f"{_TABLE}number-{way}-spanned") for way in ("rows", "columns")
        )
        if down > 1 or across > 1:
            left = len(cells) + 1
            merged.append(Merge(number, left, number + down - 1, left + across - 1))
        found = _cell(each) if each.tag == _CELLS[0] else ""
        cells += [found] * min(_count(each, f"{_TABLE}number-columns-repeated"), width - len(cells))
    while cells and not cells[-1] and not isinstance(cells[-1], EmptyFormula):
        cells.pop()
    return cells, merged


def _count(element: Element, what: str) -> int:
    told = element.get(what, "1")
    return max(1, int(told)) if told.isdecimal() and len(told) < 10 else 1


def _cell(element: Element) -> Cell:
    """What a cell holds: its value where it has one of a kind, else its text."""
    kind = element.get(f"{_OFFICE}value-type", "")
    value = element.get(f"{_OFFICE}value", "")
    if kind in ("float", "currency", "percentage") and value:
        try:
            return cell(Decimal(value), _look(element, kind))
        except InvalidOperation as error:
            raise damaged(f'a cell says that "{value[:40]}" is a number') from error
    day = _DATE.fullmatch(element.get(f"{_OFFICE}date-value", ""))
    if kind == "date" and day:
        return Day(day[1])
    if kind == "boolean":
        return element.get(f"{_OFFICE}boolean-value", "").upper()
    text = "\n".join(_words(part) for part in element if part.tag == f"{_TEXT}p")
    if not kind and not text and element.get(f"{_TABLE}formula"):
        return EmptyFormula()
    return text


def _look(element: Element, kind: str) -> str:
    """The format of a number: that of money has its code, or the words shown beside its digits."""
    if kind == "percentage":
        return "0%"
    code = element.get(f"{_OFFICE}currency") if kind == "currency" else None
    beside = [code] if code else _DIGITS.split("".join(map(_words, element)))
    return " ".join(f'"{word}"' for word in beside if word)


def _words(element: Element) -> str:
    """The text of a paragraph, in which repeated spaces, tabs and line ends are elements."""
    if element.tag == f"{_OFFICE}annotation":
        return ""
    signs = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    words = signs.get(element.tag, element.text or "")
    if element.tag == f"{_TEXT}s":
        words *= min(_count(element, f"{_TEXT}c"), 1_000)
    return words + "".join(_words(part) + (part.tail or "") for part in element)
