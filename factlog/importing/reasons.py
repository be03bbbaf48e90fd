"""Bad rows by what is wrong with them, so that a hundred of one kind are one line."""

from __future__ import annotations

from collections.abc import Iterator

from factlog.errors import RowError
from factlog.patterns import Pattern

_GIVEN = Pattern(r'"[^"]*"|\d+')  # what a reason quotes of its row
_LISTED = 3  # lines of each reason
_KINDS = 100  # that are told apart


class Reasons:
    """Counts bad rows, and keeps the first few lines of each reason."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: dict[str, list[RowError]] = {}
        self._counts: dict[str, int] = {}

    def add(self, row: RowError) -> None:
        """Count a bad row under its reason."""
        kind = _GIVEN.sub("", row.reason)
        if kind not in self._kinds and len(self._kinds) >= _KINDS:
            kind = next(reversed(self._kinds))
        self.count += 1
        self._counts[kind] = self._counts.get(kind, 0) + 1
        first = self._kinds.setdefault(kind, [])
        if len(first) < _LISTED:
            first.append(row)

    def told(self) -> Iterator[str]:
        """Each reason with its lines, the one of most rows first."""
        for kind in sorted(self._counts, key=lambda kind: -self._counts[kind]):
            rows, more = self._kinds[kind], self._counts[kind] - len(self._kinds[kind])
            if len(rows) == 1:
                yield rows[0].problem
                continue
            *most, last = (f"{row.line:,}" for row in rows)
            lines = (
                f"{', '.join((*most, last))} and {more:,} more"
                if more
                else (f"{', '.join(most)} and {last}")
            )
            yield f"{rows[0].counted}s {lines}: {rows[0].reason}"
