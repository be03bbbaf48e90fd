"""The pages make a site without a warning, every link within it leads somewhere, and it fits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from factlog.claim import Hedge
from factlog.cli.main import GROUPS
from factlog.comparer.rules import RULES
from factlog.units.table import spellings
from support.site import Links, broken, make, reference
from support.transcripts import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("pages"))


@pytest.mark.slow
def test_every_link_within_leads_to_a_place_that_is_there(site: Path) -> None:
    assert sum(len(Links(page).to) for page in site.rglob("*.html")) > 2000
    assert broken(site) == []
    (site / "docs" / "added.html").write_text('<a href="index.html#no-such">', encoding="utf-8")
    assert broken(site) == ["docs/added.html: index.html#no-such"]
    (site / "docs" / "added.html").unlink()


@pytest.mark.slow
def test_who_opens_the_folder_of_the_site_comes_to_the_index(site: Path) -> None:
    assert "url=docs/index.html" in (site / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_a_page_is_found_from_the_index_and_from_beside_every_page(site: Path) -> None:
    index = Links(site / "docs" / "index.html").to
    for page in site.rglob("*.html"):
        name = page.relative_to(site)
        if name.parts[0] not in ("docs", "examples", "seeds", "factlog") or name.stem == "index":
            continue
        shown = f"../{name}" if name.parts[0] != "docs" else "/".join(name.parts[1:])
        assert shown in index, name
    commands = (site / "docs" / "commands.html").read_text("utf-8")
    told = set(re.findall(r"<h[234]>([\w-]+)<", commands))
    assert {name for group in GROUPS.values() for name in group} <= told


@pytest.mark.slow
def test_llms_txt_leads_to_the_pages(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    pages = re.findall(r"\]\((.+?)\)", text)
    assert len(pages) > 30
    assert [page for page in pages if not (site / page).is_file()] == []


def test_llms_txt_is_the_index() -> None:
    assert (ROOT / "docs" / "llms.txt").read_text("utf-8") == reference().llms()


def test_the_tables_hold_every_rule_hedge_and_unit() -> None:
    tables = reference().tables()
    assert [rule.says for rule in RULES if rule.says not in tables["rules.md"]] == []
    assert [hedge for hedge in Hedge if f" {hedge.value} " not in tables["readings.md"]] == []
    units = set(spellings(rare=False).values())
    assert [unit for unit in units if f"`{unit}`" not in tables["units.md"]] == []
    pages = "".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert [name for name in tables if f"{{include}} tables/{name}" not in pages] == []


# What sticks out of the window to the right, unless it lies in something that scrolls.
OUTSIDE = """width => [...document.querySelectorAll("article *")].filter(each => {
    if (each.getBoundingClientRect().right <= width + 1) return false;
    for (let around = each; around.tagName !== "ARTICLE"; around = around.parentElement)
        if (["auto", "scroll"].includes(getComputedStyle(around).overflowX)) return false;
    return true;
}).map(each => each.outerHTML.slice(0, 80))"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [380, 800, 1400])
def test_nothing_sticks_out_at_any_width(site: Path, browser: Browser, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = {}
    for file in sorted(site.glob("[defs]*/**/*.html")):
        page.goto(file.as_uri())
        if found := page.evaluate(OUTSIDE, width):
            wide[file.name] = found
    assert wide == {}
    page.evaluate("document.querySelector('article p').style.width = '2000px'")
    assert page.evaluate(OUTSIDE, width)  # it would have been seen
    page.close()
