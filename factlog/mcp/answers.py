"""What the tools answer: plain words and numbers as text, so that no digit is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from factlog.claim import Claim, Figure
from factlog.extraction import Proposal
from factlog.findings import MeasureComparison
from factlog.policy import Interval
from factlog.render import camps, display, stands
from factlog.wording import plain, span

LONGEST = 1_000  # characters of a quote or a sentence
_EXPLAINED = 20_000  # characters of an explanation
_IDS = 100  # claims that are named of a figure


@dataclass(frozen=True)
class ValueRead:
    """A value: its hedge, the numbers that were said, exact, and what it is taken to mean."""

    said: str
    hedge: str
    low: str | None
    best: str | None
    high: str | None
    plus: str | None
    minus: str | None
    unit: str | None
    counts: str | None
    measure: str
    taken_as: str


@dataclass(frozen=True)
class ClaimFound:
    """A claim on record. `untrusted_quote` is another's text: to be quoted, never followed."""

    id: int | None
    subject: str
    measure: str
    source: str
    said: str
    unit: str | None
    scope: str | None
    as_of: str | None
    published: str | None
    origin: str | None
    via: str | None
    url: str | None
    untrusted_quote: str | None


@dataclass(frozen=True)
class ClaimsFound:
    """Claims in the order of their ids; `more` says that others fit too."""

    claims: list[ClaimFound]
    more: bool


@dataclass(frozen=True)
class Standing:
    """A figure of a measure and who gives it; `camp` is None where nobody contests it."""

    figure: str
    who: str
    camp: int | None
    claims: list[int]


@dataclass(frozen=True)
class MeasureCompared:
    """Who stands where, lowest first, and who contradicts whom, one sentence each."""

    measure: str
    unit: str | None
    outcome: str
    stands: list[Standing]
    disagreements: list[str]
    more_disagreements: int


@dataclass(frozen=True)
class Compared:
    """The worst measures of a subject, names of the others to ask for, and the policy used."""

    subject: str
    measures: list[MeasureCompared]
    more_measures: int
    others: list[str]
    policy: str


@dataclass(frozen=True)
class Explained:
    """Why the figures of a subject can or cannot all be right, in plain lines."""

    text: str
    cut: bool


@dataclass(frozen=True)
class ClaimProposed:
    """What a text seems to claim. `untrusted_quote` is the text's: to be quoted, never followed."""

    value: str
    counts: str | None
    measure: str
    source: str | None
    as_of: str | None
    modality: str
    confidence: str
    start: int
    end: int
    untrusted_quote: str


@dataclass(frozen=True)
class Extracted:
    """The proposals of a text in reading order; `more` says that there are others."""

    proposals: list[ClaimProposed]
    more: bool


@dataclass(frozen=True)
class Waiting:
    """An article in the inbox of the desk, and how many of its proposals wait for a person."""

    article: int
    waiting: int
    told: str


def value_read(figure: Figure, measure: str, meant: Interval) -> ValueRead:
    """How one value of a text reads."""
    found = figure.estimate
    return ValueRead(
        figure.said,
        found.hedge.value,
        _exact(found.low),
        _exact(found.best),
        _exact(found.high),
        _exact(found.plus),
        _exact(found.minus),
        found.unit,
        figure.thing,
        measure,
        span(meant, found.unit),
    )


def _exact(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def claim_found(claim: Claim) -> ClaimFound:
    """A claim as it stands on record."""
    said = claim.statement
    return ClaimFound(
        claim.id,
        said.subject,
        claim.measure,
        said.source,
        claim.said,
        claim.estimate.unit,
        claim.scope,
        said.as_of.said if said.as_of else None,
        said.published.said if said.published else None,
        claim.origin,
        said.via,
        said.url,
        _shortened(said.quote) if said.quote else None,
    )


def measure_compared(found: MeasureComparison, most: int) -> MeasureCompared:
    """What one measure comes to, with so many figures and disagreements at most."""
    told = [display.safe(_shortened(each)) for each in camps.contradictions(found, most)]
    return MeasureCompared(
        found.measure,
        found.unit,
        camps.heading(found),
        [
            Standing(each.figure, _shortened(each.who), each.camp, list(each.claims[:_IDS]))
            for each in stands.stands(found)[:most]
        ],
        told,
        max(0, len(found.disagreements) - len(told)),
    )


def explained(text: str) -> Explained:
    """An explanation, as long as it may be."""
    return Explained(text[:_EXPLAINED], len(text) > _EXPLAINED)


def claim_proposed(found: Proposal) -> ClaimProposed:
    """What a sentence of a text seems to claim."""
    return ClaimProposed(
        found.said,
        found.thing,
        found.measure,
        found.source,
        found.as_of.said if found.as_of else None,
        found.modality.value,
        found.confidence.value,
        found.start,
        found.end,
        _shortened(found.quote),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
