"""Pages kept as evidence: their rows in the record, their bytes beside it."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from factlog.errors import NotFound, StoreError, UsageError
from factlog.page import KeptPage, PageState, by_what, of_claim
from factlog.store import Store
from factlog.store.page_bytes import Folder, Shelf
from factlog.store.schema import COLUMNS
from support.stores import NOW, by_hand, claim, founding, later, new_store

pytestmark = pytest.mark.engines

RAW = b"<p>Around 300 died.</p>"
URL = "https://example.org/a"


def page(raw: bytes = RAW, url: str | None = URL, of: int | None = None) -> KeptPage:
    return KeptPage(url, of, sha256(raw).hexdigest(), "text/html", len(raw), "a.html")


def keep(store: Store, raw: bytes = RAW, url: str | None = URL, of: int | None = None) -> KeptPage:
    return store.pages.keep(page(raw, url, of), raw, "Around 300 died.", later(1))[0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


LINKS = [
    ("HTTPS://Example.ORG/a#toll", True),
    ("https://example.org/a", True),
    ("https://example.org/A", False),
    ("https://example.org/ab", False),
    ("https://example.org", False),
]


def test_a_page_is_of_a_link_of_any_letters(store: Store) -> None:
    store.add([claim(url="https://MÜNCHEN.de/a")], now=later(1))
    kept = keep(store, url="https://MÜNCHEN.de/a")
    assert [each.id for each in store.pages.resting_on(kept)] == [1]


@pytest.mark.parametrize(("link", "same"), LINKS)
def test_a_page_is_of_a_link_however_its_host_is_written(
    store: Store, link: str, *, same: bool
) -> None:
    store.add([claim(url=link)], now=later(1))
    (of,) = store.claims()
    for kept in (keep(store), keep(store, url=URL.replace("example", "EXAMPLE"))):
        assert [each.id for each in store.pages.resting_on(kept)] == [of.id] * same
        assert (kept in of_claim(by_what(store.pages.all()), of)) is same


@pytest.mark.sqlite
def test_the_bytes_lie_under_their_hash_and_the_row_says_what_they_are(store: Store) -> None:
    kept = keep(store)
    assert (kept.id, kept.at, kept.readable, kept.size) == (1, later(1), True, 23)
    file = store.path.with_suffix(".pages") / kept.sha256[:2] / kept.sha256[2:]
    assert file.read_bytes() == store.pages.raw(kept) == RAW
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    assert store.pages.text(kept) == "Around 300 died."
    assert store.log()[0].action == "keep"
    assert kept.sha256[:16] in store.log()[0].about
    assert store.verify().ok


def test_the_same_is_kept_once_and_again_after_undo(store: Store) -> None:
    keep(store)
    again = store.pages.keep(page(), RAW, None, later(2))
    assert again == (store.pages.page(1), False)
    assert len(store.log()) == 1
    store.undo(now=later(3))
    assert store.pages.all() == ()
    with pytest.raises(NotFound, match="no page 1"):
        store.pages.page(1)
    assert store.pages.keep(page(), RAW, None, later(4))[1]
    assert [each.id for each in store.pages.all()] == [1]
    assert store.verify().ok
    with store.as_at(0):
        assert store.pages.all() == ()


def test_a_page_is_evidence_of_its_claim_and_of_all_with_its_link(store: Store) -> None:
    links = (None, URL, f"{URL}#p2", f"{URL}/b")
    store.add([claim(f"around {n}00", url=link) for n, link in enumerate(links, 3)], now=NOW)
    one, two = keep(store, b"1", None, 1), keep(store, b"2", URL)
    assert [each.id for each in store.pages.resting_on(one)] == [1]
    assert [each.id for each in store.pages.resting_on(two)] == [2, 3]
    found = by_what(store.pages.all())
    assert [[p.id for p in of_claim(found, each)] for each in store.claims()] == [[1], [2], [2], []]
    store.retract(2, "misread", now=later(5))
    assert [each.id for each in store.pages.resting_on(two)] == [3]


def damage(store: Store, how: str) -> None:
    if isinstance(store.pages.kept_in, Shelf):
        changed = {
            "byte": "update page_bytes set bytes = set_byte(bytes, 8, 52)",
            "longer": "update page_bytes set bytes = bytes || '\\x0a'",
            "gone": "delete from page_bytes where true",
        }
        by_hand(store.place, changed[how])
        return
    assert isinstance(store.pages.kept_in, Folder)
    file = store.pages.kept_in.path / store.pages.page(1).place
    if how == "byte":
        file.write_bytes(RAW.replace(b"3", b"4"))
    elif how == "longer":
        file.write_bytes(RAW + b"\n")
    else:
        file.unlink()
    if how == "folder":
        file.mkdir()
    if how == "pipe":
        os.mkfifo(file)


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["folder", "pipe"])
def test_what_is_no_file_is_told(store: Store, how: str) -> None:
    keep(store)
    damage(store, how)
    assert store.pages.state(store.pages.page(1)) is PageState.CHANGED
    assert f"The bytes of page 1 ({URL}) are changed" in (store.verify().problem or "")


@pytest.mark.parametrize("how", ["byte", "longer", "gone"])
def test_a_file_that_is_not_what_was_kept_is_told(store: Store, how: str) -> None:
    keep(store)
    damage(store, how)
    state = PageState.MISSING if how == "gone" else PageState.CHANGED
    assert store.pages.state(store.pages.page(1)) is state
    found = store.verify()
    assert not found.ok
    assert f"The bytes of page 1 ({URL}) are {state}" in (found.problem or "")
    with pytest.raises(StoreError, match=state) as caught:
        store.pages.raw(store.pages.page(1))
    filed = isinstance(store.pages.kept_in, Folder)
    assert ("copy of that file" if filed else "copy of the database") in str(caught.value)


@pytest.mark.parametrize("how", ["byte", "gone"])
def test_keeping_it_again_mends_the_file(store: Store, how: str) -> None:
    keep(store)
    damage(store, how)
    keep(store)
    assert store.verify().ok


@pytest.mark.parametrize("column", COLUMNS["page"][1:])
def test_every_value_of_a_page_is_covered(store: Store, column: str) -> None:
    keep(store)
    value = "77" if column in ("size", "undone") else "'2024-02-29'"
    by_hand(store.place, f"update page set {column} = {value}")
    problem = "page 1 was changed outside factlog: it does not fit event 1 (keep, 2025-02-01)."
    assert store.verify().problem == problem


@pytest.mark.parametrize(
    ("kept", "raw", "text", "problem"),
    [
        (page(b""), b"", None, "A page of 0 bytes is not kept"),
        (page(url=None), RAW, None, "for a claim or a link"),
        (page(url="https://a/" + "b" * 2_000), RAW, None, "longer than 2,000"),
        (page(url="https://a/\ud800"), RAW, None, "half a character"),
        (page(), RAW, "\0", "NUL"),
    ],
)
def test_what_is_no_page_is_refused(
    store: Store, kept: KeptPage, raw: bytes, text: str | None, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        store.pages.keep(kept, raw, text, NOW)
    assert store.log() == ()
    assert store.pages.kept_in.state(kept.sha256, kept.size) is PageState.MISSING


def test_a_page_of_a_claim_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no claim 7"):
        keep(store, url=None, of=7)


@pytest.mark.sqlite
def test_a_folder_that_cannot_be_made_is_told(store: Store) -> None:
    assert isinstance(store.pages.kept_in, Folder)
    store.pages.kept_in.path.write_bytes(b"a file")
    with pytest.raises(StoreError, match="cannot be kept"):
        keep(store)
    assert store.log() == ()


@pytest.mark.parametrize("apart", [True, False])
def test_pages_come_along_when_stores_are_merged(tmp_path: Path, apart: bool) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with new_store(tmp_path / "a") as ours, new_store(tmp_path / "b") as theirs:
        theirs.add(founding(), now=NOW)
        kept = keep(theirs, of=2)
        keep(theirs, b"other", None, 3)
        if apart:
            ours.add([claim("around 9", url=URL)], now=NOW)
            keep(ours, b"mine")
        report = ours.merge(theirs, now=later(3))
        assert report.pages == 2
        assert ours.pages.raw(kept) == RAW
        of = {each.url: each.claim for each in ours.pages.all() if each.claim}
        assert of == ({URL: 3, None: 4} if apart else {URL: 2, None: 3})
        assert ours.verify().ok
        assert ours.merge(theirs, now=later(4)).pages == 0


def test_a_store_whose_pages_are_gone_is_not_merged(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with new_store(tmp_path) as ours, new_store(tmp_path / "b") as theirs:
        keep(theirs)
        damage(theirs, "gone")
        with pytest.raises(StoreError, match="are missing"):
            ours.merge(theirs, now=NOW)
        assert ours.log() == ()
