"""The names of subjects, sources and measures: one row for each, some standing for another.

A row whose `same_as` is blank is a thing of its own, shown by its name; any other is one more
name of the row it points to. Claims point to the row of the name they were given, so that
making two names one, and taking that back, touches no claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from factlog.errors import NotFound, StoreError, UsageError
from factlog.names import clean, fold
from factlog.store.connection import Connection
from factlog.store.rows import check_printed
from factlog.store.schema import COLUMNS, PROFILE
from factlog.store.text_index import PIECE, folded, pieces
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store.events import EventWriter

# So many names are all looked at; of more, those that share rare pieces with the one sought.
_FEW = 5_000
# A piece that more names have tells little, as "str" of street names.
_RARE = 5_000
_KEPT = 1_000
_INDEXED = ("subject", "source")


def close_candidates(connection: Connection, kind: str, like: str) -> list[str]:
    """Names and aliases on record among which any close spelling of a name is found."""
    check_kind(kind)
    if kind not in _INDEXED or _rows(connection, kind) <= _FEW:
        return candidates(connection, kind)
    found = _sharing(connection, kind, folded(like))
    if not found:  # too short, or made of nothing but common pieces
        return candidates(connection, kind)
    best = [row for row, _shared in found.most_common(_KEPT)]
    return known_among(connection, kind, best)


def holding(connection: Connection, kind: str, part: str, most: int) -> list[str]:
    """Names and aliases on record in which this stands, those that begin with it first."""
    found = beginning_with(connection, kind, part, most)
    key = folded(part)
    if len(found) < most and len(key) >= PIECE:
        holds, asked = connection.dialect.holds(kind), connection.dialect.asked(key)
        sql = f"select rowid from {kind}_words where {holds} order by rowid limit {_KEPT}"  # noqa: S608
        rows = connection.numbers(sql, (asked,))
        found += [name for name in known_among(connection, kind, rows) if key in fold(name)]
    return list(dict.fromkeys(found))[:most]


def _rows(connection: Connection, kind: str) -> int:
    """How many rows of names there are; ids are given in turn."""
    return int(connection.value(f"select coalesce(max(id), 0) from {kind}"))  # noqa: S608


def _sharing(connection: Connection, kind: str, name: str) -> Counter[int]:
    """The rows that share rare pieces with a name, and how many."""
    holds, asked = connection.dialect.holds(kind), connection.dialect.asked
    sql = f"select rowid from {kind}_words where {holds} limit {_RARE + 1}"  # noqa: S608
    found: Counter[int] = Counter()
    for piece in pieces(name):
        rows = connection.numbers(sql, (asked(piece),))
        if len(rows) <= _RARE:
            found.update(rows)
    return found


KINDS = ("subject", "source", "measure")
_AT_ONCE = 1000

# Whether a claim was ever recorded under a name (one taken back by undo was not).
_USED = {
    "measure": "exists (select 1 from claim c where c.measure_id = n.id and c.undone is null)",
    **{
        kind: f"exists (select 1 from statement s join claim c "  # noqa: S608
        f"on c.statement_id = s.id where s.{kind}_id = n.id and c.undone is null)"
        for kind in ("subject", "source")
    },
}
_DEFINED = {"measure": "or n.kind is not null"}


def check_kind(kind: str) -> None:
    """Refuse what is no kind of name."""
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of name.", f"Say one of {', '.join(KINDS)}.")


@lru_cache(maxsize=64)
def _sql(kind: str, text: str) -> str:
    """The query for one kind of name; its table has the same name as the kind."""
    check_kind(kind)
    defined = _DEFINED.get(kind, "")
    stood_for = f"exists (select 1 from {kind} k where k.same_as = n.id)"  # noqa: S608
    known = f"({_USED[kind]} {defined} or {stood_for})"
    return text.replace("KNOWN", known).replace("NAMES", kind)


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A subject, source or measure: its name, its other names, how many live claims it has."""

    name: str
    aliases: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A row that stands for itself: its id and the name it is shown by."""

    id: int
    name: str


def find(connection: Connection, kind: str, name: str) -> Entity | None:
    """What goes by this name or alias; None if nothing does."""
    row = connection.row(
        _sql(
            kind,
            "select c.id, c.name from NAMES a join NAMES c on c.id = coalesce(a.same_as, a.id) "
            "where a.key = ?",
        ),
        (fold(name),),
    )
    return row and Entity(*row)


def see_that_they_stand(connection: Connection, kind: str) -> None:
    """Refuse names that stand for what is not there, or for one that stands for another."""
    astray = connection.value(
        _sql(
            kind,
            "select a.name from NAMES a left join NAMES t on t.id = a.same_as "
            "where a.same_as is not null and (t.id is null or t.same_as is not null) limit 1",
        )
    )
    if astray is not None:
        raise StoreError(
            f"What the {kind} {astray[:60]!r} stands for cannot be found: it was changed outside "
            "factlog.",
            "See what does not fit: factlog log --verify",
        )


def resolve(connection: Connection, kind: str, name: str) -> str | None:
    """The name shown for this name or alias; None for one that nothing recorded goes by."""
    found = find(connection, kind, name)
    if found is None:
        return None
    known = connection.value(_sql(kind, "select KNOWN from NAMES n where n.id = ?"), (found.id,))
    return found.name if known else None


def beginning_with(connection: Connection, kind: str, begun: str, most: int) -> list[str]:
    """The names and aliases on record that begin so, in whatever case, by their order."""
    key = begun_key(begun)
    sql = _sql(
        kind,
        "select a.name from NAMES a join NAMES n on n.id = coalesce(a.same_as, a.id) "
        "where a.key >= ? and a.key < ? and KNOWN order by a.key limit ?",
    )
    return [name for (name,) in connection.rows(sql, (key, f"{key}\U0010ffff", most))]


def begun_key(begun: str) -> str:
    """What the key of a name begins with that is written so far; a space at its end counts."""
    key = fold(begun)
    return f"{key} " if key and begun[-1].isspace() else key


def members(connection: Connection, kind: str, name: str) -> list[int]:
    """The rows of every name of what goes by this name; none if nothing does."""
    see_that_they_stand(connection, kind)
    found = find(connection, kind, name)
    if found is None:
        return []
    sql = _sql(kind, "select id from NAMES where id = ?1 or same_as = ?1")
    return [row[0] for row in connection.rows(sql, (found.id,))]


# Whether a name has a live claim.
_LIVE = {
    kind: used.replace("c.undone is null", "c.retracted is null and c.replaced is null")
    for kind, used in _USED.items()
}


def shown(
    connection: Connection, kind: str, part: tuple[int, int] | None = None
) -> Iterator[Entity]:
    """Everything of this kind that has a live claim, in the order first recorded."""
    sql = _sql(
        kind,
        "select t.id, t.name from NAMES t "
        "where t.same_as is null and t.id > ? and t.id <= ? and exists "
        "(select 1 from NAMES n where (n.id = t.id or n.same_as = t.id) and LIVE) "
        "order by t.id limit ?",
    ).replace("LIVE", _LIVE[kind])
    see_that_they_stand(connection, kind)
    first, end = part or (1, 2**63 - 1)
    last = first - 1
    while rows := connection.rows(sql, (last, end, _AT_ONCE)):
        yield from (Entity(*row) for row in rows)
        last = rows[-1][0]


def rows_of(connection: Connection, kind: str, things: Sequence[int]) -> list[int]:
    """The rows of every name of some things, given by their own rows."""
    marks = ", ".join("?" * len(things))
    sql = f"select id from NAMES where id in ({marks}) or same_as in ({marks})"  # noqa: S608
    return [row[0] for row in connection.rows(_sql(kind, sql), (*things, *things))]


def candidates(connection: Connection, kind: str) -> list[str]:
    """Every name and alias on record, for finding close spellings."""
    sql = _sql(
        kind, "select n.name from NAMES n where n.same_as is not null or KNOWN order by n.id"
    )
    return [row[0] for row in connection.rows(sql)]


def known_among(connection: Connection, kind: str, rows: Sequence[int]) -> list[str]:
    """The names in these rows that are on record."""
    names: list[str] = []
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        sql = "select n.name from NAMES n where (n.same_as is not null or KNOWN) and n.id in "
        marks = f"({', '.join('?' * len(some))}) order by n.id"
        names.extend(row[0] for row in connection.rows(_sql(kind, sql) + marks, some))
    return names


def known_after(
    connection: Connection, kind: str, last: int, limit: int
) -> list[tuple[int, str, str]]:
    """The rows of the next so many names on record: id, key, and as first given."""
    sql = "select n.id, n.key, n.given from NAMES n where n.id > ? and "
    some = _sql(kind, f"{sql} (n.same_as is not null or KNOWN) order by n.id limit ?")
    return connection.rows(some, (last, limit))


def listing(connection: Connection, kind: str) -> tuple[NamedEntity, ...]:
    """Everything of this kind with its aliases and the count of its live claims."""
    see_that_they_stand(connection, kind)
    claims = "claim c" if kind == "measure" else "claim c join statement s on s.id = c.statement_id"
    column = "c.measure_id" if kind == "measure" else f"s.{kind}_id"
    counts: dict[int, int] = dict(
        connection.rows(
            f"select coalesce(n.same_as, n.id), count(*) from {claims} "  # noqa: S608
            f"join {kind} n on n.id = {column} "
            "where c.retracted is null and c.replaced is null group by 1"
        )
    )
    aliases: dict[int, list[str]] = {}
    for target, name in connection.rows(
        _sql(kind, "select same_as, name from NAMES where same_as is not null order by id")
    ):
        aliases.setdefault(target, []).append(name)
    things = connection.rows(
        _sql(kind, "select id, name from NAMES n where same_as is null and KNOWN order by n.id")
    )
    return tuple(
        NamedEntity(name, tuple(aliases.get(number, ())), counts.get(number, 0))
        for number, name in things
    )


def make(entry: EventWriter, kind: str, given: str, same_as: int | None = None) -> int:
    """Make the row of a name that has none yet."""
    row = new_row(entry, kind, given, same_as)
    entry.insert(kind, [row])
    return row[0]


def new_row(entry: EventWriter, kind: str, given: str, same_as: int | None) -> NameRow:
    """The row of a name that has none yet, to be written."""
    name, key = clean(given), fold(given)
    check_printed(given)
    if not key:
        raise UsageError(f"A {kind} needs a name.", f"Give the {kind} in words.")
    blank = (None,) * (len(COLUMNS[kind]) - 5)
    return entry.reserve(kind), name, given, key, same_as, *blank


NameRow = tuple[int, str, str, str, int | None, *tuple[None, ...]]


def row_of(connection: Connection, kind: str, name: str) -> tuple[int, str, int | None] | None:
    """The row of this very name: its id, the words it was first given in, what it stands for."""
    row: tuple[int, str, int | None] | None = connection.row(
        _sql(kind, "select id, given, same_as from NAMES where key = ?"), (fold(name),)
    )
    return row


def rename(entry: EventWriter, kind: str, old: str, new: str) -> None:
    """Show what goes by `old` as `new`; the old name stays one of its names."""
    thing, name = _there(entry.connection, kind, old), clean(new)
    row = row_of(entry.connection, kind, new)
    if row is None:
        number = make(entry, kind, new)
    elif row[0] == thing.id:
        entry.update(kind, thing.id, {"name": name})  # other capitals, no other name
        return
    elif _free(entry.connection, kind, row) or row[2] == thing.id:
        number = row[0]
        entry.update(kind, number, {"name": name, "same_as": None})
    else:
        raise UsageError(
            f'There is another {kind} called "{new}".',
            f'If they are one: factlog {kind} merge "{thing.name}" "{new}"',
        )
    _move(entry, kind, thing.id, number)
    point(entry, kind, thing.id, number)


def alias(entry: EventWriter, kind: str, name: str, other: str) -> None:
    """Make `other` one more name of what goes by `name`."""
    thing = _there(entry.connection, kind, name)
    row = row_of(entry.connection, kind, other)
    if row is None:  # changed rather than made so, that undo may change it back
        entry.update(kind, make(entry, kind, other), {"same_as": thing.id})
    elif row[2] is not None:
        entry.update(kind, row[0], {"same_as": thing.id})
    elif row[0] != thing.id:
        point(entry, kind, row[0], thing.id)


def merge(entry: EventWriter, kind: str, from_: str, into: str) -> None:
    """Make what goes by `from_` one with what goes by `into`, shown by the latter's name."""
    one = _there(entry.connection, kind, from_)
    other = _there(entry.connection, kind, into)
    if one.id == other.id:
        raise UsageError(
            f'"{from_}" and "{into}" are one {kind} already.', f"See them all: factlog {kind}"
        )
    point(entry, kind, one.id, other.id)


def point(entry: EventWriter, kind: str, from_: int, to: int) -> None:
    """Let a row, and every name that stands for it, stand for another."""
    sql = _sql(kind, "select id from NAMES where (id = ?1 or same_as = ?1) and id != ?2")
    for (number,) in entry.connection.rows(sql, (from_, to)):
        entry.update(kind, number, {"same_as": to})


DEFINITION = ("kind", "parts", "tolerance", "window", "definition")
# What a row of each kind holds besides its names.
HELD: dict[str, tuple[str, ...]] = {"subject": (), "source": PROFILE, "measure": DEFINITION}


def held(connection: Connection, kind: str, number: int) -> tuple[object, ...]:
    """The definition of a measure, or what is known of a source, from its row."""
    sql = f"select {', '.join(HELD[kind])} from {kind} where id = ?"  # noqa: S608
    return tuple(connection.row(sql, (number,)))


def _move(entry: EventWriter, kind: str, from_: int, to: int) -> None:
    """Let what a thing's row holds go with it to the row of its new name."""
    if HELD[kind]:
        values = held(entry.connection, kind, from_)
        entry.update(kind, to, dict(zip(HELD[kind], values, strict=True)))


def unalias(entry: EventWriter, kind: str, name: str, alias: str) -> None:
    """Let a name that stands for another stand for itself again, with the claims it was given."""
    thing = _there(entry.connection, kind, name)
    row = row_of(entry.connection, kind, alias)
    if row is None or row[2] != thing.id:
        raise UsageError(
            f'"{alias}" is no other name of the {kind} "{thing.name}".',
            f"See the names there are: factlog {kind}",
        )
    entry.update(kind, row[0], {"same_as": None})


def _free(connection: Connection, kind: str, row: tuple[int, str, int | None]) -> bool:
    """Whether a name is left over from something undone, and stands for nothing now."""
    sql = _sql(kind, "select KNOWN from NAMES n where n.id = ?")
    return row[2] is None and not connection.value(sql, (row[0],))


def _there(connection: Connection, kind: str, name: str) -> Entity:
    found = find(connection, kind, name)
    if found is None:
        raise NotFound(f'No {kind} is called "{name}".', f"See those there are: factlog {kind}")
    return found
