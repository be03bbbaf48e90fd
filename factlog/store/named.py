"""What a claim's words name, and whether they read as the claim does: read once, then kept."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import lru_cache

from factlog.claim import Claim, Estimate, Figure
from factlog.errors import ReadingError
from factlog.parsing import read
from factlog.parsing.unit_words import as_written

_AT_ONCE = 5_000
Names = tuple[str | None, str | None]  # the thing counted and the unit, as written


@lru_cache(maxsize=20_000)
def _reading(said: str, unit: str | None) -> Figure | None:
    try:
        return read(said, unit=unit)
    except ReadingError:
        return None


def as_usual(claim: Claim) -> bool:
    """Whether the words, without a locale or anything else beside them, read as the claim does."""
    return reads_as(claim.said, claim.estimate)


def reads_as(said: str, estimate: Estimate) -> bool:
    """Whether words, of which the unit stands beside them, read so by themselves."""
    figure = _reading(said, estimate.unit)
    return figure is not None and alike(figure.estimate, estimate)


def alike(one: Estimate, other: Estimate) -> bool:
    """Whether two readings are one; what is no number is like nothing."""
    try:
        return one == other
    except ArithmeticError:
        return False


def names(said: str, unit: str | None) -> Names:
    """The thing and the unit in the words of a value; None for each that they do not name."""
    if said.isdigit():  # as most are
        return None, None
    figure = _reading(said, unit)
    with suppress(ReadingError):
        return (figure.thing if figure else None), (as_written(said, unit) if unit else None)
    return None, None


def of(claim: Claim) -> Names:
    """The thing and the unit a claim comes with, else those in its words."""
    if claim.thing or claim.unit_said:
        return claim.thing, claim.unit_said
    return names(claim.said, claim.estimate.unit)


def fill(raw: sqlite3.Connection) -> None:
    """Fill in what the words name of the claims recorded before that was kept."""
    sql = "select id, said, unit from claim where id > ? order by id limit ?"
    last = -(2**63)
    while rows := raw.execute(sql, (last, _AT_ONCE)).fetchall():
        named = ((*names(said, unit), number) for number, said, unit in rows)
        raw.executemany(
            "update claim set thing = ?, unit_said = ? where id = ?",
            [each for each in named if each[:2] != (None, None)],
        )
        last = rows[-1][0]
