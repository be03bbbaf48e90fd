"""Processes that work on one store, and are killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

LONG = os.environ.get("FACTLOG_LONG") == "1"
PROCESSES = 8
ADDS = 500 if LONG else 60
KILLS = 50 if LONG else 8
TESTS = Path(__file__).parents[1]


def start(deed: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "support.store_work", deed, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(worker: subprocess.Popen[str]) -> list[str]:
    """Wait for a process; what it acknowledged comes back."""
    out, err = worker.communicate(timeout=600)
    assert (worker.returncode, err) == (0, "")
    return acknowledged(out)


def acknowledged(out: str) -> list[str]:
    return [line.removeprefix("done ") for line in out.splitlines() if line.startswith("done ")]


def kill_at_a_random_moment(worker: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Kill it without warning; what it had acknowledged by then comes back."""
    assert worker.stdout is not None
    first = worker.stdout.readline()
    time.sleep(chance.uniform(0, 0.15))
    worker.kill()
    out, _err = worker.communicate(timeout=60)
    return acknowledged(first + out)
