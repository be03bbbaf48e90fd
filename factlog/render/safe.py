"""Text that others wrote, made safe to put on a screen: nothing in it acts, all of it shows."""

from __future__ import annotations

import re
from unicodedata import category

# Printable by name, yet they show nothing: fillers, joiners, selectors of an old script.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0]")


def safe(text: str) -> str:
    """The text on one line, every sign that would act or hide made visible.

    Control characters become their pictures (␛, ␊); text direction marks, zero-width and
    other unseen characters become <U+202E> and the like. Ordinary text is left as it is.
    """
    if text.isprintable() and not (not text.isascii() and _BLANK.search(text)):
        return text
    return "".join(map(_seen, text))


def _seen(sign: str) -> str:
    if sign.isprintable() and not _BLANK.match(sign):
        return sign
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if category(sign) == "Zs":  # no-break and thin spaces show as what they are
        return sign
    return f"<U+{code:04X}>"


_FOR_ASCII = str.maketrans(
    {
        "±": "+/-",
        "−": "-",
        "–": "-",
        "≈": "~",
        "×": "x",
        "∞": "inf",
        "Σ": "sum",
        "─": "-",
        "│": "|",
        "…": "...",
        "“": '"',
        "”": '"',
        "’": "'",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "°": "deg ",
        "␡": "<DEL>",
        **{chr(0x2400 + code): f"<{code:02X}>" for code in range(0x20)},
    }
)


def in_ascii(text: str) -> str:
    """The text for a screen that shows nothing but ASCII: signs are spelled, letters escaped."""
    if text.isascii():
        return text
    return text.translate(_FOR_ASCII).encode("ascii", "backslashreplace").decode("ascii")
