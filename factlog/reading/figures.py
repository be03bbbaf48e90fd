"""Figures: a value together with the thing it counts, and words that say the value alone."""

from __future__ import annotations

import re

from factlog.claim import Figure
from factlog.reading.amount import Amount
from factlog.reading.columns import one_unit
from factlog.reading.hedge_words import Hedging
from factlog.reading.numerals import as_decimal, point_is_decimal
from factlog.reading.patterns import Pattern
from factlog.reading.text import Text, refusal, short, two_ways
from factlog.reading.things import closing_of_thing, read_thing, refuse_units
from factlog.reading.values import Value, estimate_of


def figure_of(
    text: Text, value: Value, carried: tuple[Hedging, ...], stop: int, words: str
) -> Figure:
    """The figure a value comes to with the words up to `stop`.

    `carried` are the hedges it takes over from the number before, and `words` what they were.
    """
    hedgings = value.hedgings or carried
    said = _said(text, value)
    closing = closing_of_thing(text, value.end, stop)
    if closing is not None:
        hedgings, stop = (*hedgings, closing[0]), closing[1]
        said = f"{said} {closing[2]}"
    thing = read_thing(text, value.end, stop)
    if value.thing is not None:
        if thing is not None:
            raise refusal(text, f'"{short(thing)}" is not understood here', value.end, stop)
        thing = read_thing(text, *value.thing)
    unit = value.both.unit if value.both else value.what.unit
    estimate = estimate_of(text, value, hedgings, one_unit(text, (value.start, value.end), unit))
    if thing is not None and _is_scaled(value):
        refuse_units(text, thing, value.end, stop)
    if thing is not None and unit is None:
        _refuse_part_of_thing(text, value)
        said = _spelled(_spelled(said, " million"), "k", _KILO)
    elif thing is not None and unit == "m":
        said = _spelled(said, " m")
    if words:
        said = words + (" " if words[-1].isalnum() or words[-1] == "." else "") + said
    return Figure(said, estimate, thing)


def _is_scaled(value: Value) -> bool:
    """Whether the value has a unit or a scale already."""
    what = value.what
    return what.unit is not None or (isinstance(what, Amount) and bool(what.steps))


def _said(text: Text, value: Value) -> str:
    """The words of the value, without the thing in it, so that they read the same alone."""
    given = text.given
    if value.thing is None:
        said = given[value.start : value.end].strip()
        return f"{said[:-2]}none" if _NO.search(said) else said
    before, behind = value.thing
    return f"{given[value.start : before].strip()} {given[behind : value.end].strip()}"


# "No survivors" are none, also behind a hedge that ends in a stop: "est.no survivors".
_NO = Pattern(r"(?<![^\W\d_])no$", re.IGNORECASE)
# "3 K troops" says that K is thousand; without the troops it is kelvin.
_KILO = Pattern(r"(?<=\d)\sK(?![\w'/^²³])")
# "37m people" says that m is million; without the people nothing does.
_LETTER = Pattern(r"(?<=[\d½¼¾])\s?m(?![\w'/^²³])")


def _spelled(said: str, meaning: str, letter: Pattern = _LETTER) -> str:
    """The words with the letter that the thing gave its meaning spelled out."""
    if "m" not in said and "K" not in said:
        return said
    places = [match.span() for match in letter.finditer(said)]
    for start, end in reversed(places):
        said = said[:start] + meaning + said[end:]
    return said


_THREE_DECIMALS = Pattern(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,(]|\s*[a-z]*illion)")


def _refuse_part_of_thing(text: Text, value: Value) -> None:
    """Ask about "12.345 troops", more likely thousands than parts of a trooper."""
    if "." not in text.low or text.signs.stated or not isinstance(value.what, Amount):
        return
    match = _THREE_DECIMALS.search(text.low, value.start, value.end)
    if match is None or value.what.steps or point_is_decimal(text, match.span()):
        return
    number = match[0]
    ways = (as_decimal(number), number.replace(".", ""))
    raise two_ways(text, f"{number} could be {ways[0]} or {ways[1]}", *match.span(), ways)
