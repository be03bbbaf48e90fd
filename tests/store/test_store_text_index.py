"""The index of words narrows what is looked into and changes nothing of what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factlog.claim import Claim
from factlog.names import close, fold
from factlog.store import Store, names
from factlog.store.schema import NAMED, PROFILE, STEPS
from support.stores import NOW, asked, by_hand, claim, exactly, later, new_store

PLACES = ("Kharkiv", "Żubrówka Straße", "서울 병원", "O'Hara", 'the "Pit"', "No\x7fwhere", "Ѳедоръ")


def record() -> list[Claim]:
    """Sixty claims whose words differ."""
    return [
        claim(
            f"{number}",
            exactly(number, "kilometre" if number % 4 == 0 else None),
            measure="crossed" if number % 7 == 0 else "Żubry killed",
            subject=f"{PLACES[number % 7]} {number:03}",
            source=f"Agency {number % 9}",
            via="Reuters" if number % 5 == 0 else None,
            quote=f"said line {number * 37}" if number % 3 == 0 else None,
            note="a NOTE of it" if number % 11 == 0 else None,
        )
        for number in range(100, 160)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    made.add(record(), now=NOW)
    return made


def holding(words: str) -> list[int]:
    """What looking into every claim finds."""
    found = []
    for number, each in enumerate(record(), start=1):
        said = each.statement
        heads = (said.subject, each.measure, said.source, each.estimate.unit)
        texts = (*heads, each.said, said.quote, each.note, said.via)
        folded = [fold(text) for text in texts if text]
        if all(any(fold(word) in text for text in folded) for word in words.split()):
            found.append(number)
    return found


PIECES = sorted(
    {
        text[at : at + 4]
        for text in (*PLACES, "Agency 7", "137", "Reuters", "NOTE", "kilometre", "crossed")
        for at in range(4)
    }
)


@pytest.mark.engines
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3))
def test_what_the_index_narrows_is_what_looking_everywhere_finds(
    store: Store, words: list[str]
) -> None:
    search = " ".join(words)
    assert [each.id for each in store.claims(search=search)] == holding(search)


@pytest.mark.engines
@pytest.mark.parametrize(
    "search", ["straße", "STRASSE", " żubr", "병원", "ara", '"pit"', "where", "7"]
)
def test_words_of_every_script(store: Store, search: str) -> None:
    found = [each.id for each in store.claims(search=search)]
    assert found == holding(search)


@pytest.mark.engines
def test_names_shown_are_searched_not_the_aliases(tmp_path: Path) -> None:
    with new_store(tmp_path) as made:
        made.add(record(), now=NOW)
        made.rename("subject", "Kharkiv 105", "Charkow", now=later(1))
        assert [each.said for each in made.claims(search="charkow")] == ["105"]
        assert not list(made.claims(search="kharkiv 105"))


def test_an_older_store_is_indexed_when_it_is_opened(tmp_path: Path) -> None:
    with new_store(tmp_path) as old:
        old.add(record(), now=NOW)
        path = old.place
    for table in ("subject", "source", "statement", "claim"):
        by_hand(path, f"drop table {table}_words")
    by_hand(path, "drop index claim_unit", "drop table _sqlite_migrations", "drop view claim_flat")
    by_hand(path, *(f"alter table claim drop column {column}" for column in NAMED))
    by_hand(path, *(f"alter table source drop column {column}" for column in PROFILE))
    by_hand(
        path,
        "drop table decision",
        "drop table proposal",
        "drop table article",
        "drop table page",
        "drop table definition",
        "drop table stamp",
        "pragma user_version = 1",
    )
    with Store.open(path) as store:
        assert [each.said for each in store.claims(search="line 4329")] == ["117"]
    assert asked(path, "pragma user_version") == [(len(STEPS),)]


@pytest.mark.engines
def test_a_copy_caught_up_is_indexed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with new_store(tmp_path) as made, new_store(tmp_path / "a", "copy.db") as copy:
        made.add(record()[:20], now=NOW)
        copy.merge(made, now=later(1))
        made.add(record()[20:], now=later(2))
        copy.merge(made, now=later(3))
        assert [each.said for each in copy.claims(search="reuters 155")] == ["155"]


@pytest.mark.engines
def test_close_spellings_among_many_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_FEW", 10)
    with new_store(tmp_path) as made:
        made.add(record(), now=NOW)
        for typed, meant in (
            ("Kharkv 147", "Kharkiv 147"),
            ("Zubrówka Straße 127", "Żubrówka Straße 127"),
            ("서울 병언 121", "서울 병원 121"),
        ):
            near = made.candidates("subject", typed)
            assert close(typed, near)[0] == meant
            assert len(near) < 60
        assert len(made.candidates("subject", "?")) == 60
