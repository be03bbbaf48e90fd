"""Pictures: a measure's sides on one axis, and its figures through time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from factlog.claim import Period
from factlog.findings import MeasureComparison, Side, Verdict
from factlog.policy import Kind
from factlog.render.charts.axis import SPREAD, Axis, Bar, Line, Picture, Point, Timeline, axis, days
from factlog.wording import as_said, day

__all__ = ["draw", "over_time"]


def draw(subject: str, measure: MeasureComparison, *, history: bool = False) -> Picture:
    """The sides of a measure on one axis: those that stand now, earlier ones with `history`."""
    judged = _judged(measure)
    shown = [each for each in _own(measure) if history or each[1].current]
    alike = [(n, side) for n, side in shown if side.unit == measure.unit]
    bars = [_bar(n, side, judged) for n, side in alike if _bounded(side)]
    return Picture(
        subject,
        measure.measure,
        measure.unit,
        measure.kind,
        measure.verdict,
        _fitting(bars, measure.unit),
        tuple(bars),
        len(shown) - len(alike),
        judged.unmarked,
    )


def over_time(subject: str, measure: MeasureComparison) -> Timeline:
    """The figures of a measure by date, a line for each source."""
    judged = _judged(measure)
    points: dict[str, list[Point]] = {}
    own = [each for each in _own(measure) if each[1].unit == measure.unit and _bounded(each[1])]
    for n, side in own:
        if side.when is not None:
            points.setdefault(_named(side), []).append(_point(n, side, side.when, judged))
    every = [point for line in points.values() for point in line]
    dates = [end for _, side in own if side.when is not None for end in _ends(side.when)]
    return Timeline(
        subject,
        measure.measure,
        measure.unit,
        measure.kind,
        measure.verdict,
        days(dates or [1.0]),
        _fitting(every, measure.unit),
        tuple(
            Line(
                source,
                measure.kind is Kind.CUMULATIVE,
                tuple(sorted(line, key=lambda each: each.day)),
            )
            for source, line in points.items()
        ),
        len(own) - len(every),
        sum(side.unit != measure.unit for _, side in _own(measure)),
        judged.unmarked,
    )


def _own(measure: MeasureComparison) -> Iterator[tuple[int, Side]]:
    """The sides of the measure itself, with their places, without parts set against its wholes."""
    return (each for each in enumerate(measure.sides) if each[1].measure == measure.measure)


def _bounded(side: Side) -> bool:
    """Whether a figure says anything that can be drawn."""
    return not (side.best is None and side.reading.low is None and side.reading.high is None)


def _named(side: Side) -> str:
    """Whose line a figure is on: what was counted apart is not joined."""
    return f"{side.source} ({side.scope})" if side.scope else side.source


@dataclass(frozen=True, slots=True)
class _Judged:
    """The worst verdict of each side, whom it conflicts with, and which revise an earlier one."""

    worst: dict[int, Verdict]
    against: dict[int, list[int]]
    revised: set[int]
    unmarked: int


def _judged(measure: MeasureComparison) -> _Judged:
    clashes = sum(finding.verdict is Verdict.CONFLICT for finding in measure.findings)
    judged = _Judged({}, {}, set(), max(0, measure.counts.conflicts - clashes))
    for finding in measure.findings:
        if finding.verdict is Verdict.REVISED:
            judged.revised.add(_later(measure.sides, finding.sides))
        for one, other in (finding.sides, finding.sides[::-1]):
            known = judged.worst.setdefault(one, finding.verdict)
            judged.worst[one] = min(known, finding.verdict, key=lambda each: each.severity)
            if finding.verdict is Verdict.CONFLICT:
                judged.against.setdefault(one, []).append(other)
    return judged


def _later(sides: Sequence[Side], pair: tuple[int, int]) -> int:
    """Which of two figures of one source is the later: the one that stands, else by date."""
    one, other = pair
    if sides[one].current != sides[other].current:
        return one if sides[one].current else other
    return max(pair, key=lambda place: _moment(sides[place].when))


def _moment(when: Period | None) -> float:
    """The middle of a date, as a day; 0 for none."""
    ends = _ends(when) if when else []
    return sum(ends) / len(ends) if ends else 0.0


def _ends(when: Period) -> list[int]:
    """The first and the last day of a date; the one there is of an open one."""
    return [each.toordinal() for each in (when.first, when.last) if each]


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


def _point(n: int, side: Side, when: Period, judged: _Judged) -> Point:
    return Point(
        side=n,
        day=_moment(when),
        when=day(when),
        low=_float(side.reading.low),
        high=_float(side.reading.high),
        stated=_stated(side),
        said=as_said(side),
        derived=side.derived,
        revised=n in judged.revised,
        verdict=judged.worst.get(n),
    )


def _fitting(marks: Sequence[Bar | Point], unit: str | None) -> Axis:
    """An axis on which everything has its place, with a little room for the arrows."""
    floors = [mark.low for mark in marks if mark.low is not None and _is_floor(mark)]
    values = [mark.low for mark in marks if mark.low is not None and not _is_floor(mark)]
    values += [v for mark in marks for v in (mark.high, mark.stated) if v is not None]
    return axis([*values, *_beyond(values, marks)], unit, floors)


def _is_floor(mark: Bar | Point) -> bool:
    """Whether a figure begins at zero only because it says "at most"."""
    return mark.low == 0 and mark.stated is not None and mark.stated > 0


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
    elif least > 0 and most / least > SPREAD and any(_ends_at(least, mark) for mark in marks):
        yield least / 2


def _ends_at(value: float, mark: Bar | Point) -> bool:
    """Whether a figure says "at most" this: where the axis has no zero, it needs room below."""
    return _is_floor(mark) and mark.stated == value


def _stated(side: Side) -> float | None:
    if side.best is not None:
        return float(side.best)
    if side.low is not None and side.high is not None:
        return None
    return _float(side.low if side.low is not None else side.high)


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
