"""Short ways to write a record for the comparer's tests."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.comparer import compare
from factlog.findings import Comparison, Finding, MeasureComparison
from factlog.policy import Kind, Measure, Policy

Number = int | str

EXACTLY = Policy("exactly", about=Decimal(0), tolerance=Decimal(0))


def day(text: str) -> Period:
    """ "2025-01-13", "2025-01", "../2025-01-13", "2025-01-13/.." or "2025-01-10/2025-01-13"."""
    first, slash, last = text.partition("/")
    if not slash:
        return Period(text, _first(text), _last(text))
    start = None if first == ".." else _first(first)
    return Period(text, start, None if last == ".." else _last(last))


def _first(text: str) -> date:
    return date.fromisoformat(text if text.count("-") == 2 else f"{text}-01")


def _last(text: str) -> date:
    if text.count("-") == 2:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, monthrange(year, month)[1])


def exactly(number: Number, unit: str | None = None) -> Estimate:
    return Estimate(Hedge.EXACT, best=Decimal(number), unit=unit)


def around(number: Number, unit: str | None = None) -> Estimate:
    return Estimate(Hedge.ABOUT, best=Decimal(number), unit=unit)


def at_least(number: Number) -> Estimate:
    return Estimate(Hedge.AT_LEAST, low=Decimal(number))


def more_than(number: Number) -> Estimate:
    return Estimate(Hedge.MORE_THAN, low=Decimal(number), low_open=True)


def at_most(number: Number) -> Estimate:
    return Estimate(Hedge.AT_MOST, high=Decimal(number))


def less_than(number: Number) -> Estimate:
    return Estimate(Hedge.LESS_THAN, high=Decimal(number), high_open=True)


def between(low: Number, high: Number, unit: str | None = None) -> Estimate:
    return Estimate(Hedge.RANGE, low=Decimal(low), high=Decimal(high), unit=unit)


def plus_minus(best: Number, error: Number, coverage: str | None = "0.683") -> Estimate:
    return Estimate(
        Hedge.PLUS_MINUS,
        best=Decimal(best),
        plus=Decimal(error),
        minus=Decimal(error),
        coverage=Decimal(coverage) if coverage else None,
    )


class Record:
    """Claims about one subject, numbered as they are told."""

    def __init__(self, subject: str = "a war") -> None:
        self.subject = subject
        self.claims: list[Claim] = []

    def say(
        self,
        source: str,
        estimate: Estimate | Number,
        when: str | None = None,
        *,
        measure: str = "n",
        said: str | None = None,
        published: str | None = None,
        via: str | None = None,
        url: str | None = None,
        scope: str | None = None,
        origin: str | None = None,
        recorded: str | None = None,
        retracted: str | None = None,
    ) -> Record:
        """Tell one claim more."""
        given = estimate if isinstance(estimate, Estimate) else exactly(estimate)
        statement = Statement(
            self.subject,
            source,
            as_of=day(when) if when else None,
            published=day(published) if published else None,
            via=via,
            url=url,
        )
        claim = Claim(
            statement,
            said or _words(given),
            given,
            measure,
            scope=scope,
            origin=origin,
            id=len(self.claims) + 1,
            recorded=datetime.fromisoformat(recorded) if recorded else None,
            retracted=retracted,
            unit_said=None if said else given.unit,
        )
        self.claims.append(claim)
        return self


def _words(estimate: Estimate) -> str:
    """The value as a person would write it."""
    unit = f" {estimate.unit}" if estimate.unit else ""
    numbers = [estimate.low, estimate.best, estimate.high]
    stated = " to ".join(str(number) for number in numbers if number is not None)
    hedge = "" if estimate.hedge in (Hedge.EXACT, Hedge.RANGE) else f"{estimate.hedge} "
    return f"{hedge.replace('_', ' ')}{stated}{unit}"


def measure_of(
    comparison: Comparison, name: str = "n", subject: str | None = None
) -> MeasureComparison:
    """One measure of a comparison."""
    return next(
        measure
        for each in comparison.subjects
        for measure in each.measures
        if measure.measure == name and subject in (None, each.subject)
    )


def judged(
    record: Record | Iterable[Claim],
    kind: Kind = Kind.CONSTANT,
    policy: Policy = Policy(),  # noqa: B008
    **more: object,
) -> MeasureComparison:
    """The measure `n` of a record, every finding spelled out."""
    claims = record.claims if isinstance(record, Record) else list(record)
    measures = [Measure("n", kind, **more)]  # type: ignore[arg-type]
    return measure_of(compare(claims, policy, measures, limit=None))


def only_finding(found: MeasureComparison) -> Finding:
    """The one finding of a measure."""
    assert len(found.findings) == 1, found.findings
    return found.findings[0]
