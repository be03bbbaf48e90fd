"""A picture for a terminal: a strip a figure on one axis, its words beside or above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from factlog.comparison import Verdict
from factlog.render.look import Look
from factlog.render.picture.values import Axis, Bar, Picture
from factlog.render.prose import cells, paint, shown, wrap

# Below this many columns the words of a figure stand above its strip.
_NARROW = 72


@dataclass(frozen=True, slots=True)
class Signs:
    """What a strip is drawn with."""

    bar: str
    clash: str
    begin: str
    end: str
    to_left: str
    to_right: str
    stated: str
    derived: str
    tick: str
    line: str


LINES = Signs("─", "━", "├", "┤", "◄", "►", "●", "◆", "┴", "─")
PLAIN = Signs("-", "=", "|", "|", "<", ">", "o", "#", "+", "-")


def signs(look: Look) -> Signs:
    """The signs this screen can show."""
    return PLAIN if look.ascii else LINES


def strips(picture: Picture, look: Look) -> Iterator[str]:
    """The lines of a picture: its figures, the axis under them, what the signs mean."""
    beside = look.width >= _NARROW
    margin = _margin(picture, look) if beside else 2
    room = look.width - margin - 1
    for bar in picture.bars:
        words = _label(bar, look)
        strip = _strip(bar, picture.axis, room, look)
        if beside:
            yield from _beside(words, strip, margin)
        else:
            yield from wrap(words[2:], look.width, first=words[:2], rest="  ")
            yield f"{' ' * margin}{strip}".rstrip()
    yield from axis(picture.axis, margin, room, look)
    yield from wrap(_legend(picture, look), look.width)


def _margin(picture: Picture, look: Look) -> int:
    """The columns that words get beside the strips: what they need, two fifths at most."""
    longest = max((cells(_label(bar, look)) for bar in picture.bars), default=0)
    return min(longest, look.width * 2 // 5) + 2


def _label(bar: Bar, look: Look) -> str:
    """Who said what, as of when, about which part; a sign in front where it is in a conflict."""
    clash = "! " if bar.verdict is Verdict.CONFLICT else "  "
    scope = f", {bar.scope}" if bar.scope else ""
    return clash + shown(f"{bar.source}: {bar.said}, {bar.when}{scope}", look)


def _beside(words: str, strip: str, margin: int) -> Iterator[str]:
    lines = wrap(words[2:], margin - 2, first=words[:2], rest="  ")
    for place, line in enumerate(lines):
        if place:
            yield line
        else:
            yield f"{line}{' ' * (margin - cells(line))}{strip}".rstrip()


def _strip(bar: Bar, axis: Axis, room: int, look: Look) -> str:
    """The reading as a bar, the stated value as a mark on it."""
    use = signs(look)
    clash = bar.verdict is Verdict.CONFLICT
    drawn = [" "] * room
    first = 0 if bar.low is None else column(axis, bar.low, room)
    last = room - 1 if bar.high is None else column(axis, bar.high, room)
    for place in range(first, last + 1):
        drawn[place] = use.clash if clash else use.bar
    drawn[first] = use.to_left if bar.low is None else use.begin
    drawn[last] = use.to_right if bar.high is None else use.end
    if bar.stated is not None:
        drawn[column(axis, bar.stated, room)] = use.derived if bar.derived else use.stated
    strip = "".join(drawn).rstrip()
    lead = strip[: len(strip) - len(strip.lstrip())]
    return lead + paint(strip.lstrip(), "conflict" if clash else "", look)


def column(axis: Axis, value: float, room: int) -> int:
    """The column a value stands in."""
    return round(axis.place(value) * (room - 1))


def axis(scale: Axis, margin: int, room: int, look: Look) -> Iterator[str]:
    """The axis: a line with its ticks, and under it as many labels as do not touch."""
    use = signs(look)
    line, labels = [use.line] * room, [" "] * (margin + room + 1)
    for start, at, label in _labels(scale, margin, room, look):
        line[at] = use.tick
        labels[start : start + len(label)] = label
    yield " " * margin + "".join(line)
    yield "".join(labels).rstrip()


# Where a label starts, where its tick stands on the axis, and what it says.
_Label = tuple[int, int, str]


def _labels(scale: Axis, margin: int, room: int, look: Look) -> list[_Label]:
    """The labels of every tick, or of every second, third ... so that none touch."""
    every = list(_placed(scale, margin, room, look))
    for stride in range(1, len(every)):
        some = every[::stride]
        if all(one[0] + len(one[2]) + 1 < other[0] for one, other in pairwise(some)):
            return some
    return every[:1]


def _placed(scale: Axis, margin: int, room: int, look: Look) -> Iterator[_Label]:
    for tick in scale.ticks:
        at, label = column(scale, tick.value, room), shown(tick.label, look)
        start = margin + at - len(label) // 2
        yield min(max(start, 0), margin + room + 1 - len(label)), at, label


def _legend(picture: Picture, look: Look) -> str:
    """What the signs that were used mean."""
    use, bars = signs(look), picture.bars
    told = [
        (any(b.stated is not None and not b.derived for b in bars), f"{use.stated} as stated"),
        (any(b.derived for b in bars), f"{use.derived} the sum of its parts"),
        (any(b.low != b.high for b in bars), f"{use.begin}{use.bar}{use.end} what it can mean"),
        (any(b.high is None for b in bars), f"{use.to_right} no upper end"),
        (any(b.low is None for b in bars), f"{use.to_left} no lower end"),
        (any(b.verdict is Verdict.CONFLICT for b in bars), f"! {use.clash * 2} in a conflict"),
        (picture.axis.log, "logarithmic axis: each tick is a multiple of the one before"),
        (bool(picture.left_out), f"{picture.left_out} in another unit not drawn"),
    ]
    return "; ".join(text for there, text in told if there)
