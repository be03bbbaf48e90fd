"""Whether a number of a quote is of something else: the 17 of "12 killed and 17 injured"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from factlog.claim import Claim
from factlog.extraction import language, numbers, pipeline, told_by_noun
from factlog.extraction.counted import FATE, deed_of, fate_of
from factlog.extraction.proposal import Proposal
from factlog.parsing import lexicon
from factlog.patterns import Pattern

# What may be told of the same people: who was arrested was detained.
_ALIKE = (
    frozenset(("injured", "hospitalised", "infected")),
    frozenset(("missing", "trapped", "abducted")),
    frozenset(("captured", "arrested", "detained", "charged", "abducted", "released")),
    frozenset(("displaced", "evacuated", "homeless", "rescued", "released")),
)
_TOLLS = frozenset(lexicon.meanings("fate").values()) - {"casualties", "lost", "deployed"}
_OF_PEOPLE = frozenset(("killed", "injured", "arrested", "detained", "hospitalised", "abducted"))
_PIECE = lexicon.either("counted in pieces")
_PIECES = Pattern(rf"\s+(?:(?:{lexicon.either('adjective')})\s+)?(?:{_PIECE})\b(?!['’])")
_NAMES_PIECES = re.compile(rf"\b(?:{_PIECE})\b")
_LONGEST, _REACH = 2_000, 200  # signs of a quote that is read for this, and behind a number
# The words beside a number say so.
_RULES = (
    "number, what befell them",
    "number, noun",
    "deed, number",
    "noun reaches number",
    "noun, rose to number",
    "noun, verb, number",
)
_WORDS = rf"\b(?:(?P<fate>{FATE})|(?P<deed>{lexicon.either('deed of')}))"
_TOLD = Pattern(rf"{_WORDS}\b", re.IGNORECASE)
_NEXT_DEED = Pattern(rf"\band\s+(?:{FATE})\s+$", re.IGNORECASE)
# Who was fatally wounded died; so did those of "5 fatal injuries".
_FATAL = Pattern(r"[^.;\d]*?\bfatal(?:ly|\s+(?:injur|wound))")
# "Killed: 17", "the dead were 17 men injured on Monday".
_LABELLED = Pattern(
    rf"(?:{_WORDS}(?:\s+were)?[\s:=–—(-]*|\b(?:the|those)\s+(?P<the>{FATE})\s[^\d.,;]{{0,40}})$",
    re.IGNORECASE,
)


def spans(quote: str, claim: Claim) -> tuple[range, ...]:
    """Where the numbers of a quote stand that are of another toll, or of things: of no claim."""
    measure = told_by_noun.measure_of(claim)
    things = _of_things(quote, claim) if measure in _OF_PEOPLE else ()
    return (*things, *(each.place for each in _other_tolls(quote, measure)))


def _of_things(quote: str, claim: Claim) -> Iterator[range]:
    """As in "17 missiles killed many", of a claim that counts people."""
    if _NAMES_PIECES.search(quote) and not _NAMES_PIECES.search(claim.thing or ""):
        for found in numbers.find(quote):
            if _PIECES.match(numbers.tail(quote, found)):
                yield range(found.start, found.end)


def stands_for(claim: Claim) -> str | None:
    """The measure that the number of a claim stands for in its quote, where that is another."""
    quote = " ".join((claim.statement.quote or "").split())
    tolls = _other_tolls(quote, told_by_noun.measure_of(claim))
    best = claim.estimate.best
    return next((each.measure for each in tolls if best is not None and each.best == best), None)


class _Toll(NamedTuple):
    """A toll of a quote: where it stands, and whatever measures are told beside it."""

    place: range
    measure: str
    told: frozenset[str]
    best: Decimal | None


def _other_tolls(quote: str, measure: str) -> Iterator[_Toll]:
    if measure not in _TOLLS or _named(_TOLD.finditer(quote)) <= {measure}:
        return
    if len(quote) > _LONGEST or language.guess(quote) not in (None, language.ENGLISH):
        return
    for each in _tolls(quote):
        alike = any({measure, each.measure} <= group for group in _ALIKE)
        if each.measure != measure and measure not in each.told and not alike:
            yield each


@lru_cache(maxsize=1024)
def _tolls(quote: str) -> tuple[_Toll, ...]:
    return tuple(_read(quote, [*pipeline.extract(quote, language=language.ENGLISH)]))


def _read(quote: str, found: Sequence[Proposal]) -> Iterator[_Toll]:
    starts = [each.at or 0 for each in found]
    for each in found:
        if each.measure not in _TOLLS or not (each.rules and each.rules[0].startswith(_RULES)):
            continue
        at = each.at or 0
        end = at + len(each.text)
        behind = quote[end : min([start for start in starts if start >= end], default=end + _REACH)]
        if behind.startswith(",") and each.rules[0].startswith(_RULES[0]):
            continue  # "killed: 17, injured: 30"
        if each.rules[0].startswith("deed"):  # "killed three and wounded 11"
            behind = _NEXT_DEED.sub("", behind)
        told = set(_named(_TOLD.finditer(behind)))
        if before := _LABELLED.search(quote[max(0, at - 80) : at]):
            told |= {fate_of(before["the"])} if before["the"] else _named([before])
        if _FATAL.match(behind):
            told.add("killed")
        yield _Toll(range(at, end), each.measure, frozenset(told), each.estimate.best)


def _named(words: Iterable[re.Match[str]]) -> frozenset[str]:
    """The measures these words are for."""
    return frozenset(fate_of(one["fate"]) if one["fate"] else deed_of(one["deed"]) for one in words)
