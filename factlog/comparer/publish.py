"""Sentences fit to print: what each source said of a measure, with no word on who is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from factlog.answers import Sentence
from factlog.claim import Hedge, Period
from factlog.comparer.newsroom import Topic, attributed, capital, listed, topic
from factlog.comparer.press_dates import is_dated, one_year, when
from factlog.comparer.press_figures import WORDS, figure, is_bound, placed
from factlog.findings import Comparison, MeasureComparison, Side, SubjectComparison
from factlog.policy import Kind
from factlog.values import dataclass

# With more figures than these, those that nobody contradicts are counted: so many at least.
_MOST_FIGURES = 6
_FEWEST_COUNTED = 3
# "At least" would only confuse what "between" goes before.
_WITH_BETWEEN = {Hedge.EXACT, Hedge.ABOUT, Hedge.PLUS_MINUS}
_NESTED = str.maketrans("()", "[]")


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
    """One figure, and all who give it for one date; `at` is it as what something is put at."""

    figure: str
    at: str
    sides: tuple[Side, ...]

    @property
    def who(self) -> str:
        """The sources, each with whom it cites."""
        return listed(dict.fromkeys(attributed(s.source, s.origin) for s in self.sides))

    @property
    def when(self) -> Period | None:
        """The date it is for."""
        return self.sides[0].when

    @property
    def days(self) -> tuple[object, object] | None:
        """The days of that date; None where it is unknown."""
        return self.when.days if self.when and is_dated(self.when) else None

    @property
    def sources(self) -> set[str]:
        """Who gives it."""
        return {side.source for side in self.sides}


@dataclass(frozen=True, slots=True)
class _Account:
    """What a sentence is about, and the year that all its dates lie in, if it is one.

    `verb` is what comes between that and "at least 41".
    """

    about: Topic
    kind: Kind
    year: int | None
    verb: str

    def when(self, figure: _SharedFigure, *, told: bool) -> str:
        """The date of a figure, without its year if that was `told`."""
        return when(figure.when, self.kind, self.year if told else None)


def _sentence(subject: str, measure: MeasureComparison, parts: Mapping[int, Side]) -> Sentence:
    own = [s for s in measure.sides if s.measure == measure.measure and s.current]
    every = _grouped(own, parts)
    named, counted = _named(every, measure)
    ends = _ends(counted) if counted else ()
    about = topic(subject, measure.measure, counted=measure.unit is None)
    plural = "numbered" if measure.unit is None else "were"
    account = _Account(
        about,
        measure.kind,
        one_year(each.when for each in (*named, *ends)),
        plural if about.pronoun == "them" else "was",
    )
    text = "; ".join([*_clauses(named, account), *_others(named, counted, account)])
    claims = sorted({number for each in every for side in each.sides for number in side.claims})
    return Sentence(subject, measure.measure, capital(about.before + text) + ".", tuple(claims))


def _grouped(sides: Iterable[Side], parts: Mapping[int, Side]) -> list[_SharedFigure]:
    """Figures alike in words and date told together: the latest first, then the lowest."""
    groups: dict[tuple[object, str], list[Side]] = {}
    for side in sides:
        days = side.when.days if side.when else None
        groups.setdefault((days, figure(side, parts)), []).append(side)
    told = _by_source(
        [_SharedFigure(words, placed(words), tuple(group)) for (_, words), group in groups.items()]
    )
    told.sort(key=lambda each: (is_bound(each.figure), _lowest(each.sides[0])))
    told.sort(key=lambda each: _last_day(each.when), reverse=True)
    return told


def _by_source(told: Iterable[_SharedFigure]) -> list[_SharedFigure]:
    """Two figures of one source and date told as its own two."""
    own: dict[tuple[object, str], _SharedFigure] = {}
    for each in told:
        key = each.when.days if each.when else None, each.who
        if key in own:
            first = own[key]
            bound = is_bound(first.figure) or is_bound(each.figure)
            more = f" and {each.figure if bound else each.at}"
            sides = first.sides + each.sides
            own[key] = _SharedFigure(first.figure + more, first.at + more, sides)
        else:
            own[key] = each
    return list(own.values())


def _lowest(side: Side) -> Decimal:
    ends = (side.low, side.best, side.high)
    return next((end for end in ends if end is not None), Decimal(0))


def _highest(side: Side) -> Decimal:
    ends = (side.high, side.best, side.low)
    return next((end for end in ends if end is not None), Decimal(0))


def _last_day(when: Period | None) -> int:
    return when.days[1].toordinal() if when and is_dated(when) else 0


# Who is named and who is counted


def _named(
    told: Sequence[_SharedFigure], measure: MeasureComparison
) -> tuple[list[_SharedFigure], list[_SharedFigure]]:
    """The figures to name and those only to count, of sources that nobody contradicts.

    The latest are named, all of a source that is party to a disagreement, and those of
    another scope or unit than most have.
    """
    if len(told) <= _MOST_FIGURES:
        return list(told), []
    parties = {source for camp in measure.camps for source in camp.sources}
    parties.update(source for each in measure.disagreements for source in each.sources)
    latest = [each for each in told if each.days == told[0].days]
    few = latest if len(latest) <= _FEWEST_COUNTED else latest[:1]
    parties = parties.union(*(each.sources for each in few))
    rest = [each for each in told if not each.sources & parties]
    usual = Counter(map(_scope, rest)).most_common(1)
    counted = [each for each in rest if _scope(each) == usual[0][0]]
    if len({source for each in counted for source in each.sources}) < _FEWEST_COUNTED:
        return list(told), []
    shown = [each for each in told if each.sources & parties or _scope(each) != usual[0][0]]
    return shown, counted


def _scope(figure: _SharedFigure) -> tuple[str | None, str | None]:
    return figure.sides[0].scope, figure.sides[0].unit


def _ends(counted: Sequence[_SharedFigure]) -> tuple[_SharedFigure, _SharedFigure]:
    """The lowest and the highest of some figures."""
    return (
        min(counted, key=lambda each: min(map(_lowest, each.sides))),
        max(counted, key=lambda each: max(map(_highest, each.sides))),
    )


def _others(
    named: Sequence[_SharedFigure], counted: Sequence[_SharedFigure], account: _Account
) -> Iterator[str]:
    """How many more there are, and who gives the lowest and the highest of their figures."""
    if not counted:
        return
    many = len({source for each in counted for source in each.sources})
    low, high = _ends(counted)
    dated = any(each.days for each in named)
    lowest = _with_source(low, account.when(low, told=dated))
    highest = _with_source(high, account.when(high, told=dated or bool(low.days)))
    had = "had " if all(map(_before(named[0]), counted)) else ""
    text = f"{WORDS[many] if many < len(WORDS) else many} other sources {had}"
    hedges = {side.hedge for each in (low, high) for side in each.sides}
    if hedges <= _WITH_BETWEEN:
        yield f"{text}put {account.about.pronoun} between {lowest} and {highest}"
    elif Hedge.RANGE in hedges:
        given = "given" if had else "gave"
        yield f"{text}{given} figures, the lowest {lowest} and the highest {highest}"
    else:
        yield f"{text}{'given' if had else 'gave'} figures from {lowest} to {highest}"


def _before(latest: _SharedFigure) -> Callable[[_SharedFigure], bool]:
    return lambda each: bool(each.days) and _last_day(each.when) < _last_day(latest.when)


def _with_source(figure: _SharedFigure, date: str) -> str:
    who = f"{figure.who.rstrip(',').translate(_NESTED)}, {date or 'date unknown'}"
    if figure.figure.endswith(")"):
        return f"{figure.figure[:-1]}; {who})"
    return f"{figure.figure} ({who})"


# Clauses


def _clauses(named: Sequence[_SharedFigure], account: _Account) -> Iterator[str]:
    """Every figure, those of one date in one clause, the latest first."""
    first, *earlier = [list(group) for _, group in groupby(named, key=lambda each: each.days)]
    yield _latest(first, account)
    told = bool(first[0].days)
    for _, groups in groupby(earlier, key=lambda group: _way(group, first)):
        together = list(groups)
        if len(together) > 1 and all(len(group) == 1 for group in together):
            together = [[each for group in together for each in group]]
        for group in together:
            yield _earlier(group, first, account, told=told)
            told = True


def _way(group: Sequence[_SharedFigure], first: Sequence[_SharedFigure]) -> tuple[object, ...]:
    """What clauses have in common that can be told as one."""
    several = len(group) > 1
    return several, bool(group[0].days), _just_before(group[0], first[0])


def _just_before(figure: _SharedFigure, latest: _SharedFigure) -> bool:
    """Whether it is for any day up to the other's: "had earlier put"."""
    if not (figure.when and latest.when and latest.days) or figure.when.first is not None:
        return False
    return 0 <= latest.when.days[0].toordinal() - _last_day(figure.when) <= 1


def _latest(group: Sequence[_SharedFigure], account: _Account) -> str:
    put = listed(_put(group, account, account.about.noun, ""))
    date = account.when(group[0], told=False)
    if len(group) == 1 or not date:
        return _after(put, date)
    return f"{date if account.about.before else capital(date)}, {put}"


def _earlier(
    group: Sequence[_SharedFigure],
    first: Sequence[_SharedFigure],
    account: _Account,
    *,
    told: bool,
) -> str:
    """What those say who speak of an earlier date, or of none."""
    pronoun = account.about.pronoun
    if _just_before(group[0], first[0]):
        return listed(_put(group, account, pronoun, "had earlier "))
    said = _put(group, account, pronoun, "had " if group[0].days else "")
    dates = [account.when(each, told=told or n > 0) for n, each in enumerate(group)]
    if len(set(dates)) == 1:
        return _after(listed(said), dates[0])
    return listed(_after(*each) for each in zip(said, dates, strict=True))


def _put(group: Sequence[_SharedFigure], account: _Account, what: str, had: str) -> Iterator[str]:
    """Who put it at what, one by one; of "at least 41" it is said that it was that."""
    saying: bool | None = None
    for each in group:
        bound, put = is_bound(each.figure), each.figure if is_bound(each.figure) else each.at
        if bound == saying:
            yield f"{each.who} {put}"
        elif saying is not None:
            verb = "said" if bound else f"put {account.about.pronoun}"
            yield f"{each.who} {verb} {put}"
        elif bound:
            subject = what if what == account.about.noun else account.about.nominative
            yield f"{each.who} {had}said {subject} {account.verb} {put}"
        else:
            yield f"{each.who} {had}put {what} {put}"
        saying = bound


def _after(text: str, date: str) -> str:
    """A clause with the date it is for."""
    if date:
        return f"{text} {date}"
    return f"{text[:-1]}; date unknown)" if text.endswith(")") else f"{text} (date unknown)"
