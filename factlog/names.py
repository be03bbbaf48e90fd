"""Names as people write them: the same one spelled alike, and close ones to suggest.

The only door to rapidfuzz. A score suggests; it never merges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from factlog.patterns import Pattern

# From this score of 100 on, two names may be spellings of one.
ALIKE = 85
# From this one on, two words may be.
_MISSPELT = 80
_NUMBERED = Pattern(r"\d|^[ivx]{2,}$")
# What sets names apart, however close it is spelled.
_DISTINCT = Pattern(r"north|south|east|west|female|male")


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

    A word in another's place is no misspelling: an army is no navy, east is not west.

    >>> list(alike(["Ministry of Health", "Channel 4", "Channel 5", "Ministy of Health"]))
    [('Ministry of Health', 'Ministy of Health')]
    """
    from rapidfuzz import fuzz, process

    shown = list(names)
    left = dict(enumerate(map(fold, shown)))
    words = [re.findall(r"\w+", name) for name in left.values()]
    for place, name in enumerate(shown):
        if key := left.pop(place, ""):
            near = process.extract(
                key, left, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=len(shown)
            )
            for _other, _score, at in near:
                if not _told_apart(words[place], words[at]):
                    yield name, shown[at]
                    del left[at]


def _told_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names differ by a number, or by a word that is no misspelling of the other's."""
    here, there = [w for w in one if w not in other], [w for w in other if w not in one]
    if any(map(_NUMBERED.search, here + there)):
        return True
    fewer, more = sorted((here, there), key=len)
    if len(fewer) < len(more) and _misspelt("".join(fewer), "".join(more)):
        return False  # one word in two
    near = [[_misspelt(word, each) for each in more] for word in fewer]
    added = (word for word, *found in zip(more, *near, strict=True) if not any(found))
    return not all(map(any, near)) or any(map(_DISTINCT.search, added))


def _misspelt(word: str, other: str) -> bool:
    """Whether two words may be one."""
    from rapidfuzz import fuzz

    if fuzz.ratio(word, other) < _MISSPELT:
        return False
    kinds = [[each[0] for each in _DISTINCT.finditer(name)] for name in (word, other)]
    return kinds[0] == kinds[1] or not all(kinds)


def close_command(word: str, known: Iterable[str]) -> str | None:
    """The command, or other word of the command line, that is spelled most like a word.

    >>> close_command("comapre", ["add", "compare"])
    'compare'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), None)
