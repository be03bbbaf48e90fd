"""Dates in an article: those that count nothing, and the one a sentence gives its figures."""

from __future__ import annotations

import datetime
import re

from factlog import dates
from factlog.claim import Period
from factlog.errors import ReadingError
from factlog.extraction.numbers import Mention, lead, number, tail
from factlog.parsing import lexicon
from factlog.patterns import Pattern

MONTHS = (
    lexicon.either("month") + "|" + lexicon.either("short month").replace("|", r"\.?|") + r"\.?"
)
DAYS = lexicon.either("weekday")
_BARE = Pattern(r"\d+")
_DATE_AFTER = Pattern(rf"(?:\s*(?:-|to|and)\s*\d{{1,2}})?(?:\s+of)?\s+(?:{MONTHS})(?!\w)")
_DATE_BEFORE = Pattern(
    rf"(?<!\w)(?:{MONTHS}|{DAYS})\s+(?:the\s+)?(?:\d{{1,2}}\s*(?:-|to|and)\s*)?$"
)
# "March 5, 6 and 7"; but "on March 31, 15 people died".
_DAY_BEFORE_A_COMMA = Pattern(rf"(?<!\w)(?:{MONTHS})\s+\d{{1,2}},\s*$")
_NEXT_DAY = Pattern(r"(?:,|,?\s+(?:and|or))\s+\d{1,2}(?![\d.,]*\d)")
_NO_DAY = Pattern(r"\d+(?:,\d{3}|\.\d|\s+[a-z]+illion\b|\s+(?:hundred|thousand)\b)", re.IGNORECASE)
_NUMERIC_DATE = Pattern(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?!\d)")


def date(text: str, found: Mention) -> bool:
    """14 March, 2021-03-12: a day or month, not a count."""
    core = number(text, found)
    if _NUMERIC_DATE.match(text, found.core):
        return True
    digits = _BARE.match(core)
    if digits is None or len(digits[0]) not in (1, 2, 4) or _NO_DAY.match(core):
        return False
    if re.search(r"\d[/.]$", lead(text, found)):
        return True
    if found.estimate.unit is not None:
        return False
    before, behind = lead(text, found), tail(text, found)
    if _DATE_AFTER.match(behind) or _DATE_BEFORE.search(before):
        return True
    return bool(_DAY_BEFORE_A_COMMA.search(before) and _NEXT_DAY.match(behind))


_DAY_BEFORE = Pattern(
    rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})"
    rf"|(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?),?\s+$"
)


def year_of_a_day(text: str, found: Mention) -> bool:
    """The 2020 of 3 March 2020."""
    return bool(_DAY_BEFORE.search(lead(text, found)))


_YEARS = Pattern(r"(?:1[5-9]|20)\d\d(?:\s*(?:-|to|and)\s*(?:(?:1[0-9]|20)\d\d|\d\d))?(?![\d,.]\d)")
_YEAR_LED = Pattern(rf"\b(?:{lexicon.either('word before a year')}|[A-Z][\w'-]*)[\s,-]*\(?$")
_COUNTED = Pattern(
    rf"\s+(?:{lexicon.either('counted', meaning='no year')}|more|of\b"
    r"|[a-z]+\s+(?:people|soldiers|cases|deaths|troops))"
)


def year(text: str, found: Mention) -> bool:
    """Four digits that a year could be, unless something is plainly counted by them."""
    core = number(text, found)
    if found.estimate.unit is not None or not _YEARS.fullmatch(core.strip(" ,")):
        return False
    if found.hedged and not _YEAR_LED.search(lead(text, found)):
        return False
    after = tail(text, found)
    if _COUNTED.match(after):
        return re.search(r"\b(?:in|since|the)\s*$", lead(text, found)) is not None
    return bool(not re.match(r"\s+[a-z]+s\b", after) or _YEAR_LED.search(lead(text, found)))


_CLOCK = Pattern(
    r"[-.:\d]*\s?(?:[ap]\.?m\b\.?|o'clock|Uhr|GMT|UTC|BST|CET|EST|EDT|ET|PT|hrs?|hours?\s+"
    r"(?:local|GMT|UTC))(?!\w)",
    re.IGNORECASE,
)
_COLON_TIME = Pattern(r"[0-2]?\d:[0-5]\d(?!\d)")
_MINUTES = Pattern(r"[0-5]\d(?!\d)")
_POINT_TIME = Pattern(r"[0-2]\d\.[0-5]\d(?!\d)")
_FROM_TIME = Pattern(r"\s*(?:-|to|and|until)\s*[0-2]?\d(?:[:.][0-5]\d)?\s?(?:[ap]\.?m|o'clock)")


def clock_time(text: str, found: Mention) -> bool:
    """3:45 a.m., 8pm, 1900 GMT: an hour of the day."""
    at = found.core
    minutes = _MINUTES.match(text, at) and re.search(r"(?<!\d)[0-5]?\d:$", lead(text, found))
    if minutes or _COLON_TIME.match(text, at):
        return True
    if _POINT_TIME.match(text, at) and re.search(
        r"\b(?:at|from|until|and|by)\s$", lead(text, found)
    ):
        return found.estimate.unit is None
    digits = re.compile(r"[\d:.]*\d|[a-z]+", re.IGNORECASE).match(text, at)
    if digits is None:
        return False
    clock = _CLOCK.match(text, digits.end())
    if clock and (clock[0].strip(" .").lower() not in ("hr", "hrs", "hour", "hours")):
        return len(digits[0]) <= 5
    half_past = re.search(r"\b(?:half|quarter)\s+(?:past|to)\s+$", lead(text, found))
    return bool(_FROM_TIME.match(text, digits.end()) or half_past)


_ORDINAL = Pattern(r"\d[\d,]*(?:st|nd|rd|th)\b|\w+-(?:first|second|third|\w+th)\b")


def ordinal(text: str, found: Mention) -> bool:
    """21st, twenty-first: a place in an order."""
    return bool(_ORDINAL.match(text, found.core))


_TIME_UNITS = lexicon.either("time unit")
_OF_TIME = Pattern(rf"[\w,. -]*?[\s-](?:{_TIME_UNITS})s?\b")
_IN_THIS = re.compile(r"\sin\s(?:this|last)\s")  # "1,742 in this year's count"
# What is placed in time: "three weeks ago", "the last 12 months", "the worst in 20 years".
_AGO = Pattern(rf"\s+(?:{lexicon.either('word after a span')})\b|'")
_WINDOW = Pattern(
    rf"\b(?:{lexicon.either('word before a span')})\s+$"
    r"|\b(?:time|\w{3,}est|most|worst|best)\b[^,;.]{0,30}\b(?:in|for|of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_MEASURED = Pattern(
    rf"\b(?:took(?!\s+place)|{lexicon.either('verb of lasting')})\s+(?:\S+\s+){{0,3}}$"
)


def of_time(text: str, found: Mention) -> bool:
    """Whether the number counts hours, days or years."""
    unit = _OF_TIME.match(text[found.core : found.end + 14])
    return unit is not None and not re.search(r"\s(?:an?|per|each|every)\s", unit[0])


def placed_in_time(text: str, found: Mention) -> bool:
    """A stretch of time that only says when: "three weeks ago", "in the last 12 months"."""
    unit = _OF_TIME.match(text[found.core : found.end + 14])
    if unit is None or not of_time(text, found) or age(text, found) or _IN_THIS.search(unit[0]):
        return False
    led, after = text[max(0, found.start - 60) : found.start], text[found.core + unit.end() :]
    if _AGO.match(after):
        return not re.match(r"\s+(?:after|before)", after) or not _MEASURED.search(led)
    return _WINDOW.search(led) is not None


def measured_in_time(text: str, found: Mention) -> bool:
    """Whether the words before a stretch of time say what lasted so long: "took three days"."""
    led = text[max(0, found.start - 40) : found.start]
    framed = re.search(r"\b(?:for|in|over|within|after)\s+$", led)
    return (_MEASURED.search(led) is not None and not framed) or _LASTED_FOR.search(led) is not None


_LASTED_FOR = Pattern(r"\b(?:lasts?|lasted|runs?|ran|good)\s+for\s+$")


_VAGUE_TIME = Pattern(rf"\s+(?:of\s+)?(?:the\s+)?(?:{lexicon.either('vague span')})\b")


def vague_time(text: str, found: Mention) -> bool:
    """Several weeks, a few days: a stretch of time without a figure."""
    words = number(text, found)
    timed = re.search(rf"\b(?:{_TIME_UNITS})s?$", words) and found.estimate.hedge == "vague"
    return words[:1].isalpha() and bool(timed or _VAGUE_TIME.match(tail(text, found)))


_AGE_LED = Pattern(
    r"\b(?P<who>[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+){0,3}),\s$|[A-Z][\w'-]+\s\($"
    r"|\b(?:he|she|who)\s+(?:is|was)\s$"
    r"|\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother)\s+(?:[a-z-]+\s+){0,2}(?P<one>[a-z-]+),\s$"
    rf"|(?P<each>\b(?:{lexicon.either('person of an age')})),\s(?:\d{{1,3}}(?:,\s|,?\s+and\s+))*$"
)
_AGED = Pattern(
    r"(?:\b(?P<who>[A-Za-z][\w'-]+),?\s+(?:who\s+)?)?\b(?:aged|turned|turns)\s+(?:between\s+|from\s+|over\s+|under\s+)?"
    r"(?:\d{1,3}(?:,\s+|\s+(?:and|or|to)\s+))*$"
    r"|\bages?\s+of\s+$",
    re.IGNORECASE,
)
_AGE_ENDS = Pattern(r"\s*(?:[,).;]|$)|\s+and\s+\d{1,3}[,).;]")
_AN_AGE = Pattern(
    r"\d{1,3}(?:(?:\s+to\s+|\s+and\s+|-)\d{1,3})?(?:\s+and\s+over)?(?:\s+years)?|[a-z-]+"
)
_OF_AGE = Pattern(r"\d{1,3}(?:(?:\s+(?:to|and|or)\s+|-)\d{1,3}(?!\d))?|[a-z]+")
_YEARS_OLD = Pattern(r"(?:-years?-|[- ]year[- ])old\b(?:\s+(?P<who>[a-z]+))?|\s+years\s+old\b")


def age(text: str, found: Mention) -> re.Match[str] | None:
    """A person's age: "Petra Novotna, 71, a pensioner", "a 34-year-old nurse"."""
    digits = _OF_AGE.match(text, found.core)
    if digits and (old := _YEARS_OLD.match(text, digits.end())):
        return old
    if not _AN_AGE.fullmatch(number(text, found)):
        return None
    led = text[max(0, found.start - 80) : found.core]
    if aged := _AGED.search(led):
        return aged
    return _AGE_LED.search(led) if _AGE_ENDS.match(text, found.end) else None


_MONTH = rf"(?:{MONTHS})(?!\w)"
_YEAR = r"(?:19|20)\d\d"
_DATE = Pattern(
    rf"""
    (?P<led>\b(?i:as\s+of|as\s+at|by|since|until|up\s+to|on|in|during|for|from|at\s+the\s+end\s+of)
        \s+(?:the\s+end\s+of\s+)?)?
    (?:
      (?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?\b)
    | (?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}\b)?)
    | (?P<us>\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*(?:%|million|people))(?:,?\s+{_YEAR}\b)?)
    | (?P<month>(?:\b(?:early|mid|late)[- ])?\b{_MONTH}(?:,?\s+{_YEAR}\b)?)
    | (?P<quarter>\b(?:the\s+)?(?:first|second|third|fourth)\s+(?:quarter|half)\s+of\s+{_YEAR}\b
        |\bQ[1-4]\s+{_YEAR}\b)
    | (?P<weekday>(?:\b(?:last|this|next)\s+)?\b(?:{DAYS})\b(?!'s))
    | (?P<near>\b(?:yesterday|today|last\s+(?:week|month|year)|this\s+(?:week|month|year))\b)
    | (?P<year>\b{_YEAR}\b(?![,.]\d|-\w|\s*%))
    )
    """,
    re.VERBOSE,
)
_NO_DATE = Pattern(r"\b(?:may|march)\b")
_FIRM = Pattern(r"as\s+(?:of|at)|by\s|up\s+to|at\s+the\s+end")
_SAYING = Pattern(
    r"\b(?:said|says|told|reported|announced|show|showed|statement|estimated|warned"
    r"|confirmed)\b[^,;]{0,40}$"
)


def as_of(text: str, at: int, end: int, published: Period | None) -> Period | None:
    """The date that a sentence gives for the number text[at:end]; None if it gives none.

    "As of 13 January" comes before "on Monday", and the day something was said comes last.
    Without the day of publication only a full date is one.
    """
    found: list[tuple[int, int, Period]] = []
    for match in _DATE.finditer(text):
        period = _period(match, text, published)
        if _FROM.search(text, 0, match.start()) and _TO.fullmatch(text[match.end() : at]):
            continue
        if period is not None and not _OF_THE_NEXT.search(text, end, max(end, match.start())):
            found.append((_rank(match, text), away(*match.span(), at, end), period))
    return min(found, key=lambda one: one[:2])[2] if found else None


# "Fewer than 90 remain, down from 570 in 1997", "has 1,200 and wants 10,000 by 2030".
_OF_THE_NEXT = Pattern(
    r"\b(?:from|against|versus|compared\s+(?:with|to)|wants?|aims?|hopes?|plans?|expects?|will|could"
    r"|would|should|may)\s(?:(?!\sand\s)[^;])*\d(?:(?!\sand\s)[^,;])*$"
)
# "From 12,000 in 1990 to 30,000": the year is of the number before it.
_FROM = Pattern(r"\bfrom\s(?:[^,;\d]|,(?=\d))*\d(?:[^,;]|,(?=\d))*$")
_TO = Pattern(r"\s+to\s+(?:(?:an?|the|about|nearly|some|over|almost|around)\s+)*")
_BEFORE = 12  # characters by which a date before a number counts as farther than one behind


def away(start: int, stop: int, at: int, end: int) -> int:
    """How far a date is from the number it may be of."""
    return start - end if start >= end else at - stop + _BEFORE


def _rank(match: re.Match[str], text: str) -> int:
    led = (match["led"] or "").lower()
    if _FIRM.match(led):
        return 0
    if match["year"] and not led:
        return 3
    return 2 if _SAYING.search(text[: match.start()]) else 1


# A date behind these is of what came before, not of the figure: "the dam, built in 1987, holds".
# So is one behind a record: "breaking a record set in 2019".
_OF_ANOTHER = Pattern(
    rf"\b(?:{lexicon.either('word before another date')})\s*$"
    rf"|\b(?:{lexicon.either('record of a time')})\s+(?:of\s+\d\S*\s+)?"
    rf"(?:(?:that\s+)?(?:it|he|she|they)\s+)?(?:(?:last|first|previously|only)\s+)?"
    rf"(?:{lexicon.either('setting a record')})\s+"
    r"(?:(?:just|back|by\s+\w+(?:\s[A-Z]\w+)?|there|here)\s+)?$"
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
        r"\b(?:next|expected|forecast|will|plans?|must|target"
        r"|(?:chances?|risks?|odds|probability|likelihood)\s(?:of\s\w+ing|that))\b",
        text[: match.start()],
    ) and led.startswith(("by", "in")):
        return None
    words = match[kind]
    if _OF_ANOTHER.search(text[: match.start()]):
        return None
    if kind == "near" and led.startswith("by"):
        return None
    if kind == "year":
        return (
            written(words)
            if led.startswith(("in", "as", "during", "for", "by", "at", "up"))
            else None
        )
    if kind == "weekday":
        return _weekday(words, published)
    if kind == "near":
        return _near(words, published)
    if kind == "month" and _NO_DATE.fullmatch(words):
        return None
    return written(words) or last_such(words, published)


def written(words: str) -> Period | None:
    """The date that these words are; None if they are none."""
    try:
        period = dates.parse(re.sub(r"\s+of\s+(?!\d)", " ", words))
    except ReadingError:
        return None
    return Period(dates.spell(period), period.first, period.last)


def last_such(words: str, published: Period | None) -> Period | None:
    """The date nearest before publication, for one that leaves out its year."""
    if published is None or published.last is None:
        return None
    for year in (published.last.year, published.last.year - 1):
        period = written(f"{year}{words[1:]}" if words.startswith("--") else f"{words} {year}")
        if period is not None and (period.first or datetime.date.min) <= published.last:
            return period
    return None


_NUMBER_OF = {day: int(number) for day, number in lexicon.meanings("weekday").items()}


def _weekday(words: str, published: Period | None) -> Period | None:
    """The last such day up to publication; "next Monday" is no date of a figure."""
    if published is None or published.last is None or words.startswith("next"):
        return None
    return last_weekday(_NUMBER_OF[words.split()[-1]], published)


def last_weekday(number: int, published: Period | None) -> Period | None:
    """The last such day up to publication; Monday is 1."""
    if published is None or published.last is None:
        return None
    back = (published.last.weekday() + 1 - number) % 7
    return _days(published.last - datetime.timedelta(back), 1)


def _near(words: str, published: Period | None) -> Period | None:
    """Yesterday, last week, this month: the days meant."""
    if published is None or published.last is None:
        return None
    day = published.last
    which, _, unit = words.partition(" ")
    if not unit:
        return _days(day - datetime.timedelta(words == "yesterday"), 1)
    last = which == "last"
    if unit == "week":
        return _days(day - datetime.timedelta(day.weekday() + 7 * last), 7)
    if unit == "year":
        return written(str(day.year - last))
    month = day.replace(day=1) - datetime.timedelta(last)
    return written(f"{month:%Y-%m}")


def _days(first: datetime.date, length: int) -> Period:
    last = first + datetime.timedelta(length - 1)
    period = Period("", first, last)
    return Period(dates.spell(period), first, last)
