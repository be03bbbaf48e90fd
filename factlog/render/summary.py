"""The sentences under a comparison: verdicts, the policy, what was compared and what was not."""

from __future__ import annotations

from dataclasses import replace

from factlog.claim import Hedge
from factlog.findings import Comparison, Counts, Finding, MeasureComparison, Verdict
from factlog.policy import Kind, Policy
from factlog.wording import number, percent, ratio, sign, threshold


def verdict(outcome: Verdict, kind: str | None = None) -> str:
    """A verdict in words: "CONFLICT backwards", "growth", "not compared: unit", "one source"."""
    if outcome is Verdict.CONFLICT:
        return f"CONFLICT {kind}" if kind else "CONFLICT"
    if outcome is Verdict.SINGLE:
        return "one source"
    if outcome is Verdict.NOT_COMPARED:
        return f"not compared: {kind}" if kind else "not compared"
    return f"{outcome.value} {kind}" if kind else outcome.value


def outcome(measure: MeasureComparison) -> list[str]:
    """What a measure comes to, part by part: its worst verdict, ratio, break-even."""
    if not measure.findings:
        return [verdict(measure.verdict)]
    worst = [part for part in parts(measure.findings[0]) if not part.startswith("gap ")]
    conflicts = measure.counts.conflicts
    return [*worst, f"{number_of(conflicts)} conflicts"] if conflicts > 1 else worst


def parts(finding: Finding, unit: str | None = None) -> list[str]:
    """A finding, part by part: verdict, gap, ratio, break-even."""
    told = [verdict(finding.verdict, finding.kind)]
    if finding.gap:
        told.append(f"gap {number(finding.gap)}{f' {sign(unit)}' if unit else ''}")
    if finding.ratio is not None:
        told.append(f"ratio {ratio(finding.ratio)}")
    if finding.break_even is not None:
        told.append(f"break-even {threshold(finding.break_even)}")
    if finding.sigmas is not None:
        told.append(f"{finding.sigmas:.1f} sigma")
    return told


def policy(used: Policy) -> str:
    """The policy in one line, with what it takes words for."""
    if used.about is None:
        about = "about = half a unit of the last digit"
    elif used.about == 0:
        about = "about = exactly"
    else:
        about = f"about = ±{percent(used.about)}"
    return (
        f"policy {used.name}: {about}, tolerance {percent(used.tolerance)}, "
        f"± = {number(used.sigmas)} standard errors, levels within {used.window_days} days"
    )


def policy_used(found: Comparison) -> str:
    """The same, without what no figure here asks for."""
    measures = [measure for subject in found.subjects for measure in subject.measures]
    unused = []
    if not any(s.hedge is Hedge.PLUS_MINUS for measure in measures for s in measure.sides):
        unused.append(f", ± = {number(found.policy.sigmas)} standard errors")
    if not any(measure.kind is Kind.LEVEL for measure in measures):
        unused.append(f", levels within {found.policy.window_days} days")
    words = policy(found.policy)
    for each in unused:
        words = words.replace(each, "")
    return words


def summary(found: Comparison, *, singles: bool = True) -> str:
    """How many pairs were compared and what they came to, and how many were not and why.

    Measures of one source may be left out, where they are shown as such.
    """
    counts = found.counts if singles else replace(found.counts, single=0)
    told = [_conflicts(counts)]
    told += [counted(how_many, one, many) for how_many, one, many in _others(counts) if how_many]
    return "; ".join(told)


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


def _others(counts: Counts) -> tuple[tuple[int, str, str], ...]:
    return (
        (counts.near, "1 pair is near", "{} pairs are near"),
        (
            counts.revised,
            "1 figure was revised by its source",
            "{} figures were revised by their source",
        ),
        (counts.growth, "1 pair can be growth", "{} pairs can be growth"),
        (counts.echo, "1 pair goes back to one origin", "{} pairs go back to one origin"),
        (counts.agree, "1 pair agrees", "{} pairs agree"),
        (counts.single, "1 measure has one source", "{} measures have one source"),
        (counts.stale, "1 pair too far apart in time", "{} pairs too far apart in time"),
        (counts.scope, "1 pair differs in scope", "{} pairs differ in scope"),
        (counts.unit, "1 pair differs in unit", "{} pairs differ in unit"),
    )


def counted(how_many: int, one: str, many: str) -> str:
    """A count in words: `one` for a single thing, else `many` with the number in it."""
    return one if how_many == 1 else many.format(number_of(how_many))


def number_of(things: int) -> str:
    """A count for people: 2,100."""
    return f"{things:,}"
