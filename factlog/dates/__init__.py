"""Dates as people write them: words in, the days they cover out, and back.

A date is an interval of days: "2025-01" covers 1 to 31 January 2025, "../2025-01-13" every
day up to the 13th. What could be two dates is refused with both ways to write it.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from factlog.claim import Period
from factlog.dates import spans
from factlog.dates.parse import PLAIN, Words, ends
from factlog.dates.spans import MONTHS
from factlog.errors import ReadingError, UsageError

__all__ = ["MONTHS", "When", "is_written", "parse", "period", "same", "spell"]

When = Period | date | str  # a date as a caller in Python may give it

_LONGEST = 60  # characters: no date is longer, and it keeps every pattern quick


@lru_cache(maxsize=4096)
def parse(text: str, *, format: str | None = None) -> Period:  # noqa: A002
    """The days a date covers, from the words for it.

    >>> parse("mid-January 2025").days
    (datetime.date(2025, 1, 11), datetime.date(2025, 1, 20))

    `format` says how days are written, as in "%d/%m/%Y"; a date written year first is still
    read. What was said is kept; a date read by its format is kept year first instead, so
    that it can be read again without it.
    """
    said = text.strip()
    whole = Words(said, 0, len(said))
    _check_length(whole)
    if format is not None:
        from factlog.dates.parse import by_format

        if span := by_format(said, format):
            return Period(spans.spell(span.first, span.last), span.first, span.last)
    try:
        return Period(said, *ends(Words(said.translate(PLAIN), 0, len(said))))
    except ReadingError as error:
        if format is not None and not said[:4].isdigit():
            raise whole.refuse(
                f'"{said}" is not a date written as {format}.', "Correct the date or the format."
            ) from None
        error.text = said
        raise


def period(when: When | None, *, format: str | None = None) -> Period | None:  # noqa: A002
    """The days of a date given as words, as a day of `datetime`, or as a Period; None for none.

    >>> period(date(2025, 1, 13)) == period("2025-01-13")
    True
    """
    if when is None or isinstance(when, Period):
        return when
    if isinstance(when, str):
        return parse(when, format=format) if when.strip() else None
    # What stands for no time, as pandas has it, is a date and not itself.
    if not isinstance(when, date) or when != when:
        raise UsageError(f"{when!r} is no date.", 'Give words ("2025-01-13") or a datetime.date.')
    day = when.date() if isinstance(when, datetime) else when
    return Period(day.isoformat(), day, day)


def is_written(text: str, format: str) -> bool:  # noqa: A002
    """Whether a date is written by the format, and not otherwise."""
    from factlog.dates.parse import by_format

    return by_format(text.strip(), format) is not None


def spell(period: Period) -> str:
    """A text for these days that reads back as the same days: 2025-01, ../2025-01-13."""
    return spans.spell(period.first, period.last)


def same(a: Period, b: Period) -> bool:
    """Whether two periods cover the same days, however they were written."""
    return a.days == b.days


def _check_length(whole: Words) -> None:
    if not whole.text:
        raise whole.refuse("There is no date here.")
    if len(whole.text) > _LONGEST:
        long = Words(whole.text[: _LONGEST + 1], _LONGEST, _LONGEST + 1)
        raise long.refuse(f"A date has at most {_LONGEST} characters.")
