"""Headers that are dates: alone, or with the name of what is counted on that day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from factlog import dates
from factlog.errors import ReadingError
from factlog.patterns import Pattern

_YEAR = Pattern(r"(?:1[5-9]|20)[0-9]{2}")
_ISO = Pattern(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_WORDS = 12  # that a header with a date in it can have
_OF_A_DATE = 5  # at most
_WRITTEN = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%b %Y",
    "%B %Y",
)


def is_written(header: str, format_: str | None) -> bool:
    """Whether a header is a date, plainly or as the format writes it."""
    return is_plain(header) or bool(format_ and dates.is_written(header, format_))


def is_plain(header: str) -> bool:
    """Whether a header is a year or a date with its year first, as real dates in a sheet are."""
    text = header.strip()
    if _ISO.fullmatch(text) is None:
        return _YEAR.fullmatch(text) is not None
    try:
        return bool(dates.parse(text))
    except ReadingError:
        return False


def parted(header: str, is_day: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The dates a header may be, or begin or end with, and the words that it has beside each."""
    if is_day(header):
        yield header.strip(), ""
        return
    words = header.split()
    for count in range(min(len(words) - 1, _OF_A_DATE), 0, -1) if len(words) <= _WORDS else ():
        for day, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            if is_day(" ".join(day)):
                yield " ".join(day), " ".join(rest)


def formats(headers: Sequence[str]) -> Iterator[str]:
    """How the dates in some headers are likely written."""
    fit = {
        each: sum(any(parted(name, partial(dates.is_written, format=each))) for name in headers)
        for each in _WRITTEN
    }
    most = max(fit.values())
    return (each for each, count in fit.items() if count == most > 1)
