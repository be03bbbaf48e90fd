"""What is said while a disk is waited for: once, and nothing where it is quick or locked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from factlog.cli import store_path
from factlog.cli.main import factlog as commands

SLOW = "#include <unistd.h>\nint fsync(int f) {sleep(2); return 0;}\n"
SLOW += "int fdatasync(int f) {sleep(2); return 0;}\n"


@pytest.mark.parametrize(
    ("seconds", "locked", "told"), [(0.3, False, 1), (0, False, 0), (0.3, True, 0)]
)
def test_a_slow_disk_is_told_of_once(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seconds: float,
    locked: bool,
    told: int,
) -> None:
    monkeypatch.setattr(store_path, "SLOW", 0.1)
    with click.Context(commands) as ctx, store_path.slowness_told(ctx):
        if locked:
            store_path._waiting()
        time.sleep(seconds)
    time.sleep(0.2)
    assert capsys.readouterr().err.count(f"The disk that holds {here / 'facts.db'} is slow") == told


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_add_on_a_disk_that_takes_seconds(tmp_path: Path) -> None:
    (tmp_path / "slow.c").write_text(SLOW)
    library = tmp_path / "slow.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "slow.c"], check=True)
    words = ("-m", "factlog", "--db", tmp_path / "s.db", "add", "A", "5 killed", "--source", "B")
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "LD_PRELOAD": str(library)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert (
        done.stderr
        == f"The disk that holds {tmp_path / 's.db'} is slow: waiting for it to write.\n"
    )
