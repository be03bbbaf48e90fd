"""Who stands where, for a person with ten seconds: camps, what nobody contests, disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from factlog.claim import Hedge
from factlog.findings import (
    Camp,
    Comparison,
    Disagreement,
    MeasureComparison,
    Side,
    SubjectComparison,
    Verdict,
)
from factlog.policy import Kind
from factlog.render import summary
from factlog.render.display import Look, cells, page, paint, shown, wrap
from factlog.values import dataclass
from factlog.wording import JOINT, amount, day, even_arms, number, owner, sign

# So many sources of a camp are named, and so many figures that nobody contests.
_NAMED = 4
_FIGURES = 6
# So many disagreements of a measure are told, fewer where that keeps the page on one screen.
_TOLD = (3, 2, 1)
_SCREEN = 23
# No claim is the worst of more than so many disagreements told.
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Stand:
    """A figure, or the span of a camp's, and who stands by it; faint where nobody contests it."""

    figure: str
    sources: str
    when: str
    disputed: bool

    @property
    def who(self) -> str:
        """Whose it is, and of when."""
        return f"{self.sources}, {self.when}"


def stands(measure: MeasureComparison) -> list[Stand]:
    """Each camp, the lowest first, then the figures that nobody contests."""
    camps = [_camp(camp, measure) for camp in measure.camps]
    alone = [measure.sides[place] for place in measure.uncontested]
    if not (camps or alone):  # nobody looked for camps
        alone = [s for s in measure.sides if s.current and s.measure == measure.measure]
    alone.sort(key=_lowest)
    return camps + [_alone(side) for side in alone]


def _lowest(side: Side) -> Decimal:
    """What figures are ordered by: the lowest end that was stated, none bounding it from below."""
    return Decimal("-Infinity") if side.stated.low is None else side.stated.low


def _camp(camp: Camp, measure: MeasureComparison) -> Stand:
    sides = [measure.sides[place] for place in camp.sides]
    figures = dict.fromkeys(_figure(side) for side in sides)
    span = next(iter(figures)) if len(figures) == 1 else _span(camp, sides[0])
    names = list(dict.fromkeys(map(_named, sides)))
    who = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        who += f" and {len(names) - _NAMED} more"
    if camp.origins < len(camp.sources):
        who += f" ({summary.counted(camp.origins, '1 origin', '{} independent origins')})"
    when = _dates(sides) if measure.kind is Kind.CUMULATIVE else _latest(sides)
    return Stand(span, who, when, disputed=True)


def _alone(side: Side) -> Stand:
    return Stand(_figure(side), _named(side), _latest([side]), disputed=False)


def _named(side: Side) -> str:
    """A source, and what a figure made of its parts is made of."""
    return f"{side.source} ({side.said})" if side.derived else side.source


def _figure(side: Side) -> str:
    """A figure as it was said, where that is in digits; a vague word with what it stands for."""
    said = even_arms(side.said)
    ends = [number(end) for end in (side.low, side.best, side.high) if end is not None]
    text = f"{amount(side)} {sign(side.unit)}" if side.unit else amount(side)
    if side.hedge is Hedge.VAGUE and not side.derived:
        text = f"{said} ({text})"
    elif not (side.derived or side.unit or side.hedge is Hedge.RANGE or JOINT in said) and all(
        end in said for end in ends
    ):
        text = said[:1].lower() + said[1:]
    return f"{text}, {side.scope}" if side.scope else text


def _span(camp: Camp, of: Side) -> str:
    """From the lowest to the highest end that was stated."""
    low, high = camp.low, camp.high
    if low is not None and high is not None:
        text = f"{number(low)} to {number(high)}"
    elif low is not None:
        text = f"at least {number(low)}"
    else:
        text = "any number" if high is None else f"at most {number(high)}"
    unit = f" {sign(of.unit)}" if of.unit else ""
    return f"{text}{unit}, {of.scope}" if of.scope else f"{text}{unit}"


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
    """The disagreements to tell: none rests on a claim that two worse ones rest on."""
    often: dict[int, int] = {}
    chosen: list[Disagreement] = []
    for each in measure.disagreements[:most]:
        claims = [n for place in each.worst.sides for n in measure.sides[place].claims]
        if any(often.get(number, 0) >= _OFTEN for number in claims):
            break
        often |= {number: often.get(number, 0) + 1 for number in claims}
        chosen.append(each)
    return chosen


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
    if found.pairs > 1:
        words += f"; {summary.number_of(found.pairs)} conflicts of these two"
        if found.first and found.last and found.first != found.last:
            words += f", {day(found.first)} to {day(found.last)}"
    return words


def _whose(side: Side, *, dated: bool = True, part: bool = False) -> str:
    """A party and its figure; an earlier one made of parts is named with them."""
    words = f"{owner(side.source)} {f'{side.measure} ' if part else ''}{_figure(side)}"
    if side.derived and not side.current:
        words += f" from {side.said}"
    return f"{words} ({_latest([side])})" if dated else words


def heading(measure: MeasureComparison) -> str:
    """What a measure comes to: how many camps and disagreements, or a milder verdict."""
    if measure.verdict is not Verdict.CONFLICT:
        return ", ".join(summary.outcome(measure))
    counts, parts = measure.counts, [summary.verdict(measure.verdict)]
    if measure.camps:
        parts.append(summary.counted(len(measure.camps), "1 camp", "{} camps"))
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
        elif measure.verdict is Verdict.SINGLE:
            single.append(measure)
        elif alone or not all(side.derived for side in measure.sides):  # else its parts are told of
            name = f"{measure.measure}: {heading(measure)}".lstrip(": ")
            yield from _told(f"{name}: {_listed(stands(measure))}", look, "", "  ")
            for finding in measure.findings[:most]:
                near = alone and finding.verdict is Verdict.NEAR
                if near or finding.verdict is Verdict.REVISED:
                    yield from _told(finding.why, look, "  - ", "    ")
    if single:
        figures = "; ".join(map(_single, single))
        yield from _painted(_told(f"one source: {figures}", look, "", "  "), "dim", look)
    yield from _hints(subject.measures, look)


def _hints(measures: Iterable[MeasureComparison], look: Look) -> Iterator[str]:
    """What a person should look at."""
    for measure in measures:
        for hint in measure.hints[: None if look.full else _TOLD[0]]:
            words = f"{measure.measure}: {hint.why}".removeprefix(": ")
            yield from _told(f"{hint.kind}? {words}", look, "", "  ")


def _single(measure: MeasureComparison) -> str:
    """A measure of one source: its figures, and whose they are."""
    each = stands(measure)
    figures = ", ".join(stand.figure for stand in each[:_FIGURES])
    return f"{measure.measure} {figures} ({each[0].sources})".strip()


def _contested(measure: MeasureComparison, look: Look, most: int | None) -> Iterator[str]:
    chosen = told(measure, most)
    title = f"{measure.measure}: {heading(measure)}".lstrip(": ")
    if len(chosen) < len(measure.disagreements) and not look.full:
        title += f" ({summary.number_of(len(chosen))} told, all with --full)"
    yield from _painted(_told(title, look), "conflict", look)
    camps = [each for each in stands(measure) if each.disputed]
    width = min(
        max((cells(shown(each.figure, look)) for each in camps), default=0), look.width // 3
    )
    for each in camps:
        figure = shown(each.figure, look)
        gap = " " * max(width - cells(figure) + 2, 2)
        yield from wrap(
            f"{figure}{gap}{shown(each.who, look)}", look.width, "  ", " " * (width + 4)
        )
    alone = [each for each in stands(measure) if not each.disputed]
    if alone:
        label = "uncontested" if camps else "latest"
        yield from _painted(_told(f"{label}: {_listed(alone)}", look, "  ", "    "), "dim", look)
    tell = partial(_told, look=look, first="  - ", rest="    ")
    for found in chosen:
        yield from tell(disagreement(found, measure))
    own = [
        finding
        for finding in measure.findings
        if finding.verdict is Verdict.CONFLICT
        and (finding.kind in ("self", "sum") or not measure.disagreements)
    ]
    for finding in own[:most]:
        yield from tell(finding.why)


def _listed(figures: Sequence[Stand]) -> str:
    """Figures in a row, each with who stands by it."""
    some = "; ".join(f"{each.figure} ({each.who})" for each in figures[:_FIGURES])
    more = len(figures) - _FIGURES
    return f"{some}; and {summary.number_of(more)} more" if more > 0 else some
