"""Comparing: claims in, a comparison out, the worst of each measure spelled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from factlog import measures as vocabulary
from factlog.claim import Claim, Period
from factlog.comparer import parts as part_pairs
from factlog.comparer.filters import known_by
from factlog.comparer.origins import roots, shared
from factlog.comparer.own_record import revised, sums, with_progress
from factlog.comparer.pair_bounds import Node, node
from factlog.comparer.pair_search import FEW_SIDES, AllPairs, worst
from factlog.comparer.parts import as_parts
from factlog.comparer.parts import count as count_parts
from factlog.comparer.rules import count, finding, how_many, paired
from factlog.comparer.side_search import Sought, among, searching, worst_of_each
from factlog.comparer.sides import SourceFigure, SubjectIndex, Tie, grouped, source_figure, tie_of
from factlog.comparer.totals import settled_figures
from factlog.comparer.verdicts import Pair, Rules, placed, rules_for
from factlog.findings import (
    Comparison,
    Counts,
    Disagreement,
    Finding,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.names import clean, fold
from factlog.policy import Kind, Measure, Policy
from factlog.values import dataclass, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.comparer.disagreements import Dispute

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
class Selection:
    """Which findings to spell out: how many, of which verdicts, touching which claims.

    `each` gives every verdict the limit for itself; `each_side` adds the worst of every side
    that none of these is about, if it came to one of those verdicts; `camps` finds camps too,
    `disagreements` disagreements and hints. So many findings of each kind say why (all if None)
    as `reasons` says: without any, no disagreement does either.
    """

    limit: int | None = None
    each: bool = False
    each_side: Collection[Verdict] = ()
    only: Collection[Verdict] = tuple(Verdict)
    about: frozenset[int] | None = None
    camps: bool = True
    disagreements: bool = True
    reasons: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureSides:
    """One measure's sides, and what was found without judging pairs: `extra`.

    Of few sides `pairs` has every one; those of many are looked for in a tree of the sides.
    """

    figures: Sequence[SourceFigure]
    parts: Sequence[SourceFigure]
    rules: Rules
    extra: Sequence[Pair]
    pairs: AllPairs | Node


def listed(sides: MeasureSides, counts: Counts, selection: Selection) -> list[Pair]:
    """The findings to spell out, most severe first, then by break-even."""
    found: list[Pair] = []
    for verdict in _OF_PAIRS:
        left = selection.limit
        if left is not None and not selection.each:
            left -= len(found)
        if left == 0:
            break
        there = how_many(counts, verdict) if verdict in selection.only else 0
        if there:
            wanted = there if left is None else min(left, there)
            found += _of(sides, verdict, wanted, selection.about)
    return _with_each_side(sides, counts, selection, found) if selection.each_side else found


def _with_each_side(
    sides: MeasureSides, counts: Counts, selection: Selection, found: Sequence[Pair]
) -> list[Pair]:
    """And the worst of each side that none of these is about, in the order they are listed."""
    # Of a verdict all of whose pairs were found, each side in one is told.
    there = [
        each
        for each in _OF_PAIRS
        if each in selection.only
        and each in selection.each_side
        and how_many(counts, each) > sum(pair.verdict is each for pair in found)
    ]
    if not there:
        return [*found]
    told = {figure.place for pair in found for figure in pair.figures}
    left = {each.place: each for each in sides.figures if each.place not in told}
    more = worst_of_each(left, _looked_for(sides), sides.parts, sides.extra, sides.rules, there)
    order = {verdict: place for place, verdict in enumerate(_OF_PAIRS)}
    return sorted([*found, *more], key=lambda pair: (order[pair.verdict], pair.key))


def _looked_for(sides: MeasureSides) -> Sought:
    """What looks for the pairs of a verdict that sides are in."""
    every = sides.pairs
    if isinstance(every, Node):
        return searching(every, sides.rules)
    return lambda verdict, _left: among(every.of(verdict))


def _of(
    sides: MeasureSides, verdict: Verdict, wanted: int, about: frozenset[int] | None
) -> list[Pair]:
    """The worst of one verdict."""
    extra = [pair for pair in sides.extra if pair.verdict is verdict]
    if about is not None:
        extra = [pair for pair in extra if any(_touched(each, about) for each in pair.figures)]
    found: list[Pair] = []
    if verdict is Verdict.REVISED:  # found source by source, never by pairing
        pass
    elif about is not None:
        found = [pair for pair in _touching(sides, about, verdict) if pair.verdict is verdict]
    else:
        found = _worst(sides, verdict, wanted)
        if verdict is Verdict.CONFLICT:
            found += part_pairs.worst(sides.figures, sides.parts, sides.rules, wanted)
    if extra or about is not None or (verdict is Verdict.CONFLICT and sides.parts):
        found = sorted([*found, *extra], key=lambda pair: pair.key)
    return found[:wanted]


def _worst(sides: MeasureSides, verdict: Verdict, wanted: int) -> list[Pair]:
    if isinstance(sides.pairs, AllPairs):
        return sides.pairs.of(verdict)[:wanted]
    return worst(sides.figures, sides.rules, verdict, wanted, sides.pairs)


def _touched(figure: SourceFigure, about: frozenset[int]) -> bool:
    return not about.isdisjoint(figure.side.claims)


def _touching(sides: MeasureSides, about: frozenset[int], verdict: Verdict) -> Iterator[Pair]:
    """Every pair that touches some claims; of echoes only those of one origin are looked at."""
    echo = verdict is Verdict.ECHO
    alike = grouped(sides.figures, lambda each: each.origin) if echo else {}
    for figure in (e for e in sides.figures if _touched(e, about)):
        for other in alike[figure.origin] if echo else sides.figures:
            if other is not figure and not (other.place < figure.place and _touched(other, about)):
                yield from _made(paired(figure, other, sides.rules))
        for part in sides.parts if verdict is Verdict.CONFLICT else ():
            yield from _made(part_pairs.paired(figure, part, sides.rules))
    if verdict is not Verdict.CONFLICT:
        return
    for part in (p for p in sides.parts if _touched(p, about)):
        for whole in sides.figures:
            if not _touched(whole, about):
                yield from _made(part_pairs.paired(whole, part, sides.rules))


def _made(pair: Pair | None) -> Iterable[Pair]:
    return () if pair is None else (pair,)


def _saying_why(pairs: Iterable[Pair], most: int | None) -> Iterator[bool]:
    """Whether each is among the first so many of its kind."""
    seen = Counter[object]()
    for pair in pairs:
        seen[pair.verdict, pair.kind] += 1
        yield most is None or seen[pair.verdict, pair.kind] <= most


def _spelled(
    pairs: Sequence[Pair], measured: MeasureSides, reasons: Iterable[bool]
) -> tuple[list[Side], list[Finding]]:
    """The sides, with the parts that findings speak of after them, and the findings."""
    sides = [figure.side for figure in measured.figures]
    spoken = sorted({e.place for pair in pairs for e in pair.figures if e.place >= len(sides)})
    places = {place: len(sides) + n for n, place in enumerate(spoken)}
    by_place = {part.place: part.side for part in measured.parts}
    sides += [by_place[place] for place in spoken]
    told = zip(pairs, reasons, strict=True)
    return sides, [finding(pair, places, measured.rules, reason=reason) for pair, reason in told]


_DEFAULT = Policy()


def compare(
    claims: Iterable[Claim],
    policy: Policy = _DEFAULT,
    measures: Iterable[Measure] | Vocabulary | None = None,
    *,
    as_of: Period | None = None,
    limit: int | None = 20,
    only: Verdict | None = None,
    about: Collection[int] | None = None,
    camps: bool = True,
    each_side: bool = False,
    reasons: bool = True,
) -> Comparison:
    """Put every source's figures side by side, judge every pair, and say why.

    `as_of` leaves out figures dated later. Of each measure's findings the worst `limit`
    are spelled out (all if None): only those of one verdict if `only` is set, only those
    that touch the claims numbered in `about` if that is, and with `each_side` also the worst of
    every side that none of those is about. The counts are always whole.
    Without `camps`, camps, disagreements and hints are left out, and without `reasons` the
    sentences that say why, which is quicker. To compare many times, make a Vocabulary of the
    measures once.

    >>> from factlog import importing, compare
    >>> troops = "North Korean troops in Russia"
    >>> korea = importing.claims(
    ...     troops,
    ...     ["around 300 killed", "around 2,700 injured"],
    ...     source="South Korean intelligence",
    ...     as_of="2025-01-13",
    ... )
    >>> ukraine = importing.claims(
    ...     troops, ["about 4,000 casualties"], source="Volodymyr Zelenskyy", as_of="../2025-01-12"
    ... )
    >>> found = compare([*korea, *ukraine]).subjects[0].measures[0]
    >>> print(found.measure, "-", found.verdict, "-", found.findings[0].kind)
    casualties - conflict - backwards
    >>> for side in found.sides:
    ...     print(side.source, "-", side.said, "-", side.best)
    South Korean intelligence - killed around 300 + injured around 2,700 - 3000
    Volodymyr Zelenskyy - about 4,000 - 4000
    >>> print(f"{found.findings[0].break_even:.1%}")
    14.3%
    """
    touching = None if about is None else frozenset(about)
    verdicts = tuple(Verdict) if only is None else (only,)
    selection = Selection(
        *(limit, False, tuple(Verdict) if each_side else (), verdicts, touching),
        camps=camps,
        disagreements=camps,
        reasons=None if reasons else 0,
    )
    return compared(claims, policy, Vocabulary.of(measures), selection, as_of)


def compared(
    claims: Iterable[Claim],
    policy: Policy,
    known: Vocabulary,
    selection: Selection,
    as_of: Period | None,
) -> Comparison:
    """Compare claims, subject by subject, the worst first."""
    found = ranked(claims, policy, known, selection, as_of)
    return together(found, policy, as_of, hints=selection.disagreements)


def ranked(
    claims: Iterable[Claim],
    policy: Policy,
    known: Vocabulary,
    selection: Selection,
    as_of: Period | None,
) -> Iterator[SubjectComparison]:
    """Compare claims subject by subject, each by itself."""
    for name, group in by_subject(claims, as_of):
        subject = SubjectFigures.of(group, policy, known)
        found = (_measure(each, subject, known, selection) for each in subject.figures)
        yield SubjectComparison(name, tuple(sorted(found, key=lambda each: each.rank)))


def together(
    found: Iterable[SubjectComparison], policy: Policy, as_of: Period | None, *, hints: bool
) -> Comparison:
    """Subjects that were compared each by itself as one comparison, the worst first."""
    told = sorted(found, key=lambda each: each.rank)
    if hints:
        from factlog.comparer.hints import with_hints

        told = with_hints(told)
    return Comparison(policy, as_of, tuple(told))


class Vocabulary:
    """The measures that are defined, and what any name a claim gives stands for."""

    def __init__(self, measures: tuple[Measure, ...]) -> None:
        vocabulary.check(measures)
        self.measures = measures
        self._names: dict[str, str] = {}
        self._found: dict[str, Measure] = {}
        self.wholes = {m.name: self.find(m.name) for m in measures if m.parts}

    @classmethod
    def of(cls, measures: Iterable[Measure] | Vocabulary | None) -> Vocabulary:
        """Some measures, or the starter ones."""
        if isinstance(measures, Vocabulary):
            return measures
        return cls(vocabulary.starter() if measures is None else tuple(measures))

    def name(self, given: str) -> str:
        """The one name of a measure, whichever way it was given."""
        if given not in self._names:
            self._names[given] = vocabulary.resolve(given, self.measures)
        return self._names[given]

    def find(self, name: str) -> Measure:
        """A measure by its one name, its parts by theirs."""
        if name not in self._found:
            found = vocabulary.find(name, self.measures)
            parts = tuple(self.name(part) for part in found.parts)
            self._found[name] = replace(found, kind=Kind(found.kind), parts=parts)
        return self._found[name]

    def within(self, name: str) -> Iterator[str]:
        """Every part of a whole, and their parts."""
        for part in self.find(name).parts:
            yield part
            yield from self.within(part)


# A claim, what orders it, and its place among the claims given.
_Placed = tuple[Tie, int, Claim]


def by_subject(
    claims: Iterable[Claim], as_of: Period | None = None
) -> Iterator[tuple[str, list[_Placed]]]:
    """Live claims subject by subject, each group in its own order, named as first given."""
    groups: dict[str, list[_Placed]] = {}
    folded: dict[str, str] = {}
    for place, claim in enumerate(claims, start=1):
        if claim.retracted is None and (as_of is None or known_by(claim, as_of)):
            name = claim.statement.subject
            if name not in folded:
                folded[name] = fold(name)
            groups.setdefault(folded[name], []).append((tie_of(claim), place, claim))
    for group in groups.values():
        group.sort(key=lambda each: each[0])
        yield clean(group[0][2].statement.subject), group


@dataclass(frozen=True, slots=True)
class SubjectFigures:
    """One subject's figures, and each measure's sides and rules."""

    rules: Mapping[str, Rules]
    figures: Mapping[str, Sequence[SourceFigure]]
    units: Mapping[str, str | None]

    @classmethod
    def of(cls, group: Sequence[_Placed], policy: Policy, known: Vocabulary) -> SubjectFigures:
        """Claims made sides, wholes added up from their parts."""
        index = SubjectIndex()
        by_measure: dict[str, list[SourceFigure]] = {}
        for tie, place, claim in group:
            name = known.name(claim.measure)
            made = source_figure(claim, place, tie, name, index, policy)
            by_measure.setdefault(name, []).append(made)
        by_measure = {name: _of_voices(each) for name, each in by_measure.items()}
        kinds = {name: known.find(name) for name in by_measure} | known.wholes
        found = settled_figures(by_measure, kinds, index)
        rules = {name: rules_for(kinds[name], policy) for name in found}
        return cls(
            rules,
            {
                name: with_progress(placed(each, rules[name], index.offsets(name)), rules[name])
                for name, each in found.items()
            },
            {n: min(each.counted, key=_tie).side.unit for n, each in found.items()},
        )

    def sides_of(self, name: str, known: Vocabulary) -> MeasureSides:
        """One measure's sides, the parts that a whole is held against, and what they show."""
        own, rules = self.figures[name], self.rules[name]
        within = dict.fromkeys(known.within(name))
        parts = as_parts((e for part in within for e in self.figures.get(part, ())), own, rules)
        extra = [*revised(own, rules), *sums(own, parts, rules)]
        pairs = AllPairs(own, rules) if len(own) <= FEW_SIDES else node(own, 0)
        return MeasureSides(own, parts, rules, extra, pairs)


def _of_voices(figures: list[SourceFigure]) -> list[SourceFigure]:
    """The figures of a measure, each with whom it goes back to in the end."""
    if any(each.counted_with for each in figures):
        others = shared((each.source, each.origin, each.counted_with) for each in figures)
        figures = [_counted(each, each.origin in others) for each in figures]
    if all(each.origin == each.source for each in figures):
        return figures
    ends = roots((each.source, each.origin) for each in figures)
    return [
        replace(each, origin=ends[each.origin])
        if each.origin != each.source and ends.get(each.origin, each.origin) != each.origin
        else each
        for each in figures
    ]


def _counted(figure: SourceFigure, stated: bool) -> SourceFigure:
    """A figure with the source it is counted with for its origin, unless one `stated` stands."""
    if not figure.counted_with:
        return figure
    if stated and figure.origin != figure.source:
        return replace(figure, counted_with="")
    return replace(figure, origin=figure.counted_with)


def _tie(figure: SourceFigure) -> Tie:
    return figure.tie


def _measure(
    name: str, subject: SubjectFigures, known: Vocabulary, selection: Selection
) -> MeasureComparison:
    measured = subject.sides_of(name, known)
    counts = counted(measured)
    # One more than none, so that how bad it is does not hang on how much is shown.
    some = selection if selection.limit != 0 else replace(selection, limit=1)
    pairs = listed(measured, counts, some)
    fought = selection.disagreements and selection.limit != 0 and counts.conflict + counts.part
    found: Sequence[Dispute] = ()
    if fought:
        from factlog.comparer.disagreements import disputes

        found = disputes(measured.figures, measured.parts, measured.rules)
    told = pairs if selection.limit != 0 else []
    worst_pairs = [each.worst[0] for each in found]
    reasons = [*_saying_why(told, selection.reasons), *[selection.reasons != 0] * len(found)]
    sides, findings = _spelled([*told, *worst_pairs], measured, reasons)
    comparison = MeasureComparison(
        measure=name,
        unit=subject.units[name],
        kind=measured.rules.kind,
        verdict=worst_verdict(counts),
        origins=len({figure.origin for figure in measured.figures}),
        sides=tuple(sides),
        findings=tuple(findings[: len(told)]),
        counts=counts,
        disagreements=tuple(map(_disagreement, found, findings[len(told) :])),
        break_even=pairs[0].distance.break_even if pairs else None,
        copied=any(figure.counted_with for figure in measured.figures),
    )
    if selection.camps:
        from factlog.comparer.camps import camps, past

        found_camps, uncontested = camps(measured.figures, measured.rules)
        older = past(measured.figures, measured.rules, uncontested)
        comparison = replace(comparison, camps=found_camps, uncontested=uncontested, past=older)
    return comparison


def _disagreement(found: Dispute, worst: Finding) -> Disagreement:
    """The conflicts of two sources, both named as they are shown, the lower figure's first."""
    pair = found.worst[0]
    sources = pair.lower.side.source, pair.higher.side.source
    return Disagreement(
        sources, pair.kind or "", found.count, found.first, found.last, worst, found.repeats
    )


def counted(sides: MeasureSides) -> Counts:
    """Everything one measure comes to, in numbers."""
    own, rules = sides.figures, sides.rules
    single = len({figure.source for figure in own}) == 1
    found = sides.pairs.counts if isinstance(sides.pairs, AllPairs) else count(own, rules)
    if not (single or sides.extra or sides.parts):
        return found
    return found + Counts(
        sum=sum(pair.kind == "sum" for pair in sides.extra),
        growth=sum(pair.verdict is Verdict.GROWTH for pair in sides.extra),
        revised=sum(pair.verdict is Verdict.REVISED for pair in sides.extra),
        self=sum(pair.kind == "self" for pair in sides.extra),
        part=count_parts(own, sides.parts, rules) if sides.parts else 0,
        single=int(single),
    )


def worst_verdict(counts: Counts) -> Verdict:
    """The most severe verdict found."""
    return next(verdict for verdict in Verdict if how_many(counts, verdict))
