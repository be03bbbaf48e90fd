"""Whether a sentence of another language states, denies or expects a number."""

from __future__ import annotations

import re
from functools import cache

from factlog.extraction.modality import Modality
from factlog.parsing import languages, lexicon

_CLAUSE = r"[;:!?、，。；]|[.,](?=\s|$)|\d"


def modality_of(sentence: str, start: int, end: int, code: str) -> Modality:
    """What the words before a number, or behind it in its clause, make of it: the last counts."""
    low = sentence.lower()
    stops = ";" if languages.language(code).spaced else _CLAUSE
    said = Modality.DENIES if _denies(low, start, code) else Modality.STATES
    for kind in ("modality before", "modality behind"):
        plain = _no_modality(kind, code).sub(lambda words: " " * len(words[0]), low)
        before, behind = re.split(stops, plain[:start])[-1], plain[end:]
        inside = re.split(r"\d", plain[start:end])[-1]  # "5 000 personnes pourraient"
        follows = inside + re.split(_CLAUSE, behind, maxsplit=1)[0]
        part = before if kind == "modality before" else follows
        for words, meaning in lexicon.meanings(kind, code).items():
            if _word(lexicon.pattern_of(words), code).search(part):
                said = Modality(meaning)
    return said if said is not Modality.STATES else _future(low, start, end, code)


def _future(low: str, start: int, end: int, code: str) -> Modality:
    """What a verb of the future in a number's words, close before or right behind, makes of it."""
    for words, meaning in lexicon.meanings("future", code).items():
        before, verb = _near(words, code)
        if before.search(low[:start]) or verb.search(low, start, end) or verb.match(low, end):
            return Modality(meaning)
    return Modality.STATES


@cache
def _near(words: str, code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    verb, none = lexicon.pattern_of(words), lexicon.spoken("start of a clause", language=code)
    between = rf"(?:\s+(?!(?:{none})\s)[^\W\d]+){{0,4}}?"
    return (
        re.compile(rf"(?<!\w)(?:{verb}){between}\s+$"),
        re.compile(rf"(?:\s+|(?<!\w))(?:{verb})(?!\w)"),
    )


@cache
def _word(pattern: str, code: str) -> re.Pattern[str]:
    """The pattern for whole words, where a language has gaps between them."""
    whole = rf"(?<!\w)(?:{pattern})(?!\w)" if languages.language(code).spaced else pattern
    return re.compile(whole)


@cache
def _no_modality(kind: str, code: str) -> re.Pattern[str]:
    """What only looks like modality: "without doubt", and behind a number what they cannot do."""
    kinds = ("no modality", *(["no modality behind"] if kind.endswith("behind") else ()))
    return _word(lexicon.spoken(*kinds, language=code), code)


def _denies(low: str, number: int, code: str) -> bool:
    """Whether a word close before a number denies it: "there were not 40 dead"."""
    denial, other = _denial(code)
    found = denial.search(low[:number])
    return found is not None and not other.match(low, found.start())


@cache
def _denial(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A denial that a number stands close behind, and what only looks like one: "not only"."""
    denials, others = (lexicon.spoken(kind, language=code) for kind in ("denial", "no denial"))
    return (
        re.compile(
            rf"(?<!\w)(?:{denials})(?:\s+[^\W\d]+){{0,2}}\s+$"
            if languages.language(code).spaced
            else rf"(?:{denials})\s*$"
        ),
        re.compile(rf"(?:{others})(?!\w)"),
    )
