"""Evidence: a claim with everything that lets a reader go and check it."""

from __future__ import annotations

from dataclasses import dataclass

from factlog.claim import Claim
from factlog.render.amounts import said_of
from factlog.render.when import day


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as the report shows it; blank where nothing was given."""

    number: int | None
    said: str
    measure: str
    source: str
    origin: str
    scope: str
    as_of: str
    published: str
    via: str
    url: str
    quote: str
    note: str


def evidence(claim: Claim) -> Evidence:
    """Who said what, for when, where it can be read, and in which words."""
    said = claim.statement
    return Evidence(
        number=claim.id,
        said=said_of(claim),
        measure=claim.measure,
        source=said.source,
        origin=claim.origin or "",
        scope=claim.scope or "",
        as_of=day(said.as_of) if said.as_of else "",
        published=day(said.published) if said.published else "",
        via=said.via or "",
        url=said.url or "",
        quote=said.quote or "",
        note=claim.note or "",
    )
