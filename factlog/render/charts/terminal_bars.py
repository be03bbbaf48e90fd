"""A chart for a terminal: a bar a figure on one axis, its words beside or above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from factlog.render.charts.axis import (
    Axis,
    DecidedValue,
    Mark,
    Picture,
    Tick,
    Timeline,
    groups,
    labelled,
    used,
)
from factlog.render.display import Look, cells, lines_of, paint, shown, wrap
from factlog.values import dataclass
from factlog.wording import counted


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What a strip or a lane is drawn with."""

    bar: str
    clash: str
    begin: str
    end: str
    from_: str
    to: str
    decided: str
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


CAMPS = "1, 2 ... its camp: figures that can all be right"
LINES = Glyphs("─", "━", "├", "┤", "[", "]", "▼", "│", "◄", "►", "●", "◆", "○", "┴", "─", "│", "·")
PLAIN = Glyphs("-", "=", "|", "|", "[", "]", "v", "|", "<", ">", "o", "#", "r", "+", "-", "|", ".")


def glyphs(look: Look) -> Glyphs:
    """The signs this screen can show."""
    return PLAIN if look.ascii else LINES


def column(axis: Axis, value: float, room: int) -> int:
    """The column a value stands in."""
    return round(axis.place(value) * (room - 1))


def axis(scale: Axis, margin: int, room: int, look: Look) -> Iterator[str]:
    """The axis: a line with its ticks, and under it as many labels as do not touch."""
    line, labels = [glyphs(look).line] * room, [" "] * (margin + room + 1)

    def fits(ticks: Sequence[Tick]) -> bool:
        spans = [_span(scale, tick, margin, room, look) for tick in ticks]
        return all(one[1] < other[0] - 1 for one, other in pairwise(spans))

    for tick in labelled(scale.ticks, fits):
        start, end = _span(scale, tick, margin, room, look)
        line[column(scale, tick.value, room)] = glyphs(look).tick
        labels[start:end] = shown(tick.label, look)
    yield " " * margin + "".join(line)
    yield "".join(labels).rstrip()


def _span(scale: Axis, tick: Tick, margin: int, room: int, look: Look) -> tuple[int, int]:
    """Where the label of a tick starts and ends: under it, as far as the screen goes."""
    size = len(shown(tick.label, look))
    start = margin + column(scale, tick.value, room) - size // 2
    start = min(max(start, 0), margin + room + 1 - size)
    return start, start + size


# Below this many columns the words of a figure stand above its strip; from the other on, what
# was said has a column beside who said it.
_NARROW, _WIDE = 72, 110
_GAP = 2
# The columns that the arrow of an open end takes.
_ARROW = 3
_INDENT = "    "


def strips(picture: Picture, look: Look) -> Iterator[str]:
    """The lines of a picture: its figures, the axis under them, what the signs mean."""
    columns = _columns(picture.bars, look)
    margin = sum(columns) + _GAP * len(columns) if columns else _GAP
    room = look.width - margin - 1
    measured = bool(picture.bars) and len(picture.axis.ticks) > 1
    for heading, bars in groups(picture):
        for line in lines_of(heading, look) if heading else ():
            yield paint(line, "bold", look)
        for bar in bars:
            strip = _strip(bar, picture.axis, room, look) if measured else ""
            if columns:
                yield from _beside(_told(bar, columns, look), strip, margin, look)
            else:
                yield from _above(bar, strip, look)
    if measured and picture.decided:
        yield from _settled(picture.decided, picture.axis, margin, room, look)
    if measured:
        yield from axis(picture.axis, margin, room, look)
    notes = [*(_legend(picture, look) if measured else ()), *left_out(picture)]
    legend = shown("; ".join(notes), look)
    yield from wrap(legend, look.width) if legend else ()


def _columns(bars: Sequence[Mark], look: Look) -> tuple[int, ...]:
    """How wide the columns of words are: two if they fit, on a wide screen in half of it; or one.

    None on a narrow screen; what does not fit is wrapped.
    """
    if look.width < _NARROW or not bars:
        return ()
    names = max(cells(_name(bar, look)) for bar in bars)
    facts = max(cells(_facts(bar, look)) for bar in bars)
    if names + _GAP + facts <= look.width * 2 // 5:
        return names, facts
    if look.width >= _WIDE:
        names = min(names, look.width // 4)
        return names, min(facts, look.width // 2 - names)
    return (min(max(names, facts + len(_INDENT)), look.width * 2 // 5),)


def _name(bar: Mark, look: Look) -> str:
    """Who said it, after its camp and a sign where it is in a conflict."""
    return f"{_sign(bar)}{shown(bar.source, look)}"


def _sign(bar: Mark) -> str:
    """The number of its camp, and a sign where it is in a conflict."""
    camp = "" if bar.camp is None else f"{bar.camp + 1}"
    return f"{camp}{'!' if bar.clash else ' '} "


def _facts(bar: Mark, look: Look) -> str:
    """What was said, as of when, of which part."""
    return shown(", ".join(filter(None, (bar.said, bar.when, bar.scope))), look)


# A line of words: each piece with its style.
_Words = list[tuple[str, str]]


def _told(bar: Mark, columns: tuple[int, ...], look: Look) -> Iterator[_Words]:
    """The words of a figure line by line: what was said under who said it, or in a column of it."""
    name = _name(bar, look)
    first = _sign(bar)
    names = wrap(name[len(first) :], columns[0], first=first, rest="  ")
    style = "conflict" if bar.clash else ""
    if len(columns) == 1:
        yield from ([(line, style)] for line in names)
        facts = wrap(_facts(bar, look), columns[0], first=_INDENT, rest=_INDENT)
        yield from ([(line, "dim")] for line in facts)
        return
    facts = wrap(_facts(bar, look), columns[1])
    for one, other in zip_longest(names, facts, fillvalue=""):
        padding = " " * (columns[0] + _GAP - cells(one))
        yield [(one, style), (padding, ""), (other, "")]


def _beside(told: Iterator[_Words], strip: str, margin: int, look: Look) -> Iterator[str]:
    for place, line in enumerate(told):
        used = sum(cells(text) for text, _ in line)
        drawn = "".join(paint(text, style, look) for text, style in line)
        yield (drawn if place else f"{drawn}{' ' * (margin - used)}{strip}").rstrip()


def _above(bar: Mark, strip: str, look: Look) -> Iterator[str]:
    words = f"{shown(bar.source, look)}: {_facts(bar, look)}"
    yield from wrap(words, look.width, first=_sign(bar), rest="  ")
    yield f"{' ' * _GAP}{strip}".rstrip()


def _strip(bar: Mark, axis: Axis, room: int, look: Look) -> str:
    """What it can mean as a bar, the stated value as a mark on it, arrows where it has no end."""
    use = glyphs(look)
    drawn = [" "] * room
    first, last = column(axis, bar.first, room), column(axis, bar.last, room)
    for place in range(first, last + 1):
        drawn[place] = use.clash if bar.clash else use.bar
    drawn[first] = use.from_ if bar.ranged else use.begin
    drawn[last] = use.narrow if first == last else use.to if bar.ranged else use.end
    if bar.opens_down or bar.first < axis.low:
        first = _arrow(drawn, first, -1, use.to_left, use.bar)
    if bar.opens_up or bar.last > axis.high:
        _arrow(drawn, last, 1, use.to_right, use.bar)
    if bar.stated is not None and not axis.beyond(bar):
        mark = use.derived if bar.derived else use.stated if bar.firm else use.revised
        drawn[column(axis, bar.stated, room)] = mark
    strip = "".join(drawn).rstrip()
    lead = strip[: len(strip) - len(strip.lstrip())]
    return lead + paint(strip.lstrip(), "conflict" if bar.clash else "", look)


def _settled(
    decided: DecidedValue, scale: Axis, margin: int, room: int, look: Look
) -> Iterator[str]:
    """What somebody decided to use: its words, and from where to where it goes."""
    words = lines_of(decided.told, look, first="  ", rest="    ")
    first, last = (column(scale, end, room) for end in (decided.low, decided.high))
    use = glyphs(look)
    strip = use.decided + (use.bar * (last - first - 1) + use.decided) * (first < last)
    if len(words) == 1 and cells(words[0]) + _GAP <= margin:
        yield paint(words[0].ljust(margin) + " " * first + strip, "bold", look)
        return
    yield from (paint(line, "bold", look) for line in words)
    yield paint(" " * (margin + first) + strip, "bold", look)


def _arrow(drawn: list[str], start: int, way: int, head: str, line: str) -> int:
    """An arrow of a few columns from here, so far as there is room; where its head stands."""
    end = min(max(start + way * _ARROW, 0), len(drawn) - 1)
    for place in range(start, end, way):
        drawn[place] = line
    drawn[end] = head
    return end


def _legend(picture: Picture, look: Look) -> list[str]:
    """What the signs that were used mean."""
    use, there = glyphs(look), used(picture.bars)
    drawn = {bar.side for bar in picture.bars}
    spread = f"{use.begin}{use.bar}{use.end}"
    told = [
        ("exact" in there, f"{use.stated} exact"),
        ("about" in there, f"{use.revised} about, or an open end"),
        (bool(there & {"sum", "about sum"}), f"{use.derived} the sum of its parts"),
        ("reading" in there, f"{spread} what it can mean"),
        ("range" in there, f"{use.from_}{use.bar}{use.to} a range as stated"),
        ("sigma" in there, f"{use.begin}{use.stated}{use.end} \u00b1 one sigma"),
        ("up" in there, f"{use.bar * 2}{use.to_right} no upper end"),
        ("down" in there, f"{use.to_left}{use.bar * 2} no lower end"),
        ("conflict" in there, f"! {use.clash * 2} in a conflict"),
        (any(b.clash and not drawn & set(b.against) for b in picture.bars), _elsewhere(look)),
        (picture.decided is not None, f"{use.decided} what was decided"),
        (bool(picture.camps), CAMPS),
        (picture.axis.log, "logarithmic axis"),
    ]
    return [text for seen, text in told if seen]


def _elsewhere(look: Look) -> str:
    """That what some figures conflict with is not in the picture."""
    if look.history:
        return "some only with a figure of another measure or unit"
    return "some only with figures not drawn (--history draws earlier ones)"


def left_out(picture: Picture | Timeline) -> Iterator[str]:
    """What is beyond an axis, and what is not drawn or marked."""
    if picture.cut:
        yield f"beyond the axis, at its end: {', '.join(picture.cut)}"
    if isinstance(picture, Timeline) and picture.undated:
        yield f"{picture.undated} undated not drawn"
    if picture.left_out:
        yield f"{picture.left_out} in another unit not drawn"
    if picture.older:
        older = "{} older figures not drawn"
        yield counted(picture.older, "1 older figure not drawn", older)
    if picture.unmarked:
        more = "{} more conflicts not marked"
        yield counted(picture.unmarked, "1 more conflict not marked", more)
