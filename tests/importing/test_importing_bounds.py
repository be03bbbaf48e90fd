"""Files made to take all memory, or for ever, are refused in two lines and in good time."""

from __future__ import annotations

import io
import json
import sys
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from factlog.errors import ImportFailed, UsageError
from factlog.importing import BadRow, from_csv, read_rows, take_all
from factlog.importing.words import claims

HEAD = "subject,source,value\n"


class Repeated(io.RawIOBase):
    """A file of one text over and over, as long as is wanted, that takes no room itself."""

    def __init__(self, head: str, text: str, size: int) -> None:
        self._head, self._text, self._left = head.encode(), text.encode(), size

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        if self._head:
            piece, self._head = self._head, b""
            return piece
        times = min(count, self._left) // len(self._text)
        self._left -= len(self._text) * times
        return self._text * times


def refused(text: str, format: str = "csv") -> ImportFailed:  # noqa: A002
    with pytest.raises(ImportFailed) as caught:
        take_all(read_rows(io.BytesIO(text.encode()), format))
    return caught.value


@pytest.fixture
def timed() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < 120


@pytest.mark.slow
@pytest.mark.usefixtures("timed")
@pytest.mark.parametrize("columns", [10_001, 30_000, 300_000])
def test_more_columns_than_a_table_has(columns: int) -> None:
    head = "subject,source,value" + ",x" * (columns - 3) + "\n"
    assert f"The file has {columns:,} columns" in refused(head + "a,b,3\n").problem


def test_a_wide_table_is_read() -> None:
    names = ",".join(f"a name of some length {number}" for number in range(9_000))
    text = f"subject,source,value,{names}\na,b,3" + "," * 9_000 + "\n"
    (claim,) = take_all(read_rows(io.BytesIO(text.encode()), "csv"))
    assert claim.said == "3"


@pytest.mark.slow
@pytest.mark.usefixtures("timed")
@pytest.mark.parametrize("line", ["a\n", "😀\r\n"])
def test_a_quote_never_closed_takes_no_more_room_than_the_longest_cell(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(from_csv, "TEXT_LIMIT", 1_000_000)
    tracemalloc.start()
    try:
        file = Repeated(HEAD + 'a,b,"', line, 10_000_000)
        with pytest.raises(ImportFailed) as caught:
            take_all(read_rows(file, "csv"))  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < 45_000_000
    finally:
        tracemalloc.stop()
    assert "its quote is never closed" in caught.value.rows[0].problem


@pytest.mark.parametrize("lines", [3, 9_999, 10_001, 25_000])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_a_quote_never_closed_is_named(lines: int, end: str) -> None:
    long = '"' + f"b\u2028{end}" * lines + '"'
    text = f'subject,source,value,x{end}a,b,3,{long}{end}a,b,{long},"3{end}x{end}'
    assert refused(text).rows[0].line == 2 + lines + 1 + lines


CLAIM: dict[str, object] = {"subject": "a", "source": "b", "value": "3"}


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_an_object_of_many_keys(format: str) -> None:  # noqa: A002
    text = json.dumps({**{f"k{number}": "1" for number in range(30_000)}, **CLAIM})
    (row,) = refused(text, format).rows
    assert "holds an object with 30,003 keys; 10,000 is the most" in row.problem


@pytest.mark.slow
@pytest.mark.parametrize(
    "held",
    [
        {f"k{number}": "1" for number in range(300_000)},
        {"x": [1] * 500_000},
        {"x": [[{}]] * 200_000},
    ],
    ids=["keys", "numbers", "lists"],
)
@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_value_of_a_million_parts_is_refused_before_it_is_read(
    format: str,  # noqa: A002
    held: dict[str, object],
) -> None:
    file = io.BytesIO(json.dumps([held] if format == "json" else {**held, **CLAIM}).encode())
    tracemalloc.start()
    try:
        with pytest.raises(ImportFailed) as caught:
            take_all(read_rows(file, format))
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    problem = caught.value.rows[0].problem if format == "jsonl" else caught.value.problem
    assert "it has more than 200,000 parts" in problem


def test_a_long_value_among_many_short_ones_is_read() -> None:
    long = {**CLAIM, "note": r"a \" note, [[{," * 100_000, "x": {"y": [","] * 1000}}
    text = json.dumps([long, *[{**CLAIM, "value": number} for number in range(10_000)]])
    assert len(take_all(read_rows(io.BytesIO(text.encode()), "json"))) == 10_001


@pytest.mark.usefixtures("timed")
@pytest.mark.parametrize("line", ["a,b,nonsense\n", "a,b\n", "a,b,3,4,5\n", 'a,"b"c,3\n'])
def test_a_file_of_nothing_but_bad_rows_is_not_read_to_its_end(line: str) -> None:
    file = Repeated(HEAD, line, 10**12)
    with pytest.raises(ImportFailed) as caught:
        take_all(read_rows(file, "csv"))  # type: ignore[arg-type]
    assert "10,000 of the first 10,000 rows cannot be read" in caught.value.problem
    assert len(caught.value.rows) == 1_000


class Calls:
    """Counts the calls that are made while it is entered."""

    count = 0

    def __enter__(self) -> Calls:
        sys.setprofile(self._add)
        return self

    def __exit__(self, *_args: object) -> None:
        sys.setprofile(None)

    def _add(self, _frame: object, event: str, _arg: object) -> None:
        self.count += event in ("call", "c_call")


def test_a_bad_cell_met_again_is_not_read_again() -> None:
    for _ in range(2):  # the first also loads what is needed for any
        rows = read_rows(io.BytesIO((HEAD + "a,b,page 3\n" * 1_000).encode()), "csv")
        with Calls() as calls:
            written = [rows.rejected(row) for _line, row in rows if isinstance(row, BadRow)]
    assert written[-1].startswith("a,b,page 3,")
    assert len(written) == 1_000
    assert calls.count < 100_000


def test_long_bad_cells_are_not_held() -> None:
    lines = "".join(f"a,b,{'word ' * 10_000}{number}x\n" for number in range(200))
    file = io.BytesIO((HEAD + lines).encode())
    tracemalloc.start()
    try:
        assert all(isinstance(row, BadRow) for _line, row in read_rows(file, "csv"))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_no_more_of_long_bad_rows_is_held_than_of_many_short_ones() -> None:
    file = io.BytesIO(HEAD.encode() + b"a,b,%b\n" % (b"x" * 1_000_000) * 40)
    tracemalloc.start()
    try:
        with pytest.raises(ImportFailed) as caught:
            take_all(read_rows(file, "csv"))
        assert tracemalloc.get_traced_memory()[1] < 45_000_000
    finally:
        tracemalloc.stop()
    given = [bool(row.given) for row in caught.value.rows if isinstance(row, BadRow)]
    assert given == sorted(given, reverse=True)
    assert (len(given), sum(given)) == (40, 16)
    assert "lines 2, 3, 4 and 37 more: value: cannot read a text of" in str(caught.value)


@pytest.mark.parametrize("cell", ["x" * 1_000_000, "1" * 1_000_000, "x " * 500_000])
def test_a_header_is_looked_for_in_no_more_than_it_can_have(cell: str) -> None:
    file = io.BytesIO(HEAD.encode() + f"a,b,{cell}\n".encode() * 20)
    with Calls() as calls:
        rows = read_rows(file, "csv")
    assert 1_000_000 < rows.position < 10_000_000
    assert calls.count < 100_000


def test_a_unit_is_no_longer_than_a_name() -> None:
    table = f"subject,source,value,unit\nx,y,7,{'u' * 501}\n"
    ((_line, row),) = read_rows(io.BytesIO(table.encode()), "csv")
    assert "unit: has 501 characters; 500 is the most" in str(row)
    with pytest.raises(UsageError, match="unit: has 501 characters"):
        claims("x", ["7"], source="y", unit="u" * 501)


@pytest.mark.usefixtures("timed")
def test_a_header_has_no_more_characters_than_a_page_of_names() -> None:
    text = f"subject,source,value,{'yz' * 600_000}\na,b,3,z\n"
    assert "The header has 1,200,018 characters; 1,000,000 is" in refused(text).problem


@pytest.mark.usefixtures("timed")
def test_a_header_of_many_words_is_read_in_good_time() -> None:
    told = refused(f"subject,source,valu,{'y z ' * 100_000}\na,b,3,z\n")
    assert "value" in told.problem
