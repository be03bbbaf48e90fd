"""What a large record costs, against floors on the same data in the same run.

Run: python benchmarks/scale.py [CLAIMS] [CLAIMS]

The record is that of generating.py; 1,000,000 claims unless told. A second, larger number
repeats the comparing on a record of that size and says how the cost grew. The floors are a
bare executemany of the same rows into a copy of factlog's own tables and indexes, the command
`sqlite-utils insert` on the same file, plain SQL that finds the lowest and highest value of
each subject (from the tables, and through the view claim_flat), and a store of one claim.

Each line gives seconds on the clock and of processors, and so each ratio: on a machine that others
use, take the second. A comparison is measured three times: the first, the same again, of which the
answer is kept, and the next after one claim more, when one part is judged anew. Up to 100,000
claims, it says what `compare`, `compare --full` and `report` of every subject take, and what
`merge` of as many claims costs against importing them, into the same store and into an empty one.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import generating

from factlog.names import close
from factlog.store import Store
from factlog.store.connection import inserting
from factlog.store.schema import COLUMNS
from factlog.store.text_index import Index

FACTLOG = (sys.executable, "-m", "factlog")
TABLES = ("subject", "source", "measure", "statement", "claim")
_AT_ONCE = 50_000
_REPEATS = 7
_WHOLE = 100_000  # claims, beyond which nobody has all of them told at once
_BY_TABLES = """
select s.subject_id, min(c.stated_low), max(c.stated_high)
from claim c join statement s on s.id = c.statement_id group by s.subject_id
"""
_BY_VIEW = "select subject, min(stated_low), max(stated_high) from claim_flat group by subject"


class Cost(NamedTuple):
    """Seconds a command took on the clock and of processors, and the most MB one process held."""

    seconds: float
    processor: float
    memory: int


def ran(*words: str | Path) -> Cost:
    """What a command costs, with all the processes it starts."""
    start = time.perf_counter()
    running = subprocess.Popen([*map(str, words)], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} left with {running.returncode}")
    return Cost(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def factlog(store: Path, *words: str | Path) -> Cost:
    """The same for factlog on a store."""
    return ran(*FACTLOG, "--db", store, *words)


def told(what: str, seconds: float, more: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:44}{seconds:9.2f} s  {more}", flush=True)


def held(what: str, cost: Cost, floor: Cost) -> None:
    """Print what a floor costs, and how many times that a command takes."""
    clock, processor = cost.seconds / floor.seconds, cost.processor / floor.processor
    told(what, floor.seconds, f"{clock:.2f} times that; {processor:.2f} times its processor time")


def spent(cost: Cost) -> str:
    """What a command took besides time on the clock."""
    return f"{cost.processor:.2f} s of processors, peak {cost.memory} MB"


def timed() -> tuple[float, float]:
    """The clock, and the processor time of this process."""
    return time.perf_counter(), time.process_time()


def bare(store: Path, folder: Path) -> Cost:
    """What executemany alone costs, of every row of a store into a copy of its tables."""
    with (
        closing(sqlite3.connect(store)) as source,
        closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as copy,
    ):
        sql = (
            "select sql from sqlite_master where sql is not null and name not like '%\\_words\\_%'"
        )
        for (made,) in source.execute(sql + " escape '\\'"):
            copy.execute(made)
        copy.execute("pragma cache_size = -65536")  # as an import has it
        copy.execute("begin")
        taken = [each for table in TABLES for each in _copied(source, copy, table)]
        start = timed()
        copy.execute("commit")
        taken.append(_since(start))
        return Cost(sum(clock for clock, _ in taken), sum(used for _, used in taken), 0)


def _since(start: tuple[float, float]) -> tuple[float, float]:
    now = timed()
    return now[0] - start[0], now[1] - start[1]


Rows = Sequence[Sequence[object]]


def _noted(told: list[tuple[str, Rows]], table: str, columns: Sequence[str], rows: Rows) -> None:
    told.append((inserting(table, columns), rows))


def _copied(
    source: sqlite3.Connection, copy: sqlite3.Connection, table: str
) -> Iterator[tuple[float, float]]:
    columns, index = COLUMNS[table], Index(COLUMNS)
    into = f"insert into {table} values ({', '.join('?' * len(columns))})"
    read = source.execute(f"select {', '.join(columns)} from {table} order by id")
    while rows := read.fetchmany(_AT_ONCE):
        worded: list[tuple[str, Rows]] = []
        index.take(partial(_noted, worded), table, rows)
        start = timed()
        copy.executemany(into, rows)
        for each in worded:
            copy.executemany(*each)
        yield _since(start)


def importing(claims: int, folder: Path) -> Path:
    """Print what an import costs; the store it made comes back."""
    file, store = folder / "claims.csv", folder / "large.db"
    generating.write(file, claims)
    cost = factlog(store, "import", file)
    told(f"import {claims:,} rows", cost.seconds, spent(cost))
    words = subprocess.check_output([sys.executable, __file__, "bare", store, folder], text=True)
    seconds, processor = map(float, words.split())
    held("  bare executemany", cost, Cost(seconds, processor, 0))
    peer = ran(sys.executable, "-m", "sqlite_utils", "insert", folder / "peer.db", "c", file,
               "--csv")  # fmt: skip
    held("  sqlite-utils insert", cost, peer)
    for name in ("bare.db", "peer.db"):
        (folder / name).unlink()
    return store


def comparing(store: Path, folder: Path) -> Cost:
    """Print what comparing every subject costs; that of finding the conflicts comes back."""
    words = ("compare", "-f", "csv", "-o", folder / "out.csv")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    cost, again = (factlog(store, *words, "--only", "conflict") for _ in range(2))
    told("compare --only conflict -f csv", cost.seconds, spent(cost))
    with closing(sqlite3.connect(store)) as asked:
        for what, sql in (("the view", _BY_VIEW), ("the tables", _BY_TABLES)):
            floor = min(_asked(asked, sql) for _ in range(2))
            held(f"  SQL lowest and highest, {what}", cost, floor)
    told("  the same again", again.seconds, spent(again))
    factlog(store, "add", "Ashford district 000000", "300 killed", "--source", "Agency 0001")
    again = factlog(store, *words, "--only", "conflict")
    told("  after one claim more", again.seconds, spent(again))
    whole = factlog(store, *words)
    told("compare -f csv, every subject judged", whole.seconds, spent(whole))
    return cost


def _asked(connection: sqlite3.Connection, sql: str) -> Cost:
    start = timed()
    for _row in connection.execute(sql):
        pass
    return Cost(*_since(start), 0)


def every_subject(store: Path, folder: Path) -> None:
    """Print what commands that tell of every subject cost, and the most memory of a process."""
    page = folder / "out.html"
    for words in (("compare",), ("compare", "--full"), ("report", "-o", page)):
        cost = factlog(store, *words)
        what = " ".join(word for word in words if isinstance(word, str) and word != "-o")
        told(f"{what}, every subject", cost.seconds, spent(cost))


def merging(store: Path, claims: int, folder: Path) -> None:
    """Print what taking in as many other claims costs, against importing those."""
    file, theirs, same = folder / "others.csv", folder / "theirs.db", folder / "same.db"
    generating.write(file, claims, seed=7)
    shutil.copy(store, same)
    imported = factlog(theirs, "import", file)
    beside, merged = factlog(same, "import", file), factlog(store, "merge", theirs)
    told(f"merge {claims:,} claims", merged.seconds, spent(merged))
    held("  importing them into the same store", merged, beside)
    held("  importing them into an empty one", merged, imported)


def one_subject(store: Path, folder: Path) -> None:
    """Print what commands about one subject cost, against a store of one claim."""
    small = folder / "small.db"
    with Store.open(store) as opened:
        name = opened.claim(1).statement.subject
    add = ("add", name, "300", "--source", "Agency 0001", "--as-of", "2024-06-01")
    factlog(small, *add)
    for words in (("compare", name), ("list", "--subject", name), add):
        large, tiny = (
            statistics.median(factlog(each, *words).seconds for _ in range(_REPEATS))
            for each in (store, small)
        )
        told(f"{words[0]} of one subject", large, f"{large / tiny:.2f} times that of a tiny store")
    told("list --search", statistics.median(factlog(store, "list", "--search", name).seconds
                                            for _ in range(3)))  # fmt: skip


def spelling(store: Path) -> None:
    """Print how long close spellings take to find among all subjects."""
    dice, times, found = random.Random(1), [], 0
    close("warm", ["worm"])
    with Store.open(store) as opened:
        last = opened.parts(1)[-1][0]
        names = [next(next(opened.by_part([(row, row)])))[0].statement.subject
                 for row in dice.sample(range(1, last), 60)]  # fmt: skip
        for name in names:
            at = dice.randrange(len(name))
            typed = name[:at] + dice.choice("xyz") + name[at + 1 :]
            start = time.perf_counter()
            found += name in close(typed, opened.candidates("subject", typed), limit=5)
            times.append(time.perf_counter() - start)
    told(f"a close spelling among {last:,} subjects", max(times), f"slowest; {found} of 60 found")


def elsewhere(store: Path, folder: Path) -> None:
    """Print what export costs, and comparing in Parquet files by DuckDB."""
    for name in ("out.csv", "claims.parquet"):
        cost = factlog(store, "export", folder / name)
        told(f"export {name}", cost.seconds, f"peak {cost.memory} MB")
    words = ("--engine", "duckdb", folder / "claims.parquet", "--only", "conflict", "-f", "csv")
    cost = factlog(store, "compare", *words, "-o", folder / "out.csv")
    told("compare --engine duckdb --only conflict", cost.seconds, f"peak {cost.memory} MB")


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["bare"]:  # on its own, as what it holds would count for the others
        print(*bare(Path(sys.argv[2]), Path(sys.argv[3]))[:2])
        return
    sizes = [int(word) for word in sys.argv[1:]] or [1_000_000]
    before: Cost | None = None
    for claims in sizes:
        print(f"-- {claims:,} claims of {claims // generating.EACH:,} subjects")
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            store = importing(claims, folder)
            cost = comparing(store, folder)
            if before is not None:
                clock, processor = (
                    cost.seconds / before.seconds,
                    cost.processor / before.processor,
                )
                print(
                    f"  {claims / sizes[0]:.0f} times the claims: {clock:.2f} times as long, "
                    f"{processor:.2f} times the processor time"
                )
            before = before or cost
            one_subject(store, folder)
            spelling(store)
            elsewhere(store, folder)
            if claims <= _WHOLE:
                every_subject(store, folder)
                merging(store, claims, folder)


if __name__ == "__main__":
    main()
