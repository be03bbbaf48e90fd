"""Figures as print has them: at least 41, $1.2 million, (6.6719 ± 0.0010) × 10⁻¹¹ m³ kg⁻¹ s⁻²."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Context, Decimal

from factlog.claim import Hedge
from factlog.comparer.newsroom import listed
from factlog.comparer.sides import in_unit
from factlog.errors import ReadingError
from factlog.figure_wording import leaning
from factlog.findings import Side
from factlog.parsing import read
from factlog.policy import EXACT, STANDARD_ERROR
from factlog.wording import level, number, raised, scaled, sign

_ROUND = (
    "dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands", "millions",
)  # fmt: skip
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_COINS = {
    "KRW": "won",
    "RUB": "rubles",
    "UAH": "hryvnias",
    "CNY": "yuan",
    "INR": "rupees",
    "CHF": "Swiss francs",
    "TRY": "liras",
    "CAD": "Canadian dollars",
    "AUD": "Australian dollars",
    "MXN": "Mexican pesos",
    "BRL": "reais",
    "ILS": "shekels",
    "PLN": "zlotys",
    "SEK": "Swedish kronor",
    "NOK": "Norwegian kroner",
    "DKK": "Danish kroner",
}
_PLURALS = {
    **{"foot": "feet", "square foot": "square feet", "cubic foot": "cubic feet"},
    **{"day": "days", "ton": "tons", "stone": "stone", "krone": "kroner", "krona": "kronor"},
    **{"inch": "inches", "square inch": "square inches", "century": "centuries"},
}
_MONEY = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_PERCENT = ("percent", "%")
# The hedges that are kept as they were said.
_LEADS = (
    "about", "around", "roughly", "some", "nearly", "almost", "approximately", "an estimated",
    "close to", "just under", "just over", "more than", "over", "upwards of", "up to",
    "as many as", "no more than", "no fewer than", "no less than", "fewer than", "less than",
    "under",
)  # fmt: skip
_BEFORE = {
    Hedge.ABOUT: "about ",
    Hedge.MORE_THAN: "more than ",
    Hedge.LESS_THAN: "less than ",
    Hedge.AT_LEAST: "at least ",
    Hedge.AT_MOST: "at most ",
}
_SPELLED = re.compile(r"[a-z]{4,}(?: [a-z]{3,})*")  # barrel, square mile
_RATE = re.compile(rf"({_SPELLED.pattern})/((?:day|{_SPELLED.pattern}))")  # barrel/day
# A hedge that goes with the upper end alone: 80 to about 100.
_WITHIN = re.compile(
    rf"^(?:between |from )?[\d.,]+\S* ?(?:\w+ )?(?:to|and|-|–) ?({'|'.join(_LEADS)}) "
)
# A margin that the source did not state.
_WORKED_OUT = re.compile(r", worked out of n=[\d,]+")
# Where what is counted is, behind the number: 31,000 refugees in Denmark.
_PLACE = re.compile(r" in ((?:the )?[A-Z][^\d;()]*)$")
# What no sum or unit needs more digits than.
_WIDE = Context(prec=1000, Emax=99999, Emin=-99999)
_ERROR = Context(prec=2)
# What was given, without what a conversion to and fro left behind.
_SAID = Context(prec=12)


def placed(figure: str) -> str:
    """A figure as what something is put at: "at 47", "in the dozens"."""
    return f"{'in the' if figure in _ROUND else 'at'} {figure}"


def is_bound(figure: str) -> bool:
    """Whether a figure begins so that nothing can be put at it: "at at least 41"."""
    return figure.startswith(("at least ", "at most "))


def figure(side: Side, parts: Mapping[int, Side], about: str) -> str:
    """A figure in words for print, with its scope; a sum with what it is made of.

    One given in another unit stands as it was given, and what that comes to after it. Where it
    was said of one place alone, that is told, unless what it is `about` names it.
    """
    given = side if side.unit_given is None or side.derived else in_unit(side, side.unit_given)
    details = [side.scope] if side.scope else []
    place = None if side.derived or side.joined else _PLACE.search(side.said)
    if place and place[1].casefold() not in f"{about} {side.scope}".casefold():
        details.append(f"in {place[1]}")
    if given is not side and side.hedge is not Hedge.VAGUE:
        details.append(amount(_as_precise(side, given)))
    sums = [each for each in side.joined or (side,) if each.derived]
    added = dict.fromkeys(claim for each in sums for claim in each.claims)
    made_of = [_part(parts[claim]) for claim in added if claim in parts]
    text = amount(given) if side.derived or not side.joined else _each(given)
    if side.derived:
        whole = len(made_of) == len(added)
        told = listed(made_of) if whole else "the sum of the parts it gave"
        if text == side.said:  # of no number: its parts alone
            text = told
        else:
            details.append(told)
    return f"{text} ({'; '.join(details)})" if details else text


def _each(side: Side) -> str:
    """The figures that one source gave for one date, which can all be right: both are told."""
    return listed(dict.fromkeys(map(amount, side.joined)))


def _part(side: Side) -> str:
    return f"{amount(side)} {side.measure}".rstrip()


def _as_precise(side: Side, given: Side) -> Side:
    """A converted figure with no more digits than it was given with."""
    ends = [(one, other) for one, other in zip(_ends(given), _ends(side), strict=True)
            if one is not None and other is not None]  # fmt: skip
    precise = Context(prec=min(max([2, *(_digits(*each) for each in ends)]), 15))
    low, best, high = (
        None if end is None else precise.plus(end) for end in (side.low, side.best, side.high)
    )
    return replace(side, low=low, best=best, high=high)


def _ends(side: Side) -> tuple[Decimal | None, ...]:
    return side.low, side.best, side.high


def _digits(given: Decimal, converted: Decimal) -> int:
    """How many digits of a converted number are as fine as those given: 95 as 23,500."""
    figures = _SAID.plus(given).normalize().as_tuple().digits
    leads = abs(converted.scaleb(-converted.adjusted())) < abs(given.scaleb(-given.adjusted()))
    return len(figures) + leads


def amount(side: Side) -> str:
    """The figure itself, with the hedge it was given with."""
    if side.hedge is Hedge.VAGUE:
        return _vague(side.said)
    lead = _lead(side)
    if side.best is not None and side.plus is not None and side.minus is not None:
        known = side.coverage not in (None, STANDARD_ERROR)
        sure = f", {level(side.coverage)} confidence" if known else ""
        sure += "".join(_WORKED_OUT.findall(side.said)[:1])
        return _measured(side.best, side.plus, side.minus, side.unit, sure)
    ends = [end for end in (side.low, side.best, side.high) if end is not None]
    if not ends:
        return side.said
    if side.fraction:
        return _vague(side.said)
    if side.low is not None and side.high is not None:
        best = f", best {_counted(side.best, side.unit)}" if side.best is not None else ""
        low, high = _alike(side.low, side.high, side.unit), _counted(side.high, side.unit)
        if within := _WITHIN.search(side.said.lower()):
            return f"{low} to {within[1]} {high}{best}"
        return f"{lead}{low} to {high}{best}"
    return f"{lead}{_counted(ends[0], side.unit)}"


def _vague(said: str) -> str:
    """The words for how many, without what they count."""
    try:
        thing = read(said).thing
    except ReadingError:
        thing = ""
    words = said.removesuffix(thing).strip() if thing else said
    return words[:1].lower() + words[1:]


def _alike(low: Decimal, high: Decimal, unit: str | None) -> str:
    """The lower end of a range, without a unit that the higher one repeats."""
    if unit and unit not in _MONEY and unit not in _PERCENT:
        return _scaled(low)
    text, other = _counted(low, unit), _counted(high, unit)
    return text if text not in WORDS or other in WORDS else number(low)


def _lead(side: Side) -> str:
    """The words before the number, as they were said where that is usual in print."""
    if side.hedge in (Hedge.EXACT, Hedge.RANGE, Hedge.PLUS_MINUS):
        return ""
    said = " ".join(side.said.lower().split())
    spoken = next((lead for lead in _LEADS if said.startswith(lead + " ")), None)
    if spoken and not side.derived:
        return f"{spoken} "
    if words := leaning(side):
        return words
    if side.hedge is Hedge.LESS_THAN and not side.unit:
        return "fewer than "
    return _BEFORE.get(side.hedge, "")


def _counted(value: Decimal, unit: str | None) -> str:
    """A number as print has it: seven, 3,000, 1.2 million, $5 million, 5%."""
    if unit is None and value == value.to_integral_value() and 0 <= value < len(WORDS):
        return WORDS[int(value)]
    if unit in _MONEY:
        return f"{'-' if value < 0 else ''}{_MONEY[unit]}{_cents(abs(value))}"
    if unit in _PERCENT:
        return f"{number(value)}%"
    return f"{_scaled(value)} {_unit(unit, one=value == 1)}" if unit else _scaled(value)


def _unit(unit: str, *, one: bool = False) -> str:
    """A unit beside its number: 1 barrel, 2 barrels, 3 barrels per day, 5 km², 48 won."""
    if rate := _RATE.fullmatch(unit):
        return f"{_unit(rate[1], one=one)} per {rate[2]}"
    if unit in _PLURALS and not one:
        return _PLURALS[unit]
    if one or not _SPELLED.fullmatch(unit) or unit.endswith(("s", "x", "z")):
        return _COINS.get(unit, sign(unit))
    return f"{unit}s"


def _cents(value: Decimal) -> str:
    """A sum of money: 5, 1.20, 1.234 billion."""
    text = _scaled(value)
    return f"{text}0" if text[-2:-1] == "." else text


def _scaled(value: Decimal) -> str:
    """A number, in millions where that takes no more than three decimals."""
    if value and not -6 <= value.adjusted() <= 15:
        return f"{number(value.scaleb(-value.adjusted(), _WIDE))} × 10{raised(value.adjusted())}"
    return scaled(value)


# Figures with a stated uncertainty


def _measured(best: Decimal, plus: Decimal, minus: Decimal, unit: str | None, sure: str) -> str:
    """A value and its error in the digits they were given in: 80.270 ± 0.055 GeV.

    An error with more digits than anybody states was worked out, and gets two. A value that goes
    on far behind its error is a number as machines write it.
    """
    plus, minus = (_stated(arm) for arm in (plus, minus))
    finest = min(_exponent(plus), _exponent(minus))
    if _exponent(best) > finest or _exponent(best) < finest - _BEHIND:  # 80.27 ± 0.055 is 80.270
        best = best.quantize(Decimal(1).scaleb(finest), context=_WIDE)
    if unit is None or unit in _MONEY or unit in _COINS or unit in _PERCENT:
        return _in_words(best, plus, minus, unit, sure)
    power = 0 if not best or -4 <= best.adjusted() <= 8 else best.adjusted()
    if power > 0 and best == best.to_integral_value():  # its noughts were not all stated
        best, plus, minus = (each.normalize(_WIDE) for each in (best, plus, minus))
        finest = min((_exponent(arm) for arm in (plus, minus) if arm), default=0)
        best = best.quantize(Decimal(1).scaleb(min(finest, _exponent(best))), context=_WIDE)
    best, plus, minus = (each.scaleb(-power, _WIDE) for each in (best, plus, minus))
    arms = f"± {plus:,f}" if plus == minus else f"+{plus:,f}/−{minus:,f}"
    text, written = f"{best:,f} {arms}", _unit(unit)
    if power or written.startswith("×"):
        text = f"({text})"
    return f"{text}{f' × 10{raised(power)}' if power else ''} {written}{sure}"


def _exponent(value: Decimal) -> int:
    return int(value.as_tuple().exponent)


# A value may have so many digits more than its error.
_BEHIND = 3
_MOST_DIGITS = 3


def _stated(arm: Decimal) -> Decimal:
    """An error without noughts that nobody states, or to two digits if it was worked out."""
    plain = arm.normalize(_WIDE)
    if len(plain.as_tuple().digits) > _MOST_DIGITS:
        return _ERROR.plus(arm)
    if _exponent(arm) >= 0 or len(arm.as_tuple().digits) <= _MOST_DIGITS:
        return arm
    return plain


def _in_words(best: Decimal, plus: Decimal, minus: Decimal, unit: str | None, sure: str) -> str:
    """The same of a count, a sum of money, a share."""
    text = _counted(best, unit)
    if plus != minus:
        low, high = EXACT.subtract(best, minus), EXACT.add(best, plus)
        return f"{text} ({_counted(low, unit)} to {_counted(high, unit)}{sure})"
    if unit in _PERCENT:
        return f"{text} (plus or minus {number(plus)} percentage point{'s' * (plus != 1)}{sure})"
    return f"{text} (plus or minus {_counted(plus, unit)}{sure})"
