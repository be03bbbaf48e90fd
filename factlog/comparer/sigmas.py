"""Sigmas: an uncertainty as it was stated, taken as one standard error.

The arithmetic is loaded only where two uncertainties are stated, which most records never do.
"""

from __future__ import annotations

from decimal import Context, Decimal

from factlog.claim import Estimate, Hedge
from factlog.comparison import EXACT, Side

STANDARD_ERROR = Decimal("0.683")
_NINETY_FIVE = Decimal("0.95")
_DIGITS = Context(prec=34, Emax=99999, Emin=-99999)

_UNSTATED = {
    Hedge.EXACT: "no stated uncertainty",
    Hedge.ABOUT: "no stated uncertainty: the width of a hedge is assumed, not measured",
    Hedge.VAGUE: "no stated uncertainty: only a word",
    Hedge.RANGE: "no stated uncertainty: a range that does not say how much it covers",
}


def unstated(estimate: Estimate | Side) -> str | None:
    """Why a figure states no uncertainty that can be taken as one; None if it does."""
    if estimate.hedge is not Hedge.PLUS_MINUS:
        return _UNSTATED.get(estimate.hedge, "a limit, not a measurement")
    if estimate.best is None or estimate.plus is None or estimate.minus is None:
        return "no stated uncertainty"
    coverage = estimate.coverage
    if coverage is None:
        return "an unlabelled interval: it does not say how much it covers"
    if not 0 < coverage < 1:
        return f"an interval said to cover {coverage}, which is not between 0 and 1"
    return None


def one_sigma(arm: Decimal, coverage: Decimal) -> Decimal:
    """One arm of an interval as one standard error, by the normal quantile of its coverage."""
    if coverage == STANDARD_ERROR:
        return arm
    from factlog.stats import normal_quantile

    return _DIGITS.divide(arm, Decimal(normal_quantile(_upper(coverage))))


def _upper(coverage: Decimal) -> float:
    # 0.975 exactly, which the nearest float to (1 + 0.95) / 2 might miss.
    return 0.975 if coverage == _NINETY_FIVE else float((1 + coverage) / 2)


def sigmas_between(a: Side, b: Side) -> float | None:
    """How many sigmas two sides in one unit are apart; None unless both state uncertainties."""
    first, second = _arms(a), _arms(b)
    if first is None or second is None:
        return None
    from factlog.stats import sigmas_apart

    power = max(*first[1:], *second[1:]).adjusted()
    start = first[0]

    def scaled(best: Decimal, *arms: Decimal) -> tuple[float, ...]:
        numbers = (EXACT.subtract(best, start), *arms)
        return tuple(float(number.scaleb(-power, EXACT)) for number in numbers)

    return sigmas_apart(scaled(*first), scaled(*second))


def _arms(side: Side) -> tuple[Decimal, Decimal, Decimal] | None:
    """A side's value and one-sigma arms, if it states them and they are not zero."""
    best, plus, minus, coverage = side.best, side.plus, side.minus, side.coverage
    if unstated(side) or best is None or plus is None or minus is None or coverage is None:
        return None
    if min(plus, minus) <= 0:
        return None
    return best, one_sigma(plus, coverage), one_sigma(minus, coverage)
