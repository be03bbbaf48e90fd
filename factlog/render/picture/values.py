"""What a picture holds: marks on axes, before anything is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from factlog.comparison import Kind, Verdict


@dataclass(frozen=True, slots=True)
class Tick:
    """A round value on an axis, and its label."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from `low` to `high`, its ticks and what it counts."""

    low: float
    high: float
    log: bool
    ticks: tuple[Tick, ...]
    unit: str | None

    def place(self, value: float) -> float:
        """Where a value stands along the axis, from 0 to 1; what lies beyond stands at its end."""
        value = min(max(value, self.low), self.high)
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Bar:
    """A side: its reading from `low` to `high` (None is open), and the value stated."""

    side: int
    source: str
    said: str
    when: str
    scope: str | None
    low: float | None
    high: float | None
    stated: float | None
    derived: bool
    current: bool
    verdict: Verdict | None
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A measure's sides on one axis; `left_out` are in another unit."""

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    axis: Axis
    bars: tuple[Bar, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Point:
    """A side at its date."""

    side: int
    day: float
    when: str
    low: float | None
    high: float | None
    stated: float | None
    said: str
    derived: bool
    revised: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one source through time."""

    source: str
    steps: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure through time, a line for each source."""

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    across: Axis
    up: Axis
    lines: tuple[Line, ...]
    undated: int
