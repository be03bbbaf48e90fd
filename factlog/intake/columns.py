"""The columns import takes, and finding them in the columns a file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factlog.claim import COLUMNS
from factlog.errors import ImportFailed, UsageError

__all__ = ["COLUMNS", "NUMBERS", "Layout"]

NUMBERS = ("value", "low", "high")
_NAMED = 40  # how many of a file's columns a message lists


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of a file's columns fills which of ours, and those that fill none."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]


def key(column: str) -> str:
    """What two spellings of one column share: "As of " and "as_of" are one."""
    return "_".join(column.casefold().replace("_", " ").replace("-", " ").split())


def layout(header: Sequence[str], mapping: Mapping[str, str], fixed: Mapping[str, str]) -> Layout:
    """Find our columns in a file's header; a required one that is missing is refused.

    `mapping` names the file's column for one of ours, and comes before a column of our name;
    `fixed` names ours that are filled with one value, whatever the file has.
    """
    keys = [key(column) for column in header]
    wanted = {ours: key(mapping.get(ours, ours)) for ours in COLUMNS if ours not in fixed}
    for ours in mapping:
        if ours not in fixed and wanted[ours] not in keys:
            raise _no_such_column(ours, mapping[ours], header)
    places = {ours: _place(keys, theirs, header) for ours, theirs in wanted.items()}
    found = {ours: place for ours, place in places.items() if place is not None}
    _require(found.keys() | fixed.keys(), header)
    used = set(found.values())
    ignored = (name.strip() for place, name in enumerate(header) if place not in used)
    return Layout(found, tuple(name for name in ignored if name))


def recognised(header: Iterable[str], mapping: Mapping[str, str]) -> int:
    """Count the columns of a header that are ours, or named by the mapping."""
    known = {*COLUMNS, *(key(theirs) for theirs in mapping.values())}
    return sum(key(column) in known for column in header)


def check_options(mapping: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    """Refuse a mapping or a fixed value for what is no column of ours, or both for one."""
    for ours in (*mapping, *fixed):
        if ours not in COLUMNS:
            raise UsageError(
                f"{ours!r} is not one of factlog's columns.", f"They are: {', '.join(COLUMNS)}"
            )
    for ours in mapping:
        if ours in fixed:
            raise UsageError(
                f"The column {ours} is given by --map and by --set.", "Keep one of the two."
            )


def lacking(present: Iterable[str]) -> str | None:
    """Name the first required column that is not among these; None if all are there."""
    there = set(present)
    for column in ("subject", "source"):
        if column not in there:
            return column
    return None if there.intersection(NUMBERS) else "value"


def supply(column: str) -> str:
    """Say how to fill a column that a file lacks."""
    if column == "value":
        return "Name the column that holds the numbers: --map value=COLUMN (or low, or high)."
    return (
        f"Name the column that holds it, --map {column}=COLUMN, "
        f'or fill it for every row, --set {column}="...".'
    )


def _place(keys: Sequence[str], theirs: str, header: Sequence[str]) -> int | None:
    if keys.count(theirs) > 1:
        raise ImportFailed(
            f'The file has two columns named "{header[keys.index(theirs)].strip()}".',
            "Rename one of them, so that it is clear which is meant.",
        )
    return keys.index(theirs) if theirs in keys else None


def _require(present: Iterable[str], header: Sequence[str]) -> None:
    missing = lacking(present)
    if missing:
        raise ImportFailed(
            f'The file has no column "{missing}"; it has: {listed(header)}.', supply(missing)
        )


def _no_such_column(ours: str, theirs: str, header: Sequence[str]) -> ImportFailed:
    return ImportFailed(
        f'The file has no column "{theirs}" to take {ours} from; it has: {listed(header)}.',
        f"Name one of its columns: --map {ours}=COLUMN.",
    )


def listed(header: Sequence[str]) -> str:
    """The columns of a file as a message lists them, the first forty if there are more."""
    names = [name.strip()[:60] or "(blank)" for name in header]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
