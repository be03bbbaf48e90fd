"""Every `console` block in the README, the examples and the docs is what the program prints."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from factlog.render.schemas import OUTPUTS
from support.schemas import read, wrong
from support.transcripts import PAGES, play, printed_by, steps


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    for step, printed in play(page, tmp_path):
        assert printed.rstrip("\n") == step.expected.rstrip("\n"), f"{page.name}:{step.line}"
        assert _wrong_by_schema(step.command, printed, tmp_path) == [], f"{page.name}:{step.line}"


# A command that writes json, and whatever its output is piped into.
JSON = re.compile(
    r"""(?P<asked>factlog(\ --db\ \S+)?\ (?P<name>(source\ show|[a-z]+))\b
    (?:"[^"]*"|'[^']*'|[^|>"'])*?-f\ (?P<shape>jsonl?)\b(?:"[^"]*"|'[^']*'|[^|>"'])*?)
    (?P<rest>\ (?:2?>|\|).*)?""",
    re.VERBOSE | re.DOTALL,
)


def _wrong_by_schema(command: str, printed: str, home: Path) -> list[str]:
    """What the schema of a command finds wrong with the json it prints, whole."""
    found = JSON.fullmatch(command)
    if found is None or found["name"] not in OUTPUTS or " -o " in command:
        return []
    text = printed_by(f"{found['asked']} 2>/dev/null", home) if found["rest"] else printed
    documents = read(found["name"], found["shape"], text)
    assert documents
    return [each for one in documents for each in wrong(found["name"], found["shape"], one)]


def test_the_pages_have_json_to_be_held_against_schemas() -> None:
    every = [step.command for page in PAGES for step in steps(page)]
    asking = [line for line in every if re.search(r" -f jsonl?\b", line) and "import -" not in line]
    assert len(asking) >= 12
    assert [line for line in asking if not JSON.fullmatch(line)] == []


def test_the_time_zone_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", "EAST-9")
            time.tzset()
            assert printed_by("factlog --version", tmp_path).startswith("factlog ")
            assert time.tzname[0] == "EAST"
    finally:
        time.tzset()


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
