"""Finding claims by the words that stand in them, taken literally."""

from __future__ import annotations

from pathlib import Path

import pytest

from factlog.store import Store
from support.stores import NOW, claim, exactly, new_store

pytestmark = pytest.mark.engines


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = new_store(tmp_path_factory.mktemp("searching"))
    made.add(
        [
            claim("100% of 300", subject="Troops", source="NIS"),
            claim("1_000", subject="Żubrówka Straße", source="NIS", note="see the annex"),
            claim("5", subject="Homes", source="Reuters", quote="Five\nhomes", via="The Times"),
            claim("a needle", quote="a\0needle", subject="Nul", source="NIS", note="50\\50 [red]"),
        ],
        now=NOW,
    )
    made.retract(3, "wrong", now=NOW)
    return made


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("nis", [1, 2, 4]),
        ("NIS troops", [1]),
        ("troops homes", []),
        ("oo", [1]),
        ("", [1, 2, 4]),
        ("100%", [1]),
        ("%", [1]),
        ("_", [2]),
        ("1_0", [2]),
        ("100_", []),
        ("\\", [4]),
        ("50\\50", [4]),
        ("żubrówka", [2]),
        ("ŻUBRÓWKA STRAßE", [2]),
        ("z\u0307ubro\u0301wka", [2]),
        ("annex", [2]),
        ("needle", [4]),
        ("a\0n", [4]),
        ("[red]", [4]),
        ("five", []),
        ("'; drop table claim; --", []),
    ],
)
def test_every_word_must_stand_somewhere(store: Store, search: str, ids: list[int]) -> None:
    assert [each.id for each in store.claims(search=search)] == ids


def test_withdrawn_claims_are_searched_when_asked_for(store: Store) -> None:
    for search in ("five homes", "times", "reuters"):
        assert [each.id for each in store.claims(search=search, retracted=True)] == [3]


def test_search_and_other_filters_together(store: Store) -> None:
    assert [each.id for each in store.claims(search="nis", subject="nul")] == [4]
    assert [each.id for each in store.claims(search="nis", measure="killed", source="nis")] == [
        *(1, 2, 4)
    ]


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        ("killed", [1, 3]),
        ("KILL mill", [1]),
        ("tote", []),
        ("kilometre", [2]),
        ("metre mill", [2]),
        ("usd", [4]),
        ("us", [4]),
        ("żubr", [5]),
        ("ubrów hill", [5]),
        ("killed kilometre", []),
    ],
)
def test_measures_and_units_are_searched(tmp_path: Path, search: str, ids: list[int]) -> None:
    with new_store(tmp_path) as store:
        store.add(
            [
                claim("around 300", subject="Mill", measure="Tote"),
                claim("3", exactly(3, "kilometre"), subject="Mill", measure=""),
                claim("4", exactly(4), subject="Hill", measure="killed"),
                claim("$5", exactly(5, "USD"), subject="Hill", measure=""),
                claim("6", exactly(6, "ŻUBRÓW"), subject="Hill", measure=""),
            ],
            now=NOW,
        )
        store.merge_names("measure", "Tote", "killed", now=NOW)
        assert [each.id for each in store.claims(search=search)] == ids


def test_a_name_is_found_by_the_one_it_goes_by(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add([claim(source="NIS")], now=NOW)
        store.rename("source", "NIS", "National Intelligence Service", now=NOW)
        assert [each.id for each in store.claims(search="intelligence")] == [1]
