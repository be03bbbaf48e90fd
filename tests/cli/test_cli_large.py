"""Comparing every subject of a large store: in parts, on several cores, one result."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factlog.cli import processes
from factlog.cli.main import run
from support.person import Factlog

pytestmark = pytest.mark.slow

SUBJECTS = 10_500  # three parts
CONFLICTS = 105


def record(path: Path, every: int = SUBJECTS // CONFLICTS, subjects: int = SUBJECTS) -> None:
    """Two agencies on each of many subjects; every so many, they are apart."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["subject", "measure", "source", "value", "as_of"])
        for number in range(subjects):
            apart = number % every == 7
            rows.writerow([f"Place {number}", "homes", "A", "about 300", "2024-01-01"])
            rows.writerow([f"Place {number}", "homes", "B", 900 if apart else 310, "2024-02-01"])


@pytest.fixture(scope="session")
def large_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record in a store, imported once; the tests take copies of it."""
    folder = tmp_path_factory.mktemp("large")
    record(folder / "large.csv")
    assert run(["--db", str(folder / "large.db"), "import", str(folder / "large.csv")]) == 0
    return folder / "large.db"


@pytest.fixture
def large(factlog: Factlog, here: Path, large_store: Path) -> Factlog:
    shutil.copyfile(large_store, here / "facts.db")
    return factlog


@pytest.mark.parametrize("shape", ["csv", "jsonl"])
def test_several_cores_give_what_one_gives(
    large: Factlog, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(2)))
    words = ("compare", "--only", "conflict", "-f", shape)
    together = large(*words)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(1)))
    alone = large(*words)
    assert together == alone
    assert together.code == 0
    rows = together.out.splitlines()
    assert len(rows) == (1 + 2 * CONFLICTS if shape == "csv" else CONFLICTS)
    assert rows == [row for number, row in enumerate(rows) if number == 0 or row != rows[0]]


def test_what_is_passed_over_is_what_holds_no_conflict(large: Factlog) -> None:
    every = list(csv.DictReader(io.StringIO(large("compare", "-f", "csv").out)))
    only = list(
        csv.DictReader(io.StringIO(large("compare", "--only", "conflict", "-f", "csv").out))
    )
    assert len(every) == 2 * SUBJECTS
    assert only == [row for row in every if row["verdict"] == "conflict"]
    assert [row["subject"] for row in only[::2]] == [
        f"Place {number}" for number in range(7, SUBJECTS, SUBJECTS // CONFLICTS)
    ]


def test_check_counts_what_is_not_shown(factlog: Factlog, here: Path) -> None:
    record(here / "calm.csv", every=SUBJECTS * 9, subjects=6_000)
    assert factlog("import", "calm.csv").code == 0
    agreed = factlog("compare", "--only", "conflict", "-f", "csv", "--check")
    assert (agreed.code, len(agreed.out.splitlines())) == (1, 3)  # Place 7 of the first stride
    assert factlog("retract", "15", "--reason", "mistyped").code == 0
    calm = factlog("compare", "--only", "conflict", "-f", "csv", "--check")
    assert (calm.code, len(calm.out.splitlines())) == (0, 1)
    quiet = factlog("compare", "--only", "conflict", "-f", "csv")
    assert (quiet.code, quiet.err) == (0, "")


def test_nothing_on_record_is_said(factlog: Factlog) -> None:
    assert factlog("add", "Here", "3", "--source", "A").code == 0
    assert factlog("retract", "1", "--reason", "mistyped").code == 0
    nothing = factlog("compare", "--only", "conflict", "-f", "csv")
    assert nothing.code == 2
    assert "no live claims" in nothing.err


def test_json_lines_name_every_conflict(large: Factlog) -> None:
    lines = large("compare", "--only", "conflict", "-f", "jsonl").out.splitlines()
    assert {json.loads(line)["verdict"] for line in lines} == {"conflict"}


def helpers(running: subprocess.Popen[str]) -> list[int]:
    """The processes that a comparison has started, once it has."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None:
        if found := children.read_text().split():
            return [int(each) for each in found]
        time.sleep(0.01)
    return []


@pytest.fixture
def running(large: Factlog) -> subprocess.Popen[str]:  # noqa: ARG001
    """A comparison of every subject, which takes a while."""
    return subprocess.Popen(
        [sys.executable, "-m", "factlog", "compare", "-f", "csv"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


SEVERAL = pytest.mark.skipif(processes.cores() < 2, reason="one core works without helpers")


@SEVERAL
@pytest.mark.parametrize("after", [0, 0.2, 0.6])
def test_an_interrupt_ends_all_of_it(running: subprocess.Popen[str], after: float) -> None:
    assert helpers(running)
    time.sleep(after)
    os.killpg(running.pid, signal.SIGINT)
    _out, told = running.communicate(timeout=60)
    assert (running.returncode, told.strip()) == (130, "Interrupted: nothing half-done was kept.")


@SEVERAL
def test_a_helper_that_is_killed_is_said_in_two_lines(running: subprocess.Popen[str]) -> None:
    os.kill(helpers(running)[0], signal.SIGKILL)
    _out, told = running.communicate(timeout=60)
    assert running.returncode == 2
    assert told.startswith("One of the processes that compare was stopped from outside")
    assert len(told.strip().splitlines()) == 2


def test_every_row_of_a_csv_has_its_worst_finding(factlog: Factlog, here: Path) -> None:
    rows = [f"Raid,killed,Agency {n},{100 + 7 * n},2024-01-05" for n in range(60)]
    header = "subject,measure,source,value,as_of"
    (here / "a.csv").write_text("\n".join([header, *rows, ""]))
    factlog("import", "a.csv")
    told = list(csv.DictReader(factlog("compare", "-f", "csv").out.splitlines()))
    assert [(row["verdict"], row["kind"]) for row in told] == [("conflict", "disjoint")] * 60
