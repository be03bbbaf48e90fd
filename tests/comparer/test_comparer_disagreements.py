"""Disagreements: the conflicts of two sources told once, with their count, dates and worst."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim
from factlog.comparer import compare
from factlog.comparer import disagreements as room
from factlog.comparer.camps import camps
from factlog.comparer.disagreements import disputes
from factlog.comparer.rules import paired
from factlog.comparer.sides import SourceFigure
from factlog.comparer.verdicts import Key, Pair, Rules
from factlog.findings import MeasureComparison
from factlog.policy import Kind, Policy
from support.records import Record, judged, measure_of
from support.sides import conflict, figures
from support.strategies import POLICIES, claims_of

FERRY = (
    ("Interior Ministry", 47),
    ("hospital sources", 52),
    ("officials", 63),
    ("Leila Haddad", 63),
    ("Red Crescent", 71),
)


def ferry() -> MeasureComparison:
    record = Record()
    for source, number in FERRY:
        record.say(source, number, "2026-03-13")
    return judged(record, Kind.CUMULATIVE)


def made_pair(one: SourceFigure, other: SourceFigure, rules: Rules) -> Pair:
    made = paired(one, other, rules)
    assert made
    return made


@given(st.lists(claims_of(), min_size=1, max_size=40), st.sampled_from(Kind), POLICIES)
@settings(max_examples=150)
def test_every_conflict_of_two_sources_is_in_their_disagreement(
    claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    sides, rules = figures(claims, kind, policy)
    pairs: Counter[frozenset[str]] = Counter()
    keys: dict[frozenset[str], list[Key]] = {}
    dates: dict[frozenset[str], list[object]] = {}
    for one, other in combinations(sides, 2):
        if one.source != other.source and conflict(one, other, rules):
            both = frozenset((one.source, other.source))
            pairs[both] += 1
            keys.setdefault(both, []).append(made_pair(one, other, rules).key)
            found = [side.when for side in (one.side, other.side) if side.when]
            dates.setdefault(both, []).extend(found)
    for way in (disputes(sides, [], rules), room._by_sources(sides, (), rules, 60)):
        told = {frozenset(entry.source for entry in each.worst[0].figures): each for each in way}
        assert Counter({both: each.count for both, each in told.items()}) == pairs
        for both, each in told.items():
            firsts = [when.days[0] for when in dates[both]]  # type: ignore[attr-defined]
            lasts = [when.days[1] for when in dates[both]]  # type: ignore[attr-defined]
            assert (each.first.days[0] if each.first else None) == min(firsts, default=None)
            assert (each.last.days[1] if each.last else None) == max(lasts, default=None)
    for each in room._by_sources(sides, (), rules, 60):
        both = frozenset(entry.source for entry in each.worst[0].figures)
        assert [pair.key for pair in each.worst] == sorted(keys[both])[: room._KEPT]


def test_no_claim_is_the_worst_of_more_than_two_of_those_shown_first() -> None:
    found = ferry().disagreements
    assert len(found) == 9  # of ten pairs of sources two say the same
    shown = [found[n].worst.sides for n in range(4)]
    assert max(Counter(place for sides in shown for place in sides).values()) == 2


def test_both_parties_are_named_the_lower_first() -> None:
    worst = ferry().disagreements[0]
    assert worst.sources == ("Interior Ministry", "Red Crescent")
    assert (worst.kind, worst.pairs, worst.worst.gap) == ("disjoint", 1, Decimal(24))


def test_a_part_above_another_sources_whole_is_part_of_their_disagreement() -> None:
    record = Record()
    record.say("A", 100, "2025-01-02", measure="casualties")
    record.say("B", 150, "2025-01-01", measure="killed")
    (found,) = measure_of(compare(record.claims), "casualties").disagreements
    assert (found.sources, found.kind, found.pairs) == (("A", "B"), "part", 1)


def test_one_source_alone_has_no_disagreement() -> None:
    record = Record().say("A", 1, "2025-01-01").say("A", 2, "2025-01-01")
    found = judged(record)
    assert (found.disagreements, found.camps, found.uncontested) == ((), (), (0, 1))


def test_thousands_of_figures_of_few_sources_take_no_step_a_pair() -> None:
    record = Record()
    for n in range(4000):
        about = 1000 + n // 20 * 20 + n * 7919 % 997
        record.say(f"source {n % 40}", about, f"20{n // 200 + 10}-{n // 20 % 12 + 1:02}-01")
    sides, rules = figures(record.claims, Kind.CUMULATIVE)
    begun = process_time()
    told = disputes(sides, [], rules)
    assert process_time() - begun < 25
    assert len(told) == 780


def test_thousands_of_sources_take_no_step_a_pair() -> None:
    record = Record()
    for n in range(2000):
        record.say(f"source {n}", 1 + n * 7919 % 100_003, f"20{n % 20 + 10}-01-0{n % 9 + 1}")
    sides, rules = figures(record.claims, Kind.CUMULATIVE)
    begun = process_time()
    found, _ = camps(sides, rules)
    told = disputes(sides, [], rules)
    assert process_time() - begun < 8
    assert len(found) > 10
    assert 0 < len(told) <= 200
