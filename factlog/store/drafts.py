"""Claims as the values of their rows, worked out before it is known which rows these will be.

Nothing here asks the store, so that one process can make drafts while another records them.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from factlog.claim import Claim, Estimate, Period, Statement, fingerprint, uid_of_words
from factlog.parsing import at_once
from factlog.store import named
from factlog.store.events import canonical, stamp
from factlog.store.named import Names
from factlog.store.rows import Values, estimate_of, figure_values, statement_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.definition import Definition


class Draft(NamedTuple):
    """A claim as it will stand in its row and that of its statement.

    `uid` is that of its words and `usual` whether these, by themselves, read as the claim does.
    `before` is the uid it was recorded with elsewhere, if it was, and when, and `definition` what
    it counts, if that is said with it. `told` is the JSON text of the values that follow the names
    of the statement, that of the figure and that of what is named, for the digests of their rows.
    """

    uid: str
    usual: bool
    statement: Values
    measure: str
    figure: Values
    named: Names
    before: tuple[str, str | None]
    definition: Definition | None
    told: tuple[str, str, str] | None = None

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

    def encoded(self) -> tuple[str, str, str]:
        """What `told` is."""
        days, figure, named = (
            canonical(each)[1:-1] for each in (self.statement[2:], self.figure, self.named)
        )
        return days, figure, named

    def texts(self) -> Iterator[str]:
        """Every text in it."""
        values = (*self.statement, self.measure, *self.figure, *self.named)
        return (value for value in values if isinstance(value, str))


def draft(claim: Claim) -> Draft:
    """A claim as the values of its rows; UsageError for what none can hold."""
    statement, days = _statement(claim.statement)
    plain = _plain_figure(claim)
    if plain is not None:
        usual, (figure, told), names, named_so = True, plain, NO_NAMES, NO_NAMES_TOLD
    else:
        usual = named.as_usual(claim)
        figure, told = _encoded(figure_values(claim))
        names, named_so = _encoded(named.of(claim))
    before = (claim.uid, stamp(claim.recorded) if claim.recorded else None)
    return Draft(
        *(fingerprint(claim), usual, statement, claim.measure, figure, names, before),
        *(claim.definition, (days, told, named_so)),
    )


Encoded = tuple[Values, str]  # values, and the JSON text of each


def _encoded(values: Values) -> Encoded:
    return values, canonical(values)[1:-1]


NO_NAMES: Names = (None, None)
NO_NAMES_TOLD = "null,null"
_EXACT = 15  # digits of a whole number, which binary numbers hold as it is


def _plain_figure(claim: Claim) -> Encoded | None:
    """What `figure_values` gives for the words that most claims have, and nothing besides them."""
    besides = (claim.scope, claim.origin, claim.note, claim.thing, claim.unit_said)
    if besides != _NOTHING_BESIDES:
        return None
    said, read = claim.said, claim.estimate
    found = at_once(said)
    if found is None or not (found.estimate is read or named.alike(found.estimate, read)):
        return None
    return _plain(said, read)


def plain_figure(said: str) -> Encoded | None:
    """The figure of words like those that most claims have, read by themselves, without more."""
    found = at_once(said)
    return None if found is None else _plain(said, found.estimate)


def _plain(said: str, read: Estimate) -> Encoded | None:
    return _one_number(said, read) if read.low is None and read.high is None else _ends(said, read)


_NOTHING_BESIDES = (None,) * 5


def _one_number(said: str, read: Estimate) -> Encoded | None:
    digits, hedge = str(read.best), read.hedge._value_
    if not digits.isdigit() or len(digits) > _EXACT:
        return None
    real = float(digits)
    # fmt: off
    return (
        said, hedge, None, None, digits, None, 0, 0, None, None, None, None,
        None, real, None, None, None, real, real, None, None, None,
    ), (
        f'"{said}","{hedge}",null,null,"{digits}",null,0,0,null,null,null,null,'
        f"null,{digits}.0,null,null,null,{digits}.0,{digits}.0,null,null,null"
    )
    # fmt: on


def _ends(said: str, read: Estimate) -> Encoded | None:
    low, high = (None if end is None else str(end) for end in (read.low, read.high))
    for digits in filter(None, (low, high)):
        if not digits.isdigit() or len(digits) > _EXACT:
            return None
    hedge, low_open, high_open = read.hedge._value_, int(read.low_open), int(read.high_open)
    first, last = (None if end is None else float(end) for end in (low, high))
    low_said, first_said = ("null", "null") if low is None else (f'"{low}"', first)
    high_said, last_said = ("null", "null") if high is None else (f'"{high}"', last)
    # fmt: off
    return (
        said, hedge, None, low, None, high, low_open, high_open, None, None, None, None,
        first, None, last, None, None, first, last, None, None, None,
    ), (
        f'"{said}","{hedge}",null,{low_said},null,{high_said},{low_open},{high_open},'
        f"null,null,null,null,{first_said},null,{last_said},null,null,{first_said},{last_said},"
        "null,null,null"
    )
    # fmt: on


def _statement(said: Statement) -> Encoded:
    """What `statement_values` gives, and the JSON text of what follows the names."""
    as_of = said.as_of
    more = (said.published, said.via, said.url, said.quote)
    if as_of is not None and more == _NOTHING_MORE:
        days, told = _days(as_of.said, as_of.first, as_of.last)
        return (said.subject, said.source, *days), told
    values = statement_values(said)
    return values, _encoded(values[2:])[1]


_NOTHING_MORE = (None,) * 4


@lru_cache(maxsize=2_000)  # dates repeat from claim to claim
def _days(said: str, first: date | None, last: date | None) -> Encoded:
    return _encoded(statement_values(Statement("", "", Period(said, first, last)))[2:])


BATCH = 2_000


def drafted(claims: Iterable[Claim]) -> Iterator[list[Draft]]:
    """The claims as drafts, so many at a time."""
    making = map(draft, claims)
    while batch := list(islice(making, BATCH)):
        yield batch


class Stored(NamedTuple):
    """Claims with consecutive numbers, and statements of them, as another store has them.

    `words` are those of the first and the last of the statements, in the order of Draft.statement.
    """

    first: int
    last: int
    statements: tuple[int, int]
    uids: Sequence[str]
    words: tuple[Values, Values]


Packed = bytes | list[Draft]


def packed(batch: list[Draft]) -> Packed:
    """Drafts as another process of the same Python takes them soonest."""
    try:
        return marshal.dumps([tuple(each) for each in batch])
    except ValueError:  # a definition among them
        return batch


def unpacked(packed: Packed) -> list[Draft]:
    """The drafts again."""
    if not isinstance(packed, bytes):
        return packed
    return [*map(Draft._make, marshal.loads(packed))]  # noqa: S302 - of a process of our own
