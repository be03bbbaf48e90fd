"""Who stands where, for a person with ten seconds: camps, what nobody contests, disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from factlog.claim import Hedge
from factlog.findings import (
    Comparison,
    Disagreement,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.policy import Interval, Kind
from factlog.render import summary
from factlog.render.display import Look, cells, page, paint, shown, wrap
from factlog.values import dataclass
from factlog.wording import (
    JOINT,
    amount,
    counted_otherwise,
    day,
    even_arms,
    made_of,
    measured,
    number,
    owner,
    span,
    summed,
    to_error,
    unit_of_many,
    with_unit,
)

# So many sources of a camp are named, so many figures that nobody contests, so many old ones.
_NAMED = 4
_FIGURES = 6
_BEFORE = 3
# So many disagreements of a measure are told, fewer where that keeps the page on one screen.
_TOLD = (3, 2, 1)
_SCREEN = 23


@dataclass(frozen=True, slots=True)
class Stand:
    """A figure, or the span of a camp's, and who stands by it.

    `camp` says which camp it is, by its place; a note why it is fainter: nobody contests it.
    """

    figure: str
    sources: str
    when: str
    camp: int | None = None
    scope: str = ""
    note: str = ""

    @property
    def who(self) -> str:
        """Whose it is, of what, of when, and that nobody contests it."""
        return ", ".join(filter(None, (self.sources, self.scope, self.when, self.note)))


def stands(measure: MeasureComparison) -> list[Stand]:
    """Each camp, the lowest first, then the figures that nobody contests; none of the past."""
    past = set(measure.past)
    camps = [[n for n in camp.sides if n not in past] for camp in measure.camps]
    found = [
        _camp(number, [measure.sides[place] for place in places], measure)
        for number, places in enumerate(camps)
        if places
    ]
    held = [measure.sides[place] for places in camps for place in places]
    alone = [measure.sides[place] for place in measure.uncontested if place not in past]
    if not (measure.camps or measure.uncontested):  # nobody looked for camps
        alone = [s for s in measure.sides if s.current and s.measure == measure.measure]
    alone.sort(key=_lowest)
    return found + [_alone(side, _beside(side, held, measure.kind), measure) for side in alone]


def _unit(measure: MeasureComparison) -> str | None:
    """The unit that all figures of a measure are in, said once above them."""
    return measure.unit if {side.unit for side in measure.sides} == {measure.unit} else None


def _beside(side: Side, held: Sequence[Side], kind: Kind) -> str:
    """Why nobody contests a figure that stands beside camps: it is later than theirs, say."""
    if not held:
        return ""
    dated = [each.when.days for each in held if each.when]
    if kind is Kind.CUMULATIVE and side.when and len(dated) == len(held):
        first, last = side.when.days
        if first > max(days[1] for days in dated):
            return "later, uncontested"
        if last < min(days[0] for days in dated):
            return "earlier, uncontested"
    return "uncontested"


def past(measure: MeasureComparison) -> list[Stand]:
    """Each source's last word where that is too old to say how things stand, the latest first."""
    sides = sorted((measure.sides[place] for place in measure.past), key=_last, reverse=True)
    return [_alone(side, "", measure) for side in sides]


def _last(side: Side) -> tuple[object, ...]:
    return side.when.days[::-1] if side.when else ()


def _lowest(side: Side) -> Decimal:
    """What figures are ordered by: the lowest end that was stated, none bounding it from below."""
    return Decimal("-Infinity") if side.stated.low is None else side.stated.low


def _camp(number: int, sides: Sequence[Side], measure: MeasureComparison) -> Stand:
    camp = measure.camps[number]
    figures = dict.fromkeys(_number(side, _unit(measure)) for side in sides)
    figure = next(iter(figures)) if len(figures) == 1 else _span(sides, _unit(measure))
    names = list(dict.fromkeys(map(_named, sides)))
    who = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        who += f" and {len(names) - _NAMED} more"
    if camp.origins < len(camp.sources):
        who += f" ({summary.counted(camp.origins, '1 origin', '{} independent origins')})"
    when = _dates(sides) if measure.kind is Kind.CUMULATIVE else _latest(sides)
    return Stand(figure, who, when, number, sides[0].scope or "")


def _alone(side: Side, note: str, measure: MeasureComparison) -> Stand:
    figure = _number(side, _unit(measure))
    if side.derived:
        figure = summed(figure, side)
    return Stand(figure, side.source, _latest([side]), None, side.scope or "", note)


def _named(side: Side) -> str:
    """A source, and what a figure made of its parts is made of."""
    return f"{side.source} ({made_of(side)})" if side.derived else side.source


def _number(side: Side, shared: str | None = None) -> str:
    """A figure as it was said, where that is in digits; a vague word with what it stands for.

    The unit that all share is said above them.
    """
    said = even_arms(side.said)
    unit = side.unit if side.unit != shared else None
    if side.best is not None and side.plus is not None and side.minus is not None:
        return measured(side.best, side.plus, side.minus, unit)
    text = with_unit(amount(side), unit) if unit else amount(side)
    if side.hedge is Hedge.VAGUE and not side.derived:
        return f"{said} ({text})"
    ends = [number(end) for end in (side.low, side.best, side.high) if end is not None]
    if not (side.derived or side.unit or side.hedge is Hedge.RANGE or JOINT in said) and all(
        end in said for end in ends
    ):
        return said[:1].lower() + said[1:]
    return text


def _figure(side: Side) -> str:
    """The same with its unit, and of what."""
    return f"{_number(side)}, {side.scope}" if side.scope else _number(side)


def _span(sides: Sequence[Side], shared: str | None) -> str:
    """From the lowest to the highest end that was stated."""
    lows = [side.stated.low for side in sides if side.stated.low is not None]
    highs = [side.stated.high for side in sides if side.stated.high is not None]
    errors = [each for side in sides for each in (side.plus, side.minus) if each]
    error = min(errors) if len(errors) == 2 * len(sides) else None
    unit = sides[0].unit if sides[0].unit != shared else None
    if error is None or not (lows and highs):
        return span(Interval(min(lows, default=None), max(highs, default=None)), unit)
    text = f"{to_error(min(lows), error)} to {to_error(max(highs), error)}"
    return with_unit(text, unit) if unit else text


def _latest(sides: Sequence[Side]) -> str:
    dated = [side.when for side in sides if side.when]
    latest = max(dated, key=lambda when: when.days[::-1], default=None)
    return day(latest) if latest else "undated"


def _dates(sides: Sequence[Side]) -> str:
    """From the first to the last: a running total may have risen between them."""
    dated = [side.when for side in sides if side.when]
    first = min(dated, key=lambda when: when.days, default=None)
    last = _latest(sides)
    return last if first is None or day(first) == last else f"{day(first)} to {last}"


def told(measure: MeasureComparison, most: int | None = None) -> list[Disagreement]:
    """The disagreements to tell, those of how things stand now before those of the past.

    The others rest on claims that worse ones rest on.
    """
    now = {n for n, side in enumerate(measure.sides) if side.current} - set(measure.past)
    found = [each for each in measure.disagreements if not each.repeats]
    return sorted(found, key=lambda each: not now.issuperset(each.worst.sides))[:most]


def contradictions(measure: MeasureComparison, most: int | None = None) -> Iterator[str]:
    """A line a disagreement, then what contradicts itself or, unnamed, another."""
    for each in told(measure, most):
        yield disagreement(each, measure)
    own = (
        finding.why
        for finding in measure.findings
        if finding.verdict is Verdict.CONFLICT
        and (finding.kind in ("self", "sum") or not measure.disagreements)
    )
    yield from islice(own, most)


def disagreement(found: Disagreement, measure: MeasureComparison) -> str:
    """Both parties with their figures and dates, and how often they contradict each other."""
    one, other = (measure.sides[place] for place in found.worst.sides)
    low, high = (one, other) if one.source == found.sources[0] else (other, one)
    if found.kind == "backwards":
        words = f"{_whose(high)} is higher and earlier than {_whose(low)}"
    elif found.kind == "part":
        words = f"{_whose(high, part=True)} is more than {_whose(low)} in all"
    elif _latest([low]) == _latest([high]):
        date = f"both {_latest([low])}" if low.when else "both undated"
        words = f"{_whose(low, dated=False)} against {_whose(high, dated=False)}, {date}"
    else:
        words = f"{_whose(low)} against {_whose(high)}"
    if found.worst.sigmas is not None:
        words += f", {found.worst.sigmas:.1f} sigma apart"
    if note := counted_otherwise(one, other):
        words += f"; {note}"
    if found.pairs > 1:
        words += f"; {summary.number_of(found.pairs)} conflicts of these two"
        if found.first and found.last and found.first != found.last:
            words += f", {day(found.first)} to {day(found.last)}"
    return words


def _whose(side: Side, *, dated: bool = True, part: bool = False) -> str:
    """A party and its figure; an earlier one made of parts is named with them."""
    figure = _figure(side)
    if side.derived and (JOINT in side.said or not side.current):
        figure = summed(figure, side)
    words = f"{owner(side.source)} {f'{side.measure} ' if part else ''}{figure}"
    return f"{words} ({_latest([side])})" if dated else words


def heading(measure: MeasureComparison) -> str:
    """What a measure comes to: how many camps and disagreements, or a milder verdict."""
    if measure.verdict is not Verdict.CONFLICT:
        worst = measure.findings[:1]
        parts = [summary.verdict(each.verdict, each.kind) for each in worst]
        parts += [f"{each.sigmas:.1f} sigma" for each in worst if each.sigmas is not None]
        return ", ".join(parts or [summary.verdict(measure.verdict)])
    counts, parts = measure.counts, [summary.verdict(measure.verdict)]
    camps = sum(stand.camp is not None for stand in stands(measure))
    if camps > 1:
        parts.append(f"{camps} camps")
    if not measure.findings:
        conflicts = summary.counted(counts.conflicts, "1 conflict", "{} conflicts")
        return ", ".join([*parts, f"{conflicts} not told (--limit 0)"])
    if measure.disagreements:
        covered = sum(each.pairs for each in measure.disagreements)
        more = " or more" if covered < counts.conflict + counts.part else ""
        disagreements = len(measure.disagreements)
        parts.append(summary.counted(disagreements, "1 disagreement", "{} disagreements") + more)
    if counts.self or counts.sum:
        own = counts.self + counts.sum
        parts.append(
            summary.counted(own, "1 source against itself", "{} conflicts within one source")
        )
    return ", ".join(parts)


# Lines


def comparison(found: Comparison, look: Look) -> str:
    """Who stands where on each subject, then the policy and the counts."""
    below = list(_below(found, look))
    pages = [[*_subjects(found, look, most), *below] for most in _TOLD]
    return page(next((lines for lines in pages if len(lines) <= _SCREEN), pages[0]))


def lead(found: Comparison, look: Look) -> str:
    """Who stands where on each subject, every disagreement told."""
    return page(_subjects(found, look, None))


def _subjects(found: Comparison, look: Look, most: int | None) -> Iterator[str]:
    for subject in found.subjects:
        yield from _subject(subject, look, most)
        yield ""


def _below(found: Comparison, look: Look) -> Iterator[str]:
    if found.as_of:
        yield from _told(f"the record as it stood: {day(found.as_of)}", look)
    yield from _told(summary.policy_used(found), look)
    yield from _told(summary.summary(found, singles=False), look)


def _told(text: str, look: Look, first: str = "", rest: str = "") -> list[str]:
    return wrap(shown(text, look), look.width, first, rest)


def _painted(lines: Iterable[str], style: str, look: Look) -> Iterator[str]:
    return (paint(line, style, look) for line in lines)


def _subject(subject: SubjectComparison, look: Look, most: int | None) -> Iterator[str]:
    yield from _painted(_told(subject.subject, look), "bold", look)
    single, alone = [], len(subject.measures) == 1
    for measure in subject.measures:
        if measure.verdict is Verdict.CONFLICT:
            yield from _contested(measure, look, most)
        elif measure.verdict is Verdict.SINGLE and measure.decision is None:
            single.append(measure)
        elif alone or not all(side.derived for side in measure.sides):  # else its parts are told of
            listed = _listed(stands(measure) + past(measure))
            yield from _told(f"{_title(measure)}: {listed}", look, "", "  ")
            for finding in measure.findings[:most]:
                near = alone and finding.verdict is Verdict.NEAR
                if near or finding.verdict is Verdict.REVISED:
                    yield from _told(finding.why, look, "  - ", "    ")
            yield from _decided(measure, look)
    if single:
        figures = "; ".join(map(_single, single))
        yield from _painted(_told(f"one source: {figures}", look, "", "  "), "dim", look)
    if look.history:
        for measure in subject.measures:
            yield from _earlier(measure, look)
    yield from _hints(subject.measures, look)


def _title(measure: MeasureComparison) -> str:
    """A measure, the unit of its figures, and what it comes to."""
    unit = _unit(measure)
    name = f"{measure.measure}{f' in {unit_of_many(unit)}' if unit else ''}".strip()
    return f"{name}: {heading(measure)}" if name else heading(measure)


def _earlier(measure: MeasureComparison, look: Look) -> Iterator[str]:
    """What each source said before its last word, and last words that are old."""
    own = [n for n, each in enumerate(measure.sides) if each.measure == measure.measure]
    old = [measure.sides[n] for n in own if n in measure.past or not measure.sides[n].current]
    by_source: dict[str, list[str]] = {}
    for side in sorted(old, key=_last):
        if not side.derived:
            by_source.setdefault(side.source, []).append(f"{_figure(side)} ({_latest([side])})")
    if by_source:
        yield from _painted(_told(f"{measure.measure}: earlier".lstrip(": "), look), "dim", look)
    for source, figures in by_source.items():
        words = f"{source}: {'; '.join(figures)}"
        yield from _painted(_told(words, look, "  ", "    "), "dim", look)


def _hints(measures: Iterable[MeasureComparison], look: Look) -> Iterator[str]:
    """What a person should look at."""
    for measure in measures:
        for hint in measure.hints[: None if look.full else _TOLD[0]]:
            words = f"{measure.measure}: {hint.why}".removeprefix(": ")
            yield from _told(f"{hint.kind}? {words}", look, "", "  ")


def _single(measure: MeasureComparison) -> str:
    """A measure of one source: its figures, and whose they are."""
    each = [side for side in measure.sides if side.current and side.measure == measure.measure]
    words = ((side, _figure(side)) for side in each[:_FIGURES])
    figures = ", ".join(summed(text, side) if side.derived else text for side, text in words)
    return f"{measure.measure} {figures} ({each[0].source})".strip()


def _contested(measure: MeasureComparison, look: Look, most: int | None) -> Iterator[str]:
    chosen = len(told(measure, most))
    title = _title(measure)
    if chosen < len(measure.disagreements):
        where = "pair by pair below" if look.full else "all with --full"
        title += f" ({summary.number_of(chosen)} told, {where})"
    yield from _painted(_told(title, look), "conflict", look)
    yield from _rows(stands(measure), look)
    before = [] if look.history else past(measure)
    if before:
        words = f"before: {_listed(before, _BEFORE, ' with --history')}"
        yield from _painted(_told(words, look, "  ", "    "), "dim", look)
    for words in contradictions(measure, most):
        yield from _told(words, look, "  - ", "    ")
    yield from _decided(measure, look)


def _decided(measure: MeasureComparison, look: Look) -> Iterator[str]:
    """What was resolved to do about a measure; marked where that has gone stale."""
    if measure.decision is None:
        return
    lines = _told(summary.decision(measure.decision), look, "  ", "    ")
    yield from _painted(lines, "conflict" if measure.decision.stale else "bold", look)


def _rows(found: Sequence[Stand], look: Look) -> Iterator[str]:
    """A line each: the figures below one another, those nobody contests faint, the first of them.

    Whose a figure is stands below it where the figure is long.
    """
    alone = [each for each in found if each.camp is None]
    told = [each for each in found if each.camp is not None] + alone[:_FIGURES]
    widest = max(8, look.width // 3)
    figures = [shown(each.figure, look) for each in told]
    width = max((cells(each) for each in figures if cells(each) <= widest), default=0)
    for each, figure in zip(told, figures, strict=True):
        lines = wrap(figure, look.width, "  ", "    ")
        rest = " " * (width + 4)
        whose = wrap(shown(each.who, look), look.width, rest, rest)
        if cells(figure) <= width:
            lines = [lines[0] + " " * (len(rest) - cells(lines[0])) + whose[0].lstrip()]
            whose = whose[1:]
        yield from _painted([*lines, *whose], "dim" if each.note else "", look)
    more = len(alone) - _FIGURES
    if more > 0:
        words = f"and {summary.number_of(more)} more, uncontested"
        yield from _painted(_told(words, look, "  "), "dim", look)


def _listed(figures: Sequence[Stand], most: int = _FIGURES, where: str = "") -> str:
    """Figures in a row, each with who stands by it, and `where` the rest are."""
    some = "; ".join(f"{each.figure} ({each.who})" for each in figures[:most])
    more = len(figures) - most
    return f"{some}; and {summary.number_of(more)} more{where}" if more > 0 else some
