"""The desk's part of the tutorial, step by step as it stands there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factlog.store import Store
from support.desk import entered, running
from support.tutorial import PAGE, SUBJECT, accept, paste, recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


def test_the_desk_does_what_the_tutorial_says(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    recorded(path)
    with running(path, "--write") as desk, entered(browser, desk) as page:
        page.get_by_role("link", name=SUBJECT).click()
        assert "CONFLICT, 2 camps" in page.inner_text("main")
        paste(page)
        assert "more than 6,000 casualties" in page.inner_text("main")
        accept(page)
        page.get_by_role("link", name="Compare").click()
        page.get_by_role("link", name=SUBJECT).click()
        assert "more than 6,000" in page.inner_text("main")
        page.get_by_role("link", name="Decide what to do about casualties").click()
        page.get_by_label("keep it open for now").check()
        page.locator("#f-reason").fill("two counts are under way")
        page.locator("#f-by").fill("Ada Park")
        page.get_by_role("button", name="Decide").click()
        page.goto(f"{desk.home}/subject?name={SUBJECT}")
        assert "Ada Park" in page.inner_text("main")
        page.get_by_role("link", name="Sentences to print").click()
        assert "UK Ministry of Defence" in page.inner_text("main")
    with Store.open(path) as store:
        assert store.verify().ok
    told = " ".join(PAGE.read_text(encoding="utf-8").split())
    for words in ("Read it", "Accept", "keep it open for now", "Sentences to print"):
        assert f"*{words}*" in told


def test_whoever_types_nothing_begins_at_the_desk(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    with running(path, "--write") as desk, entered(browser, desk) as page:
        for source, day, words in (
            ("South Korean intelligence", "2025-01-13", "around 300 killed\naround 2,700 injured"),
            ("Volodymyr Zelenskyy", "../2025-01-12", "about 4,000 casualties"),
        ):
            page.get_by_role("link", name="Add", exact=True).click()
            page.locator("#f-subject").fill(SUBJECT)
            page.locator("#f-source").fill(source)
            page.locator("#f-claims").fill(words)
            page.locator("#f-as_of").fill(day)
            with page.expect_navigation():
                page.get_by_role("button", name="Record").click()
            assert "Recorded: claim" in page.inner_text("main")
        assert "is higher and earlier than" in page.inner_text("main")
