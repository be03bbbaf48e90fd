"""Things: the words after a number that say what was counted."""

from __future__ import annotations

import re
from functools import lru_cache

from factlog import units
from factlog.parsing import lexicon
from factlog.parsing.hedges import Hedging, read_closing
from factlog.parsing.number_words import MULTIPLIERS, ONE_WORD, PLURALS
from factlog.parsing.numerals import SHORT
from factlog.parsing.other_languages import refuse_behind, word_behind
from factlog.parsing.text import MONEY_SIGNS, Contradiction, Text, refusal, refuse_or_equal, short
from factlog.patterns import Pattern

_NUMBER_WORDS = "|".join([ONE_WORD, *MULTIPLIERS, *PLURALS, "several"])
STRAY = Pattern(
    rf"(?<![\w./-])[-+{MONEY_SIGNS}~<>≥≤±]*\d[\d.,]*(?:st|nd|rd|th)?(?![\w-])"
    rf"|(?<![\w-])(?:{_NUMBER_WORDS})(?![\w'-])"
)
_BUSY = Pattern(
    rf"[\d(\[±¼-¾⅐-⅞]|(?<![a-z])(?:{_NUMBER_WORDS}|half|third|quarter|few|couple|handful|none|nil"
    r"|nobody|no|give)(?![a-z])"
)
# Behind a noun these may be part of it: "300 tank tops", "12 sandwiches plus".
_PART_OF_NOUNS = ("odd", "ish", "plus", "tops", "max", "est")
_CLOSING = "|".join(
    re.escape(words).replace(r"\ ", r"\s+")
    for words in sorted(lexicon.words("hedge after"), key=len, reverse=True)
    if words[0].isalpha() and words not in _PART_OF_NOUNS
)
_SUFFIX = Pattern(rf"(?:\s*+,)?+\s++(?:{_CLOSING})\s*[.!]*\s*$")
_AMONG = Pattern(r"\s(?P<words>or\s(?:more|less|fewer|over))(?=\s[^\W\d])")
_ENDINGS = ("", ".", ",", ";", ":", "!")
_OPEN_ENDED = Pattern(r"\s*(?:to|or|and|of|but|than|-|—|~)[\s.]*$")
_OF = Pattern(r"\s*of\s+")
_COMPARED = Pattern(
    r"(?:times\s+(?:as\s+)?)?(?:more|fewer|less|higher|lower)(?![\w'-])|times\s+as\s+\w+"
    r"|(?:above|below)\s+(?:zero|freezing)\b"
)


_MONTHS = lexicon.either("month", "short month").lower()
_DATE = Pattern(rf"(?:{_MONTHS})\.?(?:,?\s+\d{{4}})?\s*$")


@lru_cache(maxsize=4096)
def quiet(tail: str) -> bool:
    """Whether the words behind a number hold no further number and no bracket."""
    return _BUSY.search(tail) is None


def closing_of_thing(text: Text, start: int, end: int) -> tuple[Hedging, int, str] | None:
    """The hedge that stands behind the thing: "300 people or more"; where it begins; its words."""
    at = _suffix(text.low[start:end])
    found = None if at is None else read_closing(text, start + at)
    if at is None or found is None:
        return None
    return found[0], start + at, text.given[start + at : found[1]].strip(" ,")


@lru_cache(maxsize=4096)
def _suffix(tail: str) -> int | None:
    match = _SUFFIX.search(tail)
    return None if match is None else match.start()


def read_thing(text: Text, start: int, end: int) -> str | None:
    """What was counted, from the words between two places; None if there are none."""
    words = text.given[start:end]
    plain = _plain_thing(words)
    if plain is not None:
        return plain
    at = start + len(words) - len(words.lstrip())
    words = words.strip()
    if words in _ENDINGS:
        return None
    refuse_or_equal(text, start)
    refuse_behind(text, start, end)
    if _MM.match(words):
        remedy = 'write "300 million" or "300 mm"'
        reason = "MM could be millions or millimetres"
        raise refusal(text, reason, at, at + 2, remedy=remedy, kind=Contradiction)
    if bound := _AMONG.search(words):  # not to be read without it
        reason = f'"{bound["words"]}" stands among the words for what is counted'
        remedy = f'write it beside the number, for example: "40 {bound["words"]} people injured"'
        raise refusal(text, reason, at + bound.start("words"), at + bound.end(), remedy=remedy)
    of = _OF.match(text.low, start, end)
    if of is not None:
        at = of.end()
        words = text.given[at:end].strip()
    words = words.rstrip(".,;:!").rstrip()
    if _OPEN_ENDED.fullmatch(text.low, start, end) or not _nameable(text, start, at, words):
        raise _not_understood(text, at, end)
    if (dangling := _DANGLING.search(text.low, at, end)) is not None:
        raise refusal(text, "something is missing behind the last word", *dangling.span())
    _refuse_comparison(text, at, end)
    rate = _ON_SO_MANY.match(words)
    if rate and not text.low[start - 1].isalpha() and not units.find(rate["word"] or ""):
        remedy = 'write a share ("0.3%"), or name what is counted: "3 cases per 1,000"'
        raise refusal(text, f'"{rate[0]}" is no thing', at, at + rate.end(), remedy=remedy)
    if not quiet(text.low[at:end]) and (stray := _stray(text.low, at, end)) is not None:
        raise _two_numbers(text, stray)
    return " ".join(words.split())


@lru_cache(maxsize=4096)
def _plain_thing(words: str) -> str | None:
    """The thing in words that nothing is unusual about; None sends them through every check."""
    low = words.lower()
    if not low.startswith(" ") or not quiet(low) or not words[1:2].isalpha():
        return None
    if _OF.match(low) or _OPEN_ENDED.fullmatch(low) or _COMPARED.match(low.lstrip()):
        return None
    if (
        words[-1] in _UNFINISHED
        or _MM.match(words)
        or _DATE.match(low.lstrip())
        or _DANGLING.search(low)
    ):
        return None
    if low.startswith(" or equal") or word_behind(low) is not None:
        return None
    return " ".join(words.rstrip(".,;:! ").split())


_MM = Pattern(r"\s*MM(?![\w-])")
_DANGLING = Pattern(r"\b(?:and|or|but|of|to|than|between|from)[.,\s]*$")
_UNFINISHED = frozenset("/*=+-^&@#$~<>|\\")


def _nameable(text: Text, start: int, at: int, words: str) -> bool:
    """Whether the words can name a thing; those of 300abc hang on the digits before them."""
    if not words or not (words[0].isalpha() or words[0] in "\"'“‘«") or words[-1] in _UNFINISHED:
        return False
    return at > start or not text.low[start - 1 : start].isalnum()


def _refuse_comparison(text: Text, at: int, end: int) -> None:
    if _DATE.match(text.low, at, end):
        remedy = "give dates with --as-of or --published"
        raise refusal(text, "this looks like a date", 0, end, remedy=remedy)
    match = _COMPARED.match(text.low, at, end)
    if match is None:
        return
    said = short(text.given[at : match.end()].strip())
    reason = f'"{said}" sets the number against another one'
    remedy = "write the number itself, with a minus if it is below zero"
    raise refusal(text, reason, at, match.end(), remedy=remedy)


# "5 to 7 per 1,000": "3 per 1,000" is read as the share it is, "2 per 100 km" as a rate.
_ON_SO_MANY = Pattern(r"per\s+(?:every\s+)?\d[\d.,]*(?:\s+(?P<word>[^\W\d]+))?")
_PER = Pattern(r"(?<!\w)per\s+(?:every\s+)?$")


def _stray(low: str, at: int, end: int) -> re.Match[str] | None:
    """Another number among the words; the 100,000 of "cases per 100,000 people" is none."""
    strays = STRAY.finditer(low, at, end)
    return next((stray for stray in strays if not _PER.search(low, at, stray.start())), None)


_YEAR = Pattern(r"(?:1[89]|20)\d\d")


def _two_numbers(text: Text, stray: re.Match[str]) -> Exception:
    remedy = 'write one value at a time, or join them: "300 killed and 2,700 injured"'
    if _YEAR.fullmatch(stray[0]):
        remedy = "give the date with --as-of and leave it out here"
    return refusal(text, "there are two numbers", *stray.span(), remedy=remedy)


_ADJECTIVES = lexicon.words("unit or other word", "adjective")


def refuse_units(text: Text, thing: str, start: int, end: int) -> None:
    """Refuse "5 km kg" and "300 k k": a thing, after a unit or scale, of nothing but those."""
    words = thing.split()
    if words[0] in _ADJECTIVES or not all(w.lower() in SHORT or units.find(w) for w in words):
        return
    reason = f'"{short(thing)}" is one more unit or scale'
    remedy = "write one unit behind the number, for example: 5 km; a product as N·m or kg/m2"
    raise refusal(text, reason, start, end, remedy=remedy)


_SLASHED_DATE = Pattern(r"/\d\d?/\d\d")
_CALCULATING = ("**", "^", "*", "×", "÷", "/", "+")


def _not_understood(text: Text, at: int, end: int) -> Exception:
    """Say what is wrong with signs that no value ends in."""
    rest = text.low[at:end].strip()
    shown = short(text.given[at:end].strip())
    if rest.startswith(".."):
        return refusal(text, "a number cannot end in two points", at, at + 2)
    if _SLASHED_DATE.match(rest):
        remedy = "give dates with --as-of or --published"
        return refusal(text, "this looks like a date", 0, end, remedy=remedy)
    if rest.startswith(_CALCULATING):
        reason = "factlog reads numbers and does not calculate"
        return refusal(text, reason, at, end, remedy="write the result")
    if rest in ("-", "—", "to", "or", "~"):
        remedy = 'write both ends, for example: "300 to 400"; or "at least 300"'
        return refusal(text, "the range has no second end", at, end, remedy=remedy)
    if rest[:1].isdecimal():
        remedy = "write one value at a time"
        return refusal(text, "two numbers stand side by side", at, end, remedy=remedy)
    return refusal(text, f'"{shown}" behind the number is not understood', at, end)
