"""The Particle Data Group's average: uneven errors, and a scale factor where figures disagree.

S. Navas et al. (Particle Data Group), Phys. Rev. D 110, 030001 (2024), Introduction, section 5.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from factlog.stats.figures import Figures
from factlog.stats.roots import root
from factlog.stats.weighing import Weighed, weighed

_ROUNDS = 200


@dataclass(frozen=True, slots=True)
class Average:
    """A weighted mean, its unscaled arms, the scale factor, and the errors each figure had."""

    mean: float
    plus: float
    minus: float
    scale: float
    errors: tuple[float, ...]
    weighed: Weighed


def average(figures: Figures) -> Average:
    """The weighted mean with weights 1 / error^2, the errors depending on the mean itself.

    The mean is iterated until it stays (section 5.2.2). Its arms come from the figures' arms
    taken as a linear propagation: sqrt(sum((w arm)^2)) / W, plus and minus apart.
    """
    mean = _settled(figures)
    errors = errors_at(mean, figures)
    at = weighed(figures.values, errors)
    return Average(
        mean=at.mean,
        plus=_arm(at, figures.plus),
        minus=_arm(at, figures.minus),
        scale=scale_factor(at, errors),
        errors=errors,
        weighed=at,
    )


def error_at(mean: float, value: float, plus: float, minus: float) -> float:
    """The error a figure has as seen from the mean.

    `minus` where the mean lies below value - minus, `plus` where it lies above value + plus,
    and in between a straight line from one to the other (section 5.2.2).
    """
    if plus == minus or mean <= value - minus:
        return minus
    if mean >= value + plus:
        return plus
    return minus + (plus - minus) * (mean - (value - minus)) / (plus + minus)


def errors_at(mean: float, figures: Figures) -> tuple[float, ...]:
    """The error each figure has as seen from the mean."""
    return tuple(
        error_at(mean, *each)
        for each in zip(figures.values, figures.plus, figures.minus, strict=True)
    )


def scale_factor(at: Weighed, errors: Sequence[float]) -> float:
    """S = max(1, sqrt(chi2 / (N - 1))), over the figures precise enough to matter.

    Those are the ones whose error is below 3 sqrt(N) times the unscaled error of the mean
    (section 5.2.2); chi2 and N count them alone, round the mean of all.
    """
    ceiling = 3 * sqrt(len(errors)) / sqrt(at.total)
    kept = [
        weight * square
        for weight, square, error in zip(at.weights, at.squares, errors, strict=True)
        if error < ceiling
    ]
    return sqrt(max(1.0, fsum(kept) / (len(kept) - 1))) if len(kept) > 1 else 1.0


def _settled(figures: Figures) -> float:
    """The mean that its own errors lead to."""
    at = weighed(figures.values, figures.errors)
    if figures.plus == figures.minus:
        return at.mean
    mean = at.mean
    for _ in range(_ROUNDS):
        before, mean = mean, _next(mean, figures)
        if abs(mean - before) <= max(1e-14 / sqrt(at.total), 4e-16 * abs(mean)):
            return mean
    # It swings to and fro: look for the mean between the lowest and the highest figure.
    return root(lambda m: m - _next(m, figures), min(figures.values), max(figures.values))


def _next(mean: float, figures: Figures) -> float:
    return weighed(figures.values, errors_at(mean, figures)).mean


def _arm(at: Weighed, arms: Sequence[float]) -> float:
    return sqrt(fsum((w * arm) ** 2 for w, arm in zip(at.weights, arms, strict=True))) / at.total
