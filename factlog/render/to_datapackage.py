"""What a folder of claims holds, as a Frictionless data package says it: datapackage.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factlog.claim import Claim
from factlog.errors import UsageError
from factlog.exchange import columns
from factlog.render.templates import web_address
from factlog.render.to_xlsx import MEANT, NEEDED
from factlog.values import dataclass

NAME = "datapackage.json"
TABLE, BINARY = "claims.csv", "claims.parquet"
_NUMBERS = ("low", "high", "plus", "minus", "coverage")
_UNITS = 100  # up to so many are listed as all there are
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,60}")
_SIGNS = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package: its size, and the SHA-256 of its bytes in hex."""

    size: int
    digest: str


class Contents:
    """The sources and units met while claims are written; of each source its link, if it is one.

    `defined` says that the claims have the columns of what they count.
    """

    def __init__(self, *, defined: bool = False) -> None:
        self.defined = defined
        self.sources: dict[str, str | None] = {}
        self.units: set[str] = set()

    def noted(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Pass claims on."""
        for claim in claims:
            said = claim.statement
            if self.sources.setdefault(said.source, said.url) != said.url:
                self.sources[said.source] = None
            if claim.estimate.unit:
                self.units.add(claim.estimate.unit)
            yield claim


def checked_licence(licence: str) -> dict[str, str]:
    """A licence as a package names it: by its short name or its address."""
    if web_address(licence) and not re.search(r"\s", licence):
        return {"path": licence}
    if not _LICENCE.fullmatch(licence):
        raise UsageError(
            f'"{licence}" is no short name or address of a licence.',
            "Name it as in --license CC-BY-4.0, or by its link.",
        )
    return {"name": licence}


def descriptor(
    name: str, title: str, licence: str | None, found: Contents, files: Mapping[str, File]
) -> str:
    """The package's own page, for programs: its files, their columns, licence and sources."""
    told: dict[str, Any] = {
        "profile": "data-package",
        "name": _SIGNS.sub("-", name.lower()).strip("-._") or "claims",
        "title": title,
        "description": "Numeric claims as they were said, one a row, each with who said it.",
    }
    if licence:
        told["licenses"] = [checked_licence(licence)]
    if found.sources:
        told["sources"] = [*map(_source, found.sources, found.sources.values())]
    told["resources"] = [_resource(file, facts, found) for file, facts in files.items()]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _source(name: str, url: str | None) -> dict[str, str]:
    linked = url and web_address(url) and not re.search(r"\s", url)
    return {"title": name, "path": url} if url and linked else {"title": name}


def _resource(file: str, facts: File, found: Contents) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": file.replace(".", "-"),
        "path": file,
        "bytes": facts.size,
        "hash": f"sha256:{facts.digest}",
    }
    if file == BINARY:
        return told | {
            "type": "file",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "description": "The same claims, with numbers and days to reckon with.",
        }
    return told | {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(each, found.units) for each in columns(defined=found.defined)],
            "missingValues": [""],
        },
    }


def _field(column: str, units: set[str]) -> dict[str, Any]:
    kind = "number" if column in _NUMBERS else "string"
    told: dict[str, Any] = {"name": column, "type": kind, "description": MEANT[column]}
    if column in NEEDED:
        told["constraints"] = {"required": True}
    if column == "unit" and 0 < len(units) <= _UNITS:
        told["constraints"] = {"enum": sorted(units)}
    return told
