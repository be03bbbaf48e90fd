"""The cells that hold the numbers of a row, as one figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog import parsing
from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import UsageError
from factlog.importing.cells import Cells, figure


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def read_again(found: Figure, unit: str | None = None) -> Estimate:
    return parsing.read(found.said, unit=unit).estimate


@pytest.mark.parametrize(
    ("cells", "said", "low", "best", "high"),
    [
        (Cells(low="15,000"), "at least 15,000", "15000", None, None),
        (Cells(high="25000"), "at most 25000", None, None, "25000"),
        (Cells(low="290000", high="350000"), "290000 to 350000", "290000", None, "350000"),
        (
            Cells("320000", "290000", "350000"),
            "290000 to 350000, best 320000",
            "290000",
            "320000",
            "350000",
        ),
        (
            Cells("290000", "290000", "350000"),
            "290000 to 350000, best 290000",
            "290000",
            "290000",
            "350000",
        ),
        (Cells(low="0", high="5"), "0 to 5", "0", None, "5"),
        (Cells(low="-5", high="-3"), "-5 to -3", "-5", None, "-3"),
        (Cells(low="2", high="3 million"), "2 to 3000000", "2", None, "3000000"),
        (
            Cells(low="1.5m people", high="2m people"),
            "1.5 million to 2 million",
            "1500000",
            None,
            "2000000",
        ),
        (Cells("at least 300", low="300"), "at least 300", "300", None, None),
        (Cells("2,800 to 3,200", "2800", "3200"), "2,800 to 3,200", "2800", None, "3200"),
        (Cells("up to 300", high="300"), "up to 300", None, None, "300"),
        (Cells(low="3 hundred"), "at least 3 hundred", "300", None, None),
    ],
)
def test_low_and_high_make_a_range_or_a_bound(
    cells: Cells, said: str, low: str | None, best: str | None, high: str | None
) -> None:
    found = figure(cells)
    assert (found.estimate.low, found.estimate.best, found.estimate.high) == (
        number(low),
        number(best),
        number(high),
    )
    assert found.said == said
    assert read_again(found) == found.estimate


@pytest.mark.parametrize(
    ("cells", "said", "best", "plus", "minus", "coverage"),
    [
        (
            Cells("80.3602", plus="0.0098", minus="0.0098"),
            "80.3602 +0.0098 -0.0098",
            "80.3602",
            "0.0098",
            "0.0098",
            "0.683",
        ),
        (Cells("870", plus="2.5", minus="3.1"), "870 +2.5 -3.1", "870", "2.5", "3.1", "0.683"),
        (Cells("870", plus="+2.5", minus="-3.1"), "870 +2.5 -3.1", "870", "2.5", "3.1", "0.683"),
        (Cells("870", plus="2.5", minus="−3.1"), "870 +2.5 -3.1", "870", "2.5", "3.1", "0.683"),
        (Cells("870", plus="2.5"), "870 +2.5 -2.5", "870", "2.5", "2.5", "0.683"),
        (Cells("870", minus="2.5"), "870 +2.5 -2.5", "870", "2.5", "2.5", "0.683"),
        (
            Cells("8.9589e-11", plus="7e-14", minus="7e-14"),
            "8.9589e-11 +7e-14 -7e-14",
            "8.9589e-11",
            "7e-14",
            "7e-14",
            "0.683",
        ),
        (
            Cells("3,000", plus="200", minus="100", coverage="0.95"),
            "3,000 (95% CI 2900 to 3200)",
            "3000",
            "200",
            "100",
            "0.95",
        ),
        (
            Cells("3000", plus="200", minus="200", coverage="95%"),
            "3000 (95% CI 2800 to 3200)",
            "3000",
            "200",
            "200",
            "0.95",
        ),
        (
            Cells("3000 ± 200", plus="200", minus="200"),
            "3000 ± 200",
            "3000",
            "200",
            "200",
            "0.683",
        ),
    ],
)
def test_plus_and_minus_are_the_arms_of_a_value(
    cells: Cells, said: str, best: str, plus: str, minus: str, coverage: str
) -> None:
    found = figure(cells)
    assert found.estimate == Estimate(
        Hedge.PLUS_MINUS,
        best=Decimal(best),
        plus=Decimal(plus),
        minus=Decimal(minus),
        coverage=Decimal(coverage),
    )
    assert found.said == said
    assert read_again(found) == found.estimate


@pytest.mark.parametrize(
    ("cells", "coverage"),
    [
        (Cells("3000", plus="200", minus="200", coverage="0.9"), "0.9"),
        (Cells("3000 ± 200", coverage="90%"), "0.9"),
        (Cells("3,000 (2,800–3,200)", coverage="0.5"), "0.5"),
        (Cells("3000 ± 200", plus="200", coverage="0.99"), "0.99"),
    ],
)
def test_another_coverage_is_kept_in_the_estimate(cells: Cells, coverage: str) -> None:
    found = figure(cells)
    assert found.estimate.coverage == Decimal(coverage)
    again = read_again(found)
    assert (again.best, again.plus, again.minus) == (
        found.estimate.best,
        found.estimate.plus,
        found.estimate.minus,
    )


def test_a_unit_goes_with_every_form() -> None:
    for cells in (
        Cells("2.5", unit="km"),
        Cells(low="1", high="2", unit="km"),
        Cells(low="1", unit="km"),
        Cells("5", plus="1", unit="km"),
        Cells("5", plus="1", coverage="0.95", unit="km"),
    ):
        found = figure(cells)
        assert found.estimate.unit == "km"
        assert read_again(found, "km") == found.estimate


def test_a_thing_beside_a_bound_is_kept() -> None:
    assert figure(Cells(low="300 killed", high="400")).thing == "killed"
    assert figure(Cells(low="300 killed")).thing == "killed"
    assert figure(Cells("300 killed", plus="5")).thing == "killed"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (Cells(), "value: is blank"),
        (Cells("5", low="300"), 'value: "5" stands beside only one of low and high'),
        (Cells("5", high="300"), 'value: "5" stands beside only one'),
        (Cells("5", "1", "4"), "value: 5 does not lie between low and high"),
        (Cells("about 3", "1", "4"), 'value: "about 3" stands beside low and high'),
        (Cells(low="5", high="4"), "low: 5 is above high, 4"),
        (Cells(low="about 5", high="9"), 'low: "about 5" is more than a bare number'),
        (Cells(low="5", high="x"), "high: "),
        (Cells(low="5 km", high="6 kg"), "low: the bounds differ in unit: "),
        (Cells(low="5", plus="1"), "low: stands beside plus or minus"),
        (Cells(plus="1"), "value: is blank beside plus or minus"),
        (Cells("about 5", plus="1"), 'value: "about 5" is more than a bare number'),
        (Cells("5", plus="-1"), 'plus: "-1" is negative'),
        (Cells("5", minus="--1"), "minus: "),
        (Cells("5", plus="about 1"), 'plus: "about 1" is more than'),
        (Cells("5", coverage="0.9"), "coverage: stands beside a figure without plus and minus"),
        (Cells(low="5", coverage="0.9"), "coverage: stands beside"),
        (Cells("5", plus="1", coverage="95"), 'coverage: "95" is not between 0 and 1'),
        (Cells("5", plus="1", coverage="0"), 'coverage: "0" is not between'),
        (Cells("5", plus="1", coverage="1 km"), 'coverage: "1 km" is not'),
        (Cells("5", plus="1", coverage="most"), "coverage: "),
        (Cells("5 km", unit="kg"), "value: "),
        (Cells("5" * 101), "value: "),
    ],
)
def test_cells_that_make_no_figure_say_which_and_why(cells: Cells, problem: str) -> None:
    with pytest.raises(UsageError) as refused:
        figure(cells)
    assert refused.value.problem.startswith(problem)
    assert refused.value.remedy


def test_a_value_in_the_style_of_another_country_keeps_its_words() -> None:
    found = figure(Cells("1.000,5"), "de_DE")
    assert (found.said, found.estimate.best) == ("1.000,5", Decimal("1000.5"))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (Cells(low="1.000", high="2.000,5"), "1000 to 2000.5"),
        (Cells(low="4.125"), "at least 4125"),
        (Cells(low="1.000 km", high="2.000 km"), "1000 km to 2000 km"),
        (Cells("1,5", plus="0,25"), "1.5 +0.25 -0.25"),
        (Cells("4.125", plus="100", coverage="0,95"), "4125 (95% CI 4025 to 4225)"),
    ],
)
def test_composed_words_read_the_same_in_every_country(cells: Cells, said: str) -> None:
    found = figure(cells, "de_DE")
    assert found.said == said
    assert read_again(found) == found.estimate


NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4
)


@settings(max_examples=150)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_ranges_read_again_the_same(first: Decimal, second: Decimal, third: Decimal) -> None:
    low, best, high = sorted((first, second, third))
    found = figure(Cells(str(best), str(low), str(high)))
    assert (found.estimate.low, found.estimate.best, found.estimate.high) == (low, best, high)
    assert read_again(found) == found.estimate


@settings(max_examples=150)
@given(NUMBERS, NUMBERS.map(abs), NUMBERS.map(abs), st.sampled_from(["", "0.95"]))
def test_arms_read_again_the_same(
    best: Decimal, plus: Decimal, minus: Decimal, coverage: str
) -> None:
    found = figure(Cells(str(best), plus=str(plus), minus=str(minus), coverage=coverage))
    assert (found.estimate.best, found.estimate.plus, found.estimate.minus) == (best, plus, minus)
    assert read_again(found) == found.estimate
