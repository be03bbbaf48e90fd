"""Text in a cell that a spreadsheet would take for a formula: defused, and restored."""

from __future__ import annotations

import re
from itertools import dropwhile
from string import ascii_letters, digits
from unicodedata import category

from factlog.patterns import Pattern

_SIGNS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
_BREAKS = ("\t", "\r", "\n", "\0")
# Letters and a symbol by name, yet they show nothing.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
# No text that begins so acts.
HARMLESS = frozenset(("", *ascii_letters, *digits))
_NUMBER = Pattern(r" *[-+]?\d[\d,]*(\.\d+)?([eE][-+]?\d+)?", re.ASCII)


def defused(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula.

    Text that begins with = + - @, a full-width or small form of these, tab, CR, LF or NUL gets
    one apostrophe in front; so does text in which nothing but apostrophes, or white space and
    signs that do not show, come before. A plain number such as -3.2 is left alone.
    """
    if text[:1] in HARMLESS:  # as nearly every text, or nothing at all
        return text
    return "'" + text if _acts(text) and not _NUMBER.fullmatch(text) else text


def restored(cell: str) -> str:
    """A cell as it was before it was defused: one apostrophe is taken off, but not of "'tis"."""
    return cell[1:] if cell.startswith("'") and _acts(cell) else cell


def _acts(text: str) -> bool:
    """Whether it acts, whatever number of apostrophes stands before it."""
    if not text or (text[0].isalnum() and text[0] not in _FILLERS):  # as nearly every text
        return False
    bare = text.lstrip("'")
    return bare.startswith(_BREAKS) or next(dropwhile(_unseen, bare), "").startswith(_SIGNS)


def _unseen(sign: str) -> bool:
    return category(sign)[0] in "CMZ" or sign in _FILLERS
