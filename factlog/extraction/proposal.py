"""A proposal: one claim that a text seems to make, for a person to accept, mend or skip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from factlog.article import SAYS, KeptProposal
from factlog.claim import Claim, Estimate, Period, Statement
from factlog.extraction.modality import Modality
from factlog.parsing.unit_words import as_written
from factlog.values import dataclass

UNATTRIBUTED = "unattributed"  # the source of what a reporter says in their own voice


class Confidence(StrEnum):
    """How sure the reader of the text is that the claim is whole and right."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def reaches(self, least: Confidence) -> bool:
        """Whether it is at least this sure."""
        order = list(Confidence)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One claim as a text makes it, and where it stands there.

    `quote` is the sentence, word for word: the text from `start` to `end`. `text` holds the
    words of the value as they stand; `said` is what reads as `estimate`, and differs where a
    hedge or unit carries over from a number before ("around 300 killed and 2,700 injured").
    `source` is the tidy name, `source_text` the words it was made from; both are None for
    what the reporter states without a source. `modality` says whether the text states the
    number at all. `language` is a guess from the commonest words,
    None where they are of no language that is known. `unverified` says why a proposal of an outside
    program could not be found in the text.
    """

    quote: str
    start: int
    end: int
    text: str
    said: str
    estimate: Estimate
    thing: str | None = None
    measure: str = ""
    subject: str | None = None
    source: str | None = None
    source_text: str | None = None
    unnamed: bool = False
    via: str | None = None
    origin: str | None = None
    as_of: Period | None = None
    confidence: Confidence = Confidence.LOW
    rules: tuple[str, ...] = ()
    modality: Modality = Modality.STATES
    language: str | None = "en"
    at: int | None = None  # where `text` begins
    unverified: str | None = None


def claim(
    proposal: Proposal,
    *,
    subject: str,
    published: Period | None = None,
    via: str | None = None,
    url: str | None = None,
) -> Claim:
    """The claim to record for a proposal that a person has accepted.

    `subject` is what the text is about, used where the proposal names none; `via` the outlet
    that printed it, used where the text names none.
    """
    statement = Statement(
        subject=proposal.subject or subject,
        source=proposal.source or UNATTRIBUTED,
        as_of=proposal.as_of,
        published=published,
        via=proposal.via or via,
        url=url,
        quote=" ".join(proposal.quote.split()),
    )
    unit = proposal.estimate.unit
    return Claim(
        statement,
        proposal.said,
        proposal.estimate,
        proposal.measure,
        origin=proposal.origin,
        thing=proposal.thing,
        note=_note(proposal) or None,
        unit_said=as_written(proposal.said, unit) if unit else None,
    )


def _note(proposal: Proposal) -> str:
    """What whoever meets the claim must know: that the text does not state it as a fact."""
    if proposal.unverified:
        return f"unverified: {proposal.unverified}"
    states = proposal.modality is Modality.STATES
    return "" if states else f"modality: {proposal.modality.value}"


_OF_ESTIMATE = ("hedge", "low", "best", "high", "unit")
KEYS = (
    *("quote", "start", "end", "text", *_OF_ESTIMATE, "thing", "measure", "subject", "source"),
    *("source_text", "unnamed", "via", "as_of", "confidence", "rules", "modality", "language"),
)


def to_json(proposal: Proposal) -> dict[str, object]:
    """One proposal under the keys it is written out with; `origin` only where there is one."""
    row: dict[str, object] = {
        key: getattr(proposal.estimate if key in _OF_ESTIMATE else proposal, key) for key in KEYS
    }
    row["measure"] = proposal.measure or None
    row["as_of"] = proposal.as_of.said if proposal.as_of else None
    row["rules"] = list(proposal.rules)
    for key in ("origin", "unverified"):
        if said := getattr(proposal, key):
            row[key] = said
    return row


def to_row(
    proposal: Proposal,
    *,
    subject: str,
    published: Period | None = None,
    via: str | None = None,
    url: str | None = None,
) -> dict[str, str]:
    """One proposal under import's columns, blank where nothing was stated.

    `subject` stands where the proposal names none, as import needs one; `via` is the outlet
    that printed the text, used where the text names none. The note tells what the
    text does not state as a fact, and why an outside program's proposal is unverified.
    """
    return {
        "subject": proposal.subject or subject,
        "measure": proposal.measure,
        "source": proposal.source or UNATTRIBUTED,
        "value": proposal.said,
        "unit": proposal.estimate.unit or "",
        "as_of": proposal.as_of.said if proposal.as_of else "",
        "published": published.said if published else "",
        "via": proposal.via or via or "",
        "url": url or "",
        "origin": proposal.origin or "",
        "quote": " ".join(proposal.quote.split()),
        "note": _note(proposal),
    }


def for_inbox(found: Iterable[Proposal]) -> Iterator[KeptProposal]:
    """Proposals as they wait in the inbox for a person; of a text without a subject blank there."""
    for each in found:
        at = each.start if each.at is None else each.at
        row = to_row(each, subject="")
        says = {name: row.get(name, "") for name in SAYS}
        yield KeptProposal(
            *(each.start, each.end, at, at + len(each.text), says),
            *(each.confidence.value, each.unnamed or each.source is None),
        )
