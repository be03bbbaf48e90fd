"""What is worked out of a claim before it is recorded: the same the short way as the long one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from factlog import dates
from factlog.claim import Claim, Estimate, Hedge, Statement, fingerprint, uid_of_words
from factlog.definition import Definition
from factlog.parsing import read
from factlog.store import Store, drafts, named
from factlog.store.connection import Connection
from factlog.store.events import canonical
from factlog.store.rows import figure_values, statement_values
from support.stores import NOW, claim, later

SAID = Statement("Ashford", "Agency 1", dates.parse("2024-01-05"))
BARE = Claim(SAID, "300", read("300").estimate, "killed")
QUOTED = replace(SAID, published=dates.parse("2024-02"), via="Réuters", url="http://x.y", quote="“")
LATER = datetime(2024, 3, 1, 12, tzinfo=UTC)


def _read(words: str) -> Claim:
    found = read(words)
    return Claim(
        *(SAID, found.said, found.estimate, "killed", None, None, None),
        thing=found.thing,
        unit_said=found.unit_said,
    )


def _blank(*names: str) -> list[dict[str, Any]]:
    return [{name: ""} for name in names]


WORDS = (
    *("300", "7", "0", "007", "3,000", "about 300", "around 1,234", "at least 71,640"),
    *("more than 5,000", "fewer than 7", "up to 20", "2,800 to 3,200", "4.5", "4.1234", "0.10"),
    *("999999999999999", "1000000000000000", "123456789012345678901", "about 9007199254740993"),
    *("100,000,000,000,000 to 9,007,199,254,740,993", "3 km", "12%", "300 killed", "nearly 300"),
    *("12 ± 3", "dozens", "1.5 million"),
)
CLAIMS = [
    *map(_read, WORDS),
    replace(BARE, statement=replace(SAID, as_of=None)),
    replace(BARE, statement=replace(SAID, as_of=dates.parse("../2024-01-05"))),
    replace(BARE, statement=QUOTED, measure="", scope="Норд", origin="NGO", note='she said "x"'),
    *(replace(BARE, statement=replace(SAID, **each)) for each in _blank("via", "url", "quote")),
    *(replace(BARE, **each) for each in _blank("scope", "origin", "note", "thing", "unit_said")),
    replace(BARE, estimate=Estimate(Hedge.EXACT, best=Decimal("300.0"))),
    replace(BARE, estimate=Estimate(Hedge.EXACT, best=Decimal("3E+2"))),
    replace(BARE, estimate=Estimate(Hedge.EXACT, best=Decimal(301))),
    replace(BARE, estimate=Estimate(Hedge.ABOUT, best=Decimal(300))),
    replace(BARE, estimate=Estimate(Hedge.EXACT, best=Decimal(300), unit="people")),
]


def _words(made: Claim) -> tuple[str | None, ...]:
    said = made.statement
    days = (period.said if period else None for period in (said.as_of, said.published))
    return (
        *(said.subject, made.measure, said.source, made.said, made.estimate.unit, *days),
        *(said.via, said.url, made.origin, made.scope, said.quote, made.note),
    )


@pytest.mark.parametrize("made", CLAIMS, ids=lambda each: f"{each.said}-{CLAIMS.index(each)}")
def test_a_draft_holds_what_its_rows_will(made: Claim) -> None:
    found = drafts.draft(made)
    assert found.uid == fingerprint(made) == uid_of_words(_words(made))
    assert found.usual == named.as_usual(made)
    long = (statement_values(made.statement), figure_values(made), named.of(made))
    assert (found.statement, found.figure, found.named) == long
    assert [*map(type, found.figure)] == [*map(type, figure_values(made))]
    told = tuple(canonical(each)[1:-1] for each in (found.statement[2:], *long[1:]))
    assert found.told == found.encoded() == told
    assert json.loads(f"[{told[1]}]") == [*found.figure]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"uid": "0" * 32, "recorded": LATER},
        {"definition": Definition.of("UN", "soldiers", None)},
        {"note": "half a character \ud800"},
    ],
)
def test_drafts_are_the_same_behind_a_pipe(more: dict[str, Any]) -> None:
    batch = [*map(drafts.draft, (*CLAIMS, replace(BARE, **more)))]
    found = drafts.unpacked(drafts.packed(batch))
    assert found == batch
    assert {*map(type, found)} == {drafts.Draft}


@pytest.mark.engines
def test_a_draft_without_its_json_is_recorded_alike(tmp_path: Path) -> None:
    heads = []
    for name, told in (("with", True), ("without", False)):
        made = [*map(drafts.draft, CLAIMS[:-5])]
        batch = made if told else [each._replace(told=None) for each in made]
        with Store.open(tmp_path / f"{name}.db", create=True) as store:
            store.add_drafts([batch[:9], batch[9:]], now=NOW, source_file="a.csv")
            assert store.verify().ok
            heads.append(store.head())
    assert heads[0] == heads[1]


def test_what_is_recorded_at_once_is_what_is_recorded_one_by_one(tmp_path: Path) -> None:
    """A claim that does not read so by itself lets its batch be recorded one by one."""
    once = [claim(f"{n}", read(f"{n}").estimate) for n in range(1, 40)]
    unusual = claim("1.234", Estimate(Hedge.EXACT, best=Decimal(1234)))
    heads = []
    for name, batches in (("one", [once, [unusual]]), ("all", [[*once, unusual]])):
        with Store.open(tmp_path / f"{name}.db", create=True) as store:
            made = store.add_drafts([[*map(drafts.draft, each)] for each in batches], now=NOW)
            assert (made.new, made.known) == (40, 0)
            assert store.verify().ok
            heads.append(store.head())
            store.add_many([*once, unusual], now=later(1))
            assert store.count() == 40
    assert heads[0] == heads[1]


BLANKS = (
    *(("a", 1, 0.5), ("", 2, None), (None, None, None), ("b", 0, 5.0), ("é", -(2**62), 1e300)),
    *(("a", None, 0.1), (None, 3, 2.5)),
)


@pytest.mark.parametrize("rows", [BLANKS, BLANKS[2:3], BLANKS[3:], BLANKS[-2:]])
@pytest.mark.parametrize("times", [1, 50, 200])
def test_rows_come_back_as_they_were_put(
    tmp_path: Path, rows: tuple[tuple[object, ...], ...], times: int
) -> None:
    connection = Connection(tmp_path / "a.db", mode="rwc")
    with connection.writing():
        connection.run("create table t (id integer primary key, x text, n integer, r real) strict")
        put = [(number, *row) for number, row in enumerate(rows * times, 1)]
        connection.put("t", ("id", "x", "n", "r"), put)
    found = connection.rows("select id, x, n, r from t order by id")
    assert found == put
    assert [[*map(type, row)] for row in found] == [[*map(type, row)] for row in put]
    connection.close()
