"""Whether a quote holds the number of its claim, and whether a text holds the quote.

The quote is read by the one grammar, so that "four thousand" holds 4k. A date holds no figure.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from factlog import units
from factlog.answers import EvidenceGap
from factlog.claim import Claim, Estimate, Hedge
from factlog.extraction import (
    article,
    dates,
    falls,
    language,
    not_claims,
    numbers,
    other_dates,
    other_languages,
    other_measure,
    pipeline,
    running_text,
    told_by_noun,
)
from factlog.extraction.counted import FATE
from factlog.extraction.numbers import Mention
from factlog.page import LONGEST, PageState, pieces
from factlog.parsing import lexicon
from factlog.parsing.number_words import ONE_WORD
from factlog.patterns import Pattern

_NONE = Pattern(r"\b(?:no|none|nobody|nil|zero|nought)\b", re.IGNORECASE)


def gaps(claim: Claim, pages: Sequence[tuple[PageState, str | None]] = ()) -> Iterator[EvidenceGap]:
    """What is wrong with the quote of a claim, and with the pages kept of it.

    Of each page, what has become of its file and its words, if they can be read. The quote has to
    stand in one of them; where none has words, that is told, as it can be held against nothing.
    """
    quote = claim.statement.quote or ""
    if not quote.strip():
        yield EvidenceGap.NO_QUOTE
    elif not holds_number(claim):
        yield EvidenceGap.NOT_IN_QUOTE
    texts = [text for _state, text in pages if text is not None]
    if quote.strip() and texts:
        yield from _in_none(claim, quote, texts)
    states = {state for state, _text in pages}
    if quote.strip() and PageState.KEPT in states and not texts:
        yield EvidenceGap.UNREADABLE
    for state, gap in _LOST.items():
        if state in states:
            yield gap


def stands_for(claim: Claim, gap: EvidenceGap) -> str | None:
    """The other measure that the number of a claim is of in its quote, if that is what is wrong."""
    return other_measure.stands_for(claim) if gap is EvidenceGap.NOT_IN_QUOTE else None


_LOST = {
    PageState.CHANGED: EvidenceGap.PAGE_CHANGED,
    PageState.MISSING: EvidenceGap.PAGE_MISSING,
}


_BRACKETED = Pattern(r"\[[^\[\]]*\]")


def _in_none(claim: Claim, quote: str, texts: Sequence[str]) -> Iterator[EvidenceGap]:
    """What no page has of a quote: its words, or a number that is in brackets alone.

    What is put into a quote in brackets is whoever quotes' own, unless the page has it, too.
    """
    if any(stands_in(quote, text) for text in texts):
        own = _BRACKETED.sub(" ", quote)
        if own != quote and holds_number(claim) and not holds_number(claim, own):
            whole = quote.replace("[", " ").replace("]", " ")
            if not any(stands_in(whole, text) for text in texts):
                yield EvidenceGap.NOT_IN_QUOTE
    elif any(len(text) >= LONGEST for text in texts):  # it may stand behind what was read
        yield EvidenceGap.UNREADABLE
    else:
        yield EvidenceGap.NOT_IN_PAGE


def holds_number(claim: Claim, quote: str | None = None) -> bool:
    """Whether every number the claim states stands in its quote, or this one, in whatever form."""
    quote = claim.statement.quote or "" if quote is None else quote
    quote = " ".join(_UNSEEN.sub("", quote).split())
    if _counts_heads(claim) and not falls.is_a_step(claim):
        quote = _STEP.sub("", quote)
    if any(_holds(claim, each) for each in _ways_to_write(quote, claim)):
        return True
    one = claim.estimate.best == 1 and claim.estimate.unit is None
    return one and told_by_noun.one_elsewhere(quote, claim)


# "The toll rose by 17 to 40" is a toll of 40.
_ROSE = lexicon.either("verb of change", meaning="level")
_STEP = Pattern(rf"(?<=\btoll )(?:{_ROSE})\s+by\s+(?:[a-z]+\s+)?[\d,]+\s+(?=to\s+\d)")


def _ways_to_write(quote: str, claim: Claim) -> set[str]:
    """A quote as it stands, and with forms that only articles have as the grammar takes them."""
    one = _SINGLE.sub("one ", quote)
    written = {quote, _POWER.sub(r"e\1", quote), one, _IN_STEPS.sub(r"\1 ", quote)}
    written.add(_APART.sub(" / ", _PUT_IN.sub(r"\1", quote)))
    if language.guess(quote) != language.ENGLISH:
        written |= {other_languages.in_digits(quote, code) for code in _languages(quote) if code}
    if claim.estimate.best in (1, 2) and claim.estimate.unit is None:
        written.add(told_by_noun.counted(quote, claim))
    if claim.estimate.unit is None and _counts_heads(claim):
        written.add(told_by_noun.summed(quote, claim))
    if claim.estimate.unit == "m":
        written.add(_METRES.sub(r"\1 m", quote))
    elif len(quote) <= other_languages.LONGEST_QUOTE:
        written.add(_METRES.sub(r"\1 million", quote))
    return written if _counts_heads(claim) else {*written, _MAGNITUDE.sub("magnitude ", quote)}


_SINGLE = Pattern(r"(?<!not )(?<!nor )(?<!without )\ba (?:single|lone) ", re.IGNORECASE)
# Seven thousand, two hundred.
_IN_STEPS = Pattern(
    rf"\b({lexicon.either('scale')}), (?=(?:{ONE_WORD})(?:-\w+)? hundred\b)",
    re.IGNORECASE,
)
# [300] people, and no note as behind "said. [3]".
_PUT_IN = Pattern(r"(?<!\S)\[(\d[\d.,]*)\](?=\s+[a-z])")
_APART = Pattern(r"(?<=[^\W\d]{3})/(?=\d)")  # 6 killed/35 injured
_MAGNITUDE = Pattern(r"\b(?:[Mm]agnitude-(?=\d)|M[Lsw]?-?(?=\d\.\d(?![\d.])))")
# Times ten to a power, as a pdf may set it on the line: 6.67×10−11, 3 × 106.
_METRES = Pattern(r"(\d)m\b")  # of a height, or alone millions: refugees passed 6m
_POWER = Pattern(r"(?<=[\d)])\s?[×·]\s?10\^?([-−–]?[1-9]\d?)(?![\d.,]\d|\d)")


def _holds(claim: Claim, quote: str) -> bool:
    wanted = [each for each in _stated(claim.estimate) if each is not None]
    others = other_measure.spans(quote, claim)
    english = _english(quote)
    found = tuple(each for each in english if not _in_any(each.span, others))
    if all(_among(number, claim, found) for number in wanted):
        return True
    if not any(wanted) and _NONE.search(quote):
        return True
    # Read once more, they would be without their fall, or of the claim's measure.
    own = (*(range(*each.span) for each in english if each.fell), *others)
    found += tuple(each for each in _any_language(quote) if not _in_any(each.span, own))
    return all(_among(number, claim, found) for number in wanted) or _as_given(claim, quote, others)


def _in_any(span: tuple[int, int], ranges: Iterable[range]) -> bool:
    return any(span[0] < each.stop and each.start < span[1] for each in ranges)


def _stated(estimate: Estimate) -> tuple[Decimal | None, ...]:
    return estimate.low, estimate.best, estimate.high, estimate.plus, estimate.minus


class _Heard(NamedTuple):
    """A figure of a quote: where it stands and what stands behind it."""

    estimate: Estimate
    span: tuple[int, int]
    behind: str
    nothing: bool = False  # an hour, a day, a name: no figure of anything
    year: bool = False
    fell: bool = False  # by so much
    nobody: bool = False  # of a road, a room, somebody's age: no number of people


def _among(number: Decimal, claim: Claim, found: tuple[_Heard, ...]) -> bool:
    unit = claim.estimate.unit
    return any(
        (number in _in_unit(each.estimate, unit))
        or (each.fell and -number in _in_unit(each.estimate, unit))
        for each in found
        if _bears(each, claim)
    )


# What is counted by heads or pieces: the killed, homes; losses may be of money.
_HEADS = rf"(?:{FATE}|{lexicon.either('counted', meaning='no year')})\b"
_COUNTS = Pattern(rf"\b{_HEADS}", re.IGNORECASE)
# What the fire, the war or the wind killed is another number.
_NUMBERS = rf"(?:\d|(?:{ONE_WORD}|{lexicon.either('vague plural')})\b)"
_COUNTED = Pattern(
    rf"(?!\s+(?:[^\W\d]+\s+)?(?:has\s+|have\s+)?(?!died\b)(?:{FATE})"
    rf"\s+(?:[a-z]+\s+){{0,2}}{_NUMBERS})"
    rf"\s+(?:(?!(?:in|{lexicon.either('function word')})\b)[^\W\d]+\s+)?{_HEADS}"
)


def _bears(heard: _Heard, claim: Claim) -> bool:
    """Whether a figure may be that of a claim: a distance or a year counts no dead, nor they it."""
    unit, other = claim.estimate.unit, heard.estimate.unit
    if heard.fell and falls.of_a_change(claim) and not _falls(claim):
        return False
    if heard.nothing or (heard.nobody and unit is None and _counts_heads(claim)):
        return False
    if unit is None and other in (None, "percent") and not heard.year:
        return True
    if unit is not None:
        counts = units.find(unit) and _COUNTED.match(heard.behind)
        # One in five people is a share of them.
        return other is not None or not counts or (unit == "percent" and _is_part(heard.estimate))
    thing = (claim.thing or "").split()
    if _counts_heads(claim):
        return False
    return not thing or thing[-1].lower() in heard.behind.lower()


def _falls(claim: Claim) -> bool:
    return any(each is not None and each < 0 for each in _stated(claim.estimate))


def _counts_heads(claim: Claim) -> bool:
    return _COUNTS.search(f"{claim.thing or ''} {claim.measure}") is not None


_EXACT = 4  # digits behind the point, beyond which a share is written rounded


def _is_part(estimate: Estimate) -> bool:
    return all(each is None or 0 < each < 1 for each in _stated(estimate))


_LONG_TIMES = ("day", "week", "month", "year", "decade")


def _of_each(unit: str | None, other: str | None) -> bool:
    """Whether only one says of each of what: $80 of "$80 a barrel", £1bn of "£1bn a year"."""
    short, long = sorted((unit or "", other or ""), key=len)
    whole, _, each = long.partition("/")
    money = re.fullmatch(r"[A-Z]{3}", whole) is not None
    return whole == short and bool(each) and (money or (short == unit and each in _LONG_TIMES))


def _in_unit(found: Estimate, unit: str | None) -> Iterator[Decimal]:
    """The numbers of a figure in this unit; as they stand, where either names none.

    A share is no count: 5% does not hold 5, nor 5 hold 5%; but the % of "(5.5 ± 0.5)%" is lost.
    A part of one is a share: half holds 50%, and 50% half.
    """
    stated = [each for each in _stated(found) if each is not None]
    share = "percent" in (unit, found.unit) and found.hedge is not Hedge.PLUS_MINUS
    unnamed = (unit is None or found.unit is None) and not share
    pounds = (unit, found.unit) == ("GBP", "pound")  # 3 billion pounds: of money, who claims £3bn
    hot = found.unit == "degree" and unit in ("degC", "degF")  # it hit 37 degrees
    if unnamed or pounds or hot or unit == found.unit or _of_each(unit, found.unit):
        yield from stated
    elif unit == "percent" and found.unit is None:
        for part in (each.scaleb(2) for each in stated if 0 < each < 1):
            yield part
            if part != round(part, _EXACT):  # two in three are 67%, or 66.7%
                yield from (round(part, places) for places in range(_EXACT))
    elif found.unit == "percent" and unit is None:
        yield from (each.scaleb(-2) for each in stated if 0 < each < 100)
    elif units.comparable(found.unit, unit):
        yield from (units.convert(each, found.unit, unit) for each in stated)


@lru_cache(maxsize=1024)
def _english(quote: str) -> tuple[_Heard, ...]:
    plain = article.prepare(quote)
    dated = list(other_dates.in_any(plain))
    return tuple(
        _heard(sentence, found, dated)
        for sentence in article.split(plain)
        for found in numbers.find(sentence.text)
    )


def _heard(
    sentence: article.Sentence, found: Mention, dated: Sequence[tuple[int, int, bool]]
) -> _Heard:
    text, at = sentence.text, sentence.start + found.core
    days = {day for start, end, day in dated if start <= at < end}
    behind = numbers.tail(text, found)
    year = _YEAR.fullmatch(numbers.number(text, found)) is not None and not _COUNTED.match(behind)
    year = year and (False in days or _IN_A_YEAR.search(numbers.lead(text, found)) is not None)
    span = (sentence.start + found.start, sentence.start + found.end)
    nothing = True in days or _counts_nothing(text, found)
    words = numbers.number(text, found)
    nobody = not _COUNTED.match(behind.lower()) and not_claims.counts_nobody(text, found)
    nobody = nobody or not_claims.degree(text, found) or told_by_noun.of_an_age(behind)
    nobody = nobody or not_claims.of_a_parent(text, found)
    fell = falls.fell(text, found)
    told = _measured(found.estimate, words, behind)
    return _Heard(told, span, behind, nothing, year, fell, nobody)


def _measured(estimate: Estimate, words: str, behind: str) -> Estimate:
    """The figure in its unit, be it one of another language: 100 км, 100 kilómetros.

    The end of a quote is no inch, 60 per day may be those killed, and three N. Koreans are people.
    """
    if estimate.unit == "percent":
        return estimate
    if estimate.unit is not None:
        no_unit = words[-1:] in _CLOSING or estimate.unit.startswith("/") or _COUNTED.match(behind)
        return replace(estimate, unit=None) if no_unit else estimate
    unit = other_languages.unit_behind(behind)
    return replace(estimate, unit=unit) if unit else estimate


_CLOSING = ('"', "”", "''")


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_IN_A_YEAR = Pattern(
    rf"(?:\b(?:{dates.MONTHS}|{lexicon.either('word before a year')}|early|mid|late"
    r"|(?:end|start|beginning|middle)\s+of)|©)\s+$",
    re.IGNORECASE,
)


def _counts_nothing(text: str, found: Mention) -> bool:
    """The one of "no one", 13 January 2025, 17:30, T-72; a year alone may be what is claimed."""
    if numbers.lead(text, found)[-3:].lower() == "no " and numbers.number(text, found) == "one":
        return True
    if (
        numbers.lead(text, found)[-4:].lower() == "not "
        and numbers.tail(text, found)[:5] == " but "
    ):
        return True
    year = re.fullmatch(r"\d{4}", numbers.number(text, found))
    day = dates.year_of_a_day(text, found) if year else dates.date(text, found)
    counted = _COUNTED.match(numbers.tail(text, found)) and not _MONTH.match(text, found.end)
    if day and counted and _LED_BY_DAY.search(numbers.lead(text, found)):
        day = False  # on Monday 17 people
    return day or dates.clock_time(text, found) or not_claims.model_number(text, found)


_MONTH = Pattern(rf"\s+(?:{dates.MONTHS})\b")
_LED_BY_DAY = Pattern(rf"\b(?:{dates.MONTHS}|{dates.DAYS})\s+$")


_LIKELY = 3  # languages that a quote of a few words may be in


@lru_cache(maxsize=1024)
def _languages(quote: str) -> tuple[str | None, ...]:
    """The languages that a quote may be in."""
    told: tuple[str | None, ...] = (language.guess(quote),)
    if told == (None,):
        told = language.all_of_its_nouns(quote)[:_LIKELY] or told
    elif told == (language.ENGLISH,):
        told = (language.of_its_nouns(quote),)
    return told


@lru_cache(maxsize=1024)
def _any_language(quote: str) -> tuple[_Heard, ...]:
    none = [range(start, end) for start, end, day in other_dates.in_any(quote) if day]
    none += [range(*each.span) for each in _english(quote) if each.nobody]
    return tuple(
        _Heard(_measured(each.estimate, each.text, quote[end:]), (at, end), f" {each.thing}")
        for code in _languages(quote)
        for each in pipeline.extract(quote, language=code)
        for at, end in ((each.at or 0, (each.at or 0) + len(each.text)),)
        if not _in_any((at, end), none)
    )


def _as_given(claim: Claim, quote: str, others: Iterable[range]) -> bool:
    """Whether the very words of the value stand there, though they are read otherwise: 1.234."""
    plain = article.prepare(quote)
    read = {
        each.span: _bears(each, claim) and not _in_any(each.span, others)
        for each in _english(quote)
    }
    said = re.escape(claim.said)
    for each in re.finditer(rf"(?<![\w.,]){said}(?![.,]?\w)", plain, re.IGNORECASE):
        apart = all(each.end() <= start or end <= each.start() for start, end in read)
        if apart or read.get(each.span()):
            return True
    return False


_UNSEEN = Pattern(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_NOTE = Pattern(r"[⁰¹²³⁴-⁹]+")  # of a footnote; normalised, it would be a digit more
_SPLIT = Pattern(r"([^\W\d_]) (?=[^\W\d_])")
_WORDS = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[%€$£¥₽₴]")


def stands_in(quote: str, text: str) -> bool:
    """Whether a text holds the quote, however it breaks lines, sets marks and writes capitals.

    What is left out of the quote, or put into it in brackets, is passed over; the pieces follow
    one another in the text.
    """
    return _as_found(_sought(quote), text) is not None


def _as_found(words: Sequence[re.Pattern[str]], text: str) -> str | None:
    """The text as it stands, or as it runs on from page to page, if it has these words."""
    if not words or _follow(words, _bare(text)):
        return text if words else None
    running = running_text.running(text)
    return running if _follow(words, _bare(running)) else None


def places(quote: str, text: str) -> tuple[tuple[int, int], ...]:
    """From where to where each piece of a quote stands in a text, if it stands there."""
    words = _sought(quote)
    found = _as_found(words, text)
    if found is None:
        return ()
    bare, starts, chunks = _indexed(found)
    spans = _follow(words, bare)
    ends = ((bisect(starts, one) - 1, bisect(starts, other - 1) - 1) for one, other in spans)
    return tuple((chunks[one][0], chunks[last][1]) for one, last in ends)


def _indexed(text: str) -> tuple[str, list[int], list[tuple[int, int]]]:
    """The bare words of a text, where those of each chunk begin, and where that stands in it."""
    words: list[str] = []
    starts: list[int] = []
    chunks: list[tuple[int, int]] = []
    at = 0
    for chunk in re.finditer(r"\S+", text):
        if bare := _bare_of(chunk[0]):
            if words and not _SPLIT.match(f"{words[-1][-1]} {bare[0]}"):
                words.append(" ")
                at += 1
            words.append(bare)
            starts.append(at)
            chunks.append(chunk.span())
            at += len(bare)
    return "".join(words), starts, chunks


def _sought(quote: str) -> list[re.Pattern[str]]:
    return [re.compile(_whole(bare)) for piece in pieces(quote) if (bare := _bare(piece))]


def _follow(words: Sequence[re.Pattern[str]], text: str) -> list[tuple[int, int]]:
    """Where the pieces stand in a text, one after another; it is gone through once."""
    spans: list[tuple[int, int]] = []
    for piece in words:
        found = piece.search(text, spans[-1][1] if spans else 0)
        if found is None:
            return []
        spans.append(found.span())
    return spans


_GROUPS = Pattern(r"(?<=\d)(?:,|\\ )(?=\d{3}(?!\d))")  # 11,743, 11 743 and 11743 are one number
_UNPARTED = Pattern(r"(?<![\d.,:])\d{4,}")
_THOUSAND = Pattern(r"(?<=\d)(?=(?:\d{3})+$)")


def _whole(piece: str) -> str:
    """What finds the piece, and no number longer than the one it begins or ends with."""
    before = r"(?<![\d.,:])" if piece[0].isdigit() else ""
    behind = r"(?![.,:]?\d)" if piece[-1].isdigit() else ""
    parted = _UNPARTED.sub(lambda digits: _THOUSAND.sub(",", digits[0]), re.escape(piece))
    return before + _GROUPS.sub("[ ,]?", parted) + behind


@lru_cache(maxsize=16)
def _bare(text: str) -> str:
    """The letters, numbers and signs of a text, by which two printings of it are the same.

    Where words are parted is no matter: lines break them, and a pdf sets spaces within them.
    """
    return _bare_of(_SPACED.sub(lambda number: re.sub(r"\s", ",", number[0]), text))


_SPACED = Pattern(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d.,]?\d)")  # 34 622


def _bare_of(text: str) -> str:
    import unicodedata

    seen = _NOTE.sub(" ", _UNSEEN.sub("", text))
    words = " ".join(_WORDS.findall(unicodedata.normalize("NFKC", seen).casefold()))
    return _SPLIT.sub(r"\1", words)
