"""The words of a header: which of ours they stand for, and which end or measure they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from factlog import names
from factlog.importing.asides import headed, words
from factlog.importing.columns import NUMBERS
from factlog.patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure

ENDS = ("low", "high")
VERY_LIKE = 85  # out of 100, from which a header is guessed to be meant for one of ours,
_LIKE = 70  # and where one that is needed is missing
_WORD = Pattern(r"[^\W_]+|[()%]")


def plain(header: str) -> str:
    """A header's words alone: "# Wounded" is wounded; what stands in brackets keeps them."""
    return " ".join(found[0] for found in _WORD.finditer(header.casefold()))


def spellings_of(measures: Iterable[Measure]) -> Mapping[str, str]:
    """The names of the measures, folded, in other languages too, and which measure each is."""
    known = {each.name for each in measures}
    found = {names.fold(word): name for word, name in words("measure").items() if name in known}
    for each in measures:
        found |= {names.fold(one): each.name for one in (*each.aliases, each.name)}
    return found


def bare(header: str) -> str:
    """A header without the unit it names."""
    found = headed(header)
    return found.name if found else header


def name_of(header: str) -> str:
    """The words of what a header names, without the unit."""
    return plain(bare(header))


@cache
def known_names() -> Mapping[str, str]:
    """The names that are known for ours: of two for one, the first headers go before others."""
    return {**words("header"), **words("first header")}


def end_of(name: str) -> str:
    """Which end of a range a header speaks of: "killed low" is low."""
    known = known_names()
    ends = (known.get(word, word) for word in name.split())
    return next((end for end in ends if end in ENDS), "")


def end_and_name(name: str) -> tuple[str, str]:
    """Which end of a range a header speaks of, and of what: "killed ( min )" is low of killed.

    Of its best, "killed ( best )", that is value.
    """
    ends = {part: known_names().get(part, part) for part in name.split() if part not in "()"}
    end = next((its for its in ends.values() if its in NUMBERS), "")
    return end, " ".join(part for part, its in ends.items() if its not in NUMBERS)


def span(plain: Mapping[str, str]) -> Mapping[str, str]:
    """The two columns that hold first and last days, as one option names them."""
    headers = {name: header for header, name in plain.items()}
    for first, last in words("first and last day").items():
        if first in headers and last in headers:
            return {"as_of": f"{headers[first]}/{headers[last]}"}
    return {}


def nearest(
    ours: str, headers: Sequence[str], plain: Mapping[str, str], missing: Collection[str]
) -> str:
    """The header most like one of our names.

    Where any is missing, one that ends with such a name will do; for those missing, one less like.
    """
    spellings = [ours.replace("_", " ")]
    known = {**known_names(), **(words("likely header") if ours in missing else {})}
    spellings += [name for name, its in known.items() if its == ours]

    def like(header: str, cutoff: float) -> bool:
        return bool(names.close(plain[header], spellings, limit=1, cutoff=cutoff))

    def last(header: str) -> bool:
        return plain[header].rpartition(" ")[2] in spellings

    found = [header for header in headers if like(header, 100)]
    found += [header for header in headers if missing and ours not in NUMBERS and last(header)]
    if ours == "as_of":
        parts = {header: {*plain[header].split()} for header in headers}
        of_rows = words("date of a row").keys()
        found += [one for one in headers if "date" in parts[one] and not parts[one] & of_rows]
    for cutoff in (VERY_LIKE, _LIKE) if ours in missing else (VERY_LIKE,):
        found = found or [header for header in headers if like(header, cutoff)]
    return found[0] if found else ""
