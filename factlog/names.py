"""Names as people write them: the same one spelled alike, and close ones to suggest.

The only door to rapidfuzz. A score suggests; it never merges.
"""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize


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


def close_command(word: str, known: Iterable[str]) -> str | None:
    """The command, or other word of the command line, that is spelled most like a word.

    >>> close_command("comapre", ["add", "compare"])
    'compare'
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), None)
