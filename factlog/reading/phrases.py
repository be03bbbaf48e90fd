"""Phrases: one figure or several in what a person typed, each with what was counted."""

from __future__ import annotations

import re
from decimal import Decimal

from factlog.claim import Estimate, Figure, Hedge
from factlog.reading.amount import Amount
from factlog.reading.columns import column_of
from factlog.reading.figures import figure_of
from factlog.reading.hedge_words import Hedging
from factlog.reading.locales import signs_of
from factlog.reading.nothing import nothing_here
from factlog.reading.patterns import Pattern
from factlog.reading.text import Text, prepare, refusal, short
from factlog.reading.things import quiet
from factlog.reading.usual import usual
from factlog.reading.values import Value, read_value

_PLAIN = Pattern(r"\d{1,60}(?:\.(?:\d{1,2}|\d{4,60}))?", re.ASCII)


def read(text: str, *, unit: str | None = None, locale: str | None = None) -> Figure:
    """Read words that state one number: "around 300", "2.5 km", "12,000 troops".

    `unit` is the unit column beside a value. Two numbers are refused.
    """
    if unit is None and locale is None and _PLAIN.fullmatch(text):
        return Figure(text, Estimate(Hedge.EXACT, best=Decimal(text)))
    if unit is None and locale is None and (figure := usual(text)) is not None:
        return figure
    figures = read_all(text, unit=unit, locale=locale)
    if len(figures) > 1:
        ready = prepare(text, signs_of(locale))
        second = read_value(ready, 0)
        at = second.end if second is not None else 0
        reason = _two(figures[0], figures[1])
        remedy = "write one value at a time"
        raise refusal(ready, reason, at, remedy=remedy)
    return figures[0]


def read_all(
    text: str, *, unit: str | None = None, locale: str | None = None
) -> tuple[Figure, ...]:
    """Read words that state one number or several: "around 300 killed and 2,700 injured".

    The hedge before the first carries to those that have none.
    """
    ready = prepare(text, signs_of(locale), column_of(text, unit))
    value = read_value(ready, 0)
    if value is None:
        raise nothing_here(ready)
    figures: list[Figure] = []
    carried: tuple[Hedging, ...] = ()
    words = ""
    while value is not None:
        taken = () if value.hedgings or not _takes(value) else carried
        following, stop = _next(ready, value.end)
        figures.append(figure_of(ready, value, taken, stop, words if taken else ""))
        if value.hedgings:
            carried = value.hedgings if value.carries else ()
            words = text[value.start : value.number].strip() if value.carries else ""
        if len(figures) > 1 and not all(f.thing or f.estimate.unit for f in figures):
            reason = _two(figures[0], figures[-1])
            remedy = 'write one at a time, or say what each counts: "300 killed and 2,700 injured"'
            raise refusal(ready, reason, value.start, value.end, remedy=remedy)
        value = following
    return tuple(figures)


def _two(one: Figure, other: Figure) -> str:
    return f"there are two numbers, {short(one.said)} and {short(other.said)}"


_CONNECTOR = Pattern(
    r"(?:\s*[,;&]\s*|\s+\+\s+|\s+(?=and|plus|as|with|while|but|along))"
    r"(?:(?:and|plus|as\s+well\s+as|with|while|but|along\s+with)\s+)?"
    r"(?:(?:another|a\s+further|an\s+additional|a\s+total\s+of)\s+)?"
)


def _takes(value: Value) -> bool:
    """Whether the hedge of the number before carries to this one: only to a plain number."""
    return isinstance(value.what, Amount) and not value.what.vague and value.both is None


def _next(text: Text, at: int) -> tuple[Value | None, int]:
    """The next value after a connecting word, and where the words before it stop."""
    if quiet(text.low[at:]):
        return None, len(text.low)
    for match in _CONNECTOR.finditer(text.low, at):
        value = read_value(text, match.end())
        if value is not None:
            return value, match.start()
    return None, len(text.low)
