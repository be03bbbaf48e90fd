"""The sources: what is known of each, and its record."""

from __future__ import annotations

from itertools import accumulate
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer
from factlog.errors import FactlogError, NotFound
from factlog.profile import GRADES, Basis
from factlog.render import over_time
from factlog.store import Store
from factlog.web.desk import (
    Asked,
    Desk,
    page,
    see,
    shows_already,
    whole,
    word,
    worked_out,
)
from factlog.web.pages.subjects import MANY

_PROFILE = ("role", "party", "basis", "grade", "grade_reason", "note")
_A_PAGE = 100  # sources, or lines of one's record


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The sources with how many claims each makes, and what is known of them."""
    number, search = max(1, whole(asked, "page", 1)), word(asked, "q")
    with desk.reading() as store:
        names = store.names("source")
        profiles = {each.name: each for each in store.profiles()}
    if search:
        names = tuple(each for each in names if search.casefold() in each.name.casefold())
    shown = names[_A_PAGE * (number - 1) : _A_PAGE * number]
    more = len(names) > _A_PAGE * number
    return page(
        desk,
        request,
        "sources.html",
        wanted=search,
        names=shown,
        profiles=profiles,
        number=number,
        more=more,
    )


def one(desk: Desk, request: Request, asked: Asked) -> Response:
    """A source through the record: its figures, revisions, echoes, decisions."""
    return _shown(desk, request, word(asked, "name"), None, None)


def _shown(
    desk: Desk,
    request: Request,
    name: str,
    given: dict[str, str] | None,
    error: FactlogError | None,
) -> Response:
    with desk.reading() as store:
        known, state = _known(store, name), desk.state_of(store)
        profile, many = store.profile(known), _many(store, known)
    if many:
        told, waits = worked_out(request, state, record_of, desk, known)
    else:
        told, waits = record_of(desk, known), None
    if waits and shows_already(request, request.query_params, waits.event):
        return Response(status_code=204)
    held = {each: getattr(profile, each) or "" for each in _PROFILE}
    return page(
        desk,
        request,
        "source.html",
        400 if error else 200,
        name=known,
        sections=told,
        waits=waits,
        address=f"/source?{urlencode({'name': known})}",
        disputes=list(over_time.disputes(profile)),
        given=held if given is None else given,
        bases=[each.value for each in Basis],
        grades=GRADES,
        error=error,
    )


def _many(store: Store, name: str) -> bool:
    """Whether a source has many claims, or there are many of the subjects it speaks of."""
    own = store.claims(source=name)
    subjects = {claim.statement.subject for claim in own.part(0, MANY)}
    counts = accumulate(len(store.claims(subject=subject)) for subject in subjects)
    return len(own) > MANY or any(count > MANY for count in counts)


_OTHERS = 6  # titles of a record that come after those of its figures
# What a source's record says under one title: so many lines of it, and how many more there are.
_Sections = tuple[tuple[str, tuple[over_time.Line, ...], int], ...]


def record_of(desk: Desk, name: str) -> _Sections:
    """A source through the record, in words."""
    with desk.reading() as store:
        own, profile, measures = (
            list(store.claims(source=name)),
            store.profile(name),
            store.measures(),
        )
        names = list(dict.fromkeys(claim.statement.subject for claim in own))
        claims = {each: list(store.claims(subject=each)) for each in names}
        decisions = store.decisions(desk.today())
        decided = dict.fromkeys(each.subject for each in decisions)
        about = [claim for each in decided for claim in store.claims(subject=each)]
    # Compared once the store is let go of: whoever writes need not wait for it.
    compared = comparer.subjects_of(own, claims.__getitem__, measures, lambda _names: decisions)
    every = comparer.hits_of_each(about, decisions, measures)
    found = comparer.source_record(profile, compared, every)
    told = [(title, tuple(lines)) for title, lines in over_time.sections(found)]
    figures, others = told[:-_OTHERS], told[-_OTHERS:]
    left = len(figures) - _A_PAGE
    if left > 0:
        more = (f"of {left:,} more measures of its subjects", ())
        others.insert(0, ("its other figures", (more,)))
    return tuple(
        (title, lines[:_A_PAGE], len(lines[_A_PAGE:]))
        for title, lines in (*figures[:_A_PAGE], *others)
        if lines
    )


def _known(store: Store, name: str) -> str:
    found = store.resolve("source", name) if name else None
    if found is None:
        raise NotFound(f'No source is called "{name}".', "Look for it in the list of sources.")
    return found


def describe(desk: Desk, request: Request, asked: Asked) -> Response:
    """Put down what is known of a source; a blank field takes away what was said before."""
    name = word(asked, "name")
    given = {each: word(asked, each) for each in _PROFILE}
    try:
        with desk.writing() as store:
            store.describe_source(_known(store, name), given, now=desk.now())
    except FactlogError as error:
        return _shown(desk, request, name, given, error)
    return see(f"/source?{urlencode({'name': name})}")
