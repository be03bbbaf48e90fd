"""Opening files that are stores, and refusing, in two plain lines, those that are not."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from factlog.errors import StoreError
from factlog.store import Store
from factlog.store.schema import STEPS
from support.stores import NOW, asked, by_hand, claim, founding, new_store


def test_a_new_store_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with new_store(tmp_path) as store:
            assert store.count() == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "factlog.db").stat().st_mode) == 0o600


def test_tables_are_strict_and_named_as_documented(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    tables = {
        name: strict
        for schema, name, kind, _columns, _rowid, strict in asked(
            tmp_path / "factlog.db", "pragma table_list"
        )
        if kind == "table" and not name.startswith(("sqlite_", "_sqlite_"))
    }
    assert {"subject", "source", "measure", "statement", "claim", "event"} <= set(tables)
    assert all(tables.values())
    assert asked(tmp_path / "factlog.db", "pragma user_version") == [(len(STEPS),)]
    assert asked(tmp_path / "factlog.db", "pragma application_id") == [(0x464C4F47,)]


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    with Store.open(tmp_path / "factlog.db", create=True) as store:
        assert store.count() == 3
    with Store.open(str(tmp_path / "factlog.db")) as store:
        assert store.count() == 3


def refused(path: Path, *, create: bool = False) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Store.open(path, create=create, patience=0.1).close()
    assert caught.value.exit_code == 4
    assert len(str(caught.value).splitlines()) == 2
    return caught.value


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path) -> None:
    error = refused(tmp_path / "factlog.db")
    assert "There is no store at" in error.problem
    assert list(tmp_path.iterdir()) == []


def test_a_text_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("subject,source\n" * 100)
    for create in (False, True):
        assert "is not a factlog store" in refused(path, create=create).problem
    assert path.read_text() == "subject,source\n" * 100
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_short_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("x")
    assert "is not a factlog store" in refused(path, create=True).problem
    assert path.read_text() == "x"


def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    by_hand(path, "create table claim (id integer)", "insert into claim values (1)")
    before = path.read_bytes()
    for create in (False, True):
        assert "belongs to another program" in refused(path, create=create).problem
    assert path.read_bytes() == before


def test_another_programs_file_left_in_the_middle_of_a_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    by_hand(path, "create table claim (id integer)")
    Path(f"{path}-journal").write_bytes(b"")
    for create in (False, True):
        assert "belongs to another program" in refused(path, create=create).problem
    assert asked(path, "select count(*) from claim") == [(0,)]


def test_an_empty_file_is_no_store_until_something_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    path.touch()
    assert "is empty" in refused(path).problem
    assert path.stat().st_size == 0
    with Store.open(path, create=True) as store:
        assert store.add(founding(), now=NOW).new == 3


def test_an_empty_file_with_a_leftover_journal_is_no_store_either(tmp_path: Path) -> None:
    path = tmp_path / "factlog.db"
    path.touch()
    Path(f"{path}-journal").write_bytes(b"")
    assert "is empty" in refused(path).problem


def test_a_store_of_a_newer_factlog_is_refused(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    by_hand(tmp_path / "factlog.db", "pragma user_version = 99")
    error = refused(tmp_path / "factlog.db")
    assert "newer factlog (schema 99" in error.problem
    assert "pip install --upgrade" in error.remedy


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_refused(tmp_path: Path, create: bool) -> None:
    assert "is a folder" in refused(tmp_path, create=create).problem


def test_a_device_is_refused() -> None:
    assert "is not a file" in refused(Path("/dev/null")).problem


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "no" / "such" / "factlog.db", create=True)
    assert "no such file or directory" in error.problem


@pytest.mark.parametrize("name", ["a\0b.db", "x" * 300 + ".db"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    refused(tmp_path / name, create=True)


@pytest.mark.parametrize("name", ["a b.db", "50% #1?.db", "ünïcode.db", "file:x.db", "-x.db"])
def test_a_name_with_odd_characters_is_just_a_name(tmp_path: Path, name: str) -> None:
    with new_store(tmp_path, name) as store:
        store.add(founding(), now=NOW)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_damaged_file_is_refused_in_words(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add((claim(str(n)) for n in range(500)), now=NOW)
    path = tmp_path / "factlog.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "is damaged" in refused(path).problem


def test_damage_further_on_is_told_in_words(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add((claim(str(n)) for n in range(500)), now=NOW)
    path = tmp_path / "factlog.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:-20000] + b"\xff" * 20000)
    with Store.open(path) as store:
        assert not store.verify().ok


def test_a_file_cut_short_is_refused_in_words(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add((claim(str(n)) for n in range(500)), now=NOW)
    path = tmp_path / "factlog.db"
    os.truncate(path, path.stat().st_size // 2)
    assert "is damaged" in refused(path).problem


def test_a_store_that_lacks_a_table_is_refused_in_words(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    by_hand(tmp_path / "factlog.db", "drop view claim_flat", "drop table claim")
    with Store.open(tmp_path / "factlog.db") as store, pytest.raises(StoreError) as caught:
        store.count()
    assert "no such table: claim" in caught.value.problem


def test_a_reading_store_cannot_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, pytest.raises(StoreError) as caught:
        store._connection.run("delete from claim")
    assert "cannot be written" in caught.value.problem


# Read-only: permissions do not bind root, so a process of another user tries them.

_AS_SOMEBODY = """
import sys
from factlog.errors import StoreError
from factlog.store import Store
sys.path.insert(0, {tests!r})
from support.stores import NOW, claim
with Store.open({path!r}) as store:
    print(store.count(), len(list(store.claims(subject="north korean troops in russia"))))
    try:
        store.add([claim("5")], now=NOW)
    except StoreError as error:
        print(error)
"""


def _as_somebody(path: Path) -> subprocess.CompletedProcess[str]:
    code = textwrap.dedent(_AS_SOMEBODY).format(
        tests=str(Path(__file__).parents[1]), path=str(path)
    )
    if os.geteuid() == 0:
        code = f"import os; import factlog.store.record, decimal; os.setuid(65534)\n{code}"
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )


def _readable_by_all(path: Path) -> None:
    """Let another user get to a file of this test."""
    for folder in path.parents:
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to("/tmp"):
            folder.chmod(folder.stat().st_mode | 0o555)


def _private() -> bool:
    """Whether another user could not so much as read these tests, or Python's packages."""
    folders = {*Path(__file__).parents, *Path(sys.prefix).parents, Path(sys.prefix)}
    return any(not folder.stat().st_mode & 0o005 for folder in folders)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")
@pytest.mark.skipif(os.geteuid() == 0 and _private(), reason="nobody else can read these tests")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o666, 0o555)])
def test_what_cannot_be_written_can_still_be_read(
    tmp_path: Path, file_mode: int, folder_mode: int
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    with new_store(folder) as store:
        store.add(founding(), now=NOW)
    (folder / "factlog.db").chmod(file_mode)
    _readable_by_all(folder / "factlog.db")
    folder.chmod(folder_mode)
    try:
        done = _as_somebody(folder / "factlog.db")
    finally:
        folder.chmod(0o755)
    assert done.stderr == ""
    first, problem, remedy = done.stdout.splitlines()
    assert first == "3 3"
    assert "cannot be written" in problem or "cannot be opened" in problem
    assert remedy


def test_wal_mode_set_by_another_program_is_lived_with(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    path = tmp_path / "factlog.db"
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma journal_mode = wal").fetchone() == ("wal",)
    with Store.open(path) as store:
        store.add([claim("5")], now=NOW)
        assert store.count() == 4
        assert store.verify().ok


def test_a_link_is_followed(tmp_path: Path) -> None:
    new_store(tmp_path, "real.db").close()
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    with Store.open(tmp_path / "link.db") as store:
        store.add(founding(), now=NOW)
    with Store.open(tmp_path / "real.db") as store:
        assert store.count() == 3


def test_a_store_without_its_version_is_not_called_empty(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        path = store.path
    by_hand(path, "pragma user_version = 0")
    for create in (False, True):
        with pytest.raises(StoreError, match="no schema version"):
            Store.open(path, create=create)
