"""Pooled figures as text: the combined value, how well the figures fit, the working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from decimal import Decimal

from factlog.answers import Pooled, Pull
from factlog.policy import METHOD_NAMES
from factlog.render import latex, summary, templates, to_csv
from factlog.render.charts import forest
from factlog.render.display import Look, lines_of, page, paint
from factlog.render.tables import cell, grid
from factlog.render.to_json import json_list, one_line
from factlog.wording import (
    chance,
    measured,
    pull,
    sigmas,
    statistic,
    to_error,
    variance,
    weight,
)

_DEFAULT = Look()
_VALUES = (
    *("subject", "measure", "unit", "method", "k", "best", "plus", "minus", "scale"),
    *("q", "df", "p", "i2", "h2", "tau2", "tau2_low", "tau2_high"),
    *("low", "high", "predict_low", "predict_high"),
)


def written(found: Sequence[Pooled], shape: str, look: Look = _DEFAULT) -> Iterator[str]:
    """Pooled measures as table, csv, json (a list unless it is one), jsonl or md."""
    if shape == "csv":
        return to_csv.table(
            _VALUES, ([_cell(each, key) for key in _VALUES] for each in found), delimiter=","
        )
    if shape == "jsonl":
        return (one_line(_record(each)) + "\n" for each in found)
    if shape == "json":
        one = len(found) == 1
        return iter([one_line(_record(found[0])) + "\n"] if one else json_list(map(_record, found)))
    if shape == "md":
        return ("\n".join(_md(each)) + "\n" for each in found)
    if shape == "latex":
        return iter([latex.table(found)])
    return (
        page([*([""] if place else []), *_table(each, look)]) for place, each in enumerate(found)
    )


def _value(of: Pooled | Pull, key: str) -> object:
    """One of its values; a float by its shortest digits, so that it prints without an exponent."""
    value = getattr(of, key)
    return Decimal(repr(value)) if isinstance(value, float) else value


def _cell(pooled: Pooled, key: str) -> str | Decimal | None:
    value = _value(pooled, key)
    return value if value is None or isinstance(value, Decimal) else str(value)


def _record(pooled: Pooled) -> dict[str, object]:
    return {
        **{key: _value(pooled, key) for key in _VALUES},
        "pulls": [
            {field.name: _value(each, field.name) for field in fields(Pull)}
            for each in pooled.pulls
        ],
        "left_out": [asdict(each) for each in pooled.left_out],
    }


# For a person


def _combined(pooled: Pooled) -> str:
    return measured(pooled.best, pooled.plus, pooled.minus, pooled.unit)


def _facts(pooled: Pooled) -> Iterator[tuple[str, str]]:
    """Name and words of each result, in the order they are read."""
    yield "combined", _combined(pooled)
    yield "method", METHOD_NAMES[pooled.method]
    yield "figures", str(pooled.k)
    yield "95% interval", _span(pooled.low, pooled.high, pooled)
    if pooled.hartung_low is not None and pooled.hartung_high is not None:
        yield "Knapp-Hartung", _span(pooled.hartung_low, pooled.hartung_high, pooled)
    if pooled.predict_low is not None and pooled.predict_high is not None:
        yield "a next figure", _span(pooled.predict_low, pooled.predict_high, pooled)
    if pooled.scale is not None:
        yield "scale factor", statistic(pooled.scale)
    q = f"{statistic(pooled.q, 4)} with {pooled.df} degrees of freedom"
    yield "Q", f"{q}, p {chance(pooled.p)}"
    yield "I²", f"{statistic(pooled.i2)}%, H² {statistic(pooled.h2)}"
    if pooled.tau2 is not None:
        yield "tau²", _tau2(pooled)


def _span(low: Decimal, high: Decimal, pooled: Pooled) -> str:
    error = min(pooled.plus, pooled.minus)
    return f"{to_error(low, error)} to {to_error(high, error)}"


def _tau2(pooled: Pooled) -> str:
    told = variance(pooled.tau2 or 0)
    if pooled.tau2_low is None or pooled.tau2_high is None:
        return told
    return f"{told} (95% {variance(pooled.tau2_low)} to {variance(pooled.tau2_high)})"


_HEADERS = ("source", "figure ± one sigma", "weight", "pull")


def _rows(pooled: Pooled) -> Iterator[tuple[str, str, str, str]]:
    for each in pooled.pulls:
        yield (
            f"{each.source} [{each.claim}]",
            measured(each.best, each.plus, each.minus),
            weight(each.weight),
            pull(each.pull),
        )


def _sentences(pooled: Pooled) -> Iterator[str]:
    for each in pooled.apart:
        one, other = each.claims
        yield (
            f"{each.sources[0]} and {each.sources[1]} (claims {one} and {other}) "
            f"differ by {sigmas(each.sigmas)}"
        )
    yield from pooled.notes
    yield from summary.left_out(pooled.left_out)


def _table(pooled: Pooled, look: Look) -> Iterable[str]:
    title = [paint(line, "bold", look) for line in lines_of(forest.title(pooled), look)]
    facts = [
        line
        for name, words in _facts(pooled)
        for line in lines_of(words, look, f"  {name}".ljust(18), " " * 18)
    ]
    rows = list(_rows(pooled))
    cells = [[cell(source), *(cell(text, "bold") for text in row)] for source, *row in rows]
    working = grid(_HEADERS, cells, look, right=(1, 2, 3)) or [
        line for row in rows for line in lines_of(", ".join(row), look, "", "    ")
    ]
    said = [line for words in _sentences(pooled) for line in lines_of(words, look, "", "  ")]
    plot = list(forest.lines(pooled, look))
    return [*title, *facts, "", *working, "", *plot, *([""] if said else []), *said]


def _md(pooled: Pooled) -> Iterator[str]:
    yield f"## {templates.escaped(forest.title(pooled))}\n"
    yield templates.table(("", ""), list(_facts(pooled)))
    yield templates.table(_HEADERS, list(_rows(pooled)))
    for words in _sentences(pooled):
        yield f"- {templates.escaped(words)}"
