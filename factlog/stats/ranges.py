"""Middles and ranges of plain numbers: weighted, pooled, and calibrated on cases once settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from operator import itemgetter
from typing import TypeVar

Number = TypeVar("Number", float, Decimal)


def weighted_median(values: Sequence[Number], weights: Sequence[float]) -> Number:
    """The value that half of the weight lies below; the middle of two where it parts them.

    >>> weighted_median([1.0, 2.0, 10.0], [1, 1, 1])
    2.0
    >>> weighted_median([1.0, 2.0, 10.0, 20.0], [1, 1, 1, 1])
    6.0
    """
    pairs = sorted(zip(values, weights, strict=True), key=itemgetter(0))
    half = sum(weights) / 2
    below = 0.0
    for place, (value, weight) in enumerate(pairs):
        below += weight
        if abs(below - half) <= 1e-9 * half and place + 1 < len(pairs):
            return value + (pairs[place + 1][0] - value) / 2
        if below > half:
            return value
    return pairs[-1][0]


def pooled_range(
    ranges: Sequence[tuple[Number, Number]], level: Decimal
) -> tuple[Decimal, Decimal]:
    """The middle `level` of a linear pool: as likely to lie in one range as in another.

    Within each, which is wider than a point, any number is as likely as any other. Ranges are
    never cut down to what they have in common.
    """
    ends = sorted({Decimal(end) for each in ranges for end in each})
    pairs = [(Decimal(low), Decimal(high)) for low, high in ranges]
    tail = (1 - level) / 2
    return _quantile(pairs, ends, tail), _quantile(pairs, ends, 1 - tail)


def _quantile(
    ranges: Sequence[tuple[Decimal, Decimal]], ends: Sequence[Decimal], share: Decimal
) -> Decimal:
    """The number that a share of the pool, neither 0 nor 1, lies below."""
    place = bisect_left(ends, share, key=lambda end: _below(ranges, end))
    low, high = ends[place - 1], ends[place]
    below = _below(ranges, low)
    return low + (high - low) * (share - below) / (_below(ranges, high) - below)


def _below(ranges: Sequence[tuple[Decimal, Decimal]], number: Decimal) -> Decimal:
    """The share of a pool that lies below a number."""
    parts = (
        min(max((number - low) / (high - low), Decimal(0)), Decimal(1)) for low, high in ranges
    )
    return sum(parts, Decimal(0)) / len(ranges)


def calibrated_radius(errors: Sequence[Number], level: Decimal) -> Number | None:
    """How far off a figure may be, going by the errors of earlier ones; None if they are too few.

    The ceil((m + 1) * level)-th smallest of m: so a next one, in the same way come by, is
    within it in at least that share of cases (Vovk, Gammerman and Shafer, Algorithmic Learning
    in a Random World, 2005). Of few it is up to 1 / (m + 1) more: of 12 at 80% it is the 11th,
    which holds 11 of 13 cases, or 84.6%; and where many errors are equal, such as 0, more still.
    How often a radius between two of them held would depend on how errors are spread.
    """
    place = calibrated_place(len(errors), level)
    return sorted(errors)[place - 1] if place <= len(errors) else None


def calibrated_place(cases: int, level: Decimal) -> int:
    """Which of the errors of so many cases is the radius, from the smallest on."""
    return ceil((cases + 1) * level)
