"""What befell the people or things a number counts, and turns of phrase that count otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factlog import measures as vocabulary
from factlog.extraction import noun_phrases
from factlog.extraction.counted import (
    BETWEEN_FATE,
    FATE,
    Thing,
    cleaned,
    deed_of,
    fate_of,
    measure_of,
    to_the_left,
)
from factlog.extraction.numbers import ONE_TO_TWELVE, Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern
from factlog.policy import Measure

BARE = Pattern(
    r"\s*(?:,\s*)?(?:(?:more|others?|of\s+(?:them|these|whom)"
    rf"|people)\s+)?{BETWEEN_FATE}(?P<fate>{FATE})\b",
    re.IGNORECASE,
)
_NOUN_NEXT = Pattern(
    r"\s+(?:[a-z]+\s+)?(?P<noun>[a-z]+s|people|men|women|children|police|troops)\b"
)
_OBJECT_NEXT = Pattern(
    r"\s+(?:(?:at\s+least|about|around|some|nearly|more\s+than|up\s+to|an?|the|its|their"
    r"|his|her|another)\s+)*"
    rf"(?:\d|dozens|hundreds|thousands|scores|{ONE_TO_TWELVE}"
    r"|[A-Z]?[a-z]+\s+[a-z]+s\b)"
)


def bare_fate(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "300 killed", "15 are missing", "two others were hurt": no noun."""
    match = BARE.match(text, found.end)
    aside = match is not None and "," in match[0]
    if match is None or (aside and (found.estimate.unit or _object_follows(text, match))):
        return None
    if re.fullmatch(rf"\s*(?:\w+ly\s+)?(?:{FATE})", match[0], re.IGNORECASE) and _before_noun(
        text, match.end()
    ):
        return None
    words = re.search(r"people|others?", match[0])
    thing = words[0] if words else match["fate"]
    bare = words is None or words[0].startswith("other")
    rule = "number, what befell them"
    return Thing(
        thing, measure_of(None, fate_of(match["fate"]), measures), rule, match.end(), bare=bare
    )


def _before_noun(text: str, at: int) -> bool:
    """Whether a plural noun follows, so that "12 injured patients" counts patients."""
    noun = _NOUN_NEXT.match(text, at)
    return noun is not None and noun_phrases.right(text, at) is not None


_AFTER_NOUN = Pattern(
    r"(?:,?\s+who\s(?:[^\d,.;:\"]|\d+(?:st|nd|rd|th)\b){3,80}?,?(?=\s(?:are|were|is|was|have|had|remain)\s))?(?:\s+and\s+(?:an?|the|his|her|their)\s+[a-z]+)?(?:,?\s+(?:in|on|from|of|at|aboard)\s+"
    rf"(?!(?:whom|which|them|these|those)\b)[^\W\d][\w'-]*(?:\s+[^\W\d][\w'-]*){{0,3}}?)?(?:\s*+,)?\s++{BETWEEN_FATE}(?P<fate>{FATE})\b",
    re.IGNORECASE,
)
# "12 people (including 3 children) were killed" says it of both.
_PART_ASIDE = Pattern(
    r"\)|(?:\s*\(|,\s+)(?:including|incl\.|among\s+them"
    r"|(?:most|many|some|several|half|all|few|none)\s+of\s+them)\s[^(),.;]*[),]",
    re.IGNORECASE,
)
_AND_MORE = Pattern(
    rf"\s+and\s+(?!that\b)(?:[\w~]+\s+){{0,2}}?(?:[\d,]+|{ONE_TO_TWELVE})\s+(?:[a-z-]+\s+){{1,3}}?(?:were|was|have|had"
    rf"|are)\s+{BETWEEN_FATE}(?P<fate>{FATE})\b"
)
# "15 officers, four civilians and five gunmen died": all of them, where the list begins a clause.
_LISTED = Pattern(
    rf"(?:,\s+(?:[\d,]+|{ONE_TO_TWELVE})\s+(?:[a-z-]+\s+){{0,2}}?[a-z-]+){{0,4}},?"
    rf"\s+and\s+(?:[\d,]+|an?|{ONE_TO_TWELVE})\s+(?:[a-z-]+\s+){{1,3}}?(?:(?:were|was|have|had|are)\s+"
    rf"{BETWEEN_FATE}(?P<fate>{FATE})|(?P<died>died|drowned|perished|fled))\b"
)
_OPENS = Pattern(r"(?:^|[.;:\"]\s*|,\s|\b(?:that|said|says|where|when|after|because|while|but)\s)$")
DOING = Pattern(
    rf"\b(?P<fate>{FATE})(?:\s+(?:and|or)\s+(?:{FATE}))?\s+(?:(?:another|a\s+further"
    r"|a\s+total\s+of|the|all|also|only|as\s+well\s+as|an\s+additional|over\s+there|(?:him|her|it)self\s+and|themselves\s+and"
    r"|(?:an?|the|his|her|their|its|one)\s+(?:[a-z]+\s+)?[a-z]+\s+and)\s+)*$",
    re.IGNORECASE,
)
_LEFT_DEAD = Pattern(r"\b(?:left|leaving|leaves|leave)\s+(?:another\s+)?$")
_TOLL_OF = Pattern(rf"(?P<deed>{lexicon.either('deed of')})\s+of\s+$", re.IGNORECASE)


# "90% of the town's 4,000 houses": what befell the part did not befall the whole.
_WHOLE_OF = Pattern(
    r"(?:%|percent|per\s?cent|half|thirds?|quarters?|fifths?|most|many|some|none|few|all\s+but\s+\w+"
    rf"|\d|\b{ONE_TO_TWELVE})\s+of\s+(?:[\w'-]+\s+){{0,3}}$",
    re.IGNORECASE,
)


# "The dead include 14 children."
_INCLUDE = Pattern(
    rf"\b[Tt]he\s+(?P<fate>{FATE})\s+includ(?:e|es|ed|ing)\s+(?:at\s+least\s+)?$", re.IGNORECASE
)


def befell(text: str, found: Mention, end: int) -> tuple[str | None, int, str]:
    """What befell the thing counted, from the words behind it or before the number."""
    if _WHOLE_OF.search(text[max(0, found.start - 60) : found.start]):
        return None, end, "number, noun"
    aside = _PART_ASIDE.match(text, end)
    after = _AFTER_NOUN.match(text, aside.end() if aside else end)
    if after and not _object_follows(text, after):
        return fate_of(after["fate"]), after.end(), "number, noun, what befell it"
    together = _AND_MORE.match(text, end)
    if together:
        return fate_of(together["fate"]), end, "number, noun, what befell both"
    listed = _LISTED.match(text, end)
    if listed and _OPENS.search(text, 0, found.start):
        return fate_of(listed["fate"] or listed["died"]), end, "number, noun, what befell both"
    lead = text[max(0, found.start - 60) : found.start]
    if _LEFT_DEAD.search(lead):
        dead = re.match(rf"\s+(?:\w+\s+)?(?P<fate>{FATE})\b", text[end:], re.IGNORECASE)
        if dead:
            return fate_of(dead["fate"]), end + dead.end(), "left them so"
    toll = _TOLL_OF.search(lead)
    if toll:
        return deed_of(toll["deed"]), end, "deed of number"
    include = _INCLUDE.search(lead)
    if include:
        return fate_of(include["fate"]), end, "of those, number"
    doing = DOING.search(lead)
    if doing and not re.search(r"\b(?:was|were|been|being|are|is)\s+$", lead[: doing.start()]):
        both = re.search(
            r"\b(?:killed|wounded|injured)\s+(?:or|and)\s+(?:killed|wounded|injured)\s+\S*\s*$",
            lead,
        )
        return ("casualties" if both else fate_of(doing["fate"])), end, "deed, number, noun"
    return None, end, "number, noun"


_LIVES = Pattern(r"\s+(?:more\s+|other\s+)?(?:human\s+|civilian\s+)?lives\b(?!\s+in\b)")
_TOOK = Pattern(r"\b(?:claim(?:ed|s|ing)?|costs?|costing|tak(?:en|ing|es)|took)\s+$")


def lives(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "the floods have claimed 30 lives": people who died."""
    match = _LIVES.match(text, found.end) if found.estimate.unit is None else None
    if match is None or not _TOOK.search(text[: found.start]):
        return None
    return Thing("lives", vocabulary.resolve("killed", measures), "lives taken", match.end())


_SENT = lexicon.words("who is sent")
_PEOPLE = lexicon.words("ending of people")  # pupils are sent home
_PUBLISHED = lexicon.words("what is published")


def fits(fate: str, thing: str) -> bool:
    """Whether what befell people and weapons can befall this: letters are sent, not deployed."""
    last = thing.split()[-1].lower()
    if fate == "deployed":
        return last in _SENT or (noun_phrases.are_people(last) and last not in _PEOPLE)
    return fate not in ("released", "captured", "charged") or last not in _PUBLISHED


def _object_follows(text: str, match: re.Match[str]) -> bool:
    """Whether the deed has an object: in "300 soldiers killed 12 civilians" they did it."""
    if match["fate"].lower().endswith("ing") and match["fate"].lower() not in ("missing", "dying"):
        return True
    helped = re.search(
        r"\b(?:were|was|been|be|being|are|is|remain|remained|reported|feared)\b", match[0]
    )
    if helped is not None:
        return False
    done = _DONE_TO.match(text, match.end()) if not _OF_ITSELF.match(match["fate"]) else None
    lost = match["fate"].lower() == "lost" and _SOMETHING.match(text, match.end())
    return bool(done or lost) or _OBJECT_NEXT.match(text, match.end()) is not None


# "300 fighters captured the town", "600 homes lost power": it did not befall them.
_DONE_TO = Pattern(
    r"\s+(?:an?|the|its|their|his|her|our)\s+"
    rf"(?!(?:same|following|previous|{lexicon.either('time unit')}|night|morning|evening"
    r"|afternoon)s?\b)\w"
    rf"|\s+(?!(?:{lexicon.either('weekday', 'month', 'short month')})\b)[A-Z][a-z]"
)
_SOMETHING = Pattern(rf"\s+(?!(?:{lexicon.either('word that begins no object')})\b)[a-z]")
_OF_ITSELF = Pattern(
    r"(?:fled|died|dead|drown|perish|disappear|escap|starv|suffoc|surviv|evacuees)", re.IGNORECASE
)


def deed_alone(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "killed 41": only what was done."""
    doing = DOING.search(text[max(0, found.start - 60) : found.start])
    if doing is None or found.estimate.unit is not None:
        return None
    measure = measure_of(None, fate_of(doing["fate"]), measures)
    return Thing(doing["fate"], measure, "deed, number", found.end, bare=True)


_SPENDING = Pattern(
    rf"\b(?:{lexicon.either('verb of spending')})\b(?:\s+aside)?"
    r"(?:\s+(?:an|another|a|the)){0,2}\s*$"
)
_AND = Pattern(rf"\b(?:{lexicon.either('verb of spending')})\b[^;]{{0,60}}\sand\s+$")


def _spent(lead: str) -> bool:
    """Whether money was spent or set aside, the last of these words or in a list with it."""
    return _SPENDING.search(lead) is not None or _AND.search(lead) is not None


_WHAT_FOR = Pattern(
    r"\s+(?:more\s+)?(?:on|for|in|into|towards?|to(?P<do>\s+[a-z]+(?=\s+[a-z]))?)\s+"
    r"(?P<of>the\s+|an?\s+|its\s+|their\s+|new\s+|[\d,]+\s+)?(?=[A-Za-z])"
)


def spending(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "spent £4.3m on consultants": money, and what it goes to."""
    unit = found.estimate.unit or ""
    purpose = _WHAT_FOR.match(text, found.end)
    money = len(unit) == 3 and unit.isupper()
    if not purpose or not money or not _spent(text[: found.start]):
        return None
    place = noun_phrases.right(text, purpose.end())
    if place is None:
        return None
    thing = cleaned(text[slice(*place)])
    # "To repair potholes", "raised in a round": near the point only.
    sure = purpose["do"] is None and _RAISED.search(text[: found.start]) is None
    return Thing(thing, measure_of(thing, None, measures), "money, what for", place[1], sure=sure)


_RAISED = Pattern(r"\brais(?:ed|es|e|ing)\s+(?:an?\s+)?$")


_CHANGE_IN = Pattern(
    rf"\s+(?:\w+\s+)?(?:{lexicon.either('noun of change')})\b(?:\s+(?:in|of)\s+(?:the\s+|its\s+)?)?"
)


_CHANGE_OF = Pattern(
    rf"\b(?:an?|the)\s+(?:[a-z]+\s+)?(?:{lexicon.either('noun of change')})\s+of\s+$"
)


def change_of(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "a decrease of 67", "an increase of 5,182 deaths": a change, and of what."""
    if not _CHANGE_OF.search(text[: found.start]):
        return None
    place = noun_phrases.right(text, found.end) if found.estimate.unit is None else None
    if place is None:
        inside = re.match(r"\s+in\s+(?:the\s+|its\s+)?(?=[a-z])", text[found.end :])
        place = noun_phrases.right(text, found.end + inside.end()) if inside else None
    if place is None:
        return Thing(None, "", "a change of", found.end, bare=True, change=True, sure=False)
    thing = cleaned(text[slice(*place)])
    return Thing(thing, measure_of(thing, None, measures), "a change of", place[1], change=True)


def change_in(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "a 6 percent decline in profit": a change, and of what."""
    match = _CHANGE_IN.match(text, found.end) if found.estimate.unit else None
    if match is None:
        return None
    place = noun_phrases.right(text, match.end()) if re.search(r"(?:in|of)\s", match[0]) else None
    if place is None or text[place[0]].isupper():
        return Thing(None, "", "a change", found.end, bare=True, change=True, sure=False)
    thing = cleaned(text[slice(*place)])
    return Thing(thing, measure_of(thing, None, measures), "a change in", place[1], change=True)


def magnitude(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "a magnitude 6.8 earthquake": the number is the magnitude of the noun behind it."""
    label = re.search(r"\bmagnitude(?:\s+of|-)?\s*$", text[: found.start], re.IGNORECASE)
    behind = re.match(r"(?:-|\s)magnitude\b", text[found.end :])
    if not label and not behind:
        return None
    place = noun_phrases.right(text, found.end + (behind.end() if behind else 0))
    thing = cleaned(text[slice(*place)]) if place else "magnitude"
    return Thing(thing, vocabulary.resolve("magnitude", measures), "magnitude", found.end)


_OF_THOSE = Pattern(
    r"(?:^|[.;,:\"]\s|\b(?:and|but)\s)[Oo]f\s+(?:the|those|these)\s+(?:\d[\d,]*\s+)?"
    r"(?P<thing>[a-z][\w' -]{2,40}?),\s*$"
)


def of_those(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "Of the deaths, 17,388 were in Kashmir": the noun stands before."""
    match = _OF_THOSE.search(text[: found.start])
    if match is None:
        return None
    fate = BARE.match(text, found.end)
    named = noun_phrases.trimmed(text, *match.span("thing"))
    thing = cleaned(text[slice(*named)] if named else match["thing"])
    measure = measure_of(thing, fate_of(fate["fate"]) if fate else None, measures)
    return Thing(thing, measure, "of those, number", found.end)


_STATE = Pattern(
    rf"\b(?P<noun>{lexicon.either('noun of a level')})\b[^.;]{{0,90}}?"
    r"\b(?:is|was|were|are|of|at|stands\s+at|stood\s+at|to|reached|numbered|totalled|exceeded)\s*$",
    re.IGNORECASE,
)


def _state(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "the population of the area is up to 15,000 people"."""
    match = _STATE.search(text[: found.start])
    place = noun_phrases.before(text, match.end("noun")) if match else None
    thing = cleaned(text[slice(*place)]) if place else match["noun"] if match else ""
    thing = re.sub(r"^[\w-]+'s\s+(?=[a-z])", "", thing)  # the city's population
    return Thing(thing, measure_of(thing, None, measures), "noun reaches number", found.end)


# "Emissions totalled 46 tonnes of CO2" measures emissions, "burned 300 hectares of forest" forest.
_TOTALS = Pattern(
    r"\b(?:totall?ed|totals|averaged|reached|(?:amounted|amounts|came|rose|fell)\s+to|st(?:oo|an)ds?\s+at)"
    r"\s*$"
)
_AT_A_SHARE = Pattern(
    r"\b(?:is|was|were|are|reached|at|(?:amounted|amounts|equal|equivalent)\s+to"
    rf"|(?:{lexicon.either('verb of change', meaning='level')})\s+to)\s*$"
)


def level(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "turnout was 61% of the roll": the share is of what stands before."""
    if found.estimate.unit is None and (state := _STATE.search(text[: found.start])):
        of = re.search(r"\bof\s*$", state[0]) and noun_phrases.right(text, found.end)
        if of and noun_phrases.plural(text[slice(*of)].split()[-1]):
            return None  # "a crowd of 2,000 protesters" counts protesters
        return _state(text, found, measures)
    if found.estimate.unit is None or not text.startswith(" of ", found.end):
        return None
    reaches = _AT_A_SHARE if found.estimate.unit == "percent" else _TOTALS
    if not reaches.search(text[: found.start]):
        return None
    return to_the_left(text, found, measures)
