"""The columns of a file and ours: what is told of them, and what is made of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from factlog.claim import COLUMNS, DEFINED
from factlog.errors import ImportFailed, UsageError
from factlog.values import dataclass

NUMBERS = ("value", "low", "high")
# What can be named: export's columns and the size of a sample. The last day of what as_of begins
# is the second of two columns named for that.
SAMPLE, UNTIL = "n", "until"
NAMED = (*COLUMNS, *DEFINED, SAMPLE)
TAKEN = (*NAMED, UNTIL)
_NAMED = 40  # how many of a file's columns a message lists


@dataclass(frozen=True, slots=True)
class Flag:
    """A column of marks: where the cell is `mark`, the value has these words before it.

    With a `measure` the column is about that one alone, of those that have columns of their own.
    """

    words: str
    column: str
    mark: str
    measure: str = ""

    @property
    def option(self) -> str:
        """The option that tells it."""
        return f"--{self.words.replace(' ', '-')}-if"


@dataclass(frozen=True, slots=True)
class Columns:
    """How the columns of a file are to be taken.

    `mapping` names the file's column for one of ours, `fixed` fills one of ours for every row.
    `measures` names the column of each measure, for a claim a row from each; `dates_across` is
    how the dates are written that head columns, for a claim a row from each of those. `flags`
    are columns of marks that make a value a bound. `unit` is that of every number whose row names
    none.
    """

    mapping: Mapping[str, str]
    fixed: Mapping[str, str]
    measures: Mapping[str, str]
    dates_across: str | None = None
    flags: tuple[Flag, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """One claim that each row makes: the places of our columns, and what is alike in every row.

    `header` is the column that holds the number, where several do; `flags` are those about it,
    with their places.
    """

    places: Mapping[str, int]
    fixed: Mapping[str, str]
    header: str = ""
    flags: tuple[tuple[Flag, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What is made of a file's columns; the names and places of those that are not taken.

    `renamed` are those taken by a name that is known for one of ours, `units` what the names of
    columns say their numbers are in, and `overruled` what they say where another unit is told.
    """

    takes: tuple[Take, ...]
    ignored: tuple[str, ...]
    others: tuple[int, ...]
    renamed: Mapping[str, str]
    units: Mapping[str, str]
    overruled: Mapping[str, str]

    def extends(self, other: Layout) -> bool:
        """Whether all that is taken by the other is taken alike, and nothing that it leaves."""
        places = zip(self.takes, other.takes, strict=False)
        return (
            len(self.takes) >= len(other.takes)
            and all(take.places.items() >= old.places.items() for take, old in places)
            and self.others[: len(other.others)] == other.others
        )


class MissingColumns(ImportFailed):
    """A file that lacks columns it needs, with its own and a guess which are meant for them."""

    def __init__(self, problem: str, remedy: str, guessed: Columns, header: Sequence[str]) -> None:
        super().__init__(problem, remedy)
        self.guessed = guessed
        self.header = header


def key(column: str) -> str:
    """What two spellings of one column share: "As of " and "as_of" are one."""
    return "_".join(column.casefold().replace("_", " ").replace("-", " ").split())


def told(columns: Columns) -> Iterator[tuple[str, str]]:
    """Every column that is told, with the option that tells it."""
    for ours, its in columns.mapping.items():
        if ours not in columns.fixed:
            yield f"--map {ours}", its
    for measure, its in columns.measures.items():
        yield f"--measures {measure}", its
    for flag in columns.flags:
        yield flag.option, flag.column


def flags(marks: Mapping[str, Mapping[str, object] | None]) -> tuple[Flag, ...]:
    """The flags of some words before values: {"at least": {"Minimum": "1"}}."""
    return tuple(
        Flag(words, column, str(mark))
        for words, marked in marks.items()
        for column, mark in (marked or {}).items()
    )


def apart(columns: Columns, header: Collection[str]) -> Columns:
    """The columns with what one option says of two things apart, where no column is named so.

    These are the measure of a flag, "killed:Min", and the first and last days, "From/To".
    """
    names = {key(name) for name in header}
    span = columns.mapping.get("as_of", "")
    first, _slash, last = span.partition("/")
    if key(span) not in names and {key(first), key(last)} <= names:
        days = {"as_of": first, UNTIL: last}
        columns = replace(columns, mapping={**columns.mapping, **days})
    flags = (flag if key(flag.column) in names else _of_one(flag) for flag in columns.flags)
    return replace(columns, flags=tuple(flags))


def _of_one(flag: Flag) -> Flag:
    measure, _colon, column = (part.strip() for part in flag.column.partition(":"))
    return replace(flag, measure=measure, column=column) if measure and column else flag


def theirs(ours: str, mapping: Mapping[str, str]) -> str:
    """The key of the file's column for one of ours; what export lacks has none but a named one."""
    return key(mapping.get(ours, "" if ours in (SAMPLE, UNTIL) else ours))


def others(name: str) -> str:
    """What to write for a name that is no column of ours."""
    if name == "until":
        return "Name the columns of first and last days together: --map as_of=FIRST/LAST"
    return f"They are: {', '.join(NAMED)}"


def check_options(columns: Columns) -> None:
    """Refuse a mapping or a fixed value for what is no column of ours, or two for one."""
    mapping, fixed = columns.mapping, columns.fixed
    for ours in (*mapping, *fixed):
        if ours not in NAMED:
            raise UsageError(f'"{ours}" is not one of factlog\'s columns.', others(ours))
    for ours in mapping:
        if ours in fixed:
            raise UsageError(
                f"The column {ours} is given by --map and by --set.", "Keep one of the two."
            )
    several = {"--measures": columns.measures, "--dates-across": columns.dates_across}
    given = [option for option, value in several.items() if value]
    filled = {*mapping, *fixed}
    for ours in sorted(filled & {"plus", "minus"} if given else ()):
        raise UsageError(
            f"{given[0]} takes values alone, and {ours} is told beside it.",
            "For one measure with its margins: --map value=COLUMN --set measure=NAME",
        )
    filled &= {
        *(NUMBERS if given else ()),
        *(("measure",) if columns.measures else ()),
        *(("as_of",) if columns.dates_across else ()),
    }
    for ours in sorted(filled):
        raise UsageError(
            f"{given[0]} and another option both say where {ours} comes from.", "Keep one of them."
        )


def listed(header: Sequence[str]) -> str:
    """The columns of a file as a message lists them, the first forty if there are more."""
    shown = [name.strip()[:60] or "(blank)" for name in header]
    more = len(shown) - _NAMED
    return ", ".join(shown[:_NAMED]) + (f" and {more} more" if more > 0 else "")
