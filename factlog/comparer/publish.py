"""Sentences fit to print: what each source said of a measure, with no word on who is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from factlog import dates
from factlog.answers import Sentence
from factlog.claim import Hedge, Period
from factlog.comparer.newsroom import Topic, attributed, capital, listed, topic
from factlog.dates import spans
from factlog.findings import Comparison, MeasureComparison, Side, SubjectComparison
from factlog.policy import Kind
from factlog.wording import as_given, number, sign

# With more figures than these, the lowest, the highest and the latest are told.
_MOST_FIGURES = 6


def sentences(found: Comparison) -> Iterator[Sentence]:
    """A sentence for each measure of each subject."""
    for subject in found.subjects:
        parts = _parts(subject)
        for measure in subject.measures:
            yield _sentence(subject.subject, measure, parts)


def _parts(subject: SubjectComparison) -> Mapping[int, Side]:
    """Each claim's own figure, for sums that are told with what they are made of."""
    sides = (side for measure in subject.measures for side in measure.sides)
    return {side.claims[0]: side for side in sides if len(side.claims) == 1 and not side.derived}


@dataclass(frozen=True, slots=True)
class _SharedFigure:
    """One figure, and all who give it for one date."""

    figure: str
    sides: tuple[Side, ...]

    @property
    def who(self) -> str:
        """The sources, each with whom it cites."""
        return listed(dict.fromkeys(attributed(s.source, s.origin) for s in self.sides))

    @property
    def at(self) -> str:
        """The figure as what something is put at."""
        return f"{'in the' if self.figure in _ROUND else 'at'} {self.figure}"

    @property
    def when(self) -> Period | None:
        """The date it is for."""
        return self.sides[0].when


def _sentence(subject: str, measure: MeasureComparison, parts: Mapping[int, Side]) -> Sentence:
    own = [s for s in measure.sides if s.measure == measure.measure and s.current]
    told = _grouped(own, parts)
    about = topic(subject, measure.measure, counted=measure.unit is None)
    if len(told) > _MOST_FIGURES:
        told, text = _spread(told, about, measure.kind)
    else:
        text = _all(told, about, measure.kind)
    claims = sorted({number for each in told for side in each.sides for number in side.claims})
    return Sentence(subject, measure.measure, capital(about.before + text) + ".", tuple(claims))


def _grouped(sides: Iterable[Side], parts: Mapping[int, Side]) -> list[_SharedFigure]:
    """Figures alike in words and date told together: the latest first, then the lowest."""
    groups: dict[tuple[object, str], list[Side]] = {}
    for side in sides:
        days = side.when.days if side.when else None
        groups.setdefault((days, _figure(side, parts)), []).append(side)
    told = _by_source(
        [_SharedFigure(figure, tuple(group)) for (_, figure), group in groups.items()]
    )
    told.sort(key=lambda each: _lowest(each.sides[0]))
    told.sort(key=lambda each: _last_day(each.when), reverse=True)
    return told


def _by_source(told: Iterable[_SharedFigure]) -> list[_SharedFigure]:
    """Two figures of one source and date told as its own two."""
    own: dict[tuple[object, str], _SharedFigure] = {}
    for each in told:
        key = each.when.days if each.when else None, each.who
        if key in own:
            first = own[key]
            own[key] = _SharedFigure(f"{first.figure} and {each.at}", first.sides + each.sides)
        else:
            own[key] = each
    return list(own.values())


def _lowest(side: Side) -> Decimal:
    ends = (side.low, side.best, side.high)
    return next((end for end in ends if end is not None), Decimal(0))


def _last_day(when: Period | None) -> int:
    return when.days[1].toordinal() if when else 0


def _all(told: Sequence[_SharedFigure], about: Topic, kind: Kind) -> str:
    """Every figure, those of one date in one clause, the latest first."""
    clauses: list[str] = []
    days = [each.when.days if each.when else None for each in told]
    for each in dict.fromkeys(days):
        group = [one for one, day in zip(told, days, strict=True) if day == each]
        clauses.append(_clause(group, about, kind, first=not clauses))
    return "; ".join(clauses)


def _clause(group: Sequence[_SharedFigure], about: Topic, kind: Kind, *, first: bool) -> str:
    """What those say who speak of one date."""
    what = about.noun if first else about.pronoun
    rest = [f"{each.who} {each.at}" for each in group[1:]]
    when = _when(group[0].when, kind)
    if first:
        put = f"{group[0].who} put {what} {group[0].at}"
        if rest and when:
            return (
                f"{capital(when)}, {listed([put, *rest])}"
                if not about.before
                else (f"{when}, {listed([put, *rest])}")
            )
        return _after(listed([put, *rest]), when)
    if group[0].when and group[0].when.first is None:
        return listed([f"{group[0].who} had earlier put {what} {group[0].at}", *rest])
    had = "had put" if group[0].when else "put"
    return _after(listed([f"{group[0].who} {had} {what} {group[0].at}", *rest]), when)


def _after(text: str, when: str) -> str:
    """A clause with the date it is for."""
    if when:
        return f"{text} {when}"
    return f"{text[:-1]}; date unknown)" if text.endswith(")") else f"{text} (date unknown)"


def _spread(
    told: Sequence[_SharedFigure], about: Topic, kind: Kind
) -> tuple[list[_SharedFigure], str]:
    """The lowest, the highest and the latest of many."""
    lowest = min(told, key=lambda each: _lowest(each.sides[0]))
    highest = max(told, key=lambda each: _lowest(each.sides[0]))

    def by(each: _SharedFigure) -> str:
        return f"{each.figure} ({each.who}{_comma(_when(each.when, kind))})"

    text = f"figures for {about.noun} go from {by(lowest)} to {by(highest)}"
    if told[0] in (lowest, highest):
        return [lowest, highest], text
    return [lowest, highest, told[0]], f"{text}; the latest is {by(told[0])}"


def _comma(when: str) -> str:
    return f", {when}" if when else ", date unknown"


# Figures

_ROUND = (
    "dozens",
    "hundreds",
    "thousands",
    "tens of thousands",
    "hundreds of thousands",
    "millions",
)
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_COINS = {
    "KRW": "won",
    "RUB": "rubles",
    "UAH": "hryvnias",
    "CNY": "yuan",
    "INR": "rupees",
    "CHF": "Swiss francs",
    "TRY": "liras",
}
_MONEY = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
# The hedges that are kept as they were said.
_LEADS = (
    "about", "around", "roughly", "some", "nearly", "almost", "approximately", "an estimated",
    "close to", "just under", "just over", "more than", "over", "upwards of", "up to",
    "as many as", "no more than", "no fewer than", "no less than", "fewer than", "less than",
    "under",
)  # fmt: skip
_BEFORE = {
    Hedge.ABOUT: "about ",
    Hedge.MORE_THAN: "more than ",
    Hedge.LESS_THAN: "less than ",
}


def _figure(side: Side, parts: Mapping[int, Side]) -> str:
    """A figure in words for print, with its scope; a sum with what it is made of."""
    text = _amount(side)
    details = [side.scope] if side.scope else []
    if side.derived:
        made_of = [_part(parts[claim]) for claim in side.claims if claim in parts]
        if len(made_of) == len(side.claims):
            details.append(listed(made_of))
    elif side.unit_given is not None and side.hedge is not Hedge.VAGUE:
        details.append(f"given as {as_given(side)}")
    return f"{text} ({'; '.join(details)})" if details else text


def _part(side: Side) -> str:
    return f"{_amount(side)} {side.measure}".rstrip()


def _ends(side: Side) -> list[Decimal]:
    return [end for end in (side.low, side.best, side.high) if end is not None]


def _amount(side: Side) -> str:
    if side.hedge is Hedge.VAGUE:
        return side.said[:1].lower() + side.said[1:]
    lead = _lead(side)
    ends = [_counted(end, side.unit) for end in _ends(side)]
    if side.best is not None and side.plus is not None and side.minus is not None:
        return _counted(side.best, side.unit) + _arms(side)
    if side.low is not None and side.high is not None:
        best = f", best {_counted(side.best, side.unit)}" if side.best is not None else ""
        low = _alike(side.low, side.high, side.unit)
        return f"{lead}{low} to {_counted(side.high, side.unit)}{best}"
    if not ends:
        return side.said
    if side.hedge is Hedge.AT_LEAST and not lead:
        return f"{ends[0]} or more"
    if side.hedge is Hedge.AT_MOST and not lead:
        return f"{ends[0]} or {'less' if side.unit else 'fewer'}"
    return f"{lead}{ends[0]}"


def _alike(low: Decimal, high: Decimal, unit: str | None) -> str:
    """The lower end of a range, without a unit that the higher one repeats."""
    if unit and unit not in _MONEY and unit not in ("percent", "%"):
        return _scaled(low)
    text, other = _counted(low, unit), _counted(high, unit)
    return text if text not in _WORDS or other in _WORDS else number(low)


def _arms(side: Side) -> str:
    assert side.plus is not None
    assert side.minus is not None
    plus, minus = _counted(side.plus, side.unit, spell=False), number(side.minus)
    if side.plus == side.minus:
        return f" plus or minus {plus}"
    return f" plus {plus} or minus {_counted(side.minus, side.unit, spell=False) or minus}"


def _lead(side: Side) -> str:
    """The words before the number, as they were said where that is usual in print."""
    if side.hedge in (Hedge.EXACT, Hedge.RANGE, Hedge.PLUS_MINUS):
        return ""
    said = " ".join(side.said.lower().split())
    spoken = next((lead for lead in _LEADS if said.startswith(lead + " ")), None)
    if spoken and not side.derived:
        return f"{spoken} "
    if side.hedge is Hedge.LESS_THAN and not side.unit:
        return "fewer than "
    return _BEFORE.get(side.hedge, "")


def _counted(value: Decimal, unit: str | None, *, spell: bool = True) -> str:
    """A number as print has it: seven, 3,000, 1.2 million, $5 million, 5%."""
    if unit in _MONEY:
        sign_of = "-" if value < 0 else ""
        return f"{sign_of}{_MONEY[unit]}{_scaled(abs(value))}"
    if unit in ("percent", "%"):
        return f"{number(value)}%"
    if unit:
        return f"{_scaled(value)} {_COINS.get(unit, sign(unit))}"
    if spell and value == value.to_integral_value() and 0 <= value < len(_WORDS):
        return _WORDS[int(value)]
    return _scaled(value)


def _scaled(value: Decimal) -> str:
    """A number, in millions where that takes no more than three decimals."""
    for size, word in _LARGE:
        share = value / size
        if abs(share) >= 1 and share == share.quantize(Decimal("0.001")):
            return f"{number(share)} {word}"
    return number(value)


# Dates

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_QUARTERS = ("first", "second", "third", "fourth")


def _when(period: Period | None, kind: Kind) -> str:
    """When a figure is for: "as of 13 January 2025", "for 2024"; nothing for no date."""
    if period is None:
        return ""
    first, last = period.first, period.last
    if last is None:
        return f"from {_day(first)} on" if first else ""
    if first is None:
        return f"by {_day(last)}"
    about = ""
    if period.said.endswith("~"):
        about, (first, last) = "about ", dates.parse(period.said.rstrip("~ ")).days
    named = _named(first, last)
    if kind is Kind.FLOW or named.startswith("the days"):
        return f"for {about}{named}"
    if kind is Kind.CONSTANT:
        return f"{'on' if first == last else 'in'} {about}{named}"
    return f"as of {about}{named}"


def _named(first: date, last: date) -> str:
    """A day, a month, a quarter, a year, or the days from one to another."""
    written = spans.spell(first, last)
    if first == last:
        return _day(first)
    if "/" in written:
        return f"the days from {_day(first)} to {_day(last)}"
    if "Q" in written:
        return f"the {_QUARTERS[int(written[-1]) - 1]} quarter of {first.year}"
    return str(first.year) if len(written) == 4 else f"{_MONTHS[first.month - 1]} {first.year}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
