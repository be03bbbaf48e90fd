"""Reading: values a second, bare digits and hedged forms, beside `float()` in the same run.

    python benchmarks/reading.py [VALUES]

Aims: 200,000 a second for bare digits and 50,000 for hedged forms. Processor time is counted,
and the best of five rounds, since machines are shared. The values are made up afresh and each is
read once a round, so that nothing but the words around the numbers repeats.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable, Sequence

from factlog import importing
from factlog.parsing import read, read_all

ROUNDS = 5
HEDGED = (
    "about {:,}",
    "around {:,} killed",
    "at least {:,} people killed",
    "more than {:,}",
    "fewer than {:,} injured",
    "up to {:,} North Korean soldiers",
    "nearly {:,} km",
    "{:,} troops",
    "{:,}+",
    "{:,} or so",
    "${:,}",
    "{:,} ± 20",
    "between {:,} and 20,000,000",
)
OTHER = (
    "about four thousand",
    "tens of thousands of people",
    "3,000 (95% CI 2,800 to 3,200)",
    "around 300 killed and 2,700 injured",
    "$1.5-2bn",
    "5 ft 11 in",
)


def rate(function: Callable[[str], object], values: Sequence[str]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for value in values:
            function(value)
        best = min(best, time.process_time() - started)
    return len(values) / best


def line(name: str, speed: float, aim: str = "") -> None:
    print(f"{name:38} {speed:12,.0f} a second  {aim}".rstrip())


def rows(values: Sequence[str]) -> float:
    """Rows a second of a csv file with these values, the bad ones written as they stood."""
    text = "subject,source,value\n" + "".join(f"Ukraine war,WSJ,{value}\n" for value in values)

    def taken(text: str) -> None:
        found = importing.read_rows(io.BytesIO(text.encode()), "csv")
        for _line, row in found:
            if isinstance(row, importing.BadRow):
                found.rejected(row)

    return rate(taken, [text]) * len(values)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    chance = random.Random(1)  # the same values each run
    whole = [str(chance.randrange(10**7)) for _ in range(count)]
    decimal = [f"{chance.random() * 1000:.2f}" for _ in range(count)]
    line("float(), bare digits", rate(float, whole))
    line("bare digits", rate(read, whole), "aim 200,000")
    line("decimals", rate(read, decimal), "aim 200,000")
    line("grouped, 1,234,567", rate(read, [f"{int(number):,}" for number in whole]))
    forms = [HEDGED[n % len(HEDGED)].format(1000 + int(number)) for n, number in enumerate(whole)]
    line("hedged forms, mixed", rate(read, forms), "aim 50,000")
    for form in HEDGED:
        values = [form.format(1000 + int(number)) for number in whole[: count // 5]]
        line("  " + form.replace("{:,}", "1,234,567"), rate(read, values))
    for form in OTHER:
        line("  " + form, rate(read_all, [form] * (count // 10)))
    good, bad = rows(whole), rows([f"page {number}" for number in whole])
    line("good rows of a file", good)
    line("bad rows of a file", bad, f"{good / bad:.1f} times the time of good ones, aim 3")
    print("pint was " + ("loaded" if "pint" in sys.modules else "not loaded"))


if __name__ == "__main__":
    main()
