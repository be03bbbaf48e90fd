"""Deciding what is to be done about a disagreement, and the decisions there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer, dates
from factlog.claim import Claim
from factlog.decision import Decision, DecisionKind
from factlog.errors import FactlogError, NotFound, UsageError
from factlog.findings import MeasureComparison
from factlog.parsing import read
from factlog.render.templates import part
from factlog.store import Store
from factlog.web.desk import (
    Asked,
    Desk,
    calculations,
    page,
    see,
    shows_already,
    word,
    words,
    worked_out,
)
from factlog.web.pages.subjects import MANY, known

_KINDS = {
    DecisionKind.PREFER: "use these claims",
    DecisionKind.RANGE: "publish the range of the figures",
    DecisionKind.VALUE: "use a value of our own",
    DecisionKind.PENDING: "keep it open for now",
    DecisionKind.WITHHOLD: "publish no figure",
}


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The decisions that stand, those to be looked at again first."""
    with desk.reading() as store:
        found = store.decisions(desk.today(), every="all" in asked)
    found = tuple(sorted(found, key=lambda each: not each.stale))
    return page(desk, request, "decisions.html", decisions=found)


def form(desk: Desk, request: Request, asked: Asked) -> Response:
    """The form to decide about one measure of a subject."""
    return _form(desk, request, asked, words(asked, "by"), None)


def _form(
    desk: Desk,
    request: Request,
    asked: Asked,
    given: dict[str, str],
    error: FactlogError | None,
) -> Response:
    with desk.reading() as store:
        subject, many = _known(store, asked)
        state = desk.state_of(store)
    name = word(asked, "measure")
    if many:
        told, waits = worked_out(request, state, matter_of, desk, subject, name)
    else:
        told, waits = matter_of(desk, subject, name), None
    if told is None and shows_already(request, asked, 0):
        return Response(status_code=204)
    return page(
        desk,
        request,
        "decide.html",
        400 if error else 200,
        subject=subject,
        measure=name,
        part=told and part(subject, told.measure),
        claims=told.claims if told else (),
        as_of=waits and waits.event,
        kinds=_KINDS,
        chosen=asked.getlist("claim"),
        given=given,
        error=error,
    )


def _known(store: Store, asked: Asked) -> tuple[str, bool]:
    """The subject to decide about, and whether it has many claims."""
    subject = known(store, word(asked, "subject"))
    return subject, len(store.claims(subject=subject)) > MANY


@dataclass(frozen=True)
class Matter:
    """What is to be decided about: a measure, and the claims it rests on."""

    measure: MeasureComparison
    claims: list[Claim]


def matter_of(desk: Desk, subject: str, name: str) -> Matter:
    """The measure of that name of a subject, compared."""
    with desk.reading() as store:
        claims, measures = list(store.claims(subject=subject)), store.measures()
    # Compared once the store is let go of: whoever writes need not wait for it.
    found = comparer.compare(claims, measures=measures)
    for one in found.subjects:
        for each in one.measures:
            if each.measure == name:
                ids = {number for side in each.sides for number in side.claims}
                return Matter(each, [claim for claim in claims if claim.id in ids])
    raise NotFound(f"There is no {name or 'figure'} of {subject} to decide about.", "Go back.")


def decide(desk: Desk, request: Request, asked: Asked) -> Response:
    """Record the decision; no claim is changed by it."""
    given = words(asked, "kind", "value", "reason", "by", "review_on")
    try:
        with desk.writing() as store:
            subject, many = _known(store, asked)
            kind = _kind(given.get("kind", ""))
            chosen = tuple(int(each) for each in asked.getlist("claim") if str(each).isdecimal())
            own = read(given["value"]) if kind is DecisionKind.VALUE and "value" in given else None
            if kind is DecisionKind.VALUE and own is None:
                raise UsageError("The value is blank.", "Write it: about 3,500")
            about = desk, subject, word(asked, "measure")
            beside = calculations(request).awaited
            measure = (beside(matter_of, *about) if many else matter_of(*about)).measure
            if own is not None:
                comparer.see_that_it_counts(own, subject, measure.measure, store.measures())
            decision = Decision(
                *(subject, measure.measure, kind, given.get("reason", ""), given.get("by", "")),
                chosen if kind is DecisionKind.PREFER else (),
                review_on=_day(given.get("review_on")),
            )
            store.decide(comparer.in_numbers(decision, measure, own), now=desk.now())
    except FactlogError as error:
        return _form(desk, request, asked, given, error)
    return see(f"/subject?{urlencode({'name': subject})}")


def _kind(text: str) -> DecisionKind:
    if text not in set(DecisionKind):
        raise UsageError("Nothing is decided.", f"Choose one: {', '.join(_KINDS.values())}.")
    return DecisionKind(text)


def _day(text: str | None) -> date | None:
    """The review date: one day."""
    if not text:
        return None
    period = dates.parse(text)
    if period.first is None or period.first != period.last:
        raise UsageError(f"A review date is one day, and {text} is more.", "Write one day.")
    return period.first
