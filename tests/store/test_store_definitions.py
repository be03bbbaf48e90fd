"""What claims count: said of them beside their words, logged, merged and taken back."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from factlog.definition import Definition
from factlog.errors import NotFound, UsageError
from factlog.page import KeptPage
from factlog.store import Store
from factlog.store.schema import COLUMNS
from support.stores import NOW, by_hand, claim, founding, later, new_store

pytestmark = pytest.mark.engines

IN_HOSPITAL = Definition("deaths in hospital", excludes="soldiers")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = new_store(tmp_path)
    store.add(founding(), now=NOW)
    return store


def test_the_last_that_was_said_of_a_claim_stands(store: Store) -> None:
    assert store.definitions() == {}
    store.define(2, IN_HOSPITAL, now=later(1))
    assert store.definitions() == {2: IN_HOSPITAL}
    store.edit(2, claim("around 2,800"), now=later(2))
    assert store.definitions() == {2: IN_HOSPITAL}
    store.define(2, Definition(includes="all"), now=later(3))
    assert store.definitions() == {2: Definition(includes="all")}
    store.undo(now=later(4))
    assert store.definitions() == {2: IN_HOSPITAL}
    store.define(2, Definition(), now=later(5))
    assert store.definitions() == {}
    assert store.log()[0].about == "claim 2 says no more what it counts"
    assert store.verify().ok
    with store.as_at(2):
        assert store.definitions() == {2: IN_HOSPITAL}


def test_it_is_recorded_and_taken_back_with_its_claims(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding()[:2], now=NOW, definition=IN_HOSPITAL)
        assert store.definitions() == {1: IN_HOSPITAL, 2: IN_HOSPITAL}
        assert len(store.log()) == 1
        store.undo(now=later(1))
        assert store.definitions() == {}
        assert store.verify().ok


def test_a_version_and_what_it_counts_are_one_event(store: Store) -> None:
    store.define(2, IN_HOSPITAL, now=later(1))
    was, at_home = store.claim(2), Definition("deaths at home")
    for minute, words in ((2, "around 2,800"), (4, "around 2,800"), (6, "around 2,900")):
        store.edit(2, claim(words), now=later(minute), definition=at_home)
        assert store.definitions() == {2: at_home}
        assert store.log()[0].about == f"claim 2: {words}, counts deaths at home"
        store.undo(now=later(minute + 1))
        assert (store.definitions(), store.claim(2)) == ({2: IN_HOSPITAL}, was)
        assert store.verify().ok
    store.edit(2, claim("around 2,800"), now=later(8), definition=Definition())
    assert store.definitions() == {}
    with pytest.raises(UsageError, match="more than"):
        store.edit(2, claim("77"), now=later(9), definition=Definition("x" * 2000))
    assert (store.claim(2).said, store.verify().ok) == ("around 2,800", True)


@pytest.mark.parametrize("edited", [True, False])
def test_what_was_said_before_may_be_said_anew(store: Store, edited: bool) -> None:
    on_site = Definition("deaths on site")
    blank = Definition()
    said = [blank, IN_HOSPITAL, on_site, on_site, IN_HOSPITAL, blank, blank, IN_HOSPITAL]
    for minute, each in enumerate(said, 1):
        if edited and minute == 2:
            store.edit(2, claim("around 2,800"), now=later(minute))
        store.add(founding()[1:2], now=later(minute), definition=each)
        assert store.definitions() == ({} if each == blank else {2: each})
    assert len(store.log()) == (7 if edited else 6)  # what stands is not said once more
    for each in (on_site, IN_HOSPITAL):  # nor does a file go back to what was said before
        many = [replace(founding()[1], definition=each)]
        assert store.add_many(many, now=later(9)).defined == 0
    assert store.definitions() == {2: IN_HOSPITAL}
    assert store.verify().ok


def test_what_rests_on_a_claim_is_taken_back_first(store: Store) -> None:
    store.define(1, IN_HOSPITAL, now=later(1))
    with pytest.raises(UsageError, match=r"event 2 .* rests on it"):
        store.undo(now=later(2), number=1)


@pytest.mark.parametrize(
    ("number", "definition", "problem"),
    [
        (1, Definition("x" * 1001), "more than 1,000 characters"),
        (1, Definition("half \ud800"), "half a character"),
        (1, Definition("nul \0"), "NUL"),
        (1, Definition(), "says so already"),
        (9, IN_HOSPITAL, "no claim 9"),
    ],
)
def test_what_cannot_be_said_is_refused(
    store: Store, number: int, definition: Definition, problem: str
) -> None:
    with pytest.raises((UsageError, NotFound), match=problem):
        store.define(number, definition, now=later(1))
    assert len(store.log()) == 1


@pytest.mark.parametrize("column", COLUMNS["definition"][1:])
def test_every_value_is_covered(store: Store, column: str) -> None:
    value = "77" if column == "undone" else "'changed'"
    store.define(1, IN_HOSPITAL, now=later(1))
    by_hand(store.place, f"update definition set {column} = {value}")
    problem = (
        "definition 1 was changed outside factlog: it does not fit event 2 (define, 2025-02-01)."
    )
    assert store.verify().problem == problem


@pytest.mark.parametrize("apart", [True, False])
def test_the_later_of_two_stores_stands(tmp_path: Path, apart: bool) -> None:
    (tmp_path / "b").mkdir()
    with new_store(tmp_path) as ours, new_store(tmp_path / "b") as theirs:
        theirs.add(founding(), now=NOW)
        theirs.define(2, IN_HOSPITAL, now=later(4))
        if apart:
            ours.add([claim("around 9"), *founding()], now=NOW)
            ours.define(3, Definition("all deaths"), now=later(3))
        ours.merge(theirs, now=later(5))
        assert ours.definitions() == {3 if apart else 2: IN_HOSPITAL}
        assert ours.verify().ok


@pytest.mark.parametrize("forth", [True, False])
def test_it_is_said_of_what_another_store_has_as_its_later_version(
    tmp_path: Path, forth: bool
) -> None:
    (tmp_path / "b").mkdir()
    with new_store(tmp_path) as edited, new_store(tmp_path / "b") as typed:
        edited.add([claim("301")], now=NOW)
        edited.define(1, IN_HOSPITAL, now=later(1))
        edited.pages.keep(*page_of(1), now=later(1))
        edited.edit(1, claim("310"), now=later(2))
        typed.add([claim("9"), claim("310")], now=later(3))
        ours, theirs = (typed, edited) if forth else (edited, typed)
        ours.merge(theirs, now=later(4))
        (standing,) = (each.id for each in ours.claims() if each.said == "310")
        assert ours.definitions() == {standing: IN_HOSPITAL}
        assert [each.claim for each in ours.pages.all()] == [standing]
        assert [each.id for each in ours.pages.resting_on(ours.pages.all()[0])] == [standing]
        assert ours.verify().ok


def page_of(number: int) -> tuple[KeptPage, bytes, str]:
    kept = KeptPage(None, number, sha256(b"310 died").hexdigest(), "text/plain", 8, "page.txt")
    return kept, b"310 died", "310 died"


def test_every_version_has_what_it_counted_then(store: Store) -> None:
    def versions() -> list[tuple[str, Definition | None]]:
        return [(each.said, each.definition) for each in store.history(2)]

    at_home, (first, *others) = Definition("deaths at home"), store.versions(2)
    assert (store.history(2), others) == ((first,), [])
    store.define(2, IN_HOSPITAL, now=later(1))
    store.edit(2, claim("2,800"), now=later(2))
    unsaid, before = (first.said, None), (first.said, IN_HOSPITAL)
    assert versions() == [unsaid, before, ("2,800", IN_HOSPITAL)]
    assert [each.recorded for each in store.history(2)] == [NOW, later(1), later(2)]
    store.define(2, at_home, now=later(3))
    store.edit(2, first, now=later(4))  # said again
    told = [unsaid, before, ("2,800", IN_HOSPITAL), ("2,800", at_home), (first.said, at_home)]
    assert versions() == told
    store.edit(2, claim("2,900"), now=later(5), definition=IN_HOSPITAL)
    store.undo(now=later(6))
    assert versions() == [*told[:-1], ("2,900", IN_HOSPITAL), told[-1]]
    assert [each.retracted for each in store.history(2)][-2:] == ["taken back by undo", None]
    with store.as_at(1):
        assert versions() == [unsaid]


def test_what_a_merge_said_of_an_earlier_version_is_told_to_be_taken_back_with_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "b").mkdir()
    with new_store(tmp_path) as ours, new_store(tmp_path / "b") as theirs:
        theirs.add([claim("40")], now=NOW)
        theirs.define(1, IN_HOSPITAL, now=later(1))
        ours.add([claim("40")], now=NOW)
        ours.edit(1, claim("41"), now=later(2))
        ours.merge(theirs, now=later(3))
        ours.undo(now=later(4))
        told = {(each.said, each.definition): each.retracted for each in ours.history(1)}
        assert told["40", IN_HOSPITAL] == "taken back by undo"
        assert told["41", None] is None
