"""What SQLite says when something is wrong, in words for the person it happened to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from factlog.errors import StoreError

_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _TOOBIG, _NOTADB = (
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_NOTADB),
)
_PERM = (sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)

_WORDS = {
    _FULL: ("There is no room left on the disk for {path}.", "Make room and do it again."),
    _READONLY: (
        "{path} cannot be written: the file or its folder is read-only.",
        "Work on a copy in a folder of your own, or ask for leave to write there.",
    ),
    _CORRUPT: (
        "{path} is damaged: SQLite cannot make sense of it.",
        "Put back a copy of it, or save what can be read: sqlite3 FILE .recover",
    ),
    _NOTADB: (
        "{path} is not a factlog store.",
        "Name another file with --db, or leave --db out to use your own store.",
    ),
    _IOERR: (
        "The disk that holds {path} could not be read or written.",
        "See that the disk is there and has room, then do it again.",
    ),
    _CANTOPEN: (
        "{path} cannot be opened.",
        "See that it is a file, in a folder you may use.",
    ),
    _TOOBIG: ("A text is longer than a store can hold (1 GB).", "Shorten it."),
}
_IN_USE = (
    "{path} is in use by another program, and still was after {patience:g} seconds.",
    "Close it there, or do it again in a moment.",
)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program holds the store, so that waiting may help."""
    return _code(error) in (_BUSY, _LOCKED)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file makes no sense as it is."""
    return _code(error) == _CORRUPT


def worded(error: sqlite3.Error, path: Path, patience: float = 30) -> StoreError:
    """The error a person sees for one that SQLite raised."""
    code = _code(error)
    if code in (_BUSY, _LOCKED):
        problem, remedy = _IN_USE
    elif code in _PERM:
        problem, remedy = _WORDS[_READONLY]
    else:
        problem, remedy = _WORDS.get(
            code,
            (
                "{path} could not be used: {error}.",
                "It may be damaged or changed by another program: put back a copy of it.",
            ),
        )
    return StoreError(problem.format(path=path, patience=patience, error=error), remedy)


def no_store(path: Path) -> StoreError:
    """The refusal of a file that is not SQLite's at all."""
    problem, remedy = _WORDS[_NOTADB]
    return StoreError(problem.format(path=path), remedy)


def _code(error: sqlite3.Error) -> int:
    """The primary code: the extended ones keep it in the low byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
