"""What merged stores say differently, and is left open until somebody says which holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from factlog import measures as vocabulary
from factlog.store import events, measures, names, payloads
from factlog.store.connection import Connection
from factlog.store.differences import Difference
from factlog.store.events import EventWriter
from factlog.store.payloads import DISPUTABLE, Dispute, Said

Each = TypeVar("Each")
# A name and one it was taken for, each by its key and as it is shown.
NamePair = tuple[str, str, str, str]
# What each kind of thing has that stands or falls together, and the columns it is in.
_HELD = {
    kind: {what: columns for what, (table, columns) in DISPUTABLE.items() if table == kind != what}
    for kind in names.KINDS
}


def take(
    entry: EventWriter, other: Connection, kind: str, disputed: list[Dispute]
) -> Iterator[Difference]:
    """Take over what only the other store holds of its names; what both say differently, neither.

    What the two, or stores they took in before, say differently is added to `disputed`, with
    what was answered there, so that the answer holds here as well.
    """
    ours, theirs = _said(entry.connection, kind), _said(other, kind)
    refused_here, refused_there = _refused(entry.connection, ours), _refused(other, theirs)
    left = of_things(entry.connection, kind)
    for (row, what), there in theirs.items():
        name = other.value(f"select name from {kind} where id = ?", (row,))  # noqa: S608
        found = names.find(entry.connection, kind, name)
        assert found is not None  # every name of the other store is known here by now
        here = ours.get((found.id, what), [])
        refused = refused_here.get((found.id, what), []), refused_there.get((row, what), [])
        one, another = unrefused(here, there, *refused)
        new = [each for each in another if each not in one]
        said = sorted([*one, *new], key=events.canonical)
        ours[found.id, what] = said  # two things there can be one here
        columns = _HELD[kind][what]
        open_ = len(said) > 1 or ((found.id, what) in left and said == here)
        taken = [None] * len(columns) if open_ else said[0]
        entry.update(kind, found.id, dict(zip(columns, taken, strict=True)))
        answered = [each for each in refused[1] if each not in said]
        if any(each not in refused[0] for each in answered):
            disputed.append((found.id, what, [*answered, *said]))
        if open_:
            disputed.append((found.id, what, said))
        if here and here != there:
            yield _difference(kind, found.name, what, here, there, said)


def without_circles(entry: EventWriter, disputed: list[Dispute]) -> Iterator[Difference]:
    """Leave open the definitions by which something would be counted twice or in itself.

    Two stores can each be sound, and a sum of one have a part that is that very sum in the
    other, or by an alias of it.
    """
    bad = vocabulary.unsound(measures.measures(entry.connection))
    defined = _said(entry.connection, "measure")
    for name in bad:
        row = names.find(entry.connection, "measure", name)
        said = defined.get((row.id, "definition")) if row else None
        if row and said:  # the starter's own stand
            entry.update("measure", row.id, dict.fromkeys(_HELD["measure"]["definition"]))
            disputed.append((row.id, "definition", said))
            told = ", ".join(each for each in bad if each != name) or "itself"
            words = in_words("definition", said[0])
            yield Difference(
                "definition", name, words, f"part of {told}", "neither, until you say which", False
            )


def _difference(
    kind: str, name: str, what: str, here: list[Said], there: list[Said], said: list[Said]
) -> Difference:
    one, another, taken = (
        " or ".join(in_words(what, each) for each in sides) for sides in (here, there, said)
    )
    outcome = (taken, True) if len(said) == 1 else ("neither, until you say which", False)
    if kind == "measure":
        return Difference(what, name, one, another, *outcome)
    if len(said) == 1:
        outcome = (f"{what} {taken}", True)
    return Difference(kind, name, f"{what} {one}", f"{what} {another}", *outcome)


def unrefused(
    here: list[Each], there: list[Each], refused_here: list[Each], refused_there: list[Each]
) -> tuple[list[Each], list[Each]]:
    """What both say without what the other was told of before, when it said something else.

    All that both say if they refused each other's.
    """
    one = [each for each in here if each not in refused_there]
    another = [each for each in there if each not in refused_here]
    return (one, another) if one or another else (here, there)


def _refused(
    connection: Connection, standing: Mapping[tuple[int, str], list[Said]]
) -> dict[tuple[int, str], list[Said]]:
    """What merges brought and somebody answered with something else, by thing and what it is."""
    found: dict[tuple[int, str], list[Said]] = {}
    for row, what, said in _left(connection):
        kind = DISPUTABLE[what][0]
        if kind == what:
            continue
        thing = connection.value(
            f"select coalesce(same_as, id) from {kind} where id = ?",  # noqa: S608
            (row,),
        )
        stands = standing.get((thing, what), [])
        known = found.setdefault((thing, what), [])
        known += [each for each in said if stands and each not in (*stands, *known)]
    return found


def _said(connection: Connection, kind: str) -> dict[tuple[int, str], list[Said]]:
    """What is said of each thing, by its row and what that is; more than one if disputed."""
    held = names.HELD[kind]
    found = of_things(connection, kind)
    for number, *row in connection.rows(
        f"select id, {', '.join(held)} from {kind} "  # noqa: S608
        f"where same_as is null and ({' is not null or '.join(held)} is not null) order by id"
    ):
        values = dict(zip(held, row, strict=True))
        for what, columns in _HELD[kind].items():
            if values[columns[0]] is not None:
                found[number, what] = [[values[column] for column in columns]]
    return found


def of_things(connection: Connection, kind: str) -> dict[tuple[int, str], list[Said]]:
    """What merges left to a person to say of which thing, as long as none did."""
    found: dict[tuple[int, str], list[Said]] = {}
    for row, what, said in _left(connection):
        if what in _HELD[kind]:
            number, held = connection.row(
                f"select coalesce(a.same_as, a.id), c.{_HELD[kind][what][0]} from {kind} a "  # noqa: S608
                f"join {kind} c on c.id = coalesce(a.same_as, a.id) where a.id = ?",
                (row,),
            )
            if held is None:
                found[number, what] = said
    return found


def of_names(connection: Connection, kind: str, *, answered: bool = False) -> list[NamePair]:
    """The names that merges left standing for themselves, as long as nobody says for what.

    Each by its key and its name, with one of the things it was taken for, likewise; or if
    `answered`, those somebody answered, with each of the things that they were not said to be.
    """
    stands = "a.same_as is not null and a.same_as != t.id" if answered else "a.same_as is null"
    told = [(row, said) for row, what, said in _left(connection) if what == kind]
    return [
        pair
        for row, said in (told if answered else dict(told).items())
        for (target,) in said
        for pair in connection.rows(
            f"select a.key, a.name, t.key, t.name from {kind} a cross join {kind} t "  # noqa: S608
            f"where a.id = ? and {stands} and t.id = ?",
            (row, target),
        )
    ]


def _left(connection: Connection) -> Iterator[Dispute]:
    """What merges that still stand left to a person to say, the first first."""
    for event in connection.numbers(
        "select id from event e where action = 'merge' and payload like '%\"disputed\":%' "
        "and not exists (select 1 from event u where u.undoes = e.id) order by id"
    ):
        try:
            yield from payloads.disputes(events.payload_of(connection, event))
        except (LookupError, TypeError, ValueError) as error:
            raise events.unreadable(event) from error


def in_words(what: str, said: Said) -> str:
    """What is said, in a few words: "B (right twice)", "cumulative, sum of killed and injured"."""
    if what != "definition":
        return f"{said[0]} ({said[1]})" if said[1:] else str(said[0])
    kind, parts, tolerance, window, text = said
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
