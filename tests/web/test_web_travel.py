"""How a figure travelled, on the desk: drawn, and put down only by a person."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from factlog import dates
from factlog.store import Store
from support.desk import browser
from support.stores import NOW, claim, exactly, new_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        for source, day in (("A & <b>Staff", "2026-01-10"), ("Post", "2026-01-15")):
            said = claim(
                *("11,743", exactly(11743)), subject="War", source=source, as_of=dates.parse(day)
            )
            store.add([said], now=NOW)
        return store.path


def test_what_is_only_likely_is_put_down_where_a_person_says_so(path: Path) -> None:
    with browser(path) as desk:
        page = desk.get("/subject?name=War").text
        assert "If Post has it from A &amp; &lt;b&gt;Staff" in page
        (link,) = re.findall(r'href="([^"]*)">put that down', page)
        form = desk.get(html.unescape(link)).text
        assert 'name="origin" type="text" value="A &amp; &lt;b&gt;Staff"' in form
    with Store.open(path) as store:  # looking changes nothing
        assert [each.origin for each in store.claims()] == [None, None]
        assert len(store.log()) == 2


def test_a_desk_that_only_shows_suggests_nothing(path: Path) -> None:
    with browser(path, write=False) as desk:
        page = desk.get("/subject?name=War").text
        assert 'class="plot way"' in page
        assert "put that down" not in page


def test_a_misspelt_name_is_told_beside_whom_it_may_be_put_down_to_cite(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for source, day in (("Daily Post", "2026-01-10"), ("Dayly Post", "2026-01-15")):
            said = claim(
                *("11,743", exactly(11743)), subject="War", source=source, as_of=dates.parse(day)
            )
            store.add([said], now=NOW)
    with browser(store.path) as desk:
        page = html.unescape(desk.get("/subject?name=War").text)
    told = "If Daily Post and Dayly Post are one: factlog source alias 'Daily Post' 'Dayly Post'"
    assert told in page
    assert page.count("put that down") == 1
