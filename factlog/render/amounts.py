"""What a side's figure is, in words: its hedge and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from factlog.claim import Claim, Hedge
from factlog.comparison import Interval, Side
from factlog.comparison.signs import even_arms, sign
from factlog.render.digits import number
from factlog.render.reread import reads

_BEFORE = {
    Hedge.ABOUT: "about ",
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "less than ",
}


def amount(side: Side, digits: Callable[[Decimal], str] = number) -> str:
    """The figure of a side: "about 3,000", "2,800 to 3,200", "at least 300", "5 ± 0.2"."""
    words = _BEFORE.get(side.hedge, "")
    if side.best is not None and (side.plus is not None or side.low is None or side.high is None):
        return words + digits(side.best) + _arms(side, digits)
    if side.low is not None and side.high is not None:
        best = "" if side.best is None else f", best {digits(side.best)}"
        return f"{words}{digits(side.low)} to {digits(side.high)}{best}"
    end = side.low if side.low is not None else side.high
    return side.said if end is None else words + digits(end)


def _arms(side: Side, digits: Callable[[Decimal], str]) -> str:
    if side.plus is None or side.minus is None:
        return ""
    if side.plus == side.minus:
        return f" ± {digits(side.plus)}"
    return f" +{digits(side.plus)} −{digits(side.minus)}"


def span(meant: Interval, unit: str | None = None) -> str:
    """An interval in words: "270 to 330", "at least 300", "more than 300 m"."""
    told = _ends(meant)
    return f"{told} {sign(unit)}" if unit else told


def _ends(meant: Interval) -> str:
    low, high = meant.low, meant.high
    if low is None and high is None:
        return "any number"
    if low is None:
        assert high is not None
        return f"{'less than' if meant.high_open else 'at most'} {number(high)}"
    if high is None:
        return f"{'more than' if meant.low_open else 'at least'} {number(low)}"
    if low == high:
        return number(low)
    if meant.low_open:
        most = "less than" if meant.high_open else "at most"
        return f"more than {number(low)}, {most} {number(high)}"
    return f"{number(low)} to {'less than ' * meant.high_open}{number(high)}"


def as_said(side: Side, digits: Callable[[Decimal], str] = number) -> str:
    """What was said; for a derived figure the total and what it is the sum of.

    A figure given in another unit than it is compared in has that beside it:
    "1.6 miles (2.574944 km)".
    """
    if side.derived:
        total = amount(side, digits)
        return side.said if total == side.said else f"{total} = {side.said}"
    said = even_arms(side.said)
    if side.unit is None or _in_its_unit(side):
        return said
    return f"{said} ({amount(side, digits)} {sign(side.unit)})"


def _in_its_unit(side: Side) -> bool:
    """Whether the words say the very numbers, or name the very unit, the side is compared in."""
    alone = reads(side.said, None)
    if alone and (alone.low, alone.best, alone.high) == (side.low, side.best, side.high):
        return True
    parts = [reads(part, None) for part in side.said.split("; ")]
    return all(part is not None and part.unit == side.unit for part in parts)


def said_of(claim: Claim) -> str:
    """What was said, with the unit that stood beside it if the words name none."""
    unit = claim.estimate.unit
    said = even_arms(claim.said)
    if unit is None:
        return said
    plain = reads(claim.said, None)
    return said if plain and plain.unit else f"{said} {sign(unit)}"
