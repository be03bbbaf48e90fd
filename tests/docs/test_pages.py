"""What the pages say of the tree is so: files they name are there, every example is listed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for page in (*ROOT.glob("*.md"), *ROOT.glob("*/*.md")) if ".venv" not in page.parts
)
IN_CODE = re.compile(r"`((?:tests|benchmarks|factlog|docs|examples|seeds)/[\w/.-]+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")

PICTURE = re.compile(r'<(?:img|source)\b[^>]* src(?:set)?="([^"]+)"')


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [ROOT / path for path in IN_CODE.findall(text)]
    linked = [page.parent / path for path in LINK.findall(text) + PICTURE.findall(text)]
    assert [str(path) for path in named + linked if not path.exists()] == []


@pytest.mark.parametrize("page", ["docs/index.md", "examples/README.md"])
def test_every_page_of_examples_is_listed(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    pages = [each.name for each in (ROOT / "examples").glob("*.md") if each.name != "README.md"]
    assert [name for name in pages if f"{name})" not in text] == []


def test_the_map_names_every_room_and_every_library_that_has_a_door() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    house = ROOT / "factlog"
    rooms = [f"`factlog/{each.parent.name}/`" for each in house.glob("*/__init__.py")]
    rooms += [f"`factlog/{each.name}`" for each in house.glob("[!_]*.py")]
    assert [room for room in rooms if room not in text] == []
    contracts = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    doors = re.findall(r"factlog\.(\w+)(?:\.\*\*)? -> (\w+)", contracts)
    plain = text.lower().replace("-", "_").replace("\n", " ")
    assert [each for each in doors if each[1] not in plain] == []


def test_what_the_page_of_units_says_is_read_is_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    commands = re.findall(r"`factlog (read [^`]+)`", text)
    assert commands
    for command in commands:
        words = [sys.executable, "-m", "factlog", "--db", str(tmp_path / "a.db")]
        done = subprocess.run([*words, *shlex.split(command)], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), command
