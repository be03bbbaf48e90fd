"""Lines of text: wrapped to a width with nothing cut, coloured where the screen takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factlog.render.look import Look
from factlog.render.safe import in_ascii, safe

# The first of the characters that may take no column, or two.
_MARKS = "\u0300"

_COLORS = {
    "bold": "1",
    "dim": "2",
    "conflict": "1;31",
    "near": "33",
    "agree": "32",
}


def shown(text: str, look: Look) -> str:
    """Words that anyone may have written, as this screen can take them."""
    return in_ascii(safe(text)) if look.ascii else safe(text)


def paint(text: str, style: str, look: Look) -> str:
    """The text in a style, if the screen shows colour."""
    code = _COLORS.get(style)
    return f"\x1b[{code}m{text}\x1b[0m" if look.color and code and text else text


def cells(text: str) -> int:
    """How many columns a text takes; wide East Asian signs take two."""
    if text.isascii() or max(text) < _MARKS:
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def longest_word(text: str) -> int:
    """The columns its longest word takes."""
    return max(map(cells, text.split()), default=0)


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of this width: `first` stands before line one, `rest` before the others.

    Lines break at spaces; a word longer than a line is broken anywhere, never cut.
    """
    lines: list[str] = []
    line, used, begun = first, cells(first), False
    margin = cells(rest)
    for word in text.split(" "):
        size = cells(word)
        if begun and used + 1 + size > width:
            lines.append(line)
            line, used, begun = rest, margin, False
        if begun:
            line, used = f"{line} {word}", used + 1 + size
            continue
        for piece in _pieces(word, size, width - used, width - margin):
            if begun:
                lines.append(line)
                line, used = rest, margin
            line, used, begun = line + piece, used + cells(piece), True
    return [*lines, line]


def _pieces(word: str, size: int, room: int, later: int) -> Iterator[str]:
    """A word in pieces: one if it fits the room left, else as many as it takes."""
    if size <= room:
        yield word
        return
    piece, used, limit = "", 0, max(room, 2)
    for sign in word:
        wide = cells(sign)
        if used + wide > limit:
            yield piece
            piece, used, limit = "", 0, max(later, 2)
        piece, used = piece + sign, used + wide
    yield piece


def page(lines: Iterable[str]) -> str:
    """Lines as one text, each ended, no spaces at their ends."""
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)
