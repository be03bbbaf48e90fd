"""How a page is to look, text made safe to put on a screen, and lines wrapped to a width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from unicodedata import category

from factlog.patterns import Pattern
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Look:
    """What a person's screen can show, and how much of the record they want to see.

    `color`, `ascii` and `links` say what the screen takes; `history` shows earlier figures
    too, `full` every figure and every reason; `wide` is for csv and tsv: one row a measure, a
    column a source; `most` cuts a list after so many rows.
    """

    width: int = 80
    color: bool = False
    ascii: bool = False
    history: bool = False
    full: bool = False
    wide: bool = False
    links: bool = False
    most: int | None = None


# Printable by name, yet they show nothing: fillers, joiners, selectors of an old script.
_BLANK = Pattern("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]")


def safe(text: str) -> str:
    """The text on one line, every sign that would act or hide made visible.

    Control characters become their pictures (␛, ␊); text direction marks, zero-width and
    other unseen characters become <U+202E> and the like. Ordinary text is left as it is.
    """
    if text.isprintable() and not (not text.isascii() and _BLANK.search(text)):
        return text
    return text.translate(_SEEN)


class _ShownSigns(dict[int, str]):
    """How each sign is shown, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _seen(chr(code))
        return self[code]


_SEEN = _ShownSigns()


def _seen(sign: str) -> str:
    if sign.isprintable() and not _BLANK.match(sign):
        return sign
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if category(sign) == "Zs":  # no-break and thin spaces show as what they are
        return sign
    return f"<U+{code:04X}>"


_RAISED = Pattern("[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_POWERS = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_FOR_ASCII = str.maketrans(
    {
        "±": "+/-",
        "−": "-",
        "–": "-",
        "≈": "~",
        "×": "x",
        "∞": "inf",
        "Σ": "sum",
        "─": "-",
        "│": "|",
        "…": "...",
        "→": "->",
        "“": '"',
        "”": '"',
        "’": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "°": "deg ",
        "␡": "<DEL>",
        **{chr(0x2400 + code): f"<{code:02X}>" for code in range(0x20)},
    }
)


def in_ascii(text: str) -> str:
    """The text for a screen that shows nothing but ASCII: signs are spelled, letters escaped."""
    if text.isascii():
        return text
    text = _RAISED.sub(lambda power: f"^{power[0].translate(_POWERS)}", text)
    return text.translate(_FOR_ASCII).encode("ascii", "backslashreplace").decode("ascii")


# The escape code of each style, and what rich calls it.
STYLES = {
    "": ("", "none"),
    "bold": ("1", "bold"),
    "dim": ("2", "dim"),
    "conflict": ("1;31", "bold red"),
    "near": ("33", "yellow"),
    "agree": ("32", "green"),
}


def shown(text: str, look: Look) -> str:
    """Words that anyone may have written, as this screen can take them."""
    return in_ascii(safe(text)) if look.ascii else safe(text)


def paint(text: str, style: str, look: Look) -> str:
    """The text in a style, if the screen shows colour."""
    code, _ = STYLES[style]
    return f"\x1b[{code}m{text}\x1b[0m" if look.color and code and text else text


def cells(text: str) -> int:
    """How many columns a text takes; wide East Asian signs take two."""
    if _plain(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _plain(text: str) -> bool:
    """Whether every sign takes one column: none of those that may take no column, or two."""
    return text.isascii() or max(text) < "\u0300"


def longest_word(text: str) -> int:
    """The columns its longest word takes."""
    return max(map(cells, text.split()), default=0)


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """A text in lines of this width: `first` stands before line one, `rest` before the others.

    Lines break at spaces; a word longer than a line is broken anywhere, never cut.
    """
    if len(first) + len(text) <= width and text.isascii() and first.isascii():
        return [first + text.rstrip(" ")]
    plain = _plain(text)
    if plain and len(text) + cells(first) <= width:
        return [first + text.rstrip(" ")]
    lines: list[str] = []
    margin, place = first, 0
    while True:
        room = max(width - cells(margin), 2)
        end = place + room if plain else _reached(text, place, room)
        if end >= len(text):
            return [*lines, margin + text[place:].rstrip(" ")]
        end = _break(text, place, end)
        lines.append(margin + text[place:end].rstrip(" "))
        place = end
        while text.startswith(" ", place):
            place += 1
        if place == len(text):
            return lines
        margin = rest


def lines_of(text: str, look: Look, first: str = "", rest: str = "") -> list[str]:
    """A text as anyone may have written it, in lines of the screen's width."""
    return wrap(shown(text, look), look.width, first, rest)


def _reached(text: str, place: int, room: int) -> int:
    """Where the columns of a line are full, its text beginning at this place."""
    from rich.cells import get_character_cell_size  # rich takes time to import

    end = place
    while end < len(text):
        filled = list(accumulate(map(get_character_cell_size, text[end : end + room + 1])))
        fits = bisect_right(filled, room)
        end += fits
        if fits < len(filled):
            return max(end, place + 1)
        room -= filled[-1]
    return end


def _break(text: str, place: int, end: int) -> int:
    """Where a line that is full at `end` ends: before the word there, or in it if it is long."""
    if text[end] == " ":
        return end
    word = text.rfind(" ", place, end) + 1
    fits = text.find(" ", end, word + end - place + 1) > 0 or len(text) <= word + end - place
    return word if fits and text[place:word].strip(" ") else end


def console(look: Look) -> Console:
    """What rich draws on: text of this width, whatever the surroundings are."""
    from io import StringIO

    from rich.console import Console

    return Console(
        file=StringIO(),
        width=look.width,
        height=25,
        color_system="standard" if look.color else None,
        force_terminal=look.color,
        no_color=not look.color,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def page(lines: Iterable[str]) -> str:
    """Lines as one text, each ended, no spaces at their ends."""
    return "".join(f"{line.rstrip(' ')}\n" for line in lines)
