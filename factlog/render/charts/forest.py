"""The forest plot of figures that were combined, for the terminal and for print.

Each figure stands at its best value with its 95% interval, its mark as heavy as its weight; a
diamond below spans the 95% interval of the combined value, and a line through it where a further
figure is expected.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from factlog.answers import Pooled, Pull
from factlog.policy import METHOD_NAMES
from factlog.render.charts import figure as printed
from factlog.render.charts.axis import Axis
from factlog.render.charts.axis import axis as axis_over
from factlog.render.charts.marks import scale as scaled
from factlog.render.charts.terminal_bars import axis as drawn_axis
from factlog.render.charts.terminal_bars import column
from factlog.render.display import Look, paint, safe, shown, wrap
from factlog.values import dataclass
from factlog.wording import measured, statistic, unit_of_many, weight

# How many standard errors the drawn interval of a figure reaches to each side.
_SPAN = 1.96
# Inches: a sheet, a row of it and a line of a name, what stands over and under the rows.
_WIDTH, _ROW, _LINE, _HEAD = 7.0, 0.22, 0.15, 0.9
# Signs in a line of a name, and along the axis.
_NAME, _ACROSS = 30, 34
_INK, _ACCENT = "#1f4e79", "#b03a2e"


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A figure of a forest plot: its name, its words, its mark and its 95% interval."""

    name: str
    said: str
    weight: float
    best: float
    low: float
    high: float


def rows(pooled: Pooled) -> tuple[ForestRow, ...]:
    """The figures that were combined, as rows of a forest plot, in the order given."""
    return tuple(_row(pull) for pull in pooled.pulls)


def _row(pull: Pull) -> ForestRow:
    best, plus, minus = float(pull.best), float(pull.plus), float(pull.minus)
    return ForestRow(
        name=pull.source,
        said=measured(pull.best, pull.plus, pull.minus),
        weight=pull.weight,
        best=best,
        low=best - _SPAN * minus,
        high=best + _SPAN * plus,
    )


def expected(pooled: Pooled) -> tuple[float, float] | None:
    """Where a further figure is expected, if the method says."""
    if pooled.predict_low is None or pooled.predict_high is None:
        return None
    return float(pooled.predict_low), float(pooled.predict_high)


def method(pooled: Pooled) -> str:
    """How the figures were combined, and by what the errors were multiplied."""
    times = pooled.scale or 1
    scaled = f", errors × {statistic(times)}" if times > 1 else ""
    return f"{METHOD_NAMES[pooled.method]}{scaled}"


def axis(pooled: Pooled, figures: Sequence[ForestRow]) -> Axis:
    """An axis over all that is drawn, never logarithmic: intervals are even on it."""
    ends = [end for row in figures for end in (row.low, row.high)]
    ends += [float(pooled.low), float(pooled.high), *(expected(pooled) or ())]
    return axis_over([min(ends), max(ends)], pooled.unit, linear=True)


# For the terminal

_LEAST_ROOM = 24


def lines(pooled: Pooled, look: Look) -> Iterator[str]:
    """The plot as lines of text: a row a figure, the combined value and the axis under them."""
    figures = rows(pooled)
    scale = axis(pooled, figures)
    names = [shown(row.name, look) for row in figures]
    margin = min(max(map(len, [*names, "combined"])) + 4, max(look.width - _LEAST_ROOM, 12))
    room = look.width - margin - 1
    even = 1 / len(figures)
    heavy, light, diamond = ("#", "+", "O") if look.ascii else ("■", "▪", "◆")
    for name, row in zip(names, figures, strict=True):
        mark = heavy if row.weight >= even else light
        strip = _strip(scale, (row.low, row.best, row.high), mark, room, look)
        yield from _beside(name, strip, margin)
    ends = float(pooled.low), float(pooled.best), float(pooled.high)
    strip = _strip(scale, ends, diamond, room, look, expected(pooled))
    yield from (paint(line, "bold", look) for line in _beside("combined", strip, margin))
    yield from drawn_axis(scale, margin, room, look)
    legend = f"95% intervals; {heavy} weighs more than an even share, {light} less"
    if expected(pooled):
        legend += f"; {'.' if look.ascii else '┄'} where a further figure is expected"
    yield from (paint(line, "dim", look) for line in wrap(legend, look.width))


def _beside(name: str, strip: str, margin: int) -> Iterator[str]:
    """A name, wrapped in its margin, and the strip behind its last line."""
    *above, last = wrap(name, margin - 2)
    yield from above
    yield last.ljust(margin) + strip


def _strip(
    scale: Axis,
    ends: tuple[float, float, float],
    mark: str,
    room: int,
    look: Look,
    further: tuple[float, float] | None = None,
) -> str:
    """A line from end to end with the mark at the value in between."""
    low, best, high = (column(scale, end, room) for end in ends)
    line = [" "] * room
    if further:
        first, last = (column(scale, end, room) for end in further)
        line[first : last + 1] = ("." if look.ascii else "┄") * (last + 1 - first)
    line[low : high + 1] = ("-" if look.ascii else "─") * (high + 1 - low)
    line[best] = mark
    return "".join(line).rstrip()


# For print


def figure(found: Sequence[Pooled], shape: str) -> bytes:
    """The file (svg, png or pdf) of a forest plot a measure, one below the other."""
    plotting = printed.plotting_library()
    with plotting.rc_context(printed.style()), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign no font has is drawn as a box
        from matplotlib.figure import Figure

        heights = [_HEAD + _ROW * (sum(map(_tall, rows(one))) + 1) for one in found]
        sheet = Figure(figsize=(_WIDTH, sum(heights)), layout="constrained")
        panels = sheet.subplots(len(found), squeeze=False, height_ratios=heights)
        for panel, one in zip(panels[:, 0], found, strict=True):
            _draw(panel, one)
        return printed.as_bytes(sheet, shape, safe(found[0].subject), sum(heights))


def _name(row: ForestRow) -> list[str]:
    return wrap(safe(row.name), _NAME)


def _tall(row: ForestRow) -> float:
    """How many rows high a figure is: a name of several lines has their room."""
    return max(1.0, (len(_name(row)) * _LINE + _ROW - _LINE) / _ROW)


def _draw(panel: Any, pooled: Pooled) -> None:
    """One measure's plot: names at the left, figures and weights at the right."""
    figures = rows(pooled)
    tall = [_tall(row) for row in figures]
    top = 0.5 + sum(tall)
    places = [top - sum(tall[:n]) - tall[n] / 2 for n in range(len(tall))]
    most = max(row.weight for row in figures)
    for place, row in zip(places, figures, strict=True):
        arms = [[row.best - row.low], [row.high - row.best]]
        size = 2.5 + 5.5 * (row.weight / most) ** 0.5
        panel.errorbar([row.best], [place], xerr=arms, fmt="s", color=_INK, markersize=size)
    if further := expected(pooled):
        panel.hlines(0, *further, colors=_ACCENT, linestyles=":", label="a further figure")
    low, best, high = float(pooled.low), float(pooled.best), float(pooled.high)
    panel.fill([low, best, high, best], [0, 0.3, 0, -0.3], color=_ACCENT, label="combined")
    panel.axvline(best, color=_ACCENT, linewidth=0.6, linestyle="--")
    # A figure space is as wide as a digit: the weights stand in a column.
    weights = [f"{weight(row.weight):\u2007>5}   {row.said}" for row in figures]
    told = "\u2007" * 5 + f"   {measured(pooled.best, pooled.plus, pooled.minus)}"
    right = panel.secondary_yaxis("right")
    panel.set_yticks([*places, 0], [*("\n".join(_name(row)) for row in figures), "combined"])
    right.set_yticks([*places, 0], [*weights, told])
    for side in (panel, right):
        side.tick_params(axis="y", length=0, labelsize=8)
        side.spines[["left", "right"]].set_visible(False)
    scaled(panel, axis(pooled, figures), "x", _ACROSS)
    panel.set_xlabel("\n".join(wrap(safe(_caption(pooled)), 60)), fontsize=8)
    panel.set_title(safe(title(pooled)), loc="left", fontweight="bold", fontsize=10)
    panel.set_ylim(-0.7, top + 0.2)


def title(pooled: Pooled) -> str:
    """What was combined: the subject, and the measure where it has a name."""
    return f"{pooled.subject}, {pooled.measure}" if pooled.measure else pooled.subject


def _caption(pooled: Pooled) -> str:
    """The unit, and what the lines are."""
    dotted = "; dotted: where a further figure is expected" if expected(pooled) else ""
    unit = f"{unit_of_many(pooled.unit)}; " if pooled.unit else ""
    return f"{unit}combined: {method(pooled)}; percent: weight; lines are 95% intervals{dotted}"
