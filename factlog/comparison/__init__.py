"""What we make of it: how a claim is taken to mean an interval, and what a comparison holds.

All judgment sits in one `Policy`. Everything else is a value that a comparer fills and a
renderer shows.
"""

from __future__ import annotations

from factlog.comparison.meaning import EXACT, Interval, reading, stated
from factlog.comparison.outcome import (
    Comparison,
    Counts,
    Finding,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.comparison.policy import POLICIES, Kind, Measure, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparison.explanation import Explained, Explanation, Rule
    from factlog.comparison.pooled import Apart, LeftOut, NotPooled, Pooled, Pull

__all__ = [
    "EXACT",
    "POLICIES",
    "Apart",
    "Comparison",
    "Counts",
    "Explained",
    "Explanation",
    "Finding",
    "Interval",
    "Kind",
    "LeftOut",
    "Measure",
    "MeasureComparison",
    "NotPooled",
    "Policy",
    "Pooled",
    "Pull",
    "Rule",
    "Side",
    "SubjectComparison",
    "Verdict",
    "reading",
    "stated",
]

_SELDOM = {
    "explanation": ("Explained", "Explanation", "Rule"),
    "pooled": ("Apart", "LeftOut", "NotPooled", "Pooled", "Pull"),
}


def __getattr__(name: str) -> object:
    """Load what few commands need when it is first used."""
    from importlib import import_module

    for module, names in _SELDOM.items():
        if name in names:
            return getattr(import_module(f"factlog.comparison.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
