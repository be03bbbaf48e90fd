"""Figures with uncertainties: checked, weighted, and how many sigmas they are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import combinations
from math import frexp, fsum, hypot, isfinite, ldexp
from operator import mul

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


@dataclass(frozen=True)
class WeightedSums:
    """Values with weights, and what they sum to. Every sum is rounded once."""

    values: Sequence[float]
    weights: Sequence[float]

    @cached_property
    def total(self) -> float:
        """The sum of the weights, W."""
        return fsum(self.weights)

    @cached_property
    def mean(self) -> float:
        """The weighted mean, sum(w y) / W."""
        return fsum(map(mul, self.weights, self.values)) / self.total

    @cached_property
    def squares(self) -> list[float]:
        """Each value's squared distance from the mean."""
        mean = self.mean
        return [(value - mean) * (value - mean) for value in self.values]

    @cached_property
    def q(self) -> float:
        """Cochran's Q, sum w (y - mean)^2 (Cochran, Biometrics 10, 1954, 101-129)."""
        return fsum(map(mul, self.weights, self.squares))

    @cached_property
    def q_squared(self) -> float:
        """Sum w^2 (y - mean)^2, which is y'PPy, and minus the slope of Q as tau2 grows."""
        return fsum(w * w * s for w, s in zip(self.weights, self.squares, strict=True))

    @cached_property
    def trace(self) -> float:
        """W - sum(w^2) / W, the trace of P, as sum of w (W - w) / W.

        So written it keeps its digits where one weight is nearly all of W.
        """
        total = self.total
        return fsum(w * (self._rest(w) / total) for w in self.weights)

    def _rest(self, weight: float) -> float:
        """The sum of all weights but one."""
        if weight <= self.total / 2:
            return self.total - weight
        return fsum((*self.weights, -weight))


def weighed(values: Sequence[float], errors: Sequence[float], tau2: float = 0.0) -> WeightedSums:
    """Values weighed by the inverse of their variance, 1 / (s^2 + tau2)."""
    return WeightedSums(values, [1 / (error * error + tau2) for error in errors])


def sigmas_apart(a: Sequence[float], b: Sequence[float]) -> float:
    """How many standard errors of their difference two independent figures are apart.

    |a - b| / sqrt(sa^2 + sb^2), with the arms that face each other: the upper one of the lower
    figure and the lower one of the higher (JCGM 100:2008, 5.1.2). A figure is its
    value, its upper and its lower arm.

    >>> sigmas_apart((10.0, 3.0, 3.0), (20.0, 4.0, 4.0))
    2.0
    """
    low, high = (a, b) if a[0] <= b[0] else (b, a)
    facing = hypot(low[1], high[2])
    if facing == 0:
        raise zero_variance("Neither figure")
    return (high[0] - low[0]) / facing


def furthest_apart(
    figures: Sequence[Sequence[float]], limit: int = 3
) -> list[tuple[float, int, int]]:
    """The pairs furthest apart, as sigmas and the places of the two, worst first.

    Every pair is looked at: keep to hundreds of figures.
    """
    pairs = combinations(range(len(figures)), 2)
    apart = ((sigmas_apart(figures[i], figures[j]), -i, -j) for i, j in pairs)
    return [(sigmas, -i, -j) for sigmas, i, j in nlargest(limit, apart)]
