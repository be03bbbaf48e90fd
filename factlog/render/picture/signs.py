"""Signs: what strips and lanes are drawn with, and where on a screen they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from factlog.render.look import Look
from factlog.render.picture.scale import labelled
from factlog.render.picture.values import Axis, Tick
from factlog.render.prose import shown


@dataclass(frozen=True, slots=True)
class Signs:
    """What a strip or a lane is drawn with."""

    bar: str
    clash: str
    begin: str
    end: str
    narrow: str
    to_left: str
    to_right: str
    stated: str
    derived: str
    revised: str
    tick: str
    line: str
    upright: str
    faint: str


LINES = Signs("─", "━", "├", "┤", "│", "◄", "►", "●", "◆", "○", "┴", "─", "│", "·")
PLAIN = Signs("-", "=", "|", "|", "|", "<", ">", "o", "#", "r", "+", "-", "|", ".")


def signs(look: Look) -> Signs:
    """The signs this screen can show."""
    return PLAIN if look.ascii else LINES


def column(axis: Axis, value: float, room: int) -> int:
    """The column a value stands in."""
    return round(axis.place(value) * (room - 1))


def axis(scale: Axis, margin: int, room: int, look: Look) -> Iterator[str]:
    """The axis: a line with its ticks, and under it as many labels as do not touch."""
    line, labels = [signs(look).line] * room, [" "] * (margin + room + 1)

    def fits(ticks: Sequence[Tick]) -> bool:
        spans = [_span(scale, tick, margin, room, look) for tick in ticks]
        return all(one[1] < other[0] - 1 for one, other in pairwise(spans))

    for tick in labelled(scale.ticks, fits):
        start, end = _span(scale, tick, margin, room, look)
        line[column(scale, tick.value, room)] = signs(look).tick
        labels[start:end] = shown(tick.label, look)
    yield " " * margin + "".join(line)
    yield "".join(labels).rstrip()


def _span(scale: Axis, tick: Tick, margin: int, room: int, look: Look) -> tuple[int, int]:
    """Where the label of a tick starts and ends: under it, as far as the screen goes."""
    size = len(shown(tick.label, look))
    start = margin + column(scale, tick.value, room) - size // 2
    start = min(max(start, 0), margin + room + 1 - size)
    return start, start + size
