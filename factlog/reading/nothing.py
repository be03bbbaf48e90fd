"""Words that hold no number, or hold one too late: what to tell the person who wrote them."""

from __future__ import annotations

from factlog.reading.patterns import Pattern
from factlog.reading.text import Text, refusal, short
from factlog.reading.values import read_value

_UNKNOWN = frozenset(
    [
        "unknown",
        "n/a",
        "na",
        "n.a.",
        "tbd",
        "tba",
        "tbc",
        "null",
        "?",
        "-",
        "—",
        "...",
        "unclear",
        "undisclosed",
        "unspecified",
        "nan",
        "missing",
        "pending",
    ]
)
_MANY = frozenset(
    [
        "many",
        "numerous",
        "countless",
        "multiple",
        "various",
        "most",
        "majority",
        "few",
        "some",
        "all",
    ]
)
_PLACES = Pattern(r"(?<=\s)(?=[\w$€£¥~<>≥≤(\[.+-])")
_KNOWN = "about, nearly, at least, more than, at most, fewer than"


def nothing_here(text: Text) -> Exception:
    """The refusal for words in which no value begins."""
    low = text.low.strip()
    if not low:
        return refusal(text, "it is empty", 0, 0)
    if low in _UNKNOWN:
        remedy = "leave out a number that nobody stated; write for example: 12"
        return refusal(text, "it states no number", 0, remedy=remedy)
    if low[0] == "(":
        remedy = "write it without brackets, with a minus if it is negative"
        reason = "a number in brackets could be negative or an aside"
        return refusal(text, reason, 0, remedy=remedy)
    return _late(text) or _no_number(text, low.split()[0])


def _late(text: Text) -> Exception | None:
    """The refusal for words before a number that are no hedge: "barely 300"."""
    if not any(character.isdigit() for character in text.low):
        return None
    for place in _PLACES.finditer(text.low):
        value = read_value(text, place.start())
        if value is not None:
            words = text.given[: place.start()].strip()
            reason = f'"{short(words)}" before the number is not understood'
            remedy = f"leave it out, or write a hedge: {_KNOWN}"
            return refusal(text, reason, 0, place.start(), remedy=remedy)
    return None


def _no_number(text: Text, word: str) -> Exception:
    if word in _MANY:
        start = text.low.index(word)
        return refusal(text, f'"{word}" gives no number', start, start + len(word))
    return refusal(text, "it holds no number", 0)
