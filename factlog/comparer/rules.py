"""Reasons: what each rule of the table asks, and why it did not fire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from factlog.comparer.sides import high_end, low_end
from factlog.comparer.verdicts import Rules, break_even
from factlog.findings import Finding, MeasureComparison, Side, Verdict
from factlog.policy import Kind, Measure
from factlog.wording import percent, sign, span, threshold

# Every rule, in the order the table asks them; kinds of `revised` are one rule.
RULES: tuple[tuple[Verdict, str | None, str], ...] = (
    (Verdict.NOT_COMPARED, "unit", "figures of different dimensions are not compared"),
    (Verdict.NOT_COMPARED, "scope", "figures that counted different things are not compared"),
    (Verdict.NOT_COMPARED, "stale", "figures of times too far apart are not compared"),
    (Verdict.ECHO, None, "figures that go back to one origin are one voice"),
    (Verdict.AGREE, None, "figures whose readings overlap agree"),
    (Verdict.NEAR, None, "figures whose readings overlap within the tolerance are near"),
    (Verdict.GROWTH, None, "a running total that is higher later has grown"),
    (Verdict.CONFLICT, "backwards", "a running total that is higher earlier cannot be right"),
    (Verdict.CONFLICT, "disjoint", "figures that no number satisfies cannot both be right"),
    (Verdict.CONFLICT, "self", "one source cannot give two figures for one date"),
    (Verdict.REVISED, None, "a source may take back its own earlier figure"),
    (Verdict.CONFLICT, "sum", "a whole must be what its own parts add up to"),
    (Verdict.CONFLICT, "part", "one source's part cannot be more than another's whole"),
)


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
        if high_end(other.reading) < low_end(one.reading):
            one, other = other, one
        return finding, one, other

    @property
    def needed(self) -> Decimal | None:
        """The tolerance at which the worst pair would be near; None if it is not a conflict."""
        worst = self.worst
        if worst is None or worst[0].verdict is not Verdict.CONFLICT:
            return None
        ends = facing_readings(worst[1], worst[2])
        if ends is None or worst[0].break_even is None:
            return None
        return break_even(*ends)


def facing_readings(low: Side, high: Side) -> tuple[Decimal, Decimal] | None:
    """The ends of two readings that face each other, if they are apart."""
    if high_end(low.reading) < low_end(high.reading):
        assert low.reading.high is not None
        assert high.reading.low is not None
        return low.reading.high, high.reading.low
    return None


def times(found: MeasureComparison, verdict: Verdict, kind: str | None) -> int:
    """How often a rule fired; of two kinds the counts hold together, those spelled out."""
    if verdict is Verdict.CONFLICT and kind in ("backwards", "disjoint"):
        if found.kind is not Kind.CUMULATIVE:
            return found.counts.conflict if kind == "disjoint" else 0
        return sum(f.verdict is verdict and f.kind == kind for f in found.findings)
    return int(getattr(found.counts, kind or verdict.value))


def reason(verdict: Verdict, kind: str | None, case: Case) -> str:
    """Why a rule did not fire."""
    within = kind in ("self", "sum", "part") or verdict is Verdict.REVISED
    sources = {side.source for side in case.own}
    if len(sources) == 1 and not within:
        return f"{sources.pop()} is the only source"
    return _REASONS[verdict, kind](case)


def _unit(case: Case) -> str:
    unit = case.found.unit
    if not unit:
        return "every figure is a count"
    return f"every figure is in {sign(unit)}, or converts to it"


def _scope(case: Case) -> str:
    scope = case.own[0].scope
    return f"every figure has the scope {scope}" if scope else "no figure states a scope"


def _stale(case: Case) -> str:
    if case.rules.kind is Kind.LEVEL:
        return f"no two dates are more than {case.rules.window} days apart"
    if case.rules.kind is Kind.FLOW:
        return "every dated figure is for the same period"
    return f"{_name(case)} is {_kind(case)}: its figures are compared whatever their dates"


def _echo(case: Case) -> str:
    return f"no two sources go back to one origin: {case.found.origins} origins"


def _agree(case: Case) -> str:
    return _apart(case) or "no two comparable figures have readings that overlap"


def _apart(case: Case) -> str:
    """The readings of the worst pair, if they do not overlap."""
    worst = case.worst
    if worst is None or worst[0].verdict is not Verdict.CONFLICT:
        return ""
    _, low, high = worst
    readings = f"{span(low.reading, low.unit)} and {span(high.reading, high.unit)}"
    return f"no readings overlap; the worst pair reads {readings}"


def _near(case: Case) -> str:
    if not case.rules.tolerance:
        return "the tolerance is 0, so nothing is near"
    share = f"the tolerance of {percent(case.rules.tolerance)}"
    needed = case.needed
    if needed is None:
        return f"no readings that are apart come within {share}"
    return f"widened by {share}, no readings meet; the worst pair would need {threshold(needed)}"


def _growth(case: Case) -> str:
    if case.rules.kind is not Kind.CUMULATIVE:
        return f"{_name(case)} is {_kind(case)}, not a running total"
    return "no higher figure can be the later one, beyond the tolerance"


def _backwards(case: Case) -> str:
    if case.rules.kind is not Kind.CUMULATIVE:
        return f"{_name(case)} is {_kind(case)}, which may fall"
    return "no higher figure, beyond the tolerance, is wholly earlier"


def _disjoint(case: Case) -> str:
    if case.rules.kind is Kind.CUMULATIVE:
        return "no two figures of one date, or of a date unknown, are apart beyond the tolerance"
    return "no two comparable figures are apart beyond the tolerance"


def _self(_: Case) -> str:
    return "no source gives two figures for one date that cannot both be right"


def _revised(case: Case) -> str:
    if case.rules.kind is Kind.CUMULATIVE:
        return "no source lowered its own running total"
    if case.rules.kind is Kind.CONSTANT:
        return "no source changed its own figure"
    return f"{_name(case)} is {_kind(case)}, which may rise and fall"


def _sum(case: Case) -> str:
    if not case.measure.parts:
        return f"{_name(case)} is not defined as a sum of parts"
    parts = " + ".join(case.measure.parts)
    return f"no source's own figure differs from its {parts} of that date beyond the tolerance"


def _part(case: Case) -> str:
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

_REASONS: dict[tuple[Verdict, str | None], Callable[[Case], str]] = {
    (Verdict.NOT_COMPARED, "unit"): _unit,
    (Verdict.NOT_COMPARED, "scope"): _scope,
    (Verdict.NOT_COMPARED, "stale"): _stale,
    (Verdict.ECHO, None): _echo,
    (Verdict.AGREE, None): _agree,
    (Verdict.NEAR, None): _near,
    (Verdict.GROWTH, None): _growth,
    (Verdict.CONFLICT, "backwards"): _backwards,
    (Verdict.CONFLICT, "disjoint"): _disjoint,
    (Verdict.CONFLICT, "self"): _self,
    (Verdict.REVISED, None): _revised,
    (Verdict.CONFLICT, "sum"): _sum,
    (Verdict.CONFLICT, "part"): _part,
}
