"""The comparer: claims in, a comparison out, every verdict explained.

Pure: it reads no clock, opens no file and keeps nothing.
"""

from __future__ import annotations

from factlog.comparer.comparison import (
    Selection,
    Vocabulary,
    compare,
    ranked,
    together,
)
from factlog.comparer.filters import Choice, Counted, left_out, only, restrict, select, speaking_for
from factlog.comparer.sides import reading_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparer.decided import (
        by_measure,
        by_name,
        in_numbers,
        see_that_it_counts,
        with_decisions,
        with_profiles,
    )
    from factlog.comparer.definitions import Definitions, led, with_definitions
    from factlog.comparer.explanation import explain
    from factlog.comparer.over_time import source_record, subjects_of
    from factlog.comparer.track_record import hits_of_each

__all__ = [
    "Choice",
    "Counted",
    "Definitions",
    "Selection",
    "Vocabulary",
    "by_measure",
    "by_name",
    "compare",
    "explain",
    "hits_of_each",
    "in_numbers",
    "led",
    "left_out",
    "only",
    "ranked",
    "reading_of",
    "restrict",
    "see_that_it_counts",
    "select",
    "source_record",
    "speaking_for",
    "subjects_of",
    "together",
    "with_decisions",
    "with_definitions",
    "with_profiles",
]


_DECIDED = (
    *("by_measure", "by_name", "in_numbers", "see_that_it_counts"),
    *("with_decisions", "with_profiles"),
)


def __getattr__(name: str) -> object:
    """Load what explains and what was decided only when asked for: comparing needs none of it."""
    if name in _DECIDED:
        from factlog.comparer import decided

        return getattr(decided, name)
    if name in ("Definitions", "led", "with_definitions"):
        from factlog.comparer import definitions

        return getattr(definitions, name)
    if name in ("source_record", "subjects_of"):
        from factlog.comparer import over_time

        return getattr(over_time, name)
    if name == "hits_of_each":
        from factlog.comparer.track_record import hits_of_each

        return hits_of_each
    if name == "explain":
        from factlog.comparer.explanation import explain

        return explain
    raise AttributeError(f"module 'factlog.comparer' has no attribute {name!r}")
