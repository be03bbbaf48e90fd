"""Every promise of a record names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "reliability.md").read_text(encoding="utf-8")
FILE, TEST = r"`(tests/[\w/]+\.py)`", r"`(test_\w+)`"


def promises() -> list[tuple[str, str]]:
    rows = re.findall(r"^\| (.+) \| (`tests/.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == PAGE.count("\n| ") - 1  # all but the head
    return rows


def test_every_test_named_is_there() -> None:
    named = 0
    for promise, where in promises():
        for part in where.split("; "):
            assert re.fullmatch(rf"{FILE}: {TEST}(, {TEST})*", part), (promise, part)
            (file,) = re.findall(FILE, part)
            there = set(
                re.findall(r"^def (test_\w+)", (HOUSE / file).read_text("utf-8"), re.MULTILINE)
            )
            tests = set(re.findall(TEST, part))
            assert tests <= there, (promise, tests - there)
            named += len(tests)
    assert named > len(promises()) > 25
