"""Picking: which claims to compare, and which part of a comparison to keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from factlog.claim import Claim, Period
from factlog.comparer.rules import how_many
from factlog.findings import (
    Comparison,
    Exclusion,
    MeasureComparison,
    SubjectComparison,
    Verdict,
)
from factlog.names import fold
from factlog.profile import Basis, SourceProfile
from factlog.values import dataclass

Counted = Counter[tuple[str, str | None, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which sources count: without some parties and who cites them, of some bases of count only.

    `parties` has the parties left out by who speaks for them, by every name; `known` what is
    known of sources. Of what is left out, claims of `counted` measures are counted, or of all.
    """

    parties: Mapping[str, str]
    bases: Sequence[Basis]
    known: Mapping[str, SourceProfile]
    counted: Collection[str] = ()

    def chosen(self, claims: Iterable[Claim], left: Counted | None = None) -> Iterator[Claim]:
        """The claims of those sources; the others are counted by why they are left out."""
        for claim in claims:
            source = fold(claim.statement.source)
            profile = self.known.get(source)
            basis = profile.basis if profile else None
            origin = fold(claim.origin or "")
            if source in self.parties:
                why: tuple[str, str | None] = ("party", self.parties[source])
            elif origin in self.parties:  # who only relays a party's figure has none of its own
                why = ("citing party", self.parties[origin])
            elif self.bases and basis not in self.bases:
                why = ("basis", basis)
            else:
                yield claim
                continue
            if left is not None and (not self.counted or fold(claim.measure) in self.counted):
                left[*why, claim.statement.source] += 1


def speaking_for(
    profiles: Iterable[SourceProfile], others: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """The party that each source speaks for, by every name of the source, those of `others` too."""
    return {
        fold(name): each.party
        for each in profiles
        if each.party
        for name in (each.name, *others.get(each.name, ()))
    }


def left_out(counted: Counted) -> tuple[Exclusion, ...]:
    """What was left out, by party or basis, the sources of each by their names."""
    found: dict[tuple[str, str | None], dict[str, int]] = {}
    for (what, value, source), claims in sorted(counted.items(), key=str):
        found.setdefault((what, value), {})[source] = claims
    return tuple(Exclusion(*why, sum(each.values()), tuple(each)) for why, each in found.items())


def select(
    claims: Iterable[Claim],
    *,
    sources: Collection[str] | None = None,
    since: Period | None = None,
    until: Period | None = None,
    as_of: Period | None = None,
) -> Iterator[Claim]:
    """The claims of some sources (all if None), of some time, or known by a date.

    `since` and `until` keep figures for those days or between (an undated figure is then
    left out); `as_of` leaves out what was published or dated later.
    """
    wanted = None if sources is None else {fold(source) for source in sources}
    for claim in claims:
        if wanted is not None and fold(claim.statement.source) not in wanted:
            continue
        if _within(claim.statement.when, since, until) and known_by(claim, as_of):
            yield claim


def _within(when: Period | None, since: Period | None, until: Period | None) -> bool:
    if since is None and until is None:
        return True
    if when is None:
        return False
    first, last = when.days
    earliest = since.days[0] if since else date.min
    latest = until.days[1] if until else date.max
    return last >= earliest and first <= latest


def known_by(claim: Claim, as_of: Period | None) -> bool:
    """Whether a claim was neither published nor dated wholly after a date."""
    if as_of is None:
        return True
    dates = (claim.statement.as_of, claim.statement.published)
    # "By 13 January" was known only then, though the days before are in it.
    return all((when.first or when.days[1]) <= as_of.days[1] for when in dates if when)


def restrict(comparison: Comparison, measures: Collection[str]) -> Comparison:
    """Keep only some measures, by name."""
    wanted = {fold(name) for name in measures}
    return _kept(
        comparison,
        lambda measure: measure if fold(measure.measure) in wanted else None,
    )


def only(comparison: Comparison, verdict: Verdict) -> Comparison:
    """Keep only the findings of one verdict, and the measures that have any.

    The counts stay whole: those of the measures left out are kept.
    """

    def kept(measure: MeasureComparison) -> MeasureComparison | None:
        if not how_many(measure.counts, verdict):
            return None
        findings = tuple(f for f in measure.findings if f.verdict is verdict)
        if len(findings) == len(measure.findings):
            return measure
        return replace(measure, findings=findings)

    found = _kept(comparison, kept)
    return replace(found, left_out=comparison.counts - found.counts)


def _kept(
    comparison: Comparison, keep: Callable[[MeasureComparison], MeasureComparison | None]
) -> Comparison:
    """A comparison with what `keep` makes of each measure, emptied subjects left out."""
    subjects = []
    for subject in comparison.subjects:
        measures = tuple(kept for each in subject.measures if (kept := keep(each)))
        if measures:
            subjects.append(SubjectComparison(subject.subject, measures))
    return replace(comparison, subjects=tuple(subjects))
