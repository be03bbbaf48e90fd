"""Shares: "one in five", "9 out of 10"."""

from __future__ import annotations

from factlog.reading.amount import Amount
from factlog.reading.number_words import Worded, read_words, scaled
from factlog.reading.numerals import divided, read_numeral
from factlog.reading.patterns import Pattern
from factlog.reading.scales import EXACT
from factlog.reading.text import Text, refusal, two_ways

_IN = Pattern(r"(?:\s+in|\s+out\s+of|-in-|-out-of-)(?:\s+|(?<=-))(?:every\s+|the\s+)?(?=[\da-z])")
_OF = Pattern(r"\s+of\s+(?:the\s+|every\s+)?(?=\d|two|three|four|five|six|seven|eight|nine|ten|a)")


def share_after(text: Text, part: Amount) -> Amount | None:
    """The share that an amount and "in five" or "out of ten" behind it make, if they do."""
    low, end = text.low, part.end
    if low[end] not in " \n-" or low[end + 1 : end + 2] not in ("i", "o"):
        return None
    match = _IN.match(low, end)
    if match is None:
        _refuse_of(text, part)
        return None
    whole = _whole(text, match.end())
    if whole is None or not 0 <= part.low <= whole.value or not _counts(part, whole):
        return None
    if 1900 <= whole.value <= 2099 and low[match.end() : whole.end].isdigit():
        reason = f"{whole.value} could be a year or the whole of a share"
        remedy = "give a year with --as-of; write a share as a percentage"
        raise refusal(text, reason, match.end(), whole.end, remedy=remedy)
    share = divided(part.low, whole.value)
    return Amount(part.start, whole.end, share, share)


def _whole(text: Text, at: int) -> Worded | None:
    """The number a share is out of."""
    numeral = read_numeral(text, at)
    if numeral is not None:
        return scaled(text.low, Worded(numeral.value, numeral.end))
    return read_words(text.low, at)


def _counts(part: Amount, whole: Worded) -> bool:
    """Whether both are whole numbers, of something."""
    return whole.value > 0 and all(
        number == EXACT.to_integral_value(number) for number in (part.low, whole.value)
    )


def _refuse_of(text: Text, part: Amount) -> None:
    """Ask about "12 of the 300", which could be 12 or a share."""
    match = _OF.match(text.low, part.end)
    whole = None if match is None else _whole(text, match.end())
    if match is None or whole is None or not part.low <= whole.value or not _counts(part, whole):
        return
    number, total = text.given[part.start : part.end], text.given[match.end() : whole.end]
    reason = f"this could be {number}, or {number} in {total}"
    raise two_ways(text, reason, part.end, whole.end, ("", f" in {total}"))
