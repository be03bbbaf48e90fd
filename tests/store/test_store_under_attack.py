"""A store damaged or forged: two plain lines, in good time.

`FACTLOG_LONG=1` makes a hundred rounds of each where these make a few.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from factlog.article import Article, KeptProposal
from factlog.decision import Decision, DecisionKind
from factlog.errors import FactlogError
from factlog.store import Store
from support.processes import LONG, check_plain, told
from support.stores import NOW, SEOUL, by_hand, claim, exactly, founding, later, new_store

pytestmark = pytest.mark.slow

ROUNDS = 100 if LONG else 4
READING = [
    ["list"],
    ["list", "--search", "around"],
    ["list", "--retracted"],
    ["show", "1", "--history"],
    ["compare"],
    ["compare", "-f", "json"],
    ["explain", "North Korean troops in Russia"],
    ["export", "-f", "csv"],
    ["chart", "North Korean troops in Russia"],
    ["report"],
    ["log"],
    ["log", "--verify"],
    ["log", "--head"],
    ["source"],
    ["subject"],
    ["measure"],
    ["undo", "-n"],
    ["undo", "2", "-n"],
    ["decisions", "--all"],
    ["changes", "--since", "1"],
    ["source", "show", SEOUL],
    ["sentence", "North Korean troops in Russia"],
    ["export", "folder"],
]
CHANGING = [
    ["add", "s", "7 killed", "--source", "t"],
    ["retract", "1", "--reason", "x"],
    ["edit", "1", "about 5"],
    ["undo", "-y"],
    ["merge", "other.db"],
    ["decide", "s3", "killed", "--prefer", "7", "--reason", "x", "--by", "y"],
    ["source", "set", SEOUL, "--role", "party"],
    ["undo", "2", "-y"],
]
PENDING = Decision("s1", "killed", DecisionKind.PENDING, "not sure", "Ada")
TEXT = "Around 300 died, and 12 were hurt."
ARTICLE = Article(TEXT, "Around 300")
PROPOSALS = (
    KeptProposal(0, 34, 0, 10, {"value": "Around 300"}, "high"),
    KeptProposal(0, 34, 21, 23, {"value": "12"}, "low"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path, "other.db") as other:
        other.add([claim("9", exactly(9), subject="elsewhere")], now=NOW)
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        store.edit(1, claim("about 310", exactly(310)), now=later(1))
        store.retract(2, "wrong", now=later(2))
        many = [claim(f"{number}", exactly(number), subject=f"s{number}") for number in range(60)]
        store.add_many(many, now=later(3))
        store.decide(PENDING, now=later(4))
        store.describe_source(SEOUL, {"role": "intelligence"}, now=later(5))
        store.inbox.put(ARTICLE, PROPOSALS, now=later(6))
        store.inbox.skip(1, now=later(7))
    return tmp_path / "factlog.db"


BY_HAND = [
    "update claim set best = 'NaN' where id = 1",
    "update claim set best = '1e999999999'",
    "update claim set best = '-Infinity', low = 'sNaN'",
    "update claim set best = 'x', hedge = 'odd'",
    "update claim set plus = '1e-999999999', coverage = '9'",
    "update claim set best = hex(zeroblob(3000000))",
    "update claim set recorded = 'not a date'",
    "update event set at = 'not a date'",
    "update event set at = ''",
    "update event set payload = '[]'",
    "update event set payload = '{}'",
    "update event set payload = 'null'",
    'update event set payload = \'{"changes": 3, "rows": []}\'',
    "update event set payload = replace(hex(zeroblob(50000)), '0', '[')",
    "update event set undoes = id",
    "update measure set kind = 'unknown'",
    "update measure set kind = 'level', tolerance = 'NaN', window = -5",
    "update measure set kind = 'level', parts = name",
    "update claim set replaced = id",
    "update claim set replaced = 1 + id % 2 where id < 3",
    "update claim set edits = id + 1, replaced = null",
    "update claim set statement_id = 99999",
    "update subject set same_as = id",
    "update subject set same_as = 1 + id % 2",
    "update source set name = '', key = 'x' || id",
    "update statement set as_of_first = 'x', as_of = 'y'",
    "update statement set as_of_first = '9999-12-31', as_of_last = '0001-01-01'",
    "update claim set unit = 'metre ** 999999999'",
    "delete from subject",
    "delete from statement",
    "delete from event",
    "update decision set kind = 'odd'",
    "update decision set at = 'x', basis = 'y'",
    "update decision set subject_id = 99",
    "update source set grade = 'Z', role = cast(x'ff' as text)",
    "drop table statement",
    "drop table claim_words",
    "drop index claim_edits",
]


@pytest.mark.parametrize("change", BY_HAND)
def test_what_is_read_is_checked_like_what_is_typed(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("pragma foreign_keys = off")
        raw.execute(change)
    check_plain(
        told(path, [*READING, *CHANGING]), damaged="update measure set kind = 'level'" not in change
    )


A_CLAIM = "A claim in {path} cannot be read: it was changed outside factlog."
VERSIONS = "cannot be followed: they were changed outside factlog."
STANDS_FOR = "stands for cannot be found: it was changed outside factlog."
AN_EVENT = "of the log cannot be read: it was changed outside factlog."
# What a sound store cannot hold: what it was changed to, the command that reads it, what is said.
UNSOUND = [
    *(
        (f"update claim set {column} = {value} where id = {row}", "list", A_CLAIM)
        for row, column, value in [
            *((3, "uid", "'x'"), (3, "statement_id", "99"), (3, "measure_id", "99")),
            *((3, "hedge", "'odd'"), (3, "hedge", "'at_least'"), (3, "hedge", "'at_most'")),
            *((3, "hedge", "'more_than'"), (3, "hedge", "'less_than'"), (3, "hedge", "'range'")),
            *((3, "hedge", "'plus_minus'"), (3, "hedge", "''"), (5, "best", "null")),
            *((3, "side", "'sideways'"), (3, "side", "''")),
            *((3, "best", "'x'"), (3, "best", "''"), (3, "best", "'NaN'"), (3, "low", "'-inf'")),
            *((3, "low_open", "1"), (3, "high_open", "1"), (3, "low_open", "2")),
            *((3, "high_open", "-1"), (3, "low", "'5', high = '4'")),
            *((3, "plus", "'-1'"), (3, "minus", "'-0.5'"), (3, "plus", "'NaN'")),
            *((3, "coverage", each) for each in ("'7'", "'1'", "'0'", "'-0.5'", "'NaN'", "'x'")),
            *(
                (3, "recorded", each)
                for each in ("'x'", "''", "'2025-02-01'", "'2025-02-01T12:00'")
            ),
            (3, "undone", "1"),
        ]
    ),
    *(
        (f"update claim set replaced = {value} where id = {row}", "list", VERSIONS)
        for row, value in [(3, "3"), (1, "1"), (3, "99999"), (4, "1"), (3, "-1"), (3, "0")]
    ),
    ("update claim set replaced = 1 + id % 20 where id <= 20", "list", VERSIONS),
    ("update claim set replaced = id", "list", VERSIONS),
    ("update claim set replaced = 3 where id = 3", "show 3", VERSIONS),
    ("update claim set id = -7 where id = 30", "list", VERSIONS),
    *(
        (f"update claim set id = {2**63 - 1} where id = 30", command, A_CLAIM)
        for command in ("list", f"show {2**63 - 1}", f"retract {2**63 - 1} --reason x")
    ),
    (f"update event set id = {2**63 - 1} where id = 2", "log", AN_EVENT),
    (f"update event set id = {2**63 - 1} where id = 2", f"undo -y {2**63 - 1}", AN_EVENT),
    *(
        (f"update statement set {change} where id = 2", "list", A_CLAIM)
        for change in (
            *("subject_id = 99", "source_id = 99", "as_of_first = 'x'", "as_of_last = 'y'"),
            "as_of_first = '2025-02-01', as_of_last = '2025-01-01'",
            "as_of = null, as_of_first = '2025-02-01'",
            "published = 'x', published_first = '2025-02-01', published_last = '0001-01-01'",
            "published_last = '2025-02-30', published = 'x'",
            *("as_of = 'zzz'", "as_of = ''", "as_of = '2025-02-01'", "via = 'a' || char(0)"),
        )
    ),
    *(
        (f"update claim set {column} = 'a' || char(0) where id = 3", "list", A_CLAIM)
        for column in ("said", "unit", "scope", "origin", "thing", "unit_said")
    ),
    *(
        (f"update {table} set {change}", command, STANDS_FOR)
        for table, command in [("subject", "subject"), ("source", "source"), ("measure", "measure")]
        for change in (
            *("same_as = id where id = 1", "same_as = 99999 where id = 1"),
            "same_as = 3 - id where id < 3",
        )
    ),
    *(
        (f"update {table} set {change} where id = 1", "list", A_CLAIM)
        for table in ("subject", "source", "measure")
        for change in ("name = ''", "same_as = id")
    ),
    *(
        (f"update measure set kind = 'level', {change} where id = 1", "measure", "definition of")
        for change in ("window = -1", "tolerance = '2'", "tolerance = '-1'", "tolerance = 'x'")
    ),
    ("update measure set kind = 'odd' where id = 1", "compare", "definition of"),
    *(
        (f"update event set {change} where id = 2", "log", AN_EVENT)
        for change in (
            *("at = 'x'", "at = '2025-02-01T12:00'", "at = ''", "undoes = 2", "undoes = 7"),
            *("undoes = -1", "hash = 'x'", "action = ''", "id = -2"),
        )
    ),
]


@pytest.mark.parametrize(
    ("change", "command", "said"), UNSOUND, ids=[change for change, _command, _said in UNSOUND]
)
def test_what_a_sound_store_cannot_hold_is_damage(
    path: Path, change: str, command: str, said: str
) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("pragma foreign_keys = off")
        raw.execute(change)
    ((_words, code, err),) = told(path, [command.split()])
    assert code == 4, err
    assert len(err.splitlines()) == 2
    assert said.format(path=path) in err


TROOPS = "North Korean troops in Russia"


@pytest.mark.parametrize(
    "change",
    [
        "update statement set as_of = 'zzz'",
        "update statement set as_of_last = '2031-01-01'",
        "update statement set via = 'a' || char(0)",
        "update claim set unit = 'a' || char(0)",
    ],
)
def test_what_no_command_writes_is_damage_to_every_command(path: Path, change: str) -> None:
    by_hand(path, change)
    changing = [
        *(["edit", "3", "5"], ["edit", "3", "--as-of", "2025"], ["edit", "3", "--note", "x"]),
        *(["retract", "3", "--reason", "x"], ["merge", "other.db"]),
        ["decide", TROOPS, "casualties", "--prefer", "3", "--reason", "x"],
    ]
    reading = [
        *(["show", "3"], ["show", "1", "--history"], ["list"], ["export"], ["report"]),
        *(
            ["compare"],
            ["compare", "-f", "json"],
            ["changes", "--since", "2024"],
            ["log", "--verify"],
        ),
        *(["source", "show", "South Korean intelligence"], ["sentence", TROOPS], ["pool", TROOPS]),
        *(["explain", TROOPS], ["chart", TROOPS]),
    ]
    before = path.read_bytes()
    found = told(path, [*changing, *reading])
    assert {tuple(words): code for words, code, _err in found if code != 4} == {}
    check_plain(found)
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["claim", "statement", "event", "subject"])
def test_a_view_in_the_place_of_a_table_is_refused(path: Path, table: str) -> None:
    by_hand(
        path,
        "pragma foreign_keys = off",
        "pragma legacy_alter_table = on",
        f"alter table {table} rename to was_{table}",
        f"create view {table} as with recursive n(i) as (select 1 union all select i + 1 from n) "
        f"select w.* from n, was_{table} w",
    )
    found = told(path, [*READING, *CHANGING])
    assert {code for _words, code, _err in found} == {4}
    check_plain(found)


def test_bytes_of_nothing_anywhere_in_the_file(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(14)
    for _round in range(ROUNDS):
        damaged = bytearray(whole)
        for _byte in range(chance.choice([1, 20, 200])):
            damaged[chance.randrange(4096, len(whole))] = chance.randrange(256)
        path.write_bytes(damaged)
        check_plain(told(path, [*READING, *CHANGING]))


def test_an_earlier_state_of_a_damaged_record_is_read_or_refused(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(17)
    for _round in range(10 * ROUNDS):
        damaged = bytearray(whole)
        for page in chance.sample(range(4096, len(whole), 4096), 2):
            damaged[page : page + 4096] = chance.randbytes(4096)
        path.write_bytes(damaged)
        for number in (0, 2, 5):
            with suppress(FactlogError), Store.open(path) as store, store.as_at(number):
                store.count()
                list(store.claims())


@pytest.mark.parametrize("odd", [2**63, -(10**30), 0.5, "", "\ud800", None, [], {"a": 1}])
@pytest.mark.parametrize("place", ["first", "last", "before"])
def test_an_earlier_state_by_a_forged_log_is_read_or_refused(
    path: Path, place: str, odd: Any
) -> None:
    def forge(said: dict[str, Any]) -> None:
        for made in said["rows"].values():
            made[place] = odd
        for change in said["changes"]:
            if place == "before":
                change[3] = {column: [odd, both[1]] for column, both in change[3].items()}
            else:
                change[1 if place == "first" else 2] = odd

    rechained(path, forge)
    with Store.open(path) as store:
        with suppress(FactlogError):
            store.touched_since(1)
        with suppress(FactlogError), store.as_at(1):
            list(store.claims())


@pytest.mark.parametrize("number", [2**63, -(2**70)])
def test_a_number_that_no_row_can_have_is_of_none(path: Path, number: int) -> None:
    with Store.open(path) as store:
        for looked in (store.claim, store.peek_undo, store.inbox.article, store.inbox.proposal):
            with pytest.raises(FactlogError, match=f"There is no .* {number}"):
                looked(number)
        with pytest.raises(FactlogError, match="There is no event"):
            store.undo(now=later(9), number=number)
        assert store.touched_since(number) == store.touched_since(0 if number < 0 else 99)
        with store.as_at(number):
            assert store.count() == (0 if number < 0 else 62)


def test_a_file_cut_anywhere(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(15)
    for _round in range(ROUNDS):
        path.write_bytes(whole[: chance.randrange(len(whole))])
        check_plain(told(path, READING))


def rechained(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what the events say, and make every hash fit again."""
    with closing(sqlite3.connect(path)) as raw, raw:
        before = "0" * 64
        for number, payload in raw.execute("select id, payload from event order by id").fetchall():
            said = json.loads(payload)
            change(said)
            text = json.dumps(said)
            before = sha256((before + text).encode()).hexdigest()
            raw.execute(
                "update event set payload = ?, hash = ? where id = ?", (text, before, number)
            )


ODD: list[Any] = [0, -1, 2**63, 10**30, 0.5, "", "1", None, True, [], [[]], {}, {"a": 1}]


def test_forged_events_are_named(path: Path) -> None:
    whole, chance = path.read_bytes(), random.Random(16)

    def forge(said: dict[str, Any]) -> None:
        for made in said["rows"].values():
            made[chance.choice(list(made))] = chance.choice(ODD)
        for change in said["changes"]:
            change[chance.randrange(4)] = chance.choice(ODD)
        if chance.random() < 0.3:
            said[chance.choice(["rows", "changes"])] = chance.choice(ODD)

    for _round in range(10 * ROUNDS):
        path.write_bytes(whole)
        rechained(path, forge)
        with Store.open(path) as store:
            found = store.verify()
        assert not found.ok
        assert found.problem


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("drop index idx_claim_uid", "index idx_claim_uid of claim is missing"),
        ("drop index claim_edits", "index claim_edits of claim is missing"),
        ("drop view claim_flat", "view claim_flat is missing"),
        ("alter table claim add column odd text", "table claim was made or changed"),
        ("alter table claim add column odd integer as (id + 1)", "table claim was made or changed"),
        ("create view odd as select 1", "view odd was made or changed"),
        ("create table odd (a)", "table odd was made or changed"),
        ("create index odd on claim (said)", "index odd of claim was made or changed"),
        (
            "create trigger odd after insert on claim begin select 1; end",
            "trigger odd was made or changed",
        ),
    ],
)
def test_what_the_schema_holds_is_named(path: Path, change: str, named: str) -> None:
    by_hand(path, change)
    with Store.open(path) as store:
        assert named in str(store.verify().problem)


@pytest.mark.parametrize("column", ["uid desc", "uid collate nocase", "upper(uid)"])
def test_an_index_of_another_order_is_named(path: Path, column: str) -> None:
    by_hand(
        path, "drop index idx_claim_uid", f"create unique index idx_claim_uid on claim ({column})"
    )
    with Store.open(path) as store:
        assert "index idx_claim_uid of claim was made or changed" in str(store.verify().problem)


TRIGGERS = {
    "odd": "sqlite3 {path} 'drop trigger odd'",
    '"an odd\n\x1b[31mname"': "drop trigger does",
    "claim_words_ai": "sqlite3 {path} 'drop trigger claim_words_ai'",
}


@pytest.mark.parametrize(
    ("name", "table"),
    [*((name, "claim") for name in TRIGGERS), ("odd", "event"), ("odd", "claim_words_data")],
)
def test_nothing_is_recorded_beside_a_foreign_trigger(path: Path, name: str, table: str) -> None:
    by_hand(
        path,
        f"create trigger {name} after insert on {table} begin "
        "update claim set best = '1', best_real = 1, said = 'x'; end",
    )
    before = path.read_bytes()
    for words, code, err in told(path, CHANGING):
        assert code == 4, words
        assert len(err.splitlines()) == 2, err
        assert "a trigger that factlog did not make" in err
        assert TRIGGERS[name].format(path=path) in err
        assert "\x1b" not in err
    assert path.read_bytes() == before
    for words, code, err in told(path, READING):
        assert code == 4 if words == ["log", "--verify"] else code in (0, 1), (words, err)
    by_hand(path, f"drop trigger {name}")
    check_plain(told(path, [["add", "s", "7 killed", "--source", "t"]]))
    with Store.open(path) as store:
        assert store.verify().ok


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            '"statement_id" INTEGER NOT NULL',
            '"statement_id" INTEGER NOT NULL UNIQUE ON CONFLICT REPLACE',
        ),
        ('"uid" TEXT NOT NULL', '"uid" TEXT NOT NULL ON CONFLICT IGNORE'),
        ('"note" TEXT', "\"note\" TEXT CHECK (note <> 'x')"),
        ('"note" TEXT', '"note" TEXT DEFAULT (random())'),
        ('"note" TEXT', '"note" TEXT COLLATE NOCASE'),
        ('"note" TEXT', '"note" TEXT, "odd" TEXT GENERATED ALWAYS AS (said)'),
        ('REFERENCES "measure"("id")', 'REFERENCES "measure"("id") ON UPDATE CASCADE'),
        ("STRICT", ""),
    ],
)
def test_nothing_is_recorded_in_a_table_that_does_more_than_hold_rows(
    path: Path, old: str, new: str
) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        (made,) = raw.execute("select sql from sqlite_master where name = 'claim'").fetchone()
        assert old in made
        raw.execute("pragma writable_schema = on")
        raw.execute(
            "update sqlite_master set sql = ? where name = 'claim'", (made.replace(old, new),)
        )
    before = path.read_bytes()
    for words, code, err in told(path, CHANGING):
        assert code == 4, (words, err)
        assert len(err.splitlines()) == 2, err
    assert path.read_bytes() == before
    assert told(path, [["log", "--verify"]])[0][1] == 4


def test_an_index_of_another_program_is_in_nobodys_way(path: Path) -> None:
    by_hand(path, "create index odd on claim (upper(said), abs(best_real))")
    check_plain(told(path, [["add", "s", "7 killed", "--source", "t"], ["undo", "-y"]]))


def test_an_index_that_refuses_what_is_recorded_is_told_in_words(path: Path) -> None:
    by_hand(path, "create unique index odd on claim (recorded, said)")
    by_hand(path, "create unique index odder on event ((1)) where id > 8")
    found = told(path, [["add", "s", "7 killed", "--source", "t"]] * 2)
    assert [code for _words, code, _err in found] == [0, 0] or found[-1][1] == 4
    check_plain(found)


def test_what_sqlite_itself_keeps_is_none_of_it(path: Path) -> None:
    by_hand(path, "analyze")
    with Store.open(path) as store:
        assert store.verify().ok
