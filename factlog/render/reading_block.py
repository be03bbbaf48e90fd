"""How a value was read, name by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge, Leaning
from factlog.comparison import Interval, Policy
from factlog.comparison.shares import percent
from factlog.render import words
from factlog.render.amounts import span
from factlog.render.digits import number
from factlog.render.reread import reads

Row = tuple[str, str]

_HEDGES = {
    Hedge.AT_LEAST: "at least",
    Hedge.MORE_THAN: "more than",
    Hedge.AT_MOST: "at most",
    Hedge.LESS_THAN: "less than",
    Hedge.PLUS_MINUS: "plus or minus",
}


def rows(read: Figure, measure: str, meant: Interval, policy: Policy) -> Iterator[Row]:
    """What was read and what it is taken to mean."""
    estimate = read.estimate
    yield from estimated(estimate)
    if read.thing:
        yield "counts", read.thing
    yield "measure", measure or "none: the subject itself"
    yield "taken as", span(meant, estimate.unit)
    yield "by", words.policy(policy)
    otherwise = _otherwise(estimate)
    if otherwise is not None and otherwise != f'"{read.said}"':
        yield "or written", otherwise


def _otherwise(estimate: Estimate) -> str | None:
    """Plain words that read back as the same; an unknown unit is given beside them."""
    from factlog import reading

    words = reading.say(estimate)
    if reads(words, None) == estimate:
        return f'"{words}"'
    words = reading.say(replace(estimate, unit=None))
    if reads(words, estimate.unit) != estimate:
        return None
    return f'"{words}" with --unit "{estimate.unit}"'


def estimated(estimate: Estimate) -> Iterator[Row]:
    """The hedge, the numbers that were stated, and the unit."""
    yield "hedge", _hedge(estimate)
    even = estimate.plus is not None and estimate.plus == estimate.minus
    for name, value, left_out in (
        ("low", estimate.low, estimate.low_open),
        ("best", estimate.best, False),
        ("high", estimate.high, estimate.high_open),
        ("±" if even else "plus", estimate.plus, False),
        ("minus", None if even else estimate.minus, False),
    ):
        if value is not None:
            yield name, number(value) + (" (excluded)" if left_out else "")
    if estimate.hedge is Hedge.PLUS_MINUS:
        yield "coverage", _coverage(estimate.coverage)
    if estimate.unit:
        yield "unit", _unit(estimate.unit)


def _hedge(estimate: Estimate) -> str:
    if estimate.side is Leaning.ABOVE:
        return "just over"
    if estimate.side is Leaning.BELOW:
        return "just under" if estimate.hedge is Hedge.LESS_THAN else "nearly"
    return _HEDGES.get(estimate.hedge, estimate.hedge.value)


def _coverage(share: Decimal | None) -> str:
    return "not stated" if share is None else percent(share)


def _unit(unit: str) -> str:
    from factlog import units

    if units.known(unit):
        return unit
    return f"{unit} (a unit factlog does not know: it compares only with itself)"
