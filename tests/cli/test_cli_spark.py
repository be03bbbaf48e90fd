"""Parquet files compared by Spark: byte for byte as on one machine, whatever befalls workers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

import factlog
from factlog.policy import POLICIES, Policy
from factlog.store import Store
from factlog.store import parquet as writing
from factlog.store.spark_lake import SparkLake
from support.boundaries import DEFINED
from support.person import Factlog, Ran
from support.spark import Cluster, children, local_session, needed, until
from support.stores import NOW, later, new_store, various

FACTLOG = (sys.executable, "-m", "factlog", "compare", "--engine", "spark")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One Spark in this process for all that is compared in it."""
    with local_session() as session:
        yield session


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A record of claims of every form, with its Parquet file beside it."""
    with new_store(tmp_path_factory.mktemp("spark")) as made:
        for measure in DEFINED:
            made.set_measure(measure, now=NOW)
        made.add_many(various(1200), now=later(1))
        made.rename("source", "A", "Agency", now=later(2))
        made.retract(5, "mistyped", now=later(3))
        writing.write(made.path.with_name("all.parquet"), made.claims(), made.claims(as_given=True))
        yield made


@pytest.fixture
def lake(record: Store, factlog: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch) -> Factlog:
    """A folder with that file, in which its record is the store."""
    monkeypatch.setenv("FACTLOG_DB", str(record.path))
    shutil.copy(record.path.with_name("all.parquet"), here)
    return factlog


def by(engine: str, lake: Factlog, *words: str) -> Ran:
    return lake("compare", "--engine", engine, *words)


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    "words",
    [
        ("-f", "csv"),
        ("-f", "tsv", "--only", "conflict", "--source", "agency"),
        ("-f", "jsonl", "--check", "--since", "2024-01-01"),
        ("-f", "csv", "--wide", "--policy", "strict"),
        ("-f", "csv", "--only", "conflict"),
        ("-f", "csv", "--copies-as-one", "--as-of", "2024-06-01"),
        (),
        ("--full", "--history", "--only", "near", "--measure", "kiled"),
        ("-f", "json", "--limit", "0", "--check"),
        ("-f", "md", "--tolerance", "5%"),
        ("--subject", "place 7", "--subject", "Place 8", "-f", "csv"),
        ("--subject", "Plaice 8", "--check"),
        ("-f", "jsonl", "--only", "conflict", "--source", "agency"),
        ("-f", "csv", "--wide", "--only", "conflict", "--policy", "strict"),
    ],
    ids=" ".join,
)
def test_spark_says_what_one_machine_says(lake: Factlog, words: tuple[str, ...]) -> None:
    found = by("spark", lake, "all.parquet", *words)
    assert found == by("duckdb", lake, "all.parquet", *words)
    assert found == lake("compare", *words)


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    "words",
    [("--measure", "nonsense"), ("--basis", "official", "-f", "csv")],
    ids=" ".join,
)
def test_spark_refuses_what_one_machine_refuses(lake: Factlog, words: tuple[str, ...]) -> None:
    found = by("spark", lake, "all.parquet", *words)
    assert (found.code, len(found.err.splitlines())) == (2, 2)
    assert found == by("duckdb", lake, "all.parquet", *words)


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_the_workers_pass_over_the_subjects_that_one_machine_does(
    record: Store, policy: Policy
) -> None:
    file = record.path.with_name("all.parquet")
    measures, sent = record.measures(), [Path(factlog.__file__).parent]
    with (
        SparkLake([str(file)], measures, "local[2]", sent) as lake,
        writing.Lake([file], measures) as other,
    ):
        found = list(lake.by_subject(policy))
        assert found == list(other.by_subject(policy))
        assert len(found) < len(list(record.by_subject()))


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_subjects_without_a_conflict_are_not_taken_for_nothing(lake: Factlog) -> None:
    said = ("Aleppo", "5 killed", "--source", "Agency", "--as-of", "2024-01-05")
    assert lake("--db", "calm.db", "add", *said).code == 0
    assert lake("--db", "calm.db", "export", "calm.parquet").code == 0
    for shape in ("csv", "jsonl"):
        for since, code in (("2020", 0), ("2090", 2)):
            words = ("calm.parquet", "--only", "conflict", "-f", shape, "--since", since)
            found = by("spark", lake, *words)
            assert found.code == code, found.err
            assert found == by("duckdb", lake, *words)
    whole = parquet.read_table("all.parquet")
    strange = changed(whole, "stated_low", pa.array([float("nan")] * len(whole)))
    parquet.write_table(strange, "strange.parquet")
    judged = by("spark", lake, "strange.parquet", "--only", "conflict", "-f", "csv")
    assert judged == by("spark", lake, "all.parquet", "--only", "conflict", "-f", "csv")


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_files_are_written_whole(lake: Factlog, here: Path) -> None:
    for engine in ("spark", "duckdb"):
        for suffix in ("jsonl", "xlsx"):
            assert by(engine, lake, "all.parquet", "-o", f"{engine}.{suffix}") == Ran(0, "", "")
    assert (here / "spark.jsonl").read_bytes() == (here / "duckdb.jsonl").read_bytes()
    ours, theirs = (
        [
            [[cell.value for cell in row] for row in sheet.iter_rows()]
            for sheet in openpyxl.load_workbook(f"{engine}.xlsx")
        ]
        for engine in ("spark", "duckdb")
    )
    assert ours == theirs


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_every_claim_comes_back_as_it_was(record: Store) -> None:
    file = str(record.path.with_name("all.parquet"))
    with SparkLake([file], record.measures(), "local[2]", [Path(factlog.__file__).parent]) as lake:
        assert list(lake.claims()) == list(record.claims())
        assert list(lake.claims(as_given=True)) == list(record.claims(as_given=True))
        assert list(lake.claims(subject="PLACE  7")) == list(record.claims(subject="Place 7"))
        assert list(lake.by_subject()) == list(record.by_subject())


def changed(table: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(column), column, values)


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_files_of_any_name_and_type_are_one_record(lake: Factlog, here: Path) -> None:
    whole = parquet.read_table("all.parquet")
    bare = whole.slice(50, 100).drop_columns(["subject_name", "measure_name", "source_name"])
    made = {
        "it's two [1] {a,b} *?.parquet": whole.slice(0, 80),
        "narrow.parquet": changed(whole, "id", whole["id"].cast(pa.int32())).slice(60, 90),
        "bytes.parquet": changed(whole, "said", whole["said"].cast(pa.binary())).slice(80, 20),
        "moments.parquet": changed(
            whole, "as_of_first", whole["as_of_first"].cast(pa.timestamp("us", "UTC"))
        ).slice(100, 20),
        "bare.parquet": changed(bare, "url", pa.nulls(100)),
        "evil.parquet": changed(
            whole.slice(0, 40), "source_name", pa.array(["\x1b[31m\0\u202e\r\n${jndi:x}"] * 40)
        ),
        "huge.parquet": changed(whole.slice(0, 9), "quote", pa.array(["x" * 2_000_000] * 9)),
    }
    for name, table in made.items():
        parquet.write_table(table, name)
    for files in (
        [*made],
        [*made][::-1],
        ["all.parquet", "./all.parquet", "narrow.parquet"],
        ["evil.parquet"],
    ):
        assert by("spark", lake, *files, "-f", "csv") == by("duckdb", lake, *files, "-f", "csv")
        assert by("spark", lake, *files) == by("duckdb", lake, *files)
    address = (here / "all.parquet").as_uri()
    assert by("spark", lake, address, "-f", "csv") == by("duckdb", lake, "all.parquet", "-f", "csv")
    named = whole.drop_columns(["source", "source_name"])
    (here / "claims" / "source=007").mkdir(parents=True)
    parquet.write_table(named, "claims/source=007/part.parquet")
    for name in ("source", "source_name"):
        whole = changed(whole, name, pa.array(["007"] * whole.num_rows))
    parquet.write_table(whole, "said.parquet")
    folder = (here / "claims").as_uri()
    assert by("spark", lake, folder, "-f", "csv") == by("duckdb", lake, "said.parquet", "-f", "csv")


@pytest.mark.slow
@pytest.mark.usefixtures("spark")
def test_what_is_no_file_of_claims_is_refused(lake: Factlog, here: Path) -> None:
    whole = parquet.read_table("all.parquet").slice(0, 60)
    every = whole.num_rows
    columns = {
        "best": pa.array(["lots"] * every),
        "hedge": pa.array(["surely"] * every),
        "as_of_first": pa.array(["never"] * every),
        "id": pa.array(["first"] * every),
        "note": pa.array([b"\xff"] * every),
        "uid": pa.nulls(every, pa.string()),
    }
    for name, values in columns.items():
        parquet.write_table(changed(whole, name, values), f"{name}.parquet")
    big = pa.DictionaryArray.from_arrays(pa.array([0] * every), pa.array(["x" * 9_000_000]))
    parquet.write_table(changed(whole, "quote", big), "bomb.parquet", compression="zstd")
    parquet.write_table(pa.table({"subject": ["a"]}), "other.parquet")
    (here / "text.parquet").write_text("subject,value\n")
    (here / "cut.parquet").write_bytes((here / "all.parquet").read_bytes()[:3000])
    (here / "empty.parquet").touch()
    keys = pa.array([str(place % 2) for place in range(every)])
    parquet.write_table(changed(whole, "subject_key", keys), "keys.parquet")
    for file, says in {
        **dict.fromkeys(("best", "hedge"), r'claim 1, ".*", is damaged'),
        "as_of_first": "The value 'never' .* cannot be cast",
        "id": "The value 'first' .* cannot be cast",
        "note": "text that is not in UTF-8",
        "uid": "60 of the rows of uid.parquet lack what every claim has",
        "bomb": "bytes unpack to 540,0",
        "other": "no column id, statement",
        **dict.fromkeys(("text", "cut", "empty"), "it is damaged, or no Parquet file"),
        "nowhere": "There is no file nowhere.parquet",
        "keys": '"Place 0" has more than one subject_key',
    }.items():
        refused = by("spark", lake, f"{file}.parquet")
        assert (refused.code, refused.out) == (2, "")
        assert len(refused.err.splitlines()) == 2
        assert re.search(says, refused.err), refused.err
    for address in ("s3a://bucket/claims", (here / "nowhere").as_uri()):
        refused = by("spark", lake, address)
        assert "Check the address" in refused.err
        assert len(refused.err.splitlines()) == 2


# What is told before Spark starts


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--engine", "spark"), "--engine spark claims.parquet"),
        (("--master", "local[2]"), "--master says where Spark runs, and nothing is asked of Spark"),
        (("--engine", "spark", "x.parquet", "--recorded-by", "1"), "Parquet files have no log"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    founding: Factlog, words: tuple[str, ...], says: str
) -> None:
    refused = founding("compare", *words)
    assert refused.code == 2
    assert says in refused.err


@pytest.fixture
def file(founding: Factlog) -> Factlog:
    assert founding("export", "claims.parquet").code == 0
    return founding


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("script", "says"),
    [
        (None, "Spark runs on Java, and there is none at JAVA_HOME"),
        ("#!/bin/sh\necho 'java version \"1.8.0_392\"' >&2\n", "is Java 8."),
        ("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n", "is Java 11."),
    ],
)
def test_a_java_that_spark_cannot_use_is_told(
    here: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, says: str
) -> None:
    needed()
    monkeypatch.setenv("JAVA_HOME", str(here))
    if script:
        (here / "bin").mkdir()
        (here / "bin" / "java").write_text(script)
        (here / "bin" / "java").chmod(0o755)
    refused = alone("claims.parquet")
    assert says in refused.err
    assert "Install Java 17 or newer" in refused.err
    assert len(refused.err.splitlines()) == 2


def alone(*words: str) -> Ran:
    """Compared by a process of its own, in which there is no Spark yet."""
    done = subprocess.run([*FACTLOG, *words], capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.usefixtures("file")
def test_a_master_that_nobody_answers_as_is_told_soon() -> None:
    needed()
    with socket.create_server(("127.0.0.1", 0)) as made:
        port = made.getsockname()[1]
    for master, says in {
        f"spark://127.0.0.1:{port}": f"spark://127.0.0.1:{port} cannot be reached: ",
        "spark://127.0.0.1": "is no address of a master",
        "spark://127.0.0.1:x": "is no address of a master",
    }.items():
        refused = alone("claims.parquet", "--master", master)
        assert refused.code == 2
        assert says in refused.err
        assert len(refused.err.splitlines()) == 2


# A cluster


@pytest.mark.slow
def test_a_worker_is_killed_in_the_middle_and_nothing_is_lost(
    record: Store, tmp_path: Path
) -> None:
    needed()
    file, out = record.path.with_name("all.parquet"), tmp_path / "out.csv"
    cluster = Cluster(tmp_path, workers=2)
    words = [*FACTLOG, str(file), "-f", "csv", "-o", str(out), "--master", cluster.url]

    def started(workers: int) -> subprocess.Popen[bytes]:
        environment = {**cluster.environment(workers), "FACTLOG_DB": str(record.path)}
        return subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    try:
        absent = [str(cluster.python()), "-c", "import click, factlog"]
        assert (
            "No module named 'factlog'"
            in subprocess.run(
                absent, cwd=tmp_path, capture_output=True, text=True, check=False
            ).stderr
        )
        running = started(2)
        until(lambda: cluster.at_work(cluster.workers[1]) or running.poll() is not None)
        assert not out.exists()
        cluster.kill(cluster.workers[1])
        assert (running.communicate(timeout=300), running.returncode) == ((b"", b""), 0)
        one_machine = [*FACTLOG[:-1], "duckdb", str(file), "-f", "csv"]
        environment = {**os.environ, "FACTLOG_DB": str(record.path)}
        said = subprocess.run(one_machine, env=environment, capture_output=True, check=True)
        assert out.read_bytes() == said.stdout

        out.unlink()
        running = started(1)
        until(lambda: cluster.at_work(cluster.workers[0]) or running.poll() is not None)
        assert any("java" in each for each in children(running.pid))
        running.send_signal(signal.SIGINT)
        shown, told = running.communicate(timeout=300)
        assert (shown, told.strip()) == (b"", b"Interrupted: nothing half-done was kept.")
        assert running.returncode == 130
        until(lambda: not cluster.state()["activeapps"])
        until(lambda: not cluster.at_work(cluster.workers[0]))
        assert not out.exists()
    finally:
        cluster.close()
