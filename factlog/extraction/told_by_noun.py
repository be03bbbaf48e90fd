"""One or two told by a noun and no number: "a man was killed", "killed a man and his wife"."""

from __future__ import annotations

import re

from factlog import measures as vocabulary
from factlog.claim import Claim
from factlog.extraction import noun_phrases
from factlog.extraction.counted import BETWEEN_FATE, FATE, fate_of
from factlog.parsing import lexicon
from factlog.patterns import Pattern

_ONE = lexicon.words("counted as one")
_NAMED = r"(?:[\w'-]+\s+){0,3}?(?P<%s>[a-z]+)"
_SOMEBODY = rf"(?:an?|another|one)\s+{_NAMED % 'noun'}"
_OTHER = rf"\s+and\s+(?:an?|another|one|his|her|their)\s+{_NAMED % 'other'}"
_ENDS = rf"(?=[^\w\s'-]|$|\s+(?:{lexicon.either('function word')}|who|when|while|before|after)\b)"
_OF_ITSELF = r"died|dies|drowned|perished|succumbed|lost\s+(?:his|her)\s+life"
_WHERE = r"(?:,?\s+(?:in|from|of|at|near|on|aboard)\s+(?:the\s+)?[\w'-]+(?:\s+[A-Z][\w'-]*)?,?)?"
_NOT = r"(?<!not )(?<!nor )(?<!without )(?<!never )"
_DENIED = Pattern(
    rf"\b(?:{lexicon.either('negation', 'word for nobody', 'verb of denial')}|hardly|if)\b[^.;:]*$",
    re.IGNORECASE,
)
_BEFELL = Pattern(
    rf"{_NOT}\b(?P<one>{_SOMEBODY})(?P<and>{_OTHER})?{_WHERE}"
    rf"\s+(?:(?P<verb>was|is|has|were|are|have|had)\s+{BETWEEN_FATE}(?P<fate>{FATE})"
    rf"|(?P<died>{_OF_ITSELF}))\b",
    re.IGNORECASE,
)
# "A boy was killed and a girl injured."
_BEFELL_TOO = Pattern(rf"(?<= and )(?P<one>{_SOMEBODY})\s+(?P<fate>{FATE}){_ENDS}", re.IGNORECASE)
_DONE_TO = Pattern(
    rf"\b(?P<fate>{FATE})\s+(?P<one>{_SOMEBODY}){_ENDS}(?P<and>{_OTHER}{_ENDS})?", re.IGNORECASE
)


def counted(quote: str, claim: Claim) -> str:
    """The quote with "one" or "two" for those to whom befell what the claim counts."""
    measure = measure_of(claim)

    def told(match: re.Match[str]) -> str:
        fatal = match.groupdict().get("died") or "fatally " in match[0]
        fate = "killed" if fatal else fate_of(match["fate"])
        own = fate == measure or measure == "casualties"
        denied = _DENIED.search(match.string[max(0, match.start() - 60) : match.start()])
        return _told(match) if own and not denied else match[0]

    for pattern in (_BEFELL, _BEFELL_TOO, _DONE_TO):
        quote = pattern.sub(told, quote)
    return quote


def _told(match: re.Match[str]) -> str:
    both = match.groupdict().get("and")
    nouns = [match["noun"], *([match["other"]] if both else [])]
    many = match.groupdict().get("verb") in ("were", "are", "have")
    if not all(map(_is_one, nouns)) or (many and len(nouns) == 1):
        return match[0]
    number = "two people" if both else f"one {match['one'].split(maxsplit=1)[1]}"
    end = match.end("and") if both else match.end("one")
    before = match.string[match.start() : match.start("one")]
    return f"{before}{number}{match.string[end : match.end()]}"


def _is_one(noun: str) -> bool:
    noun = noun.lower()
    own = noun in _ONE or noun in ("wife", "husband", "son", "daughter", "mother", "father")
    return own or (noun[-1] != "s" and noun_phrases.are_people(noun + "s"))


def measure_of(claim: Claim) -> str:
    """The measure of a claim, be it told by what it counts."""
    known = vocabulary.starter()
    named = vocabulary.resolve(claim.measure, known) if claim.measure else ""
    named = named or vocabulary.measure_of(claim.thing, known)
    fate = _FATE.search(f"{claim.measure} {claim.thing or ''}")
    if fate is None or any(named == each.name for each in known):
        return named
    return fate_of(fate[0])


_FATE = Pattern(rf"\b(?:{FATE})\b", re.IGNORECASE)
