"""Sources that repeat each other's unusual errors: who copies, told by what both have wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factlog.stats.distributions import beta_below
from factlog.stats.weighing import Voices

Places = NDArray[np.intp]

# Two sources are told if the share of errors that they have in common lies above this, but for
# one chance in twenty.
SHARE, DOUBT = 0.8, 0.05
_PAIRS = 1_000_000  # how many pairs of voices are held in memory at once
_MOST_VOICES = 300  # items with more are passed over: every two of their voices are too many


@dataclass(frozen=True, slots=True)
class Repeats:
    """Two sources, the errors that both have, and those that one has alone."""

    sources: tuple[int, int]
    same: int
    different: int


def repeats(
    voices: Voices, counts: Sequence[float], settled: Mapping[int, int] | None = None
) -> list[Repeats]:
    """The pairs of sources that repeat each other's errors.

    An error is a choice that is not the one `settled` of its item, or where none is, not the
    one that the other sources' `counts` make for most. Of all items on which one of two sources
    errs, these are the ones on which both make the same choice, and by Jeffreys' rule more than
    `SHARE` of such items are so.
    """
    columns = _Columns(voices, counts, settled or {})
    parts = [columns.counted(one, other) for one, other in columns.pairs()]
    pairs, where = np.unique(np.concatenate([each[0] for each in parts]), return_inverse=True)
    same, different = (
        np.bincount(where, np.concatenate([each[n] for each in parts])) for n in (1, 2)
    )
    return [
        Repeats((int(pair) // columns.sources, int(pair) % columns.sources), int(s), int(d))
        for pair, s, d in zip(pairs, same, different, strict=True)
        if s and beta_below(SHARE, s + 0.5, d + 0.5) < DOUBT
    ]


class _Columns:
    """The voices in the order of their items, and the choices that most speaks for."""

    def __init__(self, voices: Voices, counts: Sequence[float], settled: Mapping[int, int]) -> None:
        order = np.argsort(np.asarray(voices.items, np.intp), kind="stable")
        self.items = np.asarray(voices.items, np.intp)[order]
        self.source = np.asarray(voices.sources, np.intp)[order]
        self.choice = np.asarray(voices.choices, np.intp)[order]
        self.sources = len(counts)
        self.count = np.maximum(np.asarray(counts, float), 1e-6)[self.source]
        self.scores = np.bincount(self.choice, self.count)
        self.heard = np.bincount(self.items)
        self.starts = np.cumsum(self.heard) - self.heard
        items = np.zeros(len(self.scores), np.intp)
        items[self.choice] = self.items
        ranked = np.lexsort((-self.scores, items))
        first = np.flatnonzero(np.diff(items[ranked], prepend=-1))
        self.top = ranked[first]  # of each item its choice of the highest score, and the next
        after = np.minimum(first + 1, len(ranked) - 1)
        self.next = np.where(items[ranked[after]] == items[self.top], ranked[after], -1)
        self.settled = np.full(len(self.top), -2, np.intp)
        for item, choice in settled.items():
            self.settled[item] = choice

    def pairs(self) -> Iterator[tuple[Places, Places]]:
        """Every two voices on one item, so many at a time."""
        nth = np.arange(len(self.items)) - self.starts[self.items]
        heard = self.heard[self.items]
        later = np.where(heard > _MOST_VOICES, 0, heard - 1 - nth)
        parts = np.cumsum(later) // _PAIRS
        for some in np.split(np.arange(len(later)), np.flatnonzero(np.diff(parts)) + 1):
            many = later[some]
            one = np.repeat(some, many)
            nth = np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
            yield one, one + 1 + nth

    def counted(self, one: Places, other: Places) -> tuple[Places, Places, Places]:
        """Pairs of sources as numbers, and their errors that are the same and that are not."""
        alike, erring = self.compared(one, other)
        a, b = self.source[one][erring], self.source[other][erring]
        pairs, where = np.unique(
            np.minimum(a, b) * self.sources + np.maximum(a, b), return_inverse=True
        )
        same = np.bincount(where, alike[erring], len(pairs))
        return pairs, same, np.bincount(where, ~alike[erring], len(pairs))

    def compared(self, one: Places, other: Places) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether two voices make one choice, and whether one of them errs by the others."""
        item = self.items[one]

        def others(choice: Places) -> NDArray[np.floating]:
            left = self.scores[choice]
            for voice in (one, other):
                left = left - np.where(self.choice[voice] == choice, self.count[voice], 0)
            return np.where(choice >= 0, left, 0)

        top, following = self.top[item], self.next[item]
        first, second = others(top), others(following)
        reference = np.where(second > first, following, top)
        known = np.maximum(first, second) > 1e-7
        reference = np.where(self.settled[item] > -2, self.settled[item], reference)
        known |= self.settled[item] > -2
        alike = self.choice[one] == self.choice[other]
        erring = (self.choice[one] != reference) | (self.choice[other] != reference)
        return alike, erring & known
