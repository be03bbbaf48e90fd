"""An article in the inbox, and what its text seems to claim: kept until a person has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from factlog.values import dataclass


class ProposalState(StrEnum):
    """What has become of a proposal: nothing yet, a claim on record, or nothing for good."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SKIPPED = "skipped"


# What a proposal says, under the columns of `import`; blank where the text says nothing.
SURE = ("high", "medium", "low")  # how sure the reader of a text may be
SAYS = ("subject", "measure", "source", "value", "unit", "as_of", "via", "origin")


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """A claim that the text of an article seems to make, and what a person made of it.

    `start` and `end` are where its sentence stands in the text, `value_start` and `value_end`
    where its number does. `says` are the words of the claim by the names in SAYS. `unnamed`
    tells a source that the text leaves without a name. `claim` is the id of the claim that an
    accepted proposal became.
    """

    start: int
    end: int
    value_start: int
    value_end: int
    says: Mapping[str, str]
    confidence: str
    unnamed: bool = False
    state: ProposalState = ProposalState.WAITING
    claim: int | None = None
    id: int | None = None
    article: int | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should look twice: nobody is named, or the reading is not sure."""
        return self.unnamed or self.confidence == "low"


@dataclass(frozen=True, slots=True)
class Article:
    """A text that was put into the inbox, and what is known of it; None where nothing is.

    `id` and `at` come from the store, as do the counts of its proposals by their state.
    """

    text: str
    title: str
    subject: str | None = None
    outlet: str | None = None
    link: str | None = None
    published: str | None = None
    id: int | None = None
    at: datetime | None = None
    counts: Mapping[ProposalState, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many of its proposals nobody has decided on."""
        return self.counts.get(ProposalState.WAITING, 0)
