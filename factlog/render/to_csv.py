"""Comparisons and claims as rows for a spreadsheet: csv, or tsv with tabs between.

A claim has the columns that import takes, so that what goes out comes back in the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from types import SimpleNamespace

from factlog.claim import Claim
from factlog.exchange import columns, row
from factlog.figure_wording import spelled
from factlog.findings import Comparison, Disagreement, Finding, MeasureComparison, Side, Verdict
from factlog.spreadsheet import HARMLESS, defused
from factlog.wording import iso, plain

DELIMITERS = {"csv": ",", "tsv": "\t"}


SIDE_COLUMNS = (
    *("subject", "measure", "unit", "scope", "source", "said", "hedge", "low", "best", "high"),
    *("as_of", "published", "via", "url", "claims", "derived"),
    *("verdict", "kind", "against", "gap", "ratio", "break_even"),
)
_OUTCOME = ("verdict", "kind", "gap", "ratio", "break_even")

Cell = str | Decimal | None


def comparison(found: Iterable[Comparison], *, delimiter: str = ",") -> Iterator[str]:
    """Comparisons as one row a side, with that side's most severe finding."""
    return table(SIDE_COLUMNS, sides(found), delimiter=delimiter)


def sides(found: Iterable[Comparison]) -> Iterator[tuple[Cell, ...]]:
    """Every side, in the order of SIDE_COLUMNS."""
    for comparison in found:
        for subject in comparison.subjects:
            for measure in subject.measures:
                worst = _worst_of_each(measure)
                for place, side in enumerate(measure.sides):
                    yield (*_side(subject.subject, side), *_outcome(measure, place, worst))


def _side(subject: str, side: Side) -> tuple[Cell, ...]:
    # fmt: off
    return (
        subject, side.measure, side.unit, side.scope, side.source, side.said, side.hedge,
        side.low, side.best, side.high, iso(side.as_of), iso(side.published), side.via, side.url,
        " ".join(map(str, side.claims)), "true" if side.derived else "false",
    )
    # fmt: on


def _worst_of_each(measure: MeasureComparison) -> dict[int, Finding]:
    """Every side's most severe finding; they come most severe first."""
    worst: dict[int, Finding] = {}
    for finding in measure.findings:
        for place in finding.sides:
            worst.setdefault(place, finding)
    return worst


def _outcome(measure: MeasureComparison, place: int, worst: dict[int, Finding]) -> tuple[Cell, ...]:
    finding = worst.get(place)
    if finding is None:
        verdict = measure.verdict if measure.verdict is Verdict.SINGLE else None
        return verdict, None, None, None, None, None
    one, other = finding.sides
    against = measure.sides[one if place == other else other]
    when = iso(against.when)
    return (
        finding.verdict,
        finding.kind,
        f"{against.source} ({when})" if when else against.source,
        finding.gap,
        finding.ratio,
        finding.break_even,
    )


APART_COLUMNS = (
    *("subject", "measure", "one", "other", "kind", "pairs", "first", "last"),
    *("gap", "ratio", "break_even", "why"),
)


def disagreements(found: Comparison) -> Iterator[tuple[Cell, ...]]:
    """Who contradicts whom, in the order of APART_COLUMNS."""
    for subject in found.subjects:
        for measure in subject.measures:
            for each in measure.disagreements:
                yield (subject.subject, measure.measure, *_apart(each))


def _apart(each: Disagreement) -> tuple[Cell, ...]:
    worst = each.worst
    return (
        *(*each.sources, each.kind, Decimal(each.pairs), iso(each.first), iso(each.last)),
        *(worst.gap, worst.ratio, worst.break_even, worst.why),
    )


def comparison_wide(found: Iterable[Comparison], *, delimiter: str = ",") -> Iterator[str]:
    """Comparisons as one row a measure, a column a source, the worst finding at the end."""
    every = tuple(found)  # the columns are not known before the last source is
    sources = dict.fromkeys(
        side.source
        for comparison in every
        for subject in comparison.subjects
        for measure in subject.measures
        for side in measure.sides
        if side.measure == measure.measure
    )
    rows = (
        (subject.subject, *_wide(measure, sources))
        for comparison in every
        for subject in comparison.subjects
        for measure in subject.measures
    )
    columns = ("subject", "measure", "unit", *sources, *_OUTCOME)
    yield from table(columns, rows, delimiter=delimiter)


def _wide(measure: MeasureComparison, sources: Iterable[str]) -> Iterator[Cell]:
    yield from (measure.measure, measure.unit)
    said: dict[str, list[str]] = {}
    for side in measure.sides:
        if side.current and side.measure == measure.measure:
            said.setdefault(side.source, []).append(spelled(side, plain))
    for source in sources:
        yield "; ".join(said.get(source, ()))
    yield measure.verdict
    if not measure.findings:
        yield from (None, None, None, None)
        return
    worst = measure.findings[0]
    yield from (worst.kind, worst.gap, worst.ratio, worst.break_even)


def claims(found: Iterable[Claim], *, delimiter: str = ",", defined: bool = False) -> Iterator[str]:
    """Claims in the columns import takes; `defined` adds those of what they count."""
    rows = (tuple(row(claim, defined=defined).values()) for claim in found)
    return table(columns(defined=defined), rows, delimiter=delimiter)


def claims_tsv(found: Iterable[Claim], *, defined: bool = False) -> Iterator[str]:
    """Claims in the columns import takes, with tabs between."""
    return claims(found, delimiter="\t", defined=defined)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str
) -> Iterator[str]:
    """Any rows under any columns."""
    return _lines(chain((columns,), rows), delimiter)


def _lines(rows: Iterable[Iterable[Cell]], delimiter: str) -> Iterator[str]:
    """Rows as lines; ended by both signs, so that csv.writer quotes cells with either."""
    lines: list[str] = []
    to = SimpleNamespace(write=lines.append)
    write = csv.writer(to, delimiter=delimiter, lineterminator="\r\n").writerow
    for cells in rows:
        # As nearly every cell, these are written as they are; None is left empty.
        write(
            [
                cell
                if cell is None or (cell.__class__ is str and cell[:1] in HARMLESS)
                else _cell(cell)
                for cell in cells
            ]
        )
        yield lines.pop()[:-2] + "\n"


def _cell(cell: str | Decimal) -> str:
    return plain(cell) if isinstance(cell, Decimal) else defused(cell)
