"""The cells that hold the numbers of a row, read as one figure.

Whatever words are put together here, reading them again gives the same figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Context, Decimal
from typing import NamedTuple

from factlog.claim import Estimate, Figure, Hedge
from factlog.errors import ReadingError, UsageError
from factlog.importing.asides import Scale, scale_of
from factlog.parsing import read, say
from factlog.patterns import Pattern
from factlog.policy import EXACT

_STANDARD_ERROR = Decimal("0.683")
_INTERVAL = Decimal("0.95")
_ALL, _Z95 = Decimal(100), Decimal("1.96")
_MARGIN, _ROUNDED = Context(prec=28), Context(prec=3)
_WORDED = Pattern(r"[^\W\d_][^\d]*$|^\D*$")  # letters behind the last digit, or no digit
_SHARE = Pattern(r"(?P<number>[0-9]{0,3}[.,]?[0-9]{1,30})(?P<percent> ?%)?")


def armed(reader: Reader, cells: Cells, coverage: Decimal | None) -> Figure:
    """A value with its arms, one alone standing for both; standard errors unless said."""
    if not cells.value:
        raise refused("value", "is blank beside plus or minus", "Give the value they belong to.")
    plus = _arm(reader, "plus", cells.plus) if cells.plus else None
    minus = _arm(reader, "minus", cells.minus) if cells.minus else None
    up, down = plus or minus, minus or plus
    assert up is not None
    assert down is not None
    stated = reader.read("value", cells.value)
    if (stated.estimate.plus, stated.estimate.minus) == (up.size, down.size):
        return covered(stated, coverage)  # the words of the very arms beside them
    value = reader.plain("value", cells.value)
    coverage = coverage or _STANDARD_ERROR
    estimate = replace(
        value.figure.estimate,
        hedge=Hedge.PLUS_MINUS,
        plus=up.size,
        minus=down.size,
        coverage=_INTERVAL if coverage == _INTERVAL else _STANDARD_ERROR,
    )
    said = reader.said(_wordings(estimate, value, up, down), estimate)
    return replace(value.figure, said=said, estimate=replace(estimate, coverage=coverage))


def covered(found: Figure, coverage: Decimal | None) -> Figure:
    """A figure with the coverage its row gives, which only a plus-minus figure can have."""
    if coverage is None:
        return found
    if found.estimate.hedge is not Hedge.PLUS_MINUS:
        raise refused(
            "coverage",
            "stands beside a figure without plus and minus",
            "Give plus and minus, or leave coverage blank.",
        )
    return replace(found, estimate=replace(found.estimate, coverage=coverage))


def share(cell: Cell) -> Decimal | None:
    """A coverage, 0.95 or 95%, as a number between 0 and 1; None for a blank cell."""
    if not cell:
        return None
    found = _SHARE.fullmatch(text(cell))
    number = Decimal(found["number"].replace(",", ".")) if found else Decimal(0)
    if found and found["percent"]:
        number = EXACT.divide(number, Decimal(100))
    if not 0 < number < 1:
        raise refused(
            "coverage", f'"{short(cell)}" is not between 0 and 1', "Write it as 0.95 or 95%."
        )
    return number


def _arm(reader: Reader, column: str, cell: Cell) -> Number:
    """The size of an arm, before which its own sign may be written."""
    signs = "+" if column == "plus" else "-−"
    bare = text(cell)
    size = bare[1:].strip() if bare[:1] in tuple(signs) else bare
    found = reader.plain(column, Digits(size) if isinstance(cell, Digits) else size)
    if found.size < 0:
        raise refused(column, f'"{short(cell)}" is negative', "Write the size of the arm.")
    return found


def _wordings(
    estimate: Estimate, value: Number, up: Number, down: Number, origin: str = ""
) -> Iterator[str]:
    """Ways to write a value with its arms, those with the cells' own digits first.

    `origin` says what an interval was worked out of.
    """
    best = digits(value.size)
    if estimate.coverage == _INTERVAL:
        low, high = EXACT.subtract(value.size, down.size), EXACT.add(value.size, up.size)
        for words in (value.figure.said, best):
            yield f"{words} (95% CI {digits(low)} to {digits(high)}{origin})"
        return
    yield f"{value.figure.said} +{up.figure.said} -{down.figure.said}"
    yield f"{best} +{digits(up.size)} -{digits(down.size)}"


def figure(cells: Cells, locale: str | None = None, language: str | None = None) -> Figure:
    """The figure a row states.

    A value alone is read as it stands. Low and high make a range, with the value as its best;
    one of them alone makes at least or at most. The size of a sample gives a share its 95%
    margin, where the row states no other. Plus and minus are the arms of a value, one
    alone standing for both, at the coverage given or else as standard errors.
    """
    value, low, high, plus, minus, coverage, unit, sample = cells
    scale = scale_of(text(unit)) if unit else None
    reader = Reader(scale.unit if scale else text(unit) or None, locale, scale, language)
    if sample and not (low or high or plus or minus or coverage):
        return _sampled(reader, cells)
    if not (low or high or plus or minus):
        if not value:
            raise refused("value", "is blank", "Give a value, or low or high, or drop the row.")
        return covered(reader.read("value", value), share(coverage))
    if not (plus or minus):
        return covered(_bounded(reader, cells), share(coverage))
    if low or high:
        raise refused(
            "low", "stands beside plus or minus", "Give low and high, or plus and minus, not both."
        )
    return armed(reader, cells, share(coverage))


def _sampled(reader: Reader, cells: Cells) -> Figure:
    """A share with the margin its sample gives it: 1.96 sqrt(p (1 - p) / n), a 95% interval."""
    value, size = reader.plain("value", cells.value), reader.plain("n", cells.sample).size
    share, estimate = value.size, value.figure.estimate
    if estimate.unit != "percent" or not 0 <= share <= _ALL:
        raise refused("n", "stands beside a figure that is no share", "Write the share as 42%.")
    if size < 1 or size != size.to_integral_value():
        raise refused("n", f'"{short(cells.sample)}" counts nobody', "Write how many were asked.")
    if share in (0, _ALL):  # of which the formula has no margin
        return value.figure
    variance = _MARGIN.divide(_MARGIN.multiply(share, _ALL - share), size)
    margin = _ROUNDED.multiply(_Z95, _MARGIN.sqrt(variance))
    made = replace(estimate, hedge=Hedge.PLUS_MINUS, plus=margin, minus=margin, coverage=_INTERVAL)
    arm, origin = Number(value.figure, margin), f", worked out of n={size:,f}"
    words = reader.said(_wordings(made, value, arm, arm, origin), made)
    return Figure(words, made, value.figure.thing)


def _bounded(reader: Reader, cells: Cells) -> Figure:
    """The figure that low and high make, with the value beside them if there is one."""
    low = reader.plain("low", cells.low) if cells.low else None
    high = reader.plain("high", cells.high) if cells.high else None
    value = reader.read("value", cells.value) if cells.value else None
    ends = (low and low.size, high and high.size)
    if value and (value.estimate.low, value.estimate.high) == ends:
        return value  # the words of the very bounds beside them
    if low and high:
        return _range(reader, low, high, value)
    if value:
        raise refused(
            "value",
            f'"{short(cells.value)}" stands beside only one of low and high',
            "Give both for a range around the value, or leave the value blank for a bound.",
        )
    if low:
        return _bound(reader, "at least", low, Estimate(Hedge.AT_LEAST, low=low.size))
    assert high is not None
    return _bound(reader, "at most", high, Estimate(Hedge.AT_MOST, high=high.size))


def _range(reader: Reader, low: Number, high: Number, value: Figure | None) -> Figure:
    if low.size > high.size:
        raise refused(
            "low", f"{low.figure.said} is above high, {high.figure.said}", "Swap the two."
        )
    numbers = [low, high, *([_best(value, low.size, high.size)] if value else [])]
    unit = _one_unit(number.figure.estimate.unit for number in numbers)
    best = numbers[2].size if value else None
    estimate = Estimate(Hedge.RANGE, low.size, best, high.size, unit=unit)
    wordings = (
        _to([number.figure.said for number in numbers]),
        _to([digits(number.size) for number in numbers]),
    )
    thing = next((number.figure.thing for number in numbers if number.figure.thing), None)
    return Figure(reader.said(wordings, estimate), estimate, thing)


def _to(ends: list[str]) -> str:
    """The words of a range: "2,800 to 3,200", with ", best 3,000" if there is a third."""
    return f"{ends[0]} to {ends[1]}" + (f", best {ends[2]}" if len(ends) > 2 else "")


def _best(value: Figure, low: Decimal, high: Decimal) -> Number:
    """The value between low and high, which has to be a bare number within them."""
    best = value.estimate.best
    if value.estimate.hedge is not Hedge.EXACT or best is None:
        raise refused(
            "value",
            f'"{short(value.said)}" stands beside low and high and is more than a bare number',
            "Beside low and high, the value is the best figure between them: write only digits.",
        )
    if not low <= best <= high:
        raise refused(
            "value",
            f"{short(value.said)} does not lie between low and high",
            "The value is the best figure of the range, and has to lie within it.",
        )
    return Number(value, best)


def _bound(reader: Reader, words: str, end: Number, estimate: Estimate) -> Figure:
    estimate = replace(estimate, unit=end.figure.estimate.unit)
    wordings = (f"{words} {end.figure.said}", f"{words} {digits(end.size)}")
    return Figure(reader.said(wordings, estimate), estimate, end.figure.thing)


def _one_unit(units: Iterable[str | None]) -> str | None:
    found = set(units)
    if len(found) > 1:
        names = " and ".join(sorted(unit or "none" for unit in found))
        raise refused("low", f"the bounds differ in unit: {names}", "Write them in one unit.")
    return found.pop()


class Digits(NamedTuple):
    """A number as a JSON file or a workbook holds it: digits that mean the same everywhere.

    A percentage of a workbook has its sign behind them, and money the `unit` it is shown in: one
    that is not known is blank.
    """

    text: str
    unit: str | None = None

    def __str__(self) -> str:
        return self.text

    def strip(self) -> str:
        """Its characters, around which there is nothing."""
        return self.text


class LongNumber(Digits):
    """A number of more than 15 digits, of which a spreadsheet program keeps the first 15 or so."""

    __slots__ = ()


class Day(Digits):
    """A date as a workbook holds it: year, month and day, however it is shown."""

    __slots__ = ()


Cell = str | Digits


class Cells(NamedTuple):
    """The cells of one row that make its figure; blank where the row has none."""

    value: Cell = ""
    low: Cell = ""
    high: Cell = ""
    plus: Cell = ""
    minus: Cell = ""
    coverage: Cell = ""
    unit: Cell = ""
    sample: Cell = ""


class Number(NamedTuple):
    """A bare number: the figure it was read as, and the number itself."""

    figure: Figure
    size: Decimal


class Reader(NamedTuple):
    """Reads the cells of a row, in its unit and number style."""

    unit: str | None
    locale: str | None
    scale: Scale | None = None
    language: str | None = None

    def read(self, column: str, cell: Cell) -> Figure:
        """The figure in one cell, in any form a value can have."""
        try:
            if isinstance(cell, Digits):
                found = self._digits(cell.text)
            else:
                found = read(cell, unit=self.unit, locale=self.locale, language=self.language)
        except ReadingError as error:
            raise self._unread(column, cell, error) from error
        return self._scaled(column, found) if self.scale else found

    def _unread(self, column: str, cell: Cell, error: ReadingError) -> UsageError:
        """What is wrong with a cell; made here, for where it is raised no name may hold it.

        The error and that name would be a circle, which stays in memory until it is looked for.
        """
        found = refused(column, error.problem, error.remedy)
        foreign = self._foreign(cell)
        return UnclearCell(found.problem, found.remedy, _NUMBERS) if foreign else found

    def _foreign(self, cell: Cell) -> bool:
        """Whether a cell that cannot be read could be, with a comma before its decimals."""
        if self.locale or isinstance(cell, Digits) or not {*".,"} & {*cell}:
            return False
        try:
            return bool(read(cell, unit=self.unit, locale="de_DE"))
        except ReadingError:
            return False

    def plain(self, column: str, cell: Cell) -> Number:
        """The one bare number in a cell that may hold nothing else."""
        found = self.read(column, cell)
        number = found.estimate.best
        if found.estimate.hedge is not Hedge.EXACT or number is None:
            raise refused(
                column,
                f'"{short(cell)}" is more than a bare number',
                "Write only digits here; words such as about or at least go in value.",
            )
        return Number(found, number)

    def said(self, wordings: Iterable[str], expected: Estimate) -> str:
        """The first wording that reads as what is expected, else the canonical one."""
        for words in wordings:
            try:
                found = read(words, unit=self.unit)
            except ReadingError:
                continue
            if found.estimate == expected and found.thing in (None, self.unit):
                return words
        return say(replace(expected, unit=None) if self.unit else expected)

    def _scaled(self, column: str, found: Figure) -> Figure:
        """A figure times the scale of its unit, which its own words have to leave out."""
        assert self.scale is not None
        factor, words, _unit = self.scale
        if _WORDED.search(found.said):
            raise refused(
                column,
                f'"{short(found.said)}" stands beside a unit with a scale, {words}',
                "Write only digits there, or a unit without a scale.",
            )
        was = found.estimate
        low, best, high, plus, minus = (
            None if size is None else EXACT.multiply(size, factor)
            for size in (was.low, was.best, was.high, was.plus, was.minus)
        )
        estimate = replace(was, low=low, best=best, high=high, plus=plus, minus=minus)
        wordings = [f"{found.said} {words}", f"({found.said}) {words}"]
        if was.hedge is Hedge.EXACT and was.best is not None:
            wordings.append(f"{digits(was.best)} {words}")  # whatever country wrote the number
        return replace(found, said=self.said(wordings, estimate), estimate=estimate)

    def _digits(self, text: str) -> Figure:
        try:
            return read(text, unit=self.unit)
        except ReadingError as error:
            if not error.choices:
                raise
        # 1.000 is one thing in JSON, and 4.125% in a sheet, whatever they could be elsewhere.
        bare, percent = (text.removesuffix("%"), "%" if text.endswith("%") else "")
        number = Decimal(bare)
        estimate = replace(read(f"1{percent}", unit=self.unit).estimate, best=number)
        said = f"{digits(number.normalize(EXACT))}{percent}"
        return Figure(self.said((said,), estimate), estimate)


def digits(number: Decimal) -> str:
    """Plain digits, or an exponent where those would run long."""
    plain = format(number, "f")
    return plain if len(plain) <= 40 else format(number, "e")


def text(cell: Cell) -> str:
    """The characters of a cell."""
    return cell.text if isinstance(cell, Digits) else cell


def short(cell: Cell) -> str:
    """The characters of a cell as a message quotes them."""
    found = text(cell)
    return found if len(found) <= 60 else found[:60] + "..."


_NUMBERS = ("numbers", "--locale de_DE")


class UnclearCell(UsageError):
    """What would be clear if it were known how some things of the file are written.

    `way` is what they are ("dates"), and the option that says how they are written.
    """

    def __init__(self, problem: str, remedy: str, way: tuple[str, str] = ("", "")) -> None:
        super().__init__(problem, remedy)
        self.way = way


def refused(column: str, problem: str, remedy: str) -> UsageError:
    """What is wrong with a cell, beginning with the name of its column."""
    return UsageError(f"{column}: {problem}", remedy)
