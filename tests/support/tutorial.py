"""The tutorial's own steps, as a reader takes them: what it records, what it does at the desk."""

from __future__ import annotations

import re
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from factlog.cli.main import run
from support.transcripts import ROOT, steps

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = ROOT / "docs" / "tutorial.md"
SUBJECT = "North Korean troops in Russia"


def article() -> str:
    """The article that the tutorial has its reader paste."""
    found = re.search(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def recorded(path: Path) -> None:
    """The record as it is when the tutorial comes to the desk."""
    for step in steps(PAGE):
        words = shlex.split(step.command)
        if "add" in words:
            added = words[words.index("add") :]
            with redirect_stdout(StringIO()):
                assert run(["--db", str(path), *added]) == 0


def paste(
    page: Page,
    text: str = "",
    subject: str = SUBJECT,
    outlet: str = "",
    published: str = "",
) -> None:
    """Paste an article into the inbox; the tutorial's own, if none is given."""
    page.get_by_role("link", name="Inbox").click()
    page.get_by_label("Paste an article").fill(text or article())
    page.locator("#f-subject").fill(subject)
    page.locator("#f-outlet").fill(outlet)
    page.locator("#f-published").fill(published)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/inbox/*")


def accept(page: Page) -> None:
    """Accept the proposal that waits first."""
    with page.expect_navigation():
        page.get_by_role("button", name="Accept").first.click()
