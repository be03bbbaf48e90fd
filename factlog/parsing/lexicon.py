"""The lexicon: the words that the reader of values and the reader of articles go by.

They stand in `lexicon.tsv`, a row for each: its language, what kind of word it is, the word or
words, and what they mean; "-" where the kind says it all.

A word may mean several things, parted by ", ". Of a speech verb they are the places it may have:
`number` (it speaks only with a number close behind), `noun` (it is a noun too), `inverts` ("said
the mayor"), `clause` (a clause of its own begins with it), `phrase` (it may stand in the name of a
thing) and `by` ("reported by"). `{more}` and `{less}` in a hedge stand for each comparative.
A short word written with a stop may be a `rank`, or may stand at the end of a sentence (`ends`).
A verb of putting goes with `at` or `to`; a paper that is `own` may belong to a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


@cache
def _kinds() -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    lines = Path(__file__).with_name("lexicon.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        _language, kind, words, meaning = line.split("\t")
        if kind in kinds:
            kinds[kind][words] = meaning
        else:
            kinds[kind] = {words: meaning}
    return kinds


def meanings(kind: str) -> Mapping[str, str]:
    """The words of a kind, in the order of the file, and what each means."""
    return _kinds()[kind]


@cache
def words(kind: str, meaning: str | None = None) -> frozenset[str]:
    """The words of a kind: all of them, or those with this among their meanings."""
    return frozenset(_chosen(kind, meaning))


def either(*kinds: str, meaning: str | None = None) -> str:
    """A pattern for any of the words of these kinds, longest first."""
    known = [word for kind in kinds for word in _chosen(kind, meaning)]
    return "|".join(sorted(known, key=len, reverse=True)).replace(".", r"\.").replace(" ", r"\s+")


def _chosen(kind: str, meaning: str | None) -> Iterable[str]:
    known = _kinds()[kind]
    if meaning is None:
        return known
    return (word for word, said in known.items() if meaning in said.split(", "))
