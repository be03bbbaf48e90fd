"""The worst findings of many sides, searched for, are those that trying every pair finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from time import process_time
from typing import Any

import pytest

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.comparer import compare, explain, pair_search
from factlog.comparer.comparison import Selection, Vocabulary, compared
from factlog.findings import MeasureComparison, Verdict
from factlog.policy import Kind, Measure, Policy
from support.records import measure_of

START = date(2024, 1, 1)


def record(size: int, seed: int, sources: int) -> list[Claim]:
    """A total that grows by fits and starts, told by sources who err and cite each other."""
    dice = Random(seed)
    return [_claim(number, dice, sources) for number in range(1, size + 1)]


def _claim(number: int, dice: Random, sources: int) -> Claim:
    days = dice.randrange(200)
    first = START + timedelta(days=days)
    last = first + timedelta(days=dice.choice([0, 0, 0, 0, 30]))
    when = Period("then", first, last) if dice.random() < 0.95 else None
    size = Decimal(int((days + 20) * dice.uniform(0.8, 1.2)) * 10)
    kind = dice.random()
    if kind < 0.8:
        estimate = Estimate(dice.choice([Hedge.EXACT, Hedge.ABOUT]), best=size)
    else:
        estimate = Estimate(Hedge.RANGE, low=size, high=size + dice.randrange(100))
    return Claim(
        Statement("a war", f"source {dice.randrange(sources)}", as_of=when),
        "said",
        estimate,
        dice.choice(["n", "n", "n", "part"]),
        scope=dice.choice([None, None, None, "K"]),
        origin=dice.choice([None, None, None, "source 1", "X"]),
        id=number,
    )


@contextmanager
def trying_up_to(few: int) -> Iterator[None]:
    before, pair_search.FEW = pair_search.FEW, few
    try:
        yield
    finally:
        pair_search.FEW = before


@pytest.mark.slow
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("sources", [3, 200])
def test_a_search_finds_what_trying_every_pair_finds(kind: Kind, sources: int) -> None:
    claims = record(260, 7, sources)
    measures = [Measure("n", kind, ("part",), window=5), Measure("part", kind)]
    for only in (None, Verdict.CONFLICT, Verdict.NEAR, Verdict.ECHO, Verdict.AGREE,
                 Verdict.GROWTH, Verdict.NOT_COMPARED):  # fmt: skip
        with trying_up_to(0):
            searched = measure_of(compare(claims, measures=measures, limit=40, only=only))
        with trying_up_to(10_000):
            tried = measure_of(compare(claims, measures=measures, limit=40, only=only))
        assert searched == tried
        assert len(searched.findings) == 40 or only is not None


def test_the_list_is_cut_from_the_whole_one() -> None:
    claims = record(120, 3, 10)
    whole = measure_of(compare(claims, limit=None))
    assert len(whole.findings) == sum(
        getattr(whole.counts, name)
        for name in ("agree", "near", "growth", "echo", "conflict", "self", "sum", "part",
                     "revised", "stale", "scope", "unit")
    )  # fmt: skip
    assert measure_of(compare(claims, limit=7)).findings == whole.findings[:7]


def test_findings_can_be_asked_for_by_claim() -> None:
    claims = record(120, 5, 10)
    kinds = [Measure("n", Kind.CUMULATIVE, ("part",)), Measure("part", Kind.CUMULATIVE)]
    whole = measure_of(compare(claims, measures=kinds, limit=None))
    part = next(c.id or 0 for c in claims if c.measure == "part")
    for about in ({1, 2}, {part}, set()):
        some = measure_of(compare(claims, measures=kinds, limit=None, about=about))
        touching = [
            f
            for f in whole.findings
            if any(set(whole.sides[place].claims) & about for place in f.sides)
        ]
        assert [(f.verdict, f.why) for f in some.findings] == [(f.verdict, f.why) for f in touching]
        assert some.counts == whole.counts


def test_a_big_subject_is_compared_without_a_step_per_pair() -> None:
    claims = [replace(claim, measure="n", scope=None) for claim in record(6000, 11, 3000)]
    began = process_time()
    found = measure_of(compare(claims, measures=[Measure("n", Kind.CUMULATIVE)]))
    # Trying each of the 18 million pairs would take minutes.
    assert process_time() - began < 40
    assert found.counts.compared > 15_000_000
    assert len(found.findings) == 20


def test_one_wire_told_by_thousands_is_compared_without_a_step_per_pair() -> None:
    claims = [replace(claim, measure="n", scope=None, origin="X") for claim in record(1, 1, 1)]
    claims = [
        replace(each, id=number, statement=replace(each.statement, source=f"source {number}"))
        for each in claims
        for number in range(1, 4001)
    ]
    began = process_time()
    found = measure_of(compare(claims))
    # Trying each of the 8 million pairs would take most of a minute.
    assert process_time() - began < 25
    assert found.counts.echo == 4000 * 3999 // 2
    assert [each.sides for each in found.findings] == [(0, other) for other in range(1, 21)]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("limit", "size"), [(1, 120), (30, 120), (30, 400)])
def test_the_worst_of_every_side_can_be_asked_for(kind: Kind, limit: int, size: int) -> None:
    claims = record(size, 5, 10)
    measures = [Measure("n", kind, ("part",), window=5), Measure("part", kind)]
    whole = measure_of(compare(claims, measures=measures, limit=None))
    some = measure_of(compare(claims, measures=measures, limit=limit, each_side=True))
    own = [place for place, side in enumerate(some.sides) if side.measure == "n"]
    assert [_worst(some, place) for place in own] == [_worst(whole, place) for place in own]
    assert len(some.findings) < limit + len(own)
    first, expected = ([each.why for each in one.findings[:limit]] for one in (some, whole))
    assert first == expected


@pytest.mark.parametrize("most", [0, 1, 5])
def test_the_first_findings_of_each_kind_say_why_as_they_do_among_all(most: int) -> None:
    claims, known = record(120, 5, 10), Vocabulary.of([Measure("n", Kind.CUMULATIVE)])
    every, some = (
        measure_of(compared(claims, Policy(), known, Selection(reasons=reasons), None))
        for reasons in (None, most)
    )
    seen = Counter[object]()
    for whole, each in zip(every.findings, some.findings, strict=True):
        seen[each.verdict, each.kind] += 1
        told = seen[each.verdict, each.kind] <= most
        assert each == (whole if told else replace(whole, why=""))
    assert len(seen) > 4
    assert not most or some.disagreements == every.disagreements


def _worst(found: MeasureComparison, place: int) -> tuple[Verdict, str] | None:
    told = ((each.verdict, each.why) for each in found.findings if place in each.sides)
    return next(told, None)


def level(size: int) -> list[Claim]:
    """Figures of 400 sources on sixty days, that differ widely, half of them hedged."""
    dice = Random(4)

    def claim(number: int) -> Claim:
        day = START + timedelta(days=dice.randrange(60))
        told = Statement("a camp", f"{dice.randrange(400)}", as_of=Period("then", day, day))
        hedge = dice.choice([Hedge.EXACT, Hedge.ABOUT])
        value = Decimal(dice.randrange(50_000, 150_000))
        return Claim(told, "said", Estimate(hedge, best=value), "n", id=number)

    return [claim(number) for number in range(1, size + 1)]


def pairs_tried(size: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many pairs are judged one by one to explain a level."""
    tried = 0
    judged = vars(pair_search)["paired"]

    def counting(*words: Any) -> Any:
        nonlocal tried
        tried += 1
        return judged(*words)

    with monkeypatch.context() as patched:
        patched.setattr(pair_search, "paired", counting)
        explain(level(size), measures=[Measure("n", Kind.LEVEL)])
    return tried


def test_twice_the_claims_of_a_level_take_no_more_than_about_twice_the_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few, many = (pairs_tried(size, monkeypatch) for size in (1500, 3000))
    assert many < 2.5 * few
    assert many < 25 * 3000  # of four and a half million
