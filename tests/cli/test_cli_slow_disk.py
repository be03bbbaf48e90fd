"""What is said while a disk is waited for: once, by every command that writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SLOW = """
#include <unistd.h>
int fsync(int f) {usleep(600000); return 0;}
int fdatasync(int f) {usleep(600000); return 0;}
"""

CLAIM = ("5 killed", "--source", "B")
WRITES = (
    ("import", "claims.csv"),
    ("edit", "1", "6 killed"),
    ("decide", "A", "killed", "--prefer", "1", "--reason", "late", "--by", "E"),
    ("retract", "1", "--reason", "withdrawn"),
    ("undo",),
    ("source", "set", "B", "--grade", "B", "--reason", "often right"),
    ("subject", "rename", "A", "C"),
    ("measure", "set", "homes", "--kind", "level"),
    ("merge", "theirs.db"),
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler")
def test_every_command_that_writes_tells_of_a_disk_that_takes_seconds(tmp_path: Path) -> None:
    (tmp_path / "slow.c").write_text(SLOW)
    (tmp_path / "claims.csv").write_text("subject,measure,source,value\nA,killed,D,7\n")
    library = tmp_path / "slow.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, tmp_path / "slow.c"], check=True)

    def told(store: str, *words: str, **env: str) -> str:
        command = [sys.executable, "-m", "factlog", "--db", store, *words]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stderr

    assert told("theirs.db", "add", "A", *CLAIM) == ""
    for words in (("add", "A", *CLAIM), *WRITES):
        said = told("s.db", *words, LD_PRELOAD=str(library))
        assert said == "The disk that holds s.db is slow: waiting for it to write.\n", words
    assert told("s.db", "list", LD_PRELOAD=str(library)) == ""
