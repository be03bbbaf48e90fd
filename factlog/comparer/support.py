"""Which figure is best supported, and how far that is to be trusted: only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from factlog import units
from factlog.answers import LeftOut, LevelRange, NotSupported, Support, SupportedValue
from factlog.claim import Claim, Estimate, Hedge, Period
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.decided import by_measure, settles
from factlog.comparer.measurements import Numbered, aligned
from factlog.comparer.pool import Group, groups, told_left_out
from factlog.comparer.sides import converted, number, reading_of
from factlog.decision import Decision
from factlog.errors import UsageError
from factlog.names import clean, fold
from factlog.policy import EXACT, Interval, Kind, Measure, Policy
from factlog.stats.ranges import calibrated_radius, pooled_range, weighted_median
from factlog.values import dataclass
from factlog.wording import counted, day
from factlog.wording import number as in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.stats.weighing import Weights

# Below so many subjects no source shows what it is worth.
FEW_SUBJECTS = 30
# A calibrated range at a level takes so many decided subjects; the highest level is given.
_CALIBRATED = ((Decimal("0.9"), 20), (Decimal("0.8"), 10))
# Ranges that people state hold the number less often than they should: of few, the middle of
# the pool at the second level is given for the first.
_STATED = ((Decimal("0.9"), Decimal("0.975")), (Decimal("0.8"), Decimal("0.875")))
_FEW_RANGES = 5
_SHOWN = 4  # digits of the width of a range
_LEAST_COUNT = 0.01

Key = tuple[str, str]


def support(
    claims: Iterable[Claim],
    *,
    decided: Iterable[Decision] = (),
    measures: Iterable[Measure] | None = None,
    as_of: Period | None = None,
) -> tuple[Support | NotSupported, ...]:
    """Say of every subject and measure which figure is best supported, and by whom.

    A source counts by how often the others bear it out on all the subjects of a measure that are
    given, so give them all. `decided` are decisions: ranges are calibrated on those that prefer
    a claim or name a value. A measure without two independent closed figures comes as a
    NotSupported, with the reason.
    """
    groups_of: dict[str, list[Group]] = {}
    for group in groups(claims, Vocabulary.of(measures), as_of):
        groups_of.setdefault(group.measure.name, []).append(group)
    resolved = by_measure(decided)
    found = [each for some in groups_of.values() for each in _of_measure(some, resolved)]
    return tuple(sorted(found, key=lambda each: (fold(each.subject), each.measure)))


@dataclass(frozen=True, slots=True)
class _Figure:
    """What one independent voice gives: a number, a range, or both."""

    source: str
    value: Decimal | None
    range: Interval | None

    @property
    def middle(self) -> Decimal:
        """Its number, or the middle of its range."""
        if self.value is not None:
            return self.value
        assert self.range is not None
        return _middle(self.range)


@dataclass(frozen=True, slots=True)
class _Item:
    """One subject's figures of a measure that can be set beside one another."""

    subject: str
    measure: str
    unit: str | None
    figures: tuple[_Figure, ...]
    of: str
    left_out: tuple[LeftOut, ...]

    @property
    def whole(self) -> bool:
        """Whether they count something."""
        ends = [f.middle for f in self.figures]
        return self.unit is None and all(each == each.to_integral_value() for each in ends)

    @property
    def numbers(self) -> list[Decimal]:
        """The numbers that are given, each once, in their order."""
        return list(dict.fromkeys(f.value for f in self.figures if f.value is not None))


def _of_measure(
    some: Sequence[Group], resolved: Mapping[Key, Decision]
) -> Iterator[Support | NotSupported]:
    items = []
    for group in some:
        item = _item(group)
        if isinstance(item, NotSupported):
            yield item
        else:
            items.append(item)
    if items:
        kind = some[0].measure.kind
        settled = {key: each for key, each in resolved.items() if settles(each, kind)}
        yield from _supported(items, settled)


def _item(group: Group) -> _Item | NotSupported:
    kept, unit, left_out = aligned(
        group.claims, group.measure.kind, _open, one_per_source=True, latest=True
    )
    if len(kept) < 2:
        return NotSupported(
            group.subject,
            group.measure.name,
            f"{group.name}: weighing takes at least two independent closed figures "
            f"of one unit, scope and date, and there is {'one' if kept else 'none'}.",
            f"See what there is: factlog compare.{told_left_out(left_out)}",
        )
    figures = tuple(_figure(each, unit) for each in kept)
    of = _of(group.measure, kept[0][1])
    return _Item(group.subject, group.measure.name, unit, figures, of, tuple(left_out))


def _of(measure: Measure, claim: Claim) -> str:
    """Of what date and scope the figures are, in a sentence; nothing where none is said."""
    when = None if measure.kind is Kind.CONSTANT else claim.statement.when
    told = ", ".join(filter(None, (f"of {day(when)}" if when else "", clean(claim.scope or ""))))
    return f"The figures are {told}." if told else ""


def _open(said: Estimate) -> str | None:
    """Why a figure is not closed; None if it is."""
    if said.hedge is Hedge.VAGUE:
        return "only a word"
    if said.best is None and (said.low is None or said.high is None):
        return "a limit: nothing bounds it on the other side"
    return None


def _figure(each: Numbered, unit: str | None) -> _Figure:
    claim = each[1]
    said = claim.estimate
    ends = None
    if said.plus is not None or said.high is not None:
        ends = converted(reading_of(said, Policy()), said.unit, unit)
        ends = None if ends.low == ends.high else ends
    value = number(said.best, said.unit, unit)
    if value is None and ends is None:
        value = number(said.low, said.unit, unit)
    return _Figure(clean(claim.statement.source), value, ends)


def _middle(ends: Interval) -> Decimal:
    assert ends.low is not None
    assert ends.high is not None
    return EXACT.divide(EXACT.add(ends.low, ends.high), Decimal(2))


# Weighing


@dataclass(frozen=True, slots=True)
class _Ranked:
    """An item, its numbers with the best supported first, and the best under other priors."""

    item: _Item
    values: tuple[SupportedValue, ...]
    others: tuple[Decimal, ...]
    centre: Decimal

    @property
    def key(self) -> Key:
        """What a decision about it is found by."""
        return fold(self.item.subject), fold(self.item.measure)

    @property
    def best(self) -> Decimal | None:
        """The best supported number; None if none was given, or the first two are equally so."""
        return self.values[0].value if self.values and not self.even else None

    @property
    def even(self) -> bool:
        """Whether nothing tells the first two numbers apart: their voices, or the centre."""
        first = [(round(each.score, 9), abs(each.value - self.centre)) for each in self.values[:2]]
        return len(first) == 2 and first[0] == first[1]


def _supported(items: Sequence[_Item], resolved: Mapping[Key, Decision]) -> Iterator[Support]:
    ranked = _ranked(items)
    judged = sum(len([f for f in each.item.figures if f.value is not None]) > 1 for each in ranked)
    calibration = _Calibration.of(ranked, resolved)
    for each in ranked:
        item, best = each.item, each.best
        within, withheld = calibration.range_of(each)
        yield Support(
            item.subject,
            item.measure,
            item.unit,
            voices=len(item.figures),
            values=each.values,
            best=best,
            fragile=best is not None and any(other != best for other in each.others),
            centre=each.centre,
            range=within,
            withheld=withheld,
            note=" ".join(_notes(each, judged)),
            stated=tuple(_pool(item)),
            left_out=item.left_out,
        )


def _ranked(items: Sequence[_Item]) -> list[_Ranked]:
    """The items with their numbers weighed, all together."""
    places: dict[int, int] = {}
    sources: dict[str, int] = {}
    choices: dict[tuple[int, Decimal], int] = {}
    said = [
        (
            places.setdefault(nth, len(places)),
            sources.setdefault(fold(figure.source), len(sources)),
            choices.setdefault((nth, figure.value), len(choices)),
        )
        for nth, item in enumerate(items)
        for figure in item.figures
        if figure.value is not None
    ]
    weights = _weighed(said, [float(value) for _, value in choices]) if said else []
    return [_ranking(nth, item, sources, choices, weights) for nth, item in enumerate(items)]


def _weighed(voices: Iterable[tuple[int, int, int]], values: Sequence[float]) -> list[Weights]:
    """What weighing comes to with the usual prior, and with others."""
    try:
        from factlog.stats.weighing import OTHER_PRIORS, PRIOR, Voices, weigh
    except ImportError as error:
        raise UsageError(
            "Weighing figures needs NumPy, which is not installed.",
            'Install it: pip install "factlog-claims[weighing]"',
        ) from error
    items, sources, choices = zip(*voices, strict=True)
    table = Voices(items, sources, choices, values)
    return [weigh(table, prior) for prior in (PRIOR, *OTHER_PRIORS)]


def _ranking(
    nth: int,
    item: _Item,
    sources: Mapping[str, int],
    choices: Mapping[tuple[int, Decimal], int],
    weights: Sequence[Weights],
) -> _Ranked:
    """The numbers of one item by their scores; equal ones by their distance from the centre."""
    counts = weights[0].counts if weights else ()
    usual = sum(counts) / len(counts) if counts else 1.0
    known = (sources.get(fold(figure.source)) for figure in item.figures)
    each = [max(usual if n is None else counts[n], _LEAST_COUNT) for n in known]
    centre = weighted_median([figure.middle for figure in item.figures], each)

    def order(value: Decimal, of: Weights) -> tuple[float, Decimal, Decimal]:
        return -round(of.scores[choices[nth, value]], 9), abs(value - centre), value

    best = [sorted(item.numbers, key=lambda value: order(value, of)) for of in weights]
    values = tuple(
        SupportedValue(
            value,
            weights[0].scores[choices[nth, value]],
            weights[0].shares[choices[nth, value]],
            tuple(figure.source for figure in item.figures if figure.value == value),
        )
        for value in (best[0] if best else ())
    )
    return _Ranked(item, values, tuple(some[0] for some in best[1:] if some), centre)


def _notes(ranked: _Ranked, judged: int) -> Iterator[str]:
    """How far to trust it, in sentences."""
    unit = ranked.item.unit
    if ranked.item.of:
        yield ranked.item.of
    if not ranked.values:
        yield "All of them give ranges, and no single number."
    elif ranked.even:
        some = " and ".join(in_words(each.value, unit) for each in ranked.values[:2])
        yield f"Nothing on record tells {some} apart: they are equally supported."
    elif len(ranked.values) > 1 and all(len(each.sources) == 1 for each in ranked.values):
        yield (
            "No two voices give the same number: the best supported is the one "
            "that most of the others lie near to."
        )
    if judged < FEW_SUBJECTS:
        yield (
            f"Weighed over {counted(judged, '1 subject', '{} subjects')} with two voices or more: "
            f"with fewer than {FEW_SUBJECTS}, counting voices does as well."
        )
    else:
        yield f"Weighed over {judged:,} subjects with two voices or more."
    turned = [other for other in dict.fromkeys(ranked.others) if other != ranked.best]
    if turned and ranked.best is not None:
        yield (
            "Fragile: where the agreement of others counts for more, or for less, "
            f"{in_words(turned[0], unit)} is better supported."
        )


# Ranges


@dataclass(frozen=True, slots=True)
class _Calibration:
    """How far off the best supported figures of decided subjects were, as a share of them."""

    errors: Mapping[Key, Decimal]

    @classmethod
    def of(cls, ranked: Iterable[_Ranked], resolved: Mapping[Key, Decision]) -> _Calibration:
        """What the decisions say of the figures that are best supported."""
        if not resolved:
            return cls({})
        found = ((each.key, _error(each, resolved.get(each.key))) for each in ranked)
        return cls({key: error for key, error in found if error is not None})

    def range_of(self, ranked: _Ranked) -> tuple[LevelRange | None, str | None]:
        """The range at the highest level there are cases for, or why there is none."""
        errors = [error for key, error in self.errors.items() if key != ranked.key]
        needed = _CALIBRATED[-1][1]
        best = ranked.best
        if best is None:
            return None, "no single figure is best supported"
        if not best:
            return None, "it would be a share of the best supported figure, which is 0"
        for level, enough in _CALIBRATED:
            radius = calibrated_radius(errors, level) if len(errors) >= enough else None
            if radius is not None and radius.is_finite():
                arm = EXACT.multiply(abs(best), radius)
                low, high = EXACT.subtract(best, arm), EXACT.add(best, arm)
                return _outwards(low, high, level, whole=ranked.item.whole), None
        if len(errors) >= needed:
            return None, "too many decided figures differ from a best supported one of 0"
        return None, f"it takes {needed} other decided subjects, and there are {len(errors)}"


def _error(ranked: _Ranked, decision: Decision | None) -> Decimal | None:
    """How far the best supported figure is off the decided one, as a share of itself."""
    best, unit = ranked.best, ranked.item.unit
    if best is None or decision is None or decision.low is None or decision.high is None:
        return None
    if not (
        decision.unit == unit or (decision.unit and unit and units.comparable(decision.unit, unit))
    ):
        return None
    off = abs(best - _middle(converted(Interval(decision.low, decision.high), decision.unit, unit)))
    if not off:
        return Decimal(0)
    return off / abs(best) if best else Decimal("Infinity")


def _pool(item: _Item) -> Iterator[LevelRange]:
    """The stated ranges together, at two levels; wider where there are few of them."""
    ends = [
        (each.range.low, each.range.high)
        for each in item.figures
        if each.range and each.range.low is not None and each.range.high is not None
    ]
    for level, widened in _STATED if len(ends) > 1 else ():
        middle = pooled_range(ends, widened if len(ends) <= _FEW_RANGES else level)
        yield _outwards(*middle, level, whole=item.whole)


def _outwards(low: Decimal, high: Decimal, level: Decimal, *, whole: bool) -> LevelRange:
    """A range with no more digits than mean something, its ends moved outwards."""
    width = EXACT.subtract(high, low)
    last = Decimal(1).scaleb(width.adjusted() - _SHOWN + 1) if width else low
    if whole:
        last = max(last, Decimal(1))
    return LevelRange(
        level, low.quantize(last, ROUND_FLOOR, EXACT), high.quantize(last, ROUND_CEILING, EXACT)
    )
