"""One claim: what was said, every version of it, mending and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from factlog.claim import DEFINED, Claim, defining
from factlog.definition import Definition
from factlog.errors import FactlogError, UsageError
from factlog.importing.words import mended
from factlog.page import by_what, of_claim
from factlog.render.evidence import told as page_told
from factlog.render.report.page import evidence
from factlog.store import Store
from factlog.web.desk import Asked, Desk, page, see, whole, word, words
from factlog.web.pages.entry import FIELDS, defined, reading_of
from factlog.web.pages.subjects import known

_A_PAGE = 100  # claims
_FORM = ("claims", "measure", *FIELDS)


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The claims of a subject, or of one measure of it, a page at a time, the last first."""
    number, measure = max(1, whole(asked, "page", 1)), word(asked, "measure")
    with desk.reading() as store:
        name = known(store, word(asked, "name"))
        claims = store.claims(subject=name, measure=measure or None)
        end = max(0, len(claims) - _A_PAGE * (number - 1))
        part = claims.part(max(0, end - _A_PAGE), end)
        shown = list(defining(part, store.definitions()))
    return page(
        desk,
        request,
        "claims.html",
        name=name,
        measure=measure,
        count=len(claims),
        shown=[evidence(each) for each in reversed(shown)],
        number=number,
        pages=-(-len(claims) // _A_PAGE),
        more=end > _A_PAGE,
    )


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A claim in full, with its earlier versions."""
    number = request.path_params["number"]
    with desk.reading() as store:
        claim, versions = store.claim(number), store.history(number)
        passage = store.inbox.of_claim(number)
        counts = store.definitions().get(number)
        kept = of_claim(by_what(store.pages.all()), claim)
        pages = [(each.id, page_told(each, store.pages.state(each))) for each in kept]
    return page(
        desk,
        request,
        "claim.html",
        claim=claim,
        told=evidence(claim),
        reading=reading_of(claim),
        passage=passage,
        counts=str(counts or ""),
        pages=pages,
        versions=[evidence(each) for each in versions[:-1]],
        error=None,
    )


def form(desk: Desk, request: Request, asked: Asked) -> Response:
    """The form to mend a claim, filled in as it stands, or with an origin that was suggested."""
    number = request.path_params["number"]
    with desk.reading() as store:
        counts = _counting(store, number)
        given = _held(store.claim(number)) | words(asked, "origin") | counts
        given |= {"version": _version(store, number, counts)}
    return page(desk, request, "edit.html", number=number, given=given, error=None)


def _counting(store: Store, number: int) -> dict[str, str]:
    """What a claim counts as the fields of a form hold it."""
    said = store.definitions().get(number, Definition())
    told = zip(DEFINED, (said.counts, said.includes, said.excludes), strict=True)
    return {name: text for name, text in told if text}


def _version(store: Store, number: int, counts: Mapping[str, str]) -> str:
    """What tells a claim from what it was and will be, what it counts included."""
    return " ".join((str(len(store.versions(number))), *counts.values()))


def _held(claim: Claim) -> dict[str, str]:
    """A claim as the fields of a form hold it."""
    said = claim.statement
    dates = {name: getattr(said, name) for name in ("as_of", "published")}
    told = {name: getattr(said, name) for name in ("subject", "source", "via", "url", "quote")}
    told |= {name: getattr(claim, name) for name in ("scope", "origin", "note")}
    told |= {name: period.said for name, period in dates.items() if period}
    told |= {"claims": claim.said, "measure": claim.measure}
    return {name: text for name, text in told.items() if text}


def edit(desk: Desk, request: Request, asked: Asked) -> Response:
    """Put the mended claim in the place of what it was; the earlier version stays."""
    number = request.path_params["number"]
    given = {name: word(asked, name) for name in ("version", *_FORM, *DEFINED)}
    try:
        with desk.writing() as store:
            old = store.claim(number)
            held = _held(old)
            if given["version"] not in ("", _version(store, number, _counting(store, number))):
                raise UsageError(
                    f"Claim {number} was changed meanwhile.",
                    "Leave it, see what it says now, and mend that.",
                )
            changed = {name: given[name] for name in _FORM if given[name] != held.get(name, "")}
            value = changed.pop("claims", old.said)
            (new,) = mended(old, " ".join(value.split()), changed, store.measures())
            store.edit(number, new, now=desk.now(), definition=defined(given))
    except FactlogError as error:
        return page(desk, request, "edit.html", 400, number=number, given=given, error=error)
    return see(f"/claim/{number}")


def retract(desk: Desk, request: Request, asked: Asked) -> Response:
    """Withdraw a claim for a reason; it stays on record."""
    number = request.path_params["number"]
    with desk.writing() as store:
        store.retract(number, word(asked, "reason"), now=desk.now())
    return see(f"/claim/{number}")
