"""Claims written to Parquet files, and compared where they lie as they are in the store."""

from __future__ import annotations

import builtins
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from factlog import comparer
from factlog.claim import Claim
from factlog.errors import FactlogError, NotFound, UsageError
from factlog.findings import Verdict
from factlog.policy import POLICIES, Policy
from factlog.store import Store
from factlog.store import parquet as writing
from factlog.store.lake import NEEDED, SHOWN
from factlog.store.parquet import Lake
from support.boundaries import DEFINED
from support.stores import NOW, claim, later, new_store, various


def write(path: Path, store: Store) -> int:
    return writing.write(path, store.claims(), store.claims(as_given=True))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    made = new_store(tmp_path_factory.mktemp("parquet"))
    for measure in DEFINED:
        made.set_measure(measure, now=NOW)
    made.add_many(various(900), now=later(1))
    made.rename("subject", "Place 3", "Platz Drei", now=later(2))
    made.retract(5, "mistyped", now=later(3))
    return made


@pytest.fixture(scope="module")
def lake(store: Store) -> Lake:
    path = store.path.with_name("claims.parquet")
    assert write(path, store) == store.count()
    return Lake([path], store.measures())


def plain(claims: list[Claim]) -> list[Claim]:
    return [replace(each, recorded=None) for each in claims]


def test_every_claim_comes_back_as_it_was(store: Store, lake: Lake) -> None:
    assert list(lake.claims()) == list(store.claims())
    assert list(lake.claims(subject="PLATZ  drei")) == list(store.claims(subject="Place 3"))
    assert list(lake.claims(as_given=True)) == list(store.claims(as_given=True))
    assert list(store.claims()) != list(store.claims(as_given=True))


def test_names_shown_may_be_in_none_of_the_files_or_in_some(
    lake: Lake, store: Store, tmp_path: Path
) -> None:
    assert lake.resolve("source", "a") == "A"  # the file is there, and whole
    whole = store.path.with_name("claims.parquet")
    bare = tmp_path / "bare.parquet"
    parquet.write_table(parquet.read_table(whole).drop_columns(list(SHOWN)), bare)
    given = list(store.claims(as_given=True))
    assert list(Lake([bare], store.measures()).claims()) == given
    assert list(Lake([bare], store.measures()).claims(as_given=True)) == given
    assert len(list(Lake([whole, bare], store.measures()).claims())) == store.count()


def conflicts(found: Any, policy: Policy, known: Any) -> list[Any]:
    """What a record holds of conflicts, subject by subject, in its order."""
    compared = (comparer.compare(each, policy, known) for each in found)
    kept = (comparer.only(each, Verdict.CONFLICT) for each in compared)
    return [each.subjects for each in kept if each.subjects]


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda policy: policy.name)
def test_the_engine_finds_what_full_judging_of_the_store_finds(
    store: Store, lake: Lake, policy: Policy
) -> None:
    known = store.measures()
    full = conflicts(store.by_subject(), policy, known)
    assert len(full) > 20
    assert conflicts(lake.by_subject(), policy, known) == full
    assert conflicts(lake.by_subject(policy), policy, known) == full


def test_names_are_found(lake: Lake) -> None:
    assert lake.resolve("subject", "platz drei") == "Platz Drei"
    assert lake.resolve("subject", "nowhere") is None
    assert set(lake.candidates("source", "A")) == {"A", "B", "C"}


def test_several_files_are_one_record_in_which_each_claim_counts_once(tmp_path: Path) -> None:
    made = various(60)
    files = []
    for name, some in (("one", made[:40]), ("it's two", made[20:])):
        (tmp_path / name).mkdir()
        with new_store(tmp_path / name) as store:
            store.add(some, now=NOW)
            files.append(tmp_path / f"{name}.parquet")
            write(files[-1], store)
            measures = store.measures()
    lake = Lake(files, measures)
    found = list(lake.claims())
    whole = {each.uid for each in found}
    assert len(found) == len(whole)
    with new_store(tmp_path) as store:
        store.add(made, now=NOW)
        assert whole == {each.uid for each in store.claims()}
    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    lake.close()


def changed(path: Path, column: str, value: object) -> Path:
    """A copy of a file in which one column holds something else in every row."""
    table = parquet.read_table(path)
    place = table.schema.get_field_index(column)
    values = pyarrow.array([value] * table.num_rows)
    to = path.with_name("changed.parquet")
    parquet.write_table(table.set_column(place, column, values), to)
    return to


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("best", "lots", 'claim 1, ".*", is damaged'),
        ("hedge", "surely", "is damaged"),
        ("recorded", "then", "is damaged"),
        ("as_of_first", "never", "never"),
        ("id", "first", "first"),
        *((column, None, "rows of .* lack what every claim has") for column in NEEDED),
    ],
)
def test_claims_of_another_program_that_are_none_are_refused(
    lake: Lake, store: Store, column: str, value: object, says: str
) -> None:
    assert lake.resolve("source", "a") == "A"  # the file is there, and whole
    path = changed(store.path.with_name("claims.parquet"), column, value)
    with pytest.raises(UsageError, match=says):
        list(Lake([path], store.measures()).by_subject())


def test_columns_that_come_to_the_same_are_taken(lake: Lake, store: Store) -> None:
    assert lake.resolve("source", "a") == "A"
    path = changed(store.path.with_name("claims.parquet"), "url", None)  # of no type at all
    assert len(list(Lake([path], ()).claims())) == store.count()


def test_texts_that_do_not_say_they_are_texts_are_taken_for_such(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    with new_store(tmp_path) as store:
        store.add([claim("10", subject="Café", source="مرفأ")], now=NOW)
        write(path, store)
        table = parquet.read_table(path)
        bare = [
            column.cast(pyarrow.binary()) if column.type == pyarrow.string() else column
            for column in table.columns
        ]
        parquet.write_table(pyarrow.table(bare, names=table.column_names), path)
        assert list(Lake([path], ()).claims()) == list(store.claims())


def test_files_that_are_none_of_factlogs(tmp_path: Path) -> None:
    other, text = tmp_path / "other.parquet", tmp_path / "text.parquet"
    parquet.write_table(pyarrow.table({"subject": ["a"]}), other)
    text.write_text("subject,value\n")
    for path, says in ((other, "no column id, statement"), (text, "cannot be read as claims")):
        with pytest.raises(UsageError, match=says):
            Lake([path], ())
    with pytest.raises(UsageError, match="One of 2 files"):
        Lake([other, text], ())
    with pytest.raises(NotFound):
        Lake([tmp_path / "none.parquet"], ())


def test_every_refusal_of_damaged_bytes_says_what_is_wrong(tmp_path: Path) -> None:
    chance, path = random.Random(14), tmp_path / "x.parquet"
    parquet.write_table(pyarrow.table({"subject": ["Raid"] * 50, "value": ["3"] * 50}), path)
    whole = path.read_bytes()
    false = [
        b"PAR1" + chance.randbytes(60) + bytes([size, 0, 0, 0]) + b"PAR1" for size in range(60)
    ]
    cut = [whole[:size] + whole[-8:] for size in range(0, len(whole), 9)]
    for content in (b"", b"PAR1", b"PAR1PAR1", *false, *cut):
        path.write_bytes(content)
        with pytest.raises(UsageError) as refused:
            list(writing.table(path)[1])
        told = refused.value.problem.partition("cannot be read as claims: ")[2]
        assert re.fullmatch(r"[a-zA-Z].{9,}\.", told), told
        assert told.isprintable()
        assert "()" not in told


def test_a_name_stands_for_no_other_file(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(various(3), now=NOW)
        for name in ("c1.parquet", "c[1].parquet", "c*.parquet", "c?.parquet", "it's.parquet"):
            some = list(store.claims())[: len(name) % 3 + 1]
            writing.write(tmp_path / name, some, some)
        for name in ("c[1].parquet", "c*.parquet", "c?.parquet", "it's.parquet"):
            found = list(Lake([tmp_path / name], ()).claims())
            assert len(found) == len(name) % 3 + 1


@pytest.mark.parametrize("missing", ["pyarrow", "duckdb"])
def test_an_extra_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == missing:
            raise ImportError(name)
        return real(name, *rest, **more)

    (tmp_path / "in.parquet").touch()
    monkeypatch.setattr(builtins, "__import__", without)
    act: dict[str, Callable[[], object]] = {
        "pyarrow": lambda: writing.write(tmp_path / "out.parquet", various(1), various(1)),
        "duckdb": lambda: Lake([tmp_path / "in.parquet"], ()),
    }
    with pytest.raises(FactlogError) as refused:
        act[missing]()
    assert "pip install" in refused.value.remedy
