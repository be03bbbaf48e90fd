"""Digits that are no number: a season written 2024/25, the 300s, six figures."""

from __future__ import annotations

from factlog.parsing.text import Text, refusal, short
from factlog.patterns import Pattern

_SEASON = Pattern(r"((?:1[89]|20)\d\d)\s*[/-]\s*(\d\d|\d{4})")


def refuse_season(text: Text, start: int, end: int) -> None:
    """Refuse two years in a row, which are a date: 2024/25, 2024-25, 1999/2000."""
    match = _SEASON.fullmatch(text.low, start, end)
    if match is None or not str(int(match[1]) + 1).endswith(match[2]):
        return
    remedy = "give dates with --as-of or --published; write a fraction as a decimal"
    raise refusal(text, "this looks like a season or a financial year", start, end, remedy=remedy)


_PLURAL = Pattern(r"(\d{1,3}(?:,\d{3})+|\d+)'?s\b")
_DECADE = Pattern(r"(?:1[5-9]|20)\d0'?s\b")
_LED = Pattern(r"(?:.*\s)?(?:the|mid|low|high|early|late|upper|lower)[\s-]+$")


def refuse_plural(text: Text, start: int) -> None:
    """Refuse "the 300s", numbers from 300 on, and decades; "300s" alone is 300 seconds."""
    match = _PLURAL.match(text.low, start)
    if match is None or not match[1].endswith("0"):
        return
    if _DECADE.match(text.low, start):
        remedy = "give dates with --as-of or --published"
        raise refusal(text, "this looks like a decade", start, match.end(), remedy=remedy)
    number = match[1].replace(",", "")
    if number.strip("0") and _LED.match(text.low, 0, start):
        first = int(number)
        last = first + 10 ** (len(number) - len(number.rstrip("0"))) - 1
        remedy = f'write both ends, for example: "{first:,} to {last:,}"'
        reason = f"{short(match[0])} is no one number"
        raise refusal(text, reason, start, match.end(), remedy=remedy)


_FIGURES = Pattern(r"(?:\s+|-)(?:figures?|digits?)(?![\w'])")


def refuse_figures(text: Text, start: int, end: int, how_many: int) -> None:
    """Refuse "six figures", which tells how long a number is."""
    match = _FIGURES.match(text.low, end)
    if match is None or not 2 <= how_many <= 12 or text.low[match.end() :].strip(" .,;:!"):
        return
    least, most = 10 ** (how_many - 1), 10**how_many - 1
    reason = "this tells how long the number is, not what it is"
    remedy = f'write both ends, for example: "{least:,} to {most:,}"'
    raise refusal(text, reason, start, match.end(), remedy=remedy)
