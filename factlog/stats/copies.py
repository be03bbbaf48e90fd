"""Sources that repeat each other's unusual errors: who copies, told by what both have wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factlog.stats.dependence import joined, pairs_of
from factlog.stats.distributions import SHARE, mostly
from factlog.stats.weighing import Voices

Places = NDArray[np.intp]
Bools = NDArray[np.bool_]

# Sources that agree so often are together kept from saying which of them errs. What the others
# say is then known where its count is so far above all else: ten to one.
_ALIKE, _SURE = 0.85, float(np.log(10))


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
    one that the other sources' `counts` make for most; that must be given by two of them at least,
    and by more than give the choice in question. Of all items on which one of two sources
    errs, these are the ones on which both make the same choice, and such items are so many of them
    as `mostly` asks for. Of three and more who mostly agree, none is heard on whether
    another errs, as copies would bear each other's errors out.
    """
    columns = _Columns(voices, counts, settled or {})
    tally = _Tally.of(columns, columns.voices)
    found = {each.sources: each for each in tally.repeats()}
    groups = joined(tally.alike())
    camp = np.arange(columns.sources)  # those who mostly agree have one number
    for group in groups:
        camp[group] = group[0]
    for group in (each for each in groups if len(each) > 2):
        within = np.flatnonzero(np.isin(columns.source, group))
        for each in _Tally.of(columns, within, columns.said_outside(within, camp)).repeats():
            found.setdefault(each.sources, each)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Tally:
    """Pairs of sources as numbers, and on how many items they agree, err alike, err apart."""

    sources: int
    pairs: Places
    agree: Places
    differ: Places
    same: Places
    different: Places

    @classmethod
    def of(cls, columns: _Columns, some: Places, reference: Places | None = None) -> _Tally:
        """What every two of some voices on one item come to."""
        parts = [
            columns.counted(some[one], some[other], reference)
            for one, other in pairs_of(columns.items[some])
        ]
        pairs, where = np.unique(np.concatenate([each[0] for each in parts]), return_inverse=True)
        sums = (
            np.bincount(where, np.concatenate([each[n] for each in parts]), len(pairs))
            for n in range(1, 5)
        )
        return cls(columns.sources, pairs, *(each.astype(np.intp) for each in sums))

    def repeats(self) -> Iterator[Repeats]:
        """The pairs that make the same errors."""
        for n in _mostly(self.same, self.different, SHARE):
            yield Repeats(self._names(n), int(self.same[n]), int(self.different[n]))

    def alike(self) -> list[tuple[int, int]]:
        """The pairs that mostly agree."""
        return [self._names(n) for n in _mostly(self.agree, self.differ, _ALIKE)]

    def _names(self, n: int) -> tuple[int, int]:
        one, other = divmod(int(self.pairs[n]), self.sources)
        return one, other


def _mostly(some: Places, others: Places, share: float) -> Iterator[int]:
    """Where more than a share are of the first kind, but for one chance in twenty."""
    for n in np.flatnonzero(some > share * (some + others)):
        if mostly(some[n], others[n], share):
            yield int(n)


class _Columns:
    """The voices in the order of their items, and the choices that most speaks for."""

    def __init__(self, voices: Voices, counts: Sequence[float], settled: Mapping[int, int]) -> None:
        order = np.argsort(np.asarray(voices.items, np.intp), kind="stable")
        self.items = np.asarray(voices.items, np.intp)[order]
        self.source = np.asarray(voices.sources, np.intp)[order]
        self.choice = np.asarray(voices.choices, np.intp)[order]
        self.voices = np.arange(len(order))
        self.sources = len(counts)
        self.count = np.maximum(np.asarray(counts, float), 1e-6)[self.source]
        self.scores = np.asarray(np.bincount(self.choice, self.count), float)
        self.given = np.bincount(self.choice)
        self._of_choices = np.zeros(len(self.scores), np.intp)
        self._of_choices[self.choice] = self.items
        self.top, self.next = self._two_best(self.scores)
        self.settled = np.full(len(self.top), -1, np.intp)
        for item, choice in settled.items():
            self.settled[item] = choice

    def _two_best(self, scores: NDArray[np.floating]) -> tuple[Places, Places]:
        """Of each item its choice of the highest score, and the next; -1 for none."""
        ranked = np.lexsort((-scores, self._of_choices))
        first = np.flatnonzero(np.diff(self._of_choices[ranked], prepend=-1))
        top = ranked[first]
        after = np.minimum(first + 1, len(ranked) - 1)
        alone = self._of_choices[ranked[after]] != self._of_choices[top]
        return top, np.where(alone | (ranked[after] == top), -1, ranked[after])

    def said_outside(self, within: Places, camp: Places) -> Places:
        """What is known of each item without some voices: the choice, or -1.

        It is given by two who do not mostly agree, at least: a camp may be copies, too.
        """
        left = self.count.copy()
        left[within] = 0
        scores = np.asarray(np.bincount(self.choice, left), float)
        top, following = self._two_best(scores)
        second = np.where(following >= 0, scores[following], 0)
        outside = np.delete(self.voices, within)
        said = np.unique(np.stack([self.choice[outside], camp[self.source[outside]]]), axis=1)[0]
        apart = np.bincount(said, minlength=len(scores))
        known = np.where((scores[top] - second > _SURE) & (apart[top] > 1), top, -1)
        return np.where(self.settled >= 0, self.settled, known)

    def counted(
        self, one: Places, other: Places, reference: Places | None
    ) -> tuple[NDArray[np.number], ...]:
        """Pairs of sources as numbers, and how often they agree, differ, err alike, err apart."""
        alike = self.choice[one] == self.choice[other]
        known = self._without(one, other) if reference is None else reference[self.items[one]]
        erring = (self.choice[one] != known) | (self.choice[other] != known)
        erring &= known >= 0
        a, b = self.source[one], self.source[other]
        pairs, where = np.unique(
            np.minimum(a, b) * self.sources + np.maximum(a, b), return_inverse=True
        )
        kinds = alike, ~alike, alike & erring, ~alike & erring
        return pairs, *(np.bincount(where, each, len(pairs)) for each in kinds)

    def _without(self, one: Places, other: Places) -> Places:
        """What is known of the item of two voices without them: the choice, or -1."""
        item = self.items[one]

        def others(choice: Places) -> NDArray[np.floating]:
            left = self.scores[choice]
            for voice in (one, other):
                left = left - np.where(self.choice[voice] == choice, self.count[voice], 0)
            return np.where(choice >= 0, left, 0)

        top, following = self.top[item], self.next[item]
        first, second = others(top), others(following)
        known = np.where(second > first, following, top)
        # Two who agree are not said to err by a lone voice, nor by a camp that is no larger.
        given = self.given[known]
        for voice in (one, other):
            given = given - (self.choice[voice] == known)
        erring = np.where(self.choice[one] == known, self.choice[other], self.choice[one])
        known = np.where((given >= 2) & (given > self.given[erring]), known, -1)
        return np.where(self.settled[item] >= 0, self.settled[item], known)
