"""Sentences in other languages: their numbers, what those count, and who says so.

What is found goes by the words of a language's file: it is never of high confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from factlog import measures as vocabulary
from factlog import units
from factlog.claim import Figure, Hedge, Period
from factlog.errors import ReadingError
from factlog.extraction import other_dates
from factlog.extraction.modality import Modality
from factlog.extraction.numbers import MOST
from factlog.extraction.other_changes import changing, goes_to, is_changed_by, is_step, rate
from factlog.extraction.other_modality import modality_of
from factlog.extraction.other_sources import (
    Speaker,
    is_said_by_another,
    nominative,
    speaker_of,
)
from factlog.extraction.proposal import Confidence, Proposal
from factlog.parsing import languages, lexicon, read
from factlog.parsing.foreign import signs
from factlog.parsing.languages import NUMERAL, Language, Token
from factlog.parsing.number_runs import read_run
from factlog.parsing.text import Text, prepare
from factlog.parsing.translation import CLOCK
from factlog.patterns import Pattern
from factlog.policy import Measure


class _Found(NamedTuple):
    """A value in a sentence, and where it stands."""

    figure: Figure
    start: int
    end: int
    change: bool = False  # a rise or a fall by so much


def proposals(
    sentence: str,
    at: int,
    code: str,
    measures: Sequence[Measure],
    published: Period | None = None,
) -> Iterator[Proposal]:
    """The proposals of a sentence that begins at a place of the article."""
    spoken = languages.language(code)
    try:
        text = prepare(sentence, signs(spoken, None), longest=len(sentence))
    except ReadingError:  # a hidden character is in it
        return
    words = list(languages.tokens(text.low, spoken))
    if sum(word.said(NUMERAL, "number word", "scale") is not None for word in words) > MOST:
        return  # a table
    speaker = speaker_of(sentence, text.low, code)
    end = 0
    dated = other_dates.spans(sentence, code)
    for found in _values(text, words, spoken, dated):
        if found.start < end or (speaker and speaker.start <= found.start < speaker.end):
            continue
        end = found.end
        says = None if speaker and _of_the_other(text.low, found, speaker, code) else speaker
        proposal = _proposal(sentence, at, code, found, says, measures)
        as_of = other_dates.as_of(sentence, found.start, found.end, code, published)
        yield replace(proposal, as_of=as_of)


def _of_the_other(low: str, found: _Found, speaker: Speaker, code: str) -> bool:
    """Whether the source tells another number that this one is set against: contre 300 selon."""
    if speaker.end <= found.start:
        if ";" in low[speaker.end : found.start]:
            return True
        behind = re.split(r"\d", low[found.end :])[0]
        return is_said_by_another(low[speaker.end : found.start], behind, code)
    between = low[found.end : speaker.start]
    return _set_against(code).search(between) is not None


@cache
def _set_against(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.spoken('set against', language=code)})\s[^;:]*\d")


def _proposal(
    sentence: str,
    at: int,
    code: str,
    found: _Found,
    speaker: Speaker | None,
    measures: Sequence[Measure],
) -> Proposal:
    modality = modality_of(sentence, found.start, found.end, code)
    named = speaker is not None and speaker.sure and found.figure.thing is not None
    sure = modality is Modality.STATES and named and not found.change
    name = sentence[speaker.start : speaker.end] if speaker else None
    change = ("a change, not a level",) if found.change else ()
    rules = ("words of the language", *change, "source says claim" if speaker else "no source")
    return Proposal(
        quote=sentence,
        start=at,
        end=at + len(sentence),
        text=sentence[found.start : found.end],
        said=found.figure.said,
        estimate=found.figure.estimate,
        thing=found.figure.thing,
        measure=vocabulary.measure_of(found.figure.thing, measures) or "",
        source=nominative(name, code) if name and speaker and speaker.genitive else name,
        source_text=name,
        unnamed=speaker is not None and speaker.unnamed,
        confidence=Confidence.MEDIUM if sure else Confidence.LOW,
        rules=rules,
        modality=modality,
        language=code,
        at=at + found.start,
    )


_LEADING = ("hedge before", "range opener", "article", "minus", "percent before", "fate")
_ENDING = Pattern(r"[\w%€$£¥₽₴]")
_AHEAD = 14  # tokens behind a number in which its words end


def _values(
    text: Text, words: Sequence[Token], spoken: Language, dated: Sequence[tuple[int, int]]
) -> Iterator[_Found]:
    """The values from left to right, each with what it counts or its unit; dates are none."""
    at = 0
    while at < len(words):
        in_date = any(start <= words[at].start < end for start, end in dated)
        if in_date or not _begins(text, words, at, spoken) or _is_year(text, words, at):
            at += 1
            continue
        found = _widest(text, words, at, spoken)
        if found is None:
            at += 1
            continue
        yield found
        while at < len(words) and words[at].start < found.end:
            at += 1


LONGEST_QUOTE = 2_000  # signs; in what is longer a number in words stands beside its noun


@lru_cache(maxsize=1024)
def in_digits(quote: str, code: str) -> str:
    """A quote with its numbers in words above one in digits, whatever they count: tres, neuf."""
    spoken = languages.language(code)
    try:
        text = prepare(quote, signs(spoken, None), longest=LONGEST_QUOTE)
    except ReadingError:  # a hidden character is in it, or it is long
        return quote
    words = list(languages.tokens(text.low, spoken))
    written, end = "", 0
    for at, word in enumerate(words):
        if word.start < end or word.said(NUMERAL) or not _begins(text, words, at, spoken):
            continue
        run = read_run(text, words, at, spoken, guessed=False)
        if run is not None and run.value > 1:
            written += f"{text.given[end : word.start]}{run.value:f}"
            end = words[run.end - 1].end
    return written + text.given[end:]


def unit_behind(behind: str) -> str | None:
    """The unit that the words behind a number begin with: км, kilómetros."""
    known, pattern = _units_elsewhere()
    if not (named := pattern.match(behind)):
        return None
    said = named[1].lower()
    meant = known.get(said) or next(
        meaning for word, meaning in known.items() if re.fullmatch(lexicon.pattern_of(word), said)
    )
    return units.find(meant)


@cache
def _units_elsewhere() -> tuple[dict[str, str], re.Pattern[str]]:
    """The words for units in other languages, but for those short enough to be English ones."""
    words = {
        word: meaning
        for code in lexicon.languages()
        if code != "en"
        for word, meaning in lexicon.meanings("unit", code).items()
        if len(word) > 3 or not word.isascii()
    }
    longest = map(lexicon.pattern_of, sorted(words, key=len, reverse=True))
    return words, re.compile(rf"\s?({'|'.join(longest)})(?!\w)", re.IGNORECASE)


def _begins(text: Text, words: Sequence[Token], at: int, spoken: Language) -> bool:
    """Whether a number begins at a token: a numeral, or a number word."""
    token = words[at]
    if at and text.low[words[at - 1].start] in ":/":
        return False  # a time: 3:15 horas
    if CLOCK.match(text.low, token.start) or _out_of(spoken.code).search(text.low[: token.start]):
        return False
    if _of_an_age(spoken.code).match(text.low, token.end):
        return False  # 34-річний
    names = tuple(lexicon.meanings("name with a number", spoken.code))
    if names and text.low.endswith(names, 0, token.start):
        return False  # 코로나19
    if at and not spoken.spaced and token.said(NUMERAL) is None and words[at - 1].said(NUMERAL):
        return False  # 13일 is a day, not 1
    if token.said("vague") is not None:
        return True
    if token.said("scale") and _DIGIT.search(text.low[: token.start]):
        return False  # of a number that is not read
    goes_on = at + 1 < len(words) and words[at + 1].start == token.end  # einunddreißig
    goes_on = goes_on and words[at + 1].said("number word", "scale", "number joiner") is not None
    if token.said(NUMERAL, "number word", "scale", "two numbers", "pair") is None or (
        token.said("article") is not None and not goes_on
    ):
        return False
    try:
        return read_run(text, words, at, spoken, guessed=False) is not None
    except ReadingError:
        return False


_DIGIT = re.compile(r"\d\s?$")


@cache
def _of_an_age(code: str) -> re.Pattern[str]:
    return re.compile(rf"[-‑](?:{lexicon.spoken('behind an age', language=code)})(?!\w)")


@cache
def _out_of(code: str) -> re.Pattern[str]:
    """The words before a whole: "58 of the 73 drones", "three of four pupils", "none of 26"."""
    number, of = (lexicon.spoken(kind, language=code) for kind in ("number word", "out of"))
    none = lexicon.spoken("none of", language=code)
    return re.compile(rf"(?:(?:\d|(?<!\w)(?:{number}))\s+(?:{of})|(?<!\w)(?:{none}))\s+$")


@cache
def _of_so_many(code: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{lexicon.spoken('out of', language=code)})\s+(?=\d)")


_BARE_YEAR = Pattern(r"(?:19|20)(?!00)\d\d(?![\d.,])")


def _is_year(text: Text, words: Sequence[Token], at: int) -> bool:
    """Whether four digits by which nothing is plainly counted may be a year: Tote 2025."""
    if not _BARE_YEAR.match(text.low, words[at].start):
        return False
    behind = (token for token in words[at + 1 :] if text.low[token.start] != " ")
    following = next(behind, Token(0, 0))
    return following.said("counted", "counter", "unit", "percent", "scale") is None


def _widest(text: Text, words: Sequence[Token], at: int, spoken: Language) -> _Found | None:
    """The value with as many words before and behind as it is read with, and no others."""
    led = first = at
    while led > 0 and (_leads(text, words[led - 1]) or _sets_off(text, words, led - 1)):
        led -= 1
    first = led
    if changing(spoken.code).search(text.low[: words[led].start]):
        first = _behind_rise(text, words, (led, at), spoken)
    from_to = any(word.said("range opener") == "from" for word in words[led:first])
    stepped = is_step(text.low, words[at], spoken.code)
    changed = stepped or is_changed_by(text.low, words[at], spoken.code)
    if rate(spoken.code).before.search(text.low[: words[first].start]):
        return None
    begins = _starts(words, first, at)
    if (part := _part(text, words, at, begins, spoken)) is not None:
        return part
    for last in range(min(len(words), at + _AHEAD), at, -1):
        if not _ENDING.match(text.low, words[last - 1].start) or _runs_on(text, words, last):
            continue
        if last - 1 > at and (_is_article(words[last - 1]) or _is_unknown(words[last - 1], spoken)):
            continue  # "72 dollars le baril" is one for each
        for begin in begins:
            start, end = words[begin].start, words[last - 1].end
            start += len(text.given[start:end]) - len(text.given[start:end].lstrip(" ,"))
            found = _whole(_SET_OFF.sub(r"\1", text.given[start:end]), spoken)
            if found is not None and not (
                found.estimate.hedge is Hedge.RANGE
                and (
                    from_to
                    or stepped
                    or goes_to(text, words, last, found.estimate.unit, spoken.code)
                )
            ):
                rated = rate(spoken.code).behind.match(text.low, end)
                if rated:
                    return None
                found = _of_thing(found, text.low[: words[at].start], spoken.code)
                return _Found(found, start, end, changed)
    toll = None if changed else _toll(text, words, at, begins, spoken)
    ranged = toll is not None and toll.figure.estimate.hedge is Hedge.RANGE
    return None if ranged and from_to else toll


def _starts(words: Sequence[Token], first: int, at: int) -> Sequence[int]:
    """The words that a value may begin with, the first of them best: none is behind a bound."""
    bounds = (place for place in range(first, at) if _bounds(words[place]))
    return range(first, next(bounds, at) + 1)


def _bounds(word: Token) -> bool:
    return word.said("hedge before") not in (None, "exact")


def _behind_rise(
    text: Text, words: Sequence[Token], begins: tuple[int, int], spoken: Language
) -> int:
    """The first word of a number behind a rise: one up to 300 ends at 300, which is no bound."""
    ways = lexicon.meanings("rise to", spoken.code)
    first, at = begins
    start = next((i for i in range(first, at) if words[i].said("range opener") == "from"), first)
    if all(
        text.low[word.start] == " " or word.said("fate", "article") for word in words[first:start]
    ):
        first = start  # "rose the number of dead from 46 to 72"
    while first < at and (
        text.low[words[first].start : words[first].end] in {" ", *ways}
        or words[first].said("range opener") == "from"
    ):
        first += 1
    return first


def _of_thing(figure: Figure, before: str, code: str) -> Figure:
    """The figure with what the words before it say it counts: an age, or people of a toll."""
    if _is_age(figure, before, code):
        return replace(figure, thing="age")
    led = _toll_of_people(code).search(before) if figure.thing == "people" else None
    return replace(figure, thing=_tolled(led[0], code)) if led else figure


@cache
def _toll_of_people(code: str) -> re.Pattern[str]:
    """What "the number of dead rose to 45 people" has before its number."""
    tolls, verbs, start, to, hedges = (
        lexicon.spoken(*kinds, language=code)
        for kinds in (
            ("toll",),
            ("verb of change", "verb of a toll"),
            ("range opener",),
            ("level behind a change", "range joiner", "rise to"),
            ("hedge before", "article"),
        )
    )
    rise = rf"(?:\s+(?:{start})\s+[\d.,]+)?(?:\s+(?:{to}))?"
    said = rf"(?:\s+[^\W\d]+){{0,4}}?\s+(?:{verbs}){rise}"
    return re.compile(rf"(?<!\w)(?:{tolls})(?:{said}|{rise})(?:\s+(?:{hedges}))*[\s:—–-]+$")


def _tolled(clause: str, code: str) -> str | None:
    """What a toll in these words counts."""
    tolls = lexicon.meanings("toll", code).items()
    return next((meaning for toll, meaning in tolls if toll in clause), None)


def _is_age(figure: Figure, before: str, code: str) -> bool:
    """Whether years are an age: "children of 5 to 10 years", "aged 20 to 35 years"."""
    return figure.estimate.unit == "year" and _aged(code).search(before) is not None


@cache
def _aged(code: str) -> re.Pattern[str]:
    kinds = ("age", "of an age")
    tells, joins = (lexicon.spoken(kind, language=code) for kind in kinds)
    things = lexicon.spoken("counted", "counter", "fate", language=code)
    return re.compile(rf"(?<!\w)(?:(?:{tells})(?:\s+\w+)?|(?:{things})\s+(?:{joins}))\s+$")


def _part(
    text: Text, words: Sequence[Token], at: int, begins: Sequence[int], spoken: Language
) -> _Found | None:
    """A part of a whole, in the words of both: "58 of the 73 miners"."""
    of = _of_so_many(spoken.code).match(text.low, words[at].end)
    if of is None:
        return None
    whole = next((at for at, word in enumerate(words) if word.start == of.end()), len(words))
    for last in range(min(len(words), whole + _AHEAD), whole + 1, -1):
        for begin in begins:
            start, end = words[begin].start, words[last - 1].end
            start += text.low[start] == " "
            behind = text.given[words[whole].end : end]
            figure = _whole(text.given[start : of.start()] + behind, spoken)
            if figure is not None and behind[-1:].isalpha():
                return _Found(figure, start, end)
    return None


def _toll(
    text: Text, words: Sequence[Token], at: int, begins: Sequence[int], spoken: Language
) -> _Found | None:
    """A bare number that a toll before it is said to be: "the number of dead rose to 46"."""
    clause = re.split(r"[,.;:]", text.low[: words[at].start])[-1]
    counted = _tolled(clause, spoken.code)
    end = at
    while end < len(words) and not re.match(r"[,.;:)]", text.low[words[end].start :]):
        end += 1
    if counted is None or end - at > _AHEAD:
        return None
    for begin in begins:
        start = words[begin].start + (text.low[words[begin].start] == " ")
        stop = words[end - 1].end
        figure = _read(text.given[start:stop], spoken)
        if figure is not None and figure.thing is None and figure.estimate.unit is None:
            return _Found(replace(figure, thing=counted), start, stop)
    return None


def _read(words: str, spoken: Language) -> Figure | None:
    try:
        return read(words, language=spoken.code)
    except ReadingError:
        return None


def _runs_on(text: Text, words: Sequence[Token], last: int) -> bool:
    """Whether the last word belongs to a number behind it: 47 muertos y más de 300 heridos."""
    behind = [token for token in words[last : last + 5] if token.meanings][:2]
    number = any(token.said(NUMERAL, "number word", "scale") for token in behind)
    word = words[last - 1]
    if behind and behind[0].said("scale") and word.said(NUMERAL):
        return True  # "12% to 580 million"
    if number and word.said("hedge after") and text.low[word.end] == ",":
        return _sets_off(text, words, last)  # "300 dead at least, 40 hurt"
    return number and word.said(*_OF_NEXT) is not None


def _is_unknown(word: Token, spoken: Language) -> bool:
    return spoken.spaced and word.letter and not word.meanings


def _is_article(word: Token) -> bool:
    return word.said("article") is not None and word.said("number word") is None


_OF_NEXT = ("hedge before", "connector", "of", "article", "range opener")


_SET_OFF = Pattern(r"^([^,\d]+),(?=\s)")


def _sets_off(text: Text, words: Sequence[Token], comma: int) -> bool:
    """Whether a comma ends a bound set off from its number: "they killed, at least, 40"."""
    if comma == 0 or text.low[words[comma].start] != "," or not _bounds(words[comma - 1]):
        return False
    before = text.low[: words[comma - 1].start].rstrip()
    return not before or before[-1] in ',.;:«“"—'


def _leads(text: Text, token: Token) -> bool:
    return text.low[token.start : token.end] == " " or token.said(*_LEADING) is not None


def _whole(words: str, spoken: Language) -> Figure | None:
    """The figure of these words, if every one of them is understood."""
    figure = _read(words, spoken)
    if figure is None:
        return None
    figure = _with_known_noun(figure, spoken)
    thing, unit = figure.thing, figure.estimate.unit
    if thing is None:
        return figure if unit is not None else None
    known = thing.isascii() and thing in _things(spoken.code)
    return figure if known and unit != "year" else None  # nobody is killed in years of age


def _with_known_noun(figure: Figure, spoken: Language) -> Figure:
    """The figure with its noun in English, where an adjective that is not known stands before."""
    adjective, _, noun = (figure.thing or "").lower().partition(" ")
    if not adjective.endswith(
        tuple(lexicon.meanings("ending of an adjective", spoken.code)) or "-"
    ):
        return figure
    known = [token.said("counted") for token in languages.tokens(noun, spoken)]
    return replace(figure, thing=known[0]) if len(known) == 1 and known[0] else figure


@cache
def _things(code: str) -> frozenset[str]:
    kinds = ("fate", "counted", "counter")
    return frozenset(said for kind in kinds for said in lexicon.meanings(kind, code).values())
