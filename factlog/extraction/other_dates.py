"""Dates in sentences of other languages: the one that a sentence gives its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from factlog.claim import Period
from factlog.extraction import dates
from factlog.parsing import lexicon

_YEAR = r"(?:19|20)\d\d"


class _Words(NamedTuple):
    """The patterns by which a language gives dates, and what its months are called in English."""

    date: re.Pattern[str]
    led: re.Pattern[str]  # "as of" and "since", right before a date
    months: Mapping[str, str]
    weekdays: Mapping[str, str]


@cache
def _words(code: str) -> _Words:
    months, weekdays = lexicon.meanings("month", code), lexicon.meanings("weekday", code)
    either = partial(lexicon.spoken, language=code)
    years, of, led_year = either("year"), either("of"), either("before a year")
    month, weekday = either("month"), either("weekday")
    return _Words(
        re.compile(
            r"(?P<full>(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일])?)"
            r"|(?<!\d)(?P<short>(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日일])"
            r"|(?<![\d.])(?P<dotted>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)(?![\d.])"
            rf"|(?:(?<!\d)(?P<day>\d{{1,2}})(?:er|º|\.)?\s+(?:(?:{of})\s+)?)?(?<!\w)(?P<month>{month})"
            rf"(?!\w)(?:\s+(?:(?:{of})\s+)?(?P<year>{_YEAR})(?!\d))?"
            rf"|(?<!\w)(?P<weekday>{weekday})(?!\w)"
            rf"|(?<![\d.,])(?P<alone>{_YEAR})\s?(?:{years})(?!\w)"
            rf"|(?<!\w)(?:{led_year})\s+(?P<led>{_YEAR})(?![\d.,]*\d|\s*%)",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<!\w)(?:(?P<firm>{either('as of')})"
            rf"|(?P<other>{either('before another date')}))"
            rf"\s*(?:\w{{1,3}}\s+)?$",
            re.IGNORECASE,
        ),
        months,
        weekdays,
    )


def as_of(text: str, start: int, end: int, code: str, published: Period | None) -> Period | None:
    """The date that a sentence gives for the number text[start:end]; None if it gives none."""
    found = [
        (not firm, dates.away(at, stop, start, end), period)
        for at, stop, firm, period in _dates(text, code, published)
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def spans(text: str, code: str) -> list[tuple[int, int]]:
    """Where the dates of a sentence stand: their numbers count nothing."""
    return [match.span() for match in _words(code).date.finditer(text)]


def in_any(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where the dates of a text stand in whatever language, and whether each is of a day."""
    codes, told = _all()
    for code in codes if told.search(text) else ():
        for match in _words(code).date.finditer(text):
            day = match["day"] or match["d"] or match["d2"] or match["dotted"]
            yield *match.span(), bool(day)


@cache
def _all() -> tuple[list[str], re.Pattern[str]]:
    """The languages whose months are known, and a word or sign of a date in one of them."""
    others = (code for code in lexicon.languages() if code != "en")
    codes = [code for code in others if lexicon.meanings("month", code)]
    words = {each for code in codes for each in lexicon.meanings("month", code)}
    years = {each for code in codes for each in lexicon.meanings("year", code)}
    led = {each for code in codes for each in lexicon.meanings("before a year", code)}
    month, year, lead = ("|".join(map(lexicon.pattern_of, each)) for each in (words, years, led))
    dated = rf"[年년月월]|(?<!\w)(?:{month}|(?:{lead})\s+\d)|\d\s?(?:{year})(?!\w)"
    return codes, re.compile(dated, re.IGNORECASE)


def _dates(
    text: str, code: str, published: Period | None
) -> Iterator[tuple[int, int, bool, Period]]:
    words = _words(code)
    for match in words.date.finditer(text):
        led = words.led.search(text[max(0, match.start() - 30) : match.start()])
        if led is not None and led["other"]:
            continue
        period = _period(match, words, published)
        if period is not None:
            yield match.start(), match.end(), bool(led and led["firm"]), period


def _period(match: re.Match[str], words: _Words, published: Period | None) -> Period | None:
    if match["full"]:
        day = f"-{match['d']:0>2}" if match["d"] else ""
        return dates.written(f"{match['y']}-{match['m']:0>2}{day}")
    if match["short"]:
        return dates.last_such(f"--{match['m2']:0>2}-{match['d2']:0>2}", published)
    if match["dotted"]:
        day, month, year = match["dotted"].split(".")
        return dates.written(f"{year}-{month:0>2}-{day:0>2}")
    if match["month"]:
        name = f"{match['day'] or ''} {_meaning(match['month'], words.months)}".strip()
        if match["year"]:
            return dates.written(f"{name} {match['year']}")
        return dates.last_such(name, published) if match["day"] else None
    if match["weekday"]:
        return dates.last_weekday(int(_meaning(match["weekday"], words.weekdays)), published)
    return dates.written(match["alone"] or match["led"])


def _meaning(said: str, known: Mapping[str, str]) -> str:
    low = " ".join(said.lower().split())
    stems = (f"{low[:length]}*" for length in range(len(low), 0, -1))
    return known.get(low) or next(known[stem] for stem in stems if stem in known)
