"""Wholes, their sums and their parts equal the slow and plain way of putting them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, Hedge, Statement
from factlog.comparer import compare, pair_search, reading_of
from factlog.findings import MeasureComparison
from factlog.policy import Interval, Kind, Policy
from support.oracle import Stand, checks, disjoint, latest, rule, stands, tally, words
from support.strategies import NAMES, POLICIES, WITHIN, measures, records_of_wholes

Figure = tuple[str, str, object, Interval]


class Plain:
    """The figures of every measure, put together without any shortcut."""

    def __init__(self, claims: list[Claim], policy: Policy) -> None:
        self.claims = claims
        self.policy = policy

    def stated(self, name: str, statement: Statement | None = None) -> set[Figure]:
        return {figure for figure, _ in self._told(name, statement)}

    def open_ones(self, name: str, statement: Statement | None = None) -> set[Figure]:
        """Stated figures with an end nobody stated."""
        return {figure for figure, hedges in self._told(name, statement) if not bounded(hedges)}

    def _told(self, name: str, statement: Statement | None) -> list[tuple[Figure, set[Hedge]]]:
        """Each stated figure, and the hedges of the claims that were made one in it."""
        hedges = {claim.id or 0: claim.estimate.hedge for claim in self.claims}
        groups: dict[tuple[str, str, object], list[tuple[Interval, int]]] = {}
        for claim in self.claims:
            if claim.measure == name and statement in (None, claim.statement):
                meant = reading_of(claim.estimate, self.policy)
                groups.setdefault(place_of(claim), []).append((meant, claim.id or 0))
        return [
            ((*place, made), {hedges[number] for number in numbers})
            for place, each in groups.items()
            for made, numbers in grouped(each)
        ]

    def sums(self, name: str, statement: Statement | None = None) -> set[Figure]:
        """The sums of the parts, of one statement if given, else wherever they can be made."""
        parts = NAMES[name]
        if not parts:
            return set()
        if statement is not None:
            return added([self.figures(part, statement)[0] for part in parts])
        told = {c.statement: None for c in self.claims}
        of_statements = [f for one in told for f in self.sums(name, one)]
        done = {figure[:3] for figure in of_statements}
        of_dates = added([self.figures(part)[0] for part in parts])
        every = [*of_statements, *(f for f in of_dates if f[:3] not in done)]
        groups: dict[tuple[object, ...], list[tuple[Interval, int]]] = {}
        for figure in every:
            groups.setdefault(figure[:3], []).append((figure[3], 0))
        return {(*place, made) for place, each in groups.items() for made in merged(each)}  # type: ignore[misc]

    def figures(
        self, name: str, statement: Statement | None = None
    ) -> tuple[set[Figure], set[Figure]]:
        """Figures that count, and sums that only check them."""
        counted: set[Figure] = set()
        aside: set[Figure] = set()
        stated, sums = self.stated(name, statement), self.sums(name, statement)
        opened = self.open_ones(name, statement)
        for place in {figure[:3] for figure in stated | sums}:
            own = {f for f in stated if f[:3] == place}
            total = {f for f in sums if f[:3] == place}
            if not own or not total:
                counted |= own or total
            elif own - opened:
                counted |= own
                aside |= total
            else:
                # A second sum, which does not meet what the first was read together with, checks.
                together = grouped([(f[3], int(f in own)) for f in own | total])
                for made, ours in together:
                    (counted if any(ours) else aside).add((*place, made))
        return counted, aside


def place_of(claim: Claim) -> tuple[str, str, object]:
    when = claim.statement.when
    return claim.statement.source, claim.scope or "", when and when.days


def bounded(hedges: set[Hedge]) -> bool:
    """Whether both ends were stated, by one claim or by two that were made one."""
    if hedges & {Hedge.EXACT, Hedge.ABOUT}:
        return True
    return {Hedge.AT_LEAST, Hedge.LESS_THAN} <= hedges


def merged(each: list[tuple[Interval, int]]) -> list[Interval]:
    return [made for made, _ in grouped(each)]


def grouped(each: list[tuple[Interval, int]]) -> list[tuple[Interval, list[int]]]:
    made: list[tuple[Interval, list[int]]] = []
    for interval, number in sorted(each, key=lambda one: (low(one[0]), high(one[0]), one[1])):
        if made and not disjoint(made[-1][0], interval):
            made[-1] = (both(made[-1][0], interval), [*made[-1][1], number])
        else:
            made.append((interval, [number]))
    return made


def low(interval: Interval) -> tuple[Decimal, bool]:
    return Decimal("-inf") if interval.low is None else interval.low, interval.low_open


def high(interval: Interval) -> tuple[Decimal, bool]:
    return Decimal("inf") if interval.high is None else interval.high, not interval.high_open


def both(one: Interval, other: Interval) -> Interval:
    bottom = max(one, other, key=low)
    top = min(one, other, key=high)
    return Interval(bottom.low, top.high, bottom.low_open, top.high_open)


def added(parts: Iterable[set[Figure]]) -> set[Figure]:
    first, second = parts
    found = set()
    for place in {figure[:3] for figure in first}:
        one = [f[3] for f in first if f[:3] == place]
        other = [f[3] for f in second if f[:3] == place]
        if len(one) == len(other) == 1:
            found.add((*place, plus(one[0], other[0])))
    return found


def plus(one: Interval, other: Interval) -> Interval:
    bottom = None if one.low is None or other.low is None else one.low + other.low
    top = None if one.high is None or other.high is None else one.high + other.high
    return Interval(
        bottom,
        top,
        bottom is not None and (one.low_open or other.low_open),
        top is not None and (one.high_open or other.high_open),
    )


@pytest.mark.slow
@given(records_of_wholes(), POLICIES)
@settings(max_examples=200)
def test_the_figures_are_those_put_together_plainly(claims: list[Claim], policy: Policy) -> None:
    found = compare(claims, policy, measures(Kind.CUMULATIVE))
    compared = {each.measure: each for each in found.subjects[0].measures}
    plain = Plain(claims, policy)
    for name in NAMES:
        counted, aside = plain.figures(name)
        assert (name in compared) == bool(counted)
        if counted:
            sides = standing(compared[name], claims)
            out = checks(sides)
            assert {figure(s) for s in sides if s.place not in out} == counted
            assert {figure(s) for s in sides if s.place in out} == aside


def standing(found: MeasureComparison, claims: list[Claim]) -> list[Stand]:
    return stands(found, {claim.id or 0: claim for claim in claims}, found.kind)


def figure(stand: Stand) -> Figure:
    side = stand.side
    return side.source, side.scope or "", side.when and side.when.days, side.reading


@pytest.mark.slow
@pytest.mark.parametrize("few", [0, 1000], ids=["searched", "tried"])
@given(records_of_wholes(), st.sampled_from(Kind), POLICIES)
@settings(max_examples=150)
def test_sums_and_parts_are_those_found_plainly(
    few: int, claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    before = pair_search.FEW
    pair_search.FEW = few
    try:
        found = compare(claims, policy, measures(kind), limit=300)
    finally:
        pair_search.FEW = before
    compared = {each.measure: each for each in found.subjects[0].measures}
    sides = {name: standing(each, claims) for name, each in compared.items()}
    table = rule(kind, policy)
    for name, each in compared.items():
        within = [s for part in WITHIN.get(name, ()) for s in sides.get(part, [])]
        out = {part: checks(sides[part]) for part in WITHIN.get(name, ()) if part in sides}
        told = [s for s in within if s.place not in out[s.side.measure]]
        expected = tally(sides[name], table)
        expected["sum"] = sum(misfit(w, sides[name], told, table.tolerance) for w in sides[name])
        now = {part: latest(sides[part], kind) for part in out}
        judged = {id(s) for part in out for s in sides[part] if s.place in now[part]}
        live = [s for s in told if kind is not Kind.CONSTANT or id(s) in judged]
        expected["part"] = exceeding(sides[name], live, table.tolerance, kind)
        assert words(each.counts) == +expected
        kinds = Counter(f.kind for f in each.findings)
        assert (kinds["part"], kinds["sum"]) == (expected["part"], expected["sum"])
        for finding in each.findings:
            if finding.kind == "part":
                assert each.sides[finding.sides[1]].measure in WITHIN[name]


def misfit(whole: Stand, sides: list[Stand], parts: list[Stand], tolerance: object) -> bool:
    aside = checks(sides)
    if not whole.own:
        return False
    totals = [s for s in sides if s.place in aside and alike(s, whole)]
    if not whole.side.derived and totals and all(off(whole, t, tolerance) for t in totals):
        return True
    return any(alike(part, whole) and below(whole, part, tolerance) for part in parts)


def alike(one: Stand, other: Stand) -> bool:
    return one.series == other.series and one.days == other.days


def off(one: Stand, other: Stand, tolerance: object) -> bool:
    return disjoint(one.side.reading, other.side.reading, tolerance)  # type: ignore[arg-type]


def below(one: Stand, other: Stand, tolerance: object) -> bool:
    """Whether one lies wholly below the other."""
    if not off(one, other, tolerance):
        return False
    return low(one.side.reading) < low(other.side.reading)


def exceeding(sides: list[Stand], parts: list[Stand], tolerance: object, kind: Kind) -> int:
    aside = checks(sides)
    last = latest(sides, kind)
    wholes = [
        s for s in sides if s.place not in aside and (kind is not Kind.CONSTANT or s.place in last)
    ]
    return sum(
        below(whole, part, tolerance) and in_time(whole, part, kind)
        for whole in wholes
        for part in parts
        if whole.source != part.source and whole.origin != part.origin and whole.scope == part.scope
    )


def in_time(whole: Stand, part: Stand, kind: Kind) -> bool:
    if kind is not Kind.CUMULATIVE:
        return whole.days == part.days
    if whole.days is None or part.days is None:
        return True
    return part.days[1] <= whole.days[0]
