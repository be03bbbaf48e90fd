"""Saying: the plain words for an estimate, which read back as the same estimate."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from factlog.claim import Estimate, Hedge, Leaning, PlainWords
from factlog.errors import ReadingError
from factlog.parsing.number_words import say_vague
from factlog.parsing.numerals import EXACT
from factlog.parsing.reading import read
from factlog.patterns import Pattern

_ARMS_OF_SE = Decimal("0.683")
_ONE_WORD = {
    (Hedge.EXACT, None): "",
    (Hedge.ABOUT, None): "about ",
    (Hedge.ABOUT, Leaning.BELOW): "nearly ",
    (Hedge.AT_LEAST, None): "at least ",
    (Hedge.MORE_THAN, None): "more than ",
    (Hedge.MORE_THAN, Leaning.ABOVE): "just over ",
    (Hedge.AT_MOST, None): "at most ",
    (Hedge.LESS_THAN, None): "less than ",
    (Hedge.LESS_THAN, Leaning.BELOW): "just under ",
}


def say(estimate: Estimate) -> str:
    """Say an estimate in plain words and digits: "about 300", "2800 to 3200, best 3000"."""
    hedge, unit = estimate.hedge, estimate.unit
    if hedge is Hedge.PLUS_MINUS:
        return _plus_minus(estimate)
    if hedge is Hedge.VAGUE:
        return _vague(estimate)
    if estimate.low is not None and estimate.high is not None:
        return _range(estimate, estimate.low, estimate.high)
    number = next(n for n in (estimate.best, estimate.low, estimate.high) if n is not None)
    return _ONE_WORD[hedge, estimate.side] + _amount(number, unit)


@lru_cache(maxsize=4096)
def read_back(words: str, unit: str | None) -> Estimate | None:
    """What words read as with this unit beside them; None if they do not stand alone.

    Only writing a file to be read again asks this: a claim that was read under a locale, or
    made of several columns, has words that say something else by themselves.
    """
    try:
        return read(words, unit=unit).estimate
    except ReadingError:
        return None


def plain_words(estimate: Estimate, read_from: str = "") -> PlainWords | None:
    """Plain words that read back as the same estimate; a unit nobody knows is beside them.

    Words that it was `read_from` need not be proven to, be it with commas for thousands.
    """
    said = say(estimate)
    if _said_so(said, read_from) or _is_simple(estimate) or read_back(said, None) == estimate:
        return PlainWords(said)
    said = say(replace(estimate, unit=None))
    return PlainWords(said, estimate.unit) if read_back(said, estimate.unit) == estimate else None


def _said_so(said: str, given: str) -> bool:
    """Whether words were given; a comma tells a point beside it for decimal, and has to stay."""
    return said == given or ("." not in given and said == given.replace(",", ""))


_SIMPLE = frozenset(
    (Hedge.EXACT, Hedge.ABOUT, Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN)
)


def _is_simple(estimate: Estimate) -> bool:
    """Whether it is a whole number and a hedge, whose words always read back: "about 300"."""
    if estimate.unit is not None or estimate.side is not None or estimate.hedge not in _SIMPLE:
        return False
    if estimate.low_open != (estimate.hedge is Hedge.MORE_THAN) or estimate.high_open != (
        estimate.hedge is Hedge.LESS_THAN
    ):
        return False
    ends = [end for end in (estimate.low, estimate.best, estimate.high) if end is not None]
    return len(ends) == 1 and 0 <= ends[0].adjusted() < 15 and ends[0] == int(ends[0]) > 0


_AS_THOUSANDS = Pattern(r"-?[1-9]\d{0,2}\.\d\d0")


def digits(number: Decimal) -> str:
    """Plain digits, or a power of ten where they would run on for pages."""
    plain = f"{number:f}"
    if len(plain) > 100:
        return f"{number.normalize(EXACT):e}".replace("e+", "e")
    return plain[:-1] if _AS_THOUSANDS.fullmatch(plain) else plain


def _amount(number: Decimal, unit: str | None) -> str:
    if unit is None:
        return digits(number)
    return digits(number) + ("%" if unit == "percent" else f" {unit}")


def _range(estimate: Estimate, low: Decimal, high: Decimal) -> str:
    unit = estimate.unit
    if estimate.low_open or estimate.high_open:
        least = "more than " if estimate.low_open else "at least "
        most = "less than " if estimate.high_open else "at most "
        return f"{least}{_amount(low, unit)} but {most}{_amount(high, unit)}"
    about = "about " if estimate.hedge is Hedge.ABOUT else ""
    said = f"{about}{_amount(low, unit)} to {_amount(high, unit)}"
    return said if estimate.best is None else f"{said}, best {_amount(estimate.best, unit)}"


def _plus_minus(estimate: Estimate) -> str:
    best, plus, minus, unit = estimate.best, estimate.plus, estimate.minus, estimate.unit
    assert best is not None
    assert plus is not None
    assert minus is not None
    said = _amount(best, unit)
    if estimate.coverage == _ARMS_OF_SE:
        if plus == minus:
            return f"{said} ± {_amount(plus, unit)}"
        return f"{said} +{_amount(plus, unit)} -{_amount(minus, unit)}"
    low, high = EXACT.subtract(best, minus), EXACT.add(best, plus)
    level = ""
    if estimate.coverage is not None:
        level = f"{digits(estimate.coverage.scaleb(2).normalize())}% CI "
    return f"{said} ({level}{_amount(low, unit)} to {_amount(high, unit)})"


def _vague(estimate: Estimate) -> str:
    low, high, unit = estimate.low, estimate.high, estimate.unit
    assert low is not None
    assert high is not None
    words = say_vague(low, high) or f"{digits(low)} to {digits(high)}"
    if unit is None:
        return words
    return f"{words} of {unit}" if words.endswith("s") and words != "several" else f"{words} {unit}"
