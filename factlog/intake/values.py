"""The cells of a row as one figure.

Whatever words are put together here, reading them again gives the same figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge
from factlog.intake.arms import armed, covered, share
from factlog.intake.cells import Cells, Number, Reader, digits, refused, short, text


def figure(cells: Cells, locale: str | None = None) -> Figure:
    """The figure a row states.

    A value alone is read as it stands. Low and high make a range, with the value as its best;
    one of them alone makes at least or at most. Plus and minus are the arms of a value, one
    alone standing for both, at the coverage given or else as standard errors.
    """
    value, low, high, plus, minus, coverage, unit = cells
    reader = Reader(text(unit) or None, locale)
    if not (low or high or plus or minus):
        if not value:
            raise refused("value", "is blank", "Give a value, or low or high, or drop the row.")
        return covered(reader.read("value", value), share(coverage))
    if not (plus or minus):
        return covered(_bounded(reader, cells), share(coverage))
    if low or high:
        raise refused(
            "low", "stands beside plus or minus", "Give low and high, or plus and minus, not both."
        )
    return armed(reader, cells, share(coverage))


def _bounded(reader: Reader, cells: Cells) -> Figure:
    """The figure that low and high make, with the value beside them if there is one."""
    low = reader.plain("low", cells.low) if cells.low else None
    high = reader.plain("high", cells.high) if cells.high else None
    value = reader.read("value", cells.value) if cells.value else None
    ends = (low and low.size, high and high.size)
    if value and (value.estimate.low, value.estimate.high) == ends:
        return value  # the words of the very bounds beside them
    if low and high:
        return _range(reader, low, high, value)
    if value:
        raise refused(
            "value",
            f'"{short(cells.value)}" stands beside only one of low and high',
            "Give both for a range around the value, or leave the value blank for a bound.",
        )
    if low:
        return _bound(reader, "at least", low, Estimate(Hedge.AT_LEAST, low=low.size))
    assert high is not None
    return _bound(reader, "at most", high, Estimate(Hedge.AT_MOST, high=high.size))


def _range(reader: Reader, low: Number, high: Number, value: Figure | None) -> Figure:
    if low.size > high.size:
        raise refused(
            "low", f"{low.figure.said} is above high, {high.figure.said}", "Swap the two."
        )
    numbers = [low, high, *([_best(value, low.size, high.size)] if value else [])]
    unit = _one_unit(number.figure.estimate.unit for number in numbers)
    best = numbers[2].size if value else None
    estimate = Estimate(Hedge.RANGE, low.size, best, high.size, unit=unit)
    wordings = (
        _to([number.figure.said for number in numbers]),
        _to([digits(number.size) for number in numbers]),
    )
    thing = next((number.figure.thing for number in numbers if number.figure.thing), None)
    return Figure(reader.said(wordings, estimate), estimate, thing)


def _to(ends: list[str]) -> str:
    """The words of a range: "2,800 to 3,200", with ", best 3,000" if there is a third."""
    return f"{ends[0]} to {ends[1]}" + (f", best {ends[2]}" if len(ends) > 2 else "")


def _best(value: Figure, low: Decimal, high: Decimal) -> Number:
    """The value between low and high, which has to be a bare number within them."""
    best = value.estimate.best
    if value.estimate.hedge is not Hedge.EXACT or best is None:
        raise refused(
            "value",
            f'"{short(value.said)}" stands beside low and high and is more than a bare number',
            "Beside low and high, the value is the best figure between them: write only digits.",
        )
    if not low <= best <= high:
        raise refused(
            "value",
            f"{short(value.said)} does not lie between low and high",
            "The value is the best figure of the range, and has to lie within it.",
        )
    return Number(value, best)


def _bound(reader: Reader, words: str, end: Number, estimate: Estimate) -> Figure:
    estimate = replace(estimate, unit=end.figure.estimate.unit)
    wordings = (f"{words} {end.figure.said}", f"{words} {digits(end.size)}")
    return Figure(reader.said(wordings, estimate), estimate, end.figure.thing)


def _one_unit(units: Iterable[str | None]) -> str | None:
    found = set(units)
    if len(found) > 1:
        names = " and ".join(sorted(unit or "none" for unit in found))
        raise refused("low", f"the bounds differ in unit: {names}", "Write them in one unit.")
    return found.pop()
