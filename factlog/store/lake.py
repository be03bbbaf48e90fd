"""Claims in Parquet files, for whichever engine reads them.

The columns and what each holds, what every row must have, how a row becomes a claim again, and
what files that hold claims alone say of the rest of a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Self

from factlog.claim import DEFINED, Claim, Statement
from factlog.decision import Decision
from factlog.definition import Definition
from factlog.errors import UsageError
from factlog.policy import Measure
from factlog.profile import SourceProfile
from factlog.store.named import names
from factlog.store.rows import claim_of, statement_of

TEXT, WHOLE, REAL, DATE, FLAG = "text", "whole", "real", "date", "flag"

# The names that subjects, measures and sources go by; they stand beside those they were given.
SHOWN = ("subject_name", "measure_name", "source_name")
# What each column holds. The numbers stand as exact decimal text, with binary ones beside
# them for engines to reckon with; `subject_key` is what subjects are matched by.
COLUMNS: dict[str, str] = {
    **{"id": WHOLE, "statement": WHOLE, "uid": TEXT},
    **dict.fromkeys(("subject_key", "subject", "measure", "source", "said", "hedge", "side"), TEXT),
    **dict.fromkeys(("low", "best", "high", "plus", "minus", "coverage", "unit"), TEXT),
    **{"low_open": FLAG, "high_open": FLAG},
    **{"as_of": TEXT, "as_of_first": DATE, "as_of_last": DATE},
    **{"published": TEXT, "published_first": DATE, "published_last": DATE},
    **dict.fromkeys(("via", "url", "origin", "scope", "quote", "note", "recorded"), TEXT),
    **dict.fromkeys(("best_real", "plus_real", "minus_real", "stated_low", "stated_high"), REAL),
    **dict.fromkeys((*SHOWN, *DEFINED), TEXT),
}
# What every claim has; the others may be null, and a file may have no columns of names shown,
# nor of what is counted.
NEEDED = (
    *("id", "statement", "uid", "subject_key", "subject", "source"),
    *("said", "hedge", "low_open", "high_open", "recorded"),
)
# Types in SQL. What another program wrote may have others that come to the same.
TYPES = {TEXT: "string", WHOLE: "bigint", REAL: "double", DATE: "date", FLAG: "boolean"}

OURS = "Give files that factlog export wrote: factlog export claims.parquet"


def unreadable(files: str, why: str, remedy: str = OURS) -> UsageError:
    """The refusal of files that do not hold claims as factlog writes them."""
    return UsageError(f"{files} cannot be read as claims: {why}.", remedy)


def named(files: Sequence[object]) -> str:
    """What one file or several are called in a message."""
    return str(files[0]) if len(files) == 1 else f"One of {len(files)} files"


_UNPACKED = 1 << 26  # bytes that any file may come to when it is unpacked,
_TIMES = 200  # and how many times its own size a larger one may


def refuse_many(name: str, rows: int, size: int) -> None:
    """Refuse a file of more rows than bytes: no two claims have one uid."""
    if rows > size:
        raise unreadable(name, f"it has {rows:,} rows in {size:,} bytes")


def refuse_beyond(name: str, unpacked: int, size: int) -> None:
    """Refuse a file that unpacks to far more than claims would."""
    if unpacked > max(_UNPACKED, _TIMES * size):
        raise unreadable(name, f"its {size:,} bytes unpack to {unpacked:,}")


def refuse_without(files: str, there: set[str]) -> None:
    """Refuse files that have not all the columns of claims."""
    missing = [name for name in COLUMNS if name not in {*there, *SHOWN, *DEFINED}]
    if missing:
        raise unreadable(files, f"no column {', '.join(missing[:8])}")


def refuse_lacking(lacking: Mapping[str, int]) -> None:
    """Refuse rows without what makes a claim, which would be taken for something else."""
    for name, count in lacking.items():
        raise UsageError(
            f"{count:,} of the rows of {name} {'lacks' if count == 1 else 'lack'} what every "
            "claim has.",
            f"Fill these columns in every row: {', '.join(NEEDED)}.",
        )


def cast(name: str) -> str:
    """A column of a file as what it has to hold, in SQL."""
    return f"cast({name} as {TYPES[COLUMNS[name.removeprefix('p.')]]})"


def length(there: set[str], function: str) -> str:
    """How many bytes of text a row has, in SQL, by the function that counts those of a text."""
    texts = (cast(name) for name, kind in COLUMNS.items() if kind == TEXT and name in there)
    return " + ".join(f"coalesce({function}({text}), 0)" for text in texts)


def lacking() -> str:
    """Whether a row lacks what every claim has, in SQL."""
    return " or ".join(f"{name} is null" for name in NEEDED)


def selected(there: set[str]) -> Iterator[str]:
    """The columns of the relation of claims, in SQL: ids go on from those of the files before.

    Without another name to go by, a thing goes by the one it was given.
    """
    for name in COLUMNS:
        if name in SHOWN:
            given = cast(f"p.{name.removesuffix('_name')}")
            shown = f"coalesce({cast(f'p.{name}')}, {given})" if name in there else given
            yield f"{shown} as {name}"
        elif name in DEFINED and name not in there:
            yield f"cast(null as string) as {name}"
        else:
            more = "f.first + " if name in ("id", "statement") else ""
            yield f"{more}{cast(f'p.{name}')} as {name}"


def offsets(names: Iterable[str], tops: Mapping[str, int | None]) -> list[tuple[str, int]]:
    """What is added to the ids of each file, so that no two are the same."""
    first, found = 0, []
    for name in names:
        found.append((name, first))
        first += tops.get(name) or 0
    return found


# What is asked of the relation for what claims count.
SAID_TO_COUNT = (
    f"select id, {', '.join(DEFINED)} from {{}} "  # noqa: S608
    f"where {' or '.join(f'{name} is not null' for name in DEFINED)}"
)

# Which row of those of one claim counts, in SQL: the first in its file, of the first such file.
ONCE = "row_number() over (partition by p.uid order by p.id, f.first)"

# A claim as the store's own rows have it, after its subject's key and its statement's words.
_FIGURES = (
    *("as_of", "cast(as_of_first as string)", "cast(as_of_last as string)"),
    *("published", "cast(published_first as string)", "cast(published_last as string)"),
    *("via", "url", "quote", "id", "statement", "id", "uid", "said", "hedge", "side"),
    *("low", "best", "high", "cast(low_open as integer)", "cast(high_open as integer)"),
    *("plus", "minus", "coverage", "unit", "scope", "origin", "note", "recorded"),
)
_STATEMENT, FIRST_OF_CLAIM, _SAID, _UNIT = 5, 14, 18, 29


def claim_columns(*, as_given: bool) -> tuple[str, ...]:
    """What is asked of the relation for claims; `as_given` with names as they were recorded."""
    shown = ("subject", "source", "measure")
    named = shown if as_given else tuple(f"{name}_name" for name in shown)
    return ("subject_key", "statement", *named, *_FIGURES)


def claims(rows: Iterable[Sequence[Any]], files: str) -> Iterator[Claim]:
    """The claims that rows of those columns hold, those of one statement sharing it."""
    last: tuple[object, Statement | None] = (None, None)
    for row in rows:
        try:
            statement = last[1]
            if statement is None or row[1] != last[0]:
                statement = statement_of(row[2], row[3], row[_STATEMENT:FIRST_OF_CLAIM])
                last = (row[1], statement)
            rest = (None, None, *names(row[_SAID], row[_UNIT]), None)
            claim = claim_of(statement, row[4], (*row[FIRST_OF_CLAIM:], *rest))
        except (LookupError, ValueError, ArithmeticError, TypeError) as error:
            number, said = row[FIRST_OF_CLAIM], row[_SAID]
            raise unreadable(files, f'claim {number}, "{said}", is damaged') from error
        yield claim


class ClaimFiles:
    """Files that hold claims and nothing else of a record, asked as a store is; they are only read.

    Where one claim is in several files it counts once, by its uid; ids are then numbered
    through the files.
    """

    def __init__(self, files: Sequence[object], measures: Sequence[Measure]) -> None:
        self._files = named(files)
        self._measures = tuple(measures)

    def measures(self) -> tuple[Measure, ...]:
        """What is measured, as it was given."""
        return self._measures

    def decisions(self, today: date) -> tuple[Decision, ...]:  # noqa: ARG002
        """What was decided: nothing, as files hold claims alone."""
        return ()

    def definitions(self) -> dict[int, Definition]:
        """What each claim counts of which the files say so, by the claims' ids."""
        return {number: Definition(*said) for number, *said in self._defined()}

    def _defined(self) -> Iterable[Sequence[Any]]:
        """The id and the columns of what is counted, of the claims that say so."""
        raise NotImplementedError

    def profiles(self) -> tuple[SourceProfile, ...]:
        """What is known of sources: nothing, as files hold claims alone."""
        return ()

    def close(self) -> None:
        """Let go of the files."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self.close()
