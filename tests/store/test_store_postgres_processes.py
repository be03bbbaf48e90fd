"""Many processes on one server, processes that are killed, and a server that falls over."""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest

from factlog.errors import NoStore
from factlog.store import Store
from support.postgres import Cluster, running
from support.processes import (
    ADDS,
    KILLS,
    PROCESSES,
    acknowledged,
    finish,
    first_line,
    kill_at_a_random_moment,
    start,
)
from support.stores import NOW, claim, founding

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server that keeps what it acknowledges, as one that people use does."""
    with running(durable=True) as made:
        yield made


@pytest.fixture
def url(cluster: Cluster) -> str:
    return cluster.url(cluster.database())


def sound(url: str) -> list[str]:
    """What is said by the claims of a store whose chain is whole."""
    with Store.open(url) as store:
        assert store.verify().problem is None
        return [each.said for each in store.claims()]


def test_every_acknowledged_claim_of_many_writers_is_there_once_beside_readers(url: str) -> None:
    done = threading.Event()
    seen: list[bool] = []

    def read() -> None:
        """See that whatever is read is whole: as many claims as there are events."""
        while not done.is_set():
            try:
                with Store.open(url) as store, store.steady():
                    seen.append(store.count() == len(store.log()))
            except NoStore:
                pass  # nobody has made it yet
            time.sleep(0.05)

    readers = [threading.Thread(target=read) for _ in range(2)]
    workers = [start("add_one_by_one", url, who, ADDS) for who in range(PROCESSES)]
    for each in readers:
        each.start()
    told = [each for worker in workers for each in finish(worker)]
    done.set()
    for each in readers:
        each.join()
    assert len(told) == PROCESSES * ADDS
    assert Counter(sound(url)) == Counter(told)
    assert seen
    assert all(seen)
    with Store.open(url) as store:
        assert len(store.log()) == len(told)


def test_first_runs_that_race_make_one_store(url: str) -> None:
    workers = [start("create", url) for _who in range(PROCESSES)]
    assert [finish(worker) for worker in workers] == [["0"]] * PROCESSES
    assert sound(url) == []


@pytest.mark.parametrize(("deed", "each"), [("add_forever", 1), ("import_forever", 700)])
def test_writers_killed_in_the_middle_of_it(url: str, deed: str, each: int) -> None:
    chance = random.Random(1)
    told: list[str] = []
    for run in range(KILLS):
        told += kill_at_a_random_moment(start(deed, url, f"run {run}"), chance)
        found = sound(url)
        assert len(found) % each == 0
        # At most the one that was being acknowledged is there besides.
        assert len(told) <= len(found) // each <= len(told) + run + 1
        if each == 1:
            assert set(told) <= set(found)


def _kill_in_mid_transaction(url: str, worker: subprocess.Popen[str], rest: float) -> None:
    """Kill it without warning so many seconds after it has begun to change rows."""
    writing = (
        "select 1 from pg_stat_activity where datname = current_database() and pid <> "
        "pg_backend_pid() and backend_xid is not null"
    )
    until = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as server:
        while not server.execute(writing).fetchall():
            assert time.monotonic() < until
        time.sleep(rest)
    worker.kill()
    worker.communicate(timeout=60)


@pytest.mark.parametrize(
    ("deed", "before", "after"), [("undo_and_redo_forever", 3, 53), ("merge_forever", 3, 303)]
)
def test_who_merges_or_takes_back_is_killed_in_mid_transaction(
    cluster: Cluster, url: str, deed: str, before: int, after: int
) -> None:
    other = cluster.url(cluster.database())
    with Store.open(url, create=True) as store, Store.open(other, create=True) as theirs:
        store.add(founding(), now=NOW)
        theirs.add((claim(str(n)) for n in range(300)), now=NOW)
    chance = random.Random(2)
    for _run in range(KILLS):
        worker = start(deed, url, other)
        _kill_in_mid_transaction(url, worker, chance.uniform(0, 0.1))
        with Store.open(url) as store, store.steady():  # the server may be about to give up
            log = store.log()
            undone = {each.undoes for each in log} - {None}
            standing = [each for each in log if each.undoes is None and each.id not in undone]
            assert store.verify().problem is None
            assert store.count() == (before if len(standing) == 1 else after)


def test_a_writer_that_is_killed_lets_go_of_its_lock(url: str) -> None:
    Store.open(url, create=True).close()
    holder = start("hold", url)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "done held\n"
    holder.kill()
    holder.communicate(timeout=60)
    with Store.open(url, patience=10) as store:
        store.add([claim("9")], now=NOW)
    assert "9" in sound(url)


def test_ctrl_c_ends_waiting_for_a_lock_at_once(url: str) -> None:
    Store.open(url, create=True).close()
    with Store.open(url) as holder, holder._connection.writing():
        waiting = start("add_one_by_one", url, "somebody", 1)
        time.sleep(3)
        waiting.send_signal(signal.SIGINT)
        _out, err = waiting.communicate(timeout=25)
    assert waiting.returncode != 0
    assert "KeyboardInterrupt" in err
    assert sound(url) == []


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_server_stopped_in_the_middle_of_it_has_all_that_it_acknowledged(
    cluster: Cluster, url: str, mode: str
) -> None:
    with Store.open(url, create=True) as store:
        store.add(founding(), now=NOW)
    workers = [start("add_forever", url, f"{mode} {who}") for who in range(4)]
    firsts = [first_line(worker) for worker in workers]
    time.sleep(1)
    cluster.stop(mode)
    told: list[str] = []
    for worker, first in zip(workers, firsts, strict=True):
        out, err = worker.communicate(timeout=60)
        assert worker.returncode != 0
        assert "factlog.errors.StoreError" in err  # it was told so, in words
        told += acknowledged(first + out)
    cluster.start()
    found = sound(url)
    assert set(told) <= set(found)
    assert len(found) <= len(told) + len(founding()) + len(workers)
    with Store.open(url) as store:  # and the record goes on
        store.add([claim("9")], now=NOW)
        assert store.verify().ok
