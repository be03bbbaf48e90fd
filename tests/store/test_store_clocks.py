"""Clocks at the end of time, and clocks that are set back: nothing crashes, nothing is reordered.

The order of the record is that of the numbers of its events and claims, never that of times.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factlog.store import Store
from support.stores import asked, claim, exactly

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("faketime") is None, reason="needs faketime"),
]
LAST = "9999-12-31 23:59:50"  # which Python's clock, counting nanoseconds, takes for 2262
END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
AFTER, BEFORE = "2026-03-01 12:00:00", "2025-03-01 12:00:00"


def at(clock: str, path: Path, *words: str, zone: str = "UTC") -> str:
    """What factlog says in a process of its own with its clock set like this."""
    done = subprocess.run(
        ["faketime", "-f", f"@{clock}", sys.executable, "-m", "factlog", "--db", path, *words],
        env={**os.environ, "TZ": zone, "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
    assert done.returncode == 0, done.stderr
    return done.stdout


def add(clock: str, path: Path, value: str, zone: str = "UTC") -> str:
    return at(clock, path, "add", "Troops", f"{value} killed", "--source", "Seoul", zone=zone)


def fits(path: Path) -> None:
    with Store.open(path) as store:
        assert store.verify().problem is None


def numbers(text: str) -> Iterator[str]:
    """The figures of a listing, in its order."""
    return (value for line in text.splitlines() for value in VALUES if f" {value}" in line)


VALUES = ("310", "320", "330")


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_last_moment_of_the_clock(tmp_path: Path, zone: str) -> None:
    path, other = tmp_path / "facts.db", tmp_path / "other.db"
    for each, value in ((path, "310"), (path, "320"), (other, "330")):
        add(LAST, each, value, zone)
    assert list(numbers(at(LAST, path, "list", zone=zone))) == ["310", "320"]
    assert "2262-04-1" in at(LAST, path, "log", zone=zone)
    at(LAST, path, "compare", zone=zone)
    at(LAST, path, "undo", "-y", zone=zone)
    assert list(numbers(at(LAST, path, "list", zone=zone))) == ["310"]
    at(LAST, path, "merge", str(other), zone=zone)
    assert list(numbers(at(LAST, path, "list", zone=zone))) == ["310", "330"]
    at(LAST, path, "log", "--verify", zone=zone)
    fits(path)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_what_was_recorded_on_the_last_day_there_is(tmp_path: Path, zone: str) -> None:
    path, other = tmp_path / "facts.db", tmp_path / "other.db"
    for each, values in ((path, ("310", "320")), (other, ("330",))):
        with Store.open(each, create=True) as store:
            for value in values:
                store.add([claim(value, exactly(value))], now=END)
    for words in (["log"], ["list"], ["show", "1"], ["compare"], ["report", "-o", "-"], ["export"]):
        at(AFTER, path, *words, zone=zone)
    assert list(numbers(at(AFTER, path, "list", zone=zone))) == ["310", "320"]
    assert "9999-12-31" in at(AFTER, path, "log", zone=zone)
    at(AFTER, path, "undo", "-y", zone=zone)
    at(AFTER, path, "merge", str(other), zone=zone)
    add(AFTER, path, "320", zone)
    assert list(numbers(at(AFTER, path, "list", zone=zone))) == ["310", "330", "320"]
    at(AFTER, path, "log", "--verify", zone=zone)
    fits(path)


def test_a_clock_that_is_set_back_a_year_between_two_claims(tmp_path: Path) -> None:
    path, other = tmp_path / "facts.db", tmp_path / "other.db"
    add(AFTER, path, "310")
    add(BEFORE, path, "320")
    assert list(numbers(at(BEFORE, path, "list"))) == ["310", "320"]
    log = at(BEFORE, path, "log")
    assert log.index("2025-03-01") < log.index("2026-03-01")  # last first, by number
    assert [time[:4] for (time,) in asked(path, "select at from event order by id")] == [
        *("2026", "2025")
    ]
    at(BEFORE, path, "log", "--verify")
    at(BEFORE, path, "undo", "-y")  # the later event is taken back, not the later time
    assert list(numbers(at(AFTER, path, "list"))) == ["310"]
    add(BEFORE, other, "310")
    add(BEFORE, other, "330")
    at(BEFORE, path, "merge", str(other))
    assert list(numbers(at(BEFORE, path, "list"))) == ["310", "330"]
    # A claim in both was recorded when the earlier of them was.
    assert asked(path, "select substr(recorded, 1, 4) from claim where id = 1") == [("2025",)]
    fits(path)


def test_a_clock_that_goes_back_from_the_end_of_time(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    add(LAST, path, "310")
    add("1970-01-02 00:00:00", path, "320")
    add(AFTER, path, "330")
    assert list(numbers(at(AFTER, path, "list"))) == ["310", "320", "330"]
    at(AFTER, path, "undo", "-y")
    assert list(numbers(at(LAST, path, "list"))) == ["310", "320"]
    fits(path)
