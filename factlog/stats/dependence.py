"""Sources that agree too often to be voices of their own, told without knowing who is right.

Where each says what it found by itself, those who agree are nearly always right, and whether one
of the others bears that out has nothing to do with whether another does. Copies agree on right and
wrong figures alike; so all others are now with them, now against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Bools = NDArray[np.bool_]

# Who agrees less often is a voice of its own: that much room is for a copy's slips and its own
# figures. Two who are each right in 92 of 100 cases agree as often, so that it alone tells nothing.
_ALIKE = 0.85
# Of fewer items that two speak of nothing is told: luck gets ever more pairs past _ALIKE. In a
# record of 30 items a source that speaks of two in five shares these with its copy.
_FEWEST = 12
# Others are heard as one voice on a group where they may be a camp like it: where they agree less
# than _ALIKE by no more than so many standard deviations, which is luck, and with the same others,
# as a share of all whom either agrees with. Voices of their own who are right in nine of ten cases
# agree in four of five: some pairs of them are near enough, but hardly all.
_LUCK, _SAME_OTHERS = 1.5, 0.6
# By so many standard deviations the others are with a group, or against it, together: three are
# met by luck once in 700 groups. And by so much of what is expected, as in a very long record
# anything is so many standard deviations off.
_BUNCHED, _MORE = 3.0, 0.3
# The others are against a group where so much of what is expected, or less, is with it. They are
# then to have one figure so often, as a share of how often they have the group's elsewhere: who is
# right is for one figure either way, those who do not know for many. Midway between nobody and
# all, and a little above, as copies that slip leave the others somewhat less together.
_AGAINST, _TOGETHER = 0.6, 0.6
# The sources heard most often are looked at, as tables hold a number for every two of them; of
# more pairs of voices than these, those of evenly spaced items, but never of fewer items: two who
# speak of one in five still share enough then.
_MOST_SOURCES, _PAIRS, _ITEMS = 1_000, 600_000, 300
# Items of more voices are passed over: every two of them are too many.
_MOST_VOICES = 300
_AT_ONCE = 1_000_000  # how many pairs of voices are held in memory


def dependent(items: Places, sources: Places, choices: Places) -> Places:
    """The group of each source: its own number, or the least of those it agrees too often with.

    The voices are given in the order of their items. Two are alike where they agree on more than
    85% of the items that both speak of, 12 at least. A group are all that such pairs join, if the
    others bear out in bunches what it agrees on, and where they do not, are for one figure nearly
    as often: a few who are right among many who are not are alike, too, and so are those who know
    what is hard to know. Of others who mostly agree one is heard: of two camps neither is told,
    and seldom a copy beside a few others who are each right in nine of ten cases, or more.
    """
    heard = np.bincount(sources)
    most = np.sort(np.argsort(-heard, kind="stable")[:_MOST_SOURCES])
    place = np.full(len(heard), -1)
    place[most] = np.arange(len(most))
    some = place[sources] >= 0
    alike, shared = _agreements(items[some], place[sources[some]], choices[some], len(most))
    found, camps = (
        _numbered(most[np.argwhere(pairs)], len(heard))
        for pairs in ((alike > _ALIKE * shared) & (shared >= _FEWEST), _camps(alike, shared))
    )
    groups = np.arange(len(heard))
    for group in np.flatnonzero(np.bincount(found, minlength=len(found)) > 1):
        if _borne_out_in_bunches(found == group, camps, (items, sources, choices)):
            groups[found == group] = group
    return groups


def pairs_of(items: Places) -> Iterator[tuple[Places, Places]]:
    """Every two voices on one item, by their places in the order of items; so many at a time."""
    heard = np.bincount(items)
    nth = np.arange(len(items)) - (np.cumsum(heard) - heard)[items]
    later = np.where(heard[items] > _MOST_VOICES, 0, heard[items] - 1 - nth)
    parts = np.cumsum(later) // _AT_ONCE
    for part in np.split(np.arange(len(later)), np.flatnonzero(np.diff(parts)) + 1):
        many = later[part]
        one = np.repeat(part, many)
        yield one, one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)


def joined(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The groups of sources that pairs join."""
    of: dict[int, set[int]] = {}
    for one, other in pairs:
        less, more = sorted((of.setdefault(one, {one}), of.setdefault(other, {other})), key=len)
        if less is not more:
            more |= less
            of.update(dict.fromkeys(less, more))
    return sorted(map(sorted, {id(each): each for each in of.values()}.values()))


def _numbered(pairs: Places, many: int) -> Places:
    """Of each source the least of those that pairs join it with."""
    numbers = np.arange(many)
    for group in joined(pairs[pairs[:, 0] < pairs[:, 1]].tolist()):
        numbers[group] = group[0]
    return numbers


def _agreements(
    items: Places, sources: Places, choices: Places, many: int
) -> tuple[Places, Places]:
    """On how many items every two sources agree, and of how many both speak."""
    heard = np.bincount(items)
    fit = heard[(heard > 1) & (heard <= _MOST_VOICES)]
    step = max(min(-(-int((fit * (fit - 1) // 2).sum()) // _PAIRS), len(fit) // _ITEMS), 1)
    some = items % step == 0
    items, sources, choices = items[some], sources[some], choices[some]
    alike, shared = np.zeros((2, many * many), np.intp)
    for one, other in pairs_of(items):
        pairs = sources[one] * many + sources[other]
        shared += np.bincount(pairs, minlength=many * many)
        alike += np.bincount(pairs[choices[one] == choices[other]], minlength=many * many)
    alike, shared = (each.reshape(many, many) for each in (alike, shared))
    return alike + alike.T, shared + shared.T


def _camps(alike: Places, shared: Places) -> Bools:
    """Which two sources may be of one camp."""
    luck = np.sqrt(_ALIKE * (1 - _ALIKE) * shared)
    near = (alike > _ALIKE * shared - _LUCK * luck) & (shared >= _FEWEST)
    near |= np.eye(len(near), dtype=bool)
    both = near.astype(float) @ near
    each = near.sum(axis=0)
    found: Bools = near & (both > _SAME_OTHERS * (each[:, None] + each - both))
    return found


def _borne_out_in_bunches(
    members: Bools, camps: Places, voices: tuple[Places, Places, Places]
) -> bool:
    """Whether the others are together for what a group agrees on, or together against it."""
    items, sources, choices = voices
    inside = members[sources]
    given = np.bincount(choices[inside], minlength=choices.max() + 1)
    figure = np.full(items.max() + 1, -1)
    figure[items[given[choices] > 1]] = choices[given[choices] > 1]
    heard = ~inside & (figure[items] >= 0)
    items, sources, choices = _of_camps(items[heard], camps[sources[heard]], choices[heard])
    hits = figure[items] == choices
    rates = np.bincount(sources, hits) / np.maximum(np.bincount(sources), 1)
    rate = rates[sources]
    expected, spread = np.bincount(items, rate), np.bincount(items, rate * (1 - rate))
    beyond = (np.bincount(items, hits) - expected) ** 2 - spread
    beyond, spread = beyond[np.bincount(items) > 1], spread[np.bincount(items) > 1]
    pairs = (expected**2 - np.bincount(items, rate**2)).sum()
    luck = np.sqrt(2 * (spread**2).sum())
    bunched = beyond.sum() > max(_BUNCHED * luck, _MORE * pairs, 1e-9)
    return bool(bunched) and _of_one_figure(items, choices, hits, expected)


def _of_camps(items: Places, camps: Places, choices: Places) -> tuple[Places, Places, Places]:
    """What each camp says of each item, as one voice: the figure that most of it give."""
    voices, times = np.unique(np.stack([items, camps, choices]), axis=1, return_counts=True)
    items, camps, choices = voices[:, np.lexsort((-times, voices[1], voices[0]))]
    first = (np.diff(items, prepend=-1) > 0) | (np.diff(camps, prepend=-1) != 0)
    return items[first], camps[first], choices[first]


def _of_one_figure(items: Places, choices: Places, hits: Bools, expected: NDArray[Any]) -> bool:
    """Whether those who are together against a group are for one figure, as often as with it.

    Others who hit at their rates whatever the group says are. Where items are easy or hard to
    know, they are against those who know the hard ones, too, but mostly for figures of their own.
    """
    # Of two, one miss would be taken for both against it.
    enough = np.bincount(items) > 2
    against = np.bincount(items, hits) < _AGAINST * expected
    shares = [
        _pairs(choices[some[items] & (hits == told)]) / max(_pairs(items[some[items]]), 1)
        for some, told in ((enough & against, False), (enough & ~against, True))
    ]
    return shares[0] > _TOGETHER * shares[1]


def _pairs(places: Places) -> int:
    """How many pairs are of one place."""
    many = np.bincount(places)
    return int((many * (many - 1) // 2).sum())
