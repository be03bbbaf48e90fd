"""Reading: the words of a value, in English or another language, as one figure or several."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError
from factlog.parsing import foreign, languages, lexicon
from factlog.parsing.estimates import read_value
from factlog.parsing.other_languages import ForeignWord
from factlog.parsing.parser import UNKNOWN, figures, not_understood, two_numbers, usual
from factlog.parsing.text import ENGLISH, Text, prepare, refusal, signs_of
from factlog.parsing.unit_words import column_of
from factlog.patterns import Pattern

_COUNTED = lexicon.words("counted")
_PLAIN = Pattern(r"\d{1,60}(?:\.(?:\d{1,2}|\d{4,60}))?", re.ASCII)


def read(
    text: str,
    *,
    unit: str | None = None,
    locale: str | None = None,
    language: str | None = None,
) -> Figure:
    """Read words that state one number: "around 300", "2.5 km", "12,000 troops".

    `unit` is the unit column beside a value, where "people" is what was counted; `language` is
    the code of the language of the words, which is English, or plain from the words, where none
    is given. Two numbers are refused.
    """
    english = language is None or language == "en"
    if unit is None and locale is None and english and (figure := at_once(text)) is not None:
        return figure
    late = _BEHIND_WORDS.fullmatch(text) if unit is None and english else None
    if late is not None and _no_hedge(late[1]):
        error = not_understood(prepare(text, signs_of(locale)), late.start(2))
        if not isinstance(error, ForeignWord):
            raise error
    found = _every(text, unit, locale, language)
    if len(found) > 1:
        ready = prepare(text, signs_of(locale))
        second = read_value(ready, 0)
        at = second.end if second is not None else 0
        reason = two_numbers(found[0], found[1])
        raise refusal(ready, reason, at, remedy="write one value at a time")
    return found[0]


def at_once(text: str) -> Figure | None:
    """The figure of one of the forms that most claims have, which read the same in the grammar.

    None of other words, and of those that are beside a unit, a locale or another language.
    """
    return _short(text) if len(text) <= _LONGEST else None


_LONGEST = 130  # characters that one of those forms can have


@lru_cache(maxsize=5_000)  # figures repeat, and each is read as a cell and again as a claim's words
def _short(text: str) -> Figure | None:
    if text[:1].isdigit() and _PLAIN.fullmatch(text):
        return Figure(text, Estimate(Hedge.EXACT, best=Decimal(text)))
    return usual(text)


def read_all(
    text: str,
    *,
    unit: str | None = None,
    locale: str | None = None,
    language: str | None = None,
) -> tuple[Figure, ...]:
    """Read words that state one number or several: "around 300 killed and 2,700 injured"."""
    if unit is None and locale is None and language in (None, "en"):
        figure = at_once(text)
        if figure is not None:
            return (figure,)
    return _every(text, unit, locale, language)


def _every(
    text: str, unit: str | None, locale: str | None, language: str | None
) -> tuple[Figure, ...]:
    """The figures in the words; "people" in the unit column is what each counts."""
    found = _all(text, unit, locale, language)
    if unit in _COUNTED:
        return tuple(_counting(each, locale, text.isascii() and not language) for each in found)
    return found


def _counting(figure: Figure, locale: str | None, again: bool) -> Figure:
    """A figure whose unit column says what was counted, "people", which is no unit."""
    unit = figure.estimate.unit or ""
    if figure.thing is None and again:  # "37m" of people is 37 million, as its words have to say
        return read(f"{figure.said.removesuffix(unit)} {unit}", locale=locale)
    return replace(
        figure, estimate=replace(figure.estimate, unit=None), thing=figure.thing or unit or None
    )


def _all(
    text: str, unit: str | None, locale: str | None, language: str | None
) -> tuple[Figure, ...]:
    column = column_of(text, unit)
    spoken = None if language is None else languages.find(language)
    if spoken is not None:
        return foreign.read_in(prepare(text, foreign.signs(spoken, locale), column), spoken)
    ready = prepare(text, signs_of(locale), column)
    if language is None and not text.isascii() and (codes := foreign.script_of(text)):
        return _guessed(ready, codes, locale)
    try:
        found = figures(ready)
    except ForeignWord as error:
        if language is None and (guessed := foreign.read_named(text, error, locale, column)):
            return guessed
        raise
    if language is None and any(each.thing and _FRENCH.match(each.thing) for each in found):
        return _of_money(text, locale, column) or found
    return found


# "200 milliards d'euros", whose words for the number are English too.
_FRENCH = Pattern(r"d(?:['’]|es? )\w", re.IGNORECASE)


def _of_money(text: str, locale: str | None, column: str | None) -> tuple[Figure, ...] | None:
    """The figures in a text in French, if all have a unit then."""
    try:
        found = foreign.read_guessed(text, ("fr",), locale, column)
    except ReadingError:
        return None
    return found if found and all(each.estimate.unit for each in found) else None


def _guessed(ready: Text, codes: tuple[str, ...], locale: str | None) -> tuple[Figure, ...]:
    """The figures in a text in the letters of these languages, or in English with names in them."""
    refused: ReadingError | None = None
    try:
        if guessed := foreign.read_guessed(ready.given, codes, locale, ready.column):
            return guessed
    except ReadingError as error:
        refused = error
    try:
        found = figures(ready)
    except ReadingError as error:
        foreign_word = isinstance(error, ForeignWord) and not (refused and refused.choices)
        raise (None if foreign_word else refused) or error from None
    if refused is not None:
        raise refused
    return found


# A column that was mapped by mistake refuses every row of a file alike: "page 12", "page 13".
_BEHIND_WORDS = Pattern(r"([a-z]{2,40}) (\d{1,60})", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=1000)
def _no_hedge(word: str) -> bool:
    """Whether nothing that can be read begins with this word, whatever number follows it."""
    try:
        return word.lower() not in UNKNOWN and read_value(prepare(f"{word} 7", ENGLISH), 0) is None
    except ReadingError:
        return False
