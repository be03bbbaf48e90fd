"""What figures count, told first wherever two that count otherwise are set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from factlog.answers import PrintedSentence
from factlog.comparer.newsroom import capital, with_article
from factlog.comparer.sentences import no_rise
from factlog.definition import Definition, after, told_apart
from factlog.findings import Comparison, Finding, MeasureComparison, Side, Verdict

Definitions = Mapping[int, Definition]  # by the ids of claims


def with_definitions(found: Comparison, definitions: Definitions) -> Comparison:
    """The comparison with what each figure counts, told first of two that count otherwise."""
    return found.retold(lambda each: _of_measure(each, definitions)) if definitions else found


def _of_measure(measure: MeasureComparison, definitions: Definitions) -> MeasureComparison:
    sides = tuple(replace(s, definition=_counts(s, definitions)) for s in measure.sides)
    if not any(side.definition for side in sides):
        return measure

    def told(finding: Finding) -> Finding:
        one, other = (sides[place] for place in finding.sides)
        first = told_apart((side.source, side.definition) for side in (one, other))
        why = finding.why
        if first and why and finding.verdict is Verdict.GROWTH:
            why = no_rise(one, other)
        elif first and why and finding.verdict is Verdict.CONFLICT:
            why = f"Counted alike, {why}"
        return replace(finding, why=after(first, why))

    return measure.retold(sides, told)


def _counts(side: Side, definitions: Definitions) -> str:
    """What the claims of a figure count, each part of a sum; nothing where one does not say."""
    every = dict.fromkeys(str(definitions.get(number, "")) for number in side.claims)
    return "" if "" in every else " and ".join(every)


def led(printed: Iterable[PrintedSentence], found: Comparison) -> Iterator[PrintedSentence]:
    """Sentences to print, each after what its figures count where they count otherwise.

    What they all count alike is told behind it.
    """
    measures = {(s.subject, each.measure): each for s in found.subjects for each in s.measures}
    for each in printed:
        told = set(each.claims)
        sides = measures[each.subject, each.measure].sides
        some = [side for side in sides if told.issuperset(side.claims)]
        lead = told_apart((with_article(s.source), s.definition) for s in some)
        alike = some[0].definition if some and not lead else ""
        yield replace(each, text=after(capital(lead), each.text) + _behind(alike, some))


def _behind(counts: str, sides: Sequence[Side]) -> str:
    """What the figures of a sentence count alike, as a sentence behind it."""
    if not counts:
        return ""
    sources = {with_article(side.source) for side in sides}
    who = capital(sources.pop()) if len(sources) == 1 else "Each"
    return f" {after(f'{who} {counts}', '').rstrip()}"
