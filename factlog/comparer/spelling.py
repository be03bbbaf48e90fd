"""Spelling: numbers, intervals, figures and dates as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal

from factlog.comparison import Interval, Side
from factlog.comparison.signs import even_arms, sign

# A converted figure such as 70 °F in °C has no end of digits; so many are a figure as given.
_MOST_DIGITS, _MOST_PLACES = 24, 10
_ROUNDED = Context(prec=7)
# What stands between the words of several claims that are one figure.
JOINT = "; "


def amount(number: Decimal, unit: str | None = None) -> str:
    """A number as people write it: 8,848.86 m; a fraction without end to seven digits."""
    _, held, power = number.as_tuple()
    if len(held) > _MOST_DIGITS and isinstance(power, int) and power < -_MOST_PLACES:
        number = _ROUNDED.plus(number)
    digits = f"{number:,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits} {sign(unit)}" if unit else digits


def span(interval: Interval, unit: str | None = None) -> str:
    """An interval in words: 270 to 330, at least 300, more than 300."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return "any number"
    if low is None or high is None:
        return _bound(interval, unit)
    if low == high:
        return amount(low, unit)
    if interval.low_open:
        most = "less than" if interval.high_open else "at most"
        return f"more than {amount(low)}, {most} {amount(high, unit)}"
    return f"{amount(low)} to {'less than ' * interval.high_open}{amount(high, unit)}"


def _bound(interval: Interval, unit: str | None) -> str:
    if interval.low is not None:
        return f"{'more than' if interval.low_open else 'at least'} {amount(interval.low, unit)}"
    assert interval.high is not None
    return f"{'less than' if interval.high_open else 'at most'} {amount(interval.high, unit)}"


def owner(source: str) -> str:
    """A source as the one something belongs to: CIA's, US officials'."""
    return f"{source}'" if source.endswith("s") else f"{source}'s"


def figure(side: Side) -> str:
    """A figure in the words it was given in; a derived one by its number."""
    if not side.derived:
        return even_arms(side.said)
    return span(side.stated, side.unit) if side.best is None else amount(side.best, side.unit)


def claims(side: Side) -> str:
    """The claims behind a side, by number."""
    numbers = ", ".join(str(number) for number in side.claims)
    return f"claim {numbers}" if len(side.claims) == 1 else f"claims {numbers}"


def spelled_sum(side: Side) -> str:
    """A derived figure and what it is the sum of, with the claims behind it."""
    if JOINT in side.said:  # sums, or a sum and an open whole, that only hold together
        together = side.said.replace(JOINT, " and ")
        return f"{figure(side)} stands for {together}, read together ({claims(side)})"
    return f"{figure(side)} = {side.said} ({claims(side)})"


def when(side: Side) -> str:
    """When a figure is for: on 2025-01-13, by 2025-01-12, in 2025-01."""
    period = side.when
    if period is None:
        return "date unknown"
    if period.first is None or period.last is None:
        return _open_when(period.first, period.last)
    if period.first == period.last:
        return f"on {period.first}"
    from factlog import dates  # only for months and the like

    words = dates.spell(period)
    if "/" in words:
        return f"between {period.first} and {period.last}"
    return f"in {words}"


def _open_when(first: date | None, last: date | None) -> str:
    if last is not None:
        return f"by {last}"
    return f"from {first} on" if first is not None else "at a date left open"
