"""Scales: where along an axis something stands, in percent, and which tick labels fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from factlog.render.picture.scale import labelled
from factlog.render.picture.values import Axis, Tick
from factlog.render.prose import cells

# The least an axis measures on a phone and beside a column of names, and a sign of its labels.
_NARROW, _WIDE, _SIGN = 272, 380, 7.2


@dataclass(frozen=True, slots=True)
class Label:
    """A tick as the page draws it: its line always, its words only where there is room."""

    at: str
    value: str
    words: str
    anchor: str
    where: str


def percent(share: float) -> str:
    """A place along an axis, 0 to 1, as a page measures it: "43.21%"."""
    return f"{_short(share * 100)}%"


def point(across: float, up: float) -> str:
    """A place in a drawing a hundred wide and a hundred high, counted from its top."""
    return f"{_short(across * 100)} {_short(100 - up * 100)}"


def exactly(value: float) -> str:
    """A number as data beside a mark: every digit it has."""
    return f"{value:.15g}"


def _short(number: float) -> str:
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def labels(axis: Axis) -> tuple[Label, ...]:
    """The ticks of an axis; of labels that would meet, some give way."""
    narrow, wide = _fitting(axis, _NARROW), _fitting(axis, _WIDE)
    return tuple(
        Label(
            percent(place),
            exactly(tick.value),
            tick.label,
            _anchor(place),
            _where(tick, narrow, wide),
        )
        for tick in axis.ticks
        for place in (axis.place(tick.value),)
    )


def _where(tick: Tick, narrow: Sequence[Tick], wide: Sequence[Tick]) -> str:
    if tick in narrow:
        return "both" if tick in wide else "narrow"
    return "wide" if tick in wide else ""


def _anchor(place: float) -> str:
    if place < 0.04:
        return "start"
    return "end" if place > 0.96 else "middle"


def _fitting(axis: Axis, room: float) -> Sequence[Tick]:
    """The ticks whose labels fit, were the axis as long as the room."""

    def fits(ticks: Sequence[Tick]) -> bool:
        spans = [_span(axis.place(tick.value), tick.label, room) for tick in ticks]
        return all(one[1] + _SIGN <= other[0] for one, other in pairwise(spans))

    return labelled(axis.ticks, fits)


def _span(place: float, words: str, room: float) -> tuple[float, float]:
    """Where a label begins and ends, were the axis as long as the room."""
    size, at = cells(words) * _SIGN, place * room
    first = {"start": at, "end": at - size, "middle": at - size / 2}[_anchor(place)]
    return first, first + size
