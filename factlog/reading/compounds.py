"""Compound amounts: 5 feet 11 inches, 2 hours 30 minutes, an hour and a half."""

from __future__ import annotations

from decimal import Decimal

from factlog import units
from factlog.reading.amount import Amount
from factlog.reading.number_words import Worded, read_words, with_part
from factlog.reading.numerals import read_numeral
from factlog.reading.patterns import Pattern
from factlog.reading.scales import EXACT, whole
from factlog.reading.text import Text
from factlog.reading.unit_words import unit_after

# Which smaller units may follow a unit, and the word for each symbol among them.
_SMALLER: dict[str, tuple[str, ...]] = {
    "mile": ("yard", "foot"),
    "yard": ("foot", "inch"),
    "foot": ("inch",),
    "kilometre": ("metre",),
    "metre": ("centimetre", "millimetre"),
    "year": ("month",),
    "week": ("day", "hour"),
    "day": ("hour", "minute"),
    "hour": ("minute", "second"),
    "minute": ("second",),
    "stone": ("pound",),
    "pound": ("ounce",),
    "tonne": ("kilogram",),
    "kilogram": ("gram",),
    "degree": ("arcminute", "arcsecond"),
}
_WORDS = {
    "mi": "mile", "yd": "yard", "ft": "foot", "in": "inch", "km": "kilometre", "m": "metre",
    "cm": "centimetre", "mm": "millimetre", "h": "hour", "min": "minute", "s": "second",
    "yr": "year", "mo": "month", "wk": "week", "lb": "pound", "oz": "ounce", "t": "tonne",
    "kg": "kilogram", "g": "gram", "arcmin": "arcminute", "arcsec": "arcsecond",
}  # fmt: skip
# The last number may go without its unit: 6 ft 2, 2h30.
_UNSAID = {"foot": "inch", "hour": "minute", "stone": "pound"}
_JOINT = Pattern(r"[\s,-]*(?:and\s+)?(?=[\da-z½¼¾])")
_MINUTES = Pattern(r"\s?m(?![\w'/^²³])")


def with_smaller_units(text: Text, amount: Amount) -> Amount:
    """Add the smaller units that follow: the whole is in the smallest."""
    half = with_part(text.low, Worded(amount.low, amount.end))
    if half.end != amount.end:
        return amount._replace(low=half.value, high=half.value, end=half.end)
    while (longer := _one_more(text, amount)) is not None:
        amount = longer
    return amount


def _word(unit: str) -> str:
    return _WORDS.get(unit, unit)


def _one_more(text: Text, amount: Amount) -> Amount | None:
    unit = _word(amount.unit or "")
    if unit not in _SMALLER:
        return None
    joint = _JOINT.match(text.low, amount.end)
    number = None if joint is None else _number(text, joint.end())
    if joint is None or number is None or amount.low != whole_number(amount.low):
        return None
    value, end = number
    small, after = _smaller(text, unit, end)
    hyphens = "-" in text.low[amount.start : amount.end]
    if small is None and joint[0] in ("", " ", "-" if hyphens else ""):
        small, after = _UNSAID.get(unit), end
        if small is None or text.low[end : end + 1].strip(" ,.;)-") or value >= 60:
            return None
    if small is None or value < 0:
        return None
    one = units.convert(Decimal(1), unit, small)
    if value >= one:
        return None
    total = whole(EXACT.add(EXACT.multiply(amount.low, one), value))
    return amount._replace(low=total, high=total, unit=small, end=after)


def whole_number(number: Decimal) -> Decimal:
    """The number without its decimals."""
    return EXACT.to_integral_value(number)


def _number(text: Text, at: int) -> tuple[Decimal, int] | None:
    numeral = read_numeral(text, at) or read_words(text.low, at)
    return None if numeral is None else (numeral.value, numeral.end)


def _smaller(text: Text, unit: str, at: int) -> tuple[str | None, int]:
    """The smaller unit written here; m is minutes after hours."""
    minutes = _MINUTES.match(text.low, at)
    if minutes is not None and unit in ("hour", "day"):
        return "minute", minutes.end()
    found = unit_after(text, at)
    if found is None or _word(found[0]) not in _SMALLER[unit]:
        return None, at
    return _word(found[0]), found[1]
