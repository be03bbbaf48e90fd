"""Ranges: their shapes, and what their two ends share."""

from __future__ import annotations

import pytest

from support.figures import told_all

SHAPES = [
    ("10,000 – 12,000", "range 10000..12000"),
    ("10,000-12,000", "range 10000..12000"),
    ("10—12", "range 10..12"),
    ("10,000..12,000", "range 10000..12000"),
    ("10...12", "range 10..12"),
    ("10…12", "range 10..12"),
    ("10,000~12,000", "range 10000..12000"),
    ("300～400", "range 300..400"),
    ("300 to 400", "range 300..400"),
    ("300 through 400", "range 300..400"),
    ("300 up to 400", "range 300..400"),
    ("from 300 to 400", "range 300..400"),
    ("from 300 up to 400", "range 300..400"),
    ("between 300 and 400", "range 300..400"),
    ("between 300-400", "range 300..400"),
    ("between 300 to 400", "range 300..400"),
    ("anywhere between 300 and 400", "range 300..400"),
    ("somewhere between 300 and 400", "range 300..400"),
    ("either 300 or 400", "range 300..400"),
    ("in the range of 300 to 400", "range 300..400"),
    ("range: 300-400", "range 300..400"),
    ("ranging from 300 to 400", "range 300..400"),
    ("[300, 400]", "range 300..400"),
    ("[300; 400]", "range 300..400"),
    ("[300-400]", "range 300..400"),
    ("[300 to 400] km", "range 300..400 [km]"),
    ("two or three", "range 2..3"),
    ("two to three", "range 2..3"),
    ("five-six", "range 5..6"),
    ("300 to 300", "range 300..300"),
    ("10 -12", "range 10..12"),
    ("-5 to -3", "range -5..-3"),
    ("-5--3", "range -5..-3"),
    ("-5 – -3", "range -5..-3"),
    ("minus 5 to minus 3", "range -5..-3"),
    ("from -5 to +5", "range -5..5"),
    ("-5–-3 °C", "range -5..-3 [degC]"),
    ("a third to a half", "range 0.3333333333333333333333333333..0.5"),
    ("1½ to 2 hours", "range 1.5..2 [hour]"),
    ("2½-3 million", "range 2500000..3000000"),
]

SHARED = [
    ("10 to 12 thousand", "range 10000..12000"),
    ("10-12 thousand", "range 10000..12000"),
    ("ten to twelve thousand", "range 10000..12000"),
    ("10k-12k", "range 10000..12000"),
    ("1.5-2 million", "range 1500000..2000000"),
    ("between 1.2 and 1.5 million", "range 1200000..1500000"),
    ("900,000 to 1.1 million", "range 900000..1100000"),
    ("5 to 5 million", "range 5..5000000"),
    ("200 to 4 million", "range 200..4000000"),
    ("half a million to a million", "range 500000..1000000"),
    ("two to three hundred thousand", "range 200000..300000"),
    ("fifty to one hundred thousand", "range 50000..100000"),
    ("one hundred to two hundred thousand", "range 100000..200000"),
    ("two or three hundred", "range 200..300"),
    ("a hundred to two hundred", "range 100..200"),
    ("two hundred to three thousand", "range 200..3000"),
    ("one to two dozen", "range 12..24"),
    ("five to a hundred", "range 5..100"),
    ("-3 to -2 million", "range -3000000..-2000000"),
    ("$3-5 million", "range 3000000..5000000 [USD]"),
    ("$1.5–2bn", "range 1500000000..2000000000 [USD]"),
    ("$5-10m", "range 5000000..10000000 [USD]"),
    ("between $10 and $20 million", "range 10000000..20000000 [USD]"),
    ("$10 to $20 million", "range 10000000..20000000 [USD]"),
    ("$200 to $4 million", "range 200..4000000 [USD]"),
    ("$3m-$5m", "range 3000000..5000000 [USD]"),
    ("$3 million to $5 million", "range 3000000..5000000 [USD]"),
    ("€3 to 5", "range 3..5 [EUR]"),
    ("5-10 million dollars", "range 5000000..10000000 [USD]"),
    ("$10-20 a day", "range 10..20 [USD/day]"),
    ("3 to 5%", "range 3..5 [percent]"),
    ("3%-5%", "range 3..5 [percent]"),
    ("5% to 10%", "range 5..10 [percent]"),
    ("5-10 km", "range 5..10 [km]"),
    ("5 km-10 km", "range 5..10 [km]"),
    ("5 km to 10", "range 5..10 [km]"),
    ("900 m to 1.1 km", "range 900..1100 [m]"),
    ("5 ft to 6 feet", "range 5..6 [ft]"),
    ("3k-4k", "range 3000..4000"),
    ("1 to 10,000,000", "range 1..10000000"),
]

HEDGED = [
    ("about 10,000 to 12,000", "about 10000..12000"),
    ("approximately 10,000-12,000", "about 10000..12000"),
    ("about 10-12 thousand", "about 10000..12000"),
    ("between about 10,000 and 12,000", "about 10000..12000"),
    ("between about 300 and about 400", "about 300..400"),
    ("roughly between 300 and 400", "about 300..400"),
    ("about 300 to about 400", "about 300..400"),
    ("some 300 to 400", "about 300..400"),
    ("an estimated 300 to 400", "about 300..400"),
    ("nearly 300 to 400", "about 300..400"),
    ("300 to 400 or so", "about 300..400"),
    ("at least 300 to 400", "at_least 300"),
    ("more than 300 to 400", "more_than 300"),
    ("up to 300 to 400", "at_most 400"),
    ("300-400+", "at_least 300"),
    ("2,800 to 3,200, best 3,000", "range 2800..3200 best 3000"),
    ("2,800 to 3,200 (best 3,000)", "range 2800..3200 best 3000"),
    ("2,800-3,200; best estimate 3,000", "range 2800..3200 best 3000"),
    ("between 2,800 and 3,200, most likely 3,000", "range 2800..3200 best 3000"),
    ("about 2,800 to 3,200, best 3,000", "about 2800..3200 best 3000"),
    ("3,000 (range 2,800 to 3,200)", "range 2800..3200 best 3000"),
    ("3,000, range 2,800-3,200", "range 2800..3200 best 3000"),
    ("2.5 to 3.5 km, best 3 km", "range 2.5..3.5 best 3 [km]"),
]


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_ranges_shapes(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_ranges_shared(text: str, expected: str) -> None:
    assert told_all(text) == expected


@pytest.mark.parametrize(("text", "expected"), HEDGED)
def test_ranges_hedged(text: str, expected: str) -> None:
    assert told_all(text) == expected
