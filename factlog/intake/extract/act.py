"""An act of speech: who speaks, and which words of the sentence they answer for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from factlog.reading.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech: text[start:end] names the source, which answers for text[since:until].

    `kind` is the rule that found it; `ahead` says that what is said comes after the source.
    `via` and `origin` are words of the chain: "X told Reuters, citing Y". `pronoun` says that
    the words only point back at a source.
    """

    kind: str
    start: int
    end: int
    since: int
    until: int
    ahead: bool
    via: str | None = None
    origin: str | None = None
    pronoun: bool = False
    earlier: bool = False


_PRONOUN = Pattern(r"(?:he|she|it|they)$", re.IGNORECASE)
_CITING = Pattern(
    r",?\s+(?:citing|quoting)\s+(?P<whom>[^,;.\"]+?)(?=,|;|\.(?:\s|$)|\"|$|\s+(?:that"
    r"|as\s+saying)\b)"
)
_CITED_SOON = Pattern(r"[^;]*$")


def act_at(kind: str, text: str, start: int, end: int, since: int, at: int, *, ahead: bool) -> Act:
    """The act of the source at text[start:end], with whom it cites after `at`."""
    pronoun = _PRONOUN.fullmatch(text[start:end]) is not None
    origin = _CITING.search(text, at)
    cited = (
        origin["whom"].strip() if origin and _CITED_SOON.match(text[at : origin.start()]) else None
    )
    if ahead:
        return Act(kind, start, end, since, len(text), True, origin=cited, pronoun=pronoun)
    return Act(kind, start, end, 0, since, False, origin=cited, pronoun=pronoun)
