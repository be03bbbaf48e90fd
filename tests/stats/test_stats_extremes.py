"""Figures of any size, number and unevenness, and those that are refused."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal, localcontext
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.errors import PoolingError
from factlog.stats import METHODS, Combination, combine
from factlog.stats.heterogeneity import (
    paule_mandel,
    q_profile,
    restricted_likelihood,
    restricted_log_likelihood,
)
from factlog.stats.weighted import figures, weighed

FIGURES = st.lists(
    st.tuples(st.floats(-50, 50), st.floats(-3, 3).map(lambda x: 10.0**x)),
    min_size=2,
    max_size=10,
)
VALUES = ("best", "low", "high", "hartung_low", "hartung_high", "predict_low", "predict_high")
LENGTHS = ("plus", "minus")
SQUARES = ("tau2", "tau2_low", "tau2_high")
PURE = ("q", "p", "i2", "h2", "scale")


def same(found: Combination, other: Combination, times: float) -> None:
    """Check that one result is the other with every figure multiplied."""
    powers = dict.fromkeys(VALUES + LENGTHS, times)
    powers |= dict.fromkeys(SQUARES, times**2) | dict.fromkeys(PURE, 1.0)
    for name, factor in powers.items():
        got, want = getattr(found, name), getattr(other, name)
        if want is None:
            assert got is None, name
        else:
            assert got == pytest.approx(want * factor, rel=1e-8, abs=1e-11 * factor), name
    assert found.pulls == pytest.approx(other.pulls, rel=1e-8, abs=1e-11)
    assert found.weights == pytest.approx(other.weights, rel=1e-8)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("times", [1e-31, 1e31, 2.0**-400, 2.0**400])
def test_size_changes_nothing(method: str, times: float) -> None:
    values, errors = [1.0, 1.5, 3.0, 1.2], [0.1, 0.2, 0.5, 0.15]
    found = combine([v * times for v in values], [e * times for e in errors], method=method)
    same(found, combine(values, errors, method=method), times)


@settings(max_examples=100)
@given(FIGURES, st.sampled_from(METHODS), st.sampled_from([2.0**-100, 2.0**101]))
def test_size_changes_nothing_whatever_the_figures(
    rows: list[tuple[float, float]], method: str, times: float
) -> None:
    values, errors = zip(*rows, strict=True)
    found = combine([v * times for v in values], [e * times for e in errors], method=method)
    same(found, combine(values, errors, method=method), times)


@settings(max_examples=100)
@given(FIGURES, st.sampled_from(METHODS), st.randoms())
def test_order_changes_nothing(
    rows: list[tuple[float, float]], method: str, dice: random.Random
) -> None:
    shuffled = rows[:]
    dice.shuffle(shuffled)
    found, other = (combine(*zip(*each, strict=True), method=method) for each in (rows, shuffled))
    assert found.best == pytest.approx(other.best, rel=1e-9, abs=1e-9)
    assert found.q == pytest.approx(other.q, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("value", [0.0, 7.25, 1e31, 1e-31, -5.0])
def test_identical_figures_agree_wholly(method: str, value: float) -> None:
    found = combine([value] * 4, [0.5] * 4, method=method)
    assert (found.best, found.q, found.p, found.i2) == (value, 0.0, 1.0, 0.0)
    assert found.plus == pytest.approx(0.25)
    assert found.tau2 in (None, 0.0)
    assert found.tau2_high in (None, 0.0)
    assert found.scale in (None, 1.0)


@pytest.mark.parametrize("method", METHODS)
def test_two_figures_are_enough(method: str) -> None:
    found = combine([1.0, 2.0], [0.1, 0.2], method=method)
    assert found.k == 2
    assert found.df == 1
    assert (found.predict_low, found.predict_high) == (None, None)
    assert 1 < found.best < 2


@pytest.mark.parametrize("method", METHODS)
def test_wildly_unequal_errors(method: str) -> None:
    values, errors = [1.0, 1.0 + 1e-9, 5e20, -3.0], [1e-10, 1e-8, 1e21, 1e3]
    found = combine(values, errors, method=method)
    assert found.best == pytest.approx(1.0, abs=1e-8)
    assert sum(found.weights) == pytest.approx(1)
    assert found.q < 3


def test_a_spread_far_beyond_the_errors() -> None:
    values, errors = [0.0, 1e40, 3e40], [1e-20, 1e-20, 2e-20]
    for method in ("pm", "reml"):
        found = combine(values, errors, method=method)
        # The errors are nothing to the spread, so that tau2 is the plain sample variance.
        assert found.tau2 == pytest.approx(7 / 3 * 1e80, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_hundred_thousand_figures(method: str) -> None:
    dice = random.Random(7)
    errors = [dice.uniform(0.5, 2) for _ in range(100_000)]
    values = [1e6 + dice.gauss(0, (e * e + 0.25) ** 0.5) for e in errors]
    found = combine(values, errors, method=method)
    assert found.best == pytest.approx(1e6, abs=5 * found.plus)
    if found.tau2 is not None:
        assert found.tau2_low is not None
        assert found.tau2_high is not None
        assert found.tau2_low < 0.25 < found.tau2_high
        assert found.tau2 == pytest.approx(0.25, abs=0.05)


def test_ten_thousand_figures_with_uneven_errors() -> None:
    dice = random.Random(8)
    plus = [dice.uniform(0.5, 2) for _ in range(10_000)]
    minus = [dice.uniform(0.5, 2) for _ in range(10_000)]
    values = [dice.gauss(0, 1) for _ in range(10_000)]
    assert combine(values, plus, minus).best == pytest.approx(0, abs=0.1)


# Independent of the code under test: plain sums in sixty decimal digits.
def exact_q(values: Sequence[float], errors: Sequence[float], tau2: float) -> Decimal:
    with localcontext(prec=60):
        weights = [1 / (Decimal(e) ** 2 + Decimal(tau2)) for e in errors]
        exact = [Decimal(v) for v in values]
        total = sum(weights, start=Decimal(0))
        mean = sum((w * v for w, v in zip(weights, exact, strict=True)), start=Decimal(0)) / total
        return sum(
            (w * (v - mean) ** 2 for w, v in zip(weights, exact, strict=True)), start=Decimal(0)
        )


@settings(max_examples=100)
@given(FIGURES)
def test_sums_lose_no_digits(rows: list[tuple[float, float]]) -> None:
    values, errors = zip(*rows, strict=True)
    found = combine(values, errors, method="fixed")
    assert found.q == pytest.approx(float(exact_q(values, errors, 0)), rel=1e-12, abs=1e-25)


@settings(max_examples=100)
@given(FIGURES)
def test_paule_mandel_and_q_profile_are_where_q_says(rows: list[tuple[float, float]]) -> None:
    values, errors = zip(*rows, strict=True)
    df = len(rows) - 1
    tau2 = paule_mandel(values, errors)
    if tau2:
        assert float(exact_q(values, errors, tau2)) == pytest.approx(df, rel=1e-8)
    else:
        assert exact_q(values, errors, 0) <= df * (1 + 1e-9)
    low, high = q_profile(values, errors)
    assert low <= high
    assert low <= tau2 * (1 + 1e-9)


@settings(max_examples=100)
@given(FIGURES)
def test_restricted_likelihood_is_highest_where_it_is_said_to_be(
    rows: list[tuple[float, float]],
) -> None:
    values, errors = zip(*rows, strict=True)
    tau2 = restricted_likelihood(values, errors)
    top = restricted_log_likelihood(values, errors, tau2)
    grid = [10 ** (x / 4 - 8) for x in range(60)]
    others = [0.0, *grid, tau2 * 1.01, tau2 * 0.99]
    assert all(restricted_log_likelihood(values, errors, t) <= top + 1e-6 for t in others)


def test_the_highest_of_several_peaks_is_taken() -> None:
    # Two figures agree to a hair, the others lie far off with errors to match.
    values = [0.0, 0.001, 300.0, -280.0, 310.0, 290.0]
    errors = [0.001, 0.001, 30.0, 30.0, 30.0, 30.0]
    tau2 = restricted_likelihood(values, errors)
    top = restricted_log_likelihood(values, errors, tau2)
    assert all(
        restricted_log_likelihood(values, errors, 10 ** (x / 8 - 9)) <= top for x in range(160)
    )


def test_the_trace_keeps_its_digits_where_one_weight_is_nearly_all() -> None:
    assert weighed([0.0, 1.0], [1e-12, 1.0]).trace == pytest.approx(2.0, rel=1e-12)


@pytest.mark.parametrize(
    ("values", "plus", "minus", "problem"),
    [
        ([], [], None, "at least two figures, and there is none"),
        ([1.0], [1.0], None, "at least two figures, and there is 1"),
        ([1.0, 2.0], [1.0], None, "2 figures and 1 and 1 uncertainties"),
        ([1.0, 2.0], [1.0, 0.0], None, "Figure 2, 2, has no uncertainty above zero"),
        ([1.0, 2.0], [1.0, 1.0], [1.0, 0.0], "Figure 2, 2, has no uncertainty above zero"),
        ([1.0, 2.0], [1.0, -1.0], None, "Figure 2, 2, has no uncertainty above zero"),
        ([1.0, nan], [1.0, 1.0], None, "Figure 2 or its uncertainty is not a finite number"),
        ([inf, 1.0], [1.0, 1.0], None, "Figure 1 or its uncertainty is not a finite number"),
        ([1e300, 1.0], [1e-300, 1.0], None, "too far apart"),
        ([1e200, 1.0], [1.0, 1.0], None, "too far apart"),
    ],
)
def test_what_cannot_be_combined_is_refused_with_the_reason(
    values: list[float], plus: list[float], minus: list[float] | None, problem: str
) -> None:
    for method in METHODS:
        with pytest.raises(PoolingError, match=problem):
            combine(values, plus, minus, method=method)


def test_a_method_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(PoolingError, match="pdg, fixed, dl, pm, reml"):
        combine([1.0, 2.0], [1.0, 1.0], method="mean")


def test_figures_come_back_as_they_were_given() -> None:
    made = figures([3.0, 5.5], [0.5, 2.0], [0.25, 2.0])
    assert [made.number(v) for v in made.values] == [3.0, 5.5]
    assert [made.distance(e) for e in made.errors] == [0.375, 2.0]
    assert made.square(made.distance(1.0)) > 0
