"""Shares as people write them, in tables and in sentences alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.wording import least, percent, threshold


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.1428571428571428571428571429", "14.3%"),
        ("0.1", "10%"),
        ("0.01", "1%"),
        ("0.005", "0.5%"),
        ("0.00456", "0.46%"),
        ("0.0001234", "0.012%"),
        ("0", "0%"),
        ("1", "100%"),
        ("0.9999", ">99.9%"),
        ("0.683", "68.3%"),
    ],
)
def test_percent(share: str, shown: str) -> None:
    assert percent(Decimal(share)) == shown


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("0.142857", "14.3%"),
        ("1", "100%"),
        ("0.01", "1%"),
        ("0.0156", "1.6%"),
        ("0.0002017", "0.02%"),
        ("0.00000123", "0.00012%"),
        ("0", "0%"),
    ],
)
def test_small_and_whole_shares(share: str, expected: str) -> None:
    assert percent(Decimal(share)) == expected


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.1428571428571428571428571429", "14.3%"),
        ("0.0625", "6.3%"),
        ("0.062", "6.2%"),
        ("0.00451", "0.46%"),
        ("1", "100%"),
        ("0.9999", ">99.9%"),
    ],
)
def test_a_threshold_is_never_understated(share: str, shown: str) -> None:
    assert threshold(Decimal(share)) == shown


@pytest.mark.parametrize(
    ("share", "told"),
    [("0.142857", "14.3% or more"), ("1", "100% or more"), ("0.9999", "more than 99.9%")],
)
def test_the_least_share_in_a_sentence(share: str, told: str) -> None:
    assert least(Decimal(share)) == told
