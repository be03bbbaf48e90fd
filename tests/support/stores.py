"""Claims and stores for the tests of the store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factlog import dates
from factlog.claim import Claim, Estimate, Hedge, Period, Statement
from factlog.parsing import read
from factlog.policy import Kind, Measure
from factlog.store import Store
from factlog.store.address import Address
from factlog.store.events import canonical, digest
from factlog.store.schema import COLUMNS
from support.boundaries import DATES, SAID, STEPS

if TYPE_CHECKING:
    from support.served import Served

NOW = datetime(2025, 2, 1, 12, 0, tzinfo=UTC)
TROOPS = "North Korean troops in Russia"
SEOUL = "South Korean intelligence"
KYIV = "Volodymyr Zelenskyy"
JANUARY_13 = Period("2025-01-13", date(2025, 1, 13), date(2025, 1, 13))
BY_JANUARY_12 = Period("../2025-01-12", None, date(2025, 1, 12))


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def about(number: int | str, **more: Any) -> Estimate:
    return Estimate(Hedge.ABOUT, best=Decimal(number), **more)


def exactly(number: int | str, unit: str | None = None) -> Estimate:
    return Estimate(Hedge.EXACT, best=Decimal(number), unit=unit)


def claim(
    said: str = "around 300",
    estimate: Estimate | None = None,
    *,
    subject: str = TROOPS,
    source: str = SEOUL,
    measure: str = "killed",
    as_of: Period | None = JANUARY_13,
    published: Period | None = None,
    via: str | None = None,
    url: str | None = None,
    quote: str | None = None,
    **more: Any,
) -> Claim:
    statement = Statement(subject, source, as_of, published, via, url, quote)
    return Claim(statement, said, estimate or about(300), measure, **more)


def founding() -> list[Claim]:
    """The founding story: three claims, two of them one statement."""
    return [
        claim("around 300", about(300)),
        claim("around 2,700", about(2700), measure="injured"),
        claim(
            "about 4,000",
            about(4000),
            measure="casualties",
            source=KYIV,
            as_of=BY_JANUARY_12,
            via="NBC News",
            url="https://example.org/a",
            quote="about 4,000 casualties",
        ),
    ]


Place = Path | Address
served: Served | None = None  # what a test that is run on a server has its stores in


def place(folder: Path, name: str = "factlog.db") -> Place:
    """Where a test has its store: a file, or a database, whichever it is run on."""
    return served.place(folder / name) if served is not None else folder / name


def new_store(folder: Path, name: str = "factlog.db", **options: Any) -> Store:
    made = Store.open(place(folder, name), create=True, **options)
    if served is not None:
        served.opened.append(made)
    return made


def live_in(store: Store, other: Store, many: int) -> None:
    """Do something of every kind in a store, and import so many claims."""
    store.add(founding(), now=NOW)
    store.retract(2, "wrong", now=later(1))
    store.edit(1, claim("310", exactly(310)), now=later(2))
    store.alias("source", SEOUL, "NIS", now=later(3))
    store.set_measure(Measure("killed", Kind.LEVEL, window=3), now=later(4))
    store.rename("source", KYIV, "Zelensky", now=later(5))
    store.undo(now=later(6))
    other.add([claim("9", subject="Elsewhere", quote="nine \\ \t \n died")], now=NOW)
    store.merge(other, now=later(7))
    claims = (claim(str(n), exactly(n), subject="Many") for n in range(many))
    store.add_many(claims, now=later(8), source_file="many.csv")


def rechained(path: Place, change: Callable[[list[list[Any]]], None]) -> None:
    """Forge a whole new log, as somebody who knows how it is made could."""
    columns = "id, at, action, about, undoes, payload, hash"
    rows = [list(row) for row in asked(path, f"select {columns} from event order by id")]
    change(rows)
    before, made = "0" * 64, ["delete from event"]
    for row in rows:
        row[6] = before = sha256((before + str(row[5])).encode()).hexdigest()
        made.append(f"insert into event ({columns}) values ({', '.join(map(_literal, row))})")
    by_hand(path, *made)


def redigested(path: Place) -> None:
    """Forge a new log of the rows as they are now, whatever was done to them by hand."""

    def forge(rows: list[list[Any]]) -> None:
        for row in rows:
            said = json.loads(row[5])
            for table, made in said["rows"].items():
                columns = ", ".join(f'"{each}"' for each in COLUMNS[table])
                run = f"where id between {made['first']} and {made['last']} order by id"
                found = asked(path, f"select {columns} from {table} {run}")
                step = made["step"]
                cut = [found[at : at + step] for at in range(0, len(found), step)]
                made["digests"] = [digest(each[0] if step == 1 else each) for each in cut]
            row[5] = canonical(said)

    rechained(path, forge)


def _literal(value: str | int | None) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "null" if value is None else str(value)


def by_hand(path: Place, *statements: str) -> None:
    """Change a store with plain SQL, behind factlog's back."""
    if isinstance(path, Address):
        from support.served import changed

        changed(path, statements)
        return
    with closing(sqlite3.connect(path)) as raw, raw:
        for statement in statements:
            raw.execute(statement)


def asked(path: Place, sql: str) -> list[Any]:
    """What any program that reads the tables gets."""
    if isinstance(path, Address):
        from support.served import answered

        return answered(path, sql)
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(sql).fetchall()


def words(found: Claim) -> tuple[object, ...]:
    """A claim without what the store adds to it."""
    return (
        *(found.statement, found.said, found.estimate, found.measure),
        *(found.scope, found.origin, found.note),
    )


def various(count: int, seed: int = 8) -> list[Claim]:
    """Claims of every form, about subjects of a few claims each."""
    import random  # here: tests come here as somebody who may not read the library

    dice = random.Random(seed)
    made = []
    for number in range(count):
        figure = read(dice.choice(dice.choice((SAID, STEPS))))
        when = dice.choice(DATES)
        made.append(
            claim(
                figure.said,
                figure.estimate,
                subject=f"Place {number // 3}",
                source=dice.choice("ABC"),
                measure=dice.choice(("killed", "missing", "rainfall", "height", "")),
                as_of=dates.parse(when) if when else None,
                quote="“so it is”, 'they' said" if number % 5 == 0 else None,
                scope=dice.choice((None, None, "north")),
                via="Reuters" if number % 4 == 0 else None,
            )
        )
    return made
