"""What was said, in its own words, with the unit it is compared in where they name another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from factlog import parsing
from factlog.claim import Claim, Estimate
from factlog.errors import FactlogError
from factlog.findings import Side
from factlog.wording import amount, even_arms, number, sign


def as_said(side: Side, digits: Callable[[Decimal], str] = number) -> str:
    """What was said; for a derived figure the total and what it is the sum of.

    A figure given in another unit than it is compared in has that beside it:
    "1.6 miles (2.574944 km)".
    """
    if side.derived:
        total = amount(side, digits)
        return side.said if total == side.said else f"{total} = {side.said}"
    said = even_arms(side.said)
    if side.unit is None or _in_its_unit(side):
        return said
    return f"{said} ({amount(side, digits)} {sign(side.unit)})"


def _in_its_unit(side: Side) -> bool:
    """Whether the words say the very numbers, or name the very unit, the side is compared in."""
    alone = reads(side.said, None)
    if alone and (alone.low, alone.best, alone.high) == (side.low, side.best, side.high):
        return True
    parts = [reads(part, None) for part in side.said.split("; ")]
    return all(part is not None and part.unit == side.unit for part in parts)


def said_of(claim: Claim) -> str:
    """What was said, with the unit that stood beside it if the words name none."""
    unit = claim.estimate.unit
    said = even_arms(claim.said)
    if unit is None:
        return said
    plain = reads(claim.said, None)
    return said if plain and plain.unit else f"{said} {sign(unit)}"


@lru_cache(maxsize=4096)
def reads(words: str, unit: str | None) -> Estimate | None:
    """What these words read as; None if they do not stand alone."""
    try:
        return parsing.read(words, unit=unit).estimate
    except FactlogError:
        return None
