"""What the processes that the tests start do to a store: -m support.store_work DEED PATH"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from factlog.claim import Claim, Estimate, Hedge, Statement
from factlog.store import Store, opening
from support.later_schema import NEXT
from support.stores import NOW

# What one acknowledged deed leaves on standard output.
DONE = "done"


def claims(who: str, count: int) -> Iterator[Claim]:
    for number in range(count):
        estimate = Estimate(Hedge.EXACT, best=Decimal(number))
        yield Claim(Statement("Many hands", who), f"{who} {number}", estimate, "killed")


def acknowledge(what: str) -> None:
    sys.stdout.write(f"{DONE} {what}\n")
    sys.stdout.flush()


def add_one_by_one(path: str, who: str, count: str) -> None:
    """Open the store anew for each claim, as a command does."""
    for claim in claims(who, int(count)):
        with Store.open(path, create=True) as store:
            recorded = store.add([claim], now=NOW)
        acknowledge(recorded.claims[0].said)


def add_forever(path: str, who: str) -> None:
    add_one_by_one(path, who, str(10**9))


def import_forever(path: str, who: str) -> None:
    """Import runs of 700 claims, one run after the other."""
    for run in range(10**6):
        with Store.open(path, create=True) as store:
            store.add_many(claims(f"{who} {run}", 700), now=NOW)
        acknowledge(f"{who} {run}")


def undo_and_redo_forever(path: str, who: str) -> None:
    for _run in range(10**6):
        with Store.open(path, create=True) as store:
            store.add(claims(who, 50), now=NOW)
            store.undo(now=NOW)


def take_back(path: str, count: str) -> None:
    """Now and then take back whatever was done last, whoever did it."""
    for _time in range(int(count)):
        time.sleep(0.1)
        with Store.open(path) as store:
            acknowledge(str(store.undo(now=NOW).id))


def merge_forever(path: str, other: str) -> None:
    for _run in range(10**6):
        with Store.open(path, create=True) as store, Store.open(other) as taken:
            store.merge(taken, now=NOW)
            if store.count():
                store.undo(now=NOW)


def create(path: str) -> None:
    with Store.open(path, create=True) as store:
        acknowledge(str(store.count()))


def migrate(path: str) -> None:
    """Bring the store up to a schema that is made up here."""
    opening.connect(Path(path), create=False, waiting=None, patience=30, steps=NEXT).close()
    acknowledge("migrated")


def hold(path: str) -> None:
    """Hold the store until told to let go."""
    with Store.open(path) as store, store._connection.writing():
        acknowledge("held")
        sys.stdin.readline()


def look(path: str) -> None:
    """Read in the store, and stay at it until told to let go."""
    with Store.open(path) as store, store.steady():
        store.count()
        acknowledge("looking")
        sys.stdin.readline()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
