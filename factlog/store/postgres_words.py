"""What PostgreSQL says, in words for the person, with the address but never its password."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from factlog.errors import StoreError, UsageError
from factlog.store.address import Address

_LOST = (
    "The connection to {place} was lost: {said}",
    "Nothing half-done is kept there. See that the server runs, then do it again.",
)
_CHANGED = (
    "{place} was changed outside factlog: {said}",
    "See what does not fit: factlog log --verify",
)
_BUSY = (
    "{place} is in use by another program, and still was after {patience:g} seconds.",
    "Do it again in a moment.",
)
# By the code of an error, or by the class of codes that it belongs to.
_WORDS = {
    "08": _LOST,
    "22003": ("A number is beyond what {place} can reckon with: {said}", "Mend the number."),
    "25006": (
        "{place} cannot be written: {said}",
        "It may be a copy that only follows another server: give the address of that one.",
    ),
    "42P01": _CHANGED,
    "42703": _CHANGED,
    "23": (
        "{place} refused what was written: {said}",
        "Another program may be writing there. Do it again, then see: factlog log --verify",
    ),
    "40": ("{place} gave way to another program: {said}", "Do it again."),
    "53100": (
        "There is no room left on the disk of {place}.",
        "Make room on the server and do it again.",
    ),
    "53": ("{place} is out of something it needs: {said}", "Do it again in a moment."),
    "54000": (
        "A name is longer than {place} can look up: {said}",
        "Give a shorter one: 600 characters always fit.",
    ),
    "55P03": _BUSY,
    "57014": (
        "{place} cut it short: {said}",
        "Ask its owner for more time: alter role YOU set statement_timeout = 0",
    ),
    "57P": _LOST,
    "58": ("The disk of {place} could not be read or written: {said}", "See to the server."),
    "XX": ("{place} is damaged: {said}", "Put back a copy of it."),
}
# What somebody may not do, by what it is called, and what the owner grants him for it.
_GRANTS = (
    (r"for schema (.+)\.", "grant create, usage on schema {0} to YOU"),
    (r"temporary tables in database (.+)\.", "grant temporary on database {0} to YOU"),
    (
        r"for (?:table|view|relation) ",
        "grant select, insert, update on all tables in schema NAME to YOU "
        "(public, unless the address names another)",
    ),
)
# What a server, or the way to it, says when it lets nobody in; they have no code then.
_REFUSALS = (
    ("password authentication failed", "Check the name and the password."),
    (
        "no password supplied",
        "Give the password in ~/.pgpass, or in PGPASSWORD: it is then in no command line.",
    ),
    ("does not exist", "Check the name; to make a database: createdb NAME"),
    ("no pg_hba.conf entry", "Ask its owner to let you in from this machine."),
    ("too many clients", "Do it again in a moment."),
    ("remaining connection slots", "Do it again in a moment."),
    ("starting up", "Do it again in a moment."),
    ("shutting down", "Do it again once the server runs."),
    ("permission denied for database", "Ask its owner: grant connect on database NAME to YOU"),
)


def worded(
    error: Exception, place: Address, patience: float = 30, rows: Iterable[Sequence[object]] = ()
) -> StoreError | UsageError:
    """The error a person sees for one that the server, or the way to it, raised.

    `rows` are the values that were sent.
    """
    said = _first_line(error)
    if "NUL (0x00)" in said:
        return UsageError(
            f"These words hold a NUL, which PostgreSQL cannot keep{_with_nul(rows)}.",
            "Write them without it.",
        )
    code = getattr(error, "sqlstate", None) or "08"
    if code == "42501":
        return StoreError(f"{place} does not let you do that: {said}", _leave(said))
    problem, remedy = next(
        (_WORDS[key] for key in (code, code[:3], code[:2]) if key in _WORDS),
        ("{place} could not be used: {said}", "See what does not fit: factlog log --verify"),
    )
    return StoreError(problem.format(place=place, said=said, patience=patience), remedy)


def _with_nul(rows: Iterable[Sequence[object]]) -> str:
    """The first words with a NUL among these values, and what stands about it."""
    for value in chain.from_iterable(rows):
        if isinstance(value, str) and (before := value.find("\0")) >= 0:
            return f': "{value[max(0, before - 40) : before + 40]}"'
    return ""


def _leave(said: str) -> str:
    """Whom to ask for leave, and, where the server tells in English what for, for which."""
    for sign, grant in _GRANTS:
        if found := re.search(sign, said):
            return f"Ask its owner for leave: {grant.format(*found.groups())}"
    return "Ask its owner for leave."


def unreachable(error: Exception, place: Address) -> StoreError:
    """The refusal of an address at which nobody answers, or nobody lets one in."""
    said = _first_line(error).rpartition("FATAL:  ")[2]
    for sign, remedy in _REFUSALS:
        if sign in said:
            return StoreError(f"{place} lets nobody in: {said}", remedy)
    return StoreError(
        f"No server answers at {place}: {said}",
        "See that it runs and that its name and port are right.",
    )


def misread(place: Address) -> UsageError:
    """The refusal of an address that is none; what is wrong with it may be its password."""
    return UsageError(
        f"{place} is no address of a database.",
        "Write postgresql://USER@HOST:PORT/DATABASE; other signs than letters and digits in a "
        "name or password as %40 for @.",
    )


def _first_line(error: Exception) -> str:
    said = str(error).strip().partition("\n")[0].strip()
    return f"{said.rstrip('.')}."
