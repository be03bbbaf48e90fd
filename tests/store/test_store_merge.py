"""Two people's stores made one: the same claims once, the same comparisons in either order."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factlog.claim import Claim
from factlog.errors import MeasureError, NotFound, StoreError, UsageError
from factlog.policy import Kind, Measure
from factlog.store import Difference, Store, fresh_uids, offered
from factlog.store.merged_names import agreed
from support.served import copy_of
from support.stores import (
    KYIV,
    NOW,
    SEOUL,
    TROOPS,
    asked,
    by_hand,
    claim,
    exactly,
    founding,
    later,
    new_store,
    place,
)

pytestmark = pytest.mark.engines

Change = Callable[[Store], object]


def seen(store: Store) -> Any:
    """What a comparison is made from, whatever the ids: live claims, names, measures."""
    return (
        sorted(replace(each, id=None).__repr__() for each in store.claims()),
        sorted(
            replace(each, aliases=tuple(sorted(each.aliases))).__repr__()
            for each in store.measures()
        ),
        [
            sorted((each.name, sorted(each.aliases), each.claims) for each in store.names(kind))
            for kind in ("subject", "source")
        ],
    )


class Pair:
    """Two stores, and what comes of merging each into the other."""

    def __init__(self, folder: Path, one: Change, other: Change) -> None:
        with new_store(folder, "one.db") as a, new_store(folder, "other.db") as b:
            one(a)
            other(b)
        copy_of(place(folder, "one.db"), folder, "one-first.db")
        copy_of(place(folder, "other.db"), folder, "other-first.db")
        self.first = new_store(folder, "one-first.db")
        self.second = new_store(folder, "other-first.db")
        with Store.open(place(folder, "other.db")) as other_store:
            self.report = self.first.merge(other_store, now=later(60))
        with Store.open(place(folder, "one.db")) as one_store:
            self.opposite = self.second.merge(one_store, now=later(61))
        assert self.first.verify().problem is None
        assert self.second.verify().problem is None
        for store in (self.first, self.second):
            assert len({each.id for each in store.claims()}) == store.count()
            assert all(store.claim(each.id or 0) == each for each in store.claims())
        for one_way, other_way in zip(seen(self.first), seen(self.second), strict=True):
            assert one_way == other_way


def nothing(store: Store) -> None:
    """Leave it empty."""


def add(*claims: Claim, minute: int = 0) -> Change:
    return lambda store: store.add(claims or founding(), now=later(minute))


def both(*changes: Change) -> Change:
    def all_of_them(store: Store) -> None:
        for change in changes:
            change(store)

    return all_of_them


def test_the_same_claims_are_there_once(tmp_path: Path) -> None:
    more = claim("7", exactly(7), source="Somebody")
    pair = Pair(tmp_path, add(), add(*founding()[1:], more, minute=5))
    assert (pair.report.added, pair.report.known, pair.report.differences) == (1, 2, ())
    assert (pair.opposite.added, pair.opposite.known) == (1, 2)
    assert pair.first.count() == 4
    # Each was recorded when the earlier of the two did.
    assert [each.recorded for each in pair.first.claims()] == [NOW, NOW, NOW, later(5)]
    (event, *_rest) = pair.first.log()
    assert (event.action, event.about) == (
        "merge",
        f"{place(tmp_path, 'other.db').name}: 1 new, 2 known",
    )


def test_a_store_is_merged_into_an_empty_one_and_the_other_way(tmp_path: Path) -> None:
    pair = Pair(tmp_path, nothing, add())
    assert (pair.report.added, pair.opposite.added) == (3, 0)
    assert len(pair.second.log()) == 1


@pytest.mark.parametrize("known", [0, 20])
@pytest.mark.parametrize(("kept", "bits"), [(0, 4), (0, 10), (0, 28), (50, 10), (10_000, 28)])
@pytest.mark.parametrize("batch", [3, 40, 1_000])
def test_claims_that_are_known_here_come_behind_many_that_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, kept: int, bits: int, known: int
) -> None:
    monkeypatch.setattr(offered, "BATCH", batch)
    monkeypatch.setattr(fresh_uids.FreshUids, "BITS", bits)
    monkeypatch.setattr(fresh_uids.FreshUids, "KEPT", kept)
    theirs = [claim(f"{n}", exactly(n if n % 3 else f"{n}.5")) for n in range(1, 120)]

    def withdrawn(store: Store) -> None:
        store.retract(90, "a slip", now=later(3))
        store.edit(95, claim("7000"), now=later(4))

    ours = [claim("7"), *theirs[80 : 80 + known]]
    pair = Pair(tmp_path, add(*ours), both(add(*theirs, minute=1), withdrawn))
    assert (pair.report.added, pair.report.known) == (120 - known, known)
    assert (pair.opposite.added, pair.opposite.known) == (1, known)
    assert pair.first.count() == 119


@pytest.mark.parametrize("batch", [3, 7, 1_000])
def test_many_claims_that_are_new_here_keep_when_they_were_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(offered, "BATCH", batch)
    said = [[claim(f"{n}", exactly(n)) for n in range(first, first + 30)] for first in (50, 150)]
    pair = Pair(tmp_path, add(claim("7")), both(add(*said[0], minute=1), add(*said[1], minute=2)))
    assert (pair.report.added, pair.report.known) == (60, 0)
    kept = {each.said: each.recorded for each in pair.first.claims()}
    assert {kept[each.said] for each in said[0]} == {later(1)}
    assert {kept[each.said] for each in said[1]} == {later(2)}
    assert pair.first.verify().ok


@pytest.mark.sqlite
def test_a_store_that_is_merged_stays_as_it_is(tmp_path: Path) -> None:
    with new_store(tmp_path, "other.db") as other:
        other.add(founding(), now=NOW)
    before = other.path.read_bytes()
    with new_store(tmp_path, "one.db") as store, Store.read_only(other.place) as there:
        store.merge(there, now=later(1))
    assert other.path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.db", "other.db"]


def test_merging_again_adds_nothing(tmp_path: Path) -> None:
    pair = Pair(tmp_path, add(), add(claim("7")))
    events = len(pair.first.log())
    for _again in range(2):
        with Store.open(place(tmp_path, "other.db")) as other:
            report = pair.first.merge(other, now=later(70))
        assert (report.added, report.known, report.differences) == (0, 1, ())
    assert len(pair.first.log()) == events
    # One holds what the other does and more.
    assert pair.second.merge(pair.first, now=later(71)).added == 0


def test_an_older_copy_of_the_store_itself_brings_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        copy_of(store.place, tmp_path, "copy.db")
        store.retract(1, "wrong", now=later(1))
        with Store.open(place(tmp_path, "copy.db")) as copy:
            assert store.merge(copy, now=later(2)).added == 0
            assert len(store.log()) == 2


def test_an_older_copy_catches_up_with_the_store_it_is_a_copy_of(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.retract(1, "wrong", now=later(1))
        copy_of(store.place, tmp_path, "copy.db")
        store.undo(now=later(2))
        store.edit(1, claim("310"), now=later(3))
        store.edit(1, founding()[0], now=later(4))
        store.alias("source", SEOUL, "NIS", now=later(5))
        store.add_many((claim(f"{n} or so") for n in range(1099)), now=later(6))
        with Store.open(place(tmp_path, "copy.db")) as copy:
            report = copy.merge(store, now=later(7))
            assert (report.added, report.known, report.differences) == (1100, 3, ())
            assert seen(copy) == seen(store)
            assert copy.head() == store.head()
            assert copy.verify().ok
            assert copy.merge(store, now=later(8)).added == 0


def test_an_older_copy_catches_up_with_what_was_taken_back(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.add([claim("7"), claim("8")], now=later(1))
        copy_of(store.place, tmp_path, "copy.db")
        store.undo(now=later(2))
        store.add([claim("9")], now=later(3))
        with Store.open(place(tmp_path, "copy.db")) as copy:
            report = copy.merge(store, now=later(4))
            assert (report.added, report.known, report.taken_back) == (1, 3, 2)


def test_a_store_that_was_tampered_with_takes_nothing_in(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add(founding(), now=NOW)
        other.add([claim("7")], now=NOW)
        by_hand(store.place, "update claim set said = 'x' where id = 2")
        with pytest.raises(StoreError, match="claim 2 was changed outside factlog"):
            store.merge(other, now=NOW)


def test_a_store_is_not_merged_into_itself(tmp_path: Path) -> None:
    with (
        new_store(tmp_path) as store,
        Store.open(store.place) as same,
        pytest.raises(UsageError, match="this very store"),
    ):
        store.merge(same, now=NOW)


def test_a_store_that_does_not_fit_its_log_is_refused(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        other.add(founding(), now=NOW)
        by_hand(other.place, "update claim set said = 'x' where id = 2")
        with pytest.raises(StoreError, match="claim 2 was changed outside factlog"):
            store.merge(other, now=NOW)
        assert store.count() == 0


def test_both_histories_are_kept_and_can_be_followed(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path, add(), both(add(claim("7")), lambda store: store.retract(1, "x", now=NOW))
    )
    with Store.open(place(tmp_path, "other.db")) as other:
        kept = asked(pair.first.place, "select payload, hash from merged_event order by id")
        assert kept == asked(other.place, "select payload, hash from event order by id")
    with new_store(tmp_path, "third.db") as third:
        third.merge(pair.first, now=later(70))
        assert third.verify().ok
        logs = asked(third.place, "select chain, count(*) from merged_event group by 1")
        assert logs == [(0, 2), (1, 2)]
        # What it has of the others through one of them, it has.
        with Store.open(place(tmp_path, "other.db")) as other:
            assert third.merge(other, now=later(71)).added == 0


def test_what_is_withdrawn_in_one_is_withdrawn(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        add(minute=5),
        both(add(), lambda store: store.retract(2, "corrected", now=later(1))),
    )
    assert pair.first.claim(2).retracted == "corrected"
    assert pair.report.differences == (
        Difference("withdrawn", "claim 2", "stands", "corrected", "withdrawn"),
    )
    assert pair.opposite.differences == (
        Difference("withdrawn", "claim 2", "corrected", "stands", "withdrawn"),
    )
    assert pair.first.log()[0].action == "merge"


def test_a_withdrawn_claim_new_here_is_no_difference(tmp_path: Path) -> None:
    pair = Pair(tmp_path, nothing, both(add(), lambda store: store.retract(2, "x", now=later(1))))
    assert pair.report.differences == ()
    assert pair.first.claim(2).retracted == "x"


def test_what_was_taken_back_in_one_stands_if_the_other_has_it(tmp_path: Path) -> None:
    pair = Pair(tmp_path, both(add(), lambda store: store.undo(now=later(1))), add(minute=2))
    assert pair.first.count() == 3
    assert (pair.report.added, pair.opposite.added) == (3, 0)


def edit(number: int, said: str, minute: int = 1) -> Change:
    new = claim(said, exactly(said))
    return lambda store: store.edit(number, new, now=later(minute))


def test_an_edit_in_one_is_an_edit(tmp_path: Path) -> None:
    pair = Pair(tmp_path, add(), both(add(), edit(1, "310"), edit(1, "320", 2)))
    assert [each.said for each in pair.first.versions(1)] == ["around 300", "310", "320"]
    assert pair.first.claim(1).said == "320"
    assert pair.report.differences == ()


def test_two_different_edits_both_stand(tmp_path: Path) -> None:
    pair = Pair(tmp_path, both(add(), edit(1, "310")), both(add(), edit(1, "320")))
    assert {each.said for each in pair.first.claims(measure="killed")} == {"310", "320"}
    (difference,) = pair.report.differences
    assert difference == Difference(
        *("version", "claim 1", "310", "320", "whatever neither store replaced"), settled=False
    )
    assert len({each.id for each in pair.first.claims()}) == pair.first.count()


def test_a_claim_withdrawn_in_one_and_edited_in_the_other_stands_as_edited(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        both(add(), edit(1, "310")),
        both(add(), lambda store: store.retract(1, "wrong", now=later(2))),
    )
    outcome = "its edit to 310, until you say which"
    assert pair.report.differences == (
        Difference("withdrawn", "claim 1", "stands", "wrong", outcome, False),
    )
    assert pair.opposite.differences == (
        Difference("withdrawn", "claim 1", "wrong", "stands", outcome, False),
    )
    assert pair.first.claim(1).said == pair.second.claim(1).said == "310"


def test_two_edits_are_told_of_once_and_what_is_said_of_them_goes_along(tmp_path: Path) -> None:
    pair = Pair(tmp_path, both(add(), edit(1, "310")), both(add(), edit(1, "320")))
    assert pair.second.merge(pair.first, now=later(70)).differences == ()
    (number,) = (each.id for each in pair.first.claims() if each.said == "320")
    pair.first.retract(number or 0, "misread", now=later(71))
    (told,) = pair.second.merge(pair.first, now=later(72)).differences
    assert (told.kind, told.outcome) == ("withdrawn", "withdrawn")
    assert pair.first.merge(pair.second, now=later(73)).differences == ()
    said = [[each.said for each in pair.first.claims(measure="killed")]]
    said.append([each.said for each in pair.second.claims(measure="killed")])
    assert said == [["310"], ["310"]]


def test_edits_in_a_circle_both_stand(tmp_path: Path) -> None:
    def there_and_back(store: Store) -> None:
        edit(1, "310")(store)
        store.edit(1, founding()[0], now=later(3))

    pair = Pair(tmp_path, both(add(minute=5), edit(1, "310")), both(add(), there_and_back))
    assert {each.said for each in pair.first.claims(measure="killed")} == {"around 300", "310"}


def test_one_claim_read_in_two_ways_is_two(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add([claim("1.234", exactly(1234))], now=NOW)
        other.add([claim("1.234", exactly("1.234"))], now=NOW)
        for _again in range(2):
            assert store.merge(other, now=later(1)).differences == ()
            assert other.merge(store, now=later(1)).differences == ()
        for each in (store, other):
            assert {str(one.estimate.best) for one in each.claims()} == {"1234", "1.234"}
            assert each.verify().ok


# Names


def alias(name: str, other: str) -> Change:
    return lambda store: store.alias("source", name, other, now=later(3))


def test_an_alias_only_one_has_is_taken_over(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        add(claim("1", source="NIS")),
        both(add(), alias(SEOUL, "NIS"), alias(SEOUL, "the agency")),
    )
    assert pair.first.resolve("source", "nis") == SEOUL
    assert pair.report.differences == ()
    assert len(list(pair.first.claims(source=SEOUL))) == 3


def test_a_name_taken_for_two_different_things_stands_for_neither(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        both(add(), alias(SEOUL, "the agency")),
        both(add(), alias(KYIV, "the agency")),
    )
    assert pair.first.resolve("source", "the agency") is None
    assert pair.report.differences == (
        Difference(
            *("source", "the agency", SEOUL, KYIV, "neither, until you say which"), settled=False
        ),
    )
    assert str(pair.report.differences[0]) == (
        f'source "the agency": here {SEOUL}; there {KYIV}; taken: neither, until you say which'
    )


def test_one_thing_called_by_two_names_is_one_thing(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        both(add(), alias(SEOUL, "NIS")),
        both(add(claim("1", source="NIS")), alias("NIS", SEOUL)),
    )
    (named, _kyiv) = sorted(pair.first.names("source"), key=lambda each: -each.claims)
    assert named.claims == 3
    assert {named.name, *named.aliases} == {SEOUL, "NIS"}


def test_a_new_name_in_one_is_taken_over(tmp_path: Path) -> None:
    pair = Pair(
        tmp_path,
        add(),
        both(add(), lambda store: store.rename("subject", TROOPS, "The troops", now=later(3))),
    )
    assert list(pair.first.subjects()) == ["The troops"]


def test_capitals_chosen_come_before_capitals_as_given(tmp_path: Path) -> None:
    def capitals(spelling: str) -> Change:
        return lambda store: store.rename("subject", TROOPS, spelling, now=later(3))

    pair = Pair(tmp_path, add(), both(add(), capitals(TROOPS.lower())))
    assert list(pair.first.subjects()) == [TROOPS.lower()]
    (tmp_path / "two").mkdir()
    pair = Pair(
        tmp_path / "two",
        both(add(), capitals(TROOPS.upper())),
        both(add(), capitals("north Korean TROOPS in Russia")),
    )
    assert list(pair.first.subjects()) == [TROOPS.upper()]
    assert [each.kind for each in pair.report.differences] == ["subject"]
    (tmp_path / "three").mkdir()
    pair = Pair(
        tmp_path / "three", add(claim(subject="everest")), add(claim("5", subject="Everest"))
    )
    assert list(pair.first.subjects()) == ["Everest"]


def define(measure: Measure) -> Change:
    return lambda store: store.set_measure(measure, now=later(4))


def test_a_definition_only_one_has_is_taken_over(tmp_path: Path) -> None:
    homes = Measure("homes", Kind.FLOW, aliases=("houses",))
    pair = Pair(tmp_path, add(claim(measure="homes")), define(homes))
    assert homes in pair.first.measures()
    assert pair.report.differences == ()


def test_two_different_definitions_are_neither_taken(tmp_path: Path) -> None:
    here = Measure("killed", Kind.LEVEL, tolerance=Decimal("0.05"), definition="Lives lost.")
    there = Measure("killed", Kind.FLOW, ("murdered", "fallen"), window=7)
    pair = Pair(tmp_path, both(add(), define(here)), both(add(), define(there)))
    found = next(each for each in pair.first.measures() if each.name == "killed")
    assert found.kind is Kind.CUMULATIVE  # the starter's own
    assert pair.report.differences == (
        Difference(
            "definition",
            "killed",
            "level, tolerance 0.05, Lives lost.",
            "flow, sum of murdered and fallen, window 7 days",
            "neither, until you say which",
            settled=False,
        ),
    )
    pair.first.undo(now=later(90))
    assert next(each for each in pair.first.measures() if each.name == "killed").kind is Kind.LEVEL


def test_sums_that_would_be_parts_of_each_other_are_neither_taken(tmp_path: Path) -> None:
    harmed = Measure("harmed", Kind.CUMULATIVE, ("hit", "killed"))
    hit = Measure("hit", Kind.CUMULATIVE, ("struck", "displaced"))
    struck = Measure("struck", Kind.CUMULATIVE, ("harmed", "missing"))
    other = both(add(minute=1), define(struck))
    pair = Pair(tmp_path, both(add(), define(harmed), define(hit)), other)
    assert {str(each) for each in pair.report.differences} == {
        'definition "harmed": here cumulative, sum of hit and killed; there part of hit, struck; '
        "taken: neither, until you say which",
        'definition "hit": here cumulative, sum of struck and displaced; there part of harmed, '
        "struck; taken: neither, until you say which",
        'definition "struck": here cumulative, sum of harmed and missing; there part of harmed, '
        "hit; taken: neither, until you say which",
    }
    assert not [each for each in pair.first.measures() if each.name in ("harmed", "hit", "struck")]
    with Store.open(place(tmp_path, "other.db")) as again:
        again.add([claim("8")], now=later(65))
        assert pair.first.merge(again, now=later(66)).differences == ()
    assert pair.first.verify().ok
    pair.first.set_measure(struck, now=later(70))
    pair.first.set_measure(hit, now=later(71))
    with pytest.raises(MeasureError, match="would be a part of itself"):
        pair.first.set_measure(harmed, now=later(72))


def test_a_sum_that_an_alias_makes_a_part_of_itself_is_left_open(tmp_path: Path) -> None:
    harmed = Measure("harmed", Kind.CUMULATIVE, ("hit", "killed"))
    same = both(
        add(claim(measure="harmed")), lambda s: s.alias("measure", "harmed", "hit", now=NOW)
    )
    pair = Pair(tmp_path, both(add(), define(harmed)), both(add(claim(measure="harmed")), same))
    assert [each.name for each in pair.report.differences] == ["harmed"]
    assert "part of itself" in str(pair.report.differences[0])


def test_the_same_definition_in_both_is_no_difference(tmp_path: Path) -> None:
    measure = Measure("homes", Kind.FLOW)
    pair = Pair(tmp_path, define(measure), define(measure))
    assert pair.report.differences == pair.opposite.differences == ()


@pytest.mark.parametrize(
    ("here", "there", "joined", "disputed"),
    [
        ({}, {}, {}, {}),
        ({"x": "y"}, {}, {"x": "y"}, {}),
        ({"x": "y"}, {"x": "y"}, {"x": "y"}, {}),
        ({"x": "y"}, {"y": "z"}, {"x": "z", "y": "z"}, {}),
        ({"x": "y"}, {"x": "z"}, {}, {"x": ["y", "z"]}),
        ({"x": "y"}, {"y": "x"}, {"x": "y"}, {}),
        # Both take x for one with y, and one of them calls it z.
        ({"x": "y"}, {"x": "z", "y": "z"}, {"x": "z", "y": "z"}, {"x": ["y", "z"]}),
        # Disputed before, and one of the two said again; and once the two are made one.
        ({"x": "yz"}, {"x": "z"}, {}, {"x": ["y", "z"]}),
        ({"x": "yz"}, {}, {}, {"x": ["y", "z"]}),
        ({"x": "yz", "y": "z"}, {"x": "z"}, {"x": "z", "y": "z"}, {"x": ["y", "z"]}),
    ],
)
def test_what_two_stores_agree_that_names_stand_for(
    here: dict[str, str],
    there: dict[str, str],
    joined: dict[str, str],
    disputed: dict[str, list[str]],
) -> None:
    one, other = ({key: set(each) for key, each in side.items()} for side in (here, there))
    for found in (agreed(one, other), agreed(other, one)):
        assert found[0] == joined
        assert found[1] == disputed or found[0]


def test_what_is_left_open_stays_so_until_somebody_says(tmp_path: Path) -> None:
    """One store does not win over the other by saying it a second time."""
    with (
        new_store(tmp_path, "a.db") as a,
        new_store(tmp_path, "b.db") as b,
        new_store(tmp_path, "c.db") as c,
    ):
        for each, source, kind in ((a, SEOUL, Kind.LEVEL), (b, KYIV, Kind.FLOW)):
            each.add(founding(), now=NOW)
            each.alias("source", source, "the agency", now=later(1))
            each.set_measure(Measure("killed", kind), now=later(1))
        a.merge(b, now=later(2))
        b.add([claim("7", source="somebody")], now=later(3))
        report = a.merge(b, now=later(4))
        assert [str(each) for each in report.differences] == [
            f'source "the agency": here {SEOUL} or {KYIV}; there {KYIV}; '
            "taken: neither, until you say which",
            'definition "killed": here flow or level; there flow; '
            "taken: neither, until you say which",
        ]
        c.add([claim("7")], now=NOW)
        c.merge(a, now=later(5))  # and it goes along into a third record
        for each in (a, c):
            each.merge(b, now=later(6))
            assert each.resolve("source", "the agency") is None
            killed = next(m for m in each.measures() if m.name == "killed")
            assert killed.kind is Kind.CUMULATIVE  # the starter's own
            assert each.verify().problem is None
        a.alias("source", KYIV, "the agency", now=later(7))
        a.set_measure(Measure("killed", Kind.FLOW), now=later(7))
        b.add([claim("8", source="somebody")], now=later(8))
        assert a.merge(b, now=later(9)).differences == ()
        assert a.resolve("source", "the agency") == KYIV
        assert a.verify().problem is None


def test_what_somebody_said_of_a_dispute_holds_in_every_record(tmp_path: Path) -> None:
    """The answer knew what the other store says; only what that says anew opens it again."""
    a, b, c, d = (new_store(tmp_path, f"{name}.db") for name in "abcd")
    with a, b, c, d:
        for each, source, kind, grade in ((a, SEOUL, Kind.LEVEL, "A"), (b, KYIV, Kind.FLOW, "B")):
            each.add(founding(), now=NOW)
            each.alias("source", source, "the agency", now=later(1))
            each.set_measure(Measure("killed", kind), now=later(1))
            each.describe_source(KYIV, {"grade": grade, "grade_reason": "so"}, now=later(1))
        a.merge(b, now=later(2))
        a.alias("source", SEOUL, "the agency", now=later(3))
        a.set_measure(Measure("killed", Kind.CUMULATIVE), now=later(3))
        a.describe_source(KYIV, {"grade": "C", "grade_reason": "both"}, now=later(3))
        b.add([claim("7", source="somebody")], now=later(4))
        assert [str(each) for each in a.merge(b, now=later(5)).differences] == [
            f'source "the agency": here {SEOUL}; there {KYIV}; taken: "{SEOUL}"',
            'definition "killed": here cumulative; there flow; taken: cumulative',
            f'source "{KYIV}": here grade C (both); there grade B (so); taken: grade C (both)',
        ]
        d.merge(b, now=later(6))
        c.add([claim("8")], now=NOW)  # a third record takes the answer over with what it answers
        c.merge(a, now=later(7))
        for each, other in ((c, d), (b, a)):  # and whoever merges into whom
            assert all(told.settled for told in each.merge(other, now=later(8)).differences)
        for each in (a, b, c):
            assert each.resolve("source", "the agency") == SEOUL
            assert next(m for m in each.measures() if m.name == "killed").kind is Kind.CUMULATIVE
            assert (each.profile(KYIV).grade, each.verify().problem) == ("C", None)
        d.describe_source(KYIV, {"grade": "D", "grade_reason": "news"}, now=later(9))
        assert "neither" in str(a.merge(d, now=later(10)).differences[-1])


def test_a_name_of_the_vocabulary_taken_apart_is_so_in_both_records(tmp_path: Path) -> None:
    """What a person said of it counts; what only the vocabulary says does not."""
    for way in (1, -1):
        with new_store(tmp_path, f"a{way}.db") as a, new_store(tmp_path, f"b{way}.db") as b:
            for each in (a, b):
                each.add([claim("7", measure="deaths")], now=NOW)
                assert each.resolve("measure", "deaths") == "killed"
            a.unalias("measure", "killed", "deaths", now=later(1))
            one, other = (a, b)[::way]
            assert one.merge(other, now=later(2)).differences == ()
            assert one.resolve("measure", "deaths") == "deaths"
            assert "deaths" not in next(m for m in one.measures() if m.name == "killed").aliases
            assert one.verify().problem is None


def test_a_merge_taken_back_leaves_the_vocabulary_its_names(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        a.add([claim("7", measure="homes")], now=NOW)
        b.add([claim("7", measure="deaths")], now=NOW)
        a.merge(b, now=later(1))
        a.undo(now=later(2))
        assert a.resolve("measure", "deaths") == "killed"
        assert a.verify().problem is None


def test_undoing_a_merge_leaves_all_as_it_was_and_it_can_be_merged_again(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add(founding(), now=later(5))
        other.add([*founding(), claim("7")], now=NOW)
        other.alias("source", SEOUL, "NIS", now=NOW)
        other.edit(4, claim("8"), now=NOW)
        before = seen(store)
        assert store.merge(other, now=later(9)).added == 2
        store.undo(now=later(10))
        assert seen(store) == before
        assert store.verify().ok
        assert store.merge(other, now=later(11)).added == 2
        assert store.claim(4).said == "8"
        assert store.verify().ok


def test_a_merge_that_only_kept_the_other_log_is_taken_back_too(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add(founding(), now=NOW)
        other.add(founding(), now=NOW + timedelta(microseconds=1))
        for minute in (1, 3):
            store.merge(other, now=later(minute))
            assert (store.log()[0].action, store.peek_undo()) == ("merge", store.log()[0])
            store.undo(now=later(minute + 1))
            assert [each.action for each in store.log()[:2]] == ["undo", "merge"]
            assert store.verify().problem is None
        store.undo(now=later(5))
        assert list(store.claims()) == []


def test_an_alias_the_vocabulary_has_already_is_taken_back_in_the_log(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.alias("measure", "killed", "slain", now=later(1))
        store.undo(now=later(2))
        assert [each.action for each in store.log()] == ["undo", "alias", "add"]
        assert store.verify().problem is None


# Whatever two people did, it makes no odds whose store is merged into whose.

_SOURCES = ("a", "b", "c", "d")
_NUMBERS = ("1", "2", "3")


def _something(store: Store, chance: random.Random, minute: int) -> None:
    """One change of the kind a person makes; what cannot be done is left."""
    now = later(minute)
    one, other = chance.sample(_SOURCES, 2)
    live = [each.id for each in store.claims()]
    number = chance.choice(live) if live else 1
    new = claim(chance.choice(_NUMBERS), source=chance.choice((one, one.upper())))
    sums = chance.sample(("hit", "harmed", "struck", "killed"), 4)
    deeds: list[Callable[[], object]] = [
        lambda: store.add([new], now=now),
        lambda: store.add([new, claim("9", source=other)], now=now),
        lambda: store.retract(number or 1, "wrong", now=now),
        lambda: store.edit(number or 1, new, now=now),
        lambda: store.alias("source", one, other, now=now),
        lambda: store.rename("source", one, chance.choice((one.upper(), other, "e")), now=now),
        lambda: store.merge_names("source", one, other, now=now),
        lambda: store.set_measure(Measure("killed", chance.choice(list(Kind))), now=now),
        lambda: store.set_measure(
            Measure(sums[0], Kind.CUMULATIVE, (sums[1], chance.choice(sums[2:]))), now=now
        ),
        lambda: store.undo(now=now),
    ]
    with suppress(UsageError, NotFound, MeasureError):
        chance.choice(deeds)()


@pytest.mark.sqlite
@pytest.mark.parametrize("seed", range(60))
def test_it_makes_no_odds_which_store_is_merged_into_which(tmp_path: Path, seed: int) -> None:
    merge_either_way(tmp_path, seed)


@pytest.mark.parametrize("seed", range(60, 66))
def test_nor_does_it_on_either_engine(tmp_path: Path, seed: int) -> None:
    merge_either_way(tmp_path, seed)


def merge_either_way(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)

    def lived(start: int) -> Change:
        def live(store: Store) -> None:
            for minute in range(start, start + 24, 2):
                _something(store, chance, minute)

        return live

    Pair(tmp_path, lived(0), lived(1))
