"""Figures through time for print: dates across, values up, a line a source, a key under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from factlog.findings import Verdict
from factlog.render.charts.axis import Axis, Line, Point, Timeline
from factlog.render.charts.figure_layout import (
    CLASH,
    EDGE,
    FACT,
    GREY,
    INNER,
    NAME,
    WIDTH,
    Heading,
    Measure,
    Sheet,
    heading,
    line_height,
    reach,
    scaled,
    wrapped,
)
from factlog.render.charts.terminal_bars import unmarked
from factlog.wording import sign

_COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#000000", "#8C6D00")
_MARKS, _DASHES = "osD^vPX*h<>p", ("-", "--", "-.", ":")
# Inches: the plot, the room right of it, under it for the dates, a sample in the key.
_PLOT, _RIGHT, _AXIS, _SAMPLE = 3.6, 0.4, 0.36, 0.45
# Points: a mark, how much wider each under it in one place is, and how many are, a ring around.
_MARK, _WIDER, _UNDER, _RING = 5.5, 4.5, 3, 4.5
# So many places across and up tell marks apart.
_PLACES = (120, 70)


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """Figures through time laid out: how high they are, and drawing them."""

    timeline: Timeline
    heading: Heading
    signs: list[str]
    names: list[list[str]]
    columns: int
    measure: Measure

    @property
    def height(self) -> float:
        """Inches from the title to the end of the key."""
        signs = len(self.signs) * line_height(FACT)
        plot = _PLOT + _AXIS + 0.1 if self.names else 0.0
        return self.heading.height + plot + signs + sum(self._steps)

    @property
    def _steps(self) -> list[float]:
        """The height of each row of the key."""
        rows = [
            self.names[at : at + self.columns] for at in range(0, len(self.names), self.columns)
        ]
        return [max(map(len, row)) * line_height(FACT) + 0.04 for row in rows]

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw them under this height."""
        top = self.heading.draw(sheet, top)
        if self.names:
            self._plot(sheet, top)
            top += _PLOT + _AXIS
        top = sheet.write(EDGE, top, self.signs, FACT, color=GREY) + 0.1
        self._key(sheet, top)

    def _plot(self, sheet: Sheet, top: float) -> None:
        up = self.timeline.up
        beyond = reach(self.timeline.across, self.measure)
        left = EDGE + max(self.measure(tick.label, FACT) for tick in up.ticks) + 0.1
        left = max(left, beyond)
        width = WIDTH - max(_RIGHT, beyond) - left
        panel = sheet.panel(left, top, width, _PLOT)
        scaled(panel, self.timeline.across, "x", width, self.measure)
        scaled(panel, up, "y", _PLOT, self.measure)
        for place, line in enumerate(self.timeline.lines):
            _line(panel, place, line)
        spots = list(_spots(self.timeline))
        for spot in spots:
            _reading(panel, spot, up)
        for spot in spots:  # over the readings, which would cross them
            _mark(panel, spot)

    def _key(self, sheet: Sheet, top: float) -> None:
        from_left = INNER / self.columns
        for row, step in enumerate(self._steps):
            for column in range(self.columns):
                place = row * self.columns + column
                if place < len(self.names):
                    _sample(sheet, EDGE + column * from_left, top, place)
                    left = EDGE + column * from_left + _SAMPLE + 0.08
                    sheet.write(left, top, self.names[place], FACT)
            top += step


def printed_lines(timeline: Timeline, measure: Measure) -> PrintedLines:
    """Lay figures through time out."""
    unit = f" ({sign(timeline.unit)})" if timeline.unit else ""
    title = f"{timeline.subject}: {timeline.measure}" if timeline.measure else timeline.subject
    points = [point for line in timeline.lines for point in line.points]
    longest = max((measure(line.source, FACT) for line in timeline.lines), default=0.0)
    columns = next((n for n in (3, 2) if longest <= INNER / n - _SAMPLE - 0.2), 1)
    columns = columns if len(timeline.lines) > 3 else 1
    room = INNER / columns - _SAMPLE - 0.2
    return PrintedLines(
        timeline,
        heading(title + unit, timeline.verdict, points, timeline.up, measure),
        wrapped("; ".join(_signs(timeline, points)), INNER, FACT, measure),
        [wrapped(line.source, room, FACT, measure) for line in timeline.lines],
        columns,
        measure,
    )


def _signs(timeline: Timeline, points: list[Point]) -> list[str]:
    """What the marks that were used mean, and what is not drawn."""
    below = any(point.low is not None and point.low < timeline.up.low for point in points)
    shared = any(spot.shared > 1 for spot in _spots(timeline))
    told = [
        (any(point.low != point.high for point in points), "upright: what it can mean"),
        (any(None in (p.low, p.high) for p in points), "↑ ↓ no end stated"),
        (below, "▼ down to zero"),
        (shared, "×2: that many figures, one in another"),
        (any(point.verdict is Verdict.CONFLICT for point in points), "ringed: in a conflict"),
        (any(p.revised for p in points), "white centre: revises an earlier figure"),
        (bool(timeline.undated), f"{timeline.undated} undated not drawn"),
        (bool(timeline.left_out), f"{timeline.left_out} in another unit not drawn"),
        (bool(timeline.unmarked), unmarked(timeline.unmarked)),
    ]
    return [text for there, text in told if there]


def _style(place: int) -> dict[str, Any]:
    """Colour, marker and dashes of a line; together they tell hundreds of lines apart."""
    return {
        "color": _COLORS[place % len(_COLORS)],
        "marker": _MARKS[place % len(_MARKS)],
        "linestyle": _DASHES[place // len(_COLORS) % len(_DASHES)],
        "markersize": _MARK,
        "linewidth": 1.2,
        "markeredgecolor": "white",
        "markeredgewidth": 0.4,
    }


def _sample(sheet: Sheet, left: float, top: float, place: int) -> None:
    """A piece of a line with its mark, for the key."""
    panel = sheet.panel(left, top, _SAMPLE, line_height(FACT))
    panel.set_axis_off()
    panel.plot([0, 0.5, 1], [0, 0, 0], markevery=[1], clip_on=False, **_style(place))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A figure where it stands: whose line it is on, how wide its mark and the widest there are.

    `shared` is how many stand there, told by the last drawn of them; 1 by the others.
    """

    place: int
    point: Point
    size: float
    widest: float
    shared: int


def _spots(timeline: Timeline) -> Iterator[_Spot]:
    """Every figure where it stands; those in one place lie one in another, so that all are seen."""
    heaps: dict[tuple[int, int], list[tuple[int, Point]]] = {}
    for place, line in enumerate(timeline.lines):
        for point in line.points:
            at = (timeline.across.place(point.day), timeline.up.place(point.height))
            x, y = (round(each * places) for each, places in zip(at, _PLACES, strict=True))
            heaps.setdefault((x, y), []).append((place, point))
    for heap in heaps.values():
        sizes = [_MARK + _WIDER * min(over, _UNDER) for over in reversed(range(len(heap)))]
        for (place, point), size in zip(heap, sizes, strict=True):
            last = point is heap[-1][1]
            yield _Spot(place, point, size, sizes[0], len(heap) if last else 1)


def _line(panel: Any, place: int, line: Line) -> None:
    drawn = "steps-post" if line.steps else "default"
    heights = [point.height for point in line.points]
    panel.plot([point.day for point in line.points], heights, drawstyle=drawn,
               **(_style(place) | {"marker": ""}))  # fmt: skip


def _mark(panel: Any, spot: _Spot) -> None:
    point, style = spot.point, _style(spot.place) | {"markersize": spot.size}
    name, at = f"side-{point.side}", ([point.day], [point.height])
    panel.plot(*at, clip_on=False, gid=f"{name}-stated", **style)
    if point.verdict is Verdict.CONFLICT:
        panel.plot(*at, "o", markersize=spot.widest + _RING, markerfacecolor="none", clip_on=False,
                   markeredgecolor=CLASH, gid=f"{name}-conflict")  # fmt: skip
    if point.revised:
        panel.plot(*at, "o", markersize=2, color="white", clip_on=False,
                   gid=f"{name}-revised")  # fmt: skip
    if spot.shared > 1:
        off = spot.widest / 2 + 1
        panel.annotate(f"×{spot.shared}", (point.day, point.height), xytext=(off, off),
                       textcoords="offset points", fontsize=FACT, color=GREY)  # fmt: skip


def _reading(panel: Any, spot: _Spot, up: Axis) -> None:
    """What a figure can mean: upright from end to end, an arrow where it has none."""
    point, color, away = spot.point, _style(spot.place)["color"], spot.widest / 2 + 2.5
    name = f"side-{point.side}"
    if point.low is not None and point.high is not None and point.low < point.high:
        ends = [max(point.low, up.low), point.high]
        panel.plot([point.day] * 2, ends, color=color, marker="_", markersize=4, linewidth=1.4,
                   alpha=0.7, gid=f"{name}-reading")  # fmt: skip
    if point.low is not None and point.low < up.low:
        panel.plot([point.day], [up.low], "v", color=color, markersize=_MARK, clip_on=False,
                   gid=f"{name}-below")  # fmt: skip
    for end, arrow, to in ((point.low, "↓", -away), (point.high, "↑", away)):
        if end is None:
            panel.annotate(
                *(arrow, (point.day, point.height)),
                xytext=(0, to),
                textcoords="offset points",
                ha="center",
                va="bottom" if to > 0 else "top",
                color=color,
                fontsize=NAME,
                gid=f"{name}-open",
            )
