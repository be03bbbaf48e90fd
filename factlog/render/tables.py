"""Tables: columns side by side, cells broken at spaces only, nothing cut. rich draws them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from factlog.render.display import STYLES, Look, cells, console, longest_word, shown, wrap
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

# rich draws some hundreds of rows a second; more than this reads better one below the other.
MOST_ROWS = 200
_GAP = 2
# A rule under the headers, and nothing else: no edges, no bars.
_RULE = "    \n    \n {0}{0} \n    \n    \n    \n    \n    \n"


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a cell: its words, as anyone may have written them, and a style.

    `ids` follow the words, dim; `url` is where the words can be read. A line kept `whole` is
    not broken at spaces while there is room for it.
    """

    text: str
    style: str = ""
    ids: str = ""
    url: str | None = None
    whole: bool = False

    def __str__(self) -> str:
        """All the words of the line."""
        return f"{self.text} {self.ids}".strip()


Cell = tuple[CellLine, ...]
_Row = TypeVar("_Row")


def some_of(rows: Iterable[_Row], look: Look) -> tuple[Iterator[_Row], bool]:
    """The rows of a list, cut where the screen wants no more, and whether there were more."""
    if look.most is None:
        return iter(rows), False
    some = list(islice(rows, look.most + 1))
    return iter(some[: look.most]), len(some) > look.most


def cut_line(look: Look) -> list[str]:
    """The line that says a list was cut, and how to see all of it."""
    more = f"The first {look.most}; there are more. To see all: add -o FILE, or | less"
    return ["", *wrap(more, look.width)]


def cell(text: str, style: str = "", url: str | None = None) -> Cell:
    """A cell of one line."""
    return (CellLine(text, style, url=url),)


def grid(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    right: Collection[int] = (),
    apart: bool = False,
) -> list[str] | None:
    """A table in lines, or None if it is too narrow for the longest words side by side.

    None as well for more rows than anyone reads as a table. The columns at the places `right`
    hold figures, and end flush where no words in them must be broken; rows stand `apart` with a
    blank line between them if asked.
    """
    if len(rows) > MOST_ROWS:
        return None
    columns = [_measured(each, look) for each in zip(map(cell, headers), *rows, strict=True)]
    widths = _widths(columns, look.width - _GAP * (len(columns) - 1))
    if widths is None:
        return None
    right = [place for place in right if columns[place].asked <= widths[place]]
    table = _empty(headers, widths, look, right, apart=apart)
    for row in rows:
        table.add_row(*(_words(each, look) for each in row))
    drawn = console(look)
    with drawn.capture() as captured:
        drawn.print(table)
    return captured.get().removesuffix("\n").split("\n")


def _empty(
    headers: Sequence[str],
    widths: Sequence[int],
    look: Look,
    right: Collection[int],
    *,
    apart: bool,
) -> Table:
    from rich.box import Box
    from rich.table import Table

    table = Table(
        box=Box(_RULE.format("-" if look.ascii else "─"), ascii=look.ascii),
        padding=(0, _GAP - 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        leading=1 if apart else 0,
        header_style="bold",
    )
    for place, (header, width) in enumerate(zip(headers, widths, strict=True)):
        table.add_column(
            _words(cell(header), look),
            width=width,
            justify="right" if place in right else "left",
            overflow="fold",
        )
    return table


def _words(given: Cell, look: Look) -> Text:
    """What a cell holds, for rich: words and their styles, never markup."""
    from rich.style import Style
    from rich.text import Text

    text = Text()
    for place, line in enumerate(given):
        style = Style.parse(STYLES[line.style][1])
        if look.links and _linkable(line.url):
            style += Style(link=line.url)
        text.append("\n" if place else "").append(shown(line.text, look), style)
        if line.ids:
            text.append(" " if line.text else "").append(shown(line.ids, look), "dim")
    return text


def _linkable(url: str | None) -> bool:
    """Whether a terminal can be told of it: an address of the web, no sign that would act."""
    return bool(
        url and url.startswith(("http://", "https://")) and url.isascii() and url.isprintable()
    )


@dataclass(frozen=True, slots=True)
class _Width:
    """How wide a column asks to be, and the least it takes with some lines whole, or with none."""

    asked: int
    whole: int
    least: int


def _measured(column: Iterable[Cell], look: Look) -> _Width:
    lines = [(shown(str(line), look), line.whole) for each in column for line in each]
    return _Width(
        max((cells(text) for text, _ in lines), default=0),
        max((cells(t) if whole else longest_word(t) for t, whole in lines), default=0),
        max((longest_word(text) for text, _ in lines), default=0),
    )


def _widths(columns: Sequence[_Width], room: int) -> list[int] | None:
    """How wide each column is: what it asks for, the widest giving way first.

    None is narrower than its longest word, so that rich breaks none.
    """
    for least in ([each.whole for each in columns], [each.least for each in columns]):
        if sum(least) <= room:
            widths = [each.asked for each in columns]
            while sum(widths) > room:
                _, widest = max((w, n) for n, w in enumerate(widths) if w > least[n])
                widths[widest] -= 1
            return widths
    return None
