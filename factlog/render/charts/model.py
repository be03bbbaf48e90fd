"""Pictures: a measure's sides on one axis, and its figures through time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal

from factlog import units
from factlog.claim import Hedge, Period
from factlog.figure_wording import amount, as_said, with_error
from factlog.findings import MeasureComparison, Side, Verdict
from factlog.policy import STANDARD_ERROR, Kind, one_sigma
from factlog.render import summary
from factlog.render.charts.axis import (
    SPREAD,
    Axis,
    DecidedValue,
    Mark,
    Picture,
    SourceLine,
    Timeline,
    axis,
    days,
    lonely,
    window,
)
from factlog.render.stands import Stand, stands
from factlog.values import dataclass
from factlog.wording import counted, day

__all__ = ["draw", "over_time"]

# Dates that are nearer to one another than so many days are taken to be so far apart.
_WEEK = 7.0
# A date of more days than this is a vague one.
_MONTH = 31


def draw(
    subject: str, measure: MeasureComparison, *, history: bool = False, most: int | None = None
) -> Picture:
    """The sides of a measure on one axis: those that stand now, earlier ones with `history`.

    `most` leaves all but so many of the newest out.
    """
    judged = _judged(measure)
    every = [each for each in _own(measure) if history or each[1].current]
    shown = every[:most]
    alike = [(n, side) for n, side in shown if side.unit == measure.unit]
    bars = [_mark(n, side, judged) for n, side in alike if _bounded(side)]
    if measure.camps:
        bars.sort(key=lambda bar: _standing(bar, measure))
    decided = _decided(measure)
    scale = _fitting(bars, measure.unit, decided)
    return Picture(
        subject,
        measure.measure,
        measure.unit,
        measure.verdict,
        scale,
        tuple(bars),
        _camps(measure),
        tuple(_cut(bar) for bar in bars if scale.beyond(bar)),
        len(shown) - len(alike),
        judged.unmarked,
        decided,
        len(every) - len(shown),
    )


def _standing(mark: Mark, measure: MeasureComparison) -> tuple[int, float]:
    """What puts the figures of a camp together, the lowest first, the uncontested last."""
    return (len(measure.camps) if mark.camp is None else mark.camp), mark.height


def over_time(subject: str, measure: MeasureComparison, most: int | None = None) -> Timeline:
    """The figures of a measure by date, a line for each source; the newest `most`."""
    judged = _judged(measure)
    every = [each for each in _own(measure) if each[1].unit == measure.unit and _bounded(each[1])]
    own = every[:most]
    points: dict[str, list[Mark]] = {}
    for n, side in own:
        if side.when is not None:
            points.setdefault(_named(side), []).append(_mark(n, side, judged))
    marks = [point for line in points.values() for point in line]
    decided, across = _decided(measure), _dates([side.when for _, side in own])
    up = _fitting(marks, measure.unit, decided)
    cut = [each for each in marks if up.beyond(each) or each.day != across.held(each.day)]
    steps = measure.kind is Kind.CUMULATIVE
    lines = [
        SourceLine(source, steps, tuple(sorted(line, key=lambda each: each.day)))
        for source, line in points.items()
    ]
    if measure.camps:
        lines.sort(key=lambda line: _standing(line.points[-1], measure))
    return Timeline(
        subject,
        measure.measure,
        measure.unit,
        measure.verdict,
        across,
        up,
        tuple(lines),
        _camps(measure),
        tuple(map(_cut, cut)),
        len(own) - len(marks),
        sum(side.unit != measure.unit for _, side in _own(measure)),
        judged.unmarked,
        decided,
        len(every) - len(own),
    )


def _camps(measure: MeasureComparison) -> tuple[str, ...]:
    """The words for each camp."""
    found = [each for each in stands(measure) if each.camp is not None]
    return tuple(_camp(number, each) for number, each in enumerate(found, 1))


def _camp(number: int, stand: Stand) -> str:
    """Where a camp stands, and how many stand there: "camp 2: 80 to 100, 3 sources (1 origin)"."""
    words = f"camp {number}: {stand.figure}, "
    words += counted(stand.voices, "1 source", "{} sources") + stand.independent
    return f"{words} and {summary.number_of(stand.outgrown)} earlier" if stand.outgrown else words


def _cut(mark: Mark) -> str:
    return f"{mark.source}: {mark.said} ({mark.when})"


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
class _Contradictions:
    """The worst verdict of each side, whom it conflicts with, where it stands, what revises."""

    worst: dict[int, Verdict]
    against: dict[int, list[int]]
    camp: dict[int, int]
    revised: set[int]
    unmarked: int


def _judged(measure: MeasureComparison) -> _Contradictions:
    clashes = sum(finding.verdict is Verdict.CONFLICT for finding in measure.findings)
    camp = {side: place for place, each in enumerate(measure.camps) for side in each.sides}
    judged = _Contradictions({}, {}, camp, set(), max(0, measure.counts.conflicts - clashes))
    calm = measure.uncontested if measure.camps else ()
    for finding in measure.findings:
        if finding.verdict is Verdict.REVISED:
            judged.revised.add(_later(measure.sides, finding.sides))
        for one, other in (finding.sides, finding.sides[::-1]):
            if finding.verdict is Verdict.CONFLICT and one in calm:
                continue  # only with a figure that no longer stands: nobody contests it now
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
    return max(pair, key=lambda place: moment(sides[place].when))


def moment(when: Period | None) -> float:
    """The middle of a date, as a day; 0 for none."""
    ends = _ends(when) if when else []
    return sum(ends) / len(ends) if ends else 0.0


def _ends(when: Period) -> list[int]:
    """The first and the last day of a date; the one there is of an open one."""
    return [each.toordinal() for each in (when.first, when.last) if each]


def _mark(n: int, side: Side, judged: _Contradictions) -> Mark:
    low, high = _float(side.reading.low), _float(side.reading.high)
    stated = _within(_stated(side), low, high)
    opens_down = side.stated.low is None and low in (None, 0)
    arms = _arms(side)
    first, last = arms or (low, high)
    ranged = arms is None and side.hedge in (Hedge.RANGE, Hedge.PLUS_MINUS)
    return Mark(
        side=n,
        source=side.source,
        said=_measured(side, side.unit if side.unit_said else None) or as_said(side),
        short=_measured(side) or amount(side),
        when=day(side.when) if side.when else "undated",
        scope=side.scope,
        low=low,
        high=high,
        stated=stated,
        first=_either(stated if opens_down else first, stated, high),
        last=_either(last, stated, low),
        opens_down=opens_down,
        opens_up=high is None,
        sigma=arms is not None,
        ranged=ranged and not side.derived,
        firm=side.hedge in (Hedge.EXACT, Hedge.PLUS_MINUS, Hedge.RANGE),
        derived=side.derived,
        current=side.current,
        revised=n in judged.revised,
        verdict=judged.worst.get(n),
        against=tuple(dict.fromkeys(judged.against.get(n, ()))),
        camp=judged.camp.get(n),
        day=moment(side.when),
    )


def _measured(side: Side, unit: str | None = None) -> str:
    """A figure with a stated error in the digits this needs; blank for one that has none.

    One that was given in another unit has its words with what they come to.
    """
    if side.best is None or not (side.plus and side.minus) or side.unit_given or side.derived:
        return ""
    return with_error(side, unit)


def _arms(side: Side) -> tuple[float, float] | None:
    """One standard error to each side of what was stated; None where none is known."""
    best, plus, minus, coverage = side.best, side.plus, side.minus, side.coverage
    if best is None or plus is None or minus is None or not 0 < (coverage or 0) < 1:
        return None
    down, up = (one_sigma(arm, coverage or STANDARD_ERROR) for arm in (minus, plus))
    return float(best - down), float(best + up)


def _decided(measure: MeasureComparison) -> DecidedValue | None:
    """What somebody decided to use, in the unit of the measure, if that can be drawn."""
    found = measure.decision
    if found is None or (found.low is None and found.high is None):
        return None
    if not units.comparable(found.unit, measure.unit):
        return None
    ends = [
        end
        if end is None or found.unit == measure.unit
        else units.convert(end, found.unit, measure.unit)
        for end in (found.low, found.high)
    ]
    low, high = map(_float, ends)
    again = ", to be looked at again" if found.stale else ""
    told = f"decided by {found.by}: {summary.settled(found)}{again}"
    return DecidedValue(-math.inf if low is None else low, math.inf if high is None else high, told)


def _either(*ends: float | None) -> float:
    """The first end there is."""
    return next((end for end in ends if end is not None), 0.0)


def _fitting(marks: Sequence[Mark], unit: str | None, decided: DecidedValue | None) -> Axis:
    """An axis on which everything has its place, but for the few that would flatten the rest."""
    spans = [(min(m.first, m.height), max(m.last, m.height)) for m in marks]
    if not spans:
        return axis([], unit)
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    size, scaled = sorted(abs(low) for low, _ in spans)[len(spans) // 2] / 5, spans
    if low > 0 and high / low > SPREAD:
        logs = [(math.log(low), math.log(high)) for low, high in spans]
        if not lonely(logs, math.log(SPREAD)):
            size, scaled = math.log(1.2), logs
    low, high = window(scaled, size)
    kept = [s for s, (a, b) in zip(spans, scaled, strict=True) if low <= a and b <= high]
    ends = [end for span in kept for end in span]
    if decided:
        ends += [end for end in (decided.low, decided.high) if math.isfinite(end)]
    return axis([*ends, *_room(min(ends), max(ends), marks)], unit)


def _room(least: float, most: float, marks: Sequence[Mark]) -> Iterator[float]:
    """A little more room past the last values where a figure there is open, or beyond."""
    if least > 0 and most / least > SPREAD:
        more, less = most * 1.5, least / 1.5
    else:
        more, less = most + (most - least) / 10, least - (most - least) / 10
    if least < most and any((m.opens_up and m.last == most) or m.last > most for m in marks):
        yield more
    if least < most and any((m.opens_down and m.first == least) or m.first < least for m in marks):
        yield max(less, 0.0) if least >= 0 else less


def _dates(given: Sequence[Period | None]) -> Axis:
    """An axis over the dates of figures, but for the few that would flatten the rest.

    Whole years do not count where others are dated to the month or the day.
    """
    spans = [
        (float(min(ends)), float(max(ends))) for when in given if when and (ends := _ends(when))
    ]
    exact = [(low, high) for low, high in spans if high - low <= _MONTH]
    spans = exact if len(set(exact)) > 1 else spans
    return days(window(spans, _WEEK) if spans else [1.0])


def _stated(side: Side) -> float | None:
    if side.best is not None:
        return float(side.best)
    if side.low is not None and side.high is not None and side.low != side.high:
        return None
    return _float(side.low if side.low is not None else side.high)


def _within(stated: float | None, low: float | None, high: float | None) -> float | None:
    """What was stated, where figures of one source and date do not all allow another.

    "About 100; at least 105" is 105 to 110: no mark stands at 100. Of an open one, its end does.
    """
    bottom, top = -math.inf if low is None else low, math.inf if high is None else high
    if stated is None or bottom <= stated <= top:
        return stated
    return None if bottom > -math.inf and top < math.inf else max(bottom, min(stated, top))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
