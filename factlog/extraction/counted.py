"""What a number counts, where its noun stands before it; and the measure that gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factlog import measures as vocabulary
from factlog.extraction import noun_phrases
from factlog.extraction.numbers import Mention
from factlog.parsing import lexicon
from factlog.patterns import Pattern
from factlog.policy import Measure
from factlog.values import dataclass

# What befalls people. "suffered minor injuries" is a deed of several words, others between them.
FATE = (
    lexicon.either("fate")
    + r"|(?:suffered|sustained|suffering)\s+(?:[\w-]+\s+){0,2}(?:injuries|wounds|burns)"
)
A_FATE = Pattern(rf"\b(?:{FATE})\b", re.IGNORECASE)
# Words before a fate that leave it what it is: "were reported killed", "are still missing".
BETWEEN_FATE = rf"(?:(?:{lexicon.either('word before a fate')})\s+)*"


# Rules that lean on the claim before, or on the nearest noun: right three times in four.
LEANING = (
    *("set against the claim before", "start of a change", "end of a change"),
    "of those, number",
    *("noun at number", "noun for money", "money, what for", "part of a claim in doubt"),
    "noun in a share",
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a number counts: the words, the measure, the rule that found them.

    `end` is where the words of the claim end. `bare` says that the noun was left out and may
    carry over from a claim before; `sure` that the words leave little doubt.
    """

    thing: str | None
    measure: str
    rule: str
    end: int
    bare: bool = False
    sure: bool = True
    change: bool = False


def measure_of(thing: str | None, fate: str | None, measures: Sequence[Measure]) -> str:
    """The measure of a thing and what befell it, by the vocabulary."""
    if fate:
        return vocabulary.resolve(fate, measures)
    if thing is None:
        return ""
    if _OF_RISK.search(thing):
        return thing.lower()
    for toll, measure in lexicon.meanings("toll").items():
        if re.search(rf"(?<!death )\b{toll}\b", thing, re.IGNORECASE):
            return vocabulary.resolve(measure, measures)
    return vocabulary.measure_of(thing, measures)


_OF_RISK = re.compile(
    r"\b(?:risks?|chances?|causes?)\sof\b|\brates?$"
)  # "risk of death" is no toll


def fate_of(words: str) -> str:
    """The measure for the words of what befell somebody."""
    small = _small(words)
    if small.startswith(("suffered", "sustained", "suffering")):
        return "injured"
    return lexicon.meanings("fate")[small]


def deed_of(words: str) -> str:
    """The measure for the words of what somebody did to others."""
    return lexicon.meanings("deed of")[_small(words)]


def _small(words: str) -> str:
    """Words in small letters, as patterns take them that pass over capitals: ı is i, ſ is s."""
    return " ".join(words.translate(_TAKEN_FOR).lower().split())


_TAKEN_FOR = str.maketrans("ıİſ", "iis")


def cleaned(thing: str) -> str:
    """A thing on one line, without the signs round it and without a scale before it."""
    return _SCALED.sub("", " ".join(thing.split()).strip(" .,-(['\""))


_SCALED = re.compile(
    rf"^(?:(?:{lexicon.either('scale')})\s+(?=[a-z])"
    rf"|(?:{lexicon.either('unit of stuff')})\s+of\s+(?=\w))"
)


_AT = lexicon.either("verb of putting", meaning="at")
_TO = lexicon.either("verb of putting", meaning="to")
_CHANGED = lexicon.either("verb of changing")
_CHANGE = lexicon.either("noun of change")
_HELPED = rf"(?P<subject>)\s+(?:(?:{lexicon.either('word before a verb')})\s+)*"
_STOOD = lexicon.either("verb of standing")
_ROSE = lexicon.either("verb of change", meaning="level")
_WORTH = (
    r"(?:collectively\s+|together\s+)?(?:worth|valued\s+at|costing|totall?ing|priced\s+at|weighing)"
)
# "An average of 5 hours" and "a target of 300" are of what stands before them.
_ANY_NUMBER = Pattern(
    rf"\b(?:an?|the|its|their)\s+(?:[a-z]+\s+)?(?:{lexicon.either('noun of any number')})\s+of\s+$"
)
_REACHED = lexicon.either("verb of reaching")
_LEFT_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern + r"\s*$", re.IGNORECASE))
    for rule, pattern in (
        (
            "put it at",
            rf"\b(?:{_AT})\s+(?!at\b)(?P<thing>(?:(?!\b(?:{_AT})\b)[^,;\d]){{2,60}}?)\s+at"
            r"(?:\s+between)?",
        ),
        ("put it at", rf"\b(?:{_TO})\s+(?P<thing>[^,;\d]{{2,60}}?)\s+to"),
        ("cut it by", rf"\b(?:{_CHANGED})\s+(?P<thing>[^,;\d]{{2,50}}?)\s+by"),
        ("change in noun to number", rf"\b(?:{_CHANGE})\s+in\s+(?P<thing>[^,;\d]{{2,50}}?)\s+to"),
        ("noun worth number", rf"(?P<before>),?\s+(?:{_WORTH})"),
        ("noun for money", r"(?P<before>)\s+for"),
        (
            "whom it cost money",
            r"\b(?:fined|costs?|awarded|granted|lent|offered)\s+(?P<thing>(?:the|an?|its|their|two|three|four)\s"
            r"[^,;\d]{2,40}?)(?:\s+a\s+(?:total|combined|record))?(?:\s+of)?",
        ),
        ("noun of number", r"(?P<before>)\s+of(?:\s+(?:the|a|an))?"),
        ("noun, verb, number", rf"{_HELPED}(?:{_STOOD})(?:\s+\w+)?\s+(?:at|on)"),
        (
            "noun, rose to number",
            rf"{_HELPED}(?:{_ROSE})(?:\s+(?:up|down|back|sharply|slightly|further|again|steadily))*"
            r"\s+(?P<how>to|by|from|above|below|past)?(?:\s+(?:a|an))?(?:\s+record)?",
        ),
        (
            "noun, up number",
            r"(?P<subject>)\s+(?:was|were|is|are|had\s+been|will\s+be)\s+(?P<how>down|up)(?:\s+by)?",
        ),
        (
            "noun reaches number",
            rf"{_HELPED}(?:{_REACHED})(?:\s+(?:now|about|only|just|still|an?|new|record))*",
        ),
        ("noun at number", r"(?P<before>)\s+(?:at|stands\s+at|is|was|:)"),
        (
            "noun number",
            r"(?P<label>\b(?:magnitude|population|temperature|turnout|depth|altitude|strength))"
            r"(?:\s+of|-)?",
        ),
    )
)


def to_the_left(text: str, found: Mention, measures: Sequence[Measure]) -> Thing | None:
    """As in "casualties at about 4,000", "the death toll rose to 300", "a crowd of 71,204"."""
    window = max(0, found.start - 160)
    head = text[window : found.start]
    of = _ANY_NUMBER.search(head)
    if of and head[: of.start()].strip():
        head = head[: of.start()]
    end = window + len(head)
    if _A_VERB.match(text, found.start):
        head = text[window : found.core]  # "have surpassed 3,000": the hedge is the verb
    money = len(found.estimate.unit or "") == 3 and (found.estimate.unit or "").isupper()
    for rule, pattern in _LEFT_RULES:
        match = pattern.search(head) if money or not rule.endswith("money") else None
        place = _place(text, window, match) if match else None
        if match and place:
            how = match.groupdict().get("how")
            rose = rule.startswith("noun, rose") and not how
            change = rose or rule == "cut it by" or how in ("by", "down", "up")
            change |= _MORE_THAN.match(text, found.end) is not None
            if how == "from" and _TO_ANOTHER.match(text, found.end):
                rule = "start of a change"
            return _named(text, found, place, rule, change, measures)
    return _subject(text, found, end, measures)


_A_VERB = Pattern(
    r"(?:(?:not|never|cannot|\w+n't)\s+)?(?:surpass|exceed|top(?:p|s\b)|eclips|approach|near(?:s|ed|ing)\b)",
    re.IGNORECASE,
)
# "Was 4% less than in 2021", "is 20% more likely": how far from something else.
_MORE_THAN = Pattern(
    r"\s+(?:more|fewer|less|lower|higher|longer|shorter|above|below|short)\b(?!\s+sea)"
    r"|\s+(?!(?:other|rather)\b)[a-z]+er\s+than\b"
)


# "Fell from $12 to $9": the number is what it was.
_TO_ANOTHER = Pattern(
    r"(?:[^.,;\d]|,(?=\d)|\d{4}\b){0,60}?\s(?:to|down\sto|up\sto)\s[^.,;]{0,30}?\d"
)


def _place(text: str, window: int, match: re.Match[str]) -> tuple[int, int] | None:
    groups = match.groupdict()
    if name := next((name for name in ("thing", "label") if name in groups), None):
        start, end = match.span(name)
        return noun_phrases.trimmed(text, window + start, window + end)
    at = window + match.start()
    if "before" in groups:
        place = noun_phrases.before(text, at)
        place_name = place and _IN_A_PLACE.search(text[: place[0]])
        if place and place_name and text[place[0]].isupper():
            return noun_phrases.before(text, place_name.start()) or place
        return None if place and _ASKED.search(text[: place[0]]) else place
    return _before_aside(text, at + 1) or noun_phrases.left(text, at)


# "Asked donors for $214 million": they are not what has the price.
_ASKED = Pattern(
    rf"\b(?:{lexicon.either('verb of asking')})\s+(?:the\s+|an?\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
# "Its stake in Belmar for $320 million": the place or firm is not what has the price.
_IN_A_PLACE = Pattern(r"\s+(?:in|at|by|from|with|near|on|outside)\s+(?:the\s+)?$")


def _named(
    text: str,
    found: Mention,
    place: tuple[int, int],
    rule: str,
    change: bool,
    measures: Sequence[Measure],
) -> Thing | None:
    thing = cleaned(
        re.sub(
            r"^(?:of\s+)?(?:the\s+)?(?:(?:provisional|official|estimated|latest|final|(?:total|overall)(?=\s+(?:number|count)\b))\s+)?"
            r"(?:(?:number|count|tally|total"
            r"|estimate|figure|toll)\s+of\s+)?(?:the\s+)?",
            "",
            text[slice(*place)],
        )
    )
    if not thing or _NO_NOUN.fullmatch(thing):
        return None
    fate = re.match(rf"\s+{BETWEEN_FATE}(?P<fate>{FATE})\b", text[found.end :], re.IGNORECASE)
    # "The number of people killed has risen to 112."
    if fate is None and _NUMBER_OF.search(text[max(0, place[0] - 20) : place[1]]):
        fate = _FATE_BEHIND.match(text, place[1], found.start)
    measure = measure_of(thing, fate_of(fate["fate"]) if fate else None, measures)
    return Thing(thing, measure, rule, found.end, change=change)


_NO_NOUN = Pattern(
    rf"(?!(?:{lexicon.either('counted')})$)[a-z]{{2,}}[^e]ed|he|she|it|they|we|i|who|which"
    r"|that|there|this|and|or|number|total|figure",
    re.IGNORECASE,
)
_NUMBER_OF = Pattern(r"\b(?:number|count|tally|total)\s+of\s")
_FATE_BEHIND = Pattern(rf"\s+(?:reported\s+|confirmed\s+)?(?P<fate>{FATE})\b", re.IGNORECASE)
_SPEECH = lexicon.words("speech verb")
_VERB = Pattern(rf"\s+(?:(?:{lexicon.either('helping verb', 'verb of a clause')})\b|\w{{3,}}ed\b)")
_A_CLAUSE = Pattern(
    r"[;:—\"(]\s*|,\s+(?:and\s+|but\s+)?|\b(?:that|which|but|while|although|said|says|believes|and)\s+"
)
_WHICH = Pattern(r",?\s+(?:which|who|that)\s+$")
# What stands between commas behind a name: ", carrying 52 pilgrims,", ", 41, of Dock Road,".
_ASIDE = Pattern(r",\s[^,;:\"]+(?:,\s[^,;:\"]+)?,(?=\s)")


def _subject(text: str, found: Mention, end: int, measures: Sequence[Measure]) -> Thing | None:
    """For want of better: the subject of the clause, as of a measurement that stands alone."""
    if found.estimate.unit is None and found.estimate.hedge.value != "plus_minus":
        return None
    start = 0
    for clause in _A_CLAUSE.finditer(text[:end]):
        if _VERB.search(text, clause.end(), end) or end - clause.end() > 12:
            start = clause.end()
    verb = _VERB.search(text, start, end)
    if verb and verb[0].split()[-1] in _SPEECH:
        return None
    place = _before_aside(text, end)
    if place is None and (which := _WHICH.search(text[:start])) and _VERB.match(text, start - 1):
        place = noun_phrases.left(text, which.start())
    elif place is None:
        place = noun_phrases.trimmed(text, start, verb.start() if verb else end)
    if place is None:
        return None
    if text[slice(*place)].split()[-1].lower() in lexicon.words("unnamed speaker"):
        return None
    changed = re.search(r"\b(?:up|down|by)\s*$", text[: found.start]) is not None
    got = _named(text, found, place, "subject of the clause", changed, measures)
    return None if got is None else replace(got, sure=False)


def _before_aside(text: str, end: int) -> tuple[int, int] | None:
    """The subject before an aside that its verb follows: "The bus, carrying 52, plunged"."""
    asides = [one for one in _ASIDE.finditer(text, 0, end) if _VERB.match(text, one.end())]
    verb = _VERB.match(text, asides[-1].end()) if asides else None
    if verb is None or verb[0].split()[-1] in _SPEECH:
        return None
    return noun_phrases.left(text, asides[-1].start())
