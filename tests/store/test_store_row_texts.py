"""Rows held to the log by the text SQLite writes of them: all that fit, none that do not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from factlog.claim import Claim, Estimate, Hedge
from factlog.parsing import read
from factlog.store.connection import Connection
from factlog.store.payloads import Log
from factlog.store.row_texts import Texts
from support.stores import NOW, by_hand, claim, exactly, later, new_store

_FORMS = (
    *("300", "12,345", "about 4,000", "at least 950", "more than 70", "300 to 400"),
    *("999,999,999,999,999", "1,200 to 1,900", "0.1", "3.7 km", "17.123456789"),
)


def forms(count: int) -> Iterator[Claim]:
    for number in range(count):
        said = _FORMS[number % 8 if number % 20 else 8 + number // 20 % 3]
        figure = read(said)
        yield claim(
            said,
            figure.estimate,
            subject=f"Süd {number}",
            source='"Ägency" 😀',
            note="tab\t \\ \x7f é" if number % 40 == 1 else None,
            quote="“so”" if number % 3 else None,
            as_of=None if number % 7 == 0 else claim().statement.as_of,
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        store.add_many(forms(1500), now=NOW, source_file="forms.csv")
        store.retract(700, "wrong", now=later(1))
        store.edit(900, claim("310", exactly(310)), now=later(2))
        assert isinstance(store.place, Path)
        return store.place


def fitting(path: Path) -> dict[str, list[bool]]:
    """Of the runs of rows of each table that an import made, which are seen to fit."""
    with closing(Connection(path)) as opened:
        log = Log()
        for number, payload in opened.rows("select id, payload from event order by id"):
            log.take(payload, number)
        found = {}
        for table in ("statement", "claim"):
            ledger = log.ledgers[table]
            texts = Texts(opened, ledger, lambda _run, row: standing(row))
            run = ledger.runs[0]
            found[table] = [
                texts.fit(run, start, min(start + run.step - 1, run.last))
                for start in range(run.first, run.last + 1, run.step)
            ]
        return found


def standing(row: Any) -> Any:
    """A row as the import made it, those of the two claims that were changed since too."""
    changed = len(row) > 20 and row[0] in (700, 900)
    return [*row[:-6], None, None, None, None, *row[-2:]] if changed else row


def test_rows_of_every_form_fit_without_being_read(path: Path) -> None:
    assert fitting(path) == {"statement": [True] * 3, "claim": [True] * 3}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("claim", "said = said || ' '"),
        ("claim", "best = '301'"),
        ("claim", "best_real = best_real + 1"),
        ("claim", "stated_high = stated_high * (1 + 2.3e-16)"),
        ("claim", "stated_low = stated_low + 0.5"),
        ("claim", "uid = upper(uid) || 'Z'"),
        ("claim", "recorded = '2024-01-01T00:00:00+00:00'"),
        ("claim", "note = 'a' || char(0)"),
        ("claim", "said = cast(x'ff31' as text)"),
        ("claim", "undone = 1"),
        ("claim", "id = id + 100000"),
        ("statement", "as_of = '2025-01-14'"),
        ("statement", "as_of_first = '20250113'"),
        ("statement", "via = ''"),
        ("statement", "subject_id = 3"),
    ],
)
def test_no_run_with_a_row_that_was_changed_is_seen_to_fit(
    path: Path, table: str, change: str
) -> None:
    by_hand(path, f"update {table} set {change} where id = 601")
    assert fitting(path)[table] == [True, False, True]


def test_a_number_that_binary_numbers_do_not_hold_is_told_to_its_last_digit(
    tmp_path: Path,
) -> None:
    with new_store(tmp_path) as store:
        many = (
            claim("0.1", Estimate(Hedge.EXACT, best=read("0.1").estimate.best), subject=f"S {n}")
            if n == 5
            else claim(str(n), exactly(n), subject=f"S {n}")
            for n in range(1, 1000)
        )
        store.add_many(many, now=NOW)
        path = store.place
    assert isinstance(path, Path)
    assert fitting(path)["claim"] == [True, True]
    by_hand(path, "update claim set best_real = 0.10000000000000002 where id = 5")
    assert fitting(path)["claim"] == [False, True]


def test_a_zero_below_zero_which_sqlite_writes_as_any_other_is_seen(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        store.add_many((claim(str(n), exactly(n), subject=f"S {n}") for n in range(1000)), now=NOW)
        path = store.place
    assert isinstance(path, Path)
    assert fitting(path)["claim"] == [True, True]
    written = "update sqlite_master set sql = ? where name = 'claim'"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        (made,) = raw.execute("select sql from sqlite_master where name = 'claim'").fetchone()
        raw.execute("pragma writable_schema = on")
        raw.execute(written, (made.replace("REAL", "ANY"),))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("update claim set best_real = 0.0 * -1.0 where best = '0'")
        raw.execute("pragma writable_schema = on")
        raw.execute(written, (made,))
    assert fitting(path)["claim"] == [False, True]
