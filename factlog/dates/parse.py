"""Dates in words: a day, month, quarter or year, ranges and open ends, or a format given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial

from factlog.dates import spans
from factlog.dates.spans import MONTHS, WEEKDAYS, Span, day_or_none, month_length, months_from
from factlog.errors import ReadingError, UsageError
from factlog.values import dataclass

# What a page sets in place of a hyphen or a space; one sign for one, so that a caret still fits.
PLAIN = str.maketrans("‐‑–—−\u00a0\u2009\u202f\t", "-----    ")

_EXAMPLE = 'Write it like 2025-01-13, 2025-01, "13 January 2025" or 2025-01-10/2025-01-13.'


@dataclass(frozen=True, slots=True)
class Words:
    """The characters of a text from start to end."""

    text: str
    start: int
    end: int

    def between(self, start: int, end: int) -> Words:
        """The part of the text from start to end, without the spaces around it."""
        part = self.text[start:end]
        left = len(part) - len(part.lstrip())
        return Words(self.text, start + left, max(start + left, start + len(part.rstrip())))

    def group(self, match: re.Match[str], name: str) -> Words:
        """The part that a group of a pattern found."""
        return self.between(*match.span(name))

    def match(self, pattern: str) -> re.Match[str] | None:
        """What a pattern finds, if it fits the whole of this part."""
        return _compiled(pattern).fullmatch(self.text, self.start, self.end)

    def refuse(
        self, problem: str, remedy: str = _EXAMPLE, *, choices: tuple[str, ...] = ()
    ) -> ReadingError:
        """An error whose caret stands under this part."""
        return ReadingError(
            problem, remedy, text=self.text, start=self.start, end=self.end, choices=choices
        )

    def __str__(self) -> str:
        return self.text[self.start : self.end]


def ends(words: Words) -> tuple[date | None, date | None]:
    """First and last day of a date or of a range of dates; None where it is open."""
    if (beyond := _beyond(words)) is not None:
        return beyond
    if (halves := _halves(words)) is None:
        span = _span(words)
        return span.first, span.last
    left, right = halves
    first = None if str(left) == ".." else _span(left).first
    last = None if str(right) == ".." else _span(right).last
    if first is None and last is None:
        raise words.refuse("A range that is open at both ends gives no date.")
    if first is not None and last is not None and first > last:
        raise words.refuse(
            f"This range ends on {last}, before it begins on {first}.",
            f"Put the earlier date first: {right}/{left}.",
        )
    return first, last


def _halves(words: Words) -> tuple[Words, Words] | None:
    """The two dates of a range, or None for a single date."""
    text = str(words)
    if words.match(_SEASON) and str(int(text[:4]) + 1).endswith(text[5:]):
        raise words.refuse(
            f'"{words}" is a season or a financial year, without a first day.',
            f"Write its first and last day, as in {text[:4]}-07-01/{int(text[:4]) + 1}-06-30.",
        )
    if text.startswith("../") or text.endswith("/..") or text.count("/") == 1:
        slash = text.rindex("/") if text.endswith("/..") else text.index("/")
        return words.between(words.start, slash), words.between(slash + 1, words.end)
    if " " not in text:
        return None
    for pattern in (_BETWEEN, _FROM):
        if match := words.match(pattern):
            return words.group(match, "a"), words.group(match, "b")
    if match := words.match(_OPEN_ENDED):
        given, no_end = words.group(match, "a"), Words("..", 0, 2)
        return (given, no_end) if match["how"].lower() == "since" else (no_end, given)
    return None


def _beyond(words: Words) -> tuple[date | None, date | None] | None:
    """The days before or after a date: "before 2025-01-13" ends on the 12th."""
    match = words.match(_OUTSIDE) if " " in str(words) else None
    if match is None:
        return None
    span = _span(words.group(match, "a"))
    before = match["how"].lower() == "before"
    edge, step = (span.first, -1) if before else (span.last, 1)
    if edge in (date.min, date.max):
        raise words.refuse("No day of the calendar is left there.")
    day = date.fromordinal(edge.toordinal() + step)
    return (None, day) if before else (day, None)


def _span(words: Words) -> Span:
    """The days of one date, widened by one unit on either side if it is only about then."""
    inner = words
    if words.text[words.start : words.end].endswith("~"):
        inner = words.between(words.start, words.end - 1)
    elif " " in str(words) and (match := words.match(_ABOUT)):
        inner = words.group(match, "a")
    else:
        return point(words)
    span = point(inner)
    if span.months is None:
        raise words.refuse(
            f'"{inner}" is a rough date already.', f"Write {inner}, or its first and last day."
        )
    return spans.widened(span, span.months)


_DATED = ".*[0-9]{4}.*?"
_BETWEEN = r"between (?P<a>.+?) and (?P<b>.+)"
_FROM = rf"(?:from )?(?P<a>{_DATED}) (?:to|until|-) (?P<b>{_DATED})"
_OPEN_ENDED = r"(?P<how>by|until|since) (?P<a>.+)"
_SEASON = r"[0-9]{4}(?:/[0-9]{2}|-(?:1[3-9]|[2-9][0-9]))"
_OUTSIDE = r"(?P<how>before|after) (?P<a>.+)"
_ABOUT = r"(?:about|around|circa|ca?\.) (?P<a>.+)"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_FORMAT_EXAMPLE = "Write it like %d/%m/%Y: %d is the day, %m the month, %b its name, %Y the year."


def by_format(said: str, format: str) -> Span | None:  # noqa: A002
    """The days of a date written as the format says, or None if it is written otherwise."""
    codes = set(re.findall(r"%(.)", format))
    if not codes & set("YyGcxF"):
        raise UsageError(f'The date format "{format}" has no year.', _FORMAT_EXAMPLE)
    # An empty text fits no format, so what goes wrong with it is the format itself.
    try:
        datetime.strptime("", format)  # noqa: DTZ007
    except (ValueError, re.error) as error:
        if "does not match" not in str(error):
            raise UsageError(f'"{format}" is not a date format.', _FORMAT_EXAMPLE) from None
    if any(sign.isdigit() and not sign.isascii() for sign in said):
        return None
    try:
        return _formatted_span(datetime.strptime(said, format).date(), codes)  # noqa: DTZ007
    except ValueError:
        return None


def _formatted_span(read: date, codes: set[str]) -> Span:
    """The day, or the whole month or year if the format names no day."""
    if codes & set("djcxFDaAuwUWV"):
        return Span(read, read, 0)
    if codes & set("mbB"):
        return months_from(read.year, read.month, 1)
    return months_from(read.year, 1, 12)


_MONTH_OF = {name.lower(): place for place, name in enumerate(MONTHS, 1)}
_MONTH_OF |= {name[:3]: place for name, place in _MONTH_OF.items()} | {"sept": 9}
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

_NUMERIC = (
    r"(?P<one>[0-9]{1,2})(?P<by>[-/.])(?P<two>[0-9]{1,2})(?P<and>[-/.])(?P<year>[0-9]{4}|[0-9]{2})"
)
_NO_YEAR = rf"{_WEEKDAY}(?:{_DAY} {_NAME}\.?|{_NAME}\.?(?: {_DAY2})?)"


def point(words: Words) -> Span:
    """The days of one date."""
    if (day := _plain_day(str(words))) is not None:
        return Span(day, day, 0)
    for pattern, read in _WAYS:
        if match := words.match(pattern):
            return read(words, match)
    if match := words.match(_NUMERIC):
        raise _ambiguous(words, match)
    if words.match(_NO_YEAR):
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


def _ambiguous(words: Words, match: re.Match[str]) -> ReadingError:
    """Refuse an all-number date that does not begin with the year, naming the ways to read it."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    year += 2000 if year < 100 else 0
    day_first, month_first = (
        f"{first}{match['by']}{second}{match['and']}{'%y' if len(match['year']) == 2 else '%Y'}"
        for first, second in (("%d", "%m"), ("%m", "%d"))
    )
    readings = (day_or_none(year, two, one), day_or_none(year, one, two))
    choices = tuple(dict.fromkeys(day.isoformat() for day in readings if day))
    if not choices:
        return words.refuse(f'"{words}" is no day of the calendar, day first or month first.')
    unsure = "does not say which number is the day and which the month"
    return words.refuse(
        f'"{words}" {unsure if len(choices) > 1 else "is not written year first"}.',
        f"Write {' or '.join(choices)}; for a file, give --date-format {day_first} (day first) "
        f"or {month_first} (month first).",
        choices=choices,
    )


def _day(words: Words, match: re.Match[str]) -> Span:
    day = _checked_day(words, match, "day")
    said = match.groupdict().get("weekday")
    weekday = WEEKDAYS[day.weekday()]
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
    name, length = MONTHS[month - 1], month_length(year, month)
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


_quarter = partial(_share, name="quarter", shares=4)
_half = partial(_share, name="half", shares=2)
_MONTH2 = _MONTH.replace("<month>", "<month2>")
# Every way to write a date and the function that reads it; a pattern is compiled when asked.
_WAYS: tuple[tuple[str, Callable[[Words, re.Match[str]], Span]], ...] = (
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
    (rf"{_MONTH}{_TO}{_MONTH2},? +{_YEAR}", _months),
)
