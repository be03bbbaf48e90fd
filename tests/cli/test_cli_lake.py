"""Parquet files: written by export, compared by an engine, as a person would."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from support.person import SUBJECT, Factlog


@pytest.fixture
def written(founding: Factlog) -> Factlog:
    assert founding("export", "claims.parquet").code == 0
    return founding


def test_the_engine_says_what_the_store_says(written: Factlog) -> None:
    for shape in ("csv", "json", "jsonl", "md"):
        ours = written("compare", "-f", shape)
        theirs = written("compare", "--engine", "duckdb", "claims.parquet", "-f", shape)
        assert theirs == ours
    table = written(
        "compare", "--engine", "duckdb", "claims.parquet", "--subject", SUBJECT, "--full"
    )
    assert "CONFLICT backwards" in table.out


def test_only_conflicts_and_check(written: Factlog) -> None:
    words = ("compare", "--engine", "duckdb", "claims.parquet", "-f", "csv", "--only", "conflict")
    assert len(written(*words).out.splitlines()) == 3
    assert written(*words, "--check").code == 1
    assert written(*words, "--source", "Volodymyr Zelenskyy").out.count("\n") == 1


def test_a_close_spelling_is_taken(written: Factlog) -> None:
    near = SUBJECT.replace("Korean", "Koraen")
    found = written("compare", "--engine", "duckdb", "claims.parquet", "--subject", near)
    assert "taken for" in found.err
    assert "CONFLICT" in found.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("compare", "--engine", "duckdb"), "none is named"),
        (("compare", "--engine", "duckdb", "nowhere.parquet"), "There is no file"),
        (("compare", "--engine", "duckdb", "facts.db"), "cannot be read as claims"),
        (("export", "-f", "parquet"), "not written to the screen"),
        (("export", "nowhere/claims.parquet"), "folder that does not exist"),
        (("export", "facts.db", "-f", "parquet"), "is the store itself"),
        (("export", "/dev/null", "-f", "parquet"), "not a regular file"),
    ],
)
def test_what_cannot_be_is_said_in_two_lines(
    written: Factlog, words: tuple[str, ...], says: str
) -> None:
    refused = written(*words)
    assert refused.code == 2
    assert says in refused.err
    assert len(refused.err.strip().splitlines()) == 2
    assert not refused.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--subject", "nobody"), "See those in the files: leave out --subject.\n"),
        (("--source", "nobody"), "See those in the files: leave out --source.\n"),
        (("--measure", "nobody"), "See those in the files: leave out --measure.\n"),
        (("--since", "2090"), "Name files that hold more, or ask for less.\n"),
        (("--since", "2090", "-f", "csv"), "Name files that hold more, or ask for less.\n"),
    ],
)
def test_what_is_not_in_the_files_is_not_looked_for_in_the_store(
    written: Factlog, words: tuple[str, ...], says: str
) -> None:
    refused = written("compare", "--engine", "duckdb", "claims.parquet", *words)
    assert refused.code == 2
    assert refused.err.endswith(says)


def test_subject_option_names_subjects_of_the_store_too(founding: Factlog) -> None:
    assert founding("compare", "--subject", SUBJECT).out == founding("compare", SUBJECT).out


def test_an_export_leaves_the_old_file_when_it_fails(written: Factlog, here: Path) -> None:
    before = (here / "claims.parquet").read_bytes()
    assert written("export", "claims.parquet", "--subject", "nobody knows").code == 2
    assert (here / "claims.parquet").read_bytes() == before
    assert not list(here.glob(".*part"))


MEASURED = """
import sys
from factlog.cli.main import run
print(run(sys.argv[1:]), open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
"""


def bomb(times: int, **given: str) -> None:
    """The first claim of a file, over and over, with other texts in some columns."""
    first = parquet.read_table("claims.parquet").slice(0, 1)
    places = pa.Array.from_buffers(pa.int8(), times, [None, pa.py_buffer(bytes(times))])
    columns = {}
    for name in first.column_names:
        value = pa.array([given[name]]) if name in given else first[name].combine_chunks()
        columns[name] = pa.DictionaryArray.from_arrays(places, value)
        if not value[0].is_valid:
            columns[name] = pa.nulls(times, value.type)
    parquet.write_table(pa.table(columns), "bomb.parquet", compression="zstd")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("times", "given", "says"),
    [
        (3_000_000, {}, "it has 3,000,000 rows in"),
        (5, {"quote": "x" * 100_000_000}, "bytes unpack to 1"),
        (400, {"quote": "x" * 20_000_000}, "bytes unpack to 8,00"),
    ],
)
def test_a_file_that_swells_is_refused(
    written: Factlog, here: Path, times: int, given: dict[str, str], says: str
) -> None:
    assert written("list").code == 0
    bomb(times, **given)
    assert (here / "bomb.parquet").stat().st_size < 500_000
    words = [sys.executable, "-c", MEASURED, "compare", "--engine", "duckdb", "bomb.parquet"]
    done = subprocess.run(words, capture_output=True, check=True, text=True)
    code, peak = done.stdout.split()
    assert says in done.stderr
    assert (code, len(done.stderr.splitlines())) == ("2", 2)
    assert int(peak) < 400_000


def test_a_parquet_file_of_ours_is_imported_back(written: Factlog) -> None:
    ran = written("--db", "other.db", "import", "claims.parquet")
    assert ran.out == "Recorded 3 claims from claims.parquet.\n"
    back = written("--db", "other.db", "export", "-f", "csv")
    assert back.out == written("export", "-f", "csv").out


def test_a_parquet_file_of_any_program_is_imported_by_its_columns(
    factlog: Factlog, here: Path
) -> None:
    columns = {
        "place": ["Raid", "Raid", "Raid"],
        "source": ["Seoul", "Kyiv", "Oslo"],
        "value": pa.array([300.0, None, float("nan")]),
        "low": pa.array([None, 0.1, 2.5], pa.float32()),
        "as_of": pa.array([date(2025, 1, 13)] * 3),
    }
    parquet.write_table(pa.table(columns), here / "table.parquet")
    ran = factlog("import", "table.parquet", "--map", "subject=place")
    assert (ran.out, ran.err) == ("Recorded 3 claims from table.parquet.\n", "")
    rows = factlog("export", "-f", "csv").out.splitlines()[1:]
    assert [row.split(",")[3] for row in rows] == ["300", "at least 0.1", "at least 2.5"]
    assert all("2025-01-13" in row for row in rows)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("text.parquet",), "text.parquet cannot be read as claims: "),
        (("swollen.parquet",), "swollen.parquet cannot be read as claims: it"),
        (("-", "-f", "parquet"), "A Parquet file is not read from standard input."),
        (("swollen.parquet", "--sheet", "1"), "A Parquet file has no sheets."),
    ],
)
def test_a_parquet_file_that_cannot_be_imported_is_refused(
    factlog: Factlog, here: Path, words: tuple[str, ...], told: str
) -> None:
    (here / "text.parquet").write_text("subject,source,value\n")
    words_of_one = pa.array(["x" * 1_000_000]).dictionary_encode()
    many = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000), words_of_one.dictionary)
    parquet.write_table(pa.table({"subject": many}), here / "swollen.parquet")
    ran = factlog("import", *words)
    assert ran.code == 2
    assert ran.err.startswith(told)
    assert len(ran.err.splitlines()) == 2


def test_who_is_cited_by_another_of_his_names_is_the_same_voice_there(factlog: Factlog) -> None:
    factlog("add", "Fire", "5 killed", "--source", "Agency")
    factlog("source", "alias", "Agency", "The Agency")
    factlog("add", "Fire", "9 killed", "--source", "Paper", "--origin", "The Agency")
    factlog("add", "Fire", "7 killed", "--source", "Radio")
    factlog("export", "claims.parquet")
    ours = factlog("compare", "-f", "json")
    assert "echo" in ours.out
    assert factlog("compare", "--engine", "duckdb", "claims.parquet", "-f", "json") == ours
    factlog("--db", "again.db", "import", "claims.parquet")
    assert "The Agency" in factlog("--db", "again.db", "export", "-f", "csv").out
