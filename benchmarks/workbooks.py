"""Importing a workbook beside the csv of the same rows, and writing it again.

    python benchmarks/workbooks.py [ROWS]

Aim: 100,000 rows of xlsx within three times the csv. Each is a process of its own, as a person
runs it; processor time is counted, and the best of two rounds, since machines are shared.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import xlsxwriter

ROUNDS = 2
HEADER = ("subject", "measure", "source", "value", "as_of", "url")


def rows(count: int) -> Iterator[tuple[str, str, str, int, datetime, str]]:
    chance, first = random.Random(1), datetime(2022, 2, 24, tzinfo=UTC).replace(tzinfo=None)
    for number in range(count):
        day = first + timedelta(number % 900)
        value, url = chance.randint(1, 9_999), f"https://example.org/{number}"
        yield f"Town {number % 997}", "killed", f"Source {number % 53}", value, day, url


def written(folder: Path, count: int) -> None:
    """The same rows as claims.csv and claims.xlsx."""
    with (folder / "claims.csv").open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        lines.writerows((*row[:4], row[4].date(), row[5]) for row in rows(count))
    with xlsxwriter.Workbook(folder / "claims.xlsx", {"strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number, row in enumerate(rows(count), 1):
            sheet.write_row(number, 0, row[:4])
            sheet.write_datetime(number, 4, row[4], day)
            sheet.write_string(number, 5, row[5])


def seconds(*words: str) -> float:
    """The processor time of a factlog command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "factlog", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def imported(folder: Path, kind: str) -> float:
    best = float("inf")
    for number in range(ROUNDS):
        store = str(folder / f"{kind}{number}.db")
        best = min(best, seconds("--db", store, "import", str(folder / f"claims.{kind}")))
    return best


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, count)
        from_csv, from_xlsx = imported(folder, "csv"), imported(folder, "xlsx")
        store = ("--db", str(folder / "csv0.db"), "export")
        to_csv = seconds(*store, str(folder / "out.csv"))
        to_xlsx = seconds(*store, str(folder / "out.xlsx"))
        (folder / "out.xlsx").rename(folder / "claims.xlsx")
        for number in range(ROUNDS):
            (folder / f"xlsx{number}.db").unlink()
        back = imported(folder, "xlsx")
    print(f"{count:,} rows          csv      xlsx    ratio")
    print(f"import       {from_csv:9.1f} s {from_xlsx:7.1f} s {from_xlsx / from_csv:7.2f}")
    print(f"import of export's            {back:7.1f} s {back / from_csv:7.2f}")
    print(f"export       {to_csv:9.1f} s {to_xlsx:7.1f} s {to_xlsx / to_csv:7.2f}")


if __name__ == "__main__":
    main()
