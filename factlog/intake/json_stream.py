"""JSON values taken from a text one at a time, with the line each begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from factlog.errors import ImportFailed
from factlog.intake.cells import Digits

_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST = 1 << 26  # characters one value may have
_MARGIN = 16  # of a fault to the end of what has been read


class Odd(NamedTuple):
    """What can stand in no cell, and the words for it."""

    what: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Odd:
    found = dict(pairs)
    return found if len(found) == len(pairs) else Odd("an object with one key twice")


_DECODER = json.JSONDecoder(
    parse_float=Digits, parse_int=Digits, parse_constant=Odd, object_pairs_hook=_object
)


class Item(NamedTuple):
    """One value of a file: the line it begins on, its text and what it holds."""

    line: int
    text: str
    held: Any


class Stream:
    """JSON values taken from a text one after another, holding no more than it must."""

    def __init__(self, pieces: Iterator[str], line: int = 1) -> None:
        self._pieces = pieces
        self._buffer = ""
        self._at = 0
        self._line = line

    def values(self) -> Iterator[Item]:
        """The values of the array the text holds, or those it holds one after another."""
        return self._array() if self._peek() == "[" else self._sequence()

    def _peek(self) -> str:
        """The next character that is no space; blank at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            assert space is not None
            self._to(space.end())
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def _sequence(self) -> Iterator[Item]:
        """Values one after another."""
        while self._peek():
            yield self._value()

    def _array(self) -> Iterator[Item]:
        """The values of one array, with nothing after it."""
        self._to(self._at + 1)
        if self._peek() == "]":
            self._to(self._at + 1)
        else:
            yield self._value()
            while (sign := self._peek()) == ",":
                self._to(self._at + 1)
                self._peek()
                yield self._value()
            if sign != "]":
                raise self._broken("a comma or ] is missing" if sign else "it breaks off")
            self._to(self._at + 1)
        if self._peek():
            raise self._broken("there is more after the closing ]")

    def _value(self) -> Item:
        """The value that begins here."""
        while True:
            try:
                held, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                # Only a fault at the end of what has been read can be mended by reading on.
                early = error.pos < len(self._buffer) - _MARGIN and "Unterm" not in error.msg
                if early or not self._more():
                    self._to(min(error.pos, len(self._buffer)))
                    raise self._broken(why(error)) from error
                continue
            except RecursionError as error:
                raise self._broken("it is nested too deep") from error
            if end < len(self._buffer) or not self._more():
                item = Item(self._line, self._buffer[self._at : end], held)
                self._to(end)
                return item

    def _to(self, place: int) -> None:
        self._line += self._buffer.count("\n", self._at, place)
        self._at = place

    def _more(self) -> bool:
        """Read on, about as much again as is waiting; False at the end of the file."""
        waiting = self._buffer[self._at :]
        if len(waiting) > _LONGEST:
            raise self._broken(f"it has more than {_LONGEST:,} characters")
        pieces, size = [waiting], 0
        for piece in self._pieces:
            pieces.append(piece)
            size += len(piece)
            if size >= len(waiting):
                break
        self._buffer, self._at = "".join(pieces), 0
        return size > 0

    def _broken(self, reason: str) -> ImportFailed:
        return ImportFailed(
            f"The file is not JSON from line {self._line} on: {reason}.",
            "Mend it there; claims are objects in one list, or one object a line.",
        )


def why(error: json.JSONDecodeError) -> str:
    """What the JSON reader ran into, in lower case and without its place."""
    return error.msg[:1].lower() + error.msg[1:].removesuffix(" at").removesuffix(" starting")


def alone(number: int, line: str) -> Item:
    """The one value of a line, or what is wrong with it."""
    try:
        held, end = _DECODER.raw_decode(line, len(line) - len(line.lstrip()))
    except json.JSONDecodeError as error:
        held = Odd(f"no JSON ({why(error)}, at character {error.pos + 1})")
    except RecursionError:
        held = Odd("JSON that is nested too deep")
    else:
        if line[end:].strip():
            held = Odd(f"more after its object, at character {end + 1}")
    return Item(number, line, held)
