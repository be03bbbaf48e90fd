"""What comparing costs in a store, by DuckDB and by Spark, on the same claims in the same run.

Run: python benchmarks/lake.py [CLAIMS]...

The record is that of generating.py; 100,000 and 500,000 claims unless told. Each line gives seconds
on the clock and of processors, those of all that was started for it included (of what Spark leaves
behind as it ends, too, which needs Linux), and the most memory that one process held. Spark runs
on every core of this machine. The last line takes from two sizes what a claim more costs Spark, and
what it costs to begin.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generating
from scale import FACTLOG, Cost, factlog, spent, told

_SUBREAPER = 36  # of prctl: processes whose parent is gone become children of this one


def ran(store: Path, *words: str | Path) -> Cost:
    """What a command of factlog costs, with all that it started, whoever was to wait for that."""
    start = time.perf_counter()
    running = subprocess.Popen([*FACTLOG, "--db", *map(str, (store, *words))])
    used = [os.wait4(running.pid, 0)[2]]
    running.returncode = 0
    seconds = time.perf_counter() - start
    while True:
        try:
            used.append(os.wait3(0)[2])
        except ChildProcessError:
            break
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    return Cost(seconds, processor, max(each.ru_maxrss for each in used) // 1024)


def measured(claims: int, folder: Path) -> Cost:
    """Print what each way costs; what Spark costs to judge every subject comes back."""
    store, file, out = (folder / name for name in ("large.db", "claims.parquet", "out.csv"))
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    generating.write(folder / "claims.csv", claims)
    factlog(store, "import", folder / "claims.csv")
    factlog(store, "export", file)
    answers = set()
    for engine in ("store", "duckdb", "spark"):
        lake = () if engine == "store" else ("--engine", engine, file)
        cost = ran(store, "compare", "-f", "csv", *lake, "-o", out)
        told(f"every subject judged, {engine}", cost.seconds, spent(cost))
        answers.add(out.read_bytes())
        if engine != "spark":  # which judges every subject for its conflicts, too
            screened = ran(store, "compare", "-f", "csv", *lake, "-o", out, "--only", "conflict")
            told(f"  conflicts alone, {engine}", screened.seconds, spent(screened))
    if len(answers) > 1:
        raise SystemExit("they do not say the same")
    return cost


def main() -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    sizes = [int(word) for word in sys.argv[1:]] or [100_000, 500_000]
    costs = []
    for claims in sizes:
        print(f"-- {claims:,} claims of {claims // generating.EACH:,} subjects", flush=True)
        with tempfile.TemporaryDirectory() as name:
            costs.append(measured(claims, Path(name)))
    if len(sizes) > 1:
        more = (costs[-1].processor - costs[0].processor) / (sizes[-1] - sizes[0])
        begins = costs[0].processor - more * sizes[0]
        print(f"Spark: {begins:.0f} s of processors to begin, {more * 1e6:.0f} s a million claims")


if __name__ == "__main__":
    main()
