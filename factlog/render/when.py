"""Dates as text: for programs, for people, and as import takes them back."""

from __future__ import annotations

from functools import lru_cache

from factlog import dates
from factlog.claim import Period
from factlog.errors import FactlogError


def iso(period: Period | None) -> str | None:
    """A date for programs: 2025-01-13, 2025-01, ../2025-01-13, 2025-01~."""
    if period is None:
        return None
    return period.said if period.said.endswith("~") else _spelled(period)


def day(period: Period) -> str:
    """A date for people: 2025-01-13, "by 2025-01-12", "2025-01-10 to 2025-01-13"."""
    text = iso(period) or ""
    if text.endswith("~"):
        return f"about {text[:-1]}"
    first, _, last = text.partition("/")
    if not last:
        return first
    if first == "..":
        return f"by {last}"
    return f"from {first}" if last == ".." else f"{first} to {last}"


@lru_cache(maxsize=4096)
def given(period: Period) -> str:
    """A date as it was given, if that alone reads back to the same days; else spelled out."""
    try:
        if dates.parse(period.said).days == period.days:
            return period.said
    except FactlogError:
        pass
    return dates.spell(period)


@lru_cache(maxsize=4096)
def _spelled(period: Period) -> str:
    return dates.spell(period)
