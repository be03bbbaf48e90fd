"""Hedges: the phrases before or after a number that say how firmly it is stated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from factlog.claim import Hedge
from factlog.reading.hedge_words import (
    ADVERBS,
    AFTER,
    BEFORE,
    JUST_OVER,
    JUST_UNDER,
    LESS,
    MORE,
    PLAIN,
    Hedging,
    Phrases,
)
from factlog.reading.patterns import Pattern
from factlog.reading.text import Text, refusal

_WORD = Pattern(r"\s*(?:([a-z]+)(?:\.|(?![\w'$£€-]))|(>=|=>|<=|=<|[~≈=<>≥≤≲≳]))")
_CLOSING_WORD = Pattern(r"[\s,]*(?:([a-z]+)\.?(?![\w'-])|(\+(?!\s*[\d.])|-(?=plus|odd|ish|some)))")
_NUDGED = {MORE: JUST_OVER, LESS: JUST_UNDER}


class Opening(NamedTuple):
    """The hedges before a number: what they say, where they begin, where the number does."""

    hedgings: tuple[Hedging, ...]
    start: int
    end: int


def read_opening(text: Text, at: int) -> Opening:
    """Read the hedges that stand before a number; there may be none, or several."""
    low, end = text.low, at
    if at < len(low) and low[at].isdigit():
        return Opening((), at, at)
    found: list[Hedging] = []
    while (phrase := _phrase(low, end)) is not None:
        found.append(phrase[0])
        end = phrase[1]
        while end < len(low) and low[end] in " \n,:":
            end += 1
        if end < len(low) and low[end].isdigit():
            break
    return Opening(tuple(found), at, end)


def _phrase(low: str, at: int) -> tuple[Hedging, int] | None:
    """One hedge with the adverb before it: "just over", "well above"."""
    adverb = longest(ADVERBS, _WORD, low, at)
    hedge = None if adverb is None else longest(BEFORE, _WORD, low, adverb[1])
    if adverb is None or hedge is None:  # in "just 300" the word is no adverb
        return longest(BEFORE, _WORD, low, at)
    little = adverb[0] is not PLAIN
    return (_NUDGED.get(hedge[0], hedge[0]) if little else hedge[0]), hedge[1]


def longest(phrases: Phrases, word: Pattern, low: str, at: int) -> tuple[Hedging, int] | None:
    """The longest of the phrases that begins here, and where it ends."""
    said = ""
    found: tuple[Hedging, int] | None = None
    while (match := word.match(low, at)) is not None:
        said = f"{said} {match[match.lastindex or 0]}" if said else match[match.lastindex or 0]
        if said not in phrases:
            break
        at, hedging = match.end(), phrases[said]
        if hedging is not None:
            found = hedging, at
    return found


def read_closing(text: Text, at: int) -> tuple[Hedging, int] | None:
    """Read the hedge that stands behind a number, and where it ends, if there is one."""
    low = text.low
    if at >= len(low):
        return None
    aside = _ASIDE.match(low, at)
    found = _closing(low, at if aside is None else aside.end())
    if found is None or aside is None:
        return found
    shut = _SHUT.match(low, found[1])
    return None if shut is None else (found[0], shut.end())


_ASIDE = Pattern(r"(?:\s*+,)?+\s*+\(\s*")
_SHUT = Pattern(r"\s*\)")
_NUMBER_NEXT = Pattern(r"\s*(?:[\d.]*\d|than\b)")


def _closing(low: str, at: int) -> tuple[Hedging, int] | None:
    found = longest(AFTER, _CLOSING_WORD, low, at)
    if found is not None and _NUMBER_NEXT.match(low, found[1]):
        return None
    return found


_BOUNDS = (Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN)
LOWER = (Hedge.AT_LEAST, Hedge.MORE_THAN)


def bounds(hedging: Hedging) -> bool:
    """Whether the hedge bounds the number on one side."""
    return hedging.hedge in _BOUNDS


def together(text: Text, hedgings: Sequence[Hedging], start: int, end: int) -> Hedging:
    """What several hedges of one number come to: a bound before "about" before nothing."""
    if not hedgings:
        return PLAIN
    if len(hedgings) == 1:
        return hedgings[0]
    bounding = [hedging for hedging in hedgings if bounds(hedging)]
    if len({hedging.hedge in LOWER for hedging in bounding}) > 1:
        reason = "it is bounded from below and from above by one number"
        remedy = 'write one of them, or a range, for example: "at least 300" or "300 to 400"'
        raise refusal(text, reason, start, end, remedy=remedy)
    if bounding:
        return bounding[0]
    leaning = [hedging for hedging in hedgings if hedging.side is not None]
    about = [hedging for hedging in hedgings if hedging.hedge is Hedge.ABOUT]
    return next(iter(leaning or about), PLAIN)
