"""The Particle Data Group's own measurements, and how its procedure takes uneven errors."""

from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.stats import combine
from factlog.stats.combine import average, error_at
from factlog.stats.weighted import figures

EXAMPLE = Path(__file__).parents[2] / "examples" / "pdg_example.csv"

Columns = tuple[list[float], list[float], list[float]]


def listed(subject: str) -> Columns:
    """The measurements listed for one property: values, upper and lower errors."""
    with EXAMPLE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["subject"] == subject]
    return (
        [float(row["value"]) for row in rows],
        [float(row["plus"]) for row in rows],
        [float(row["minus"]) for row in rows],
    )


# As printed in the Listings; where only a value and a scale factor are given, a fit that
# also uses other quantities printed the error.
@pytest.mark.parametrize(
    ("subject", "unit", "best", "error", "scale"),
    [
        ("tau MASS", 1, "1776.93", "0.09", "1.0"),
        ("K+- MASS", 1, "493.677", "0.013", "2.4"),
        ("K(L)0 MEAN LIFE", 1e-8, "5.099", "0.021", "1.0"),
        ("D+- MEAN LIFE", 1e-15, "1033", "5", "1.0"),
        ("D0 MEAN LIFE", 1e-15, "410.3", "1.0", "1.0"),
        ("B+- MEAN LIFE", 1e-12, "1.638", "0.004", "1.0"),
        ("n MEAN LIFE", 1, "878.3", "0.4", "1.8"),
        ("Lambda MEAN LIFE", 1e-10, "2.617", "0.010", "1.5"),
    ],
)
def test_listed_measurements_average_as_listed(
    subject: str, unit: float, best: str, error: str, scale: str
) -> None:
    found = combine(*listed(subject))
    assert found.scale is not None
    assert _shown(found.best / unit, best) == best
    # Arms that are even to a few percent are printed as one error.
    assert found.plus == pytest.approx(found.minus, rel=0.06)
    assert _shown((found.plus + found.minus) / 2 / unit, error) == error
    assert _shown(found.scale, scale) == scale


def _shown(number: float, like: str) -> str:
    return f"{number:.{len(like.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("mean", "error"),
    [
        (0.0, 1.0),  # below value - minus: the lower arm
        (9.0, 1.0),
        (10.0, 1.5),  # at the value itself: 2 plus minus / (plus + minus)
        (11.0, 2.0),  # a straight line from one to the other
        (13.0, 3.0),
        (99.0, 3.0),  # above value + plus: the upper arm
    ],
)
def test_an_uneven_error_is_interpolated_between_its_arms(mean: float, error: float) -> None:
    assert error_at(mean, 10.0, 3.0, 1.0) == pytest.approx(error)


def test_uneven_errors_lead_to_a_mean_that_its_own_errors_give_back() -> None:
    values, plus, minus = [10.0, 12.0, 15.0], [3.0, 1.0, 2.0], [1.0, 2.0, 4.0]
    found = combine(values, plus, minus)
    errors = [error_at(found.best, *each) for each in zip(values, plus, minus, strict=True)]
    weights = [1 / e**2 for e in errors]
    mean = sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
    assert found.best == pytest.approx(mean, rel=1e-14)
    assert found.q == pytest.approx(
        sum(((v - mean) / e) ** 2 for v, e in zip(values, errors, strict=True))
    )
    assert found.scale is not None
    assert found.plus == pytest.approx(found.scale / sqrt(sum(1 / p**2 for p in plus)))
    assert found.minus == pytest.approx(found.scale / sqrt(sum(1 / m**2 for m in minus)))


def test_a_mean_that_swings_to_and_fro_is_still_found() -> None:
    values, plus, minus = [0.0, 10.0], [20.0, 0.05], [0.05, 20.0]
    found = average(figures(values, plus, minus))
    weights = [1 / e**2 for e in found.errors]
    given = figures(values, plus, minus)
    mean = sum(w * v for w, v in zip(weights, given.values, strict=True)) / sum(weights)
    assert found.mean == pytest.approx(mean, rel=1e-9, abs=1e-9)


def test_imprecise_figures_do_not_count_towards_the_scale_factor() -> None:
    # The fourth lies 30 sigmas off, but its error is above 3 sqrt(4) times that of the mean.
    values, errors = [9.0, 10.0, 11.0, 210.0], [1.0, 1.0, 1.0, 6.66]
    found = combine(values, errors)
    near = sum((v - found.best) ** 2 for v in values[:3])
    assert found.scale == pytest.approx(sqrt(near / 2))
    assert found.q > 800


@pytest.mark.parametrize(("error", "counts"), [(5.9, True), (6.1, False)])
def test_the_ceiling_is_three_root_n_times_the_error_of_the_mean(
    error: float, counts: bool
) -> None:
    # 1 / sqrt(W) is close to 1, so that the ceiling for four figures is close to 6.
    values, errors = [0.0, 400.0, 0.0, 400.0], [1.0, error, 1e4, 1e4]
    found = combine(values, errors)
    assert 2 * 3 * found.weights[0] ** 0.5 == pytest.approx(5.92, abs=0.02)
    assert found.scale is not None
    assert (found.scale > 60) is counts


def test_the_interval_reaches_as_far_as_each_arm() -> None:
    found = combine([10.0, 10.0], [2.0, 2.0], [1.0, 1.0])
    assert found.high - found.best == pytest.approx(1.959964 * 2 / 2**0.5)
    assert found.best - found.low == pytest.approx(1.959964 * 1 / 2**0.5)


def test_the_scale_factor_of_two_figures_is_their_distance_in_sigmas() -> None:
    found = combine([0.0, 6.0], [1.0, 1.0])
    assert found.scale == pytest.approx(sqrt(18))
    assert found.plus == pytest.approx(3.0)


def test_a_single_figure_that_is_precise_enough_is_not_scaled() -> None:
    found = combine([0.0, 100.0], [1.0, 10.0])
    assert found.scale == 1.0


@settings(max_examples=100)
@given(
    st.lists(
        st.tuples(st.floats(-100, 100), st.floats(0.01, 100), st.floats(0.01, 100)),
        min_size=2,
        max_size=8,
    )
)
def test_the_average_lies_among_the_figures_and_never_claims_more_than_they_do(
    rows: list[tuple[float, float, float]],
) -> None:
    values, plus, minus = (list(column) for column in zip(*rows, strict=True))
    found = combine(values, plus, minus)
    assert min(values) - 1e-9 <= found.best <= max(values) + 1e-9
    assert sum(found.weights) == pytest.approx(1)
    assert found.scale is not None
    assert found.scale >= 1
    assert 0 < found.plus <= max(plus) * found.scale * 1.0000001
    assert sum(pull**2 for pull in found.pulls) == pytest.approx(found.q)
