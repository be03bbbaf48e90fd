"""Statistics: plain numbers in, plain numbers out.

Knows nothing of claims. Every sum is rounded once, and figures are scaled before they are
squared, so that values near 1e-31 and 1e31 are as good as any.
"""

from factlog.stats.combine import METHODS, Combination, combine, refuse_unknown
from factlog.stats.distributions import Z95, normal_quantile
from factlog.stats.weighted import furthest_apart, sigmas_apart, zero_variance

__all__ = [
    "METHODS",
    "Z95",
    "Combination",
    "combine",
    "furthest_apart",
    "normal_quantile",
    "refuse_unknown",
    "sigmas_apart",
    "zero_variance",
]
