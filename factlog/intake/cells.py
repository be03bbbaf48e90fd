"""The cells that hold the numbers of a row, and reading one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from factlog.claim import Estimate, Figure, Hedge
from factlog.comparison.meaning import EXACT
from factlog.errors import ReadingError, UsageError
from factlog.reading import read, say


class Digits(NamedTuple):
    """A number as a JSON file writes it: digits that mean the same in every country."""

    text: str


Cell = str | Digits


class Cells(NamedTuple):
    """The cells of one row that make its figure; blank where the row has none."""

    value: Cell = ""
    low: Cell = ""
    high: Cell = ""
    plus: Cell = ""
    minus: Cell = ""
    coverage: Cell = ""
    unit: Cell = ""


class Number(NamedTuple):
    """A bare number: the figure it was read as, and the number itself."""

    figure: Figure
    size: Decimal


class Reader(NamedTuple):
    """Reads the cells of a row, in its unit and number style."""

    unit: str | None
    locale: str | None

    def read(self, column: str, cell: Cell) -> Figure:
        """The figure in one cell, in any form a value can have."""
        try:
            if isinstance(cell, Digits):
                return self._digits(cell.text)
            return read(cell, unit=self.unit, locale=self.locale)
        except ReadingError as error:
            raise refused(column, error.problem, error.remedy) from error

    def plain(self, column: str, cell: Cell) -> Number:
        """The one bare number in a cell that may hold nothing else."""
        found = self.read(column, cell)
        number = found.estimate.best
        if found.estimate.hedge is not Hedge.EXACT or number is None:
            raise refused(
                column,
                f'"{short(cell)}" is more than a bare number',
                "Write only digits here; words such as about or at least go in value.",
            )
        return Number(found, number)

    def said(self, wordings: Iterable[str], expected: Estimate) -> str:
        """The first wording that reads as what is expected, else the canonical one."""
        for words in wordings:
            try:
                found = read(words, unit=self.unit)
            except ReadingError:
                continue
            if found.estimate == expected and not found.thing:
                return words
        return say(expected)

    def _digits(self, text: str) -> Figure:
        try:
            return read(text, unit=self.unit)
        except ReadingError as error:
            if not error.choices:
                raise
        # 1.000 is one thing in JSON, whatever it could be elsewhere.
        number = Decimal(text)
        estimate = replace(read("1", unit=self.unit).estimate, best=number)
        return Figure(self.said((digits(number.normalize(EXACT)),), estimate), estimate)


def digits(number: Decimal) -> str:
    """Plain digits, or an exponent where those would run long."""
    plain = format(number, "f")
    return plain if len(plain) <= 40 else format(number, "e")


def text(cell: Cell) -> str:
    """The characters of a cell."""
    return cell.text if isinstance(cell, Digits) else cell


def short(cell: Cell) -> str:
    """The characters of a cell as a message quotes them."""
    found = text(cell)
    return found if len(found) <= 60 else found[:60] + "..."


def refused(column: str, problem: str, remedy: str) -> UsageError:
    """What is wrong with a cell, beginning with the name of its column."""
    return UsageError(f"{column}: {problem}", remedy)
