"""The addresses of the desk, and the page that answers each."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from factlog.store.address import Address
from factlog.web.calculations import Calculations
from factlog.web.desk import Desk, Handler, done, shown
from factlog.web.pages import (
    claims,
    deciding,
    entry,
    exporting,
    history,
    inbox,
    kept,
    measures,
    paste,
    sources,
    subjects,
)

_HERE = Path(__file__).parent


def _both(path: str, show: Handler, do: Handler) -> list[Route]:
    """A page with a form that is sent to its own address."""
    return [Route(path, shown(show)), Route(path, done(do), methods=["POST"])]


ROUTES = (
    Route("/", shown(subjects.every)),
    Route("/subject", shown(subjects.one)),
    Route("/sentences", shown(subjects.sentences)),
    Route("/claims", shown(claims.every)),
    Route("/export", shown(exporting.one)),
    Route("/decisions", shown(deciding.every)),
    *_both("/decide", deciding.form, deciding.decide),
    Route("/sources", shown(sources.every)),
    *_both("/source", sources.one, sources.describe),
    *_both("/paste", paste.form, paste.take),
    *_both("/measures", measures.every, measures.define),
    Route("/names", shown(entry.names)),
    *_both("/add", entry.form, entry.record),
    Route("/reading", shown(entry.reading)),
    Route("/claim/{number:int}", shown(claims.one)),
    *_both("/claim/{number:int}/edit", claims.form, claims.edit),
    Route("/claim/{number:int}/retract", done(claims.retract), methods=["POST"]),
    Route("/page/{number:int}", shown(kept.one)),
    *_both("/inbox", inbox.every, inbox.put),
    *_both("/inbox/{number:int}", inbox.one, inbox.about),
    Route("/inbox/{number:int}/decide", done(inbox.decide), methods=["POST"]),
    Route("/history", shown(history.every)),
    Route("/history/undo", done(history.undo), methods=["POST"]),
    Route("/history/verify", done(history.verify), methods=["POST"]),
    Route("/pulse", shown(history.pulse)),
    Mount("/static", StaticFiles(directory=_HERE / "static")),
)


def application(path: Path | Address, *, write: bool) -> Starlette:
    """The desk of the store at this path, which may be written to or not."""
    app = Starlette(routes=list(ROUTES), exception_handlers={404: _nothing, 500: _mistake})
    desk = app.state.desk = Desk(path, write)
    app.state.calculations = Calculations(desk.state)
    return app


async def _nothing(request: Request, _error: Exception) -> Response:
    return PlainTextResponse(f"There is no page {request.url.path} on this desk.\n", 404)


async def _mistake(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("A mistake in factlog itself; nothing was half-saved.\n", 500)
