"""Completion: what one press of TAB costs over importing click, in a record of many names.

Run it from a virtual environment that holds factlog and nothing more:

    python benchmarks/completing.py [NAMES] [ROUNDS]

The record has NAMES subjects (100,000 unless told), each with one claim. Each round asks once for
each kind of thing; the medians of all rounds are told, as multiples of importing click and as
seconds over it, of which 0.15 is the aim.
"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_TOWNS = ("Ashford", "Belgorod", "Cartagena", "Daegu", "Esbjerg", "Goma", "Juba", "Kharkiv")
_MEASURES = ("killed", "injured", "displaced", "households")
AIM = 0.15


def make(store: Path, names: int) -> None:
    file = store.with_suffix(".csv")
    with file.open("w", encoding="utf-8", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(("subject", "measure", "source", "value", "as_of"))
        for number in range(names):
            town, measure = _TOWNS[number % len(_TOWNS)], _MEASURES[number % len(_MEASURES)]
            subject = f"{town} district {number:06}"
            rows.writerow((subject, measure, f"Agency {number % 1000}", number, "2025-01-13"))
    factlog = str(Path(sys.executable).with_name("factlog"))
    words = [factlog, "--db", str(store), "import", str(file)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seconds(command: list[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    names = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    factlog = str(Path(sys.executable).with_name("factlog"))
    asked = {
        "commands": ("factlog comp", "comp"),
        "options": ("factlog compare --for", "--for"),
        "any subject": ("factlog compare ", ""),
        "a subject": ('factlog compare "juba district 0', "juba district 0"),
        "a source": ("factlog add Juba 5 --source agency\\ 9", "agency\\ 9"),
        "a claim": ("factlog show 12345", "12345"),
        "any claim": ("factlog retract ", ""),
        "in a claim": ('factlog add "Juba district 000006" "around 300 kil', "around 300 kil"),
        "a party": ("factlog compare --exclude-party no", "no"),
        "its measure": ('factlog explain "Juba district 000006" ', ""),
    }
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "names.db"
        make(store, names)
        env = {**os.environ, "FACTLOG_DB": str(store)}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything each time is no start-up
        times: dict[str, list[float]] = {}
        for _ in range(rounds):
            bare = seconds([sys.executable, "-c", "import click"], env)
            times.setdefault("import click", []).append(bare)
            for what, (line, word) in asked.items():
                shell = {"_FACTLOG_COMPLETE": "bash", "COMP_LINE": line, "COMP_WORD": word}
                times.setdefault(what, []).append(seconds([factlog], {**env, **shell}))
    floor = statistics.median(times["import click"])
    print(f"{names:,} subjects, {rounds} rounds")
    for what, taken in times.items():
        median = statistics.median(taken)
        print(f"{what:12}  {median * 1000:6.1f} ms  {median / floor:4.2f}", end="")
        over = median - floor
        print("" if what == "import click" else f"  {over:.3f} s over it, aim {AIM}")


if __name__ == "__main__":
    main()
