"""Ranges: two amounts that are the ends of one figure, sharing unit and scale as English does."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from factlog import units
from factlog.claim import Hedge
from factlog.parsing.amounts import Amount, read_amount, trailing
from factlog.parsing.hedges import Opening, read_opening
from factlog.parsing.number_words import read_vague
from factlog.parsing.numerals import times
from factlog.parsing.text import (
    Contradiction,
    Text,
    refusal,
    refuse_or_equal,
    refuse_season,
    short,
)
from factlog.parsing.unit_words import rate_after
from factlog.patterns import Pattern
from factlog.wording import plain

SEPARATOR = Pattern(r"\s*(?:-|—|\.{2,3}|…|~)\s*|\s+(?:up\s+to|to|through|thru|till|until|or)\s+")
_BETWEEN = Pattern(r"\s*(?:-|—|\.{2,3}|…|~|&)\s*|\s+(?:and|to|or)\s+")
LIST = Pattern(r"\s*(?:-|—|\.{2,3}|…|~|;)\s*|,\s+|\s+(?:to|and)\s+|,(?=[+-]|\d+\.\d)")
_FRAME = Pattern(
    r"(?:anywhere\s+|somewhere\s+|in\s+)?(?:(?P<between>(?:ranging\s+)?between|either)"
    r"|from|(?:the\s+|a\s+)?range(?:\s+(?:of|from|between))?|ranging\s+from)\s*:?\s+(?=\S)"
)
NO_END = 'write both ends, for example: "300 to 400"; or "at least 300"'


class Range(NamedTuple):
    """Two ends in one unit; `about` says that an end was hedged, `vague` that both are words."""

    low: Decimal
    high: Decimal
    start: int
    end: int
    unit: str | None = None
    about: bool = False
    vague: bool = False
    best: Decimal | None = None


def read_frame(text: Text, at: int) -> Range | None:
    """Read "between A and B", "from A to B" or "[A, B]", if one begins here."""
    if text.low.startswith("[", at):
        return _in_brackets(text, at)
    frame = _FRAME.match(text.low, at)
    if frame is None:
        return None
    opening = read_opening(text, frame.end())
    first = read_amount(text, opening.end)
    if first is None:
        return None
    separator = _BETWEEN if frame["between"] else SEPARATOR
    about = _about(text, opening)
    span = read_rest(text, first, separator, about=about)
    if span is None:
        raise refusal(text, "the range has no second end", at, first.end, remedy=NO_END)
    return span._replace(start=at)


_SHUT = Pattern(r"\s*\]")


def _in_brackets(text: Text, at: int) -> Range | None:
    first = read_amount(text, at + 1)
    if first is None:
        return None
    span = read_rest(text, first, LIST)
    end = None if span is None else _SHUT.match(text.low, span.end)
    if span is None or end is None:
        reason = "a bracket holds both ends of a range"
        raise refusal(text, reason, at, first.end, remedy='write for example: "[300, 400]"')
    scale, unit, stop = trailing(text, end.end())
    if unit is not None and span.unit is not None:
        raise refusal(text, "two units", end.end(), stop, remedy="write one of them")
    low, high = times(span.low, scale), times(span.high, scale)
    return span._replace(start=at, end=stop, unit=unit or span.unit, low=low, high=high)


def _about(text: Text, opening: Opening) -> bool:
    """Whether an end of a range has a hedge of its own; only "about" can be said of one end."""
    for hedging in opening.hedgings:
        if hedging.hedge not in (Hedge.ABOUT, Hedge.EXACT):
            reason = "one end of the range has a hedge of its own"
            remedy = 'write for example: "300 to 400" or "more than 300 but fewer than 400"'
            raise refusal(text, reason, opening.start, opening.end, remedy=remedy)
    return any(hedging.hedge is Hedge.ABOUT for hedging in opening.hedgings)


_EVEN = Pattern(
    r"(?:\s*+,)?+\s*+(?:to|or|if\s+not|perhaps|possibly|maybe|or\s+even|or\s+possibly|or\s+perhaps)\s+(?:even\s+)?"
)


def _rest_of_vague(text: Text, first: Amount) -> Range | None:
    """Read "if not hundreds" after "dozens"."""
    match = _EVEN.match(text.low, first.end)
    second = None if match is None else read_vague(text.low, match.end())
    if second is None or second.high < first.high:
        return None
    end, unit = second.end, first.unit
    return Range(first.low, second.high, first.start, end, unit, vague=True)


def read_rest(
    text: Text, first: Amount, separator: Pattern = SEPARATOR, *, about: bool = False
) -> Range | None:
    """Read the separator and the second end that make a range of the first, if they follow."""
    if first.vague:
        span = _rest_of_vague(text, first)
        if span is not None:
            return span
    match = separator.match(text.low, first.end)
    if match is None:
        return None
    refuse_or_equal(text, first.end)
    opening = read_opening(text, match.end())
    second = read_amount(text, opening.end, money=first.unit if first.money else None)
    if second is None:
        return None
    about = _about(text, opening) or about
    if first.money and second.unit is None:
        unit, end = rate_after(text.plain, second.end, first.unit or "")
        first, second = first._replace(unit=unit), second._replace(unit=unit, end=end)
    return joined(text, first, second, about=about)


def joined(text: Text, first: Amount, second: Amount, *, about: bool = False) -> Range:
    """Make one range of two amounts, in one unit and in order."""
    first, second = in_one_unit(text, first, second)
    unit = first.unit or second.unit
    start, end = first.start, second.end
    if first.vague or second.vague:
        if not (first.vague and second.vague):
            reason = "one end of the range is a vague word and the other a number"
            remedy = 'write two numbers or one word, for example: "300 to 400" or "hundreds"'
            raise refusal(text, reason, start, end, remedy=remedy)
        if second.high < first.high:
            raise _reversed(text, first, second)
        return Range(first.low, second.high, start, end, unit, vague=True)
    low = shared(first, second)
    if low > second.low:
        raise _reversed(text, first, second)
    _refuse_short_low(text, first, second)
    return Range(low, second.low, start, end, unit, about)


def in_one_unit(text: Text, first: Amount, second: Amount) -> tuple[Amount, Amount]:
    """The two in the unit of the first: "900 m to 1.1 km" is 900 to 1100 m."""
    one, other = first.unit, second.unit
    if one == "percent" and other is None and second.low >= 1000 > 10 * first.low:
        reason = f"{plain(second.low)} is no share as {plain(first.low)}% is"
        raise refusal(
            text, reason, first.start, second.end, remedy="write one value at a time",
            kind=Contradiction,
        )  # fmt: skip
    if one is None or other is None or one == other:
        return first, second
    if not units.comparable(one, other) or units.offset(one):
        reason = f"the two ends are in different units, {one} and {other}"
        raise refusal(
            text, reason, first.start, second.end, remedy="write both in one unit",
            kind=Contradiction,
        )  # fmt: skip
    ends = (units.convert(end, other, one) for end in (second.low, second.high))
    return first, second._replace(unit=one, low=next(ends), high=next(ends))


def shared(first: Amount, second: Amount) -> Decimal:
    """The first end, with the second's scale where English shares it.

    "10 to 12 thousand" and "$10 to $20 million" share it, "200 to 4 million" does not: what
    is smaller as written takes the scale too.
    """
    if first.unit is not None and not first.money:
        return first.low
    # "one hundred to two hundred thousand" shares the thousand, not the hundred.
    least = first.steps[-1][1] * 10 if first.steps else 0
    if least > 1000:
        return first.low
    sign = -1 if second.low < 0 else 1
    for coefficient, scale in second.steps:
        if scale >= least and first.low < coefficient * sign:
            return times(first.low, scale)
    return first.low


_THOUSANDS = Pattern(r"(\d{1,3}),000(?![\d,])")


def _refuse_short_low(text: Text, first: Amount, second: Amount) -> None:
    """Ask about "10-12,000", which may mean 10,000 to 12,000."""
    match = _THOUSANDS.search(text.low, second.start, second.end)
    if match is None or not first.bare or not second.bare or not 0 < first.low < int(match[1]):
        return
    short = text.given[first.start : first.end]
    rest = " to " + text.given[second.start : second.end]
    reason = f"{short} could be {short} or {short},000"
    given = text.given
    choices = tuple(
        given[: first.start] + way + rest + given[second.end :] for way in (f"{short},000", short)
    )
    raise refusal(
        text, reason, first.start, second.end,
        remedy="write " + " or ".join(choices), choices=choices,
    )  # fmt: skip


_ISO_DATE = Pattern(r"(?:1[89]|20)\d\d-[01]\d(?:-[0-3]\d)?(?!\d)")


def _reversed(text: Text, first: Amount, second: Amount) -> Exception:
    refuse_season(text, first.start, second.end)
    if _ISO_DATE.match(text.low, first.start):
        remedy = "give dates with --as-of or --published"
        return refusal(text, "this looks like a date", first.start, remedy=remedy)
    low, high = (short(text.given[a.start : a.end].strip()) for a in (first, second))
    reason = f"the range runs backwards, from {low} down to {high}"
    remedy = f'write the lower number first: "{high} to {low}"'
    if first.steps and second.bare and times(second.low, first.steps[-1][1]) >= first.low:
        remedy = "repeat the scale after the second number"
    return refusal(text, reason, first.start, second.end, remedy=remedy)


_BEST = Pattern(
    r"(?:\s*+[,;(])?+\s*+(?:and\s+)?(?:with\s+)?(?:an?\s+|the\s+)?"
    r"(?:best(?:\s+(?:estimate|guess|value))?|most\s+likely|likeliest|central(?:\s+estimate)?"
    r"|point\s+estimate)\s*(?:of|is|being|:|=|at)?\s*"
)


def with_best(text: Text, span: Range) -> Range:
    """Take in the best estimate named after a range: "2,800 to 3,200, best 3,000"."""
    match = _BEST.match(text.low, span.end)
    if match is None or span.vague:
        return span
    best = read_amount(text, match.end())
    if best is None:
        return span
    if best.unit not in (None, span.unit):
        return span
    if not span.low <= best.low <= span.high:
        reason = "the best estimate lies outside the range"
        raise refusal(text, reason, best.start, best.end, remedy="check the three numbers")
    end = best.end
    if "(" in match[0]:
        end += text.low.startswith(")", end)
    return span._replace(best=best.low, end=end)
