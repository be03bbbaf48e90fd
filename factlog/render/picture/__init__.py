"""Pictures: a measure's sides on one axis, and its figures through time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factlog.claim import Period
from factlog.comparison import Kind, MeasureComparison, Side, Verdict
from factlog.render.amounts import as_said
from factlog.render.picture.scale import SPREAD, axis, days
from factlog.render.picture.values import Bar, Line, Picture, Point, Timeline
from factlog.render.when import day

__all__ = ["draw", "over_time"]


def draw(subject: str, measure: MeasureComparison, *, history: bool = False) -> Picture:
    """The sides of a measure on one axis: those that stand now, earlier ones with `history`."""
    judged = _judged(measure)
    own = [each for each in enumerate(measure.sides) if each[1].measure == measure.measure]
    shown = [each for each in own if history or each[1].current]
    bars = tuple(_bar(n, side, judged) for n, side in shown if side.unit == measure.unit)
    bars = tuple(bar for bar in bars if (bar.low, bar.high, bar.stated) != (None, None, None))
    values = [v for bar in bars for v in (bar.low, bar.high, bar.stated) if v is not None]
    values += _beyond(values, bars)
    return Picture(
        subject,
        measure.measure,
        measure.unit,
        measure.kind,
        measure.verdict,
        axis(values, measure.unit),
        bars,
        len(shown) - len(bars),
    )


def over_time(subject: str, measure: MeasureComparison) -> Timeline:
    """The figures of a measure by date, a line for each source."""
    judged = _judged(measure)
    points: dict[str, list[Point]] = {}
    undated = 0
    for n, side in enumerate(measure.sides):
        if side.measure != measure.measure or side.unit != measure.unit:
            continue
        if side.when is None:
            undated += 1
        else:
            points.setdefault(side.source, []).append(_point(n, side, side.when, judged))
    every = [point for line in points.values() for point in line]
    values = [v for p in every for v in (p.low, p.high, p.stated) if v is not None]
    values += _beyond(values, every)
    steps = measure.kind is Kind.CUMULATIVE
    return Timeline(
        subject,
        measure.measure,
        measure.unit,
        measure.kind,
        measure.verdict,
        days([point.day for point in every] or [1.0]),
        axis(values, measure.unit),
        tuple(
            Line(source, steps, tuple(sorted(line, key=lambda each: each.day)))
            for source, line in points.items()
        ),
        undated,
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """The worst verdict of each side, whom it conflicts with, and which were revised."""

    worst: dict[int, Verdict]
    against: dict[int, list[int]]
    revised: set[int]


def _judged(measure: MeasureComparison) -> _Judged:
    judged = _Judged({}, {}, set())
    for finding in measure.findings:
        if finding.verdict is Verdict.REVISED:
            judged.revised.update(finding.sides)
        for one, other in (finding.sides, finding.sides[::-1]):
            known = judged.worst.setdefault(one, finding.verdict)
            judged.worst[one] = min(known, finding.verdict, key=lambda each: each.severity)
            if finding.verdict is Verdict.CONFLICT:
                judged.against.setdefault(one, []).append(other)
    return judged


def _bar(n: int, side: Side, judged: _Judged) -> Bar:
    return Bar(
        side=n,
        source=side.source,
        said=as_said(side),
        when=day(side.when) if side.when else "undated",
        scope=side.scope,
        low=_float(side.reading.low),
        high=_float(side.reading.high),
        stated=_stated(side),
        derived=side.derived,
        current=side.current,
        verdict=judged.worst.get(n),
        against=tuple(dict.fromkeys(judged.against.get(n, ()))),
    )


def _beyond(values: Sequence[float], marks: Sequence[Bar | Point]) -> Iterator[float]:
    """A little more room past the last value where a figure is open, for its arrow."""
    if not values:
        return
    least, most = min(values), max(values)
    room = (most - least or abs(most)) / 10
    if any(mark.high is None for mark in marks):
        yield most + room
    if any(mark.low is None for mark in marks):
        yield least - room if least <= 0 or most / least <= SPREAD else least / 2


def _point(n: int, side: Side, when: Period, judged: _Judged) -> Point:
    ends = [each.toordinal() for each in (when.first, when.last) if each]
    return Point(
        side=n,
        day=sum(ends) / len(ends),
        when=day(when),
        low=_float(side.reading.low),
        high=_float(side.reading.high),
        stated=_stated(side),
        said=as_said(side),
        derived=side.derived,
        revised=n in judged.revised,
        verdict=judged.worst.get(n),
    )


def _stated(side: Side) -> float | None:
    if side.best is not None:
        return float(side.best)
    if side.low is not None and side.high is not None:
        return None
    return _float(side.low if side.low is not None else side.high)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
