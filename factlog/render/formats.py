"""The formats a comparison can be written in, by name, and the suffixes that ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from types import MappingProxyType

from factlog.findings import Comparison
from factlog.render.display import Look

Comparisons = Iterable[Comparison]
Writer = Callable[[Comparisons, Look], Iterator[str]]

# Each loads what it needs when it is called: a table needs no JSON, and only HTML needs jinja2.


def _table(found: Comparisons, look: Look) -> Iterator[str]:
    from factlog.render import camps

    for each in found:
        if look.full:
            from factlog.render import side_by_side

            yield camps.lead(each, look)
            yield side_by_side.comparison(each, look)
        else:
            yield camps.comparison(each, look)


def _rows(found: Comparisons, look: Look, delimiter: str) -> Iterator[str]:
    from factlog.render import to_csv

    write = to_csv.comparison_wide if look.wide else to_csv.comparison
    return write(found, delimiter=delimiter)


def _json(found: Comparisons, _: Look) -> Iterator[str]:
    from factlog.render import to_json

    return chain.from_iterable(map(to_json.comparison, found))


def _jsonl(found: Comparisons, _: Look) -> Iterator[str]:
    from factlog.render import to_json

    return to_json.comparison_jsonl(found)


def _md(found: Comparisons, _: Look) -> Iterator[str]:
    from factlog.render import templates

    return map(templates.comparison_md, found)


def _html(found: Comparisons, _: Look) -> Iterator[str]:
    from factlog.render import templates

    return map(templates.comparison_html, found)


FORMATS: Mapping[str, Writer] = MappingProxyType(
    {
        "table": _table,
        "csv": partial(_rows, delimiter=","),
        "tsv": partial(_rows, delimiter="\t"),
        "json": _json,
        "jsonl": _jsonl,
        "md": _md,
        "html": _html,
    }
)

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "csv",
        ".tsv": "tsv",
        ".json": "json",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".md": "md",
        ".html": "html",
        ".htm": "html",
        ".txt": "table",
        ".xlsx": "xlsx",
    }
)
