"""An amount: one number as written, with its unit and its scale."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

# Ways to see a number as a coefficient and a scale, for a range to share the scale.
Steps = tuple[tuple[Decimal, Decimal], ...]


class Amount(NamedTuple):
    """One number: `low` and `high` differ for a vague one, else both are the number.

    `money` says its currency stands before it, `bare` that it is digits and nothing more;
    `spread` is the 0.5 of 878.4(5).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str | None = None
    money: bool = False
    vague: bool = False
    bare: bool = False
    steps: Steps = ()
    spread: Decimal | None = None
