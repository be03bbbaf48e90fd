"""The claims of a store as drafts, for another to take in.

A row that fits the log it was made by is one that factlog wrote: nearly all become a draft as
they are, which is far quicker than by way of a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from factlog.claim import uid_of_words
from factlog.errors import StoreError
from factlog.store import named, query, verify
from factlog.store.as_stored import NEXT, stored
from factlog.store.connection import LAST, Connection
from factlog.store.drafts import BATCH, NO_NAMES, Draft, Packed, Stored, draft, packed, plain_figure
from factlog.store.events import canonical
from factlog.store.rows import REPLACED, Values, estimate_of, is_kept, kept_days
from factlog.store.schema import COLUMNS

# Why each is withdrawn, None if it is not; and the claims. Or claims as they are stored, whatever
# was made of them.
Drafts = tuple[Sequence[str | None], Packed]
Offered = Iterator[Drafts | Stored]

_CLAIM = COLUMNS["claim"]
_FIGURE = _CLAIM[_CLAIM.index("said") : _CLAIM.index("note") + 1]
_STATEMENT = COLUMNS["statement"][COLUMNS["statement"].index("as_of") :]
_ROWS = f"""
select c.id, c.uid, c.recorded, c.retracted, c.replaced, c.thing, c.unit_said,
       case when c.measure_id is not null then coalesce(c.measure_given, measure.given, '') end,
       coalesce(s.subject_given, subject.given), coalesce(s.source_given, source.given),
       {", ".join(f"s.{column}" for column in _STATEMENT)},
       {", ".join(f"c.{column}" for column in _FIGURE)}
{NEXT}"""
_NAMES = 8  # where the names begin, before the dates of the statement
_DATES = _NAMES + 2
_SAID = _DATES + len(_STATEMENT)
_UNIT = _FIGURE.index("unit")
_THING = 5


def offered(connection: Connection, *, as_stored: bool = False) -> Offered:
    """The claims of a store as drafts, and why each is withdrawn; none at first, once it fits.

    With `as_stored`, those that make the rows they have are offered as these.
    """
    if wrong := unfit(connection):
        raise wrong
    yield (), packed([])
    last = missed = 0
    while True:
        found = stored(connection, last, BATCH) if as_stored and missed < _MISSED else None
        if found is not None and _stand(connection, found[1]):
            yield found[0]
            last = found[0].last
            continue
        missed += 1
        rows = connection.rows(_ROWS, (last, BATCH))
        if not rows:
            return
        yield _drafts(connection, rows)
        last = rows[-1][0]


def drafts_of(connection: Connection, as_they_are: Stored) -> Drafts:
    """Claims that were offered as they are stored, as drafts."""
    many = as_they_are.last - as_they_are.first + 1
    return _drafts(connection, connection.rows(_ROWS, (as_they_are.first - 1, many)))


def _drafts(connection: Connection, rows: Sequence[Any]) -> Drafts:
    made = packed([_draft(connection, row) for row in rows])
    return [withdrawn_for(row[3]) for row in rows], made


def _stand(connection: Connection, numbers: Sequence[int]) -> bool:
    """Whether each of these claims makes the row that it has."""
    for at in range(0, len(numbers), _SOME):
        some = numbers[at : at + _SOME]
        of_some = _ROWS.replace("c.id > ?", f"c.id in ({', '.join('?' * len(some))})")
        for row in connection.rows(of_some, (*some, len(some))):
            made, measure = _draft(connection, row), row[_NAMES - 1]
            if not (
                made.usual
                and made.uid == row[1]
                and made.statement == row[_NAMES:_SAID]
                and made.measure == (measure or "")
                and measure != ""
                and made.figure == row[_SAID:]
                and made.named == row[_THING : _THING + 2]
            ):
                return False
    return True


_SOME = 500
_MISSED = 5  # times, after which it is tried no more


def unfit(connection: Connection) -> StoreError | None:
    """What is wrong with a store that does not fit its log."""
    checked = verify.verify(connection, None)
    if checked.ok:
        return None
    return StoreError(
        f"{connection.path} was changed outside factlog: {checked.problem}",
        f"Look at it first: factlog --db {connection.path} log --verify",
    )


def withdrawn_for(retracted: str | None) -> str | None:
    """Why a claim is withdrawn, if a person has done that: one that was replaced is not."""
    return None if retracted == REPLACED else retracted


def _draft(connection: Connection, row: Any) -> Draft:
    made = _as_it_is(row)
    if made is None:  # as no row of factlog's making is
        return draft(next(query.by_rows(connection, [row[0]], as_given=True)))
    return made


def _as_it_is(row: Any) -> Draft | None:
    """What `draft` makes of the claim in a row; None for one that it may make otherwise."""
    number, uid, recorded, _retracted, replaced, thing, unit_said, measure, subject, source = row[
        :_DATES
    ]
    as_of, published = row[_DATES : _DATES + 3], row[_DATES + 3 : _DATES + 6]
    if not (
        (measure != "" and subject and source and replaced != number and number <= LAST)
        and (as_of[0] is None or kept_days(*as_of) == as_of)
        and (published[0] is None or kept_days(*published) == published)
    ):
        return None
    figure, (via, url, quote) = row[_SAID:], row[_SAID - 3 : _SAID]
    said, unit, (scope, origin, note) = figure[0], figure[_UNIT], figure[-3:]
    plain = plain_figure(said)
    if plain is not None and plain[0] == figure and not (thing or unit_said):
        usual, told, names = True, plain[1], NO_NAMES
    elif all(map(is_kept, filter(None, (*figure[3:6], *figure[8:11])))):
        usual, told = named.reads_as(said, estimate_of(*figure[1:12])), canonical(figure)[1:-1]
        names = (thing, unit_said) if thing or unit_said else named.names(said, unit)
    else:
        return None
    words = (subject, measure, source, said, unit, as_of[0], published[0])
    return Draft(
        uid_of_words((*words, via, url, origin, scope, quote, note)),
        usual,
        row[_NAMES:_SAID],
        measure or "",
        figure,
        names,
        (uid, recorded),
        None,
        (_encoded(row[_DATES:_SAID]), told, _encoded(names)),
    )


@lru_cache(maxsize=2_000)  # dates repeat from claim to claim, and most have nothing besides
def _encoded(values: Values) -> str:
    return canonical(values)[1:-1]
