"""Doubts: where the rules find a thing, but experience says that it is not quite the one."""

from __future__ import annotations

import re

from factlog.extraction import noun_phrases
from factlog.extraction.counted import Thing
from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.parsing.text import MONEY_SIGNS
from factlog.patterns import Pattern

# "Downloaded 3 million times", "rose to 52 points": what the subject is measured in.
_MEASURES_ANOTHER = lexicon.words("noun that measures another")
# Of what stands before: "sales reached 41,000 units" counts sales.
_REACHED = Pattern(
    r"\b(?:reach(?:ed|es)?|totall?ed|totals|amount(?:ed|s)?\s+to|averag(?:ed|es)|numbered|hit"
    rf"|(?:{lexicon.either('verb of change', meaning='level')})\s+to)\s+(?:an?\s+\w+\s+)?$"
)
# "14 beds per 10,000 inhabitants", "250,000 engines a year": the value is a rate.
_A_RATE = Pattern(
    r"\s+(?:(?:per|(?:for|in|(?:out\s+)?of)\s+every)\s+(?!cent\b)[\w,]+"
    rf"|(?:an?|each|every)\s+(?:{lexicon.either('time unit')}|quarter|season"
    rf"|head|person|share|barrel|tonne|litre)|each|(?:{lexicon.either('rate adverb')}|apiece))\b"
    r"(?!\s+(?:earlier|ago|later|before|after|previously)\b)"
)
# "$21 a dose" is the price of each.
_A_PRICE = Pattern(r"\s+an?\s+(?!year\b)[a-z]+\b(?!\s+(?:earlier|ago|later|before|after|ahead)\b)")
# "14 nurses fewer than it needs", "1,200 more babies than last year": how many are wanting.
_DIFFERS = Pattern(r"\s+(?:more|fewer|less)\s+than\b")
_DIFFERS_BY = Pattern(
    r"\s+(?:more|fewer|extra|additional)\s[^.,;]*?(?<!more\s)(?<!fewer\s)(?<!less\s)\bthan\b"
)
# "300 cells, plus or minus 20", where the one value is not read.
_GIVE_OR_TAKE = Pattern(r"[^.,;\d]{0,30},?\s+(?:plus\s+or\s+minus|give\s+or\s+take)\s")
# "3.1 km wide", "110 million years old", "76% effective": the measure is that word.
_DIMENSION = Pattern(
    rf"[\s-]+(?:{lexicon.either('word of dimension')}"
    r"|(?!(?:received|expected|estimated)\b)[a-z]{3,}(?:ive|ed|ent|ful|able|ible))\b"
)
# "The vote was 51 to 49": each number is a side's.
_VOTED = Pattern(r"\bvote(?:\s+(?:in\s+favour|on\s+\w+))?\s+(?:was|of)\s+(?:\d+\s+to\s+)?$")
_TOLLS = frozenset(lexicon.meanings("toll").values())
_OF_A_SHARE = Pattern(r"\b(?:percent|per\s+cent)\s+of\s+[\w' -]+$|%\s+of\s+[\w' -]+$")
# "A dozen eggs cost $4.95" counts no eggs.
_PRICED = Pattern(
    rf"\s+(?:\w+\s+){{0,2}}?(?:{lexicon.either('verb of pricing')})\s"
    rf"(?:[a-z]+\s){{0,3}}?[A-Z]{{0,3}}[{MONEY_SIGNS}]"
)
# "A mass of 36 billion suns" counts no suns.
_AS_BIG_AS = Pattern(
    rf"\b(?:{lexicon.either('noun of a magnitude')})\s+"
    r"(?:(?:equal|equivalent)\s+to\s+(?:that\s+)?)?(?:of\s+)?(?:the\s+)?$"
)
# "Than the €5.5bn parliament was told": whoever was told is not what costs that.
_TO_WHOM = Pattern(
    r"\s+(?:(?:had|has|have|was|were|is|are|been)\s+)+"
    rf"(?:{lexicon.either('verb with two objects')})\b"
)
# "Turnout slipped past 40%" is less, "went past 40%" more.
_PAST = Pattern(r"\bpast\s+$")
_THAN = Pattern(r"\bthan\s+(?:an?\s+)?magnitude\s+$", re.IGNORECASE)
# "Put Russian losses at 1,740 troops and 11 tanks": troops and tanks that were lost.
_LOSSES_AT = Pattern(
    r"\b(?:loss(?:es)?|casualties|damage)\b[^.;]*\sat\s(?:[^.;]|\.\d)*$", re.IGNORECASE
)
# "One home in 12 burns" is a share, or not.
_ONE_IN = Pattern(r"\b(?:one|1)\s[a-z]+\s(?:in|out\s+of)\s+$", re.IGNORECASE)
_AMONG = Pattern(r"\s(?:in|at|on|across|aboard)\s")
# "Killed a pilot and two crew": the deed is done to both, and one of them has no number.
_ALSO_DONE = Pattern(rf"\b(?:{lexicon.either('fate')})\s+(?:an?|the|its|their)\s[^,;.]*\band\s+$")
# "Exports to the Union", "spending on defence": what hangs on says which of them.
_WHICH_OF_THEM = Pattern(r"\s+(?:on|under|with|between|against|into)\s")
_INSIDE = Pattern(r"\s(?:in|at|by|from|with|near|on|of|to|for)\s(?:the\s|an?\s|its\s)?$")
# "The 450,000 analysts had predicted" are no analysts.
_FORESEEN = Pattern(
    r"\s(?:(?:had|have|has)\s)?(?:predicted|expected|forecast|hoped|asked|sought)\b"
)
# "5 thousands of men", or on a 5th thousands of them.
_BEFORE_PLURAL = Pattern(rf"\s(?:{lexicon.either('vague plural')})\b", re.IGNORECASE)
_BEHIND_DIGITS = Pattern(r"\d\s[a-z]")
# What befalls people alone.
_OF_PEOPLE = frozenset(("deployed", "captured", "missing", "displaced", "rescued", "evacuated"))


_PARENTHESIS = re.compile(r"[()\[\]]")


def doubtful(text: str, found: Mention, thing: Thing, end_before: int) -> bool:
    """Whether a thing that was found may not be what the number is of.

    `end_before` is where the claim before ends.
    """
    if thing.thing is None or _PARENTHESIS.search(thing.thing):
        return True
    if _BEFORE_PLURAL.match(text, found.end) or _BEHIND_DIGITS.match(text, max(0, found.core - 2)):
        return True
    unit = found.estimate.unit or ""
    if "/" not in unit and (_A_RATE.match(text, found.end) or _A_RATE.match(text, thing.end)):
        return True
    if len(unit) == 3 and unit.isupper() and _A_PRICE.match(text, found.end):
        return True
    if _differs(text, found, thing):
        return True
    if " or " in text and _GIVE_OR_TAKE.match(text, found.end):
        return True
    if unit and thing.end == found.end and _DIMENSION.match(text, found.end):
        return True
    if unit == "percent" and _HAPPENED_IN.search(text[: found.start]):
        return True
    if _AND_ONE.match(text, found.end):
        return True
    if unit == "percent" and thing.end > found.end and _A_VERB.match(text, thing.end):
        return True
    if ", wh" in text and _of_a_noun_nearer(text, found, thing.thing):
        return True
    if _WHOLE.search(text[: found.start]) or _beside_its_fate(text, found, thing):
        return True
    if not thing.bare and thing.measure in _OF_PEOPLE and not noun_phrases.are_people(thing.thing):
        return True
    return (
        _of_another(text, found, thing, end_before)
        or _made_of_two(thing)
        or _of_a_kind(text, found, thing)
    )


# "Two women and a child were hurt": three were.
_AND_ONE = Pattern(
    r"\s+(?:(?!(?:was|were|have|had|are)\b)[a-z-]+\s+){1,3}?and\s+(?:an?|another|his|her|their)\s+(?:[a-z-]+\s+){1,3}?"
    r"(?:were|have|had|are|died|drowned|perished)\b"
)


def _differs(text: str, found: Mention, thing: Thing) -> bool:
    """Whether the number is how many more there are of one than of another."""
    if found.estimate.unit is not None and thing.end <= found.end:
        return False
    return (
        _DIFFERS.match(text, max(found.end, thing.end)) is not None
        or _DIFFERS_BY.match(text, found.end) is not None
    )


# "The outcome occurred in 18.4% of patients": a share of them, but of what befell them.
_HAPPENED_IN = Pattern(
    r"\b(?:occurr(?:ed|s)|happen(?:ed|s)|events?|outcomes?|seen|observed)\s+in\s+$"
)
# "Cut 4,000 of its 277,000 employees": how many there are, and no measure says so.
_WHOLE = Pattern(r"\d\s+of\s+(?:its|their)\s+$")


# "62% distrust the mayor": no noun stands before an article.
_A_VERB = Pattern(r"\s+(?:the|an?|their|its|his|her|them|him|it)\b")
_WHICH = Pattern(r",\s+(?:which|who)\s")
_HANGS_ON = Pattern(r"\s(?:of|in|at|on|for|near|off|from|by|to|with)\s[^,]*")


def _of_a_noun_nearer(text: str, found: Mention, noun: str) -> bool:
    """Whether a clause is of a noun nearer than the one found: "fought the fire, which took"."""
    end = text.rfind(noun, 0, found.start) + len(noun)
    clause = _WHICH.search(text, end, found.start) if end >= len(noun) else None
    if clause is None or clause.start() == end:
        return False
    return _HANGS_ON.fullmatch(text, end, clause.start()) is None


def _beside_its_fate(text: str, found: Mention, thing: Thing) -> bool:
    """Whether the noun has its measure by name alone: "12 of the 340 evacuees have gone home"."""
    if thing.rule != "number, noun" or thing.measure not in _BY_NAME:
        return False
    if _EXCHANGED.search(text[: found.start]):
        return True
    return _OF_THE.match(text, found.end) is not None and _DO.match(text, thing.end) is not None


_BY_NAME = _TOLLS | _OF_PEOPLE
_EXCHANGED = Pattern(rf"\b(?:{lexicon.either('verb of exchange')})\s+(?:the\s|another\s)?$")
_OF_THE = Pattern(r"\s+of\s+(?:the|these|those|its|their)\s")
_DO = Pattern(rf"\s+(?:(?:{lexicon.either('helping verb')})\s|[a-z]+ed\b)")


def _of_a_kind(text: str, found: Mention, thing: Thing) -> bool:
    """Whether a subject is known only by its "of", by what hangs on it, or by a name in it."""
    words = thing.thing or ""
    at = text.rfind(words, 0, found.start) if thing.rule.startswith("noun") else -1
    if at < 0 or thing.measure in _TOLLS:
        return False
    named = re.search(r"\s[A-Z][a-z]", words if at == 0 else f" {words}") is not None
    return " of " in words or named or _WHICH_OF_THEM.match(text, at + len(words)) is not None


def _of_another(text: str, found: Mention, thing: Thing, end_before: int) -> bool:
    """Whether the noun behind a number is no more than the unit, or a part, of another's."""
    lead = text[end_before : found.start]
    if thing.rule == "whom it cost money":  # of a price, not of the payer
        return True
    if _VOTED.search(text[: found.start]):
        return True
    if thing.rule == "magnitude":  # "stars brighter than magnitude 6"
        return _THAN.search(text[: found.start]) is not None
    if thing.rule == "noun of number" and thing.measure not in _TOLLS:
        several = noun_phrases.plural((thing.thing or "").split()[-1])
        return several and found.estimate.unit is None  # "four groups of 12" are no 12 groups
    if thing.rule.startswith("number, noun") and _LOSSES_AT.search(text[: found.start]):
        return True
    if _PAST.search(lead) and thing.end == found.end and found.estimate.best is not None:
        return True
    if thing.rule == "noun worth number":  # "a stake in the miner, worth £140 million"
        at = text.rfind(thing.thing or "", 0, found.start)
        return (
            text[at:].find(",") in range(found.start - at)
            and _INSIDE.search(text, 0, at) is not None
        )
    if _ONE_IN.search(text[: found.start]):
        return True
    if thing.rule.startswith("number, noun, what befell"):
        if _AMONG.fullmatch(lead):
            return True  # "12 people in 40 villages were killed"
        return _OF_A_SHARE.search(text[: found.start]) is not None
    if thing.rule not in ("number, noun", "number, unit, noun"):
        return False
    if lead.endswith("the ") and (
        _FORESEEN.match(text, thing.end) or _TO_WHOM.match(text, thing.end)
    ):
        return True
    if found.estimate.unit is None and _PRICED.match(text, thing.end):
        return True
    head = (thing.thing or "").split(" of ")[0].split()[-1].lower()
    if _AS_BIG_AS.search(text[: found.start]) and found.estimate.unit is None:
        return True
    return bool(
        head in _MEASURES_ANOTHER
        or ((reached := _REACHED.search(lead)) and lead[: reached.start()].strip())
        or _ALSO_DONE.search(lead)
    )


_AND = re.compile(r"\s(?:and|or)\s")


def _made_of_two(thing: Thing) -> bool:
    """Whether the words hold two nouns that no "of" joins: "museums grants", "loan carries"."""
    words = _AND.split((thing.thing or "").split(" of ")[0])[-1].split()
    if len(words) < 2:
        return False
    if thing.rule == "noun at number":
        return True  # "prices start at", "the turbine runs at"
    return any(noun_phrases.plural(word) and word.islower() for word in words[:-1])
