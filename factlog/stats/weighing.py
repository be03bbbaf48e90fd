"""Which of several figures is best supported: voices counted by how often others bear them out.

Numbered things in, plain numbers out. NumPy does the sums, as a record may have 300,000 voices,
so this file is only loaded when something is weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Places = NDArray[np.intp]

# How many voices the pooled rate counts for; and for how many an answer should not turn.
PRIOR = 10.0
OTHER_PRIORS = (5.0, 20.0)

_WRONG = 10  # how many other figures there might be to one that is borne out
_LEAST, _MOST = 0.01, 0.99
_START, _DAMPING, _ROUNDS, _CLOSE = 0.7, 0.5, 30, 1e-6
# So many voices of an item are asked how far off they lie, evenly spaced by size; and so many
# distances are held in memory at once.
_ASKED = 400
_DISTANCES = 1_000_000


@dataclass(frozen=True, slots=True)
class Voices:
    """What was said: voice by voice its item, its source and its choice, all numbered from 0.

    A choice is a figure of one item, equal figures being one; `values` has what each of them is.
    """

    items: Sequence[int]
    sources: Sequence[int]
    choices: Sequence[int]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighing came to: a score a choice, and what each source counts.

    `shares` are the scores of an item as parts of 1, `rates` how often a source is borne out.
    """

    scores: Sequence[float]
    shares: Sequence[float]
    rates: Sequence[float]
    counts: Sequence[float]
    rounds: int


def weigh(voices: Voices, prior: float = PRIOR) -> Weights:
    """Score every choice by the sources that make it, and those by what others say of theirs.

    A source's rate A is how often the others, by themselves, bear its figure out: (the sum of
    their support + prior * g) / (n + prior), g being the same of all sources together, from
    0.7 on. It counts ln(10 A / (1 - A)) for its figure, and never less than nothing. Each voice
    for another figure takes ln(1 + u^2) / 2 away, u being how far off it is, in the usual
    distance of the record: where no two figures are equal, those in the midst of the others
    score highest.
    """
    table = _Table(voices)
    rates = np.full(len(table.judged_by_source), _START)
    rounds, change = 0, 1.0
    while rounds < _ROUNDS and change >= _CLOSE:
        rounds += 1
        moved = _DAMPING * rates + (1 - _DAMPING) * table.borne_out(rates, prior)
        change = float(np.abs(moved - rates).max(initial=0))
        rates = moved
    counts = np.maximum(_log_odds(rates), 0)
    scores = table.by_choice(counts[table.sources]) - table.distances()
    powers = np.exp(scores - table.highest(scores)[table.item_of])
    shares = powers / table.by_item(powers)[table.item_of]
    return Weights(scores.tolist(), shares.tolist(), rates.tolist(), counts.tolist(), rounds)


def _log_odds(rates: Floats) -> Floats:
    odds: Floats = np.log(_WRONG * rates / (1 - rates))
    return odds


class _Table:
    """The voices in columns, with what is summed over them again and again."""

    def __init__(self, voices: Voices) -> None:
        self.items = np.asarray(voices.items, np.intp)
        self.sources = np.asarray(voices.sources, np.intp)
        self.choices = np.asarray(voices.choices, np.intp)
        self.values = np.asarray(voices.values, float)
        self.item_of = np.zeros(len(self.values), np.intp)
        self.item_of[self.choices] = self.items
        self._by_item = np.argsort(self.item_of, kind="stable")
        self._starts = np.flatnonzero(np.diff(self.item_of[self._by_item], prepend=-1))
        # A figure that nobody else speaks of is neither borne out nor not.
        self.judged = np.bincount(self.items)[self.items] > 1
        self.judged_by_source = np.bincount(self.sources, self.judged)
        self._unsaid = np.maximum(_WRONG + 1 - np.bincount(self.item_of), 0)

    def by_choice(self, of_voices: Floats) -> Floats:
        """Sums of something over the voices of each choice."""
        return np.asarray(np.bincount(self.choices, of_voices, len(self.values)), float)

    def by_item(self, of_choices: Floats) -> Floats:
        """Sums of something over the choices of each item."""
        return np.asarray(np.bincount(self.item_of, of_choices), float)

    def highest(self, of_choices: Floats) -> Floats:
        """The most of something among the choices of each item."""
        most: Floats = np.maximum.reduceat(of_choices[self._by_item], self._starts)
        return most

    def borne_out(self, rates: Floats, prior: float) -> Floats:
        """How often each source is borne out, by what the others come to without its voice."""
        counts = _log_odds(rates)[self.sources]
        scores = self.by_choice(counts)
        high = np.maximum(self.highest(scores), 0)
        powers = np.exp(scores - high[self.item_of])
        totals = self.by_item(powers) + self._unsaid * np.exp(-high)
        without = np.exp(scores[self.choices] - counts - high[self.items])
        others = totals[self.items] - powers[self.choices]
        support = np.where(self.judged, without / (without + others), 0)
        pooled = (support.sum() + prior * _START) / (self.judged_by_source.sum() + prior)
        borne: Floats = np.bincount(self.sources, support) + prior * pooled
        return np.clip(borne / (self.judged_by_source + prior), _LEAST, _MOST)

    def distances(self) -> Floats:
        """What the other voices of an item take away from each choice."""
        order = np.lexsort((self.values[self.choices], self.items))
        said = self.values[self.choices[order]]
        sizes = np.bincount(self.items)
        ends = np.cumsum(sizes)
        middle = (said[ends - (sizes + 2) // 2] + said[ends - (sizes + 1) // 2]) / 2
        off = _apart(said, middle[self.items[order]])
        usual = np.median(off[off > 0]) if (off > 0).any() else 1.0
        taken = np.zeros(len(self.values))
        for some in self._in_parts(np.minimum(sizes, _ASKED)[self.item_of]):
            items = self.item_of[some]
            asked = np.minimum(sizes, _ASKED)[items]
            pairs = np.repeat(np.arange(len(some)), asked)
            nth = np.arange(len(pairs)) - np.repeat(np.cumsum(asked) - asked, asked)
            item = items[pairs]
            voice = ends[item] - sizes[item] + nth * sizes[item] // asked[pairs]
            far = _apart(self.values[some][pairs], said[voice]) / usual
            sums = np.bincount(pairs, np.log1p(far * far) / 2, len(some))
            taken[some] = sums * (sizes[items] / asked)
        return taken

    def _in_parts(self, pairs: Places) -> Iterator[Places]:
        """The choices, so many at a time that their distances fit into memory."""
        parts = np.cumsum(pairs) // _DISTANCES
        return iter(np.split(np.arange(len(pairs)), np.flatnonzero(np.diff(parts)) + 1))


def _apart(some: Floats, others: Floats) -> Floats:
    """How far apart numbers are, as a share of their size; 0 where they are equal."""
    sizes = np.abs(some) / 2 + np.abs(others) / 2
    share: Floats = np.abs(some - others) / np.where(sizes > 0, sizes, 1)
    return share
