"""What a number counts, where its noun stands before it; and the measure that gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from factlog import measures as vocabulary
from factlog.extraction import noun_phrases
from factlog.extraction.numbers import Found
from factlog.extraction.shared_patterns import BETWEEN_FATE, FATE
from factlog.parsing import lexicon
from factlog.parsing.text import Pattern
from factlog.policy import Measure
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
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
    for toll, measure in lexicon.meanings("toll").items():
        if re.search(rf"(?<!death )\b{toll}\b", thing, re.IGNORECASE):
            return vocabulary.resolve(measure, measures)
    return vocabulary.measure_of(thing, measures)


def fate_of(words: str) -> str:
    """The measure for the words of what befell somebody."""
    if words.lower().startswith(("suffered", "sustained", "suffering")):
        return "injured"
    return lexicon.meanings("fate")[" ".join(words.lower().split())]


def cleaned(thing: str) -> str:
    """A thing on one line, without the signs round it."""
    return " ".join(thing.split()).strip(" .,-'\"")


_REACHED = lexicon.either("verb of change", meaning="level")
_LEFT_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern + r"\s*$", re.IGNORECASE))
    for rule, pattern in (
        (
            "put it at",
            r"\b(?:put|puts|putting|placed|estimated|estimates|estimate|counted|set|fixed|pegged"
            r"|calculated|gave)\s+(?!at\b)(?P<thing>[^,;\d]{2,60}?)\s+at(?:\s+between)?",
        ),
        (
            "put it at",
            r"\b(?:taking|bringing|raising|pushing|lifting|cutting|reducing|raised|brought|took"
            r"|pushed|cut|reduced|lifted)\s+(?P<thing>[^,;\d]{2,60}?)\s+to",
        ),
        (
            "cut it by",
            r"\b(?:cut|cuts|reduced?s?|raised?s?|boost(?:ed|s)?|increased?s?|lower(?:ed|s)?|slash"
            r"(?:ed|es)?|trimmed|expanded)\s+(?P<thing>[^,;\d]{2,50}?)\s+by",
        ),
        (
            "change in noun to number",
            r"\b(?:decline|rise|drop|increase|jump|gain|growth|fall|surge|decrease|reduction"
            r"|cut)\s+in\s+(?P<thing>[^,;\d]{2,50}?)\s+to",
        ),
        ("noun of number", r"(?P<before>)\s+of(?:\s+(?:the|a|an))?"),
        (
            "noun, verb, number",
            r"(?P<subject>)\s+(?:(?:now|also|currently|still|officially|reportedly|already|has"
            r"|have|had|could|may|might|will|would|must|should|is|was|to|since|then|later"
            r"|is\s+expected\s+to|are\s+expected\s+to)\s+)*"
            r"(?:stands?|stood|sits?|remains?|remained|traded|trading|hovered|settled|peaked"
            r"|topped\s+out|closed|ended|started|opened|was\s+put|is\s+put|been\s+put|were\s+put"
            r"|estimated|is\s+estimated|was\s+estimated|valued|are\s+valued|crested|recorded)"
            r"(?:\s+\w+)?\s+(?:at|on)",
        ),
        (
            "noun, rose to number",
            r"(?P<subject>)\s+(?:(?:now|also|has|have|had|could|may|will|would|must|to|is|was|been"
            rf"|were|are|be|have\s+been|has\s+been)\s+)*(?:{_REACHED})"
            r"(?:\s+(?:up|down|back|sharply|slightly|further|again"
            r"|steadily))*\s+(?P<how>to|by|from|above|below|past)?(?:\s+(?:a|an))?(?:\s+record)?",
        ),
        (
            "noun, up number",
            r"(?P<subject>)\s+(?:was|were|is|are|had\s+been|will\s+be)\s+(?P<how>down|up)"
            r"(?:\s+by)?",
        ),
        (
            "noun reaches number",
            r"(?P<subject>)\s+(?:(?:now|also|has|have|had|could|may|will|would|must|can"
            r"|is\s+expected\s+to|are\s+expected\s+to|to|already|typically|only|he"
            r"|had\s+already)\s+)*(?:reach(?:ed|es|ing)?|hit|hits|totall?(?:ed|s|ing)?|numbered"
            r"|numbers|exceed(?:ed|s)?|topped|tops|surpass(?:ed|es|ing)?|approach(?:ed|es|ing)?"
            r"|near(?:ed|s|ing)|pass(?:ed|es)?|weigh(?:ed|s)?|measured?s?|covers?|covered|costs?"
            r"|lasts|lasted|takes?|took|is|was|are|were|be|been|averaged|equals?|spans?|contains?"
            r"|holds?|consumed|charges\s+in|travelling\s+at|traveling\s+at|flying\s+at|made\s+up"
            r"|represents?|remains?)(?:\s+(?:now|about|only|just|still))?",
        ),
        ("noun at number", r"(?P<before>)\s+(?:at|stands\s+at|is|was|:)"),
        (
            "noun number",
            r"(?P<label>\b(?:magnitude|population|temperature|turnout|depth|altitude|strength))"
            r"(?:\s+of|-)?",
        ),
    )
)


def to_the_left(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """As in "casualties at about 4,000", "the death toll rose to 300", "a crowd of 71,204"."""
    window = max(0, found.start - 160)
    head = text[window : found.start]
    if re.match(r"surpass|exceed|topping|approach|nearing", text[found.start : found.core]):
        head = text[window : found.core]  # "have surpassed 3,000": the hedge is the verb
    for rule, pattern in _LEFT_RULES:
        for match in _ends_with(pattern, head):
            place = _place(text, window, match)
            if place is not None:
                groups = match.groupdict()
                change = (
                    rule == "cut it by"
                    or groups.get("how") in ("by", "down", "up")
                    or (rule.startswith("noun, rose") and not groups.get("how"))
                )
                return _named(text, found, place, rule, change, measures)
    return _subject(text, found, measures)


def _ends_with(pattern: re.Pattern[str], head: str) -> list[re.Match[str]]:
    match = pattern.search(head)
    return [match] if match else []


def _place(text: str, window: int, match: re.Match[str]) -> tuple[int, int] | None:
    groups = match.groupdict()
    if groups.get("thing") is not None or groups.get("label") is not None:
        name = "thing" if "thing" in groups else "label"
        start, end = match.span(name)
        return noun_phrases.trimmed(text, window + start, window + end)
    at = window + match.start()
    return noun_phrases.before(text, at) if "before" in groups else noun_phrases.left(text, at)


def _named(
    text: str,
    found: Found,
    place: tuple[int, int],
    rule: str,
    change: bool,
    measures: Sequence[Measure],
) -> Counted | None:
    thing = cleaned(
        re.sub(
            r"^(?:of\s+)?(?:the\s+)?(?:total\s+|overall\s+)?(?:(?:number|count|tally|total"
            r"|estimate|figure|toll)\s+of\s+)?(?:the\s+)?",
            "",
            text[slice(*place)],
        )
    )
    if not thing or re.fullmatch(
        r"(?:he|she|it|they|we|i|who|which|that|there|this|and|or|number|total|figure)",
        thing,
        re.IGNORECASE,
    ):
        return None
    fate = re.match(rf"\s+{BETWEEN_FATE}(?P<fate>{FATE})\b", text[found.end :], re.IGNORECASE)
    measure = measure_of(thing, fate_of(fate["fate"]) if fate else None, measures)
    return Counted(thing, measure, rule, found.end, change=change)


_SPEECH = lexicon.words("speech verb")
_VERB = Pattern(
    r"\s+(?:(?:has|have|had|is|was|are|were|will|would|could|may|must|can)\b|(?:fell|rose"
    r"|grew|lost|took|won|left|cut|shrank|hit|struck|spent|made|sold|killed|remain|lies"
    r"|lie|lay|lives|live|needs|plans|said|carries|reaches|produces|makes|takes|gives|uses"
    r"|weighs|costs|covers|holds|contains|increase|rise|fall|grow|drop|exceed|reach)\b"
    r"|\w{3,}ed\b)"
)


def _subject(text: str, found: Found, measures: Sequence[Measure]) -> Counted | None:
    """For want of better: the subject of the clause, as of a measurement that stands alone."""
    if found.estimate.unit is None and found.estimate.hedge.value != "plus_minus":
        return None
    start = 0
    for clause in re.finditer(
        r"[;:—\"(]\s*|,\s+(?:and\s+|but\s+)?|\b(?:that|which|but|while|although|said|says"
        r"|believes|and)\s+",
        text[: found.start],
    ):
        if _VERB.search(text, clause.end(), found.start) or found.start - clause.end() > 12:
            start = clause.end()
    verb = _VERB.search(text, start, found.start)
    if verb and verb[0].split()[-1] in _SPEECH:
        return None
    place = noun_phrases.trimmed(text, start, verb.start() if verb else found.start)
    if place is None:
        return None
    if text[slice(*place)].split()[-1].lower() in lexicon.words("unnamed speaker"):
        return None
    changed = re.search(r"\b(?:up|down|by)\s*$", text[: found.start]) is not None
    got = _named(text, found, place, "subject of the clause", changed, measures)
    return None if got is None else replace(got, sure=False)
