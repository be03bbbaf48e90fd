"""Figures through time for a terminal: dates across, values up, then a lane a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import compress, pairwise, zip_longest
from string import ascii_lowercase

from factlog.findings import Comparison, MeasureComparison, SubjectComparison
from factlog.render import summary
from factlog.render.charts.axis import Axis, DecidedValue, Mark, SourceLine, Timeline
from factlog.render.charts.model import draw, over_time
from factlog.render.charts.terminal_bars import CAMPS, axis, column, glyphs, left_out, strips
from factlog.render.display import Look, cells, lines_of, page, paint, shown, wrap
from factlog.render.side_by_side import name
from factlog.values import dataclass
from factlog.wording import counted, number

CLASH = "!"
# So many signs of what was said can stand beside a mark.
_SHORT = 30


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane as drawn, and how many of its values there was no room to write."""

    drawn: str
    unwritten: int


def lane(line: SourceLine, across: Axis, room: int, look: Look) -> DrawnLane:
    """The figures of a source from left to right: marks, values beside them, a line between."""
    marks = _marks(line, across, room)
    spots = list(marks)
    track = [" "] * room
    for one, other in pairwise(spots):
        track[one:other] = (glyphs(look).line if line.steps else glyphs(look).faint) * (other - one)
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
    return DrawnLane("".join(drawn).rstrip(), unwritten)


def _marks(line: SourceLine, across: Axis, room: int) -> dict[int, list[Mark]]:
    """What stands in each column, from left to right."""
    marks: dict[int, list[Mark]] = {}
    for point in line.points:
        marks.setdefault(column(across, point.day, room), []).append(point)
    return marks


def _mark(points: list[Mark], look: Look) -> str:
    """The sign for figures in one column: the gravest."""
    use = glyphs(look)
    if any(point.clash for point in points):
        return CLASH
    if any(point.revised for point in points):
        return use.revised
    return use.derived if all(point.derived for point in points) else use.stated


def _by_weight(line: SourceLine) -> Iterator[Mark]:
    """The figures in the order in which their values are given room: the last one first."""
    yield from line.points[-1:]
    yield from line.points[:-1][:1]
    between = line.points[1:-1]
    yield from sorted(between, key=lambda p: not p.clash and not p.revised)


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


def value(point: Mark) -> str:
    """A figure in few signs: 300, ~300, 300+, up to 300; a range or ± as said, if that fits."""
    low, high, stated = point.low, point.high, point.stated
    if (stated is None or point.sigma) and cells(point.said) <= _SHORT:
        return point.said
    if stated is None:
        return point.short
    if high is None:
        return f"{_number(stated)}+"
    if point.opens_down:
        return f"up to {_number(stated)}"
    return _number(stated) if low == high else f"~{_number(stated)}"


def _number(value: float) -> str:
    return number(Decimal(f"{value:.12g}"))


_ROWS = 13
# Of more sources than these only the figures are drawn in the grid, not the steps between them.
_FEW = 4
# Of more sources than these the grid has not a letter of each but the number of its camp.
_LETTERED = 9
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
    lettered = bool(grid) and len(lines) <= _LETTERED
    for letter, line, drawn in zip(_letters(timeline, look), lines, lanes, strict=True):
        name = shown(_titled(line, drawn), look)
        yield from _named(f"{letter} {name}" if lettered else name, drawn, margin, look)
    if lines and (not grid or len(lines) > _LANES):
        yield from axis(timeline.across, margin, room, look)
    shared = any(SEVERAL in line for line in grid)
    notes = [*_signs(timeline, look, grid=bool(grid), shared=shared), *_notes(timeline, lanes)]
    yield from lines_of("; ".join(notes), look) if notes else ()


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


def _letters(timeline: Timeline, look: Look) -> list[str]:
    """A letter for each source; of many the number of its camp, their lanes tell them apart."""
    if len(timeline.lines) <= _LETTERED:
        return list(ascii_lowercase[: len(timeline.lines)])
    camps = [line.points[-1].camp for line in timeline.lines]
    return [glyphs(look).stated if n is None else str(n + 1) if n < 9 else "+" for n in camps]


def _titled(line: SourceLine, drawn: DrawnLane) -> str:
    """A source and its camp, with its only figure where that has no room in the lane."""
    last = line.points[-1]
    name = line.source if last.camp is None else f"{line.source} (camp {last.camp + 1})"
    return f"{name}: {last.said}" if drawn.unwritten and len(line.points) == 1 else name


def _named(name: str, drawn: DrawnLane, margin: int, look: Look) -> Iterator[str]:
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
    if timeline.decided:
        _level(grid, timeline, timeline.decided, glyphs(look).decided)
    clashes = _put(grid, timeline, look)
    named = {_row(timeline, tick.value): shown(tick.label, look) for tick in timeline.up.ticks}
    for row, cells_ in enumerate(grid):
        drawn = "".join(
            paint(sign, "conflict", look) if (row, place) in clashes else sign
            for place, sign in enumerate(cells_)
        )
        yield f"{named.get(row, ''):>{margin - 2}} {glyphs(look).upright}{drawn}".rstrip()


def _level(grid: list[list[str]], timeline: Timeline, decided: DecidedValue, sign: str) -> None:
    """Mark at the left and the right what somebody decided to use."""
    rows = sorted(_row(timeline, timeline.up.held(end)) for end in (decided.low, decided.high))
    for row in range(rows[0], rows[1] + 1):
        grid[row][0] = grid[row][-1] = sign


def _put(grid: list[list[str]], timeline: Timeline, look: Look) -> set[tuple[int, int]]:
    """Put each figure on the grid by its sign, a capital in a conflict; where those are."""
    clashes: set[tuple[int, int]] = set()
    stated = glyphs(look).stated
    for letter, line in zip(_letters(timeline, look), timeline.lines, strict=True):
        for point in line.points:
            row, place = _spot(timeline, point, len(grid[0]))
            if point.clash:
                clashes.add((row, place))
            taken = grid[row][place]
            other = (taken.isalnum() or taken in {"+", SEVERAL, stated}) and taken != letter
            grid[row][place] = SEVERAL if other else letter
    for row, place in clashes:
        sign = grid[row][place]
        grid[row][place] = CLASH if sign == stated else sign.upper()
    return clashes


def _steps(grid: list[list[str]], timeline: Timeline, line: SourceLine, look: Look) -> None:
    """From each figure of a running total to the next: level, then up or down."""
    room, use = len(grid[0]), glyphs(look)
    if not line.steps:
        return
    spots = [_spot(timeline, point, room) for point in line.points]
    for (row, first), (end, last) in pairwise(spots):
        grid[row][first:last] = use.line * (last - first)
        for between in range(min(row, end), max(row, end) + 1):
            grid[between][last] = use.upright
        if row != end:
            grid[row][last] = "+" if look.ascii else "┘" if end < row else "┐"


def _spot(timeline: Timeline, point: Mark, room: int) -> tuple[int, int]:
    return _row(timeline, point.height), column(timeline.across, point.day, room)


def _row(timeline: Timeline, value: float) -> int:
    return _ROWS - 1 - column(timeline.up, value, _ROWS)


# What it all means


def _signs(timeline: Timeline, look: Look, *, grid: bool, shared: bool) -> Iterator[str]:
    """What the signs that were used mean."""
    use = glyphs(look)
    points = [point for line in timeline.lines for point in line.points]
    calm = [point for point in points if not point.clash]
    lettered = grid and len(timeline.lines) <= _LETTERED
    if any(not point.derived and not point.revised for point in calm):
        yield f"{use.stated} as stated"
    if any(point.derived and not point.revised for point in calm):
        yield f"{use.derived} the sum of its parts"
    if any(point.revised for point in calm):
        yield f"{use.revised} revises an earlier figure"
    if len(calm) < len(points):
        yield f"{CLASH} in a conflict{', above as a capital' * lettered}"
    if timeline.camps and len(timeline.lines) > _LETTERED:
        yield CAMPS
    if timeline.decided:
        yield f"{use.decided * grid} {timeline.decided.told}".lstrip()
    if shared:
        yield f"{SEVERAL} several {'sources' if lettered else 'camps'} in one place"
    if timeline.up.log and grid:
        yield "logarithmic axis"


def _notes(timeline: Timeline, lanes: list[DrawnLane]) -> Iterator[str]:
    """What is not drawn."""
    several = [len(line.points) > 1 for line in timeline.lines]
    if unwritten := sum(each.unwritten for each in compress(lanes, several)):
        told = counted(unwritten, "1 value has", "{} values have")
        yield f"{told} no room (all: factlog compare --history)"
    yield from left_out(timeline)


def charts(found: Iterable[Comparison], look: Look, *, time: bool = False) -> Iterator[str]:
    """The figures of every measure on one axis; with `time`, by date."""
    for comparison in found:
        for subject in comparison.subjects:
            yield page(_subject(subject, look, time=time))
        yield page(["", *lines_of(summary.policy(comparison.policy), look)])


def _subject(subject: SubjectComparison, look: Look, *, time: bool) -> Iterator[str]:
    for line in lines_of(subject.subject, look):
        yield paint(line, "bold", look)
    for measure in subject.measures:
        yield ""
        yield from _heading(measure, look)
        if time:
            yield from plot(over_time(subject.subject, measure), look)
        else:
            yield from strips(draw(subject.subject, measure, history=look.history), look)


def _heading(measure: MeasureComparison, look: Look) -> Iterator[str]:
    style = "conflict" if measure.counts.conflicts else "bold"
    heading = ": ".join(filter(None, (name(measure), ", ".join(summary.outcome(measure)))))
    for line in lines_of(heading, look):
        yield paint(line, style, look)
