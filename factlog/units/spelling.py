"""The words of a unit in one spelling, so that one table serves them all."""

from __future__ import annotations

import re
from unicodedata import normalize

LONGEST = 60  # characters: no unit is longer

# One sign where people use several: micro, ohm, superscripts, the dot of a product, dashes.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–‐‑⁻", "-"),
        **dict.fromkeys("⋅×*∙", "·"),
        **dict.fromkeys("⁄∕", "/"),
        **dict.fromkeys("º˚", "°"),
        **{"μ": "µ", "\u2126": "Ω", "¹": "1", "²": "2", "³": "3", "％": "%"},
    }
)
_POWER = re.compile(r"(?:\^|··)(?=-?[0-9])")
_PER = re.compile(r" ?/ ?|(?:^| )per (?!cent|mil)| an? (?=[^ ]+$)")


def tidy(words: str) -> str:
    """A unit's words with one kind of space, dot, power and dash: kg/m² and kg/m^2 are alike."""
    text = " ".join(normalize("NFC", words).translate(_SIGNS).split())
    return _POWER.sub("", text).replace(" ·", "·").replace("· ", "·")


def with_slashes(text: str) -> str:
    """Tidy words with each "per" as a slash: "barrels per day" and "barrels a day"."""
    return _PER.sub("/", text)
