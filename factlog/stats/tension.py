"""How far figures are from each other, in sigmas."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from itertools import combinations
from math import hypot

from factlog.stats.figures import zero_variance


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
