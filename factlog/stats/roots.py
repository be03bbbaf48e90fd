"""Finding where a function crosses zero, between two points known to lie on either side."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

_STEPS = 300
_CLOSE = 4e-16

Function = Callable[[float], float]


def root(function: Function, low: float, high: float) -> float:
    """The point between `low` and `high` where a function that changes sign there is zero.

    Chandrupatla's method (Advances in Engineering Software 28, 1997, 145-149): inverse
    quadratic steps where they are safe, else halving, so that it always ends.
    """
    a, b = low, high
    at_a, at_b = function(a), function(b)
    c, at_c = a, at_a
    share = 0.5
    for _ in range(_STEPS):
        best = a if abs(at_a) < abs(at_b) else b
        if at_a == 0 or at_b == 0 or abs(b - a) <= _CLOSE * abs(best):
            break
        x = a + share * (b - a)
        at_x = function(x)
        if x in (a, b):
            break
        if (at_x > 0) == (at_a > 0):
            c, at_c = a, at_a
        else:
            c, at_c, b, at_b = b, at_b, a, at_a
        a, at_a = x, at_x
        share = _share(a, b, c, at_a, at_b, at_c)
    return a if abs(at_a) < abs(at_b) else b


def _share(a: float, b: float, c: float, at_a: float, at_b: float, at_c: float) -> float:
    """How far from a to b to step next."""
    if c in (a, b) or at_c in (at_a, at_b):
        return 0.5
    xi, phi = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
    if not (phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi):
        return 0.5
    first = at_a / (at_b - at_a) * at_c / (at_b - at_c)
    second = (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b)
    least = _CLOSE * abs(a) / abs(b - a)
    return min(max(first + second, least), 1 - least)


def beyond(function: Function, start: float) -> float:
    """A point, from `start` on upwards, where a function that ends up positive is not negative."""
    high = start
    while function(high) < 0:
        high *= 4
        if high == inf:
            raise OverflowError("no point found before the largest number")
    return high
