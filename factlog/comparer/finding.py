"""Finding: the worst of what a measure's sides come to, spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from factlog.comparer import parts as part_pairs
from factlog.comparer import wording
from factlog.comparer.entries import Entry, Rules
from factlog.comparer.pairing import Pair, paired
from factlog.comparer.picking import how_many
from factlog.comparer.sigmas import sigmas_between
from factlog.comparer.tried import Tried
from factlog.comparer.worst import worst
from factlog.comparison import Counts, Finding, Side, Verdict

_OF_PAIRS = (
    Verdict.CONFLICT,
    Verdict.NEAR,
    Verdict.REVISED,
    Verdict.GROWTH,
    Verdict.ECHO,
    Verdict.AGREE,
    Verdict.NOT_COMPARED,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings to spell out: how many, of which verdict, touching which claims.

    `each` gives every verdict the limit for itself.
    """

    limit: int | None = None
    each: bool = False
    only: Verdict | None = None
    about: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure's sides, and what was found without judging pairs: `extra`.

    Of few sides every pair has been `tried`.
    """

    entries: Sequence[Entry]
    parts: Sequence[Entry]
    rules: Rules
    extra: Sequence[Pair]
    tried: Tried | None = None


def listed(measured: Measured, counts: Counts, asked: Asked) -> list[Pair]:
    """The findings to spell out, most severe first, then by break-even."""
    found: list[Pair] = []
    for verdict in _OF_PAIRS:
        left = asked.limit
        if left is not None and not asked.each:
            left -= len(found)
        if left == 0:
            break
        there = how_many(counts, verdict)
        if there and asked.only in (None, verdict):
            wanted = there if left is None else min(left, there)
            found += _of(measured, verdict, wanted, asked.about)
    return found


def _of(
    measured: Measured, verdict: Verdict, wanted: int, about: frozenset[int] | None
) -> list[Pair]:
    """The worst of one verdict."""
    extra = [pair for pair in measured.extra if pair.verdict is verdict]
    if about is not None:
        found = [pair for pair in _touching(measured, about) if pair.verdict is verdict]
        extra = [pair for pair in extra if any(_touched(each, about) for each in pair.entries)]
    elif verdict is Verdict.REVISED:  # found source by source, never by pairing
        found = []
    else:
        found = _worst(measured, verdict, wanted)
        if verdict is Verdict.CONFLICT:
            found += part_pairs.worst(measured.entries, measured.parts, measured.rules, wanted)
    return sorted([*found, *extra], key=lambda pair: pair.key)[:wanted]


def _worst(measured: Measured, verdict: Verdict, wanted: int) -> list[Pair]:
    if measured.tried is not None:
        return measured.tried.worst(verdict, wanted)
    return worst(measured.entries, measured.rules, verdict, wanted)


def _touched(entry: Entry, about: frozenset[int]) -> bool:
    return not about.isdisjoint(entry.side.claims)


def _touching(measured: Measured, about: frozenset[int]) -> Iterator[Pair]:
    """Every pair that touches some claims."""
    for entry in (e for e in measured.entries if _touched(e, about)):
        for other in measured.entries:
            if other is not entry and not (other.place < entry.place and _touched(other, about)):
                yield from _made(paired(entry, other, measured.rules))
        for part in measured.parts:
            yield from _made(part_pairs.paired(entry, part, measured.rules))
    for part in (p for p in measured.parts if _touched(p, about)):
        for whole in measured.entries:
            if not _touched(whole, about):
                yield from _made(part_pairs.paired(whole, part, measured.rules))


def _made(pair: Pair | None) -> Iterable[Pair]:
    return () if pair is None else (pair,)


def _sigmas(pair: Pair, one: Side, other: Side) -> float | None:
    """How many standard errors lie between two figures that can be compared and state theirs."""
    if pair.verdict is Verdict.NOT_COMPARED:
        return None
    return sigmas_between(one, other)


def spelled(pairs: Sequence[Pair], measured: Measured) -> tuple[list[Side], list[Finding]]:
    """The sides, with the parts that findings speak of after them, and the findings."""
    sides = [entry.side for entry in measured.entries]
    spoken = sorted({e.place for pair in pairs for e in pair.entries if e.place >= len(sides)})
    places = {place: len(sides) + n for n, place in enumerate(spoken)}
    by_place = {part.place: part.side for part in measured.parts}
    sides += [by_place[place] for place in spoken]
    findings = []
    for pair in pairs:
        one, other = (places.get(e.place, e.place) for e in pair.entries)
        away = pair.distance
        findings.append(
            Finding(
                verdict=pair.verdict,
                kind=pair.kind,
                sides=(one, other),
                gap=None if pair.verdict is Verdict.NOT_COMPARED else away.gap,
                ratio=away.ratio,
                break_even=away.break_even,
                why=wording.why(pair, measured.rules),
                sigmas=_sigmas(pair, sides[one], sides[other]),
            )
        )
    return sides, findings
