"""The claims of a store as drafts, for another to take in.

A row that fits the log it was made by is one that factlog wrote: nearly all become a draft as
they are, which is far quicker than by way of a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from factlog.claim import uid_of_words
from factlog.errors import StoreError
from factlog.store import named, query, verify
from factlog.store.connection import LAST, Connection
from factlog.store.drafts import BATCH, Draft, draft
from factlog.store.rows import REPLACED, Values, estimate_of, is_kept, kept_days
from factlog.store.schema import COLUMNS

# Why each is withdrawn, None if it is not; and the claims.
Offered = Iterator[tuple[Sequence[str | None], list[Draft]]]

_CLAIM = COLUMNS["claim"]
_FIGURE = _CLAIM[_CLAIM.index("said") : _CLAIM.index("note") + 1]
_STATEMENT = COLUMNS["statement"][COLUMNS["statement"].index("as_of") :]
_ROWS = f"""
select c.id, c.uid, c.recorded, c.retracted, c.replaced, c.thing, c.unit_said,
       case when c.measure_id is not null then coalesce(c.measure_given, measure.given, '') end,
       coalesce(s.subject_given, subject.given), coalesce(s.source_given, source.given),
       {", ".join(f"s.{column}" for column in _STATEMENT)},
       {", ".join(f"c.{column}" for column in _FIGURE)}
from claim c
join statement s on s.id = c.statement_id
join subject on subject.id = s.subject_id
join source on source.id = s.source_id
left join measure on measure.id = c.measure_id
where c.undone is null and c.id > ? order by c.id limit ?
"""  # noqa: S608
_NAMES = 8  # where the names begin, before the dates of the statement
_DATES = _NAMES + 2
_SAID = _DATES + len(_STATEMENT)
_READ = slice(_SAID + 1, _SAID + 12)


def offered(connection: Connection) -> Offered:
    """The claims of a store as drafts, and why each is withdrawn; none at first, once it fits."""
    if wrong := unfit(connection):
        raise wrong
    yield (), []
    last = 0
    while rows := connection.rows(_ROWS, (last, BATCH)):
        yield [_why(row[3]) for row in rows], [_draft(connection, row) for row in rows]
        last = rows[-1][0]


def unfit(connection: Connection) -> StoreError | None:
    """What is wrong with a store that does not fit its log."""
    checked = verify.verify(connection, None)
    if checked.ok:
        return None
    return StoreError(
        f"{connection.path} was changed outside factlog: {checked.problem}",
        f"Look at it first: factlog --db {connection.path} log --verify",
    )


def _why(retracted: str | None) -> str | None:
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
    read, figure = row[_READ], row[_SAID:]
    if not (
        (measure != "" and subject and source and replaced != number and number <= LAST)
        and (as_of[0] is None or kept_days(*as_of) == as_of)
        and (published[0] is None or kept_days(*published) == published)
        and all(map(is_kept, filter(None, (*read[2:5], *read[7:10]))))
    ):
        return None
    via, url, quote = row[_SAID - 3 : _SAID]
    said, unit, (scope, origin, note) = figure[0], read[-1], figure[-3:]
    told = (subject, measure, source, said, unit, as_of[0], published[0])
    return Draft(
        uid_of_words((*told, via, url, origin, scope, quote, note)),
        _is_usual(said, read),
        row[_NAMES:_SAID],
        measure or "",
        figure,
        (thing, unit_said) if thing or unit_said else named.names(said, unit),
        (uid, recorded),
        None,
    )


def _is_usual(said: str, read: Values) -> bool:
    if read[0] == "exact" and read[3] == said and read.count(None) == _ALONE and said.isdecimal():
        return True
    return named.reads_as(said, estimate_of(*read))


_ALONE = 7  # of how a number reads that stands alone, with nothing but its hedge
