"""JSON arrays and JSON lines as rows, taken one value at a time with the line each begins on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from factlog.claim import COLUMNS
from factlog.errors import ImportFailed, UsageError
from factlog.importing.cells import Cell, Digits
from factlog.importing.columns import NUMBERS, Columns, Layout, apart, key, listed, told
from factlog.importing.encoding import FileText
from factlog.importing.headers import layout, recognised
from factlog.importing.rows import BadRow, Maker
from factlog.importing.table import Row, TableRows

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


def _constant(name: str) -> BadJson | None:
    return None if name == "NaN" else BadJson(name)  # as data frames leave a number out


_DECODER = json.JSONDecoder(
    parse_float=Digits, parse_int=Digits, parse_constant=_constant, object_pairs_hook=_object
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
_AHEAD = 1_000  # objects whose keys are the columns, and
_HELD = 1 << 22  # how many characters of text they may have
_NAMED = 200  # columns, beyond which a new key is taken only if it is known


class JsonRows(TableRows):
    """The rows of a file that holds an array of objects, or objects one after another.

    The keys of the first objects are its columns; those met later are added. With `by_line`,
    each line is an object by itself, so that a broken one spoils no other.
    """

    def __init__(
        self,
        text: FileText,
        maker: Maker,
        columns: Columns,
        *,
        by_line: bool = False,
    ) -> None:
        super().__init__(text, maker)
        self._text_of_row = ""
        self._known: dict[str, int] = {}
        self._unfit: tuple[str, ...] = ()
        items = _lines(text) if by_line else Stream(text.pieces()).values()
        first = _first(items)
        ahead = [*islice(items, 1)]
        self._items = chain(first, ahead, items)
        self._head(_header(first, columns, more=bool(ahead)), columns)

    def _take(self, header: Sequence[str], found: Layout) -> None:
        super()._take(header, found)
        self.ignored += self._unfit
        self._places = {key(name): place for place, name in enumerate(header)}
        places = [take.places for take in found.takes]
        self._taken = {place for each in places for place in each.values()}
        self._numbers = {each[ours] for each in places for ours in NUMBERS if ours in each}

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

    @property
    def heading(self) -> str:
        """Nothing comes before the bad rows."""
        return ""

    def _rows(self) -> Iterator[tuple[int, Row | BadRow]]:
        for item in self._items:
            self._text_of_row = item.text
            try:
                yield item.line, self._row(item.held)
            except UsageError as error:
                yield item.line, self._refused(item.line, [], error)
        self._check_told()

    def _refused(self, line: int, _row: Row, error: UsageError, /) -> BadRow:
        return BadRow(line, error.problem, error.remedy, (self._text_of_row,))

    def _row(self, held: object) -> Row:
        """The cells of an object, in the order of the columns."""
        if not isinstance(held, dict):
            what = held.what if isinstance(held, BadJson) else _kind(held)
            raise UsageError(f"holds {what}, not one object", 'Write {"subject": ..., ...}.')
        if len(held) > _KEYS:
            raise UsageError(
                f"holds an object with {len(held):,} keys; {_KEYS:,} is the most it can have",
                "Write the claim alone, in factlog's own keys.",
            )
        met = held.keys() <= self._known.keys()
        places = [*map(self._known.__getitem__ if met else self._place, held)]
        row: Row = [""] * len(self.columns)
        for place, value in zip(places, held.values(), strict=True):
            if value is None or place < 0:
                continue
            if row[place] != "":
                name = self.columns[place]
                raise UsageError(f"{name}: is given twice", "Keep one of the two keys.")
            row[place] = value if type(value) is str else self._cell(place, value)
        if self._numbers and self._numbers.isdisjoint(places):
            raise UsageError("value: is blank", "Give a value, or low or high, or drop the row.")
        return row

    def _cell(self, place: int, held: object) -> Cell:
        if place not in self._taken:
            return _written(held)
        if isinstance(held, str | Digits):
            return held
        if place in self._numbers and len(self._layout.takes) > 1:
            return _kind(held)  # is refused with its column's name, and the others taken
        raise UsageError(f"{self.columns[place]}: holds {_kind(held)}", "Write a text or a number.")

    def _place(self, name: str) -> int:
        """The place of a key among the columns; below 0 where there is no room for one more."""
        place = self._known.get(name)
        if place is None:
            place = self._places.get(key(name), -1)
            if place < 0 and (len(self.columns) < _NAMED or recognised([name], self._told)):
                place = self._added(name)
            if len(self._known) < _KEYS:
                self._known[name] = place
        return place

    def _added(self, name: str) -> int:
        """The place of a new column, unless it would change what the others are taken for."""
        header = (*self.columns, name)
        found = layout(header, self._told, self._maker.measures)
        if not found.extends(self._layout):
            self._unfit += (name,)
            self.ignored += (name,)
            return -1
        self._take(header, found)
        return len(header) - 1

    def _check_told(self) -> None:
        """Refuse a column that was told of and that no row had."""
        met = {key(name) for name in self._known}
        for option, its in told(self._told):
            if key(its) not in met:
                raise ImportFailed(
                    f'No row has "{its}" for {option}; there are: {listed([*self._known])}.',
                    f"Name one of these: {option}=KEY.",
                )


def _lines(text: FileText) -> Iterator[Item]:
    """The values of a file that holds one a line; or an array, after all."""
    lines = text.lines()
    first = next((numbered for numbered in enumerate(lines, 1) if numbered[1].strip()), None)
    if first is None:
        return iter(())
    rest = chain([first], enumerate(lines, first[0] + 1))
    if first[1].lstrip().startswith("["):
        return Stream((line for _number, line in rest), first[0]).values()
    return (alone(number, line) for number, line in rest if line.strip())


def _first(items: Iterator[Item]) -> list[Item]:
    """The objects whose keys are the columns."""
    first: list[Item] = []
    held = 0
    for item in items:
        first.append(item)
        held += len(item.text)
        if len(first) == _AHEAD or held > _HELD:
            break
    if not first:
        raise ImportFailed("The file holds no claims.", "Write one object a claim: [{...}].")
    return first


def _header(first: Iterable[Item], columns: Columns, *, more: bool) -> list[str]:
    """The keys of the first objects; those that are told may come only after them."""
    objects = (item.held for item in first if isinstance(item.held, dict))
    found: dict[str, str] = {}
    for name in chain.from_iterable(each for each in objects if len(each) <= _KEYS):
        if len(found) < _KEYS:
            found.setdefault(key(name), name)
    if not found:
        found, more = {name: name for name in COLUMNS}, True
    if more:
        for _option, its in told(apart(columns, found.values())):
            found.setdefault(key(its), its)
    return [*found.values()]


def _written(held: object) -> str:
    """What stands under a key that is not imported, blank if nothing does."""
    if held is None:
        return ""
    return str(held) if isinstance(held, str | Digits | bool) else repr(held)


def _kind(held: object) -> str:
    if isinstance(held, BadJson):
        return held.what
    return {bool: "true or false", list: "a list", dict: "an object", str: "a text"}.get(
        type(held), "a number" if isinstance(held, Digits) else "nothing"
    )
