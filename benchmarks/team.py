"""What a store in PostgreSQL costs, against one in a file in the same run.

Run: python benchmarks/team.py [CLAIMS]

The record is that of generating.py, 100,000 claims unless told. The server is one of this script's
own, on a socket of this machine, and keeps what it acknowledges (fsync on) as a file does: what a
network adds is a round trip for each question, which is printed as what a `select 1` takes here.
Each line gives seconds on the clock for the file and for the server, and the ratio of the two,
which is what to take from a machine that others use. The imports, the many writers and the copies
are measured once; all else three times in turn, of which the middle one counts, so that the file's
`compare --only conflict` is one that starts from its last answer. Copies are told by where they
go to.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import generating

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from factlog.claim import Claim, Estimate, Hedge, Statement
from factlog.store import Store
from support.postgres import running

NOW = datetime(2025, 1, 1, tzinfo=UTC)
_ADDS = 200
_ROUNDS = 3
_WRITERS = 8


def fresh() -> str:
    """A source that has said nothing yet, so that what it says is new."""
    return f"source {next(_sources)}"


_sources = count()


def clocked(act: Callable[[], object]) -> float:
    """Seconds on the clock."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def told(what: str, file: float, server: float) -> None:
    print(f"{what:58} {file:9.3f} {server:9.3f} {server / file:7.2f}", flush=True)


def command(place: str, *words: str) -> Callable[[], object]:
    """What a person types, whole: with the program's start."""
    line = [sys.executable, "-m", "factlog", "--db", place, *words]
    return lambda: subprocess.run(line, check=True, capture_output=True)


def adds(place: str, who: str, many: int = _ADDS) -> list[float]:
    """Seconds that each of many claims takes to be recorded through one open store."""
    found = []
    with Store.open(place, create=True) as store:
        for number in range(many):
            estimate = Estimate(Hedge.EXACT, best=Decimal(number))
            claim = Claim(Statement("Adding", who), str(number), estimate, "killed")
            found.append(clocked(lambda: store.add([claim], now=NOW)))  # noqa: B023
    return found


def together(place: str) -> float:
    """Seconds for so many writers to record so many claims each, all at once."""
    code = "import sys, team; team.adds(sys.argv[1], sys.argv[2])"
    lines = [[sys.executable, "-c", code, place, f"writer {who}"] for who in range(_WRITERS)]
    with ThreadPoolExecutor(_WRITERS) as pool:
        return clocked(
            lambda: list(
                pool.map(
                    lambda line: subprocess.run(line, check=True, cwd=Path(__file__).parent), lines
                )
            )
        )


def questions(place: str, act: Callable[[Store], object]) -> int:
    """How often a server is asked something, once the store is open."""
    asked = 0
    with Store.open(place) as store:
        connection: Any = store._connection
        server = connection._server
        execute = server.execute

        def counting(*words: object, **named: object) -> object:
            nonlocal asked
            asked += 1
            return execute(*words, **named)

        server.execute = counting
        act(store)
    return asked


def both(what: str, act: Callable[[str], float], places: tuple[str, str], rounds: int) -> None:
    """Measure one after the other, in turn, and tell the middle of each."""
    found: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for place, times in zip(places, found, strict=True):
            times.append(act(place))
    told(what, *(statistics.median(each) for each in found))


def measured(places: tuple[str, str], csv: Path) -> None:
    """Everything, on a file and on a server."""
    subject = f"{generating._PLACES[0]} district 000000"
    both("import of the record", lambda p: clocked(command(p, "import", str(csv))), places, 1)
    both(
        "the same again, which adds nothing",
        lambda p: clocked(command(p, "import", str(csv))),
        places,
        1,
    )
    both("one claim, store open", lambda p: statistics.median(adds(p, fresh())), places, _ROUNDS)
    both(
        f"one claim, the slowest but one of {_ADDS}",
        lambda p: sorted(adds(p, fresh()))[-2],
        places,
        _ROUNDS,
    )
    both(f"{_WRITERS} writers x {_ADDS} claims at once", together, places, 1)
    for what, words in {
        "factlog add, whole": ("add", "Adding", "7 killed", "--source", "typed"),
        "factlog compare SUBJECT, whole": ("compare", subject),
        "factlog list --search, whole": ("list", "--search", "000000"),
        "factlog compare --only conflict -f csv": ("compare", "--only", "conflict", "-f", "csv"),
        "factlog export": ("export", "-f", "csv"),
        "factlog log --verify": ("log", "--verify"),
    }.items():
        both(what, lambda p: clocked(command(p, *words)), places, _ROUNDS)  # noqa: B023


def main(claims: int) -> None:
    """Make a record, a file and a server, and measure both."""
    with tempfile.TemporaryDirectory() as folder, running(durable=True) as cluster:
        csv = Path(folder) / "claims.csv"
        generating.write(csv, claims)
        places = (str(Path(folder) / "facts.db"), cluster.url(cluster.database()))
        for place in places:
            Store.open(place, create=True).close()
        with Store.open(places[1]) as store:
            trips = [clocked(lambda: store._connection.value("select 1")) for _ in range(1000)]
        print(
            f"{claims:,} claims; a question and its answer: {statistics.median(trips) * 1e6:.0f} us"
        )
        one = Claim(
            Statement("Adding", "one"), "7", Estimate(Hedge.EXACT, best=Decimal(7)), "killed"
        )
        more = replace(one, said="8", estimate=Estimate(Hedge.EXACT, best=Decimal(8)))
        first = questions(places[1], lambda store: store.add([one], now=NOW))
        then = questions(places[1], lambda store: store.add([more], now=NOW))
        told_of = questions(places[1], lambda store: list(store.claims(subject="Adding")))
        print(
            f"questions to record a claim of new names: {first}, of known: {then}; "
            f"to read a subject: {told_of}"
        )
        print(f"{'':58} {'file, s':>9} {'server, s':>9} {'ratio':>7}")
        measured(places, csv)
        code = "import sys; from pathlib import Path; from factlog.store.copying import copy; "
        code += "from factlog.store.address import place_of as at; copy(*map(at, sys.argv[1:]))"
        empty, back = cluster.url(cluster.database()), str(Path(folder) / "back.db")
        line = [sys.executable, "-c", code]
        there = clocked(lambda: subprocess.run([*line, places[0], empty], check=True))
        again = clocked(lambda: subprocess.run([*line, empty, back], check=True))
        told("factlog copy of the record, into a file and into a server", again, there)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
