"""Amounts: one number with its sign, its currency or unit and its scale, in digits or words."""

from __future__ import annotations

from decimal import Decimal

from factlog.reading.amount import Amount, Steps
from factlog.reading.compounds import with_smaller_units
from factlog.reading.not_numbers import refuse_figures, refuse_plural
from factlog.reading.number_words import Worded, of_a_scale, read_words, with_part
from factlog.reading.numerals import Numeral, power_after, read_numeral, within_bounds
from factlog.reading.patterns import Pattern
from factlog.reading.scales import EXACT, ONE, times
from factlog.reading.scaling import scale_after
from factlog.reading.shares import share_after
from factlog.reading.text import Text, refusal
from factlog.reading.unit_words import currency_before, rate_after, unit_after
from factlog.reading.vague import read_vague

_SIGN = Pattern(r"([+-])(?=[\d.$a-z¢-¥₠-⃏½-¾⅐-⅞])|(minus|negative|plus)\s+")
_BARE_SIGN = Pattern(r"[+-]\s+(?=[\d.])")


def read_amount(text: Text, at: int, *, money: str | None = None) -> Amount | None:
    """Read the amount that begins here, if one does; `money` is the currency it inherits."""
    low = text.low
    while at < len(low) and low[at].isspace():
        at += 1
    if at >= len(low):
        return None
    if low[at].isdigit():
        return _number(text, at, at, money)
    negative, place = _sign(text, at)
    currency = currency_before(text.plain, place)
    if currency is not None:
        money, place = currency
        if place == len(low):
            raise refusal(text, "a currency without a number", at, place)
        if not negative:
            negative, place = _sign(text, place)
    amount = _number(text, at, place, money)
    if amount is None:
        return None
    if negative:
        amount = _negated(text, amount)
    return amount if currency is None else _money(text, amount, currency[0])


def _sign(text: Text, at: int) -> tuple[bool, int]:
    match = _SIGN.match(text.low, at)
    if match is not None:
        return match[1] == "-" or match[2] in ("minus", "negative"), match.end()
    bare = _BARE_SIGN.match(text.low, at)
    if bare is not None and at == 0:
        reason = "a sign apart from its number could be a minus or a mark in a list"
        number = text.given[bare.end() :]
        choices = (text.low[at] + number, number)
        remedy = f"write {choices[0]} or {choices[1]}"
        raise refusal(text, reason, at, bare.end(), remedy=remedy, choices=choices)
    return False, at


def _negated(text: Text, amount: Amount) -> Amount:
    if amount.vague:
        raise refusal(text, "a vague number has no sign", amount.start, amount.end)
    if not amount.low:
        return amount
    # The minus operator would round to 28 digits.
    below = amount.low.copy_negate()
    return amount._replace(low=below, high=below)


def _money(text: Text, amount: Amount, currency: str) -> Amount:
    """Join the currency before a number with what follows it: "$20 USD", "$70 per barrel"."""
    unit, end = rate_after(text.plain, amount.end, currency)
    follows = unit_after(text, end)
    if follows is not None:
        if follows[0] != currency:
            joined = text.plain[amount.end : follows[1]].strip()
            reason = f"{currency} and {joined} are two units"
            raise refusal(text, reason, amount.end, follows[1], remedy="write one of them")
        end = follows[1]
    return amount._replace(unit=unit, money=unit == currency, end=end)


def _number(text: Text, start: int, at: int, money: str | None) -> Amount | None:
    """The number that begins here, with its scale and, unless it is money, its unit."""
    numeral = read_numeral(text, at)
    if numeral is not None:
        amount = _in_digits(text, start, numeral, money)
        return amount if amount.unit is not None or money else _with_more(text, amount)
    vague = read_vague(text.low, at)
    if vague is not None:
        amount = Amount(start, vague.end, vague.low, vague.high, vague=True)
        return amount if money else _with_unit(text, amount)
    words = read_words(text.low, at)
    if words is None:
        return (_nothing(text, at) or _one_of(text, at)) if start == at else None
    amount = _in_words(text, start, words, money)
    return amount if money else _with_more(text, amount)


_NONE = Pattern(r"(?:none|nil|nobody|no\s+one)\b(?:\s+of\s+the\s+[\d,]+)?|no(?=\s+[a-z])")


def _nothing(text: Text, at: int) -> Amount | None:
    """Zero, for "none of the 300" and "no casualties"."""
    match = _NONE.match(text.low, at)
    if match is None:
        return None
    return Amount(at, match.end(), Decimal(0), Decimal(0))


_ONE = Pattern(r"an?\s+(?=[a-z])")


def _one_of(text: Text, at: int) -> Amount | None:
    """One of the unit, for "a mile" and "an hour"."""
    match = _ONE.match(text.low, at)
    found = None if match is None else unit_after(text, match.end())
    if match is None or found is None or found[1] - match.end() < 3:
        return None
    return with_smaller_units(text, Amount(at, found[1], ONE, ONE, unit=found[0]))


def _in_words(text: Text, start: int, words: Worded, money: str | None) -> Amount:
    amount = Amount(start, words.end, words.value, words.value, steps=words.steps)
    if words.steps:
        within_bounds(text, words.value, start, words.end)
        return amount
    scale = scale_after(text, words.end, money, words=False)
    return amount if scale is None else _times(text, amount, *scale)


def _times(text: Text, amount: Amount, scale: Decimal, end: int) -> Amount:
    value = times(amount.low, scale)
    spread = None if amount.spread is None else times(amount.spread, scale)
    steps: Steps = ((amount.low, scale),)
    within_bounds(text, value, amount.start, end)
    return Amount(amount.start, end, value, value, steps=steps, spread=spread)


def _in_digits(text: Text, start: int, numeral: Numeral, money: str | None) -> Amount:
    value, end = numeral.value, numeral.end
    steps, spread = numeral.steps, numeral.spread
    amount = Amount(start, end, value, value, bare=not steps, steps=steps, spread=spread)
    if end == len(text.low):
        return amount
    if text.low.startswith(("and", "-and"), end + 1 if text.low[end] == " " else end):
        amount = _and_a_half(text, amount)
    scale = scale_after(text, amount.end, money) or of_a_scale(text.low, value, end)
    return amount if scale is None else _and_a_half(text, _times(text, amount, *scale))


def _and_a_half(text: Text, amount: Amount) -> Amount:
    """Add the half of "2 and a half" and "2 million and a half"."""
    coefficient = amount.steps[-1][0] if amount.steps else amount.low
    if coefficient != EXACT.to_integral_value(coefficient):
        return amount
    part = with_part(text.low, Worded(amount.low, amount.end, amount.steps))
    if part.end == amount.end:
        return amount
    return Amount(amount.start, part.end, part.value, part.value, steps=part.steps)


def _with_more(text: Text, amount: Amount) -> Amount:
    """Take in what a number is out of ("3 in 10"), or its unit."""
    if amount.end == len(text.low):
        return amount
    if text.low.startswith(("f", "d"), amount.end + 1) and amount.low < 20:
        refuse_figures(text, amount.start, amount.end, int(amount.low))
    if amount.spread is None:
        share = share_after(text, amount)
        if share is not None:
            return share
    return _with_unit(text, amount)


_OF = Pattern(r"\s+of\s+")
_OF_ONE = Pattern(r"\s+(?:of\s+)?(?:an?|one|1)(?:\s+|(?=%))(?=[a-z%])")


def _unit_of(low: str, amount: Amount) -> int | None:
    """Where the unit begins in "half a mile", "a third of a mile" and "thousands of miles"."""
    if amount.vague:
        match = _OF.match(low, amount.end)
    elif low[amount.start].isalpha() and 0 < amount.low < 1:
        match = _OF_ONE.match(low, amount.end)
    else:
        return None
    return None if match is None else match.end()


def _with_unit(text: Text, amount: Amount) -> Amount:
    """Take in the unit that follows the number, and the smaller ones after it."""
    low, end = text.low, amount.end
    if end == len(low):
        return amount
    if low[end] in "s'":
        refuse_plural(text, amount.start)
    if low[end] == "-":
        end += low[end + 1 : end + 2].isalpha()
    found = unit_after(text, end)
    if found is None and (of := _unit_of(low, amount)) is not None:
        found = unit_after(text, of)
    if found is None:
        return amount
    amount = amount._replace(unit=found[0], end=found[1], bare=False)
    if found[1] == len(low) or amount.vague:
        return amount
    return with_smaller_units(text, amount)


def trailing(text: Text, at: int) -> tuple[Decimal, str | None, int]:
    """The scale and unit that follow a bracket: "1.5 (1.2 to 1.8) million"."""
    scale, end = power_after(text, at) or scale_after(text, at, None) or (ONE, at)
    found = None if end == len(text.low) else unit_after(text, end)
    return (scale, None, end) if found is None else (scale, *found)
