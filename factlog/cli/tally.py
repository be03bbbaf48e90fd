"""What comparisons come to in numbers, counted as they pass by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factlog.cli.exits import DONE, FOUND, NOTHING
from factlog.comparison import Comparison, Counts


class Tally:
    """Counts comparisons as they pass by, so that streamed ones need not be kept.

    `some` says whether there was anything to compare.
    """

    def __init__(self) -> None:
        self.counts = Counts()
        self.some = False

    def through(self, comparisons: Iterable[Comparison]) -> Iterator[Comparison]:
        """Pass comparisons on, counting."""
        for comparison in comparisons:
            self.add(comparison.counts, some=bool(comparison.subjects))
            yield comparison

    def add(self, counts: Counts, *, some: bool) -> None:
        """Count what was compared elsewhere."""
        self.counts += counts
        self.some = self.some or some

    def exit_code(self) -> int:
        """What `--check` leaves with: a conflict found, nothing to compare, or neither."""
        if self.counts.conflicts:
            return FOUND
        return DONE if self.counts.compared else NOTHING
