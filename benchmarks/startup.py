"""Start-up: four commands as multiples of importing click, with the aims beside them.

Run it from a virtual environment that holds factlog and nothing more:

    python benchmarks/startup.py [ROUNDS]

Each round runs every command once, so that a slow moment of the machine falls on all of them.
The medians of the time by the clock are compared, and beside them the least time of the processor,
which tells even on a machine that others use.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUBJECT = "North Korean troops in Russia"
AIMS = {"--version": 1.3, "add": 2.5, "compare csv": 2.5, "compare json": 2.5, "compare table": 4.0}


def seconds(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """How long a command takes: by the clock, and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    factlog = str(Path(sys.executable).with_name("factlog"))
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "FACTLOG_DB": str(Path(folder) / "startup.db")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything each time is no start-up
        adding = [factlog, "add", SUBJECT, "--source", "South Korean intelligence"]
        first = ["around 300 killed", "around 2,700 injured", "--as-of", "2025-01-13"]
        subprocess.run([*adding, *first], env=env, check=True, stdout=subprocess.DEVNULL)
        times: dict[str, list[tuple[float, float]]] = {}
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
    clock = {name: statistics.median(wall for wall, _ in taken) for name, taken in times.items()}
    processor = {name: min(used for _, used in taken) for name, taken in times.items()}
    print(f"{'':13}  {'by the clock':>17}  {'of the processor':>17}")
    for name in times:
        columns = (
            f"{each[name] * 1000:6.1f} ms {each[name] / each['import click']:7.2f}"
            for each in (clock, processor)
        )
        aim = f"  aim {AIMS[name]}" if name in AIMS else ""
        print(f"{name:13}  {'  '.join(columns)}{aim}")


if __name__ == "__main__":
    main()
