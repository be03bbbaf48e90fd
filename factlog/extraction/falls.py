"""Whether a number is by how much something fell: "fell by three percent", "300 fewer"."""

from __future__ import annotations

import re

from factlog.claim import Claim
from factlog.extraction.numbers import Mention, tail
from factlog.parsing import lexicon
from factlog.patterns import Pattern

_FALL = lexicon.either("fall")
_BY = r"(?:\s+(?:by|of))?(?:\s+(?:an?|another)(?:\s+[a-z]+)?)?\s+$"
_FELL = Pattern(rf"\b(?:{_FALL})(?:\s+(?:back|[a-z]+ly|further|again))?{_BY}", re.IGNORECASE)
_CHANGED = Pattern(rf"\b(?:{lexicon.either('verb of change', 'noun of change')}){_BY}")
_FALLEN = Pattern(rf"(?:\s+|-)(?!down\s+from\b)(?:{_FALL})\b", re.IGNORECASE)
_CHANGE = re.compile(r"\b(?:change|growth|rise|increase|gain)s?\b")


def fell(text: str, found: Mention) -> bool:
    """Whether the words before or behind a number say that something fell by it."""
    before = text[max(0, found.start - 60) : found.start]
    if _FELL.search(before):
        return True
    # "Rose 3 percent less than before" is no fall.
    return not _CHANGED.search(before) and _FALLEN.match(tail(text, found)) is not None


def of_a_change(claim: Claim) -> bool:
    """Whether a claim is of a change, which a number that stands for a fall is minus."""
    return _CHANGE.search(f"{claim.measure} {claim.thing or ''}".lower()) is not None


def is_a_step(claim: Claim) -> bool:
    """Whether a claim is of a change, or of those who are more: "17 more killed", "new deaths"."""
    words = f"{claim.measure} {claim.thing or ''}".lower()
    return of_a_change(claim) or _MORE.search(words) is not None


_MORE = re.compile(r"\b(?:more|new|another|other|further|additional|daily)\b")
