"""Who stands where: the subjects with their verdicts, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer, dates
from factlog.answers import Sentence
from factlog.claim import Claim, Period
from factlog.comparer.comparison import Vocabulary
from factlog.comparer.pool import pooled
from factlog.comparer.publish import sentences as publishable
from factlog.errors import NotFound, UsageError
from factlog.findings import Comparison, Verdict
from factlog.policy import POLICIES, Measure, Policy
from factlog.render import summary, templates
from factlog.render.report.page import Chapter, evidence, mark_of, sections
from factlog.store import Store
from factlog.web.desk import (
    Asked,
    Desk,
    address,
    page,
    target,
    waits_already,
    whole,
    word,
    worked_out,
)

_A_PAGE = 50  # subjects
_SPELLED = 20  # findings of a measure told in words
EVERY = 100_000  # findings, so that every figure in a conflict is marked
_MARKED = 200  # findings, where there are many claims
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
        lines = list(_lines(desk, request, store, shown))
        waiting = store.inbox.waiting()
    return page(
        desk,
        request,
        "subjects.html",
        lines=lines,
        search=search,
        number=number,
        more=len(found) > _A_PAGE * number,
        waiting=waiting,
    )


def _lines(
    desk: Desk, request: Request, store: Store, names: Iterable[str]
) -> Iterator[SubjectLine]:
    """What each subject comes to; of one with many claims only once it is known."""
    measures, head = Vocabulary(store.measures()), store.head()
    for name in names:
        claims = store.claims(subject=name)
        if len(claims) <= MANY:
            yield _judged(name, list(claims), measures)
        else:
            known = worked_out(request).result(head, line_of, desk, name)
            yield known or SubjectLine(name, "", "being compared", len(claims), "")


def line_of(desk: Desk, name: str) -> SubjectLine:
    """What one subject comes to."""
    with desk.reading() as store:
        return _judged(name, list(store.claims(subject=name)), Vocabulary(store.measures()))


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


@dataclass(frozen=True)
class Filters:
    """What a subject's page is narrowed to, and how its words are taken."""

    measure: str
    source: str
    policy: Policy
    as_of: Period | None


def _filters(asked: Asked) -> Filters:
    name = word(asked, "policy") or "default"
    if name not in POLICIES:
        raise UsageError(f'There is no policy "{name}".', f"Take one of {', '.join(POLICIES)}.")
    policy = POLICIES[name]
    about, tolerance = _share(asked, "about"), _share(asked, "tolerance")
    if about is not None and policy.about is not None:
        policy = replace(policy, about=about)
    if tolerance is not None:
        policy = replace(policy, tolerance=tolerance)
    as_of = word(asked, "as_of")
    return Filters(
        word(asked, "measure"),
        word(asked, "source"),
        policy,
        dates.parse(as_of) if as_of else None,
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
    if not 0 <= share <= 1:
        raise UsageError(f'"{text}" is no percentage.', "Write a number from 0 to 100.")
    return share


@dataclass(frozen=True)
class SubjectTold:
    """What a subject comes to, as a part of a page; the measures and sources there are."""

    text: str
    measures: tuple[str, ...]
    sources: tuple[str, ...]


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A subject in full: camps, figure, table, why, hints, and its claims."""
    wanted = _filters(asked)
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        many = len(store.claims(subject=name))
        given, told = (desk, name, wanted, desk.today()), None
        if many > MANY:
            told = worked_out(request).result(store.head(), told_of, *given)
        newest = store.newest(_SHOWN, subject=name) if many > MANY and told is None else ()
    # Compared once the store is let go of: whoever writes need not wait for it.
    if many <= MANY:
        told = told_of(*given)
    if told is None and waits_already(request):
        return Response(status_code=204)
    return page(
        desk,
        request,
        "subject_told.html" if target(request) == "told" else "subject.html",
        name=name,
        told=told,
        newest=[evidence(each) for each in newest],
        claims=many,
        address=address(request),
        part=target(request) or "main",
        wanted=wanted,
        about=_percent(wanted.policy.about),
        tolerance=_percent(wanted.policy.tolerance),
        policies=list(POLICIES),
    )


def told_of(desk: Desk, name: str, wanted: Filters, today: date) -> SubjectTold:
    """A subject compared and put into words."""
    with desk.reading() as store:
        every = list(store.claims(subject=name))
        kept, measures = _chosen(store, every, wanted), store.measures()
        decisions = store.decisions(today, (name,))
    many = len(every) > MANY
    limit = _MARKED if many else EVERY
    found = comparer.compare(kept, wanted.policy, measures, as_of=wanted.as_of, limit=limit)
    found = comparer.with_decisions(found, comparer.by_measure(decisions))
    if wanted.measure:
        found = comparer.restrict(found, (wanted.measure,))
    made = chapter(found, kept, measures, _SHOWN if many else None) if found.subjects else None
    text = templates.desk_part(
        "desk/compared.html",
        desk=desk,
        name=name,
        told=made and sections(made, 1),
        policy=summary.policy(wanted.policy),
        claims=len(kept),
    )
    return SubjectTold(
        text,
        tuple(sorted({claim.measure for claim in every if claim.measure})),
        tuple(sorted({claim.statement.source for claim in every})),
    )


def _chosen(store: Store, claims: Sequence[Claim], wanted: Filters) -> list[Claim]:
    sources = None
    if wanted.source:
        sources = (store.resolve("source", wanted.source) or wanted.source,)
    return list(comparer.select(claims, sources=sources, as_of=wanted.as_of))


def chapter(
    found: Comparison,
    claims: Sequence[Claim],
    measures: tuple[Measure, ...],
    most: int | None = None,
) -> Chapter:
    """The one subject of a comparison, with its reasons and what can be pooled of it."""
    (subject,) = found.subjects
    explanation = comparer.explain(found, subject.subject, measures=measures)
    together = pooled(claims, measures=measures)
    return Chapter(subject, explanation, claims, _SPELLED, together, most)


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
        name, head = known(store, word(asked, "name")), store.head()
        many = len(store.claims(subject=name)) > MANY
    if many:
        told = worked_out(request).result(head, printable, desk, name, desk.today())
    else:
        told = printable(desk, name, desk.today())
    if told is None and waits_already(request):
        return Response(status_code=204)
    return page(desk, request, "sentences.html", name=name, told=told, address=address(request))


def printable(desk: Desk, name: str, today: date) -> tuple[Sentence, ...]:
    """The sentences of a subject that can be printed."""
    with desk.reading() as store:
        claims, measures = list(store.claims(subject=name)), store.measures()
        decisions = store.decisions(today, (name,))
    found = comparer.compare(claims, Policy(), measures)
    return tuple(publishable(comparer.with_decisions(found, comparer.by_measure(decisions))))
