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
from factlog.units.names import parts, tidy

# Ours that are a dimension of their own, and what they are in pint, which takes doses and decays
# for plain quotients.
_OWN = {
    **{"year": ("year", 1), "cycle": ("revolution", 1), "Bq": ("becquerel", 1)},
    **{"Sv": ("sievert", 1), "Gy": ("gray", 1), "percent": ("percent", 1)},
}
# Units whose names are everyday words or people's: after a number they are things counted, so
# they are taken only where they are given as a unit.
_WORDS = frozenset(
    (
        *("LMH", "RKM", "aberdeen", "are", "bag", "barn", "biot", "bohr", "buckingham", "chain"),
        *("cicero", "clausius", "count", "counts_per_second", "cup", "didot", "dram", "eon"),
        *("faraday", "fifth", "franklin", "galileo", "gamma", "gauss", "gilbert", "gill", "grade"),
        *("gray", "hand", "jute", "lambda", "lambert", "league", "link", "maxwell", "mil", "minim"),
        *("molar", "nit", "oersted", "particle", "pica", "pixel", "point", "quarter", "reyn"),
        *("rhe", "rod", "rutherford", "scruple", "shake", "shot", "tex", "thou", "townsend"),
        "turn",
    )
)
# Electric and magnetic units of centimetres and grams, in those of today. Pint has them in grams
# and centimetres alone, in half powers or as other quantities, and converts none to a tesla.
_OLDER = {
    **{"gauss": "0.0001 tesla", "maxwell": "0.00000001 weber"},
    **{"oersted": "1000.0 / 4 / pi ampere / meter", "franklin": "1.0 coulomb / 2997924580"},
    **{"statampere": "1.0 ampere / 2997924580", "statvolt": "299.792458 volt"},
    **{"statweber": "299.792458 weber", "stattesla": "2997924.58 tesla"},
    **{"statohm": "898755178736.81764 ohm", "statmho": "1.0 siemens / 898755178736.81764"},
    **{"statfarad": "1.0 farad / 898755178736.81764", "stathenry": "898755178736.81764 henry"},
}
_UPSIDE_DOWN = "delta_degree_Reaumur"  # which is 1.25 kelvin, and 0.8 of one in pint


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
    return (
        "# Other units that pint knows, by their exact names, made by generate.py from pint.\n"
        "# given: an everyday word or a second name, taken only where it is given as a unit; then\n"
        "# what is asked of pint instead of the name.\n" + "".join(f"{row}\n" for row in _rare())
    )


def _rare() -> Iterator[str]:
    known = table.spellings(rare=False)
    fresh = registry.__wrapped__()  # one that was asked keeps what it made of prefixes as well
    for name, unit in sorted(fresh._units.items()):
        first, words = unit.name, tidy(name)
        if first == _UPSIDE_DOWN or not unit.is_multiplicative or (_sign(name) and name != first):
            continue
        compound = words not in table.facts() and parts(words)
        if words not in known and not compound and (first in _OLDER or _measures(first)):
            given = "given" * (name in _WORDS or name != first)
            asked = _OLDER.get(first, first)
            yield "\t".join((name, given, asked * (asked != name))).rstrip()


def _sign(name: str) -> bool:
    """Whether a second name is a sign, such as k or ρ, which is a unit in one field alone."""
    return len(name) < 4 or not name.isascii()


def _measures(name: str) -> bool:
    """Whether it is a quantity in whole powers of base units, and no pure number."""
    powers: Any = registry().get_root_units(name, check_nonmult=False)[1]._units
    return bool(powers) and all(power == int(power) for power in powers.values())


def main() -> None:
    """Write both files."""
    (table.HERE / "units.tsv").write_text(factors(), encoding="utf-8")
    (table.HERE / "pint.tsv").write_text(rare(), encoding="utf-8")


if __name__ == "__main__":
    main()
