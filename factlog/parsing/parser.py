"""What a person typed, as one figure or several, each with what was counted.

The forms that most claims have are read in one step; they read the same in the full grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge
from factlog.parsing import lexicon
from factlog.parsing.amounts import Amount
from factlog.parsing.estimates import Value, figure_of, one_number, read_value
from factlog.parsing.hedges import BEFORE, PLAIN, Hedging
from factlog.parsing.other_languages import before_number
from factlog.parsing.text import MONEY_SIGNS, Text, refusal, short
from factlog.parsing.things import quiet
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


def figures(ready: Text, places: list[tuple[Value, int]] | None = None) -> tuple[Figure, ...]:
    """The figures in a text; the hedge before the first carries to those that have none.

    `places` is filled with the value of each, and the place where its words stop.
    """
    value = read_value(ready, 0)
    if value is None:
        raise nothing_here(ready)
    found: list[Figure] = []
    carried: tuple[Hedging, ...] = ()
    words = ""
    while value is not None:
        what = value.what
        # A hedge carries from one number to the next: only to a plain number.
        plain = isinstance(what, Amount) and not what.vague and value.both is None
        taken = carried if plain and not value.hedgings else ()
        following, stop = _next(ready, value.end)
        figure = figure_of(ready, value, taken, stop, words if taken else "")
        found.append(figure)
        if places is not None:
            places.append((value, stop))
        if value.hedgings:
            carried = value.hedgings if value.carries else ()
            words = ready.given[value.start : value.number].strip() if value.carries else ""
        if len(found) > 1 and not all(f.thing or f.estimate.unit for f in found):
            reason = two_numbers(found[0], figure)
            remedy = 'write one at a time, or say what each counts: "300 killed and 2,700 injured"'
            raise refusal(ready, reason, value.start, value.end, remedy=remedy)
        value = following
    return tuple(found)


def two_numbers(one: Figure, other: Figure) -> str:
    """Say that there are two figures where one is wanted."""
    return f"there are two numbers, {short(one.said)} and {short(other.said)}"


_CONNECTOR = Pattern(
    r"(?:\s*(?:[;&]|,(?!\d)|(?<!\d),)\s*|\s+\+\s+|\s+(?=and|plus|as|with|while|but|along))"
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


UNKNOWN = lexicon.words("unknown")
_MANY = lexicon.words("many")
_PLACES = Pattern(rf"(?:(?<=[\s…])|(?<=\.\.\.))(?=[\w{MONEY_SIGNS}~<>≥≤(\[.+-])")
_MONEY_IN_BRACKETS = Pattern(r"[^\d(]{1,4}\([^\d()]{0,4}\d")  # "$(1,200)", "USD (1,200)"
_KNOWN = "about, nearly, at least, more than, at most, fewer than"


def nothing_here(text: Text) -> Exception:
    """The refusal for words in which no value begins."""
    low = text.low.strip()
    if not low:
        return refusal(text, "it is empty", 0, 0)
    if low in UNKNOWN:
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
            return not_understood(text, place.start())
    return None


def not_understood(text: Text, number: int) -> Exception:
    """The refusal of the words before a number."""
    if (other := before_number(text, number)) is not None:
        return other
    reason = f'"{short(text.given[:number].strip())}" before the number is not understood'
    remedy = f"leave it out, or write a hedge: {_KNOWN}; what is counted goes last: 300 killed"
    return refusal(text, reason, 0, number, remedy=remedy)


def _no_number(text: Text, word: str) -> Exception:
    if word in _MANY:
        start = text.low.index(word)
        return refusal(text, f'"{word}" gives no number', start, start + len(word))
    return refusal(text, "it holds no number", 0)
