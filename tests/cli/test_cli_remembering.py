"""A comparison of every subject for conflicts judges again only what changed since the last."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from factlog.cli import remembering
from factlog.cli.parallel import PartResult, Task
from factlog.store import Store
from support.person import Factlog

SUBJECTS = 2 * remembering.SIZE + 40  # three parts
COMPARE = ("compare", "--only", "conflict", "-f", "csv")


@pytest.fixture
def large(factlog: Factlog, here: Path) -> Factlog:
    """Two agencies on each of many subjects; on every tenth they are apart."""
    with (here / "large.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["subject", "measure", "source", "value", "as_of"])
        for number in range(SUBJECTS):
            value = 900 if number % 10 == 7 else 310
            rows.writerow([f"Place {number}", "homes", "A", "about 300", "2024-01-01"])
            rows.writerow([f"Place {number}", "homes", "B", value, "2024-02-01"])
    assert factlog("import", "large.csv").code == 0
    return factlog


def kept(here: Path) -> Path:
    (found,) = (here / "cache" / "factlog" / "compared").iterdir()
    return found


def in_sqlite(sql: str) -> Callable[[Factlog, Path], None]:
    def change(_factlog: Factlog, here: Path) -> None:
        with sqlite3.connect(here / "facts.db") as changed:
            changed.execute(sql)
        changed.close()

    return change


def said(*words: str) -> Callable[[Factlog, Path], None]:
    def change(factlog: Factlog, _here: Path) -> None:
        assert factlog(*words).code == 0

    return change


def both(*changes: Callable[[Factlog, Path], None]) -> Callable[[Factlog, Path], None]:
    def change(factlog: Factlog, here: Path) -> None:
        for each in changes:
            each(factlog, here)

    return change


def damaged(_factlog: Factlog, here: Path) -> None:
    lines = kept(here).read_text().splitlines()
    kept(here).write_text("\n".join([lines[0], "{", '{"counts": {"none": 1}}', "[]"]))


def no_text(_factlog: Factlog, here: Path) -> None:
    kept(here).write_bytes(b"\xff\xfe" + kept(here).read_bytes())


def a_digit_changed(_factlog: Factlog, here: Path) -> None:
    kept(here).write_text(kept(here).read_text().replace("600", "601"))


def put_back_and_written_to_again(factlog: Factlog, here: Path) -> None:
    shutil.copy(here / "facts.db", here / "copy.db")
    in_sqlite("update claim set retracted = 'by hand' where id = 16")(factlog, here)
    assert factlog(*COMPARE).code == 0
    shutil.copy(here / "copy.db", here / "facts.db")
    in_sqlite("update claim set retracted = 'by hand' where id = 36")(factlog, here)


def cut(_factlog: Factlog, here: Path) -> None:
    kept(here).write_text(kept(here).read_text()[:2_000])


def blank(_factlog: Factlog, here: Path) -> None:
    kept(here).write_text("")


def unwritable(_factlog: Factlog, here: Path) -> None:
    shutil.rmtree(here / "cache")
    (here / "cache").write_text("no folder")


ADD = said("add", "Place 3", "homes=4,000", "--source", "C", "--as-of", "2024-03-01")
ALIAS = said("subject", "alias", "Place 3", "Place 500")
EDIT_BY_HAND = in_sqlite(
    "update claim set said = '12', best = '12', best_real = 12, stated_low = 12, stated_high = 12 "
    "where id = 1"
)


@pytest.mark.parametrize(
    "change",
    [
        both(),
        ADD,
        both(ADD, said("undo", "--yes")),
        said("add", "Somewhere new", "homes=4,000", "--source", "C"),
        said("retract", "16", "--reason", "mistyped"),
        said("edit", "16", "300"),
        said("edit", "16", "--subject", "Place 520"),
        said("subject", "rename", "Place 7", "Elsewhere"),
        ALIAS,
        both(ALIAS, said("add", "Place 500", "homes=5", "--source", "D")),
        said("measure", "set", "homes", "--tolerance", "90%"),
        said("source", "set", "A", "--party", "one side"),
        said("decide", "Place 7", "homes", "--pending", "--reason", "seen", "--by", "Ana"),
        EDIT_BY_HAND,
        both(EDIT_BY_HAND, ADD),
        put_back_and_written_to_again,
        *(damaged, no_text, a_digit_changed, cut, blank, unwritable),
    ],
)
def test_what_is_told_is_what_judging_everything_tells(
    large: Factlog,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Factlog, Path], None],
) -> None:
    assert large(*COMPARE).code == 0
    change(large, here)
    told, again = large(*COMPARE), large(*COMPARE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / "another"))
    assert told == again == large(*COMPARE)
    assert told.code == 0


def test_only_the_part_that_changed_is_judged_again(large: Factlog, here: Path) -> None:
    large(*COMPARE)
    place = kept(here)
    assert place.stat().st_mode & 0o777 == 0o600
    head, *lines = (json.loads(each[65:]) for each in place.read_text().splitlines())
    assert head["parts"] == len(lines) == 3
    for number, line in enumerate(lines):
        line["pieces"][1] = f"kept {number}\r\n"
    made = map(json.dumps, (head, *lines))
    place.write_text("".join(f"{sha256(each.encode()).hexdigest()} {each}\n" for each in made))
    before = place.stat().st_mtime_ns
    assert large(*COMPARE).out.splitlines()[1:] == ["kept 0", "kept 1", "kept 2"]
    assert place.stat().st_mtime_ns == before
    last = f"Place {SUBJECTS - 1}"
    large("add", last, "homes=4,000", "--source", "C", "--as-of", "2024-03-01")
    told = large(*COMPARE).out.splitlines()[1:]
    assert told[:2] == ["kept 0", "kept 1"]
    assert {row.partition(",")[0] for row in told[2:]} == {
        last, "Place 507", "Place 517", "Place 527", "Place 537"
    }  # fmt: skip
    assert [large(*COMPARE, "--check").code for _ in range(2)] == [1, 1]
    assert large(*COMPARE, "--tolerance", "90%").out.splitlines()[1:] == []


def test_what_was_withdrawn_meanwhile_and_undone_is_judged_again(
    large: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = remembering.compared

    def beside(store: Store, task: Task) -> tuple[int, Iterator[PartResult]]:
        found = whole(store, task)
        with Store.open(store.path) as other:
            other.retract(16, "mistyped", now=datetime.now(UTC))
        return found

    monkeypatch.setattr(remembering, "compared", beside)
    assert "Place 7," not in large(*COMPARE).out
    monkeypatch.setattr(remembering, "compared", whole)
    assert large("undo", "--yes").code == 0
    assert "Place 7," in large(*COMPARE).out
    assert kept(here).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "-f", "csv"),
        ("compare", "--only", "conflict"),
        (*COMPARE, "--wide"),
        (*COMPARE, "--recorded-by", "1"),
        (*COMPARE, "Place 7"),
    ],
)
def test_other_answers_are_not_kept(large: Factlog, here: Path, words: tuple[str, ...]) -> None:
    assert large(*words).code == 0
    assert not (here / "cache").exists()


def test_a_store_that_keeps_its_writing_apart_is_judged_each_time(
    large: Factlog, here: Path
) -> None:
    with sqlite3.connect(here / "facts.db") as changed:
        changed.execute("pragma journal_mode = wal")
    changed.close()
    assert large(*COMPARE).code == 0
    assert not (here / "cache").exists()
