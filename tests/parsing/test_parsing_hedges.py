"""Hedges: before the number, behind it, both, and several at once."""

from __future__ import annotations

import pytest

from support.figures import told_all

ABOUT = [
    ("about 300", "about 300"),
    ("around 300", "about 300"),
    ("roughly 300", "about 300"),
    ("approximately 300", "about 300"),
    ("approx. 300", "about 300"),
    ("approx 300", "about 300"),
    ("circa 300", "about 300"),
    ("c. 300", "about 300"),
    ("c.300", "about 300"),
    ("ca. 300", "about 300"),
    ("some 300", "about 300"),
    ("an estimated 300", "about 300"),
    ("estimated at 300", "about 300"),
    ("est. 300", "about 300"),
    ("close to 300", "about 300"),
    ("near 300", "about 300"),
    ("somewhere around 300", "about 300"),
    ("something like 300", "about 300"),
    ("more like 300", "about 300"),
    ("in the region of 300", "about 300"),
    ("in the neighbourhood of 300", "about 300"),
    ("on the order of 300", "about 300"),
    ("perhaps 300", "about 300"),
    ("maybe 300", "about 300"),
    ("more or less 300", "about 300"),
    ("just about 300", "about 300"),
    ("only about 300", "about 300"),
    ("give or take 300", "about 300"),
    ("not far from 300", "about 300"),
    ("~300", "about 300"),
    ("~ 300", "about 300"),
    ("≈300", "about 300"),
    ("≅ 300", "about 300"),
    ("300 or so", "about 300"),
    ("300, give or take", "about 300"),
    ("300 or thereabouts", "about 300"),
    ("300 more or less", "about 300"),
    ("300-odd", "about 300"),
    ("300 odd", "about 300"),
    ("300ish", "about 300"),
    ("300-ish", "about 300"),
    ("300-some", "about 300"),
    ("300 approximately", "about 300"),
    ("300 (approx.)", "about 300"),
    ("300 (est.)", "about 300"),
    ("about four thousand", "about 4000"),
    ("about a dozen", "about 12"),
    ("～300", "about 300"),
]

LEANING = [
    ("nearly 300", "about 300 below"),
    ("almost 300", "about 300 below"),
    ("approaching 300", "about 300 below"),
    ("nearly a dozen", "about 12 below"),
    ("almost two-thirds", "about 0.6666666666666666666666666667 below"),
    ("about almost 300", "about 300 below"),
    ("just under 300", "less_than 300 below"),
    ("a little under 300", "less_than 300 below"),
    ("slightly fewer than 300", "less_than 300 below"),
    ("just short of 300", "less_than 300 below"),
    ("just shy of 300", "less_than 300 below"),
    ("not quite 300", "less_than 300 below"),
    ("just over 300", "more_than 300 above"),
    ("only just over 300", "more_than 300 above"),
    ("a bit more than 300", "more_than 300 above"),
    ("slightly above 300", "more_than 300 above"),
    ("little more than 300", "more_than 300 above"),
    ("nearly -3 °C", "about -3 below [degC]"),
]

LOWER = [
    ("at least 300", "at_least 300"),
    ("at the very least 300", "at_least 300"),
    ("at a minimum, 300", "at_least 300"),
    ("no fewer than 300", "at_least 300"),
    ("no less than 300", "at_least 300"),
    ("not fewer than 300", "at_least 300"),
    ("not less than 300", "at_least 300"),
    ("a minimum of 300", "at_least 300"),
    ("minimum 300", "at_least 300"),
    ("min. 300", "at_least 300"),
    ("upwards of 300", "at_least 300"),
    ("as few as 300", "at_least 300"),
    ("≥300", "at_least 300"),
    (">= 300", "at_least 300"),
    ("=> 300", "at_least 300"),
    ("300+", "at_least 300"),
    ("300 +", "at_least 300"),
    ("300-plus", "at_least 300"),
    ("300 plus", "at_least 300"),
    ("300 or more", "at_least 300"),
    ("300 and above", "at_least 300"),
    ("300 and up", "at_least 300"),
    ("300 and counting", "at_least 300"),
    ("300 at least", "at_least 300"),
    ("300, at least", "at_least 300"),
    ("300 minimum", "at_least 300"),
    ("300 or possibly more", "at_least 300"),
    ("more than or equal to 300", "at_least 300"),
    ("dozens at least", "at_least 24"),
    ("more than a few", "at_least 3"),
    ("more than 300", "more_than 300"),
    ("over 300", "more_than 300"),
    ("tops 300", "more_than 300"),
    ("eclipsed 300", "more_than 300"),
    ("above 300", "more_than 300"),
    ("exceeding 300", "more_than 300"),
    ("in excess of 300", "more_than 300"),
    ("north of 300", "more_than 300"),
    ("greater than 300", "more_than 300"),
    ("well over 300", "more_than 300"),
    ("far more than 300", "more_than 300"),
    ("somewhere north of 300", "more_than 300"),
    (">300", "more_than 300"),
    ("> 300", "more_than 300"),
    ("more than a dozen", "more_than 12"),
    ("more than half", "more_than 0.5"),
    ("over 300+", "more_than 300"),
    ("at least about 300", "at_least 300"),
    ("more than some 300", "more_than 300"),
    ("~300+", "at_least 300"),
]

UPPER = [
    ("at most 300", "at_most 300"),
    ("up to 300", "at_most 300"),
    ("as many as 300", "at_most 300"),
    ("as much as 300", "at_most 300"),
    ("no more than 300", "at_most 300"),
    ("not more than 300", "at_most 300"),
    ("no higher than 300", "at_most 300"),
    ("no greater than 300", "at_most 300"),
    ("not exceeding 300", "at_most 300"),
    ("a maximum of 300", "at_most 300"),
    ("maximum 300", "at_most 300"),
    ("max 300", "at_most 300"),
    ("max. 300", "at_most 300"),
    ("≤ 300", "at_most 300"),
    ("<=300", "at_most 300"),
    ("300 at most", "at_most 300"),
    ("300 or less", "at_most 300"),
    ("300 or fewer", "at_most 300"),
    ("300 and under", "at_most 300"),
    ("300 max", "at_most 300"),
    ("300 tops", "at_most 300"),
    ("less than or equal to 300", "at_most 300"),
    ("up to around 300", "at_most 300"),
    ("as many as around 300", "at_most 300"),
    ("perhaps as many as 300", "at_most 300"),
    ("no more than about 300", "at_most 300"),
    ("anywhere up to 300", "at_most 300"),
    ("fewer than 300", "less_than 300"),
    ("less than 300", "less_than 300"),
    ("under 300", "less_than 300"),
    ("below 300", "less_than 300"),
    ("short of 300", "less_than 300"),
    ("shy of 300", "less_than 300"),
    ("south of 300", "less_than 300"),
    ("lower than 300", "less_than 300"),
    ("well under 300", "less_than 300"),
    ("far fewer than 300", "less_than 300"),
    ("<300", "less_than 300"),
    ("< 300", "less_than 300"),
    ("fewer than a hundred", "less_than 100"),
    ("up to several hundred", "at_most 900"),
    ("up to dozens", "at_most 99"),
]

EXACT = [
    ("exactly 300", "exact 300"),
    ("precisely 300", "exact 300"),
    ("300 exactly", "exact 300"),
    ("just 300", "exact 300"),
    ("only 300", "exact 300"),
    ("a total of 300", "exact 300"),
    ("300 in total", "exact 300"),
    ("the 300", "exact 300"),
    ("all 300", "exact 300"),
    ("= 300", "exact 300"),
    ("equal to 300", "exact 300"),
]

TWO_BOUNDS = [
    ("more than 2,700 but fewer than 3,000", "range (2700..3000)"),
    ("at least 300 and at most 400", "range 300..400"),
    ("at least 300 but less than 400", "range 300..400)"),
    (">300 and <400", "range (300..400)"),
    (">=300, <400", "range 300..400)"),
    ("over 300, under 400", "range (300..400)"),
    ("300 or more but fewer than 400", "range 300..400)"),
    ("no more than 400 but at least 300", "range 300..400"),
    ("fewer than 400 but more than 300", "range (300..400)"),
    ("more than 2 but fewer than 3 million", "range (2000000..3000000)"),
    ("more than 5 but less than 7 km", "range (5..7) [km]"),
    ("more than 300 and fewer than 400", "range (300..400)"),
]


@pytest.mark.parametrize(("text", "expected"), ABOUT)
def test_hedges_about(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), LEANING)
def test_hedges_leaning(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), LOWER)
def test_hedges_lower(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), UPPER)
def test_hedges_upper(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), EXACT)
def test_hedges_exact(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), TWO_BOUNDS)
def test_hedges_two_bounds(text: str, expected: str) -> None:
    assert told_all(text) == expected
