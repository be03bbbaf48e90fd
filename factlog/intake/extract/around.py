"""Around a number: its own words in a sentence, and those just before and behind it."""

from __future__ import annotations

from factlog.intake.extract.values import Found


def number(text: str, found: Found) -> str:
    """The digits or number words, without the hedge before them."""
    return text[found.core : found.end]


def lead(text: str, found: Found, reach: int = 40) -> str:
    """What stands just before the digits, hedge included."""
    return text[max(0, found.core - reach) : found.core]


def tail(text: str, found: Found, reach: int = 60) -> str:
    """What stands just behind the value."""
    return text[found.end : found.end + reach]
