"""Every `console` block in the README, the examples and the docs is what the program prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page
    for page in (ROOT / "README.md", *ROOT.glob("examples/*.md"), *ROOT.glob("docs/*.md"))
    if "```console" in page.read_text(encoding="utf-8")
)


@dataclass
class Step:
    command: str
    expected: str
    line: int


def steps(page: Path) -> list[Step]:
    """Each `$ command` (with `> ` continuation lines) and what the page says it prints."""
    found: list[Step] = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append(Step(line[2:], "", number))
        elif inside and line.startswith("> ") and not found[-1].expected:
            found[-1].command += "\n" + line[2:]
        elif inside:
            found[-1].expected += line + "\n"
    return found


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "error",
    }


def timeless(text: str) -> str:
    """The text without what differs from one run to the next: times, and digests of them."""
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "(time)", text.rstrip("\n"))
    return re.sub(r"\b(\d+):[0-9a-f]{16,}\b", r"\1:(digest)", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    for folder in ("seeds", "examples"):
        shutil.copytree(ROOT / folder, work / folder)
    for step in steps(page):
        ran = subprocess.run(
            ["bash", "-c", step.command],
            cwd=work,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        printed = re.sub(r"[ \t]+$", "", ran.stdout, flags=re.MULTILINE)
        assert timeless(printed) == timeless(step.expected), f"{page.name}:{step.line}"


def test_every_command_is_shown_in_a_page() -> None:
    from factlog.cli.main import GROUPS

    shown = "\n".join(step.command for page in PAGES for step in steps(page))
    unseen = [
        name
        for group in GROUPS.values()
        for name in group
        if not re.search(rf"factlog (--db \S+ )?{name}\b", shown)
    ]
    assert unseen == []
