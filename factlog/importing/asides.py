"""What stands in a cell around its number: marks of doubt, asides, and words for no number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from factlog.errors import ReadingError
from factlog.importing.headers import words
from factlog.parsing import read
from factlog.patterns import Pattern


class Remark(StrEnum):
    """What was done with a cell, of which a person is told."""

    EMPTY = "empty"
    ASIDE = "aside"
    DOUBTED = "doubted"


class Reworded(NamedTuple):
    """A cell without what stands around its number, and the note that keeps that."""

    value: str
    note: str
    remark: Remark


@dataclass(slots=True)
class Remarks:
    """How many cells each remark is true of, with the first few of them."""

    count: dict[Remark, int]
    first: dict[Remark, list[str]]

    def add(self, remark: Remark, cell: str) -> None:
        """Count a cell."""
        self.count[remark] = self.count.get(remark, 0) + 1
        first = self.first.setdefault(remark, [])
        if len(first) < _LISTED and cell not in first:
            first.append(cell)


_LISTED = 3


def is_empty(cell: str) -> bool:
    """Whether a cell says that there is no number: blank, "n/a", "missing", "-"."""
    return not cell or cell.casefold() in words("empty")


def reworded(cell: str) -> Iterator[Reworded]:
    """The ways to read a cell that is more than a value, the likelier first.

    "76?" is about 76; "12 (incl. 3 children)" is 12, of whom more is said.
    """
    if len(cell) > _LONGEST:
        return
    if cell.endswith("?"):
        bare = cell.rstrip("? ")
        for value in (bare, f"about {bare}"):
            yield Reworded(value, f'written "{cell}"', Remark.DOUBTED)
    elif found := _aside().search(cell):
        aside = cell[found.end("opening") :]
        if not found["opening"].strip().startswith("("):
            yield Reworded(cell[: found.start()], aside, Remark.ASIDE)
        elif aside.find(")") == len(aside) - 1:
            yield Reworded(cell[: found.start()], aside[:-1], Remark.ASIDE)


_LONGEST = 200


@cache
def _aside() -> re.Pattern[str]:
    some = "|".join(re.escape(word) for word in sorted(words("aside"), key=len, reverse=True))
    return re.compile(rf"(?P<opening>\s*\(\s*|,?\s+)(?:{some})(?!\w)", re.IGNORECASE)


class Scale(NamedTuple):
    """What a unit multiplies by, the words for it, and the unit without: "thousand people"."""

    factor: Decimal
    words: str
    unit: str | None


_POWER_OF_TEN = Pattern(r"\s*[×x*·]?\s*10(?:\^|\*\*|(?=[⁺⁻⁰¹²³⁴-⁹]))")


@cache
def scale_of(unit: str) -> Scale | None:
    """The scale in a unit, "million USD" or "10^-11 m^3"; None where it has none."""
    if power := _POWER_OF_TEN.match(unit):
        caret = "^" if unit[power.end() - 1] in "^*" else ""
        unit = f"× 10{caret}{unit[power.end() :]}"
    try:
        found = read(f"1 {unit}")
    except ReadingError:
        return None
    factor, rest = found.estimate.best, found.unit_said or found.thing or ""
    if factor is None or factor == 1 or not unit.endswith(rest):
        return None
    scale = unit[: len(unit) - len(rest)].strip()
    return Scale(factor, scale.removesuffix(" of"), rest or None)
