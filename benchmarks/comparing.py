"""How long one big subject takes to compare, and whether twice the claims take twice the time.

Run: python benchmarks/comparing.py [CLAIMS]

Each record is one subject and measure: dated figures of 20 sources, seeded. Prints, for each
kind of measure, the seconds for N / 2 claims and for N, their ratio, and the pairs judged.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.comparer import compare
from factlog.findings import Comparison
from factlog.policy import Kind, Measure

SOURCES = 20
START = date(2022, 2, 24)


def record(claims: int, *, growing: bool, seed: int = 4) -> list[Claim]:
    """Figures of twenty sources over four years; a growing total, or one that wanders."""
    dice = random.Random(seed)
    return [_claim(number, dice, growing) for number in range(1, claims + 1)]


def _claim(number: int, dice: random.Random, growing: bool) -> Claim:
    day = dice.randrange(1460)
    when = START + timedelta(days=day)
    true = 100 * day if growing else 100_000
    about = Decimal(int((true + 1000) * dice.uniform(0.95, 1.05)))
    source = f"source {dice.randrange(SOURCES)}"
    statement = Statement("a war", source, as_of=Period(when.isoformat(), when, when))
    hedge = dice.choice([Hedge.EXACT, Hedge.EXACT, Hedge.ABOUT, Hedge.AT_LEAST])
    if hedge is Hedge.AT_LEAST:
        return Claim(statement, f"at least {about}", Estimate(hedge, low=about), "n", id=number)
    return Claim(statement, f"{hedge} {about}", Estimate(hedge, best=about), "n", id=number)


def timed(claims: list[Claim], kind: Kind) -> tuple[float, Comparison]:
    """Processor seconds to compare some claims of one measure, and what came of it."""
    start = time.process_time()
    found = compare(claims, measures=[Measure("n", kind)])
    return time.process_time() - start, found


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{'kind':12}{'claims':>9}{'seconds':>9}{'ratio':>7}{'pairs':>13}{'conflicts':>11}")
    for kind in Kind:
        before = 0.0
        for size in (most // 2, most):
            taken, found = timed(record(size, growing=kind is Kind.CUMULATIVE), kind)
            counts = found.counts
            ratio = f"{taken / before:.2f}" if before else ""
            pairs = counts.compared + counts.stale
            print(f"{kind:12}{size:9,}{taken:9.2f}{ratio:>7}{pairs:13,}{counts.conflicts:11,}")
            before = taken


if __name__ == "__main__":
    main()
