"""The languages that values are read in: the words of each, and the words that a text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from factlog.errors import ReadingError
from factlog.parsing import lexicon
from factlog.patterns import Pattern


class Meaning(NamedTuple):
    """What a word is, and what it means in English or in digits."""

    kind: str
    said: str


class Token(NamedTuple):
    """Some characters of a text, and what they may mean; nothing where no word is known."""

    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    letter: bool = False  # a word that is not known

    def said(self, *kinds: str) -> str | None:
        """What it means as a word of one of these kinds; None if it is none of them."""
        return next((one.said for one in self.meanings if one.kind in kinds), None)


class Language(NamedTuple):
    """The words of a language, by how they are written; a stem ends in a star."""

    code: str
    name: str
    spaced: bool
    short_last: bool  # 三百五 is 350
    two_signs: bool  # 1,500 is thousands for some who speak it
    words: Mapping[str, tuple[Meaning, ...]]
    pattern: re.Pattern[str]
    common: frozenset[str]


NUMERAL = "numeral"
PERCENT = ("percent", "percent before")  # shared by many languages: they tell none
_DIGITS = (
    r"(?<![\d.'a-zа-яіїєґ])(?<!\d,)(?:\d{1,3}(?P<group>[., '])\d{3}(?:(?P=group)\d{3})*(?!\d)|\d+)"
    r"(?:[.,]\d+)?(?![.,]?\d)"
)
# Letters that are written in two ways, so that one row of the lexicon stands for both.
_ONE_LETTER = str.maketrans({"ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})
KINDS = (
    *(
        "number word",
        "two numbers",
        "pair",
        "never first",
        "number joiner",
        "and a half",
        "scale",
        "vague",
        "percent",
        "percent before",
    ),
    *("hedge before", "hedge after", "range opener", "range joiner", "range closer", "connector"),
    *("unit", "counter", "counted", "fate", "year", "of", "article", "month", "part", "minus"),
)


def names() -> dict[str, str]:
    """The codes of the languages that values are read in, and their names; English first."""
    known = {"en": "English"}
    for code in lexicon.languages():
        if lexicon.meanings("number word", code):
            (known[code],) = lexicon.meanings("language", code)
    return known


def find(code: str) -> Language | None:
    """The language of this code, "ru" or "es-MX"; None for English."""
    plain = code.strip().lower().replace("_", "-").split("-")[0]
    known = names()
    if plain not in known:
        listed = ", ".join(f"{one} ({name})" for one, name in known.items())
        problem = f'factlog does not read values in the language "{code}"'
        raise ReadingError(problem, f"name one of {listed}", text=code, start=0, end=len(code))
    return None if plain == "en" else language(plain)


@cache
def language(code: str) -> Language:
    """The language of a code that is known."""
    ((name, traits),) = lexicon.meanings("language", code).items()
    spaced, compounds = "no spaces" not in traits, "compounds" in traits
    known: dict[str, list[Meaning]] = {}
    for kind in KINDS:
        for words, meaning in lexicon.meanings(kind, code).items():
            plain = meaning.removesuffix(", also English")
            phrase = folded(words) if spaced else folded(words).removesuffix("*")
            known.setdefault(phrase, []).append(Meaning(kind, plain))
    for words, meaning in lexicon.meanings("hedge before", code).items():
        for link in () if meaning == "exact" else lexicon.meanings("behind a hedge", code):
            phrase = folded(f"{words} {link}")  # "more than by 40"
            known.setdefault(phrase, [Meaning("hedge before", meaning)])
    phrases = {phrase: tuple(meanings) for phrase, meanings in known.items()}
    pattern = re.compile(_pattern(phrases, spaced=spaced, compounds=compounds))
    common = frozenset(map(folded, lexicon.meanings("common word", code)))
    short_last, two_signs = "short last digit" in traits, "two signs" in traits
    return Language(code, name, spaced, short_last, two_signs, phrases, pattern, common)


def folded(words: str) -> str:
    """The words in the letters that the lexicon is looked up by, one for one."""
    return words.translate(_ONE_LETTER)


def _pattern(words: Mapping[str, tuple[Meaning, ...]], *, spaced: bool, compounds: bool) -> str:
    known = sorted(words, key=len, reverse=True)
    phrases = "|".join(
        _as_pattern(phrase, spaced=spaced)
        + (_not_before_number(words) if _joins(phrase, words) else "")
        for phrase in known
    )
    if not spaced:
        return rf"(?P<numeral>{_DIGITS})|(?P<phrase>{phrases})|(?P<other>\s+|[A-Za-z]+|.)"
    if compounds:
        parts = "|".join(phrase for phrase in known if _is_part(words[phrase]))
        phrases += rf"|(?:{parts}){{2,12}}(?![^\W\d_])"
    prefix = r"(?P<prefix>و?)" if "و" in words else ""
    return (
        rf"(?P<numeral>{_DIGITS})|(?<![^\W\d_]){prefix}(?P<phrase>{phrases})"
        r"|(?P<other>\s+|[^\W\d_]+|.)"
    )


def _joins(phrase: str, words: Mapping[str, tuple[Meaning, ...]]) -> bool:
    """Whether a hedge behind a number could join another to it: 47 muertos y más de 300."""
    first, _, rest = phrase.partition(" ")
    behind = {one.kind for one in words[phrase]} == {"hedge after"}
    return bool(rest) and behind and any(one.kind == "connector" for one in words.get(first, ()))


def _not_before_number(words: Mapping[str, tuple[Meaning, ...]]) -> str:
    """No number follows, nor one behind a word: y más [de] 300."""
    numbers = sorted(filter(lambda phrase: _is_part(words[phrase]), words), key=len, reverse=True)
    either = "|".join(map(re.escape, numbers))
    return rf"(?!\s+(?:[^\W\d_]+['\s]\s*)?(?:\d|(?:{either})(?![^\W\d_])))"


def _as_pattern(phrase: str, *, spaced: bool) -> str:
    """The phrase as it is written: to the end of a word, but for an elision as in "d'euros"."""
    plain = re.escape(phrase.removesuffix("*")).replace(r"\ ", r"\s+")
    if "\u0620" < phrase[0] < "\u0650":
        plain = "".join(letter + _MARKS if letter.isalpha() else letter for letter in plain)
    if not spaced or phrase.endswith("'"):
        return plain
    return plain + (r"[^\W\d_]*" if phrase.endswith("*") else "") + r"(?![^\W\d_])"


_MARKS = "[\u064b-\u0652\u0640]*"  # how an Arabic word is said, which most leave out
_UNMARKED = dict.fromkeys([*range(0x64B, 0x653), 0x640])
_PARTS = ("number word", "number joiner", "scale", "and a half")


def _is_part(meanings: tuple[Meaning, ...]) -> bool:
    """Whether a word may be part of a number written as one word: fünf-und-zwanzig."""
    return any(one.kind in _PARTS for one in meanings)


def tokens(low: str, spoken: Language) -> Iterator[Token]:
    """The numerals and the words of the language in a text, and what stands between them."""
    for match in spoken.pattern.finditer(folded(low)):
        start, end = match.span()
        if match.lastgroup == "other":
            yield Token(start, end, letter=low[start].isalpha())
        elif match["numeral"] is not None:
            yield Token(start, end, (Meaning(NUMERAL, low[start:end]),))
        else:
            yield from _spoken(match, spoken)


def _spoken(match: re.Match[str], spoken: Language) -> Iterator[Token]:
    start, end = match.span("phrase")
    if start > match.start():  # the Arabic "and", which is part of the next word
        yield Token(match.start(), start, spoken.words["و"])
    phrase = " ".join(match["phrase"].translate(_UNMARKED).split())
    meanings = _meanings(phrase, spoken)
    if meanings:
        yield Token(start, end, meanings)
        return
    part = _part_pattern(spoken.code)
    at = start
    while at < end and (found := part.match(match.string, at, end)) is not None:
        yield Token(at, found.end(), spoken.words[found[0]])
        at = found.end()


@cache
def _part_pattern(code: str) -> Pattern:
    spoken = language(code)
    known = [phrase for phrase, said in spoken.words.items() if _is_part(said)]
    parts = "|".join(sorted(known, key=len, reverse=True))
    return Pattern(rf"(?:{parts})(?=(?:{parts})*\Z)")


def _meanings(phrase: str, spoken: Language) -> tuple[Meaning, ...]:
    """What a phrase means: itself, and the longest stem that its last word begins with."""
    last = phrase.rfind(" ") + 1
    stems = (f"{phrase[:length]}*" for length in range(len(phrase), last, -1))
    stem = next((spoken.words[stem] for stem in stems if stem in spoken.words), ())
    return spoken.words.get(phrase, ()) + stem
