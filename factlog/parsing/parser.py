"""What a person typed, as one figure or several, each with what was counted.

The forms that most claims have are read in one step; they read the same in the full grammar.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.parsing.amounts import Amount
from factlog.parsing.estimates import Value, figure_of, one_number, read_value
from factlog.parsing.hedges import BEFORE, PLAIN, Hedging
from factlog.parsing.other_languages import before_number
from factlog.parsing.text import ENGLISH, Text, prepare, refusal, short, signs_of
from factlog.parsing.things import quiet
from factlog.parsing.unit_words import column_of
from factlog.patterns import Pattern

_NUMBER = r"([1-9]\d{0,2}(?:,\d{3}){1,5}|[1-9]\d{0,20})"
_FORM = Pattern(rf"(?:([a-z]{{2,8}}(?: [a-z]{{2,5}})?) )?{_NUMBER}(?: to {_NUMBER})?", re.ASCII)

_HEDGES = {
    words: said
    for words, said in BEFORE.items()
    if said is not None and said.side is None and said is not PLAIN
}


def usual(text: str) -> Figure | None:
    """The figure of a bare number, one behind a hedge of a word or two, or a range; else None."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    words, first, second = found.groups()
    number = Decimal(first.replace(",", ""))
    if second is not None:
        return None if words else _range(text, first, number, second)
    if words is None:
        return Figure(text, Estimate(Hedge.EXACT, best=number))
    hedge = _HEDGES.get(words)
    return None if hedge is None else Figure(text, one_number(number, hedge))


def _range(text: str, first: str, low: Decimal, second: str) -> Figure | None:
    """A range whose ends are written alike, the lower one first."""
    high = Decimal(second.replace(",", ""))
    if low >= high or len(first) < 3:  # "2 to 3,000" may be short for thousands
        return None
    return Figure(text, Estimate(Hedge.RANGE, low, None, high))


_COUNTED = lexicon.words("counted")
_PLAIN = Pattern(r"\d{1,60}(?:\.(?:\d{1,2}|\d{4,60}))?", re.ASCII)


def read(text: str, *, unit: str | None = None, locale: str | None = None) -> Figure:
    """Read words that state one number: "around 300", "2.5 km", "12,000 troops".

    `unit` is the unit column beside a value; "people" there is what was counted, no unit.
    Two numbers are refused.
    """
    if unit is None and locale is None and _PLAIN.fullmatch(text):
        return Figure(text, Estimate(Hedge.EXACT, best=Decimal(text)))
    if unit is None and locale is None and (figure := usual(text)) is not None:
        return figure
    if unit is None and (late := _BEHIND_WORDS.fullmatch(text)) and _no_hedge(late[1]):
        raise _not_understood(prepare(text, signs_of(locale)), late.start(2))
    figures = read_all(text, unit=unit, locale=locale)
    if len(figures) > 1:
        ready = prepare(text, signs_of(locale))
        second = read_value(ready, 0)
        at = second.end if second is not None else 0
        reason = _two(figures[0], figures[1])
        remedy = "write one value at a time"
        raise refusal(ready, reason, at, remedy=remedy)
    return figures[0]


def read_all(
    text: str, *, unit: str | None = None, locale: str | None = None
) -> tuple[Figure, ...]:
    """Read words that state one number or several: "around 300 killed and 2,700 injured".

    The hedge before the first carries to those that have none.
    """
    ready = prepare(text, signs_of(locale), column_of(text, unit))
    value = read_value(ready, 0)
    if value is None:
        raise nothing_here(ready)
    figures: list[Figure] = []
    carried: tuple[Hedging, ...] = ()
    words = ""
    while value is not None:
        what = value.what
        # A hedge carries from one number to the next: only to a plain number.
        plain = isinstance(what, Amount) and not what.vague and value.both is None
        taken = carried if plain and not value.hedgings else ()
        following, stop = _next(ready, value.end)
        figures.append(figure_of(ready, value, taken, stop, words if taken else ""))
        if value.hedgings:
            carried = value.hedgings if value.carries else ()
            words = text[value.start : value.number].strip() if value.carries else ""
        if len(figures) > 1 and not all(f.thing or f.estimate.unit for f in figures):
            reason = _two(figures[0], figures[-1])
            remedy = 'write one at a time, or say what each counts: "300 killed and 2,700 injured"'
            raise refusal(ready, reason, value.start, value.end, remedy=remedy)
        value = following
    return tuple(map(_counting, figures) if unit in _COUNTED else figures)


def _counting(figure: Figure) -> Figure:
    """A figure whose unit column says what was counted, "people", which is no unit."""
    if figure.thing is None:  # "37m" of people is 37 million, which its words have to say
        unit = figure.estimate.unit or ""
        return read(f"{figure.said.removesuffix(unit)} {unit}")
    return replace(figure, estimate=replace(figure.estimate, unit=None))


def _two(one: Figure, other: Figure) -> str:
    return f"there are two numbers, {short(one.said)} and {short(other.said)}"


_CONNECTOR = Pattern(
    r"(?:\s*[,;&]\s*|\s+\+\s+|\s+(?=and|plus|as|with|while|but|along))"
    r"(?:(?:and|plus|as\s+well\s+as|with|while|but|along\s+with)\s+)?"
    r"(?:(?:another|a\s+further|an\s+additional|a\s+total\s+of)\s+)?"
)


def _next(text: Text, at: int) -> tuple[Value | None, int]:
    """The next value after a connecting word, and where the words before it stop."""
    if quiet(text.low[at:]):
        return None, len(text.low)
    for match in _CONNECTOR.finditer(text.low, at):
        value = read_value(text, match.end())
        if value is not None:
            return value, match.start()
    return None, len(text.low)


_UNKNOWN = lexicon.words("unknown")
_MANY = lexicon.words("many")
_PLACES = Pattern(r"(?<=\s)(?=[\w$€£¥~<>≥≤(\[.+-])")
_MONEY_IN_BRACKETS = Pattern(r"[^\d(]{1,4}\([^\d()]{0,4}\d")  # "$(1,200)", "USD (1,200)"
_KNOWN = "about, nearly, at least, more than, at most, fewer than"


def nothing_here(text: Text) -> Exception:
    """The refusal for words in which no value begins."""
    low = text.low.strip()
    if not low:
        return refusal(text, "it is empty", 0, 0)
    if low in _UNKNOWN:
        remedy = "leave out a number that nobody stated; write for example: 12"
        return refusal(text, "it states no number", 0, remedy=remedy)
    if low[0] == "(" or _MONEY_IN_BRACKETS.match(low):
        remedy = "write it without brackets, with a minus if it is negative"
        reason = "a number in brackets could be negative or an aside"
        return refusal(text, reason, 0, remedy=remedy)
    if (digit := _DIGIT.search(text.low)) and (other := before_number(text, digit.start())):
        return other
    return _late(text) or _no_number(text, low.split()[0])


_DIGIT = Pattern(r"\d")


def _late(text: Text) -> Exception | None:
    """The refusal for words before a number that are no hedge: "barely 300"."""
    if not any(character.isdigit() for character in text.low):
        return None
    for place in _PLACES.finditer(text.low):
        value = read_value(text, place.start())
        if value is not None:
            return _not_understood(text, place.start())
    return None


def _not_understood(text: Text, number: int) -> Exception:
    if (other := before_number(text, number)) is not None:
        return other
    reason = f'"{short(text.given[:number].strip())}" before the number is not understood'
    remedy = f"leave it out, or write a hedge: {_KNOWN}"
    return refusal(text, reason, 0, number, remedy=remedy)


# A column that was mapped by mistake refuses every row of a file alike: "page 12", "page 13".
_BEHIND_WORDS = Pattern(r"([a-z]{2,40}) (\d{1,60})", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=1000)
def _no_hedge(word: str) -> bool:
    """Whether nothing that can be read begins with this word, whatever number follows it."""
    try:
        return word.lower() not in _UNKNOWN and read_value(prepare(f"{word} 7", ENGLISH), 0) is None
    except ReadingError:
        return False


def _no_number(text: Text, word: str) -> Exception:
    if word in _MANY:
        start = text.low.index(word)
        return refusal(text, f'"{word}" gives no number', start, start + len(word))
    return refusal(text, "it holds no number", 0)
