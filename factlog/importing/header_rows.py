"""Which rows at the top of a table are its header: under titles, of one row or of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import TypeVar

from factlog.importing.cells import Cell, Digits
from factlog.importing.dated_headers import is_written
from factlog.importing.sheets import Merge

Known = Callable[[list[str]], int]  # how many of some names are those of columns of ours
Numbered = tuple[int, Sequence[Cell]]
_DEEPEST = 5  # rows that a header can have
_LOOKED_AT = 20 + _DEEPEST  # rows: those of titles above it, and its own,
_HELD = 1 << 22  # and how many characters they may have before another is looked at
Line = TypeVar("Line")


def ahead(rows: Iterable[Line], size: Callable[[Line], int]) -> Iterator[Line]:
    """The first lines or rows of a file, in which its header is looked for."""
    held = 0
    for each in islice(rows, _LOOKED_AT):
        yield each
        held += size(each)
        if held > _HELD:
            return


def filled(found: Iterable[Numbered]) -> Iterator[Numbered]:
    """The rows that have anything in them."""
    return ((number, row) for number, row in found if any(each.strip() for each in row))


def header_of(
    first: Sequence[Numbered], merged: Sequence[Merge], known: Known, across: str | None
) -> tuple[list[str], int]:
    """The names of the columns, and the row in which they end.

    Titles above them are passed over, but not the names of groups of columns. A second row
    belongs to the header where cells of the first are merged across it (in a text file: are blank
    behind the name they share), or where only the two together name columns that are known, or
    where dates (plain ones or those written `across`)
    and what is counted on each stand one above the other.
    """
    groups = () if merged else _groups_of_names(first)
    merged = [*merged, *_groups_of_dates(first, across), *groups]
    start = titles([row for _number, row in first], known)
    if start and _groups(first[start - 1][0], first[start][1], merged):
        start -= 1
    top = first[start][0]
    bottom = _bottom(top, merged)
    names = _joined(first[start:], bottom, merged)
    if bottom == top and start + 1 < len(first):
        both = _joined(first[start:], first[start + 1][0], merged)
        words = not any(isinstance(each, Digits) for each in first[start + 1][1])
        if words and known(both) > known(names):
            return both, first[start + 1][0]
    return names, bottom


def titles(rows: Sequence[Sequence[Cell]], known: Known) -> int:
    """How many rows stand above a header: narrower ones, or remarks after a #.

    The header is the first row that names a column that is known, or else that holds more than
    one thing.
    """
    held = [[str(each) for each in row if each.strip()] for row in rows]
    first = next((count for count, names in enumerate(held) if known(names)), len(held))
    named = held[first] if first < len(held) else []
    above = held[:first]
    if named and all(len(one) < len(named) or one[0].startswith("#") for one in above):
        return first
    return next((count for count, names in enumerate(held) if len(names) > 1), 0)


def _groups(number: int, header: Sequence[Cell], merged: Iterable[Merge]) -> bool:
    """Whether a row names some of the columns under it together; a title is above them all."""
    width = sum(bool(each.strip()) for each in header)
    return any(
        each.top == number and each.left > 1 and 0 < each.right - each.left < width - 1
        for each in merged
    )


def _groups_of_dates(found: Sequence[Numbered], across: str | None) -> Iterator[Merge]:
    """The columns that one date, or one thing counted on several, is the name of together.

    As a file without merged cells has them: the cells right of it are blank, or repeat it.
    """
    for (number, row), (_next, below) in pairwise(found):
        under = [str(each).strip() for each in below]
        names = [str(each).strip() for each in row[: len(under)]]
        names += [""] * (len(under) - len(names))
        days = [is_written(each, across) for each in names]
        if sum(days) > 1:
            heads = [at for at, day in enumerate(days) if day and names[at] not in names[:at][-1:]]
            widest = heads[1] - heads[0] if len(heads) > 1 else len(names)
            fits = [any(map(str.isalpha, each)) for each in under]
        else:
            heads, widest = [at for at, name in enumerate(names) if name], len(names)
            fits = [bool(across) and is_written(each, across) for each in under]
        for head in heads:
            last = head
            for at in range(head, min(head + widest, len(names))):
                if not fits[at] or names[at] not in ("", names[head]):
                    break
                last = at
            if last > head:
                yield Merge(number, head + 1, number, last + 1)


def _groups_of_names(found: Sequence[Numbered]) -> Iterator[Merge]:
    """The columns that one name stands above, blank but for the first, with each its own below.

    Other columns have their name above alone, and words stand under nothing but such groups; or
    all have theirs below, and those that repeat (min, max, min, max) stand under such groups.
    """
    for (number, row), (_next, below) in pairwise(found):
        width = max(len(row), len(below))
        over, under = ([*map(str.strip, map(str, each)), *[""] * width] for each in (row, below))
        if any(isinstance(each, Digits) or any(map(str.isdigit, str(each))) for each in below):
            continue
        heads = [at for at in range(width) if over[at]]
        groups = []
        repeat = {name for name in under if name and under.count(name) > 1}
        whole = bool(repeat) and not over[0] and all(under[:width])
        for head, end in zip(heads, [*heads[1:], width], strict=True):
            names = list(takewhile(repeat.__contains__ if whole else bool, under[head:end]))
            if len(names) > 1:
                groups.append(Merge(number, head + 1, number, head + len(names)))
        grouped = sum(each.right - each.left + 1 for each in groups)
        if whole or (grouped == sum(map(bool, under)) and not all(under[head] for head in heads)):
            yield from groups


def _bottom(top: int, merged: Iterable[Merge]) -> int:
    """The last row of a header that begins in this one."""
    bottom = top
    for each in merged:
        if each.top <= top <= each.bottom < top + _DEEPEST:  # a longer one is a remark beside it
            bottom = max(bottom, each.bottom + (each.right > each.left))
    return min(bottom, top + _DEEPEST - 1)


def _joined(found: Sequence[Numbered], bottom: int, merged: Iterable[Merge]) -> list[str]:
    """Each column's name: what stands in its rows of the header, one after the other."""
    header = [(number, row) for number, row in found if number <= bottom]
    width = max(len(row) for _number, row in header)
    across = {
        (each.top, place): each.left - 1
        for each in merged
        for place in range(each.left - 1, min(each.right, width))
        if header[0][0] <= each.top <= bottom
    }
    names: list[list[str]] = [[] for _ in range(width)]
    for number, row in header:
        for place in range(width):
            at = across.get((number, place), place)
            words = str(row[at]).strip() if at < len(row) else ""
            if words and words not in names[place]:
                names[place].append(words)
    return [" ".join(" ".join(each).split()) for each in names]
