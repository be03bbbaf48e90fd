"""The marks of figures for print: a dot, a bar, an arrow, in the colour of a camp; and axes."""

from __future__ import annotations

from typing import Any

from factlog.render.charts.axis import Axis, DecidedValue, Mark, fitting

# Colours that stay apart for the colour-blind, dark enough for white letters on them; the number
# of a camp tells the same without them. A mark is full where it is exact, a diamond is a sum.
CAMPS = ("#0068A6", "#B84F00", "#00795A", "#A3427C", "#7D5C00", "#4B5FC4")
# Points: how thick a range is drawn, and its edge; how long an arrow is, across and up.
_BOX, EDGE, ARROW, _UPRIGHT = 7.0, 1.3, 26, 18
# The share of an axis that an arrow takes.
_NEAR = 0.09
# Signs in a line of a note.
NOTE = 92
GROUND = {"facecolor": "white", "linewidth": 0, "pad": 0.5, "alpha": 0.85}
CLASH, GREY, FAINT = "#D55E00", "#767676", "#E2E2E2"
# What somebody decided to use.
DECIDED: dict[str, Any] = {"color": "black", "linewidth": 1.1, "linestyle": (0, (4, 2))}


def camp_color(camp: int | None) -> str:
    """The colour of a camp; grey for none."""
    return GREY if camp is None else CAMPS[camp % len(CAMPS)]


def draw_mark(
    panel: Any, at: tuple[float, float], bar: Mark, values: Axis, look: dict[str, Any], up: int = 0
) -> None:
    """A figure: its mark where it is stated, its bar, an arrow where it is open or cut off.

    `up` is 1 where values go up, 0 where they go across.
    """
    held = (*at[:up], values.held(at[up]), *at[up + 1 :])
    arms = [[held[up] - values.held(bar.first)], [values.held(bar.last) - held[up]]]
    color, name = look["color"], f"side-{bar.side}"
    style = {"linestyle": "", "markersize": 7.5 if bar.firm else 6, "markeredgewidth": 1.1}
    style |= {"markerfacecolor": color if bar.firm else "white"}
    if values.beyond(bar):  # a stroke across the arrow: nothing was stated here
        style |= {"marker": "_" if up else "|"}
    elif bar.stated is None:
        style |= {"marker": ""}
    thick = {"elinewidth": 1.4, "capsize": 3} if bar.sigma else {"elinewidth": 6, "alpha": 1}
    if bar.ranged:  # a box: what is stated at its ends is certain, what lies between is open
        thick = {"elinewidth": _BOX, "capsize": _BOX / 2, "capthick": 2 * EDGE}
        ends = held[up] - arms[0][0], held[up] + arms[1][0]
        inside = [list(ends) if place == up else [each] * 2 for place, each in enumerate(held)]
        panel.plot(*inside, color="white", linewidth=_BOX - 2 * EDGE, clip_on=False,
                   solid_capstyle="butt", zorder=4.05 + bar.firm)  # fmt: skip
    drawn = panel.errorbar(*([each] for each in held), **{"yerr" if up else "xerr": arms},
                           clip_on=False, zorder=4 + bar.firm,
                           **(thick | look | style))  # fmt: skip
    drawn.lines[0].set_gid(f"{name}-stated")
    for line in drawn.lines[2]:
        line.set_gid(f"{name}-reading" if bar.first < bar.last else None)
        line.set_alpha(1 if bar.sigma or bar.ranged else 0.35)
    ways = ((-1, bar.opens_down or at[up] < values.low), (1, bar.opens_up or at[up] > values.high))
    for way, points in ways:
        end = values.held(bar.first if way < 0 else bar.last)
        if points and not (way < 0 and end == 0 == bar.low):
            start, to = (*held[:up], end, *held[up + 1 :]), [0.0, 0.0]
            to[up] = way * (_UPRIGHT if up else ARROW)
            if way < 0 and values.to_zero(bar, _NEAR):
                to = [*held[:up], 0.0, *held[up + 1 :]]
                _arrow(panel, start, to, "data", color, f"{name}-open")
                continue
            _arrow(panel, start, to, "offset points", color, f"{name}-open")


def leaves(bar: Mark, values: Axis) -> bool:
    """Whether an arrow goes past the low end of an axis."""
    down = bar.opens_down or bar.height < values.low
    return down and values.place(bar.first) < _NEAR and not values.to_zero(bar, _NEAR)


def _arrow(panel: Any, at: Any, to: Any, measured: str, color: str, name: str) -> None:
    look = {"arrowstyle": "<-", "color": color, "shrinkA": 0, "shrinkB": 0}
    drawn = panel.annotate("", at, to, textcoords=measured, annotation_clip=False,
                           arrowprops=look)  # fmt: skip
    drawn.arrow_patch.set_gid(name)


def scale(panel: Any, axis: Axis, which: str, signs: float) -> None:
    """Give a side of a panel the ends of an axis, and as many of its ticks as have room."""
    if axis.log:
        panel.set(**{f"{which}scale": "log"})
    chosen = fitting(axis, signs) if which == "x" else axis.ticks
    panel.set(**{f"{which}lim": (axis.low, axis.high)})
    own = panel.xaxis if which == "x" else panel.yaxis
    own.set_ticks([tick.value for tick in chosen], [tick.label for tick in chosen])
    own.set_ticks([], minor=True)
    panel.tick_params(axis=which, labelsize=8)
    panel.grid(axis=which, color=FAINT, linewidth=0.6)
    panel.set_axisbelow(True)


def settled(panel: Any, decided: DecidedValue | None, which: str) -> None:
    """Mark across a panel what somebody decided to use."""
    if decided is None:
        return
    line, band = (panel.axvline, panel.axvspan) if which == "x" else (panel.axhline, panel.axhspan)
    low, high = (min(max(end, -1e300), 1e300) for end in (decided.low, decided.high))
    if low < high:
        band(low, high, color=FAINT, alpha=0.5, linewidth=0, zorder=0)
    for end in {decided.low, decided.high}:
        if abs(end) < float("inf"):
            line(end, zorder=1.5, gid="decided", **DECIDED)
