"""How far figures are apart."""

from __future__ import annotations

import pytest

from factlog.errors import PoolingError
from factlog.stats import furthest_apart, sigmas_apart


@pytest.mark.parametrize(
    ("a", "b", "sigmas"),
    [
        ((10.0, 3.0, 3.0), (20.0, 4.0, 4.0), 2.0),
        ((10.0, 3.0, 99.0), (20.0, 99.0, 4.0), 2.0),  # only the arms that face each other
        ((10.0, 1.0, 1.0), (10.0, 1.0, 1.0), 0.0),
        ((877.75, 0.28, 0.28), (887.7, 2.2, 2.2), 4.4865),
        ((0.0, 1e-31, 1e-31), (1e-31, 1e-31, 1e-31), 0.7071),
        ((0.0, 1e200, 1e200), (1e200, 1e200, 1e200), 0.7071),
    ],
)
def test_sigmas_between_two(a: tuple[float, ...], b: tuple[float, ...], sigmas: float) -> None:
    assert sigmas_apart(a, b) == pytest.approx(sigmas, abs=1e-4)
    assert sigmas_apart(b, a) == sigmas_apart(a, b)


def test_two_figures_without_uncertainty_have_no_sigmas() -> None:
    with pytest.raises(PoolingError, match="no uncertainty above zero"):
        sigmas_apart((1.0, 0.0, 0.0), (2.0, 0.0, 0.0))


def test_the_furthest_pairs_come_first() -> None:
    figures = [(0.0, 1.0, 1.0), (5.0, 1.0, 1.0), (0.0, 1.0, 1.0), (1.0, 1.0, 1.0)]
    found = furthest_apart(figures, limit=3)
    assert [(i, j) for _, i, j in found] == [(0, 1), (1, 2), (1, 3)]
    assert found[0][0] == pytest.approx(5 / 2**0.5)
    assert furthest_apart(figures[:1]) == []
