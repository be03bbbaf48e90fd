"""Exchange: a claim in the columns that import takes, written so that it comes back the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from factlog.claim import COLUMNS, DEFINED, Claim, Estimate, Hedge
from factlog.definition import Definition
from factlog.parsing import read_back, say
from factlog.wording import given, plain

Row = dict[str, str | Decimal | None]


def columns(*, defined: bool) -> tuple[str, ...]:
    """The columns of claims, with those of what they count where any says so."""
    return COLUMNS + DEFINED if defined else COLUMNS


def row(claim: Claim, *, defined: bool = False) -> Row:
    """One claim, column by column, in the order of `columns`; None where one stays empty.

    `value` holds the words as given wherever they read back to the same figure; else the
    figure in factlog's own words, or a number with plus, minus and coverage beside it.
    """
    said = claim.statement
    counts = claim.definition or Definition()
    words = (counts.counts, counts.includes, counts.excludes)
    return {
        "subject": said.subject,
        "measure": claim.measure or None,
        "source": said.source,
        **_value(claim.said, claim.estimate),
        "unit": claim.estimate.unit,
        "as_of": given(said.as_of) if said.as_of else None,
        "published": given(said.published) if said.published else None,
        "via": said.via,
        "url": said.url,
        "origin": claim.origin,
        "scope": claim.scope,
        "quote": said.quote,
        "note": claim.note,
        **(dict(zip(DEFINED, words, strict=True)) if defined else {}),
    }


def _value(said: str, estimate: Estimate) -> Row:
    """The value and, only where words cannot carry it, the numbers beside it."""
    blank: Row = dict.fromkeys(("value", "low", "high", "plus", "minus", "coverage"))
    for words in (said, say(estimate)):
        found = read_back(words, estimate.unit) if words else None
        if found == estimate:
            return {**blank, "value": words}
        if found and replace(found, coverage=estimate.coverage) == estimate:
            return {**blank, "value": words, "coverage": estimate.coverage}
    if estimate.hedge is Hedge.PLUS_MINUS and estimate.best is not None:
        arms: Row = {"plus": estimate.plus, "minus": estimate.minus, "coverage": estimate.coverage}
        return {**blank, "value": plain(estimate.best), **arms}
    return {**blank, "value": said}
