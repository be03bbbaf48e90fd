"""Claims taken in as another store has them: what is made of them one by one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from factlog.claim import Claim
from factlog.errors import StoreError
from factlog.parsing import read
from factlog.store import Store, merge, offered, taken_rows, verify
from factlog.store.as_stored import stored
from factlog.store.connection import Connection
from factlog.store.drafts import Stored, unpacked
from support.stores import (
    NOW,
    by_hand,
    claim,
    exactly,
    later,
    new_store,
    redigested,
    various,
)

pytestmark = pytest.mark.sqlite
_SAID = (
    *("{0}", "{0:,}", "about {0:,}", "around {0}", "about {0}", "at least {0:,}", "at least {0}"),
    *("more than {0}", "more than {0:,}", "over {0}", "{0} to {1}", "{0:,} to {1:,}"),
    *("{0}.5", "{0} km", "0{0}", "{0} troops", "almost {0}"),
)


def forms(count: int, named: str = "Süd", shared: int = 3) -> Iterator[Claim]:
    """Claims of every form, so many of one statement."""
    for number in range(1, count + 1):
        said = _SAID[number % len(_SAID)].format(number * 37, number * 37 + 400)
        yield claim(
            said,
            read(said).estimate,
            subject=f"{named} {number // shared}",
            measure=("killed", "Killed", "injured", "")[number % 4],
            source=f"Ägency {number // shared % 9}",
            note="as told: “so”" if number % 50 == 0 else None,
            as_of=None if number // shared % 8 == 0 else claim().statement.as_of,
        )


def lived(store: Store) -> None:
    store.add_many(forms(700, "Elsewhere"), now=NOW, source_file="a.csv")
    store.alias("source", "Ägency 1", "AA", now=later(2))


def imported(store: Store) -> None:
    store.add_many(forms(900), now=later(1), source_file="b.csv")


def changed(store: Store) -> None:
    imported(store)
    store.rename("subject", "Süd 7", "SÜD seven", now=later(2))
    store.retract(300, "wrong", now=later(3))
    store.edit(400, claim("8", exactly(8)), now=later(4))
    store.add(list(forms(40, "More")), now=later(5))
    store.undo(now=later(6))


def of_capitals(store: Store) -> None:
    store.add_many(forms(900, "ELSEWHERE"), now=later(1), source_file="b.csv")


def late(store: Store) -> None:
    imported(store)
    store.add_many(forms(60, "Elsewhere"), now=later(2), source_file="c.csv")
    store.add_many(forms(300, "Last"), now=later(3), source_file="d.csv")


def of_all_sorts(store: Store) -> None:
    store.add_many(iter(various(500)), now=later(1), source_file="b.csv")


Change = Callable[[Store], None]


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return [line for line in raw.iterdump() if "_words_" not in line]


@pytest.mark.parametrize("batch", [7, 200, 2_000])
@pytest.mark.parametrize("theirs", [imported, changed, of_capitals, late, of_all_sorts])
def test_a_merge_makes_what_it_makes_of_the_claims_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: Change, batch: int
) -> None:
    monkeypatch.setattr(merge, "LONG", 0)
    monkeypatch.setattr(offered, "BATCH", batch)
    monkeypatch.setattr(taken_rows, "_REMEMBERED", batch)
    with new_store(tmp_path, "theirs.db") as other, new_store(tmp_path, "ours.db") as store:
        theirs(other)
        lived(store)
    shutil.copy(tmp_path / "ours.db", tmp_path / "singly.db")
    told = []
    for name in ("ours.db", "singly.db"):
        with Store.open(tmp_path / name) as store, Store.open(tmp_path / "theirs.db") as other:
            told.append(store.merge(other, now=later(20)))
            assert store.verify().problem is None
        monkeypatch.setattr(merge, "_known", lambda *_stores: True)
    assert told[0] == told[1]
    assert everything(tmp_path / "ours.db") == everything(tmp_path / "singly.db")


def offers(path: Path) -> list[bool]:
    """Of the claims of a store, some at a time, whether they are offered as stored."""
    with closing(Connection(path)) as opened:
        _none, *found = offered.offered(opened, as_stored=True)
        for each in found:
            if isinstance(each, Stored):
                _why, drafts = offered.drafts_of(opened, each)
                run = (each.first, each.last)
                kept = "select uid, recorded from claim where id between ? and ? order by id"
                assert [(made.uid, made.before[1]) for made in unpacked(drafts)] == opened.rows(
                    kept, run
                )
                assert all(made.usual and made.before[0] == made.uid for made in unpacked(drafts))
        return [isinstance(each, Stored) for each in found]


def test_claims_of_usual_forms_are_offered_as_stored(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        imported(store)
        place = store.place
    assert isinstance(place, Path)
    assert offers(place) == [True]


@pytest.mark.parametrize(
    "sql",
    [
        f"uid = '{'a' * 32}'",
        "said = 'about ' || said",
        "hedge = 'about'",
        "best = '0' || best",
        "thing = 'dogs'",
        "unit_said = 'kg'",
        "measure_given = ''",
        "scope = 'north'",
        "replaced = id",
    ],
)
def test_rows_that_their_claims_would_not_make_are_offered_as_claims(
    tmp_path: Path, sql: str
) -> None:
    with new_store(tmp_path) as store:
        store.add_many((claim(str(n), exactly(n)) for n in range(300, 900)), now=NOW)
        place = store.place
    assert isinstance(place, Path)
    by_hand(place, f"update claim set {sql} where id = 321")
    with closing(Connection(place)) as opened:
        found = stored(opened, 0, 2_000)
        assert found is not None
        assert 321 in found[1]


def test_a_statement_that_may_go_on_from_the_one_before_is_offered_as_claims(
    tmp_path: Path,
) -> None:
    with new_store(tmp_path) as store:
        store.add([claim("300", exactly(300))], now=NOW)
        store.add([claim("301", exactly(301))], now=later(1))
        place = store.place
    assert isinstance(place, Path)
    assert offers(place) == [False]


def test_rows_forged_with_their_log_are_taken_in_as_their_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "LONG", 0)
    with new_store(tmp_path, "theirs.db") as other:
        imported(other)
    by_hand(tmp_path / "theirs.db", f"update claim set uid = '{'a' * 32}' where id = 500")
    redigested(tmp_path / "theirs.db")
    with new_store(tmp_path) as store, Store.open(tmp_path / "theirs.db") as other:
        assert store.merge(other, now=later(9)).added == 900
        assert store.claim(500).uid != "a" * 32


def test_where_there_is_no_room_beside_the_store_nobody_is_said_to_have_changed_it(
    tmp_path: Path,
) -> None:
    with new_store(tmp_path) as store:
        store.add([claim("300", exactly(300), quote="the words " * 2_000)], now=NOW)
        place = store.place
    assert isinstance(place, Path)
    with closing(Connection(place)) as opened:
        opened.raw.execute("pragma temp.max_page_count = 3")
        with pytest.raises(StoreError, match="no room left in the temporary folder"):
            verify.verify(opened, None)
