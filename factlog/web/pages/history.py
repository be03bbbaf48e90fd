"""What was done, taking it back, and proving that nothing else was."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from factlog.web.desk import Asked, Desk, page, see, whole, word

_A_PAGE = 100  # events
_INBOX = re.compile(r"/inbox/\d{1,9}")


def every(desk: Desk, request: Request, asked: Asked) -> Response:
    """The changes, the last first."""
    return _shown(desk, request, max(1, whole(asked, "page", 1)), None)


def _shown(desk: Desk, request: Request, number: int, checked: object) -> Response:
    with desk.reading() as store:
        events = store.log(number * _A_PAGE + 1)
        head = store.head()
    shown = events[(number - 1) * _A_PAGE : number * _A_PAGE]
    more = len(events) > number * _A_PAGE
    return page(
        desk,
        request,
        "history.html",
        events=shown,
        number=number,
        more=more,
        head=head,
        checked=checked,
    )


def undo(desk: Desk, request: Request, asked: Asked) -> Response:
    """Take back one change, unless a later one rests on it."""
    number = whole(asked, "event")
    with desk.writing() as store:
        store.undo(now=desk.now(), expected=number, number=number)
    back = word(asked, "back")
    return see(back if _INBOX.fullmatch(back) else "/history")


def verify(desk: Desk, request: Request, asked: Asked) -> Response:
    """Work the record out again from its log, and say whether it fits."""
    with desk.reading() as store:
        checked = store.verify()
    return _shown(desk, request, 1, checked)


def pulse(desk: Desk, request: Request, asked: Asked) -> Response:
    """The number of the last change, by which a page sees that another was made elsewhere."""
    with desk.reading() as store:
        last = next((each.id for each in store.log(1)), 0)
    return JSONResponse({"event": last})
