"""What every command takes on one big subject, and whether twice the claims take twice the time.

Run: python benchmarks/one_subject.py [CLAIMS]

The record is that of comparing.py, a running total of twenty sources; 100,000 claims unless told.
The last lines are of a fifth as many claims: a level, with figures of 400 sources in sixty days,
all near in time; and a constant that 500 sources have measured, each with its error.
Each line gives seconds of processors and the most memory for half of the claims and for all, and
what the second is as a multiple of the first.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

import comparing
from scale import Cost, factlog

MEASURE = "killed"  # a running total, by the starter measures
LEVEL = "displaced"
CONSTANT = "height"
COMMANDS = ("compare", "explain", "chart", "report")


def scattered(
    claims: int, measure: str, sources: int, days: int, said: Callable[[random.Random], str]
) -> Iterator[tuple[str, ...]]:
    """Rows of a measure told by so many sources within so many days."""
    dice = random.Random(4)
    for _ in range(claims):
        day = comparing.START + timedelta(days=dice.randrange(days))
        yield "a war", measure, f"source {dice.randrange(sources)}", said(dice), day.isoformat()


def level(claims: int) -> Iterator[tuple[str, ...]]:
    """Rows of a level that 400 sources tell widely apart, within sixty days."""

    def said(dice: random.Random) -> str:
        return f"{dice.choice(('', '', 'about ', 'at least '))}{dice.randrange(50_000, 150_000)}"

    return scattered(claims, LEVEL, 400, 60, said)


def measurements(claims: int) -> Iterator[tuple[str, ...]]:
    """Rows of a constant that 500 sources have measured, with errors of four sizes."""

    def said(dice: random.Random) -> str:
        return f"{dice.gauss(1_000, 50):.1f} ± {dice.choice((5, 10, 20, 50))}"

    return scattered(claims, CONSTANT, 500, 1_500, said)


def total(claims: int) -> Iterator[tuple[str, ...]]:
    """Rows of a running total."""
    for claim in comparing.record(claims, growing=True):
        said, when = claim.said.removeprefix("exact "), claim.statement.as_of
        day = when.said if when else ""
        yield "a war", MEASURE, claim.statement.source, said, day


def store_of(made: Iterable[tuple[str, ...]], name: str, folder: Path) -> Path:
    """A store of claims about one subject."""
    file, store = folder / f"{name}.csv", folder / f"{name}.db"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["subject", "measure", "source", "value", "as_of"])
        rows.writerows(made)
    factlog(store, "import", file)
    return store


def measured(store: Path, command: str, measure: str = MEASURE) -> Cost:
    """What one command about the subject costs."""
    words: tuple[str | Path, ...] = (command, "a war")
    if command == "explain":
        words = (*words, measure)
    if command in ("chart", "report"):
        ending = "svg" if command == "chart" else "html"
        words = (*words, "-o", store.with_suffix(f".{ending}"))
    return factlog(store, *words)


def told(command: str, half: Cost, whole: Cost) -> None:
    """Print one line of the table."""
    costs = (f"{cost.processor:8.2f} s {cost.memory:5} MB" for cost in (half, whole))
    ratio = whole.processor / half.processor
    print(f"{command:10}{'       '.join(costs)}{ratio:9.2f}", flush=True)


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        stores = [store_of(total(size), str(size), Path(name)) for size in (most // 2, most)]
        print(f"{'':10}{most // 2:>12,} claims{most:>19,} claims{'ratio':>9}")
        for command in COMMANDS:
            told(command, *(measured(store, command) for store in stores))
        sizes = (most // 10, most // 5)
        for made, measure in ((level, LEVEL), (measurements, CONSTANT)):
            some = [store_of(made(size), f"{measure} {size}", Path(name)) for size in sizes]
            print(f"{measure:10}{sizes[0]:>12,} claims{sizes[1]:>19,} claims{'ratio':>9}")
            for command in ("explain", "compare"):
                told(command, *(measured(store, command, measure) for store in some))


if __name__ == "__main__":
    main()
