"""Amounts: one number with its sign, currency or unit and scale; shares; 5 feet 11 inches."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from factlog import units
from factlog.parsing import lexicon
from factlog.parsing.number_words import (
    SMALL,
    of_a_scale,
    read_vague,
    read_words,
    scaled,
    with_part,
)
from factlog.parsing.numerals import (
    EXACT,
    ONE,
    Numeral,
    Steps,
    divided,
    power_after,
    read_numeral,
    times,
    whole,
    within_bounds,
)
from factlog.parsing.text import Text, refusal, refuse_figures, refuse_plural, two_ways
from factlog.parsing.unit_words import currency_before, rate_after, scale_after, unit_after
from factlog.patterns import Pattern


class Amount(NamedTuple):
    """One number: `low` and `high` differ for a vague one, else both are the number.

    `money` says its currency stands before it, `bare` that it is digits and nothing more;
    `spread` is the 0.5 of 878.4(5).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str | None = None
    money: bool = False
    vague: bool = False
    bare: bool = False
    steps: Steps = ()
    spread: Decimal | None = None


_IN = Pattern(
    r"(?:\s+in|\s+per|\s+out\s+of|-in-|-out-of-)(?:\s+|(?<=-))(?:every\s+|the\s+)?(?=[\da-z])"
)
_DIGIT = Pattern(r"\d")
_OF_WHOLE = Pattern(rf"\s+of\s+(?:the\s+|every\s+)?(?=\d|{'|'.join(list(SMALL)[2:11])}|a)")


def share_after(text: Text, part: Amount) -> Amount | None:
    """The share that an amount and "in five", "out of ten" or "per 1,000" make, if they do."""
    low, end = text.low, part.end
    if low[end] not in " \n-" or low[end + 1 : end + 2] not in ("i", "o", "p"):
        return None
    match = _IN.match(low, end)
    if match is None:
        _refuse_of(text, part)
        return None
    whole = _whole(text, match.end())
    if whole is None or not 0 <= part.low <= whole.value:
        return None
    if low[end + 1] == "p":  # "2.5 per 1,000", but not "2 per 100 km", "5 to 7 per 1,000"
        if not whole.value or unit_after(text, whole.end) or _DIGIT.search(low, 0, part.start):
            return None
    elif not _counts(part, whole):
        return None
    if 1900 <= whole.value <= 2099 and low[match.end() : whole.end].isdigit():
        reason = f"{whole.value} could be a year or the whole of a share"
        remedy = "give a year with --as-of; write a share as a percentage"
        raise refusal(text, reason, match.end(), whole.end, remedy=remedy)
    share = divided(part.low, whole.value)
    return Amount(part.start, whole.end, share, share)


def _whole(text: Text, at: int) -> Numeral | None:
    """The number a share is out of."""
    numeral = read_numeral(text, at)
    if numeral is not None:
        return scaled(text.low, numeral)
    return read_words(text.low, at)


def _counts(part: Amount, whole: Numeral) -> bool:
    """Whether both are whole numbers, of something."""
    return whole.value > 0 and all(
        number == EXACT.to_integral_value(number) for number in (part.low, whole.value)
    )


def _refuse_of(text: Text, part: Amount) -> None:
    """Ask about "12 of the 300", which could be 12 or a share."""
    match = _OF_WHOLE.match(text.low, part.end)
    whole = None if match is None else _whole(text, match.end())
    if match is None or whole is None or not part.low <= whole.value or not _counts(part, whole):
        return
    number, total = text.given[part.start : part.end], text.given[match.end() : whole.end]
    reason = f"this could be {number}, or {number} in {total}"
    raise two_ways(text, reason, part.end, whole.end, ("", f" in {total}"))


# Which smaller units may follow a unit, and the word for each symbol among them.
_SMALLER = lexicon.meanings("smaller unit")
_WORDS = lexicon.meanings("unit symbol")
# The last number may go without its unit: 6 ft 2, 2h30.
_UNSAID = {"foot": "inch", "hour": "minute", "stone": "pound"}
_JOINT = Pattern(r"[\s,-]*(?:and\s+)?(?=[\da-z½¼¾])")
_MINUTES = Pattern(r"\s?m(?![\w'/^²³])")


def with_smaller_units(text: Text, amount: Amount) -> Amount:
    """Add the smaller units that follow: the whole is in the smallest."""
    half = with_part(text.low, Numeral(amount.low, amount.end))
    if half.end != amount.end:
        return amount._replace(low=half.value, high=half.value, end=half.end)
    while (longer := _one_more(text, amount)) is not None:
        amount = longer
    return _with_cents(text, amount)


_MINOR = lexicon.meanings("minor money")
_CENTS = Pattern(rf",?\s+(?:and\s+)?([0-9]{{1,2}})\s?({lexicon.either('minor money')})(?!\w)")


def _with_cents(text: Text, amount: Amount) -> Amount:
    """Add the cents that follow whole dollars: the whole is in dollars."""
    match = _CENTS.match(text.low, amount.end)
    unit = amount.unit or ""
    if match is None or unit not in _MINOR[match[2]].split(", ") or amount.low % 1:
        return amount
    total = EXACT.add(amount.low, Decimal(match[1]).scaleb(-2))
    return amount._replace(
        low=total, high=total, unit="GBP" if unit == "pound" else unit, end=match.end()
    )


def _word(unit: str) -> str:
    return _WORDS.get(unit, unit)


def _one_more(text: Text, amount: Amount) -> Amount | None:
    unit = _word(amount.unit or "")
    if unit not in _SMALLER:
        return None
    joint = _JOINT.match(text.low, amount.end)
    at = joint.end() if joint else 0
    number = (read_numeral(text, at) or read_words(text.low, at)) if joint else None
    if joint is None or number is None or amount.low != EXACT.to_integral_value(amount.low):
        return None
    value, end = number.value, number.end
    small, after = _smaller(text, unit, end)
    hyphens = "-" in text.low[amount.start : amount.end]
    if small is None and joint[0] in ("", " ", "-" if hyphens else ""):
        small, after = _UNSAID.get(unit), end
        if small is None or text.low[end : end + 1].strip(" ,.;)-") or value >= 60:
            return None
    if small is None or value < 0 or (joint[0].strip() == "-" and not hyphens):
        return None  # 3 kg-400 g is a range
    one = units.convert(Decimal(1), unit, small)
    if value >= one:
        return None
    total = whole(EXACT.add(EXACT.multiply(amount.low, one), value))
    return amount._replace(low=total, high=total, unit=small, end=after)


def _smaller(text: Text, unit: str, at: int) -> tuple[str | None, int]:
    """The smaller unit written here; m is minutes after hours."""
    minutes = _MINUTES.match(text.low, at)
    if minutes is not None and unit in ("hour", "day"):
        return "minute", minutes.end()
    found = unit_after(text, at)
    if found is None or _word(found[0]) not in _SMALLER[unit].split(", "):
        return None, at
    return _word(found[0]), found[1]


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


def _in_words(text: Text, start: int, words: Numeral, money: str | None) -> Amount:
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
    part = with_part(text.low, Numeral(amount.low, amount.end, steps=amount.steps))
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
