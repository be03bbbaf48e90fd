"""How often what a source said held the number that was decided: from decisions alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factlog.answers import TrackRecord
from factlog.claim import Claim, Hedge
from factlog.comparer.comparison import Selection, Vocabulary, compared
from factlog.comparer.decided import by_measure, preferred, settles, with_decisions
from factlog.comparer.voices import Frame, frame, frames_of
from factlog.decision import Decision, DecisionKind
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

    `claims` are those of the subjects decided about. A figure of another scope or date than what
    was decided is neither right nor wrong: of a value of one's own they are those weighed by.
    """
    claims, known, resolved = tuple(claims), Vocabulary.of(measures), by_measure(decisions)
    frames = frames_of(claims, known, resolved)
    selection = Selection(limit=0, camps=False, disagreements=False)
    found = compared(claims, Policy(), known, selection, None)
    tally: dict[str, Hits] = {}
    for subject in with_decisions(found, resolved).subjects:
        for measure in subject.measures:
            weighed = frames.get((fold(subject.subject), fold(measure.measure)))
            for name, (shown, held) in _of_measure(measure, weighed).items():
                so_far = tally.get(name, Hits(shown))
                tally[name] = Hits(so_far.source, so_far.hits + held, so_far.of + 1)
    return tally


def _of_measure(
    measure: MeasureComparison, weighed: Frame | None
) -> Mapping[str, tuple[str, bool]]:
    """Each source with a closed figure of a decided measure, and whether one held the number."""
    decision = measure.decision
    held: dict[str, tuple[str, bool]] = {}
    if decision is None or not settles(decision, measure.kind):
        return held
    frames = {weighed}
    if decision.kind is DecisionKind.PREFER:
        frames = {_frame(side, measure) for side in preferred(measure.sides, decision.claims)}
    for side in measure.sides:
        if (
            side.unit == decision.unit
            and _closed(side, measure)
            and _frame(side, measure) in frames
        ):
            name = fold(side.source)
            before = held.get(name, (side.source, False))[1]
            held[name] = side.source, before or _holds(side, decision)
    return held


def _closed(side: Side, measure: MeasureComparison) -> bool:
    """Whether it is a source's latest figure of the measure, bounded, and no mere word."""
    bounded = side.reading.low is not None and side.reading.high is not None
    own = side.measure == measure.measure and side.current
    return own and bounded and side.hedge is not Hedge.VAGUE


def _frame(side: Side, measure: MeasureComparison) -> Frame:
    return frame(side.scope, side.when, measure.kind)


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
