"""The register: the names and units met in one subject, each shown as it was first given."""

from __future__ import annotations

from factlog.comparer.intervals import has_own_zero
from factlog.names import clean, fold


class Register:
    """What names and units stand for in one subject, filled in as its claims are read."""

    def __init__(self) -> None:
        self._folded: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._dimensions: dict[str | None, int] = {}
        self._first: list[str | None] = []
        self._targets: dict[tuple[str, int], str | None] = {}
        self._offsets: set[tuple[str, int]] = set()

    def key(self, name: str | None) -> str:
        """What a name is matched by; blank for none."""
        if not name:
            return ""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(name)
            self._shown.setdefault(folded, clean(name))
        return folded

    def shown(self, name: str | None) -> str | None:
        """A name as it was first given."""
        return self._shown[self.key(name)] if name else None

    def dimension(self, unit: str | None) -> int:
        """Which of the things measured in this subject a unit measures."""
        found = self._dimensions.get(unit)
        if found is None:
            alike = (n for n, first in enumerate(self._first) if _comparable(first, unit))
            found = next(alike, len(self._first))
            if found == len(self._first):
                self._first.append(unit)
            self._dimensions[unit] = found
        return found

    def target(self, measure: str, dimension: int, unit: str | None) -> str | None:
        """The unit a measure's figures of one dimension are shown in: the first one met."""
        if has_own_zero(unit):
            self._offsets.add((measure, dimension))
        return self._targets.setdefault((measure, dimension), unit)

    def mark_offset(self, measure: str, dimension: int) -> None:
        """Keep percent widening off a measure's figures of one dimension."""
        self._offsets.add((measure, dimension))

    def offsets(self, measure: str) -> frozenset[int]:
        """The dimensions that percent widening is kept off, some unit having its own zero."""
        return frozenset(dimension for name, dimension in self._offsets if name == measure)

    def offset(self, measure: str, dimension: int) -> bool:
        """Whether percent widening is kept off these figures, some unit having its own zero."""
        return (measure, dimension) in self._offsets


def _comparable(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    from factlog import units  # only where there are units

    return units.comparable(one, other)
