"""What every command takes on one big subject, and whether twice the claims take twice the time.

Run: python benchmarks/one_subject.py [CLAIMS]

The record is that of comparing.py, a running total of twenty sources; 100,000 claims unless told.
Each line gives seconds of processors and the most memory for half of the claims and for all, and
what the second is as a multiple of the first.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

import comparing
from scale import Cost, factlog

MEASURE = "killed"  # a running total, by the starter measures
COMMANDS = ("compare", "explain", "chart", "report")


def store_of(claims: int, folder: Path) -> Path:
    """A store of so many claims about one subject."""
    file, store = folder / f"{claims}.csv", folder / f"{claims}.db"
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["subject", "measure", "source", "value", "as_of"])
        for claim in comparing.record(claims, growing=True):
            said = claim.said.removeprefix("exact ")
            when = claim.statement.as_of
            rows.writerow(["a war", MEASURE, claim.statement.source, said, when and when.said])
    factlog(store, "import", file)
    return store


def measured(store: Path, command: str) -> Cost:
    """What one command about the subject costs."""
    words: tuple[str | Path, ...] = (command, "a war")
    if command == "explain":
        words = (*words, MEASURE)
    if command in ("chart", "report"):
        ending = "svg" if command == "chart" else "html"
        words = (*words, "-o", store.with_suffix(f".{ending}"))
    return factlog(store, *words)


def main() -> None:
    """Print the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        stores = [store_of(size, Path(name)) for size in (most // 2, most)]
        print(f"{'':10}{most // 2:>12,} claims{most:>19,} claims{'ratio':>9}")
        for command in COMMANDS:
            half, whole = (measured(store, command) for store in stores)
            told = (f"{c.processor:8.2f} s {c.memory:5} MB" for c in (half, whole))
            print(f"{command:10}{'       '.join(told)}{whole.processor / half.processor:9.2f}",
                  flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
