"""The lexicon: the words that the reader of values and the reader of articles go by.

They stand in `lexicon/`, a file for each language, a row for each word: what kind of word it is,
the word or words, and what they mean; "-" where the kind says it all. English is what is read. Of
the other languages the words that change what a number says are known, so that no number is read
without them, and the commonest words of a text.

A word may mean several things, parted by ", ". Of a speech verb they are the places it may have:
`number` (it speaks only with a number close behind), `noun` (it is a noun too), `inverts` ("said
the mayor"), `clause` (a clause of its own begins with it), `phrase` (it may stand in the name of a
thing), `by` ("reported by") and `known` (it speaks only behind a name or a known kind of speaker).
`{more}` and `{less}` in a hedge stand for each comparative.
A short word written with a stop may be a `rank`, or may stand at the end of a sentence (`ends`).
Of a name with a number, such as CO2, the numbers that it may have are meant.
A verb of putting goes with `at` or `to`; a paper that is `own` may belong to a source.
In a language other than English a star stands for any ending; a word is one of English too where
it says `also English`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from factlog.patterns import Pattern

_FILES = Path(__file__).with_name("lexicon")


# The rows of a kind stand together.
_OF_A_KIND = Pattern(r"^([^\t\n]*)\t.*(?:\n\1\t.*)*", re.MULTILINE)


@cache
def _rows(language: str) -> dict[str, str]:
    """The rows of each kind as they stand in the file: most of them are never asked for."""
    text = (_FILES / f"{language}.tsv").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in _OF_A_KIND.finditer(text)}


@cache
def _words(kind: str, language: str) -> dict[str, str]:
    rows = _rows(language)
    if language != "en" and kind not in rows:
        return {}
    split = (row.split("\t") for row in rows[kind].split("\n"))
    return {words: meaning for _kind, words, meaning in split}


def languages() -> list[str]:
    """The codes of the languages that some words are known of, English among them."""
    return sorted(file.stem for file in _FILES.glob("*.tsv"))


def meanings(kind: str, language: str = "en") -> Mapping[str, str]:
    """The words of a kind, in the order of the file, and what each means."""
    return _words(kind, language)


@cache
def words(kind: str, meaning: str | None = None) -> frozenset[str]:
    """The words of a kind: all of them, or those with this among their meanings."""
    return frozenset(_chosen(kind, meaning))


def either(*kinds: str, meaning: str | None = None) -> str:
    """A pattern for any of the words of these kinds, longest first."""
    known = [word for kind in kinds for word in _chosen(kind, meaning)]
    return "|".join(sorted(known, key=len, reverse=True)).replace(".", r"\.").replace(" ", r"\s+")


@cache
def spoken(*kinds: str, language: str) -> str:
    """A pattern for any of the words of these kinds in a language; without any, nothing fits."""
    known = {word for kind in kinds for word in meanings(kind, language)}
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return "|".join(map(pattern_of, longest_first)) or r"(?!)"


def pattern_of(words: str) -> str:
    """A pattern for words of the lexicon: any gap between them, any ending for a star."""
    return re.escape(words).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


@cache
def named_with() -> str:
    """A pattern for a name that a number is part of, set apart from it: "CO 2", "G 20"."""
    names = meanings("name with a number").items()
    parts = (rf"{name}\s+(?:{numbers.replace(', ', '|')})" for name, numbers in names)
    many = rf"(?![\w%]|[.,]\d|\s+(?:{either('scale')})\b)"
    return rf"(?<![\w.])(?<!\d\s)(?:{'|'.join(parts)}){many}".replace("2.5", r"2\.5")


def _chosen(kind: str, meaning: str | None) -> Iterable[str]:
    known = _words(kind, "en")
    if meaning is None:
        return known
    return (word for word, said in known.items() if meaning in said.split(", "))
