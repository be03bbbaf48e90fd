"""tau2, the variance between figures beyond their stated uncertainties, and its interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum, log

from factlog.stats.distributions import beyond, chi_square_quantile, root
from factlog.stats.weighted import weighed

Numbers = Sequence[float]


def dersimonian_laird(values: Numbers, errors: Numbers) -> float:
    """tau2 = max(0, (Q - (k - 1)) / (W - sum(w^2) / W)), with w = 1 / s^2.

    DerSimonian and Laird, Controlled Clinical Trials 7 (1986) 177-188.
    """
    fixed = weighed(values, errors)
    return max(0.0, (fixed.q - (len(values) - 1)) / fixed.trace)


def paule_mandel(values: Numbers, errors: Numbers) -> float:
    """The tau2 at which Q(tau2), with weights 1 / (s^2 + tau2), equals k - 1; 0 if none does.

    Paule and Mandel, J. Res. Natl. Bur. Stand. 87 (1982) 377-385.
    """
    return _where_q_is(values, errors, len(values) - 1)


def q_profile(values: Numbers, errors: Numbers, coverage: float = 0.95) -> tuple[float, float]:
    """The interval of tau2 for which Q(tau2) lies between two chi-square quantiles.

    Viechtbauer, Statistics in Medicine 26 (2007) 37-52. An end that would be negative is 0.
    """
    df, tail = len(values) - 1, (1 - coverage) / 2
    low = _where_q_is(values, errors, chi_square_quantile(1 - tail, df))
    return low, _where_q_is(values, errors, chi_square_quantile(tail, df))


def _where_q_is(values: Numbers, errors: Numbers, target: float) -> float:
    """The tau2 at which Q(tau2) falls to a target; 0 where it starts below it."""

    def short(tau2: float) -> float:
        # The reciprocal of Q is close to a straight line, which a root is found on fast.
        q = weighed(values, errors, tau2).q
        return target / q - 1 if q else 1.0

    if short(0.0) >= 0:
        return 0.0
    start = _smallest(errors)
    high = beyond(short, start)
    return root(short, 0.0 if high == start else high / 4, high)


def restricted_likelihood(values: Numbers, errors: Numbers) -> float:
    """The tau2 that maximises the restricted likelihood (REML), 0 if that falls from there on.

    There y'PPy = tr(P). Viechtbauer, J. Educ. Behav. Stat. 30 (2005) 261-293, eq. 12. With
    errors of very different sizes there can be several peaks; the highest is taken.
    """
    peaks = _peaks(_slope(values, errors), _smallest(errors), _far(values))
    if len(peaks) == 1:
        return peaks[0]
    return max(peaks, key=lambda tau2: restricted_log_likelihood(values, errors, tau2))


def restricted_log_likelihood(values: Numbers, errors: Numbers, tau2: float) -> float:
    """-1/2 (sum log(s^2 + tau2) + log W + Q(tau2)), leaving out what does not change with tau2.

    Harville, J. Am. Stat. Assoc. 72 (1977) 320-338, for a mean alone.
    """
    at = weighed(values, errors, tau2)
    return -(fsum(log(s * s + tau2) for s in errors) + log(at.total) + at.q) / 2


def _slope(values: Numbers, errors: Numbers) -> Callable[[float], float]:
    """Negative where the restricted likelihood rises with tau2, positive where it falls."""

    def slope(tau2: float) -> float:
        at = weighed(values, errors, tau2)
        return at.trace / at.q_squared - 1 if at.q_squared else 1.0

    return slope


def _peaks(slope: Callable[[float], float], start: float, far: float) -> list[float]:
    """Every point where a slope turns from rising to falling, looking at each fourfold."""
    low, at_low = 0.0, slope(0.0)
    found = [0.0] if at_low >= 0 else []
    high = start
    while low < far or at_low < 0:
        at_high = slope(high)
        if at_low < 0 <= at_high:
            found.append(root(slope, low, high))
        low, at_low, high = high, at_high, high * 4
    return found


def _smallest(errors: Numbers) -> float:
    """A tau2 well below the smallest variance."""
    return min(errors) ** 2 / 4


def _far(values: Numbers) -> float:
    """A tau2 as large as the figures allow."""
    return (max(values) - min(values)) ** 2
