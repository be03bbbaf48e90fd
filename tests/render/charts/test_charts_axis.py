"""Axes: round ticks, everything in its place, a label where there is room."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.render.charts.axis import Tick, axis, days, labelled, lonely, window

FINITE = st.floats(-1e300, 1e300) | st.floats(1e-9, 1e9) | st.integers(0, 10**7).map(float)


@pytest.mark.slow
@given(st.lists(FINITE, min_size=1, max_size=8))
@settings(max_examples=200)
def test_every_value_has_its_place_on_the_axis_in_order(values: list[float]) -> None:
    made = axis(values)
    places = [made.place(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)
    assert made.low <= min(values) + 1e-290
    assert made.high >= max(values) - 1e-290
    assert 1 <= len(made.ticks) <= 14
    assert [tick.value for tick in made.ticks] == sorted({tick.value for tick in made.ticks})
    assert all(made.low <= tick.value <= made.high for tick in made.ticks)


@pytest.mark.parametrize(
    ("values", "log", "labels"),
    [
        ([3000, 4000], False, ["3,000", "3,200", "3,400", "3,600", "3,800", "4,000"]),
        ([1, 10_000_000], True, ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000",
                                 "10,000,000"]),
        ([12_000, 1_490_000], True, ["10,000", "20,000", "50,000", "100,000", "200,000", "500,000",
                                     "1,000,000", "2,000,000"]),
        ([1, 1e30], True, ["1", "100,000", "10,000,000,000", "10¹⁵", "10²⁰", "10²⁵", "10³⁰"]),
        ([1.3e-12, 1.7e-12], False, ["1.2 × 10⁻¹²", "1.3 × 10⁻¹²", "1.4 × 10⁻¹²", "1.5 × 10⁻¹²",
                                     "1.6 × 10⁻¹²", "1.7 × 10⁻¹²"]),
        ([5, 500], False, ["0", "100", "200", "300", "400", "500"]),
        ([-20, 0], False, ["-20", "-15", "-10", "-5", "0"]),
        ([-0.5, 1000], False, ["-200", "0", "200", "400", "600", "800", "1,000"]),
        ([300, 300], False, ["300"]),
        ([0, 0], False, ["0"]),
        ([0.1, 0.3], False, ["0.10", "0.15", "0.20", "0.25", "0.30"]),
    ],
)  # fmt: skip
def test_round_ticks(values: list[float], log: bool, labels: list[str]) -> None:
    made = axis(values)
    assert (made.log, [tick.label for tick in made.ticks]) == (log, labels)


@pytest.mark.parametrize(
    ("spans", "least", "seen"),
    [
        ([(1, 1), (2, 2), (3, 3), (1000, 1000)], 0, (1, 3)),
        ([(-1000, -1000), (1, 1), (2, 2), (3, 3)], 0, (1, 3)),
        ([(1, 1), (2, 2), (1000, 1000)], 0, (1, 1000)),
        ([(300, 300), (301, 301), (302, 302), (400, 400)], 60, (300, 400)),
        ([(1, 1), (2, 2), (900, 900), (1000, 1000)], 0, (1, 1000)),
        ([(n, n) for n in range(10)] + [(900, 900), (1000, 1000)], 0, (0, 9)),
        ([(-900, 1000), (1, 1), (2, 2), (3, 3)], 0, (1, 3)),
    ],
)
def test_the_few_that_would_flatten_the_rest_are_cut(
    spans: list[tuple[float, float]], least: float, seen: tuple[float, float]
) -> None:
    assert window(spans, least) == seen


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ([0, 1, 2, 9], True),
        ([0, 1, 2, 3, 4], False),  # even steps throughout
        ([9, 10], False),
        ([0, 5, 6, 7], True),
        ([0, 1, 5, 40], False),  # the rest is too wide itself
        ([*range(20), 60, 61], False),
        ([*[n / 9 for n in range(20)], 60, 61], True),  # two of twenty-two are a few
    ],
)
def test_a_few_far_from_a_narrow_rest_stand_alone(values: list[float], seen: bool) -> None:
    assert lonely([(value, value) for value in values], 4) is seen


def test_a_single_wide_range_has_no_rest_to_be_far_from() -> None:
    assert lonely([(0.0, 14.0)], 4) is False
    assert window([(0.0, 14.0)]) == (0.0, 14.0)


def test_what_lies_beyond_an_axis_stands_at_its_end() -> None:
    for made in (axis([10, 20]), axis([10, 10_000])):
        assert (made.place(-5), made.place(1e9)) == (0, 1)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2024-02-20", "2024-02-20", ["2024-02-20"]),
        ("2024-02-20", "2024-03-20", ["2024-02-20", "2024-02-25", "2024-03-01", "2024-03-06",
                                      "2024-03-11", "2024-03-16", "2024-03-21"]),
        ("2024-02-20", "2024-12-01", ["2024-03", "2024-05", "2024-07", "2024-09", "2024-11"]),
        ("2024-02-20", "2026-01-01", ["2024-07", "2025-01", "2025-07", "2026-01"]),
        ("2022-04-01", "2026-06-30", ["2023", "2024", "2025", "2026"]),
        ("1950-01-01", "2024-01-01", ["1960", "1980", "2000", "2020"]),
        ("0001-01-01", "9999-12-31", ["2000", "4000", "6000", "8000"]),
        ("9999-12-31", "9999-12-31", ["9999-12-31"]),
    ],
)  # fmt: skip
def test_dates_on_the_axis(first: str, last: str, labels: list[str]) -> None:
    ends = [float(date.fromisoformat(each).toordinal()) for each in (first, last)]
    assert [tick.label for tick in days(ends).ticks] == labels


@given(st.integers(1, 3_652_059), st.integers(0, 40_000))
@settings(max_examples=200)
def test_dates_stand_within_the_axis_and_are_few(first: int, span: int) -> None:
    made = days([first, min(first + span, 3_652_059)])
    assert 1 <= len(made.ticks) <= 9
    assert all(made.low <= tick.value <= made.high for tick in made.ticks)


def test_labels_that_do_not_fit_leave_tens_then_every_second() -> None:
    log, plain = axis([1, 900]).ticks, axis([0, 6]).ticks

    def told(ticks: tuple[Tick, ...], most: int) -> list[str]:
        return [tick.label for tick in labelled(ticks, lambda some: len(some) <= most)]

    assert told(log, 99) == ["1", "2", "5", "10", "20", "50", "100", "200", "500", "1,000"]
    assert told(log, 5) == ["1", "10", "100", "1,000"]
    assert told(log, 3) == ["1", "20", "500"]
    assert told(axis([1, 1e30]).ticks, 5) == ["1", "10,000,000,000", "10²⁰", "10³⁰"]
    assert told(plain, 4) == ["0", "2", "4", "6"]
    assert told(plain, 2) == ["0", "4"]
    assert told(plain, 1) == ["0"]
