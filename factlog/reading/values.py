"""Values: a hedge and the number, range or uncertainty it hedges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from factlog.claim import Estimate, Hedge
from factlog.reading.amount import Amount
from factlog.reading.amounts import read_amount
from factlog.reading.hedge_words import Hedging
from factlog.reading.hedges import LOWER, bounds, read_closing, read_opening, together
from factlog.reading.patterns import Pattern
from factlog.reading.ranges import Span, joined, read_frame, read_rest, with_best
from factlog.reading.scales import EXACT
from factlog.reading.text import Text, refusal
from factlog.reading.things import quiet
from factlog.reading.uncertain import Uncertain
from factlog.reading.uncertainties import read_bracketed, read_uncertainty

What = Amount | Span | Uncertain


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
    if isinstance(what, Uncertain):
        return _plus_minus(text, value, what, hedging, unit)
    if isinstance(what, Span):
        return _range(text, value, what, hedging, unit)
    if what.vague:
        return _vague(text, value, what, hedging, unit)
    return _number(what, hedging, unit)


def _number(amount: Amount, hedging: Hedging, unit: str | None) -> Estimate:
    hedge, side, number = hedging.hedge, hedging.side, amount.low
    if hedge is Hedge.EXACT or hedge is Hedge.ABOUT:
        return Estimate(hedge, best=number, side=side, unit=unit)
    if hedge in LOWER:
        return Estimate(hedge, low=number, low_open=hedge is Hedge.MORE_THAN, side=side, unit=unit)
    return Estimate(hedge, high=number, high_open=hedge is Hedge.LESS_THAN, side=side, unit=unit)


def _range(text: Text, value: Value, span: Span, hedging: Hedging, unit: str | None) -> Estimate:
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
    if hedge in LOWER:
        return Estimate(hedge, low=span.low, low_open=hedge is Hedge.MORE_THAN, unit=unit)
    return Estimate(hedge, high=span.high, high_open=hedge is Hedge.LESS_THAN, unit=unit)


def _vague(text: Text, value: Value, ends: Amount, hedging: Hedging, unit: str | None) -> Estimate:
    """A vague word keeps its ends; a bound on it bounds by the end that is sure."""
    if hedging.side is not None and bounds(hedging):
        reason = "this hedge needs a number and stands before a vague word"
        raise refusal(text, reason, value.start, value.end)
    if not bounds(hedging):
        return Estimate(Hedge.VAGUE, low=ends.low, high=ends.high, unit=unit)
    if hedging.hedge in LOWER:
        return Estimate(Hedge.AT_LEAST, low=ends.low, unit=unit)
    return Estimate(Hedge.AT_MOST, high=ends.high, unit=unit)


def _plus_minus(
    text: Text, value: Value, what: Uncertain, hedging: Hedging, unit: str | None
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
