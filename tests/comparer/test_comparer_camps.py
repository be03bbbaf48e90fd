"""Camps: the fewest that hold everyone contradicted, none holding two who contradict."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim, Hedge
from factlog.comparer import camps as room_of_camps
from factlog.comparer.camps import camps, contested
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Rules
from factlog.policy import Kind, Policy
from support.records import Record, judged, more_than
from support.sides import conflict, figures
from support.strategies import POLICIES, claims_of

PLAIN = Policy()


def fewest(parties: list[SourceFigure], rules: Rules) -> int:
    """The least number of groups without conflict, by trying."""
    groups: list[list[SourceFigure]] = []
    best = len(parties)

    def place(n: int) -> None:
        nonlocal best
        if len(groups) >= best:
            return
        if n == len(parties):
            best = len(groups)
            return
        for group in [*groups, []]:
            if all(not conflict(parties[n], each, rules) for each in group):
                if not group:
                    groups.append(group)
                group.append(parties[n])
                place(n + 1)
                group.pop()
                if not group:
                    groups.pop()

    place(0)
    return best


KINDS = st.sampled_from(Kind)
CLAIMS = st.lists(claims_of(), min_size=1, max_size=9)


@given(CLAIMS, KINDS, POLICIES)
def test_everyone_contradicted_is_in_one_camp_and_nobody_beside_a_rival(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    sides, rules = figures(claims, kind, policy)
    found, alone = camps(sides, rules)
    current = [entry for entry in sides if entry.side.current]
    by_place = {entry.place: entry for entry in current}
    rivals = {
        entry.place
        for one, other in combinations(current, 2)
        if one.source != other.source and conflict(one, other, rules)
        for entry in (one, other)
    }
    held = [place for camp in found for place in camp.sides]
    assert sorted(held) == sorted(rivals)
    assert sorted([*held, *alone]) == sorted(by_place)
    for camp in found:
        for one, other in combinations(camp.sides, 2):
            assert not conflict(by_place[one], by_place[other], rules)


@given(CLAIMS, st.sampled_from([Kind.CONSTANT, Kind.CUMULATIVE]), POLICIES)
def test_where_conflict_is_an_order_there_are_no_fewer_camps(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    sides, rules = figures(claims, kind, policy)
    found, _ = camps(sides, rules)
    places = {place for camp in found for place in camp.sides}
    cells: dict[object, list[SourceFigure]] = {}
    for entry in sides:
        if entry.place in places:
            cells.setdefault((entry.dimension, entry.scope), []).append(entry)
    if all(room_of_camps._ordered(cell, rules) for cell in cells.values()):
        assert len(found) == sum(fewest(cell, rules) for cell in cells.values())


@given(CLAIMS, KINDS, POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_no_camp(
    claims: list[Claim], kind: Kind, policy: Policy, random: Random
) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    one, other = (
        [
            (camp.low, camp.high, camp.sources, camp.origins)
            for camp in camps(*figures(each, kind, policy))[0]
        ]
        for each in (claims, shuffled)
    )
    assert one == other


def test_the_ends_of_a_camp_are_the_lowest_and_the_highest_that_were_stated() -> None:
    record = Record().say("A", 1200, "2025-01-01").say("B", more_than(3000), "2025-01-02")
    (_, upper) = judged(record.say("C", 900, "2025-01-03"), Kind.CUMULATIVE).camps
    assert (upper.low, upper.high) == (Decimal(1200), Decimal(3000))


@given(st.lists(claims_of(), max_size=25), st.sampled_from([Kind.CONSTANT, Kind.CUMULATIVE]))
@settings(max_examples=200)
def test_sweeping_finds_what_trying_each_camp_finds(claims: list[Claim], kind: Kind) -> None:
    if not claims:
        return
    sides, rules = figures(claims, kind)
    for cell in room_of_camps._cells(entry for entry in sides if entry.side.current):
        if room_of_camps._ordered(cell, rules):
            below = room_of_camps._below(cell, rules)
            fit = room_of_camps._first_fit(cell, below, range(len(cell)))
            assert room_of_camps._heights(cell, rules) == [fit[n] for n in range(len(cell))]
            rivals = room_of_camps._swept_rivals(cell, rules)
            assert rivals == room_of_camps._tried_rivals(cell, below)


MEASURED = claims_of(hedges=(Hedge.EXACT, *[Hedge.PLUS_MINUS] * 4))


@given(st.lists(MEASURED, min_size=1, max_size=40), KINDS, POLICIES)
@settings(max_examples=200)
def test_measurements_below_each_are_those_that_the_table_has_contradict_it(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    sides, rules = figures(claims, kind, policy)
    for cell in room_of_camps._cells(entry for entry in sides if entry.judged):
        below = room_of_camps._below(cell, rules)
        places = [n for n, entry in enumerate(cell) if entry.measurement]
        for one, other in combinations(places, 2):
            against = conflict(cell[one], cell[other], rules)
            assert [below[one] >> other & 1, below[other] >> one & 1] == [against, against]


@given(CLAIMS, KINDS, POLICIES)
def test_contested_are_those_some_other_source_contradicts(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    sides, rules = figures(claims, kind, policy)
    pairs = combinations(sides, 2)
    rivals = {
        entry.place
        for one, other in pairs
        if one.source != other.source and conflict(one, other, rules)
        for entry in (one, other)
    }
    assert sorted(entry.place for entry in contested(sides, rules)) == sorted(rivals)


@pytest.mark.parametrize(
    ("kind", "dates", "expected"),
    [
        (Kind.CUMULATIVE, ("2025-01-01", "2025-01-31", "2025-02-01"), ["2025-01-01"]),
        (Kind.CUMULATIVE, ("2025-01-02", "2025-01", "../2025-02-01"), []),
        (Kind.CUMULATIVE, ("2024-01", "2024-01-01/..", "2025-06-01"), ["2024-01"]),
        (Kind.CUMULATIVE, (None, "2024-01-01", "2025-06-01"), ["2024-01-01"]),
        (Kind.LEVEL, ("2024-01-01", "2025-06-01"), ["2024-01-01"]),
        (Kind.CONSTANT, ("2024-01-01", "2025-06-01"), []),
        (Kind.CUMULATIVE, (None, None), []),
        (Kind.CUMULATIVE, ("2024-01-05", "2024-01-06", "2024-01-01/2024-12-31"), []),
        (
            Kind.CUMULATIVE,
            ("2010-01-05", "2015-01-01/2015-12-31", "2024-01-01/2024-12-31"),
            ["2015-01-01/2015-12-31", "2010-01-05"],
        ),
        (
            Kind.CUMULATIVE,
            ("2023-01-01/2023-12-31", "2024-01-01/2024-12-31"),
            ["2023-01-01/2023-12-31"],
        ),
    ],
)
def test_what_was_said_too_long_before_the_latest_is_past(
    kind: Kind, dates: tuple[str | None, ...], expected: list[str]
) -> None:
    record = Record()
    for n, date in enumerate(dates):
        record.say("ABC"[n], 10, date)
    found = judged(record, kind)
    assert [said.said for n in found.past if (said := found.sides[n].when)] == expected


def test_what_another_contradicts_is_never_past() -> None:
    record = Record()
    for source, value, date in (
        ("A", 10, "2024-01-01"),
        ("B", 9, "2024-02-01"),
        ("C", 8, "2023-12-01"),
        ("D", 90, "2025-06-01"),
    ):
        record.say(source, value, date)
    found = judged(record, Kind.CUMULATIVE)
    assert [found.sides[n].source for n in found.past] == ["C"]
    assert [camp.sources for camp in found.camps] == [("B",), ("A",)]
