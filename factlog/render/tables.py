"""Tables: columns side by side, cells wrapped at spaces, nothing cut.

Not rich's: importing its tables takes longer than importing click, it lays out some 1,500 rows
a second where these are 50,000, and it breaks words to make columns fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from factlog.render.display import Look, cells, longest_word, paint, shown, wrap

_GAP = "  "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell: its words, as anyone may have written them, and a style.

    A line kept `whole` is not broken at spaces while there is room for it.
    """

    text: str
    style: str = ""
    whole: bool = False


Cell = tuple[Line, ...]


def cell(text: str, style: str = "") -> Cell:
    """A cell of one line."""
    return (Line(text, style),)


def grid(
    headers: Sequence[str], rows: Sequence[Sequence[Cell]], look: Look, *, apart: bool = False
) -> list[str] | None:
    """A table in lines, or None if it is too narrow for the longest words side by side.

    Rows stand `apart` with a blank line between them if asked.
    """
    header = [cell(text, "bold") for text in headers]
    clean = [[_clean(each, look) for each in row] for row in (header, *rows)]
    widths = _widths(list(zip(*clean, strict=True)), look.width - len(_GAP) * (len(headers) - 1))
    if widths is None:
        return None
    laid = [list(_laid(row, widths, look)) for row in clean]
    rule = ("-" if look.ascii else "─") * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return [*laid[0], rule, *_stood(laid[1:], apart)]


def _stood(rows: Iterable[Sequence[str]], apart: bool) -> Iterator[str]:
    for place, lines in enumerate(rows):
        if apart and place:
            yield ""
        yield from lines


def _clean(given: Cell, look: Look) -> Cell:
    return tuple(Line(shown(line.text, look), line.style, line.whole) for line in given)


def _widest(column: Iterable[Cell], measure: Callable[[Line], int]) -> int:
    return max((measure(line) for each in column for line in each), default=0)


def _asked(line: Line) -> int:
    return cells(line.text)


def _least(line: Line) -> int:
    return longest_word(line.text)


def _least_whole(line: Line) -> int:
    return cells(line.text) if line.whole else longest_word(line.text)


def _widths(columns: Sequence[Sequence[Cell]], room: int) -> list[int] | None:
    """How wide each column is: what it asks for, the widest giving way first."""
    asked = [_widest(column, _asked) for column in columns]
    for measure in (_least_whole, _least):
        least = [_widest(column, measure) for column in columns]
        if sum(least) <= room:
            return _given_way(asked, least, room)
    return None


def _given_way(asked: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    widths = list(asked)
    while sum(widths) > room:
        _, widest = max((w, n) for n, w in enumerate(widths) if w > least[n])
        widths[widest] -= 1
    return widths


def _laid(row: Sequence[Cell], widths: Sequence[int], look: Look) -> Iterator[str]:
    """A row in lines."""
    columns = [
        [(text, line.style) for line in each for text in wrap(line.text, width)]
        for each, width in zip(row, widths, strict=True)
    ]
    for pieces in zip_longest(*columns, fillvalue=("", "")):
        padded = (
            paint(text, style, look) + " " * (width - cells(text))
            for (text, style), width in zip(pieces, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip(" ")
