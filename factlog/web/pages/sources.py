"""The sources: what is known of each, and its record."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from factlog import comparer
from factlog.errors import FactlogError, NotFound
from factlog.profile import GRADES, Basis
from factlog.render import over_time
from factlog.store import Store
from factlog.web.desk import Asked, Desk, page, see, whole, word

_PROFILE = ("role", "party", "basis", "grade", "grade_reason", "note")
_A_PAGE = 100  # sources


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
        known = _known(store, name)
        profile = store.profile(known)
        compared = comparer.subjects_of(
            list(store.claims(source=known)),
            lambda subject: store.claims(subject=subject),
            store.measures(),
            lambda subjects: store.decisions(desk.today(), subjects),
        )
        found = comparer.source_record(profile, compared)
    held = {each: getattr(profile, each) or "" for each in _PROFILE}
    return page(
        desk,
        request,
        "source.html",
        400 if error else 200,
        name=known,
        sections=[
            (title, told) for title, words in over_time.sections(found) if (told := list(words))
        ],
        disputes=list(over_time.disputes(profile)),
        given=held if given is None else given,
        bases=[each.value for each in Basis],
        grades=GRADES,
        error=error,
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
