"""A store on a server: moved there and back, refused in words, never showing a password."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factlog.claim import Claim
from factlog.decision import Decision, DecisionKind
from factlog.definition import Definition
from factlog.errors import FactlogError, NoStore, StoreError, UsageError
from factlog.page import KeptPage
from factlog.store import Store, copying
from factlog.store.address import Address, place_of, shown
from support.postgres import PASSWORD, Cluster
from support.served import served_by
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
    live_in,
    new_store,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def url(postgres: Cluster) -> str:
    """A database with nothing in it."""
    return postgres.url(postgres.database())


@pytest.fixture
def store(postgres: Cluster, tmp_path: Path) -> Any:
    with served_by(postgres):
        yield new_store(tmp_path)


HASH = "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880"
PAGE = (
    KeptPage("https://example.org/a", None, HASH, "image/png", 256, "a.png"),
    bytes(range(256)),
)


def live_on_in(store: Store) -> None:
    """Do what is done of the claims that are there."""
    store.decide(Decision(TROOPS, "killed", DecisionKind.PENDING, "open", "Ada"), now=later(9))
    store.describe_source(SEOUL, {"role": "intelligence"}, now=later(10))
    store.define(3, Definition("in hospital"), now=later(11))
    store.pages.keep(*PAGE, None, later(12))


def everything(path: Path | Address) -> dict[str, Any]:
    """Every row there is, whichever engine has it."""
    from factlog.store.schema import COLUMNS, EVENT_COLUMNS

    tables = {**COLUMNS, "event": EVENT_COLUMNS, "_sqlite_migrations": ("id", "name")}
    return {
        table: asked(path, f"select {', '.join(map(_quoted, columns))} from {table} order by id")
        for table, columns in tables.items()
    }


def _quoted(column: str) -> str:
    return f'"{column}"'


def test_a_record_copied_there_and_back_is_the_same_record(tmp_path: Path, url: str) -> None:
    with new_store(tmp_path) as original, new_store(tmp_path, "other.db") as other:
        live_in(original, other, 700)
        live_on_in(original)
        head, claims = original.head(), list(original.claims())
    back = tmp_path / "back.db"
    assert copying.copy(tmp_path / "factlog.db", Address(url)) == head
    assert copying.copy(Address(url), back) == head
    assert everything(tmp_path / "factlog.db") == everything(Address(url)) == everything(back)
    for place in (url, back):
        with Store.open(place) as copy:
            assert (copy.head(), copy.verify().problem) == (head, None)
            assert list(copy.claims()) == claims
            assert copy.pages.raw(copy.pages.page(1)) == PAGE[1]
            assert [each.said for each in copy.claims(search="NINE died")] == ["9"]
    with Store.open(url) as served, Store.open(back) as file:
        for each in (served, file):
            each.add([claim("7")], now=later(20))
        assert served.head() == file.head()


@pytest.mark.parametrize("to_server", [True, False])
def test_nothing_is_copied_over_anything(tmp_path: Path, url: str, to_server: bool) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    places: list[Path | Address] = [tmp_path / "factlog.db", Address(url)]
    copying.copy(*places)
    before = [everything(each) for each in places]
    with pytest.raises(UsageError, match="nothing is copied over it"):
        copying.copy(*(places if to_server else reversed(places)))
    assert [everything(each) for each in places] == before


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("update claim set said = 'x' where id = 1", "changed outside factlog"),
        ("update claim set note = 'a' || char(0) where id = 1", "hold a NUL"),
    ],
)
def test_what_cannot_be_copied_leaves_nothing_behind(
    tmp_path: Path, url: str, change: str, problem: str
) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    by_hand(tmp_path / "factlog.db", change)
    targets: list[Path | Address] = [Address(url)]
    targets += [tmp_path / "to.db"] if "said" in change else []  # a file keeps a NUL
    for target in targets:
        with pytest.raises(FactlogError, match=problem):
            copying.copy(tmp_path / "factlog.db", target)
    with pytest.raises(NoStore):
        Store.open(url)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["factlog.db"]


@pytest.mark.parametrize("served", [True, False])
@pytest.mark.parametrize(("how", "problem"), [("gone", "are missing"), ("loop", "cannot be read")])
def test_a_page_that_cannot_be_copied_is_told_by_where_it_lies(
    tmp_path: Path, url: str, how: str, problem: str, served: bool
) -> None:
    source, target = tmp_path / "factlog.db", Address(url) if served else tmp_path / "to.db"
    with new_store(tmp_path) as store:
        store.pages.keep(*PAGE, None, later(1))
    lies = source.with_suffix(".pages") / PAGE[0].place
    lies.unlink()
    if how == "loop":
        lies.symlink_to(lies)
    with pytest.raises(StoreError, match=f"The bytes of page 1 {problem}: {lies}"):
        copying.copy(source, target)
    with pytest.raises(NoStore):
        Store.open(target)
    with Store.open(source) as store:  # one that does not count may be gone
        store.undo(now=later(2))
    if how == "gone":
        copying.copy(source, target)
        with Store.open(target) as copy:
            assert (copy.pages.all(), copy.verify().problem) == ((), None)


@pytest.mark.parametrize("locale", ["de-x-icu", "sv-x-icu"])
def test_the_order_of_texts_is_that_of_a_file(
    postgres: Cluster, tmp_path: Path, locale: str
) -> None:
    name = f"in_{locale[:2]}"
    postgres.run(
        f"create database {name} template template0 encoding 'UTF8' "
        f"locale_provider icu icu_locale '{locale[:2]}'"
    )
    words = ["Zebra", "apple", "Ärger", "zebra b", "z", "Åland", "öl", "a-b", "a b", "\U0001f600"]
    found = []
    for place in (postgres.url(name), tmp_path / "factlog.db"):
        with Store.open(place, create=True) as store:
            store.add([claim(str(n), subject=each) for n, each in enumerate(words)], now=NOW)
            found.append([store.beginning_with("subject", each, 99) for each in ("", "a", "z")])
    assert found[0] == found[1]


HARD = "Pa:ss@wo/rd?# %"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("postgresql://u:secret@h:5432/d", "postgresql://u@h:5432/d"),
        ("postgres://u:secret@h/d", "postgresql://u@h/d"),
        ("postgresql://:secret@h/d", "postgresql://h/d"),
        ("postgresql:///d?user=u&password=secret&host=/tmp", "postgresql:///d?user=u&host=/tmp"),
        ("postgresql://u:secret@h1:1,h2:2/d", "postgresql://u@h1:1,h2:2/d"),
        ("postgresql://u:secret@[::1]:5432/d", "postgresql://u@[::1]:5432/d"),
        ("postgresql://u:sec/ret@h/d", "postgresql://..."),
        ("postgresql://u:12/secret@h/d", "postgresql://..."),
        ("postgresql://u:secret@x@h/d", "postgresql://..."),
        ("postgresql://u:12?secret@h/d", "postgresql://..."),
        ("postgresql://u:12#secret@h/d", "postgresql://..."),
        ("postgresql://h/d?sslpassword=secret&passwd=secret", "postgresql://h/d"),
    ],
)
def test_no_address_shows_its_password(given: str, told: str) -> None:
    assert shown(given) == told
    assert "secret" not in repr(Address(given)) + str(Address(given)) + Address(given).name


def test_a_password_of_any_signs_opens_and_is_not_shown(postgres: Cluster) -> None:
    name = postgres.database()
    postgres.run(
        f"create role {name} login password '{HARD}'; alter database {name} owner to {name}"
    )
    postgres.run(f"alter schema public owner to {name}", name)
    with Store.open(postgres.asking(name, HARD, name), create=True) as store:
        store.add(founding(), now=NOW)
        assert "ss%40" not in str(store.place)


REFUSALS: dict[str, tuple[Callable[[Cluster], str], str]] = {
    "wrong password": (lambda c: c.asking("postgres", "secret"), "password authentication failed"),
    "no password": (lambda c: c.asking("postgres").replace(":open%20sesame", ""), "no password"),
    "no database": (lambda c: c.asking("nowhere"), "does not exist"),
    "nobody": (lambda c: c.url("postgres").replace("user=", "user=no"), "does not exist"),
    "no server": (lambda _: "postgresql://u:secret@127.0.0.1:1/d", "No server answers"),
    "no host": (lambda _: "postgresql://u:secret@nowhere.invalid/d", "No server answers"),
    "no socket": (lambda _: "postgresql:///d?host=/nowhere&password=secret", "No server answers"),
    "no address": (lambda _: "postgresql://u:sec/ret@h/d", "is no address of a database"),
    "no option": (lambda _: "postgresql://u:secret@h/d?bogus=1", "is no address of a database"),
    "no store": (lambda c: c.url(c.database()), "There is no store"),
}


@pytest.mark.parametrize(("made", "problem"), REFUSALS.values(), ids=REFUSALS)
def test_what_does_not_open_is_told_without_the_password(
    postgres: Cluster, made: Callable[[Cluster], str], problem: str
) -> None:
    with pytest.raises(FactlogError, match=problem) as caught:
        Store.open(made(postgres))
    said = str(caught.value)
    assert not any(word in said for word in ("secret", "sec/ret", PASSWORD, "sesame"))
    assert len(said.splitlines()) == 2


OTHERS = {
    "create table pupil (id int)": "belongs to another program",
    "create view pupil as select 1 as id": "belongs to another program",
    "create table _sqlite_migrations (id int, migration_set text)": "belongs to another program",
    "drop schema public": "no schema that you may use",
}


@pytest.mark.parametrize(("sql", "problem"), OTHERS.items(), ids=OTHERS)
def test_the_database_of_another_program_is_left_alone(url: str, sql: str, problem: str) -> None:
    by_hand(Address(url), sql)
    for create in (False, True):
        with pytest.raises(StoreError, match=problem):
            Store.open(url, create=create)


def test_a_database_of_other_letters_is_refused(postgres: Cluster) -> None:
    postgres.run(
        "create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'"
    )
    with pytest.raises(StoreError, match="for texts in LATIN1, not in UTF-8"):
        Store.open(postgres.url("latin"), create=True)


CHANGED = {
    "insert into _sqlite_migrations values (99, 'factlog', 'to come', null)": "newer factlog",
    "delete from _sqlite_migrations where id > 5": "older factlog",
    "alter table claim rename to claims; create view claim as select * from claims": "no table",
}


@pytest.mark.parametrize(("sql", "problem"), CHANGED.items(), ids=CHANGED)
def test_a_store_of_other_tables_is_refused(url: str, sql: str, problem: str) -> None:
    Store.open(url, create=True).close()
    by_hand(Address(url), *sql.split("; "))
    with pytest.raises(StoreError, match=problem):
        Store.open(url)


SHAPES = {
    "alter table page alter taken_from type varchar": "column taken_from of page",
    'alter table page alter url type text collate "de-x-icu"': "column url of page",
    "alter table claim alter said set default 'x'": "column said of claim",
    "alter table claim add other text": "column other of claim",
    "drop index idx_claim_uid": "index idx_claim_uid of claim is missing",
    "create table other (id int)": "column id of other was made",
    "alter table claim add check (id > 0)": "constraint",
    "alter table page_bytes set unlogged": "table page_bytes",
    "alter table statement drop constraint statement_subject_id_fkey": "is missing",
    "alter table claim enable row level security": "table claim",
    "drop view claim_flat": "view claim_flat is missing",
    "do $$ begin execute 'create or replace view claim_flat as ' || replace("
    "pg_get_viewdef('claim_flat'::regclass), 'WHERE (', 'WHERE ((c.id < 3) AND '); end $$": (
        "view claim_flat was made or changed"
    ),
    "do $$ begin execute 'create or replace view claim_flat as select *, 1 as more from ('"
    " || rtrim(pg_get_viewdef('claim_flat'::regclass), ';') || ') made'; end $$": (
        "view claim_flat was made or changed"
    ),
    "alter view claim_flat rename column best to worst": "view claim_flat was made or changed",
    "update claim_words set said = 'x'": "index of words claim_words",
    "delete from subject_words": "index of words subject_words",
    "create trigger t before update on claim for each row "
    "execute function suppress_redundant_updates_trigger()": "trigger t of claim",
    "create rule r as on insert to claim do instead nothing": "rule r of claim",
    "update claim set measure_id = 77 where id = 1": "claim 1",
}


@pytest.mark.parametrize(("sql", "named"), SHAPES.items(), ids=SHAPES)
def test_whatever_is_changed_beside_the_rows_is_named(store: Store, sql: str, named: str) -> None:
    store.add(founding(), now=NOW)
    by_hand(store.place, sql)
    found = store.verify()
    assert not found.ok
    assert named in (found.problem or "")


@pytest.mark.parametrize("sql", [each for each in SHAPES if "trigger" in each or "rule" in each])
def test_nothing_is_recorded_where_something_would_run_on_it(store: Store, sql: str) -> None:
    by_hand(store.place, sql)
    kind = sql.split()[1]
    with pytest.raises(StoreError, match=f"(?s)a {kind} that factlog did not.*drop {kind} NAME"):
        store.add(founding(), now=NOW)
    assert store.log() == ()


def test_a_store_is_not_merged_into_itself_by_another_address(
    store: Store, postgres: Cluster
) -> None:
    assert isinstance(store.place, Address)
    name = str(asked(store.place, "select current_database()")[0][0])
    for url in (f"{store.place.url}&application_name=other", postgres.asking(name)):
        with Store.open(url) as same, pytest.raises(UsageError, match="this very store"):
            store.merge(same, now=NOW)


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_writers_follow_one_another_whatever_the_server_takes_for_isolation(
    postgres: Cluster, url: str, level: str
) -> None:
    Store.open(url, create=True).close()
    name = str(asked(Address(url), "select current_database()")[0][0])
    postgres.run(f"alter database {name} set default_transaction_isolation = '{level}'")

    def write(writer: int) -> None:
        with Store.open(url) as store:
            for number in range(10):
                store.add([claim(f"{writer}{number}")], now=NOW)

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(1, 5)))
    with Store.open(url) as store:
        assert (store.count(), len(store.log()), store.verify().problem) == (40, 40, None)


def test_a_file_and_a_database_are_merged_either_way(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "file.db", create=True) as file:
        file.add(founding(), now=NOW)
        store.add([claim("9", subject="Elsewhere")], now=NOW)
        assert store.merge(file, now=later(1)).added == 3
        assert file.merge(store, now=later(2)).added == 1
        assert sorted(file.subjects()) == sorted(store.subjects())
        assert store.verify().ok
        assert file.verify().ok


def test_a_nul_is_refused_and_nothing_is_kept(store: Store) -> None:
    said = 'hold a NUL, which PostgreSQL cannot keep: "a\0b"'
    for many in (1, 300):
        others = [claim(str(number)) for number in range(many)]
        with pytest.raises(UsageError, match=said):
            store.add([*founding(), *others, claim("9", note="a\0b")], now=NOW)
    assert (store.log(), store.count()) == ((), 0)


def test_a_name_too_long_to_look_up_is_refused(store: Store) -> None:
    hard = os.urandom(5_000).hex()  # that no compression makes short
    with pytest.raises(StoreError, match="A name is longer than"):
        store.add([claim(subject=hard)], now=NOW)
    assert store.log() == ()


def test_numbers_beyond_binary_ones_are_compared(store: Store) -> None:
    from factlog.policy import Policy

    for number, (said, unit) in enumerate(
        [("1e300", "km"), ("1e300", "nm"), ("1e308", "km"), ("1e-320", "m"), ("1e-2000", "m")]
    ):
        one = claim(said, exactly(said, unit), subject=f"s{number}", measure="length")
        other = replace(
            claim("3 m", exactly("3", "m"), source=KYIV, subject=f"s{number}", measure="length")
        )
        store.add([one, other], now=later(number))
    found = [each[0].statement.subject for each in store.by_subject(Policy())]
    assert found == [f"s{number}" for number in range(5)]


def test_a_connection_that_is_lost_is_told_and_nothing_is_half_saved(store: Store) -> None:
    def claims() -> Any:
        yield from founding()
        by_hand(store.place, "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()")  # fmt: skip
        yield claim("9")

    with pytest.raises(StoreError, match="was lost"):
        store.add(claims(), now=NOW)
    with Store.open(store.place) as again:
        assert (again.count(), again.log()) == (0, ())


def test_a_lock_is_waited_for_told_once_and_given_up(store: Store) -> None:
    told: list[str] = []
    with (
        Store.open(store.place) as holder,
        holder._connection.writing(),
        Store.open(store.place, waiting=lambda: told.append("waiting"), patience=1) as other,
    ):
        began = time.monotonic()
        with pytest.raises(StoreError, match="still was after 1 seconds"):
            other.add(founding(), now=NOW)
        assert time.monotonic() - began < 25
        assert other.count() == 0  # reading waits for nobody
    assert told == ["waiting"]


def test_a_lock_that_is_let_go_is_taken(store: Store) -> None:
    with Store.open(store.place) as holder, Store.open(store.place) as other:
        with holder._connection.writing():
            waiting = threading.Thread(target=lambda: other.add(founding(), now=NOW))
            waiting.start()
            time.sleep(1)
        waiting.join(30)
        assert holder.count() == 3


def test_who_may_only_read_is_told_so(postgres: Cluster, store: Store) -> None:
    store.add(founding(), now=NOW)
    assert isinstance(store.place, Address)
    name = str(asked(store.place, "select current_database()")[0][0])
    postgres.run("drop role if exists reader; create role reader login password 'secret'")
    postgres.run("grant select on all tables in schema public to reader", name)
    with Store.open(postgres.asking(name, "secret", "reader")) as reader:
        assert (reader.count(), reader.verify().ok) == (3, True)
        with reader.as_at(0):
            assert reader.count() == 0
        with pytest.raises(StoreError, match=r"(?s)does not let you.*grant select, insert, update"):
            reader.add([claim("9")], now=NOW)
        postgres.run(f"revoke temporary on database {name} from public", name)
        with (
            pytest.raises(StoreError, match=rf"(?s)temp.*grant temporary on database .{name}. to"),
            reader.as_at(0),
        ):
            pass
    empty = postgres.database()
    refused = pytest.raises(
        StoreError, match=r"(?s)schema.*grant create, usage on schema public to"
    )
    with refused:
        Store.open(postgres.asking(empty, "secret", "reader"), create=True)
    postgres.run("drop owned by reader", name)


@pytest.mark.parametrize(
    ("code", "problem"), [("53100", "There is no room left on the disk"), ("XX001", "is damaged")]
)
def test_what_the_disk_of_the_server_says_is_told(store: Store, code: str, problem: str) -> None:
    store.add(founding(), now=NOW)  # then it is known that nothing else runs
    by_hand(
        store.place,
        "create function f() returns trigger language plpgsql as "
        f"'begin raise ''no'' using errcode = ''{code}''; end'",
        "create trigger t before insert on event execute function f()",
    )
    with pytest.raises(StoreError, match=problem):
        store.add([claim("9")], now=NOW)
    assert store.count() == 3


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://u:secret@127.0.0.1:{silent.getsockname()[1]}/d?connect_timeout=2"
        with pytest.raises(StoreError, match="No server answers"):
            Store.open(url)


def test_every_figure_comes_back_bit_by_bit(store: Store) -> None:
    figures = [
        "0.1",
        "1e-7",
        "123456789012345678901234567890.12345",
        "5e-324",
        "1.7976931e308",
    ]
    store.add([claim(each, exactly(each)) for each in figures], now=NOW)
    assert [each.estimate.best for each in store.claims()] == [
        exactly(each).best for each in figures
    ]
    assert store.verify().ok


def test_the_flat_view_is_there_for_other_programs(store: Store) -> None:
    store.add(founding(), now=NOW)
    sql = "select subject, measure, best, low_exact from claim_flat order by id"
    assert asked(store.place, sql)[2] == (TROOPS, "casualties", 4000.0, None)


def test_a_store_on_a_server_has_a_place_and_no_file(store: Store) -> None:
    assert isinstance(store.place, Address)
    with pytest.raises(StoreError, match="is no file"):
        _ = store.path


def test_a_place_is_a_file_or_an_address() -> None:
    assert place_of("postgres://h/d") == Address("postgres://h/d")
    assert place_of(" postgresql:///d\n") == Address("postgresql:///d")
    assert place_of("facts.db") == Path("facts.db")
    assert place_of("C://facts.db") == Path("C://facts.db")


@pytest.mark.parametrize("scheme", ["POSTGRESQL", "postgresql+psycopg", "mysql", "sqlite"])
def test_the_address_of_another_database_is_no_file_and_not_shown(scheme: str) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(scheme)}://... is no address") as refused:
        Store.open(f"{scheme}://ada:secret@h/d")
    assert "secret" not in str(refused.value)


def _claims(count: int) -> list[Claim]:
    return [claim(str(n), exactly(n), source=f"s{n}") for n in range(count)]


def test_readers_see_what_was_whole_when_they_began(store: Store) -> None:
    with Store.open(store.place) as reader, reader.steady():
        assert reader.count() == 0
        store.add(_claims(3), now=NOW)
        assert reader.count() == 0
    assert store.count() == 3
