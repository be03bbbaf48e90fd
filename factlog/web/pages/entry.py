"""Adding a claim: the reading and the conflict are shown while it is written."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factlog import comparer
from factlog.claim import Claim
from factlog.errors import FactlogError, UsageError
from factlog.importing import words as from_words
from factlog.policy import Measure, Policy
from factlog.render.templates import part
from factlog.store import Store
from factlog.web.desk import Asked, Desk, page, whole, word, words
from factlog.wording import said_of, span

FIELDS = (
    "subject",
    "source",
    "as_of",
    "published",
    "via",
    "url",
    "scope",
    "origin",
    "quote",
    "note",
)
_OFFERED = 12  # names


def form(desk: Desk, request: Request, asked: Asked) -> Response:
    """The form to add what a source said; what was added last is offered."""
    given = words(asked, "claims", *FIELDS)
    if not given:
        with desk.reading() as store:
            last = store.newest()
        if last:
            given = {"subject": last[0].statement.subject}
    return page(desk, request, "add.html", given=given, error=None, recorded=(), parts=())


def reading(desk: Desk, request: Request, asked: Asked) -> Response:
    """How what is being written would be read, and what it would conflict with."""
    given = words(asked, "claims", "measure", *FIELDS)
    readings: Sequence[object] = ()
    parts: Sequence[object] = ()
    refused = None
    if "claims" in given:
        try:
            with desk.reading() as store:
                claims = written(given, store.measures(), made_up=True)
                readings = [reading_of(claim) for claim in claims]
                if {"subject", "source"} <= given.keys():
                    parts = conflicts(store, claims, whole(asked, "claim"))
        except FactlogError as error:
            refused = error
    return page(desk, request, "reading.html", error=refused, readings=readings, parts=parts)


def written(
    given: dict[str, str], measures: Sequence[Measure], *, made_up: bool = False
) -> tuple[Claim, ...]:
    """The claims of a form; with `made_up`, a subject and a source stand in where none is given."""
    told = dict(given)
    values = [line.strip() for line in told.pop("claims", "").splitlines() if line.strip()]
    if measure := told.pop("measure", None):
        values = [f"{measure}={value}" for value in values]
    if made_up:
        told = {"subject": "subject", "source": "source", **told}
    missing = [name for name in ("subject", "source") if name not in told]
    if not values:
        missing.insert(1, "claim")
    if missing:
        raise UsageError(f"Still to be written: {', '.join(missing)}.", "Fill in what is missing.")
    return from_words.claims(told.pop("subject"), values, measures=measures, **told)


def reading_of(claim: Claim) -> tuple[str, str, str]:
    """A claim as it was said, what that is taken to mean, and what it counts."""
    meant = span(comparer.reading_of(claim.estimate, Policy()), claim.estimate.unit)
    return said_of(claim), meant, claim.measure


def conflicts(store: Store, claims: Sequence[Claim], mended: int = 0) -> list[object]:
    """What these claims would conflict with, in words; one stands in the place of one mended."""
    claims_of = store.claims(subject=claims[0].statement.subject)
    on_record = [each for each in claims_of if each.id != mended]
    touched = {claim.measure for claim in claims}
    found = comparer.compare([*on_record, *claims], Policy(), store.measures())
    return [
        part(one.subject, measure)
        for one in found.subjects
        for measure in one.measures
        if any(side.measure in touched or measure.measure in touched for side in measure.sides)
    ]


def record(desk: Desk, request: Request, asked: Asked) -> Response:
    """Record what the form says, and say at once what it conflicts with."""
    given = words(asked, "claims", *FIELDS)
    try:
        with desk.writing() as store:
            claims = written(given, store.measures())
            kept = store.add(claims, now=desk.now())
            parts = conflicts(store, ()) if not kept.claims else _about(store, kept.claims)
    except FactlogError as error:
        return page(desk, request, "add.html", 400, given=given, error=error, recorded=(), parts=())
    again = {
        name: given[name] for name in ("subject", "source", "as_of", "via", "url") if name in given
    }
    return page(
        desk, request, "add.html", given=again, error=None, recorded=kept.claims, parts=parts
    )


def _about(store: Store, claims: Sequence[Claim]) -> list[object]:
    ids = frozenset(claim.id for claim in claims if claim.id is not None)
    subject = claims[0].statement.subject
    found = comparer.compare(store.claims(subject=subject), Policy(), store.measures(), about=ids)
    return [
        part(one.subject, measure)
        for one in found.subjects
        for measure in one.measures
        if any(ids & set(side.claims) for side in measure.sides)
    ]


def names(desk: Desk, request: Request, asked: Asked) -> Response:
    """The names on record in which what was written stands, for a field to complete."""
    kind, begun = word(asked, "kind"), word(asked, "q")
    if kind not in ("subject", "source", "measure"):
        return JSONResponse([])
    with desk.reading() as store:
        if kind == "measure":
            found: Sequence[str] = store.beginning_with(kind, begun, _OFFERED)
        else:
            found = store.holding(kind, begun, _OFFERED) if begun else ()
    return JSONResponse(list(found))
