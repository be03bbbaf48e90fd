"""Deciding what is to be done about a disagreement, and the decisions there are."""

from __future__ import annotations

from datetime import date

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
from factlog.web.desk import Asked, Desk, page, see, word, words
from factlog.web.pages.subjects import known

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
        subject, measure, claims = _about(store, asked)
    return page(
        desk,
        request,
        "decide.html",
        400 if error else 200,
        subject=subject,
        measure=measure.measure,
        part=part(subject, measure),
        claims=claims,
        kinds=_KINDS,
        chosen=asked.getlist("claim"),
        given=given,
        error=error,
    )


def _about(store: Store, asked: Asked) -> tuple[str, MeasureComparison, list[Claim]]:
    """The measure to decide about, and the claims it rests on."""
    subject, name = known(store, word(asked, "subject")), word(asked, "measure")
    claims = list(store.claims(subject=subject))
    found = comparer.compare(claims, measures=store.measures())
    for one in found.subjects:
        for each in one.measures:
            if each.measure == name:
                ids = {number for side in each.sides for number in side.claims}
                return subject, each, [claim for claim in claims if claim.id in ids]
    raise NotFound(f"There is no {name or 'figure'} of {subject} to decide about.", "Go back.")


def decide(desk: Desk, request: Request, asked: Asked) -> Response:
    """Record the decision; no claim is changed by it."""
    given = words(asked, "kind", "value", "reason", "by", "review_on")
    try:
        with desk.writing() as store:
            subject, measure, _claims = _about(store, asked)
            kind = _kind(given.get("kind", ""))
            chosen = tuple(int(each) for each in asked.getlist("claim") if str(each).isdigit())
            own = read(given["value"]) if kind is DecisionKind.VALUE and "value" in given else None
            if kind is DecisionKind.VALUE and own is None:
                raise UsageError("The value is blank.", "Write it: about 3,500")
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
    return see(f"/subject?{_query(name=subject)}")


def _query(**words: str) -> str:
    from urllib.parse import urlencode

    return urlencode(words)


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
