"""The phrases that hedge a number, and what each one says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from factlog.claim import Hedge, Leaning


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
