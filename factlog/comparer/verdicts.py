"""What the table of verdicts asks of two figures, and how far apart they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from math import hypot
from operator import itemgetter
from typing import Any

from factlog.claim import Hedge
from factlog.comparer.measurements import measurement, sigmas_between
from factlog.comparer.sides import (
    UNDATED,
    Days,
    Measurement,
    SourceFigure,
    all_alone,
    days_of,
    high_end,
    low_end,
    widened,
)
from factlog.comparer.totals import MeasureFigures, order_of
from factlog.findings import Side, Verdict
from factlog.policy import EXACT, Interval, Kind, Measure, Policy
from factlog.values import dataclass, replace, replacing

_ZERO = Decimal(0)
# By a name of their own: up to Python 3.11 an attribute of an enum takes long to find.
_CONSTANT, _CUMULATIVE, _LEVEL, _FLOW = Kind.CONSTANT, Kind.CUMULATIVE, Kind.LEVEL, Kind.FLOW
_WITH_ARMS = Hedge.PLUS_MINUS


@dataclass(frozen=True, slots=True)
class Rules:
    """How one measure is judged: its kind and what difference is let pass.

    `by_errors` says that what is counted are measurements, which meet by their errors.
    """

    kind: Kind
    tolerance: Decimal
    window: int
    sigmas: Decimal
    near_sigmas: Decimal
    by_errors: bool = False


def rules_for(measure: Measure, policy: Policy) -> Rules:
    """The policy, with what the measure sets for itself."""
    return Rules(
        measure.kind,
        policy.tolerance if measure.tolerance is None else measure.tolerance,
        policy.window_days if measure.window is None else measure.window,
        policy.sigmas,
        max(policy.sigmas, policy.near_sigmas),
    )


def placed(found: MeasureFigures, rules: Rules, offsets: frozenset[int]) -> list[SourceFigure]:
    """The figures of one measure in order: each source's latest first, then the newest.

    `offsets` are the dimensions that percent widening is kept off.
    """
    constant = rules.kind is _CONSTANT
    orders = [order_of(each, constant) for each in found.counted]
    if all_alone(found.counted):
        now = stands = [True] * len(orders)
    else:
        stands = _unreplaced(found.counted, orders)
        newest = _newest(found.counted, orders, constant)
        each_now = zip(stands, orders, found.counted, strict=True)
        now = [stand and order == newest[_series(each)] for stand, order, each in each_now]
    unchecked = [False] * len(orders)
    rows = list(zip(now, unchecked, stands, orders, found.counted, strict=True))
    rows += [(False, True, False, order_of(each, constant), each) for each in found.checks]
    placing = replacing(SourceFigure, "place", "side", "order", "judged", "check", "edition", *ENDS)
    told = []
    for current, check, stand, order, each in rows:
        judging = ends(each.side, rules, percent=each.dimension not in offsets)
        side = each.side if each.side.current == current else replace(each.side, current=current)
        judged = not check and (current or (not constant and stand))
        given = side, order, judged, check, days_of(side.published), *judging
        told.append((_as_shown(each, judging, current=current, check=check), each, given))
    told.sort(key=itemgetter(0))
    return [placing(each, place, *given) for place, (_key, each, given) in enumerate(told)]


# What `ends` tells of a side, by the fields of a figure.
ENDS = ("low", "high", "wide_low", "wide_high", "percent", "up", "down", "measurement")


def ends(side: Side, rules: Rules, *, percent: bool) -> tuple[Any, ...]:
    """What the table asks about a side in the unit it is judged in, in the order of ENDS."""
    measured = measurement(side) if side.hedge is _WITH_ARMS else None
    exempt = measured is not None or not percent
    wide_low, wide_high = widened(side.reading, _ZERO if exempt else rules.tolerance)
    low, high = side.stated.low, side.stated.high
    return (
        low_end(side.reading),
        high_end(side.reading),
        wide_low,
        wide_high,
        percent,
        _first_named(low, side.reading) if high is None else high,
        _first_named(high, side.reading) if low is None else low,
        measured,
    )


def _first_named(other: Decimal | None, reading: Interval) -> Decimal:
    """The number that was named at all, where none was on the facing side."""
    for end in (other, reading.low, reading.high):
        if end is not None:
            return end
    return _ZERO


def _series(figure: SourceFigure) -> tuple[str, str, int]:
    """The figures that follow each other in time: one source's in one scope and dimension."""
    return figure.source, figure.scope, figure.dimension


_Series = tuple[str, str, int]
_Orders = Sequence[Days | None]


def _newest(
    figures: Sequence[SourceFigure], orders: _Orders, constant: bool
) -> dict[_Series, Days | None]:
    """The date of each series' latest figure."""
    found: dict[_Series, list[tuple[Days | None, int]]] = {}
    for each, order in zip(figures, orders, strict=True):
        found.setdefault(_series(each), []).append((order, each.recorded or 0))
    return {name: _latest(each, constant) for name, each in found.items()}


def _unreplaced(figures: Sequence[SourceFigure], orders: _Orders) -> list[bool]:
    """Whether no later edition of a figure's date replaces it: what stands is judged."""
    editions = [_edition(each) for each in figures]
    if not any(editions):  # as where all are dated by when they are for
        return [True] * len(editions)
    dates = [(*_series(each), order) for each, order in zip(figures, orders, strict=True)]
    lasts: dict[tuple[object, ...], Days] = {}
    for dated, edition in zip(dates, editions, strict=True):
        if edition:
            lasts[dated] = max(edition, lasts.get(dated, edition))
    return [
        not edition or edition == lasts[dated]
        for dated, edition in zip(dates, editions, strict=True)
    ]


def _edition(figure: SourceFigure) -> Days | None:
    """When a figure was published, as it is ordered: by the last day."""
    days = days_of(figure.side.published)
    return by_last(days) if days else None


def _latest(figures: Sequence[tuple[Days | None, int]], constant: bool) -> Days | None:
    """The latest of some dates: by the last day, then the first; undated is oldest.

    Of a constant, dates that overlap do not say which is later: the one logged last is.
    """
    dated = [(order, recorded) for order, recorded in figures if order]
    if len(dated) < 2:
        return dated[0][0] if dated else None
    if not constant:
        return max((order for order, _ in dated), key=by_last)
    begun = max(first for (first, _), _ in dated)
    able = [(recorded, by_last(order), order) for order, recorded in dated if order[1] >= begun]
    return max(able)[2]


def by_last(order: Days) -> Days:
    """What orders dates: the last day, then the first."""
    return order[1], order[0]


def _as_shown(
    figure: SourceFigure, judging: Sequence[Any], *, current: bool, check: bool
) -> tuple[object, ...]:
    """Latest figures first, then by date, newest first, then by source, and by content.

    Undated figures alike in all that were logged at different times come newest first, whatever
    their numbers.
    """
    first, last = figure.days or UNDATED
    # fmt: off
    return (
        not current, -last, -first, figure.source, figure.scope, figure.dimension,
        check, judging[0], judging[1], -(figure.recorded or 0), figure.tie,
    )
    # fmt: on


_QUOTIENT = Context(prec=28)
_ONE = Decimal(1)


def growing(lower: SourceFigure, higher: SourceFigure) -> bool:
    """Whether a running total can have grown from one figure to the other."""
    if lower.days is None or higher.days is None or lower.days == higher.days:
        return False
    return higher.days[1] > lower.days[0]


def grown(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether a figure is of a running total that can have grown to the other."""
    return rules.kind is _CUMULATIVE and growing(lower, higher)


def fallen(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether the higher of two figures of a running total is wholly earlier."""
    return rules.kind is _CUMULATIVE and falling(lower, higher)


def falling(lower: SourceFigure, higher: SourceFigure) -> bool:
    """Whether the higher of two figures is wholly earlier."""
    if lower.days is None or higher.days is None:
        return False
    return higher.days[1] < lower.days[0]


def contradicts_itself(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether one source gives two figures for one date, scope and dimension."""
    if lower.check or higher.check or lower.order != higher.order:
        return False
    if lower.scope != higher.scope or lower.dimension != higher.dimension:
        return False
    if editions(lower, higher) or (lower.progress and higher.progress):
        return False
    return beyond(lower, higher, rules)


def editions(one: SourceFigure, other: SourceFigure) -> bool:
    """Whether two figures of one date are an edition and its revision, published at two times."""
    return None not in (one.edition, other.edition) and one.edition != other.edition


def stale(one: SourceFigure, other: SourceFigure, rules: Rules) -> bool:
    """Whether the dates are too far apart to compare; an unknown date never is."""
    if one.days is None or other.days is None:
        return False
    if rules.kind is _FLOW:
        return one.days != other.days
    return rules.kind is _LEVEL and days_between(one.days, other.days) > rules.window


def exceeds(whole: SourceFigure, part: SourceFigure, rules: Rules) -> bool:
    """Whether one source's part cannot be held by another source's whole."""
    if not (whole.judged and part.judged):
        return False
    if whole.source == part.source or whole.origin == part.origin:
        return False
    if whole.scope != part.scope or whole.dimension != part.dimension:
        return False
    return _held_in_time(whole, part, rules) and beyond(whole, part, rules)


def _held_in_time(whole: SourceFigure, part: SourceFigure, rules: Rules) -> bool:
    """A running total holds every earlier part; other wholes those of their own date."""
    if rules.kind is not _CUMULATIVE:
        return whole.days == part.days
    if whole.days is None or part.days is None:
        return True
    return part.days[1] <= whole.days[0]


def days_between(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Days between the nearest days of two dates; 0 where they overlap."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def facing(one: SourceFigure, other: SourceFigure) -> tuple[SourceFigure, SourceFigure]:
    """Two sides, the one whose reading lies lower first; of two measurements, by their values."""
    if one.measurement and other.measurement:
        return (other, one) if other.measurement[0] < one.measurement[0] else (one, other)
    return (other, one) if other.high < one.low else (one, other)


def apart(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether no number satisfies both readings, or two measurements are too many sigmas apart."""
    if lower.measurement and higher.measurement:
        return further_than(rules.sigmas, lower.measurement, higher.measurement)
    return lower.high < higher.low


def meeting(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether a number satisfies both readings, or two measurements are not too far apart."""
    if lower.measurement and higher.measurement:
        return not apart(lower, higher, rules)
    return lower.high >= higher.low


def beyond(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether no number satisfies both readings even widened by what is let pass as near."""
    if lower.measurement and higher.measurement:
        return further_than(rules.near_sigmas, lower.measurement, higher.measurement)
    return lower.wide_high < higher.wide_low


def near(lower: SourceFigure, higher: SourceFigure, rules: Rules) -> bool:
    """Whether a number does satisfy both readings so widened."""
    if lower.measurement and higher.measurement:
        return not further_than(rules.near_sigmas, lower.measurement, higher.measurement)
    return lower.wide_high >= higher.wide_low


# Below this, floats lose digits.
TINY = 1e-290
# Squares of numbers near the ends of the range that a claim may have.
_SQUARES = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN)


# How far what floats say of a number of sigmas is trusted: far wider than their rounding.
_ROUNDING = 1e-9


def further_than(sigmas: Decimal, lower: Measurement, higher: Measurement) -> bool:
    """Whether one value lies above another by more than so many sigmas of their difference.

    Floats tell where that is plain, with room for all their rounding; else every digit counts.
    """
    low, high = float(lower[0]), float(higher[0])
    limit = float(sigmas) * hypot(float(lower[1]), float(higher[2]))
    if (plain := further_by_floats(low, high, limit)) is not None:
        return plain
    gap = _SQUARES.subtract(higher[0], lower[0])
    if gap <= 0:
        return False
    variance = _SQUARES.add(_square(lower[1]), _square(higher[2]))
    return _square(gap) > _SQUARES.multiply(_square(sigmas), variance)


def further_by_floats(low: float, high: float, limit: float) -> bool | None:
    """Whether one number lies above another by more than a limit; None where floats do not tell."""
    if limit > TINY and abs(high - low - limit) > room(low, high, limit):
        return high - low > limit
    return None


def room(low: float, high: float, limit: float) -> float:
    """How far what floats say of a limit between two numbers is not trusted."""
    return _ROUNDING * limit + 1e-15 * (abs(low) + abs(high))


def _square(number: Decimal) -> Decimal:
    return _SQUARES.multiply(number, number)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far apart two figures are: the gap, the ratio, and the break-even error."""

    gap: Decimal
    ratio: Decimal | None
    break_even: Decimal | None


TOGETHER = Distance(_ZERO, None, None)


def distance(lower: SourceFigure, higher: SourceFigure) -> Distance:
    """How far apart two figures are, by the stated ends that face each other."""
    low, high = lower.up, higher.down
    gap = max(EXACT.subtract(high, low), _ZERO)
    if not lower.percent:
        return Distance(gap, None, None)
    return Distance(gap, _ratio(low, high, gap), break_even(low, high))


def _ratio(low: Decimal, high: Decimal, gap: Decimal) -> Decimal | None:
    """The larger magnitude over the smaller; None across zero."""
    if not low or not high or (low < 0) != (high < 0):
        return None
    if not gap:
        return _ONE
    one, other = abs(low), abs(high)
    return _QUOTIENT.divide(other, one) if one < other else _QUOTIENT.divide(one, other)


def break_even(low: Decimal, high: Decimal) -> Decimal:
    """The smallest relative error in both figures at which they would agree."""
    if high <= low:
        return _ZERO
    if low <= 0 <= high:
        return _ONE
    return _QUOTIENT.divide(EXACT.subtract(high, low), EXACT.add(abs(low), abs(high)))


# Break-even, largest first and none last; then the dimension, as gaps compare only within one;
# then the gap, widest first; then the places.
Key = tuple[Decimal, int, Decimal, int, int]

LAST = Decimal(1)
_WITHOUT_NUMBERS = (Verdict.AGREE, Verdict.NOT_COMPARED)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides that were judged, the lower first, and how far apart they are."""

    verdict: Verdict
    kind: str | None
    lower: SourceFigure
    higher: SourceFigure
    distance: Distance

    @property
    def key(self) -> Key:
        """What pairs of one verdict are ordered by."""
        first, second = sorted((self.lower.place, self.higher.place))
        if self.distance is TOGETHER:
            return LAST, 0, _ZERO, first, second
        share, gap = standing(self.lower.up, self.higher.down, self.distance)
        return share, self.lower.dimension, gap, first, second

    @property
    def sigmas(self) -> float | None:
        """How many standard errors of their difference lie between two measurements."""
        if not (self.lower.measurement and self.higher.measurement):
            return None
        return sigmas_between(self.lower.measurement, self.higher.measurement)

    @property
    def figures(self) -> tuple[SourceFigure, SourceFigure]:
        """The two sides in the order they are shown."""
        if self.lower.place < self.higher.place:
            return self.lower, self.higher
        return self.higher, self.lower


def standing(low: Decimal, high: Decimal, found: Distance) -> tuple[Decimal, Decimal]:
    """How near the top of the list two facing ends put a pair: lower numbers first."""
    share = LAST if found.break_even is None else -found.break_even
    return share, EXACT.subtract(low, high)


def pair(
    one: SourceFigure, other: SourceFigure, verdict: Verdict, kind: str | None, rules: Rules
) -> Pair:
    """Two sides with a verdict already found."""
    lower, higher = facing(one, other)
    if verdict in _WITHOUT_NUMBERS or not apart(lower, higher, rules):
        return Pair(verdict, kind, lower, higher, TOGETHER)
    return Pair(verdict, kind, lower, higher, distance(lower, higher))
