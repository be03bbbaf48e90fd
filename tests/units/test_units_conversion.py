"""Numbers from one unit to another, and which units compare."""

from __future__ import annotations

import sys
from decimal import Decimal
from fractions import Fraction
from subprocess import run

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factlog import units
from factlog.errors import UnitError
from factlog.units import table
from factlog.units.factors import factor

# The values are definitions: the SI brochure, the international yard and pound agreement, the US
# gallon of 231 cubic inches, the oil barrel of 42 of them.
EXACT = [
    ("29031.7", "ft", "m", "8848.86216"),
    ("5280", "ft", "mile", "1"),
    ("1", "mile", "km", "1.609344"),
    ("1", "mm", "cm", "0.1"),
    ("8848.86", "m", "mm", "8848860"),
    ("1", "acre", "m2", "4046.8564224"),
    ("1", "square mile", "acre", "640"),
    ("10", "dunam", "hectare", "1"),
    ("1", "barrel", "l", "158.987294928"),
    ("1", "barrel", "gallon", "42"),
    ("1", "bushel", "l", "35.23907016688"),
    ("1", "imperial gallon", "l", "4.54609"),
    ("1", "short ton", "lb", "2000"),
    ("1", "long ton", "lb", "2240"),
    ("1", "stone", "lb", "14"),
    ("1", "Mt", "tonne", "1000000"),
    ("1", "carat", "mg", "200"),
    ("1", "nautical mile", "m", "1852"),
    ("1", "knot", "km/h", "1.852"),
    ("1", "mph", "m/s", "0.44704"),
    ("60", "mile/hour", "mph", "60"),
    ("1", "kWh", "MJ", "3.6"),
    ("1", "kcal", "J", "4184"),
    ("1", "toe", "GJ", "41.868"),
    ("1", "eV", "J", "0.0000000000000000001602176634"),
    ("1", "hp", "W", "745.69987158227022"),
    ("1", "atm", "hPa", "1013.25"),
    ("1", "week", "hour", "168"),
    ("2.5", "year", "month", "30"),
    ("1", "byte", "bit", "8"),
    ("1", "MiB", "KiB", "1024"),
    ("8", "Mbps", "MB/s", "1"),
    ("1", "curie", "GBq", "37"),
    ("100", "rem", "Sv", "1"),
    ("1", "light-year", "km", "9460730472580.8"),
    ("10", "permille", "percent", "1"),
    ("10000", "ppm", "percent", "1"),
    ("100", "basis point", "percentage point", "1"),
    ("12", "kg/m2", "g/cm2", "1.2"),
    ("1", "mb/d", "barrel/day", "1000000"),
    ("3.5", "USD/barrel", "USD/gallon", "0.08333333333333333333333333333"),
    ("1", "furlong", "mile", "0.125"),
    ("1", "tablespoon", "teaspoon", "3"),
    ("1", "henry", "ohm·s", "1"),
    ("1", "degC/km", "K/m", "0.001"),
    ("0", "degC", "degF", "32"),
    ("100", "degC", "degF", "212"),
    ("-40", "degF", "degC", "-40"),
    ("0", "degC", "K", "273.15"),
    ("1", "ft", "yard", "0.3333333333333333333333333333"),
    ("60", "rpm", "Hz", "1"),
    ("180", "degree", "radian", "3.141592653589793238462643383"),
    ("1", "parsec", "km", "30856775814913.67278913937958"),
    ("1000", "parsec", "kpc", "1"),
    ("1", "radian/s", "degree/s", "57.29577951308232087679815481"),
    ("1E+3", "m", "km", "1"),
    ("1E-3", "km", "m", "1"),
    ("0", "km", "m", "0"),
    ("-0.5", "km", "m", "-500"),
    (f"1{'0' * 300}", "nm", "km", f"1{'0' * 288}"),
]


@pytest.mark.parametrize(("number", "unit", "to", "expected"), EXACT)
def test_conversion_is_exact_or_28_digits(number: str, unit: str, to: str, expected: str) -> None:
    assert format(units.convert(Decimal(number), unit, to), "f") == expected


def test_a_22_digit_number_loses_nothing() -> None:
    long = Decimal("1234567890.123456789012")
    assert units.convert(long, "km", "m") == Decimal("1234567890123.456789012")
    assert units.convert(units.convert(long, "ft", "m"), "m", "ft") == long


def test_the_same_unit_leaves_the_number_as_it_was() -> None:
    number = Decimal("3.500")
    assert str(units.convert(number, "km", "km")) == "3.500"
    assert str(units.convert(number, None, None)) == "3.500"
    assert str(units.convert(number, "Nagra  points", "nagra points")) == "3.5"


DIFFERENT = [
    ("km", "tonne"), ("USD", "EUR"), ("USD", "CAD"), ("percent", "percentage point"), (None, "m"),
    ("m", None), ("percent", None), ("soldiers", "m"), ("soldiers", "people"), ("ton", "tonne"),
    ("ton", "short ton"), ("kt", "knot"), ("calorie", "kcal"), ("year", "day"), ("Hz", "Bq"),
    ("Sv", "Gy"), ("cent", "USD"), ("USD/barrel", "EUR/barrel"), ("m2", "m"), ("month", "week"),
    ("byte", "Hz"), ("INR", "PKR"), ("peso", "MXN"), ("lb", "GBP"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_things_do_not_compare(a: str | None, b: str | None) -> None:
    assert not units.comparable(a, b)
    assert not units.comparable(b, a)
    with pytest.raises(UnitError) as caught:
        units.convert(Decimal(1), a, b)
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("m", "metre"), ("km", "mile"), ("degC", "degF"), ("kg/m2", "g/cm2"),
        ("barrel/day", "m3/s"),
        ("percent", "ppm"), ("IU", "international unit"), ("N·m", "J"), (None, None),
        ("Foo  bar", "foo BAR"), ("ton", "kiloton"), ("square kilometre", "ha"),
    ],
)  # fmt: skip
def test_like_compares_with_like(a: str | None, b: str | None) -> None:
    assert units.comparable(a, b)
    assert units.comparable(b, a)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("degC", True), ("degF", True), ("K", False), ("km", False), (None, False)],
)
def test_only_temperatures_have_a_zero_of_their_own(unit: str | None, expected: bool) -> None:
    assert units.offset(unit) is expected


@pytest.mark.parametrize("number", ["1E+999999", "1E-999999", "NaN", "Infinity", "1" * 600])
def test_numbers_that_would_not_end_are_refused(number: str) -> None:
    with pytest.raises(UnitError, match="too long"):
        units.convert(Decimal(number), "m", "km")


KNOWN = sorted(table.facts())
PAIRS = [(a, b) for a in ("m", "kg", "s", "J", "degC", "byte", "percent", "litre") for b in KNOWN
         if units.comparable(a, b)]  # fmt: skip
NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, places=6)


@given(NUMBERS, st.sampled_from(PAIRS))
def test_there_and_back_is_where_it_began(number: Decimal, pair: tuple[str, str]) -> None:
    there = units.convert(number, *pair)
    back = units.convert(there, pair[1], pair[0])
    # A zero that lies far off costs digits: they are kept of the absolute temperature.
    assert abs(back - number) <= Decimal("1e-26") * max(abs(number), Decimal(1000))


@given(NUMBERS, st.sampled_from(PAIRS))
def test_conversion_is_the_fraction_as_a_decimal(number: Decimal, pair: tuple[str, str]) -> None:
    one, other = factor(pair[0]), factor(pair[1])
    assert one is not None
    assert other is not None
    true = (Fraction(number) + one.shift) * one.size / other.size - other.shift
    found = units.convert(number, *pair)
    assert abs(Fraction(found) - true) <= abs(true) / 10**27
    assert "E" not in format(found, "f")


@given(NUMBERS, NUMBERS, st.sampled_from(PAIRS))
def test_order_is_kept(a: Decimal, b: Decimal, pair: tuple[str, str]) -> None:
    assume(a < b)
    assert units.convert(a, *pair) <= units.convert(b, *pair)


def test_equal_lengths_are_equal() -> None:
    """What floats get wrong: x mm against x/10 cm."""
    for x in range(1, 2000):
        assert units.convert(Decimal(x), "mm", "cm") == Decimal(x) / 10


def test_common_units_convert_without_pint_and_rare_ones_with_it() -> None:
    script = (
        "import sys; from decimal import Decimal as D; from factlog import units;"
        "units.convert(D(1), 'mile', 'km'); units.comparable('people', 'km'); units.label('tanks');"
        "print('pint' in sys.modules); units.convert(D(1), 'boiler horsepower', 'W');"
        "print('pint' in sys.modules)"
    )
    done = run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
