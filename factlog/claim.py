"""What was said: the values a record is made of, exactly as given.

Nothing here is interpreted. What a claim is taken to mean lives in `policy`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache

from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hashlib import _Hash as HASH

    from factlog.definition import Definition

# The columns that claims come in by and go out by, in files of rows.
COLUMNS = (
    "subject",
    "measure",
    "source",
    "value",
    "low",
    "high",
    "plus",
    "minus",
    "coverage",
    "unit",
    "as_of",
    "published",
    "via",
    "url",
    "origin",
    "scope",
    "quote",
    "note",
)
# Those of what a claim counts, which a file has only where one of its claims says so.
DEFINED = ("definition", "includes", "excludes")


class Hedge(StrEnum):
    """How firmly a number was stated."""

    __hash__ = str.__hash__  # that of its value, and not worked out each time

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    PLUS_MINUS = "plus_minus"
    VAGUE = "vague"


class Leaning(StrEnum):
    """Which way a near miss leans: "nearly" and "just under" lie below, "just over" above."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number as stated: a hedge, the ends that were given, and what was counted.

    A side nobody stated is None. Exact and about: `best`. Bounds: the one end.
    Range (and "about A to B", hedge about): `low` and `high`, with `best` if one was
    named. Plus-minus: `best` with `plus`, `minus` (both positive or zero) and their
    `coverage` (0.683 for standard errors, 0.95 for a 95% interval, None if unlabelled).
    Vague: `low` and `high` of the word. `low_open` / `high_open` mark an end that is
    itself excluded ("more than 300").
    """

    hedge: Hedge
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    plus: Decimal | None = None
    minus: Decimal | None = None
    coverage: Decimal | None = None
    side: Leaning | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number found in words: the words of the value, how they read, what was counted.

    "around 300 North Korean soldiers killed" has said "around 300" and thing
    "North Korean soldiers killed". `unit_said` is the unit as the words write it.
    """

    said: str
    estimate: Estimate
    thing: str | None = None
    unit_said: str | None = None


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The plain words for an estimate, and the unit to be given beside them, if any."""

    text: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A date as given, and the days it covers; None at an end that is open.

    "2025-01" covers 1 to 31 January 2025; "../2025-01-13" has no first day.
    """

    said: str
    first: date | None
    last: date | None

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, an open end being the earliest or latest day there is."""
        return self.first or date.min, self.last or date.max


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance: who spoke about what, when it was for, when and where it was said."""

    subject: str
    source: str
    as_of: Period | None = None
    published: Period | None = None
    via: str | None = None
    url: str | None = None
    quote: str | None = None

    @property
    def when(self) -> Period | None:
        """The date the figures are for: as_of, else published; None for an undated one."""
        return self.as_of or self.published


@dataclass(frozen=True, slots=True)
class Claim:
    """One number in a statement.

    `said` holds the words or digits of the value as given; `estimate` is how they read.
    `measure` may be blank. `thing` is what was counted, and `unit_said` the unit, as written
    in the words; None where the words name none. `id`, `uid`, `recorded` and `retracted` (the
    reason) come from the store and are None or blank on a claim that has not been recorded.
    `definition` is what it counts, where that comes in or goes out with it: a store holds it
    beside its claims. `cited` is the name that `origin` goes by, where the store knows it as
    another name of a source. `counted_with` is the source whose errors it repeats, where the two
    are counted as one voice; nobody stated that.
    """

    statement: Statement
    said: str
    estimate: Estimate
    measure: str = ""
    scope: str | None = None
    origin: str | None = None
    note: str | None = None
    id: int | None = None
    uid: str = ""
    recorded: datetime | None = None
    retracted: str | None = None
    thing: str | None = None
    unit_said: str | None = None
    definition: Definition | None = None
    cited: str | None = None
    counted_with: str | None = None

    @property
    def voice(self) -> str | None:
        """Whom it cites, by the one name of that source; None if nobody."""
        return self.cited or self.origin


def defining(claims: Iterable[Claim], known: Mapping[int, Definition]) -> Iterator[Claim]:
    """Claims with what they count, as far as that is known, by their ids."""
    for claim in claims:
        counts = known.get(claim.id or 0)
        yield replace(claim, definition=counts) if counts else claim


def fingerprint(claim: Claim, *, reading: bool = False) -> str:
    """A claim's uid: 32 hex digits of SHA-256 over its words as given.

    Names are taken as given, never as resolved, so an alias changes no uid and the same
    words recorded on two machines get the same one. With `reading`, also over how they were
    read: so for words that do not read so by themselves ("1.234" under a locale).
    """
    said = claim.statement
    if not reading and claim.estimate.unit is None and (told := _briefly(claim)):
        return _uid(told)
    words = (
        said.subject,
        claim.measure,
        said.source,
        claim.said,
        claim.estimate.unit,
        said.as_of.said if said.as_of else None,
        said.published.said if said.published else None,
        said.via,
        said.url,
        claim.origin,
        claim.scope,
        said.quote,
        claim.note,
    )
    return uid_of_words(words, claim.estimate if reading else None)


def uid_of_words(words: Iterable[str | None], read: Estimate | None = None) -> str:
    """The uid of the words of a claim, in the order in which `fingerprint` takes them."""
    taken = words if read is None else (*words, *_reading(read))
    # Each word carries its length, so that no two different claims run together alike.
    told = "".join([f"{len(word)}:{word}" if word else "0:" for word in taken])
    return _uid(told)


def _briefly(claim: Claim) -> str | None:
    """What `uid_of_words` takes the uid of, where a claim says but who, what and when."""
    said, what, measure = claim.statement, claim.said, claim.measure
    if (said.published, said.via, said.url, said.quote) != _NOTHING or not (
        claim.origin is claim.scope is claim.note is None
    ):
        return None
    by, subject, day = said.source, said.subject, said.as_of.said if said.as_of else ""
    return (
        f"{len(subject)}:{subject}{len(measure)}:{measure}{len(by)}:{by}{len(what)}:{what}0:"
        f"{len(day)}:{day}0:0:0:0:0:0:0:"
    )


_NOTHING = (None,) * 4


def _uid(told: str) -> str:
    return _sha256()(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _sha256() -> Callable[[bytes], HASH]:
    from hashlib import sha256  # loads OpenSSL, which reading commands do without

    return sha256


def _reading(read: Estimate) -> tuple[str, ...]:
    """How words were read, number by number; what is equal is told alike: 5.0 as 5."""
    ends = (read.low, read.best, read.high, read.plus, read.minus, read.coverage)
    opened = f"{read.low_open:d}{read.high_open:d}"
    return (read.hedge.value, read.side.value if read.side else "", opened, *map(_told, ends))


def _told(number: Decimal | None) -> str:
    if number is None or not number.is_finite():
        return ""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    plain = "".join(map(str, digits))
    kept = plain.rstrip("0")
    return f"{'-' * sign}{kept}e{exponent + len(plain) - len(kept)}" if kept else "0"
