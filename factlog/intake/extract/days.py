"""Days: the date a sentence gives for its figures, counted from the day it was published."""

from __future__ import annotations

import re
from datetime import date, timedelta

from factlog import dates
from factlog.claim import Period
from factlog.errors import ReadingError
from factlog.intake.extract.lexicon import DAYS, MONTHS
from factlog.reading.patterns import Pattern

_MONTH = rf"(?:{MONTHS})(?!\w)"
_YEAR = r"(?:19|20)\d\d"
_DATE = Pattern(
    rf"""
    (?P<led>\b(?:as\s+of|as\s+at|by|since|until|up\s+to|on|in|during|for|from|at\s+the\s+end\s+of)
        \s+(?:the\s+end\s+of\s+)?)?
    (?:
      (?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?\b)
    | (?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?)
    | (?P<us>\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:%|million|people))(?:,?\s+{_YEAR}\b)?)
    | (?P<month>(?:\b(?:early|mid|late)[- ])?\b{_MONTH}(?:,?\s+{_YEAR}\b)?)
    | (?P<quarter>\b(?:the\s+)?(?:first|second|third|fourth)\s+(?:quarter|half)\s+of\s+{_YEAR}\b
        |\bQ[1-4]\s+{_YEAR}\b)
    | (?P<weekday>(?:\b(?:last|this|next)\s+)?\b(?:{DAYS})\b)
    | (?P<near>\b(?:yesterday|today|last\s+(?:week|month|year)|this\s+(?:week|month|year))\b)
    | (?P<year>\b{_YEAR}\b(?![,.]\d|-\w|\s*%))
    )
    """,
    re.VERBOSE,
)
_NO_DATE = Pattern(r"\b(?:may|march)\b")
_FIRM = Pattern(r"as\s+(?:of|at)|by\s|up\s+to|at\s+the\s+end")
_TO_COME = re.compile(r"\b(?:next|will|expires?|until|due|deadline|before)\b")
_SAYING = Pattern(
    r"\b(?:said|says|told|reported|announced|show|showed|statement|estimated|warned"
    r"|confirmed)\b[^,;]{0,40}$"
)


def as_of(text: str, at: int, published: Period | None) -> Period | None:
    """The date that a sentence gives for a number standing at `at`; None if it gives none.

    "As of 13 January" comes before "on Monday", and the day something was said comes last.
    Without the day of publication only a full date is one.
    """
    found: list[tuple[int, int, Period]] = []
    for match in _DATE.finditer(text):
        period = _period(match, text, published)
        if period is not None:
            found.append((_rank(match, text), abs(match.start() - at), period))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _rank(match: re.Match[str], text: str) -> int:
    led = (match["led"] or "").lower()
    if _FIRM.match(led):
        return 0
    if match["year"] and not led:
        return 3
    return 2 if _SAYING.search(text[: match.start()]) else 1


# A date behind these is of what came before, not of the figure: "the dam, built in 1987, holds".
_OF_ANOTHER = re.compile(
    r"\b(?:than|before|since|built|born|founded|opened|established|completed|constructed"
    r"|inaugurated|commissioned|erected|created|dating(?: back)?)\s*$"
)


def _period(match: re.Match[str], text: str, published: Period | None) -> Period | None:
    kind = match.lastgroup if match.lastgroup != "led" else None
    led = (match["led"] or "").lower().strip()
    if (
        kind is None
        or led.startswith(("since", "until", "from"))
        or (kind == "near" and "year" not in match["near"] and published is None)
    ):
        return None
    if re.search(
        r"\b(?:next|expected|forecast|will|plans?|must|target)\b", text[: match.start()]
    ) and led.startswith(("by", "in")):
        return None
    words = match[kind]
    if _OF_ANOTHER.search(text[: match.start()]):
        return None
    if kind == "near" and led.startswith("by"):
        return None
    if kind == "year":
        return (
            _read(words)
            if led.startswith(("in", "as", "during", "for", "by", "at", "up"))
            else None
        )
    if kind == "weekday":
        return _weekday(words, published)
    if kind == "near":
        return _near(words, published)
    if kind == "month" and _NO_DATE.fullmatch(words):
        return None
    return _read(words) or _read_with_year(words, published)


def _read(words: str) -> Period | None:
    try:
        period = dates.parse(re.sub(r"\s+of\s+(?!\d)", " ", words))
    except ReadingError:
        return None
    return Period(dates.spell(period), period.first, period.last)


def _read_with_year(words: str, published: Period | None) -> Period | None:
    """The date nearest before publication, for one that leaves out its year."""
    if published is None or published.last is None:
        return None
    for year in (published.last.year, published.last.year - 1):
        period = _read(f"{words} {year}")
        if period is not None and (period.first or date.min) <= published.last:
            return period
    return None


_NUMBER_OF = {name: number for number, name in enumerate(DAYS.split("|"))}


def _weekday(words: str, published: Period | None) -> Period | None:
    """The last such day up to publication; "next Monday" is no date of a figure."""
    if published is None or published.last is None or words.startswith("next"):
        return None
    back = (published.last.weekday() - _NUMBER_OF[words.split()[-1]]) % 7
    return _days(published.last - timedelta(back), 1)


def _near(words: str, published: Period | None) -> Period | None:
    """Yesterday, last week, this month: the days meant."""
    if published is None or published.last is None:
        return None
    day = published.last
    which, _, unit = words.partition(" ")
    if not unit:
        return _days(day - timedelta(words == "yesterday"), 1)
    last = which == "last"
    if unit == "week":
        return _days(day - timedelta(day.weekday() + 7 * last), 7)
    if unit == "year":
        return _read(str(day.year - last))
    month = day.replace(day=1) - timedelta(last)
    return _read(f"{month:%Y-%m}")


def _days(first: date, length: int) -> Period:
    last = first + timedelta(length - 1)
    period = Period("", first, last)
    return Period(dates.spell(period), first, last)
