"""Assumptions: what a comparison took for granted that nobody stated."""

from __future__ import annotations

from collections.abc import Iterator

from factlog.claim import Hedge
from factlog.comparer.reasons import KINDS, Case
from factlog.comparer.spelling import claims, owner, span, spelled_sum, when
from factlog.comparison import Kind, Policy, Side
from factlog.comparison.shares import percent


def assumptions(case: Case, policy: Policy) -> tuple[str, ...]:
    """Everything one measure's comparison took for granted, a sentence each."""
    said = [*_kind(case), *_dates(case), *_sums(case), *_readings(case, policy), *_older(case)]
    return tuple(dict.fromkeys(said))


def _kind(case: Case) -> Iterator[str]:
    name = case.found.measure or "the measure"
    if case.rules.kind is Kind.CONSTANT:
        yield f"{name} is taken for a constant: one number, whatever the date"
    else:
        yield f"{name} is taken for {KINDS[case.rules.kind]}"


def _dates(case: Case) -> Iterator[str]:
    for side in case.own:
        whose = f"{owner(side.source)} {side.said} ({claims(side)})"
        if side.when is None:
            yield f"{whose} has no date, so it is compared whatever the other's date"
        elif side.as_of is None:
            yield (
                f"{whose} gives no date of its own; "
                f"it was published {when(side)}, and that is taken as its date"
            )


def _sums(case: Case) -> Iterator[str]:
    parts = " + ".join(case.measure.parts)
    stated = {_date(side) for side in case.own if not side.derived}
    for side in case.own:
        if side.derived and _date(side) in stated:
            whose = owner(side.source)
            yield f"{whose} own {case.found.measure} is only checked by {spelled_sum(side)}"
        elif side.derived:
            whose = f"{owner(side.source)} {case.found.measure}"
            dated = f" {when(side)}" if side.when else ""
            yield f"{whose}{dated} is taken as {parts}: {spelled_sum(side)}"


def _date(side: Side) -> tuple[object, ...]:
    days = side.when.days if side.when else None
    return side.source, side.scope, side.unit, days


def _readings(case: Case, policy: Policy) -> Iterator[str]:
    """How hedges are read, with the first figure each applies to."""
    seen: set[Hedge] = set()
    for side in case.own:
        if side.hedge not in seen and not side.derived:
            seen.add(side.hedge)
            how = _reading(side, policy)
            if how:
                yield f"{how} ({_read(side)}, {claims(side)})"


def _read(side: Side) -> str:
    """The words of a figure and, unless it is open, how they read."""
    if side.reading.low is None or side.reading.high is None:
        return side.said
    return f"{side.said}: {span(side.reading, side.unit)}"


def _reading(side: Side, policy: Policy) -> str:
    under = f"under the {policy.name} policy"
    if side.hedge is Hedge.ABOUT:
        return f"a hedge such as about {_width(policy)} {under}"
    if side.hedge is Hedge.PLUS_MINUS:
        return f"± one standard error reads as {policy.sigmas} of them {under}"
    if side.hedge is Hedge.VAGUE:
        return "a vague number is read as a range"
    if side.hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        return "where no upper limit is stated, none is assumed"
    if side.hedge in (Hedge.AT_MOST, Hedge.LESS_THAN):
        return "where no lower limit is stated, only that a count is never below zero is assumed"
    return ""


def _width(policy: Policy) -> str:
    if policy.about is None:
        return "stands for half a unit of its last significant digit either way"
    if not policy.about:
        return "means exactly"
    return f"means {percent(policy.about)} either way"


def _older(case: Case) -> Iterator[str]:
    older = [side for side in case.own if not side.current and not side.derived]
    if older and case.rules.kind is Kind.CONSTANT:
        yield "only each source's latest figure is compared with other sources"
