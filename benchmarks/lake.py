"""What comparing costs in a store, by DuckDB and by Spark, on the same claims in the same run.

Run: python benchmarks/lake.py [CLAIMS]...

The record is that of generating.py; 100,000 and 500,000 claims unless told. Each line gives seconds
on the clock and of processors, and the most memory that one process held. Spark runs on every core
of this machine; the time of its Python workers is in the clock alone, as the system hands it on to
nobody.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import generating
from scale import factlog, spent, told


def measured(claims: int, folder: Path) -> None:
    """Print what each way costs."""
    store, file, out = (folder / name for name in ("large.db", "claims.parquet", "out.csv"))
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    generating.write(folder / "claims.csv", claims)
    factlog(store, "import", folder / "claims.csv")
    factlog(store, "export", file)
    answers, conflicts = set(), set()
    for engine in ("store", "duckdb", "spark"):
        lake = () if engine == "store" else ("--engine", engine, file)
        cost = factlog(store, "compare", "-f", "csv", *lake, "-o", out)
        told(f"every subject judged, {engine}", cost.seconds, spent(cost))
        answers.add(out.read_bytes())
        screened = factlog(store, "compare", "-f", "csv", *lake, "-o", out, "--only", "conflict")
        told(f"  conflicts alone, {engine}", screened.seconds, spent(screened))
        conflicts.add(out.read_bytes())
    if len(answers) > 1 or len(conflicts) > 1:
        raise SystemExit("they do not say the same")


def main() -> None:
    """Print the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [100_000, 500_000]
    for claims in sizes:
        print(f"-- {claims:,} claims of {claims // generating.EACH:,} subjects", flush=True)
        with tempfile.TemporaryDirectory() as name:
            measured(claims, Path(name))


if __name__ == "__main__":
    main()
