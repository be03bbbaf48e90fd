"""A schema of a later factlog, made up: what there is now and two steps more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factlog.store.schema import STEPS, Step

if TYPE_CHECKING:
    from sqlite_utils import Database


def _add_a_column(db: Database) -> None:
    db.execute("alter table statement add column page text")


def _add_a_table(db: Database) -> None:
    db.create_table("photograph", {"id": int, "name": str}, pk="id", strict=True)


NEXT: tuple[Step, ...] = (*STEPS, ("pages", _add_a_column), ("photographs", _add_a_table))
