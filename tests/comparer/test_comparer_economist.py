"""The Economist's file: how many pairs come to what, counted independently beforehand."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.comparer import compare
from factlog.findings import Counts
from factlog.policy import POLICIES

FILE = Path(__file__).with_name("economist_estimates.csv")


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", "")) if cell.strip() else None


def claims() -> list[Claim]:
    with FILE.open(encoding="utf-8", newline="") as file:
        file.readline()
        return [claim(place, row) for place, row in enumerate(csv.DictReader(file), start=1)]


def claim(place: int, row: dict[str, str]) -> Claim:
    when = datetime.strptime(row["date"], "%d/%m/%Y").date()  # noqa: DTZ007
    statement = Statement(row["country"], row["source"], as_of=Period(when.isoformat(), when, when))
    low, high, best = (number(row[column]) for column in ("low", "high", "estimate"))
    hedge = {
        (True, True): Hedge.RANGE,
        (True, False): Hedge.AT_LEAST,
        (False, True): Hedge.AT_MOST,
        (False, False): Hedge.EXACT,
    }[low is not None, high is not None]
    estimate = Estimate(hedge, low=low, best=best, high=high)
    return Claim(statement, "as given", estimate, row["type"], id=place)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("strict", Counts(agree=297, growth=1742, conflict=61, part=1, revised=1)),
        ("default", Counts(agree=297, near=13, growth=1732, conflict=58, part=1, revised=1)),
    ],
)
def test_every_pair_is_counted(policy: str, expected: Counts) -> None:
    found = compare(claims(), POLICIES[policy])
    assert found.counts == expected
    assert found.counts.compared == 2100
