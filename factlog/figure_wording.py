"""The figure of one source in words: as it was said, as it is compared, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal

from factlog.claim import Hedge
from factlog.findings import Side
from factlog.patterns import Pattern
from factlog.policy import STANDARD_ERROR
from factlog.wording import (
    even_arms,
    grouped,
    level,
    measured,
    number,
    shortened,
    with_powers,
    with_unit,
)

_BEFORE = {
    Hedge.ABOUT: "about ",
    Hedge.AT_LEAST: "at least ",
    Hedge.MORE_THAN: "more than ",
    Hedge.AT_MOST: "at most ",
    Hedge.LESS_THAN: "less than ",
}
_CONVERTED = 4  # digits at least are kept of what a conversion made of a figure
_WITH_ZEROS = Pattern(r"(?<![\d,.])(\d[\d,]*)\.(\d*0)(?!\d)")


def amount(side: Side, digits: Callable[[Decimal], str] = number) -> str:
    """The figure of a side: "about 3,000", "2,800 to 3,200", "at least 300", "5 ± 0.2"."""
    words = leaning(side) or _BEFORE.get(side.hedge, "")
    if side.best is not None and (side.plus is not None or side.low is None or side.high is None):
        return words + digits(side.best) + _arms(side, digits)
    if side.low is not None and side.high is not None:
        best = "" if side.best is None else f", best {digits(side.best)}"
        return f"{words}{digits(side.low)} to {digits(side.high)}{best}"
    ends = [words + digits(end) for end in (side.low, side.high) if end is not None]
    return ends[0] if ends else side.said


def leaning(side: Side) -> str:
    """Which way a figure leans that is read to one side of its number: "nearly ", or nothing."""
    low, best, high = side.reading.low, side.best, side.reading.high
    leans = {
        Hedge.ABOUT: "nearly " * (best is not None and best == (low if best < 0 else high)),
        Hedge.LESS_THAN: "just under " * (bool(low) and not side.derived),
        Hedge.MORE_THAN: "just over " * (high is not None and not side.derived),
    }
    return leans.get(side.hedge, "") * (low != high and not side.in_several_words)


def _arms(side: Side, digits: Callable[[Decimal], str]) -> str:
    if side.plus is None or side.minus is None:
        return ""
    if side.plus == side.minus:
        return f" ± {digits(side.plus)}"
    return f" +{digits(side.plus)} −{digits(side.minus)}"


def digits_of(side: Side) -> Callable[[Decimal], str]:
    """How the numbers of a side are written: with the zeros that were said, as in $2.50.

    What a conversion made of them is no finer than they were: 984 ft is 299.9 m.
    """
    if side.unit_given is not None:
        said = sum(map(str.isdigit, side.said)) + 1
        rounding = Context(prec=max(_CONVERTED, said), Emax=99999, Emin=-99999)
        return lambda value: number(rounding.plus(value))
    zeros = {
        Decimal(found[0].replace(",", "")): len(found[2])
        for found in _WITH_ZEROS.finditer(side.said)
    }
    return lambda value: f"{value:,.{zeros[value]}f}" if value in zeros else number(value)


def as_said(side: Side) -> str:
    """What was said, as people are shown it: digits in threes, m³ for m^3."""
    return with_powers(grouped(spelled(side, digits_of(side))))


def spelled(side: Side, digits: Callable[[Decimal], str] = number) -> str:
    """What was said; for a derived figure the total and what it is the sum of.

    A figure given in another unit than it is compared in has that beside it:
    "1.6 miles (2.574944 km)".
    """
    if side.derived:
        if _whole_and_sums(side)[0]:
            return made_of(side)
        total = amount(side, digits)
        return side.said if total == side.said else f"{total} = {side.said}"
    said = as_given(side)
    if side.unit is None or side.unit_given is None:
        return said
    return f"{said} ({with_unit(amount(side, digits), side.unit)})"


def as_given(side: Side) -> str:
    """What was said, with the unit that stood beside it if that is another than it is shown in."""
    said, unit = even_arms(side.said), side.unit_given
    return said if unit is None or side.unit_said else with_unit(said, unit)


def figure(side: Side) -> str:
    """A figure in the words and unit it was given in; a derived one by its number.

    What another unit makes of it stands beside it: "104 °F (40 °C)". A measured one has the
    digits its error needs, as wherever it is shown.
    """
    if side.plus and side.minus:
        return with_error(side, side.unit)
    if not side.derived:
        plain_unit = side.unit if side.unit_given is None and not side.unit_said else None
        said = spelled(side, digits_of(side))
        if side.best is not None:
            said = shortened(said, side.best)
        return grouped(with_unit(said, plain_unit) if plain_unit else said)
    return with_unit(amount(side), side.unit) if side.unit else amount(side)


def claims(side: Side) -> str:
    """The claims behind a side, by number."""
    return f"claim{'s' * (len(side.claims) > 1)} {', '.join(map(str, side.claims))}"


def made_of(side: Side) -> str:
    """What a derived figure is the sum of, after what its source said of the whole.

    "killed 300 + injured 2,700"; "more than 3,000, of which killed 300 + injured 2,700".
    """
    whole, sums = _whole_and_sums(side)
    return f"{' and '.join(whole)}, of which {sums}" if whole else sums


def summed(figure: str, side: Side) -> str:
    """The same after the figure, unless its source gave the whole itself."""
    made = made_of(side)
    return made if _whole_and_sums(side)[0] or figure == made else f"{figure} = {made}"


def _whole_and_sums(side: Side) -> tuple[list[str], str]:
    words = dict.fromkeys((grouped(each.said), each.derived) for each in side.joined or (side,))
    sums = " or ".join(said for said, derived in words if derived)
    return [said for said, derived in words if not derived], sums


def sum_of(side: Side) -> str:
    """A derived figure and what it is the sum of, with the claims behind it."""
    if _whole_and_sums(side)[0]:
        return f"{made_of(side)}, read together ({claims(side)})"
    if side.in_several_words:  # sums that only hold together
        together = " and ".join(dict.fromkeys(grouped(each.said) for each in side.joined))
        return f"{figure(side)} stands for {together}, read together ({claims(side)})"
    return f"{' = '.join(dict.fromkeys((figure(side), grouped(side.said))))} ({claims(side)})"


def with_error(side: Side, unit: str | None = None) -> str:
    """A measured figure: ± is one standard error, and says so where it is another interval.

    "42.0 ± 3.1 percent (95%)", "270 +30 -20 (level not stated)".
    """
    assert side.best is not None
    assert side.plus is not None
    assert side.minus is not None
    words = measured(side.best, side.plus, side.minus, unit)
    return words if side.coverage == STANDARD_ERROR else f"{words} ({level(side.coverage)})"


def counted_otherwise(one: Side, other: Side) -> str:
    """That one of two figures is a documented minimum and the other an estimate; else nothing."""
    kinds = ("documented", "estimate")  # of Basis, which is loaded where somebody has said it
    counts = [a.source for a, b in ((one, other), (other, one)) if (a.basis, b.basis) == kinds]
    return f"{counts[0]} counts confirmed names only" if counts else ""
