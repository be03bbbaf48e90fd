"""What words read as, asked of the one grammar again."""

from __future__ import annotations

from functools import lru_cache

from factlog.claim import Estimate
from factlog.errors import FactlogError


@lru_cache(maxsize=4096)
def reads(words: str, unit: str | None) -> Estimate | None:
    """What these words read as; None if they do not stand alone."""
    from factlog import reading

    try:
        return reading.read(words, unit=unit).estimate
    except FactlogError:
        return None
