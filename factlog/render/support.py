"""Which figures are best supported, as text: the figures, their voices, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal

from factlog.answers import CopyGroup, LevelRange, Support
from factlog.render import summary
from factlog.render.display import Look, lines_of, page, paint
from factlog.render.tables import cell, grid
from factlog.render.to_json import decision, json_list, one_line
from factlog.wording import counted, errors_alike, number, percent, with_unit

_DEFAULT = Look()


def written(found: Sequence[Support], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """What is supported as a table, as json (a list unless it is of one measure) or jsonl."""
    if shape == "jsonl":
        return (one_line(_record(each)) + "\n" for each in found)
    if shape == "json":
        one = len(found) == 1
        return iter([one_line(_record(found[0])) + "\n"] if one else json_list(map(_record, found)))
    return (
        page([*([""] if place else []), *_table(each, look)]) for place, each in enumerate(found)
    )


def copies(
    groups: Sequence[CopyGroup], elsewhere: Mapping[CopyGroup, Sequence[str]]
) -> Iterator[str]:
    """Which sources are counted as one voice, and why, a line each.

    Those `elsewhere` count with others where they share with them an origin that is stated.
    """
    for each in groups:
        on = f" on {each.measure}" if each.measure else ""
        names = " or ".join(elsewhere.get(each, ()))
        but = f" Where {names} states an origin that others go back to, it counts with those."
        yield (
            f"One voice{on}: {', '.join(each.sources)}, "
            f"who make the same errors ({errors_alike(each)}).{but if names else ''}"
        )
    if not groups:
        yield "No two sources are known to repeat each other's errors."


def _record(found: Support) -> dict[str, object]:
    record = {**asdict(found), "decision": found.decision and decision(found.decision)}
    for value in record["values"]:
        value.update({key: Decimal(f"{value[key]:.6f}") for key in ("score", "share")})
    return record


_LEAST_SHARE = 0.001  # a smaller one is only said to be smaller
_HEADERS = ("figure", "voices", "share", "sources")


def _table(found: Support, look: Look) -> Iterator[str]:
    title = f"{found.subject}, {found.measure}" if found.measure else found.subject
    yield from (paint(line, "bold", look) for line in lines_of(title, look))
    for name, words in _facts(found):
        yield from lines_of(words, look, f"  {name}".ljust(18), " " * 18)
    if found.decision is not None:
        style = "conflict" if found.decision.stale else "bold"
        lines = lines_of(summary.decision(found.decision), look, "  ", "    ")
        yield from (paint(line, style, look) for line in lines)
    rows = [
        (
            number(each.value, found.unit),
            str(len(each.sources)),
            percent(Decimal(repr(each.share))) if each.share >= _LEAST_SHARE else "<0.1%",
            ", ".join(each.sources),
        )
        for each in found.values
    ]
    if rows:
        yield ""
        cells = [[cell(row[0], "bold"), *map(cell, row[1:])] for row in rows]
        yield from grid(_HEADERS, cells, look, right=(0, 1, 2)) or [
            line for row in rows for line in lines_of(_in_words(row), look, "", "    ")
        ]
    yield ""
    for words in _sentences(found):
        yield from lines_of(words, look, "", "  ")


def _in_words(row: tuple[str, str, str, str]) -> str:
    figure, voices, share, sources = row
    return f"{figure}: {counted(int(voices), '1 voice', '{} voices')}, {share}: {sources}"


def _facts(found: Support) -> Iterator[tuple[str, str]]:
    """Name and words of each result, in the order they are read."""
    if found.best is None:
        yield "best supported", "none"
    else:
        fragile = " (fragile)" if found.fragile else ""
        yield "best supported", number(found.best, found.unit) + fragile
    yield "centre", f"{number(found.centre, found.unit)} (weighted median)"
    if found.range is not None:
        yield "calibrated", _range(found.range, found.unit)
    else:
        yield "calibrated", f"no range: {found.withheld}"
    if found.stated:
        yield "stated ranges", ", ".join(_range(each, found.unit) for each in found.stated)
    fewer = found.counted_as < found.voices
    yield (
        "voices",
        f"{found.voices}, which count as {found.counted_as}"
        if fewer
        else f"{found.voices} independent",
    )


def _range(found: LevelRange, unit: str | None) -> str:
    words = f"{number(found.low)} to {number(found.high)}"
    return f"{with_unit(words, unit) if unit else words} ({found.level:.0%})"


def _sentences(found: Support) -> Iterator[str]:
    yield found.note
    yield from summary.left_out(found.left_out)
