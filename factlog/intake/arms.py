"""Values with stated uncertainties: the columns plus, minus and coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge
from factlog.comparison.meaning import EXACT
from factlog.intake.cells import Cell, Cells, Digits, Number, Reader, digits, refused, short, text

_STANDARD_ERROR = Decimal("0.683")
_INTERVAL = Decimal("0.95")
_SHARE = re.compile(r"(?P<number>[0-9]{0,3}[.,]?[0-9]{1,30})(?P<percent> ?%)?")


def armed(reader: Reader, cells: Cells, coverage: Decimal | None) -> Figure:
    """A value with its arms, one alone standing for both; standard errors unless said."""
    if not cells.value:
        raise refused("value", "is blank beside plus or minus", "Give the value they belong to.")
    plus = _arm(reader, "plus", cells.plus) if cells.plus else None
    minus = _arm(reader, "minus", cells.minus) if cells.minus else None
    up, down = plus or minus, minus or plus
    assert up is not None
    assert down is not None
    stated = reader.read("value", cells.value)
    if (stated.estimate.plus, stated.estimate.minus) == (up.size, down.size):
        return covered(stated, coverage)  # the words of the very arms beside them
    value = reader.plain("value", cells.value)
    coverage = coverage or _STANDARD_ERROR
    estimate = replace(
        value.figure.estimate,
        hedge=Hedge.PLUS_MINUS,
        plus=up.size,
        minus=down.size,
        coverage=_INTERVAL if coverage == _INTERVAL else _STANDARD_ERROR,
    )
    said = reader.said(_wordings(estimate, value, up, down), estimate)
    return Figure(said, replace(estimate, coverage=coverage), value.figure.thing)


def covered(found: Figure, coverage: Decimal | None) -> Figure:
    """A figure with the coverage its row gives, which only a plus-minus figure can have."""
    if coverage is None:
        return found
    if found.estimate.hedge is not Hedge.PLUS_MINUS:
        raise refused(
            "coverage",
            "stands beside a figure without plus and minus",
            "Give plus and minus, or leave coverage blank.",
        )
    return replace(found, estimate=replace(found.estimate, coverage=coverage))


def share(cell: Cell) -> Decimal | None:
    """A coverage, 0.95 or 95%, as a number between 0 and 1; None for a blank cell."""
    if not cell:
        return None
    found = _SHARE.fullmatch(text(cell))
    number = Decimal(found["number"].replace(",", ".")) if found else Decimal(0)
    if found and found["percent"]:
        number = EXACT.divide(number, Decimal(100))
    if not 0 < number < 1:
        raise refused(
            "coverage", f'"{short(cell)}" is not between 0 and 1', "Write it as 0.95 or 95%."
        )
    return number


def _arm(reader: Reader, column: str, cell: Cell) -> Number:
    """The size of an arm, before which its own sign may be written."""
    signs = "+" if column == "plus" else "-−"
    bare = text(cell)
    size = bare[1:].strip() if bare[:1] in tuple(signs) else bare
    found = reader.plain(column, Digits(size) if isinstance(cell, Digits) else size)
    if found.size < 0:
        raise refused(column, f'"{short(cell)}" is negative', "Write the size of the arm.")
    return found


def _wordings(estimate: Estimate, value: Number, up: Number, down: Number) -> Iterator[str]:
    """Ways to write a value with its arms, those with the cells' own digits first."""
    best = digits(value.size)
    if estimate.coverage == _INTERVAL:
        low, high = EXACT.subtract(value.size, down.size), EXACT.add(value.size, up.size)
        for words in (value.figure.said, best):
            yield f"{words} (95% CI {digits(low)} to {digits(high)})"
        return
    yield f"{value.figure.said} +{up.figure.said} -{down.figure.said}"
    yield f"{best} +{digits(up.size)} -{digits(down.size)}"
