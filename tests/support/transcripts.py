"""Playing the `console` blocks of a page: what is typed in, and what the program prints.

The clock stands at a time of its own for every command, so that what is printed never ages.
A plain `factlog ...` runs in this process, which is fast; what needs a shell gets a real one.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import time_machine

from factlog.cli.main import run

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs", "examples", "seeds")
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *(p for f in FOLDERS for p in ROOT.glob(f"{f}/*.md")))
    if "```console" in page.read_text(encoding="utf-8")
)
BEGINNING = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
QUOTED = re.compile(r"'[^']*'|\"[^\"$`\\]*\"")
EXIT = '; echo "exit $?"'
PLAIN = re.compile(r"(?:[A-Z_]+=\w+ )*factlog(?: [\w.,:/=@%+-]*)*")


@dataclass
class Step:
    """A command, the lines of the page it takes, and what the page says it prints."""

    command: str
    line: int
    expected: str = ""


def steps(page: Path) -> list[Step]:
    """Each `$ command` (with `> ` continuation lines) of the `console` blocks."""
    found: list[Step] = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append(Step(line[2:], number))
        elif inside and line.startswith("> ") and not found[-1].expected:
            found[-1].command += "\n" + line[2:]
        elif inside:
            found[-1].expected += line + "\n"
    return found


def play(page: Path, home: Path) -> Iterator[tuple[Step, str]]:
    """Run each command of a page, a minute after the one before, in a folder beside its data."""
    work = home / "work"
    work.mkdir()
    for folder in ("seeds", "examples"):
        shutil.copytree(ROOT / folder, work / folder)
    for minutes, step in enumerate(steps(page)):
        printed = printed_by(step.command, home, BEGINNING + timedelta(minutes=minutes))
        yield step, re.sub(r"[ \t]+$", "", printed, flags=re.MULTILINE)


def printed_by(command: str, home: Path, now: datetime = BEGINNING) -> str:
    """What a command prints in the folder where a page is played."""
    if PLAIN.fullmatch(QUOTED.sub("", command.removesuffix(EXIT))):
        return _here(command, home / "work", environment(home, now), now)
    return _in_a_shell(command, home / "work", environment(home, now))


def environment(home: Path, now: datetime) -> dict[str, str]:
    """What a command of a page finds around it."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "error",
        "PYTHONPATH": str(Path(__file__).parent / "clock"),
        "TRANSCRIPT_TIME": now.isoformat(),
    }


def _here(command: str, work: Path, around: dict[str, str], now: datetime) -> str:
    """Run one factlog in this process, its messages where they fall among its output."""
    words = shlex.split(command.removesuffix(EXIT))
    name = words.index("factlog")
    told = dict(word.split("=", 1) for word in words[:name])
    path = work.parent / "printed.txt"
    with (
        _surrounded(around | told),
        chdir(work),
        time_machine.travel(now, tick=False),
        path.open("wb", buffering=0) as file,
        io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True) as page,
        Path(os.devnull).open(encoding="utf-8") as nothing,
        patch.object(sys, "stdin", nothing),
        redirect_stdout(page),
        redirect_stderr(page),
    ):
        code = run(words[name + 1 :])
        if command.endswith(EXIT):
            page.write(f"exit {code}\n")
    return path.read_text(encoding="utf-8")


@contextmanager
def _surrounded(around: Mapping[str, str]) -> Iterator[None]:
    """This process with nothing else around it, and in its own time zone again afterwards."""
    try:
        with patch.dict(os.environ, around, clear=True):
            yield
    finally:
        time.tzset()  # a clock that was set has left that of the machine


def _in_a_shell(command: str, work: Path, around: Mapping[str, str]) -> str:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=work,
        env=around,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    ).stdout
