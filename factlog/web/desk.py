"""What every page of the desk is made with: the store, the clock, and what was asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import python_multipart  # noqa: F401  by which Starlette reads forms
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from factlog.errors import FactlogError, NotFound, StoreError, UsageError
from factlog.render import templates
from factlog.store import Store
from factlog.store.address import Address
from factlog.web.calculations import Calculations, Outcome, RecordState, Result
from factlog.web.gate import LARGEST

_PATIENCE = 10  # seconds that a page waits for another program to let go of the store
Asked = ImmutableMultiDict[str, Any]  # the words of an address or of a form
Handler = Callable[["Desk", Request, Asked], Response]


@dataclass(frozen=True)
class Desk:
    """One store, and whether it may be written to."""

    path: Path | Address
    write: bool

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store at one moment."""
        with Store.open(self.path, patience=_PATIENCE) as store, store.steady():
            yield store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store to change; refused where the desk was started to look only."""
        if not self.write:
            raise UsageError(
                "This desk only shows: nothing can be changed here.",
                "Start it to write: factlog serve --write",
            )
        with Store.open(self.path, patience=_PATIENCE) as store:
            yield store

    def state(self) -> RecordState:
        """How the record stands."""
        with self.reading() as store:
            return self.state_of(store)

    def state_of(self, store: Store) -> RecordState:
        """How the record stands in a store that is open."""
        head = store.head()
        return RecordState(int(head.partition(":")[0]), head, self.today())

    def now(self) -> datetime:
        """The time of recording."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The day it is here, also where the machine's time zone has changed since the start."""
        if hasattr(time, "tzset"):  # there is none on Windows
            time.tzset()
        return datetime.now().astimezone().date()


def word(asked: Asked, name: str) -> str:
    """What was written in a field, without the space around it; blank if nothing was.

    A browser sends a line's end as two signs; it is one here.
    """
    value = asked.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def words(asked: Asked, *names: str) -> dict[str, str]:
    """What was written in those of these fields that are not blank."""
    return {name: text for name in names if (text := word(asked, name))}


def whole(asked: Asked, name: str, default: int = 0) -> int:
    """A whole number of an address or a form; anything else is the default."""
    text = word(asked, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def page(
    desk: Desk, request: Request, template: str, status: int = 200, **told: object
) -> Response:
    """A page of the desk, made of its template; a part of one where the page asked for that."""
    pieces = templates.desk_page(
        f"desk/{template}",
        desk=desk,
        nonce=request.scope["nonce"],
        links=request.scope["links"],
        path=request.url.path,
        **told,
    )
    return HTMLResponse("".join(pieces), status)


def calculations(request: Request) -> Calculations:
    """What is worked out beside the desk."""
    found: Calculations = request.app.state.calculations
    return found


@dataclass(frozen=True)
class Progress:
    """Of which event what a page shows is, and how many newer changes are being compared."""

    event: int  # 0 if nothing was worked out yet
    newer: int


def progress(now: RecordState, found: Outcome[Any] | None) -> Progress | None:
    """How far what was worked out has got; None if it is of the record as it stands."""
    if found is None:
        return Progress(0, now.event)
    event = found.state.event
    return None if found.state == now else Progress(event, max(0, now.event - event))


def worked_out(
    request: Request, now: RecordState, work: Callable[..., Result], *given: Hashable
) -> tuple[Result | None, Progress | None]:
    """What something last came to beside the desk, and how far that has got."""
    found = calculations(request).latest(now, work, *given)
    return found.result if found else None, progress(now, found)


def target(request: Request) -> str:
    """Which part of a page is asked for; blank for all of it."""
    return _named(request, "hx-target") if "hx-request" in request.headers else ""


def shows_already(request: Request, asked: Asked, seen: int) -> bool:
    """Whether a page that waits for what is being worked out shows all that is there of it."""
    return _named(request, "hx-source") == "waiting" and whole(asked, "seen") == seen


def _named(request: Request, header: str) -> str:
    """The id in what htmx says of an element: told, of div#told."""
    return request.headers.get(header, "").rpartition("#")[2]


def see(address: str) -> Response:
    """Lead on to a page once something was done."""
    return RedirectResponse(address, 303)


def shown(handler: Handler) -> Callable[[Request], Any]:
    """The page that an address asks for."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answered, handler, request, request.query_params)

    return endpoint


def done(handler: Handler) -> Callable[[Request], Any]:
    """What a form asks to be done."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=1000, max_part_size=LARGEST) as form:
            return await run_in_threadpool(_answered, handler, request, form)

    return endpoint


def _answered(handler: Handler, request: Request, asked: Asked | FormData) -> Response:
    desk: Desk = request.app.state.desk
    try:
        return handler(desk, request, asked)
    except FactlogError as error:
        status = (
            404 if isinstance(error, NotFound) else 503 if isinstance(error, StoreError) else 400
        )
        whole_page = "hx-request" not in request.headers
        template = "refused.html" if whole_page else "refused_told.html"
        return page(desk, request, template, status, error=error)
