"""Another store is read by one process while another takes it in: what one alone makes of it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from multiprocessing import Pipe
from pathlib import Path

import pytest

from factlog.cli import beside, processes
from factlog.errors import FactlogError
from factlog.store import Store, drafts, offered
from support.person import Factlog
from support.stores import NOW, by_hand, claim, exactly, later, new_store, various

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only here is work done beside")
STOPPED = FactlogError("It was stopped.", "Try it again.")


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(2)))
    monkeypatch.setattr(beside, "LONG", 1)


def two_records(folder: Path) -> None:
    """Two stores that share claims, each with some edited, withdrawn and named its own way."""
    claims = various(300)
    with new_store(folder, "ours.db") as ours, new_store(folder, "theirs.db") as theirs:
        ours.add(claims[:200], now=NOW)
        theirs.add(claims[100:], now=later(5))
        for store, minute in ((ours, 6), (theirs, 8)):
            live = [each.id or 0 for each in store.claims()]
            store.edit(live[-3], claim("77", exactly(77)), now=later(minute))
            store.retract(live[-9], "misread", now=later(minute + 1))


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.mark.usefixtures("two_cores")
def test_two_processes_merge_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offered, "BATCH", 70)
    two_records(tmp_path)
    shutil.copy(tmp_path / "ours.db", tmp_path / "alone.db")
    told = []
    for name, helped in (("alone", None), ("ours", partial(beside.working, stopped=STOPPED))):
        with (
            Store.open(tmp_path / f"{name}.db") as store,
            Store.read_only(tmp_path / "theirs.db") as theirs,
        ):
            told.append(store.merge(theirs, now=later(20), beside=helped))
            assert store.verify().problem is None
    assert told[0] == told[1]
    assert told[0].added > drafts.BATCH // 100
    assert everything(tmp_path / "ours.db") == everything(tmp_path / "alone.db")


@pytest.mark.parametrize("touched", [("theirs",), ("ours",), ("ours", "theirs")])
def test_what_was_changed_outside_is_told_alike(
    factlog: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch, touched: tuple[str, ...]
) -> None:
    two_records(here)
    for name in touched:
        by_hand(here / f"{name}.db", "update claim set said = '1' where id = 5")
    monkeypatch.setattr(beside, "LONG", 1)
    told = []
    for cores in (1, 2):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, most=cores: set(range(most)))
        told.append(factlog("--db", "ours.db", "merge", "theirs.db"))
    assert told[0] == told[1]
    assert told[0].code == 4
    assert f"{touched[-1]}.db was changed outside factlog" in told[0].err
    with Store.open(here / "ours.db") as store:
        assert store.count() == 200 - 1


@pytest.mark.usefixtures("two_cores")
def test_a_helper_that_is_ended_is_said_to_have_been() -> None:
    def ends() -> Iterator[int]:
        yield os.getpid()
        os.kill(os.getpid(), signal.SIGKILL)

    with beside.working(ends, STOPPED) as results:
        assert results is not None
        assert next(results) != os.getpid()
        with pytest.raises(FactlogError, match="It was stopped"):
            next(results)


@pytest.mark.usefixtures("two_cores")
def test_what_goes_wrong_beside_goes_wrong_here() -> None:
    def fails() -> Iterator[int]:
        yield 1
        raise FactlogError("There is none.", "Look elsewhere.")

    with beside.working(fails, STOPPED) as results:
        assert results is not None
        assert next(results) == 1
        with pytest.raises(FactlogError, match="There is none"):
            next(results)


@pytest.mark.parametrize("sent", [b"", (100).to_bytes(4), (100).to_bytes(4) + b"half"])
def test_a_helper_that_ended_while_it_told_something_is_said_to_have(sent: bytes) -> None:
    receiving, sending = Pipe(duplex=False)
    os.write(sending.fileno(), sent)
    sending.close()
    with receiving, pytest.raises(FactlogError, match="It was stopped"):
        next(beside.received(receiving, STOPPED))


def test_one_core_works_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0})
    assert processes.cores() == 1
    with beside.working(lambda: iter([1]), STOPPED) as results:
        assert results is None
