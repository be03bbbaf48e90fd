"""What the style sheets within a web page take out of sight: by tags, classes and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factlog.patterns import Pattern

_COMMENT = Pattern(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIGHT = Pattern(r"(?<![\w-])(?:display|visibility)\s*:\s*([\w-]+)", re.IGNORECASE)
_OUT_OF_SIGHT = {"none", "hidden"}
_SIMPLE = Pattern(r"[\w-]*(?:[.#][\w-]+)?")
_NAME = Pattern(r"[.#]?[\w-]+")
_CALLED = Pattern(r"""\s(class|id)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


def hiding(sheets: Iterable[str]) -> set[str]:
    """The simple selectors (p, .note, p.note, #note) of what is hidden, whatever the screen.

    What another rule shows again, as on a wide screen or once it is open, is not.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in sheets:
        for selectors, values, always in _rules(_COMMENT.sub(" ", sheet)):
            if not values <= _OUT_OF_SIGHT:
                shown.update(_names(selectors))
            elif always:
                hidden.update(each.strip() for each in selectors.split(","))
    return {e for e in hidden if _SIMPLE.fullmatch(e) and shown.isdisjoint(_names(e))}


def _names(selectors: str) -> Iterator[str]:
    return (each[0] for each in _NAME.finditer(selectors))


def _rules(sheet: str) -> Iterator[tuple[str, set[str], bool]]:
    """Each rule about what is seen: its selectors, how, and whether it stands in no other's."""
    depth = 0
    for chunk in sheet.split("}"):
        *outer, declared = chunk.split("{")
        depth = max(depth + len(outer) - 1, 0)
        if outer and (values := {each[1].lower() for each in _SIGHT.finditer(declared)}):
            yield outer[-1].rpartition(";")[2], values, not depth


def is_hidden(name: str, tag: str, hidden: set[str]) -> bool:
    """Whether what a tag begins is hidden by one of these selectors."""
    own = {"class": ".", "id": "#"}
    called = [
        own[found[1].lower()] + each
        for found in _CALLED.finditer(tag)
        for each in found[2].strip("\"'").split()
    ]
    return not hidden.isdisjoint([name, *called, *(name + each for each in called)])
