"""The language of a text: a cautious guess from its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from factlog.parsing import lexicon
from factlog.parsing.foreign import script_of

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 8  # words of which one at least would be a common one


@cache
def _common() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str], frozenset[str]]:
    """The languages that each of the common words is of; those of English, and of others."""
    known: dict[str, tuple[str, ...]] = {}
    for language in lexicon.languages():
        for word in lexicon.meanings("common word", language):
            known[word] = (*known.get(word, ()), language)
    theirs = frozenset(word for word, languages in known.items() if languages != (ENGLISH,))
    return known, lexicon.words("common word"), theirs


def guess(text: str, otherwise: str | None = ENGLISH) -> str | None:
    """The language most of the common words are of; `otherwise` where too few tell.

    None where the text is not in English and in no language that is known.
    """
    words = _WORD.findall(text.lower())
    common, ours, theirs = _common()
    english = sum(map(ours.__contains__, words))
    if english > 1 and english >= sum(map(theirs.__contains__, words)):
        return ENGLISH
    if len(letters := script_of(text)) == 1:
        return letters[0]
    hits = Counter(language for word in words for language in common.get(word, ()))
    del hits[ENGLISH]
    most = max(hits.values(), default=0)
    if otherwise is not None and otherwise in hits and most - hits[otherwise] < 2:
        return otherwise
    if most > english and most > 1:
        return next(language for language, count in hits.items() if count == most)
    if english:
        return ENGLISH if english > 1 or most < 1 else otherwise
    told = most or len(words) >= _ENOUGH or not all(map(str.isascii, words))
    return None if otherwise == ENGLISH and told else otherwise
