"""Who agrees too often to be a voice of its own, told from agreement alone."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog.stats.dependence import dependent

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


@pytest.mark.parametrize("items", [10, 19])
def test_of_few_items_nothing_is_told(items: int) -> None:
    assert groups([[n % 2, n % 2, 0, 0, 0, 0] for n in range(items)]) == [*range(6)]


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


def test_those_who_say_nothing_in_common_and_items_of_very_many_tell_nothing() -> None:
    assert groups([[5, -1], [-1, 5]]) == [0, 1]
    assert groups([[5]]) == [0]
    assert groups([[n % 2 for n in range(301)]] * 60) == [*range(301)]


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


@given(
    st.lists(st.lists(st.integers(-1, 2), min_size=4, max_size=4), min_size=1, max_size=30).filter(
        lambda figures: all(max(column) >= 0 for column in zip(*figures, strict=True))
    ),
    st.permutations(range(4)),
)
def test_the_order_of_sources_changes_nothing(figures: Figures, order: list[int]) -> None:
    def together(found: list[int], names: list[int]) -> set[frozenset[int]]:
        return {
            frozenset((names[a], names[b]))
            for a in range(4)
            for b in range(a)
            if found[a] == found[b]
        }

    moved = [[row[n] for n in order] for row in figures]
    assert together(groups(moved), order) == together(groups(figures), [*range(4)])
