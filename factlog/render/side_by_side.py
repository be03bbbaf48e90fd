"""A comparison as a person reads it: sides beside each other, verdicts, why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from factlog.figure_wording import as_said
from factlog.findings import (
    Comparison,
    Finding,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.render import summary
from factlog.render.display import Look, lines_of, page, paint
from factlog.render.stands import citing
from factlog.render.tables import Cell, CellLine, cell, cut_line, grid, some_of
from factlog.values import dataclass
from factlog.wording import counted, day, sign, unit_of_many

_MOST_SOURCES = 5
_LEAST_WIDTH = 60
# Of a verdict no headline is made of, so many findings are spelled out.
_FEW = 3

STYLES: Mapping[Verdict, str] = {
    Verdict.CONFLICT: "conflict",
    Verdict.NEAR: "near",
    Verdict.REVISED: "near",
    Verdict.AGREE: "agree",
}

Figures = dict[str, list[tuple[Side, CellLine]]]


def comparison(found: Comparison, look: Look) -> str:
    """A comparison: each subject's table and findings, then the policy and the counts."""
    return "".join(subject(each, look) for each in found.subjects) + page(below(found, look))


def subject(found: SubjectComparison, look: Look) -> str:
    """The table and findings of one subject."""
    return page((*_subject(found, look), ""))


def below(found: Comparison, look: Look) -> Iterator[str]:
    """The policy and the counts, which come below all subjects."""
    if extent := summary.extent(found):
        yield from lines_of(extent, look)
    yield from lines_of(summary.policy(found.policy), look)
    yield from lines_of(summary.summary(found), look)


def _heading(text: str, look: Look, style: str = "bold") -> list[str]:
    return [paint(line, style, look) for line in lines_of(text, look)]


def _subject(subject: SubjectComparison, look: Look) -> Iterator[str]:
    yield from _heading(subject.subject, look)
    yield ""
    table = _across(subject.measures, look)
    if table is None:
        for place, measure in enumerate(subject.measures):
            if place:
                yield ""
            yield from _stacked(measure, look)
            yield from _findings(measure, look)
        return
    yield from table
    for measure in subject.measures:
        yield from _findings(measure, look)


# Measures down, sources across


def _across(measures: Sequence[MeasureComparison], look: Look) -> list[str] | None:
    """Measures down and sources across; None where that does not fit."""
    if look.width < _LEAST_WIDTH:
        return None
    said = [_by_source(measure) for measure in measures]
    sources = list(dict.fromkeys(source for figures in said for source in figures))
    if len(sources) > _MOST_SOURCES:
        return None
    rows = []
    for measure, figures in zip(measures, said, strict=True):
        cells = [_side_cell(figures.get(source, []), look) for source in sources]
        rows.append([cell(name(measure)), *cells, _verdict_cell(measure)])
    return grid(["measure", *sources, "verdict"], rows, look, apart=True)


def name(measure: MeasureComparison) -> str:
    """A measure as a heading, its unit in brackets: "height (m)"."""
    unit = f"({unit_of_many(measure.unit)})" if measure.unit else ""
    return f"{measure.measure} {unit}".strip()


def _by_source(measure: MeasureComparison) -> Figures:
    """What each source said of the measure itself, without parts set against its wholes."""
    figures: Figures = {}
    disputed = _disputed(measure)
    for place, side in enumerate(measure.sides):
        if side.measure == measure.measure:
            figure = _figure(measure, side, disputed=place in disputed)
            figures.setdefault(side.source, []).append((side, figure))
    return figures


def _chosen(
    figures: Sequence[tuple[Side, CellLine]], look: Look
) -> tuple[list[tuple[Side, CellLine]], int]:
    """The figures of one source to show, the latest first, and how many earlier are not."""
    current = [each for each in figures if each[0].current]
    earlier = [each for each in figures if not each[0].current]
    if look.history or not current:
        return current + earlier[::-1], 0
    return current, len(earlier)


def _side_cell(figures: Sequence[tuple[Side, CellLine]], look: Look) -> Cell:
    lines: list[CellLine] = []
    chosen, hidden = _chosen(figures, look)
    for side, figure in chosen:
        lines.append(_marked(figure))
        lines += [CellLine(text, "dim") for text in _details(side)]
    if hidden:
        lines.append(CellLine(f"+{hidden} earlier", "dim"))
    return tuple(lines)


def _disputed(measure: MeasureComparison) -> frozenset[int]:
    """Which sides, by their places, are in a conflict told of below."""
    conflicts = (each for each in measure.findings if each.verdict is Verdict.CONFLICT)
    return frozenset(place for conflict in conflicts for place in conflict.sides)


def _figure(measure: MeasureComparison, side: Side, *, disputed: bool) -> CellLine:
    """What was said, with the claims it rests on."""
    text = as_said(side)
    named = side.unit_said or side.unit_given
    if side.unit and side.unit != measure.unit and not named:
        text = f"{text} {sign(side.unit)}"
    style = "conflict" if disputed else "bold" if side.current else "dim"
    return CellLine(text, style, _claims(side), side.url)


def _marked(figure: CellLine) -> CellLine:
    """The figure, with a mark that tells a disputed one without colour."""
    return replace(figure, text=f"! {figure.text}") if figure.style == "conflict" else figure


def _claims(side: Side) -> str:
    ids = ", ".join(map(str, side.claims))
    if side.derived:
        return f"[claims {ids}]" if len(side.claims) > 1 else f"[claim {ids}]"
    return f"[{ids}]" if ids else ""


def _details(side: Side) -> list[str]:
    """Date, outlet, scope, definition and origin of a side, each as a line of its own."""
    via = f"via {side.via}" if side.via else ""
    lines = (_when(side), via, _scope(side), side.definition, citing(side))
    return [line for line in lines if line]


def _when(side: Side) -> str:
    return day(side.when) if side.when else "undated"


def _scope(side: Side) -> str:
    return f"scope: {side.scope}" if side.scope else ""


def _verdict_cell(measure: MeasureComparison) -> Cell:
    first, *others = summary.outcome(measure)
    return (
        CellLine(first, _style(measure), whole=True),
        *(CellLine(each, whole=True) for each in others),
    )


def _style(measure: MeasureComparison) -> str:
    shown = measure.findings[0].verdict if measure.findings else measure.verdict
    return STYLES.get(shown, "")


# One measure below the other


def _stacked(measure: MeasureComparison, look: Look) -> Iterator[str]:
    outcome = ", ".join(summary.outcome(measure))
    heading = f"{name(measure)}: {outcome}" if name(measure) else outcome
    yield from _heading(heading, look, _style(measure) or "bold")
    told, cut = some_of(_rows(measure, look), look)
    rows = list(told)
    table = _sides_down(rows, look) if look.width >= _LEAST_WIDTH else None
    if table is not None:
        yield from table
    else:
        for row in rows:
            yield from _block(row, look)
    if cut:
        yield from cut_line(look)


@dataclass(frozen=True, slots=True)
class _FigureRow:
    """A figure with a row of its own, and how many earlier ones of its source are not shown."""

    side: Side
    figure: CellLine
    hidden: int

    @property
    def source(self) -> str:
        """Who said it, and whom they cite."""
        return ", ".join(filter(None, (self.side.source, citing(self.side))))

    @property
    def when(self) -> Cell:
        """The date it is for, and how many earlier figures there are."""
        date = CellLine(_when(self.side), whole=True)
        return (date, CellLine(f"+{self.hidden} earlier", "dim")) if self.hidden else (date,)


def _rows(measure: MeasureComparison, look: Look) -> Iterator[_FigureRow]:
    for figures in _by_source(measure).values():
        chosen, hidden = _chosen(figures, look)
        for side, figure in chosen:
            yield _FigureRow(side, figure, hidden if side is chosen[-1][0] else 0)


def _sides_down(rows: Sequence[_FigureRow], look: Look) -> list[str] | None:
    """One row a figure: who said what, for when, of what; no column is all blank."""
    columns: list[tuple[str, list[Cell]]] = [
        ("source", [cell(row.source) for row in rows]),
        ("said", [(replace(_marked(row.figure), ids=""),) for row in rows]),
        ("claim", [cell(", ".join(map(str, row.side.claims)), "dim") for row in rows]),
        ("as of", [row.when for row in rows]),
        ("scope", [cell(row.side.scope or "", "dim") for row in rows]),
        ("definition", [cell(row.side.definition, "dim") for row in rows]),
        ("via", [cell(row.side.via or "", "dim") for row in rows]),
    ]
    told = [column for column in columns if any(each[0].text for each in column[1])]
    cells = list(zip(*(column for _, column in told), strict=True))
    return grid([title for title, _ in told], cells, look, right=(1, 2))


def _block(row: _FigureRow, look: Look) -> Iterator[str]:
    """A figure in lines of its own, for a narrow screen."""
    disputed = row.figure.style == "conflict"
    said = f"{row.source}: {row.figure}"
    for line in lines_of(said, look, "! " if disputed else "  ", "    "):
        yield paint(line, "conflict" if disputed else "", look)
    side = row.side
    details = [
        *(line.text for line in row.when),
        f"via {side.via}" if side.via else "",
        _scope(side),
        side.definition,
    ]
    for line in lines_of(", ".join(filter(None, details)), look, "    ", "    "):
        yield paint(line, "dim", look)


# Why


def _findings(measure: MeasureComparison, look: Look) -> Iterator[str]:
    for finding in _spelled(measure.findings, look):
        title = ", ".join(summary.parts(finding, measure.sides))
        heading = f"{measure.measure}: {title}" if measure.measure else title
        yield ""
        yield from _heading(heading, look, STYLES.get(finding.verdict, "bold"))
        yield from lines_of(finding.why, look, "  ", "  ")
    spelled = sum(finding.verdict is Verdict.CONFLICT for finding in measure.findings)
    hidden = measure.counts.conflicts - spelled
    if spelled and hidden > 0:
        more = counted(hidden, "1 more conflict", "{} more conflicts")
        yield ""
        yield from lines_of(
            f"{measure.measure}: {more}; --limit spells out more".lstrip(": "), look
        )


def _spelled(findings: Sequence[Finding], look: Look) -> Iterator[Finding]:
    """Every finding a headline is made of, and the first few of each milder verdict."""
    everything = look.history or len({finding.verdict for finding in findings}) == 1
    seen: dict[Verdict, int] = {}
    for finding in findings:
        seen[finding.verdict] = seen.get(finding.verdict, 0) + 1
        if (
            everything
            or finding.verdict.severity <= Verdict.REVISED.severity
            or seen[finding.verdict] <= _FEW
        ):
            yield finding
