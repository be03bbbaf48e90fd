"""Whom something was told: the outlet of "told Reuters" and "confirmed to CBS News that"."""

from __future__ import annotations

import re

from factlog.parsing import lexicon
from factlog.patterns import Pattern

_TOLD = Pattern(
    r"\s+(?P<whom>(?:the\s+)?[A-Za-z][\w'-]*(?:\s+(?:[A-Z][\w'-]*|news|agency|press"
    r"|conference|television|radio|newspaper|media))*)"
)
_AUDIENCE = Pattern(rf"(?:the\s+|a\s+)?(?:{lexicon.either('audience')})$", re.IGNORECASE)


def told(text: str, verb: str, at: int) -> tuple[str | None, int]:
    """The outlet that was told, if it is one, and where the words after it begin.

    The verb of speech ends at a place of the text.
    """
    if verb not in ("told", "tells", "tell"):
        return _to_outlet(text, at)
    whom = _TOLD.match(text, at)
    if whom is None:
        return None, at
    name = re.sub(r"^the\s+", "", whom["whom"])
    outlet = (
        name[:1].isupper() and not _AUDIENCE.match(name) and name not in ("Parliament", "Congress")
    )
    return (name if outlet else None), whom.end()


def _to_outlet(text: str, at: int) -> tuple[str | None, int]:
    """As in "confirmed to CBS News that": the outlet something was said to."""
    to = re.match(
        r"\s+to\s+(?:the\s+)?(?P<name>[A-Z][\w'-]*(?:\s+[A-Z][\w'-]*){0,2})(?=\s+(?:that|on)\b"
        r"|[,.])",
        text[at:],
    )
    return (to["name"], at + to.end()) if to else (None, at)
