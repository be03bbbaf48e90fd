"""A figure in one short line, for tables of what was said and what was read.

"about 300 {killed}", "range 300..400 [km]", "plus_minus 870 +2.5 -3.1 @0.683"; an open end is
a parenthesis, "range (300..400]", a side stands behind its number: "about 300 below".
"""

from __future__ import annotations

from factlog.claim import Estimate, Figure, Hedge
from factlog.parsing import read_all


def told(figure: Figure) -> str:
    words = [figure.estimate.hedge.value, _numbers(figure.estimate)]
    if figure.estimate.side is not None:
        words.append(figure.estimate.side.value)
    if figure.estimate.unit is not None:
        words.append(f"[{figure.estimate.unit}]")
    if figure.thing is not None:
        words.append(f"{{{figure.thing}}}")
    return " ".join(words)


def told_all(text: str, *, unit: str | None = None, locale: str | None = None) -> str:
    return " | ".join(told(figure) for figure in read_all(text, unit=unit, locale=locale))


def _numbers(estimate: Estimate) -> str:
    best, low, high = estimate.best, estimate.low, estimate.high
    if estimate.hedge is Hedge.PLUS_MINUS:
        assert low is None
        assert high is None
        coverage = "" if estimate.coverage is None else f" @{estimate.coverage}"
        return f"{best:f} +{estimate.plus:f} -{estimate.minus:f}{coverage}"
    assert (estimate.plus, estimate.minus, estimate.coverage) == (None, None, None)
    if low is not None and high is not None:
        left = "(" if estimate.low_open else ""
        right = ")" if estimate.high_open else ""
        named = "" if best is None else f" best {best:f}"
        return f"{left}{low:f}..{high:f}{right}{named}"
    assert estimate.low_open == (estimate.hedge is Hedge.MORE_THAN)
    assert estimate.high_open == (estimate.hedge is Hedge.LESS_THAN)
    (number,) = (end for end in (low, best, high) if end is not None)
    return f"{number:f}"
