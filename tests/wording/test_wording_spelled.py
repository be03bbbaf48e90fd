"""Numbers, intervals and shares as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from factlog.policy import Interval, Kind
from factlog.wording import span
from support.records import Record, around, at_least, at_most, exactly, judged, only_finding


@pytest.mark.parametrize(
    ("low", "high", "opened", "expected"),
    [
        (3, 3, (False, False), "3"),
        (1, 2, (False, False), "1 to 2"),
        (1, 2, (True, False), "more than 1, at most 2"),
        (1, 2, (False, True), "1 to less than 2"),
        (1, 2, (True, True), "more than 1, less than 2"),
        (1, None, (False, False), "at least 1"),
        (1, None, (True, False), "more than 1"),
        (None, 2, (False, False), "at most 2"),
        (None, 2, (False, True), "less than 2"),
        (None, None, (False, False), "any number"),
    ],
)
def test_intervals(
    low: int | None, high: int | None, opened: tuple[bool, bool], expected: str
) -> None:
    least, most = (None if end is None else Decimal(end) for end in (low, high))
    assert span(Interval(least, most, *opened)) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-01-01", "on 2025-01-01"),
        ("2025-01", "in 2025-01"),
        ("2025-01-02/2025-01-05", "between 2025-01-02 and 2025-01-05"),
        ("../2025-01-05", "by 2025-01-05"),
        ("2025-01-05/..", "from 2025-01-05 on"),
        ("../..", "at a date left open"),
    ],
)
def test_dates(when: str, expected: str) -> None:
    finding = only_finding(judged(Record().say("A", 3, when).say("A", 9, when), Kind.LEVEL))
    assert f"A gives two figures {expected} that" in finding.why


def test_an_agreement_of_figures_nothing_bounds() -> None:
    measures = Record().say("A", at_least(3)).say("B", at_most(9)).say("C", around(5))
    found = judged(measures)
    assert found.counts.agree == 3
    lengths = Record().say("A", exactly(3, "m")).say("B", exactly("0.003", "km"))
    assert "can both be right" in only_finding(judged(lengths)).why
