"""Dates in the one format a person says a file is written in, such as %d/%m/%Y."""

from __future__ import annotations

import re
from datetime import date, datetime

from factlog.dates.spans import Span, months_from
from factlog.errors import UsageError

_EXAMPLE = "Write it like %d/%m/%Y: %d is the day, %m the month, %b its name, %Y the year."


def by_format(said: str, format: str) -> Span | None:  # noqa: A002
    """The days of a date written as the format says, or None if it is written otherwise."""
    codes = set(re.findall(r"%(.)", format))
    if not codes & set("YyGcxF"):
        raise UsageError(f'The date format "{format}" has no year.', _EXAMPLE)
    # An empty text fits no format, so what goes wrong with it is the format itself.
    try:
        datetime.strptime("", format)  # noqa: DTZ007
    except (ValueError, re.error) as error:
        if "does not match" not in str(error):
            raise UsageError(f'"{format}" is not a date format.', _EXAMPLE) from None
    if any(sign.isdigit() and not sign.isascii() for sign in said):
        return None
    try:
        return _span(datetime.strptime(said, format).date(), codes)  # noqa: DTZ007
    except ValueError:
        return None


def _span(read: date, codes: set[str]) -> Span:
    """The day, or the whole month or year if the format names no day."""
    if codes & set("djcxFDaAuwUWV"):
        return Span(read, read, 0)
    if codes & set("mbB"):
        return months_from(read.year, read.month, 1)
    return months_from(read.year, 1, 12)
