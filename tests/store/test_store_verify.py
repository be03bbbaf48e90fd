"""Whatever is changed behind factlog's back is found, and named."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from factlog.article import Article, KeptProposal
from factlog.decision import Decision, DecisionKind
from factlog.errors import UsageError
from factlog.store import Store
from factlog.store.address import Address
from factlog.store.events import canonical
from support.processes import LONG, check_plain, told
from support.served import in_files, served_copy
from support.stores import (
    NOW,
    SEOUL,
    TROOPS,
    Place,
    asked,
    by_hand,
    claim,
    exactly,
    founding,
    later,
    live_in,
    new_store,
    rechained,
    redigested,
    various,
)


def lived_in(folder: Path, count: int = 1000) -> Path:
    """A store in which something of every kind was done."""
    with new_store(folder) as store, new_store(folder, "other.db") as other:
        live_in(store, other, count)
        store.add([claim("last")], now=later(9))
    return folder / "factlog.db"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with in_files():
        return lived_in(tmp_path_factory.mktemp("original")).read_bytes()


@pytest.fixture
def path(tmp_path: Path, original: bytes, engine: str) -> Any:
    copy = tmp_path / "original.db"
    copy.write_bytes(original)
    if engine == "sqlite":
        return copy
    return served_copy(copy, tmp_path)


def problem(path: Place, head: str | None = None) -> str:
    with Store.open(path) as store:
        found = store.verify(head)
    assert found.ok == (found.problem is None)
    return found.problem or ""


@pytest.mark.engines
def test_a_store_left_alone_fits(path: Place) -> None:
    with Store.open(path) as store:
        found = store.verify()
        assert (found.ok, found.problem, found.events) == (True, None, 10)
        assert found.head == store.head()
        assert store.verify(store.head()).ok


@pytest.mark.engines
def test_an_empty_store_fits(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert store.verify().ok
        assert store.head() == "0:0000000000000000"
        assert store.verify(store.head()).ok


TAMPERING = {
    # What was done to the store: the words its name must hold.
    "update claim set said = 'around 900' where id = 1": ("claim 1", "event 1"),
    "update claim set best = '900' where id = 3": ("claim 3", "event 1"),
    "update claim set best_real = 900 where id = 3": ("claim 3", "event 1"),
    "update claim set stated_low = 1 where id = 3": ("claim 3", "event 1"),
    "update claim set uid = 'x' where id = 3": ("claim 3", "event 1"),
    "update claim set recorded = '2024-01-01T00:00:00+00:00' where id = 3": ("claim 3", "event 1"),
    "update claim set measure_id = 2 where id = 3": ("claim 3", "event 1"),
    "update claim set statement_id = 1 where id = 3": ("claim 3", "event 1"),
    "update claim set retracted = null where id = 2": ("claim 2", "retracted", "'wrong'"),
    "update claim set retracted = 'x' where id = 3": ("claim 3", "event 1"),
    "update claim set replaced = null where id = 1": ("claim 1", "replaced"),
    "update claim set undone = 7 where id = 3": ("claim 3", "event 1"),
    "update claim set note = cast(x'ff' as text) where id = 3": ("claim 3", "event 1"),
    "update claim set said = 'x' where id = 500": ("claim 500", "event 9"),
    "update claim set best_real = 1.5 where id = 500": ("one of claim", "event 9"),
    "update claim set hedge = 'x', said = 'y' where id = 500": ("claim 500", "event 9"),
    "delete from claim where id = 3": ("claim 3 is missing", "event 1"),
    "delete from claim where id = 500": ("claim 500 is missing", "event 9"),
    "delete from claim": ("claim 1 is missing", "event 1"),
    "delete from claim where id = (select max(id) from claim)": ("claim 1006 is missing",),
    "update claim set id = 2000 where id = 3": ("claim 3 is missing",),
    "insert into claim (id, uid, statement_id, said, hedge, low_open, high_open, recorded) "
    "values (2000, 'u', 1, 's', 'exact', 0, 0, '2025-01-01')": ("claim 2000", "put in"),
    "insert into claim (id, uid, statement_id, said, hedge, low_open, high_open, recorded) "
    "values (-5, 'u', 1, 's', 'exact', 0, 0, '2025-01-01')": ("claim -5", "put in"),
    "insert into claim (id, uid, statement_id, said, hedge, low_open, high_open, recorded) "
    "values (-9223372036854775808, 'u', 1, 's', 'exact', 0, 0, '2025')": ("claim -92", "put in"),
    "update statement set as_of = '2024-01-01' where id = 1": ("statement 1", "event 1"),
    "update statement set as_of_first = '2024-01-01' where id = 1": ("statement 1", "event 1"),
    "update statement set url = 'x' where id = 2": ("statement 2", "event 1"),
    "delete from statement where id = 2": ("statement 2 is missing", "event 1"),
    "insert into statement (id, subject_id, source_id) values (99, 1, 1)": ("statement 99",),
    "update subject set name = 'x' where id = 1": ("subject 1", "event 1"),
    "update subject set same_as = 2 where id = 1": ("subject 1", "event 1"),
    "update subject set key = 'x' where id = 1": ("subject 1", "event 1"),
    "insert into subject (id, name, given, key) values (99, 'x', 'x', 'x')": ("subject 99",),
    "update source set same_as = null where name = 'NIS'": ("source 3", "same_as"),
    "update source set same_as = 4 where id = 2": ("source 2", "same_as"),
    "delete from source where id = 3": ("source 3 is missing", "event 4"),
    "update measure set kind = 'flow' where id = 1": ("measure 1", "kind", "'level'"),
    "update measure set definition = 'x' where id = 2": ("measure 2", "event 1"),
    "update event set about = 'x' where id = 3": ("Event 3 (edit, 2025-02-01)",),
    "update event set at = '2024-01-01' where id = 3": ("Event 3",),
    "update event set undoes = 2 where id = 3": ("Event 3",),
    "update event set hash = 'x' where id = 3": ("Event 3",),
    "update event set payload = replace(payload, '310', '311') where id = 3": ("Event 3",),
    "update event set payload = '[]' where id = 3": ("Event 3",),
    "delete from event where id = 3": ("Event 3 is missing",),
    "delete from event where id = 1": ("Event 1 is missing",),
    "delete from event where id = 10": ("statement 5 is in no event",),
    "update event set id = -3 where id = 3": ("Event -3",),
    "insert into event values (11, '2025', 'add', 'x', null, '{}', 'x')": ("Event 11",),
    "update merged_event set payload = 'x'": ("merged_event 1", "event 8"),
    "delete from merged_event": ("merged_event 1 is missing", "event 8"),
    "insert into merged_event values (9, 1, 0, 1, 'x', 'y')": ("event 1 merged",),
}


@pytest.mark.engines
@pytest.mark.parametrize(("sql", "named"), TAMPERING.items(), ids=TAMPERING)
def test_every_kind_of_tampering_is_named(path: Place, sql: str, named: tuple[str, ...]) -> None:
    by_hand(path, sql)
    found = problem(path)
    assert all(word in found for word in named), found


@pytest.mark.engines
@pytest.mark.parametrize("table", ["claim", "statement", "subject", "source", "measure"])
def test_rows_that_changed_places_are_named(path: Place, table: str) -> None:
    by_hand(
        path,
        f"update {table} set id = -1 where id = 1",
        f"update {table} set id = 1 where id = 2",
        f"update {table} set id = 2 where id = -1",
    )
    assert f"{table} 1" in problem(path)


@pytest.mark.engines
def test_events_that_changed_places_are_named(path: Place) -> None:
    by_hand(
        path,
        "update event set id = -1 where id = 3",
        "update event set id = 3 where id = 4",
        "update event set id = 4 where id = -1",
    )
    assert "Event 3" in problem(path)


@pytest.mark.slow
def test_every_value_of_every_row_is_covered(path: Path, original: bytes) -> None:
    """Change each column of the first and of a late row of each table, one at a time."""
    for table in ("subject", "source", "measure", "statement", "claim", "event", "merged_event"):
        columns = [(row[1], row[2]) for row in asked(path, f"pragma table_info({table})")]
        last = asked(path, f"select max(id) from {table}")[0][0]
        for column, kind in columns:
            for number in {1, last // 2 + 1, last}:
                path.write_bytes(original)
                new = {"TEXT": "'changed'", "INTEGER": "77777", "REAL": "77777.5"}[kind]
                by_hand(path, f"update {table} set {column} = {new} where id = {number}")
                assert problem(path), (table, column, number)


@pytest.mark.parametrize("table", ["decision", "source", "article", "proposal"])
def test_every_value_of_what_people_resolve_is_covered(tmp_path: Path, table: str) -> None:
    text = "Around 300 died."
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.decide(
            Decision(TROOPS, "killed", DecisionKind.PENDING, "not sure", "Ada"), now=later(1)
        )
        store.describe_source(SEOUL, {"role": "intelligence"}, now=later(2))
        store.inbox.put(
            Article(text, "Losses"),
            [KeptProposal(0, 16, 0, 10, {"value": "around 300"}, "high")],
            now=later(3),
        )
        store.inbox.accept(1, claim(), now=later(4))
        path = store.path
    whole = path.read_bytes()
    assert problem(path) == ""
    for _place, column, kind, *_rest in asked(path, f"pragma table_info({table})"):
        path.write_bytes(whole)
        new = {"TEXT": "'changed'", "INTEGER": "77777"}[kind]
        by_hand(path, f"update {table} set {column} = {new} where id = 1")
        assert problem(path), column
    path.write_bytes(whole)
    by_hand(path, "pragma foreign_keys = off", f"delete from {table}")
    assert f"{table} 1 is missing" in problem(path)


@pytest.mark.engines
def test_the_first_thing_that_does_not_fit_is_named(path: Place) -> None:
    by_hand(
        path,
        "update claim set said = 'x' where id = 700",
        "update statement set url = 'x' where id = 2",
        "update source set same_as = null where name = 'NIS'",
    )
    assert "statement 2" in problem(path)


def _reworded(rows: list[list[Any]]) -> None:
    said = json.loads(str(rows[1][5]))
    said["about"] = rows[1][3] = "claim 2: a better reason"
    rows[1][5] = canonical(said)


@pytest.mark.engines
def test_a_forged_log_is_found_by_a_head_kept_elsewhere(path: Place) -> None:
    with Store.open(path) as store:
        head = store.head()
    rechained(path, _reworded)
    assert problem(path) == ""
    assert "Event 10 is not the one of that head" in problem(path, head)


@pytest.mark.engines
def test_a_log_cut_off_is_found_by_a_head_kept_elsewhere(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        kept = store.head()
        store.add([claim("7")], now=NOW)
        head = store.head()
    path = store.place
    by_hand(path, "delete from claim where id = 4", "delete from statement where id = 3")
    by_hand(path, "delete from event where id = 2")
    if isinstance(path, Address):  # whose words are looked at row by row
        by_hand(path, "delete from claim_words where rowid = 4")
    assert problem(path) == ""
    assert "it had 2 events at that head, and has 1 now" in problem(path, head)
    assert problem(path, kept) == ""


@pytest.mark.engines
@pytest.mark.parametrize("gap", [0, 1])
def test_a_forged_log_must_say_what_it_did(path: Place, gap: int) -> None:
    def change(rows: list[list[Any]]) -> None:
        said = json.loads(str(rows[0][5]))
        if gap:
            said["rows"]["claim"]["first"] = 2
        else:
            del said["rows"]
        rows[0][5] = canonical(said)

    rechained(path, change)
    assert "Event 1 does not" in problem(path)


@pytest.mark.engines
@pytest.mark.parametrize("action", ["retract", "skip", "rename", "decide", "article"])
def test_an_event_makes_no_rows_that_its_action_does_not_make(path: Place, action: str) -> None:
    def change(rows: list[list[Any]]) -> None:
        said = json.loads(str(rows[0][5]))
        said["action"] = rows[0][2] = action
        for key in ("file", "known"):
            said.pop(key)
        rows[0][5] = canonical(said)

    rechained(path, change)
    assert "Event 1 does not say what an event can say" in problem(path)


ODD: list[Any] = [
    *(0, -1, 7, 2**63, 10**30, 0.5, True, None),
    *("", "1", "claim", "ab" * 32, [], [[]], [1], ["x"], {}, {"a": 1}),
]


def places(said: Any, *, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in what an event says, as the keys that lead there."""
    keys = said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ()
    for key in keys:
        yield (*above, key)
        yield from places(said[key], above=(*above, key))


def forged(payload: str, place: tuple[Any, ...], value: Any) -> str:
    """What an event says with something else in one place, or with nothing there for ..."""
    said = json.loads(payload)
    inner = said
    for key in place[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    return canonical(said)


# How many were on record already, which nothing else in a store tells.
UNSAID = ("known",)


@pytest.mark.slow
def test_every_key_of_what_an_event_says_is_checked(tmp_path: Path) -> None:
    path = lived_in(tmp_path, 3)
    whole, tried, passed, chance = path.read_bytes(), 0, [], random.Random(18)
    payloads = [row[0] for row in asked(path, "select payload from event order by id")]
    for number, payload in enumerate(payloads):
        for place in places(json.loads(payload)):
            for value in (..., *ODD):
                new = forged(payload, place, value)
                if new == payload or (place == UNSAID and type(value) is int and value >= 0):
                    continue
                if not LONG and chance.random() > 0.15:
                    continue
                path.write_bytes(whole)
                rechained(path, lambda rows: rows[number].__setitem__(5, new))  # noqa: B023
                tried += 1
                if not problem(path):
                    passed.append((number + 1, place, value))
    assert passed == []
    assert tried > (3000 if LONG else 400)


def _swapped(said: dict[str, Any]) -> None:
    said["claims"].reverse()


NO_EVENT = "does not say what an event can say"
FORGED = {
    "another file": (8, lambda said: said.update(file="other.csv"), NO_EVENT),
    "a file where there was none": (0, lambda said: said.update(file="many.csv"), NO_EVENT),
    "no file": (8, lambda said: said.update(file=None), NO_EVENT),
    "claims in another order": (0, _swapped, "not the claim that its event lists"),
    "another claim": (
        *(0, lambda said: said["claims"].__setitem__(0, "0" * 32)),
        "claim 1 was changed outside factlog: it is not the claim that its event lists",
    ),
    "one claim too few": (0, lambda said: said["claims"].pop(), NO_EVENT),
    "one claim too many": (3, lambda said: said["claims"].append("0" * 32), NO_EVENT),
    "more keys": (0, lambda said: said.update(more=1), NO_EVENT),
    "a store whose log is not here": (
        *(7, lambda said: said.update(other="1:0123456789abcdef")),
        "Event 8 merged a store whose log is not here",
    ),
    "a change told twice": (
        *(1, lambda said: said["changes"].append(said["changes"][0])),
        "claim 2 was changed outside factlog",
    ),
    "a change of a row nobody made": (
        *(1, lambda said: said["changes"].append(["claim", 9, 9, {"retracted": [None, "x"]}])),
        NO_EVENT,
    ),
    "a change of what never changes": (
        *(1, lambda said: said["changes"].append(["claim", 1, 1, {"said": ["x", "y"]}])),
        NO_EVENT,
    ),
    "nothing changed": (1, lambda said: said["changes"].append(["claim", 1, 1, {}]), NO_EVENT),
    "a change from nothing to nothing": (
        *(1, lambda said: said["changes"].append(["claim", 3, 3, {"retracted": [None, None]}])),
        NO_EVENT,
    ),
    "a run changed by what withdraws one": (
        *(1, lambda said: said["changes"].append(["claim", 1, 3, {"retracted": [None, "x"]}])),
        NO_EVENT,
    ),
    "a change that another action makes": (
        *(1, lambda said: said["changes"].append(["source", 1, 1, {"note": [None, "x"]}])),
        NO_EVENT,
    ),
    "undone, but not by undo": (
        *(2, lambda said: said["changes"].append(["claim", 2, 2, {"undone": [None, 3]}])),
        NO_EVENT,
    ),
    "more than what it takes back": (
        *(6, lambda said: said["changes"].append(["claim", 2, 2, {"retracted": [None, "x"]}])),
        NO_EVENT,
    ),
    "another event taken back": (6, lambda said: said.update(undoes=5), NO_EVENT),
}


@pytest.mark.engines
@pytest.mark.parametrize(("place", "change", "named"), FORGED.values(), ids=FORGED)
def test_a_forged_event_is_named(
    path: Place, place: int, change: Callable[[dict[str, Any]], object], named: str
) -> None:
    def forge(rows: list[list[Any]]) -> None:
        said = json.loads(str(rows[place][5]))
        change(said)
        rows[place][5] = canonical(said)

    rechained(path, forge)
    assert named in problem(path)


@pytest.mark.parametrize("undoes", [None, 1])
def test_what_is_said_to_change_many_rows_over_and_over_is_damage(
    path: Path, undoes: int | None
) -> None:
    def forge(rows: list[list[Any]]) -> None:
        said = json.loads(str(rows[-1][5]))
        said["undoes"] = rows[-1][4] = undoes
        said["changes"] = [["claim", 1, 10**12, {"undone": [None, None]}]] * 5000
        rows[-1][5] = canonical(said)

    rechained(path, forge)
    assert "Event 10 does not say" in problem(path)
    past, back = ["export", "--recorded-by", "1", "-"], ["undo", "-y", "10"]
    found = told(path, [past, ["changes", "--since", "1"], back])
    check_plain(found)
    assert [code for _words, code, _err in found] == [4, 4, 2 if undoes else 4]


@pytest.mark.engines
@pytest.mark.parametrize(
    "text", ['{"about": "x"}', "[]", "null", "[" * 100_000, '{"a":NaN}', "x", '{"a":1,"a":1}']
)
def test_a_forged_event_is_one_json_object_as_factlog_writes_it(path: Place, text: str) -> None:
    rechained(path, lambda rows: rows[2].__setitem__(5, text))
    assert "Event 3 does not say what an event can say" in problem(path)


@pytest.mark.engines
def test_spaces_in_what_an_event_says_are_named(path: Place) -> None:
    rechained(path, lambda rows: rows[2].__setitem__(5, f" {rows[2][5]}"))
    assert "Event 3 does not say" in problem(path)


# What a forger who works out every digest anew leaves unlike the rows it comes from.
DERIVED = {
    "update claim set best_real = 301 where id = 1": "claim 1 was changed",
    "update claim set stated_low = null where id = 1": "claim 1 was changed",
    "update claim set low_real = 1 where id = 1": "claim 1 was changed",
    "update subject set key = 'x' where id = 1": "subject 1 was changed",
    "update source set key = 'x' where id = 2": "source 2 was changed",
    "update merged_event set event_id = 1": "merged_event 1 was changed",
    "update claim set measure_id = 77 where id = 1": "claim 1 points to a measure",
    "update statement set source_id = 77 where id = 1": "statement 1 points to a source",
    "update statement set as_of = 'zzz' where id = 1": "statement 1 was changed",
    "update statement set as_of_first = '2025-01-01' where id = 1": "statement 1 was changed",
    "update statement set published = 'zzz' where id = 2": "statement 2 was changed",
    "update statement set via = 'a' || char(0) where id = 2": "statement 2 was changed",
    "update statement set subject_given = 'a' || char(0) where id = 2": "statement 2 was changed",
    "update claim set unit = 'k' || char(0) || 'm' where id = 1": "claim 1 was changed",
    "update claim set thing = 'a' || char(0) where id = 1": "claim 1 was changed",
    "update claim set said = 'around 300' || char(0) where id = 1": "claim 1 was changed",
    "update claim set recorded = 'zzz' where id = 1": "claim 1 was changed",
    "update claim set recorded = '2025-02-01' where id = 1": "claim 1 was changed",
    "update subject set name = 'somebody' where id = 1": "subject 1 was changed",
    "update source set name = '', given = '', key = '' where id = 1": "source 1 was changed",
}


@pytest.mark.engines
@pytest.mark.parametrize("more", [0, 600])  # which are held to the log one by one, or many at once
@pytest.mark.parametrize(("sql", "named"), DERIVED.items(), ids=DERIVED)
def test_what_is_worked_out_of_rows_is_checked_even_in_a_forged_log(
    tmp_path: Path, sql: str, named: str, more: int
) -> None:
    with new_store(tmp_path) as store, new_store(tmp_path, "other.db") as other:
        store.add([*founding(), *various(more)], now=NOW)
        other.add([claim("9", subject="Elsewhere")], now=NOW)
        store.merge(other, now=later(1))
    by_hand(store.place, sql)
    redigested(store.place)
    assert named in problem(store.place)


# Numbers as another program may write them beside the digits that are theirs.
RECKONED = {
    "best = '300.0'": "",
    "best = '3E+2'": "",
    "best = '0300'": "",
    "best = '\u0663\u0660\u0660'": "",
    "best = '3OO'": "claim 1 was changed",
    "best = '\u00b2'": "claim 1 was changed",
    "best = 'NaN'": "claim 1 was changed",
    "best_real = 301": "claim 1 was changed",
    "stated_low = 299": "claim 1 was changed",
    "low = '300'": "claim 1 was changed",
    "hedge = 'at_least'": "claim 1 was changed",
    "hedge = 'zzz'": "claim 1 was changed",
    "low_open = 1": "claim 1 was changed",
    "high_open = 1": "claim 1 was changed",
    "plus = '1'": "claim 1 was changed",
    "side = 'zzz'": "claim 1 was changed",
    "coverage = '2'": "claim 1 was changed",
    "best = '9007199254740993', best_real = 9007199254740992, stated_low = 9007199254740992, "
    "stated_high = 9007199254740994": "",
    "best = null, low = '300', hedge = 'at_least', best_real = null, low_real = 300, "
    "stated_high = null": "",
    "best = null, low = '300', hedge = 'at_least', best_real = null, low_real = 300": "claim 1 was",
    "best = null, low = '300', hedge = 'at_most', best_real = null, low_real = 300, "
    "stated_high = null": "claim 1 was changed",
    "best = null, low = '300', high = '400', hedge = 'range', best_real = null, low_real = 300, "
    "high_real = 400, stated_high = 400": "",
    "best = null, low = '400', high = '300', hedge = 'range', best_real = null, low_real = 400, "
    "high_real = 300, stated_low = 400, stated_high = 300": "claim 1 was changed",
    "best = null, low = '300', high = '400', hedge = 'range', best_real = null, low_real = 300, "
    "high_real = 400, stated_low = 300, stated_high = 401": "claim 1 was changed",
}


@pytest.mark.parametrize("more", [0, 600])
@pytest.mark.parametrize(("settings", "named"), RECKONED.items(), ids=RECKONED)
def test_numbers_are_held_to_the_digits_they_are_of(
    tmp_path: Path, settings: str, named: str, more: int
) -> None:
    with new_store(tmp_path) as store:
        store.add([claim("300", exactly(300)), *various(more)], now=NOW)
    by_hand(store.place, f"update claim set {settings} where id = 1")
    redigested(store.place)
    assert named in problem(store.place) if named else problem(store.place) == ""


INDEX = [
    "insert into claim_words (claim_words) values ('delete-all')",
    "insert into subject_words (subject_words) values ('delete-all')",
    "insert into source_words (source_words) values ('delete-all')",
    "insert into statement_words (statement_words) values ('delete-all')",
    "insert into statement_words (statement_words) values ('rebuild')",
    "insert into claim_words (claim_words, rowid, said) values ('delete', 1, 'around 300')",
    "insert into claim_words (rowid, said) values (1, 'somewhere else')",
    "insert into claim_words (rowid, said) values (77777, 'of no claim')",
    *(
        f"{change} {table}_words_{part}{rest}"
        for table in ("subject", "source", "statement", "claim")
        for change, part, rest in (
            *(("delete from", part, "") for part in ("data", "idx", "config")),
            ("update", "config", " set v = 5"),
            ("update", "config", " set k = 'odd'"),
            ("insert into", "config", " values ('odd', 1)"),
            ("update", "idx", " set pgno = pgno + 2"),
            ("update", "data", " set block = null"),
        )
    ),
    "delete from claim_words_idx where pgno = (select max(pgno) from claim_words_idx)",
    "update claim_words_data set block = zeroblob(10)",
]


@pytest.mark.parametrize("sql", INDEX)
def test_an_index_of_words_that_is_not_that_of_the_rows_is_named(path: Path, sql: str) -> None:
    by_hand(path, sql)
    found = problem(path)
    assert "words" in found or "damaged" in found, found


@pytest.mark.parametrize("part", ["data", "config"])
@pytest.mark.parametrize("table", ["subject", "claim"])
def test_a_broken_index_of_words_is_told_in_words(path: Path, table: str, part: str) -> None:
    by_hand(path, f"delete from {table}_words_{part}")
    adding = ["add", "s", "7 killed", "--source", "t"]
    found = told(path, [["list", "--search", "around"], adding, ["list"], ["export"]])
    assert [code for _words, code, _err in found] == [4, 4, 0, 0]
    for _words, _code, err in found[:2]:
        assert f"is damaged in its index of words, {table}_words" in err
    check_plain(found)


def test_an_index_of_words_is_compared_while_others_read_and_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from claim").fetchone()
        assert problem(path) == ""
    assert path.read_bytes() == before


@pytest.mark.engines
def test_a_head_from_before_still_holds(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        heads = [store.head()]
        for number in range(5):
            store.add([claim(str(number))], now=later(number))
            heads.append(store.head())
        assert all(store.verify(head).ok for head in heads)
        assert store.verify(heads[3].upper()).ok
        assert not store.verify("3:0123456789abcdef").ok
        assert not store.verify("0:0123456789abcdef").ok
        assert [head.split(":")[0] for head in heads] == list("012345")


@pytest.mark.engines
@pytest.mark.parametrize("head", ["", "12", ":", "12:", ":abc", "x:abc", "²:ab", "9" * 30 + ":ab"])
def test_what_is_no_head_is_refused(tmp_path: Path, head: str) -> None:
    with new_store(tmp_path) as store, pytest.raises(UsageError, match="not the head of a log"):
        store.verify(head)


@pytest.mark.engines
def test_the_log_can_be_followed_with_nothing_but_sha256(path: Place) -> None:
    """What docs promise an outsider: hash = SHA-256 of the hash before and the payload."""
    before = "0" * 64
    for payload, hash_ in asked(path, "select payload, hash from event order by id"):
        before = sha256((before + payload).encode()).hexdigest()
        assert before == hash_
    ((payload,),) = asked(path, "select payload from event where id = 1")
    made = json.loads(payload)["rows"]["subject"]
    row = asked(path, "select id, name, given, key, same_as from subject where id = 1")[0]
    text = json.dumps(row, separators=(",", ":"), ensure_ascii=True)
    assert made["digests"] == [sha256(text.encode()).hexdigest()]


@pytest.mark.engines
def test_verifying_takes_back_of_a_large_import_into_account(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add_many((claim(str(n)) for n in range(600)), now=NOW)
        store.retract(5, "wrong", now=NOW)
        store.undo(now=NOW)
        store.undo(now=NOW)
        assert store.verify().ok
        store.add([claim("7")], now=NOW)
        assert store.verify().ok
    by_hand(store.place, "update claim set retracted = null where id = 300")
    assert "claim 300" in problem(store.place)
