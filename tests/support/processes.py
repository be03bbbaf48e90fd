"""Processes that work on one store, and are killed."""

from __future__ import annotations

import json
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


def first_line(worker: subprocess.Popen[str]) -> str:
    """The first line a process prints, and no sign more: communicate() reads on from there."""
    assert worker.stdout is not None
    line = b""
    while not line.endswith(b"\n") and (sign := os.read(worker.stdout.fileno(), 1)):
        line += sign
    return line.decode()


def kill_at_a_random_moment(worker: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Kill it without warning; what it had acknowledged by then comes back."""
    first = first_line(worker)
    time.sleep(chance.uniform(0, 0.15))
    worker.kill()
    out, _err = worker.communicate(timeout=60)
    return acknowledged(first + out)


# All in one process, each under an alarm that ends it if it hangs.
RUN = """
import contextlib, io, json, os, signal, sys
from factlog.cli.main import run
for words in json.loads(sys.argv[1]):
    err, out = io.StringIO(), io.StringIO()
    signal.alarm(60)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(words)
    signal.alarm(0)
    print(json.dumps([words, code, err.getvalue()]), flush=True)
"""


def told(path: Path, commands: list[list[str]]) -> list[tuple[list[str], int, str]]:
    """Each command, its exit code and what it said on stderr."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)],
        env={**os.environ, "FACTLOG_DB": str(path), "COLUMNS": "100"},
        cwd=path.parent,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 0, (ran.returncode, ran.stdout[-300:], ran.stderr[-2000:])
    return [tuple(json.loads(line)) for line in ran.stdout.splitlines()]


def check_plain(found: list[tuple[list[str], int, str]], *, damaged: bool = False) -> None:
    for words, code, err in found:
        assert "Traceback" not in err, (words, err)
        assert "mistake in factlog" not in err, (words, err)
        if code == 4:
            assert len(err.splitlines()) == 2, (words, err)
        assert code in (0, 1, 2, 3, 4), (words, code)
    if damaged:
        assert 4 in [code for _words, code, _err in found], found
