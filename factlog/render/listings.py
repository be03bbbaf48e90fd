"""Lists in every format they have: claims, names on record, measures, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from factlog.comparison import Measure
from factlog.comparison.shares import percent
from factlog.render import to_csv
from factlog.render.claim_list import claim, claims
from factlog.render.digits import plain
from factlog.render.grid import cell, grid
from factlog.render.json_text import listed, one_line
from factlog.render.look import Look
from factlog.render.prose import page, paint, shown, wrap

_MEASURE_COLUMNS = (
    "measure",
    "kind",
    "parts",
    "tolerance",
    "window",
    "aliases",
    "definition",
)
__all__ = ["Logged", "Named", "claim", "claims", "events", "measures", "names"]

_DEFAULT = Look()
Record = Mapping[str, object]


class Named(Protocol):
    """A subject, source or measure on record: its name, other names, and how many claims."""

    @property
    def name(self) -> str:
        """The name it is shown by."""

    @property
    def aliases(self) -> Sequence[str]:
        """Its other names."""

    @property
    def claims(self) -> int:
        """How many live claims there are of it."""


def names(kind: str, found: Iterable[Named], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Subjects or sources, their other names, and how many claims there are of each."""
    told = [
        {kind: each.name, "aliases": list(each.aliases), "claims": each.claims} for each in found
    ]
    return records((kind, "claims", "aliases"), told, shape, look)


def measures(found: Iterable[Measure], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Measures: how each behaves in time, what it is the sum of, its other names."""
    told = [
        {
            "measure": each.name,
            "kind": each.kind,
            "parts": list(each.parts),
            "tolerance": each.tolerance,
            "window": each.window,
            "aliases": list(each.aliases),
            "definition": each.definition,
        }
        for each in found
    ]
    if shape == "table":
        return iter((_measures_page(found, look),))
    return records(_MEASURE_COLUMNS, told, shape, look)


def _measures_page(found: Iterable[Measure], look: Look) -> str:
    """A measure a paragraph: what it counts, and whatever else is set."""
    lines: list[str] = []
    for each in found:
        heading = shown(f"{each.name}: {each.kind.value}", look)
        lines += [paint(line, "bold", look) for line in wrap(heading, look.width)]
        for words in _about(each):
            lines += wrap(shown(words, look), look.width, "  ", "    ")
    return page(lines) if lines else "no measures\n"


def _about(measure: Measure) -> Iterator[str]:
    if measure.definition:
        yield measure.definition
    if measure.parts:
        yield f"= {' + '.join(measure.parts)}"
    if measure.aliases:
        yield f"also: {', '.join(measure.aliases)}"
    if measure.tolerance is not None:
        yield f"tolerance {percent(measure.tolerance)}"
    if measure.window is not None:
        yield f"window {measure.window} days"


# The log


class Logged(Protocol):
    """One change to the store: when, what was done to what, and what took it back."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def at(self) -> datetime:
        """When it was made."""

    @property
    def action(self) -> str:
        """What was done."""

    @property
    def about(self) -> str:
        """What it was done to, in a few words."""

    @property
    def hash(self) -> str:
        """Its link of the chain."""

    @property
    def undoes(self) -> int | None:
        """The event it took back."""

    @property
    def undone_by(self) -> int | None:
        """The event that took it back."""


def events(found: Iterable[Logged], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """The log, event by event; for a person without the hashes, which `--head` sums up."""
    if shape in ("table", "md"):
        brief = [
            {
                "event": each.id,
                "when": each.at.strftime("%Y-%m-%d %H:%M"),
                "what": each.action,
                "about": each.about + _taken_back(each),
            }
            for each in found
        ]
        return records(("event", "when", "what", "about"), brief, shape, look)
    told = [
        {
            "event": each.id,
            "at": each.at.isoformat(),
            "action": each.action,
            "about": each.about,
            "undoes": each.undoes,
            "undone_by": each.undone_by,
            "hash": each.hash,
        }
        for each in found
    ]
    columns = ("event", "at", "action", "about", "undoes", "undone_by", "hash")
    return records(columns, told, shape, look)


def _taken_back(event: Logged) -> str:
    if event.undone_by is not None:
        return f" (taken back by {event.undone_by})"
    return f" (takes back {event.undoes})" if event.undoes is not None else ""


# Any list


def records(
    columns: Sequence[str], found: Sequence[Record], shape: str, look: Look = _DEFAULT
) -> Iterator[str]:
    """Flat records under these columns, in any format."""
    if shape == "json":
        yield from listed(found)
    elif shape == "jsonl":
        for record in found:
            yield one_line(record) + "\n"
    elif shape in ("csv", "tsv"):
        rows = ([_cell(record[column]) for column in columns] for record in found)
        yield from to_csv.table(columns, rows, delimiter="\t" if shape == "tsv" else ",")
    elif shape == "md":
        from factlog.render import to_md

        yield to_md.table(columns, [[_words(r[column]) for column in columns] for r in found])
    else:
        yield _table(columns, found, look)


def _table(columns: Sequence[str], found: Sequence[Record], look: Look) -> str:
    if not found:
        return "none on record\n"
    words = [[_words(record[column]) for column in columns] for record in found]
    lines = grid(columns, [[cell(text) for text in row] for row in words], look)
    if lines is None:
        lines = []
        for row in words:
            told = ", ".join(
                f"{column}: {text}" if place else text
                for place, (column, text) in enumerate(zip(columns, row, strict=True))
                if text
            )
            lines += wrap(shown(told, look), look.width, "", "    ")
    return page(lines)


def _cell(value: object) -> str | Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    return _words(value)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_words, value))
    return plain(value) if isinstance(value, Decimal) else str(value)
