"""Who stands where: the subjects with their verdicts, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import islice

from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer, dates
from factlog.claim import Claim, Period
from factlog.comparer.pool import pooled
from factlog.comparer.publish import sentences as publishable
from factlog.errors import NotFound, UsageError
from factlog.findings import Comparison, Verdict
from factlog.policy import POLICIES, Measure, Policy
from factlog.render import summary
from factlog.render.report.page import Chapter, mark_of, sections
from factlog.store import Store
from factlog.web.desk import Asked, Desk, page, whole, word

_A_PAGE = 50  # subjects
_SPELLED = 20  # findings of a measure told in words
EVERY = 100_000  # findings, so that every figure in a conflict is marked


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
        lines = [_line(store, name) for name in shown]
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


def _line(store: Store, name: str) -> SubjectLine:
    claims = list(store.claims(subject=name))
    found = comparer.compare(claims, Policy(), store.measures(), limit=1, camps=False)
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


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A subject in full: camps, figure, table, why, hints, and every claim."""
    wanted = _filters(asked)
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        every = list(store.claims(subject=name))
        kept = _chosen(store, every, wanted)
        measures = store.measures()
        decisions = store.decisions(desk.today(), (name,))
    # Compared once the store is let go of: whoever writes need not wait for it.
    found = comparer.compare(kept, wanted.policy, measures, as_of=wanted.as_of, limit=EVERY)
    found = comparer.with_decisions(found, comparer.by_measure(decisions))
    if wanted.measure:
        found = comparer.restrict(found, (wanted.measure,))
    told = sections(chapter(found, kept, measures), 1) if found.subjects else None
    return page(
        desk,
        request,
        "subject_told.html" if "hx-request" in request.headers else "subject.html",
        name=name,
        told=told,
        wanted=wanted,
        about=_percent(wanted.policy.about),
        tolerance=_percent(wanted.policy.tolerance),
        measures=sorted({claim.measure for claim in every if claim.measure}),
        sources=sorted({claim.statement.source for claim in every}),
        policy=summary.policy(wanted.policy),
        policies=list(POLICIES),
        claims=len(kept),
    )


def _chosen(store: Store, claims: Sequence[Claim], wanted: Filters) -> list[Claim]:
    sources = None
    if wanted.source:
        sources = (store.resolve("source", wanted.source) or wanted.source,)
    return list(comparer.select(claims, sources=sources, as_of=wanted.as_of))


def chapter(found: Comparison, claims: Sequence[Claim], measures: tuple[Measure, ...]) -> Chapter:
    """The one subject of a comparison, with its reasons and what can be pooled of it."""
    (subject,) = found.subjects
    explanation = comparer.explain(found, subject.subject, measures=measures)
    return Chapter(subject, explanation, claims, _SPELLED, pooled(claims, measures=measures))


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
        claims, measures = list(store.claims(subject=name)), store.measures()
        decisions = store.decisions(desk.today(), (name,))
    found = comparer.compare(claims, Policy(), measures)
    found = comparer.with_decisions(found, comparer.by_measure(decisions))
    return page(desk, request, "sentences.html", name=name, told=list(publishable(found)))
