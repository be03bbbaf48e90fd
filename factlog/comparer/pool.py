"""Pooling: figures that carry stated uncertainties, combined when asked, with the working shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Context, Decimal

from factlog.answers import FurthestPair, LeftOut, NotPooled, Pooled, Pull
from factlog.claim import Claim, Period
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.filters import known_by
from factlog.comparer.heard import Numbered
from factlog.comparer.measurements import (
    MIXED,
    MeasuredClaim,
    refuse_certainty,
    sieved,
    unstated,
)
from factlog.errors import PoolingError
from factlog.names import clean, fold
from factlog.policy import EXACT, METHOD, Measure
from factlog.stats import combine, furthest_apart, refuse_unknown
from factlog.values import dataclass

# As many digits as a float has to give, and how many are shown beyond the first of the error.
_FLOAT = Context(prec=15, Emax=99999, Emin=-99999)
_BEYOND = 12
# Pairs are looked at one by one, which for more figures than these takes too long.
_MOST_PAIRED = 500


def pool(
    claims: Iterable[Claim],
    *,
    method: str = METHOD,
    measures: Iterable[Measure] | None = None,
    as_of: Period | None = None,
    one_per_source: bool = False,
) -> Pooled:
    """Combine one subject's figures of one measure that carry stated uncertainties.

    `method` is pdg, fixed, dl, pm or reml. Claims that cannot be combined are listed in
    `left_out` with the reason; fewer than two that can are refused with a PoolingError, and so
    is an uncertainty of zero. `one_per_source` keeps a single figure of a source even where it
    states several of one date.
    """
    refuse_unknown(method)
    found = groups(claims, Vocabulary.of(measures), as_of)
    if len(found) != 1:
        raise _not_one(found)
    return _pooled(found[0], method, one_per_source)


def pooled(
    claims: Iterable[Claim],
    *,
    method: str = METHOD,
    measures: Iterable[Measure] | Vocabulary | None = None,
) -> dict[str, Pooled]:
    """The measures of one subject that can be combined, by their names."""
    each = pool_each(claims, method=method, measures=measures)
    return {both.measure: both for both in each if isinstance(both, Pooled)}


def pool_each(
    claims: Iterable[Claim],
    *,
    method: str = METHOD,
    measures: Iterable[Measure] | Vocabulary | None = None,
    as_of: Period | None = None,
    one_per_source: bool = False,
) -> Iterator[Pooled | NotPooled]:
    """Combine every subject's every measure that states uncertainties, in order of name.

    A measure nobody states an uncertainty for is passed over; one that does and still cannot be
    combined comes as a NotPooled.
    """
    refuse_unknown(method)
    return _each(groups(claims, Vocabulary.of(measures), as_of), method, one_per_source)


@dataclass(frozen=True, slots=True)
class Group:
    """One subject's claims of one measure, each with its number."""

    subject: str
    measure: Measure
    claims: list[Numbered]

    @property
    def name(self) -> str:
        """The subject and the measure, for a message."""
        return f"{self.subject}, {self.measure.name}" if self.measure.name else self.subject


def groups(claims: Iterable[Claim], known: Vocabulary, as_of: Period | None) -> list[Group]:
    """Claims by subject and measure, in order of name; those not known by a date left aside."""
    found: dict[tuple[str, str], Group] = {}
    for place, claim in enumerate(claims, start=1):
        if not known_by(claim, as_of):
            continue
        key = fold(claim.statement.subject), known.name(claim.measure)
        if key not in found:
            found[key] = Group(clean(claim.statement.subject), known.find(key[1]), [])
        found[key].claims.append((place if claim.id is None else claim.id, claim))
    return [found[key] for key in sorted(found)]


def _each(
    found: Iterable[Group], method: str, one_per_source: bool
) -> Iterator[Pooled | NotPooled]:
    for group in found:
        if all(unstated(claim.estimate) for _, claim in group.claims):
            continue
        try:
            yield _pooled(group, method, one_per_source)
        except PoolingError as error:
            yield NotPooled(group.subject, group.measure.name, error.problem)


def _not_one(found: Sequence[Group]) -> PoolingError:
    if not found:
        return PoolingError(
            "There are no figures to combine.",
            "Name a subject that has claims: factlog list shows them.",
        )
    some = "; ".join(group.name for group in found[:3])
    return PoolingError(
        f"These claims are of {len(found)} measures ({some}{'; ...' * (len(found) > 3)}), "
        "and only figures of one can be combined.",
        "Name the subject and the measure: factlog pool SUBJECT MEASURE",
    )


def _pooled(group: Group, method: str, one_per_source: bool) -> Pooled:
    kept, left_out = sieved(group.claims, group.measure.kind, one_per_source=one_per_source)
    if len(kept) < 2:
        raise _too_few(group, kept, left_out)
    refuse_certainty(kept)
    scaled = _RelativeFigures.of(kept)
    found = combine(*scaled.columns(), method=method)
    return Pooled(
        subject=group.subject,
        measure=group.measure.name,
        unit=kept[0].unit,
        method=found.method,
        k=found.k,
        best=scaled.value(found.best),
        plus=scaled.length(found.plus),
        minus=scaled.length(found.minus),
        scale=found.scale,
        q=found.q,
        df=found.df,
        p=found.p,
        i2=found.i2,
        h2=found.h2,
        tau2=scaled.square(found.tau2),
        tau2_low=scaled.square(found.tau2_low),
        tau2_high=scaled.square(found.tau2_high),
        low=scaled.value(found.low),
        high=scaled.value(found.high),
        predict_low=scaled.maybe(found.predict_low),
        predict_high=scaled.maybe(found.predict_high),
        hartung_low=scaled.maybe(found.hartung_low),
        hartung_high=scaled.maybe(found.hartung_high),
        pulls=tuple(
            Pull(m.number, m.source, m.best, m.plus, m.minus, weight, pull)
            for m, weight, pull in zip(kept, found.weights, found.pulls, strict=True)
        ),
        left_out=tuple(left_out),
        apart=_apart(scaled),
        notes=_notes(kept, method),
    )


def _too_few(
    group: Group, kept: Sequence[MeasuredClaim], left_out: Sequence[LeftOut]
) -> PoolingError:
    """The refusal of fewer than two figures, saying why the others were not taken."""
    return PoolingError(
        f"{group.name}: pooling takes at least two figures with stated uncertainties, "
        f"and {how_few(kept, left_out)}.",
        'State them with the value, as in "878.4 ± 0.5".' + told_left_out(left_out),
    )


def how_few(kept: Sequence[object], left_out: Sequence[LeftOut]) -> str:
    """That there are fewer than two figures to take together, in words."""
    mixed = next((e.reason for e in left_out if e.reason.startswith(MIXED)), None)
    return f"these are of {mixed}" if mixed else f"there is {'one' if kept else 'none'}"


def told_left_out(left_out: Sequence[LeftOut]) -> str:
    """Why figures were not taken, the first few in words; mixed units were told of already."""
    told = [each for each in left_out if not each.reason.startswith(MIXED)]
    why = "; ".join(f"claim {each.claim} ({each.reason})" for each in told[:3])
    more = f"; and {len(told) - 3} more" if len(told) > 3 else ""
    return f" Left out: {why}{more}." if why else ""


@dataclass(frozen=True, slots=True)
class _RelativeFigures:
    """Figures counted from the most precise one, in powers of ten of its uncertainty.

    The subtraction is exact, so that figures alike in their first twenty digits stay apart.
    """

    figures: Sequence[MeasuredClaim]
    start: Decimal
    power: int

    @classmethod
    def of(cls, figures: Sequence[MeasuredClaim]) -> _RelativeFigures:
        """Some figures, scaled."""
        best = min(figures, key=lambda each: max(each.plus, each.minus))
        return cls(figures, best.best, max(best.plus, best.minus).adjusted())

    def columns(self) -> tuple[list[float], list[float], list[float]]:
        """Values, upper arms, lower arms."""
        values = [self._float(EXACT.subtract(each.best, self.start)) for each in self.figures]
        plus = [self._float(each.plus) for each in self.figures]
        return values, plus, [self._float(each.minus) for each in self.figures]

    def _float(self, number: Decimal) -> float:
        return float(number.scaleb(-self.power, EXACT))

    def length(self, number: float, power: int = 1) -> Decimal:
        """A length (power 1) or a squared one (2) as it was before."""
        if number == 0:
            return Decimal(0)
        return _FLOAT.create_decimal(repr(number)).scaleb(power * self.power, EXACT)

    def square(self, number: float | None) -> Decimal | None:
        """A squared length as it was before; None stays None."""
        return None if number is None else self.length(number, 2)

    def value(self, number: float) -> Decimal:
        """A value as it was before, to the digits that its uncertainty leaves a meaning."""
        exact = EXACT.add(self.start, self.length(number))
        return exact.quantize(Decimal(1).scaleb(self.power - _BEYOND, EXACT), context=EXACT)

    def maybe(self, number: float | None) -> Decimal | None:
        """A value as it was before; None stays None."""
        return None if number is None else self.value(number)


def _apart(scaled: _RelativeFigures) -> tuple[FurthestPair, ...]:
    """The pairs furthest apart, worst first; none where there are too many to look at."""
    if len(scaled.figures) > _MOST_PAIRED:
        return ()
    figures = list(zip(*scaled.columns(), strict=True))
    return tuple(
        FurthestPair(
            (scaled.figures[i].number, scaled.figures[j].number),
            (scaled.figures[i].source, scaled.figures[j].source),
            sigmas,
        )
        for sigmas, i, j in furthest_apart(figures)
    )


def _notes(kept: Sequence[MeasuredClaim], method: str) -> tuple[str, ...]:
    """What a reader should know of how the figures were taken."""
    notes = [
        f"{count} figures come from one source, {source}: "
        "each is counted as a measurement of its own."
        for source, count in Counter(each.source for each in kept).items()
        if count > 1
    ]
    if method != "pdg" and any(each.plus != each.minus for each in kept):
        notes.append("Uneven uncertainties are taken as half the distance between their ends.")
    return tuple(notes)
