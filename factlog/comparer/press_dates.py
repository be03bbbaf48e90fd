"""Dates as print has them: "as of 13 January 2025", "in the first quarter of 2025"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factlog import dates
from factlog.claim import Period
from factlog.dates import MONTHS, spans
from factlog.policy import Kind

_QUARTERS = ("first", "second", "third", "fourth")
_PARTS = ("early", "mid", "late")


def is_dated(period: Period | None) -> bool:
    """Whether a date says anything: one open at both ends does not."""
    return period is not None and not (period.first is None and period.last is None)


def one_year(periods: Iterable[Period | None]) -> int | None:
    """The year that all of these dates lie in, if it is one."""
    ends = {end.year for each in periods if each for end in (each.first, each.last) if end}
    return ends.pop() if len(ends) == 1 else None


def when(period: Period | None, kind: Kind, known: int | None = None) -> str:
    """When a figure is for: "as of 13 January 2025", "for 2024"; nothing for no date.

    A day or month of the year that is `known` already is written without it.
    """
    if period is None:
        return ""
    first, last = period.first, period.last
    if last is None:
        return f"from {_day(first, known)} on" if first else ""
    if first is None:
        return f"by {_day(last, known)}"
    about = ""
    if period.said.endswith("~"):
        about, (first, last) = "about ", dates.parse(period.said.rstrip("~ ")).days
    if first != last and "/" in spans.spell(first, last):
        return _from_to(period, first, last, kind, known)
    named = _named(first, last, known)
    if kind is Kind.FLOW:
        return f"{'on' if first == last else 'for'} {about}{named}"
    if kind is Kind.CONSTANT:
        return f"{'on' if first == last else 'in'} {about}{named}"
    return f"as of {about}{named}"


def _from_to(period: Period, first: date, last: date, kind: Kind, known: int | None) -> str:
    """The days from one to another, which is when something was, or when it went on."""
    part = next((word for word in _PARTS if period.said.lower().startswith(word)), None)
    if part and (first.year, first.month) == (last.year, last.month):
        return f"in {part}{'-' if part == 'mid' else ' '}{_month(first, known)}"
    whole = first.day == 1 and last.day == spans.month_length(last.year, last.month)
    word = _month if whole else _day
    start = word(first, first.year if first.year == last.year else known)
    if (first.year, first.month) == (last.year, last.month):
        start = str(first.day)
    if kind is Kind.FLOW:
        return f"from {start} to {word(last, known)}"
    return f"between {start} and {word(last, known)}"


def _named(first: date, last: date, known: int | None) -> str:
    """A day, a month, a quarter or a year."""
    written = spans.spell(first, last)
    if first == last:
        return _day(first, known)
    if "Q" in written:
        return f"the {_QUARTERS[int(written[-1]) - 1]} quarter of {first.year}"
    return str(first.year) if len(written) == 4 else _month(first, known)


def _day(day: date, known: int | None) -> str:
    return f"{day.day} {_month(day, known)}"


def _month(day: date, known: int | None) -> str:
    name = MONTHS[day.month - 1]
    return name if day.year == known else f"{name} {day.year}"
