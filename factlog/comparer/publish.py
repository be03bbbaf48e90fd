"""Sentences fit to print: what each source said of a measure, with no word on who is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from factlog.answers import PrintedSentence
from factlog.claim import Hedge, Period
from factlog.comparer.decided import preferred, standing
from factlog.comparer.newsroom import Topic, accredited, capital, listed, spread, topic
from factlog.comparer.press_dates import is_dated, one_year, when
from factlog.comparer.press_figures import amount, figure, is_bound, placed, spelled
from factlog.decision import Decision, DecisionKind
from factlog.findings import Comparison, MeasureComparison, Side, SubjectComparison
from factlog.policy import Kind
from factlog.profile import Basis
from factlog.values import dataclass
from factlog.wording import grouped

# With more figures than these, the others are counted: so many at least.
_MOST_FIGURES = 6
_FEWEST_COUNTED = 3
# So many disagreements have both their figures told, earlier ones too.
_MOST_QUARRELS = 3
# Up to so many sources that now contradict one another are all named.
_MOST_OPPOSED = 4
# "At least" would only confuse what "between" goes before.
_WITH_BETWEEN = {Hedge.EXACT, Hedge.ABOUT, Hedge.PLUS_MINUS}
_CLOSED = {*_WITH_BETWEEN, Hedge.RANGE}
_NUMBER = "the number"
_NESTED = str.maketrans("()", "[]")


def sentences(found: Comparison) -> Iterator[PrintedSentence]:
    """A sentence for each measure of each subject, as was decided where that is not stale.

    There is none for a measure whose figures are to be withheld, and no other tells them.
    """
    for subject in found.subjects:
        parts = _parts(subject, withheld := subject.withheld)
        for measure in subject.measures:
            kept = _without(measure, withheld, subject) if withheld else measure
            if measure.measure not in withheld and any(side.current for side in kept.sides):
                yield _sentence(subject.subject, kept, parts, _followed(measure))


def _without(
    measure: MeasureComparison, withheld: set[str], subject: SubjectComparison
) -> MeasureComparison:
    """A measure without the figures that are withheld and the sums that would tell them."""
    hidden = [side.measure in withheld or subject.adds_up(side, withheld) for side in measure.sides]
    sides = zip(measure.sides, hidden, strict=True)
    told = [each for each in measure.disagreements if not any(hidden[n] for n in each.worst.sides)]
    return replace(
        measure,
        sides=tuple(replace(side, current=False) if gone else side for side, gone in sides),
        findings=tuple(f for f in measure.findings if not any(hidden[n] for n in f.sides)),
        disagreements=tuple(told),
    )


def _followed(measure: MeasureComparison) -> Decision | None:
    """What was decided about a measure, unless figures changed since."""
    decision = measure.decision
    return None if decision is None or decision.stale else decision


def _parts(subject: SubjectComparison, withheld: set[str]) -> Mapping[int, Side]:
    """Each claim's own figure, for sums that are told with what they are made of."""
    shown = (each for each in subject.measures if each.measure not in withheld)
    told = (side for measure in shown for side in measure.sides if side.measure not in withheld)
    sides = (each for side in told for each in side.joined or (side,))
    return {side.claims[0]: side for side in sides if len(side.claims) == 1 and not side.derived}


_Key = tuple[str, tuple[int, ...], Period | None, str | None]


def _key(side: Side) -> _Key:
    """What tells one figure of a measure from another."""
    return side.source, side.claims, side.when, side.scope


@dataclass(frozen=True, slots=True)
class _SharedFigure:
    """One figure, and all who give it for one date; `at` is it as what something is put at."""

    figure: str
    at: str
    sides: tuple[Side, ...]

    @property
    def who(self) -> str:
        """The sources: those who cite nobody first, then those who cite one, with whom."""
        return accredited((s.source, s.origin, s.basis is Basis.DOCUMENTED) for s in self.sides)

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

    @property
    def keys(self) -> set[_Key]:
        """Each one's own figure."""
        return set(map(_key, self.sides))


def _attributed(side: Side) -> str:
    return _SharedFigure("", "", (side,)).who


@dataclass(frozen=True, slots=True)
class _Account:
    """What a sentence is about, and the year that all its dates lie in, if it is one.

    `verb` is what comes between that and "at least 41".
    """

    subject: str
    about: Topic
    kind: Kind
    year: int | None
    verb: str

    def is_share(self, figure: _SharedFigure) -> bool:
        """Whether a figure is a share, where what is told is a number of people or things."""
        return figure.sides[0].unit == "percent" and self.about.noun.startswith(_NUMBER)

    def when(self, figure: _SharedFigure, *, told: bool) -> str:
        """The date of a figure, without its year if that was `told`."""
        return when(figure.when, self.kind, self.year if told else None)


def _sentence(
    subject: str,
    measure: MeasureComparison,
    parts: Mapping[int, Side],
    decision: Decision | None,
) -> PrintedSentence:
    every = _grouped(_own(measure, decision), parts, f"{subject} {measure.measure}")
    named, counted, left = _named(every, measure)
    ends = _ends(counted) if counted else ()
    about = topic(subject, measure.measure, counted=measure.unit is None)
    plural = "numbered" if measure.unit is None else "were"
    account = _Account(
        subject,
        about,
        measure.kind,
        one_year(each.when for each in (*named, *ends)),
        plural if about.pronoun == "them" else "was",
    )
    if decision and decision.kind is DecisionKind.RANGE and len(every) > 1:
        clauses, named = [_range(every, account)], list(_ends(every))
    else:
        clauses = [*_clauses(named, account), *_others(named, counted, account)]
        clauses += [_left(left, measure.unit)] if left else []
        clauses += [] if decision else dict.fromkeys(_inner(measure, account))
        if decision and decision.kind is DecisionKind.VALUE:
            clauses.append(_decided(decision))
    claims = sorted({number for each in every for side in each.sides for number in side.claims})
    text = capital(about.before + "; ".join(clauses)) + "."
    listed_too = every if len(named) < len(every) else ()
    figures = (_with_source(each, account.when(each, told=False)) for each in listed_too)
    return PrintedSentence(subject, measure.measure, text, tuple(claims), tuple(figures))


def _own(measure: MeasureComparison, decision: Decision | None) -> list[Side]:
    """The figures to tell of: the current ones, or those preferred.

    What a documented minimum is matters beside an estimate only.
    """
    own = [side for side in measure.sides if side.measure == measure.measure]
    if decision and decision.kind is DecisionKind.PREFER:
        chosen = preferred(own, decision.claims)
    elif decision and decision.kind is DecisionKind.RANGE:
        chosen = standing(measure)
    else:
        told = _superseded(measure)
        chosen = [side for side in own if side.current or side in told]
    if any(side.basis is Basis.ESTIMATE for side in chosen):
        return chosen
    return [replace(side, basis=None) for side in chosen]


def _superseded(measure: MeasureComparison) -> list[Side]:
    """Earlier figures that contradict another: of the disagreements of now, none is untold."""
    return [
        measure.sides[place]
        for pair in _quarrels(measure)
        for place in pair
        if not measure.sides[place].current and measure.sides[place].measure == measure.measure
    ]


def _quarrels(measure: MeasureComparison) -> list[tuple[int, int]]:
    """The places of those that contradict each other, of the disagreements that are told."""
    return [each.worst.sides for each in measure.told[:_MOST_QUARRELS]]


def _inner(measure: MeasureComparison, account: _Account) -> Iterator[str]:
    """What does not fit within a whole: a source's own parts, another's part that is more."""
    for finding in measure.findings:
        one, other = (measure.sides[place] for place in finding.sides)
        if finding.kind == "sum" and (one.derived or other.derived):
            whole, parts = (other, one) if one.derived else (one, other)
            yield f"the figures {_attributed(whole)} gave of its parts come to {amount(parts)}"
        elif finding.kind == "part":
            part = one if one.measure != measure.measure else other
            noun = topic(account.subject, part.measure, counted=part.unit is None).noun
            date = when(part.when, account.kind, account.year)
            yield _after(f"{_attributed(part)} put {noun} alone {placed(amount(part))}", date)


def _decided(decision: Decision) -> str:
    """A value of one's own: whose decision it is, as no source said so."""
    said = grouped(decision.said or "")
    return f"the figure used here is {said[:1].lower()}{said[1:]}, as decided by {decision.by}"


def _range(every: Sequence[_SharedFigure], account: _Account) -> str:
    """From the lowest to the highest figure, each with its source."""
    low, high = _ends(every)
    many = len({source for each in every for source in each.sources})
    text = f"{spelled(many)} source{'s' * (many > 1)}"
    lowest = _with_source(low, account.when(low, told=False))
    highest = _with_source(high, account.when(high, told=bool(low.days)))
    if _lie_between(low, high, every):
        return f"{text} put {account.about.noun} between {lowest} and {highest}"
    ends = spread(lowest, highest, alike=low is high, vague=Hedge.VAGUE in _hedges(low, high))
    return f"{text} gave figures for {account.about.noun}{ends}"


def _grouped(sides: list[Side], parts: Mapping[int, Side], about: str) -> list[_SharedFigure]:
    """Figures alike in words and date told together: the latest first, then the lowest."""
    groups: dict[tuple[object, str], list[Side]] = {}
    for side in sides:
        days = side.when.days if side.when else None
        groups.setdefault((days, figure(side, parts, about)), []).append(side)
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
) -> tuple[list[_SharedFigure], list[_SharedFigure], list[_SharedFigure]]:
    """The figures to name, those between whose ends others lie, and those that are left.

    Named are the latest, and those that contradict one another; left are those of another scope
    or unit than most of the others.
    """
    if len(told) <= _MOST_FIGURES:
        return list(told), [], []
    parties = _parties(measure)
    shown = [each for each in told if each is told[0] or not parties.isdisjoint(each.keys)]
    latest = [each for each in told if each.days == told[0].days and each not in shown]
    if len(latest) < _FEWEST_COUNTED and len(shown) + len(latest) <= _MOST_FIGURES:
        shown = [*shown, *latest]
    rest = [each for each in told if each not in shown]
    usual = Counter(map(_scope, rest)).most_common(1)
    alike = [each for each in rest if _scope(each) == usual[0][0]]
    others = [each for each in rest if each not in alike]
    room = max(_MOST_FIGURES - len(shown), 0)
    if len(alike) < _FEWEST_COUNTED:  # too few to count, as are as many of the others
        room = max(room + _FEWEST_COUNTED - 1 - len(alike), 0)
        shown, alike = [*shown, *alike], []
    room += len(others) == room + 1  # a single one is told as briefly as it is counted
    shown = [*shown, *others[:room]]
    return [each for each in told if each in shown], alike, others[room:]


def _parties(measure: MeasureComparison) -> set[_Key]:
    """Those who are never counted only.

    The parties of the disagreements told first, and whoever now stands against another, if
    those are few sources.
    """
    places = {place for pair in _quarrels(measure) for place in pair}
    opposed = {place for camp in measure.camps for place in camp.sides}
    if len({measure.sides[place].source for place in opposed}) <= _MOST_OPPOSED:
        places |= opposed
    return {_key(measure.sides[place]) for place in places}


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
    sources = {source for each in counted for source in each.sources}
    low, high = _ends(counted)
    dated = any(each.days for each in named)
    lowest = _with_source(low, account.when(low, told=dated))
    highest = _with_source(high, account.when(high, told=dated or bool(low.days)))
    hedges = _hedges(low, high)
    firm = Hedge.RANGE in hedges or hedges <= _WITH_BETWEEN
    vague = Hedge.VAGUE in hedges or not firm
    ends = spread(lowest, highest, alike=low is high, vague=vague)
    if any(sources & each.sources for each in named):
        yield f"{spelled(len(counted))} other figures were given{ends}"
        return
    had = "had " if all(map(_before(named[0]), counted)) else ""
    text = f"{spelled(len(sources))} other sources {had}"
    if _lie_between(low, high, counted):
        yield f"{text}put {account.about.pronoun} between {lowest} and {highest}"
        return
    yield f"{text}{'given' if had else 'gave'} figures{ends}"


def _lie_between(low: _SharedFigure, high: _SharedFigure, every: Iterable[_SharedFigure]) -> bool:
    """Whether figures are between two of them: no "more than", which may be above both."""
    within = (side.joined or (side,) for each in every for side in each.sides)
    return (
        low is not high
        and _hedges(low, high) <= _WITH_BETWEEN
        and all(one.hedge in _CLOSED for some in within for one in some)
    )


def _hedges(*figures: _SharedFigure) -> set[Hedge]:
    return {side.hedge for each in figures for side in each.sides}


def _left(left: Sequence[_SharedFigure], unit: str | None) -> str:
    """How many figures more there are, and why they are not counted with the others."""
    apart = {("of another scope", "in another unit")[each.sides[0].unit != unit] for each in left}
    return f"{spelled(len(left))} more are {' or '.join(sorted(apart, reverse=True))}"


def _before(latest: _SharedFigure) -> Callable[[_SharedFigure], bool]:
    return lambda each: bool(each.days) and _last_day(each.when) < _last_day(latest.when)


def _earlier_than(latest: _SharedFigure) -> Callable[[_SharedFigure], bool]:
    """Whether a figure is of an earlier date at both its ends: only then it "had" been."""
    return lambda each: _before(latest)(each) and _first_day(each.when) <= _first_day(latest.when)


def _first_day(when: Period | None) -> int:
    return when.days[0].toordinal() if when else 0


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
    had = "had " if all(map(_earlier_than(first[0]), group)) else ""
    said = _put(group, account, pronoun, had)
    dates = [account.when(each, told=told or n > 0) for n, each in enumerate(group)]
    if len(set(dates)) == 1:
        return _after(listed(said), dates[0])
    return listed(_after(*each) for each in zip(said, dates, strict=True))


def _put(group: Sequence[_SharedFigure], account: _Account, what: str, had: str) -> Iterator[str]:
    """Who put it at what, one by one; of "at least 41" it is said that it was that."""
    saying: tuple[bool, bool] | None = None
    for each in group:
        bound, put = is_bound(each.figure), each.figure if is_bound(each.figure) else each.at
        shared = account.is_share(each)
        if (bound, shared) == saying:
            yield f"{each.who} {put}"
        elif saying is not None and shared == saying[1]:
            verb = "said" if bound else f"put {account.about.pronoun}"
            yield f"{each.who} {verb} {put}"
        else:
            subject = what if saying is None else _NUMBER
            if shared:
                noun = account.about.noun
                subject = "the share" + (noun.removeprefix(_NUMBER) if subject == noun else "")
            elif bound and subject == account.about.pronoun:
                subject = account.about.nominative
            act = f"said {subject} {account.verb}" if bound else f"put {subject}"
            yield f"{each.who} {had}{act} {put}"
        saying = bound, shared


def _after(text: str, date: str) -> str:
    """A clause with the date it is for."""
    if date:
        return f"{text} {date}"
    return f"{text[:-1]}; date unknown)" if text.endswith(")") else f"{text} (date unknown)"
