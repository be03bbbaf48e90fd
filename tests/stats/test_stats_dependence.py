"""Who agrees too often to be a voice of its own, told from agreement alone."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.stats import dependence
from factlog.stats.dependence import dependent, joined, pairs_of

Figures = list[list[int]]  # of each item what each source says; -1 for nothing


def groups(figures: Figures) -> list[int]:
    """The groups of sources that say something."""
    said = [
        (item, source, figure)
        for item, row in enumerate(figures)
        for source, figure in enumerate(row)
        if figure >= 0
    ]
    choices = {each: n for n, each in enumerate(sorted({(i, f) for i, _, f in said}))}
    rows = [(item, source, choices[item, figure]) for item, source, figure in said]
    return list(dependent(*np.array(rows, np.intp).T).tolist())


def made(seed: int, items: int, rates: list[float], shared: float = 0.0) -> Figures:
    """What independent sources say, who hit 0 so often; misses are 1, or any number."""
    chance = random.Random(seed)
    return [
        [
            0 if chance.random() < rate else 1 if chance.random() < shared else chance.randrange(99)
            for rate in rates
        ]
        for _ in range(items)
    ]


@pytest.mark.parametrize("items", [30, 300, 3000])
@pytest.mark.parametrize(
    ("rates", "shared"),
    [
        ([0.6] * 8, 0.0),
        ([0.95] * 8, 0.0),
        ([0.99, 0.99, 0.2, 0.2, 0.2], 0.0),
        ([0.3, 0.5, 0.7, 0.9, 0.95], 0.5),
        ([0.9] * 4 + [0.4] * 4, 0.5),
        ([1.0, 1.0, 0.0, 0.0, 0.0], 0.0),
        ([1.0, 1.0, 1.0, 0.0, 0.0], 0.0),
        ([1.0, 1.0], 0.0),
        ([1.0] * 5, 0.0),
    ],
)
def test_independent_sources_are_voices_of_their_own(
    rates: list[float], shared: float, items: int
) -> None:
    for seed in range(5):
        assert groups(made(seed, items, rates, shared)) == [*range(len(rates))]


@pytest.mark.parametrize("items", [100, 300, 3000])
@pytest.mark.parametrize(
    ("knowing", "others", "shared"),
    [(2, 3, 0.0), (2, 6, 0.3), (3, 8, 0.0), (5, 5, 0.3), (4, 20, 0.3)],
)
def test_those_who_know_what_is_hard_to_know_are_voices_of_their_own(
    knowing: int, others: int, shared: float, items: int
) -> None:
    for seed in range(5):
        easy = made(seed, items * 3 // 5, [0.98] * (knowing + others), shared)
        hard = made(seed, items * 2 // 5, [0.98] * knowing + [0.2] * others, shared)
        assert groups(easy + hard) == [*range(knowing + others)]


def copied(seed: int, items: int, others: int = 5) -> Figures:
    """What a source says, two others that copy it, and some that do not."""
    return [[row[0]] * 2 + row for row in made(seed, items, [0.6] * (1 + others))]


@pytest.mark.parametrize("seed", range(5))
def test_of_few_items_nothing_is_told(seed: int) -> None:
    assert groups(copied(seed, items=12)) == [0, 0, 0, 3, 4, 5, 6, 7]
    assert groups(copied(seed, items=11)) == [*range(8)]


@pytest.mark.parametrize("items", [12, 30, 100, 300])
@pytest.mark.parametrize("camps", [(2, 2), (3, 3), (4, 4), (5, 3), (2, 2, 2), (3, 3, 3)])
@pytest.mark.parametrize("apart", [0.3, 0.5, 0.8])
def test_of_camps_that_bear_each_other_out_none_is_told(
    camps: tuple[int, ...], items: int, apart: float
) -> None:
    """Each goes by a definition of its own, which makes no difference in some of the items."""
    for seed, rate in enumerate((1.0, 0.97, 0.93, 0.97, 0.93)):
        chance = random.Random(seed)
        figures: Figures = []
        for _ in range(items):
            differ = chance.random() < apart
            given = [camp * differ for camp, size in enumerate(camps) for _ in range(size)]
            figures.append(
                [f if chance.random() < rate else chance.randrange(9, 99) for f in given]
            )
        assert groups(figures) == [*range(sum(camps))]


@pytest.mark.parametrize("items", [100, 300, 3000])
@pytest.mark.parametrize("slips", [0.0, 0.04])
@pytest.mark.parametrize(("copies", "others"), [(2, 5), (4, 4), (5, 3)])
def test_copies_are_one_voice(items: int, slips: float, copies: int, others: int) -> None:
    for seed in range(5):
        chance = random.Random(seed)
        figures = made(seed, items, [0.6] * (1 + others))
        for row in figures:
            row += [row[0] if chance.random() >= slips else 50 for _ in range(copies)]
        found = groups(figures)
        assert found[1 + others :] == [0] * copies
        assert found[: 1 + others] == [*range(1 + others)]


@pytest.mark.parametrize(
    ("rate", "others", "items"),
    [(0.85, 4, 300), (0.85, 6, 300), (0.9, 12, 1000), (0.9, 6, 1000), (0.9, 4, 3000)],
)
def test_copies_are_one_voice_beside_others_who_are_mostly_right(
    rate: float, others: int, items: int
) -> None:
    for seed in range(5):
        figures = [row[:1] * 3 + row for row in made(seed, items, [0.7] + [rate] * others)]
        assert groups(figures) == [0] * 4 + [*range(4, 4 + others)]


def test_those_who_say_nothing_in_common_tell_nothing() -> None:
    assert groups([[5, -1], [-1, 5]]) == [0, 1]
    assert groups([[5]]) == [0]


def test_items_of_very_many_voices_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = copied(1, items=60)
    monkeypatch.setattr(dependence, "_MOST_VOICES", 8)
    assert groups(figures) == [0, 0, 0, 3, 4, 5, 6, 7]
    monkeypatch.setattr(dependence, "_MOST_VOICES", 7)
    assert groups(figures) == [*range(8)]


@pytest.mark.parametrize(("most", "step"), [(60 * 28, 1), (60 * 28 - 1, 2), (60 * 28 // 3, 3)])
def test_of_very_many_pairs_those_of_evenly_spaced_items_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, most: int, step: int
) -> None:
    figures = copied(1, items=60)
    for n, row in enumerate(figures):
        if n % step:
            row[0] = 50
    looked_at: list[int] = []

    def counted(items: dependence.Places) -> Iterator[tuple[dependence.Places, dependence.Places]]:
        for one, other in pairs_of(items):
            looked_at.append(len(one))
            yield one, other

    monkeypatch.setattr(dependence, "_PAIRS", most)
    monkeypatch.setattr(dependence, "_ITEMS", 60 // step)
    monkeypatch.setattr(dependence, "pairs_of", counted)
    assert groups(figures) == [0, 0, 0, 3, 4, 5, 6, 7]
    assert sum(looked_at) == 60 // step * 28


@pytest.mark.parametrize(("voices", "heard"), [(300, 1.0), (300, 0.4), (230, 1.0)])
def test_however_many_voices_an_item_has_enough_items_are_looked_at(
    voices: int, heard: float
) -> None:
    chance = random.Random(1)
    figures = copied(1, items=300, others=voices - 3)
    some = [[f if chance.random() < heard else -1 for f in row] for row in figures]
    assert groups(some) == [0, 0, 0, *range(3, voices)]


@given(st.lists(st.integers(0, 4), max_size=12), st.integers(1, 9))
def test_pairs_are_all_of_one_item_however_many_are_held_at_once(
    voices: list[int], at_once: int
) -> None:
    items = np.array(sorted(voices), np.intp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dependence, "_AT_ONCE", at_once)
        found = [pair for two in pairs_of(items) for pair in zip(*two, strict=True)]
    every = [(a, b) for b in range(len(items)) for a in range(b) if items[a] == items[b]]
    assert sorted(found) == sorted(every)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_who_is_joined_by_pairs_is_whom_a_walk_along_them_reaches(
    pairs: list[tuple[int, int]],
) -> None:
    def reached(start: int) -> list[int]:
        found = {start}
        for _ in range(10):
            found |= {n for pair in pairs if found.intersection(pair) for n in pair}
        return sorted(found)

    groups = {tuple(reached(n)) for pair in pairs for n in pair}
    assert joined(pairs) == sorted(map(list, groups))


def test_of_very_many_sources_those_heard_most_are_looked_at() -> None:
    chance = random.Random(1)
    figures: Figures = []
    for _ in range(60):
        row = [0 if chance.random() < 0.6 else chance.randrange(99) for _ in range(6)]
        lone = [-1] * 1200
        lone[chance.randrange(1200)] = 0
        figures.append([*lone, *row, row[0]])
    found = groups(figures)
    assert found[-1] == found[-7]
    assert len(set(found)) == len(found) - 1


@given(st.integers(0, 99), st.permutations(range(9)), st.sampled_from([12, 30, 60]))
def test_the_order_of_sources_changes_nothing(seed: int, order: list[int], items: int) -> None:
    """Of two that copy one, three that do so with slips, and four by themselves."""
    chance = random.Random(seed)
    figures = [
        row[:1] * 2 + [f if chance.random() < 0.95 else 50 for f in row[1:2] * 3] + row[2:]
        for row in made(seed, items, [0.6] * 6)
    ]
    moved = [[row[n] for n in order] for row in figures]
    alone, beside = groups(figures), groups(moved)
    for a in range(9):
        for b in range(9):
            assert (beside[a] == beside[b]) == (alone[order[a]] == alone[order[b]])
