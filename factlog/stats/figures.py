"""Figures with uncertainties, checked, and moved to where arithmetic loses no digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import frexp, isfinite, ldexp

from factlog.errors import PoolingError


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures counted from the most precise of them, in a power of two near its uncertainty.

    A figure is `start + value * 2**power`. Both changes are exact in binary, so that figures
    near 1e-31 and near 1e31 go through the same sums.
    """

    values: tuple[float, ...]
    plus: tuple[float, ...]
    minus: tuple[float, ...]
    start: float
    power: int

    @property
    def errors(self) -> tuple[float, ...]:
        """One standard error a figure: half the distance between the ends of its arms."""
        return tuple((p + m) / 2 for p, m in zip(self.plus, self.minus, strict=True))

    def number(self, value: float) -> float:
        """A value as it was counted before."""
        return self.start + self.distance(value)

    def distance(self, length: float) -> float:
        """A length as it was measured before."""
        return ldexp(length, self.power)

    def square(self, area: float) -> float:
        """A squared length as it was measured before."""
        return ldexp(area, 2 * self.power)

    def without(self, place: int) -> Figures:
        """All figures but one."""
        return figures(
            _all_but(self.values, place), _all_but(self.plus, place), _all_but(self.minus, place)
        )._within(self)

    def _within(self, outer: Figures) -> Figures:
        """These figures, counted as those are that `outer` was made of."""
        start = outer.number(self.start)
        return Figures(self.values, self.plus, self.minus, start, self.power + outer.power)


def _all_but(numbers: Sequence[float], place: int) -> tuple[float, ...]:
    return (*numbers[:place], *numbers[place + 1 :])


def figures(
    values: Sequence[float], plus: Sequence[float], minus: Sequence[float] | None = None
) -> Figures:
    """Check figures and their one-sigma uncertainties, and scale them.

    `minus` is the lower arm where it differs from the upper one.
    """
    lower = plus if minus is None else minus
    _check(values, plus, lower)
    sizes = [max(p, m) for p, m in zip(plus, lower, strict=True)]
    best = min(range(len(sizes)), key=sizes.__getitem__)
    start, power = float(values[best]), frexp(sizes[best])[1]
    try:
        return Figures(
            tuple(ldexp(value - start, -power) for value in values),
            tuple(ldexp(arm, -power) for arm in plus),
            tuple(ldexp(arm, -power) for arm in lower),
            start,
            power,
        )
    except OverflowError:
        raise too_far_apart() from None


def _check(values: Sequence[float], plus: Sequence[float], minus: Sequence[float]) -> None:
    if not len(values) == len(plus) == len(minus):
        raise PoolingError(
            f"There are {len(values)} figures and {len(plus)} and {len(minus)} uncertainties.",
            "Give each figure its own uncertainty, above and below.",
        )
    if len(values) < 2:
        raise PoolingError(
            f"Pooling takes at least two figures, and there is {len(values) or 'none'}.",
            "Add another figure with a stated uncertainty.",
        )
    for place, (value, *arms) in enumerate(zip(values, plus, minus, strict=True), start=1):
        if not (isfinite(value) and all(isfinite(arm) for arm in arms)):
            raise PoolingError(
                f"Figure {place} or its uncertainty is not a finite number.",
                "Leave it out, or correct it.",
            )
        if min(arms) <= 0:
            raise zero_variance(f"Figure {place}, {value:.10g},")


def zero_variance(which: str) -> PoolingError:
    """The refusal of a figure that leaves no room for error."""
    return PoolingError(
        f"{which} has no uncertainty above zero: it would outweigh all the others without end.",
        "Leave it out, or give the uncertainty it was stated with.",
    )


def too_far_apart() -> PoolingError:
    """The refusal of figures whose distances, in uncertainties, no number can hold."""
    return PoolingError(
        "The figures are too far apart for the size of their uncertainties.",
        "Check for a slip in a power of ten or a unit.",
    )
