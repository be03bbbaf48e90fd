"""Rows that make one claim are told apart by what was not imported, in bounded memory."""

from __future__ import annotations

import csv
import io
import json

import pytest

from factlog.importing import Rows, read_rows, take_all
from factlog.importing.repeats import Repeat, Repeats

HEAD = ("subject", "source", "value", "pollster", "sample")
SAME = ("election", "Daily", "43%")


def read(shape: str, *rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Rows:
    """The rows of a file in one of the four formats, all read."""
    if shape in ("csv", "tsv"):
        out = io.StringIO()
        csv.writer(out, delimiter="," if shape == "csv" else "\t").writerows([head, *rows])
        text = out.getvalue()
    else:
        lines = [json.dumps(dict(zip(head, row, strict=True))) for row in rows]
        text = "\n".join(lines) if shape == "jsonl" else "[\n" + ",\n".join(lines) + "]"
    found = read_rows(io.BytesIO(text.encode()), shape)
    take_all(found)
    return found


@pytest.mark.parametrize(("shape", "line"), [("csv", 2), ("tsv", 2), ("jsonl", 1), ("json", 2)])
def test_a_row_that_differs_elsewhere_is_counted_with_its_lines(shape: str, line: int) -> None:
    found = read(shape, (*SAME, "Alpha", "900"), (*SAME, "Beta", "900"), (*SAME, "Beta", "900"))
    assert found.repeats.first == [Repeat(line + 1, line)]
    assert [found.ignored[place] for place in found.repeats.columns] == ["pollster"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((*SAME, "Alpha", "900"), (*SAME, "Alpha", "900")),  # all cells alike
        ((*SAME, "Alpha", "900"), ("election", "Daily", "44%", "Beta", "900")),  # another claim
    ],
)
@pytest.mark.parametrize("shape", ["csv", "jsonl"])
def test_nothing_is_counted(shape: str, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert read(shape, one, other).repeats.count == 0


def test_a_column_without_a_name_tells_no_rows_apart() -> None:
    assert not read("csv", (*SAME, "1"), (*SAME, "2"), head=(*HEAD[:3], "")).repeats.count


def test_a_file_whose_columns_are_all_imported_is_not_remembered() -> None:
    assert len(read("csv", SAME, SAME, head=HEAD[:3]).repeats) == 0


def test_keys_that_come_later_in_a_file_tell_rows_apart_unless_blank() -> None:
    claim = dict(zip(HEAD, SAME, strict=False))
    rows: list[dict[str, object]] = [{"a": 1}, {"a": 1, "b": ""}, {"a": 1, "b": [2]}, {"a": None}]
    text = "\n".join(json.dumps(claim | row) for row in rows)
    found = read_rows(io.BytesIO(text.encode()), "jsonl")
    take_all(found)
    assert found.repeats.first == [Repeat(3, 1), Repeat(4, 1)]


@pytest.mark.parametrize("place", [0, 19, 20, 39])
def test_rows_of_many_columns_are_told_apart_by_any(place: int) -> None:
    repeats = Repeats()
    cells = ["x"] * 40
    repeats.note(2, SAME, cells)
    repeats.note(3, SAME, [*cells[:place], "y", *cells[place + 1 :]])
    assert (repeats.count, repeats.columns) == (1, {min(place, 20)})


def test_only_the_latest_claims_are_remembered() -> None:
    repeats = Repeats(kept=10)
    for number in range(1_000):
        repeats.note(number, (str(number),), ("a",))
        assert len(repeats) <= 10
    repeats.note(1_000, ("1",), ("b",))  # long forgotten
    repeats.note(1_001, ("998",), ("b",))
    assert repeats.first == [Repeat(1_001, 998)]


def test_variants_of_one_claim_take_no_more_room_than_other_claims() -> None:
    repeats = Repeats(kept=10)
    for number in range(1_000):
        repeats.note(number, SAME, (str(number),))
    assert len(repeats) <= 10
    assert len(repeats.first) == 3
