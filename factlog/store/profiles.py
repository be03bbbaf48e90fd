"""What is known of sources, besides what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from factlog.errors import NotFound, StoreError, UsageError
from factlog.profile import GRADES, STANDS_FOR, Basis, SourceProfile
from factlog.store import disputes, names
from factlog.store.connection import Connection
from factlog.store.events import EventWriter
from factlog.store.record import broken, unwritable
from factlog.store.schema import PROFILE


def describe(entry: EventWriter, name: str, new: Mapping[str, str | None]) -> None:
    """Put down what is known of a source; an empty text takes away what was said before."""
    found = names.find(entry.connection, "source", name)
    if found is None:
        raise _unknown(name)
    kept = {column: (text or "").strip() or None for column, text in new.items()}
    for text in filter(None, kept.values()):
        if broken(text):
            raise unwritable(text)
    before = dict(zip(PROFILE, names.held(entry.connection, "source", found.id), strict=True))
    _see_that_it_makes_sense(kept, {**before, **kept})
    entry.update("source", found.id, kept)


def _see_that_it_makes_sense(new: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
    if new.get("basis") and new["basis"] not in set(Basis):
        raise UsageError(
            f'"{new["basis"]}" is no basis of a count.', f"Say one of {', '.join(Basis)}."
        )
    if new.get("grade") and new["grade"] not in GRADES:
        raise UsageError(
            f'"{new["grade"]}" is no grade.', f"Say one of {', '.join(GRADES)}: --grade B"
        )
    if new.get("grade") and not new.get("grade_reason"):
        raise UsageError(
            "A grade is somebody's judgment, and needs its reason.",
            f"Say why: --grade {new['grade']} --reason TEXT",
        )
    if whole["grade_reason"] and not whole["grade"]:
        raise UsageError(
            "There is no grade to give a reason for.", "Give both: --grade B --reason TEXT"
        )


def profile(connection: Connection, name: str) -> SourceProfile:
    """What is known of the source of this name."""
    found = names.find(connection, "source", name)
    if found is None:
        raise _unknown(name)
    known = _made(found.name, names.held(connection, "source", found.id))
    return replace(known, disputed=_disputed(connection).get(found.id, {}))


def profiles(connection: Connection) -> tuple[SourceProfile, ...]:
    """The sources of which something is known, or left open by a merge."""
    columns = ", ".join(PROFILE)
    rows = connection.rows(
        f"select id, name, {columns} from source "  # noqa: S608
        f"where same_as is null and coalesce({columns}) is not null order by id"
    )
    known = {row: _made(name, held) for row, name, *held in rows}
    for row, disputed in _disputed(connection).items():
        name = connection.value("select name from source where id = ?", (row,))
        known[row] = replace(known.get(row) or SourceProfile(name), disputed=disputed)
    return tuple(known.values())


def _disputed(connection: Connection) -> dict[int, dict[str, list[str]]]:
    """What merges left open of each source, by its row: what it is, and whose name it is."""
    found: dict[int, dict[str, list[str]]] = {}
    for (row, what), said in disputes.of_things(connection, "source").items():
        found.setdefault(row, {})[what] = [disputes.in_words(what, each) for each in said]
    for _key, name, _other, other in disputes.of_names(connection, "source"):
        one, thing = (names.find(connection, "source", each) for each in (name, other))
        assert one is not None
        assert thing is not None
        told = found.setdefault(one.id, {}).setdefault(STANDS_FOR, [])
        told += [thing.name] * (thing.name not in told)
    return found


def check(connection: Connection) -> None:
    """Read what is known of every source, under whatever name; StoreError for what cannot be."""
    columns = ", ".join(PROFILE)
    for name, *held in connection.rows(f"select name, {columns} from source order by id"):  # noqa: S608
        _made(name, held)


def _made(name: str, held: Any) -> SourceProfile:
    values = dict(zip(PROFILE, held, strict=True))
    try:
        basis = values.pop("basis")
        if values["grade"] is not None and values["grade"] not in GRADES:
            raise ValueError(values["grade"])
        if (values["grade"] is None) is not (values["grade_reason"] is None):
            raise ValueError(values["grade_reason"])
        if not all(text is None or text.strip() for text in held):
            raise ValueError(name)
        return SourceProfile(name, basis=Basis(basis) if basis is not None else None, **values)
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"What is known of the source {name!r} cannot be read: it was changed outside factlog.",
            "See what does not fit: factlog log --verify",
        ) from error


def _unknown(name: str) -> NotFound:
    return NotFound(f'No source is called "{name}".', "See those there are: factlog source")
