"""One date without a range: a day, a month, a quarter, a half or a year, in each way of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from factlog.dates.spans import Span, day_or_none, month_length, months_from
from factlog.dates.words import Words
from factlog.errors import ReadingError

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_OF = {name.lower(): place for place, name in enumerate(_MONTHS, 1)}
_MONTH_OF |= {name[:3]: place for name, place in _MONTH_OF.items()} | {"sept": 9}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_YEAR = r"(?P<year>[0-9]{4})"
_NAME = rf"(?:{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})\b"
_MONTH = rf"(?P<month>{_NAME})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>[0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = (
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)"
    r"(?:s|nes|rs?|ur)?(?:day)?\.?,? +)?"
)
_PART = r"(?P<part>early|mid|late)[ -]+(?:in +)?"
_CLOCK = r"[0-2][0-9]:?[0-5][0-9](?::?[0-5][0-9](?:[.,][0-9]{1,9})?)?"
_TIME = rf"(?:[T ]{_CLOCK}(?: ?Z|[+-][0-9:]{{2,5}})?)?"
_N = r"(?P<n>[0-9]|first|second|third|fourth)"
_TO = r" *(?:-|to|and) *"

_NUMERIC = r"(?P<one>[0-9]{1,2})[-/.](?P<two>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})"
_NO_YEAR = rf"{_WEEKDAY}(?:{_DAY} {_NAME}\.?|{_NAME}\.?(?: {_DAY2})?)"


def point(words: Words) -> Span:
    """The days of one date."""
    if (day := _plain_day(str(words))) is not None:
        return Span(day, day, 0)
    for pattern, read in _ways():
        if match := words.match(pattern):
            return read(words, match)
    if match := words.match(_compiled(_NUMERIC)):
        raise _ambiguous(words, match)
    if words.match(_compiled(_NO_YEAR)):
        raise words.refuse(f'"{words}" has no year.', f'Add the year, as in "{words} 2025".')
    raise words.refuse(
        f'"{words}" cannot be read as a date.' if str(words) else "A date is missing."
    )


def _plain_day(text: str) -> date | None:
    """A day written 2025-01-13, which most are: read without any pattern."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    year, month, day = text[:4], text[5:7], text[8:]
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return None
    return day_or_none(int(year), int(month), int(day))


@cache
def _ways() -> tuple[tuple[re.Pattern[str], Callable[[Words, re.Match[str]], Span]], ...]:
    """Every way to write a date and the function that reads it; compiled when first needed."""
    month2 = _MONTH.replace("<month>", "<month2>")
    ways = (
        (rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}}){_TIME}", _day),
        (rf"{_YEAR}/(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}}){_TIME}", _day),
        (rf"{_YEAR}-(?P<month>[0-9]{{2}})", _month),
        (_YEAR, _year),
        (rf"{_YEAR}[- ]?Q(?P<n>[0-9])", _quarter),
        (rf"Q(?P<n>[0-9])[- ]?{_YEAR}", _quarter),
        (rf"(?:the )?{_N} quarter (?:of )?{_YEAR}", _quarter),
        (rf"{_YEAR}[- ]?H(?P<n>[0-9])", _half),
        (rf"H(?P<n>[0-9])[- ]?{_YEAR}", _half),
        (rf"(?:the )?{_N} half (?:of )?{_YEAR}", _half),
        (rf"{_WEEKDAY}{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}", _day),
        (rf"{_WEEKDAY}{_MONTH} +{_DAY},? +{_YEAR}", _day),
        (rf"{_MONTH},?[ -](?:of )?{_YEAR}", _month),
        (rf"{_PART}{_MONTH},? +{_YEAR}", _part_of_month),
        (rf"{_PART}{_YEAR}", _part_of_year),
        (rf"{_DAY}{_TO}{_DAY2} +{_MONTH},? +{_YEAR}", _days),
        (rf"{_MONTH} +{_DAY}{_TO}{_DAY2},? +{_YEAR}", _days),
        (rf"{_MONTH}{_TO}{month2},? +{_YEAR}", _months),
    )
    return tuple((_compiled(pattern), read) for pattern, read in ways)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def _ambiguous(words: Words, match: re.Match[str]) -> ReadingError:
    """Refuse an all-number date that does not begin with the year, naming the ways to read it."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    year += 2000 if year < 100 else 0
    readings = (day_or_none(year, two, one), day_or_none(year, one, two))
    choices = tuple(dict.fromkeys(day.isoformat() for day in readings if day))
    if not choices:
        return words.refuse(f'"{words}" is no day of the calendar, day first or month first.')
    unsure = "does not say which number is the day and which the month"
    return words.refuse(
        f'"{words}" {unsure if len(choices) > 1 else "is not written year first"}.',
        f"Write {' or '.join(choices)}; for a file, give --date-format %d/%m/%Y (day first) "
        "or %m/%d/%Y (month first).",
        choices=choices,
    )


def _day(words: Words, match: re.Match[str]) -> Span:
    day = _checked_day(words, match, "day")
    said = match.groupdict().get("weekday")
    weekday = _WEEKDAYS[day.weekday()]
    if said and not weekday.lower().startswith(said.lower()):
        raise words.group(match, "weekday").refuse(
            f"{day} is a {weekday}.", f"Correct the weekday or the day, or write {day}."
        )
    return Span(day, day, 0)


def _days(words: Words, match: re.Match[str]) -> Span:
    first, last = _checked_day(words, match, "day"), _checked_day(words, match, "day2")
    if first > last:
        raise words.refuse("This range ends before it begins.", f"Write {last}/{first}.")
    return Span(first, last)


def _month(words: Words, match: re.Match[str]) -> Span:
    return months_from(*_year_and_month(words, match), 1)


def _months(words: Words, match: re.Match[str]) -> Span:
    year, first = _year_and_month(words, match)
    last = _MONTH_OF[match["month2"].lower()]
    if first > last:
        raise words.refuse("This range ends before it begins.", "Give each month its year.")
    return months_from(year, first, last - first + 1)


def _year(words: Words, match: re.Match[str]) -> Span:
    return months_from(_checked_year(words, match), 1, 12)


def _quarter(words: Words, match: re.Match[str]) -> Span:
    return _share(words, match, "quarter", 4)


def _half(words: Words, match: re.Match[str]) -> Span:
    return _share(words, match, "half", 2)


def _share(words: Words, match: re.Match[str], name: str, shares: int) -> Span:
    """The n-th quarter or half of a year."""
    number = _ORDINALS.get(match["n"].lower()) or int(match["n"])
    if not 1 <= number <= shares:
        raise words.group(match, "n").refuse(
            f"A year has no {name} {number}.",
            f"Write {name[0].upper()}1 to {name[0].upper()}{shares}.",
        )
    months = 12 // shares
    return months_from(_checked_year(words, match), (number - 1) * months + 1, months)


def _part_of_month(words: Words, match: re.Match[str]) -> Span:
    """Early is days 1 to 10, mid 11 to 20, late the rest."""
    year, month = _year_and_month(words, match)
    parts = {"early": (1, 10), "mid": (11, 20), "late": (21, month_length(year, month))}
    first, last = parts[match["part"].lower()]
    return Span(date(year, month, first), date(year, month, last))


def _part_of_year(words: Words, match: re.Match[str]) -> Span:
    """Early is January to April, mid May to August, late September to December."""
    first = {"early": 1, "mid": 5, "late": 9}[match["part"].lower()]
    span = months_from(_checked_year(words, match), first, 4)
    return Span(span.first, span.last)


def _checked_day(words: Words, match: re.Match[str], group: str) -> date:
    year, month = _year_and_month(words, match)
    number = int(match[group])
    if day := day_or_none(year, month, number):
        return day
    name, length = _MONTHS[month - 1], month_length(year, month)
    raise words.group(match, group).refuse(
        f"{name} {year:04} has no day {number}.",
        f"Its days run from {year:04}-{month:02}-01 to {year:04}-{month:02}-{length}.",
    )


def _year_and_month(words: Words, match: re.Match[str]) -> tuple[int, int]:
    year, written = _checked_year(words, match), match["month"].lower()
    month = _MONTH_OF.get(written) or int(written)
    if not 1 <= month <= 12:
        raise words.group(match, "month").refuse(
            f"There is no month {written}.", "Months run from 01 to 12, as in 2025-01-13."
        )
    return year, month


def _checked_year(words: Words, match: re.Match[str]) -> int:
    year = int(match["year"])
    if year == 0:
        raise words.group(match, "year").refuse(
            "There is no year 0000.", "Years run from 0001 to 9999, as in 2025-01-13."
        )
    return year
