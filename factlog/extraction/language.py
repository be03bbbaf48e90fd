"""The language of a text: a cautious guess from its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from factlog.parsing import languages, lexicon
from factlog.parsing.foreign import script_of
from factlog.parsing.languages import PERCENT, language, tokens

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)'(?=[^\W\d_]{2})|[^\W\d_]+")  # "l'" is a word of French
_OWNERS = re.compile(r"(?<=\w)'s\b")  # "the city's": an s is a word of Czech
_ENOUGH = 8  # words of which one at least would be a common one


@cache
def _common() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """The languages that each of the common words is of; those of English, and of others."""
    known: dict[str, tuple[str, ...]] = {}
    for code in lexicon.languages():
        for word in lexicon.meanings("common word", code):
            known[word] = (*known.get(word, ()), code)
    theirs = frozenset(word for word, codes in known.items() if codes != (ENGLISH,))
    return known, lexicon.words("common word"), theirs


def guess(text: str, otherwise: str | None = ENGLISH) -> str | None:
    """The language most of the common words are of; `otherwise` where too few tell.

    None where the text is not in English and in no language that is known.
    """
    low = text.lower().replace("’", "'")
    words = _ELIDED.findall(_OWNERS.sub("", low)) if "'" in low else _WORD.findall(low)
    common, ours, theirs = _common()
    english = sum(map(ours.__contains__, words))
    if english > 1 and english >= sum(map(theirs.__contains__, words)):
        return ENGLISH
    if len(letters := script_of(text)) == 1:
        return letters[0]
    hits = Counter(code for word in words for code in common.get(word, ()))
    del hits[ENGLISH]
    most = max(hits.values(), default=0)
    if otherwise is not None and otherwise in hits and most - hits[otherwise] < 2:
        return otherwise
    if most > english and most > 1:
        return _likeliest(text, hits, letters)
    if english:
        return ENGLISH if english > 1 or most < 1 else otherwise
    told = most or len(words) >= _ENOUGH or not all(map(str.isascii, words))
    if otherwise == ENGLISH and told:
        return _that_knows_most(text, letters)
    return (of_its_nouns(text) if otherwise == ENGLISH else None) or otherwise


def _likeliest(text: str, hits: Mapping[str, int], letters: tuple[str, ...]) -> str:
    """Of the languages that have about the most of the common words, the one that knows most."""
    most = max(hits.values())
    near = [code for code, count in hits.items() if most - count < 2]
    near = [code for code in near if code in letters] or near
    if len(near) == 1:
        return near[0]
    return max(near, key=lambda code: (_known(text.lower(), code), hits[code]))


_LATIN = ("de", "es", "fr")  # the languages read that have no script of their own
_PLENTY = 3  # words of its lexicon in a sentence, by which a language of its script is told


def _that_knows_most(text: str, codes: tuple[str, ...]) -> str | None:
    """The language of these that knows the most words of a text, if one does and knows plenty."""
    known = {code: _known(text.lower(), code) for code in codes or _LATIN}
    most = max(known.values(), default=0)
    best = [code for code, count in known.items() if count == most]
    return best[0] if most >= _PLENTY and len(best) == 1 else None


def _known(low: str, code: str) -> int:
    """How many words of a text are in the lexicon of a language."""
    told = re.findall(rf"(?<!\w)(?:{_spoken(code)})(?!\w)", low)
    read = [token for token in tokens(low, language(code)) if token.meanings]
    words = [token for token in read if token.said(*PERCENT) is None]
    return len(told) + sum(low[token.start].isalpha() for token in words)


@cache
def _spoken(code: str) -> str:
    return lexicon.spoken("speech verb", "common word", "according to", language=code)


def of_its_nouns(text: str) -> str | None:
    """The language that alone has the most of a few words: of who died, of scales and numbers.

    For a quote of three words, of which none is common. None where English has them all, or two
    languages as many.
    """
    best = all_of_its_nouns(text)
    return best[0] if len(best) == 1 else None


def all_of_its_nouns(text: str) -> tuple[str, ...]:
    """Every language that has the most of those few words."""
    words = set(_WORD.findall(text.lower())) - _nouns(ENGLISH)
    known = {code: len(words & _nouns(code)) for code in languages.names()}
    most = max(known.values(), default=0)
    return tuple(code for code, count in known.items() if count == most) if most else ()


@cache
def _nouns(code: str) -> frozenset[str]:
    kinds = ("toll", "fate", "part", "counted", "scale", "number word")
    return frozenset(word for kind in kinds for word in lexicon.meanings(kind, code))
