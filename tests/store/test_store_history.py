"""Withdrawing, editing, taking back: nothing is overwritten, and the log has it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factlog.errors import NotFound, StoreError, UsageError
from factlog.policy import Kind, Measure
from factlog.store import Store
from support.stores import (
    KYIV,
    NOW,
    SEOUL,
    TROOPS,
    about,
    asked,
    by_hand,
    claim,
    exactly,
    founding,
    later,
    new_store,
)

pytestmark = pytest.mark.engines


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    made.add(founding(), now=NOW)
    return made


def said(store: Store, **options: bool) -> list[tuple[int | None, str]]:
    return [(each.id, each.said) for each in store.claims(**options)]  # type: ignore[arg-type]


def everything(store: Store) -> tuple[Any, ...]:
    """All that a person can see of a store, but its log."""
    return (
        list(store.claims(retracted=True)),
        [store.names(kind) for kind in ("subject", "source")],
        [(each.name, each.claims) for each in store.names("measure")],
        [replace(each, aliases=tuple(sorted(each.aliases))) for each in store.measures()],
    )


def test_a_withdrawn_claim_stays_on_record_out_of_the_others(store: Store) -> None:
    gone = store.retract(2, "the outlet corrected it", now=later(1))
    assert (gone.id, gone.retracted) == (2, "the outlet corrected it")
    assert [number for number, _said in said(store)] == [1, 3]
    assert [number for number, _said in said(store, retracted=True)] == [1, 2, 3]
    assert store.claim(2) == gone
    assert store.count() == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_withdrawing_needs_a_reason(store: Store, reason: str) -> None:
    with pytest.raises(UsageError, match="for a reason"):
        store.retract(1, reason, now=NOW)


def test_withdrawing_twice_is_refused(store: Store) -> None:
    store.retract(1, "wrong", now=NOW)
    with pytest.raises(UsageError, match="withdrawn already: wrong"):
        store.retract(1, "again", now=NOW)
    with pytest.raises(UsageError, match="withdrawn already: wrong"):
        store.edit(1, claim("5"), now=NOW)
    with pytest.raises(NotFound):
        store.retract(9, "wrong", now=NOW)
    with pytest.raises(NotFound):
        store.edit(9, claim(), now=NOW)


def test_an_edited_claim_keeps_its_id_and_its_versions(store: Store) -> None:
    changed = store.edit(1, claim("about 310", about(310)), now=later(1))
    assert (changed.id, changed.said, changed.recorded) == (1, "about 310", later(1))
    assert said(store) == [(1, "about 310"), (2, "around 2,700"), (3, "about 4,000")]
    store.edit(1, claim("320", exactly(320)), now=later(2))
    versions = store.versions(1)
    assert [each.said for each in versions] == ["around 300", "about 310", "320"]
    assert [each.id for each in versions] == [1, 1, 1]
    replaced = "replaced by a later version"
    assert [each.retracted for each in versions] == [replaced, replaced, None]
    assert store.versions(2) == (store.claim(2),)
    assert store.count() == 3
    with pytest.raises(NotFound):
        store.versions(99)


def test_an_edit_that_leaves_the_statement_alone_stays_in_it(store: Store) -> None:
    store.edit(1, claim("310", exactly(310)), now=later(1))
    assert asked(store.place, "select distinct statement_id from claim where id in (1, 2, 4)") == [
        (1,)
    ]


def test_an_edit_may_change_everything(store: Store) -> None:
    new = claim("5", exactly(5), subject="Another subject", source="Somebody", measure="homes")
    store.edit(1, new, now=later(1))
    assert [each.id for each in store.claims(subject="another subject")] == [1]
    assert [each.id for each in store.claims(subject=TROOPS)] == [2, 3]
    assert list(store.subjects()) == [TROOPS, "Another subject"]


def test_an_edit_of_the_value_keeps_the_names_as_given(store: Store) -> None:
    store.add([claim("7", subject=TROOPS.upper(), measure="dead")], now=NOW)
    store.rename("source", SEOUL, "NIS", now=NOW)
    shown = store.claim(4)
    assert (shown.statement.subject, shown.statement.source, shown.measure) == (
        *(TROOPS, "NIS", "killed"),
    )
    store.edit(4, replace(shown, said="8", estimate=exactly(8)), now=later(1))
    (given,) = (each for each in store.claims(as_given=True) if each.id == 4)
    assert (given.statement.subject, given.statement.source, given.measure) == (
        *(TROOPS.upper(), SEOUL, "dead"),
    )


def test_an_edit_that_changes_nothing_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="says so already"):
        store.edit(1, store.claim(1), now=NOW)
    assert len(store.log()) == 1


def test_an_edit_to_what_another_claim_says_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="as claim 2"):
        store.edit(1, founding()[1], now=NOW)


def test_editing_back_stands_again(store: Store) -> None:
    store.edit(1, claim("310", exactly(310)), now=later(1))
    store.edit(1, founding()[0], now=later(2))
    assert said(store)[0] == (1, "around 300")
    assert [each.said for each in store.versions(1)] == ["310", "around 300"]
    assert store.verify().ok


def test_the_original_of_an_edited_claim_is_still_known(store: Store) -> None:
    store.edit(1, claim("310", exactly(310)), now=later(1))
    assert store.add(founding(), now=later(2)).new == 0


CHANGES: dict[str, Callable[[Store], object]] = {
    "add": lambda store: store.add([claim("new", exactly(1))], now=later(1)),
    "import": lambda store: store.add_many(
        [claim(str(n), subject=str(n)) for n in range(700)], now=later(1), source_file="a.csv"
    ),
    "retract": lambda store: store.retract(1, "wrong", now=later(1)),
    "edit": lambda store: store.edit(1, claim("310", exactly(310)), now=later(1)),
    "alias": lambda store: store.alias("source", KYIV, "Zelensky", now=later(1)),
    "alias of one on record": lambda store: store.alias("source", KYIV, SEOUL, now=later(1)),
    "rename": lambda store: store.rename("source", SEOUL, "NIS", now=later(1)),
    "rename in capitals": lambda store: store.rename("subject", TROOPS, TROOPS.upper(), now=NOW),
    "merge names": lambda store: store.merge_names("source", SEOUL, KYIV, now=later(1)),
    "alias of a measure": lambda store: store.alias("measure", "injured", "deaths", now=NOW),
    "define": lambda store: store.set_measure(Measure("homes", Kind.FLOW, aliases=("h",)), now=NOW),
    "rename a measure": lambda store: store.rename("measure", "dead", "lost", now=later(1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_undo_leaves_all_as_it_was(store: Store, change: Callable[[Store], object]) -> None:
    before = everything(store)
    claims = store.count()
    change(store)
    assert everything(store) != before
    last = store.peek_undo()
    assert last is not None
    assert (last.id, last.undone_by) == (2, None)
    assert store.undo(now=later(2), expected=2) == last
    after = everything(store)
    assert [each for each in after[0] if each.id in (1, 2, 3)] == before[0]
    assert after[1:] == before[1:]
    assert store.count() == claims
    assert store.verify().ok
    undone = store.log()[1]
    assert (undone.id, undone.undone_by) == (2, 3)
    assert (store.log()[0].action, store.log()[0].undoes) == ("undo", 2)


def test_undo_goes_back_to_the_beginning_and_no_further(store: Store) -> None:
    for name, change in CHANGES.items():
        if name not in ("edit", "alias of one on record"):  # they need others not to come first
            change(store)
    while store.peek_undo() is not None:
        store.undo(now=later(3))
    assert store.count() == 0
    assert store.names("subject") == store.names("source") == ()
    assert not any(each.claims for each in store.names("measure"))
    assert list(store.subjects()) == []
    assert store.resolve("subject", TROOPS) is None
    with pytest.raises(UsageError, match="nothing to take back"):
        store.undo(now=later(4))
    assert store.verify().ok


def test_undo_then_something_else_then_undo(store: Store) -> None:
    store.retract(1, "wrong", now=later(1))
    store.undo(now=later(2))
    store.retract(2, "wrong", now=later(3))
    assert [number for number, _said in said(store)] == [1, 3]
    store.undo(now=later(4))
    store.undo(now=later(5))
    assert store.count() == 0
    assert {each.retracted for each in store.claims(retracted=True)} == {"taken back by undo"}


def test_what_was_taken_back_can_be_recorded_again(store: Store) -> None:
    store.undo(now=later(1))
    again = store.add([*founding(), founding()[0]], now=later(2))
    assert (again.new, again.known, again.retracted) == (3, 1, 0)
    assert [each.id for each in again.claims] == [1, 2, 3, 1]
    assert store.count() == 3
    store.undo(now=later(3))
    assert store.count() == 0
    assert store.verify().ok


def test_an_edit_taken_back_can_be_made_or_recorded_again(store: Store) -> None:
    new = claim("310", exactly(310))
    store.edit(1, new, now=later(1))
    store.undo(now=later(2))
    assert said(store)[0] == (1, "around 300")
    assert store.claim(4).said == "around 300"
    store.edit(1, new, now=later(3))
    assert said(store)[0] == (1, "310")
    store.undo(now=later(4))
    assert store.add([new], now=later(5)).claims[0].id == 4
    assert said(store)[-1] == (4, "310")
    assert store.verify().ok


def test_undo_of_what_another_did_meanwhile_is_refused(store: Store) -> None:
    seen = store.peek_undo()
    assert seen is not None
    with Store.open(store.place) as other:
        other.retract(1, "wrong", now=later(1))
    with pytest.raises(UsageError, match="meanwhile: retract, claim 1: wrong"):
        store.undo(now=later(2), expected=seen.id)


def test_the_log_lists_the_last_first(store: Store) -> None:
    store.retract(1, "wrong", now=later(1))
    assert [(each.id, each.action, each.about) for each in store.log()] == [
        (2, "retract", "claim 1: wrong"),
        (1, "add", "3 claims"),
    ]
    assert [each.id for each in store.log(limit=1)] == [2]
    assert [each.at for each in store.log()] == [later(1), NOW]


def test_an_event_that_cannot_be_read_is_told_in_words(store: Store) -> None:
    by_hand(store.place, "update event set payload = '{'")
    with pytest.raises(StoreError, match="Event 1 of the log cannot be read"):
        store.undo(now=NOW)


def test_a_claim_that_cannot_be_read_is_told_in_words(store: Store) -> None:
    by_hand(store.place, "update claim set hedge = 'perhaps' where id = 2")
    with pytest.raises(StoreError, match="was changed outside factlog"):
        list(store.claims())
