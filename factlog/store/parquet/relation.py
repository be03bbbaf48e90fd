"""The claims of Parquet files as one relation in DuckDB, or why they can be none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factlog.errors import UsageError
from factlog.store.parquet.columns import COLUMNS, DATE, FLAG, NEEDED, REAL, TEXT, WHOLE


def make(connection: Any, names: list[str], files: str) -> None:
    """Make the relation `claims`: each claim once, with an id that is no one else's.

    `files` is what the files are called where they cannot be read.
    """
    read = f"read_parquet([{', '.join(map(_literal, names))}], filename = true)"
    lacking = " or ".join(f"{name} is null" for name in NEEDED)
    once = "qualify row_number() over (partition by uid order by id) = 1"
    with worded(files):
        told = connection.execute(f"describe select * from {read}").fetchall()  # noqa: S608
        _refuse_without(files, {name for name, *_ in told})
        found = connection.execute(
            f"select filename, max(greatest({_as('id')}, {_as('statement')})), "  # noqa: S608
            f"count(*) filter ({lacking}) from {read} group by 1"
        ).fetchall()
        _refuse_lacking({name: count for name, _top, count in found if count})
        firsts = _offsets(names, {name: top for name, top, _count in found})
        connection.execute("create table file(name varchar, first bigint)")
        connection.executemany("insert into file values (?, ?)", firsts)
        connection.execute(
            f"create view claims as select {', '.join(map(_column, COLUMNS))} from {read} p "  # noqa: S608
            f"join file f on f.name = p.filename {once if len(names) > 1 else ''}"
        )


def _refuse_without(files: str, there: set[str]) -> None:
    """Refuse files that have not all the columns of claims."""
    missing = [name for name in COLUMNS if name not in there]
    if missing:
        raise unreadable(files, f"no column {', '.join(missing[:8])}")


def _refuse_lacking(lacking: dict[str, int]) -> None:
    """Refuse rows without what makes a claim, which would be taken for something else."""
    for name, count in lacking.items():
        raise UsageError(
            f"{count:,} of the rows of {name} {'lacks' if count == 1 else 'lack'} what every "
            "claim has.",
            f"Fill these columns in every row: {', '.join(NEEDED)}.",
        )


@contextmanager
def worded(files: str) -> Iterator[None]:
    """Say in two lines what DuckDB could not do with the files."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        _kind, _, why = str(error).splitlines()[0].partition(": ")
        raise unreadable(files, why[:200].rstrip(".")) from error


def unreadable(files: str, why: str) -> UsageError:
    """The refusal of files that do not hold claims as factlog writes them."""
    return UsageError(
        f"{files} cannot be read as claims: {why}.",
        "Give files that factlog export wrote: factlog export claims.parquet",
    )


def named(files: Sequence[Path]) -> str:
    """What one file or several are called in a message."""
    return str(files[0]) if len(files) == 1 else f"One of {len(files)} files"


def _offsets(names: list[str], tops: dict[str, int | None]) -> list[tuple[str, int]]:
    """What is added to the ids of each file, so that no two are the same."""
    first, offsets = 0, []
    for name in names:
        offsets.append((name, first))
        first += tops.get(name) or 0
    return offsets


# Types as DuckDB has them. What another program wrote may have others that come to the same.
_TYPES = {TEXT: "varchar", WHOLE: "bigint", REAL: "double", DATE: "date", FLAG: "boolean"}


def _as(name: str) -> str:
    """A column of a file as what it has to hold."""
    return f"cast({name} as {_TYPES[COLUMNS[name.removeprefix('p.')]]})"


def _column(name: str) -> str:
    """A column of the relation: ids go on from those of the files before."""
    more = "f.first + " if name in ("id", "statement") else ""
    return f"{more}{_as(f'p.{name}')} as {name}"


def _literal(name: str) -> str:
    """The name of a file in SQL, where signs such as * would stand for other files."""
    plain = re.sub(r"[*?\[]", r"[\g<0>]", name)
    return "'" + plain.replace("'", "''") + "'"
