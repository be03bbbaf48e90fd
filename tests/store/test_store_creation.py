"""Making a store: whole or not at all, however many make it and whenever they are stopped."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from factlog.errors import StoreError
from factlog.store import Store, migrations
from factlog.store.schema import STEPS
from support.processes import LONG, finish, start
from support.stores import NOW, asked, founding, new_store

KILLS, INTERRUPTS, RACES, RACERS = (60, 40, 12, 16) if LONG else (8, 6, 1, 8)


def works(path: Path) -> bool:
    """Whether the next command finds no store, or a whole one, and can record."""
    assert not path.exists() or asked(path, "pragma user_version") == [(len(STEPS),)]
    with Store.open(path, create=True) as store:
        return store.add(founding(), now=NOW).new == 3 and store.verify().ok


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
@pytest.mark.parametrize(
    ("sign", "times"), [(signal.SIGKILL, KILLS), (signal.SIGINT, INTERRUPTS)], ids=["kill", "int"]
)
def test_stopped_at_any_moment_of_making_a_store(
    tmp_path: Path, sign: signal.Signals, times: int
) -> None:
    chance = random.Random(7)
    for run in range(times):
        path = tmp_path / f"{run}.db"
        worker = start("create", path)
        time.sleep(chance.uniform(0.05, 0.6))
        worker.send_signal(sign)
        worker.communicate(timeout=60)
        assert works(path)


@pytest.mark.slow
def test_no_claim_is_lost_when_many_make_the_store(tmp_path: Path) -> None:
    for race in range(RACES):
        path = tmp_path / f"{race}.db"
        workers = [start("add_one_by_one", path, who, 1) for who in range(RACERS)]
        assert sum(len(finish(worker)) for worker in workers) == RACERS
        with Store.open(path) as store:
            assert store.count() == RACERS
            assert store.verify().ok
        assert list(tmp_path.glob(".*")) == []


def test_an_empty_file_is_a_store_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    path.touch()
    with Store.open(path, create=True) as store:
        assert store.add(founding(), now=NOW).new == 3
    assert [each.name for each in tmp_path.iterdir()] == ["factlog.db"]


def test_a_store_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        migrations.make(store.path)
        assert store.count() == 3
    assert [each.name for each in tmp_path.iterdir()] == ["factlog.db"]


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_no_store_is_made_where_sqlite_would_delete_it(tmp_path: Path, ending: str) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(f"facts.db{ending}")
    for path in (tmp_path / f"facts.db{ending}", link):
        with pytest.raises(StoreError, match="a name that SQLite gives its own files"):
            Store.open(path, create=True)
    assert [*tmp_path.iterdir()] == [link]


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
def test_no_store_is_made_beside_what_sqlite_would_take_for_its_journal(
    tmp_path: Path, ending: str
) -> None:
    path, beside = tmp_path / "facts.db", tmp_path / f"facts.db{ending}"
    beside.write_text("a diary\n" * 100)
    (tmp_path / "link.db").symlink_to(path)
    for name in (path, tmp_path / "link.db"):
        with pytest.raises(StoreError, match="is in the way"):
            Store.open(name, create=True)
    assert beside.read_text() == "a diary\n" * 100
    assert not path.exists()
    beside.write_text("")
    assert works(path)


def test_a_journal_left_by_another_store_is_not_written_over_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for sql in ("create table t (a)", "pragma cache_size = 1", "begin"):
            raw.execute(sql)
        raw.executemany("insert into t values (?)", [("x" * 1000,)] * 2000)
        left = Path(f"{path}-journal").read_bytes()
    path.unlink()
    Path(f"{path}-journal").write_bytes(left)
    with pytest.raises(StoreError, match="is in the way"):
        Store.open(path, create=True)
    Path(f"{path}-journal").rename(tmp_path / "moved")
    assert works(path)


def test_a_store_behind_a_link_is_made_where_the_link_leads(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    assert works(tmp_path / "link.db")
    assert stat.S_IMODE((tmp_path / "real.db").stat().st_mode) == 0o600


def test_where_there_are_no_links_the_store_is_made_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)  # as some file systems do
    assert works(tmp_path / "factlog.db")
    assert [each.name for each in tmp_path.iterdir()] == ["factlog.db"]
    assert stat.S_IMODE((tmp_path / "factlog.db").stat().st_mode) == 0o600


def test_what_killed_makers_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    left, young, other = (
        tmp_path / name for name in (".factlog.db.aaaa.part", ".factlog.db.bbbb.part", "x.part")
    )
    for each in (left, young, other):
        each.touch()
    os.utime(left, (0, 0))
    os.utime(other, (0, 0))
    new_store(tmp_path).close()
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        *(young.name, "factlog.db", other.name)
    ]
