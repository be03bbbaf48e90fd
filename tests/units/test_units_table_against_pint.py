"""Every factor in units.tsv against pint's own, as exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pint
import pytest

from factlog.units import table
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
        theirs, each = BASES[base]
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


@pytest.mark.parametrize("pint_name", [cells[0] for cells in table.rows("pint.tsv")])
def test_a_unit_that_only_pint_knows_converts_as_pint_converts_it(pint_name: str) -> None:
    mine = ours_in_pint(pint_name.replace("_", " ")).to_base_units()
    assert mine == (1 * REGISTRY.Unit(pint_name)).to_base_units()
