"""Tails and quantiles of the normal, the chi-square and Student's t, in plain Python.

Good to about twelve digits for 1 to 100,000 degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Callable
from math import atan, cos, exp, fsum, inf, lgamma, log, log1p, pi, sin, sqrt, tan

_STEPS = 300
_CLOSE = 4e-16

Function = Callable[[float], float]


def root(function: Function, low: float, high: float) -> float:
    """The point between `low` and `high` where a function that changes sign there is zero.

    Chandrupatla's method (Advances in Engineering Software 28, 1997, 145-149): inverse
    quadratic steps where they are safe, else halving, so that it always ends.
    """
    a, b = low, high
    at_a, at_b = function(a), function(b)
    c, at_c = a, at_a
    share = 0.5
    for _ in range(_STEPS):
        best = a if abs(at_a) < abs(at_b) else b
        if at_a == 0 or at_b == 0 or abs(b - a) <= _CLOSE * abs(best):
            break
        x = a + share * (b - a)
        at_x = function(x)
        if x in (a, b):
            break
        if (at_x > 0) == (at_a > 0):
            c, at_c = a, at_a
        else:
            c, at_c, b, at_b = b, at_b, a, at_a
        a, at_a = x, at_x
        share = _share(a, b, c, at_a, at_b, at_c)
    return a if abs(at_a) < abs(at_b) else b


def _share(a: float, b: float, c: float, at_a: float, at_b: float, at_c: float) -> float:
    """How far from a to b to step next."""
    if c in (a, b) or at_c in (at_a, at_b):
        return 0.5
    xi, phi = (a - b) / (c - b), (at_a - at_b) / (at_c - at_b)
    if not (phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi):
        return 0.5
    first = at_a / (at_b - at_a) * at_c / (at_b - at_c)
    second = (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b)
    least = _CLOSE * abs(a) / abs(b - a)
    return min(max(first + second, least), 1 - least)


def beyond(function: Function, start: float) -> float:
    """A point, from `start` on upwards, where a function that ends up positive is not negative."""
    high = start
    while function(high) < 0:
        high *= 4
        if high == inf:
            raise OverflowError("no point found before the largest number")
    return high


# The normal quantile of 0.975: a 95% interval reaches this many standard errors either way.
Z95 = 1.959963984540054

_TINY = 1e-300
_ENOUGH = 1e-17
_LARGE_T = 1000


def normal_quantile(p: float) -> float:
    """The point a standard normal stays below with probability `p`.

    Wichura's algorithm AS 241 (Applied Statistics 37, 1988, 477-484), as Python ships it.
    """
    from statistics import NormalDist  # slow to load, and 95% needs none of it

    return Z95 if p == 0.975 else NormalDist().inv_cdf(p)


def chi_square_tail(q: float, df: int) -> float:
    """The probability that a chi-square of `df` degrees of freedom exceeds `q`.

    Q(df/2, q/2), the upper regularised incomplete gamma function (Abramowitz and Stegun,
    26.4.19): by its series below the mean, by its continued fraction above.
    """
    if q <= 0:
        return 1.0
    a, x = df / 2, q / 2
    return 1 - _lower_gamma(a, x) if x < a + 1 else _upper_gamma(a, x)


def _below(q: float, df: int) -> float:
    """The probability that a chi-square of `df` degrees of freedom stays below `q`."""
    a, x = df / 2, q / 2
    return _lower_gamma(a, x) if x < a + 1 else 1 - _upper_gamma(a, x)


def chi_square_quantile(p: float, df: int) -> float:
    """The point a chi-square of `df` degrees of freedom stays below with probability `p`.

    Found from its tails; where to look is told by Wilson and Hilferty (Abramowitz and
    Stegun, 26.4.17).
    """
    if df == 1:
        return normal_quantile((1 + p) / 2) ** 2
    if df == 2:
        return -2 * log1p(-p)
    width = 2 / (9 * df)
    guess = df * max(1 - width + normal_quantile(p) * sqrt(width), 0.05) ** 3

    def over(x: float) -> float:
        # Each side by its own tail, which is the one that keeps its digits.
        return _below(x, df) - p if p < 0.5 else (1 - p) - chi_square_tail(x, df)

    low, high = guess / 1.1, guess * 1.1
    while over(low) > 0:
        low /= 2
    while over(high) < 0:
        high *= 2
    return root(over, low, high)


def _lower_gamma(a: float, x: float) -> float:
    """P(a, x) by its series (Abramowitz and Stegun, 6.5.29)."""
    terms = [1.0]
    n = a
    while terms[-1] > _ENOUGH:
        n += 1
        terms.append(terms[-1] * x / n)
    return fsum(terms) * _gamma_density(a, x)


def _upper_gamma(a: float, x: float) -> float:
    """Q(a, x) by its continued fraction (Abramowitz and Stegun, 6.5.31), from Lentz's method."""
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    product, n, change = d, 0, 0.0
    while abs(change - 1) > 2e-16 and n < 100_000:
        n += 1
        b += 2
        factor = -n * (n - a)
        d = 1 / _off_zero(factor * d + b)
        c = _off_zero(b + factor / c)
        change = c * d
        product *= change
    return product * a * _gamma_density(a, x)


def _off_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY


def _gamma_density(a: float, x: float) -> float:
    """x^a e^-x / Gamma(a + 1), by Loader's saddle point for large a, where digits would cancel.

    C. Loader, Fast and Accurate Computation of Binomial Probabilities (2000).
    """
    if a < 15:
        return exp(a * log(x) - x - lgamma(a + 1))
    return exp(-a * _excess((x - a) / a) - _stirling(a)) / sqrt(2 * pi * a)


def _excess(d: float) -> float:
    """What d exceeds log(1 + d) by, whole even where d is small."""
    if abs(d) > 0.1:
        return d - log1p(d)
    return fsum((-d) ** n / n for n in range(2, 20))


def _stirling(a: float) -> float:
    """What Stirling's formula lacks of log Gamma(a + 1) (Abramowitz and Stegun, 6.1.41)."""
    s = 1 / (a * a)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / a


def t_quantile(p: float, df: int) -> float:
    """The point Student's t of `df` degrees of freedom stays below with probability `p` >= 0.5.

    From its exact distribution (Abramowitz and Stegun, 26.7.3 and 26.7.4); above a thousand
    degrees of freedom by its expansion round the normal (26.7.5).
    """
    if df == 1:
        return tan(pi * (p - 0.5))
    z = normal_quantile(p)
    if df > _LARGE_T:
        return _expanded_t(z, df)
    return root(lambda t: _within_t(t, df) - (2 * p - 1), 0.0, _high_t(p, df, z))


def _high_t(p: float, df: int, z: float) -> float:
    high = 1 + z
    while _within_t(high, df) < 2 * p - 1:
        high *= 2
    return high


def _within_t(t: float, df: int) -> float:
    """The probability that Student's t lies between -t and t."""
    angle = atan(t / sqrt(df))
    square = cos(angle) ** 2
    terms = [1.0 if df % 2 == 0 else cos(angle)]
    for n in range(2 + df % 2, df, 2):
        terms.append(terms[-1] * square * (n - 1) / n)
    total = fsum(terms) * sin(angle)
    if df % 2 == 0:
        return total
    return 2 / pi * (angle + (total if df > 1 else 0.0))


def _expanded_t(z: float, df: int) -> float:
    s = z * z
    first = z * (s + 1) / 4
    second = z * ((5 * s + 16) * s + 3) / 96
    third = z * (((3 * s + 19) * s + 17) * s - 15) / 384
    fourth = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160
    return z + (first + (second + (third + fourth / df) / df) / df) / df


def beta_below(x: float, a: float, b: float) -> float:
    """The probability that a beta of `a` and `b` stays below `x`, from 0 to 1.

    Its continued fraction by Lentz's method (Abramowitz and Stegun, 26.5.8), from the side on
    which it converges.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    product, n, change = d, 0, 0.0
    while abs(change - 1) > 2e-16 and n < 10_000:
        n += 1
        for factor in (
            n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n)),
            -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1)),
        ):
            d = 1 / _off_zero(1 + factor * d)
            c = _off_zero(1 + factor / c)
            change = c * d
            product *= change
    return front * product


def jeffreys(hits: int, of: int, level: float) -> tuple[float, float]:
    """Between which rates the one lies that gave so many hits: Jeffreys' interval.

    Beta(hits + 1/2, misses + 1/2), but from 0 where nothing hit and to 1 where all did (Brown,
    Cai and DasGupta, Statistical Science 16, 2001, 101-133).
    """
    a, b, tail = hits + 0.5, of - hits + 0.5, (1 - level) / 2
    low = beta_quantile(tail, a, b) if hits else 0.0
    return low, beta_quantile(1 - tail, a, b) if hits < of else 1.0


def beta_quantile(p: float, a: float, b: float) -> float:
    """The point a beta of `a` and `b` stays below with probability `p`."""
    return root(lambda x: beta_below(x, a, b) - p, 0.0, 1.0)


# Two sources are told as copies if the share of their errors that are the same lies above this,
# but for one chance in twenty.
SHARE, _DOUBT = 0.8, 0.05


def mostly(hits: float, misses: float, share: float = SHARE) -> bool:
    """Whether more than this share are hits, by Jeffreys' rule, beyond doubt."""
    return hits > 0 and beta_below(share, hits + 0.5, misses + 0.5) < _DOUBT
