"""JSON arrays and JSON lines as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from factlog.claim import Claim
from factlog.errors import FactlogError, ImportFailed, UsageError
from factlog.intake import columns
from factlog.intake.cells import Cell, Digits
from factlog.intake.columns import COLUMNS
from factlog.intake.decoding import Text
from factlog.intake.file_rows import BadRow, Rows
from factlog.intake.json_stream import Item, Odd, Stream, alone
from factlog.intake.making import Maker

_NAMED = 100  # how many keys that are none of ours are remembered
_PLACES = {column: place for place, column in enumerate(COLUMNS)}


class JsonRows(Rows):
    """The rows of a file that holds an array of objects, or objects one after another.

    With `by_line`, each line is an object by itself, so that a broken one spoils no other.
    """

    def __init__(
        self,
        text: Text,
        maker: Maker,
        mapping: Mapping[str, str],
        fixed: Mapping[str, str],
        *,
        by_line: bool = False,
    ) -> None:
        super().__init__(text, maker)
        self._by_line = by_line
        self._blank = [fixed.get(column, "") for column in COLUMNS]
        self._mapping = {ours: theirs for ours, theirs in mapping.items() if ours not in fixed}
        self._fills: dict[str, list[int]] = {}
        for ours in COLUMNS:
            if ours not in fixed:
                theirs = columns.key(mapping.get(ours, ours))
                self._fills.setdefault(theirs, []).append(_PLACES[ours])
        self._known: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""
        any_row = False
        for item in self._items():
            any_row = True
            yield item.line, self._row(item)
        if not any_row:
            raise ImportFailed("The file holds no claims.", "Write one object a claim: [{...}].")
        self._check_mapping()

    def rejected(self, bad: Iterable[BadRow]) -> Iterator[str]:
        """Write bad rows as they stood in the file, with a key `reason`, one a line."""
        for row in bad:
            text = "".join(row.given).strip()
            reason = json.dumps(row.problem, ensure_ascii=False)
            if text.startswith("{") and text.endswith("}"):
                inside = text[1:-1].replace("\n", " ").replace("\r", " ").strip()
                key = "reason"
                while f'"{key}"' in inside:  # a row that was rejected before
                    key += "_"
                yield f'{{{inside}{", " if inside else ""}"{key}": {reason}}}\n'
            else:
                yield f'{{"text": {json.dumps(text, ensure_ascii=False)}, "reason": {reason}}}\n'

    def _items(self) -> Iterator[Item]:
        if not self._by_line:
            return Stream(self._text.pieces()).values()
        lines = self._text.lines()
        first = next((numbered for numbered in enumerate(lines, 1) if numbered[1].strip()), None)
        if first is None:
            return iter(())
        rest = chain([first], enumerate(lines, first[0] + 1))
        if first[1].lstrip().startswith("["):  # an array after all
            return Stream((line for _number, line in rest), first[0]).values()
        return (alone(number, line) for number, line in rest if line.strip())

    def _row(self, item: Item) -> Claim | BadRow:
        try:
            return self._maker.claim(tuple(self._cells(item.held)))
        except FactlogError as error:
            return BadRow(item.line, error.problem, error.remedy, (item.text,))

    def _cells(self, row: object) -> list[Cell]:
        """The cells of an object, in the order of our columns."""
        if not isinstance(row, dict):
            what = row.what if isinstance(row, Odd) else _kind(row)
            raise UsageError(f"holds {what}, not one object", 'Write {"subject": ..., ...}.')
        cells: list[Cell] = list(self._blank)
        for name, held in row.items():
            if held is None:
                continue
            places = self._known.get(name)
            for place in self._places(name) if places is None else places:
                if cells[place] != "":
                    raise UsageError(
                        f"{COLUMNS[place]}: is given twice", "Keep one of the two keys."
                    )
                cells[place] = _cell(COLUMNS[place], held)
        return cells

    def _places(self, name: str) -> list[int]:
        """Which of our columns a key fills; one that fills none is named as ignored."""
        places = self._fills.get(columns.key(name), [])
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
        met = {columns.key(name) for name in self.columns}
        for ours, theirs in self._mapping.items():
            if columns.key(theirs) not in met:
                there = columns.listed((*self.columns, *self.ignored))
                raise ImportFailed(
                    f'No row has "{theirs}" to take {ours} from; there are: {there}.',
                    f"Name one of these: --map {ours}=KEY.",
                )


def _cell(column: str, held: object) -> Cell:
    if isinstance(held, str | Digits):
        return held
    raise UsageError(f"{column}: holds {_kind(held)}", "Write a text or a number.")


def _kind(held: object) -> str:
    if isinstance(held, Odd):
        return held.what
    return {bool: "true or false", list: "a list", dict: "an object", str: "a text"}.get(
        type(held), "a number" if isinstance(held, Digits) else "nothing"
    )
