"""What stands in a cell around its number: marks of doubt, asides, and words for no number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from factlog import units
from factlog.errors import ReadingError
from factlog.parsing import read
from factlog.parsing.lexicon import meanings
from factlog.parsing.other_languages import hedge_in_english
from factlog.patterns import Pattern


@cache
def words(kind: str) -> Mapping[str, str]:
    """The words of a kind in sheets.tsv, and what each means."""
    lines = Path(__file__).with_name("sheets.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines[1:])
    return {word: meaning for _language, its, word, meaning in rows if its == kind}


class Remark(StrEnum):
    """What was done with a cell, of which a person is told."""

    EMPTY = "empty"
    ASIDE = "aside"
    DOUBTED = "doubted"
    TRANSLATED = "translated"
    ROUNDED = "rounded"
    MONEY = "money"
    OTHER_MONEY = "other money"
    OWN_UNIT = "own unit"
    UNSEEN = "unseen"
    OPAQUE_UNIT = "opaque unit"


class BareCell(NamedTuple):
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


def is_formula_error(cell: str) -> bool:
    """Whether a cell holds what a spreadsheet shows for a formula that failed: #REF!, Err:502."""
    return cell.startswith(("#", "Err:")) and (
        cell.casefold() in words("formula error") or bool(_NUMBERED_ERROR.fullmatch(cell))
    )


_NUMBERED_ERROR = Pattern(r"Err:[0-9]{3}")


def reworded(cell: str) -> Iterator[BareCell]:
    """The ways to read a cell that is more than a value, the likelier first.

    "76?" is about 76; "12 (incl. 3 children)" is 12, of whom more is said; "rund 76" is about 76.
    """
    if len(cell) > _LONGEST:
        return
    if cell.endswith("?"):
        bare = cell.rstrip("? ")
        for value in (bare, f"about {bare}"):
            yield BareCell(value, f'written "{cell}"', Remark.DOUBTED)
    elif found := _aside().search(cell):
        aside = cell[found.end("opening") :]
        if not found["opening"].strip().startswith("("):
            yield BareCell(cell[: found.start()], aside, Remark.ASIDE)
        elif aside.find(")") == len(aside) - 1:
            yield BareCell(cell[: found.start()], aside[:-1], Remark.ASIDE)
    elif (found := _DIGIT.search(cell)) and (hedge := hedge_in_english(cell[: found.start()])):
        number = cell[found.start() :]
        yield BareCell(f"{hedge} {number}", f'written "{cell}"', Remark.TRANSLATED)


_LONGEST = 200
_DIGIT = Pattern(r"[0-9]")


@cache
def _aside() -> re.Pattern[str]:
    some = "|".join(re.escape(word) for word in sorted(words("aside"), key=len, reverse=True))
    return re.compile(rf"(?P<opening>\s*\(\s*|,?\s+)(?:{some})(?!\w)", re.IGNORECASE)


class Scale(NamedTuple):
    """What a unit multiplies by, the words for it, and the unit without: "thousand people"."""

    factor: Decimal
    words: str
    unit: str | None


@lru_cache(maxsize=4096)
def scale_of(unit: str) -> Scale | None:
    """The scale in a unit, wherever it stands ("USD million", "10^-11 m^3"); None without one.

    A word that is a unit by itself is no scale, such as miles, the Spanish for thousands, and what
    is counted "per million" is a rate.
    """
    if len(unit) > _LONGEST or unit.lower().startswith("per ") or units.find(unit):
        return None
    return next(filter(None, map(_scale, _scaled_first(" ".join(unit.split())))), None)


_POWER_OF_TEN = Pattern(r"\s*[×x*·]?\s*10(?:\^|\*\*|(?=[⁺⁻⁰¹²³⁴-⁹]))")


def _scale(unit: str) -> Scale | None:
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


def _scaled_first(unit: str) -> Iterator[str]:
    """A unit with its scale before it, in words that are read."""
    leading, trailing = _scaled()
    if found := leading.fullmatch(unit):
        yield " ".join(filter(None, (_plain_scale(found["scale"]), found["rest"])))
    yield unit
    if found := trailing.fullmatch(unit):
        yield f"{_plain_scale(found['scale'])} {found['rest']}"


def _plain_scale(scale: str) -> str:
    return _scales().get(scale.casefold(), scale)


@cache
def _scales() -> Mapping[str, str]:
    """The scales that head columns, in English: those of sheets alone, and long words of others.

    Short ones could be anything there ("MIA", "mmdd", "paper mills"); "billion" is less in English.
    """
    english = meanings("scale")
    names = {meaning: name for name, meaning in english.items() if name != "milliard"}
    found = dict(words("scale"))
    for language in ("de", "es", "fr"):
        for word, meaning in meanings("scale", language).items():
            if len(word) > 5 and word.removesuffix("s") not in english and meaning in names:
                found[word] = names[meaning]
    return found


@cache
def _scaled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a unit is that begins with a scale of a sheet's, and one that ends with any scale."""
    ours = {re.escape(word) for word in _scales()}
    known = {f"{word}s?" for word in meanings("scale")} | {*meanings("short scale"), "m"}
    either, any_ = ("|".join(sorted(each, key=len, reverse=True)) for each in (ours, ours | known))
    return (
        re.compile(rf"(?:in )?(?P<scale>{either})(?: (?:of |de )?(?P<rest>.+))?", re.IGNORECASE),
        re.compile(
            rf"(?P<rest>.*?[^\W\d_]|.*[$€£¥])(?<!\bper)(?<!\bpro)(?<!\bje)(?<!\bpar)(?<!\bpor)"
            rf"(?:,? (?:in )?|, ?| ?\(|(?<=[$€£¥]))(?P<scale>{any_})\)?",
            re.IGNORECASE,
        ),
    )


class UnitHeader(NamedTuple):
    """A header that names the unit of its numbers, "Deaths (thousands)", and that unit."""

    name: str
    unit: str


@lru_cache(maxsize=4096)
def headed(header: str) -> UnitHeader | None:
    """The unit in a header; None without one."""
    text = " ".join(header.split())
    found = _UNIT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    name, unit = found["name"], (found["inside"] or found["behind"]).strip()
    if scale_of(unit) or (found["inside"] and not _is_word(unit) and units.find(unit)):
        return UnitHeader(name, unit)
    return None


_UNIT = Pattern(
    r"(?P<name>.*[^\s,(\[])\s*"
    r"(?:[(\[]\s*(?:in )?(?P<inside>[^()\[\]]+)[)\]]|(?:,|\bin) (?P<behind>.+))",
    re.IGNORECASE,
)


def _is_word(unit: str) -> bool:
    """Whether what could be a unit is more likely a word of a header: "Killed (min)"."""
    return unit.casefold() in words("header")
