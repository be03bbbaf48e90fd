"""The unit column: a unit given beside a value."""

from __future__ import annotations

import re
from decimal import Decimal

from factlog import units
from factlog.errors import ReadingError
from factlog.reading.patterns import Pattern
from factlog.reading.scales import WORDS
from factlog.reading.text import Text, refusal

_SCALE_WORD = Pattern(
    rf"(?:{'|'.join(WORDS)})s?\b|(?:mn|mln|bn|tn|trn|'?000s?)\b|(?<=[$€£¥])\s?[kmbt]{{1,2}}\b"
    r"|(?<=^[a-z]{3}\s)[kmbt]\b", re.IGNORECASE
)  # fmt: skip


def column_of(text: str, unit: str | None) -> str | None:
    """The unit given beside a value, by its canonical name; None if there is none."""
    if unit is None or not unit.strip():
        return None
    scale = _SCALE_WORD.search(unit)
    if scale is not None:
        problem = f'the unit "{unit}" holds a scale, {scale[0].strip()}'
        remedy = 'write the scale with the number, for example: "1.5 million"'
        raise ReadingError(problem, remedy, text=text, start=0, end=len(text))
    return units.label(unit)


def one_unit(text: Text, span: tuple[int, int], unit: str | None) -> str | None:
    """The unit of a value and of the column beside it, which must be one."""
    column = text.column
    if unit is not None and column is not None and not same(unit, column):
        reason = f"the value is in {unit} and the unit given beside it is {column}"
        raise refusal(text, reason, *span, remedy="give one unit")
    return unit or column


def same(unit: str, other: str) -> bool:
    """Whether two names are of one unit, as km and kilometre are."""
    if unit == other:
        return True
    if not units.comparable(unit, other) or units.offset(unit) or units.offset(other):
        return False
    return units.convert(Decimal(1), unit, other) == 1
