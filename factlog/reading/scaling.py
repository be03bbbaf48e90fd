"""The scale behind a number: 1.5bn, 12 lakh, and the letters that may be a unit instead."""

from __future__ import annotations

from decimal import Decimal

from factlog.reading.kilo import PEOPLE, THING, kilo
from factlog.reading.number_words import Worded, scaled
from factlog.reading.patterns import Pattern
from factlog.reading.scales import MILLION, OF_MONEY, SHORT, TRILLION, WORDS
from factlog.reading.text import Text, two_ways
from factlog.reading.unit_words import is_money, unit_after

_SHORTS = "|".join(sorted(SHORT, key=len, reverse=True))
_SCALE = Pattern(
    rf"(?:\s*|-)(?P<word>{'|'.join(WORDS)})s?(?![\w'])"
    rf"|\s?(?P<short>{_SHORTS})(?![\w'/^²³])\.?"
    r"|(?P<space>\s?)(?P<letter>mm|m|t)(?![\w'/^²³])"
)
_INITIALS = frozenset("dhtlmcbqk")


def scale_after(
    text: Text, at: int, money: str | None, *, words: bool = True
) -> tuple[Decimal, int] | None:
    """The scale that follows a number, in words (unless those are taken) or as a letter, and
    where it ends.
    """
    low = text.low
    if at >= len(low) or low[at : at + 2].lstrip(" \n-")[:1] not in _INITIALS:
        return None
    match = _SCALE.match(low, at)
    if match is None or (match["word"] and not words):
        return None
    if match["letter"]:
        scale = _letter(text, at, money)
        return None if scale is None else (scale, match.end())
    if match["short"] and not money and text.plain[match.start() : match.end()] == " K":
        return kilo(text, match.end())
    first = WORDS[match["word"]] if match["word"] else SHORT[match["short"]]
    further = scaled(low, Worded(first, match.end()), first)
    return further.value, further.end


_TALL = Pattern(
    r"\s*-?\s*(?:tall|high|long|wide|deep|away|above|below|thick|across|apart|off|from|north|south"
    r"|east|west|in\s+(?:height|length|width|depth|diameter)|sea|asl|amsl)\b"
)
_PEOPLE = Pattern(rf"\s+(?:{PEOPLE})\b")
_LETTER = Pattern(r"(\s?)(mm|m|t)")
_RANGE_ON = Pattern(r"\s*(?:-|—|to|and|or)\s*[^\sa-z]*[\d.,]+\s?m(?![\w'/^²³])")


def _letter(text: Text, at: int, money: str | None) -> Decimal | None:
    """What a letter after a number scales it by, None if it is a unit: m, mm and t are scales
    of money.

    Of other things "37m people" and "37M" are millions, "37 m" and "37 mm" units; a bare
    "37m" could be either, and so could a bare "5T".
    """
    match = _LETTER.match(text.low, at)
    assert match is not None
    spaced, letter = match[1], match[2]
    if money or is_money(text.column):
        return OF_MONEY[letter]
    if letter == "mm":
        return None
    range_on = _RANGE_ON.match(text.low, match.end())
    end = range_on.end() if range_on else match.end()
    unit = unit_after(text, end)
    if unit is not None and (letter == "m" or is_money(unit[0])):
        return MILLION if letter == "m" else TRILLION
    capital = text.plain[match.end() - 1].isupper()
    if letter == "t":
        return _trillion(text, match.span(2)) if capital and not spaced else None
    return MILLION if capital else _million(text, match.span(2), end, bool(spaced))


def _trillion(text: Text, span: tuple[int, int]) -> Decimal:
    reason = "T could be trillion or tonnes"
    raise two_ways(text, reason, *span, (" trillion", " t"))


def _million(text: Text, span: tuple[int, int], end: int, spaced: bool) -> Decimal | None:
    low = text.low
    if spaced:
        return MILLION if _PEOPLE.match(low, end) else None
    if text.column == "m" or _TALL.match(low, end) or low[end : end + 1].isdigit():
        return None
    if text.column or THING.match(low, end):
        return MILLION
    raise two_ways(text, "m could be million or metres", *span, (" million", " m"))
