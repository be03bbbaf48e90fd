"""Who stands where: the subjects with their verdicts, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import islice
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer, dates
from factlog.answers import PrintedSentence
from factlog.claim import Claim, Period, defining
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.copy_hints import repeated_errors, with_copies
from factlog.comparer.pool import pooled
from factlog.comparer.publish import sentences as publishable
from factlog.comparer.travel import travelled
from factlog.errors import NotFound, UsageError
from factlog.findings import Comparison, Verdict
from factlog.names import fold
from factlog.page import by_what, with_states
from factlog.policy import POLICIES, Measure, Policy, policy_named
from factlog.render import summary, templates
from factlog.render.report.page import Chapter, evidence, mark_of, sections
from factlog.store import Store
from factlog.web.desk import (
    Asked,
    Desk,
    calculations,
    page,
    progress,
    shows_already,
    target,
    whole,
    word,
    words,
    worked_out,
)

_A_PAGE = 50  # subjects
_DAYS = ("since", "until", "as_of")
_SPELLED = 20  # findings of a measure told in words
_MARKED = 2_000  # findings, beside the worst of every figure
MANY = 100  # claims, beyond which they are compared beside the desk
_SHOWN = 100  # figures of a measure, where there are many


@dataclass(frozen=True)
class SubjectLine:
    """A subject in the list: its verdict, and what it is about."""

    name: str
    mark: str
    verdict: str
    claims: int
    told: str


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The subjects, a page of them, with what each comes to."""
    search, number = word(asked, "q"), max(1, whole(asked, "page", 1))
    with desk.reading() as store:
        if search:
            names = store.holding("subject", search, _A_PAGE * number + 1)
            found = list(dict.fromkeys(store.resolve("subject", name) or name for name in names))
        else:
            found = list(islice(store.subjects(), _A_PAGE * number + 1))
        shown = found[_A_PAGE * (number - 1) : _A_PAGE * number]
        claims = {name: store.claims(subject=name) for name in shown}
        few = {name: list(each) for name, each in claims.items() if len(each) <= MANY}
        measures, state, waiting = store.measures(), desk.state_of(store), store.inbox.waiting()
    # Compared once the store is let go of: whoever writes need not wait for it.
    vocabulary, latest = Vocabulary(measures), calculations(request).latest
    many = {name: latest(state, line_of, desk, name) for name in shown if name not in few}
    lines = [
        _judged(name, few[name], vocabulary)
        if name in few
        else each.result
        if (each := many[name])
        else SubjectLine(name, "", "being compared", len(claims[name]), "")
        for name in shown
    ]
    compared = sum(each.state.event for each in many.values() if each)
    waits = any(progress(state, each) for each in many.values())
    if waits and shows_already(request, asked, compared):
        return Response(status_code=204)
    return page(
        desk,
        request,
        "subjects.html",
        lines=lines,
        search=search,
        number=number,
        more=len(found) > _A_PAGE * number,
        waiting=waiting,
        compared=compared,
        waits=waits,
    )


def line_of(desk: Desk, name: str) -> SubjectLine:
    """What one subject comes to."""
    with desk.reading() as store:
        claims, measures = list(store.claims(subject=name)), store.measures()
    return _judged(name, claims, Vocabulary(measures))


def _judged(name: str, claims: Sequence[Claim], known: Vocabulary) -> SubjectLine:
    found = comparer.compare(claims, Policy(), known, limit=1, camps=False)
    measures = [each for one in found.subjects for each in one.measures]
    worst = min((each.verdict for each in measures), key=lambda each: each.severity)
    return SubjectLine(
        name,
        mark_of(worst),
        "conflict" if worst is Verdict.CONFLICT else summary.verdict(worst),
        len(claims),
        ", ".join(each.measure for each in measures if each.verdict is worst and each.measure),
    )


Pairs = tuple[tuple[str, str], ...]  # the words of an address, as they can be kept by


@dataclass(frozen=True)
class SubjectFilters:
    """What a subject's page is narrowed to, and how its words are taken."""

    measure: str
    source: str
    party: str  # after a minus, whose sources are left out
    policy: Policy
    since: Period | None
    until: Period | None
    as_of: Period | None
    pairs: Pairs  # the same as an address holds it

    @property
    def query(self) -> str:
        """The words of an address."""
        return urlencode(self.pairs)


_SHARES = ("about", "tolerance")
_NARROWED = ("measure", "source", "party", "policy", *_SHARES, *_DAYS)


def filters(asked: Asked) -> SubjectFilters:
    """What the words of an address narrow a subject to."""
    policy = policy_named(word(asked, "policy") or "default")
    if word(asked, "shares_of") not in (
        "",
        policy.name,
    ):  # the sliders stand where another policy is
        asked = Asked([(key, each) for key, each in asked.items() if key not in _SHARES])
    about, tolerance = (_share(asked, each) for each in _SHARES)
    if about is not None and policy.about is not None:
        policy = replace(policy, about=about)
    if tolerance is not None:
        policy = replace(policy, tolerance=tolerance)
    days = {name: dates.parse(text) for name, text in words(asked, *_DAYS).items()}
    return SubjectFilters(
        word(asked, "measure"),
        word(asked, "source"),
        word(asked, "party"),
        policy,
        days.get("since"),
        days.get("until"),
        days.get("as_of"),
        tuple(words(asked, "name", *_NARROWED).items()),
    )


def _share(asked: Asked, name: str) -> Decimal | None:
    """A percentage that was set, as a share of one."""
    text = word(asked, name)
    if not text:
        return None
    try:
        share = Decimal(text) / 100
    except InvalidOperation:
        share = Decimal(-1)
    if not (share.is_finite() and 0 <= share <= 1):
        raise UsageError(f'"{text}" is no percentage.', "Write a number from 0 to 100.")
    return share


@dataclass(frozen=True)
class Answer:
    """What a subject's page was asked for: the claims that fit, compared, and what else fits."""

    name: str
    wanted: SubjectFilters
    claims: list[Claim]
    found: Comparison
    measures: tuple[Measure, ...]
    offered: dict[str, list[str]]


def answered(desk: Desk, asked: Asked) -> Answer:
    """The claims of a subject that fit what was asked for, compared so."""
    wanted = filters(asked)
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        every = list(store.claims(subject=name))
        source = wanted.source and (store.resolve("source", wanted.source) or wanted.source)
        speakers, measures = _speakers(store, wanted), store.measures()
        decisions = store.decisions(desk.today())
        repeats = repeated_errors(lambda each: store.claims(subject=each), decisions, measures)
        definitions = store.definitions()
    claims = list(defining(_chosen(every, wanted, source, speakers), definitions))
    # Compared once the store is let go of: whoever writes need not wait for it.
    found = comparer.compare(
        claims, wanted.policy, measures, as_of=wanted.as_of, limit=_MARKED, each_side=True
    )
    found = comparer.with_definitions(found, definitions)
    found = comparer.with_decisions(found, comparer.by_measure(decisions))
    found = with_copies(found, repeats)
    sources = sorted({claim.statement.source for claim in every})
    offered = {
        "measures": [each.measure for one in found.subjects for each in one.measures],
        "sources": sources,
        "parties": sorted({speakers[fold(each)] for each in sources if fold(each) in speakers}),
    }
    if wanted.measure:
        found = comparer.restrict(found, (wanted.measure,))
    return Answer(name, wanted, claims, found, measures, offered)


def _speakers(store: Store, wanted: SubjectFilters) -> dict[str, str]:
    """The party that each source speaks for; by its other names, too, where that is asked for."""
    listed = store.names("source") if wanted.party else ()
    return comparer.speaking_for(store.profiles(), {each.name: each.aliases for each in listed})


def _chosen(
    claims: Iterable[Claim], wanted: SubjectFilters, source: str, speakers: dict[str, str]
) -> Iterator[Claim]:
    """The claims of a source, by or without who speaks for a party, and of some time."""
    party = wanted.party.removeprefix("-")
    theirs = {name: each for name, each in speakers.items() if fold(each) == fold(party)}
    if wanted.party.startswith("-"):
        claims = comparer.Choice(theirs, (), {}).chosen(claims)
    elif party:
        claims = comparer.select(claims, sources=theirs)
    return comparer.select(
        claims,
        sources=(source,) if source else None,
        since=wanted.since,
        until=wanted.until,
        as_of=wanted.as_of,
    )


@dataclass(frozen=True)
class SubjectTold:
    """What a subject comes to, as a part of a page, and what it can be narrowed to."""

    text: str
    offered: dict[str, list[str]]


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A subject in full: camps, figure, table, why, hints, and its claims."""
    wanted, newest = filters(asked), list[Claim]()
    speakers: dict[str, str] = {}
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        many, told, waits = len(store.claims(subject=name)), None, None
        if many > MANY:
            state = desk.state_of(store)
            told, waits = worked_out(request, state, told_of, desk, wanted.pairs, _SHOWN)
        if many > MANY and told is None:
            source = wanted.source and (store.resolve("source", wanted.source) or wanted.source)
            speakers = _speakers(store, wanted)
            newest = list(_chosen(store.newest(_SHOWN, subject=name), wanted, source, speakers))
    if many <= MANY:
        told = told_of(desk, wanted.pairs, None)
    if waits and shows_already(request, asked, waits.event):
        return Response(status_code=204)
    return page(
        desk,
        request,
        "subject_told.html" if target(request) == "told" else "subject.html",
        name=name,
        told=told,
        waits=waits,
        offered=told.offered if told else _completed(speakers),
        newest=[evidence(each) for each in newest if wanted.measure in ("", each.measure)],
        most=_SHOWN,
        claims=many,
        wanted=wanted,
        about=_percent(wanted.policy.about),
        tolerance=_percent(wanted.policy.tolerance),
        policies=[
            (each.name, _percent(each.about), _percent(each.tolerance))
            for each in POLICIES.values()
        ],
    )


def _completed(speakers: dict[str, str]) -> dict[str, list[str]]:
    """What can be chosen before a subject is compared: the rest is completed as it is written."""
    return {"measures": [], "sources": [], "parties": sorted(set(speakers.values()))}


def told_of(desk: Desk, asked: Pairs, most: int | None) -> SubjectTold:
    """A subject compared and put into words, so many figures of each measure shown."""
    answer = answered(desk, QueryParams(list(asked)))
    text = templates.desk_part(
        "desk/compared.html",
        desk=desk,
        name=answer.name,
        told=sections(chapter(desk, answer, most), 1) if answer.found.subjects else None,
        policy=summary.policy(answer.wanted.policy),
        claims=len(answer.claims),
    )
    return SubjectTold(text, answer.offered)


def chapter(desk: Desk, answer: Answer, most: int | None = None) -> Chapter:
    """The subject of an answer, with its reasons and what can be pooled of it."""
    with desk.reading() as store:
        kept = with_states(by_what(store.pages.all()), answer.claims, store.pages.state)
    (subject,) = answer.found.subjects
    explanation = comparer.explain(answer.found, subject.subject, measures=answer.measures)
    pools = pooled(answer.claims, measures=answer.measures)
    traced = travelled(answer.claims, answer.measures)
    told = (subject, explanation, answer.claims, _SPELLED, pools, most)
    return Chapter(*told, traced, kept)


def known(store: Store, name: str) -> str:
    """The subject on record that goes by this name."""
    found = store.resolve("subject", name) if name else None
    if found is None:
        raise NotFound(f'No subject is called "{name}".', "Look for it in the list of subjects.")
    return found


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{share * 100:f}".rstrip("0").rstrip(".") or "0"


def sentences(desk: Desk, request: Request, asked: Asked) -> Response:
    """What can be printed of a subject, one sentence a measure, to copy."""
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        many, state = len(store.claims(subject=name)) > MANY, desk.state_of(store)
    wanted = filters(asked)
    if many:
        told, waits = worked_out(request, state, printable, desk, wanted.pairs)
    else:
        told, waits = printable(desk, wanted.pairs), None
    if waits and shows_already(request, asked, waits.event):
        return Response(status_code=204)
    return page(
        *(desk, request, "sentences.html"),
        name=name,
        told=told,
        waits=waits,
        query=wanted.query,
    )


@dataclass(frozen=True)
class Printable:
    """The sentences of a subject that can be printed, and what decisions leave out of them."""

    sentences: tuple[PrintedSentence, ...]
    notes: tuple[str, ...]


def printable(desk: Desk, asked: Pairs) -> Printable:
    """What can be printed of a subject."""
    found = answered(desk, QueryParams(list(asked))).found
    told = tuple(comparer.led(publishable(found), found))
    return Printable(told, tuple(summary.decided_otherwise(found)))
