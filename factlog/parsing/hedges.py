"""Hedges: the phrases before or after a number that say how firmly it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factlog.claim import Hedge, Leaning
from factlog.parsing.text import Pattern, Text, refusal


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

_COMPARATIVES = [
    "more",
    "greater",
    "higher",
    "larger",
    "bigger",
    "longer",
    "taller",
    "heavier",
    "older",
    "faster",
    "wider",
    "deeper",
    "further",
    "farther",
    "stronger",
]
_DIMINUTIVES = [
    "less",
    "fewer",
    "lower",
    "smaller",
    "shorter",
    "lighter",
    "younger",
    "slower",
    "narrower",
    "shallower",
    "weaker",
]


def _each(pattern: str, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(pattern.format(word) for word in words)


_BEFORE: dict[Hedging, tuple[str, ...]] = {
    PLAIN: (
        "exactly", "precisely", "just", "only", "a total of", "total of", "a mere", "a full",
        "=", "equal to", "best estimate", "best estimate of", "a best estimate of", "the", "all",
        "all the", "all of the",
    ),
    ABOUT: (
        "about", "around", "approximately", "approx", "appx", "roughly", "circa", "ca", "c",
        "some", "an estimated", "estimated at", "estimated to be", "estimated", "est",
        "an estimate of", "close to", "near to", "near", "in the region of",
        "in the neighborhood of", "in the neighbourhood of", "in the vicinity of",
        "in the order of", "on the order of", "of the order of", "in the ballpark of",
        "somewhere around", "somewhere near", "somewhere in the region of", "something like",
        "more or less", "give or take", "an approximate", "approximate", "perhaps", "maybe",
        "possibly", "round about", "roundabout", "round", "just about", "abt", "not far from",
        "not far off", "hovering around", "~", "≈",
    ),
    NEARLY: (
        "nearly", "almost", "approaching", "nearing", "close on", "virtually", "practically",
        "getting on for", "not far short of", "verging on", "bordering on",
    ),
    AT_LEAST: (
        "at least", "at the least", "at the very least", "at a minimum", "at minimum",
        "a minimum of", "minimum of", "a minimum", "minimum", "min", "min of", "upwards of",
        "upward of", "a lower bound of", "a floor of",
        "not below", "not under", "no under", "as few as", "as little as", "as low as",
        *_each("no {} than", _DIMINUTIVES), *_each("not {} than", _DIMINUTIVES),
        *_each("{} than or equal to", _COMPARATIVES), ">=", "=>", "≥", "≳",
    ),
    MORE: (
        "over", "above", "exceeding", "exceeds", "exceeded", "surpassing", "surpassed",
        "in excess of", "north of", "beyond", "topping", *_each("{} than", _COMPARATIVES), ">",
    ),
    AT_MOST: (
        "at most", "at the most", "at the very most", "up to", "upto", "as many as",
        "as much as", "as high as", "no over", "not above", "not over", "not exceeding",
        "not to exceed", "does not exceed", "never more than", "a maximum of", "maximum of",
        "at a maximum", "at maximum", "a maximum", "maximum", "max", "max of", "capped at",
        "an upper bound of", "a ceiling of", *_each("no {} than", _COMPARATIVES),
        *_each("not {} than", _COMPARATIVES),
        *_each("{} than or equal to", _DIMINUTIVES), "<=", "=<", "≤", "≲",
    ),
    LESS: (
        "under", "below", "short of", "shy of", "south of", "up to but not including",
        *_each("{} than", _DIMINUTIVES), "<",
    ),
    JUST_UNDER: ("not quite", "not even"),
}  # fmt: skip

_AFTER: dict[Hedging, tuple[str, ...]] = {
    PLAIN: ("exactly", "precisely", "in total", "in all"),
    ABOUT: (
        "or so", "or thereabouts", "or thereabout", "thereabouts", "give or take", "more or less",
        "- odd", "odd", "- ish", "ish", "- some", "approx", "approximately", "roughly", "est",
        "estimated",
    ),
    AT_LEAST: (
        "or more", "and more", "or over", "and over", "or above", "and above", "or higher",
        "and higher", "or greater", "or upwards", "and upwards", "upwards", "and up", "or up",
        "or better", "or larger", "or upward", "and upward", "upward", "or even more",
        "or possibly more", "or perhaps more", "and possibly more", "and perhaps more",
        "possibly more", "perhaps more", "maybe more", "if not more", "- plus", "plus", "+",
        "minimum", "as a minimum", "and counting", "and rising",
        "and climbing", "and growing", "at least", "at the least", "at the very least",
        "at a minimum", "at minimum",
    ),
    AT_MOST: (
        "or less", "or fewer", "or under", "and under", "or below", "and below", "or lower",
        "and less", "and fewer", "at most", "at the most", "at the very most", "at a maximum",
        "at maximum", "as a maximum", "maximum", "max", "tops", "or smaller", "or even fewer",
        "or possibly fewer", "or possibly less", "possibly fewer", "possibly less", "if not fewer",
    ),
}  # fmt: skip

# Adverbs before a bound: of the first "just over" is said, the second change nothing.
_ADVERBS: dict[Hedging, tuple[str, ...]] = {
    ABOUT: (
        "just", "only just", "just a little", "just slightly", "slightly", "a little",
        "a little bit", "a bit", "a shade", "marginally", "fractionally", "barely", "narrowly",
        "a fraction", "a tad", "a touch", "a hair", "little",
    ),
    PLAIN: (
        "well", "far", "way", "much", "many", "significantly", "substantially", "considerably",
        "comfortably", "easily", "clearly", "quite a bit", "a lot", "a good deal", "always",
        "still", "only", "somewhere", "something", "anywhere", "anything",
    ),
}  # fmt: skip


# A phrase and what it says; None for words that only begin one.
Phrases = Mapping[str, Hedging | None]


def _phrases(groups: Mapping[Hedging, Iterable[str]]) -> Phrases:
    table: dict[str, Hedging | None] = {}
    for hedging, group in groups.items():
        for phrase in group:
            words = phrase.split()
            for count in range(1, len(words)):
                table.setdefault(" ".join(words[:count]), None)
            table[phrase] = hedging
    return table


BEFORE = _phrases(_BEFORE)
AFTER = _phrases(_AFTER)
ADVERBS = _phrases(_ADVERBS)


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
