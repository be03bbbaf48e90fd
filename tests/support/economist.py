"""The Economist's file of estimates, as claims."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from factlog.claim import Claim, Estimate, Hedge, Period, Statement

FILE = Path(__file__).parents[1] / "comparer" / "economist_estimates.csv"


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
