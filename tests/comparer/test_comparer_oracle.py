"""The counts and the list of findings equal judging every pair by the table."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factlog.claim import Claim
from factlog.comparer import compare, pair_search
from factlog.policy import Kind, Measure, Policy
from support.oracle import findings, latest, overlaps, rule, stands, tally, words
from support.records import measure_of
from support.strategies import KINDS, POLICIES, records


@pytest.mark.slow
@pytest.mark.parametrize("few", [0, 1000], ids=["searched", "tried"])
@given(records(), KINDS, POLICIES)
@settings(max_examples=150)
def test_everything_equals_judging_every_pair(
    few: int, claims: list[Claim], kind: Kind, policy: Policy
) -> None:
    before = pair_search.FEW
    pair_search.FEW = few
    try:
        found = measure_of(compare(claims, policy, [Measure("n", kind)], limit=200))
    finally:
        pair_search.FEW = before
    by_number = {claim.id or 0: claim for claim in claims}
    sides, table = stands(found, by_number, kind), rule(kind, policy)
    assert words(found.counts) == tally(sides, table)
    expected = Counter((*findings(sides, table), *overlaps(sides, table)))
    spelled = Counter(
        (f.verdict.value, f.kind, frozenset(f.sides))
        for f in found.findings
        if f.verdict.value != "revised"
    )
    assert spelled == expected
    assert {s.place for s in sides if s.side.current} == latest(sides, kind)


@given(records(), KINDS, POLICIES, st.integers(0, 12))
@settings(max_examples=100)
def test_a_limit_cuts_the_list_and_nothing_else(
    claims: list[Claim], kind: Kind, policy: Policy, limit: int
) -> None:
    whole = measure_of(compare(claims, policy, [Measure("n", kind)], limit=None))
    before = pair_search.FEW
    pair_search.FEW = 0
    try:
        cut = measure_of(compare(claims, policy, [Measure("n", kind)], limit=limit))
    finally:
        pair_search.FEW = before
    assert cut.findings == whole.findings[:limit]
    assert (cut.counts, cut.verdict, cut.sides) == (whole.counts, whole.verdict, whole.sides)
