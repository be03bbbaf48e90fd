"""The bytes of a file as lines of text, whatever it was saved in, a piece at a time."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from factlog.errors import ImportFailed
from factlog.patterns import Pattern

_PIECE = 1 << 18
_LONGEST = 1 << 26  # characters a line may have before it is no line any more
_MARKS = (  # the longer first: UTF-32's mark begins like UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_OTHERS = (
    (b"PK\x03\x04", "a spreadsheet or zip file", "Import a workbook as one: -f xlsx, or -f ods."),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet file", "Save the sheet as CSV and import that."),
    (b"SQLite format 3\0", "a SQLite file", "To join two stores, use: factlog merge FILE."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first: gunzip FILE."),
    (b"%PDF", "a PDF", "Copy the table into a spreadsheet and save that as CSV."),
)
_AHEAD = 1 << 22  # bytes read to tell a file's encoding from one bad byte
_FOREIGN = Pattern("[\udc80-\udcff]")
_BEYOND_ASCII = Pattern("[^\0-\x7f]")
# The bytes of Windows-1252 that a text of words and figures has: small letters with accents,
# capitals where a capital can stand, curly quotes, dashes and signs such as £ ° ± ½. The two
# that lead most letters of UTF-8 (Â, Ã) count within capitals only.
_SENSIBLE = Pattern(
    "[\udce0-\udcef\udcf1-\udcf6\udcf8-\udcfd\udc9a\udc9c\udc9e]"
    "|(?<![a-z])[\udcc0\udcc1\udcc4-\udccf\udcd1-\udcd6\udcd8-\udcdd\udcdf\udc8a\udc8c\udc8e\udc9f]"
    "|(?<=[A-Z])[\udcc2\udcc3](?=[A-Z])|(?<=[a-z])\udcdf"
    "|[\udc80\udc85\udc91-\udc97\udc99\udca0\udca1\udca3\udca7\udcab\udcb0\udcb1\udcb5\udcb7"
    "\udcbb-\udcbf\udcd7]"
)
_WEIGHT = 4  # of a letter that is whole in UTF-8, which Windows-1252 hardly makes by chance


class FileText:
    """A file's text, read once from front to back.

    `encoding` says what the bytes so far were taken for: UTF-8 until a byte shows otherwise.
    `position` counts the bytes read.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.encoding = "UTF-8"
        self.position = 0
        self._stream = stream
        self._head = self._read()
        while 0 < len(self._head) < 4 and (more := self._read()):
            self._head += more
        for mark, what, remedy in _OTHERS:
            if self._head.startswith(mark):
                raise ImportFailed(f"The file is {what}, not text.", remedy)

    def lines(self) -> Iterator[str]:
        """Each line with its own end (LF, CR LF or CR), the last with or without one."""
        held: list[str] = []
        size = 0
        for piece in self.pieces():
            held.append(piece)
            size += len(piece)
            if size > _LONGEST:
                raise ImportFailed(
                    f"The file has a line of more than {_LONGEST:,} characters.",
                    "A claim a line is what is read here; look for a quote that is never closed.",
                )
            if "\n" in piece or "\r" in piece:
                # The last line waits: more of it, or the LF of its CR, may still come.
                whole = io.StringIO("".join(held), newline="").readlines()
                held, size = whole[-1:], len(whole[-1])
                yield from whole[:-1]
        if held:
            yield from io.StringIO("".join(held), newline="")

    def pieces(self) -> Iterator[str]:
        """The text in the pieces in which it was read."""
        decoder = self._marked()
        piece = self._head
        self._head = b""
        while piece and decoder is None:
            if piece.isascii():
                yield piece.decode("ascii")
                piece = self._read()
            else:
                piece += (more := self._read())
                if more and _is_foreign(piece):
                    piece, more = self._further(piece)
                decoder = self._judged(piece, last=not more)
        while decoder is not None:
            text = self._decoded(decoder, piece)
            if text:
                yield text
            if not piece:
                return
            piece = self._read()

    def _further(self, piece: bytes) -> tuple[bytes, bytes]:
        """What has been read and as much again as it takes to judge; blank at the end."""
        pieces, size = [piece], len(piece)
        more = piece
        while size < _AHEAD and (more := self._read()):
            pieces.append(more)
            size += len(more)
        return b"".join(pieces), more

    def _read(self) -> bytes:
        piece = self._stream.read(_PIECE)
        self.position += len(piece)
        return piece

    def _marked(self) -> codecs.IncrementalDecoder | None:
        """The decoder a byte order mark asks for, or the NULs of UTF-16 without one."""
        head = self._head
        for mark, codec, name in _MARKS:
            if head.startswith(mark):
                return self._decoder(codec, name)
        if len(head) >= 4 and not any(head[1:40:2]) and all(head[0:40:2]):
            return self._decoder("utf-16-le", "UTF-16")
        if len(head) >= 4 and not any(head[0:40:2]) and all(head[1:40:2]):
            return self._decoder("utf-16-be", "UTF-16")
        return None

    def _judged(self, piece: bytes, *, last: bool) -> codecs.IncrementalDecoder | None:
        """Decide between UTF-8 and Windows-1252 by the first bytes beyond ASCII.

        All that came before reads the same in both. It is Windows-1252 only if its letters
        make sense in it and UTF-8 does not; bytes that do not fit are left as marks, for the row
        that holds them to be refused. None if the bytes so far could be the beginning of either.
        """
        trial = _tried(piece, last=last)
        beyond = _count(_BEYOND_ASCII, trial)
        if not beyond:
            return None
        foreign, sensible = _count(_FOREIGN, trial), _count(_SENSIBLE, trial)
        if sensible > foreign - sensible + _WEIGHT * (beyond - foreign):
            return self._decoder("cp1252", "Windows-1252")
        return self._decoder("utf-8", "UTF-8")

    def _decoder(self, codec: str, name: str) -> codecs.IncrementalDecoder:
        self.encoding = name
        wide = codec.startswith(("utf-16", "utf-32"))
        return codecs.getincrementaldecoder(codec)("surrogatepass" if wide else "surrogateescape")

    @property
    def written(self) -> tuple[str, str]:
        """The encoding, and its way with what is no character, that keep text as it stood."""
        if self.encoding.startswith(("UTF-16", "UTF-32")):
            return "utf-16", "surrogatepass"
        return "utf-8", "surrogateescape"

    def _decoded(self, decoder: codecs.IncrementalDecoder, piece: bytes) -> str:
        try:
            return decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            raise ImportFailed(
                f"The file begins as {self.encoding} and breaks off: {error.reason}.",
                "Save it again as UTF-8.",
            ) from error


def _tried(piece: bytes, *, last: bool) -> str:
    """Bytes as UTF-8, with a mark for each that does not fit."""
    return codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(piece, last)


def _is_foreign(piece: bytes) -> bool:
    return _FOREIGN.search(_tried(piece, last=False)) is not None


def _count(pattern: Pattern, text: str) -> int:
    return pattern.subn("", text)[1]
