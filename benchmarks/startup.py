"""Start-up: four commands as multiples of importing click, with the aims beside them.

Run it from a virtual environment that holds factlog and nothing more:

    python benchmarks/startup.py [ROUNDS]

Each round runs every command once, so that a slow moment of the machine falls on all of them;
the medians of all rounds are compared.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUBJECT = "North Korean troops in Russia"
AIMS = {"--version": 1.3, "add": 2.5, "compare csv": 2.5, "compare json": 2.5, "compare table": 4.0}


def seconds(command: list[str], env: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    factlog = str(Path(sys.executable).with_name("factlog"))
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "FACTLOG_DB": str(Path(folder) / "startup.db")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything each time is no start-up
        adding = [factlog, "add", SUBJECT, "--source", "South Korean intelligence"]
        first = ["around 300 killed", "around 2,700 injured", "--as-of", "2025-01-13"]
        subprocess.run([*adding, *first], env=env, check=True, stdout=subprocess.DEVNULL)
        times: dict[str, list[float]] = {}
        for turn in range(rounds):
            commands = {
                "import click": [sys.executable, "-c", "import click"],
                "--version": [factlog, "--version"],
                "add": [*adding, f"{2700 + turn} injured", "--as-of", "2025-02"],
                "compare csv": [factlog, "compare", SUBJECT, "-f", "csv"],
                "compare json": [factlog, "compare", SUBJECT, "-f", "json"],
                "compare table": [factlog, "compare", SUBJECT],
            }
            for name, command in commands.items():
                times.setdefault(name, []).append(seconds(command, env))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    floor = medians["import click"]
    print(f"import click   {floor * 1000:6.1f} ms  1.00")
    for name, aim in AIMS.items():
        print(f"{name:13}  {medians[name] * 1000:6.1f} ms  {medians[name] / floor:4.2f}  aim {aim}")


if __name__ == "__main__":
    main()
