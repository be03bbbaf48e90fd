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
        ends = (self.low, min(max(value, self.low), self.high), self.high)
        low, at, high = map(math.log, ends) if self.log else ends
        return min(max((at - low) / (high - low), 0.0), 1.0)


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
    """A measure's sides on one axis.

    `left_out` are in another unit; `unmarked` conflicts are beyond those that were spelled out.
    """

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    axis: Axis
    bars: tuple[Bar, ...]
    left_out: int
    unmarked: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A side at its date; `revised` is one that changes what its source said before."""

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

    @property
    def height(self) -> float:
        """Where on the value axis it stands: as stated, else in the middle of what it can mean."""
        if self.stated is not None:
            return self.stated
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one source through time, of one scope, which stands behind its name."""

    source: str
    steps: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A measure through time, a line for each source.

    `undated` and `left_out`, in another unit, are not drawn; `unmarked` is as in Picture.
    """

    subject: str
    measure: str
    unit: str | None
    kind: Kind
    verdict: Verdict
    across: Axis
    up: Axis
    lines: tuple[Line, ...]
    undated: int
    left_out: int = 0
    unmarked: int = 0
