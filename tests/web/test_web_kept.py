"""A page kept as evidence, on the desk: its words with the quote marked, and nothing of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from factlog.extraction import pages
from factlog.page import KeptPage
from factlog.store import Store
from support.desk import browser, words
from support.stores import NOW, TROOPS, claim, new_store

URL = "https://example.org/story"
HOSTILE = b"""<html><head><title>x</title><meta http-equiv="refresh" content="0;url=//evil">
<script>alert(1)</script></head><body onload="alert(2)"><p>Before it.</p>
<p>The service said <b>around 300</b> had died; &lt;script&gt;alert(3)&lt;/script&gt;
\xe2\x80\xaemoc.live\xe2\x80\xac and {{ 7 * 7 }}</p><img src=x onerror=alert(4)>
<form action="/history/undo"><button>Undo</button></form></body></html>"""
Keep = Callable[[bytes, str], int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        quoted = claim(url=URL, quote="The service said around 300 [people] had died")
        store.add([quoted, claim("7", source="Other", url=URL, quote="seven dead")], now=NOW)
        return store.path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    with browser(path) as made:
        yield made


@pytest.fixture
def keep(path: Path) -> Keep:
    def kept(raw: bytes, name: str) -> int:
        kind = pages.media_type(raw, name)
        page = KeptPage(URL, None, sha256(raw).hexdigest(), kind, len(raw), name)
        with Store.open(path) as store:
            found, _new = store.pages.keep(page, raw, pages.text_of(raw, kind), NOW)
        return found.id or 0

    return kept


def marks(page: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", page)


def test_the_words_of_a_quote_are_marked_where_they_stand(desk: TestClient, keep: Keep) -> None:
    number = keep(HOSTILE, "story.html")
    found = desk.get(f"/page/{number}?claim=1")
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/html")
    assert marks(found.text) == ["The service said around 300", "had died;"]
    assert found.text.count('id="passage"') == 1
    assert "Its quote is marked below." in found.text
    assert f'href="/page/{number}?claim=1#passage"' in desk.get("/claim/1").text
    told = desk.get("/subject", params={"name": claim().statement.subject}).text
    assert f'href="/page/{number}?claim=1#passage"' in told


def test_nothing_of_the_page_itself_is_served(desk: TestClient, keep: Keep) -> None:
    found = desk.get(f"/page/{keep(HOSTILE, 'story.html')}?claim=1")
    main = found.text.partition("<main")[2]
    for piece in ("<script", "onload", "onerror", "http-equiv", "<img", "/history/undo", "evil"):
        assert piece not in main
    assert "&lt;script&gt;alert(3)&lt;/script&gt;" in main
    assert "\u202e" not in main
    assert "{{ 7 * 7 }}" in main
    assert "default-src 'none'" in found.headers["content-security-policy"]


def test_a_quote_that_does_not_stand_there_is_said_so(desk: TestClient, keep: Keep) -> None:
    number = keep(HOSTILE, "story.html")
    told = desk.get(f"/page/{number}?claim=2")
    assert "Its quote does not stand here." in told.text
    assert marks(told.text) == []


@pytest.mark.parametrize("asked", ["", "?claim=99", "?claim=x", "?claim="])
def test_without_a_claim_those_that_rest_on_it_are_listed(
    desk: TestClient, keep: Keep, asked: str
) -> None:
    told = words(desk.get(f"/page/{keep(HOSTILE, 'story.html')}{asked}").text)
    assert "Claims that rest on it claim 1 : around 300 killed" in told
    assert "Before it." in told


def test_a_picture_has_no_words(desk: TestClient, keep: Keep) -> None:
    told = words(desk.get(f"/page/{keep(b'%PNG' + bytes(9), 'shot.png')}?claim=1").text)
    assert "Its words cannot be read, as those of a picture: what was kept is in " in told
    assert "Its quote does not stand here." in told


@pytest.mark.parametrize("address", ["/page/7", "/page/0", "/page/99999999999999999999999"])
def test_a_page_that_is_not_there_is_told(desk: TestClient, address: str) -> None:
    assert desk.get(address).status_code == 404


def test_of_a_long_text_the_part_around_the_passage_is_shown(desk: TestClient, keep: Keep) -> None:
    filler = "lorem ipsum dolor\n" * 60_000
    raw = f"{filler}The service said around 300 had died.\n{filler}".encode()
    number = keep(raw, "long.txt")
    found = desk.get(f"/page/{number}?claim=1").text
    assert marks(found) == ["The service said around 300", "had died."]
    assert "characters before this are not shown" in found
    assert "characters after this are not shown" in found
    assert len(found) < 400_000
    plain = desk.get(f"/page/{number}").text
    assert "before this" not in plain
    assert "after this" in plain


def test_what_became_of_the_file_is_told(desk: TestClient, keep: Keep, path: Path) -> None:
    number = keep(HOSTILE, "story.html")
    next(path.with_suffix(".pages").glob("*/*")).write_bytes(b"other")
    for address in (f"/page/{number}", f"/subject?name={TROOPS}"):
        told = words(desk.get(address).text).casefold()
        assert f"page {number}, changed, kept 2025-02-01" in told
