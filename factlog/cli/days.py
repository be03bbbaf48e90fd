"""Days said by the clock ("yesterday", "last Friday"), and the events of the log they lie at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from factlog import dates
from factlog.claim import Period
from factlog.errors import ReadingError, UsageError
from factlog.patterns import Pattern
from factlog.store import Store

_NEAR = {"today": 0, "yesterday": 1, "the day before yesterday": 2, "tomorrow": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LAST_DAY = date(9998, 12, 31)  # whose end a clock can tell, wherever it stands
_INSTANT = timedelta(microseconds=1)
_TIME = Pattern(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<minute>\d\d:\d\d)(?P<second>:\d\d(?:\.\d{1,6})?)?"
    r" ?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_AGO = Pattern(r"(\d{1,4}) days? ago")
_AHEAD = Pattern(r"in (\d{1,4}) (day|week)s?")
_EXAMPLE = 'Write it like 2025-01-13, "13 January 2025", yesterday, "last Friday" or "in 3 days".'


def today() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()


def spelled(text: str) -> str:
    """A day said by the clock as the date it is; any other text as it stands."""
    words = " ".join(text.lower().split())
    if words in _NEAR:
        return (today() - timedelta(_NEAR[words])).isoformat()
    if match := _AGO.fullmatch(words):
        return (today() - timedelta(int(match[1]))).isoformat()
    if match := _AHEAD.fullmatch(words):
        return (today() + timedelta(int(match[1]) * (7 if match[2] == "week" else 1))).isoformat()
    if (weekday := words.removeprefix("next ")) in _WEEKDAYS and weekday != words:
        coming = today() + timedelta((_WEEKDAYS.index(weekday) - today().weekday() - 1) % 7 + 1)
        raise UsageError(
            f'"{text}" could be {coming} or {coming + timedelta(7)}.',
            "Write the day itself, or how far it is: in 7 days",
        )
    weekday = words.removeprefix("last ").removeprefix("on ")
    if weekday in _WEEKDAYS:
        # "last Friday" on a Friday is the one a week ago; a bare one may be the day it is.
        back = (today().weekday() - _WEEKDAYS.index(weekday)) % 7
        if not back and words.startswith("last "):
            back = 7
        return (today() - timedelta(back)).isoformat()
    return text


def read(text: str) -> Period:
    """A date in any form factlog reads, or a day said by the clock."""
    try:
        return dates.parse(spelled(text))
    except ReadingError as error:
        if not any(map(str.isdigit, text)):
            error.remedy = _EXAMPLE
        raise


def since(store: Store, text: str) -> int:
    """The event that what was done since then comes after: the last one before that day or time.

    An event's own number, or a head of the log, is that event.
    """
    if (number := _event(store, text)) is not None:
        return number
    first, _after = _moments(text)
    if first > datetime.now().astimezone():
        last = next((each.id for each in store.log(1)), 0)
        raise UsageError(
            f"Nothing was done since {text} yet: that is to come, and the last event is {last}.",
            "See them: factlog log",
        )
    return store.event_at(first - _INSTANT)


def until(store: Store, text: str) -> int:
    """The last event of that day or time; an event's own number, or a head, is that event."""
    if (number := _event(store, text)) is not None:
        return number
    return store.event_at(_moments(text)[1] - _INSTANT)


def _moments(text: str) -> tuple[datetime, datetime]:
    """When what a text names begins, and when it is over: days, a minute, a second."""
    if ":" in text:
        return _time_of_day(text)
    first, last = read(text).days
    return _midnight(first), _midnight(min(last, _LAST_DAY) + timedelta(1))


def _time_of_day(text: str) -> tuple[datetime, datetime]:
    """When the minute or second begins that an ISO time names, here if it has no zone, and ends."""
    match = _TIME.fullmatch(" ".join(text.upper().split()))
    try:
        if match is None:
            raise ValueError(text)
        written = f"{match['day']}T{match['minute']}{match['second'] or ''}{match['zone'] or ''}"
        moment = datetime.fromisoformat(written).astimezone()
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f'"{text}" is no day with a time.',
            "Write it like 2025-01-13T14:05, 2025-01-13T14:05:30 or 2025-01-13T14:05Z.",
        ) from error
    second = match["second"] or ""
    lasts = _INSTANT if "." in second else timedelta(seconds=1 if second else 60)
    return moment, moment + lasts


def _midnight(day: date) -> datetime:
    """When a day begins here."""
    return datetime.combine(max(day, date(1, 1, 2)), time()).astimezone()


def _event(store: Store, text: str) -> int | None:
    """The event that a number or a head of the log names; None for what must be a date.

    A number of four digits that no event has is a year.
    """
    text = text.strip()
    count, colon, digest = text.partition(":")
    clock = len(digest) <= 2 or ":" in digest  # "12:19" is a time, short of its day
    if colon and not clock and count.isascii() and count.isdigit():
        return store.event_of_head(text)
    if not (text.isascii() and text.isdigit()):
        return None
    last = next((each.id for each in store.log(1)), 0)
    if int(text[:20]) <= last:
        return int(text)
    if len(text) == 4:
        return None
    raise UsageError(f"There is no event {text}: the last is {last}.", "See them: factlog log")
