"""Proposals as text: each sentence of an article, and under it the claims it seems to make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from factlog.render import to_csv
from factlog.render.grid import Cell, cell, grid
from factlog.render.json_text import listed, one_line
from factlog.render.look import Look
from factlog.render.prose import page, paint, shown, wrap

Record = Mapping[str, object]
_HEADERS = ("claim", "counts", "source", "as of", "sure")
_DEFAULT = Look()


def written(found: Iterable[Record], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Proposals, under the keys they are written out with, as table, json or jsonl."""
    if shape == "json":
        return iter(listed(found))
    if shape == "jsonl":
        return (one_line(record) + "\n" for record in found)
    return iter((_page(list(found), look),))


def rows(found: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    """Proposals as rows that import takes."""
    told = ([str(record.get(column, "")) for column in columns] for record in found)
    return to_csv.table(columns, told, delimiter=",")


def _page(found: Sequence[Record], look: Look) -> str:
    if not found:
        return "no claims found\n"
    lines: list[str] = []
    for quote, same in groupby(found, key=lambda record: record["quote"]):
        lines += [""] * bool(lines) + _quoted(str(quote), look)
        told = [_cells(record) for record in same]
        lines += grid(_HEADERS, told, look) or [
            line for row in told for line in wrap(_joined(row, look), look.width, "  ", "    ")
        ]
    return page(lines)


def _quoted(quote: str, look: Look) -> list[str]:
    words = shown(f'"{" ".join(quote.split())}"', look)
    return [paint(line, "bold", look) for line in wrap(words, look.width)]


def _joined(row: Sequence[Cell], look: Look) -> str:
    return shown(", ".join(line.text for each in row for line in each if line.text), look)


def _cells(record: Record) -> list[Cell]:
    """What one proposal says, as the cells of a table."""
    counts = record["measure"] or record["thing"] or ""
    source = str(record["source"] or "unattributed")
    if record["unnamed"]:
        source += " (unnamed)"
    if record["via"]:
        source += f", via {record['via']}"
    sure = str(record["confidence"])
    if record.get("unverified"):
        sure = f"unverified: {record['unverified']}"
    told = (record["text"], counts, source, record["as_of"] or "", sure)
    return [cell(str(words)) for words in told]
