"""Tails and quantiles, against tables and against laws they obey."""

from __future__ import annotations

from math import erfc, exp, inf, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.stats.distributions import (
    Z95,
    beyond,
    chi_square_quantile,
    chi_square_tail,
    normal_quantile,
    root,
    t_quantile,
)

DF = st.integers(1, 3000)


# Quantiles to the digits of SciPy 1.17 (chi2.ppf and t.ppf).
@pytest.mark.parametrize(
    ("p", "df", "expected"),
    [
        (0.025, 1, 0.000982069117175256),
        (0.975, 1, 5.023886187314888),
        (0.025, 2, 0.05063561596857975),
        (0.975, 2, 7.377758908227871),
        (1e-10, 3, 5.20939762143448e-07),
        (0.025, 12, 4.403788506981702),
        (0.975, 12, 23.336664158645338),
        (0.025, 999, 913.3009983021134),
        (0.975, 99999, 100877.4109230342),
    ],
)
def test_chi_square_quantiles(p: float, df: int, expected: float) -> None:
    assert chi_square_quantile(p, df) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("p", "df", "expected"),
    [
        (0.975, 1, 12.706204736174694),
        (0.975, 2, 4.302652729749462),
        (0.975, 3, 3.182446305284263),
        (0.975, 11, 2.200985160082949),
        (0.975, 12, 2.178812829663418),
        (0.975, 1000, 1.9623390808264074),
        (0.975, 1001, 1.9623367052808798),
        (0.975, 99999, 1.9599877077718442),
        (0.95, 30, 1.697260886593957),
    ],
)
def test_t_quantiles(p: float, df: int, expected: float) -> None:
    assert t_quantile(p, df) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(
    ("q", "df", "expected"),
    [
        (0.0, 5, 1.0),
        (-1.0, 5, 1.0),
        (3.841458820694124, 1, 0.05),
        (21.02606981748307, 12, 0.05),
        (152.2330080823734, 12, 1.9967645908458624e-26),
        (47.49788, 36, 0.0951634096436),
        (100_000.0, 100_000, 0.4994052918952),
        (1e6, 3, 0.0),
    ],
)
def test_chi_square_tails(q: float, df: int, expected: float) -> None:
    assert chi_square_tail(q, df) == pytest.approx(expected, rel=1e-11)


def test_ninety_five_percent_needs_no_table() -> None:
    assert normal_quantile(0.975) == Z95
    assert normal_quantile(0.95) == pytest.approx(1.6448536269514722, rel=1e-14)


@settings(max_examples=100)
@given(st.floats(0.001, 500))
def test_one_and_two_degrees_of_freedom_have_closed_forms(q: float) -> None:
    assert chi_square_tail(q, 1) == pytest.approx(erfc(sqrt(q / 2)), rel=1e-10)
    assert chi_square_tail(q, 2) == pytest.approx(exp(-q / 2), rel=1e-10)


@settings(max_examples=100)
@given(st.floats(0.001, 0.999), DF)
def test_a_chi_square_quantile_has_its_tail(p: float, df: int) -> None:
    assert chi_square_tail(chi_square_quantile(p, df), df) == pytest.approx(1 - p, rel=1e-8)


@settings(max_examples=60)
@given(st.floats(0.55, 0.999), st.integers(1, 2500))
def test_t_comes_down_to_the_normal(p: float, df: int) -> None:
    assert t_quantile(p, df) > t_quantile(p, df + 1) > normal_quantile(p)


@settings(max_examples=100)
@given(st.floats(-50, 50), st.floats(0.01, 5))
def test_a_root_is_where_a_function_is_zero(at: float, power: float) -> None:
    def cubic(x: float) -> float:
        return (x - at) ** 3 + power * (x - at)

    assert root(cubic, -100.0, 100.0) == pytest.approx(at, abs=1e-9)
    assert root(cubic, 100.0, -100.0) == pytest.approx(at, abs=1e-9)


def test_a_root_at_an_end_is_found_at_once() -> None:
    assert root(lambda x: x, 0.0, 1.0) == 0.0
    assert root(lambda x: x - 1, 0.0, 1.0) == 1.0


def test_a_step_is_found_as_well_as_a_root() -> None:
    assert root(lambda x: -1.0 if x < 2 / 3 else 1.0, 0.0, 1.0) == pytest.approx(2 / 3)


def test_looking_upwards_ends_at_the_largest_number() -> None:
    assert beyond(lambda x: x - 100, 1.0) >= 100
    with pytest.raises(OverflowError):
        beyond(lambda x: -1.0 if x < inf else 1.0, 1.0)
