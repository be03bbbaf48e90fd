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
_LAST_YEAR = 9999  # whose end no clock can tell
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
    """The event that what was done since then comes after: the last one before that day.

    An event's own number, or a head of the log, is that event.
    """
    if (number := _event(store, text)) is not None:
        return number
    first = _days(text)[0]
    if first > today():
        last = next((each.id for each in store.log(1)), 0)
        raise UsageError(
            f"Nothing was done since {text} yet: that is to come, and the last event is {last}.",
            "See them: factlog log",
        )
    return store.event_at(_midnight(first) - timedelta(microseconds=1))


def until(store: Store, text: str) -> int:
    """The last event of that day; an event's own number, or a head of the log, is that event."""
    if (number := _event(store, text)) is not None:
        return number
    last = _days(text)[1]
    if last.year >= _LAST_YEAR:
        return next((each.id for each in store.log(1)), 0)
    return store.event_at(_midnight(last + timedelta(1)) - timedelta(microseconds=1))


def _days(text: str) -> tuple[date, date]:
    return read(text).days


def _midnight(day: date) -> datetime:
    """When a day begins here."""
    return datetime.combine(max(day, date(1, 1, 2)), time()).astimezone()


def _event(store: Store, text: str) -> int | None:
    """The event that a number or a head of the log names; None for what must be a date.

    A number of four digits that no event has is a year.
    """
    text = text.strip()
    count, colon, digest = text.partition(":")
    if colon and digest and count.isascii() and count.isdigit():
        return store.event_of_head(text)
    if not (text.isascii() and text.isdigit()):
        return None
    last = next((each.id for each in store.log(1)), 0)
    if int(text[:20]) <= last:
        return int(text)
    if len(text) == 4:
        return None
    raise UsageError(f"There is no event {text}: the last is {last}.", "See them: factlog log")
