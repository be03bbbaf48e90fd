"""What every test of the command line stands on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from factlog.cli.main import run
from support.person import Factlog, Ran, add


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, with no store anywhere a person's own would be."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FACTLOG_DB", str(tmp_path / "facts.db"))
    return tmp_path


@pytest.fixture
def factlog(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Factlog:
    def call(*words: str, stdin: str | bytes = "") -> Ran:
        raw = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
        capsys.readouterr()
        code = run(words)
        got = capsys.readouterr()
        return Ran(code, got.out, got.err)

    assert here
    return call


@pytest.fixture
def founding(factlog: Factlog) -> Factlog:
    """A store that holds the founding story."""
    korea = ("South Korean intelligence", "2025-01-13")
    add(factlog, *korea, "around 300 killed", "around 2,700 injured")
    add(factlog, "Volodymyr Zelenskyy", "../2025-01-12", "about 4,000 casualties")
    return factlog
