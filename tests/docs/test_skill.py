"""What the package tells programs of the command line is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from factlog.cli.main import factlog as cli

SKILL = (Path(__file__).parents[2] / "factlog" / "SKILL.md").read_text("utf-8")
COMMANDS = sorted(set(re.findall(r"`factlog ([^`]+)`", SKILL)))


def test_a_page_is_enough() -> None:
    assert len(SKILL.splitlines()) <= 150


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_and_its_options_are_there(line: str) -> None:
    words = [word for word in shlex.split(line) if word not in ("--db", "FILE")]
    context = click.Context(cli)
    command = cli.get_command(context, words[0])
    assert command is not None
    known = {name for each in command.get_params(context) for name in each.opts}
    if isinstance(command, click.Group):
        known |= set(command.commands)
    assert [word for word in words[1:] if word.startswith("-") and word not in known] == []


def test_its_first_session_runs(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(.*?)```", SKILL, re.DOTALL)
    script = block.replace("factlog ", f"{shlex.quote(sys.executable)} -m factlog --db facts.db ")
    told = subprocess.run(
        ["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert "casualties: CONFLICT, 2 camps" in told
    assert "higher and earlier" in told
