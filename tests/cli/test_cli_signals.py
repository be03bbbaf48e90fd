"""Ctrl-C, SIGTERM and SIGHUP at any moment: a quiet end, nothing left behind, the truth said."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from support.person import Factlog
from support.processes import LONG

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
NOTHING = "Interrupted: nothing half-done was kept.\n"
KEPT = "Interrupted: what was recorded before that is kept (see factlog log).\n"


def program(before: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run factlog as a process of its own in which something was arranged before."""
    code = (
        "import atexit, os, signal, sys, time\n"
        "end = lambda number=signal.SIGINT: os.kill(os.getpid(), number)\n"
        "from factlog.cli import main\n"
        f"{before}\n"
        f"main({list(words)!r})"
    )
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if ".part" in path.name]


LOADING = """
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            end(signal.{signal})
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.usefixtures("founding")
@pytest.mark.parametrize(
    "name", ["factlog.cli.main", "click", "enum", "factlog.cli.commands.list", "factlog.store"]
)
@pytest.mark.parametrize("end", SIGNALS)
def test_a_signal_while_the_program_loads_is_quiet(name: str, end: signal.Signals) -> None:
    drop = "for name in [n for n in sys.modules if n == 'enum']: del sys.modules[name]\n"
    done = program(drop + LOADING.format(name=name, signal=end.name), "list")
    assert (done.returncode, done.stderr.lstrip("\n"), done.stdout) == (128 + end, NOTHING, "")


UNDONE = """
from factlog.store import Store
undo = Store.undo
def undone(*args, **words):
    undo(*args, **words)
    end(signal.{name})
Store.undo = undone
"""
LOST = """
class Mortal:
    def __del__(self):
        end(signal.{name})
from factlog.store import Store
def undone(*args, **words):
    Mortal()
    time.sleep(5)
Store.undo = undone
"""


@pytest.mark.parametrize("end", SIGNALS)
@pytest.mark.parametrize(("moment", "said", "events"), [(UNDONE, KEPT, 1), (LOST, NOTHING, 0)])
def test_what_is_said_is_what_happened(
    founding: Factlog, end: signal.Signals, moment: str, said: str, events: int
) -> None:
    before = int(founding("log", "--head").out.partition(":")[0])
    done = program(moment.format(name=end.name), "undo", "-y")
    assert (done.returncode, done.stderr.lstrip("\n")) == (128 + end, said)
    assert int(founding("log", "--head").out.partition(":")[0]) == before + events


@pytest.mark.slow
@pytest.mark.parametrize("end", SIGNALS)
def test_a_signal_after_the_end_changes_nothing(founding: Factlog, end: signal.Signals) -> None:
    done = program(f"atexit.register(end, signal.{end.name})", "undo", "-y")
    assert (done.returncode, done.stderr) == (0, "")
    over = "import factlog.cli.signals as s\nover = s.over\n"
    over += f"s.over = lambda code: over(code) + (end(signal.{end.name}) or 0)"
    done = program(over, "show", "99")
    assert done.returncode == 2
    assert founding("log", "--verify").code == 0


ADD = ["--db", "new.db", "add", "x", "7", "--source", "y"]
WRITTEN = "sync = os.fsync\nos.fsync = lambda number: end(signal.{name}) or sync(number)"


@pytest.mark.slow
@pytest.mark.parametrize("end", SIGNALS)
def test_a_file_half_written_goes_again(founding: Factlog, here: Path, end: signal.Signals) -> None:
    (here / "out.csv").write_text("old", encoding="utf-8")
    done = program(WRITTEN.format(name=end.name), "export", "-o", "out.csv")
    assert (done.returncode, done.stderr.lstrip("\n")) == (128 + end, NOTHING)
    done = program(
        WRITTEN.format(name=end.name), *["--db", "new.db", "add", "x", "7", "--source", "y"]
    )
    assert done.returncode == 128 + end
    assert (parts(here), (here / "out.csv").read_text("utf-8")) == ([], "old")
    assert founding(*ADD).code == 0


def test_what_is_to_be_ignored_is(founding: Factlog) -> None:
    ignored = "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    done = program(ignored + UNDONE.format(name="SIGHUP"), "undo", "-y")
    assert (done.returncode, done.stderr) == (0, "")
    assert founding("log", "--verify").code == 0


@pytest.mark.usefixtures("founding")
def test_a_hangup_sent_twice_is_one() -> None:
    again = "import factlog.cli.main as m\nsaid = m._left\n"
    again += "m._left = lambda: (end(signal.SIGTERM), end(signal.SIGHUP), said())[2]\n"
    done = program(UNDONE.format(name="SIGHUP") + again, "undo", "-y")
    assert (done.returncode, done.stderr) == (129, KEPT)


@pytest.mark.slow
@pytest.mark.parametrize("end", SIGNALS)
@pytest.mark.parametrize("lock", ["begin", "begin exclusive"])
def test_whoever_waits_for_another_program_can_leave(
    founding: Factlog, here: Path, lock: str, end: signal.Signals
) -> None:
    before = founding("log", "--head").out
    with closing(sqlite3.connect(here / "facts.db", isolation_level=None)) as other:
        other.execute(lock)
        other.execute("select count(*) from claim").fetchone()
        words = [sys.executable, "-m", "factlog", "add", "x", "7", "--source", "y"]
        running = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
        assert running.stderr is not None
        assert "waiting up to 30 seconds" in running.stderr.readline()
        asked = time.monotonic()
        running.send_signal(end)
        _, err = running.communicate(timeout=60)
        assert time.monotonic() - asked < 25  # of the 30 it would wait
    assert (running.returncode, err.lstrip("\n")) == (128 + end, NOTHING)
    assert founding("log", "--head").out == before


DEEDS = {
    "merge": "merge other.db",
    "compare": "compare -f csv",
    "report": "report -o out.html",
    "import": "import many.csv",
    "export": "export -o out.csv",
}
BEGUN = """
import sys
from factlog.cli import main, signals
signals.watch()
print("begun", flush=True)
main(sys.argv[1:])
"""
TIMES = 34 if LONG else 3  # by each of three signals


@pytest.mark.slow
@pytest.mark.parametrize("end", SIGNALS)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_signal_at_any_moment(
    founding: Factlog, here: Path, deed: str, end: signal.Signals
) -> None:
    rows = "".join(f"subject {n},s{n % 3},about {n * n}\n" for n in range(3000))
    (here / "many.csv").write_text(f"subject,source,value\n{rows}", encoding="utf-8")
    for name, words in (("other.db", "import many.csv"), ("base.db", "add x 7 --source y")):
        assert founding("--db", name, *words.split()).code == 0
    source = "base.db" if deed in ("merge", "import") else "other.db"
    chance = random.Random(f"{deed} {end}")
    whole, store = (here / source).read_bytes(), here / "facts.db"
    store.write_bytes(whole)
    before = int(founding("log", "--head").out.partition(":")[0])
    for _ in range(TIMES):
        store.write_bytes(whole)
        running = subprocess.Popen(
            [sys.executable, "-c", BEGUN, *DEEDS[deed].split()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"  # before that, Python itself starts
        time.sleep(chance.uniform(0, 1))
        running.send_signal(end)
        _, err = running.communicate(timeout=60)
        same = store.read_bytes() == whole  # which is quicker than to verify thousands of claims
        assert same or founding("log", "--verify").code == 0
        changed = not same and int(founding("log", "--head").out.partition(":")[0]) > before
        if running.returncode:
            assert (running.returncode, err.lstrip("\n")) in _ends(end, changed=changed), err
        assert parts(here) == []


def _ends(end: signal.Signals, *, changed: bool) -> list[tuple[int, str]]:
    """How such a process may end: with a line, or killed before it had begun."""
    early = [] if changed or end == signal.SIGINT else [(-end, "")]
    return [(128 + end, KEPT if changed else NOTHING), *early]
