"""The forms that most claims have, read in one step instead of word by word.

What is read here reads the same in the full grammar; this is only the quicker way.
"""

from __future__ import annotations

import re
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge
from factlog.reading.patterns import Pattern

_NUMBER = r"([1-9]\d{0,2}(?:,\d{3}){1,5}|[1-9]\d{0,20})"
_FORM = Pattern(rf"(?:([a-z]{{2,8}}(?: [a-z]{{2,5}})?) )?{_NUMBER}(?: to {_NUMBER})?", re.ASCII)

_HEDGES = {
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some"), Hedge.ABOUT),
    **dict.fromkeys(("at least",), Hedge.AT_LEAST),
    **dict.fromkeys(("more than", "over"), Hedge.MORE_THAN),
    **dict.fromkeys(("at most", "up to", "no more than"), Hedge.AT_MOST),
    **dict.fromkeys(("fewer than", "less than", "under"), Hedge.LESS_THAN),
}


def usual(text: str) -> Figure | None:
    """The figure of a bare number, one behind the commonest hedges, or a range; else None."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    words, first, second = found.groups()
    number = Decimal(first.replace(",", ""))
    if second is not None:
        return None if words else _range(text, first, number, second)
    if words is None:
        return Figure(text, Estimate(Hedge.EXACT, best=number))
    hedge = _HEDGES.get(words)
    return None if hedge is None else Figure(text, _hedged(hedge, number))


def _hedged(hedge: Hedge, number: Decimal) -> Estimate:
    if hedge is Hedge.ABOUT:
        return Estimate(hedge, best=number)
    if hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        return Estimate(hedge, low=number, low_open=hedge is Hedge.MORE_THAN)
    return Estimate(hedge, high=number, high_open=hedge is Hedge.LESS_THAN)


def _range(text: str, first: str, low: Decimal, second: str) -> Figure | None:
    """A range whose ends are written alike, the lower one first."""
    high = Decimal(second.replace(",", ""))
    if low >= high or len(first) < 3:  # "2 to 3,000" may be short for thousands
        return None
    return Figure(text, Estimate(Hedge.RANGE, low, None, high))
