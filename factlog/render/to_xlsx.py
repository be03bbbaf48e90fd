"""Claims, a comparison, or a sheet to fill in, as an Excel workbook: xlsxwriter's only door.

Numbers and dates are real ones wherever a cell can hold them exactly, and text elsewhere; what
a person wrote is always text, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from factlog.claim import COLUMNS, DEFINED, Claim
from factlog.errors import MissingPackage, UsageError
from factlog.exchange import columns as columns_of
from factlog.exchange import row as row_of
from factlog.findings import Comparison, Verdict
from factlog.policy import Measure, Policy
from factlog.render import to_csv
from factlog.render.to_csv import SIDE_COLUMNS, Cell
from factlog.wording import iso, percent, plain

_ROWS = 1_048_576  # of a sheet
_LONGEST = 32_767  # characters of a cell
_LINKS = 65_530  # of a sheet
_LINK = re.compile(r"https?://[^\s\"<>]{1,2000}", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,16})?")
_DATES = ("as_of", "published", "first", "last")
_WIDTHS = {
    **dict.fromkeys(("subject", "source", "quote", "note", "why", "definition", "means"), 32),
    **dict.fromkeys(("said", "value", "url", "against", "one", "other"), 24),
}
_PLAIN, _CONFLICT = "plain", "conflict"


class Workbook:
    """A workbook being written, sheet by sheet and row by row."""

    def __init__(self, path: Path) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise MissingPackage("Writing a workbook", "xlsx", error) from error
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(str(path), options)
        self.bold = self.book.add_format({"bold": True, "bottom": 1})
        marked: dict[str, dict[str, object]] = {
            _PLAIN: {},
            _CONFLICT: {"bg_color": "#FBE3DF"},
        }
        dated = {"num_format": "yyyy-mm-dd"}
        linked = {"font_color": "#0563C1", "underline": 1}
        self.text = {kind: self.book.add_format(look) for kind, look in marked.items()}
        self.days = {kind: self.book.add_format(look | dated) for kind, look in marked.items()}
        self.links = {kind: self.book.add_format(look | linked) for kind, look in marked.items()}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *failed: object) -> None:
        """Write the file; of a workbook that failed there is only what clears up after it."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self.book.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the disk's own error, of which it was made


class _SheetWriter:
    """A sheet with a header that stays in view and on every page, and a filter on every column.

    Numbers in `rounded` columns are numbers even where a cell cannot hold all their digits.
    """

    def __init__(
        self, workbook: Workbook, name: str, columns: Sequence[str], rounded: Sequence[str] = ()
    ) -> None:
        self._rounded = rounded
        self.sheet = workbook.book.add_worksheet(name)
        self._workbook = workbook
        self._name = name
        self._columns = columns
        self._row = self._links = 0
        self._filled: set[int] = set()
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)  # as many pages down as there are
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, _WIDTHS.get(column, 13))
            self.sheet.write_string(0, place, column, workbook.bold)

    def add(self, row: Iterable[Cell], kind: str = _PLAIN) -> None:
        """Write a row below the others."""
        self._row += 1
        if self._row >= _ROWS:
            raise UsageError(
                f'The sheet "{self._name}" would have more rows than any sheet: {_ROWS:,}.',
                "Ask for fewer subjects, or write csv, jsonl or Parquet instead.",
            )
        for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
            self._write(place, column, cell, kind)

    def _write(self, place: int, column: str, cell: Cell, kind: str) -> None:
        sheet, formats = self.sheet, self._workbook
        look = formats.text[kind]
        if cell is None or cell == "":
            if kind != _PLAIN:
                sheet.write_blank(self._row, place, None, look)
            return
        self._filled.add(place)
        if isinstance(cell, Decimal):
            if held(cell) or (column in self._rounded and _counted(cell)):
                sheet.write_number(self._row, place, float(cell), look)
            else:
                sheet.write_string(self._row, place, plain(cell), look)
        elif column == "value" and _is_number(cell):
            sheet.write_number(self._row, place, float(cell), look)
        elif column in _DATES and (day := _day(cell)):
            sheet.write_datetime(self._row, place, day, formats.days[kind])
        elif column == "url" and self._links < _LINKS and _LINK.fullmatch(cell):
            self._links += 1
            sheet.write_url(self._row, place, cell, formats.links[kind], cell)
        else:
            sheet.write_string(self._row, place, _short(cell, column), look)

    def end(self) -> None:
        """Put the filter over the rows that are there, and fold what no row has anything in.

        A page of nineteen columns is too small to be read; a + above opens those folded.
        """
        for place, column in enumerate(self._columns if self._filled else ()):
            if place not in self._filled:
                folded = {"level": 1, "hidden": True}
                self.sheet.set_column(place, place, _WIDTHS.get(column, 13), None, folded)
        whole = (0, 0, max(self._row, 1), len(self._columns) - 1)
        self.sheet.autofilter(*whole)
        self.sheet.print_area(*whole)  # a long note would make the page as wide as itself


def held(number: Decimal) -> bool:
    """Whether a cell, which holds 16 digits of a binary number, holds exactly this one."""
    if not _counted(number):
        return False
    near = float(number)
    return Decimal(repr(near)) == number and float(format(near, ".16G")) == near


def _counted(number: Decimal) -> bool:
    """Whether a binary number comes near it at all."""
    return abs(number.adjusted()) < 300


def _is_number(text: str) -> bool:
    """Whether these are the very digits a number in a cell is read back as."""
    if not _NUMBER.fullmatch(text):
        return False
    number = Decimal(text)
    return held(number) and plain(number.normalize()) == text


def _day(text: str) -> date | None:
    """The day that a date is, if it is one that spreadsheets can count."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and day >= date(1900, 3, 1) else None


def _short(text: str, column: str) -> str:
    if len(text) > _LONGEST:
        raise UsageError(
            f"A {column} has {len(text):,} characters; a cell of a workbook holds {_LONGEST:,}.",
            "Write csv or jsonl instead: -o claims.csv",
        )
    return text


def claims(path: Path, found: Iterable[Claim], *, defined: bool = False) -> None:
    """Write claims in the columns import takes, in one sheet."""
    with Workbook(path) as book:
        sheet = _SheetWriter(book, "claims", columns_of(defined=defined))
        for claim in found:
            sheet.add(row_of(claim, defined=defined).values())
        sheet.end()


def comparison(
    path: Path,
    found: Iterable[Comparison],
    recorded: Callable[[], Iterable[Claim]],
    measures: Iterable[Measure],
) -> None:
    """Write a comparison: its claims, its sides, who contradicts whom, measures and policy.

    `recorded` gives the claims from which those that were compared are picked, once it is known
    which they are.
    """
    with Workbook(path) as book:
        listed = _SheetWriter(book, "claims", (*COLUMNS, "id"))
        compared = _SheetWriter(book, "comparison", (*SIDE_COLUMNS, "exact"), (*_ENDS, *_QUOTIENTS))
        apart = _SheetWriter(book, "disagreements", to_csv.APART_COLUMNS, _QUOTIENTS)
        ids: set[int] = set()
        names: set[str] = set()
        policy: Comparison | None = None
        for each in found:
            policy = each
            for row in to_csv.sides([each]):
                conflict = row[_VERDICT] == Verdict.CONFLICT
                compared.add((*row, _exact(row)), _CONFLICT if conflict else _PLAIN)
                ids.update(map(int, str(row[_CLAIMS]).split()))
                names.add(str(row[1]))
            for row in to_csv.disagreements(each):
                apart.add(row)
        for claim in recorded():
            if claim.id in ids:
                listed.add((*row_of(claim).values(), Decimal(claim.id or 0)))
        for sheet in (listed, compared, apart):
            sheet.end()
        _measures(book, [each for each in measures if each.name in names])
        if policy is not None:
            _policy(book, policy)


_ENDS, _QUOTIENTS = ("low", "best", "high", "gap"), ("ratio", "break_even")
_VERDICT, _CLAIMS = SIDE_COLUMNS.index("verdict"), SIDE_COLUMNS.index("claims")


def _exact(row: Sequence[Cell]) -> str | None:
    """The numbers of a row that no cell holds as a number, in words beside it."""
    named = zip(SIDE_COLUMNS, row, strict=True)
    wide = [
        f"{column} {plain(cell)}"
        for column, cell in named
        if isinstance(cell, Decimal) and column in _ENDS and not held(cell)
    ]
    return "; ".join(wide) or None


def _measures(book: Workbook, measures: Iterable[Measure]) -> None:
    columns = ("measure", "kind", "parts", "aliases", "tolerance", "window", "definition")
    sheet = _SheetWriter(book, "measures", columns)
    for each in measures:
        window = None if each.window is None else Decimal(each.window)
        parts, aliases = ", ".join(each.parts), ", ".join(each.aliases)
        sheet.add((each.name, each.kind, parts, aliases, each.tolerance, window, each.definition))
    sheet.end()


def _policy(book: Workbook, found: Comparison) -> None:
    policy: Policy = found.policy
    left_out = found.without or ()
    sheet = _SheetWriter(book, "policy", ("what", "is", "means"))
    about = "half the last digit" if policy.about is None else f"± {percent(policy.about)}"
    rows: tuple[tuple[str, Cell, str], ...] = (
        ("policy", policy.name, "how words are taken"),
        ("about", about, 'how far "about" and its like reach'),
        ("tolerance", percent(policy.tolerance), "readings this close are near, no conflict"),
        ("sigmas", policy.sigmas, "standard errors within which two figures with ± agree"),
        ("near sigmas", policy.near_sigmas, "up to so many they are near"),
        ("window days", Decimal(policy.window_days), "how far apart two levels are compared"),
        ("as of", iso(found.as_of), "figures dated up to then, whenever they were logged"),
        *((f"without {e.what}", e.value or "not known", f"{e.claims} claims") for e in left_out),
    )
    for row in rows:
        sheet.add(row)
    sheet.end()


MEANT = {
    "subject": "What it is about: an event, a place, a thing. Alike in every row about it.",
    "measure": "What was counted or measured. Choose one of the list, or write another.",
    "source": "Who says so: a person, an office, a paper. Needed.",
    "value": 'The figure as it was said: 300, "about 4,000", "at least 12", "5 to 7".',
    "low": "The lower end, where two ends are given; alone it means at least.",
    "high": "The upper end, where two ends are given; alone it means at most.",
    "plus": "The error above the value, where one is stated.",
    "minus": "The error below the value, where one is stated.",
    "coverage": "How sure the error is: 95%. Blank for standard errors.",
    "unit": "The unit of the figure, where it has one: km, %, US$.",
    "as_of": "The day for which the figure holds.",
    "published": "The day on which it was published.",
    "via": "Who reports it, where that is not the source.",
    "url": "Where it can be read.",
    "origin": "Where the figure comes from, if the source repeats another's.",
    "scope": "What part is counted, if not the whole: civilians, Kursk region.",
    "quote": "The words of the source.",
    "note": "Anything else.",
    "definition": "What is counted, or by whose definition.",
    "includes": "What is counted in.",
    "excludes": "What is not counted.",
}
NEEDED = ("subject", "source", "value")
_EMPTY = 2_000  # rows of a template that are ready to be filled in


def template(path: Path, measures: Iterable[Measure]) -> None:
    """Write a sheet to be filled in, one claim a row, with a page that explains its columns."""
    columns = (*COLUMNS, *DEFINED)
    with Workbook(path) as book:
        sheet = _SheetWriter(book, "claims", columns)
        pages = _SheetWriter(book, "columns", ("column", "needed", "means"))
        for column in columns:
            pages.add((column, "yes" if column in NEEDED else None, MEANT[column]))
        pages.end()
        named = sorted(measures, key=lambda each: each.name)
        _measures(book, named)
        for place, column in enumerate(columns):
            rows = (1, place, _EMPTY, place)
            if column in _DATES:  # not formatted as days: 2024 would become one of 1905
                sheet.sheet.set_column(place, place, 13)
            if column == "measure" and named:
                listed = f"=measures!$A$2:$A${len(named) + 1}"
                shown = {"validate": "list", "source": listed, "error_type": "information"}
                asked = {"input_title": column, "input_message": MEANT[column]}
                sheet.sheet.data_validation(*rows, {**shown, **asked})
            else:
                asked = {"input_title": column, "input_message": MEANT[column]}
                sheet.sheet.data_validation(*rows, {"validate": "any", **asked})
        sheet.end()
