"""What is said in the store of measures, over what the starter vocabulary says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from factlog import measures as vocabulary
from factlog.errors import StoreError
from factlog.names import fold
from factlog.policy import Kind, Measure
from factlog.store import names
from factlog.store.connection import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store.events import EventWriter

_ROWS = """
select id, name, key, same_as, kind, parts, tolerance, window, definition from measure
where same_as is not null or kind is not null or id in (select same_as from measure) or key in
"""


def measures(connection: Connection) -> tuple[Measure, ...]:
    """The starter vocabulary, with what is defined, renamed or aliased here put over it."""
    starter = vocabulary.starter()
    keys = [fold(name) for measure in starter for name in (measure.name, *measure.aliases)]
    marks = f"({', '.join('?' * len(keys))}) order by id"
    names.see_that_they_stand(connection, "measure")
    rows = connection.rows(_ROWS + marks, keys)
    by_id = {row[0]: row for row in rows}
    shown = {row[2]: by_id.get(row[3] or row[0], row)[1] for row in rows}
    aliases: dict[str, list[str]] = {}
    for row in rows:
        if row[3] is not None:
            aliases.setdefault(shown[row[2]], []).append(row[1])
    found = _from_starter(starter, shown)
    for row in rows:
        if row[3] is None and (row[4] is not None or row[1] in aliases):
            found[row[1]] = _defined(row, found.get(row[1]))
    return tuple(_named(measure, aliases.get(name, ()), shown) for name, measure in found.items())


def _from_starter(starter: Iterable[Measure], shown: dict[str, str]) -> dict[str, Measure]:
    """The starter's measures by the name they have here, without aliases that went elsewhere."""
    found: dict[str, Measure] = {}
    for measure in starter:
        name = shown.get(fold(measure.name), measure.name)
        own = tuple(each for each in measure.aliases if shown.get(fold(each), name) == name)
        before = found.get(name)
        if before is None:
            same = name == measure.name and own == measure.aliases
            found[name] = measure if same else replace(measure, name=name, aliases=own)
        else:  # two of the starter's have been made one here: the one of that name defines it
            first = measure if fold(measure.name) == fold(name) else before
            found[name] = replace(first, name=name, aliases=(*before.aliases, *own))
    return found


def _defined(row: Any, under: Measure | None) -> Measure:
    """The measure as it is defined in its row, else as the starter has it."""
    _id, name, _key, _same_as, kind, parts, tolerance, window, definition = row
    if kind is None:
        return under or Measure(name)
    try:
        return Measure(
            name,
            Kind(kind),
            tuple(parts.split("\n")) if parts else (),
            under.aliases if under else (),
            None if tolerance is None else _share(tolerance),
            None if window is None else _days(window),
            definition or "",
        )
    except (ValueError, ArithmeticError, TypeError, AttributeError) as error:
        raise StoreError(
            f'The definition of the measure "{name}" cannot be read: it was changed outside '
            "factlog.",
            "See what does not fit: factlog log --verify",
        ) from error


def _days(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return number


def _share(text: str) -> Decimal:
    share = Decimal(text)
    if not (share.is_finite() and 0 <= share <= 1):
        raise ValueError(text)
    return share


def _named(measure: Measure, more: Iterable[str], shown: dict[str, str]) -> Measure:
    """The measure with all its aliases, and its parts by the names they go by now."""
    aliases = tuple({fold(alias): alias for alias in (*measure.aliases, *more)}.values())
    parts = tuple(shown.get(fold(part), part) for part in measure.parts)
    same = aliases == measure.aliases and parts == measure.parts
    return measure if same else replace(measure, aliases=aliases, parts=parts)


def standing_for(connection: Connection, given: str) -> str | None:
    """The measure that a name new to the store is another name of, by the vocabulary."""
    found = vocabulary.find(given, measures(connection)).name
    return None if fold(found) == fold(given) else found


def resolve(connection: Connection, name: str) -> str | None:
    """The name a measure goes by; None for one neither recorded, defined nor in the vocabulary."""
    if not fold(name):
        return ""
    known = {
        fold(each): measure.name
        for measure in measures(connection)
        for each in (*measure.aliases, measure.name)
    }
    return names.resolve(connection, "measure", name) or known.get(fold(name))


# So many claims of a subject tell what its measures are.
_TELLING = 5_000


def beginning_with(
    connection: Connection, begun: str, most: int, subject: str | None
) -> tuple[str, ...]:
    """The measures that begin so: those of the subject, those on record, those of the starter.

    Its aliases, of which there are many, only once something is written.
    """
    key = names.begun_key(begun)
    kept = names.beginning_with(connection, "measure", begun, most)
    starter = [
        each for one in vocabulary.starter() for each in (one.name, *(one.aliases if begun else ()))
    ]
    known = [*_of_subject(connection, subject), *kept, *starter]
    found: dict[str, str] = {}
    for name in known:
        if fold(name).startswith(key):
            found.setdefault(fold(name), name)
    return tuple(found.values())[:most]


def _of_subject(connection: Connection, subject: str | None) -> list[str]:
    """The measures of what is claimed of a subject."""
    rows = names.members(connection, "subject", subject) if subject else []
    sql = f"""
        select name from measure where id in (
            select coalesce(m.same_as, m.id) from measure m where m.id in (
                select c.measure_id from statement s join claim c on c.statement_id = s.id
                where s.subject_id in ({", ".join("?" * len(rows))})
                and c.undone is null and c.retracted is null and c.replaced is null
                limit {_TELLING}
        )) order by key"""  # noqa: S608
    return [name for (name,) in connection.rows(sql, rows)]


def ensure(entry: EventWriter, name: str) -> None:
    """Give a name that is only in the vocabulary a row, so that it can be changed."""
    known = names.find(entry.connection, "measure", name)
    found = vocabulary.find(name, measures(entry.connection)).name
    if known is None and fold(found) != fold(name):
        ensure(entry, found)
        whole = names.find(entry.connection, "measure", found)
        names.make(entry, "measure", name, whole.id if whole else None)
    elif known is None and any(fold(each.name) == fold(name) for each in vocabulary.starter()):
        names.make(entry, "measure", name)


def whole_of(connection: Connection, name: str) -> str:
    """What the vocabulary has a name for, by the name that goes by here."""
    whole = vocabulary.find(name, vocabulary.starter()).name
    found = names.find(connection, "measure", whole)
    return found.name if found else whole


def taken_apart(connection: Connection) -> dict[str, str]:
    """The other names the vocabulary has for measures that stand for themselves here, by key."""
    rows = connection.rows("select key, name from measure where same_as is null order by id")
    return {key: name for key, name in rows if fold(whole_of(connection, name)) != key}


def define(entry: EventWriter, measure: Measure) -> None:
    """Write down what a measure is; aliases are added to those it has."""
    row = names.row_of(entry.connection, "measure", measure.name)
    entry.update(
        "measure",
        row[0] if row else names.make(entry, "measure", measure.name),
        {
            "kind": measure.kind.value,
            "parts": "\n".join(measure.parts) or None,
            "tolerance": None if measure.tolerance is None else str(measure.tolerance),
            "window": measure.window,
            "definition": measure.definition or None,
        },
    )
    known = {
        fold(alias)
        for each in measures(entry.connection)
        if fold(each.name) == fold(measure.name)
        for alias in each.aliases
    }
    for alias in measure.aliases:
        if fold(alias) not in known:
            names.alias(entry, "measure", measure.name, alias)


def check(connection: Connection, measure: Measure | None = None) -> None:
    """Refuse measures that are part of themselves, or share a name; one may be new."""
    given = () if measure is None else (measure,)
    keys = {fold(each.name) for each in given}
    others = (each for each in measures(connection) if fold(each.name) not in keys)
    vocabulary.check([*others, *given])
