from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.wording import measured, number, plain, ratio, to_error

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda n: abs(n.adjusted()) < 300
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3000", "3000"),
        ("3E+3", "3000"),
        ("8848.860", "8848.86"),
        ("-3.20", "-3.2"),
        ("-0", "0"),
        ("0.00", "0"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
    ],
)
def test_plain_digits_have_no_exponent_and_no_idle_zeros(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown


@given(decimals)
@settings(max_examples=200)
def test_plain_digits_are_the_number_itself(value: Decimal) -> None:
    assert Decimal(plain(value)) == value
    assert "e" not in plain(value).lower()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3000", "3,000"),
        ("8848.86", "8,848.86"),
        ("-50800000000", "-50,800,000,000"),
        ("3E+3", "3,000"),
        ("0", "0"),
        ("0.009895453501", "0.009895453501"),
        ("2.485484768949336117478727400", "2.485485"),
        ("123456789012345678.5", "123,456,789,012,345,678"),
        ("12345678901234567890", "12,345,678,901,234,567,890"),
        ("1E+300", "1 × 10³⁰⁰"),
        ("1.50E+27", "1.5 × 10²⁷"),
        ("1E-30", "1 × 10⁻³⁰"),
        ("0.0000015110", "0.000001511"),
        ("0.000000000001511", "1.511 × 10⁻¹²"),
        ("0E+99", "0"),
        ("-1234.50", "-1,234.5"),
        ("29E+24", "2.9 × 10²⁵"),
        ("123456789012345678901234567890.5", "1.234568 × 10²⁹"),
    ],
)
def test_numbers_are_separated_for_people(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("8848.8600", "m", "8,848.86 m"),
        ("37.0", "degC", "37 °C"),
        ("1E+300", "kg", "1 × 10³⁰⁰ kg"),
        ("3000", None, "3,000"),
    ],
)
def test_a_unit_stands_behind_its_number(value: str, unit: str | None, shown: str) -> None:
    assert number(Decimal(value), unit) == shown


@pytest.mark.parametrize(
    ("times", "shown"),
    [
        ("1.333333333333333333", "1.33"),
        ("1", "1"),
        ("1.5", "1.5"),
        ("2", "2"),
        ("1.00043", "1.0004"),
        ("12.345", "12.3"),
        ("1234.5", "1,234"),
    ],
)
def test_ratio(times: str, shown: str) -> None:
    assert ratio(Decimal(times)) == shown


@pytest.mark.parametrize(
    ("best", "plus", "minus", "unit", "shown"),
    [
        ("878.3512", "0.4412", "0.4412", "s", "878.35 ± 0.44 s"),
        ("878.3512", "0.4412", "0.4066", "s", "878.35 +0.44 -0.41 s"),
        ("6.674E-11", "1.5E-15", "1.5E-15", None, "(6.67400 ± 0.00015) × 10⁻¹¹"),
        ("6.02E23", "2E20", "1.5E20", "/mol", "(6.0200 +0.0020 -0.0015) × 10²³ /mol"),
        ("0", "1.5", "1.5", None, "0.0 ± 1.5"),
        ("6.674252", "0.000120", "0.000120", None, "6.674252 ± 0.000120"),
        ("6.674252E-11", "1.20E-15", "1.20E-15", None, "(6.674252 ± 0.000120) × 10⁻¹¹"),
        ("8.314", "0.125", "0.098", None, "8.314 +0.125 -0.098"),
        ("42", "3.06", "3.06", "percent", "42.0 ± 3.1 percent"),
    ],
)
def test_a_measured_value_has_the_digits_its_error_needs(
    best: str, plus: str, minus: str, unit: str | None, shown: str
) -> None:
    assert measured(Decimal(best), Decimal(plus), Decimal(minus), unit) == shown


def test_an_end_too_small_to_take_in_has_a_power_of_ten() -> None:
    assert to_error(Decimal("6.6738912E-11"), Decimal("3.6E-15")) == "6.67389 × 10⁻¹¹"
