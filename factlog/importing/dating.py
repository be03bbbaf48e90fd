"""How the dates of a file are written: in one of several formats, or as days from one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from factlog import dates
from factlog.claim import Period
from factlog.errors import ReadingError
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Dating:
    """Reads the dates of a file.

    `formats` are tried in turn, `across` is that of dates that head columns (other than real
    dates of a sheet), and whole numbers
    count the days from `origin`, which is day 0.
    """

    formats: tuple[str, ...] = ()
    across: str | None = None
    origin: date | None = None

    def check(self) -> None:
        """Refuse a format that is none before any row is read."""
        for format_ in (*self.formats, *([self.across] if self.across else [])):
            with suppress(ReadingError):
                dates.parse("?", format=format_)

    def read(self, text: str, *, across: bool = False) -> Period:
        """The days of a date as the file writes it; two formats that differ on it are refused."""
        if across and self.across:
            its = self.across if dates.is_written(text, self.across) else None
            return dates.parse(text, format=its)
        if text.isascii() and text.isdecimal() and len(text) <= _DIGITS:
            if self.origin:
                return _counted(text, self.origin)
            if not self.formats and len(text) == _SHEETS_DIGITS:
                raise _refused(
                    text,
                    f"is no date; as sheets count days it is {_counted(text, _SHEETS_FIRST).said} "
                    f"(--days-from {_SHEETS_FIRST})",
                )
        if len(self.formats) < 2:
            return dates.parse(text, format=self.formats[0] if self.formats else None)
        fits = [format_ for format_ in self.formats if dates.is_written(text, format_)]
        if not fits:
            return self._otherwise(text)
        read = [dates.parse(text, format=format_) for format_ in fits]
        for period, format_ in zip(read, fits, strict=True):
            if not dates.same(period, read[0]):
                raise _refused(
                    text,
                    f"is {read[0].said} by {fits[0]} and {period.said} by {format_}",
                    "Write it year first, or give only the format that is meant.",
                )
        return read[0]

    def own(self, text: str) -> Period:
        """A date typed beside the file, which need not be written as the file writes them."""
        try:
            return dates.parse(text)
        except ReadingError:
            return self.read(text)

    def _otherwise(self, text: str) -> Period:
        try:
            return dates.parse(text)
        except ReadingError:
            if text[:4].isdigit():
                raise
            raise _refused(text, f"is not a date written as {' or '.join(self.formats)}") from None


_DIGITS = 6
_SHEETS_FIRST, _SHEETS_DIGITS = date(1899, 12, 30), 5  # from which sheets count, since 1927


def _counted(text: str, origin: date) -> Period:
    """The day that lies so many days after another."""
    try:
        return dates.parse((origin + timedelta(days=int(text))).isoformat())
    except OverflowError:
        raise _refused(text, "lies beyond the last day of the calendar") from None


def _refused(text: str, why: str, remedy: str = "Correct the date or the format.") -> ReadingError:
    return ReadingError(f'"{text}" {why}.', remedy, text=text, start=0, end=len(text))
