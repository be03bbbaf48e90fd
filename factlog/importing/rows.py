"""The rows of a file, each as a claim or the reason it is none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from factlog import dates, units
from factlog import measures as vocabulary
from factlog.claim import COLUMNS, DEFINED, Claim, Figure, Hedge, Period, Statement
from factlog.definition import Definition
from factlog.errors import ReadingError, RowError, UsageError
from factlog.importing import fields
from factlog.importing.asides import Remark, Remarks, is_empty, is_formula_error, reworded
from factlog.importing.cells import Cell, Cells, Day, Digits, LongNumber, UnclearCell, figure
from factlog.importing.columns import SAMPLE, TAKEN, UNTIL
from factlog.importing.dating import Dating
from factlog.importing.encoding import FileText
from factlog.importing.repeats import Repeats
from factlog.importing.words import measure_of, said_of
from factlog.parsing import at_once, languages
from factlog.parsing.text import signs_of
from factlog.spreadsheet import restored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.importing.columns import Columns, Flag
    from factlog.policy import Measure

_REASON_LENGTH = 300


class BadRow(RowError):
    """A row that cannot become a claim, with its cells as they stood (for JSON, its text).

    Nothing is `given` of a row that is too long to be held. Of a `partial` one, other values
    are claims. What is `unclear` in one would be clear in a known format.
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
        self.partial = False
        self.unclear: tuple[tuple[str, str], ...] = ()


class Rows(ABC):
    """The rows of a file, read once, in order: pairs of line number and claim or BadRow.

    `columns` are the file's own (for JSON the keys met so far), `ignored` those that fill none of
    ours and `renamed` those that fill one of ours by another name, `units` what some say their
    numbers are in and `overruled` what some say of numbers that are told to be in another;
    `flags` are the marks that were asked about and `met` those that a row has had. `read` is how
    many rows came so far, several of which may stand on one line of JSON, and `repeats` those
    that only ignored columns tell apart. `encoding` is what the bytes were taken for and
    `position` how many of them have been read. `sheets` are the one that is read and the others,
    where a workbook has several, and `hidden` those passed over because they are.
    """

    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    renamed: Mapping[str, str] = MappingProxyType({})
    units: Mapping[str, str] = MappingProxyType({})
    overruled: Mapping[str, str] = MappingProxyType({})
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    read = 0

    def __init__(self, text: FileText | None, maker: Maker) -> None:
        self._text = text
        self._maker = maker
        self.repeats = Repeats()
        self.met: set[Flag] = set()

    @property
    def encoding(self) -> str:
        """What the bytes read so far were taken for: UTF-8, UTF-16, Windows-1252."""
        return self._text.encoding if self._text else "UTF-8"

    @property
    def remarks(self) -> Remarks:
        """What was done with cells that were no plain value: skipped, or read without an aside."""
        return self._maker.remarks

    @property
    def position(self) -> int:
        """How many bytes of the file have been read, to show progress by."""
        return self._text.position if self._text else 0

    @position.setter
    def position(self, read: int) -> None:
        if self._text:
            self._text.position = read

    def found(self) -> dict[str, object]:
        """What reading the rows has found out, for those who opened the same file."""
        names = ("columns", "ignored", "read", "encoding", "remarks", "met")
        told: dict[str, object] = {name: getattr(self, name) for name in names}
        for name in ("renamed", "units", "overruled"):
            told[name] = dict(getattr(self, name))
        return told | {"repeats": self.repeats.told()}

    def take_over(self, found: dict[str, Any]) -> None:
        """Know what others have found out who read the rows of the same file."""
        self._maker.remarks = found.pop("remarks")
        encoding = found.pop("encoding")
        if self._text:
            self._text.encoding = encoding
        for name, value in found.items():
            setattr(self, name, value)

    @property
    def unmet(self) -> Sequence[Flag]:
        """The marks that no row has had so far."""
        return [flag for flag in self.flags if flag not in self.met]

    @abstractmethod
    def guess(self) -> Columns:
        """The columns that are likely meant for one of ours which nothing fills."""

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""

    @property
    def written(self) -> tuple[str, str]:
        """The encoding, and its way with what is no character, that keep a row as it stood."""
        return self._text.written if self._text else ("utf-8", "surrogateescape")

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
_SAMPLE, _UNTIL = TAKEN.index(SAMPLE), TAKEN.index(UNTIL)
_VALUE, _UNIT = TAKEN.index("value"), TAKEN.index("unit")
_NUMBERS = slice(COLUMNS.index("value"), COLUMNS.index("unit") + 1)
_BETWEEN = slice(_VALUE + 1, TAKEN.index("as_of"))
_BEHIND = slice(TAKEN.index("as_of") + 1, len(TAKEN))
_DEFINED = slice(TAKEN.index(DEFINED[0]), TAKEN.index(DEFINED[-1]) + 1)
_UNIT_OF_NUMBERS = COLUMNS[_NUMBERS].index("unit")
_NOTHING_BETWEEN, _NOTHING_BEHIND = (("",) * len(TAKEN[each]) for each in (_BETWEEN, _BEHIND))
_FEW = ("subject", "measure", "source", "value", "as_of")
PLAIN = tuple(map(TAKEN.index, _FEW))  # what a row has at least of those that are plain
(_SUBJECT, _MEASURE, _SOURCE, _AS_OF, _PUBLISHED, _VIA, _URL, _ORIGIN, _SCOPE, _QUOTE, _NOTE) = (
    place for place in range(len(COLUMNS)) if place not in range(*_NUMBERS.indices(len(COLUMNS)))
)


class _Memo(dict[Key, Made]):
    """What each cell of a column was read as, or why it cannot be, for as long as there is room.

    Names, dates, units and links repeat from row to row, and so do what stands for no number and
    dates in another order; reading each once is what makes a long file quick.
    """

    def __init__(self, read: Callable[[Key], Made]) -> None:
        self._read = read
        self._refusals: dict[Key, UsageError] = {}

    def __missing__(self, cell: Key) -> Made:
        if cell in self._refusals:
            raise _anew(self._refusals[cell])
        try:
            made = self._read(cell)
        except UsageError as error:
            _keep(self._refusals, cell, _anew(error))
            raise
        _keep(self, cell, made)
        return made


def _anew(error: UsageError) -> UsageError:
    """The same refusal, not raised yet: one that was holds all that it passed through."""
    found = type(error).__new__(type(error), *error.args)
    found.__dict__.update(error.__dict__)
    return found


def _keep(kept: dict[Key, Made], cell: Key, made: Made) -> None:
    if len(str(cell)) <= _SHORT:  # of a tuple, all that its cells hold
        if len(kept) >= _REMEMBERED:
            kept.clear()
        kept[cell] = made


class Maker:
    """Makes claims of rows, each a tuple of cells in the order of TAKEN.

    `fixed` fills a column with one value for every row, `unit` is that of rows that name none;
    `defused` says that the apostrophes
    export puts before formula signs are to be taken off.
    """

    def __init__(
        self,
        measures: Iterable[Measure] | None = None,
        *,
        fixed: Mapping[str, str] | None = None,
        dating: Dating | None = None,
        locale: str | None = None,
        language: str | None = None,
        unit: str = "",
        split_via: bool = False,
        defused: bool = False,
    ) -> None:
        self.measures = vocabulary.starter() if measures is None else tuple(measures)
        self.remarks = Remarks({}, {})
        self._fixed = fixed or {}
        self._dating = dating or Dating()
        self._locale = locale
        self._language = language
        signs_of(locale)  # which refuses one that nobody knows, as the next line does
        languages.find(language or "en")
        self._unit = unit
        self._split_via = split_via
        self._defused = defused
        self._subject = self._column("subject", fields.name)
        self._measure = self._column("measure", fields.optional_name)
        self._source = self._column("source", fields.name)
        self._as_of = self._dated("as_of")
        self._until = self._dated(UNTIL)
        self._published = self._dated("published")
        self._via = self._column("via", fields.optional_name)
        self._url = self._column("url", fields.link, repeated=False)
        self._origin = self._column("origin", fields.optional_name)
        self._scope = self._column("scope", fields.optional_name)
        self._quote = self._column("quote", fields.passage, repeated=False)
        self._note = self._column("note", fields.passage, repeated=False)
        self._counts = [self._column(each, fields.counted) for each in DEFINED]
        self._defined = any(each in self._fixed for each in DEFINED)
        self._stated = _Memo(self._state).__getitem__
        self._unclear = _Memo(self._ways).__getitem__
        told = locale or unit or split_via or self._fixed.keys() - {*_FEW}
        self._usual = not told and language in (None, "en")
        self._spoken: tuple[object, ...] = ()
        self._statement = Statement("", "")

    def claim(self, cells: tuple[Cell, ...]) -> Claim | None:
        """The claim a row makes, None without a value; UsageError names what stops it."""
        if cells[_BETWEEN] == _NOTHING_BETWEEN and cells[_BEHIND] == _NOTHING_BEHIND:
            plain = self.plain(*(cells[place] for place in PLAIN))
            if plain is not None:
                return plain
        stated = self._stated((*cells[_NUMBERS], cells[_SAMPLE]))
        if stated is None:
            self.remarks.add(Remark.EMPTY, str(cells[_VALUE]))
            return None
        found, given, remark, aside = stated
        statement = self._uttered(cells)
        measure = self._measure(cells[_MEASURE]) or given
        said = found.said
        if found.thing:
            held = str(cells[_VALUE])
            said = said_of(found, held, measure, self.measures, self._locale, self._language)
        note = self._note(cells[_NOTE])
        if aside:
            note = f"{note}; {aside}" if note else aside
        if remark is not None:
            money = found.estimate.unit if remark is Remark.MONEY else None
            self.remarks.add(remark, money or str(cells[_VALUE]).strip())
        if found.estimate.unit:
            self._remark_unit(found.estimate.unit, cells[_UNIT])
        return Claim(
            statement,
            said,
            found.estimate,
            measure,
            self._scope(cells[_SCOPE]),
            self._origin(cells[_ORIGIN]),
            note,
            thing=found.thing,
            unit_said=found.unit_said,
            definition=self._definition(cells[_DEFINED]),
        )

    def plain(
        self, subject: Cell, measure: Cell, source: Cell, value: Cell, as_of: Cell
    ) -> Claim | None:
        """The claim of a row with no more in it and a figure as most are; None of any other."""
        figure = at_once(value) if self._usual and isinstance(value, str) else None
        if figure is None:
            return None
        spoken = (subject, source, as_of)
        if spoken != self._spoken:
            by = self._source(source)
            self._statement = Statement(self._subject(subject), by, self._as_of(as_of))
            self._spoken = spoken
        return Claim(self._statement, figure.said, figure.estimate, self._measure(measure) or "")

    def _definition(self, cells: tuple[Cell, ...]) -> Definition | None:
        """What the claim of a row counts, where its row says so."""
        if not self._defined and not any(cells):
            return None
        found = Definition.of(*(read(cell) for read, cell in zip(self._counts, cells, strict=True)))
        return found if str(found) else None

    def unclear(self, cells: tuple[Cell, ...]) -> tuple[tuple[str, str], ...]:
        """What of a bad row would be clear if it were told how it is written; and how to tell."""
        numbers = (*cells[_NUMBERS], cells[_SAMPLE])
        return self._unclear((numbers, cells[_AS_OF], cells[_PUBLISHED], cells[_UNTIL]))

    def _ways(self, cells: tuple[Any, ...]) -> tuple[tuple[str, str], ...]:
        ways: dict[tuple[str, str], None] = {}
        reads: tuple[Callable[[Any], object], ...]
        reads = (self._stated, self._as_of, self._published, self._until)
        for read, cell in zip(reads, cells, strict=True):
            try:
                read(cell)
            except UnclearCell as error:
                ways[error.way] = None
            except UsageError:
                continue
        return tuple(ways)

    def _remark_unit(self, unit: str, cell: Cell) -> None:
        """Note a unit that nobody knows, and one of the row's own beside that of the file."""
        if not units.known(unit):
            self.remarks.add(Remark.OPAQUE_UNIT, unit)
        if self._unit and (own := self._plain(cell, _UNIT_OF_NUMBERS)) not in ("", self._unit):
            self.remarks.add(Remark.OWN_UNIT, str(own))

    def _uttered(self, cells: tuple[Cell, ...]) -> Statement:
        """The statement of a row: the one before, if all that makes a statement is alike."""
        subject, source, quote = cells[_SUBJECT], cells[_SOURCE], cells[_QUOTE]
        spoken = (subject, source, quote, cells[_AS_OF:_ORIGIN], cells[_UNTIL])
        if spoken != self._spoken:
            as_of, published, via, url = spoken[3]
            by, through = self._source(source), self._via(via)
            if self._split_via:
                by, through = fields.parted(by, through)
            self._statement = Statement(
                self._subject(subject),
                by,
                _spanned(self._as_of(as_of), self._until(cells[_UNTIL])),
                self._published(published),
                through,
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
            met: _Memo[Cell, Made] = _Memo(lambda cell: read(self._text(cell, column), column))
            return met.__getitem__
        blank = read("", column)
        return lambda cell: read(self._text(cell, column), column) if cell else blank

    def _dated(self, column: str) -> Callable[[Cell], Period | None]:
        """What reads the dates of a column: what is a date already is in nobody's format."""
        read = self._column(column, self._date)
        if self._defused:
            return read  # a text file has no dates but written ones
        days: _Memo[Cell, Period | None] = _Memo(lambda cell: dates.parse(str(cell)))
        return lambda cell: days[cell] if isinstance(cell, Day) else read(cell)

    def _text(self, cell: Cell, column: str) -> str:
        if isinstance(cell, Digits):
            return cell.text
        if is_formula_error(cell.strip()):
            raise UsageError(
                f'{column}: "{cell.strip()}" is what a formula that failed shows',
                "Mend the formula, or leave the cell blank.",
            )
        return restored(cell) if self._defused else cell

    def _date(self, text: str, column: str) -> Period | None:
        text = text.strip()
        if is_empty(text):
            return None
        try:
            if text == self._fixed.get(column, "").strip():
                return self._dating.own(text)
            return self._dating.read(text, across=column == "as_of")
        except ReadingError as error:
            raise _undated(column, error) from error

    def _state(self, cells: tuple[Cell, ...]) -> RowFigure | None:
        """The figure of a row, and the measure that the thing counted gives; None for no number."""
        plain = Cells(*[cell and self._plain(cell, place) for place, cell in enumerate(cells)])
        value = plain.value
        if not (value or plain.low or plain.high or plain.plus or plain.minus):
            return None
        held = [cell for cell in plain if isinstance(cell, Digits)]
        money = None
        if not plain.unit:
            money = None if self._unit else _money(held)
            if unit := self._unit or money:
                plain = plain._replace(unit=unit)
        try:
            found = self._figure(plain)
            if money is not None:
                return found._replace(remark=Remark.MONEY if money else Remark.OTHER_MONEY)
            rounded = any(isinstance(cell, LongNumber) for cell in held)
            return found._replace(remark=Remark.ROUNDED) if rounded else found
        except UsageError:
            for way in reworded(value) if isinstance(value, str) else ():
                with suppress(UsageError):
                    found = self._figure(plain._replace(value=way.value))
                    firm = found.figure.estimate.hedge in (Hedge.EXACT, Hedge.RANGE)
                    if not (firm and way.remark is Remark.DOUBTED):
                        return found._replace(remark=way.remark, aside=way.note)
            raise

    def _figure(self, cells: Cells) -> RowFigure:
        found = figure(cells, self._locale, self._language)
        return RowFigure(found, measure_of(found, self.measures) if found.thing else "")

    def _plain(self, cell: Cell, place: int) -> Cell:
        if isinstance(cell, Digits):
            return cell
        what = (*COLUMNS[_NUMBERS], SAMPLE)[place]
        if what == "unit":
            fields.check_unit(cell)
        elif not cell.isascii() or "\0" in cell:
            fields.check_printed(cell, what)
        text = self._text(cell, what).strip()
        return "" if is_empty(text) else text


def _undated(column: str, error: ReadingError) -> UsageError:
    """What is wrong with a date; unclear if it can be read in two ways."""
    problem = f"{column}: {error.problem}"
    if error.choices:
        sign = next((each for each in error.text if each in "./-"), "/")
        way = ("dates", f"--date-format %d{sign}%m{sign}%Y")
        return UnclearCell(problem, error.remedy, way)
    return UsageError(problem, error.remedy)


def _money(numbers: Iterable[Digits]) -> str | None:
    """The money that a workbook shows the numbers of a row in; None if none."""
    shown = {cell.unit for cell in numbers if cell.unit is not None}
    if len(shown) > 1:
        raise UsageError(
            f"value: the numbers are shown as several moneys: {', '.join(sorted(shown))}",
            "Name the unit in a column, or with --unit.",
        )
    return next(iter(shown), None)


def _spanned(first: Period | None, until: Period | None) -> Period | None:
    """The days from a date up to another; where one is blank, the other alone."""
    if first is None or until is None:
        return first or until
    if first.days[0] > until.days[1]:
        raise UsageError(
            f"as_of: the last day, {until.said}, is before the first, {first.said}",
            "Swap the two columns, or mend them.",
        )
    if dates.same(first, until):
        return first
    return dates.parse(dates.spell(Period("", first.first, until.last)))


class RowFigure(NamedTuple):
    """What a row states: its figure, the measure its words give, and what was set aside."""

    figure: Figure
    measure: str
    remark: Remark | None = None
    aside: str = ""
