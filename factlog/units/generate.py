"""Makes the data of this room from pint anew: python -m factlog.units.generate.

Every factor of units.tsv that has a name in pint is written as pint has it, exact; pint.tsv
lists the other units that pint knows, by their exact names, so that they are known for units
without loading pint. Their factors are asked of pint when one is converted.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from factlog.units import table
from factlog.units.factors import BASES, ask, base_units, registry

# Ours that are a dimension of their own, and what they are in pint: it measures angles in
# radians, data in bits, and takes doses and decays for plain quotients.
_OWN = {
    **{"byte": ("bit", 8), "year": ("year", 1), "cycle": ("revolution", 1)},
    **{"degree": ("degree", 1), "Bq": ("becquerel", 1), "Sv": ("sievert", 1)},
    **{"Gy": ("gray", 1), "percent": ("percent", 1)},
}
# Units whose names are everyday words or people's: after a number they are things counted, so
# they are taken only where they are given as a unit.
_WORDS = frozenset(
    (
        *("aberdeen", "are", "bag", "barn", "biot", "bohr", "buckingham", "chain", "cicero"),
        *("clausius", "cup", "didot", "dram", "eon", "faraday", "fifth", "franklin", "galileo"),
        *(
            "gamma",
            "gauss",
            "gilbert",
            "gill",
            "grade",
            "gray",
            "hand",
            "jute",
            "lambda",
            "lambert",
        ),
        *("league", "link", "maxwell", "minim", "molar", "nit", "octave", "oersted", "particle"),
        *("peck", "pica", "point", "quarter", "reyn", "rhe", "rod", "scruple", "shake", "shot"),
        *("tex", "thou", "townsend"),
    )
)
# What pint keeps beside units: constants of nature, and units of one laboratory's or year's own.
_CONSTANTS = (
    *("constant", "planck", "atomic_unit", "conventional", "water", "mercury", "international"),
    *("_mass", "wien", "magneton", "radius", "cross_section", "impedance", "_H2O", "_Hg", "delta_"),
    *("number", "quantum", "permeability", "permittivity", "speed", "elementary", "standard_"),
    *("zeta", "x_unit", "angstrom_star", "LMH", "RKM", "tex_", "css_", "pixel", "scaled", "stat"),
    *("reciprocal", "sound_pressure", "unit_pole", "entropy", "enzyme", "particle", "_degree"),
    *("_per_", "square_", "cubic_", "degree_"),  # compounds are read by their parts
)


def factors() -> str:
    """units.tsv as it stands, each factor that pint has written anew."""
    path = table.HERE / "units.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return "".join(f"{_refreshed(line)}\n" for line in lines)


def _refreshed(line: str) -> str:
    names, *cells = line.split("\t") if line and line[0] != "#" else [line]
    if len(cells) < 4 or not cells[3] or cells[0][:1] == "~" or " " in cells[0]:
        return line  # a remark, a unit of our own, a rounded one, or a scale with its own zero
    if cells[0] == "?":
        cells[1] = " ".join(
            f"{base}{power if power != 1 else ''}" for base, power in ask(cells[3])[1]
        )
    cells[0] = _written(_ratio(cells[3], cells[1]))
    return "\t".join([names, *cells])


def _ratio(expression: str, dimension: str) -> Fraction:
    """How many of our base units one of pint's is; its words come from our own file."""
    quantity = 1 * registry().parse_expression(expression)
    for base, power in base_units(dimension):
        theirs, each = _OWN.get(base) or _named(base)
        quantity /= registry().Quantity(Fraction(each), theirs) ** power
    return Fraction(quantity.to_base_units().m_as("dimensionless"))


def _named(base: str) -> tuple[str, Fraction]:
    return next((name, 1 / each) for name, (ours, each) in BASES.items() if ours == base)


def _written(number: Fraction) -> str:
    """A fraction as a decimal where it ends, else as numerator and denominator."""
    for places in range(40):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"{number.numerator}/{number.denominator}"


def rare() -> str:
    """pint.tsv: the other units pint knows by name, and whether only as a unit given."""
    rows = (f"{name}\t{'given' if name in _WORDS else ''}\n" for name in sorted(_rare()))
    return (
        "# Other units that pint knows, by their exact names, made by generate.py from pint.\n"
        "# given: an everyday word, taken only where it is given as a unit.\n" + "".join(rows)
    )


def _rare() -> Iterator[str]:
    known = table.spellings(rare=False)
    for name, unit in registry()._units.items():
        if name != unit.name or name.replace("_", " ") in known or not unit.is_multiplicative:
            continue
        if not any(part in name for part in _CONSTANTS) and _of_our_bases(name):
            yield name


def _of_our_bases(name: str) -> bool:
    """Whether a unit of pint is one of the base units that are ours too, in whole powers."""
    powers: Any = registry().get_root_units(name, check_nonmult=False)[1]._units
    whole = all(power == int(power) for power in powers.values())
    return bool(powers) and whole and all(base in BASES for base in powers)


def main() -> None:
    """Write both files."""
    (table.HERE / "units.tsv").write_text(factors(), encoding="utf-8")
    (table.HERE / "pint.tsv").write_text(rare(), encoding="utf-8")


if __name__ == "__main__":
    main()
