"""Comparisons to draw, made from words."""

from __future__ import annotations

from factlog import compare, importing
from factlog.findings import MeasureComparison

Told = tuple[str, str, str | None]  # who, what, as of when


def compared(
    *told: Told, measure: str = "killed", limit: int | None = None, subject: str = "Here"
) -> MeasureComparison:
    """One measure of one subject, from who said what as of when."""
    claims = [
        claim
        for who, said, when in told
        for claim in importing.claims(subject, [f"{measure}={said}"], source=who, as_of=when)
    ]
    return compare(claims, limit=limit).subjects[0].measures[0]


STORY = (
    ("Seoul", "about 3,000", "2025-01-13"),
    ("Kyiv", "4,000", "2025-01-12"),
    ("London", "at least 1,000", "2025-01-02"),
    ("Seoul", "around 1,100", "2024-12-19"),
)
