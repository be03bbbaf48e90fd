"""Reasons: why a rule of the table did not fire."""

from __future__ import annotations

from decimal import Decimal

from factlog.comparer.sides import high_end, low_end
from factlog.comparer.verdicts import Rules, break_even
from factlog.findings import Finding, MeasureComparison, Side, Verdict
from factlog.policy import Kind, Measure
from factlog.values import dataclass
from factlog.wording import percent, sigmas, sign, span, threshold


@dataclass(frozen=True, slots=True)
class Case:
    """One measure's comparison, and the rules it was judged by."""

    found: MeasureComparison
    rules: Rules
    measure: Measure

    @property
    def own(self) -> list[Side]:
        """The sides of the measure itself, without parts listed under it."""
        return [side for side in self.found.sides if side.measure == self.found.measure]

    @property
    def worst(self) -> tuple[Finding, Side, Side] | None:
        """The first finding, its lower side before its higher one."""
        if not self.found.findings:
            return None
        finding = self.found.findings[0]
        one, other = (self.found.sides[place] for place in finding.sides)
        if _lies_below(other, one, finding):
            one, other = other, one
        return finding, one, other

    @property
    def needed(self) -> Decimal | None:
        """The tolerance at which the worst pair would be near; None if it is not a conflict."""
        worst = self.worst
        if worst is None or worst[0].verdict is not Verdict.CONFLICT:
            return None
        ends = facing_readings(worst[1], worst[2])
        if ends is None or worst[0].break_even is None or worst[0].sigmas is not None:
            return None
        return break_even(*ends)


def _lies_below(one: Side, other: Side, finding: Finding) -> bool:
    """Whether a side lies below another, of two measurements by their values."""
    if finding.sigmas is not None and one.best is not None and other.best is not None:
        return one.best < other.best
    return high_end(one.reading) < low_end(other.reading)


def facing_readings(low: Side, high: Side) -> tuple[Decimal, Decimal] | None:
    """The ends of two readings that face each other, if they are apart."""
    if high_end(low.reading) < low_end(high.reading):
        assert low.reading.high is not None
        assert high.reading.low is not None
        return low.reading.high, high.reading.low
    return None


def no_unit(case: Case) -> str:
    """All figures measure one thing."""
    unit = case.found.unit
    if not unit:
        return "every figure is a count"
    return f"every figure is in {sign(unit)}, or converts to it"


def no_scope(case: Case) -> str:
    """All figures counted the same."""
    scope = case.own[0].scope
    return f"every figure has the scope {scope}" if scope else "no figure states a scope"


def no_stale(case: Case) -> str:
    """All dates can be compared."""
    if case.rules.kind is Kind.LEVEL:
        return f"no two dates are more than {case.rules.window} days apart"
    if case.rules.kind is Kind.FLOW:
        return "every dated figure is for the same period"
    return f"{_name(case)} is {_kind(case)}: its figures are compared whatever their dates"


def no_echo(case: Case) -> str:
    """Every figure is a voice of its own."""
    return f"no two sources go back to one origin: {case.found.origins} origins"


def no_agree(case: Case) -> str:
    """No readings overlap."""
    return _apart(case) or "no two comparable figures have readings that overlap"


def _apart(case: Case) -> str:
    """The readings of the worst pair, if they do not overlap."""
    worst = case.worst
    if worst is None or worst[0].verdict is not Verdict.CONFLICT:
        return ""
    finding, low, high = worst
    if finding.sigmas is not None:
        return f"no readings overlap; the worst pair is {sigmas(finding.sigmas)} apart"
    readings = f"{span(low.reading, low.unit)} and {span(high.reading, high.unit)}"
    return f"no readings overlap; the worst pair reads {readings}"


def no_near(case: Case) -> str:
    """Nothing apart meets once widened by the tolerance."""
    if not case.rules.tolerance:
        return "the tolerance is 0, so nothing is near"
    share, needed = percent(case.rules.tolerance), case.needed
    if needed is None:
        return f"no readings that are apart meet once each is widened by {share}"
    return f"each widened by {share}, none meet; the worst pair would need {threshold(needed)}"


def no_growth(case: Case) -> str:
    """Nothing has grown."""
    if case.rules.kind is not Kind.CUMULATIVE:
        return f"{_name(case)} is {_kind(case)}, not a running total"
    return "no higher figure can be the later one, beyond the tolerance"


def no_backwards(case: Case) -> str:
    """Nothing higher is earlier."""
    if case.rules.kind is not Kind.CUMULATIVE:
        return f"{_name(case)} is {_kind(case)}, which may fall"
    return "no higher figure, beyond the tolerance, is wholly earlier"


def no_disjoint(case: Case) -> str:
    """Nothing of one date is apart."""
    if case.rules.kind is Kind.CUMULATIVE:
        return "no two figures of one date, or of a date unknown, are apart beyond the tolerance"
    return "no two comparable figures are apart beyond the tolerance"


def no_self(_: Case) -> str:
    """No source contradicts itself."""
    return "no source gives two figures for one date that cannot both be right"


def no_revised(case: Case) -> str:
    """No source took a figure back."""
    if case.rules.kind is Kind.CUMULATIVE:
        return "no source lowered its own running total"
    if case.rules.kind is Kind.CONSTANT:
        return "no source changed its own figure"
    return f"{_name(case)} is {_kind(case)}, which may rise and fall"


def no_sum(case: Case) -> str:
    """Every whole fits its parts."""
    if not case.measure.parts:
        return f"{_name(case)} is not defined as a sum of parts"
    parts = " + ".join(case.measure.parts)
    return f"no source's own figure differs from its {parts} of that date beyond the tolerance"


def no_part(case: Case) -> str:
    """No part is more than another's whole."""
    if not case.measure.parts:
        return f"{_name(case)} is not defined as a sum of parts"
    return "no source's part is more than another's whole, beyond the tolerance"


def _name(case: Case) -> str:
    return case.found.measure or "the measure"


def _kind(case: Case) -> str:
    return KINDS[case.rules.kind]


KINDS = {
    Kind.CONSTANT: "a constant",
    Kind.CUMULATIVE: "a running total",
    Kind.LEVEL: "a level",
    Kind.FLOW: "a flow",
}
