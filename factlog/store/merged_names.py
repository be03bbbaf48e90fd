"""Bringing together what the names of two stores stand for, and how they are spelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from factlog.names import clean, fold
from factlog.store import disputes, measures, names
from factlog.store.connection import Connection
from factlog.store.differences import Difference
from factlog.store.events import EventWriter
from factlog.store.names import KINDS
from factlog.store.payloads import Dispute
from factlog.values import dataclass

_AT_ONCE = 500


def spellings(entry: EventWriter, other: Connection) -> None:
    """Make rows for the names only the other store has, spelled as they were first given there."""
    for kind in KINDS:
        last = 0
        while rows := names.known_after(other, kind, last, _AT_ONCE):
            marks = f"({', '.join('?' * len(rows))})"
            sql = "select key from NAMES where key in ".replace("NAMES", kind) + marks
            here = {row[0] for row in entry.connection.rows(sql, [row[1] for row in rows])}
            fresh = [given for _id, key, given in rows if key not in here]
            if kind == "measure":
                for given in fresh:
                    _measure(entry, given)
            elif fresh:
                entry.insert(kind, [names.new_row(entry, kind, each, None) for each in fresh])
            last = rows[-1][0]


def _measure(entry: EventWriter, given: str) -> None:
    """Make the row of a measure, which stands for what the vocabulary says, also after undo."""
    measures.ensure(entry, given)
    if names.row_of(entry.connection, "measure", given) is None:
        names.make(entry, "measure", given)


def bring_together(
    entry: EventWriter, other: Connection, before: Mapping[str, Said], disputed: list[Dispute]
) -> Iterator[Difference]:
    """Bring together the aliases and names of both stores, and what is said of those.

    `before` is what was said of the names here before the other's were spelled here.
    """
    for kind in KINDS:
        yield from _aliases(entry, before[kind], said_of(other, kind), kind, disputed)
        yield from _spellings(entry, other, kind)
    for kind in ("measure", "source"):
        yield from disputes.take(entry, other, kind, disputed)
    yield from disputes.without_circles(entry, disputed)


def _aliases(
    entry: EventWriter, ours: Said, theirs: Said, kind: str, disputed: list[Dispute]
) -> Iterator[Difference]:
    given = {**ours.given, **theirs.given}
    here, there = ours.standing, theirs.standing
    refused = ours.refused, theirs.refused
    _take_apart(entry, ours, theirs)
    _take_apart(entry, theirs, ours)
    joined, apart = agreed(*_unrefused(here, there, *refused))
    rows = {key: _row(entry, kind, key, given) for key in given}
    for key, target in joined.items():
        entry.update(kind, rows[key], {"same_as": rows[target]})
    for target in set(joined.values()):
        entry.update(kind, rows[target], {"same_as": None})
    for key, targets in apart.items():
        if key not in joined:
            entry.update(kind, rows[key], {"same_as": None})
            disputed.append((rows[key], kind, [[rows[each]] for each in targets]))
    for key, known in refused[1].items():  # what was answered there is answered here
        if key in joined and not known <= refused[0].get(key, set()):
            told = sorted({*known, joined[key]})
            disputed.append((rows[key], kind, [[rows[each]] for each in told]))
    for key in sorted(here.keys() & there.keys()):
        if here[key] != there[key]:
            outcome = f'"{given[joined[key]]}"' if key in joined else "neither, until you say which"
            one, another = (
                " or ".join(given[each] for each in sorted(side[key])) for side in (here, there)
            )
            yield Difference(kind, given[key], one, another, outcome, settled=key in joined)


Standing = Mapping[str, Set[str]]  # what each name stands for, by key: more than one if disputed


def agreed(here: Standing, there: Standing) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What each name stands for by both stores, and for what those that are disputed do.

    Names the two take for one thing, but call differently, are both disputed and joined.
    """
    joined: dict[str, str] = {}
    apart: dict[str, list[str]] = {}
    for key in sorted({*here, *there}):
        targets = sorted({*here.get(key, ()), *there.get(key, ())})
        if len(targets) > 1:
            apart[key] = targets
        elif _end(joined, targets[0]) != key:
            joined[key] = targets[0]
    for key in list(apart):
        ends = {_end(joined, target) for target in apart[key]}
        if len(ends) == 1 and key not in ends:
            (joined[key],) = ends
    return {key: _end(joined, key) for key in joined}, apart


def _unrefused(
    here: Standing, there: Standing, refused_here: Standing, refused_there: Standing
) -> list[dict[str, set[str]]]:
    sides: list[dict[str, set[str]]] = [{}, {}]
    for key in {*here, *there}:
        said = (sorted(each.get(key, ())) for each in (here, there, refused_here, refused_there))
        for side, left in zip(sides, disputes.unrefused(*said), strict=True):
            if left:
                side[key] = set(left)
    return sides


def _end(joined: Mapping[str, str], key: str) -> str:
    while key in joined:
        key = joined[key]
    return key


@dataclass(frozen=True, slots=True)
class Said:
    """What a store says of its names of one kind, by key: what they stand for and do not.

    `apart` are those that the vocabulary has for another; `given` is how all are spelled.
    """

    standing: dict[str, set[str]]
    refused: dict[str, set[str]]
    apart: dict[str, str]
    given: dict[str, str]


def said_of(connection: Connection, kind: str) -> Said:
    """What a store says of its names of one kind."""
    sql = "select a.key, a.name, t.key, t.name from NAMES a join NAMES t on t.id = a.same_as"
    pairs = [
        *connection.rows(sql.replace("NAMES", kind)),
        *disputes.of_names(connection, kind),
    ]
    apart = measures.taken_apart(connection) if kind == "measure" else {}
    said = Said({}, {}, apart, dict(apart))
    answered = disputes.of_names(connection, kind, answered=True)
    for found, told in ((said.standing, pairs), (said.refused, answered)):
        for key, name, target, thing in told:
            found.setdefault(key, set()).add(target)
            said.given.update({key: name, target: thing})
    for key in apart:
        said.standing.setdefault(key, {key})
    return said


def _take_apart(entry: EventWriter, said: Said, other: Said) -> None:
    """Let names that the vocabulary has for another stand for themselves, as is said.

    What only the vocabulary says of them does not count against that.
    """
    for key, name in said.apart.items():
        if other.standing.get(key) == {fold(measures.whole_of(entry.connection, name))}:
            del other.standing[key]
        row = _row(entry, "measure", key, said.given)
        entry.update("measure", row, {"same_as": None})


def _row(entry: EventWriter, kind: str, key: str, given: Mapping[str, str]) -> int:
    row = names.row_of(entry.connection, kind, key)
    return row[0] if row else names.make(entry, kind, given[key])


def _spellings(entry: EventWriter, other: Connection, kind: str) -> Iterator[Difference]:
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


def _spelling(entry: EventWriter, kind: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    number, here, given_here = ours
    there, given_there = theirs
    chosen_here, chosen_there = here != clean(given_here), there != clean(given_there)
    chosen = here if chosen_here else there
    taken = min(here, there) if chosen_here == chosen_there else chosen
    entry.update(kind, number, {"name": taken})
    if chosen_here and chosen_there:
        yield Difference(kind, taken, here, there, f'"{taken}"')
