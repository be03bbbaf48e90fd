"""How long the desk takes for each of its pages on large records, against an empty one.

Run: python benchmarks/desk.py [CLAIMS] [SUBJECTS]

The pages are asked of the real application, behind its gate, without a network between; what is
told is processor time, which what else runs on the machine does not change, and the time on the
clock beside it. The records: none; one
subject with 10,000 claims of 40 sources over a year, in four measures; and 100,000 subjects of one
claim each. A page is asked for once when the store has just changed, and then again and again:
the median of that is told, and how many times that of the list of an empty store it is. What is
worked out beside the desk is told with the seconds on the clock until it is there, and the
longest that another page took meanwhile. Every template was read once before.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from starlette.testclient import TestClient

from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.store import Store
from factlog.web import Gate, Keys, application

HOST = "127.0.0.1:8000"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
MEASURES = ("killed", "injured", "missing", "displaced")
SOURCES = 40
_REPEATS = 9
PAGES = {
    "list": "/",
    "list, page 50": "/?page=50",
    "search": "/?q=war",
    "sources": "/sources",
    "history": "/history",
    "measures": "/measures",
    "decisions": "/decisions",
    "inbox": "/inbox",
    "subject": "/subject?name=a+war",
    "claims": "/claims?name=a+war",
    "sentences": "/sentences?name=a+war",
    "source": "/source?name=source+1",
}


def claims(number: int, *, subjects: bool) -> Iterator[Claim]:
    """Claims of one subject, a year of figures that rise and wander; or of a subject each."""
    dice = random.Random(4)
    for n in range(number):
        day = dice.randrange(365)
        when = date(2024, 1, 1) + timedelta(days=day)
        about = Decimal(int((20 * day + 1000) * dice.uniform(0.9, 1.1)))
        said = Statement(
            f"war {n}" if subjects else "a war",
            f"source {dice.randrange(SOURCES)}",
            as_of=Period(when.isoformat(), when, when),
        )
        hedge = dice.choice([Hedge.EXACT, Hedge.EXACT, Hedge.ABOUT])
        words = f"about {about}" if hedge is Hedge.ABOUT else f"{about}"
        yield Claim(said, words, Estimate(hedge, best=about), dice.choice(MEASURES))


def opened(path: Path) -> TestClient:
    """A browser that was let in."""
    keys = Keys()
    made = TestClient(Gate(application(path, write=True), keys, {HOST}), base_url=f"http://{HOST}")
    made.get(f"/open?key={keys.link}")
    return made


class Answer(NamedTuple):
    """A page: its milliseconds of processor and on the clock, what it says, and its status."""

    busy: float
    clock: float
    text: str
    status: int


def asked(desk: TestClient, address: str) -> Answer:
    """One page of a desk."""
    busy, clock = time.process_time(), time.perf_counter()
    answer = desk.get(address)
    busy, clock = time.process_time() - busy, time.perf_counter() - clock
    return Answer(busy * 1000, clock * 1000, answer.text, answer.status_code)


def measured(path: Path, floor: dict[str, float]) -> dict[str, float]:
    """Print a line for each page of a store; the medians come back."""
    medians = {}
    with opened(path) as desk:
        for name, address in PAGES.items():
            first = asked(desk, address)
            if first.status != 200:
                continue
            line = f"  {name:15}{first.busy:9.1f} ms first"
            if 'id="waiting"' in first.text:
                seconds, longest = waited(desk, address)
                line += f"; whole after {seconds:.1f} s, others meanwhile {longest:.0f} ms at most"
            times = [asked(desk, address) for _ in range(_REPEATS)]
            medians[name] = statistics.median(each.busy for each in times)
            clock = statistics.median(each.clock for each in times)
            base = floor.get("list", medians["list"])
            print(
                f"{line}; then {medians[name]:7.1f} ms, {clock:.1f} on the clock, "
                f"{medians[name] / base:5.1f} times the empty store's, "
                f"{len(times[-1].text) // 1000:,} kB",
                flush=True,
            )
    return medians


def waited(desk: TestClient, address: str) -> tuple[float, float]:
    """Seconds until a page is whole, and the longest another page took until then."""
    start, longest = time.perf_counter(), 0.0
    while 'id="waiting"' in asked(desk, address).text:
        longest = max(longest, asked(desk, "/measures").busy)
        time.sleep(0.2)
    return time.perf_counter() - start, longest


def main() -> None:
    """Print the table."""
    many, subjects = (int(word) for word in (*sys.argv[1:], "10000", "100000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.db"
        with Store.open(warm, create=True) as store:
            store.add_many(claims(20, subjects=False), now=NOW)
        with opened(warm) as desk:
            for address in PAGES.values():
                asked(desk, address)
        floor: dict[str, float] = {}
        for title, number, each in (
            ("an empty store", 0, False),
            (f"{many:,} claims of one subject", many, False),
            (f"{subjects:,} subjects", subjects, True),
        ):
            path = Path(folder) / f"{number}.db"
            with Store.open(path, create=True) as store:
                if number:
                    store.add_many(claims(number, subjects=each), now=NOW)
            print(f"-- {title}")
            found = measured(path, floor)
            floor = floor or found


if __name__ == "__main__":
    main()
