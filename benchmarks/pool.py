"""How fast and how exactly figures are pooled, beside a peer library in one run.

Run: python benchmarks/pool.py [FIGURES]

The peer is statsmodels' meta-analysis (`pip install statsmodels`). Where that is not installed,
the same formulas written in NumPy stand in for it, and where NumPy is missing too, only
factlog's own times are shown: each is said plainly. For each method and number of figures:
seconds for both, their ratio, and the largest relative difference of best, error, Q and tau2.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from factlog.stats import combine

Column = list[float]
Result = tuple[float, float, float, float]
Peer = Callable[[Column, Column, str], Result]


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    name, peer = find_peer()
    print(name)
    print(
        f"{'method':8}{'figures':>9}{'factlog s':>11}{'peer s':>10}{'times':>8}{'difference':>12}"
    )
    for size in (n for n in (10, 1_000, most) if n <= most):
        values, errors = figures(size)
        for method in ("fixed", "dl", "pm", "reml", "pdg"):
            row(method, values, errors, peer)


def row(method: str, values: Column, errors: Column, peer: Peer | None) -> None:
    """Print one method's line."""
    ours, found = timed(mine, values, errors, method)
    theirs, other = (None, None) if peer is None else attempted(peer, values, errors, method)
    line = f"{method:8}{len(values):9,}{ours:11.4f}"
    if theirs is None or other is None:
        print(f"{line}{'none':>10}")
        return
    print(f"{line}{theirs:10.4f}{ours / theirs:8.2f}{difference(found, other):12.1e}")


def figures(size: int, seed: int = 8) -> tuple[Column, Column]:
    """Figures near 10 with errors of 0.5 to 2 and a spread of 0.5 beyond them, seeded."""
    dice = random.Random(seed)
    errors = [dice.uniform(0.5, 2) for _ in range(size)]
    return [10 + dice.gauss(0, (e * e + 0.25) ** 0.5) for e in errors], errors


def timed(pool: Peer, values: Column, errors: Column, method: str) -> tuple[float, Result]:
    """The fastest of three runs, and what it found."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        found = pool(values, errors, method)
        best = min(best, time.perf_counter() - start)
    return best, found


def attempted(
    peer: Peer, values: Column, errors: Column, method: str
) -> tuple[float | None, Result | None]:
    """The same for a peer, or nothing where it has no such method."""
    try:
        return timed(peer, values, errors, method)
    except NotImplementedError:
        return None, None


def difference(found: Result, other: Result) -> float:
    """The largest relative difference of two results."""
    return max(
        abs(a - b) / max(abs(a), abs(b)) if a != b else 0.0
        for a, b in zip(found, other, strict=True)
    )


def mine(values: Column, errors: Column, method: str) -> Result:
    """Best, error, Q and tau2 by factlog."""
    found = combine(values, errors, method=method)
    error = found.plus / (found.scale or 1)
    return found.best, error, found.q, found.tau2 or 0.0


def find_peer() -> tuple[str, Peer | None]:
    """The peer there is, and one line that says which."""
    if find_spec("statsmodels") is not None:
        version = import_module("statsmodels").__version__
        return (
            f"Peer: statsmodels {version} (fixed, dl, pm; it has no interval of tau2, no REML "
            "and no scale factor).",
            by_statsmodels,
        )
    if find_spec("numpy") is not None:
        version = import_module("numpy").__version__
        return (
            f"statsmodels is NOT installed: the peer is the same formulas in NumPy {version}.",
            by_numpy,
        )
    return "Neither statsmodels nor NumPy is installed: NO PEER, factlog's times alone.", None


def by_statsmodels(values: Column, errors: Column, method: str) -> Result:
    """The same numbers by statsmodels."""
    if method not in ("fixed", "dl", "pm"):
        raise NotImplementedError
    numpy: Any = import_module("numpy")
    meta: Any = import_module("statsmodels.stats.meta_analysis")
    how = "iterated" if method == "pm" else "chi2"
    eff, var = numpy.asarray(values), numpy.asarray(errors) ** 2
    found = meta.combine_effects(eff, var, method_re=how)
    if method == "fixed":
        return float(found.mean_effect_fe), float(found.sd_eff_w_fe), float(found.q), 0.0
    return (
        float(found.mean_effect_re),
        float(found.sd_eff_w_re),
        float(found.q),
        max(0.0, float(found.tau2)),
    )


def by_numpy(values: Column, errors: Column, method: str) -> Result:
    """The same numbers by plain formulas in NumPy, without intervals."""
    numpy: Any = import_module("numpy")
    y, v = numpy.asarray(values), numpy.asarray(errors) ** 2
    _, q = weighted(y, v)
    tau2 = _TAUS[method](y, v) if method in _TAUS else 0.0
    best, _ = weighted(y, v + tau2)
    return best, float((1 / (v + tau2)).sum() ** -0.5), q, tau2


def weighted(y: Any, v: Any) -> tuple[float, float]:
    """The weighted mean and Q."""
    w = 1 / v
    mean = (w * y).sum() / w.sum()
    return float(mean), float((w * (y - mean) ** 2).sum())


def _dl(y: Any, v: Any) -> float:
    w, (_, q) = 1 / v, weighted(y, v)
    return max(0.0, float((q - len(y) + 1) / (w.sum() - (w**2).sum() / w.sum())))


def _pm(y: Any, v: Any) -> float:
    tau2 = 0.0
    for _ in range(200):
        w, (mean, q) = 1 / (v + tau2), weighted(y, v + tau2)
        step = float((q - len(y) + 1) / (w**2 * (y - mean) ** 2).sum())
        tau2 = max(0.0, tau2 + step)
        if abs(step) <= 1e-14 * tau2 or tau2 == 0:
            break
    return tau2


def _reml(y: Any, v: Any) -> float:
    tau2 = max(0.0, float(y.var(ddof=1) - v.mean()))
    for _ in range(200):
        w, (mean, _) = 1 / (v + tau2), weighted(y, v + tau2)
        s1, s2, s3 = w.sum(), (w**2).sum(), (w**3).sum()
        score = (w**2 * (y - mean) ** 2).sum() - (s1 - s2 / s1)
        step = float(score / (s2 - 2 * s3 / s1 + (s2 / s1) ** 2))
        tau2 = max(0.0, tau2 + step)
        if abs(step) <= 1e-14 * max(tau2, 1e-3):
            break
    return tau2


_TAUS: dict[str, Callable[[Any, Any], float]] = {"dl": _dl, "pm": _pm, "reml": _reml}


if __name__ == "__main__":
    main()
