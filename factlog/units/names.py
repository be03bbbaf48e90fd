"""Finding a unit by its words: one in the table, or one made of those, like kg/m2."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from factlog.patterns import Pattern
from factlog.units import table

LONGEST = 60  # characters: no unit is longer

# One sign where people use several: micro, ohm, superscripts, the dot of a product, dashes.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–‐‑⁻", "-"),
        **dict.fromkeys("⋅×*∙", "·"),
        **dict.fromkeys("⁄∕", "/"),
        **dict.fromkeys("º˚", "°"),
        **{"μ": "µ", "\u2126": "Ω", "¹": "1", "²": "2", "³": "3", "％": "%", "_": " "},
    }
)
_POWER = Pattern(r"(?:\^|··)(?=-?[0-9])")
_PER = Pattern(r" ?/ ?|(?:^| )per (?!cent|mil)| an? (?=[^ ]+$)")


def tidy(words: str) -> str:
    """A unit's words with one kind of space, dot, power and dash: kg/m² and kg/m^2 are alike.

    The names that programs have are words too: light_year.
    """
    text = " ".join(normalize("NFC", words).translate(_SIGNS).split())
    return _POWER.sub("", text).replace(" ·", "·").replace("· ", "·")


def with_slashes(text: str) -> str:
    """Tidy words with each "per" as a slash: "barrels per day" and "barrels a day"."""
    return _PER.sub("/", text)


_MOST_PARTS = 5
_PART = Pattern(r"(?P<name>.*?[^0-9^-])(?P<power>-?[1-9])?")
_SQUARE = Pattern(r"(?P<how>square |sq\.? ?|cubic |cu\.? )(?P<name>.+)", re.IGNORECASE)
_SHAPE = {2: "square", 3: "cubic"}

# Units with their powers: kg/m2 is kg 1, m -2.
Parts = tuple[tuple[str, int], ...]


@lru_cache(maxsize=8192)
def find(words: str) -> str | None:
    """The name a unit goes by, from exactly these words; None if they are no unit.

    >>> find("miles"), find("kg / m²"), find("barrels per day"), find("soldiers")
    ('mile', 'kg/m2', 'barrel/day', None)
    """
    if not words or len(words) > LONGEST:
        return None
    text = tidy(words)
    if single := _single(text):
        return single[0]
    made_of = _product(with_slashes(text))
    return None if made_of is None else _name(made_of)


def label(words: str) -> str:
    """The name of a unit for words that are said to be one: known, or the words as a label."""
    plain = " ".join(words.split())
    return find(words) or table.given().get(tidy(words), plain)


@lru_cache(maxsize=1024)
def parts(unit: str) -> Parts | None:
    """The units of the table that a unit is made of, with their powers; None if it is unknown."""
    if not unit or len(unit) > LONGEST:
        return None
    if unit in table.facts():
        return ((unit, 1),)
    text = tidy(unit)
    single = _single(text)
    return single[1] if single else _product(with_slashes(text))


def _single(text: str) -> tuple[str, Parts] | None:
    """A unit that is one thing: one of the table, or the square or cube of one."""
    if name := _plain(text):
        return name, ((name, 1),)
    if match := _SQUARE.fullmatch(text):
        power = 2 if match["how"][0] in "sS" else 3
        return _raised(_plain(match["name"]), power)
    match = _PART.fullmatch(text)
    if match and match["power"] in ("2", "3"):
        return _raised(_plain(match["name"]), int(match["power"]))
    return None


def _plain(text: str) -> str | None:
    """A unit of the table, by any of its spellings; a word of four letters in any case."""
    spelled = table.spellings()
    bare = text.removesuffix(".")
    in_any_case = bare.lower() if len(bare) > 3 else bare
    return spelled.get(text) or spelled.get(bare) or spelled.get(in_any_case)


def _raised(base: str | None, power: int) -> tuple[str, Parts] | None:
    """A unit squared or cubed, under its own name where the table has one."""
    if base is None:
        return None
    return _powered(base, power), ((base, power),)


def _powered(base: str, power: int) -> str:
    """How a power of a unit is written: m2, "square mile", s4."""
    if power == 1:
        return base
    is_sign = len(base) <= 3 or power not in _SHAPE
    return f"{base}{power}" if is_sign else f"{_SHAPE[power]} {base}"


def _product(text: str) -> Parts | None:
    """The parts of a product or quotient of units, as in kg/m2, N·m or m s-1."""
    over, *under = text.split("/")
    found: Parts = ()
    for side, sign in ((over, 1), *((one, -1) for one in under)):
        if not side and sign == 1 and under:
            continue  # "/day" is one a day
        more = _side(side)
        if more is None:
            return None
        found += tuple((name, power * sign) for name, power in more)
    return found if 0 < len(found) <= _MOST_PARTS else None


def _side(text: str) -> Parts | None:
    """The units on one side of a slash; spaces part them only where a power is negative."""
    if single := _single(text):
        return single[1]
    pieces = re.split("[ ·]" if re.search(r"[^\W\d]-[1-9]", text) else "·", text)
    found: Parts = ()
    for piece in pieces[: _MOST_PARTS + 1]:
        match = _PART.fullmatch(piece)
        name = _plain(match["name"]) if match else None
        if match is None or name is None:
            return None
        found += ((name, int(match["power"] or 1)),)
    return found


def _name(made_of: Parts) -> str:
    """One way to write a compound: what is multiplied, then each that divides after a slash."""
    over = "·".join(_powered(name, power) for name, power in made_of if power > 0)
    under = "".join("/" + _powered(name, -power) for name, power in made_of if power < 0)
    return table.spellings().get(over + under, over + under)
