"""The claims in seeds/, compared and shown in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from factlog import comparer
from factlog.claim import Claim
from factlog.findings import Comparison
from factlog.importing import read_rows, take_all
from factlog.render import FORMATS, Look
from factlog.render.display import cells

PLAIN = Look()
SEEDS = Path(__file__).parents[2] / "seeds"


def numbered(name: str) -> Iterator[Claim]:
    with (SEEDS / name).open("rb") as file:
        for number, claim in zip(count(1), take_all(read_rows(file)), strict=False):
            yield replace(claim, id=number)


@cache
def compared(name: str) -> Comparison:
    return comparer.compare(numbered(name))


def shown(name: str, shape: str, look: Look = PLAIN) -> str:
    return "".join(FORMATS[shape]([compared(name)], look))


def test_the_founding_story_at_a_glance() -> None:
    lines = shown("founding.csv", "table", Look(full=True)).splitlines()
    assert lines[0] == "North Korean troops in Russia"
    assert any(line.startswith("casualties ") and "CONFLICT backwards" in line for line in lines)
    flat = " ".join(" ".join(lines).split())
    assert "casualties: CONFLICT backwards, gap 1,000, ratio 1.33, break-even 14.3%" in flat
    assert lines[-1] == "1 conflict in 1 pair; 3 measures have one source"


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("history", [False, True])
def test_the_record_is_shown_whole(width: int, history: bool) -> None:
    page = shown("record.csv", "table", Look(width=width, history=history))
    assert all(cells(line) <= width for line in page.splitlines())
    flat = " ".join(page.split())
    sources = {s.source for o in compared("record.csv").subjects for m in o.measures
               for s in m.sides}  # fmt: skip
    for source in sources:
        for word in source.split():
            assert word in flat


def test_json_holds_every_number_of_the_record() -> None:
    found = compared("record.csv")
    document = json.loads(shown("record.csv", "json"), parse_float=Decimal, parse_int=Decimal)
    told = [side for one in document["subjects"] for m in one["measures"] for side in m["sides"]]
    sides = [side for one in found.subjects for m in one.measures for side in m.sides]
    assert [[s["low"], s["best"], s["high"]] for s in told] == [
        [s.low, s.best, s.high] for s in sides
    ]
    assert [s["reading"] for s in told] == [[s.reading.low, s.reading.high] for s in sides]
    assert document["summary"]["pairs"]["compared"] == found.counts.compared


def test_csv_has_a_row_for_every_side_of_the_record() -> None:
    table = list(csv.DictReader(io.StringIO(shown("record.csv", "csv"))))
    sides = [s for one in compared("record.csv").subjects for m in one.measures for s in m.sides]
    assert [row["said"] for row in table] == [side.said for side in sides]
    assert {row["verdict"] for row in table} >= {"conflict", "growth", "single"}
