"""Intervals around a best value: 3,000 (95% CI 2,800 to 3,200), 3,000 [2,800-3,200]."""

from __future__ import annotations

import re

from factlog.reading.amount import Amount
from factlog.reading.amounts import read_amount, trailing
from factlog.reading.patterns import Pattern
from factlog.reading.ranges import LIST, Span, read_rest
from factlog.reading.scales import EXACT, times
from factlog.reading.text import Text, refusal
from factlog.reading.uncertain import LEVEL, Uncertain, closed, coverage

_INTERVAL = Pattern(
    rf"(?:\s*+[,;:])?+\s*+(?P<open>[(\[])?\s*(?:{LEVEL})?(?P<inner>[(\[])?\s*(?:between\s+|from\s+)?"
    r"(?=[\d$.+a-z₠-⃏£¥-])"
)
_LABEL_AFTER = Pattern(rf"(?:\s*+[,;])?+\s*+(?:{LEVEL})")


def read_interval(text: Text, best: Amount) -> Uncertain | None:
    """Read the interval that follows a best value, in brackets or by its name."""
    match = _INTERVAL.match(text.low, best.end)
    if match is None or not (match["open"] or match["label"]):
        return None
    first = read_amount(text, match.end(), money=best.unit if best.money else None)
    span = None if first is None else read_rest(text, first, LIST)
    if span is None or span.vague:
        return None
    label, end = match, span.end
    if match["inner"]:
        end = closed(text, end, match["inner"])
    if match["open"]:
        if not match["label"] and (after := _LABEL_AFTER.match(text.low, end)) is not None:
            label, end = after, after.end()
        end = closed(text, end, match["open"])
    return _around(text, best, span, label, end)


def _around(text: Text, best: Amount, span: Span, label: re.Match[str], end: int) -> Uncertain:
    """The best value between two ends, whichever of them the scale and the unit stand by."""
    low, high, middle, unit = span.low, span.high, best.low, best.unit or span.unit
    if best.unit and span.unit and best.unit != span.unit:
        reason = f"the interval is in {span.unit}, its best value in {best.unit}"
        raise refusal(text, reason, span.start, span.end, remedy="write both in one unit")
    if best.steps and not low <= middle <= high:
        scale = best.steps[-1][1]
        if times(low, scale) <= middle <= times(high, scale):
            low, high = times(low, scale), times(high, scale)
    if best.unit is None and not best.steps:
        scale, found, end = trailing(text, end)
        low, high, middle = times(low, scale), times(high, scale), times(middle, scale)
        unit = found or unit
    if not low <= middle <= high:
        reason = "the best value lies outside its interval"
        raise refusal(text, reason, best.start, span.end, remedy="check the three numbers")
    return Uncertain(
        middle, EXACT.subtract(high, middle), EXACT.subtract(middle, low),
        coverage(label["level"]), unit, best.start, end,
        named="range" in (label["label"] or "") and not label["level"],
    )  # fmt: skip
