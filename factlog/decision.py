"""What a person resolved to do about a disagreement: it settles nothing and changes no claim."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from factlog.values import dataclass


class DecisionKind(StrEnum):
    """What is to be done about figures that disagree."""

    PREFER = "prefer"
    RANGE = "range"
    VALUE = "value"
    PENDING = "pending"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Decision:
    """One measure of a subject, what was resolved about it, why and by whom.

    `claims` are the ids of those preferred, in order. `low` and `high` are the ends of what is
    to be used, in `unit`, None where nothing bounds it or nothing is to be used; `said` are
    the words of a value of one's own. `id`, `uid` and `at` come from the store, as does
    `stale_why`: what has changed since, in words, if the decision is stale, and `replaced_by`:
    the id of the next decision of the same measure, if there is one. `claims_stand` says whether
    all those preferred are still on record as they were, and `words_only` whether all of them
    give a mere word, as "dozens".
    """

    subject: str
    measure: str
    kind: DecisionKind
    reason: str
    by: str
    claims: tuple[int, ...] = ()
    said: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    review_on: date | None = None
    id: int | None = None
    uid: str = ""
    at: datetime | None = None
    stale_why: str | None = None
    replaced_by: int | None = None
    claims_stand: bool = True
    words_only: bool = False

    @property
    def stale(self) -> bool:
        """Whether it has to be looked at again."""
        return self.stale_why is not None
