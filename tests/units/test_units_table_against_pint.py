"""Every factor in units.tsv against pint's own, as exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pint
import pytest

from factlog.units import convert, known, label, table
from factlog.units.factors import factor
from factlog.units.generate import factors, rare

REGISTRY: Any = pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)
ROWS = [cells for cells in table.rows("units.tsv") if cells[4]]
# Which of pint's base units ours are; pint measures angles in radians and data in bits.
BASES = {
    "m": ("meter", Fraction(1)), "kg": ("kilogram", Fraction(1)), "s": ("second", Fraction(1)),
    "A": ("ampere", Fraction(1)), "K": ("kelvin", Fraction(1)), "mol": ("mole", Fraction(1)),
    "cd": ("candela", Fraction(1)), "byte": ("bit", Fraction(8)), "year": ("year", Fraction(1)),
    "cycle": ("revolution", Fraction(1)), "degree": ("degree", Fraction(1)),
    "Bq": ("becquerel", Fraction(1)), "Sv": ("sievert", Fraction(1)), "Gy": ("gray", Fraction(1)),
    "percent": ("percent", Fraction(1)),
}  # fmt: skip


def first_name(cells: list[str]) -> str:
    return cells[0].split(";")[0].split(",")[0].strip().replace("+", "")


def in_pint(text: str) -> Any:
    """A quantity of pint for the words in our own file (never for what a person typed)."""
    return REGISTRY.parse_expression(text)


def ours_in_pint(name: str) -> Any:
    mine = factor(name)
    assert mine is not None
    quantity = REGISTRY.Quantity(mine.size, "dimensionless")
    for base, power in mine.dimension:
        theirs, each = BASES.get(base, (base, Fraction(1)))
        quantity *= REGISTRY.Quantity(each, theirs) ** power
    return quantity


@pytest.mark.parametrize("cells", ROWS, ids=first_name)
def test_factor_is_the_one_of_pint(cells: list[str]) -> None:
    if cells[4] in ("degC", "degF"):
        pytest.skip("a scale, checked by its own test")
    mine = ours_in_pint(first_name(cells)).to_base_units()
    theirs = (1 * in_pint(cells[4])).to_base_units()
    assert mine.dimensionality == theirs.dimensionality
    off = abs(Fraction(mine.magnitude) / Fraction(theirs.magnitude) - 1)
    # The radian has no end, and pint's parsec takes a tangent that the IAU's leaves out.
    assert off == 0 or (cells[1].startswith("~") and off < Fraction(1, 10**11))


@pytest.mark.parametrize(("unit", "kelvin"), [("degC", "274.15"), ("degF", "255.92777777777777")])
def test_temperatures_are_those_of_pint(unit: str, kelvin: str) -> None:
    mine = factor(unit)
    assert mine is not None
    assert (
        REGISTRY.Quantity(Fraction(1), unit).to("kelvin").magnitude == (1 + mine.shift) * mine.size
    )
    assert float((1 + mine.shift) * mine.size) == pytest.approx(float(kelvin))


@pytest.mark.parametrize(
    ("prefixed", "plain", "power"),
    [
        ("km", "m", 3),
        ("mg", "g", -3),
        ("petajoule", "joule", 15),
        ("µSv", "Sv", -6),
        ("hPa", "Pa", 2),
    ],
)
def test_prefixes_are_powers_of_ten(prefixed: str, plain: str, power: int) -> None:
    one, other = factor(prefixed), factor(plain)
    assert one is not None
    assert other is not None
    assert one.size == other.size * Fraction(10) ** power


@pytest.mark.parametrize(("file", "made"), [("units.tsv", factors), ("pint.tsv", rare)])
def test_the_files_are_what_the_script_makes_of_pint(file: str, made: Callable[[], str]) -> None:
    again = "If pint has changed: python -m factlog.units.generate"
    assert (table.HERE / file).read_text(encoding="utf-8") == made(), again


BY_NAME = [
    name
    for name, _given, asked in table.rows("pint.tsv")
    if asked in ("", REGISTRY._units[name].name)
]


@pytest.mark.parametrize("pint_name", BY_NAME)
def test_a_unit_that_only_pint_knows_converts_as_pint_converts_it(pint_name: str) -> None:
    mine = ours_in_pint(pint_name.replace("_", " ")).to_base_units()
    theirs = (1 * REGISTRY.Unit(pint_name)).to_base_units()
    assert mine.units == theirs.units
    off = abs(Fraction(mine.magnitude) / Fraction(theirs.magnitude) - 1)
    # What needs a root is a float in pint, and ends where its digits end.
    assert off == 0 or (isinstance(theirs.magnitude, float) and off < Fraction(1, 10**13))


# What pint has by name and no quantity can be given in, or be converted from rightly.
PURE_NUMBERS = (
    *("pi", "tansec", "ln10", "wien_x", "wien_u", "eulers_number", "avogadro_number", "zeta"),
    *("electron_g_factor", "fine_structure_constant", "strain"),
)
LOGARITHMS = ("decibelwatt", "decibelmilliwatt", "decibelmicrowatt", "octave", "neper")
UPSIDE_DOWN = ("degree_Reaumur", "delta_degree_Reaumur")  # 1.25 kelvin, of which pint makes 0.8


WORDS = {
    name: unit
    for name, unit in sorted(REGISTRY._units.items())
    if name == unit.name or (len(name) > 3 and name.isascii())  # and no sign, as k and ρ are
}


@pytest.mark.parametrize(("name", "unit"), WORDS.items())
def test_every_name_of_pint_is_a_unit_where_it_is_given_as_one(name: str, unit: Any) -> None:
    no_unit = unit.name in (*PURE_NUMBERS, *LOGARITHMS, *UPSIDE_DOWN)
    assert known(label(name)) is not no_unit or unit.name in ("neper", "octave")


@pytest.mark.parametrize(
    ("number", "unit", "to", "expected"),
    [
        ("1", "light_year", "km", "9460730472580.8"), ("10", "nautical_mile", "km", "18.52"),
        ("3", "metric_ton", "kg", "3000"), ("1", "electron_volt", "eV", "1"),
        ("0.5", "turn", "degree", "180"), ("100", "grade", "degree", "90"),
        ("9000", "revolutions_per_minute", "Hz", "150"), ("8", "baud", "byte/s", "1"),
        ("1000", "milliarcsecond", "arcsecond", "1"), ("3200", "mil", "degree", "18"),
        ("491.67", "degree_Rankine", "K", "273.15"),
        ("1", "steradian", "square_degree", "3282.806350011743794781694608"),
        ("30000", "gauss", "tesla", "3"), ("1", "oersted", "A/m", "79.57747154594766788444188169"),
        ("1", "franklin", "coulomb", "3.335640951981520495755767145E-10"),
        ("1", "statohm", "ohm", "898755178736.81764"),
        ("254", "pixels_per_inch", "pixels_per_centimeter", "100"),
    ],
)  # fmt: skip
def test_units_by_the_names_of_programs(number: str, unit: str, to: str, expected: str) -> None:
    assert convert(Decimal(number), label(unit), label(to)) == Decimal(expected)
