"""Shares: parts of a hundred as people write them."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal

from factlog.comparison.meaning import EXACT


def percent(share: Decimal) -> str:
    """A share as a percentage: 0.142857 is 14.3%, one digit more where it is small."""
    return _percentage(share, ROUND_HALF_EVEN)


def threshold(share: Decimal) -> str:
    """The least share that will do as a percentage, rounded up: 0.0625 is 6.3%."""
    return _percentage(share, ROUND_CEILING)


def least(share: Decimal) -> str:
    """The same in a sentence: "6.3% or more", and "more than 99.9%" for what is not quite all."""
    told = threshold(share)
    return f"more than {told[1:]}" if told.startswith(">") else f"{told} or more"


def _percentage(share: Decimal, rounding: str) -> str:
    if 0 < share < 1 and share * 100 > Decimal("99.95"):
        return ">99.9%"
    hundredths = EXACT.multiply(share, Decimal(100))
    if abs(hundredths) >= 1:
        text = f"{hundredths.quantize(Decimal('0.1'), rounding, EXACT):,f}"
    else:
        text = format(Context(prec=2, rounding=rounding).plus(hundredths), "f")
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
