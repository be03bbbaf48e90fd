"""Spans of days: whole months and years, widening, and how a span is written."""

from __future__ import annotations

from datetime import date

from factlog.values import dataclass

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last.

    `months` is what "about" widens it by: 0 for a day, None for what is rough already.
    """

    first: date
    last: date
    months: int | None = None


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    from calendar import monthrange  # which loads locale; a full day needs neither

    return monthrange(year, month)[1]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def months_from(year: int, month: int, months: int) -> Span:
    """So many whole months from one month of a year on."""
    start = year * 12 + month - 1
    return Span(_start_of(start), _end_of(start + months - 1), months)


def widened(span: Span, months: int) -> Span:
    """A span with as many months more on either side, or with a day for 0 months."""
    if months == 0:
        return Span(_day_number(span.first, -1), _day_number(span.last, 1))
    return Span(
        _start_of(span.first.year * 12 + span.first.month - 1 - months),
        _end_of(span.last.year * 12 + span.last.month - 1 + months),
    )


def spell(first: date | None, last: date | None) -> str:
    """The shortest way to write a span: 2025, 2025-Q1, 2025-01, 2025-01-13 or a range."""
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first.isoformat()
    if first.day == 1 and last.day == month_length(last.year, last.month):
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months == 1:
            return first.isoformat()[:7]
        if months == 3 and first.month % 3 == 1:
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        if months == 12 and first.month == 1:
            return f"{first.year:04}"
    return f"{first}/{last}"


def _start_of(months: int) -> date:
    """The first day of a month counted from year 0; the first day there is, if that is later."""
    year, month = divmod(months, 12)
    return date.min if year < 1 else date(year, month + 1, 1)


def _end_of(months: int) -> date:
    year, month = divmod(months, 12)
    return date.max if year > 9999 else date(year, month + 1, month_length(year, month + 1))


def _day_number(day: date, more: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + more, 1), date.max.toordinal()))
