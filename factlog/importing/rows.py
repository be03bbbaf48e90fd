"""The rows of a file: which columns it has, and each row as a claim or the reason it is none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from factlog import dates
from factlog import measures as vocabulary
from factlog.claim import COLUMNS, Claim, Figure, Period, Statement
from factlog.errors import ImportFailed, ReadingError, RowError, UsageError
from factlog.importing import fields
from factlog.importing.cells import Cell, Cells, Digits, figure
from factlog.importing.encoding import Text
from factlog.importing.repeats import Repeats
from factlog.importing.words import measure_of, said_of
from factlog.spreadsheet import restored
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.policy import Measure


__all__ = ["COLUMNS", "NUMBERS", "Layout"]

NUMBERS = ("value", "low", "high")
# What import takes: export's columns, and the size of a sample, where a column is named for it.
SAMPLE = "n"
TAKEN = (*COLUMNS, SAMPLE)
_NAMED = 40  # how many of a file's columns a message lists


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of a file's columns fills which of ours; the names and places of the others."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]
    others: tuple[int, ...] = ()


def key(column: str) -> str:
    """What two spellings of one column share: "As of " and "as_of" are one."""
    return "_".join(column.casefold().replace("_", " ").replace("-", " ").split())


def layout(header: Sequence[str], mapping: Mapping[str, str], fixed: Mapping[str, str]) -> Layout:
    """Find our columns in a file's header; a required one that is missing is refused.

    `mapping` names the file's column for one of ours, and comes before a column of our name;
    `fixed` names ours that are filled with one value, whatever the file has.
    """
    keys = [key(column) for column in header]
    wanted = {ours: theirs(ours, mapping) for ours in TAKEN if ours not in fixed}
    for ours in mapping:
        if ours not in fixed and wanted[ours] not in keys:
            raise _no_such_column(ours, mapping[ours], header)
    places = {ours: _place(keys, theirs, header) for ours, theirs in wanted.items()}
    found = {ours: place for ours, place in places.items() if place is not None}
    _require(found.keys() | fixed.keys(), header)
    used = set(found.values())
    others = {
        place: name.strip()
        for place, name in enumerate(header)
        if place not in used and name.strip()
    }
    return Layout(found, tuple(others.values()), tuple(others))


def theirs(ours: str, mapping: Mapping[str, str]) -> str:
    """The key of the file's column for one of ours; a sample's size has none but a named one."""
    return key(mapping.get(ours, "" if ours == SAMPLE else ours))


def recognised(header: Iterable[str], mapping: Mapping[str, str]) -> int:
    """Count the columns of a header that are ours, or named by the mapping."""
    known = {*COLUMNS, *(key(theirs) for theirs in mapping.values())}
    return sum(key(column) in known for column in header)


def check_options(mapping: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    """Refuse a mapping or a fixed value for what is no column of ours, or both for one."""
    for ours in (*mapping, *fixed):
        if ours not in TAKEN:
            raise UsageError(
                f'"{ours}" is not one of factlog\'s columns.', f"They are: {', '.join(COLUMNS)}"
            )
    for ours in mapping:
        if ours in fixed:
            raise UsageError(
                f"The column {ours} is given by --map and by --set.", "Keep one of the two."
            )


def lacking(present: Iterable[str]) -> str | None:
    """Name the first required column that is not among these; None if all are there."""
    there = set(present)
    for column in ("subject", "source"):
        if column not in there:
            return column
    return None if there.intersection(NUMBERS) else "value"


def supply(column: str) -> str:
    """Say how to fill a column that a file lacks."""
    if column == "value":
        return "Name the column that holds the numbers: --map value=COLUMN (or low, or high)."
    return (
        f"Name the column that holds it, --map {column}=COLUMN, "
        f'or fill it for every row, --set {column}="...".'
    )


def _place(keys: Sequence[str], theirs: str, header: Sequence[str]) -> int | None:
    if theirs and keys.count(theirs) > 1:
        raise ImportFailed(
            f'The file has two columns named "{header[keys.index(theirs)].strip()}".',
            "Rename one of them, so that it is clear which is meant.",
        )
    return keys.index(theirs) if theirs and theirs in keys else None


def _require(present: Iterable[str], header: Sequence[str]) -> None:
    missing = lacking(present)
    if missing:
        raise ImportFailed(
            f'The file has no column "{missing}"; it has: {listed(header)}.', supply(missing)
        )


def _no_such_column(ours: str, theirs: str, header: Sequence[str]) -> ImportFailed:
    return ImportFailed(
        f'The file has no column "{theirs}" to take {ours} from; it has: {listed(header)}.',
        f"Name one of its columns: --map {ours}=COLUMN.",
    )


def listed(header: Sequence[str]) -> str:
    """The columns of a file as a message lists them, the first forty if there are more."""
    names = [name.strip()[:60] or "(blank)" for name in header]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


_REASON_LENGTH = 300


class BadRow(RowError):
    """A row that cannot become a claim, with its cells as they stood (for JSON, its text).

    Nothing is `given` of a row that is too long to be held.
    """

    def __init__(
        self, line: int, reason: str, remedy: str = "", given: tuple[str, ...] = ()
    ) -> None:
        if not reason.isascii():  # a byte that was no character stays in the row alone
            reason = reason.encode("utf-8", "backslashreplace").decode()
        if len(reason) > _REASON_LENGTH:
            reason = reason[:_REASON_LENGTH] + "..."
        super().__init__(line, reason, remedy)
        self.given = given


class Rows(ABC):
    """The rows of a file, read once, in order: pairs of line number and claim or BadRow.

    `columns` are the file's own (what is known of them so far, for JSON) and `ignored` those
    that fill none of ours; `repeats` are the rows that only the latter tell apart. `encoding`
    is what the bytes were taken for and `position` how many of them have been read.
    """

    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def __init__(self, text: Text, maker: Maker) -> None:
        self._text = text
        self._maker = maker
        self.repeats = Repeats()

    @property
    def encoding(self) -> str:
        """What the bytes read so far were taken for: UTF-8, UTF-16, Windows-1252."""
        return self._text.encoding

    @property
    def position(self) -> int:
        """How many bytes of the file have been read, to show progress by."""
        return self._text.position

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""

    @property
    def written(self) -> tuple[str, str]:
        """The encoding, and its way with what is no character, that keep a row as it stood."""
        return self._text.written

    @property
    def heading(self) -> str:
        """What comes before the bad rows in a file of them."""
        return ""

    @abstractmethod
    def rejected(self, bad: BadRow) -> str:
        """A bad row as it stood in the file, with a column `reason`."""


Key = TypeVar("Key")
Made = TypeVar("Made")
_REMEMBERED = 20_000
_SHORT = 1_000
_SAMPLE = TAKEN.index(SAMPLE)
_NUMBERS = slice(COLUMNS.index("value"), COLUMNS.index("unit") + 1)
(_SUBJECT, _MEASURE, _SOURCE, _AS_OF, _PUBLISHED, _VIA, _URL, _ORIGIN, _SCOPE, _QUOTE, _NOTE) = (
    place for place in range(len(COLUMNS)) if place not in range(*_NUMBERS.indices(len(COLUMNS)))
)


class _Memo(dict[Key, Made]):
    """What each cell of a column was read as, for as long as there is room.

    Names, dates, units and links repeat from row to row; reading each once is what makes a
    long file quick.
    """

    def __init__(self, read: Callable[[Key], Made]) -> None:
        self._read = read

    def __missing__(self, cell: Key) -> Made:
        made = self._read(cell)
        if not isinstance(cell, str) or len(cell) <= _SHORT:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[cell] = made
        return made


class Maker:
    """Makes claims of rows, each a tuple of cells in the order of TAKEN.

    `fixed` fills a column with one value for every row; `defused` says that the apostrophes
    export puts before formula signs are to be taken off.
    """

    def __init__(
        self,
        measures: Iterable[Measure] | None = None,
        *,
        fixed: Mapping[str, str] | None = None,
        date_format: str | None = None,
        locale: str | None = None,
        defused: bool = False,
    ) -> None:
        self._measures = vocabulary.starter() if measures is None else tuple(measures)
        self._fixed = fixed or {}
        self._date_format = date_format
        self._locale = locale
        self._defused = defused
        if date_format:
            with suppress(ReadingError):  # a format that is none is refused before any row
                dates.parse("?", format=date_format)
        self._subject = self._column("subject", fields.name)
        self._measure = self._column("measure", fields.optional_name)
        self._source = self._column("source", fields.name)
        self._as_of = self._column("as_of", self._date)
        self._published = self._column("published", self._date)
        self._via = self._column("via", fields.optional_name)
        self._url = self._column("url", fields.link, repeated=False)
        self._origin = self._column("origin", fields.optional_name)
        self._scope = self._column("scope", fields.optional_name)
        self._quote = self._column("quote", fields.passage, repeated=False)
        self._note = self._column("note", fields.passage, repeated=False)
        self._stated = _Memo(self._state).__getitem__
        self._spoken: tuple[object, ...] = ()
        self._statement = Statement("", "")

    def claim(self, cells: tuple[Cell, ...]) -> Claim:
        """The claim a row makes; UsageError names the column that stops it."""
        statement = self._uttered(cells)
        found, given = self._stated((*cells[_NUMBERS], cells[_SAMPLE]))
        measure = self._measure(cells[_MEASURE]) or given
        said = found.said
        if found.thing:
            said = said_of(found, measure, self._measures, self._locale)
        return Claim(
            statement,
            said,
            found.estimate,
            measure,
            self._scope(cells[_SCOPE]),
            self._origin(cells[_ORIGIN]),
            self._note(cells[_NOTE]),
            thing=found.thing,
            unit_said=found.unit_said,
        )

    def _uttered(self, cells: tuple[Cell, ...]) -> Statement:
        """The statement of a row: the one before, if all that makes a statement is alike."""
        subject, source, quote = cells[_SUBJECT], cells[_SOURCE], cells[_QUOTE]
        spoken = (subject, source, quote, cells[_AS_OF:_ORIGIN])
        if spoken != self._spoken:
            as_of, published, via, url = spoken[3]
            self._statement = Statement(
                self._subject(subject),
                self._source(source),
                self._as_of(as_of),
                self._published(published),
                self._via(via),
                self._url(url),
                self._quote(quote),
            )
            self._spoken = spoken
        return self._statement

    def _column(
        self, column: str, read: Callable[[str, str], Made], *, repeated: bool = True
    ) -> Callable[[Cell], Made]:
        """What reads the cells of a column, remembering those it has met if they repeat."""
        if column in self._fixed:
            made = read(self._fixed[column], column)
            return lambda _cell: made
        if repeated:
            met: _Memo[Cell, Made] = _Memo(lambda cell: read(self._text(cell), column))
            return met.__getitem__
        return lambda cell: read(self._text(cell) if cell else "", column)

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, Digits):
            return cell.text
        return restored(cell) if self._defused else cell

    def _date(self, text: str, column: str) -> Period | None:
        text = text.strip()
        if not text:
            return None
        try:
            if text == self._fixed.get(column, "").strip():
                return self._own_date(text)
            return dates.parse(text, format=self._date_format)
        except ReadingError as error:
            raise UsageError(f"{column}: {error.problem}", error.remedy) from error

    def _own_date(self, text: str) -> Period:
        """A date typed beside the file, which need not be written as the file writes them."""
        try:
            return dates.parse(text)
        except ReadingError:
            return dates.parse(text, format=self._date_format)

    def _state(self, cells: tuple[Cell, ...]) -> tuple[Figure, str]:
        """The figure of a row, and the measure that the thing counted gives."""
        for column, cell in zip((*COLUMNS[_NUMBERS], SAMPLE), cells, strict=True):
            if cell and isinstance(cell, str):
                fields.check_printed(cell, column)
        if not any(cells[1:]) and isinstance(cells[0], str):  # a value alone, as most are
            value = self._text(cells[0]).strip()
            found = figure(Cells(value), self._locale)
            return found, measure_of(found, self._measures) if found.thing else ""
        plain = [cell and self._plain(cell) for cell in cells]
        found = figure(Cells(*plain), self._locale)
        measure = measure_of(found, self._measures) if found.thing else ""
        return found, measure

    def _plain(self, cell: Cell) -> Cell:
        return cell if isinstance(cell, Digits) else self._text(cell).strip()
