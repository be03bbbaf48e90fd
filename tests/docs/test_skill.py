"""What the package tells programs of the command line is so."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from factlog.cli.main import EXIT_CODES, run
from factlog.cli.main import factlog as cli

SKILL = (Path(__file__).parents[2] / "factlog" / "SKILL.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"`factlog ([^`]+)`", SKILL)))


def test_a_page_is_enough() -> None:
    assert len(SKILL.splitlines()) <= 150


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_and_its_options_are_there(line: str) -> None:
    words = [word for word in shlex.split(line) if word not in ("--db", "FILE")]
    context = click.Context(cli, **cli.context_settings)
    command = cli.get_command(context, words[0])
    assert command is not None
    known = {name for each in command.get_params(context) for name in each.opts}
    if isinstance(command, click.Group):
        known |= set(command.commands)
    assert [word for word in words[1:] if word.startswith("-") and word not in known] == []


# What stands in the page for something of the reader's own.
MEANT = {
    "SUBJECT": "North Korean troops in Russia", "MEASURE": "casualties", "NAME": "Survey",
    "ID": "3", "EVENT": "2", "FILE": "facts.db", "URL": "https://example.org", "...": "as said",
}  # fmt: skip


@pytest.mark.parametrize("line", [line for line in COMMANDS if " " in line and "mcp" not in line])
def test_a_command_does_what_it_says(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTLOG_DB", "facts.db")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    Path("story.txt").write_text("At least 14 were killed, the mayor said.", encoding="utf-8")
    Path("rows.csv").write_text("subject,source,value\nDam,Survey,300 killed\n", encoding="utf-8")
    for session in re.findall(r"^factlog (add .*)$", SKILL, re.MULTILINE):
        assert run(shlex.split(session)) == 0
    capsys.readouterr()
    words = [MEANT.get(word, word) for word in shlex.split(line)]
    assert run(words) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


def test_the_exit_codes_are_those_there_are() -> None:
    told = dict(re.findall(r"^\| (\d+) \| (.*) \|$", SKILL, re.MULTILINE))
    assert {int(code): means for code, means in told.items()} == EXIT_CODES


def test_its_first_session_runs(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", SKILL, re.DOTALL)
    script = block.replace("factlog ", f"{shlex.quote(sys.executable)} -m factlog --db facts.db ")
    told = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "casualties: CONFLICT, 2 camps" in told
    assert "higher and earlier" in told
