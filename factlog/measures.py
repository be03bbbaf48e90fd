"""Measures: which there are, under which names, and which one a thing that was counted means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from factlog.errors import MeasureError
from factlog.names import clean, fold
from factlog.policy import Kind, Measure

# Names that tell a measure only where nothing follows that was done to them: "12,000 troops"
# and "troops in Russia" were deployed, "troops withdrawn" were not.
_BARE = frozenset({"troops", "prisoners", "pow", "pows", "prisoners of war", "prisoner of war"})
_DENIALS = frozenset({"not", "non", "never", "un", "no", "neither", "nor", "without", "n't", "t"})
_UNDOING = frozenset({"home", "back", "away"})  # "sent home" is not deployed
_JOINTS = frozenset({"and", "or", "plus", "&", "/", ","})
_PREPOSITIONS = frozenset(
    (
        *("about", "across", "after", "against", "along", "amid", "among", "around", "as", "at"),
        *("before", "between", "by", "during", "for", "from", "in", "inside", "into", "near", "of"),
        *("on", "over", "since", "so", "this", "through", "throughout", "to", "under", "until"),
        *("when", "while", "who", "with", "within", ".", ";", ":", "(", ")", "-"),
    )
)


class _MeasureIndex(NamedTuple):
    """Names of measures, folded: of the whole name, and of its words with one space between."""

    names: Mapping[str, Measure]
    phrases: Mapping[str, Measure]
    longest: int


class _Found(NamedTuple):
    """A measure named by words from start to end of a thing."""

    measure: Measure
    start: int
    end: int
    predicate: bool


@cache
def starter() -> tuple[Measure, ...]:
    """The measures that ship with factlog, from measures.tsv."""
    text = Path(__file__).with_name("measures.tsv").read_text(encoding="utf-8")
    return tuple(_entry(line) for line in text.splitlines() if line and line[0] != "#")


def find(name: str, measures: Iterable[Measure]) -> Measure:
    """The measure of this name or alias; one nobody defined is constant."""
    return _index(measures).names.get(fold(name)) or Measure(clean(name).lower())


def resolve(name: str, measures: Iterable[Measure]) -> str:
    """The name a measure goes by; one nobody defined goes by its own, in lower case."""
    return find(name, measures).name


def measure_of(thing: str | None, measures: Iterable[Measure]) -> str:
    """The measure meant by the thing counted; other things become the measure themselves.

    >>> [measure_of(thing, starter()) for thing in ("people killed", "troops", "homes")]
    ['killed', 'deployed', 'homes']

    What was done decides before whom it was done to ("troops killed" is killed). Two deeds
    together are the measure that is their sum ("killed and wounded" is casualties), or one of
    their own ("killed or missing").
    """
    if thing is None or not thing.strip():
        return ""
    index = _index(measures)
    if known := index.names.get(fold(thing)):
        return known.name
    words = re.findall(r"\w+|[^\w\s]", fold(thing))
    named = _found(words, index)
    found = [one for one in named if not _undone(words, one)]
    if len(found) < len(named):  # "troops not deployed" leaves no troops deployed either
        found = [one for one in found if one.predicate]
    return _decided(words, found, index) or clean(thing).lower()


def check(measures: Iterable[Measure]) -> None:
    """Refuse measures that cannot stand: an unknown kind, a sum that contains itself, ..."""
    given = tuple(measures)
    for measure in given:
        _check_one(measure)
    _check_names(given)
    index = _index(given)
    done: set[str] = set()
    for measure in given:
        _check_parts(measure, index)
        _check_circle(measure, index, done)


def unsound(measures: Iterable[Measure]) -> list[str]:
    """The measures whose sum would count a part twice, or have itself for a part."""
    given = tuple(measures)
    index = _index(given)
    parts = {each.name: [_name_in(index, part) for part in each.parts] for each in given}
    return [
        name
        for name, own in parts.items()
        if len(set(own)) < len(own) or name in _within(own, parts)
    ]


def _within(names: Iterable[str], parts: Mapping[str, Sequence[str]]) -> set[str]:
    """These measures and all that they are sums of."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += parts.get(name, ())
    return found


def _entry(line: str) -> Measure:
    name, kind, parts, aliases, definition = line.split("\t")
    return Measure(name, Kind(kind), _listed(parts), _listed(aliases), definition=definition)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


class _Identical:
    """Measures that are looked up by being the same object, which costs no reading of them all."""

    __slots__ = ("measures",)

    def __init__(self, measures: tuple[Measure, ...]) -> None:
        self.measures = measures

    def __hash__(self) -> int:
        return id(self.measures)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identical) and self.measures is other.measures


def _index(measures: Iterable[Measure]) -> _MeasureIndex:
    return _index_of_same(_Identical(measures if isinstance(measures, tuple) else tuple(measures)))


@lru_cache(maxsize=8)
def _index_of_same(given: _Identical) -> _MeasureIndex:
    return _index_of(given.measures)


@lru_cache(maxsize=8)
def _index_of(measures: tuple[Measure, ...]) -> _MeasureIndex:
    names = {fold(alias): measure for measure in measures for alias in measure.aliases}
    names |= {fold(measure.name): measure for measure in measures}
    names.pop("", None)
    phrases = {" ".join(re.findall(r"\w+|[^\w\s]", name)): one for name, one in names.items()}
    longest = max((phrase.count(" ") + 1 for phrase in phrases), default=0)
    return _MeasureIndex(MappingProxyType(names), MappingProxyType(phrases), longest)


def _found(words: list[str], index: _MeasureIndex) -> list[_Found]:
    """The measures named in the words, from left to right, the longest name first."""
    found: list[_Found] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + index.longest), start, -1):
            phrase = " ".join(words[start:end])
            if measure := index.phrases.get(phrase):
                found.append(_Found(measure, start, end, phrase not in _BARE))
                start = end
                break
        else:
            start += 1
    return found


def _undone(words: list[str], one: _Found) -> bool:
    """Whether the words around turn the name into something else: "not deployed", "sent home"."""
    before, after = words[max(0, one.start - 2) : one.start], words[one.end : one.end + 1]
    if _DENIALS & set(before) or before == ["to", "be"]:
        return True
    if one.predicate:
        return bool(_UNDOING & set(after)) and words[one.end - 1] == "sent"
    return bool(after) and after[0] != "," and after[0] not in _PREPOSITIONS


def _decided(words: list[str], found: list[_Found], index: _MeasureIndex) -> str | None:
    """The one measure meant by those found: a deed that ends its phrase, else the first deed."""
    deeds = [one for one in found if one.predicate]
    if not deeds:
        return found[0].measure.name if found else None
    group = _joined(words, deeds)
    if len({one.measure.name for one in group}) > 1:
        return _sum_of({one.measure.name for one in group}, index)
    ending = (one for one in deeds if _ends_phrase(words, one))
    return next(ending, deeds[0]).measure.name


def _joined(words: list[str], deeds: list[_Found]) -> list[_Found]:
    """The first deeds that stand together with nothing but "and", "or" or a comma between."""
    group: list[_Found] = []
    for one in deeds:
        if group and not _JOINTS.issuperset(words[group[-1].end : one.start]):
            if len(group) > 1:
                break
            group = []
        group.append(one)
    return group


def _sum_of(parts: set[str], index: _MeasureIndex) -> str | None:
    """The measure that is the sum of exactly these, if there is one."""
    for measure in index.names.values():
        if {_name_in(index, part) for part in measure.parts} == parts:
            return measure.name
    return None


def _ends_phrase(words: list[str], one: _Found) -> bool:
    after = words[one.end : one.end + 1]
    return not after or after[0] in _PREPOSITIONS or after[0] in _JOINTS


def _name_in(index: _MeasureIndex, name: str) -> str:
    known = index.names.get(fold(name))
    return known.name if known else clean(name).lower()


def _check_one(measure: Measure) -> None:
    """Refuse a measure without a name, of no known kind, or with a share or window out of range."""
    if not measure.name.strip():
        raise MeasureError("A measure needs a name.", "Write it as in: factlog measure set killed")
    if measure.kind not in tuple(Kind):
        raise MeasureError(
            f'"{measure.kind}" is no kind of measure.', f"The kinds are {', '.join(Kind)}."
        )
    if measure.tolerance is not None and not 0 <= measure.tolerance <= 1:
        raise MeasureError(
            f"The tolerance of {measure.name} is outside 0% to 100%.", "Write it like 2%."
        )
    if measure.window is not None and measure.window < 0:
        raise MeasureError(
            f"The window of {measure.name} is below 0 days.", "Give a number of days, such as 30."
        )


def _check_names(measures: tuple[Measure, ...]) -> None:
    """Refuse one name for two measures."""
    owner: dict[str, str] = {}
    for measure in measures:
        for name in {fold(one) for one in (measure.name, *measure.aliases)}:
            other = owner.setdefault(name, measure.name)
            if other != measure.name:
                raise MeasureError(
                    f'"{name}" would be a name of both {other} and {measure.name}.',
                    "Give each name to one measure.",
                )


def _check_parts(measure: Measure, index: _MeasureIndex) -> None:
    """Refuse a sum that counts one part twice."""
    parts = [_name_in(index, part) for part in measure.parts]
    for part in parts:
        if parts.count(part) > 1:
            raise MeasureError(
                f"{measure.name} would count {part} twice: it is the sum of {' and '.join(parts)}.",
                f"Say first what it is the sum of, or --no-sum: factlog measure set {measure.name}",
            )


def _check_circle(measure: Measure, index: _MeasureIndex, done: set[str]) -> None:
    """Refuse a sum that contains itself, naming the circle; `done` are the names found sound."""
    path = [measure.name]
    waiting = [list(measure.parts)]
    while path:
        if not waiting[-1]:
            waiting.pop()
            done.add(path.pop())
            continue
        part = _name_in(index, waiting[-1].pop())
        if part in path:
            circle = [*path[path.index(part) :], part]
            raise MeasureError(
                f"{part} would be a part of itself: {', which has the part '.join(circle)}.",
                f"Leave one of these parts out: factlog measure set {circle[-2]} --no-sum",
            )
        if part not in done:
            path.append(part)
            known = index.names.get(fold(part))
            waiting.append(list(known.parts) if known else [])
