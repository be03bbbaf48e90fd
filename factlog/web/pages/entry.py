"""Adding a claim: the reading and the conflict are shown while it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factlog import comparer
from factlog.claim import DEFINED, Claim
from factlog.definition import Definition
from factlog.errors import FactlogError, UsageError
from factlog.importing import words as from_words
from factlog.policy import Measure, Policy
from factlog.render.templates import part
from factlog.store import Store
from factlog.web.desk import Asked, Desk, page, whole, word, words
from factlog.web.pages.subjects import MANY
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
    given = words(asked, "claims", *FIELDS, *DEFINED)
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
    newest, refused = "", None
    if "claims" in given:
        try:
            with desk.reading() as store:
                measures = store.measures()
                claims = written(given, measures, made_up=True)
                readings = [reading_of(claim) for claim in claims]
                on_record, newest = _on_record(store, claims[0], whole(asked, "claim"))
            if {"subject", "source"} <= given.keys():
                parts = conflicts(on_record, claims, measures)
        except FactlogError as error:
            refused = error
    return page(
        desk, request, "reading.html", error=refused, readings=readings, parts=parts, newest=newest
    )


def written(
    given: dict[str, str], measures: Sequence[Measure], *, made_up: bool = False
) -> tuple[Claim, ...]:
    """The claims of a form; with `made_up`, a subject and a source stand in where none is given."""
    told = {name: text for name, text in given.items() if name not in DEFINED}
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


def defined(given: Mapping[str, str]) -> Definition:
    """What the claims of a form count, as it says."""
    return Definition.of(*map(given.get, DEFINED))


def reading_of(claim: Claim) -> tuple[str, str, str]:
    """A claim as it was said, what that is taken to mean, and what it counts."""
    meant = span(comparer.reading_of(claim.estimate, Policy()), claim.estimate.unit)
    return said_of(claim), meant, claim.measure


def _on_record(store: Store, claim: Claim, mended: int = 0) -> tuple[list[Claim], str]:
    """The newest claims of a subject but one that is mended, and that they are not all."""
    every = store.claims(subject=claim.statement.subject)
    left = len(every) - MANY
    newest = [each for each in every.part(max(0, left), len(every)) if each.id != mended]
    told = f"Compared with the newest {MANY} of its {len(every):,} claims." if left > 0 else ""
    return newest, told


def conflicts(
    on_record: Sequence[Claim],
    claims: Sequence[Claim],
    measures: Sequence[Measure],
    known: Mapping[int, Definition] = MappingProxyType({}),
) -> list[object]:
    """What these claims would conflict with among those on record, in words.

    What some count otherwise is told first, if it is `known` what they count.
    """
    touched = {claim.measure for claim in claims}
    found = comparer.compare([*on_record, *claims], Policy(), measures)
    found = comparer.with_definitions(found, known)
    return [
        part(one.subject, measure)
        for one in found.subjects
        for measure in one.measures
        if any(side.measure in touched or measure.measure in touched for side in measure.sides)
    ]


def record(desk: Desk, request: Request, asked: Asked) -> Response:
    """Record what the form says, and say at once what it conflicts with."""
    given = words(asked, "claims", *FIELDS, *DEFINED)
    counts = defined(given)
    try:
        with desk.writing() as store:
            claims = written(given, store.measures())
            kept = store.add(claims, now=desk.now(), definition=counts if str(counts) else None)
            on_record, newest = _on_record(store, claims[0])
            measures, known = store.measures(), store.definitions()
    except FactlogError as error:
        return page(desk, request, "add.html", 400, given=given, error=error, recorded=(), parts=())
    ids = frozenset(claim.id for claim in kept.claims if claim.id is not None)
    before = [each for each in on_record if each.id not in ids]
    parts = conflicts(before, kept.claims, measures, known)
    again = {
        name: given[name] for name in ("subject", "source", "as_of", "via", "url") if name in given
    }
    return page(
        desk,
        request,
        "add.html",
        given=again,
        error=None,
        recorded=kept.claims,
        parts=parts,
        newest=newest,
    )


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
