"""What two stores take names for and measures to be, brought together without guessing.

Whatever only one store says is taken over. Where the two say different things neither is
taken, and the difference is reported: so it makes no odds which store is merged into which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factlog.names import clean
from factlog.store import naming
from factlog.store.connecting import Connection
from factlog.store.journal import Entry
from factlog.store.naming import DEFINITION, KINDS
from factlog.store.reports import Difference

_AT_ONCE = 500


def spellings(entry: Entry, other: Connection) -> None:
    """Make rows for the names only the other store has, spelled as they were first given there."""
    for kind in KINDS:
        last = 0
        while rows := naming.known_after(other, kind, last, _AT_ONCE):
            marks = f"({', '.join('?' * len(rows))})"
            sql = "select key from NAMES where key in ".replace("NAMES", kind) + marks
            here = {row[0] for row in entry.connection.rows(sql, [row[1] for row in rows])}
            for _id, key, given in rows:
                if key not in here:
                    naming.make(entry, kind, given)
            last = rows[-1][0]


def names(entry: Entry, other: Connection) -> Iterator[Difference]:
    """Bring together the aliases, names and definitions of both stores."""
    for kind in KINDS:
        yield from _aliases(entry, other, kind)
        yield from _spellings(entry, other, kind)
    yield from _definitions(entry, other)


def _aliases(entry: Entry, other: Connection, kind: str) -> Iterator[Difference]:
    here, there = _standing(entry.connection, kind), _standing(other, kind)
    joined, disputed = agreed(here, there)
    given = _given(other, kind) | _given(entry.connection, kind)
    rows = {key: _row(entry, kind, key, given) for key in {*joined, *joined.values(), *disputed}}
    for key, target in joined.items():
        entry.update(kind, rows[key], {"same_as": rows[target]})
    for target in set(joined.values()):
        entry.update(kind, rows[target], {"same_as": None})
    for key in disputed:
        if key not in joined:
            entry.update(kind, rows[key], {"same_as": None})
        outcome = f'"{given[joined[key]]}"' if key in joined else "neither, until you say which"
        yield Difference(
            *(kind, given[key], given[here[key]], given[there[key]], outcome),
            settled=key in joined,
        )


def agreed(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What each name stands for by both stores, and the names they take for different things.

    Names the two take for one thing, but call differently, are both disputed and joined.
    """
    joined: dict[str, str] = {}
    two: list[str] = []
    for key in sorted({*here, *there}):
        targets = {side[key] for side in (here, there) if key in side}
        if len(targets) > 1:
            two.append(key)
        elif _end(joined, target := targets.pop()) != key:
            joined[key] = target
    disputed = []
    for key in two:
        one, another = _end(joined, here[key]), _end(joined, there[key])
        if one == another and one != key:
            joined[key] = one
        else:
            disputed.append(key)
    return {key: _end(joined, key) for key in joined}, disputed


def _end(joined: Mapping[str, str], key: str) -> str:
    while key in joined:
        key = joined[key]
    return key


def _standing(connection: Connection, kind: str) -> dict[str, str]:
    """For each name that stands for another: the one it stands for, both as keys."""
    sql = "select a.key, t.key from NAMES a join NAMES t on t.id = a.same_as"
    return dict(connection.rows(sql.replace("NAMES", kind)))


def _given(connection: Connection, kind: str) -> dict[str, str]:
    """How the names that stand for another, or are stood for, are spelled."""
    sql = (
        "select key, name from NAMES where same_as is not null or id in (select same_as from NAMES)"
    )
    return dict(connection.rows(sql.replace("NAMES", kind)))


def _row(entry: Entry, kind: str, key: str, given: Mapping[str, str]) -> int:
    row = naming.row_of(entry.connection, kind, key)
    return row[0] if row else naming.make(entry, kind, given[key])


def _spellings(entry: Entry, other: Connection, kind: str) -> Iterator[Difference]:
    """One spelling for a name written differently: a chosen one before one as first given."""
    last = 0
    every = "select id, key, name, given from NAMES where id > ? order by id limit ?"
    sql = every.replace("NAMES", kind)
    ours = "select key, id, name, given from NAMES where key in ".replace("NAMES", kind)
    while rows := other.rows(sql, (last, _AT_ONCE)):
        marks = f"({', '.join('?' * len(rows))})"
        found = {
            row[0]: row[1:] for row in entry.connection.rows(ours + marks, [r[1] for r in rows])
        }
        for _id, key, name, given in rows:
            if key in found and found[key][1] != name:
                yield from _spelling(entry, kind, found[key], (name, given))
        last = rows[-1][0]


def _spelling(entry: Entry, kind: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    number, here, given_here = ours
    there, given_there = theirs
    chosen_here, chosen_there = here != clean(given_here), there != clean(given_there)
    chosen = here if chosen_here else there
    taken = min(here, there) if chosen_here == chosen_there else chosen
    entry.update(kind, number, {"name": taken})
    if chosen_here and chosen_there:
        yield Difference(kind, taken, here, there, f'"{taken}"')


def _definitions(entry: Entry, other: Connection) -> Iterator[Difference]:
    """Take over what only the other store defines; where both do and differ, neither stands."""
    columns = ", ".join(DEFINITION)
    sql = f"select name, {columns} from measure where kind is not null and same_as is null"  # noqa: S608
    for name, *there in other.rows(sql):
        found = naming.find(entry.connection, "measure", name)
        number = found.id if found else naming.make(entry, "measure", name)
        shown = found.name if found else name
        here = list(
            entry.connection.row(f"select {columns} from measure where id = ?", (number,))  # noqa: S608
        )
        if here == there:
            continue
        taken = [None] * len(here) if here[0] is not None else there
        entry.update("measure", number, dict(zip(DEFINITION, taken, strict=True)))
        if here[0] is not None:
            yield Difference(
                *("definition", shown, _described(here), _described(there)),
                *("neither, until you say which", False),
            )


def _described(definition: Any) -> str:
    """A definition in a few words: "cumulative, sum of killed and injured, tolerance 0.02"."""
    kind, parts, tolerance, window, text = definition
    words = [kind]
    if parts:
        words.append(f"sum of {' and '.join(parts.split(chr(10)))}")
    if tolerance is not None:
        words.append(f"tolerance {tolerance}")
    if window is not None:
        words.append(f"window {window} days")
    if text:
        words.append(text)
    return ", ".join(words)
