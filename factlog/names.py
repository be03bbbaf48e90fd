"""Names as people write them: the same one spelled alike, and close ones to suggest.

The only door to rapidfuzz. A score suggests; it never merges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

# From this score of 100 on, two names may be spellings of one.
ALIKE = 85


def clean(name: str) -> str:
    """A name as it is shown: composed (NFC), spaces collapsed, none at the ends."""
    return " ".join((name if name.isascii() else normalize("NFC", name)).split())


def fold(name: str) -> str:
    """What two spellings of one name share: cleaned, and without case.

    >>> fold("South  Korean Intelligence ") == fold("south korean intelligence")
    True
    """
    if name.isascii():
        return " ".join(name.lower().split())
    # Taken apart before the case goes, or a few letters with accents would not meet their like.
    return clean(normalize("NFD", name).casefold())


def close(
    name: str, candidates: Iterable[str], *, limit: int = 3, cutoff: float = 80
) -> tuple[str, ...]:
    """The candidates spelled most like the name, best first; `cutoff` is out of 100.

    >>> close("North Korean troops in Rusia", ["North Korean troops in Russia", "Everest"])
    ('North Korean troops in Russia',)
    """
    from rapidfuzz import fuzz, process

    shown = list(dict.fromkeys(candidates))
    found = process.extract(
        fold(name),
        [fold(one) for one in shown],
        scorer=fuzz.ratio,
        score_cutoff=cutoff,
        limit=limit,
    )
    return tuple(shown[place] for _folded, _score, place in found)


def alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names that may be misspellings of one before them, each after that one.

    >>> list(alike(["Ministry of Health", "Channel 4", "Channel 5", "Ministy of Health"]))
    [('Ministry of Health', 'Ministy of Health')]
    """
    from rapidfuzz import fuzz, process

    shown = list(names)
    left = dict(enumerate(map(fold, shown)))
    for place, name in enumerate(shown):
        if key := left.pop(place, ""):
            near = process.extract(
                key, left, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=len(shown)
            )
            for other, _score, at in near:
                if not _told_apart(key, other):
                    yield name, shown[at]
                    del left[at]


def _told_apart(one: str, other: str) -> bool:
    """Whether a number, or a letter that stands alone, is what two names differ by."""
    words = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    mine, theirs = words[0] - words[1], words[1] - words[0]
    numbers = any(re.search(r"\d", word) for word in mine | theirs)
    return numbers or all(any(len(word) == 1 for word in each) for each in (mine, theirs))


def close_command(word: str, known: Iterable[str]) -> str | None:
    """The command, or other word of the command line, that is spelled most like a word.

    >>> close_command("comapre", ["add", "compare"])
    'compare'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), None)
