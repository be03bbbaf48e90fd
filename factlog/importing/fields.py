"""Words stored as they are: names, links, quotes and notes, within bounds."""

from __future__ import annotations

import re
import unicodedata

from factlog import names
from factlog.errors import UsageError
from factlog.patterns import Pattern

NAME_LIMIT = 500
LINK_LIMIT = 10_000
COUNTED_LIMIT = 1_000
TEXT_LIMIT = 16_000_000

_SURROGATE = Pattern("[\ud800-\udfff]")


def name(text: str, what: str) -> str:
    """A name as it is kept: composed (NFC), its spaces collapsed; refused if none is left.

    `what` is the word for it, with which a message begins: "source".
    """
    found = optional_name(text, what)
    if found is None:
        raise UsageError(f"{what}: is blank", f"Give the {what} a name.")
    return found


def optional_name(text: str | None, what: str) -> str | None:
    """A name as it is kept, or None for a blank one."""
    if not text:
        return None
    _check(text, what, NAME_LIMIT)
    check_printed(text, what)
    found = names.clean(text)
    return found if any(map(_is_seen, found)) else None


def link(text: str | None, what: str) -> str | None:
    """An address without the spaces around it, or None for a blank one."""
    if not text:
        return None
    _check(text, what, LINK_LIMIT)
    check_printed(text, what)
    return text.strip() or None


def passage(text: str | None, what: str) -> str | None:
    """A quote or note exactly as it stands, or None if there is nothing but space."""
    if not text:
        return None
    _check(text, what, TEXT_LIMIT)
    return text if text.strip() else None


def counted(text: str | None, what: str) -> str | None:
    """What is counted in the words of a person, or None if that is not said."""
    if not text:
        return None
    _check(text, what, COUNTED_LIMIT)
    check_printed(text, what)
    return text if text.strip() else None


_QUOTED_BY = Pattern(r"(?P<by>.+?)\s*\(\s*via\s+(?P<via>[^()]+?)\s*\)", re.IGNORECASE)


def parted(source: str, via: str | None) -> tuple[str, str | None]:
    """A source and whom it was quoted by, which may stand with it: "X (via Y)"."""
    found = _QUOTED_BY.fullmatch(source)
    if found is None:
        return source, via
    through = names.clean(found["via"])
    if via and names.fold(via) != names.fold(through):
        raise UsageError(
            f'source: "{source}" names another than via, "{via}"', "Keep the one that is right."
        )
    return names.clean(found["by"]), via or through


def _is_seen(sign: str) -> bool:
    """Whether a sign can be seen: a name of none but controls and joiners is blank."""
    return sign.isalnum() or unicodedata.category(sign) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _check(text: str, what: str, limit: int) -> None:
    if len(text) > limit:
        raise UsageError(
            f"{what}: has {len(text):,} characters; {limit:,} is the most it can have.",
            "Shorten it; a longer text belongs in a file of its own, with a link to it.",
        )
    check_characters(text, what)


def check_unit(text: str) -> None:
    """Refuse what is no unit: one longer than a name, or that cannot be printed."""
    _check(text, "unit", NAME_LIMIT)
    check_printed(text, "unit")


def check_characters(text: str, what: str) -> None:
    """Refuse a text with a byte that was no character, or half of one."""
    if not text.isascii() and (found := _SURROGATE.search(text)):
        raise UsageError(
            f"{what}: holds something that is not a character (U+{ord(found[0]):04X}), "
            f"at character {found.start() + 1}.",
            "It comes from a damaged or wrongly converted text; save that as UTF-8, or retype it.",
        )


def check_printed(text: str, what: str) -> None:
    """Refuse a text with what is no character, or with a NUL, at which other programs stop.

    Any other sign is kept, and shown safely.
    """
    check_characters(text, what)
    if "\0" in text:
        raise UsageError(
            f"{what}: holds a NUL byte, at character {text.index(chr(0)) + 1}.",
            "Remove it; only a quote or a note can hold one.",
        )
