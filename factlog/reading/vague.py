"""Vague words: "dozens", "a few hundred", "tens of thousands" and the ends they stand for."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from factlog.reading.patterns import Pattern
from factlog.reading.scales import WORDS

# "a few" of something: how many, at least and at most.
COUNTS: dict[str, tuple[int, int]] = {
    "couple": (2, 2),
    "few": (3, 5),
    "several": (3, 9),
    "handful": (3, 6),
}
# Plurals that stand alone: the least, and the next larger step that is not reached.
PLURALS: dict[str, tuple[int, int]] = {
    "tens": (20, 100),
    "dozens": (24, 100),
    "scores": (40, 200),
    **{word + "s": (2 * int(scale), 10 * int(scale)) for word, scale in WORDS.items()
       if word not in ("dozen", "lakh", "lac")},
    "lakhs": (200_000, 10_000_000),
    "lacs": (200_000, 10_000_000),
}  # fmt: skip


class Vague(NamedTuple):
    """The ends a vague word stands for, and where it ends in the text."""

    low: Decimal
    high: Decimal
    end: int


_SCALE = "|".join(WORDS)
_PLURAL = "|".join(PLURALS)
_LARGE = "|".join(name for name, (least, _) in PLURALS.items() if least >= 2000)
_VAGUE = Pattern(
    rf"""
    (?:(?:an?|some)\s+(?P<count>few|couple|handful)|(?P<bare>several|couple|handful
        |few(?=(?:\s+|-)(?:{_SCALE})s?\b)))
        (?P<tens>(?:\s+of)?\s+tens?(?:\s+of)?\b)?
        (?P<scales>(?:(?:\s+of)?(?:\s+|-)(?:{_SCALE})s?\b)*)(?![\w'])
    |(?:many\s+|in(?:to)?\s+the\s+)?(?P<plural>{_PLURAL})(?:\s+(?:and|upon|on)\s+(?P=plural))?
        (?:\s+of\s+(?P<of>{_LARGE}))?(?![\w'])
    """,
    re.VERBOSE,
)
_SCALES = Pattern(_SCALE)


def read_vague(low: str, at: int) -> Vague | None:
    """Read the vague word or phrase that begins here, if one does."""
    match = _VAGUE.match(low, at)
    if match is None:
        return None
    if match["plural"]:
        least, reach = PLURALS[match["plural"]]
        scale = PLURALS[match["of"]][0] // 2 if match["of"] else 1
        return Vague(Decimal(least * scale), Decimal(reach * scale - 1), match.end())
    least, most = COUNTS[match["count"] or match["bare"]]
    scale = 10 if match["tens"] else 1
    for word in _SCALES.finditer(match["scales"]):
        scale *= int(WORDS[word[0]])
    return Vague(Decimal(least * scale), Decimal(most * scale), match.end())


def say_vague(low: Decimal, high: Decimal) -> str | None:
    """The words that stand for these ends, or None if there are none."""
    least, most = int(low), int(high)
    said = _plurals().get((least, most)) or _counted(least, most)
    if said is not None:
        return said
    first = next((words for (end, _), words in _plurals().items() if end == least), None)
    last = next((words for (_, end), words in _plurals().items() if end == most), None)
    first = first or _one_end(least, 0)
    last = last or _one_end(most, 1)
    return f"{first} to {last}" if first and last else None


@cache
def _plurals() -> dict[tuple[int, int], str]:
    """Each pair of ends that a plural stands for, alone or of another; plainest words first."""
    words = {(least, reach - 1): name for name, (least, reach) in reversed(PLURALS.items())}
    for name, (least, reach) in PLURALS.items():
        for of in _LARGE.split("|"):
            scale = PLURALS[of][0] // 2
            words.setdefault((least * scale, reach * scale - 1), f"{name} of {of}")
    return words


def _counted(least: int, most: int) -> str | None:
    """A vague count of a scale: "several hundred"."""
    for name, (few, many) in COUNTS.items():
        scale, rest = divmod(least, few)
        words = None if rest or scale * many != most else _scale_in_words(scale)
        if words is not None:
            return f"{'' if name == 'several' else 'a '}{name} {words}".strip()
    return None


def _one_end(end: int, side: int) -> str | None:
    """A vague count with this end, the lower (side 0) or the upper one (side 1)."""
    for ends in COUNTS.values():
        scale, rest = divmod(end, ends[side])
        if not rest and (said := _counted(ends[0] * scale, ends[1] * scale)) is not None:
            return said
    return None


_LARGEST_FIRST = "quintillion quadrillion trillion billion million thousand hundred dozen"


def _scale_in_words(scale: int) -> str | None:
    """A scale as a product of words, such as "hundred thousand" or "tens of thousands"."""
    words: list[str] = []
    for word in _LARGEST_FIRST.split():
        while scale and scale % int(WORDS[word]) == 0:
            scale //= int(WORDS[word])
            words.insert(0, word)
    if scale == 10:
        return f"tens of {' '.join(words)}s" if words else "tens"
    return " ".join(words) if scale == 1 else None
