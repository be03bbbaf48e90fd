"""Commands killed without warning: an export is the old file or the new one, whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.person import Factlog

pytestmark = pytest.mark.slow

KILLS = 50 if os.environ.get("FACTLOG_LONG") == "1" else 8
FACTLOG = [sys.executable, "-m", "factlog"]


def many(path: Path, count: int) -> None:
    rows = "".join(f"subject {number},somebody,about {number}\n" for number in range(count))
    path.write_text(f"subject,source,value\n{rows}", encoding="utf-8")


def killed(words: list[str], least: float, most: float, chance: random.Random) -> None:
    """Run factlog and kill it at a random moment, unless it is done before."""
    running = subprocess.Popen([*FACTLOG, *words], stdout=subprocess.DEVNULL)
    time.sleep(chance.uniform(least, most))
    running.kill()
    running.wait(timeout=60)


def test_an_export_is_the_old_file_or_the_new_one(factlog: Factlog, here: Path) -> None:
    many(here / "many.csv", 10_000)
    assert factlog("import", "many.csv").code == 0
    new = factlog("export").out
    seen = set()
    chance = random.Random(1)
    for _ in range(KILLS):
        (here / "out.csv").write_text("old", encoding="utf-8")
        killed(["export", "out.csv"], 0.1, 1.0, chance)
        found = (here / "out.csv").read_text("utf-8")
        assert found in ("old", new)
        seen.add(found == new)
    assert factlog("log", "--verify").code == 0
    assert seen  # which of the two it was is up to the moment


def test_an_import_is_whole_or_absent(factlog: Factlog, here: Path) -> None:
    many(here / "many.csv", 5_000)
    chance = random.Random(2)
    assert factlog("add", "first", "1", "--source", "somebody").code == 0
    for _ in range(KILLS):
        killed(["import", "many.csv"], 0.1, 0.9, chance)
        assert len(factlog("export").out.splitlines()) in (2, 5_002)
        assert factlog("log", "--verify").code == 0
