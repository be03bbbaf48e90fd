"""Ranges of dates, open ends and rough dates: "2025-01-10/2025-01-13", "by 2025", "2025-01~"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from factlog.dates import spans
from factlog.dates.single import point
from factlog.dates.spans import Span
from factlog.dates.words import Words


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
    if words.match(_season()) and str(int(text[:4]) + 1).endswith(text[5:]):
        raise words.refuse(
            f'"{words}" is a season or a financial year, without a first day.',
            f"Write its first and last day, as in {text[:4]}-07-01/{int(text[:4]) + 1}-06-30.",
        )
    if text.startswith("../") or text.endswith("/..") or text.count("/") == 1:
        slash = text.rindex("/") if text.endswith("/..") else text.index("/")
        return words.between(words.start, slash), words.between(slash + 1, words.end)
    if " " not in text:
        return None
    between, open_ended = _patterns()
    for pattern in between:
        if match := words.match(pattern):
            return words.group(match, "a"), words.group(match, "b")
    if match := words.match(open_ended):
        given, no_end = words.group(match, "a"), Words("..", 0, 2)
        return (given, no_end) if match["how"].lower() == "since" else (no_end, given)
    return None


def _beyond(words: Words) -> tuple[date | None, date | None] | None:
    """The days before or after a date: "before 2025-01-13" ends on the 12th."""
    match = words.match(_outside()) if " " in str(words) else None
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
    elif " " in str(words) and (match := words.match(_about())):
        inner = words.group(match, "a")
    else:
        return point(words)
    span = point(inner)
    if span.months is None:
        raise words.refuse(
            f'"{inner}" is a rough date already.', f"Write {inner}, or its first and last day."
        )
    return spans.widened(span, span.months)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    dated = ".*[0-9]{4}.*?"
    return (
        re.compile(r"between (?P<a>.+?) and (?P<b>.+)", re.IGNORECASE),
        re.compile(rf"(?:from )?(?P<a>{dated}) (?:to|until|-) (?P<b>{dated})", re.IGNORECASE),
    ), re.compile(r"(?P<how>by|until|since) (?P<a>.+)", re.IGNORECASE)


@cache
def _season() -> re.Pattern[str]:
    return re.compile(r"[0-9]{4}(?:/[0-9]{2}|-(?:1[3-9]|[2-9][0-9]))", re.ASCII)


@cache
def _outside() -> re.Pattern[str]:
    return re.compile(r"(?P<how>before|after) (?P<a>.+)", re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(r"(?:about|around|circa|ca?\.) (?P<a>.+)", re.IGNORECASE)
