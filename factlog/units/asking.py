"""Asking pint what a rarer unit is. The only door to pint, opened when one is converted."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

# pint's base units, ours, and how many of ours one of pint's is.
_BASES = {
    "meter": ("m", Fraction(1)),
    "gram": ("kg", Fraction(1, 1000)),
    "kilogram": ("kg", Fraction(1)),
    "second": ("s", Fraction(1)),
    "ampere": ("A", Fraction(1)),
    "kelvin": ("K", Fraction(1)),
    "mole": ("mol", Fraction(1)),
    "candela": ("cd", Fraction(1)),
}


def ask(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Size and dimension of a unit by its name in units.tsv, never by what a person typed."""
    root, powers = _registry().get_root_units(name, check_nonmult=False)
    size = Fraction(root)
    dimension: dict[str, int] = {}
    for base, power in powers._units.items():
        ours, each = _BASES[base]
        size *= each ** int(power)
        dimension[ours] = int(power)
    return size, tuple(sorted(dimension.items()))


@cache
def _registry() -> Any:
    from pint import UnitRegistry

    # Fractions, as floats make false conflicts; no cache folder, as a damaged cache would crash.
    return UnitRegistry(non_int_type=Fraction, cache_folder=None)
