"""Lists in every format they have: claims, proposals, names on record, measures, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain, groupby, islice
from typing import Protocol

from factlog.answers import PrintedSentence
from factlog.claim import Claim
from factlog.decision import Decision
from factlog.policy import Measure
from factlog.render import summary, to_csv, to_json
from factlog.render.display import Look, lines_of, page, paint, shown, wrap
from factlog.render.tables import MOST_ROWS, Cell, cell, cut_line, grid, some_of
from factlog.render.to_json import json_list, one_line
from factlog.render.to_text import block, estimated
from factlog.wording import as_recorded, counted, day, percent, plain, said_of

Record = Mapping[str, object]
_HEADERS = ("claim", "counts", "source", "as of", "sure")
_DEFAULT = Look()


def written(found: Iterable[Record], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Proposals, under the keys they are written out with, as table, json or jsonl."""
    if shape == "table":
        return iter((_page(list(found), look),))
    return records((), found, shape)


def rows(found: Iterable[Record], columns: Sequence[str]) -> Iterator[str]:
    """Proposals as rows that import takes."""
    told = ([str(record.get(column, "")) for column in columns] for record in found)
    return to_csv.table(columns, told, delimiter=",")


def _page(found: Sequence[Record], look: Look) -> str:
    if not found:
        return "no claims found\n"
    lines: list[str] = []
    for quote, same in groupby(found, key=lambda record: record["quote"]):
        lines += [""] * bool(lines) + _quoted(str(quote), look)
        told = [_cells(record) for record in same]
        lines += grid(_HEADERS, told, look, right=(0,)) or [
            line for row in told for line in wrap(_joined(row, look), look.width, "  ", "    ")
        ]
    return page(lines)


def _quoted(quote: str, look: Look) -> list[str]:
    words = shown(f'"{" ".join(quote.split())}"', look)
    return [paint(line, "bold", look) for line in wrap(words, look.width)]


def _joined(row: Sequence[Cell], look: Look) -> str:
    return shown(", ".join(line.text for each in row for line in each if line.text), look)


def _cells(record: Record) -> list[Cell]:
    """What one proposal says, as the cells of a table."""
    counts = record["measure"] or record["thing"] or ""
    source = str(record["source"] or "unattributed")
    if record["unnamed"]:
        source += " (unnamed)"
    if record["via"]:
        source += f", via {record['via']}"
    sure = str(record["confidence"])
    if record["modality"] != "states":
        sure += f" ({record['modality']})"
    if record.get("unverified"):
        sure = f"unverified: {record['unverified']}"
    told = (record["text"], counts, source, record["as_of"] or "", sure)
    return [cell(str(words), "" if place else "bold") for place, words in enumerate(told)]


def sentences(found: Iterable[PrintedSentence], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Sentences fit to print, one a line and never broken, as text, md or json."""
    if shape == "json":
        keys = ("subject", "measure", "text", "claims")
        return records((), ({key: getattr(each, key) for key in keys} for each in found), shape)
    if shape == "md":
        return _listed(found)
    return (f"{shown(each.text, look)}\n" for each in found)


def _listed(found: Iterable[PrintedSentence]) -> Iterator[str]:
    """Each sentence in md, and below it every figure if it counts some."""
    from factlog.render.templates import escaped  # which loads what makes pages

    for each in found:
        yield f"{escaped(each.text)}\n\n"
        if each.figures:
            yield "".join(f"- {escaped(figure)}\n" for figure in each.figures) + "\n"


# Claims


def claims(found: Iterable[Claim], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Claims as table, csv, tsv, json, jsonl or md."""
    if shape == "table":
        return _claims_page(iter(found), look)
    if shape in to_csv.DELIMITERS:
        return to_csv.claims(found, delimiter=to_csv.DELIMITERS[shape])
    if shape == "md":
        rows = (dict(zip(_CLAIM_COLUMNS, _claim_words(each), strict=True)) for each in found)
        return records(_CLAIM_COLUMNS, rows, shape)
    return records((), map(to_json.full, found), shape)


_CLAIM_COLUMNS = ("id", "subject", "measure", "said", "source", "as of", "via")


def _claims_page(found: Iterator[Claim], look: Look) -> Iterator[str]:
    """A table if there are few claims; many go by one after the other, and none is kept."""
    told, cut = some_of(found, look)
    first = list(islice(told, MOST_ROWS + 1))
    if not first:
        yield "no claims\n"
    elif len(first) <= MOST_ROWS:
        yield _claims_table(first, look)
    else:
        for claim in chain(first, told):
            yield page(_block(_claim_words(claim), look))
    if cut:
        yield page(cut_line(look))


def _claims_table(found: Sequence[Claim], look: Look) -> str:
    told = [*map(_claim_words, found)]
    alone = len({claim.statement.subject for claim in found}) == 1
    title: list[str] = []
    if alone:  # one subject is a heading, not a column of repeats
        heading = lines_of(found[0].statement.subject, look)
        title = [*(paint(line, "bold", look) for line in heading), ""]
    cells = [_claim_cells(claim, row, alone=alone) for claim, row in zip(found, told, strict=True)]
    said = 2 if alone else 3
    lines = grid(["id", *_CLAIM_COLUMNS[1 + alone :]], cells, look, right=(0, said))
    if lines is None:
        lines = [line for row in told for line in _block(row[:1] + row[1 + alone :], look)]
    return page([*title, *lines])


def _claim_cells(claim: Claim, row: Sequence[str], *, alone: bool) -> list[Cell]:
    """The cells of a table: ids dim, figures bold, the source a link to its words."""
    number, subject, measure, told, source, when, via = row
    cells = [cell(measure), cell(told, "bold"), cell(source, url=claim.statement.url)]
    about = [] if alone else [cell(subject)]
    return [cell(number, "dim"), *about, *cells, cell(when), cell(via)]


def _block(row: Sequence[str], look: Look) -> list[str]:
    """A claim in lines of its own: what it is about and what was said, then by whom."""
    number, *about, told, source, when, via = row
    head = ", ".join(filter(None, about))
    what = shown(f"{head}: {told}" if head else told, look)
    who = shown(f"{source}, {when}" + (f", via {via}" if via else ""), look)
    return [
        *wrap(what, look.width, f"{number}  ", "    "),
        *wrap(who, look.width, "    ", "    "),
    ]


def _claim_words(claim: Claim) -> list[str]:
    """A claim as the cells of a table."""
    said = claim.statement
    told = said_of(claim)
    if claim.scope:
        told += f" ({claim.scope})"
    if claim.retracted is not None:
        told += f" ({_gone(claim.retracted)})"
    source = f"{said.source}, citing {claim.origin}" if claim.origin else said.source
    return [
        str(claim.id or ""),
        said.subject,
        claim.measure,
        told,
        source,
        day(said.when) if said.when else "undated",
        said.via or "",
    ]


# What the store gives as the reason of a claim that nobody retracted.
_NOT_RETRACTED = ("replaced by a later version", "taken back by undo")


def _gone(reason: str) -> str:
    """Why a claim no longer counts: "retracted: misread", "replaced by a later version"."""
    return reason if reason in _NOT_RETRACTED else f"retracted: {reason}"


def claim(
    versions: Sequence[Claim],
    shape: str,
    look: Look = _DEFAULT,
    beside: Sequence[tuple[str, str]] = (),
) -> str:
    """One claim in full, for a person or as json; `versions` come latest first.

    `beside` is what else is known of it: the pages kept.
    """
    if shape != "table":
        return "".join(to_json.listed_jsonl(versions))
    told = []
    now = versions[0]
    for version in versions:
        title = f"claim {now.id}" + ("" if version is now else ", as it was before")
        told.append(block(title, [*_in_full(version), *(beside if version is now else ())], look))
    return "\n".join(told)


def _in_full(claim: Claim) -> Iterator[tuple[str, str]]:
    said = claim.statement
    yield "subject", said.subject
    if claim.measure:
        yield "measure", claim.measure
    yield "source", said.source
    yield "said", as_recorded(claim)
    for name, what in estimated(claim.estimate):
        yield name, what
    for name, period in (("as of", said.as_of), ("published", said.published)):
        if period:
            yield name, day(period)
    for name, words in (
        ("via", said.via),
        ("url", said.url),
        ("origin", claim.origin),
        ("scope", claim.scope),
        ("quote", said.quote),
        ("note", claim.note),
        ("recorded", f"{claim.recorded:%Y-%m-%d %H:%M:%S %Z}" if claim.recorded else None),
        _row_of_gone(claim.retracted),
        ("uid", claim.uid),
        ("definition", str(claim.definition or "")),
    ):
        if words:
            yield name, words


def _row_of_gone(reason: str | None) -> tuple[str, str | None]:
    if reason in _NOT_RETRACTED:
        name, _, rest = (reason or "").partition(" by ")
        return name, f"by {rest}"
    return "retracted", reason


_MEASURE_COLUMNS = ("measure", "kind", "parts", "tolerance", "window", "aliases", "definition")


class NameRecord(Protocol):
    """A subject, source or measure on record: its name, other names, and how many claims."""

    @property
    def name(self) -> str:
        """The name it is shown by."""

    @property
    def aliases(self) -> Sequence[str]:
        """Its other names."""

    @property
    def claims(self) -> int:
        """How many live claims there are of it."""


def names(
    kind: str, found: Iterable[NameRecord], shape: str, look: Look = _DEFAULT
) -> Iterator[str]:
    """Subjects or sources, their other names, and how many claims there are of each."""
    told = [
        {kind: each.name, "aliases": list(each.aliases), "claims": each.claims} for each in found
    ]
    return records((kind, "claims", "aliases"), told, shape, look)


def measures(found: Iterable[Measure], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Measures: how each behaves in time, what it is the sum of, its other names."""
    told = [
        {"measure": each.name, **{key: getattr(each, key) for key in _MEASURE_COLUMNS[1:]}}
        for each in found
    ]
    if shape == "table":
        return iter((_measures_page(found, look),))
    return records(_MEASURE_COLUMNS, told, shape, look)


def _measures_page(found: Iterable[Measure], look: Look) -> str:
    """A measure a paragraph: what it counts, and whatever else is set."""
    lines: list[str] = []
    told, cut = some_of(found, look)
    for each in told:
        heading = shown(f"{each.name}: {each.kind.value}", look)
        lines += [paint(line, "bold", look) for line in wrap(heading, look.width)]
        for words in _about(each):
            lines += lines_of(words, look, "  ", "    ")
    return page([*lines, *(cut_line(look) if cut else [])]) if lines else "no measures\n"


def _about(measure: Measure) -> Iterator[str]:
    if measure.definition:
        yield measure.definition
    if measure.parts:
        yield f"= {' + '.join(measure.parts)}"
    if measure.aliases:
        yield f"also: {', '.join(measure.aliases)}"
    if measure.tolerance is not None:
        yield f"tolerance {percent(measure.tolerance)}"
    if measure.window is not None:
        yield f"window {measure.window} days"


# The log


class LogRecord(Protocol):
    """One change to the store: when, what was done to what, and what took it back."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def at(self) -> datetime:
        """When it was made."""

    @property
    def action(self) -> str:
        """What was done."""

    @property
    def about(self) -> str:
        """What it was done to, in a few words."""

    @property
    def hash(self) -> str:
        """Its link of the chain."""

    @property
    def undoes(self) -> int | None:
        """The event it took back."""

    @property
    def undone_by(self) -> int | None:
        """The event that took it back."""


def events(found: Iterable[LogRecord], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """The log, event by event; for a person without the hashes, which `--head` sums up."""
    if shape in ("table", "md"):
        brief = [
            {
                "event": each.id,
                "when": each.at.strftime("%Y-%m-%d %H:%M"),
                "what": each.action,
                "about": each.about + _taken_back(each),
            }
            for each in found
        ]
        return records(("event", "when", "what", "about"), brief, shape, look)
    same = ("action", "about", "undoes", "undone_by", "hash")
    told = [
        {"event": each.id, "at": each.at.isoformat(), **{key: getattr(each, key) for key in same}}
        for each in found
    ]
    return records(("event", "at", *same), told, shape, look)


def _taken_back(event: LogRecord) -> str:
    if event.undone_by is not None:
        return f" (taken back by {event.undone_by})"
    return f" (takes back {event.undoes})" if event.undoes is not None else ""


# Decisions

_DECISION_COLUMNS = (
    *("id", "subject", "measure", "kind", "claims", "low", "high"),
    *("reason", "by", "at", "review_on", "stale", "stale_why"),
)


def decision(made: Decision, look: Look) -> str:
    """What a person is told who has just decided, and in a list of decisions."""
    about = f"{made.subject}{': ' if made.measure else ''}{made.measure}"
    lines = lines_of(about, look)
    return page([*lines, *lines_of(summary.decision(made), look, "  ", "    ")])


def decisions(
    found: Iterable[Decision], shape: str, look: Look, replaced: int = 0
) -> Iterator[str]:
    """Decisions as a list; for a person in two lines or so each, and how many are `replaced`."""
    if shape == "table":
        told = "".join(decision(each, look) for each in found) or "no decisions\n"
        more = counted(replaced, "1 more was", "{} more were")
        note = f"{more} replaced by those (factlog decisions --all)\n" if replaced else ""
        return iter([told, note])
    return records(_DECISION_COLUMNS, map(to_json.decision_of, found), shape)


# Any list


def records(
    columns: Sequence[str], found: Iterable[Record], shape: str, look: Look = _DEFAULT
) -> Iterator[str]:
    """Flat records, under these columns where a format has any."""
    if shape == "json":
        yield from json_list(found)
    elif shape == "jsonl":
        yield from (one_line(record) + "\n" for record in found)
    elif shape in to_csv.DELIMITERS:
        rows = ([_cell(record[column]) for column in columns] for record in found)
        yield from to_csv.table(columns, rows, delimiter=to_csv.DELIMITERS[shape])
    elif shape == "md":
        from factlog.render import templates

        yield templates.table(columns, [[_words(r[column]) for column in columns] for r in found])
    else:
        yield _table(columns, list(found), look)


def _table(columns: Sequence[str], found: Sequence[Record], look: Look) -> str:
    if not found:
        return "none on record\n"
    told, cut = some_of(found, look)
    words = [[_words(record[column]) for column in columns] for record in told]
    counts = {place for place, column in enumerate(columns) if isinstance(found[0][column], int)}
    cells = [
        [cell(text, "dim" if columns[place] == "event" else "") for place, text in enumerate(row)]
        for row in words
    ]
    lines = grid(columns, cells, look, right=counts)
    if lines is None:
        lines = []
        for row in words:
            about = ", ".join(
                f"{column}: {text}" if place else text
                for place, (column, text) in enumerate(zip(columns, row, strict=True))
                if text
            )
            lines += lines_of(about, look, "", "    ")
    return page([*lines, *(cut_line(look) if cut else [])])


def _cell(value: object) -> str | Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    return _words(value)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_words, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else str(value)
