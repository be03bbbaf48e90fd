"""Who stands where, for a person with ten seconds: camps, what nobody contests, disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from factlog.definition import after, told_apart
from factlog.figure_wording import counted_otherwise, summed
from factlog.findings import (
    Comparison,
    Disagreement,
    Finding,
    Hint,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.policy import Kind
from factlog.render import summary
from factlog.render.display import Look, cells, lines_of, page, paint, shown, wrap
from factlog.render.stands import (
    Stand,
    in_digits,
    last_day,
    latest,
    lowest,
    past,
    shared_unit,
    since,
    stands,
    with_scope,
)
from factlog.wording import counted, day, owner, sigmas, unit_of_many

# So many figures that nobody contests are shown, so many old ones, so many that were revised.
_FIGURES = 6
_BEFORE = 3
_REVISED = 3
# So many disagreements of a measure are told, fewer where that keeps the page on one screen.
_TOLD = (3, 2, 1)
_SCREEN = 23
_USUAL = 80


def contradictions(measure: MeasureComparison, most: int | None = None) -> Iterator[str]:
    """A line a disagreement, then what contradicts itself or, unnamed, another."""
    for each in measure.told[:most]:
        yield disagreement(each, measure)
    own = (
        finding.why
        for finding in measure.findings
        if finding.verdict is Verdict.CONFLICT
        and (finding.kind in ("self", "sum") or not measure.disagreements)
    )
    yield from islice(own, most)


def revisions(measure: MeasureComparison) -> Iterator[str]:
    """A line on what sources made of their own earlier figures, where something graver leads."""
    if measure.verdict is not Verdict.CONFLICT:
        return
    changed = []
    for finding in measure.findings:
        if finding.verdict is Verdict.REVISED:
            sides = sorted((measure.sides[place] for place in finding.sides), key=lowest)
            one, other = sides if finding.kind == "up" else reversed(sides)
            changed.append(f"{one.source} {with_scope(one)} to {with_scope(other)}")
    more = measure.counts.revised - len(changed[:_REVISED])
    if changed:
        words = f"revised: {'; '.join(changed[:_REVISED])}"
        yield f"{words}; and {summary.number_of(more)} more" if more else words


def disagreement(found: Disagreement, measure: MeasureComparison) -> str:
    """Both parties with their figures and dates, and how often they contradict each other."""
    one, other = (measure.sides[place] for place in found.worst.sides)
    low, high = (one, other) if one.source == found.sources[0] else (other, one)
    if found.kind == "backwards":
        words = f"{_whose(high)} is higher and earlier than {_whose(low)}"
    elif found.kind == "part":
        words = f"{_whose(high, part=True)} is more than {_whose(low)} in all"
    elif latest([low]) == latest([high]):
        date = f"both {latest([low])}" if low.when else "both undated"
        words = f"{_whose(low, dated=False)} against {_whose(high, dated=False)}, {date}"
    else:
        words = f"{_whose(low)} against {_whose(high)}"
    if found.worst.sigmas is not None:
        words += f", {sigmas(found.worst.sigmas)} apart"
    if note := counted_otherwise(one, other):
        words += f"; {note}"
    if found.pairs > 1:
        words += f"; {summary.number_of(found.pairs)} conflicts of these two"
        if found.first and found.last and found.first != found.last:
            words += f", {day(found.first)} to {day(found.last)}"
    return after(told_apart((side.source, side.definition) for side in (one, other)), words)


def _whose(side: Side, *, dated: bool = True, part: bool = False) -> str:
    """A party and its figure; an earlier one made of parts is named with them."""
    figure = with_scope(side)
    if side.derived and (side.in_several_words or not side.current):
        figure = summed(figure, side)
    words = f"{owner(side.source)} {f'{side.measure} ' if part else ''}{figure}"
    return f"{words} ({latest([side])})" if dated else words


def heading(measure: MeasureComparison) -> str:
    """What a measure comes to: how many camps and disagreements, or a milder verdict."""
    if measure.verdict is not Verdict.CONFLICT:
        worst = measure.findings[:1]
        parts = [_mildest(measure, each) for each in worst] or [summary.verdict(measure.verdict)]
        parts += [sigmas(each.sigmas) for each in worst if each.sigmas is not None]
        return ", ".join([*parts, *_voices(measure)])
    counts, parts = measure.counts, [summary.verdict(measure.verdict), *_voices(measure)]
    if measure.camps:
        parts.append(f"{len(measure.camps)} camps")
    if not measure.findings:
        conflicts = counted(counts.conflicts, "1 conflict", "{} conflicts")
        return ", ".join([*parts, f"{conflicts} not told (--limit 0)"])
    if measure.disagreements:
        covered = sum(each.pairs for each in measure.disagreements)
        more = " or more" if covered < counts.conflict + counts.part else ""
        disagreements = len(measure.disagreements)
        parts.append(counted(disagreements, "1 disagreement", "{} disagreements") + more)
    if counts.self or counts.sum:
        own = counts.self + counts.sum
        parts.append(counted(own, "1 source against itself", "{} conflicts within one source"))
    return ", ".join(parts)


def _mildest(measure: MeasureComparison, finding: Finding) -> str:
    """A verdict in words: of an echo that some agree beside it, and that its numbers differ."""
    words = summary.verdict(finding.verdict, finding.kind)
    if finding.verdict is not Verdict.ECHO:
        return words
    words = f"agree and {words}" if measure.counts.agree else words
    differ = (
        each.gap and all(measure.sides[place].current for place in each.sides)
        for each in measure.findings
        if each.verdict is Verdict.ECHO
    )
    return f"{words}, though the numbers differ" if any(differ) else words


def _voices(measure: MeasureComparison) -> Iterator[str]:
    """How many sources there are and how many origins, where some only hand on others' figures.

    Not where the camps say so, each of its own.
    """
    sources = len({side.source for side in measure.sides if side.measure == measure.measure})
    below = sum(camp.origins for camp in measure.camps) + len(measure.uncontested)
    if measure.origins < sources and not (measure.camps and below <= measure.origins):
        yield f"{sources:,} sources, {summary.origins(measure.origins, measure)}"


# Lines


def comparison(found: Comparison, look: Look) -> str:
    """Who stands where on each subject, then the policy and the counts."""
    most, blank = _fitting(found, replace(look, width=_USUAL))
    lines = _lines(found, look, most)
    return page(lines if blank else filter(None, lines))


def _fitting(found: Comparison, usual: Look) -> tuple[int, bool]:
    """How many disagreements are told, and whether lines are left blank, to fill one screen.

    What fits on a usual one counts, so that a narrower screen never tells more.
    """
    for most in _TOLD:
        if _fits(_lines(found, usual, most)):
            return most, True
    if _fits(filter(None, _lines(found, usual, most))):
        return most, False
    return _TOLD[0], True


def _fits(lines: Iterable[str]) -> bool:
    return len(list(islice(lines, _SCREEN + 1))) <= _SCREEN


def _lines(found: Comparison, look: Look, most: int) -> Iterator[str]:
    yield from _subjects(found, look, most)
    yield from _below(found, look)


def lead(found: Comparison, look: Look) -> str:
    """Who stands where on each subject, every disagreement told."""
    return page(_subjects(found, look, None))


def standing(subject: SubjectComparison, look: Look) -> str:
    """The same of one subject, without its hints."""
    return page(_subject(subject, look, None))


def _subjects(found: Comparison, look: Look, most: int | None) -> Iterator[str]:
    for subject in found.subjects:
        yield from _subject(subject, look, most)
        yield from hints(((each.measure, each.hints) for each in subject.measures), look)
        yield ""


def _below(found: Comparison, look: Look) -> Iterator[str]:
    if extent := summary.extent(found):
        yield from lines_of(extent, look)
    yield from lines_of(summary.policy_used(found), look)
    yield from lines_of(summary.summary(found, singles=False), look)


def _painted(lines: Iterable[str], style: str, look: Look) -> Iterator[str]:
    return (paint(line, style, look) for line in lines)


def _subject(subject: SubjectComparison, look: Look, most: int | None) -> Iterator[str]:
    yield from _painted(lines_of(subject.subject, look), "bold", look)
    single, alone = [], len(subject.measures) == 1
    for measure in subject.measures:
        if measure.verdict is Verdict.CONFLICT:
            yield from _contested(measure, look, most)
        elif measure.verdict is Verdict.SINGLE and measure.decision is None:
            single.append(measure)
        elif not alone and all(side.derived for side in measure.sides):  # its parts are told of
            if measure.verdict is Verdict.NEAR and measure.findings:
                yield from lines_of(f"{_title(measure)}: {_shortest(measure)}", look, "", "  ")
        else:
            yield from lines_of(f"{_title(measure)}: {_mild(measure)}", look, "", "  ")
            told = {Verdict.REVISED, *((Verdict.NEAR,) if alone else ())}
            some = [each.why for each in measure.findings[:most] if each.verdict in told]
            for words in some or filter(None, [_counted_otherwise(measure)]):
                yield from lines_of(words, look, "  - ", "    ")
            yield from _decided(measure, look)
    if single:
        figures = "; ".join(map(_single, single))
        yield from _painted(lines_of(f"one source: {figures}", look, "", "  "), "dim", look)
    if look.history:
        for measure in subject.measures:
            yield from _earlier(measure, look)


def _mild(measure: MeasureComparison) -> str:
    """The figures of a measure without a conflict, those compared with none after the others."""
    found, old = stands(measure), past(measure)
    apart = [each for each in found if each.note]
    compared = [each for each in found if not each.note]
    level = measure.kind is Kind.LEVEL  # too old to be set against the others
    groups = [_listed(compared if level else compared + old)]
    groups += [f"before: {_listed(old)}"] if level and old else []
    for note, few in groupby(sorted(apart, key=_note), key=_note):
        groups.append(f"{note}: {_listed([replace(each, note='') for each in few])}")
    return "; ".join(filter(None, groups))


def _counted_otherwise(measure: MeasureComparison) -> str:
    """What the figures of a measure count, where they do not count alike."""
    sides = [each for each in measure.sides if each.current and each.measure == measure.measure]
    said = [(each.source, each.definition) for each in sides if each.definition]
    silent = [(each.source, "") for each in sides if not each.definition]
    return told_apart([*said, *silent[: max(0, _FIGURES - len(said))]]) if said else ""


def _note(stand: Stand) -> str:
    return stand.note


def _shortest(measure: MeasureComparison) -> str:
    """The two figures furthest apart, which are made of parts that are told of by themselves."""
    worst = sorted((measure.sides[n] for n in measure.findings[0].sides), key=lowest)
    return "; ".join(f"{in_digits(side, shared_unit(measure))} ({side.source})" for side in worst)


def _title(measure: MeasureComparison) -> str:
    """A measure, the unit of its figures, and what it comes to."""
    unit = shared_unit(measure)
    name = f"{measure.measure}{f' in {unit_of_many(unit)}' if unit else ''}".strip()
    return f"{name}: {heading(measure)}" if name else heading(measure)


def _earlier(measure: MeasureComparison, look: Look) -> Iterator[str]:
    """What each source said before its last word, and last words that are old."""
    own = [n for n, each in enumerate(measure.sides) if each.measure == measure.measure]
    old = [measure.sides[n] for n in own if n in measure.past or not measure.sides[n].current]
    by_source: dict[str, list[str]] = {}
    for side in sorted(old, key=last_day):
        if not side.derived:
            by_source.setdefault(side.source, []).append(f"{with_scope(side)} ({latest([side])})")
    if by_source:
        yield from _painted(lines_of(f"{measure.measure}: earlier".lstrip(": "), look), "dim", look)
    for source, figures in by_source.items():
        words = f"{source}: {'; '.join(figures)}"
        yield from _painted(lines_of(words, look, "  ", "    "), "dim", look)


def hints(found: Iterable[tuple[str, Sequence[Hint]]], look: Look) -> Iterator[str]:
    """What a person should look at, of each measure."""
    for measure, each in found:
        for hint in each[: None if look.full else _TOLD[0]]:
            words = f"{measure}: {hint.why}".removeprefix(": ")
            yield from lines_of(f"{hint.kind}? {words}", look, "", "  ")


def _single(measure: MeasureComparison) -> str:
    """A measure of one source: its figures, and whose they are."""
    each = [side for side in measure.sides if side.current and side.measure == measure.measure]
    words = ((side, with_scope(side)) for side in each[:_FIGURES])
    figures = ", ".join(summed(text, side) if side.derived else text for side, text in words)
    return f"{measure.measure} {figures} ({each[0].source})".strip()


def _contested(measure: MeasureComparison, look: Look, most: int | None) -> Iterator[str]:
    chosen = len(measure.told[:most])
    title = _title(measure)
    if chosen < len(measure.disagreements):
        where = "pair by pair below" if look.full else "all with --full"
        title += f" ({summary.number_of(chosen)} told, {where})"
    yield from _painted(lines_of(title, look), "conflict", look)
    yield from _rows(stands(measure), look)
    before = [] if look.history else past(measure)
    if before:
        words = f"{since(measure)}: {_listed(before, _BEFORE, ' with --history')}"
        yield from _painted(lines_of(words, look, "  ", "    "), "dim", look)
    for words in contradictions(measure, most):
        yield from lines_of(words, look, "  - ", "    ")
    for words in revisions(measure) if most != _TOLD[-1] else ():
        yield from lines_of(words, look, "  ", "    ")
    yield from _decided(measure, look)


def _decided(measure: MeasureComparison, look: Look) -> Iterator[str]:
    """What was resolved to do about a measure; marked where that has gone stale."""
    if measure.decision is None:
        return
    lines = lines_of(summary.decision(measure.decision), look, "  ", "    ")
    yield from _painted(lines, "conflict" if measure.decision.stale else "bold", look)


def _rows(found: Sequence[Stand], look: Look) -> Iterator[str]:
    """A line each: the figures below one another, those nobody contests faint, the first of them.

    Whose a figure is stands below it where the figure is long.
    """
    alone = [each for each in found if each.camp is None]
    told = [each for each in found if each.camp is not None] + alone[:_FIGURES]
    widest = max(8, look.width * 2 // 5)
    figures = [shown(each.figure, look) for each in told]
    width = max((cells(each) for each in figures if cells(each) <= widest), default=0)
    for each, figure in zip(told, figures, strict=True):
        lines = wrap(figure, look.width, "  ", "    ")
        rest = " " * (width + 4)
        whose = lines_of(each.who, look, rest, rest)
        beside = ""
        if cells(figure) <= width:
            beside = " " * (len(rest) - cells(lines[0])) + whose[0].lstrip()
            whose = whose[1:]
        faint = "dim" if each.note else ""
        strong = faint or ("bold" if each.camp is None else "conflict")
        *lines, last = _painted(lines, strong, look)
        yield from (*lines, last + paint(beside, faint, look), *_painted(whose, faint, look))
    more = len(alone) - _FIGURES
    if more > 0:
        words = f"and {summary.number_of(more)} more, uncontested"
        yield from _painted(lines_of(words, look, "  "), "dim", look)


def _listed(figures: Sequence[Stand], most: int = _FIGURES, where: str = "") -> str:
    """Figures in a row, each with who stands by it, and `where` the rest are."""
    some = "; ".join(f"{each.figure} ({each.who})" for each in figures[:most])
    more = len(figures) - most
    return f"{some}; and {summary.number_of(more)} more{where}" if more > 0 else some
