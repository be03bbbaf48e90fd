"""JSON arrays and JSON lines as rows, taken one value at a time with the line each begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from factlog.claim import Claim
from factlog.errors import FactlogError, ImportFailed, UsageError
from factlog.importing.cells import Cell, Digits
from factlog.importing.encoding import Text
from factlog.importing.headers import NUMBERS, TAKEN, Columns, key, listed, theirs
from factlog.importing.rows import BadRow, Maker, Rows

_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST = 1 << 26  # characters one value may have
_MARGIN = 16  # of a fault to the end of what has been read
_SMALL = 1 << 18  # characters in which no more can stand than may well be held
_PARTS = 200_000  # that one value may have: commas and brackets
_PART = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[,\[{\]}]', re.DOTALL)
_CROWDED = f"it has more than {_PARTS:,} parts"


class BadJson(NamedTuple):
    """What can stand in no cell, and the words for it."""

    what: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | BadJson:
    found = dict(pairs)
    return found if len(found) == len(pairs) else BadJson("an object with one key twice")


_DECODER = json.JSONDecoder(
    parse_float=Digits, parse_int=Digits, parse_constant=BadJson, object_pairs_hook=_object
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
            if _is_crowded(self._buffer, self._at):
                raise self._broken(_CROWDED)
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


def _is_crowded(text: str, at: int) -> bool:
    """Whether the value that begins here has more parts than one is read with.

    A list or an object of a million parts takes far more memory read than written.
    """
    if len(text) - at <= _SMALL:
        return False
    depth = parts = 0
    for found in _PART.finditer(text, at):
        sign = text[found.start()]
        depth += (sign in "[{") - (sign in "]}")
        if depth <= 0:
            return False  # here it ends
        parts += sign != '"'
        if parts > _PARTS:
            return True
    return False


def alone(number: int, line: str) -> Item:
    """The one value of a line, or what is wrong with it."""
    if _is_crowded(line, 0):
        return Item(number, line, BadJson(f"JSON that is no claim: {_CROWDED}"))
    try:
        held, end = _DECODER.raw_decode(line, len(line) - len(line.lstrip()))
    except json.JSONDecodeError as error:
        held = BadJson(f"no JSON ({why(error)}, at character {error.pos + 1})")
    except RecursionError:
        held = BadJson("JSON that is nested too deep")
    else:
        if line[end:].strip():
            held = BadJson(f"more after its object, at character {end + 1}")
    return Item(number, line, held)


_KEYS = 10_000  # that an object can have
_NAMED = 100  # how many keys that are none of ours are remembered
_PLACES = {column: place for place, column in enumerate(TAKEN)}


class JsonRows(Rows):
    """The rows of a file that holds an array of objects, or objects one after another.

    With `by_line`, each line is an object by itself, so that a broken one spoils no other.
    """

    def __init__(
        self,
        text: Text,
        maker: Maker,
        columns: Columns,
        *,
        by_line: bool = False,
    ) -> None:
        super().__init__(text, maker)
        self._content = text
        self._by_line = by_line
        mapping, fixed = columns.mapping, columns.fixed
        self._blank = [fixed.get(column, "") for column in TAKEN]
        self._mapping = {ours: its for ours, its in mapping.items() if ours not in fixed}
        self._fills: dict[str, list[int]] = {}
        for ours in TAKEN:
            if ours not in fixed:
                self._fills.setdefault(theirs(ours, mapping), []).append(_PLACES[ours])
        self._known: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""
        any_row = False
        for item in self._items():
            any_row = True
            if (row := self._row(item)) is not None:
                yield item.line, row
        if not any_row:
            raise ImportFailed("The file holds no claims.", "Write one object a claim: [{...}].")
        self._check_mapping()

    def rejected(self, bad: BadRow) -> str:
        """A bad row as it stood in the file, with a key `reason`, on one line."""
        text = "".join(bad.given).strip()
        reason = json.dumps(bad.problem, ensure_ascii=False)
        if not (text.startswith("{") and text.endswith("}")):
            return f'{{"text": {json.dumps(text, ensure_ascii=False)}, "reason": {reason}}}\n'
        inside = text[1:-1].replace("\n", " ").replace("\r", " ").strip()
        name = "reason"
        while f'"{name}"' in inside:  # a row that was rejected before
            name += "_"
        return f'{{{inside}{", " if inside else ""}"{name}": {reason}}}\n'

    def _items(self) -> Iterator[Item]:
        if not self._by_line:
            return Stream(self._content.pieces()).values()
        lines = self._content.lines()
        first = next((numbered for numbered in enumerate(lines, 1) if numbered[1].strip()), None)
        if first is None:
            return iter(())
        rest = chain([first], enumerate(lines, first[0] + 1))
        if first[1].lstrip().startswith("["):  # an array after all
            return Stream((line for _number, line in rest), first[0]).values()
        return (alone(number, line) for number, line in rest if line.strip())

    def _row(self, item: Item) -> Claim | BadRow | None:
        try:
            cells = tuple(self._cells(item.held))
            claim = self._maker.claim(cells)
            if claim is None and not self._has_number(item.held):
                raise UsageError(
                    "value: is blank", "Give a value, or low or high, or drop the row."
                )
        except FactlogError as error:
            return BadRow(item.line, error.problem, error.remedy, (item.text,))
        if claim and self.ignored:
            others = [_written(item.held.get(name)) for name in self.ignored]
            self.repeats.note(item.line, cells, others)
        return claim

    def _has_number(self, row: Iterable[str]) -> bool:
        """Whether an object has a key for a number, if nothing stands under it."""
        return any(TAKEN[place] in NUMBERS for name in row for place in self._places(name))

    def _cells(self, row: object) -> list[Cell]:
        """The cells of an object, in the order of our columns."""
        if not isinstance(row, dict):
            what = row.what if isinstance(row, BadJson) else _kind(row)
            raise UsageError(f"holds {what}, not one object", 'Write {"subject": ..., ...}.')
        if len(row) > _KEYS:
            raise UsageError(
                f"holds an object with {len(row):,} keys; {_KEYS:,} is the most it can have",
                "Write the claim alone, in factlog's own keys.",
            )
        cells: list[Cell] = list(self._blank)
        for name, held in row.items():
            if held is None:
                continue
            places = self._known.get(name)
            for place in self._places(name) if places is None else places:
                if cells[place] != "":
                    raise UsageError(f"{TAKEN[place]}: is given twice", "Keep one of the two keys.")
                cells[place] = _cell(TAKEN[place], held)
        return cells

    def _places(self, name: str) -> list[int]:
        """Which of our columns a key fills; one that fills none is named as ignored."""
        places = self._fills.get(key(name), [])
        if places:
            self.columns += (name,)
        elif len(self.ignored) < _NAMED:
            self.ignored += (name,)
        else:
            return places  # too many to remember
        self._known[name] = places
        return places

    def _check_mapping(self) -> None:
        """Refuse a mapping to a key that no row had."""
        met = {key(name) for name in self.columns}
        for ours, its in self._mapping.items():
            if key(its) not in met:
                there = listed((*self.columns, *self.ignored))
                raise ImportFailed(
                    f'No row has "{its}" to take {ours} from; there are: {there}.',
                    f"Name one of these: --map {ours}=KEY.",
                )


def _cell(column: str, held: object) -> Cell:
    if isinstance(held, str | Digits):
        return held
    raise UsageError(f"{column}: holds {_kind(held)}", "Write a text or a number.")


def _written(held: object) -> str:
    """What stands under a key that is not imported, blank if nothing does."""
    return held if isinstance(held, str) else "" if held is None else repr(held)


def _kind(held: object) -> str:
    if isinstance(held, BadJson):
        return held.what
    return {bool: "true or false", list: "a list", dict: "an object", str: "a text"}.get(
        type(held), "a number" if isinstance(held, Digits) else "nothing"
    )
