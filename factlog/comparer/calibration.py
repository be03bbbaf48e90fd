"""The range round the best supported figure, and the one that those who state ranges share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from factlog import units
from factlog.answers import LevelRange
from factlog.claim import Estimate
from factlog.comparer.ranking import Key, Ranked
from factlog.comparer.sides import converted, has_own_zero
from factlog.comparer.voices import SubjectVoices, decided_number
from factlog.decision import Decision
from factlog.policy import EXACT, Interval, stated
from factlog.stats.ranges import calibrated_place, calibrated_radius, pooled_range
from factlog.values import dataclass
from factlog.wording import percent, sign

# A calibrated range at a level takes so many decided subjects; the highest level is given.
_CALIBRATED = ((Decimal("0.9"), 20), (Decimal("0.8"), 10))
# Ranges that people state hold the number less often than they should: of few, the middle of
# the pool at the second level is given for the first.
_STATED = ((Decimal("0.9"), Decimal("0.975")), (Decimal("0.8"), Decimal("0.875")))
_FEW_RANGES = 5
_SHOWN = 4  # digits of the width of a range
_WHOLE = Decimal(100)  # percent


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far off the best supported figures of decided subjects were, as a share of them.

    `below_nothing` are the units in which anybody gives a figure of the measure below 0, and
    `above_all` says whether anybody gives more than 100%.
    """

    errors: Mapping[Key, Decimal]
    below_nothing: frozenset[str | None]
    above_all: bool

    @classmethod
    def of(
        cls, ranked: Sequence[Ranked], settled: Mapping[Key, Decision], said: Iterable[Estimate]
    ) -> Calibration:
        """What the decisions say of the best supported figures, beside all that is said."""
        found = ((e.subject.key, _error(e, settled.get(e.subject.key))) for e in ranked)
        errors = {key: error for key, error in found if error is not None}
        given = [(_given(each), each.unit) for each in said]
        given += [(Interval(each.low, each.high), each.unit) for each in settled.values()]
        shares = [
            converted(*each, "percent") for each in given if units.comparable(each[1], "percent")
        ]
        return cls(
            errors,
            frozenset(unit for ends, unit in given if _below_nothing(ends)),
            any(map(_above_all, shares)),
        )

    def _of_others(self, ranked: Ranked) -> list[Decimal]:
        return [error for key, error in self.errors.items() if key != ranked.subject.key]

    def told(self, ranked: Ranked, found: LevelRange | None) -> Iterator[str]:
        """How often a range is to hold the number: of few cases, somewhat more than it says."""
        if found is not None:
            others = len(self._of_others(ranked))
            held = calibrated_place(others, found.level)
            share = percent(Decimal(held) / (others + 1))
            yield (
                f"Calibrated on {others:,} other decided subjects, the {found.level:.0%} range is "
                f"to hold {held:,} of {others + 1:,} cases ({share})."
            )

    def range_of(self, ranked: Ranked) -> tuple[LevelRange | None, str | None]:
        """The range at the highest level there are cases for, or why there is none."""
        errors = self._of_others(ranked)
        needed = _CALIBRATED[-1][1]
        best, unit = ranked.best, ranked.subject.unit
        if best is None:
            return None, "no single figure is best supported"
        if ranked.left_out:
            return None, "the figure lies outside the ranges of more voices than bear it out"
        if unit is not None and has_own_zero(unit):
            return (
                None,
                f"it would be a share of the figure, and {sign(unit)} has a zero of its own",
            )
        if not best:
            return None, "it would be a share of the best supported figure, which is 0"
        for level, enough in _CALIBRATED:
            radius = calibrated_radius(errors, level) if len(errors) >= enough else None
            if radius is not None and radius.is_finite():
                arm = EXACT.multiply(abs(best), radius)
                low, high = self._cut(ranked.subject, best - arm, best + arm)
                return _outwards(low, high, level, whole=ranked.subject.whole), None
        if len(errors) >= needed:
            return None, "too many decided figures differ from a best supported one of 0"
        return None, f"it takes {needed} other decided subjects, and there are {len(errors)}"

    def _cut(self, subject: SubjectVoices, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
        """A range without what no count or share can be, unless such figures are given."""
        share = subject.unit == "percent"
        below = any(units.comparable(subject.unit, unit) for unit in self.below_nothing)
        if (share or subject.whole) and not below:
            low = max(low, Decimal(0))
        if share and not self.above_all:
            high = min(high, _WHOLE)
        return low, high


def _given(said: Estimate) -> Interval:
    """The ends that somebody gives: those of an error of measurement are none."""
    return stated(said) if said.plus is None else Interval(said.best, said.best)


def _below_nothing(ends: Interval) -> bool:
    low, high = ends.low, ends.high
    negative = any(end is not None and end < 0 for end in (low, high))
    return negative or (high == 0 and ends.high_open)


def _above_all(ends: Interval) -> bool:
    low, high = ends.low, ends.high
    more = any(end is not None and end > _WHOLE for end in (low, high))
    return more or (low == _WHOLE and ends.low_open)


def _error(ranked: Ranked, decision: Decision | None) -> Decimal | None:
    """How far the best supported figure is off the decided one, as a share of itself."""
    best, number = ranked.best, decided_number(ranked.subject, decision)
    if best is None or number is None or ranked.left_out:
        return None
    off = abs(best - number)
    if not off:
        return Decimal(0)
    return off / abs(best) if best else Decimal("Infinity")


def pool_of(subject: SubjectVoices) -> Iterator[LevelRange]:
    """The stated ranges together, at two levels; wider where there are few of them."""
    ends = [
        (each.range.low, each.range.high)
        for each in subject.voices
        if each.range and each.range.low is not None and each.range.high is not None
    ]
    for level, widened in _STATED if len(ends) > 1 else ():
        middle = pooled_range(ends, widened if len(ends) <= _FEW_RANGES else level)
        yield _outwards(*middle, level, whole=subject.whole)


def _outwards(low: Decimal, high: Decimal, level: Decimal, *, whole: bool) -> LevelRange:
    """A range with no more digits than mean something, its ends moved outwards."""
    width = EXACT.subtract(high, low)
    last = Decimal(1).scaleb(width.adjusted() - _SHOWN + 1) if width else low
    if whole:
        last = max(last, Decimal(1))
    return LevelRange(
        level, low.quantize(last, ROUND_FLOOR, EXACT), high.quantize(last, ROUND_CEILING, EXACT)
    )
