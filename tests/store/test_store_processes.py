"""Many processes at once, and processes that are killed: what was acknowledged is there."""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factlog.claim import Claim
from factlog.errors import StoreError
from factlog.store import Store
from support.processes import ADDS, KILLS, LONG, PROCESSES, finish, kill_at_a_random_moment, start
from support.stores import NOW, asked, claim, exactly, founding, new_store

pytestmark = pytest.mark.slow


def test_every_acknowledged_claim_of_many_processes_is_there_once(tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"  # not made yet: they race to make it, too
    workers = [start("add_one_by_one", path, who, ADDS) for who in range(PROCESSES)]
    told = [each for worker in workers for each in finish(worker)]
    assert len(told) == PROCESSES * ADDS
    with Store.open(path) as store:
        assert Counter(each.said for each in store.claims()) == Counter(told)
        assert len(store.log()) == len(told)
        assert store.verify().ok


@pytest.mark.parametrize("attempt", range(10 if LONG else 3))
def test_first_runs_that_race_make_one_store(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / f"{attempt}.db"
    workers = [start("create", path) for _who in range(PROCESSES)]
    assert [finish(worker) for worker in workers] == [["0"]] * PROCESSES
    with Store.open(path) as store:
        assert store.verify().ok


def test_killed_while_adding(tmp_path: Path) -> None:
    path, chance, told = tmp_path / "factlog.db", random.Random(1), []
    for run in range(KILLS):
        told += kill_at_a_random_moment(start("add_forever", path, f"run {run}"), chance)
        with Store.open(path) as store:
            assert store.verify().problem is None
            found = {each.said for each in store.claims()}
            assert set(told) <= found
            # At most the one that was being acknowledged is there besides.
            assert len(found) <= len(told) + run + 1


def test_killed_while_importing(tmp_path: Path) -> None:
    path, chance = tmp_path / "factlog.db", random.Random(2)
    told: list[str] = []
    for run in range(KILLS):
        told += kill_at_a_random_moment(start("import_forever", path, f"run {run}"), chance)
        with Store.open(path) as store:
            assert store.verify().problem is None
            counts = Counter(each.statement.source for each in store.claims())
        assert set(counts.values()) == {700}
        assert set(told) <= set(counts)


def test_killed_while_taking_back(tmp_path: Path) -> None:
    path, chance = tmp_path / "factlog.db", random.Random(3)
    with Store.open(path, create=True) as store:
        store.add(founding(), now=NOW)
    for _run in range(KILLS):
        worker = start("undo_and_redo_forever", path, "somebody")
        time.sleep(0.3 + chance.uniform(0, 0.2))
        worker.kill()
        worker.communicate(timeout=60)
        with Store.open(path) as store:
            assert store.verify().problem is None
            assert store.count() in (3, 53)


def test_killed_while_merging(tmp_path: Path) -> None:
    path, chance = tmp_path / "factlog.db", random.Random(4)
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add(founding(), now=NOW)
        other.add((claim(str(n)) for n in range(300)), now=NOW)
    for _run in range(KILLS):
        worker = start("merge_forever", path, tmp_path / "other.db")
        time.sleep(0.3 + chance.uniform(0, 0.2))
        worker.kill()
        worker.communicate(timeout=60)
        with Store.open(path) as store:
            assert store.verify().problem is None
            assert store.count() in (3, 303)


def test_killed_while_making_the_store(tmp_path: Path) -> None:
    chance = random.Random(5)
    for run in range(KILLS):
        path = tmp_path / f"{run}.db"
        worker = start("create", path)
        time.sleep(chance.uniform(0.05, 0.5))
        worker.kill()
        worker.communicate(timeout=60)
        with Store.open(path, create=True) as store:
            store.add(founding(), now=NOW)
            assert store.verify().problem is None


def test_a_lock_is_waited_for_and_said_so_once(tmp_path: Path) -> None:
    waits: list[str] = []
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    holder = start("hold", tmp_path / "factlog.db")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "done held\n"

    def waiting() -> None:
        waits.append("waiting")
        holder.communicate("\n", timeout=60)  # let go

    with Store.open(tmp_path / "factlog.db", waiting=waiting) as store:
        assert store.count() == 3  # reading does not wait for one who has not written yet
        assert waits == []
        assert store.add([claim("7")], now=NOW).new == 1
        store.add([claim("8")], now=NOW)
    assert waits == ["waiting"]


def test_what_is_waited_for_the_disk_is_waited_for_inside_saving(tmp_path: Path) -> None:
    saved: list[str] = []  # by hand: the disk of a test is quick

    @contextmanager
    def saving() -> Iterator[None]:
        saved.append("begun")
        yield
        saved.append("done")

    with Store.open(tmp_path / "factlog.db", create=True, saving=saving) as store:
        assert saved == ["begun", "done"]
        store.add(founding(), now=NOW)
        assert saved == ["begun", "done"] * 2
        store.claims()
    assert saved == ["begun", "done"] * 2


def test_a_lock_that_is_never_let_go_is_told_in_words(tmp_path: Path) -> None:
    waits: list[str] = []
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    holder = start("hold", tmp_path / "factlog.db")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "done held\n"
    with Store.open(
        tmp_path / "factlog.db", waiting=lambda: waits.append("waiting"), patience=1
    ) as store:
        with pytest.raises(StoreError) as caught:
            store.add([claim("7")], now=NOW)
        assert "in use by another program, and still was after 1 seconds" in caught.value.problem
        assert waits == ["waiting"]
        assert store.count() == 3
    holder.communicate("\n", timeout=60)


def test_writing_goes_on_while_another_reads(tmp_path: Path) -> None:
    """More is written than the cache holds, beside a reader who stays until all is written."""
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        reader = sqlite3.connect(store.path, isolation_level=None)
        reader.execute("begin")
        assert reader.execute("select count(*) from claim").fetchone() == (3,)

        def claims() -> Iterator[Claim]:
            for number in range(6000):
                yield claim(str(number), exactly(number), quote=f"said of {number} " * 20)
            reader.rollback()

        began = time.monotonic()
        assert store.add(claims(), now=NOW).new == 6000
        assert time.monotonic() - began < 120  # it was minutes, half a second for every page
        reader.close()


def test_a_long_import_gives_up_on_a_reader_who_stays_and_goes_on_when_that_one_left(
    tmp_path: Path,
) -> None:
    claims = [claim(str(n), exactly(n), quote=f"said of {n} " * 20) for n in range(6000)]
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    reader = start("look", tmp_path / "factlog.db")
    assert reader.stdout is not None
    assert reader.stdout.readline() == "done looking\n"
    with Store.open(tmp_path / "factlog.db", patience=1) as store:
        began = time.monotonic()
        with pytest.raises(StoreError, match="still was after 1 seconds"):
            store.add(claims, now=NOW)
        assert time.monotonic() - began < 120
        assert (store.recorded, store.count()) == (False, 3)
    waits: list[str] = []

    def waiting() -> None:
        waits.append("waiting")
        reader.communicate("\n", timeout=60)  # leave

    with Store.open(tmp_path / "factlog.db", waiting=waiting) as store:
        assert store.add(claims, now=NOW).new == 6000
        assert store.verify().ok
    assert waits == ["waiting"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_interrupted_while_waiting_or_writing_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    for pause in (0.0, 0.05, 0.1):
        worker = start("import_forever", path, f"pause {pause}")
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(pause)
        worker.send_signal(signal.SIGINT)
        worker.communicate(timeout=60)
        with Store.open(path) as store:
            assert store.verify().problem is None
            assert store.count() % 700 == 0
        assert not Path(f"{path}-journal").exists() or asked(path, "select 1")
