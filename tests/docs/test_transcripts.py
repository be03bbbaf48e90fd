"""Every `console` block in the README, the examples and the docs is what the program prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.transcripts import PAGES, play, steps


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_is_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    for step, printed in play(page, tmp_path):
        assert printed.rstrip("\n") == step.expected.rstrip("\n"), f"{page.name}:{step.line}"


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
