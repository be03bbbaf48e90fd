"""Figures through time for print: dates across, values up; of many sources a panel a camp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, groupby
from typing import Any

from factlog.render.charts.axis import Mark, SourceLine, Timeline
from factlog.render.charts.marks import (
    CAMPS,
    CLASH,
    FAINT,
    GREY,
    GROUND,
    camp_color,
    draw_mark,
    scale,
    settled,
)
from factlog.render.display import safe, wrap

# Inches: a line of letters, a plot of few sources, one of several plots, what is around one.
_LINE, _PLOT, _PANEL, _AROUND = 0.16, 3.6, 1.9, 0.55
# So many sources can be told apart in one plot.
_FEW = 9
# The share of a plot above which an arrow up needs room over it.
_HIGH = 0.9
# Signs in a line of a name, and along the axes of a plot.
_NAME, _ACROSS, _UP = 40, 72, 40
# What leads from a name to its figure.
_LEADER: dict[str, Any] = {
    **{"arrowstyle": "-", "color": "#8C8C8C", "linewidth": 0.6, "linestyle": (0, (1, 2.5))},
    **{"relpos": (0, 0.5), "shrinkB": 4, "zorder": 1},
}
# Lines of one colour are told apart by their strokes.
_STROKES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))


def height(timeline: Timeline) -> float:
    """About how many inches the plots of a timeline take."""
    return sum(_tall(timeline, lines) + _AROUND for _, lines in _panels(timeline))


def through_time(part: Any, timeline: Timeline, *, judged: bool) -> Any:
    """Draw the figures of every source, of many in several plots; the lowest plot."""
    panels = list(_panels(timeline))
    ratios = [_tall(timeline, lines) for _, lines in panels]
    plots = part.subplots(len(panels), squeeze=False, height_ratios=ratios)[:, 0]
    for plot, (heading, lines) in zip(plots, panels, strict=True):
        _plot(plot, timeline, lines, judged=judged)
        tops = [p for line in lines for p in line.points if p.opens_up or p.last > timeline.up.high]
        if any(timeline.up.place(point.last) > _HIGH for point in tops):
            plot.set_title(" ", fontsize=16)  # room for arrows
        if heading:
            plot.set_title(heading, fontsize=8, fontweight="bold", loc="left",
                           color=camp_color(lines[0].points[-1].camp))  # fmt: skip
    return plots[-1]


def _panels(timeline: Timeline) -> Iterator[tuple[str, Sequence[SourceLine]]]:
    """The lines of each plot: those of a camp together, as few as can be told apart."""
    if len(timeline.lines) <= _FEW:
        yield "", timeline.lines
        return
    for camp, grouped in groupby(timeline.lines, lambda line: line.points[-1].camp):
        lines, words = list(grouped), "uncontested" if timeline.camps else ""
        heading = safe(words if camp is None else timeline.camps[camp])
        plots = -(-len(lines) // _FEW)
        for place in range(plots):
            of = f" ({place + 1} of {plots})" if plots > 1 else ""
            some = lines[len(lines) * place // plots : len(lines) * (place + 1) // plots]
            yield f"{heading}{of}".strip(), some


def _tall(timeline: Timeline, lines: Sequence[SourceLine]) -> float:
    """How tall a plot is: the name of every source has room beside it."""
    least = _PLOT if len(lines) == len(timeline.lines) else _PANEL
    return max(least, _LINE * sum(len(_named(line)) for line in lines))


def _plot(panel: Any, timeline: Timeline, lines: Sequence[SourceLine], *, judged: bool) -> None:
    """Dates across, values up, a line a source; of figures in one place all can be seen."""
    seen: dict[tuple[float, float], int] = {}
    across, up = timeline.across, timeline.up
    scale(panel, across, "x", _ACROSS)
    scale(panel, up, "y", _UP)
    strokes = cycle(_STROKES)
    for line in timeline.lines:
        path = [(across.held(p.day), up.held(p.height)) for p in line.points]
        steps = "steps-post" if line.steps else "default"
        if line not in lines:  # the others are the background
            panel.plot(*zip(*path, strict=True), ".-", color=FAINT, linewidth=1, markersize=3,
                       drawstyle=steps, zorder=1)  # fmt: skip
            continue
        color = _color(line, timeline)
        stroke = next(strokes) if len(path) > 1 else "-"
        panel.plot(*zip(*path, strict=True), color=color, linewidth=1.2, linestyle=stroke,
                   drawstyle=steps)  # fmt: skip
        for point, (x, y) in zip(line.points, path, strict=True):
            spot = (round(across.place(x), 2), round(up.place(y), 2))
            seen[spot] = seen.get(spot, 0) + 1
            earlier, later = point.day < across.low, point.day > across.high
            shape = "<" if earlier else ">" if later else "D" if point.derived else "o"
            draw_mark(panel, (x, point.height), point, up, {"color": color, "marker": shape}, 1)
            _around(panel, (x, y), point, seen[spot], judged=judged)
    settled(panel, timeline.decided, "y")
    _labels(panel, timeline, lines)


def _color(line: SourceLine, timeline: Timeline) -> str:
    """That of the camp of its latest figure; without camps each line has its own."""
    if timeline.camps:
        return camp_color(line.points[-1].camp)
    return CAMPS[timeline.lines.index(line) % len(CAMPS)]


def _named(line: SourceLine) -> list[str]:
    """The number of the camp of a source and its name, in lines."""
    camp = line.points[-1].camp
    return wrap(safe(line.source if camp is None else f"{camp + 1}: {line.source}"), _NAME)


def _labels(panel: Any, timeline: Timeline, lines: Sequence[SourceLine]) -> None:
    """Each source at the right, at the height of its last figure, as near as others let it."""
    row, free, up = _LINE / _tall(timeline, lines), 0.0, timeline.up
    room = 1 - row * sum(len(_named(line)) for line in lines)
    for line in sorted(lines, key=lambda line: line.points[-1].height):
        name, last = _named(line), line.points[-1]
        half = row * len(name) / 2
        at = max(min(up.place(last.height), room + half), free + half)
        free, room = at + half, room + 2 * half
        spot = (timeline.across.held(last.day), up.held(last.height))
        panel.annotate("\n".join(name), spot, (1.04, at), textcoords="axes fraction", fontsize=8,
                       va="center", color=_color(line, timeline), annotation_clip=False,
                       arrowprops=_LEADER)  # fmt: skip


def _around(panel: Any, at: tuple[float, float], point: Mark, heap: int, *, judged: bool) -> None:
    """What is written on a figure: how many are under it, a conflict, a revision."""
    if heap > 1:
        panel.annotate(f"×{heap}", at, (5, 5 + 8 * (heap - 2)), textcoords="offset points",
                       fontsize=7, color=GREY, bbox=GROUND)  # fmt: skip
    if judged and point.clash:
        panel.plot(*([each] for each in at), "o", markersize=12, markerfacecolor="none",
                   markeredgecolor=CLASH, clip_on=False,
                   gid=f"side-{point.side}-conflict")  # fmt: skip
    if point.revised:
        panel.annotate("revised", at, (0, -12), textcoords="offset points", fontsize=6.5,
                       ha="center", color=GREY, bbox=GROUND)  # fmt: skip
