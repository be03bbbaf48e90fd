"""Estimates: a hedge and the number, range or uncertainty it hedges, and the thing counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from factlog.claim import Estimate, Figure, Hedge
from factlog.parsing.amounts import Amount, read_amount
from factlog.parsing.hedges import LOWER, Hedging, bounds, read_closing, read_opening, together
from factlog.parsing.numerals import EXACT, as_decimal, point_is_decimal
from factlog.parsing.ranges import Range, joined, read_frame, read_rest, with_best
from factlog.parsing.text import Text, refusal, short, two_ways
from factlog.parsing.things import closing_of_thing, quiet, read_thing, refuse_units
from factlog.parsing.uncertainty import Uncertainty, read_bracketed, read_uncertainty
from factlog.parsing.unit_words import as_written, one_unit
from factlog.patterns import Pattern

What: TypeAlias = Amount | Range | Uncertainty


class Value(NamedTuple):
    """A hedged number as read: the hedges around it, what they hedge, where it stands.

    `number` is the place where the words after the opening hedges begin.
    """

    hedgings: tuple[Hedging, ...]
    what: What
    start: int
    number: int
    end: int
    carries: bool = False  # its opening hedge may carry to the next number
    both: Estimate | None = None  # two bounds: "more than 300 but fewer than 400"
    thing: tuple[int, int] | None = None  # where the thing stands if it stands inside


def read_value(text: Text, at: int) -> Value | None:
    """Read the value that begins here, hedges and all, if one does."""
    while at < len(text.low) and text.low[at].isspace():
        at += 1
    opening = read_opening(text, at)
    what = _what(text, opening.end)
    if what is None:
        return None
    hedgings, end = opening.hedgings, what.end
    if end < len(text.low):
        while (closing := read_closing(text, end)) is not None:
            hedgings, end = (*hedgings, closing[0]), closing[1]
    value = Value(hedgings, what, at, opening.end, end, carries=bool(opening.hedgings))
    if isinstance(what, Amount) and not quiet(text.low[end:]):
        return _with_second_bound(text, value, what) or _around_thing(text, value, what) or value
    return value


def _what(text: Text, at: int) -> What | None:
    """The number, range or uncertainty that begins here."""
    span = read_frame(text, at)
    if span is not None:
        return with_best(text, span)
    amount = read_amount(text, at)
    if amount is None:
        return read_bracketed(text, at)
    if amount.spread is None and quiet(text.low[amount.end :]):
        return amount
    uncertain = read_uncertainty(text, amount)
    if uncertain is not None:
        return uncertain
    span = read_rest(text, amount)
    return amount if span is None else with_best(text, span)


_BUT = Pattern(r"(?:\s*+,)?+\s*+(?:(?:but|and|yet|though)\b)?\s*")


_BEFORE_INTERVAL = Pattern(r"\s[^\d()\[\]±,;]+?\s*(?=[(\[±]|\+/-)")


def _around_thing(text: Text, value: Value, best: Amount) -> Value | None:
    """Read the interval behind the thing: "1,200 deaths (95% CI 1,000 to 1,400)"."""
    match = _BEFORE_INTERVAL.match(text.low, value.end)
    if match is None or best.vague:
        return None
    what = read_uncertainty(text, best._replace(end=match.end()))
    if what is None:
        return None
    return value._replace(what=what, end=what.end, thing=match.span())


def _with_second_bound(text: Text, value: Value, first: Amount) -> Value | None:
    """Read "but fewer than 3,000" after "more than 2,700"."""
    one = together(text, value.hedgings, value.start, value.end)
    match = _BUT.match(text.low, value.end)
    if match is None or not bounds(one) or match.end() == value.end or first.vague:
        return None
    opening = read_opening(text, match.end())
    if not opening.hedgings:
        return None
    other = together(text, opening.hedgings, opening.start, opening.end)
    if not bounds(other) or (one.hedge in LOWER) == (other.hedge in LOWER):
        return None
    second = read_amount(text, opening.end, money=first.unit if first.money else None)
    if second is None or second.vague:
        return None
    return _both_bounds(text, value, (one, first), (other, second))


def _both_bounds(
    text: Text, value: Value, one: tuple[Hedging, Amount], other: tuple[Hedging, Amount]
) -> Value:
    (below, least), (above, most) = (one, other) if one[0].hedge in LOWER else (other, one)
    span = joined(text, least, most)
    end = max(least.end, most.end)
    estimate = Estimate(
        Hedge.RANGE,
        low=span.low,
        high=span.high,
        low_open=below.hedge is Hedge.MORE_THAN,
        high_open=above.hedge is Hedge.LESS_THAN,
        unit=span.unit,
    )
    if span.low == span.high and (estimate.low_open or estimate.high_open):
        raise refusal(text, "no number lies between the two bounds", value.start, end)
    return value._replace(end=end, both=estimate, carries=False)


def estimate_of(
    text: Text, value: Value, hedgings: Sequence[Hedging], unit: str | None
) -> Estimate:
    """What the value states, under these hedges, in this unit."""
    if value.both is not None:
        return replace(value.both, unit=unit)
    hedging = together(text, hedgings, value.start, value.end)
    what = value.what
    if isinstance(what, Uncertainty):
        return _plus_minus(text, value, what, hedging, unit)
    if isinstance(what, Range):
        return _range(text, value, what, hedging, unit)
    if what.vague:
        return _vague(text, value, what, hedging, unit)
    return one_number(what.low, hedging, unit)


def one_number(number: Decimal, hedging: Hedging, unit: str | None = None) -> Estimate:
    """What one number under a hedge states."""
    hedge, side = hedging
    if hedge is Hedge.EXACT or hedge is Hedge.ABOUT:
        return Estimate(hedge, best=number, side=side, unit=unit)
    if hedge in LOWER:
        return Estimate(hedge, low=number, low_open=hedge is Hedge.MORE_THAN, side=side, unit=unit)
    return Estimate(hedge, high=number, high_open=hedge is Hedge.LESS_THAN, side=side, unit=unit)


def _range(text: Text, value: Value, span: Range, hedging: Hedging, unit: str | None) -> Estimate:
    hedge = hedging.hedge
    if span.vague:
        ends = Amount(span.start, span.end, span.low, span.high, vague=True)
        return _vague(text, value, ends, hedging, unit)
    if hedging.side is not None and bounds(hedging):
        reason = "this hedge needs one number and stands before a range"
        raise refusal(text, reason, value.start, value.end)
    if hedge is Hedge.EXACT or hedge is Hedge.ABOUT:
        about = hedge is Hedge.ABOUT or span.about
        return Estimate(
            Hedge.ABOUT if about else Hedge.RANGE,
            low=span.low, best=span.best, high=span.high, unit=unit,
        )  # fmt: skip
    return one_number(span.low if hedge in LOWER else span.high, hedging, unit)


def _vague(text: Text, value: Value, ends: Amount, hedging: Hedging, unit: str | None) -> Estimate:
    """A vague word keeps its ends; a bound on it bounds by the end that is sure."""
    if hedging.side is not None and bounds(hedging):
        reason = "this hedge needs a number and stands before a vague word"
        raise refusal(text, reason, value.start, value.end)
    if not bounds(hedging):
        if ends.low == ends.high > 2:  # "a couple of hundred" is near 200, a couple is two
            return Estimate(Hedge.ABOUT, best=ends.low, side=hedging.side, unit=unit)
        return Estimate(Hedge.VAGUE, low=ends.low, high=ends.high, unit=unit)
    if hedging.hedge in LOWER:
        return Estimate(Hedge.AT_LEAST, low=ends.low, unit=unit)
    return Estimate(Hedge.AT_MOST, high=ends.high, unit=unit)


def _plus_minus(
    text: Text, value: Value, what: Uncertainty, hedging: Hedging, unit: str | None
) -> Estimate:
    if bounds(hedging):
        reason = "a bound and an uncertainty do not go together"
        raise refusal(text, reason, value.start, value.end)
    if what.named:
        low, high = EXACT.subtract(what.best, what.minus), EXACT.add(what.best, what.plus)
        return Estimate(Hedge.RANGE, low=low, best=what.best, high=high, unit=unit)
    return Estimate(
        Hedge.PLUS_MINUS, best=what.best, plus=what.plus, minus=what.minus,
        coverage=what.coverage, unit=unit,
    )  # fmt: skip


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
        said = _spelled(_spelled(_spelled(said, " million"), "k", _KILO), " thousand", _WORDED_KILO)
    elif thing is not None and unit == "m":
        said = _spelled(said, " m")
    if words:
        said = words + (" " if words[-1].isalnum() or words[-1] == "." else "") + said
    return Figure(said, estimate, thing, as_written(said, unit) if unit else None)


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
_WORDED_KILO = Pattern(r"(?<=[^\W\d_]|[½¼¾])\sK(?![\w'/^²³])")
# "37m people" says that m is million; without the people nothing does.
_LETTER = Pattern(r"(?<=[\d½¼¾])\s?m(?![\w'/^²³])|(?<=[^\W\d_])\sm(?![\w'/^²³])")


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
