"""A text of pages as it runs on: without what stands at the edge of each, and marks of notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from factlog.patterns import Pattern

_NOTE = Pattern(r"\[\d{1,3}\]|(?<=[^\W\d_])\d{1,3}(?!\w)|(?<=[^\W\d_][.,;:!?”\"’)])\d{1,3}(?=\s)")
_LETTERS = re.compile(r"[^\W\d_]+")
_MOST_PAGES = 5_000
_EDGE = 2  # lines at the top of a page, and at its foot, that may be no part of the text


@lru_cache(maxsize=16)
def running(text: str) -> str:
    """The text as it runs on from page to page, blanks in place of what is left out.

    That are the marks of footnotes, such as [1], and at the top and foot of a page its number and
    lines that another has, too. Pages end with a form feed.
    """
    noted = _NOTE.sub(lambda found: " " * len(found[0]), text)
    pages = [each.split("\n") for each in noted.split("\f", _MOST_PAGES)]
    if len(pages) == 1:
        return noted
    shared = Counter(key for page in pages for key in {_key(page[n]) for n in _edges(page)})
    for page in pages:
        for n in _edges(page):
            if not _key(page[n]) or shared[_key(page[n])] > 1:
                page[n] = " " * len(page[n])
    return "\f".join("\n".join(page) for page in pages)


def _edges(page: list[str]) -> Iterator[int]:
    told = [n for n, line in enumerate(page) if line.strip()]
    return iter(dict.fromkeys(told[:_EDGE] + told[-_EDGE:]))


def _key(line: str) -> str:
    """The words of a line, by which it is the same on another page whatever its number."""
    return " ".join(_LETTERS.findall(line.casefold()))
