"""What is measured: its kind, the parts it is the sum of, its other names."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from factlog import measures as vocabulary
from factlog.errors import FactlogError, UsageError
from factlog.policy import Kind
from factlog.web.desk import Asked, Desk, page, see, words


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The measures, and a form to define one."""
    return _shown(desk, request, words(asked, "name"), None)


def _shown(
    desk: Desk, request: Request, given: dict[str, str], error: FactlogError | None
) -> Response:
    with desk.reading() as store:
        known = store.measures()
    return page(
        desk,
        request,
        "measures.html",
        400 if error else 200,
        measures=known,
        kinds=[each.value for each in Kind],
        given=given,
        error=error,
    )


def define(desk: Desk, request: Request, asked: Asked) -> Response:
    """Define a measure, or change what is said of it; what is left blank stays."""
    given = words(asked, "name", "kind", "parts", "aliases", "definition")
    try:
        with desk.writing() as store:
            known = store.measures()
            if "name" not in given:
                raise UsageError("The measure has no name.", "Write what it is called: killed")
            old = vocabulary.find(given["name"], known)
            new = replace(
                old,
                kind=Kind(given["kind"]) if given.get("kind") in set(Kind) else old.kind,
                parts=_names(given.get("parts")) or old.parts,
                aliases=tuple(dict.fromkeys((*old.aliases, *_names(given.get("aliases"))))),
                definition=given.get("definition") or old.definition,
            )
            vocabulary.check([*(one for one in known if one.name != new.name), new])
            store.set_measure(new, now=desk.now())
    except FactlogError as error:
        return _shown(desk, request, given, error)
    return see("/measures")


def _names(text: str | None) -> tuple[str, ...]:
    """The names in a field, with commas between them."""
    return tuple(each.strip() for each in (text or "").split(",") if each.strip())
