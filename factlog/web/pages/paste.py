"""Rows from a spreadsheet: columns guessed, every problem shown in its place, then recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO

from starlette.requests import Request
from starlette.responses import Response

from factlog import importing
from factlog.claim import Claim
from factlog.errors import FactlogError, UsageError
from factlog.importing import BadRow, Columns, MissingColumns, Rows
from factlog.parsing import languages
from factlog.policy import Measure
from factlog.render.report.page import Evidence, evidence
from factlog.web.desk import Asked, Desk, page, word, words
from factlog.web.pages.entry import reading_of
from factlog.wording import as_recorded

_ROWS = 100  # shown before they are imported
_TAKEN = tuple(name for name in importing.COLUMNS)
_ALL = ("subject", "source", "unit")  # what one value may stand for in every row
_FIRST_DAY = date(1899, 12, 30)  # from which sheets count
_DATES = {  # how dates can be written, and the formats of that
    "day first: 31.12.2025": ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y"),
    "month first: 12/31/2025": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m/%d/%y"),
    "days as a sheet counts them: 46022": (),
}


@dataclass
class Preview:
    """Pasted rows as they would be read, and what stops them."""

    headers: list[str] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    # Each line, and its claim with what that is taken to mean, or what is wrong with it.
    rows: list[tuple[int, Evidence | None, str]] = field(default_factory=list)
    good: int = 0
    bad: int = 0
    error: FactlogError | None = None


def form(desk: Desk, request: Request, asked: Asked) -> Response:
    """A field to paste rows into."""
    return _shown(desk, request, {}, None)


def _shown(
    desk: Desk, request: Request, given: dict[str, str], preview: Preview | None, new: int = -1
) -> Response:
    with desk.reading() as store:
        measures = [each.name for each in store.measures()]
    failed = preview is not None and preview.error is not None
    return page(
        desk,
        request,
        "paste.html",
        400 if failed else 200,
        given=given,
        preview=preview,
        taken=_TAKEN,
        measures=measures,
        languages=languages.names(),
        dates=list(_DATES),
        new=new,
    )


def take(desk: Desk, request: Request, asked: Asked) -> Response:
    """Show the rows as they would be read or, asked so, record those that are good."""
    given = words(asked, "language", "dates", *(f"all_{name}" for name in _ALL))
    given["rows"] = _pasted(asked)
    with desk.reading() as store:
        measures = store.measures()
    preview = _preview(given, _chosen(asked, _headers(given, measures)), measures)
    some_bad = preview.bad and "skip" not in asked
    if word(asked, "do") != "import" or preview.error or some_bad or not preview.good:
        return _shown(desk, request, given, preview)
    rows = _rows(given, preview.chosen, measures)
    with desk.writing() as store:
        claims = (row for _line, row in rows if isinstance(row, Claim))
        kept = store.add_many(claims, now=desk.now(), source_file="pasted rows")
    return _shown(desk, request, {}, None, kept.new)


def _pasted(asked: Asked) -> str:
    """The rows as they were pasted; a column that the first line does not name is (blank)."""
    rows = asked.get("rows", "")
    text = rows.replace("\r\n", "\n").strip("\n") if isinstance(rows, str) else ""
    first = text.partition("\n")[0]
    split = _delimiter(first)
    several = sum(bool(cell.strip()) for cell in first.split(split)) > 1  # which a title has not
    return f"(blank){text}" if first.startswith(split) and several else text


def _headers(given: Mapping[str, str], measures: tuple[Measure, ...]) -> list[str]:
    """The names of the columns, which titles may stand above; none if they cannot be read."""
    try:
        found = _rows(given, {}, measures).columns
    except MissingColumns as missing:
        found = tuple(missing.header)
    except FactlogError:
        found = ()
    return [name.strip() for name in found]


def _delimiter(line: str) -> str:
    return max("\t;,", key=line.count)


def _chosen(asked: Asked, headers: list[str]) -> dict[str, str]:
    """What the person said each column is, by its header; blank where it is left to be guessed."""
    return {name: word(asked, f"column_{n}") for n, name in enumerate(headers)}


def _rows(
    given: Mapping[str, str], chosen: Mapping[str, str], measures: tuple[Measure, ...]
) -> Rows:
    text = given["rows"]
    if not text.strip():
        raise UsageError("No rows were pasted.", "Paste them with their header.")
    told = {what: name for name, what in chosen.items() if what}
    split = _delimiter(text.partition("\n")[0])
    return importing.read_rows(
        BytesIO(text.encode()),
        "tsv" if split == "\t" else "csv",
        measures=measures,
        mapping={what: name for what, name in told.items() if what in _TAKEN},
        measure_columns={
            what.removeprefix("measure:"): name
            for what, name in told.items()
            if what.startswith("measure:")
        },
        fixed={name: given[f"all_{name}"] for name in _ALL if f"all_{name}" in given},
        language=given.get("language"),
        date_format=_DATES.get(given.get("dates", "")),
        days_from=_FIRST_DAY if _DATES.get(given.get("dates", "")) == () else None,
    )


def _preview(
    given: Mapping[str, str], chosen: dict[str, str], measures: tuple[Measure, ...]
) -> Preview:
    """Read the rows without recording them; what is guessed of columns is chosen for a start."""
    made = Preview(list(chosen), chosen)
    try:
        rows = _rows(given, chosen, measures)
    except MissingColumns as missing:
        made.error = UsageError(
            missing.problem, "Choose below which column it is, or write it once for every row."
        )
        _guessed(made.chosen, missing.guessed)
        return made
    except FactlogError as error:
        made.error = error
        return made
    for ours, theirs in rows.renamed.items():
        made.chosen[theirs] = made.chosen.get(theirs) or ours
    for line, row in rows:
        _count(made, line, row)
    return made


def _count(made: Preview, line: int, row: Claim | BadRow) -> None:
    good = isinstance(row, Claim)
    made.good, made.bad = made.good + good, made.bad + (not good)
    if len(made.rows) < _ROWS or (not good and made.bad <= _ROWS):
        if isinstance(row, Claim):
            shown = replace(evidence(row), said=as_recorded(row))  # as the cells have it
            made.rows.append((line, shown, reading_of(row)[1]))
        else:
            made.rows.append((line, None, row.reason))


def _guessed(chosen: dict[str, str], guessed: Columns) -> None:
    for ours, theirs in guessed.mapping.items():
        chosen[theirs] = chosen.get(theirs) or ours
    for measure, theirs in guessed.measures.items():
        chosen[theirs] = chosen.get(theirs) or f"measure:{measure}"
