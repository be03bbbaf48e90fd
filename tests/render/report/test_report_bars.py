"""Which labels of an axis are drawn, and where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.render.charts.axis import Axis, Tick
from factlog.render.report.bars import exactly, labels, percent, point


def axis(*values: float, words: str = "") -> Axis:
    ticks = tuple(Tick(value, words or f"{value:,.0f}") for value in values)
    return Axis(min(values), max(values), False, ticks, None)


def test_few_short_labels_are_all_drawn() -> None:
    found = labels(axis(0, 10, 20))
    assert [(each.at, each.words, each.anchor, each.where) for each in found] == [
        ("0%", "0", "start", "both"),
        ("50%", "10", "middle", "both"),
        ("100%", "20", "end", "both"),
    ]


def test_every_other_label_gives_way_on_a_phone() -> None:
    found = labels(axis(*range(0, 7_000_000, 1_000_000)))
    assert [each.where for each in found] == ["both", "", "wide", "narrow", "wide", "", "both"]
    assert found[1].value == "1000000"


@given(st.integers(2, 12), st.integers(1, 40))
@settings(max_examples=100)
def test_something_is_always_labelled(ticks: int, long: int) -> None:
    found = labels(axis(*range(ticks), words="9" * long))
    assert found[0].where in ("both", "narrow", "wide")
    assert any(each.where in ("both", "narrow") for each in found)
    assert any(each.where in ("both", "wide") for each in found)


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0%"), (0.5, "50%"), (1 / 3, "33.333%"), (1, "100%"), (-0.0, "0%")]
)
def test_places_in_percent(share: float, told: str) -> None:
    assert percent(share) == told


def test_a_drawing_is_counted_from_its_top() -> None:
    assert point(0.25, 1) == "25 0"


@pytest.mark.parametrize(("value", "told"), [(3000.0, "3000"), (0.1, "0.1"), (-2.5, "-2.5")])
def test_numbers_as_data(value: float, told: str) -> None:
    assert exactly(value) == told
