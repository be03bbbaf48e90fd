"""Figures through time for a terminal: dates across, values up, then a lane a source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, pairwise, zip_longest
from string import ascii_lowercase

from factlog.comparison import Verdict
from factlog.render import words
from factlog.render.look import Look
from factlog.render.picture.lanes import CLASH, Lane, lane
from factlog.render.picture.signs import axis, column, signs
from factlog.render.picture.strips import unmarked
from factlog.render.picture.values import Line, Point, Timeline
from factlog.render.prose import cells, paint, shown, wrap

_ROWS = 13
# Of more sources than these only the figures are drawn in the grid, not the steps between them.
_FEW = 4
# Fewer figures than these are told by their lanes alone.
_LEAST = 3
# From this many columns on, names stand beside their lanes.
_WIDE = 110
# After so many lanes the dates are told again.
_LANES = 5
SEVERAL = "*"


def plot(timeline: Timeline, look: Look) -> Iterator[str]:
    """The lines of a plot: the grid, the dates under it, a lane for each source."""
    lines = timeline.lines
    margin = _margin(timeline, look)
    room = look.width - margin - 1
    grid = list(_grid(timeline, margin, room, look)) if _worth_it(timeline) else []
    if grid:
        yield from grid
        yield from axis(timeline.across, margin, room, look)
    lanes = [lane(line, timeline.across, room, look) for line in lines]
    for letter, line, drawn in zip(_letters(len(lines)), lines, lanes, strict=True):
        name = shown(_titled(line, drawn), look)
        yield from _named(f"{letter} {name}" if grid else name, drawn, margin, look)
    if lines and (not grid or len(lines) > _LANES):
        yield from axis(timeline.across, margin, room, look)
    shared = any(SEVERAL in line for line in grid)
    notes = [*_signs(timeline, look, grid=bool(grid), shared=shared), *_notes(timeline, lanes)]
    yield from wrap("; ".join(notes), look.width) if notes else ()


def _worth_it(timeline: Timeline) -> bool:
    """Whether there is more to see than lanes tell: some figures, on more than one date."""
    days = [point.day for line in timeline.lines for point in line.points]
    return len(days) >= _LEAST and len(set(days)) > 1


def _margin(timeline: Timeline, look: Look) -> int:
    """The columns left of the axis: for the values, on a wide screen for the names too."""
    least = max((cells(shown(tick.label, look)) for tick in timeline.up.ticks), default=0) + 2
    if look.width < _WIDE:
        return least if _worth_it(timeline) else 2
    names = max((cells(shown(line.source, look)) for line in timeline.lines), default=0)
    return max(least, min(names + 4, look.width * 3 // 10))


def _letters(how_many: int) -> list[str]:
    """A letter for each source; those beyond z share a sign, their lanes tell them apart."""
    return [*ascii_lowercase[:how_many], *"+" * (how_many - len(ascii_lowercase))]


def _titled(line: Line, drawn: Lane) -> str:
    """A source, with its only figure where that has no room in the lane."""
    alone = drawn.unwritten and len(line.points) == 1
    return f"{line.source}: {line.points[0].said}" if alone else line.source


def _named(name: str, drawn: Lane, margin: int, look: Look) -> Iterator[str]:
    if look.width < _WIDE:
        yield from wrap(name, look.width, rest="  ")
        yield f"{' ' * margin}{drawn.drawn}"
        return
    names = wrap(name, margin - 2, rest="  ")
    for one, other in zip_longest(names, [drawn.drawn], fillvalue=""):
        yield f"{one}{' ' * (margin - cells(one))}{other}".rstrip()


# The grid


def _grid(timeline: Timeline, margin: int, room: int, look: Look) -> Iterator[str]:
    grid = [[" "] * room for _ in range(_ROWS)]
    if len(timeline.lines) <= _FEW:
        for line in timeline.lines:
            _steps(grid, timeline, line, look)
    clashes = _put(grid, timeline)
    named = {_row(timeline, tick.value): shown(tick.label, look) for tick in timeline.up.ticks}
    for row, cells_ in enumerate(grid):
        drawn = "".join(
            paint(sign, "conflict", look) if (row, place) in clashes else sign
            for place, sign in enumerate(cells_)
        )
        yield f"{named.get(row, ''):>{margin - 2}} {signs(look).upright}{drawn}".rstrip()


def _put(grid: list[list[str]], timeline: Timeline) -> set[tuple[int, int]]:
    """Put each figure on the grid by its letter, a capital in a conflict; where those are."""
    clashes: set[tuple[int, int]] = set()
    for letter, line in zip(_letters(len(timeline.lines)), timeline.lines, strict=True):
        for point in line.points:
            row, place = _spot(timeline, point, len(grid[0]))
            if point.verdict is Verdict.CONFLICT:
                clashes.add((row, place))
            taken = grid[row][place]
            other = (taken.isalpha() or taken in "+!*") and taken.lower() != letter
            grid[row][place] = SEVERAL if other else letter
    for row, place in clashes:
        sign = grid[row][place]
        grid[row][place] = CLASH if sign == "+" else sign.upper()
    return clashes


def _steps(grid: list[list[str]], timeline: Timeline, line: Line, look: Look) -> None:
    """From each figure of a running total to the next: level, then up or down."""
    room, use = len(grid[0]), signs(look)
    if not line.steps:
        return
    spots = [_spot(timeline, point, room) for point in line.points]
    for (row, first), (end, last) in pairwise(spots):
        grid[row][first:last] = use.line * (last - first)
        for between in range(min(row, end), max(row, end) + 1):
            grid[between][last] = use.upright
        if row != end:
            grid[row][last] = "+" if look.ascii else "┘" if end < row else "┐"


def _spot(timeline: Timeline, point: Point, room: int) -> tuple[int, int]:
    return _row(timeline, point.height), column(timeline.across, point.day, room)


def _row(timeline: Timeline, value: float) -> int:
    return _ROWS - 1 - column(timeline.up, value, _ROWS)


# What it all means


def _signs(timeline: Timeline, look: Look, *, grid: bool, shared: bool) -> Iterator[str]:
    """What the signs that were used mean."""
    use = signs(look)
    points = [point for line in timeline.lines for point in line.points]
    calm = [point for point in points if point.verdict is not Verdict.CONFLICT]
    if any(not point.derived and not point.revised for point in calm):
        yield f"{use.stated} as stated"
    if any(point.derived and not point.revised for point in calm):
        yield f"{use.derived} the sum of its parts"
    if any(point.revised for point in calm):
        yield f"{use.revised} revises an earlier figure"
    if len(calm) < len(points):
        yield f"{CLASH} in a conflict, above as a capital" if grid else f"{CLASH} in a conflict"
    if shared:
        yield f"{SEVERAL} several sources in one place"
    if timeline.up.log and grid:
        yield "logarithmic axis"


def _notes(timeline: Timeline, lanes: list[Lane]) -> Iterator[str]:
    """What is not drawn."""
    several = [len(line.points) > 1 for line in timeline.lines]
    if unwritten := sum(each.unwritten for each in compress(lanes, several)):
        told = words.counted(unwritten, "1 value has", "{} values have")
        yield f"{told} no room (all: factlog compare --history)"
    if timeline.undated:
        yield f"{timeline.undated} undated not drawn"
    if timeline.left_out:
        yield f"{timeline.left_out} in another unit not drawn"
    if timeline.unmarked:
        yield unmarked(timeline.unmarked)
