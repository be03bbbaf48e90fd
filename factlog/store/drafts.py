"""Claims as the values of their rows, worked out before it is known which rows these will be.

Nothing here asks the store, so that one process can make drafts while another records them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from factlog.claim import Claim, Estimate, fingerprint, uid_of_words
from factlog.store import named
from factlog.store.events import stamp
from factlog.store.named import Names
from factlog.store.rows import Values, estimate_of, figure_values, statement_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.definition import Definition


class Draft(NamedTuple):
    """A claim as it will stand in its row and that of its statement.

    `uid` is that of its words and `usual` whether these, by themselves, read as the claim does.
    `before` is the uid it was recorded with elsewhere, if it was, and when, and `definition` what
    it counts, if that is said with it.
    """

    uid: str
    usual: bool
    statement: Values
    measure: str
    figure: Values
    named: Names
    before: tuple[str, str | None]
    definition: Definition | None

    @property
    def reading(self) -> Values:
        """How the words read, in the order of `rows.READING`."""
        return self.figure[1:12]

    @property
    def estimate(self) -> Estimate:
        """How the words read."""
        return estimate_of(*self.reading)

    @property
    def uid_as_read(self) -> str:
        """The uid over the words and how they were read."""
        subject, source, as_of, _, _, published, _, _, via, url, quote = self.statement
        scope, origin, note = self.figure[-3:]
        told = (subject, self.measure, source, self.figure[0], self.figure[11], as_of, published)
        return uid_of_words((*told, via, url, origin, scope, quote, note), self.estimate)

    def texts(self) -> Iterator[str]:
        """Every text in it."""
        values = (*self.statement, self.measure, *self.figure, *self.named)
        return (value for value in values if isinstance(value, str))


def draft(claim: Claim) -> Draft:
    """A claim as the values of its rows; UsageError for what none can hold."""
    return Draft(
        fingerprint(claim),
        named.as_usual(claim),
        statement_values(claim.statement),
        claim.measure,
        figure_values(claim),
        named.of(claim),
        (claim.uid, stamp(claim.recorded) if claim.recorded else None),
        claim.definition,
    )


BATCH = 2_000


def drafted(claims: Iterable[Claim]) -> Iterator[list[Draft]]:
    """The claims as drafts, so many at a time."""
    making = map(draft, claims)
    while batch := list(islice(making, BATCH)):
        yield batch
