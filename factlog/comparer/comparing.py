"""Comparing: claims in, a comparison out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from factlog import vocabulary
from factlog.claim import Claim, Period
from factlog.comparer.counting import count
from factlog.comparer.drafts import Draft, Tie, Told, tie_of, told
from factlog.comparer.entries import Entry, Rules, entries, rules_for
from factlog.comparer.finding import Asked, Measured, listed, spelled
from factlog.comparer.pairing import LAST
from factlog.comparer.parts import as_parts
from factlog.comparer.parts import count as count_parts
from factlog.comparer.picking import how_many, known_by
from factlog.comparer.register import Register
from factlog.comparer.tried import FEW, Tried
from factlog.comparer.wholes import Figures, figures
from factlog.comparer.within import revised, sums
from factlog.comparison import (
    Comparison,
    Counts,
    Measure,
    MeasureComparison,
    Policy,
    SubjectComparison,
    Verdict,
)
from factlog.names import clean, fold

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
) -> Comparison:
    """Put every source's figures side by side, judge every pair, and say why.

    `as_of` takes the record as it stood then. Of each measure's findings the worst `limit`
    are spelled out (all if None): only those of one verdict if `only` is set, only those
    that touch the claims numbered in `about` if that is. The counts are always whole. To
    compare many times, make a Vocabulary of the measures once.

    >>> from factlog import intake, compare
    >>> troops = "North Korean troops in Russia"
    >>> korea = intake.claims(
    ...     troops,
    ...     ["around 300 killed", "around 2,700 injured"],
    ...     source="South Korean intelligence",
    ...     as_of="2025-01-13",
    ... )
    >>> ukraine = intake.claims(
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
    asked = Asked(limit, only=only, about=touching)
    return compared(claims, policy, Vocabulary.of(measures), asked, as_of)


def compared(
    claims: Iterable[Claim],
    policy: Policy,
    known: Vocabulary,
    asked: Asked,
    as_of: Period | None,
) -> Comparison:
    """Compare claims, subject by subject, the worst first."""
    subjects = [
        (rank, name, found)
        for name, group in by_subject(claims, as_of)
        for rank, found in (_subject(group, policy, known, asked),)
    ]
    subjects.sort(key=lambda each: (each[0], fold(each[1])))
    return Comparison(
        policy, as_of, tuple(SubjectComparison(name, found) for _, name, found in subjects)
    )


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
            self._found[name] = replace(found, parts=parts)
        return self._found[name]

    def within(self, name: str) -> Iterator[str]:
        """Every part of a whole, and their parts."""
        for part in self.find(name).parts:
            yield part
            yield from self.within(part)


# A claim, what orders it, and its place among the claims given.
_Placed = tuple[Tie, int, Claim]
# How bad it is: severity, break-even (largest first, none last), name.
_Rank = tuple[int, Decimal, str]


def by_subject(
    claims: Iterable[Claim], as_of: Period | None = None
) -> Iterator[tuple[str, list[_Placed]]]:
    """Live claims subject by subject, each group in its own order, named as first given."""
    groups: dict[str, list[_Placed]] = {}
    folded: dict[str, str] = {}
    for place, claim in enumerate(claims, start=1):
        if claim.retracted is None and known_by(claim, as_of):
            name = claim.statement.subject
            if name not in folded:
                folded[name] = fold(name)
            groups.setdefault(folded[name], []).append((tie_of(claim), place, claim))
    for group in groups.values():
        group.sort(key=lambda each: each[0])
        yield clean(group[0][2].statement.subject), group


def _subject(
    group: Sequence[_Placed], policy: Policy, known: Vocabulary, asked: Asked
) -> tuple[_Rank, tuple[MeasureComparison, ...]]:
    """Every measure of one subject, worst first, and how bad the worst is."""
    figured = Figured.of(group, policy, known)
    found = sorted(
        (_measure(name, figured, known, asked) for name in figured.figures),
        key=lambda each: each[0],
    )
    return found[0][0], tuple(measure for _, measure in found)


@dataclass(frozen=True, slots=True)
class Figured:
    """One subject's figures, and each measure's sides and rules."""

    figures: Mapping[str, Figures]
    rules: Mapping[str, Rules]
    entries: Mapping[str, Sequence[Entry]]
    units: Mapping[str, str | None]

    @classmethod
    def of(cls, group: Sequence[_Placed], policy: Policy, known: Vocabulary) -> Figured:
        """Claims made sides, wholes added up from their parts."""
        register = Register()
        by_measure: dict[str, list[Told]] = {}
        for tie, place, claim in group:
            name = known.name(claim.measure)
            made = told(claim, place, tie, name, register, policy)
            by_measure.setdefault(name, []).append(made)
        kinds = {name: known.find(name) for name in by_measure} | known.wholes
        found = figures(by_measure, kinds, register)
        rules = {name: rules_for(kinds[name], policy) for name in found}
        return cls(
            found,
            rules,
            {n: entries(each, rules[n], register.offsets(n)) for n, each in found.items()},
            {n: min(each.counted, key=_tie).side.unit for n, each in found.items()},
        )

    def measured(self, name: str, known: Vocabulary) -> Measured:
        """One measure's sides, the parts that a whole is held against, and what they show."""
        own, rules = self.entries[name], self.rules[name]
        within = dict.fromkeys(known.within(name))
        parts = as_parts((e for part in within for e in self.entries.get(part, ())), own, rules)
        tried = Tried(own, rules) if len(own) <= FEW else None
        return Measured(own, parts, rules, [*revised(own, rules), *sums(own, parts)], tried)


def _tie(draft: Draft) -> Tie:
    return draft.tie


def _measure(
    name: str, figured: Figured, known: Vocabulary, asked: Asked
) -> tuple[_Rank, MeasureComparison]:
    """One measure compared, and how bad it is."""
    measured = figured.measured(name, known)
    counts = counted(measured)
    verdict = worst_verdict(counts)
    # One more than none, so that how bad it is does not hang on how much is shown.
    some = asked if asked.limit != 0 else replace(asked, limit=1)
    pairs = listed(measured, counts, some)
    rank = (verdict.severity, pairs[0].key[0] if pairs else LAST, name)
    sides, findings = spelled(pairs if asked.limit != 0 else [], measured)
    return rank, MeasureComparison(
        measure=name,
        unit=figured.units[name],
        kind=measured.rules.kind,
        verdict=verdict,
        origins=len({entry.origin for entry in measured.entries}),
        sides=tuple(sides),
        findings=tuple(findings),
        counts=counts,
    )


def counted(measured: Measured) -> Counts:
    """Everything one measure comes to, in numbers."""
    own, rules = measured.entries, measured.rules
    extra = Counts(
        sum=sum(pair.kind == "sum" for pair in measured.extra),
        revised=sum(pair.verdict is Verdict.REVISED for pair in measured.extra),
        self=sum(pair.kind == "self" for pair in measured.extra),
        part=count_parts(own, measured.parts, rules) if measured.parts else 0,
        single=int(len({entry.source for entry in own}) == 1),
    )
    return (measured.tried.counts if measured.tried else count(own, rules)) + extra


def worst_verdict(counts: Counts) -> Verdict:
    """The most severe verdict found."""
    return next(verdict for verdict in Verdict if how_many(counts, verdict))
