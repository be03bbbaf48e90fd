"""What one of a unit is in the base units of its dimension, as an exact fraction.

The only door to pint, opened when a rarer unit than those of the table is converted.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from factlog.units import table
from factlog.units.names import Parts, parts
from factlog.values import dataclass

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """A number of the unit, plus shift, times size is the quantity in base units."""

    size: Fraction
    dimension: Dimension
    shift: Fraction = Fraction(0)
    rounded: bool = False


@lru_cache(maxsize=1024)
def factor(unit: str) -> Factor | None:
    """The factor of a unit; None for one nobody knows.

    A degree Celsius is a scale alone and a mere size in a compound ("degC/km").
    """
    made_of = parts(unit)
    if made_of is None:
        return None
    return _of_one(made_of[0][0]) if made_of == ((made_of[0][0], 1),) else _of_many(made_of)


def _of_many(made_of: Parts) -> Factor | None:
    size, powers, rounded = Fraction(1), dict[str, int](), False
    for name, power in made_of:
        one = _of_one(name)
        size *= one.size**power
        rounded |= one.rounded
        for base, times in one.dimension:
            powers[base] = powers.get(base, 0) + times * power
    return Factor(size, _sorted(powers), rounded=rounded)


@lru_cache(maxsize=1024)
def _of_one(name: str) -> Factor:
    written, power, dimension, pint = table.facts()[name]
    if written == "?":
        asked, powers = ask(pint)
        return Factor(asked * Fraction(10) ** power, powers)
    size, _, shift = written.removeprefix("~").partition(" ")
    over, _, under = size.partition("/")
    return Factor(
        Fraction(over) / Fraction(under or 1) * Fraction(10) ** power,
        base_units(dimension),
        Fraction(shift or 0),
        rounded=written[0] == "~",
    )


def base_units(written: str) -> Dimension:
    """The base units and their powers: "kg m2 s-2"; "=USD" is a dimension of its own."""
    if written.startswith("="):
        return ((written, 1),)
    found = re.findall(r"([a-zA-Z]+)(-?\d+)?", written)
    return _sorted({base: int(power or 1) for base, power in found})


def _sorted(powers: dict[str, int]) -> Dimension:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


_PI = Fraction("3.1415926535897932384626433832795028841971693993751")  # as long as pint's

# pint's base units, ours, and how many of ours one of pint's is; any other is ours too.
BASES = {
    "meter": ("m", Fraction(1)),
    "gram": ("kg", Fraction(1, 1000)),
    "kilogram": ("kg", Fraction(1)),
    "second": ("s", Fraction(1)),
    "ampere": ("A", Fraction(1)),
    "kelvin": ("K", Fraction(1)),
    "mole": ("mol", Fraction(1)),
    "candela": ("cd", Fraction(1)),
    "radian": ("degree", 180 / _PI),
    "bit": ("byte", Fraction(1, 8)),
}


def ask(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Size and dimension of a unit by its name in units.tsv, never by what a person typed."""
    root = (1 * registry().parse_expression(name)).to_root_units()
    size = Fraction(root.magnitude)
    dimension: dict[str, int] = {}
    for base, power in root._units.items():
        ours, each = BASES.get(base, (base, Fraction(1)))
        size *= each ** int(power)
        dimension[ours] = int(power)
    return size, tuple(sorted(dimension.items()))


@cache
def registry() -> Any:
    """Pint's registry, of exact fractions."""
    from pint import UnitRegistry

    # Fractions, as floats make false conflicts; no cache folder, as a damaged cache would crash.
    return UnitRegistry(non_int_type=Fraction, cache_folder=None)
