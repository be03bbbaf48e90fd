"""Comparisons, claims and readings as JSON, numbers written exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factlog.claim import Claim, Estimate, Figure
from factlog.comparison import Comparison, Counts, Finding, Interval, MeasureComparison, Side
from factlog.errors import FactlogError
from factlog.render.columns import row
from factlog.render.json_text import listed as as_list
from factlog.render.json_text import one_line, spread
from factlog.render.when import iso

Record = dict[str, object]


def comparison(found: Comparison) -> str:
    """A comparison as one document, schema factlog.comparison/1."""
    policy = found.policy
    return spread(
        {
            "schema": "factlog.comparison/1",
            "policy": {
                "name": policy.name,
                "about": policy.about,
                "tolerance": policy.tolerance,
                "sigmas": policy.sigmas,
                "window_days": policy.window_days,
            },
            "as_of": iso(found.as_of),
            "subjects": [
                {"subject": one.subject, "measures": [_measure(each) for each in one.measures]}
                for one in found.subjects
            ],
            "summary": _summary(found),
        }
    )


def comparison_jsonl(found: Iterable[Comparison]) -> Iterator[str]:
    """Comparisons as rows only: one line a measure, its subject first."""
    for comparison in found:
        for one in comparison.subjects:
            for measure in one.measures:
                yield one_line({"subject": one.subject, **_measure(measure)}) + "\n"


def _measure(found: MeasureComparison) -> Record:
    return {
        "measure": found.measure,
        "unit": found.unit,
        "kind": found.kind,
        "verdict": found.verdict,
        "origins": found.origins,
        "sides": [_side(side) for side in found.sides],
        "findings": [_finding(finding) for finding in found.findings],
    }


def _side(side: Side) -> Record:
    return {
        "measure": side.measure,
        "source": side.source,
        "via": side.via,
        "url": side.url,
        "origin": side.origin,
        "scope": side.scope,
        "unit": side.unit,
        "said": side.said,
        "hedge": side.hedge,
        "low": side.low,
        "best": side.best,
        "high": side.high,
        "reading": _ends(side.reading),
        "as_of": iso(side.as_of),
        "published": iso(side.published),
        "claims": side.claims,
        "derived": side.derived,
        "current": side.current,
    }


def _finding(finding: Finding) -> Record:
    return {
        "verdict": finding.verdict,
        "kind": finding.kind,
        "sides": finding.sides,
        "gap": finding.gap,
        "ratio": finding.ratio,
        "break_even": finding.break_even,
        "why": finding.why,
    }


def _summary(found: Comparison) -> Record:
    counts = found.counts
    return {
        "subjects": len(found.subjects),
        "measures": sum(len(one.measures) for one in found.subjects),
        "pairs": _counted(counts, "compared", "agree", "near", "growth", "echo", "conflict"),
        "other": _counted(counts, "self", "sum", "part", "revised"),
        "not_compared": _counted(counts, "single", "stale", "scope", "unit"),
    }


def _counted(counts: Counts, *names: str) -> Record:
    return {name: getattr(counts, name) for name in names}


def _ends(meant: Interval) -> Record | list[object]:
    return [meant.low, meant.high]


def figure(text: str, read: Figure, measure: str, meant: Interval) -> str:
    """How a text was read, on one line."""
    return (
        one_line(
            {
                "text": text,
                **_numbers(read.estimate),
                "thing": read.thing,
                "measure": measure,
                "reading": _ends(meant),
            }
        )
        + "\n"
    )


def refusal(text: str, error: FactlogError) -> str:
    """A text that could not be read, and why, on one line."""
    return one_line({"text": text, "error": error.problem}) + "\n"


def _numbers(estimate: Estimate) -> Record:
    return {
        "hedge": estimate.hedge,
        "side": estimate.side,
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "low_open": estimate.low_open,
        "high_open": estimate.high_open,
        "plus": estimate.plus,
        "minus": estimate.minus,
        "coverage": estimate.coverage,
        "unit": estimate.unit,
    }


def claims(found: Iterable[Claim]) -> Iterator[str]:
    """Claims as a JSON list in the columns import takes, one a line."""
    yield from as_list(row(claim) for claim in found)


def claims_jsonl(found: Iterable[Claim]) -> Iterator[str]:
    """Claims in the columns import takes, one object a line."""
    for claim in found:
        yield one_line(row(claim)) + "\n"


def listed(found: Iterable[Claim]) -> Iterator[str]:
    """Claims as a JSON list, with their ids, how they read, and when they were recorded."""
    yield from as_list(map(full, found))


def listed_jsonl(found: Iterable[Claim]) -> Iterator[str]:
    """Claims with their ids, how they read, and when they were recorded, one object a line."""
    for claim in found:
        yield one_line(full(claim)) + "\n"


def full(claim: Claim) -> Record:
    """All that is known of a claim: what import takes, and what the store added.

    How it reads stands under `estimate`: beside `value`, import would take low and high
    for a range.
    """
    return {
        "id": claim.id,
        "uid": claim.uid or None,
        **row(claim),
        "estimate": _numbers(claim.estimate),
        "recorded": claim.recorded.isoformat() if claim.recorded else None,
        "retracted": claim.retracted,
    }
