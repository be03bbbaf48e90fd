"""A folder of claims: csv, Parquet and a data package that Frictionless finds no fault with."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from support.person import Factlog, add

SEEDS = Path(__file__).parents[2] / "seeds"


def validated(folder: Path) -> tuple[bool, str]:
    """What `frictionless validate` says of a package."""
    words = (sys.executable, "-W", "ignore", "-m", "frictionless", "validate", "--json")
    ran = subprocess.run((*words, "datapackage.json"), cwd=folder, capture_output=True, text=True)
    return ran.returncode == 0 and json.loads(ran.stdout)["valid"], ran.stdout + ran.stderr


def page(folder: Path) -> Any:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def only(here: Path) -> set[str]:
    """What lies there beside the store."""
    return {each.name for each in here.iterdir() if not each.name.startswith("facts.db")}


def test_a_package_is_valid_and_its_claims_come_back(factlog: Factlog, here: Path) -> None:
    factlog("import", str(SEEDS / "record.csv"))
    hostile = ("--url", "javascript:alert(1)", "--unit", "km", "--quote", '=1+1, "so",\nhe said')
    factlog("add", "=Far\tSubject", "12.5 km", "--source", "@Somebody", *hostile)
    ran = factlog("export", "record/", "--license", "CC-BY-4.0", "--title", "Troops")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert only(here) == {"record"}
    good, told = validated(here / "record")
    assert good, told
    told_of = page(here / "record")
    assert told_of["licenses"] == [{"name": "CC-BY-4.0"}]
    assert told_of["title"] == "Troops"
    assert {"title": "@Somebody"} in told_of["sources"]
    unit = next(e for e in told_of["resources"][0]["schema"]["fields"] if e["name"] == "unit")
    assert "km" in unit["constraints"]["enum"]
    assert pyarrow.parquet.read_table(here / "record" / "claims.parquet").num_rows == 45
    again = factlog("import", "record/claims.csv")
    assert "45 claims on record already" in again.out


def test_every_export_names_alike_and_nothing_of_another_is_new(factlog: Factlog) -> None:
    files = ("a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx", "a.parquet", "a/claims.parquet")
    factlog("add", "Raid on Kiev", "deaths=12", "wounded=30", "--source", "The Times")
    factlog("add", "Raid", "deaths=14", "--source", "Times", "--as-of", "2025-01-02")
    assert factlog("subject", "merge", "Raid on Kiev", "Raid").code == 0
    assert factlog("source", "merge", "The Times", "Times").code == 0
    for name in (*files[:-1], "a/"):
        assert factlog("export", name).code == 0
    for first in ("a.csv", "a.parquet"):
        words = ("--db", f"{first}.db", "import")
        assert factlog(*words, first).out == f"Recorded 3 claims from {first}.\n"
        for name in files:
            assert factlog(*words, name).out.startswith(f"Nothing new in {name}: 3 claims")


def test_frictionless_finds_what_is_changed_afterwards(founding: Factlog, here: Path) -> None:
    founding("export", "record/")
    table = here / "record" / "claims.csv"
    table.write_text(table.read_text().replace("300", "400"))
    good, told = validated(here / "record")
    assert not good
    assert "hash" in told


def test_an_export_is_replaced_whole(founding: Factlog, here: Path) -> None:
    assert founding("export", "record/").code == 0
    before = contents(here / "record")
    add(founding, "Somebody", "2025-01-14", "5 killed")
    assert founding("export", "record").code == 0
    assert contents(here / "record").keys() == before.keys()
    assert contents(here / "record") != before
    assert validated(here / "record")[0]
    assert only(here) == {"record"}


def test_of_one_subject(founding: Factlog, here: Path) -> None:
    founding("add", "Raid", "7 killed", "--source", "A", "--url", "https://example.org/a")
    founding("export", "raid/", "--subject", "raid")
    assert page(here / "raid")["title"] == "Raid"
    assert page(here / "raid")["sources"] == [{"title": "A", "path": "https://example.org/a"}]


def test_without_pyarrow_there_is_no_parquet(
    founding: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = founding("export", "record/", "--license", "https://example.org/terms")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("Without claims.parquet: it needs pyarrow, which is not installed.")
    assert contents(here / "record").keys() == {"claims.csv", "datapackage.json"}
    assert page(here / "record")["licenses"] == [{"path": "https://example.org/terms"}]
    assert validated(here / "record")[0]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("record/",), "it holds other things, such as notes.txt; nothing was written."),
        (("file/",), "it is a file; nothing was written."),
        (("link/",), "it is a link; nothing was written."),
        (("gone/record/",), "it lies in a folder that does not exist; nothing was written."),
        (("file/record/",), "it lies in a folder that does not exist; nothing was written."),
        ((".",), "it has no name of its own; nothing was written."),
        (("new/", "-f", "json"), "A folder has a format for each file in it."),
        (("new/", "--license", "my own"), '"my own" is no short name or address of a licence.'),
        (("claims.csv", "--title", "Troops"), "--title is for a folder, which says what it holds."),
        (("--license", "CC0-1.0"), "--license is for a folder, which says what it holds."),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(
    founding: Factlog, here: Path, words: tuple[str, ...], problem: str
) -> None:
    (here / "record").mkdir()
    (here / "record" / "notes.txt").write_text("mine")
    (here / "file").write_text("mine")
    (here / "link").symlink_to("record")
    ran = founding("export", *words)
    assert ran.code == 2
    assert problem in ran.err
    assert len(ran.err.splitlines()) == 2
    assert only(here) == {"record", "file", "link"}
    assert contents(here / "record") == {"notes.txt": b"mine"}
    assert (here / "file").read_text() == "mine"


def test_a_folder_that_holds_the_store_is_refused(
    factlog: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "record").mkdir()
    monkeypatch.setenv("FACTLOG_DB", str(here / "record" / "claims.csv"))
    factlog("add", "S", "5", "--source", "A")
    before = contents(here / "record")
    ran = factlog("export", "record/")
    assert ran.code == 2
    assert "it holds a store of claims; nothing was written." in ran.err
    assert contents(here / "record") == before


def test_a_file_that_cannot_be_written_leaves_the_old_export(founding: Factlog, here: Path) -> None:
    founding("export", "record/")
    before = contents(here / "record")
    add(founding, "Somebody", "2025-01-14", "5 killed")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))  # the csv is smaller, Parquet larger
    try:
        ran = founding("export", "record/")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert ran.code != 0
    assert len(ran.err.splitlines()) == 2
    assert contents(here / "record") == before
    assert only(here) == {"record"}


def test_a_wide_parquet_file_is_read(factlog: Factlog, here: Path) -> None:
    claims = {"subject": ["A"], "source": ["S"], "measure": ["killed"], "value": ["3"]}
    more = {f"column {number}": ["x"] for number in range(1_500)}
    pyarrow.parquet.write_table(pyarrow.table(claims | more), here / "wide.parquet")
    done = factlog("import", "wide.parquet")
    assert (done.code, done.out) == (0, "Recorded 1 claim from wide.parquet.\n")
