"""Bringing an older store up to date: whole or not at all, with a copy kept beside it."""

from __future__ import annotations

import gzip
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factlog.errors import StoreError
from factlog.store import Store, migrations, opening
from factlog.store.schema import STEPS, Step
from support.later_schema import NEXT
from support.stores import NOW, asked, by_hand, claim, exactly, founding, later, new_store

if TYPE_CHECKING:
    from sqlite_utils import Database


def _break(db: Database) -> None:
    db.create_table("half", {"id": int}, pk="id")
    db.execute("insert into no_such_table values (1)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        return store.path


def bring(path: Path, steps: Sequence[Step] = NEXT) -> None:
    opening.connect(path, create=False, waiting=None, patience=1, steps=steps).close()


def version(path: Path) -> int:
    return int(asked(path, "pragma user_version")[0][0])


def test_an_older_store_takes_the_steps_it_lacks(path: Path) -> None:
    bring(path)
    assert version(path) == len(NEXT)
    assert asked(path, "select name, page from photograph join statement") == []
    assert len(asked(path, "select page from statement")) == 2


def old_store(folder: Path, schema: int) -> Path:
    """A store as the factlog of an earlier schema left it."""
    path = folder / "old.db"
    kept = Path(__file__).parent / f"schema_{max(schema, 2)}.db.gz"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    if schema == 1:  # had no index of words
        tables = ("subject", "source", "statement", "claim")
        by_hand(path, *(f"drop table {table}_words" for table in tables))
        by_hand(path, "drop index claim_unit", "pragma user_version = 1")
    return path


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_a_store_of_an_earlier_schema_is_brought_up_to_date(tmp_path: Path, schema: int) -> None:
    path = old_store(tmp_path, schema)
    log = asked(path, "select * from event")
    uids = asked(path, "select id, uid from claim order by id")
    with Store.open(path) as store:
        assert store.verify().problem is None
        assert {each.said: (each.thing, each.unit_said) for each in store.claims()} == {
            **{"310": (None, None), "about 4,000": (None, None), "1.234": (None, None)},
            **{"5 km": (None, "km"), "300 civilians": ("civilians", None)},
        }
        assert [each.id for each in store.claims(search="zelensky")] == [3]
        # The same claims again add nothing, though one was read under a locale.
        again = [claim("5 km", exactly(5, "km")), claim("1.234", exactly(1234))]
        assert store.add(again, now=later(9)).known == 2
        other = [claim("1.234", exactly("1.234"))]
        assert [store.add(other, now=later(9)).new for _again in range(2)] == [1, 0]
        assert store.verify().problem is None
    assert version(path) == len(STEPS)
    assert asked(path, "select * from event")[: len(log)] == log
    assert asked(path, "select id, uid from claim order by id")[: len(uids)] == uids
    steps = asked(path, "select name from _sqlite_migrations order by rowid")
    assert steps == [(name,) for name, _ in STEPS]
    assert asked(Path(f"{path}.schema-{schema}"), "select * from event") == log


@pytest.mark.parametrize("column", ["thing", "unit_said"])
def test_what_an_older_claim_names_is_verified_too(tmp_path: Path, column: str) -> None:
    path = old_store(tmp_path, 2)
    Store.open(path).close()
    by_hand(path, f"update claim set {column} = 'forged' where said = '5 km'")
    with Store.open(path) as store:
        assert "its words do not name what it says" in str(store.verify().problem)


def test_a_migration_cut_short_leaves_no_second_copy(tmp_path: Path) -> None:
    path = old_store(tmp_path, 2)
    copy = migrations.keep_copy(path, 2)  # and then the process was killed
    Store.open(path).close()
    assert sorted(tmp_path.iterdir()) == [path, copy]


def test_a_store_that_is_only_read_stays_as_it_is(tmp_path: Path) -> None:
    path = old_store(tmp_path, 2)
    before = path.read_bytes()
    with Store.read_only(path) as other, new_store(tmp_path) as store:
        assert store.merge(other, now=later(9)).added == 7
        assert store.verify().ok
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["factlog.db", "old.db"]


def test_a_copy_is_kept_beside_it(path: Path) -> None:
    before = list(asked(path, "select * from claim"))
    bring(path)
    copy = path.with_name(f"factlog.db.schema-{len(STEPS)}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert version(copy) == len(STEPS)
    assert asked(copy, "select * from claim") == before
    with Store.open(copy) as store:
        assert store.verify().ok
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, copy.name]


def test_an_earlier_copy_is_not_written_over(path: Path) -> None:
    copy = path.with_name(f"factlog.db.schema-{len(STEPS)}")
    copy.write_text("mine")
    bring(path)
    assert copy.read_text() == "mine"
    assert version(path.with_name(f"factlog.db.schema-{len(STEPS)}.2")) == len(STEPS)


def test_the_log_still_fits_afterwards(path: Path) -> None:
    bring(path)
    by_hand(path, f"pragma user_version = {len(STEPS)}")
    with Store.open(path) as store:
        store.retract(1, "wrong", now=later(1))
        # Every row fits; what is left is the made-up table, named last.
        assert "The table photograph was made" in str(store.verify().problem)


def test_steps_are_taken_once(path: Path) -> None:
    for _again in range(2):
        bring(path)
    assert len(list(path.parent.iterdir())) == 2


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    with pytest.raises(StoreError, match="no such table: no_such_table"):
        bring(path, (*NEXT, ("broken", _break)))
    assert version(path) == len(STEPS)
    assert asked(path, "select name from sqlite_master where name in ('photograph', 'half')") == []
    with Store.open(path) as store:
        assert store.count() == 3


def test_an_older_store_in_use_is_waited_for(path: Path) -> None:
    with (
        Store.open(path) as store,
        store._connection.writing(),
        pytest.raises(StoreError, match="in use by another program"),
    ):
        bring(path)
    assert version(path) == len(STEPS)


def test_where_no_copy_can_be_kept_the_store_is_left_alone(path: Path) -> None:
    (path.parent / f"factlog.db.schema-{len(STEPS)}.part").mkdir()
    with pytest.raises(StoreError, match="no copy of it could be kept"):
        bring(path)
    assert version(path) == len(STEPS)


@pytest.mark.slow
def test_killed_while_migrating(tmp_path: Path) -> None:
    from support.processes import KILLS, finish, start

    chance = random.Random(6)
    for run in range(KILLS):
        with new_store(tmp_path, f"{run}.db") as store:
            store.add(founding(), now=NOW)
            path = store.path
        worker = start("migrate", path)
        time.sleep(chance.uniform(0.1, 0.6))
        worker.kill()
        worker.communicate(timeout=60)
        assert version(path) in (len(STEPS), len(NEXT))
        assert finish(start("migrate", path)) == ["migrated"]
        assert version(path) == len(NEXT)
        assert len(asked(path, "select * from claim")) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda end: end.name
)
def test_ended_at_any_moment_of_migrating(tmp_path: Path, end: signal.Signals) -> None:
    """A store of the first schema, large enough for every moment of it to be met."""
    from support.processes import LONG

    path, chance = old_store(tmp_path, 1), random.Random(18)
    columns = [name for _at, name, *_more in asked(path, "pragma table_info(claim)")]
    others = ", ".join(name for name in columns if name not in ("id", "uid"))
    by_hand(
        path,
        "with n(i) as (select 1000 union all select i + 1 from n where i < 9000) "
        f"insert into claim (id, uid, {others}) "
        f"select i, lower(hex(randomblob(16))), {others} from n join claim c on c.id = 1",
    )
    old, rows = path.read_bytes(), "select id, uid, said, best from claim order by id"
    kept, seen = asked(path, rows), set()
    log = asked(path, "select * from event")
    for _round in range(100 if LONG else 3):
        for each in tmp_path.iterdir():
            each.unlink()
        path.write_bytes(old)
        running = subprocess.Popen(
            [sys.executable, "-m", "factlog", "--db", path, "log", "--head"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(chance.uniform(0.05, 1.5))
        running.send_signal(end)
        _out, err = running.communicate(timeout=60)
        assert "mistake" not in err
        # Python itself, where it has not yet begun factlog, ends in its own words.
        own = ("Fatal Python error", "Could not import runpy module")
        assert "Traceback" not in err or any(each in err for each in own)
        seen.add(version(path))
        Store.open(path).close()
        assert version(path) == len(STEPS)
        assert asked(path, rows) == kept
        assert asked(path, "select * from event") == log
        assert asked(path, "pragma integrity_check") == [("ok",)]
        copy = Path(f"{path}.schema-1")
        assert sorted(tmp_path.iterdir()) == [path, copy]
        assert asked(copy, rows) == kept
    assert seen <= {1, len(STEPS)}


def test_processes_that_race_to_migrate_make_one_copy(path: Path) -> None:
    from support.processes import finish, start

    workers = [start("migrate", path) for _who in range(4)]
    assert [finish(worker) for worker in workers] == [["migrated"]] * 4
    assert len(list(path.parent.glob("*.schema-*"))) == 1


def test_the_tables_of_a_made_store_do_not_depend_on_the_way_there(tmp_path: Path) -> None:
    """Making a store with all steps and migrating an old one come to the same tables."""
    with new_store(tmp_path) as store:
        bring(store.path)
    opening.connect(tmp_path / "new.db", create=True, waiting=None, patience=1, steps=NEXT).close()
    tables = "select type, name, sql from sqlite_master order by 1, 2"
    assert asked(tmp_path / "new.db", tables) == asked(tmp_path / "factlog.db", tables)


def test_adding_to_a_store_that_is_there_does_not_import_sqlite_utils(path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1])!r})\n"
        "from support.stores import NOW, claim\n"
        "from factlog.store import Store\n"
        f"with Store.open({str(path)!r}, create=True) as store:\n"
        "    store.add([claim('7')], now=NOW); list(store.claims()); store.measures()\n"
        "print('sqlite_utils' in sys.modules, 'rapidfuzz' in sys.modules, 'pint' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False False\n"


def test_an_interrupted_making_is_not_taken_for_anothers_file(tmp_path: Path) -> None:
    """A crash while the first page was being written leaves a journal that undoes it."""
    path = tmp_path / "factlog.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma cache_size = 1")
    connection.execute("begin immediate")
    connection.execute("create table claim (id)")
    for _row in range(2000):
        connection.execute("insert into claim values (randomblob(200))")
    # As a crash would leave them: pages written, journal hot, nothing committed.
    for each in (path, Path(f"{path}-journal")):
        (tmp_path / "crashed").mkdir(exist_ok=True)
        (tmp_path / "crashed" / each.name).write_bytes(each.read_bytes())
    connection.execute("rollback")
    connection.close()
    crashed = tmp_path / "crashed" / "factlog.db"
    assert crashed.stat().st_size > 0
    with Store.open(crashed, create=True) as store:
        assert store.add(founding(), now=NOW).new == 3


def test_a_store_is_made_without_pandas_and_numpy(tmp_path: Path) -> None:
    script = (
        "import sys; from factlog.store import Store; "
        f"Store.open({str(tmp_path / 'x.db')!r}, create=True).close(); "
        "assert 'sqlite_utils' in sys.modules; "
        "assert not {'pandas', 'numpy'} & set(sys.modules); import numpy"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
