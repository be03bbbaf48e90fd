"""Wholes: what a source's own parts add up to, beside what it says the whole is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import reduce

from factlog.claim import Hedge
from factlog.comparer.sides import (
    DAY,
    Days,
    SourceFigure,
    SubjectIndex,
    add,
    all_alone,
    as_one,
    grouped,
    in_unit,
    overlapping,
)
from factlog.findings import Side
from factlog.policy import EXACT, Interval, Kind, Measure
from factlog.values import dataclass
from factlog.wording import legible

# Where figures may be added up: one statement or one date, and one source, scope and dimension.
Place = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class MeasureFigures:
    """One measure's figures: those that count, and sums that only check them."""

    counted: tuple[SourceFigure, ...]
    checks: tuple[SourceFigure, ...] = ()


def settled_figures(
    stated: Mapping[str, Sequence[SourceFigure]],
    measures: Mapping[str, Measure],
    index: SubjectIndex,
) -> dict[str, MeasureFigures]:
    """Every measure's figures, wholes added up from the parts, smallest wholes first.

    `measures` holds every measure that was spoken of and every whole, by name.
    """
    adding = _Totals(stated, measures, index)
    for name in measures:
        adding.settle(name)
    return {name: found for name, found in adding.settled.items() if found.counted}


@dataclass(slots=True)
class _Totals:
    """Settles measures one by one, each after its parts."""

    stated: Mapping[str, Sequence[SourceFigure]]
    measures: Mapping[str, Measure]
    index: SubjectIndex
    settled: dict[str, MeasureFigures] = field(default_factory=dict)
    _by_statement: dict[str, dict[Place, list[SourceFigure]]] = field(default_factory=dict)

    def settle(self, name: str) -> MeasureFigures:
        """One measure's figures."""
        if name not in self.settled:
            self.settled[name] = self._figures(name)
        return self.settled[name]

    def _figures(self, name: str) -> MeasureFigures:
        constant = self.measures[name].kind is Kind.CONSTANT if name in self.measures else True
        own = one_date(self.stated.get(name, ()), constant)
        sums = self._sums(name)
        if not sums:
            return MeasureFigures(tuple(own))
        added = one_date(sums, constant)
        counted, checks = _beside(own, added)
        return MeasureFigures(tuple(counted), tuple(checks))

    def _parts(self, name: str) -> tuple[str, ...]:
        """The parts of a measure, if something is known of every one of them."""
        parts = self.measures[name].parts if name in self.measures else ()
        return parts if all(self.settle(part).counted for part in parts) else ()

    def _sums(self, name: str) -> list[SourceFigure]:
        """What every source's parts add up to: of one statement, else of one date."""
        parts = self._parts(name)
        if not parts:
            return []
        sums = [s for _, s in self._added(name, parts, self._in_statement)]
        done = {date_place(figure) for figure in sums}
        dated = self._added(name, parts, self._on_date)
        return sums + [s for place, s in dated if place not in done]

    def _added(
        self,
        name: str,
        parts: Sequence[str],
        placed: Callable[[str], Mapping[Place, list[SourceFigure]]],
    ) -> list[tuple[Place, SourceFigure]]:
        """The sums of the parts wherever each has exactly one figure."""
        by_part = [placed(part) for part in parts]
        sums = []
        for place in by_part[0]:
            found = [each.get(place, []) for each in by_part]
            if all(len(each) == 1 for each in found):
                sums.append((place, self._sum(name, [each[0] for each in found])))
        return sums

    def _sum(self, name: str, parts: list[SourceFigure]) -> SourceFigure:
        first = min(parts, key=lambda part: part.tie)
        unit = self.index.target(name, first.dimension, first.side.unit)
        if any(self.index.offset(p.side.measure, p.dimension) for p in parts):
            self.index.mark_offset(name, first.dimension)
        return added(name, [replace(part, side=in_unit(part.side, unit)) for part in parts])

    def _in_statement(self, name: str) -> Mapping[Place, list[SourceFigure]]:
        """A measure's figures by statement, scope and dimension."""
        if name not in self._by_statement:
            stated: dict[Place, list[SourceFigure]] = grouped(
                self.stated.get(name, ()), lambda e: (e.statement, e.scope, e.dimension)
            )
            found = {place: overlapping(figures) for place, figures in stated.items()}
            parts = self._parts(name)
            if parts:
                for place, total in self._added(name, parts, self._in_statement):
                    found[place] = _settle(found.get(place, []), [total])[0]
            self._by_statement[name] = found
        return self._by_statement[name]

    def _on_date(self, name: str) -> Mapping[Place, list[SourceFigure]]:
        """A measure's figures by source, scope, dimension and date, the last logged if undated."""
        found = grouped(self.settle(name).counted, date_place)
        return {place: _last_logged(figures) for place, figures in found.items()}


def one_date(figures: Iterable[SourceFigure], constant: bool) -> list[SourceFigure]:
    """Figures of one source, date, scope and unit made one where their readings overlap."""
    figures = list(figures)
    if all_alone(figures):
        return figures
    same = grouped(figures, lambda figure: (*date_place(figure), _logged(figure, constant)))
    return [made for group in same.values() for made in overlapping(group)]


def _logged(figure: SourceFigure, constant: bool) -> int | None:
    """The day that stands in for the date of an undated constant."""
    if figure.days is not None or not constant or figure.recorded is None:
        return None
    return figure.recorded // DAY


def order_of(figure: SourceFigure, constant: bool) -> Days | None:
    """What orders a source's figures in time: its days, in microseconds where it is a constant,
    as an undated one is as new as the moment of its logging.
    """
    if not constant:
        return figure.days
    if figure.days is not None:
        return figure.days[0] * DAY, figure.days[1] * DAY + DAY - 1
    return None if figure.recorded is None else (figure.recorded, figure.recorded)


def date_place(figure: SourceFigure) -> Place:
    """What is of one date: its source, scope, dimension and days."""
    return figure.source, figure.scope, figure.dimension, figure.days


def _last_logged(figures: list[SourceFigure]) -> list[SourceFigure]:
    """Of undated figures only those logged last: the earlier ones were replaced."""
    if len(figures) < 2 or figures[0].days is not None:
        return figures
    last = max(figure.recorded or 0 for figure in figures)
    return [figure for figure in figures if (figure.recorded or 0) == last]


def _beside(
    own: Sequence[SourceFigure], sums: Sequence[SourceFigure]
) -> tuple[list[SourceFigure], list[SourceFigure]]:
    """Figures that count and sums that only check them, date by date."""
    stated, added = grouped(own, date_place), grouped(sums, date_place)
    counted: list[SourceFigure] = []
    checks: list[SourceFigure] = []
    for place in dict.fromkeys((*stated, *added)):
        kept, only_check = _settle(stated.get(place, []), added.get(place, []))
        counted += kept
        checks += only_check
    return counted, checks


def _settle(
    stated: list[SourceFigure], sums: list[SourceFigure]
) -> tuple[list[SourceFigure], list[SourceFigure]]:
    """A source's own whole first: closed, the sum only checks it; open, the two overlap."""
    if not stated or not sums:
        return stated or sums, []
    if any(figure.closed for figure in stated):
        return stated, sums
    together = overlapping([*stated, *sums])
    return [d for d in together if d.own], [d for d in together if not d.own]


def added(measure: str, parts: Sequence[SourceFigure]) -> SourceFigure:
    """The sum of some figures of one source, all in one unit."""
    first = min(parts, key=lambda part: part.tie)
    meant, ends = parts[0].side.reading, parts[0].side.stated
    for part in parts[1:]:
        meant, ends = add(meant, part.side.reading), add(ends, part.side.stated)
    hedge = _hedge([part.side for part in parts], ends)
    pointed = all(_only_best(part.side) for part in parts)
    side = Side(
        measure=measure,
        source=first.side.source,
        said=" + ".join(_as_part(part.side) for part in parts),
        hedge=hedge,
        reading=meant,
        stated=ends,
        low=None if pointed else ends.low,
        best=_total(part.side.best for part in parts) if pointed else None,
        high=None if pointed else ends.high,
        unit=first.side.unit,
        unit_said=next((part.side.unit_said for part in parts if part.side.unit_said), None),
        scope=first.side.scope,
        as_of=first.side.as_of,
        published=first.side.published,
        derived=True,
    )
    whole = replace(first, side=side, saids=(side.said,), own=False)
    return as_one(whole, parts)


def _total(numbers: Iterable[Decimal | None]) -> Decimal:
    return reduce(EXACT.add, (number for number in numbers if number is not None))


def _as_part(side: Side) -> str:
    said = f"({side.said})" if side.derived else legible(side.said, side)
    return f"{side.measure} {said}"


def _only_best(side: Side) -> bool:
    """Whether one number is all that was stated."""
    alone = side.low is None and side.high is None and side.plus is None
    return side.best is not None and alone


def _hedge(sides: Sequence[Side], ends: Interval) -> Hedge:
    """How firmly a sum is stated: as its parts are if they agree, else by its ends."""
    hedges = {side.hedge for side in sides}
    if len(hedges) == 1 and Hedge.PLUS_MINUS not in hedges:
        return hedges.pop()
    if ends.low is None and ends.high is None:
        return Hedge.VAGUE
    if ends.high is None:
        return Hedge.MORE_THAN if ends.low_open else Hedge.AT_LEAST
    if ends.low is None:
        return Hedge.LESS_THAN if ends.high_open else Hedge.AT_MOST
    return Hedge.ABOUT if Hedge.ABOUT in hedges else Hedge.RANGE
