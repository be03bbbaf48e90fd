"""Figures through time for a terminal: dates across, values up, a letter a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import ascii_letters

from factlog.comparison import Verdict
from factlog.render.look import Look
from factlog.render.picture.strips import axis, column, signs
from factlog.render.picture.values import Line, Point, Timeline
from factlog.render.prose import paint, shown, wrap

_ROWS = 15
# Of more sources than these only the figures are drawn, not the steps between them.
_FEW = 4
SEVERAL = "*"


def plot(timeline: Timeline, look: Look) -> Iterator[str]:
    """The lines of a plot: the grid, the dates under it, and every source's figures in words."""
    labels = [shown(tick.label, look) for tick in timeline.up.ticks]
    margin = max((len(label) for label in labels), default=0) + 2
    room = look.width - margin - 1
    drawn = list(_grid(timeline, margin, room, look)) if timeline.lines else []
    yield from drawn
    if timeline.lines:
        yield from axis(timeline.across, margin, room, look)
    for letter, line in zip(_letters(timeline.lines), timeline.lines, strict=True):
        yield from wrap(_told(line, look), look.width, first=f"{letter} ", rest="  ")
    shared = any(SEVERAL in line for line in drawn)
    if notes := _notes(timeline, shared=shared):
        yield from wrap(notes, look.width)


def _letters(lines: Sequence[Line]) -> list[str]:
    """A letter for each source; beyond 52 they begin again."""
    return [ascii_letters[place % len(ascii_letters)] for place in range(len(lines))]


def _grid(timeline: Timeline, margin: int, room: int, look: Look) -> Iterator[str]:
    grid = [[" "] * room for _ in range(_ROWS)]
    clashes: set[tuple[int, int]] = set()
    if len(timeline.lines) <= _FEW:
        for line in timeline.lines:
            _steps(grid, timeline, line, look)
    for letter, line in zip(_letters(timeline.lines), timeline.lines, strict=True):
        for point in line.points:
            row, place = _spot(timeline, point, room)
            taken = grid[row][place]
            grid[row][place] = SEVERAL if taken.isalpha() and taken != letter else letter
            if point.verdict is Verdict.CONFLICT:
                clashes.add((row, place))
    named = {_row(timeline, tick.value): shown(tick.label, look) for tick in timeline.up.ticks}
    side = "|" if look.ascii else "│"
    for row, signs_ in enumerate(grid):
        drawn = "".join(
            paint(sign, "conflict", look) if (row, place) in clashes else sign
            for place, sign in enumerate(signs_)
        )
        yield f"{named.get(row, ''):>{margin - 2}} {side}{drawn}".rstrip()


def _steps(grid: list[list[str]], timeline: Timeline, line: Line, look: Look) -> None:
    """From each figure of a running total to the next: level, then up or down."""
    room = len(grid[0])
    flat, upright = (signs(look).line, "|" if look.ascii else "│")
    for before, after in pairwise(line.points):
        if not line.steps or None in (_height(before), _height(after)):
            continue
        (row, first), (end, last) = (_spot(timeline, each, room) for each in (before, after))
        for place in range(first, last):
            grid[row][place] = flat
        for between in range(min(row, end), max(row, end) + 1):
            grid[between][last] = upright
        if row != end:
            grid[row][last] = "+" if look.ascii else "┘" if end < row else "┐"


def _height(point: Point) -> float | None:
    """The value a figure stands at: as stated, else the middle of what it can mean."""
    if point.stated is not None:
        return point.stated
    ends = [end for end in (point.low, point.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _spot(timeline: Timeline, point: Point, room: int) -> tuple[int, int]:
    height = _height(point)
    row = _ROWS - 1 if height is None else _row(timeline, height)
    return row, column(timeline.across, point.day, room)


def _row(timeline: Timeline, value: float) -> int:
    return _ROWS - 1 - column(timeline.up, value, _ROWS)


def _told(line: Line, look: Look) -> str:
    """A source and its figures in words, oldest first."""
    return shown(f"{line.source}: ", look) + "; ".join(
        shown(f"{point.said}, {point.when}", look) + _marked(point) for point in line.points
    )


def _marked(point: Point) -> str:
    marks = ["revised"] if point.revised else []
    marks += ["in a conflict !"] if point.verdict is Verdict.CONFLICT else []
    return f" ({', '.join(marks)})" if marks else ""


def _notes(timeline: Timeline, *, shared: bool) -> str:
    """What the plot leaves out, and how its axis is."""
    notes = []
    if timeline.up.log:
        notes.append("logarithmic axis")
    if len(timeline.lines) > _FEW and any(line.steps for line in timeline.lines):
        notes.append(f"steps are drawn for up to {_FEW} sources")
    if shared:
        notes.append(f"{SEVERAL} several sources in one place")
    if timeline.undated:
        notes.append(f"{timeline.undated} undated not drawn")
    return "; ".join(notes)
