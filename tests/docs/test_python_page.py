"""The Python on the page about it does what stands there."""

from __future__ import annotations

import doctest
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factlog import Store, importing
from support.transcripts import ROOT

NOW = datetime(2025, 1, 20, tzinfo=UTC)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def test_the_page_on_python_is_as_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "\n".join(blocks("docs/python.md"))
    page = doctest.DocTestParser().get_doctest(text, {}, "docs/python.md", "docs/python.md", 0)
    assert len(page.examples) > 15
    assert doctest.DocTestRunner().run(page).failed == 0


def test_the_readme_compares_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with (ROOT / "seeds" / "founding.csv").open("rb") as file:
        claims = importing.take_all(importing.read_rows(file))
    with Store.open("founding.db", create=True) as store:
        store.add(claims, now=NOW)
    (block,) = blocks("README.md")
    exec(compile(block, "README.md", "exec"), {})
    assert "casualties conflict" in capsys.readouterr().out
