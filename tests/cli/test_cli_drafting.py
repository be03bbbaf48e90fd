"""A long file is read by one process while another records: what comes of it is what one makes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factlog.cli import beside, processes
from factlog.store import Store
from support.person import Factlog

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only here is a file read beside"),
]

HEADER = "topic,measure,source,value,as_of,batch\n"


def rows(count: int) -> list[str]:
    """Rows of many subjects, one value in a hundred more than a number, and repeats."""
    made = []
    for number in range(count):
        value = "76?" if number % 100 == 7 else "" if number % 100 == 8 else str(100 + number)
        where = f"Place {number // 2:06} of a long enough name for a long enough file"
        made.append(f"{where},homes,Agency {number % 7},{value},2024-01-{number % 28 + 1:02},1")
    return [*made, *(row[:-1] + "2" for row in made[:5])]


@pytest.fixture
def long_file(here: Path) -> Path:
    file = here / "long.csv"
    file.write_text(HEADER + "\n".join(rows(12_000)) + "\n")
    assert file.stat().st_size > beside.LONG
    return file


def claims(path: Path) -> list[tuple[object, ...]]:
    with Store.open(path) as store:
        assert store.verify().ok
        return [
            (each.id, each.uid, each.statement, each.said, each.estimate, each.note)
            for each in store.claims(as_given=True)
        ]


def test_two_processes_record_what_one_does(
    factlog: Factlog, long_file: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for cores in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, most=cores: set(range(most)))
        made.append(factlog("--db", f"{cores}.db", "import", str(long_file)))
    alone, together = made
    assert together == alone
    assert alone.code == 0
    for told in ("subject from topic", "Columns not taken: batch", "empty values", "line 2"):
        assert told in alone.err
    assert claims(here / "2.db") == claims(here / "1.db")


def test_a_pipe_that_may_not_be_long_will_do(
    factlog: Factlog, long_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(2)))
    monkeypatch.setattr(beside, "_AHEAD", -1)  # refused, as any length may be
    assert factlog("import", str(long_file)).code == 0


def test_where_no_process_is_to_be_had_one_does_it_all(
    factlog: Factlog, long_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(2)))
    monkeypatch.setattr(os, "fork", refused)
    assert factlog("--db", "a.db", "import", str(long_file)).code == 0
    with Store.open(long_file.parent / "a.db") as store:
        assert store.count() > 11_000


def test_a_bad_row_is_told_alike_and_nothing_is_recorded(
    factlog: Factlog, long_file: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with long_file.open("a") as file:
        file.write("Last,homes,Agency,many,2024-01-01,1\nLast,homes,Agency,3,yesterweek,1\n")
    made = []
    for cores in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, most=cores: set(range(most)))
        made.append(factlog("--db", f"{cores}.db", "import", str(long_file)))
    alone, together = made
    assert together == alone
    assert alone.code == 2
    assert "2 of 12,007 rows cannot be read" in alone.err
    for name in ("1.db", "2.db"):
        with Store.open(here / name) as store:
            assert store.count() == 0


def ended(process: int) -> bool:
    """Whether a process ends within a moment; one that nobody has asked for yet is a zombie."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(processes.cores() < 2, reason="one core reads and records by itself")
@pytest.mark.parametrize("who", ["reader", "both"])
def test_a_process_that_is_ended_leaves_nothing_recorded(here: Path, who: str) -> None:
    file = here / "longer.csv"
    file.write_text(HEADER + "\n".join(rows(100_000)) + "\n")
    running = subprocess.Popen(
        [sys.executable, "-m", "factlog", "--db", "a.db", "import", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    reader = child(running)
    if who == "reader":
        os.kill(reader, signal.SIGKILL)
    else:
        os.killpg(running.pid, signal.SIGINT)
    _out, told = running.communicate(timeout=120)
    stopped = (2, "The process that read the file was stopped from outside")
    wanted = stopped if who == "reader" else (130, "Interrupted: nothing half-done was kept.")
    assert running.returncode == wanted[0]
    assert told.strip().startswith(wanted[1])
    assert ended(reader)
    if Path("a.db").exists():
        with Store.open("a.db") as store:
            assert (store.count(), store.verify().ok) == (0, True)


@pytest.mark.skipif(processes.cores() < 2, reason="one core reads and records by itself")
def test_a_closed_terminal_ends_neither_process_under_nohup(here: Path, long_file: Path) -> None:
    running = subprocess.Popen(
        ["nohup", sys.executable, "-m", "factlog", "--db", "a.db", "import", str(long_file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    child(running)
    while running.poll() is None:
        os.killpg(running.pid, signal.SIGHUP)
        time.sleep(0.02)
    _out, told = running.communicate(timeout=120)
    assert running.returncode == 0, told
    assert claims(here / "a.db")


def child(running: subprocess.Popen[str]) -> int:
    """The process that reads, once it is there."""
    at = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    until = time.monotonic() + 60
    while not (found := at.read_text().split()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return int(found[0])
