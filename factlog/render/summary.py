"""The sentences under a comparison: verdicts, the policy, what was compared and what was not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from factlog.claim import Hedge
from factlog.findings import (
    Comparison,
    Counts,
    Exclusion,
    Finding,
    MeasureComparison,
    Side,
    Verdict,
)
from factlog.policy import Kind, Policy
from factlog.wording import (
    counted,
    even_arms,
    grouped,
    number,
    numbered,
    percent,
    ratio,
    sigmas,
    sign,
    threshold,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.answers import Explanation, LeftOut
    from factlog.decision import Decision


# So many figures that are not combined are told one by one, of more only how many and why.
_LEFT_OUT = 12


def verdict(outcome: Verdict, kind: str | None = None) -> str:
    """A verdict in words: "CONFLICT backwards", "growth", "not compared: unit", "one source"."""
    if outcome is Verdict.CONFLICT:
        return f"CONFLICT {kind}" if kind else "CONFLICT"
    if outcome is Verdict.SINGLE:
        return "one source"
    if outcome is Verdict.NOT_COMPARED:
        return f"not compared: {kind}" if kind else "not compared"
    return f"{outcome.value} {kind}" if kind else outcome.value


def outcome(measure: MeasureComparison, told: Finding | None = None) -> list[str]:
    """What a measure comes to, part by part: the verdict, ratio, break-even of its worst finding,
    or of another that is told of.
    """
    if not measure.findings:
        return [verdict(measure.verdict)]
    worst = [part for part in parts(told or measure.findings[0]) if not part.startswith("gap ")]
    conflicts = measure.counts.conflicts
    return [*worst, f"{number_of(conflicts)} conflicts"] if conflicts > 1 else worst


def parts(finding: Finding, sides: Sequence[Side] = ()) -> list[str]:
    """A finding, part by part: verdict, gap (in the unit of its sides), ratio, break-even."""
    told = [verdict(finding.verdict, finding.kind)]
    if finding.gap:
        unit = sides[finding.sides[0]].unit if sides else None
        told.append(f"gap {number(finding.gap)}{f' {sign(unit)}' if unit else ''}")
    if finding.ratio is not None:
        told.append(f"ratio {ratio(finding.ratio)}")
    if finding.break_even is not None:
        told.append(f"break-even {threshold(finding.break_even)}")
    if finding.sigmas is not None:
        told.append(sigmas(finding.sigmas))
    return told


def extent(found: Comparison | Explanation) -> str:
    """What of the record was compared, where that is not all: by date, by who says it."""
    told = [_as_of(found)]
    if isinstance(found, Comparison) and found.without is not None:
        told.append(without(found.without))
    return "; ".join(filter(None, told))


def without(left_out: Sequence[Exclusion]) -> str:
    """What was left out for who says it: "left out: 2 claims of 1 source (party Ukraine)"."""
    told = [
        f"{counted(each.claims, '1 claim', '{} claims')} of "
        f"{counted(len(each.sources), '1 source', '{} sources')} "
        f"({each.what} {each.value or 'not known'})"
        for each in left_out
    ]
    return f"left out: {', '.join(told) or 'no claims, by party or basis'}"


def _as_of(found: Comparison | Explanation) -> str:
    """What of the record a date leaves, and that it goes by the dates of figures alone."""
    if found.as_of is None:
        return ""
    told = f"figures dated up to {found.as_of.days[1]}, whenever they were logged"
    about = found.subjects if isinstance(found, Comparison) else [found]
    decided = any(measure.decision for each in about for measure in each.measures)
    return f"{told}; decisions as they are now" if decided else told


@lru_cache(maxsize=32)
@lru_cache(maxsize=16)
def policy(used: Policy, *, measured: bool = True, levels: bool = True) -> str:
    """The policy in one line, with what it takes words for; without what no figure asks for.

    `measured` says that figures state uncertainties, `levels` that there are levels.
    """
    if used.about is None:
        about = "about = half a unit of the last digit"
    elif used.about == 0:
        about = "about = exactly"
    else:
        about = f"about = ±{percent(used.about)}"
    parts = [about, f"tolerance {percent(used.tolerance)}"]
    if measured:
        near = used.near_sigmas != Policy().near_sigmas
        errors = "standard error" if used.sigmas == 1 else "standard errors"
        parts.append(f"± = {number(used.sigmas)} {errors}")
        parts += [f"near to {number(used.near_sigmas)}"] if near else []
    if levels:
        parts.append(f"levels within {used.window_days} days")
    return f"policy {used.name}: {', '.join(parts)}"


def policy_used(found: Comparison) -> str:
    """The same, for the figures of a comparison."""
    measures = [measure for subject in found.subjects for measure in subject.measures]
    return policy(
        found.policy,
        measured=any(s.hedge is Hedge.PLUS_MINUS for each in measures for s in each.sides),
        levels=any(each.kind is Kind.LEVEL for each in measures),
    )


def summary(found: Comparison, *, singles: bool = True) -> str:
    """How many pairs were compared and what they came to, and how many were not and why.

    Measures of one source may be left out, where they are shown as such.
    """
    counts = found.counts if singles else replace(found.counts, single=0)
    copied = any(measure.copied for subject in found.subjects for measure in subject.measures)
    others = _others(counts, copied)
    told = [_conflicts(counts)]
    told += [counted(how_many, one, many) for how_many, one, many in others if how_many]
    return "; ".join(told)


def origins(how_many: int, measure: MeasureComparison, kind: str = "") -> str:
    """How many origins figures have; how many voices they are, where errors tell of some.

    Of several it is said of what `kind` they are: "2 independent origins".
    """
    word = "voice" if measure.copied else "origin"
    return counted(how_many, f"1 {word}", f"{{}} {kind}{word}s")


def _conflicts(counts: Counts) -> str:
    pairs = counted(counts.compared, "1 pair", "{} pairs")
    if counts.conflicts == counts.conflict:
        if not counts.compared:
            return "no pairs to compare"
        conflicts = counted(counts.conflict, "1 conflict", "{} conflicts")
        return f"{conflicts if counts.conflict else 'no conflicts'} in {pairs}"
    kinds = (
        (counts.conflict, f"{number_of(counts.conflict)} in {pairs}"),
        (counts.self, f"{number_of(counts.self)} within one source"),
        (counts.sum, f"{number_of(counts.sum)} of a whole with its own parts"),
        (counts.part, f"{number_of(counts.part)} of a part with another source's whole"),
    )
    told = ", ".join(words for how_many, words in kinds if how_many)
    if not counts.conflict and counts.compared:
        told += f", none in {pairs}"
    return f"{counted(counts.conflicts, '1 conflict', '{} conflicts')}: {told}"


def _others(counts: Counts, copied: bool) -> tuple[tuple[int, str, str], ...]:
    echo = ("1 pair goes back to one origin", "{} pairs go back to one origin")
    if copied:
        echo = ("1 pair is counted as one voice", "{} pairs are counted as one voice")
    return (
        (counts.near, "1 pair is near", "{} pairs are near"),
        (
            counts.revised,
            "1 figure was revised by its source",
            "{} figures were revised by their source",
        ),
        (counts.growth, "1 pair can be growth", "{} pairs can be growth"),
        (counts.echo, *echo),
        (counts.agree, "1 pair agrees", "{} pairs agree"),
        (counts.single, "1 measure has one source", "{} measures have one source"),
        (counts.stale, "1 pair too far apart in time", "{} pairs too far apart in time"),
        (counts.scope, "1 pair differs in scope", "{} pairs differ in scope"),
        (counts.unit, "1 pair differs in unit", "{} pairs differ in unit"),
    )


def number_of(things: int) -> str:
    """A count for people: 2,100."""
    return f"{things:,}"


def resolved(decision: Decision) -> str:
    """What is to be done, in a few words: "use about 3,000, claims 1 and 2"."""
    from factlog.decision import DecisionKind

    if decision.kind == "prefer":
        return f"use {settled(decision)}, {numbered(decision.claims)}"
    if decision.kind is DecisionKind.RANGE:
        return f"publish the range, {settled(decision)}"
    if decision.kind is DecisionKind.VALUE:
        return f"use {settled(decision)}"
    return "keep it open" if decision.kind is DecisionKind.PENDING else "publish no figure"


def settled(decision: Decision) -> str:
    """The figure that is to be used, or the range."""
    if decision.said is not None:
        return grouped(decision.said)
    low, high = decision.low, decision.high
    if low is not None and high is not None:
        text = number(low) if low == high else f"{number(low)} to {number(high)}"
    elif low is not None:
        text = f"at least {number(low)}"
    else:
        text = "any number" if high is None else f"at most {number(high)}"
    return f"{text} {sign(decision.unit)}" if decision.unit else text


def decision_about(found: Decision) -> str:
    """A decision in one line, with what it is about."""
    about = f"{found.subject}, {found.measure}" if found.measure else found.subject
    return f"{about}: {decision(found)}"


def decision(found: Decision) -> str:
    """A decision in one line: whether it still stands; who, when, what and why."""
    dates = [f"{found.at:%Y-%m-%d}"] if found.at else []
    if found.review_on:
        dates.append(f"review {found.review_on}")
    stale = f" is STALE, {found.stale_why}" if found.stale else ""
    if found.replaced_by is not None:
        stale = f", replaced by decision {found.replaced_by}"
    who = ", ".join([found.by, *dates])
    return f"decision {found.id}{stale} ({who}): {resolved(found)}: {found.reason}"


def left_out(some: Sequence[LeftOut]) -> Iterator[str]:
    """The figures that are not combined, a line each; where many are, one a reason."""
    alike: dict[str, list[LeftOut]] = {}
    for each in some:
        why, claim, _ = each.reason.partition(":")[0].partition(" claim ")
        why = f"{why} another claim" if claim else why
        alike.setdefault(why if len(some) > _LEFT_OUT else str(each.claim), []).append(each)
    for why, group in alike.items():
        if len(group) > 1:
            claims = numbered([each.claim for each in group])
            yield f"left out: {len(group):,} figures ({claims}): {why} (each with -f json)"
            continue
        (one,) = group
        yield f"left out: {one.source}, {even_arms(one.said)} (claim {one.claim}): {one.reason}"


def decided_otherwise(
    found: Comparison, asked_for: Collection[tuple[str, str]] | None = None
) -> Iterator[str]:
    """What decisions leave out of the sentences, a line for each measure that was asked for.

    It is withheld, or is told without sums of what is, or a conflict of it is not told; or the
    decision is not followed.
    """
    from factlog.decision import DecisionKind  # loaded where something was decided

    for subject in found.subjects:
        gone = subject.withheld
        for measure in subject.measures:
            if asked_for is not None and (subject.subject, measure.measure) not in asked_for:
                continue
            decision, name = measure.decision, f"{subject.subject}, {measure.measure}".rstrip(", ")
            if decision and decision.stale:
                yield f"{name}: decision {decision.id} is not followed: {decision.stale_why}."
            elif decision and decision.kind is DecisionKind.WITHHOLD:
                yield f"{name}: withheld by decision {decision.id}: {decision.reason}"
            elif (
                decision
                and decision.kind is DecisionKind.PREFER
                and _leaves_out_a_conflict(measure, decision)
            ):
                told = f"only {numbered(decision.claims)} told, by decision {decision.id}"
                yield f"{name}: in conflict, and {told}: {decision.reason}"
            if measure.measure not in gone and any(
                subject.adds_up(each, gone) for each in measure.sides
            ):
                yield f"{name}: no sum is told that {' or '.join(sorted(gone))} is part of."


def _leaves_out_a_conflict(measure: MeasureComparison, decision: Decision) -> bool:
    """Whether claims contradict each other, not all of which were preferred."""
    opposed = (
        {claim for place in each.sides for claim in measure.sides[place].claims}
        for each in measure.findings
        if each.verdict is Verdict.CONFLICT
    )
    return any(not each.issubset(decision.claims) for each in opposed)
