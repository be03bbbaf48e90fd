"""A sheet: what a figure for print is drawn on, measured in inches from its top left corner."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from factlog.findings import Verdict
from factlog.render import summary
from factlog.render.charts.axis import Axis, Bar, Point, Tick, labelled
from factlog.render.display import safe

WIDTH, EDGE = 8.0, 0.15
INNER = WIDTH - 2 * EDGE
TITLE, NAME, FACT = 11.0, 9.0, 8.0  # points
# Colours that stay apart for the colour-blind and in grey (Okabe and Ito 2008).
CALM, CLASH, GREY, FAINT, INK = "#0072B2", "#D55E00", "#555555", "#E2E2E2", "#000000"
# The colour of a conflict in words: darker, so that it is not the fainter one in print.
CLASH_INK = "#9C4400"

# How many inches a text takes in a size of letters.
Measure = Callable[[str, float], float]


def line_height(size: float) -> float:
    """Inches from one line of letters to the next."""
    return size * 1.25 / 72


def wrapped(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """A text in lines of so many inches; a word that is longer is broken, nothing is cut."""
    lines: list[str] = []
    line = ""
    for word in filter(None, safe(text).split(" ")):
        if line and measure(f"{line} {word}", size) <= width:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size, measure)
        lines += whole
    return [*lines, line]


def _pieces(word: str, width: float, size: float, measure: Measure) -> Iterator[str]:
    """A word in pieces that fit."""
    while len(word) > 1 and measure(word, size) > width:
        fits = next((n for n in range(len(word) - 1, 1, -1) if measure(word[:n], size) <= width), 1)
        yield word[:fits]
        word = word[fits:]
    yield word


def _leftward(line: str) -> str:
    """A line that begins at the left, though its first word is written from the right."""
    turned = any(unicodedata.bidirectional(each) in ("R", "AL") for each in line)
    return f"\u200e{line}" if turned else line


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure of a known height, and how long a text gets in it."""

    made: Any
    height: float
    measure: Measure

    def write(self, x: float, top: float, lines: Sequence[str], size: float, **style: Any) -> float:
        """Lines of text from this corner down; where the next one would begin."""
        for line in lines:
            self.made.text(
                *(x, self.height - top, _leftward(line)),
                fontsize=size,
                transform=self.made.dpi_scale_trans,
                va="top",
                **style,
            )
            top += line_height(size)
        return top

    def panel(self, x: float, top: float, width: float, height: float) -> Any:
        """Axes with this corner and size."""
        bottom = self.height - top - height
        return self.made.add_axes(
            (x / WIDTH, bottom / self.height, width / WIDTH, height / self.height)
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a picture: whose figures, and what they come to."""

    title: list[str]
    outcome: list[str]
    clash: bool

    @property
    def height(self) -> float:
        """Inches it takes."""
        return len(self.title) * line_height(TITLE) + len(self.outcome) * line_height(NAME) + 0.18

    def draw(self, sheet: Sheet, top: float) -> float:
        """Write it; where what is under it begins."""
        top = sheet.write(EDGE, top, self.title, TITLE, fontweight="bold")
        color = CLASH_INK if self.clash else GREY
        return sheet.write(EDGE, top + 0.04, self.outcome, NAME, color=color) + 0.14


def heading(
    title: str, verdict: Verdict, marks: Sequence[Bar | Point], axis: Axis, measure: Measure
) -> Heading:
    """The words over a picture."""
    clash = verdict is Verdict.CONFLICT
    told = summary.verdict(verdict)
    if clash:
        how_many = sum(mark.verdict is Verdict.CONFLICT for mark in marks)
        told += f": {how_many} of {summary.counted(len(marks), '1 figure', '{} figures')}"
    if axis.log:
        told += "; logarithmic axis"
    # Bold letters are wider than those that are measured.
    return Heading(
        wrapped(title, INNER * 0.86, TITLE, measure), wrapped(told, INNER, NAME, measure), clash
    )


def reach(axis: Axis, measure: Measure) -> float:
    """Inches by which the widest label of an axis goes beyond its end."""
    return max(measure(tick.label, FACT) for tick in axis.ticks) / 2 + 0.05


def scaled(panel: Any, axis: Axis, which: str, inches: float, measure: Measure) -> None:
    """Give a side of a panel the ends of an axis, and as many of its ticks as have room."""
    own = panel.xaxis if which == "x" else panel.yaxis
    if axis.log:
        (panel.set_xscale if which == "x" else panel.set_yscale)("log")

    def fits(ticks: Sequence[Tick]) -> bool:
        sizes = [measure(t.label, FACT) if which == "x" else line_height(FACT) for t in ticks]
        places = [axis.place(tick.value) * inches for tick in ticks]
        spans = zip(pairwise(places), pairwise(sizes), strict=True)
        return all(b - a > (one + other) / 2 + 0.1 for (a, b), (one, other) in spans)

    chosen = labelled(axis.ticks, fits)
    own.set_ticks([tick.value for tick in chosen], [tick.label for tick in chosen])
    own.set_ticks([], minor=True)
    panel.tick_params(axis=which, labelsize=FACT)
    (panel.set_xlim if which == "x" else panel.set_ylim)(axis.low, axis.high)
    panel.grid(axis=which, color=FAINT, linewidth=0.6)
    panel.set_axisbelow(True)
