"""Turns of phrase in which a number counts something else than the noun behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factlog import vocabulary
from factlog.comparison import Measure
from factlog.intake.extract import deeds, nouns
from factlog.intake.extract.counting import Counted, cleaned, fate_of, measure_of
from factlog.intake.extract.subjects import to_the_left
from factlog.intake.extract.values import Found
from factlog.reading.patterns import Pattern


def deed_alone(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "killed 41": only what was done."""
    doing = deeds.DOING.search(text[max(0, found.start - 60) : found.start])
    if doing is None or found.estimate.unit is not None:
        return None
    measure = measure_of(None, fate_of(doing["fate"]), measures)
    return Counted(doing["fate"], measure, "deed, number", found.end, bare=True)


_SPENDING = Pattern(
    r"\b(?:spend|spent|spends|spending|invest|invested|investing|set|sets|setting|pay|paid"
    r"|pays|allocate[ds]?|pledged?"
    r"|donated?|approved?|committed?|earmarked?|need|needs|needed|raised?)\b(?:\s+aside)?"
    r"(?:\s+(?:an|another|a|the)){0,2}\s*$"
)
_WHAT_FOR = Pattern(
    r"\s+(?:more\s+)?(?:on|for|in|into|towards?|to)\s+(?:the\s+|an?\s+|its\s+|their\s+"
    r"|new\s+)?(?=[A-Za-z])"
)


def spending(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "spent £4.3m on consultants": money, and what it goes to."""
    unit = found.estimate.unit or ""
    purpose = _WHAT_FOR.match(text, found.end)
    money = len(unit) == 3 and unit.isupper()
    if not purpose or not money or not _SPENDING.search(text[: found.start]):
        return None
    place = nouns.right(text, purpose.end())
    if place is None:
        return None
    thing = cleaned(text[slice(*place)])
    return Counted(thing, measure_of(thing, None, measures), "money, what for", place[1])


_CHANGE_IN = Pattern(
    r"\s+(?:\w+\s+)?(?:decline|rise|drop|increase|jump|gain|growth|fall|surge|decrease"
    r"|reduction|cut|hike|slump|dip)\b(?:\s+(?:in|of)\s+(?:the\s+|its\s+)?)?"
)


def change_in(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "a 6 percent decline in profit": a change, and of what."""
    match = _CHANGE_IN.match(text, found.end) if found.estimate.unit else None
    if match is None:
        return None
    place = nouns.right(text, match.end()) if re.search(r"(?:in|of)\s", match[0]) else None
    if place is None or text[place[0]].isupper():
        return Counted(None, "", "a change", found.end, bare=True, change=True, sure=False)
    thing = cleaned(text[slice(*place)])
    return Counted(thing, measure_of(thing, None, measures), "a change in", place[1], change=True)


def magnitude(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "a magnitude 6.8 earthquake": the number is the magnitude of the noun behind it."""
    label = re.search(r"\bmagnitude(?:\s+of|-)?\s*$", text[: found.start], re.IGNORECASE)
    behind = re.match(r"(?:-|\s)magnitude\b", text[found.end :])
    if not label and not behind:
        return None
    place = nouns.right(text, found.end + (behind.end() if behind else 0))
    thing = cleaned(text[slice(*place)]) if place else "magnitude"
    return Counted(thing, vocabulary.resolve("magnitude", measures), "magnitude", found.end)


_OF_THOSE = Pattern(
    r"\b[Oo]f\s+(?:the|those|these)\s+(?:\d[\d,]*\s+)?(?P<thing>[a-z][\w' -]{2,40}?),\s*$"
)


def of_those(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "Of the deaths, 17,388 were in Kashmir": the noun stands before."""
    match = _OF_THOSE.search(text[: found.start])
    if match is None:
        return None
    fate = deeds.BARE.match(text, found.end)
    measure = measure_of(match["thing"], fate_of(fate["fate"]) if fate else None, measures)
    return Counted(cleaned(match["thing"]), measure, "of those, number", found.end)


_STATE = Pattern(
    r"\b(?P<noun>population|crowd|turnout|attendance|membership|workforce|headcount"
    r"|circulation|audience|toll|casualties)\b[^.;]{0,90}?"
    r"\b(?:is|was|were|are|of|at|stands\s+at|stood\s+at|to|reached|numbered|totalled|exceeded)\s*$",
    re.IGNORECASE,
)


def _state(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "the population of the area is up to 15,000 people"."""
    match = _STATE.search(text[: found.start])
    place = nouns.before(text, match.end("noun")) if match else None
    thing = cleaned(text[slice(*place)]) if place else match["noun"] if match else ""
    return Counted(thing, measure_of(thing, None, measures), "noun reaches number", found.end)


def level(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "turnout was 61% of the roll": the share is of what stands before."""
    if found.estimate.unit is None and _STATE.search(text[: found.start]):
        return _state(text, found, measures)
    if found.estimate.unit != "percent" or not re.match(
        r"\s+of\b", text[found.end : found.end + 4]
    ):
        return None
    if not re.search(
        r"\b(?:is|was|were|are|stood\s+at|stands\s+at|reached|rose\s+to|fell\s+to|at)\s*$",
        text[: found.start],
    ):
        return None
    return to_the_left(text, found, measures)
