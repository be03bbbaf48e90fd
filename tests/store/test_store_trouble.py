"""Disks that are full or broken: what was recorded stays, and two plain lines say what happened."""

from __future__ import annotations

import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factlog.errors import StoreError
from factlog.store import Store, connection
from support.stores import NOW, claim, founding, later, new_store


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        pages = store._connection.value("pragma page_count")
        store._connection.rows(f"pragma max_page_count = {pages + 10}")
        with pytest.raises(StoreError, match="no room left") as caught:
            store.add_many((claim(str(n)) for n in range(5000)), now=NOW)
        assert caught.value.exit_code == 4
        assert store.count() == 3
        assert store.verify().ok
        store._connection.rows("pragma max_page_count = 1000000")
        assert store.add([claim("7")], now=later(1)).new == 1


def _small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("a small disk cannot be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


small_disk = pytest.fixture(_small_disk)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no disks can be made here")
def test_a_disk_that_is_really_full_loses_nothing(small_disk: Path) -> None:
    with new_store(small_disk) as store:
        store.add(founding(), now=NOW)
        with pytest.raises(StoreError):
            store.add_many((claim(str(n)) for n in range(20000)), now=NOW)
        assert store.count() == 3
        assert store.verify().ok
        store.retract(1, "wrong", now=NOW)


def test_a_store_that_the_disk_has_no_room_for_is_not_made(small_disk: Path) -> None:
    (small_disk / "films").write_bytes(bytes(380_000))
    with pytest.raises(StoreError, match="no room left"):
        new_store(small_disk)
    assert [each.name for each in small_disk.iterdir()] == ["films"]


_LIMITED = """
import resource, signal, sys
sys.path.insert(0, {tests!r})
from support.stores import NOW, claim
from factlog.errors import StoreError
from factlog.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
with Store.open({path!r}, create=True) as store:
    store.add([claim("kept")], now=NOW)
    try:
        store.add_many((claim(str(n)) for n in range(50000)), now=NOW)
    except StoreError as error:
        print(error)
    print(store.count())
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no such limits here")
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path) -> None:
    assert resource.RLIMIT_FSIZE
    path = tmp_path / "factlog.db"
    code = _LIMITED.format(tests=str(Path(__file__).parents[1]), path=str(path))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    problem, remedy, count = done.stdout.splitlines()
    assert str(path) in problem
    assert remedy
    assert count == "1"
    with Store.open(path) as store:
        assert [each.said for each in store.claims()] == ["kept"]
        assert store.verify().ok


def test_a_store_that_is_taken_away_while_open_is_told_in_words(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.path.unlink()
        with pytest.raises(StoreError):
            store.add([claim("7")], now=NOW)


def _code(number: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("said so")
    error.sqlite_errorcode = number
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_BUSY, "in use by another program"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "in use by another program"),
        (sqlite3.SQLITE_LOCKED, "in use by another program"),
        (sqlite3.SQLITE_FULL, "no room left"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "cannot be written"),
        (sqlite3.SQLITE_PERM, "cannot be written"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "is not a factlog store"),
        (sqlite3.SQLITE_IOERR_WRITE, "could not be read or written"),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, "cannot be opened"),
        (sqlite3.SQLITE_TOOBIG, "longer than a store can hold"),
        (sqlite3.SQLITE_MISMATCH, "said so"),
    ],
)
def test_what_sqlite_says_in_words(code: int, words: str) -> None:
    error = connection.worded(_code(code), Path("x.db"))
    assert words in error.problem
    assert "\n" not in error.problem + error.remedy
