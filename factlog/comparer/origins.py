"""Whom figures go back to in the end: of a source that only hands on another's, that other's.

A file of its own, as figures that are compared and claims that are weighed both ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def roots(said: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Whom each source that has no figure of its own goes back to, by folded names.

    `said` is of each claim on one measure its source and whom it goes back to. A source that ever
    speaks for itself there, or cites several, is nobody's voice but its own. Those that cite each
    other in a ring are one voice.
    """
    cited: dict[str, set[str]] = {}
    for source, origin in said:
        cited.setdefault(source, set()).add(origin)
    relays = {
        source: next(iter(origins))
        for source, origins in cited.items()
        if len(origins) == 1 and source not in origins
    }
    found: dict[str, str] = {}
    for source in relays:
        way: dict[str, None] = {}  # gone once: who is found already is not asked again
        at = source
        while at in relays and at not in found and at not in way:
            way[at] = None
            at = relays[at]
        ring = [*way][[*way].index(at) :] if at in way else []
        found |= dict.fromkeys(way, min(ring) if ring else found.get(at, at))
    return found


def shared(said: Iterable[tuple[str, str, str]]) -> set[str]:
    """The origins that more than one voice goes back to, by folded names.

    `said` is of each claim its source, whom it goes back to as far as that was stated, and the
    source whose errors it repeats: they are one voice. Blank where it is nobody's.
    """
    voices: dict[str, set[str]] = {}
    for source, origin, counted_with in said:
        voices.setdefault(origin, set()).add(counted_with or source)
    return {origin for origin, some in voices.items() if len(some) > 1}
