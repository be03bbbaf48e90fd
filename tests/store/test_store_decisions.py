"""Decisions, what is known of sources, the record as it was, and taking back any one change."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factlog.claim import Estimate, Hedge
from factlog.decision import Decision, DecisionKind
from factlog.errors import FactlogError, NotFound, StoreError, UsageError
from factlog.policy import Kind, Measure
from factlog.profile import STANDS_FOR, Basis, SourceProfile
from factlog.store import Store
from factlog.store.events import BEGINNING, canonical, chained, digest
from factlog.store.schema import COLUMNS
from support.served import copy_of
from support.stores import (
    KYIV,
    NOW,
    SEOUL,
    TROOPS,
    about,
    by_hand,
    claim,
    founding,
    later,
    new_store,
    place,
)

pytestmark = pytest.mark.engines

TODAY = NOW.date()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path)
    made.add(founding(), now=NOW)
    return made


def decision(
    kind: DecisionKind = DecisionKind.PREFER, measure: str = "casualties", **more: Any
) -> Decision:
    given = {"reason": "its parts are counted apart", "by": "Ada", "claims": (1, 2), **more}
    if kind is not DecisionKind.PREFER:
        given["claims"] = more.get("claims", ())
    return Decision(TROOPS, measure, kind, **given)


def stale(store: Store, today: Any = TODAY) -> list[str | None]:
    return [each.stale_why for each in store.decisions(today)]


def test_a_decision_is_kept_as_it_was_made(store: Store) -> None:
    given = decision(
        DecisionKind.VALUE,
        said="about 3,500",
        low=Decimal("3500.0"),
        high=Decimal("3500.0"),
        unit="km",
        review_on=TODAY,
    )
    made = store.decide(given, now=later(1))
    assert (made.id, made.at) == (1, later(1))
    assert replace(made, id=None, uid="", at=None) == given
    assert store.decisions(TODAY) == (made,)
    assert store.log()[0].about == f"{TROOPS}: casualties: value"
    assert store.verify().problem is None


def test_nothing_about_a_claim_changes_by_it(store: Store) -> None:
    before = list(store.claims())
    store.decide(decision(), now=later(1))
    assert list(store.claims()) == before


def test_a_later_decision_on_the_measure_replaces_the_one_before(store: Store) -> None:
    store.decide(decision(), now=later(1))
    store.decide(decision(DecisionKind.WITHHOLD), now=later(2))
    store.decide(decision(measure="killed", claims=(1,)), now=later(3))
    assert [(each.id, each.kind) for each in store.decisions(TODAY)] == [
        (2, DecisionKind.WITHHOLD),
        (3, DecisionKind.PREFER),
    ]
    assert [each.id for each in store.decisions(TODAY, every=True)] == [1, 2, 3]
    assert store.decisions(TODAY, ["another"]) == ()
    store.undo(now=later(4), number=3)
    assert [each.id for each in store.decisions(TODAY)] == [1, 3]
    assert store.verify().problem is None


WRONG: dict[str, tuple[Decision, str]] = {
    "no reason": (decision(reason=" "), "A decision is made for a reason"),
    "no name": (decision(by=""), "A decision is signed with a name"),
    "past": (decision(review_on=TODAY - timedelta(1)), "The review date 2025-01-31 is past"),
    "no claim": (decision(claims=(9,)), "There is no claim 9"),
    "of another measure": (
        decision(measure="killed", claims=(1, 3)),
        "Claim 3 is not one of this measure: it is about North Korean troops in Russia casualties",
    ),
    "no subject": (replace(decision(), subject="Elsewhere"), 'No subject is called "Elsewhere"'),
    "no measure": (decision(measure="geese"), 'No measure is called "geese"'),
    "half a character": (decision(reason="a\ud800"), "half a character"),
}


@pytest.mark.parametrize(("wrong", "problem"), WRONG.values(), ids=list(WRONG))
def test_what_makes_no_sense_is_refused_and_nothing_recorded(
    store: Store, wrong: Decision, problem: str
) -> None:
    with pytest.raises(FactlogError, match=problem):
        store.decide(wrong, now=later(1))
    assert store.decisions(TODAY, every=True) == ()
    assert len(store.log()) == 1


def test_a_withdrawn_claim_cannot_be_preferred(store: Store) -> None:
    store.retract(3, "wrong", now=later(1))
    with pytest.raises(UsageError, match="Claim 3 is withdrawn: wrong"):
        store.decide(decision(claims=(3,)), now=later(2))


def edited_and_back(store: Store, minutes: int) -> None:
    was = store.claim(3)
    store.edit(3, replace(was, said="about 5,000", estimate=about(5000)), now=later(minutes))
    store.edit(3, was, now=later(minutes + 1))


Change = Callable[[Store], object]
CHANGES: dict[str, tuple[Change, str | None]] = {
    "nothing": (lambda _store: None, None),
    "another subject": (
        lambda store: store.add([claim("5", about(5), subject="Else")], now=later(2)),
        None,
    ),
    "another measure": (
        lambda store: store.add([claim("5", about(5), measure="missing")], now=later(2)),
        None,
    ),
    "a part added": (
        lambda store: store.add([claim("5", about(5), measure="killed")], now=later(2)),
        "claim 4 was added",
    ),
    "added": (
        lambda store: store.add(
            [claim(str(n), about(n), measure="casualties") for n in range(7)], now=later(2)
        ),
        "claims 4, 5, 6, 7, 8 and 2 more were added",
    ),
    "edited": (
        lambda store: store.edit(
            3, replace(store.claim(3), said="about 5,000", estimate=about(5000)), now=later(2)
        ),
        "claim 3 was edited",
    ),
    "edited and edited back": (
        lambda store: edited_and_back(store, 2),
        "claim 3 was changed and changed back",
    ),
    "withdrawn": (lambda store: store.retract(3, "wrong", now=later(2)), "claim 3 was withdrawn"),
}


@pytest.mark.parametrize(("change", "why"), CHANGES.values(), ids=list(CHANGES))
def test_it_goes_stale_when_the_claims_of_its_measure_change(
    store: Store, change: Change, why: str | None
) -> None:
    store.decide(decision(), now=later(1))
    change(store)
    assert stale(store) == [why]
    assert store.verify().problem is None


def test_it_tells_when_a_claim_that_it_prefers_stands_no_longer(store: Store) -> None:
    def stands() -> list[bool]:
        return [each.claims_stand for each in store.decisions(TODAY)]

    store.decide(decision(claims=(1,)), now=later(1))
    store.retract(2, "misread", now=later(2))
    assert (stands(), stale(store)) == ([True], ["claim 2 was withdrawn"])
    store.retract(1, "misread", now=later(3))
    assert stands() == [False]
    store.undo(now=later(4))
    assert stands() == [True]
    edited_and_back(store, 1)
    assert stands() == [True]


def test_it_tells_when_all_that_it_prefers_are_mere_words(store: Store) -> None:
    words = Estimate(Hedge.VAGUE, low=Decimal(24), high=Decimal(99))
    store.add([claim("dozens", words, source=each) for each in (KYIV, "Yonhap")], now=NOW)
    for chosen, words_only in (((4,), True), ((4, 5), True), ((4, 1), False), ((1,), False)):
        # As it was kept before words were: in numbers.
        kept = decision(claims=chosen, measure="killed", said="24 to 99")
        assert store.decide(kept, now=later(1)).words_only is words_only
        assert [each.words_only for each in store.decisions(TODAY)] == [words_only]


def test_claims_that_names_bring_in_or_take_away_make_it_stale(store: Store) -> None:
    store.add([claim("9", about(9), subject="Elsewhere")], now=NOW)
    store.decide(decision(), now=later(1))
    store.alias("subject", TROOPS, "Elsewhere", now=later(2))
    assert stale(store) == ["claim 4 was added"]
    store.decide(decision(), now=later(3))
    store.unalias("subject", TROOPS, "Elsewhere", now=later(4))
    assert stale(store) == ["claim 4 counts elsewhere now"]


def test_what_was_edited_and_edited_back_before_leaves_it_fresh(store: Store) -> None:
    edited_and_back(store, 1)
    store.decide(decision(), now=later(3))
    assert stale(store) == [None]
    assert store.verify().problem is None


def test_what_is_taken_back_leaves_it_fresh(store: Store) -> None:
    store.decide(decision(), now=later(1))
    store.retract(3, "wrong", now=later(2))
    store.add([claim("5", about(5))], now=later(3))
    assert stale(store) == ["claim 4 was added; claim 3 was withdrawn"]
    store.undo(now=later(4))
    store.undo(now=later(5))
    assert stale(store) == [None]


def test_it_goes_stale_after_its_review_date(store: Store) -> None:
    store.decide(decision(review_on=TODAY), now=later(1))
    assert stale(store) == [None]
    assert stale(store, TODAY + timedelta(1)) == ["its review date, 2025-02-01, has passed"]


def test_two_stores_that_decided_differently_keep_both(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        b.add([claim("17", about(17), subject="Else")], now=NOW)  # so that ids differ
        for each in (a, b):
            each.add(founding(), now=NOW)
        a.decide(decision(), now=later(1))
        b.decide(decision(claims=(4,)), now=later(2))
        report = a.merge(b, now=later(3))
        assert [str(each) for each in report.differences] == [
            f'decision "{TROOPS}: casualties": here prefer, by Ada; there prefer, by Ada; taken: '
            "both kept; the other's, which is later, stands until you say otherwise"
        ]
        assert [each.claims for each in a.decisions(TODAY, every=True)] == [(1, 2), (3,)]
        assert [(each.claims, each.stale) for each in a.decisions(TODAY)] == [((3,), False)]
        assert a.verify().problem is None
        assert a.merge(b, now=later(4)).differences == ()
        b.merge(a, now=later(5))
        assert [each.claims for each in b.decisions(TODAY, every=True)] == [(2, 3), (4,)]
        assert b.verify().problem is None
        a.undo(now=later(6))  # the merge
        assert [each.claims for each in a.decisions(TODAY, every=True)] == [(1, 2)]
        assert a.merge(b, now=later(7)).decisions == 1  # taken back, it counts again
        assert [each.claims for each in a.decisions(TODAY)] == [(3,)]
        assert a.verify().problem is None
        a.undo(now=later(8))
        assert [each.claims for each in a.decisions(TODAY, every=True)] == [(1, 2)]
        assert a.verify().problem is None


def test_what_the_other_store_decided_before_is_no_difference(tmp_path: Path) -> None:
    """What stands in one store is held against what stands in the other, once a measure."""
    with (
        new_store(tmp_path, "a.db") as a,
        new_store(tmp_path, "b.db") as b,
        new_store(tmp_path, "c.db") as c,
    ):
        for each in (a, b, c):
            each.add(founding(), now=NOW)
        c.add([claim("17", about(17), subject="Else")], now=NOW)
        a.decide(decision(), now=later(1))
        for minute, kind in enumerate((DecisionKind.PENDING, DecisionKind.WITHHOLD), 2):
            b.decide(decision(kind), now=later(minute))
        assert [str(each) for each in a.merge(b, now=later(5)).differences] == [
            f'decision "{TROOPS}: casualties": here prefer, by Ada; there withhold, by Ada; '
            "taken: both kept; the other's, which is later, stands until you say otherwise"
        ]
        merged = c.merge(b, now=later(5))
        assert (merged.decisions, merged.differences) == (2, ())
        assert [each.kind for each in c.decisions(TODAY)] == [DecisionKind.WITHHOLD]


def test_a_decision_about_what_nobody_states_keeps_its_measure(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        a.add([claim("17", about(17), measure="homes", subject="Else")], now=NOW)
        b.add(founding()[:2], now=NOW)  # killed and injured, and so casualties
        b.decide(decision(), now=later(1))
        a.merge(b, now=later(2))
        assert [(each.measure, each.stale) for each in a.decisions(TODAY)] == [
            ("casualties", False)
        ]
        assert a.verify().problem is None
        a.undo(now=later(3))
        assert a.merge(b, now=later(4)).decisions == 1
        assert [each.measure for each in a.decisions(TODAY)] == ["casualties"]


def test_a_decision_only_the_other_store_has_is_taken_over_fresh_or_stale(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        a.add(founding(), now=NOW)
        b.add(founding(), now=NOW)
        b.decide(decision(), now=later(1))
        b.decide(decision(DecisionKind.PENDING, measure="killed"), now=later(1))
        b.add([claim("320", about(320))], now=later(2))
        b.describe_source(SEOUL, {"role": "intelligence service", "grade": None}, now=later(2))
        a.describe_source(SEOUL, {"note": "often revised"}, now=later(2))
        assert a.merge(b, now=later(3)).differences == ()
        assert stale(a) == ["claim 4 was added", "claim 4 was added"]
        assert a.profile(SEOUL) == SourceProfile(
            SEOUL, role="intelligence service", note="often revised"
        )


def test_a_store_that_is_behind_catches_up_with_decisions(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a:
        a.add(founding(), now=NOW)
        copy_of(a.place, tmp_path, "b.db")
        a.decide(decision(), now=later(1))
        with Store.open(place(tmp_path, "b.db")) as b:
            assert b.merge(a, now=later(2)).decisions == 1
            assert b.decisions(TODAY) == a.decisions(TODAY)
            assert b.head() == a.head()


FORGED = (
    "update decision set kind = 'guess'",
    "update decision set claims = 'nobody'",
    "update decision set low = 'NaN', kind = 'range'",
    "update decision set at = 'yesterday'",
    "update decision set review_on = '2025-13-01'",
)


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_decision_is_damage(store: Store, forged: str) -> None:
    store.decide(decision(), now=later(1))
    by_hand(store.place, forged)
    with pytest.raises(StoreError, match=r"Decision 1 in .* cannot be read"):
        store.decisions(TODAY)
    assert "decision 1 was changed outside factlog" in str(store.verify().problem)


IMPOSSIBLE = (
    "decision set kind = 'zzz'",
    "decision set kind = 'prefer', claims = '', said = null",
    "decision set kind = 'value', claims = '', said = null",
    "decision set kind = 'range', claims = '', low = '5', high = null",
    "decision set kind = 'pending', claims = '', low = '5', high = '6'",
    "decision set low = '50', high = '40'",
    "decision set low = '1e999999999'",
    "decision set claims = claims || char(10) || claims",
    "decision set reason = ' '",
    "decision set decided_by = ''",
    "decision set basis = 'zzz'",
    "decision set uid = 'x'",
    "decision set review_on = 'soon'",
    "source set basis = 'zzz'",
    "source set grade = 'B'",
    "source set role = ' '",
    "measure set kind = 'zzz'",
    "measure set kind = 'constant', window = -1",
    "measure set kind = 'constant', tolerance = 'NaN'",
    "source set same_as = id",
)


def refitted(path: Path, change: str) -> None:
    """Change rows, and make every digest and hash of the log fit what they say now."""
    by_hand(path, f"update {change}")
    with closing(sqlite3.connect(path)) as raw, raw:
        before = BEGINNING
        for number, payload in raw.execute("select id, payload from event order by id").fetchall():
            told = json.loads(payload)
            for table, made in told["rows"].items():
                columns = ", ".join(COLUMNS[table])
                rows = raw.execute(
                    f"select {columns} from {table} where id between ? and ? order by id",
                    (made["first"], made["last"]),
                )
                made["digests"] = [digest(row) for row in rows]
            text = canonical(told)
            before = chained(before, text)
            values = (text, before, number)
            raw.execute("update event set payload = ?, hash = ? where id = ?", values)


@pytest.mark.sqlite
@pytest.mark.parametrize("change", IMPOSSIBLE)
def test_what_no_store_holds_is_named_though_every_hash_fits(
    tmp_path: Path, store: Store, change: str
) -> None:
    store.decide(decision(), now=later(1))
    store.close()
    refitted(store.path, change)
    with Store.open(store.place) as forged, new_store(tmp_path, "sound.db") as sound:
        assert re.search(
            "cannot be (read|found): it was changed outside factlog", str(forged.verify().problem)
        )
        with pytest.raises(StoreError):
            sound.merge(forged, now=later(2))
        assert sound.decisions(TODAY) == ()


_NOTE = "insert into _sqlite_migrations (id, migration_set, name, applied_at) "


@pytest.mark.parametrize(
    "change",
    [
        "delete from _sqlite_migrations",
        "delete from _sqlite_migrations where id = 2",
        "update _sqlite_migrations set migration_set = 'other'",
        "update _sqlite_migrations set id = 9 where id = 1",
        "update _sqlite_migrations set applied_at = 'zz'",
        "update _sqlite_migrations set applied_at = null",
        "update _sqlite_migrations set applied_at = substr(applied_at, 1, 19)",
        _NOTE + "values (99, 'other', 'step', '2026-01-01 00:00:00+00:00')",
        _NOTE + "select id + 50, 'other', name, applied_at from _sqlite_migrations",
    ],
)
def test_steps_that_are_not_noted_are_named(store: Store, change: str) -> None:
    by_hand(store.place, change)
    assert "steps that made the tables" in str(store.verify().problem)


def test_what_is_known_of_a_source(store: Store) -> None:
    assert store.profile(SEOUL) == SourceProfile(SEOUL)
    new = {
        **{"role": "intelligence service", "party": " South Korea ", "basis": "estimate"},
        **{"grade": "B", "grade_reason": "right twice", "note": "seldom revises"},
    }
    known = store.describe_source("south korean INTELLIGENCE", new, now=later(1))
    assert known == SourceProfile(
        *(SEOUL, "intelligence service", "South Korea", Basis.ESTIMATE, "B", "right twice"),
        "seldom revises",
    )
    assert store.profiles() == (known,)
    assert store.describe_source(SEOUL, {"party": ""}, now=later(2)).party is None
    store.rename("source", SEOUL, "NIS", now=later(3))
    assert store.profile(SEOUL) == store.profile("NIS") == replace(known, name="NIS", party=None)
    for number in (3, 2, 1):
        store.undo(now=later(3 + number))
    assert store.profile(SEOUL) == SourceProfile(SEOUL)
    assert store.verify().problem is None


@pytest.mark.parametrize(
    ("name", "new", "problem"),
    [
        ("Nobody", {"role": "x"}, 'No source is called "Nobody"'),
        (SEOUL, {"basis": "rumour"}, '"rumour" is no basis of a count'),
        (SEOUL, {"grade": "G", "grade_reason": "x"}, '"G" is no grade'),
        (SEOUL, {"grade": "b", "grade_reason": "x"}, '"b" is no grade'),
        (SEOUL, {"grade": "B"}, "needs its reason"),
        (SEOUL, {"grade_reason": "x"}, "no grade to give a reason for"),
        (SEOUL, {"note": "\ud800"}, "half a character"),
    ],
)
def test_what_cannot_be_known_of_a_source(
    store: Store, name: str, new: dict[str, str], problem: str
) -> None:
    with pytest.raises(FactlogError, match=problem):
        store.describe_source(name, new, now=later(1))
    assert store.profiles() == ()
    assert len(store.log()) == 1


@pytest.mark.parametrize("forged", ["grade = 'Z'", "basis = 'hearsay'"])
def test_what_was_forged_of_a_source_is_damage(store: Store, forged: str) -> None:
    by_hand(store.place, f"update source set {forged} where id = 1")
    with pytest.raises(StoreError, match=r"What is known of the source .* cannot be read"):
        store.profiles()
    assert "source 1 was changed outside factlog" in str(store.verify().problem)


def test_two_stores_that_know_a_source_differently(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        for each, grade in ((a, "A"), (b, "C")):
            each.add(founding(), now=NOW)
            reason = f"{grade} it is"
            each.describe_source(
                KYIV, {"grade": grade, "grade_reason": reason, "note": "hasty"}, now=later(1)
            )
        report = a.merge(b, now=later(2))
        assert [str(each) for each in report.differences] == [
            f'source "{KYIV}": here grade A (A it is); there grade C (C it is); '
            "taken: neither, until you say which",
        ]
        assert a.log()[0].about == f"{b.place.name}: 0 new, 3 known; disputed: source {KYIV}"
        both = {"grade": ["A (A it is)", "C (C it is)"]}
        assert a.profile(KYIV) == SourceProfile(KYIV, note="hasty", disputed=both)
        assert a.verify().problem is None


def test_what_is_disputed_of_a_source_stays_so_until_somebody_says(tmp_path: Path) -> None:
    with (
        new_store(tmp_path, "a.db") as a,
        new_store(tmp_path, "b.db") as b,
        new_store(tmp_path, "c.db") as c,
    ):
        for each, party in ((a, "Ukraine"), (b, "none")):
            each.add(founding(), now=NOW)
            each.describe_source(KYIV, {"party": party}, now=later(1))
        a.merge(b, now=later(2))
        b.retract(3, "wrong", now=later(3))
        again = a.merge(b, now=later(4))  # one of the two does not win by saying it twice
        assert "here party Ukraine or none; there party none" in str(again.differences[-1])
        both = {"party": ["Ukraine", "none"]}
        assert a.profile(KYIV).disputed == both
        c.merge(a, now=later(5))  # and goes along into a third record
        assert c.profile(KYIV) == SourceProfile(KYIV, disputed=both)
        a.rename("source", KYIV, "Zelensky", now=later(6))
        assert a.profile("Zelensky").disputed == both
        a.describe_source("Zelensky", {"party": "Ukraine"}, now=later(7))
        assert a.profile("Zelensky") == SourceProfile("Zelensky", party="Ukraine")
        assert (a.verify().problem, c.verify().problem) == (None, None)
        c.undo(now=later(8))
        assert c.verify().problem is None


def test_a_name_of_two_sources_is_left_open_until_somebody_says_whose(tmp_path: Path) -> None:
    with new_store(tmp_path, "a.db") as a, new_store(tmp_path, "b.db") as b:
        for each, source in ((a, SEOUL), (b, KYIV)):
            each.add(founding(), now=NOW)
            each.alias("source", source, "AL", now=later(1))
        a.merge(b, now=later(2))
        left = SourceProfile("AL", disputed={STANDS_FOR: sorted([SEOUL, KYIV])})
        assert a.profile("AL") == left
        assert a.profiles() == (left,)
        a.alias("source", KYIV, "AL", now=later(3))
        assert a.profiles() == ()


# Taking back any one change


def test_any_change_that_nothing_rests_on_is_taken_back(store: Store) -> None:
    store.retract(3, "wrong", now=later(1))
    store.alias("source", SEOUL, "NIS", now=later(2))
    assert store.undo(now=later(3), number=2).action == "retract"
    assert [each.id for each in store.claims()] == [1, 2, 3]
    assert store.resolve("source", "NIS") == SEOUL
    assert store.verify().problem is None
    assert store.undo(now=later(4)).id == 3  # and the last that stands is the next


def test_a_measure_taken_back_keeps_the_names_the_vocabulary_gives_it(store: Store) -> None:
    store.rename("measure", "casualties", "losses", now=later(1))
    before = next(each for each in store.measures() if each.name == "losses")
    store.set_measure(replace(before, tolerance=Decimal("0.05")), now=later(2))
    store.undo(now=later(3))
    assert next(each for each in store.measures() if each.name == "losses") == before
    assert store.resolve("measure", "casualty") == "losses"


RESTING: dict[str, tuple[Change, int]] = {
    "withdrawn": (lambda store: store.retract(2, "x", now=later(2)), 2),
    "edited": (
        lambda store: store.edit(1, replace(store.claim(1), said="310"), now=later(2)),
        2,
    ),
    "decided": (lambda store: store.decide(decision(), now=later(2)), 2),
    "decided without a claim": (
        lambda store: store.decide(decision(DecisionKind.PENDING), now=later(2)),
        2,
    ),
    "told of its source": (
        lambda store: store.describe_source(KYIV, {"note": "x"}, now=later(2)),
        2,
    ),
}


@pytest.mark.parametrize(("change", "event"), RESTING.values(), ids=list(RESTING))
def test_what_a_later_change_rests_on_stays(store: Store, change: Change, event: int) -> None:
    change(store)
    with pytest.raises(UsageError, match=rf"event {event} \(.*\) rests on it\.") as refused:
        store.undo(now=later(3), number=1)
    assert refused.value.remedy == f"Take that back first: factlog undo {event}"
    store.undo(now=later(4), number=event)
    store.undo(now=later(5), number=1)
    assert list(store.claims()) == []
    assert store.verify().problem is None


def test_all_that_rests_on_a_change_is_named(store: Store) -> None:
    store.decide(decision(DecisionKind.PENDING), now=later(1))
    store.describe_source(SEOUL, {"role": "an agency"}, now=later(2))
    store.alias("source", SEOUL, "NIS", now=later(3))
    store.retract(3, "x", now=later(4))
    with pytest.raises(
        UsageError, match=r"events 2 \(decide, .*\), 3 \(source, .*\) and 5 \(.*\) rest on it\."
    ) as refused:
        store.undo(now=later(5), number=1)
    assert refused.value.remedy == "Take those back first, from the last on: factlog undo 5"
    store.decide(decision(DecisionKind.WITHHOLD), now=later(6))
    with pytest.raises(UsageError, match=r", 5 \(.*\) and 1 more rest on it\."):
        store.undo(now=later(7), number=1)


def test_what_is_told_of_a_source_rests_on_none_of_many_statements(store: Store) -> None:
    store.add([claim("5", about(5), source="National spy agency")], now=later(1))
    store.add([claim("6", about(6), source="NIS")], now=later(1))
    store.alias("source", SEOUL, "NIS", now=later(2))
    store.describe_source(SEOUL, {"role": "an agency"}, now=later(3))
    store.undo(now=later(4), number=3)
    store.undo(now=later(5), number=2)
    with pytest.raises(UsageError, match=r"event 5 \(source"):
        store.undo(now=later(6), number=1)


def test_what_is_told_of_a_source_does_not_rest_on_a_withdrawal(store: Store) -> None:
    store.retract(3, "wrong", now=later(1))
    store.describe_source(store.claim(3).statement.source, {"note": "x"}, now=later(2))
    assert store.undo(now=later(3), number=2).action == "retract"


def test_claims_that_are_there_again_are_rested_on(store: Store) -> None:
    store.undo(now=later(1))
    store.add(founding(), now=later(2))
    store.decide(decision(DecisionKind.PENDING), now=later(3))
    store.describe_source(KYIV, {"note": "x"}, now=later(4))
    with pytest.raises(
        UsageError, match=r"events 4 \(decide, .*\) and 5 \(source, .*\) rest on it"
    ):
        store.undo(now=later(5), number=3)


def test_a_name_changed_again_since_stays(store: Store) -> None:
    store.alias("source", SEOUL, "NIS", now=later(1))
    store.merge_names("source", SEOUL, KYIV, now=later(2))
    with pytest.raises(UsageError, match=r"event 3 \(merge names"):
        store.undo(now=later(3), number=2)


SAID: dict[str, tuple[Change, Change]] = {
    "a source": (
        lambda store: store.describe_source(KYIV, {"basis": "estimate"}, now=later(1)),
        lambda store: store.rename("source", KYIV, "Zelensky", now=later(2)),
    ),
    "a source by its new name": (
        lambda store: store.rename("source", KYIV, "Zelensky", now=later(1)),
        lambda store: store.describe_source("Zelensky", {"basis": "estimate"}, now=later(2)),
    ),
    "a measure": (
        lambda store: store.set_measure(Measure("killed", Kind.LEVEL), now=later(1)),
        lambda store: store.rename("measure", "killed", "losses", now=later(2)),
    ),
    "a measure by its new name": (
        lambda store: store.rename("measure", "killed", "losses", now=later(1)),
        lambda store: store.set_measure(Measure("losses", Kind.LEVEL), now=later(2)),
    ),
}


DECIDED: dict[str, Change] = {
    "subject": lambda store: store.rename("subject", TROOPS, "The troops", now=later(1)),
    "measure": lambda store: store.rename("measure", "casualties", "losses", now=later(1)),
}


@pytest.mark.parametrize("kind", DECIDED)
def test_a_renaming_is_not_taken_back_from_under_a_decision(store: Store, kind: str) -> None:
    DECIDED[kind](store)
    subject = "The troops" if kind == "subject" else TROOPS
    measure = "losses" if kind == "measure" else "casualties"
    store.decide(replace(decision(measure=measure), subject=subject), now=later(2))
    with pytest.raises(UsageError, match=r"event 3 \(decide, .*\) rests on it\."):
        store.undo(now=later(3), number=2)


@pytest.mark.parametrize(("first", "second"), SAID.values(), ids=list(SAID))
def test_what_was_said_of_a_thing_goes_with_its_new_name(
    store: Store, first: Change, second: Change
) -> None:
    before = store.profiles(), store.measures()
    first(store)
    second(store)
    with pytest.raises(UsageError, match=r"event 3 \(.*\) rests on it\."):
        store.undo(now=later(3), number=2)
    store.undo(now=later(4), number=3)
    store.undo(now=later(5), number=2)
    assert (store.profiles(), store.measures()) == before
    assert store.verify().problem is None


def test_what_was_said_of_another_thing_is_taken_back_after_a_renaming(store: Store) -> None:
    store.describe_source(SEOUL, {"basis": "estimate"}, now=later(1))
    store.rename("source", KYIV, "Zelensky", now=later(2))
    store.undo(now=later(3), number=2)
    assert store.profiles() == ()


def test_measures_that_would_contain_themselves_are_not_gone_back_to(store: Store) -> None:
    store.set_measure(Measure("harm", Kind.CUMULATIVE, ("loss",)), now=later(1))
    store.set_measure(Measure("harm", Kind.CUMULATIVE), now=later(2))
    store.set_measure(Measure("loss", Kind.CUMULATIVE, ("harm",)), now=later(3))
    with pytest.raises(FactlogError):
        store.undo(now=later(4), number=3)
    assert store.log()[0].id == 4
    assert store.verify().problem is None


def test_events_that_cannot_be_taken_back(store: Store) -> None:
    store.retract(3, "wrong", now=later(1))
    store.undo(now=later(2))
    with pytest.raises(UsageError, match="Event 2 was taken back already, by event 3"):
        store.undo(now=later(3), number=2)
    with pytest.raises(UsageError, match="Event 3 took back event 2"):
        store.undo(now=later(3), number=3)
    with pytest.raises(NotFound, match="There is no event 7"):
        store.undo(now=later(3), number=7)


def test_a_wrong_alias_is_taken_apart(store: Store) -> None:
    store.merge_names("source", KYIV, SEOUL, now=later(1))
    store.add([claim("9", about(9), source=KYIV)], now=later(2))
    assert {each.statement.source for each in store.claims()} == {SEOUL}
    store.unalias("source", SEOUL, KYIV, now=later(3))
    assert [each.id for each in store.claims(source=KYIV)] == [3, 4]
    with pytest.raises(UsageError, match="is no other name of the source"):
        store.unalias("source", SEOUL, KYIV, now=later(4))
    store.undo(now=later(5))
    assert [each.id for each in store.claims(source=SEOUL)] == [1, 2, 3, 4]
    assert store.verify().problem is None


# The record as it was


def seen(store: Store) -> tuple[Any, ...]:
    return (
        list(store.claims(retracted=True)),
        store.decisions(TODAY),
        store.profiles(),
        [store.names(kind) for kind in ("subject", "source", "measure")],
        store.measures(),
        store.head(),
    )


def test_the_record_is_read_as_it_was_after_any_event(store: Store) -> None:
    steps: list[Change] = [
        lambda it: it.retract(2, "wrong", now=later(1)),
        lambda it: it.undo(now=later(2)),
        lambda it: it.edit(1, replace(it.claim(1), said="about 310"), now=later(3)),
        lambda it: it.alias("source", SEOUL, "NIS", now=later(4)),
        lambda it: it.rename("subject", TROOPS, "The troops", now=later(5)),
        lambda it: it.set_measure(Measure("killed", Kind.LEVEL), now=later(6)),
        lambda it: it.add([claim("9", about(9), subject="New")], now=later(7)),
        lambda it: it.decide(replace(decision(), subject="The troops", claims=(3,)), now=later(8)),
        lambda it: it.describe_source(KYIV, {"role": "president"}, now=later(9)),
        lambda it: it.undo(now=later(10), number=5),
    ]
    states = [seen(store)]
    for step in steps:
        step(store)
        states.append(seen(store))
    for number, state in enumerate(states, 1):
        with store.as_at(number):
            assert seen(store) == state, number
    with store.as_at(0):
        assert list(store.claims(retracted=True)) == []
    assert seen(store) == states[-1]
    assert store.event_at(later(4)) == 5
    assert store.event_at(NOW - timedelta(1)) == 0
    assert store.event_of_head(states[2][-1]) == 3
    with pytest.raises(NotFound, match="No state of this log has the head 3:ff"):
        store.event_of_head("3:ff")


def test_the_claims_later_events_touched(store: Store) -> None:
    assert store.touched_since(0) == ({1, 2, 3}, False)
    store.edit(1, replace(store.claim(1), said="about 310"), now=later(3))
    assert store.touched_since(1) == ({1}, False)
    store.retract(3, "wrong", now=later(4))
    store.alias("source", SEOUL, "NIS", now=later(4))
    assert store.touched_since(2) == ({3}, True)
    assert store.touched_since(4) == (set(), False)
    # What was changed and changed back since is as it was.
    store.edit(2, replace(store.claim(2), said="about 290"), now=later(5))
    store.retract(1, "wrong", now=later(5))
    store.add([claim("77")], now=later(5))
    for number in (5, 6, 7):
        store.undo(number=number, now=later(6))
    assert store.touched_since(4) == ({6}, False)  # the new one is on record, as taken back
    assert store.touched_since(5) == ({2, 6}, False)
    store.undo(number=3, now=later(7))
    assert store.touched_since(10) == ({3}, False)  # it had been withdrawn before


FOREIGN = '{"rows":{"sqlite_master":{"first":1,"last":2}},"changes":[]}'


def test_a_log_that_names_no_table_of_ours_is_damage(store: Store) -> None:
    by_hand(store.place, f"update event set payload = '{FOREIGN}'")
    with pytest.raises(StoreError, match="Event 1 of the log cannot be read"), store.as_at(0):
        pass
