"""How a figure travelled: who had it first, who cites whom, who repeats its odd digits later."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass as mutable
from dataclasses import field
from decimal import Decimal
from functools import reduce

from factlog import units
from factlog.answers import FigureTrace, Link, OtherFigure, Spelling, Voice
from factlog.claim import Claim, Hedge, Period, Statement
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.hints import TELLING, YEARS, significant
from factlog.errors import UsageError
from factlog.names import alike, fold
from factlog.policy import Measure
from factlog.wording import numbered

_Figure = tuple[tuple[Decimal, ...], str | None]
_Counts = tuple[str, str]  # the scope and the definition; blank where none is known
_Own = tuple[Mapping[str, str], Mapping[str, str]]  # the same as each source states it
_Span = tuple[int, int]  # the first and the last day on which something may have been said
MOST_HANDS = 50
_SPELLED = 500  # names that are held against each other
_NEVER = 10**7  # after every day there is


def traces(claims: Iterable[Claim], about: int | None = None) -> list[FigureTrace]:
    """The figures of one measure of a subject that more than one gives or hands on.

    That of the claim `about`, whoever gives it, if that is named. Those that most give come first.
    """
    every = sorted(claims, key=lambda claim: (_span(claim)[1], claim.id or 0))
    figures: dict[_Figure, list[Claim]] = {}
    for claim in every:
        figures.setdefault(_figure(claim, every[0].estimate.unit), []).append(claim)
    by_source: dict[str, list[Claim]] = {}
    for claim in every:
        by_source.setdefault(_source(claim), []).append(claim)
    found = [
        _trace(figure, own, by_source, every if about is not None else ())
        for figure, some in figures.items()
        for own in _by_what_they_count(some)
        if (len(own) > 1 or own[0].voice if about is None else about in {each.id for each in own})
    ]
    travelled = [each for each in found if about is not None or each.handed_on]
    return sorted(travelled, key=lambda each: -each.sources)


def travelled(
    claims: Iterable[Claim], measures: Iterable[Measure] | Vocabulary
) -> dict[str, list[FigureTrace] | str]:
    """How the figures of each measure of a subject travelled; or why that cannot be drawn."""
    known, own = Vocabulary.of(measures), dict[str, list[Claim]]()
    for claim in claims:
        own.setdefault(known.name(claim.measure), []).append(claim)
    return {name: _traces_or_why_not(some) for name, some in own.items()}


def _traces_or_why_not(claims: Sequence[Claim]) -> list[FigureTrace] | str:
    try:
        return traces(claims)
    except UsageError as error:
        return error.problem


def _figure(claim: Claim, unit: str | None) -> _Figure:
    """The numbers of a claim, whatever its hedge: "more than 300" becomes "300" on its way."""
    read = claim.estimate
    ends = (read.best,) if read.hedge is Hedge.PLUS_MINUS else (read.low, read.best, read.high)
    numbers = tuple(dict.fromkeys(each for each in ends if each is not None))
    if read.unit is None or unit is None or not units.comparable(read.unit, unit):
        return numbers, read.unit
    return tuple(units.convert(each, read.unit, unit) for each in numbers), unit


def _by_what_they_count(claims: list[Claim]) -> Iterable[list[Claim]]:
    """Claims of the same numbers, those apart that state other scopes or definitions.

    Who states none counts what whom it cites does, or what each who cites it does, with whom it
    stands each time; where only one is stated, that one.
    """
    own = _own(claims, _scope), _own(claims, _definition)
    if not any(own):
        return [claims]
    cites = {_source(claim): fold(claim.voice or "") for claim in claims}
    counts = [_counted(claim, own, cites) for claim in claims]
    cited = _cited_counting(claims, counts, own, cites)
    found: dict[_Counts, list[Claim]] = {}
    for claim, what in zip(claims, counts, strict=True):
        told = all(word or not said for word, said in zip(what, own, strict=True))
        for each in [what] if told else _each_told(what, _source(claim), cited, cites):
            found.setdefault(each, []).append(claim)
    return found.values()


def _scope(claim: Claim) -> str:
    return fold(claim.scope or "")


def _definition(claim: Claim) -> str:
    return fold(str(claim.definition or ""))


def _own(claims: Iterable[Claim], stated: Callable[[Claim], str]) -> dict[str, str]:
    """What each source states that it counts; nothing where they do not differ."""
    own = {_source(claim): what for claim in claims if (what := stated(claim))}
    return own if len({stated(claim) for claim in claims} - {""}) > 1 else {}


def _counted(claim: Claim, own: _Own, cites: Mapping[str, str]) -> _Counts:
    """What a claim counts as far as it, or whom it cites, states that; blank for the rest."""
    up = list(_up(fold(claim.voice or claim.statement.source), cites))
    scope, definition = (
        (said and stated(claim)) or next((said[at] for at in up if at in said), "")
        for stated, said in zip((_scope, _definition), own, strict=True)
    )
    return scope, definition


def _up(key: str, cites: Mapping[str, str]) -> Iterator[str]:
    """A source, whom it cites, whom that one cites, and so on."""
    for _ in range(MOST_HANDS):
        if key:
            yield key
            key = cites.get(key, "")


def _cited_counting(
    claims: Sequence[Claim], counts: Sequence[_Counts], own: _Own, cites: Mapping[str, str]
) -> dict[str, list[_Counts]]:
    """What those count who cite a source, as far as it states nothing else."""
    found: dict[str, dict[_Counts, None]] = {}
    for claim, what in zip(claims, counts, strict=True):
        for at in _up(fold(claim.voice or ""), cites) if any(what) else ():
            both = _both(what, (own[0].get(at, ""), own[1].get(at, "")))
            if both is None:
                break
            found.setdefault(at, {})[both] = None
            what = both
    return {key: _fullest(each) for key, each in found.items()}


def _fullest(told: Mapping[_Counts, None]) -> list[_Counts]:
    """What is told, without what something else told says more of."""
    less = {half for a, b in told if a and b for half in ((a, ""), ("", b))}
    return [each for each in told if each not in less]


def _both(one: _Counts, other: _Counts) -> _Counts | None:
    """What two count together; None where they state what differs."""
    differ = any(a and b and a != b for a, b in zip(one, other, strict=True))
    return None if differ else (one[0] or other[0], one[1] or other[1])


def _each_told(
    what: _Counts,
    source: str,
    cited: Mapping[str, Sequence[_Counts]],
    cites: Mapping[str, str],
) -> list[_Counts]:
    """What a claim counts with each who cites it; else with the first who cites whom it does."""
    told = filter(None, (_both(what, each) for each in cited.get(source, ())))
    if every := list(dict.fromkeys(told)):
        return every
    above = (each for at in _up(cites[source], cites) for each in cited.get(at, ()))
    return [next(filter(None, (_both(what, each) for each in above)), what)]


def _counting(claim: Claim) -> str:
    """What a claim counts, where it says so."""
    return ", ".join(filter(None, (claim.scope, str(claim.definition or ""))))


def _what_they_count(claims: Iterable[Claim]) -> str:
    """What the claims of one voice count, and which of them say so where not all do."""
    told: dict[str, list[int]] = {}
    for claim in claims:
        told.setdefault(_counting(claim), []).append(claim.id or 0)
    some = {words: f" in {numbered(ids)}" if "" in told else "" for words, ids in told.items()}
    return ", ".join(words + which for words, which in some.items() if words)


def _source(claim: Claim) -> str:
    return fold(claim.statement.source)


def _said_on(claim: Claim) -> Period | None:
    return claim.statement.published or claim.statement.as_of


def _span(claim: Claim) -> _Span:
    said_on = _said_on(claim)
    if said_on is None:
        return _NEVER, _NEVER
    first, last = said_on.days
    return first.toordinal(), last.toordinal()


def _sooner(one: _Span, other: _Span) -> _Span:
    """When the first of two things was said: "in January" and "on the 12th" is by the 12th."""
    return min(one[0], other[0]), min(one[1], other[1])


@mutable(slots=True)
class _Speaker:
    """A voice in the making: its claims in time, and whom it has its figure from."""

    source: str
    claims: list[Claim] = field(default_factory=list)
    elsewhere: Sequence[Claim] = ()  # of one who is only cited: its claims of other figures
    origin: str | None = None  # the key of whom it cites
    circle: str | None = None  # the key of whom it cites who has it from this one, or is that one
    likely: str | None = None  # the key of whom it likely has it from
    first: _Span = (_NEVER, _NEVER)  # when it, or who has the figure from it, first spoke

    @property
    def when(self) -> Period | None:
        return _said_on(self.claims[0]) if self.claims else None

    @property
    def spoke(self) -> _Span:
        """When it first spoke itself."""
        return reduce(_sooner, map(_span, self.claims), (_NEVER, _NEVER))


_Speakers = dict[str, _Speaker]


def _trace(
    figure: _Figure,
    claims: Sequence[Claim],
    by_source: Mapping[str, Sequence[Claim]],
    every: Sequence[Claim],
) -> FigureTrace:
    """The tree of the claims of a figure; who is misquoted is sought among `every` one."""
    speakers = _speakers(claims)
    for key, speaker in speakers.items():
        if not speaker.claims:
            speaker.elsewhere = by_source.get(key, ())
    roots = [key for key, each in speakers.items() if each.origin is None]
    first = min(roots, key=lambda root: speakers[root].first[1])
    for root in roots if _is_odd(figure) else ():
        # Who may have spoken on one of the same days may be the one who had it before, who states
        # whom it has it from, in a circle, has that stand, and when who is only cited first said
        # it nobody knows.
        later = speakers[first].first[1] < speakers[root].first[0] < _NEVER
        if later and speakers[root].circle is None and speakers[root].claims:
            speakers[root].likely = first
    left = [key for key in roots if speakers[key].likely is None]
    below: dict[str, list[str]] = {}
    for key, each in speakers.items():
        below.setdefault(each.origin or each.likely or "", []).append(key)
    for keys in (left, *below.values()):
        keys.sort(key=lambda key: (speakers[key].likely is not None, speakers[key].first[1]))
    said = claims[0].statement
    _see_that_it_can_be_drawn(left, below, said)
    sources = sum(bool(each.claims) for each in speakers.values())
    voices = tuple(_voice(key, speakers, below) for key in left)
    origins, likely = len(roots), len(left)
    return FigureTrace(
        *(said.subject, claims[0].measure, *figure, sources, origins, likely, voices),
        spellings=tuple(_spellings(speakers, claims)) if len(speakers) > 1 else (),
        misquoted=tuple(_misquoting(every, speakers, by_source)),
    )


def _misquoting(
    every: Iterable[Claim], speakers: _Speakers, by_source: Mapping[str, Sequence[Claim]]
) -> Iterator[OtherFigure]:
    """The figures for which those who give this one are cited of its day, and never gave."""
    gave: dict[tuple[str, str | None], set[_Figure]] = {}
    for claim in every:
        key = fold(claim.voice or "")
        cited = speakers.get(key)
        if cited is None or key == _source(claim) or not _one_day(claim, cited.claims):
            continue
        unit = claim.estimate.unit
        if (key, unit) not in gave:
            gave[key, unit] = {_figure(each, unit) for each in by_source[key]}
        if _figure(claim, unit) not in gave[key, unit]:
            yield _other(claim, cited.source)


def _one_day(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether it may be of the same day as one of these."""
    first, last = _day_of(claim)
    return any(first <= day[1] and day[0] <= last for day in map(_day_of, others))


def _day_of(claim: Claim) -> _Span:
    when = claim.statement.as_of or claim.statement.published
    return (when.days[0].toordinal(), when.days[1].toordinal()) if when else (0, _NEVER)


def _other(claim: Claim, cited: str = "") -> OtherFigure:
    words = ", ".join(filter(None, (claim.said, _counting(claim))))
    return OtherFigure(claim.statement.source, words, claim.id or 0, cited)


def _elsewhere(speaker: _Speaker) -> OtherFigure | None:
    """The figure that one who is only cited last gave itself before that, or its first."""
    before = bisect_right(speaker.elsewhere, speaker.first[1], key=lambda each: _span(each)[1])
    return _other(speaker.elsewhere[max(0, before - 1)]) if speaker.elsewhere else None


def _spellings(speakers: _Speakers, claims: Iterable[Claim]) -> Iterator[Spelling]:
    """Names that may be one: sources before who is only cited, who is named more before others."""
    citing: dict[str, list[int]] = {}
    for claim in claims:
        citing.setdefault(fold(claim.voice or ""), []).append(claim.id or 0)

    def rank(key: str) -> tuple[bool, int]:
        own = len(speakers[key].claims)
        return not own, -own - len(citing.get(key, ()))

    names = [speakers[key].source for key in sorted(speakers, key=rank)[:_SPELLED]]
    for name, other in alike(names):
        cited_only = not speakers[fold(name)].claims
        yield Spelling(name, other, tuple(citing[fold(other)]) if cited_only else ())


def _see_that_it_can_be_drawn(
    left: Iterable[str], below: Mapping[str, Sequence[str]], said: Statement
) -> None:
    """Refuse a figure that is handed on and on, further than any page is wide."""
    hands, now = 0, list(left)
    while now:
        hands, now = hands + 1, [each for key in now for each in below.get(key, ())]
        if hands > MOST_HANDS:
            raise UsageError(
                f"{said.subject}: a figure goes through more than {MOST_HANDS} hands, each citing "
                "the one before.",
                "Look whether the origins are right: factlog list",
            )


def _speakers(claims: Sequence[Claim]) -> _Speakers:
    """Everybody who gives the figure or is cited for it, in time."""
    found: _Speakers = {}
    for claim in claims:
        key = fold(claim.statement.source)
        found.setdefault(key, _Speaker(claim.statement.source)).claims.append(claim)
    own = {key for key, each in found.items() if not all(c.voice for c in each.claims)}
    # Who gives it without citing anybody, too, comes last: a circle begins there, and is none.
    for claim in sorted(claims, key=lambda claim: fold(claim.statement.source) in own):
        key, origin = fold(claim.statement.source), fold(claim.voice or "")
        speaker = found[key]
        if not origin or speaker.origin is not None:
            continue
        if _leads_to(origin, speaker, found):
            if speaker.circle in (None, key):
                speaker.circle = key if key in own else origin
        else:
            found.setdefault(origin, _Speaker(claim.voice or ""))
            speaker.origin = origin
    for speaker in found.values():
        spoke, key = speaker.spoke, fold(speaker.source)
        while (above := found.get(key)) is not None:
            above.first, key = _sooner(above.first, spoke), above.origin or ""
    return found


def _leads_to(key: str | None, speaker: _Speaker, speakers: _Speakers) -> bool:
    """Whether a voice has its figure from this speaker in the end, or is that one."""
    while key is not None and key in speakers:
        if speakers[key] is speaker:
            return True
        key = speakers[key].origin
    return False


def _is_odd(figure: _Figure) -> bool:
    """Whether the digits are so many that nobody else is likely to have found the same."""
    numbers, unit = figure
    year = unit is None and len(numbers) == 1 and numbers[0] in YEARS
    return not year and max(map(significant, numbers)) >= TELLING


def _voice(
    key: str,
    speakers: _Speakers,
    below: Mapping[str, Sequence[str]],
    above: _Speaker | None = None,
) -> Voice:
    speaker = speakers[key]
    circle = _circle(key, speakers)
    stated = bool(speaker.origin or circle)
    link = Link.STATED if stated else Link.LIKELY if speaker.likely else Link.FIRST
    return Voice(
        *(speaker.source, speaker.claims[0].said if speaker.claims else "", speaker.when),
        tuple(claim.id for claim in speaker.claims if claim.id is not None),
        tuple(dict.fromkeys(c.statement.via for c in speaker.claims if c.statement.via)),
        link,
        _days_after(speaker, above) if above else None,
        tuple(_voice(each, speakers, below, speaker) for each in below.get(key, ())),
        circle,
        _what_they_count(speaker.claims),
        _elsewhere(speaker),
        max(0, len(speaker.elsewhere) - 1),
    )


def _circle(key: str, speakers: _Speakers) -> tuple[str, ...]:
    """Those who cite each other, from one at the top of its tree on; empty for any other."""
    names, at = [speakers[key].source], speakers[key].circle
    if speakers[key].origin is not None or at == key:
        return ()
    while at is not None and at != key:
        names.append(speakers[at].source)
        at = speakers[at].origin
    return tuple(names) if at else ()


def _days_after(speaker: _Speaker, above: _Speaker) -> int | None:
    """How long after another one spoke; None unless both days are known and in that order."""
    (before, by), (day, last) = above.spoke, speaker.spoke
    return day - before if before == by <= day == last < _NEVER else None
