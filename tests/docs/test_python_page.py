"""The Python in the pages does what stands there, and every public name is described."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import factlog
from support.transcripts import ROOT

BLOCK = re.compile(r"^```(?:python|py|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md"))
    if BLOCK.search(page.read_text(encoding="utf-8"))
)

ANSWERS = ("Comparison", "NotSupported", "Support")  # what calls give, and nobody writes


def blocks_of(page: Path) -> list[str]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_is_as_it_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = blocks_of(page)
    talks = [block for block in blocks if block.startswith(">>> ")]
    told = doctest.DocTestParser().get_doctest("\n".join(talks), {}, page.name, str(page), 0)
    assert len(told.examples) >= len(talks)
    assert doctest.DocTestRunner().run(told).failed == 0
    for program in set(blocks) - set(talks):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input="Around 300 soldiers were killed. It is cold.",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout


def test_pages_with_python_are_found() -> None:
    assert {"python.md", "api.md"} <= {page.name for page in PAGES}


@pytest.mark.parametrize("name", factlog.__all__)
def test_a_public_name_is_described_and_used(name: str) -> None:
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert re.search(rf"^\.\. (auto\w+|py:data):: factlog\.{name}$", page, re.MULTILINE)
    used = "\n".join(block for each in PAGES for block in blocks_of(each))
    assert re.search(rf"\b{name}\b", used) or name in ANSWERS
