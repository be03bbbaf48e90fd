"""Comparisons and tables as Markdown, everything a person typed escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from factlog.comparison import Comparison
from factlog.render.safe import safe

# Signs that Markdown, or the HTML it may hold, would take for more than themselves.
_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$&]|(?<=\w)[@:](?=[\w/])")


def escaped(text: str) -> str:
    """Words that show in Markdown as they are, anywhere but at the start of a line."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", safe(text))


def comparison(found: Comparison) -> str:
    """A comparison as a Markdown page: a table a measure, then why."""
    from factlog.render.pages import rendered

    return rendered("comparison.md", found)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [_row(headers), _row(["---"] * len(headers), as_is=True)]
    return "".join(f"{line}\n" for line in (*lines, *map(_row, rows)))


def _row(cells: Sequence[str], *, as_is: bool = False) -> str:
    return "| " + " | ".join(cell if as_is else escaped(cell) for cell in cells) + " |"
