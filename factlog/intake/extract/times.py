"""Times: dates, years, clock times, ordinals, ages and stretches of time, which count nothing."""

from __future__ import annotations

import re

from factlog.intake.extract.around import lead, number, tail
from factlog.intake.extract.lexicon import DAYS, MONTHS
from factlog.intake.extract.values import Found
from factlog.reading.patterns import Pattern

_BARE = Pattern(r"\d+")
_DATE_AFTER = Pattern(rf"(?:\s*(?:-|to|and)\s*\d{{1,2}})?(?:\s+of)?\s+(?:{MONTHS})(?!\w)")
_DATE_BEFORE = Pattern(
    rf"(?<!\w)(?:{MONTHS}|{DAYS},?)\s+(?:the\s+)?(?:\d{{1,2}}(?:\s*(?:-|to|and)\s*|,\s*))?$"
)
_NUMERIC_DATE = Pattern(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?!\d)")


def date(text: str, found: Found) -> bool:
    """14 March, 2021-03-12: a day or month, not a count."""
    core = number(text, found)
    if not core[:1].isdigit() or not _small_or_year(core):
        return bool(_NUMERIC_DATE.match(text, found.core))
    if _NUMERIC_DATE.match(text, found.core) or re.search(r"\d[/.]$", lead(text, found)):
        return True
    if found.estimate.unit is not None:
        return False
    return bool(_DATE_AFTER.match(tail(text, found)) or _DATE_BEFORE.search(lead(text, found)))


def _small_or_year(core: str) -> bool:
    first = _BARE.match(core)
    return first is not None and len(first[0]) in (1, 2, 4)


_YEAR = Pattern(r"(?:1[5-9]|20)\d\d(?:\s*(?:-|to|and)\s*(?:(?:1[0-9]|20)\d\d|\d\d))?(?![\d,.]\d)")
_YEAR_LED = Pattern(
    r"\b(?:in|since|by|until|till|from|before|after|of|between|year|during|early|late|mid"
    r"|around|circa"
    r"|the|and|to|for|than|summer|winter|spring|autumn|fall|season|around|about|end|start"
    r"|back|next|this"
    r"|that|its|his|her|their|our|a|through|[A-Z][\w'-]*)[\s,-]*(?:\()?$"
)
_COUNTED = Pattern(
    r"\s+(?:people|persons|men|women|children|civilians|soldiers|troops|fighters|homes"
    r"|houses|deaths"
    r"|cases|patients|workers|jobs|students|families|refugees|migrants|casualties|dead"
    r"|killed|injured"
    r"|wounded|victims|others|more|of\b|tanks|vehicles|buildings|prisoners|police|officers|members"
    r"|residents|villages|schools|participants|passengers|households|[a-z]+\s+(?:people"
    r"|soldiers|cases|deaths|troops))"
)


def year(text: str, found: Found) -> bool:
    """Four digits that a year could be, unless something is plainly counted by them."""
    core = number(text, found)
    if found.estimate.unit is not None or not _YEAR.fullmatch(core.strip(" ,")):
        return False
    if found.hedged and not _YEAR_LED.search(lead(text, found)):
        return False
    after = tail(text, found)
    if _COUNTED.match(after):
        return re.search(r"\b(?:in|since|the)\s*$", lead(text, found)) is not None
    return bool(not re.match(r"\s+[a-z]+s\b", after) or _YEAR_LED.search(lead(text, found)))


_CLOCK = Pattern(
    r"[-.:\d]*\s?(?:[ap]\.?m\b\.?|o'clock|GMT|UTC|BST|CET|EST|EDT|ET|PT|hrs?\b|hours?\s+"
    r"(?:local|GMT|UTC))",
    re.IGNORECASE,
)
_COLON_TIME = Pattern(r"[0-2]?\d:[0-5]\d(?!\d)")
_POINT_TIME = Pattern(r"[0-2]\d\.[0-5]\d(?!\d)")
_FROM_TIME = Pattern(r"\s*(?:-|to|and|until)\s*[0-2]?\d(?:[:.][0-5]\d)?\s?(?:[ap]\.?m|o'clock)")


def clock_time(text: str, found: Found) -> bool:
    """3:45 a.m., 8pm, 1900 GMT: an hour of the day."""
    at = found.core
    if _COLON_TIME.match(text, at) or re.search(r"\d:$", lead(text, found)):
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
    return bool(_FROM_TIME.match(text, digits.end())) or _half_past(text, found)


def _half_past(text: str, found: Found) -> bool:
    return re.search(r"\b(?:half|quarter)\s+(?:past|to)\s+$", lead(text, found)) is not None


_ORDINAL = Pattern(r"\d[\d,]*(?:st|nd|rd|th)\b|\w+-(?:first|second|third|\w+th)\b")


def ordinal(text: str, found: Found) -> bool:
    """21st, twenty-first: a place in an order."""
    return bool(_ORDINAL.match(text, found.core))


_TIME_UNITS = "second|minute|hour|day|week|fortnight|month|year|decade|century|night"
_WINDOW_BEFORE = Pattern(
    r"(?i)"
    r"\b(?:for|after|within|over|during|past|last|next|inside|every|previous|first|the"
    r"|these|those|under|aged|of|in|its"
    r"|his|her|their|coming|following|preceding|into|until|age|before|final|recent|early"
    r"|every|some|about|around"
    r"|than|nearly|almost|least|opening|another|just|only|across|on|each|a|per|least"
    r"|barely|not|long)"
    r"\s+$"
)
_MEASURED = Pattern(
    r"\b(?:lasts|lasted|lasting|(?:last|run|good)s?\s+for|ran\s+for|took(?!\s+place)|take|takes|taking"
    r"|reached|totalled|fell\s+to|rose\s+to|is|are|was|were|up"
    r"\s+to|average[ds]?|of|charges?|expectancy|stood\s+at|to|cut|by|from|wait|waited"
    r"|spent|spend|needs?|need)\s+(?:\S+\s+){0,3}$"
)
_LONG_UNIT = Pattern(
    r"\b(?:hour|day|week|fortnight|month|year|decade|century|night)s?\b", re.IGNORECASE
)
_AGO = Pattern(
    r"\s+(?:ago|later|earlier|old|before|after|since|from\s+now|in\s+(?:jail|prison"
    r"|custody|power|office|a\s+row)|of\s+(?:age|talks|war|work|fighting|rain|mourning"
    r"|conflict|unrest|civil))\b|[-\s]old\b|'"
)


def duration(text: str, found: Found) -> bool:
    """A stretch of time that frames the story: "in 24 hours", "two days of talks", "aged 34"."""
    end = text[found.core : found.end + 14]
    unit = re.match(rf"[\w,. -]*?[\s-](?:{_TIME_UNITS})s?\b", end)
    if not unit or re.search(r"\s(?:an?|per|each|every)\s", unit[0]):
        return False
    whole_end = found.core + unit.end()
    if text[whole_end - 1 : whole_end] != "s" and re.search(r"\w-\w", unit[0]):
        return True
    if _AGO.match(text[whole_end : whole_end + 24]):
        return not re.match(r"\s+(?:after|before)", text[whole_end:]) or not _MEASURED.search(
            lead(text, found)
        )
    led = text[max(0, found.start - 40) : found.start]
    hedge = text[found.start : found.core]
    if re.search(r"\b(?:lasts?|lasted|runs?|ran|good)\s+for\s+$", led):
        return False
    if _MEASURED.search(led) and not re.search(r"\b(?:for|in|over|within|of|after)\s+$", led):
        return False
    if re.search(r"\b(?:of|to|by|from|at|is|was)\s+$", led):
        return False
    if not _LONG_UNIT.search(unit[0]):
        return re.search(r"\b(?:after|ago|every|for|within)\s+$", led) is not None
    return (
        bool(_WINDOW_BEFORE.search(led) or re.match(r"(?:over|under|around|about)\b", hedge))
        or found.estimate.unit is None
        or not led.strip()
    )


_VAGUE_TIME = Pattern(
    r"(?:\s+(?:of\s+)?(?:the\s+)?)(?:minutes|hours|days|weeks|months|years|decades|times"
    r"|centuries|generations|nights|reasons|ways|things|steps)\b"
)


def vague_time(text: str, found: Found) -> bool:
    """Several weeks, a few days: a stretch of time without a figure."""
    words = number(text, found)
    timed = re.search(rf"\b(?:{_TIME_UNITS})s?$", words) and found.estimate.hedge == "vague"
    return words[:1].isalpha() and bool(timed or _VAGUE_TIME.match(tail(text, found)))


def age(text: str, found: Found) -> bool:
    """A person's age: "Petra Novotna, 71, a pensioner"."""
    if re.search(r"\bages?\s+of\s+$", lead(text, found)):
        return True
    if not re.fullmatch(r"\d{1,3}", number(text, found)) or found.start < found.core:
        return False
    led = re.search(
        r"[A-Z][\w'-]+,\s$|[A-Z][\w'-]+\s\($|\b(?:he|she|who)\s+(?:is|was|turned)\s$",
        lead(text, found),
    )
    return bool(led and re.match(r"\s*(?:[,).;]|$)", tail(text, found))) or "-year-old" in tail(
        text, found, 10
    )
