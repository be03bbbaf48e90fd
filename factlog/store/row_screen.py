"""The subjects that could hold a conflict, found in one walk through the claims of a store.

It leaves out what the question of `prefilter` does, and is asked where rows are near at hand:
a row costs less to fetch than SQL takes to put it beside the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, cycle, groupby, repeat
from operator import gt, itemgetter, le, lt, sub
from typing import Any

from factlog.policy import Kind, Policy
from factlog.store.screen_rules import SLACK, NameRule, UnitScale, high, low
from factlog.values import dataclass

# What an end that was not stated is taken for, and from where on an end may be one such.
_NONE = 1e300
_HUGE = 1e290
_ROOM = 2 * float(SLACK)
_WHOLE = 1e12  # whole numbers up to here are held exactly
# The first and the last day there are, of dates that are open there.
_FIRST_DAY, _LAST_DAY = date.min.isoformat(), date.max.isoformat()

Row = Sequence[Any]
Ends = Sequence[float]

# One row for each live claim: its subject, measure and unit, its ends, the first day of its date,
# the last day if that is another, and what its ± covers. Where binary numbers gave out, an end
# is one that no other could agree with. A constant is judged whenever it was said.
_ROWS = """
select subject, measure, unit,
  coalesce(<LOW>, case hedge when 'plus_minus' then 1e300 else -1e300 end),
  coalesce(<HIGH>, case hedge when 'plus_minus' then -1e300 else 1e300 end),
  case when <TIMED> then first_day end,
  case when <TIMED> then nullif(last_day, first_day) end,
  coverage
from (
  select s.subject_id as subject, c.measure_id as measure, c.unit as unit, c.hedge as hedge,
    c.side as side, c.coverage as coverage, c.best_real as best, c.plus_real as above,
    c.minus_real as below, c.stated_low as low, c.stated_high as high,
    coalesce(case when s.as_of is null then s.published_first else s.as_of_first end, '<FIRST DAY>')
      as first_day,
    coalesce(case when s.as_of is null then s.published_last else s.as_of_last end, '<LAST DAY>')
      as last_day
  from statement s join claim c on c.statement_id = s.id
  where s.subject_id between ? and ? and c.retracted is null and c.replaced is null
)
order by subject
"""


def sql(policy: Policy, rules: Iterable[NameRule], scales: Iterable[UnitScale]) -> str:
    """The question for the rows of the subjects from one to another."""
    timed = [f"{each.measure:d}" for each in rules if each.kind is not Kind.CONSTANT]
    own_zero = [each.unit.replace("'", "''") for each in scales if not each.percent]
    wide = "1.0"
    if own_zero:
        listed = ", ".join(f"'{unit}'" for unit in own_zero)
        wide = f"(case when unit in ({listed}) then 0.0 else 1.0 end)"
    made = _ROWS.replace("<LOW>", low(policy, wide)).replace("<HIGH>", high(policy, wide))
    made = made.replace("<TIMED>", f"measure in ({', '.join(timed)})" if timed else "false")
    return made.replace("<FIRST DAY>", _FIRST_DAY).replace("<LAST DAY>", _LAST_DAY)


@dataclass(frozen=True, slots=True)
class Screen:
    """How figures are judged: by the rules of their measures, `usual` where there is none."""

    rules: Mapping[object, NameRule]
    scales: Mapping[str | None, UnitScale]
    usual: NameRule

    def suspected(self, rows: Iterable[Row]) -> Iterator[int]:
        """The subjects of these rows, which come subject by subject, that are not clear."""
        for subject, own in groupby(rows, itemgetter(0)):
            columns = tuple(zip(*own, strict=True))
            if _alike(columns):
                if self._may_conflict(columns, exact=True):
                    yield subject
            elif self._any_may(columns):
                yield subject

    def _may_conflict(self, columns: Sequence[Row], *, exact: bool) -> bool:
        """Whether figures of one measure and dimension may; exact, if they are in one unit."""
        _subjects, measures, units, lows, highs, firsts, lasts, shares = columns
        top, bottom = max(lows), min(highs)
        if bottom - top > (abs(top) + abs(bottom)) * _ROOM or (exact and _same(top, bottom)):
            return False  # as of most: nothing is above anything
        if top > _HUGE or bottom < -_HUGE or min(lows) < -_NONE or max(highs) > _NONE:
            return True
        rule = self.rules.get(measures[0], self.usual)
        wide = units[0] is None or self.scales[units[0]].percent
        tolerance = rule.tolerance if wide else 0.0
        passed = [tolerance] * len(shares)
        if shares.count(None) < len(shares):
            passed = [tolerance if share is None else 0.0 for share in shares]
        return _TESTS[rule.kind](Figures(lows, highs, firsts, lasts, passed, exact), rule.window)

    def _any_may(self, columns: Sequence[Row]) -> bool:
        """The same of figures of several measures, or in several units."""
        groups: dict[tuple[object, int], list[Row]] = {}
        members: dict[int, object] = {}
        for row in zip(*columns, strict=True):
            rule = self.rules.get(row[1])
            member = row[1] if rule is None else (rule.member,)
            if rule is not None and members.setdefault(rule.family, member) != member:
                return True
            dimension = self.scales[row[2]].dimension if row[2] is not None else 0
            groups.setdefault((member, dimension), []).append(row)
        return any(map(self._in_units, groups.values()))

    def _in_units(self, rows: Sequence[Row]) -> bool:
        columns = list(zip(*rows, strict=True))
        units = set(columns[2])
        if len(units) == 1:
            return self._may_conflict(columns, exact=True)
        room = max(abs(self.scales[unit].shift) for unit in units) * _ROOM
        for place, inward in ((3, room), (4, -room)):
            columns[place] = tuple(self._scaled(row[place], row[2], inward) for row in rows)
        return None in chain(*columns[3:5]) or self._may_conflict(columns, exact=False)

    def _scaled(self, end: float, unit: str, inward: float) -> float | None:
        """An end in the first unit of its dimension; None where binary numbers give out."""
        if abs(end) > _HUGE:
            return end if abs(end) == _NONE else None
        moved = end * self.scales[unit].factor + self.scales[unit].shift + inward
        return moved if abs(moved) < _HUGE else None


def _alike(columns: Sequence[Row]) -> bool:
    """Whether all are of one measure and in one unit."""
    _subjects, measures, units, *_rest = columns
    many = len(measures)
    return measures.count(measures[0]) == many and units.count(units[0]) == many


def _same(top: float, bottom: float) -> bool:
    """Whether these are one number, held exactly."""
    return top == bottom and top.is_integer() and abs(top) < _WHOLE


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one measure: their ends, their dates, and what difference each lets pass."""

    lows: Ends
    highs: Ends
    firsts: Row
    lasts: Row
    passed: Sequence[float]
    exact: bool

    def widened(self) -> tuple[list[float], list[float]]:
        """The ends moved outwards by what is let pass, a little less than that.

        Where nothing is, whole numbers stay as they are, so that equal ones are not apart.
        """
        if self.exact and not any(self.passed):
            lows = [end if _same(end, end) else end + abs(end) * _ROOM for end in self.lows]
            return lows, [end if _same(end, end) else end - abs(end) * _ROOM for end in self.highs]
        each = list(zip(self.lows, self.highs, self.passed, strict=True))
        lows = [bottom - abs(bottom) * (share - _ROOM) for bottom, _top, share in each]
        return lows, [top + abs(top) * (share - _ROOM) for _bottom, top, share in each]

    @property
    def undated(self) -> bool:
        """Whether any has no date, or one that is open at both ends."""
        open_ones = _LAST_DAY in self.lasts
        return open_ones and (_FIRST_DAY, _LAST_DAY) in zip(self.firsts, self.lasts, strict=True)


def _ever(figures: Figures, _window: int = 0) -> bool:
    """Whether any two figures are apart."""
    lows, highs = figures.widened()
    return max(lows) > min(highs)


def _of_one_date(figures: Figures, _window: int) -> bool:
    """Whether any two of one period are, or of any where one is undated."""
    if figures.undated:
        return _ever(figures)
    spans: dict[object, list[tuple[float, float]]] = {}
    dates = zip(figures.firsts, figures.lasts, strict=True)
    for days, *ends in zip(dates, *figures.widened(), strict=True):
        spans.setdefault(days, []).append((ends[0], ends[1]))
    return any(
        max(lows) > min(highs) for lows, highs in (zip(*e, strict=True) for e in spans.values())
    )


def _going_down(figures: Figures, _window: int) -> bool:
    """Whether any figure is below one that is not later, or any where one is undated."""
    if figures.undated:
        return _ever(figures)
    firsts = figures.firsts
    in_order = min(figures.passed) > _ROOM and all(map(lt, firsts, firsts[1:]))
    if in_order and not any(map(gt, accumulate(figures.lows, max), figures.highs)):
        return False  # as of most, before anything is let pass
    lows, highs = figures.widened()
    # Of one day the highest comes first, so that it stands against the others.
    in_time = sorted(zip(firsts, [-low for low in lows], [-high for high in highs], strict=True))
    tops = accumulate((top for _day, top, _bottom in in_time), min)
    return any(map(lt, tops, (bottom for _day, _top, bottom in in_time)))


def _near_in_time(figures: Figures, window: int) -> bool:
    """Whether any two are that lie so near in time, by the ends of their dates.

    Any two, where one is undated or so long that another can lie within it, far from both ends.
    """
    days = list(map(_day, figures.firsts))
    if figures.lasts.count(None) < len(days):
        days += [
            _day(last or first) for first, last in zip(figures.firsts, figures.lasts, strict=True)
        ]
        if any(map(gt, map(sub, days[len(days) // 2 :], days), repeat(2 * window))):
            return _ever(figures)
    in_time = sorted(days)
    if not any(map(le, map(sub, in_time[1:], in_time), repeat(window))):
        return False
    ends = list(zip(*figures.widened(), strict=True))
    return _within(sorted((day, *each) for day, each in zip(days, cycle(ends))), window)


def _within(figures: Iterable[tuple[int, float, float]], window: int) -> bool:
    """Whether any two, which come by their days, are apart and no further off than that."""
    tops, bottoms = deque[tuple[int, float]](), deque[tuple[int, float]]()
    for day, least, most in figures:
        for ends in (tops, bottoms):
            while ends and ends[0][0] < day - window:
                ends.popleft()
        if tops and (tops[0][1] > most or bottoms[0][1] < least):
            return True
        while tops and tops[-1][1] <= least:
            tops.pop()
        tops.append((day, least))
        while bottoms and bottoms[-1][1] >= most:
            bottoms.pop()
        bottoms.append((day, most))
    return False


@lru_cache(maxsize=10_000)  # dates repeat from claim to claim
def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


_TESTS: Mapping[Kind, Callable[[Figures, int], bool]] = {
    Kind.CONSTANT: _ever,
    Kind.CUMULATIVE: _going_down,
    Kind.LEVEL: _near_in_time,
    Kind.FLOW: _of_one_date,
}
