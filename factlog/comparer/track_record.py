"""How often what a source said held the number that was decided: from decisions alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factlog.answers import TrackRecord
from factlog.claim import Claim, Hedge
from factlog.comparer.comparison import Selection, Vocabulary, compared
from factlog.comparer.decided import by_measure, settles, with_decisions
from factlog.decision import Decision
from factlog.findings import MeasureComparison, Side
from factlog.names import fold
from factlog.policy import Measure, Policy
from factlog.stats.distributions import jeffreys
from factlog.values import dataclass

# Of fewer decided figures nothing is told.
ENOUGH = 10
# The interval that is told, and the one by which two sources are put in order.
_TOLD, _ORDERED = 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Hits:
    """One source's closed figures of decided measures: how many, and how many held the number."""

    source: str
    hits: int = 0
    of: int = 0


def hits_of_each(
    claims: Iterable[Claim], decisions: Iterable[Decision], measures: Iterable[Measure]
) -> Mapping[str, Hits]:
    """What each source's latest figures come to, by its folded name.

    `claims` are those of the subjects decided about.
    """
    selection = Selection(limit=0, camps=False, disagreements=False)
    found = compared(claims, Policy(), Vocabulary.of(measures), selection, None)
    tally: dict[str, Hits] = {}
    for subject in with_decisions(found, by_measure(decisions)).subjects:
        for measure in subject.measures:
            for name, (shown, held) in _of_measure(measure).items():
                so_far = tally.get(name, Hits(shown))
                tally[name] = Hits(so_far.source, so_far.hits + held, so_far.of + 1)
    return tally


def _of_measure(measure: MeasureComparison) -> Mapping[str, tuple[str, bool]]:
    """Each source with a closed figure of a decided measure, and whether one held the number."""
    decision = measure.decision
    held: dict[str, tuple[str, bool]] = {}
    if decision is None or not settles(decision, measure.kind):
        return held
    for side in measure.sides:
        low, high = side.reading.low, side.reading.high
        if side.measure != measure.measure or not side.current or low is None or high is None:
            continue
        if side.unit == decision.unit and side.hedge is not Hedge.VAGUE:
            name = fold(side.source)
            before = held.get(name, (side.source, False))[1]
            held[name] = side.source, before or _holds(side, decision)
    return held


def _holds(side: Side, decision: Decision) -> bool:
    """Whether a closed figure's reading and what was decided have a number in common."""
    low, high = side.reading.low, side.reading.high
    assert low is not None
    assert high is not None
    assert decision.low is not None
    assert decision.high is not None
    return low <= decision.high and decision.low <= high


def track_record(name: str, every: Mapping[str, Hits]) -> TrackRecord | None:
    """One source's record beside those of the others; None if nothing of it was decided."""
    own = every.get(fold(name))
    if own is None:
        return None
    if own.of < ENOUGH:
        return TrackRecord(own.of)
    low, high = jeffreys(own.hits, own.of, _TOLD)
    first, last = jeffreys(own.hits, own.of, _ORDERED)
    others = [
        (each.source, jeffreys(each.hits, each.of, _ORDERED))
        for key, each in every.items()
        if each.of >= ENOUGH and key != fold(name)
    ]
    return TrackRecord(
        own.of,
        own.hits,
        low,
        high,
        above=tuple(sorted(source for source, ends in others if ends[1] < first)),
        below=tuple(sorted(source for source, ends in others if last < ends[0])),
    )
