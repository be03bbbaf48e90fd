"""Every version of a claim with what it counted then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from factlog.claim import Claim
from factlog.definition import Definition
from factlog.store import query
from factlog.store.connection import Connection
from factlog.store.payloads import TAKEN_BACK
from factlog.store.rows import REPLACED

_NEVER = "~"  # after every moment there is


class _Version(NamedTuple):
    """From when a version stood, and until when, if it stands no more."""

    since: str
    until: str
    row: int


class _Said(NamedTuple):
    """What was said that a claim counts, and when that was taken back, if it was."""

    since: str
    until: str
    counts: Definition


_State = tuple[int, _Said | None]


def versions(connection: Connection, number: int) -> tuple[Claim, ...]:
    """The versions of a claim, oldest first: one for each change of its words or of what it counts.

    The last is the claim as it stands now.
    """
    rows = query.versions(connection, number)
    claims = dict(zip(rows, query.by_rows(connection, rows), strict=True))
    now, states = rows[-1], _states(connection, rows)
    told: dict[tuple[int, str], Claim] = {}
    for row, said in states:
        key = row, str(said.counts if said else "")
        told.pop(key, None)  # each once, where it stood last
        gone = REPLACED if row == now else claims[row].retracted
        if said and said.until != _NEVER:
            gone = TAKEN_BACK
        told[key] = _since(_counting(claims[row], said, gone), said)
    return *list(told.values())[:-1], _counting(claims[now], states[-1][1], claims[now].retracted)


def _counting(claim: Claim, said: _Said | None, gone: str | None) -> Claim:
    known = said.counts if said and str(said.counts) else None
    return replace(claim, definition=known, retracted=gone)


def _since(claim: Claim, said: _Said | None) -> Claim:
    """An earlier version as of when it was first told so, be it only what it counts."""
    if said is None or claim.recorded is None:
        return claim
    return replace(claim, recorded=max(claim.recorded, datetime.fromisoformat(said.since)))


def _states(connection: Connection, rows: Sequence[int]) -> list[_State]:
    """The versions in these rows with what each counted, as they stood one after the other.

    Each is there, even if it stood for no time; the one that stands now comes last.
    """
    *stood, now = (_version(connection, row, last=row == rows[-1]) for row in rows)
    said = list(_said(connection, rows))
    moments = {moment for each in (*stood, now, *said) for moment in each[:2]} - {_NEVER}
    found = [(each.row, _last(said, each.since)) for each in stood]
    for moment in sorted(moments):
        there = [each for each in stood if each.since <= moment < each.until]
        if there or now.since <= moment:
            found.append((max(there, default=now).row, _last(said, moment)))
    return [*found, (now.row, next((each for each in said[::-1] if each.until == _NEVER), None))]


def _last(said: Sequence[_Said], moment: str) -> _Said | None:
    """What stood at this moment of all that was said."""
    there = (each for each in said[::-1] if each.since <= moment < each.until)
    return next(there, None)


def _version(connection: Connection, row: int, *, last: bool) -> _Version:
    """When a version stood: till it was taken back, or till the next one was made or made again."""
    since, taken_back, replaced, number = connection.row(_VERSION, (row,))
    if last or taken_back or (replaced or "") > since:
        return _Version(since, _NEVER if last else taken_back or replaced, row)
    edited = connection.value(_EDITED, (since, f"claim {number}: %"))
    return _Version(since, edited or since, row)


_VERSION = """
select c.recorded, e.at, r.recorded, coalesce(c.edits, c.id)
from claim c left join event e on e.id = c.undone left join claim r on r.id = c.replaced
where c.id = ?
"""
_EDITED = "select min(at) from event where action = 'edit' and at > ? and about like ?"


def _said(connection: Connection, rows: Sequence[int]) -> Iterator[_Said]:
    """All that was ever said that the claim in these rows counts, as it was said."""
    marks = ", ".join("?" * len(rows))
    found = connection.rows(f"{_SAID} ({marks}) order by d.at, d.id", rows)
    for since, until, *words in found:
        yield _Said(since, until or _NEVER, Definition(*words))


_SAID = """
select d.at, e.at, d.counts, d.includes, d.excludes
from definition d join claim c on c.uid = d.claim left join event e on e.id = d.undone
where c.id in
"""
