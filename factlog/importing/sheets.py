"""A sheet of a workbook: its rows of cells, which are merged, and what values are as cells."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from factlog import units
from factlog.errors import ImportFailed, UsageError
from factlog.importing.cells import Cell, Day, Digits, LongNumber, digits
from factlog.patterns import Pattern
from factlog.policy import EXACT
from factlog.values import dataclass

LAST_ROW = 1_048_576  # of a sheet, in every program that has them
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells of a sheet that are shown as one: rows and columns from first to last, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """As a spreadsheet names it: A5:A9."""
        return f"{column_name(self.left)}{self.top}:{column_name(self.right)}{self.bottom}"


class EmptyFormula(str):
    """The blank cell of a formula that holds no value."""

    __slots__ = ()


class Sheet(ABC):
    """One sheet of a workbook. `others` are the sheets that are not read.

    `passed` are those that come before it and are hidden, where none was asked for; `unseen` are
    the numbers of its rows that are hidden, as far as they have been read.

    All `merged` cells are known once all rows have been read, those of a row once it has.
    """

    name: str
    others: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    unseen: Collection[int] = ()
    merged: list[Merge]

    def choose(self, wanted: str | None, names: Sequence[str], hidden: Collection[str]) -> None:
        """Take the sheet meant by a name or number; the first that is not hidden if none is."""
        shown = [name for name in names if name not in hidden]
        self.name = _chosen(wanted, names, shown or names)
        self.others = tuple(name for name in shown if name != self.name)
        if wanted is None:
            self.passed = tuple(names[: names.index(self.name)])

    @abstractmethod
    def rows(self, width: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with its number, from 1; only the first `width` columns if that is given."""


class ValueSheet(Sheet):
    """Rows of Python's own values under names, as a Parquet file has them."""

    def __init__(self, names: Sequence[object], values: Iterable[Sequence[object]]) -> None:
        self.name = ""
        self.merged = []
        self._names = names
        self._values = values

    def rows(self, width: int | None = None) -> Iterator[tuple[int, list[Cell]]]:
        """The names, and on the second reading the values below them."""
        yield 1, [cell(each) for each in self._names]
        if width is not None:
            for number, row in enumerate(self._values, 2):
                yield number, [cell(each) for each in row]


def column_name(number: int) -> str:
    """A column as spreadsheets letter it: 1 is A, 28 is AB."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """The number of a lettered column: AB is 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _chosen(wanted: str | None, names: Sequence[str], shown: Sequence[str]) -> str:
    """The sheet meant by a name, or by a number from 1 among those shown; else the first shown."""
    if not names:
        raise ImportFailed("The workbook has no sheet of cells.", "Save one that has.")
    if wanted is None:
        return shown[0]
    for alike in (lambda name: name == wanted, lambda name: name.casefold() == wanted.casefold()):
        for name in filter(alike, names):
            return name
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(shown):
        return shown[int(wanted) - 1]
    listed = ", ".join(names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")
    raise UsageError(f'The workbook has no sheet "{wanted}".', f"It has: {listed}.")


def too_long() -> ImportFailed:
    """The refusal of a sheet of more rows than any program has."""
    return ImportFailed(
        f"The sheet has more than {LAST_ROW:,} rows.",
        "Save its claims as several sheets, or as CSV.",
    )


def damaged(why: object) -> ImportFailed:
    """The refusal of a workbook that breaks off or contradicts itself."""
    told = " ".join(str(why).split())[:160] or type(why).__name__
    return ImportFailed(
        f"The workbook is damaged: {told.rstrip('.')}.",
        "Open it in a spreadsheet program and save it again, or save the sheet as CSV.",
    )


_LARGE = 10**15  # from which programs that write a workbook keep fewer digits than there are


def cell(value: object, look: str = "") -> Cell:
    """A value as a cell; `look` is the number format it is shown in, which may be a percentage."""
    if value is None or value != value:  # NaN is how data frames leave a number out
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        if look and (money := _money(look)) is not None:
            return Digits(_digits(value), money)
        return _number(value, percent="%" in look and "%" in _bare(look))
    if isinstance(value, date):
        return _day(value, look)
    return str(value)


def _number(value: float | Decimal, *, percent: bool) -> Cell:
    """A number as the shortest digits that are exactly it."""
    if not percent:
        return (LongNumber if _is_rounded(value) else Digits)(_digits(value))
    return Digits(f"{_digits((Decimal(_digits(value)) * _HUNDRED).normalize(EXACT))}%")


def _is_rounded(value: float | Decimal) -> bool:
    """Whether this is so large that the digits which end it may be lost."""
    if isinstance(value, int) or not _LARGE <= abs(float(value)) < math.inf:
        return False
    return isinstance(value, float) or "E" in str(value)


def _digits(value: float | Decimal) -> str:
    if isinstance(value, int):
        return str(value) if -(10**15) < value < 10**15 else digits(Decimal(value))
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    whole = number == number.to_integral_value()
    return digits(number.quantize(Decimal(1)) if whole and abs(number) < 10**20 else number)


@lru_cache(maxsize=4096)
def _day(value: date, look: str) -> Day:
    """A date; the first of a month or year that is shown without its day stands for all of it."""
    shown = set(_bare(look).lower()) & set("dmyhs")
    if value.day == 1 and shown == set("my"):
        return Day(f"{value.year:04}-{value.month:02}")
    if value.day == value.month == 1 and shown == {"y"}:
        return Day(f"{value.year:04}")
    return Day(f"{value.year:04}-{value.month:02}-{value.day:02}")


_SIGNS = Pattern(r'"([^"]*)"|\[\$([^\]-]*)(?:-([^\]]+))?\]|([$€£¥])')
_COUNTRIES = {"$": "409", "£": "809", "¥": "411"}  # which signs of several moneys are taken for


@lru_cache(maxsize=256)
def _money(look: str) -> str | None:
    """The money whose sign a number format shows: "$"#,##0 or [$€-407] #,##0; None if none.

    It is blank where another country's is shown by the same sign: [$$-1009] is Canada's.
    """
    for found in _SIGNS.finditer(look):
        quoted, named, country, bare = found.groups("")
        sign = (quoted or named or bare).strip()
        if sign in units.money_signs():
            other = country and _COUNTRIES.get(sign, country) != country
            return "" if other else units.money_signs()[sign]
    return None


@lru_cache(maxsize=256)
def _bare(look: str) -> str:
    """A number format without the text it quotes."""
    bare, quoted, bracketed, skip = [], False, False, False
    for sign in look:
        if skip:
            skip = False
        elif sign == "\\":
            skip = True
        elif sign == '"':
            quoted = not quoted
        elif sign in "[]" and not quoted:
            bracketed = sign == "["
        elif not quoted and not bracketed:
            bare.append(sign)
    return "".join(bare)
