"""The cells of a row, in the order of import's columns, as a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TypeVar

from factlog import dates, vocabulary
from factlog.claim import Claim, Figure, Period, Statement
from factlog.errors import ReadingError, UsageError
from factlog.intake import texts
from factlog.intake.cells import Cell, Cells, Digits
from factlog.intake.columns import COLUMNS
from factlog.intake.counted import measure_of, said_of
from factlog.intake.defusing import restored
from factlog.intake.values import figure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparison import Measure

Key = TypeVar("Key")
Made = TypeVar("Made")
_REMEMBERED = 20_000
_SHORT = 1_000
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
    """Makes claims of rows, each a tuple of cells in the order of COLUMNS.

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
        self._subject = self._column("subject", texts.name)
        self._measure = self._column("measure", texts.optional_name)
        self._source = self._column("source", texts.name)
        self._as_of = self._column("as_of", self._date)
        self._published = self._column("published", self._date)
        self._via = self._column("via", texts.optional_name)
        self._url = self._column("url", texts.link, repeated=False)
        self._origin = self._column("origin", texts.optional_name)
        self._scope = self._column("scope", texts.optional_name)
        self._quote = self._column("quote", texts.passage, repeated=False)
        self._note = self._column("note", texts.passage, repeated=False)
        self._stated = _Memo(self._state).__getitem__
        self._spoken: tuple[object, ...] = ()
        self._statement = Statement("", "")

    def claim(self, cells: tuple[Cell, ...]) -> Claim:
        """The claim a row makes; UsageError names the column that stops it."""
        statement = self._uttered(cells)
        found, given = self._stated(cells[_NUMBERS])
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
