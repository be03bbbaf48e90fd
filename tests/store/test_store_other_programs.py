"""Programs that read SQLite files work on a store, table by table, without an error."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from support.loops import awaited
from support.stores import NOW, asked, claim, exactly, founding, new_store


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with new_store(tmp_path_factory.mktemp("programs")) as store:
        store.add(founding(), now=NOW)
        store.add([claim(each, exactly(each)) for each in ("9", "38")], now=NOW)
        store.add([claim("5.25 km", exactly("5.25", "km"))], now=NOW)
        return store.path


@pytest.fixture(scope="module")
def tables(path: Path) -> list[str]:
    return [
        name
        for (name,) in asked(
            path,
            "select name from sqlite_master where sql like 'c% %' and type in ('table', 'view')",
        )
    ]


@pytest.mark.slow
def run(*words: object) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_sqlite_utils_counts_and_lists_every_table(path: Path, tables: list[str]) -> None:
    counts = {
        each["table"]: each["count"]
        for each in json.loads(run("sqlite_utils", "tables", path, "--counts"))
    }
    assert counts["claim"] == 6
    assert counts["subject_words"] == counts["subject"] == 1
    for table in tables:
        json.loads(run("sqlite_utils", "rows", path, table))


def test_numbers_of_the_flat_view_are_numbers(path: Path) -> None:
    assert asked(path, "select max(best), sum(low is null) from claim_flat") == [(4000.0, 6)]
    assert asked(path, "select max(best) from claim_flat where best < 100") == [(38.0,)]
    sql = "select best, best_exact, unit, unit_said from claim_flat where unit is not null"
    assert asked(path, sql) == [(5.25, "5.25", "km", "km")]


def test_datasette_shows_every_table(path: Path, tables: list[str]) -> None:
    app = pytest.importorskip("datasette.app")

    async def pages() -> None:
        served = app.Datasette([str(path)])
        await served.invoke_startup()
        base = f"/{path.stem}"
        for table in tables:
            for page in (f"{base}/{table}", f"{base}/{table}.csv", f"{base}/{table}.json"):
                answer = await served.client.get(page)
                assert answer.status_code == 200, (page, answer.text)
        for query in ("_facet=source", "_facet=measure&_sort=id", "best__gt=30", "_size=max"):
            answer = await served.client.get(f"{base}/claim_flat.json?{query}")
            assert answer.status_code == 200, (query, answer.text)
            assert answer.json()["rows"]
        answer = await served.client.get(f"{base}/claim_flat.json?best__gt=30&_shape=array")
        assert {each["best"] for each in answer.json()} >= {38.0, 300.0}

    awaited(pages)


def test_pandas_reads_every_table(path: Path, tables: list[str]) -> None:
    pandas = pytest.importorskip("pandas")
    with closing(sqlite3.connect(path)) as raw:
        for table in tables:
            pandas.read_sql_query(f"select * from {table}", raw)
        flat = pandas.read_sql_query("select * from claim_flat", raw)
    assert flat["best"].max() == 4000
    assert flat["best"].dtype.kind == "f"
