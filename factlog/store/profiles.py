"""What is known of sources, besides what they said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from factlog.errors import NotFound, StoreError, UsageError
from factlog.profile import GRADES, Basis, SourceProfile
from factlog.store import events, names, payloads
from factlog.store.connection import Connection
from factlog.store.differences import Difference
from factlog.store.events import EventWriter
from factlog.store.payloads import SAID_OF_SOURCES, Dispute, Said
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
    disputed = {
        what: [_in_words(each) for each in said]
        for (row, what), said in _disputed(connection).items()
        if row == found.id
    }
    return replace(known, disputed=disputed)


def take(entry: EventWriter, other: Connection, disputed: list[Dispute]) -> Iterator[Difference]:
    """Take over what only the other store knows of a source; what both say differently, neither.

    What the two, or stores they took in before, say differently is added to `disputed`.
    """
    ours, theirs = _said(entry.connection), _said(other)
    for (row, what), there in theirs.items():
        name = other.value("select name from source where id = ?", (row,))
        found = names.find(entry.connection, "source", name)
        assert found is not None  # every name of the other store is known here by now
        here = ours.get((found.id, what), [])
        said = sorted([*here, *(each for each in there if each not in here)])
        ours[found.id, what] = said  # two sources there can be one here
        taken = said[0] if len(said) == 1 else [None] * len(said[0])
        entry.update("source", found.id, dict(zip(SAID_OF_SOURCES[what], taken, strict=True)))
        if len(said) > 1:
            disputed.append((found.id, what, said))
            if here and here != there:
                one, another = (" or ".join(map(_in_words, each)) for each in (here, there))
                yield Difference(
                    *("source", found.name, f"{what} {one}", f"{what} {another}"),
                    *("neither, until you say which", False),
                )


def _said(connection: Connection) -> dict[tuple[int, str], list[Said]]:
    """What is said of each source, by its row and what that is; more than one if disputed."""
    columns = ", ".join(PROFILE)
    found = _disputed(connection)
    for number, *held in connection.rows(
        f"select id, {columns} from source "  # noqa: S608
        f"where same_as is null and coalesce({columns}) is not null order by id"
    ):
        values = dict(zip(PROFILE, held, strict=True))
        for what, columns_of in SAID_OF_SOURCES.items():
            if values[what] is not None:
                found[number, what] = [[values[column] for column in columns_of]]
    return found


def _disputed(connection: Connection) -> dict[tuple[int, str], list[Said]]:
    """What merges left to a person to say of which source, as long as none did."""
    found: dict[tuple[int, str], list[Said]] = {}
    for event in connection.numbers(
        "select id from event e where action = 'merge' and payload like '%\"disputed\":%' "
        "and not exists (select 1 from event u where u.undoes = e.id) order by id"
    ):
        try:
            disputes = payloads.disputes(events.payload_of(connection, event))
        except (LookupError, TypeError, ValueError) as error:
            raise events.unreadable(event) from error
        for row, what, said in disputes:
            number, held = connection.row(
                f"select coalesce(a.same_as, a.id), c.{what} from source a "  # noqa: S608
                "join source c on c.id = coalesce(a.same_as, a.id) where a.id = ?",
                (row,),
            )
            if held is None:
                found[number, what] = said
    return found


def _in_words(said: Said) -> str:
    """A value with its reason, if it needs one: "B (right twice)"."""
    return f"{said[0]} ({said[1]})" if said[1:] else said[0]


def profiles(connection: Connection) -> tuple[SourceProfile, ...]:
    """The sources of which something is known."""
    columns = ", ".join(PROFILE)
    rows = connection.rows(
        f"select name, {columns} from source "  # noqa: S608
        f"where same_as is null and coalesce({columns}) is not null order by id"
    )
    return tuple(_made(name, held) for name, *held in rows)


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
