"""What the screen has to know of units: which compare, and how one becomes another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from factlog import units

_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit as so many of its dimension's first one: number * factor + shift.

    `percent` is False for a dimension that has a zero of its own, which percent widening
    does not touch.
    """

    unit: str
    dimension: int
    factor: float
    shift: float
    percent: bool


def scales(names: Iterable[str]) -> tuple[Scale, ...]:
    """A scale for each unit; dimensions are numbered from 1, as figures without a unit are 0."""
    dimensions: list[list[str]] = []
    for unit in names:
        alike = next((each for each in dimensions if units.comparable(each[0], unit)), None)
        if alike is None:
            dimensions.append([unit])
        else:
            alike.append(unit)
    return tuple(
        _scale(unit, number, alike)
        for number, alike in enumerate(dimensions, start=1)
        for unit in alike
    )


def _scale(unit: str, number: int, alike: list[str]) -> Scale:
    percent = not any(map(units.offset, alike))
    shift = units.convert(_ZERO, unit, alike[0])
    factor = units.convert(_ONE, unit, alike[0]) - shift
    return Scale(unit, number, float(factor), float(shift), percent)
