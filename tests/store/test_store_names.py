"""Subjects, sources and measures: their names, aliases and definitions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factlog import measures
from factlog.errors import MeasureError, NotFound, UsageError
from factlog.policy import Kind, Measure
from factlog.store import NamedEntity, Store
from support.stores import KYIV, NOW, SEOUL, TROOPS, claim, founding, later, new_store, place

pytestmark = pytest.mark.engines


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    made.add(founding(), now=NOW)
    return made


def sources(store: Store) -> list[tuple[str, tuple[str, ...], int]]:
    return [(each.name, each.aliases, each.claims) for each in store.names("source")]


def test_names_with_their_counts(store: Store) -> None:
    store.retract(1, "wrong", now=NOW)
    assert store.names("subject") == (NamedEntity(TROOPS, (), 2),)
    assert sources(store) == [(SEOUL, (), 1), (KYIV, (), 1)]
    assert [(each.name, each.claims) for each in store.names("measure")] == [
        ("killed", 0),
        ("injured", 1),
        ("casualties", 1),
    ]


def test_an_alias_is_found_and_changes_no_uid(store: Store) -> None:
    before = [each.uid for each in store.claims()]
    store.alias("source", SEOUL, "NIS", now=later(1))
    assert store.resolve("source", " nis ") == SEOUL
    assert [each.id for each in store.claims(source="Nis")] == [1, 2]
    store.add([claim("7", source="NIS")], now=later(2))
    assert sources(store) == [(SEOUL, ("NIS",), 3), (KYIV, (), 1)]
    assert {each.statement.source for each in store.claims()} == {SEOUL, KYIV}
    assert [each.uid for each in store.claims()][:3] == before
    assert set(store.candidates("source", KYIV)) == {SEOUL, KYIV, "NIS"}


def test_a_new_name_becomes_the_one_shown(store: Store) -> None:
    store.alias("source", SEOUL, "NIS", now=NOW)
    store.rename("source", "nis", "National  Intelligence Service", now=NOW)
    shown = "National Intelligence Service"
    assert sources(store) == [(KYIV, (), 1), (shown, (SEOUL, "NIS"), 2)]
    assert store.resolve("source", SEOUL) == shown
    assert store.claim(1).statement.source == shown
    store.rename("source", shown, SEOUL, now=NOW)
    assert sources(store)[0] == (SEOUL, ("NIS", shown), 2)
    store.rename("source", SEOUL, SEOUL.upper(), now=NOW)
    assert store.claim(1).statement.source == SEOUL.upper()
    assert store.add(founding(), now=NOW).new == 0


def test_a_name_that_another_has_cannot_be_taken(store: Store) -> None:
    with pytest.raises(UsageError, match="another source") as caught:
        store.rename("source", SEOUL, KYIV.lower(), now=NOW)
    assert "factlog source merge" in caught.value.remedy


def test_a_name_left_over_from_something_undone_can_be_taken(store: Store) -> None:
    store.add([claim("7", source="NIS")], now=NOW)
    store.undo(now=NOW)
    assert store.resolve("source", "NIS") is None
    assert "NIS" not in store.candidates("source", KYIV)
    store.rename("source", SEOUL, "nis", now=NOW)
    assert store.claim(1).statement.source == "nis"


def test_two_names_are_made_one_and_two_again(store: Store) -> None:
    store.alias("source", SEOUL, "NIS", now=NOW)
    store.merge_names("source", "NIS", KYIV, now=NOW)
    assert sources(store) == [(KYIV, (SEOUL, "NIS"), 3)]
    with pytest.raises(UsageError, match="are one source already"):
        store.merge_names("source", SEOUL, KYIV, now=NOW)
    store.undo(now=NOW)
    assert sources(store) == [(SEOUL, ("NIS",), 2), (KYIV, (), 1)]


def test_an_alias_can_move_to_another_name(store: Store) -> None:
    store.alias("source", SEOUL, "the agency", now=NOW)
    store.alias("source", KYIV, "the agency", now=NOW)
    assert store.resolve("source", "the agency") == KYIV
    assert sources(store) == [(SEOUL, (), 2), (KYIV, ("the agency",), 1)]


def test_an_alias_that_is_one_already_is_no_event(store: Store) -> None:
    events = len(store.log())
    store.alias("source", SEOUL, SEOUL.upper(), now=NOW)
    assert len(store.log()) == events


@pytest.mark.parametrize("change", ["rename", "alias", "merge_names"])
def test_names_that_are_not_there_are_refused(store: Store, change: str) -> None:
    with pytest.raises(NotFound, match='No subject is called "nobody"'):
        getattr(store, change)("subject", "nobody", TROOPS, now=NOW)


def test_a_kind_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no kind of name"):
        store.names("claim; drop table claim")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_blank_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(UsageError):
        store.rename("subject", TROOPS, name, now=NOW)
    with pytest.raises(UsageError):
        store.alias("subject", TROOPS, name, now=NOW)


def test_many_subjects_are_listed_in_order(store: Store) -> None:
    store.add_many((claim(subject=f"s{n}") for n in range(2500)), now=NOW)
    assert list(store.subjects()) == [TROOPS, *(f"s{n}" for n in range(2500))]


# Measures


def named(store: Store, name: str) -> Measure:
    return next(each for each in store.measures() if each.name == name)


def test_the_starter_vocabulary_lies_underneath(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert store.measures() == measures.starter()
        assert store.resolve("measure", "fatalities") == "killed"
        assert store.resolve("measure", "") == ""
        assert store.resolve("measure", "homes") is None
        store.add([claim(measure="homes")], now=NOW)
        assert store.resolve("measure", "HOMES") == "homes"
        assert store.measures() == measures.starter()


def test_a_word_of_the_vocabulary_stands_for_its_measure(store: Store) -> None:
    store.add([claim("7", measure="fatalities"), claim("8", measure="IDPs")], now=NOW)
    assert [each.measure for each in store.claims()][3:] == ["killed", "displaced"]
    assert [each.said for each in store.claims(measure="killed")] == ["around 300", "7"]


def test_a_definition_lies_over_the_starter(store: Store) -> None:
    changed = Measure(
        "casualties",
        Kind.LEVEL,
        ("killed", "injured", "missing"),
        ("losses",),
        Decimal("0.02"),
        7,
        "Everyone lost.",
    )
    store.set_measure(changed, now=NOW)
    found = named(store, "casualties")
    assert set(found.aliases) > {"losses", "casualty"}
    assert (found.kind, found.parts, found.tolerance, found.window, found.definition) == (
        *(changed.kind, changed.parts, changed.tolerance, changed.window, changed.definition),
    )
    assert store.resolve("measure", "LOSSES") == "casualties"
    store.set_measure(found, now=NOW)
    assert named(store, "casualties") == found
    assert len(store.log()) == 2


def test_a_measure_of_ones_own(store: Store) -> None:
    store.set_measure(Measure("homes", Kind.FLOW, aliases=("houses",)), now=NOW)
    assert named(store, "homes") == Measure("homes", Kind.FLOW, aliases=("houses",))


@pytest.mark.parametrize(
    "measure",
    [
        Measure("fatalities", Kind.FLOW),
        Measure("homes", aliases=("fatalities",)),
        Measure("killed", Kind.CUMULATIVE, ("casualties",)),
        Measure("killed", Kind.CUMULATIVE, ("killed",)),
    ],
)
def test_a_definition_that_cannot_stand_is_refused(store: Store, measure: Measure) -> None:
    with pytest.raises(MeasureError):
        store.set_measure(measure, now=NOW)
    assert len(store.log()) == 1


def test_a_whole_cannot_be_made_one_with_its_part(store: Store) -> None:
    with pytest.raises(MeasureError):
        store.merge_names("measure", "killed", "casualties", now=NOW)
    assert len(store.log()) == 1


def test_a_measure_can_be_told_apart_from_one_it_was_an_alias_of(store: Store) -> None:
    store.add([claim("7", measure="troops lost")], now=NOW)
    store.merge_names("measure", "troops lost", "killed", now=NOW)
    assert store.claim(4).measure == "killed"
    store.undo(now=NOW)
    assert store.claim(4).measure == "troops lost"


def test_a_renamed_measure_keeps_its_definition_and_its_place_in_sums(store: Store) -> None:
    killed = named(store, "killed")
    store.rename("measure", "killed", "lost lives", now=NOW)
    found = named(store, "lost lives")
    assert (found.kind, found.definition) == (killed.kind, killed.definition)
    assert set(found.aliases) == {*killed.aliases, "killed"}
    assert named(store, "casualties").parts == ("lost lives", "injured")
    assert store.claim(1).measure == "lost lives"
    assert store.resolve("measure", "deaths") == "lost lives"
    assert "killed" not in {each.name for each in store.measures()}


def test_measures_only_the_starter_knows_can_be_named(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.alias("measure", "deaths", "souls lost", now=NOW)
        assert store.resolve("measure", "souls lost") == "killed"
        store.merge_names("measure", "missing", "captured", now=NOW)
        assert store.resolve("measure", "MIA") == "captured"
        assert named(store, "captured").kind is Kind.CUMULATIVE
        assert "missing" not in {each.name for each in store.measures()}
        with pytest.raises(NotFound):
            store.rename("measure", "homes", "houses", now=NOW)


def test_two_of_the_starters_measures_made_one_in_either_order(tmp_path: Path) -> None:
    for number, (one, other) in enumerate((("missing", "killed"), ("killed", "missing"))):
        with new_store(tmp_path, f"{number}.db") as store:
            store.merge_names("measure", one, other, now=NOW)
            kinds = {each.name: each.kind for each in measures.starter()}
            assert named(store, other).kind is kinds[other]
            assert {"MIA", "deaths", one} <= set(named(store, other).aliases)


@pytest.mark.parametrize(
    ("kind", "part", "found"),
    [
        ("subject", "NORTH", [TROOPS]),
        ("subject", "troops  in", [TROOPS]),
        ("subject", "rth", [TROOPS]),
        ("subject", "sia ", [TROOPS]),
        ("source", "", [SEOUL, "Southern agency"]),
        ("source", "so", [SEOUL, "Southern agency"]),
        ("source", "agency", ["Southern agency"]),
        ("source", "zzz", []),
        ("source", '"%_*', []),
    ],
)
def test_names_in_which_what_is_typed_stands(
    store: Store, kind: str, part: str, found: list[str]
) -> None:
    store.alias("source", KYIV, "Southern agency", now=NOW)
    assert store.holding(kind, part, 2) == tuple(found)


def test_the_claims_recorded_last(store: Store, tmp_path: Path) -> None:
    def ids(most: int = 1, **asked: Any) -> list[int | None]:
        return [claim.id for claim in store.newest(most, **asked)]

    assert ids() == [3]
    store.retract(3, "wrong", now=NOW)
    assert ids() == [2]
    store.edit(1, replace(store.claim(1), note="seen again"), now=NOW)
    assert ids(9) == [1, 2]
    assert ids(9, numbered="2") == [2]
    assert ids(9, numbered="x") == []
    subject = store.claim(1).statement.subject
    assert ids(9, subject=subject.upper(), measures=["dead", "nobody"]) == [1]
    assert ids(9, subject="Norway") == []
    with Store.open(place(tmp_path, "empty.db"), create=True) as empty:
        assert empty.newest() == ()
