"""Rows that make the claim of an earlier row and differ from it where nothing was imported."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

_KEPT = 200_000  # distinct claims a row is held against, at most
_COLUMNS = 20  # columns not imported that are told apart; the rest are held together as one more
_LISTED = 3  # repeats given with their lines


class Repeat(NamedTuple):
    """A row that makes the claim of an earlier one: the line each begins on."""

    line: int
    like: int


class Repeats:
    """Counts the rows of one file whose claim only a column that was not imported tells apart.

    A row is held against the latest claims, between half of `kept` and all of them, so that
    memory stays flat however long the file is. `count` is how many rows repeat a claim,
    `first` the first few of them and `columns` the places, among the columns not imported, of
    those that differ.
    """

    def __init__(self, kept: int = _KEPT) -> None:
        self.count = 0
        self.first: list[Repeat] = []
        self.columns: set[int] = set()
        self._half = max(1, kept // 2)
        self._recent: dict[int, array[int]] = {}
        self._older: dict[int, array[int]] = {}

    def __len__(self) -> int:
        """How many rows are remembered."""
        return len(self._recent) + len(self._older)

    def told(self) -> Repeats:
        """What is told of them, without the claims that are remembered."""
        found = Repeats()
        found.count, found.first, found.columns = self.count, self.first, self.columns
        return found

    def note(self, line: int, taken: Sequence[object], others: Sequence[object]) -> None:
        """Hold a row, given as its cells that were imported and the others, against those before.

        A cell that is blank and one that is not there are alike.
        """
        claim = hash(tuple(taken))
        row = array("q", (line, *map(hash, others[:_COLUMNS])))
        if any(rest := others[_COLUMNS:]):
            row.append(hash(frozenset(cell for cell in enumerate(rest) if cell[1])))
        like = self._met(claim, row)
        if like is not None and like[1:] != row[1:]:
            self._compare(claim, row, like)

    def _met(self, key: int, row: array[int]) -> array[int] | None:
        """The earlier row of this key; without one, this row is remembered for it."""
        found = self._recent.get(key) or self._older.get(key)
        if found is None:
            if len(self._recent) >= self._half:
                self._older, self._recent = self._recent, {}
            self._recent[key] = row
        return found

    def _compare(self, claim: int, row: array[int], like: array[int]) -> None:
        pairs = zip_longest(row[1:], like[1:], fillvalue=0)  # what a blank cell hashes to
        apart = {place for place, (one, other) in enumerate(pairs) if one != other}
        if not apart or self._met(hash((claim, *row[1:])), row) is not None:
            return  # the very row has been met, if not first
        self.count += 1
        self.columns |= apart
        if len(self.first) < _LISTED:
            self.first.append(Repeat(row[0], like[0]))
