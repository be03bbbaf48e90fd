"""Lanes for a terminal: a source's figures along the dates, each with its value where it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from factlog.comparison import Verdict
from factlog.render.digits import number
from factlog.render.look import Look
from factlog.render.picture.signs import column, signs
from factlog.render.picture.values import Axis, Line, Point
from factlog.render.prose import cells, paint, shown

CLASH = "!"
# So many signs of what was said can stand beside a mark.
_SHORT = 30


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane as drawn, and how many of its values there was no room to write."""

    drawn: str
    unwritten: int


def lane(line: Line, across: Axis, room: int, look: Look) -> Lane:
    """The figures of a source from left to right: marks, values beside them, a line between."""
    marks = _marks(line, across, room)
    spots = list(marks)
    track = [" "] * room
    for one, other in pairwise(spots):
        track[one:other] = (signs(look).line if line.steps else signs(look).faint) * (other - one)
    for spot, points in marks.items():
        track[spot] = _mark(points, look)
    taken = set(spots)
    unwritten = 0
    for point in _by_weight(line):
        text = shown(f"{value(point)}{' revised' * point.revised}", look)
        start = _free(column(across, point.day, room), cells(text), taken, room)
        if start is None:
            unwritten += 1
            continue
        taken |= set(range(start - 1, start + cells(text) + 1))
        _write(track, text, start)
    clashes = {at for at, points in marks.items() if _mark(points, look) == CLASH}
    drawn = (paint(s, "conflict", look) if at in clashes else s for at, s in enumerate(track))
    return Lane("".join(drawn).rstrip(), unwritten)


def _marks(line: Line, across: Axis, room: int) -> dict[int, list[Point]]:
    """What stands in each column, from left to right."""
    marks: dict[int, list[Point]] = {}
    for point in line.points:
        marks.setdefault(column(across, point.day, room), []).append(point)
    return marks


def _mark(points: list[Point], look: Look) -> str:
    """The sign for figures in one column: the gravest."""
    use = signs(look)
    if any(point.verdict is Verdict.CONFLICT for point in points):
        return CLASH
    if any(point.revised for point in points):
        return use.revised
    return use.derived if all(point.derived for point in points) else use.stated


def _by_weight(line: Line) -> Iterator[Point]:
    """The figures in the order in which their values are given room: the last one first."""
    yield from line.points[-1:]
    yield from line.points[:-1][:1]
    between = line.points[1:-1]
    yield from sorted(between, key=lambda p: p.verdict is not Verdict.CONFLICT and not p.revised)


def _free(at: int, size: int, taken: set[int], room: int) -> int | None:
    """Where beside a mark a value has room, and no other mark as near; None if nowhere."""
    for start in (at + 2, at - 1 - size):
        near = set(range(start - 2, start + size + 2)) - {at}
        beside = at + 1 if start > at else at - 1
        if start >= 0 and start + size <= room and not (near - {at - 1, at + 1} | {beside}) & taken:
            return start
    return None


def _write(track: list[str], text: str, start: int) -> None:
    """Put a value on the line, a blank to either side of it."""
    track[start : start + len(text)] = text
    for beside in (start - 1, start + len(text)):
        if 0 <= beside < len(track) and not track[beside].strip(" ─-·."):
            track[beside] = " "


def value(point: Point) -> str:
    """A figure in few signs: 300, ~300, 300+, up to 300; a range as said, if that is short."""
    low, high, stated = point.low, point.high, point.stated
    if stated is None and cells(point.said) <= _SHORT:
        return point.said
    if stated is None:
        ends = [_number(end) for end in (low, high) if end is not None]
        return " to ".join(dict.fromkeys(ends))
    if high is None:
        return f"{_number(stated)}+"
    if low is None or (low == 0 and stated == high > 0):
        return f"up to {_number(stated)}"
    return _number(stated) if low == high else f"~{_number(stated)}"


def _number(value: float) -> str:
    return number(Decimal(f"{value:.12g}"))
