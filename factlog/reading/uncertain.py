"""A best value with its arms, and what its arms are worth in its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from factlog.reading.patterns import Pattern
from factlog.reading.scales import whole
from factlog.reading.text import Text, refusal

STANDARD_ERROR = Decimal("0.683")


class Uncertain(NamedTuple):
    """A best value with its arms; `named` marks "3,000 (range 2,800 to 3,200)", a plain range."""

    best: Decimal
    plus: Decimal
    minus: Decimal
    coverage: Decimal | None
    unit: str | None
    start: int
    end: int
    named: bool = False


# The name of an interval, with its level: "95% CI", "90 per cent confidence interval".
LEVEL = (
    r"(?:(?P<level>\d{1,2}(?:\.\d+)?)\s*(?:%|percent|per\s+cent|-percent)\s*-?\s*)?"
    r"(?P<label>c\.?\s?i\.?|cri|u\.?i\.?|hdi|hpd|confidence(?:\s+(?:interval|level|limits|range))?"
    r"|(?:credible|credibility|uncertainty|compatibility)\s+interval|interval"
    r"|(?:(?:plausible|uncertainty)\s+)?range)(?![a-z])\s*(?:of\b|from\b|is\b)?\s*[:=,]?\s*"
)
_SHUT = {"(": Pattern(r"\s*\)"), "[": Pattern(r"\s*\]")}


def coverage(level: str | None) -> Decimal | None:
    """The share of an interval's level: 0.95 for "95"."""
    if level is None or not Decimal(level):
        return None
    return whole(Decimal(level)).scaleb(-2)


def closed(text: Text, at: int, bracket: str) -> int:
    """Where the bracket that was opened is closed again."""
    match = _SHUT[bracket].match(text.low, at)
    if match is None:
        opened = text.low.rindex(bracket, 0, at)
        raise refusal(text, f"the bracket {bracket} is not closed", opened, at)
    return match.end()
