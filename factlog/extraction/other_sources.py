"""Who says what a sentence in another language states, by the words of its language."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from factlog.parsing import lexicon


class Speaker(NamedTuple):
    """Who says what a sentence states, and where the words for them stand."""

    start: int
    end: int
    unnamed: bool = False
    sure: bool = True  # a proper name is in it, or a word for one who speaks
    genitive: bool = False  # as "according to" has it in Ukrainian and Russian


_NAME = r"[^,.;:«»“”\"()\d—]+?"
_STOP = r"(?=\s*(?:[,.;:«»“”\"()\d—]|$))"


class _Speech(NamedTuple):
    """The patterns by which a language names a source."""

    according: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _speech(code: str) -> _Speech | None:
    if not lexicon.meanings("speech verb", code):
        return None
    verbs = lexicon.spoken("speech verb", language=code)
    sources = lexicon.spoken("according to", language=code)
    flags = re.IGNORECASE
    return _Speech(
        re.compile(rf"(?<!\w)(?:{sources})\s+(?P<name>{_NAME}){_STOP}", flags),
        re.compile(
            rf"(?:^|[,»”\"—]\s*|{_dated(code)}\s+)(?P<name>{_NAME})\s+(?:{verbs})(?!\w)", flags
        ),
        re.compile(rf"[,»”\"—]\s*(?:{verbs})\s+{_told_to(code)}(?P<name>{_NAME}){_STOP}", flags),
    )


def _told_to(code: str) -> str:
    """Whom something was told, before the one who says it: "told the AFP an official"."""
    words = lexicon.spoken("told to", language=code)
    return rf"(?:(?:{words})\s*(?-i:[A-Z]\w+)\s+)?"


def _dated(code: str) -> str:
    """The end of a date, behind which a sentence begins: "13 January 2025 the staff said"."""
    words = lexicon.spoken("month", "of", "year", language=code)
    return rf"\d(?:\s+(?:{words})(?!\w))*"


_LONGEST = 7  # words of a name
_IN = re.compile(r"[ВвУу]о?\s")  # as "said in the ministry" has it in Ukrainian and Russian


def speaker_of(sentence: str, low: str, code: str) -> Speaker | None:
    """The source of a sentence, if the words of its language name one."""
    patterns = _speech(code)
    if patterns is None:
        return None
    for pattern in (patterns.according, patterns.behind, patterns.before):
        for match in pattern.finditer(sentence):
            speaker = _named(sentence, low, match.span("name"), code)
            if pattern is patterns.before and _is_spoken_of(low, match.span("name"), code):
                continue
            if speaker is not None and (speaker.sure or pattern is not patterns.before):
                declined = pattern is patterns.according or _IN.match(match["name"])
                return speaker._replace(genitive=bool(declined))
    return None


def is_said_by_another(between: str, behind: str, code: str) -> bool:
    """Whether another speaks between a source and a number, or has it attributed behind it."""
    speaks, according = _another(code)
    if according.search(between) or according.search(behind):
        return True
    none = lexicon.meanings("no speaker", code)
    return any(match["name"].split()[0] not in none for match in speaks.finditer(between))


@cache
def _another(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = lexicon.spoken("speech verb", "speech participle", language=code)
    sources, joins = (lexicon.spoken(kind, language=code) for kind in ("according to", "connector"))
    return (
        re.compile(rf"[,;—]\s*(?:(?:{joins})\s+)?(?P<name>\w{_NAME})\s+(?:{verbs})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{sources})(?!\w)"),
    )


def _is_spoken_of(low: str, name: tuple[int, int], code: str) -> bool:
    """Whether nobody is named who speaks: "the damage they estimate at 5 million"."""
    passive, estimated, speaks = _spoken_of(code)
    if passive.search(low[slice(*name)]):
        return True
    return estimated.match(low, name[1]) is not None and not speaks.search(low[slice(*name)])


@cache
def _spoken_of(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    passive, verbs, at, speaks = (
        lexicon.spoken(*kinds, language=code)
        for kinds in (
            ("passive before a verb",),
            ("verb of estimating",),
            ("estimated at", "hedge before"),
            ("speaker", "unnamed speaker"),
        )
    )
    return (
        re.compile(rf"(?<!\w)(?:{passive})$"),
        re.compile(rf"\s+(?:{verbs})\s+(?:{at})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{speaks})(?!\w)"),
    )


def _named(sentence: str, low: str, span: tuple[int, int], code: str) -> Speaker | None:
    """The name in these words, cut before a word with which another clause begins."""
    stops = lexicon.meanings("end of a name", code)
    none = lexicon.meanings("no speaker", code)
    start = span[0]
    words = list(re.finditer(r"\S+", sentence[slice(*span)]))
    while words and words[0][0].lower() in none:
        del words[0]
    kept: list[re.Match[str]] = []
    verbs = re.compile(lexicon.spoken("speech verb", language=code), re.IGNORECASE)
    whole = re.compile(lexicon.spoken("within a name", language=code))
    within = start
    for word in words:
        if (joined := whole.match(low, start + word.start())) is not None:
            within = joined.end()
        elif start + word.start() >= within and (
            word[0].lower() in stops or verbs.fullmatch(word[0])
        ):
            break
        kept.append(word)
    joins = (*lexicon.meanings("of", code), *lexicon.meanings("article", code))
    if not kept or len(kept) > _LONGEST or kept[-1][0].lower() in joins:
        return None  # "rose the" is no name
    last = start + kept[-1].end()
    unnamed = re.search(
        rf"(?<!\w)(?:{lexicon.spoken('unnamed speaker', language=code)})(?!\w)", low[start:last]
    )
    begun = start + kept[0].start()
    capital = any(map(str.isupper, "".join(word[0] for word in kept)))
    speaks = re.search(rf"\b(?:{lexicon.spoken('speaker', language=code)})\b", low[begun:last])
    return Speaker(begun, last, unnamed is not None, capital or bool(unnamed or speaks))


def nominative(name: str, code: str) -> str:
    """The name as it is called by itself, where the lexicon knows what it is: розвідка."""
    heads, endings = lexicon.meanings("genitive", code), lexicon.meanings("genitive ending", code)
    words = name.split()
    place = next((place for place, word in enumerate(words) if word.lower() in heads), None)
    if place is None:
        return name
    called, gender = heads[words[place].lower()].split(", ")
    words[place] = _as_written(called, words[place])
    for before, word in enumerate(words[:place]):
        ending = next((each for each in endings if word.lower().endswith(each)), None)
        if ending is None:
            return name
        ways = dict(way.split(" ") for way in endings[ending].split(", "))
        if gender not in ways:
            return name
        words[before] = word[: -len(ending)] + ways[gender]
    return " ".join(words)


def _as_written(word: str, like: str) -> str:
    """The word with a capital if the other has one, all of them if it has nothing else."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word
