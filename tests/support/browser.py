"""A browser for these tests: Debian's chromium, driven by Playwright, with axe from npm.

Where either is missing the tests are skipped, unless FACTLOG_BROWSER=required.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED = os.environ.get("FACTLOG_BROWSER") == "required"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def missing(what: str) -> None:
    """Skip, or fail where the browser is required."""
    if REQUIRED:
        pytest.fail(f"{what} is required and is not there")
    pytest.skip(f"{what} is not there")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed at the end with all it opened."""
    if not Path(CHROMIUM).exists():
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
        raise
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def axe_source() -> str:
    """The accessibility checker, from FACTLOG_NODE_MODULES, or beside the report's tests."""
    tests = Path(__file__).parents[1]
    folders = [tests / "render" / "report" / "node_modules", tests.parent / "node_modules"]
    if told := os.environ.get("FACTLOG_NODE_MODULES"):
        folders.insert(0, Path(told))
    for folder in folders:
        script = folder / "axe-core" / "axe.min.js"
        if script.exists():
            return script.read_text(encoding="utf-8")
    missing("axe-core")
    raise AssertionError


@dataclass
class Opened:
    """A page as a reader has it before them, and what went on behind it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def count(self, selector: str) -> int:
        return self.page.locator(selector).count()

    def shown(self) -> list[str]:
        """The measures that can be seen, in the order they stand in."""
        found: list[str] = self.page.eval_on_selector_all(
            "article", "all => all.filter(a => a.checkVisibility()).map(a => a.dataset.name)"
        )
        return found

    def asked(self, script: str) -> Any:
        return self.page.evaluate(script)


@contextmanager
def opened(browser: Browser, path: Path, hash_: str = "", **context: Any) -> Iterator[Opened]:
    """A file opened from disk; nothing may be asked of a network and nothing may go wrong."""
    made = browser.new_context(**context)
    try:
        found = Opened(made.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.trouble.append(message.text))
        found.page.on("pageerror", lambda error: found.trouble.append(str(error)))
        found.page.goto(path.as_uri() + hash_)
        yield found
        assert found.trouble == []
        assert {request.partition("#")[0] for request in found.requests} == {path.as_uri()}
    finally:
        made.close()
