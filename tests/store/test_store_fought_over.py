"""A store fought over: written, merged and undone by many at once, and ended at any moment.

`FACTLOG_LONG=1` makes a hundred rounds of each where these make a few.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factlog.store import Store
from support.processes import LONG, check_plain, finish, start, told
from support.stores import NOW, claim, exactly, founding, new_store

pytestmark = pytest.mark.slow


def test_two_stores_merged_into_each_other_at_once(tmp_path: Path) -> None:
    for name in ("one.db", "two.db"):
        with new_store(tmp_path, name) as store:
            store.add_many(
                [claim(f"{n}", exactly(n), subject=f"{name} {n}") for n in range(6_000)], now=NOW
            )
    for _round in range(10 if LONG else 2):
        for name in ("one.db", "two.db"):
            shutil.copy(tmp_path / name, tmp_path / f"now-{name}")
        one, two = tmp_path / "now-one.db", tmp_path / "now-two.db"
        began = time.monotonic()
        merging = [
            subprocess.Popen(
                [sys.executable, "-m", "factlog", "--db", a, "merge", b], stderr=subprocess.PIPE
            )
            for a, b in ((one, two), (two, one))
        ]
        for each in merging:
            _out, err = each.communicate(timeout=120)
            assert each.returncode == 0, err
        assert time.monotonic() - began < 120
        for path in (one, two):
            with Store.open(path) as store:
                assert store.verify().ok
                assert store.count() == 12_000


ENDS = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
DEEDS = [
    ["merge", "big.db"],
    ["compare"],
    ["report", "-o", "page.html"],
    ["import", "many.csv"],
]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed[0])
def test_ended_at_any_moment(tmp_path: Path, deed: list[str], end: signal.Signals) -> None:
    chance = random.Random(17)
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    path = store.path
    rows = "".join(f"s{number},somebody,{number}\n" for number in range(3_000))
    (tmp_path / "many.csv").write_text(f"subject,source,value\n{rows}", encoding="utf-8")
    big = [claim(f"{n}", exactly(n), subject=f"big {n}") for n in range(3_000)]
    with new_store(tmp_path, "big.db") as other:
        other.add_many(big, now=NOW)
    whole = path.read_bytes()
    for _round in range(100 if LONG else 2):
        path.write_bytes(whole)
        Path(f"{path}-journal").unlink(missing_ok=True)
        running = subprocess.Popen(
            [sys.executable, "-m", "factlog", "--db", path, *deed],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(chance.uniform(0.05, 1.5))
        running.send_signal(end)
        _out, err = running.communicate(timeout=60)
        assert "mistake" not in err
        with Store.open(path) as store:
            assert store.verify().problem is None
            count = store.count()
            assert count in (3, 3_003)
        if "nothing half-done was kept" in err:
            assert count == 3
        if "what was recorded before that is kept" in err:
            assert count == 3_003


def test_writers_beside_readers_an_import_and_an_undo(tmp_path: Path) -> None:
    path, each = tmp_path / "factlog.db", 500 if LONG else 20
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    (tmp_path / "many.csv").write_text(
        "subject,source,value\n" + "".join(f"i{n},b,{n}\n" for n in range(2_000)), encoding="utf-8"
    )
    writers = [start("add_one_by_one", path, who, each) for who in range(8)]
    undoing = start("take_back", path, each)
    while any(worker.poll() is None for worker in (*writers, undoing)):
        check_plain(told(path, [["list"], ["compare"], ["import", "many.csv"], ["log"]]))
    acknowledged = {said for writer in writers for said in finish(writer)}
    taken_back = {int(number) for number in finish(undoing)}
    assert len(acknowledged) == 8 * each
    assert len(taken_back) == each
    with Store.open(path) as store:
        assert store.verify().ok
        made = [event for event in store.log() if event.undoes is None]
        assert {event.id for event in made if event.undone_by} == taken_back
        gone = sum(event.action == "add" and event.id in taken_back for event in made)
        imported = any(event.action == "import" and not event.undone_by for event in made)
        every = list(store.claims(retracted=True))
        assert acknowledged <= {found.said for found in every}
        assert len(every) - 3 - len(acknowledged) in (0, 2_000)
        assert store.count() == 3 + 8 * each - gone + 2_000 * imported
