"""The bytes of a file as text, whatever it was saved in."""

from __future__ import annotations

import codecs
import io

import pytest

from factlog.claim import Claim
from factlog.errors import ImportFailed
from factlog.importing import BadRow, read_rows
from factlog.importing.encoding import FileText

TEXT = "subject,source,value,note\nÉvian,Müller,300,“naïve” – ça\nA,B,2,x\n"


def notes(data: bytes) -> tuple[list[str | None], str]:
    found = read_rows(io.BytesIO(data))
    return [row.note for _line, row in found if isinstance(row, Claim)], found.encoding


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_what_a_file_was_saved_in_is_found(data: bytes, encoding: str) -> None:
    assert notes(data) == (["“naïve” – ça", "x"], encoding)


class Trickle(io.BytesIO):
    """A stream that gives a few bytes at a time, as a slow pipe does."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self._size = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self._size, size) if size and size > 0 else self._size)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_pieces_may_end_anywhere(encoding: str, size: int) -> None:
    text = "a\r\né“ b\rc\n\nd\r\n"
    data = text.encode(encoding)
    assert "".join(FileText(Trickle(data, size)).pieces()) == text
    lines = list(FileText(Trickle(data, size)).lines())
    assert lines == ["a\r\n", "é“ b\r", "c\n", "\n", "d\r\n"]


def test_the_first_bytes_beyond_ascii_decide_however_late_they_come() -> None:
    head = b"subject,source,value,note\n" + b"A,B,1,plain\n" * 60_000
    assert notes(head + "A,B,1,é\n".encode("cp1252"))[1] == "Windows-1252"
    found, encoding = notes(head + "A,B,1,é\n".encode())
    assert (found[-1], encoding) == ("é", "UTF-8")
    assert notes(head)[1] == "UTF-8"


def test_a_last_letter_cut_in_two_is_not_taken_for_another_encoding() -> None:
    found = read_rows(io.BytesIO("subject,source,value\né,ü,1\nA,B,2 ö".encode()[:-1]))
    (_, first), (line, last) = found
    assert isinstance(first, Claim)
    assert isinstance(last, BadRow)
    assert (found.encoding, line) == ("UTF-8", 3)


ASCII = b"A,B,1,plain\n" * 60_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (b"A,B,1,k\xff\n", 2),
        (b"A,B,1,ca\xc3\n", 2),  # half a letter
        (b"A,B,1,ca\xa9\n", 2),  # the other half
        (b"A,B,1,\x81\n", 2),
        (ASCII + b"A,B,1,k\xff\n" + ASCII, 60_002),
        (b"A,B,1,caf\xe9\n" + ASCII + "A,B,1,é\n".encode(), 2),
        ("A,B,1,é\n".encode() + b"A,B,1,\xe9t\xe9\n", 3),
        (ASCII + b"A,B,1,caf\xe9\n" + ASCII * 2 + "A,B,1,é\n".encode(), 60_002),
    ],
)
def test_one_bad_byte_does_not_make_another_encoding_of_the_file(lines: bytes, line: int) -> None:
    found = read_rows(io.BytesIO(b"subject,source,value,note\n" + lines))
    (bad,) = (row for _line, row in found if isinstance(row, BadRow))
    assert (bad.line, found.encoding) == (line, "UTF-8")
    assert bad.reason.startswith("note: holds something that is not a character")


@pytest.mark.parametrize(
    "note",
    [
        "café",
        "it’s",
        "£5",
        "5 °C",
        "CAFÉ",
        "SÃO",
        "São",
        "Straße",
        "Ærø",
        "Évian",
        "“so” – ½",
        "Ñandú",
    ],
)
def test_a_word_of_windows_1252_is_enough_if_it_makes_sense(note: str) -> None:
    data = f"subject,source,value,note\nA,B,1,{note}\n".encode("cp1252")
    assert notes(data) == ([note], "Windows-1252")


def test_bytes_that_fit_no_encoding_are_refused_with_their_line() -> None:
    data = TEXT.encode() + b"A,B,3,caf\xe9\nA,B,4,\n"
    (bad,) = (row for _line, row in read_rows(io.BytesIO(data)) if isinstance(row, BadRow))
    assert bad.line == 4
    assert bad.reason.startswith("note: holds something that is not a character")


def test_a_byte_windows_does_not_know_is_refused_with_its_line() -> None:
    data = b"subject,source,value,note\nA,B,1,\xe9\xe9\nA,B,2,\x81\n"
    (bad,) = (row for _line, row in read_rows(io.BytesIO(data)) if isinstance(row, BadRow))
    assert bad.line == 3


def test_half_a_character_at_the_end_is_refused() -> None:
    with pytest.raises(ImportFailed, match="begins as UTF-16 and breaks off"):
        list(read_rows(io.BytesIO(TEXT.encode("utf-16")[:-1])))


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"PK\x03\x04", "a spreadsheet or zip file"),
        (b"\xd0\xcf\x11\xe0", "an old spreadsheet file"),
        (b"SQLite format 3\0", "a SQLite file"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"%PDF-1.7", "a PDF"),
    ],
)
def test_what_is_no_text_is_named(head: bytes, what: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        read_rows(io.BytesIO(head + b"\0" * 100))
    assert what in failed.value.problem
    assert failed.value.remedy


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(ImportFailed, match="a line of more than 67,108,864 characters"):
        list(FileText(io.BytesIO(b"x" * 67_200_000)).lines())


class Pipe(io.RawIOBase):
    """A stream that cannot be rewound, as standard input is."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: object) -> int:
        return self._data.readinto(buffer)  # type: ignore[arg-type]


def test_a_pipe_will_do() -> None:
    found = read_rows(io.BufferedReader(Pipe(TEXT.encode("cp1252"))))
    assert sum(isinstance(row, Claim) for _line, row in found) == 2
