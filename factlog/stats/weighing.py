"""Weights, and the weighted sums that every method is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from operator import mul


@dataclass(frozen=True)
class Weighed:
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


def weighed(values: Sequence[float], errors: Sequence[float], tau2: float = 0.0) -> Weighed:
    """Values weighed by the inverse of their variance, 1 / (s^2 + tau2)."""
    return Weighed(values, [1 / (error * error + tau2) for error in errors])
