"""The units factlog knows by heart, read from units.tsv and money.tsv beside this file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

# SI prefixes: the sign, the word, the power of ten.
_PREFIXES = {
    "f": ("femto", -15),
    "p": ("pico", -12),
    "n": ("nano", -9),
    "µ": ("micro", -6),
    "m": ("milli", -3),
    "c": ("centi", -2),
    "d": ("deci", -1),
    "h": ("hecto", 2),
    "k": ("kilo", 3),
    "M": ("mega", 6),
    "G": ("giga", 9),
    "T": ("tera", 12),
    "P": ("peta", 15),
    "E": ("exa", 18),
}

# Factor, power of ten, dimension and name in pint, as they stand in the file.
Facts = tuple[str, int, str, str]


@cache
def spellings(*, rare: bool = True) -> dict[str, str]:
    """Every spelling of a unit, with the name the unit goes by; `rare` ones only pint knows."""
    return (_rare()[0] if rare else {}) | _table()[0]


@cache
def facts() -> dict[str, Facts]:
    """Every name of a unit, with its factor and dimension as they stand in the file."""
    return _rare()[1] | _table()[1]


def given() -> dict[str, str]:
    """Spellings of units that are everyday words, which stand for one only if given as a unit."""
    return _rare()[2]


@cache
def money_signs() -> dict[str, str]:
    """Every sign of money that may stand before a number, longest first, and its unit's name."""
    signs = {
        sign: code for code, before, *_ in rows("money.tsv") for sign in (code, *_listed(before))
    }
    return dict(sorted(signs.items(), key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def remark(unit: str | None) -> str | None:
    """What a reader should know of a unit: "A ton may be 907, 1,000 or 1,016 kg, ...", or None."""
    for file in ("units.tsv", "money.tsv"):
        for names, *_, told in rows(file):
            if told and unit in {group.split(",")[0].strip(" +") for group in names.split(";")}:
                return told
    return None


def rows(file: str) -> Iterator[list[str]]:
    """The rows of a data file of this room as cells; remarks and blank lines are left out."""
    width = {"units.tsv": 6, "money.tsv": 4, "pint.tsv": 3}[file]
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))


@cache
def _table() -> tuple[dict[str, str], dict[str, Facts]]:
    spelled: dict[str, str] = {}
    known: dict[str, Facts] = {}
    for names, size, dimension, prefixes, pint, _remark in rows("units.tsv"):
        groups = [_listed(group) for group in names.split(";")]
        if dimension == "-":
            dimension = f"={groups[0][0]}"
        _enter(spelled, known, groups, (size, 0, dimension, pint))
        for sign in prefixes.split():
            word, power = _PREFIXES[sign]
            begins = (sign, word) if len(groups) > 1 else (word,)
            prefixed = [
                [begin + name for name in group]
                for begin, group in zip(begins, groups, strict=False)
            ]
            _enter(spelled, known, prefixed, (size, power, dimension, pint))
    for code, before, words, _remark in rows("money.tsv"):
        names_of = [code, *_listed(before), *_listed(words)]
        _enter(spelled, known, [names_of], ("1", 0, f"={code}", ""))
    return spelled, known


@cache
def _rare() -> tuple[dict[str, str], dict[str, Facts], dict[str, str]]:
    """The units only pint knows: spellings in running words, facts, and those only if given."""
    spelled: dict[str, str] = {}
    known: dict[str, Facts] = {}
    given: dict[str, str] = {}
    for pint, how, older in rows("pint.tsv"):
        name = pint.replace("_", " ")
        known[name] = ("?", 0, "", older or pint)
        for spelling in (name, f"{name}s"):
            (given if how else spelled)[spelling] = name
    return spelled, known, given


def _enter(
    spelled: dict[str, str], known: dict[str, Facts], groups: list[list[str]], fact: Facts
) -> None:
    """Enter a unit under each of its names; what was entered first stays."""
    for group in groups:
        known.setdefault(group[0], fact)
        for spelling in group:
            spelled.setdefault(spelling, group[0])


def _listed(cell: str) -> list[str]:
    """The spellings in a cell; "foot+" is foot and foots, "pound+ sterling" has both too."""
    listed: list[str] = []
    for spelling in cell.split(","):
        said = spelling.strip()
        if "+" in said:
            listed += said.replace("+", ""), said.replace("+", "s")
        elif said:
            listed.append(said)
    return listed
