"""Hedges: the phrases before or after a number that say how firmly it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factlog.claim import Hedge, Leaning
from factlog.parsing import lexicon
from factlog.parsing.text import Contradiction, Text, refusal
from factlog.patterns import Pattern


class Hedging(NamedTuple):
    """How a number is hedged, and which way it leans."""

    hedge: Hedge
    side: Leaning | None = None


PLAIN = Hedging(Hedge.EXACT)
ABOUT = Hedging(Hedge.ABOUT)
NEARLY = Hedging(Hedge.ABOUT, Leaning.BELOW)
AT_LEAST = Hedging(Hedge.AT_LEAST)
MORE = Hedging(Hedge.MORE_THAN)
JUST_OVER = Hedging(Hedge.MORE_THAN, Leaning.ABOVE)
AT_MOST = Hedging(Hedge.AT_MOST)
LESS = Hedging(Hedge.LESS_THAN)
JUST_UNDER = Hedging(Hedge.LESS_THAN, Leaning.BELOW)

# What the lexicon says of a hedge.
_MEANINGS = {
    "exact": PLAIN,
    "about": ABOUT,
    "about, leaning below": NEARLY,
    "at least": AT_LEAST,
    "more than": MORE,
    "at most": AT_MOST,
    "less than": LESS,
    "less than, leaning below": JUST_UNDER,
    "just": ABOUT,  # of an adverb before a bound: "just over" is close to it
    "-": PLAIN,  # of an adverb that changes nothing: "well over"
}


# A phrase and what it says; None for words that only begin one.
Phrases = Mapping[str, Hedging | None]


def _phrases(*kinds: str) -> Phrases:
    table: dict[str, Hedging | None] = {}
    for kind in kinds:
        for given, meaning in lexicon.meanings(kind).items():
            for phrase in _each(given):
                words = phrase.split()
                for count in range(1, len(words)):
                    table.setdefault(" ".join(words[:count]), None)
                table[phrase] = _MEANINGS[meaning]
    return table


def _each(phrase: str) -> Iterable[str]:
    """The phrases meant by one with "{more}" or "{less}" in it: "no fewer than" and so on."""
    if "{" not in phrase:
        return (phrase,)
    before, sign, after = phrase.replace("}", "{").split("{")
    return (f"{before}{word}{after}" for word in lexicon.words("comparative", sign))


BEFORE = _phrases("hedge before", "hedge only typed")
AFTER = _phrases("hedge after")
ADVERBS = _phrases("adverb")


_WORD = Pattern(r"\s*(?:([a-z]+(?:n't)?)(?:\.|(?![\w'$£€-]))|(>=|=>|<=|=<|[~≈=<>≥≤≲≳]))")
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
        raise refusal(text, reason, start, end, remedy=remedy, kind=Contradiction)
    if bounding:
        return bounding[0]
    leaning = [hedging for hedging in hedgings if hedging.side is not None]
    about = [hedging for hedging in hedgings if hedging.hedge is Hedge.ABOUT]
    return next(iter(leaning or about), PLAIN)
