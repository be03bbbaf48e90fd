"""One person as headlines and police reports tell of them: "Man dies in fire", "the body of a man".

Such copy is put into the words of a sentence, which is then read as any other.
"""

from __future__ import annotations

import re

from factlog.extraction.counted import FATE
from factlog.parsing import lexicon
from factlog.parsing.number_words import ONE_WORD
from factlog.patterns import Pattern

_NO_NOUN = (
    rf"(?!(?:{lexicon.either('function word', 'helping verb', 'negation', 'word for nobody')}"
    rf"|{lexicon.either('verb of denial', 'vague plural')}|{FATE}|{ONE_WORD}"
    r"|every|each|which|what|how|why|when|all|both|some|any|most|other|another)\b)"
)
_WORD = rf"(?:(?-i:US|UN)|{_NO_NOUN}[a-z][\w'’-]*)"
_OPENS = r"(?:^|(?<=[.:;!?|]\s)|(?<=\b(?:as|by)\s)|(?<=\bafter\s)|(?<=\b(?:when|over)\s))[\"“‘']?"
_ENDS = (
    r"(?=[^\w\s'’-]|$|\s+(?:in|on|at|by|as|near|after|before|when|while|during|outside|inside|aboard"
    r"|for|from|over|under|following|with|amid|and|but|off|despite)\b)"
)
# "Man from Leeds found dead in river", "Officer shot dead", "Teen stabbed to death".
_HEADLINE = Pattern(
    rf"{_OPENS}(?P<who>(?:{_WORD}\s+){{0,3}}?{_WORD}(?:\s+(?:from|of|in|at)\s+[\w-]+)?)\s+"
    r"(?P<fate>(?:(?:feared|found|reported|left|presumed|still|also|later)\s+)?(?:[a-z]+ly\s+)?"
    rf"(?:{FATE}|dies|drowns|perishes|critical|in\s+hospital|murdered|electrocuted|fatally\s+[a-z]+|[a-z]+\s+to\s+death|[a-z]+\s+and\s+(?:killed|wounded|injured)|held)){_ENDS}",
    re.IGNORECASE,
)
_OF_ITSELF = Pattern(r"die[sd]\b|drown(?:ed|s)|perishe[ds]", re.IGNORECASE)
# "The body of a man was found", "a woman's body has been recovered".
_FOUND = (
    r"\s+(?:[^\W\d][\w'’-]*\s+){0,5}?"
    r"(?:found|recovered|discovered|retrieved|pulled|washed|identified|located)\b"
)
_BODY_OF = Pattern(
    rf"\b(?:the|a)\s+body\s+of\s+(?P<who>an?\s+[^,.;\d]{{3,30}}?)(?={_FOUND})", re.IGNORECASE
)
_BODY = Pattern(rf"\b(?P<who>an?\s+(?:[a-z-]+\s+)?[a-z]+)['’]s\s+body\b(?={_FOUND})", re.IGNORECASE)
# "The driver, a 54-year-old man, died", "a boy of 14 was".
_APPOSED = Pattern(
    r"(?<=[a-z]),\s+(?:an?|who|identified|named)\s+[^,.;:]{3,60},(?=\s+(?:was|is|has|had|died|suff|sust))"
)
_OF_AGE = Pattern(
    r"(?<=[a-z]) (?:of|aged) \d{1,3}(?= (?:was|is|has|had|died|suffered|sustained)\b)"
)
_IS = r"(?=\s+(?:was|is|has|had|died|suffered|sustained)\b)"
# "Palestinian journalist Shireen Abu Akleh was", "Shinzo Abe, the former prime minister, was".
_TITLED = Pattern(
    rf"(?:^|(?<=[.;:]\s)|(?<=\bwhen\s)|(?<=\bafter\s))(?:(?i:the|an?)\s+)?"
    rf"(?P<who>(?:(?i:{_WORD})\s+){{0,4}}?[A-Za-z][a-z-]+)"
    rf"(?:\s[A-Z][\w'’-]+){{2,3}}{_IS}"
)
_KNOWN_AS = Pattern(
    rf"(?:^|(?<=[.;:]\s))[A-Z][\w'’-]*\s+(?:[A-Z][\w'’-]+\s+){{0,3}}[A-Z][\w'’-]+,"
    rf"\s(?:the|an?|who|[A-Z]\w+['’]s)\s[^,.;:\d]{{3,60}},{_IS}"
)
# "Ada Lovelace was stabbed to death"; not "No Briton was", "Two Britons died".
_BY_NAME = Pattern(
    rf"(?:^|(?<=[.;:]\s))(?:(?i:{_NO_NOUN})[A-Z][\w'’-]+\s+){{1,3}}[A-Z][\w'’-]+"
    r"(?=\s+(?:was|has\s+been)\s+(?:[a-z]+\s+){0,3}?(?:dead|death|killed|murdered|assassinated"
    r"|wounded|injured|hurt|arrested|detained)\b)"
)
# "A man who was hit by a train has died", "a woman walking her dog was killed".
_WHO_WAS = Pattern(
    rf"(?<=[a-z])\s+(?:who|[a-z]+ing)(?:\s+(?!(?:{FATE}|{ONE_WORD})\b)[A-Za-z'’-]+){{1,10}}?"
    r"(?=\s+(?:(?:has\s+|later\s+)?died"
    r"|(?:was|has\s+been)\s+(?:[a-z]+\s+){0,2}(?:killed|injured|hurt|wounded|arrested|dead))\b)"
)
_A_BODY = Pattern(rf"(?:\b(?:a|another)\s+(?:[a-z]+\s+)?|^)body(?={_FOUND})", re.IGNORECASE)
_ANOTHER = Pattern(r"\banother(?=\s+(?:was|is|has|remains)\b)", re.IGNORECASE)
# "A man fell from a ladder and died", "his wife survived but was injured".
_DID_BEFORE = Pattern(
    r"(?<=[a-z])\s+(?:[a-z]+ed|fell|went|hit|lost|got)"
    rf"(?:\s+(?!(?:{FATE}|{ONE_WORD}|and|but|who|that)\b)[a-z'’-]+){{0,8}}\s+(?:and|but)"
    r"(?=\s+(?:later\s+)?(?:died|drowned|was|suffered|sustained)\b)"
)
_PARENT = Pattern(r"\b((?:grand)?(?:mother|father)|mum|dad)[\s-]of[\s-][a-z]+\b", re.IGNORECASE)
_PRONOUN = Pattern(
    r"\b(?:he|she)(?=\s+(?:was|has|had|died|is|suffered|sustained)\b)", re.IGNORECASE
)
# "PC Ada Lovelace, 28, was killed"; not "Tom and Ada, 28, were".
_NAMED = Pattern(
    r"(?:^|(?<=[.;:]\s))(?:[A-Z][\w'’-]*\s+){1,4}[A-Z][\w'’-]+,\s(?:aged\s)?\d{1,3},"
    r"(?=\s+(?:was|is|has|had|died|suffered|sustained)\b)"
)


def of_one(quote: str) -> str:
    """The quote with those it tells of without an article, or by their body, as "a man was"."""
    quote = _TITLED.sub(r"a \g<who>", _KNOWN_AS.sub("A person", _BY_NAME.sub("A person", quote)))
    quote = _ANOTHER.sub("another person", quote)
    quote = _A_BODY.sub("a person was killed,", quote)
    quote = _WHO_WAS.sub("", _DID_BEFORE.sub("", quote))
    quote = _OF_AGE.sub("", _APPOSED.sub("", _NAMED.sub("A person", quote)))
    quote = _PRONOUN.sub("a person", _PARENT.sub(r"\1", quote))
    for pattern in (_BODY_OF, _BODY):
        quote = pattern.sub(lambda one: f"{one['who'].split(' who ')[0]} was killed,", quote)
    return quote


def headline(quote: str) -> str:
    """The quote with what a headline says of one person as a sentence; ages are gone from it."""
    return _HEADLINE.sub(_as_a_sentence, quote)


def _as_a_sentence(found: re.Match[str]) -> str:
    helper = "" if _OF_ITSELF.match(found["fate"]) else "was "
    return f"a {found['who']} {helper}{found['fate']}"
