"""Counting the pairs of measurements that lie too many sigmas apart, without trying every pair.

How far two may lie apart goes by the errors of both, which is no order to sweep by. So they are
split in two by value, error and day, again and again: of two such groups all pairs lie that far
apart, or none does, as soon as their outermost values, errors and days say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from itertools import product
from math import hypot
from typing import NamedTuple

from factlog.comparer.sides import Measurement
from factlog.comparer.verdicts import TINY, further_by_floats, further_than, room
from factlog.values import dataclass


class Point(NamedTuple):
    """A measurement by its value, the error that faces the other, and a day."""

    value: float
    error: float
    day: int
    measurement: Measurement


def lower_point(measurement: Measurement, day: int = 0) -> Point:
    """One that is to lie below another, by its upper error."""
    return Point(float(measurement[0]), float(measurement[1]), day, measurement)


def higher_point(measurement: Measurement, day: int = 1) -> Point:
    """One that is to lie above another, by its lower error."""
    return Point(float(measurement[0]), float(measurement[2]), day, measurement)


_SMALL = 6  # of so few, trying every pair is quicker than to split further


@dataclass(slots=True)
class _Span:
    """Some points, and the least and most of their values, errors and days."""

    points: Sequence[Point]
    turn: int
    value: tuple[float, float]
    error: tuple[float, float]
    day: tuple[int, int]
    _halves: tuple[_Span, _Span] | None = field(default=None, repr=False)

    def halves(self) -> tuple[_Span, _Span]:
        """The lower and the upper half by what comes next of those in which they differ."""
        if self._halves is None:
            ranges = (self.value, self.error, self.day)
            turns = (turn % 3 for turn in range(self.turn, self.turn + 3))
            turn = next((turn for turn in turns if ranges[turn][0] < ranges[turn][1]), 0)
            ordered = sorted(self.points, key=lambda point: point[turn])
            middle = len(ordered) // 2
            self._halves = _span(ordered[:middle], turn + 1), _span(ordered[middle:], turn + 1)
        return self._halves


def _span(points: Sequence[Point], turn: int = 0) -> _Span:
    values, errors, days, _ = zip(*points, strict=True)
    return _Span(
        *(points, turn, (min(values), max(values))),
        *((min(errors), max(errors)), (min(days), max(days))),
    )


def below(lower: Sequence[Point], higher: Sequence[Point], sigmas: Decimal) -> int:
    """Pairs of one from each in which the first is of an earlier day and lies further below the
    second than so many sigmas of their difference.
    """
    if not (lower and higher):
        return 0
    found, waiting = 0, [(_span(lower), _span(higher))]
    limit = float(sigmas)
    while waiting:
        one, other = waiting.pop()
        if one.day[0] >= other.day[1] or none_below(
            one.value, one.error[0], other.value, other.error[0], limit
        ):
            continue
        if one.day[1] < other.day[0] and _all(one, other, limit):
            found += len(one.points) * len(other.points)
        elif len(one.points) <= _SMALL and len(other.points) <= _SMALL:
            found += _one_by_one(one.points, other.points, sigmas)
        elif len(one.points) >= len(other.points):
            waiting += [(half, other) for half in one.halves()]
        else:
            waiting += [(one, half) for half in other.halves()]
    return found


Ends = tuple[float, float]


def none_below(lower: Ends, error: float, higher: Ends, other: float, sigmas: float) -> bool:
    """Whether of some values none lies so many sigmas below another, by the least errors."""
    limit = sigmas * hypot(error, other)
    return higher[1] - lower[0] < limit - _widest(lower, higher, limit)


def _all(lower: _Span, higher: _Span, sigmas: float) -> bool:
    limit = sigmas * hypot(lower.error[1], higher.error[1])
    return (
        higher.value[0] - lower.value[1] > limit + _widest(lower.value, higher.value, limit) + TINY
    )


def _widest(lower: Ends, higher: Ends, limit: float) -> float:
    """The most that floats are not trusted, as between two of these."""
    return room(max(map(abs, lower)), max(map(abs, higher)), limit)


def _one_by_one(lower: Sequence[Point], higher: Sequence[Point], sigmas: Decimal) -> int:
    found, times = 0, float(sigmas)
    for one, other in product(lower, higher):
        if one.day < other.day:
            limit = times * hypot(one.error, other.error)
            plain = further_by_floats(one.value, other.value, limit)
            if plain is None:  # every digit counts
                plain = further_than(sigmas, one.measurement, other.measurement)
            found += plain
    return found
