"""Who may come in: names of this machine, its own pages, and a browser that holds the key.

Every request passes here first. A name that is not this machine's is refused, which stops a page
elsewhere from reaching the desk by a name of its own that leads here; a change is taken only from
the desk's own pages; and nothing is shown without the cookie that the one-time link sets.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "factlog_desk"  # and the port, for one browser may have two desks open
OPENING = "/open"  # where the one-time link leads
LARGEST = 20_000_000  # bytes of a form or a file
_TOO_LARGE = f"That is more than {LARGEST:,} bytes. Send less."
_SECONDS = 10  # that a client may take to send a form or a file, and one more for each
_A_SECOND = 50_000  # bytes of it that came
_READING = ("GET", "HEAD")
_A_MONTH = 30 * 24 * 3600


@dataclass
class Keys:
    """The key of the one-time link, until it was used, and what the cookie of its browser holds.

    With a `password`, which a desk behind a proxy has, that opens instead of the link.
    """

    link: str | None = field(default_factory=lambda: secrets.token_urlsafe(24))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    password: str | None = None

    def opens(self, key: str) -> bool:
        """Whether this is the key of the link; it opens once."""
        wanted = self.link if self.password is None else self.password
        if wanted is None or not secrets.compare_digest(key.encode(), wanted.encode()):
            return False
        self.link = None
        return True

    def renewed(self, host: str) -> str:
        """A link that lets one more browser in; one that was not used yet opens no more."""
        self.link = secrets.token_urlsafe(24)
        return f"http://{host}{OPENING}?key={self.link}"

    def admits(self, cookie: str) -> bool:
        """Whether a browser holds the right cookie."""
        return secrets.compare_digest(cookie.encode(), self.cookie.encode())


_ASKING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>factlog</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>factlog</h1><form method="post" action="/open">
<label>Password <input type="password" name="password" autocomplete="current-password"></label>
<button>Open</button></form></main></body></html>
"""


_ANOTHER = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>factlog</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Let another browser in</h1>
<p>Open this link in it. It opens the desk once, on this machine only.</p>
<p><code>{link}</code></p>
<p><a href="/">Back to the desk</a></p></main></body></html>
"""


class Gate:
    """Lets a request pass to the desk, or refuses it with one line."""

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Collection[str]) -> None:
        self._app = app
        self._keys = keys
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in, and answer the rest."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        nonce = scope["nonce"] = secrets.token_urlsafe(16)
        scope["links"] = self._keys.password is None
        form = scope["method"] == "POST" and scope["path"] != OPENING
        guarded = _with_headers(send, nonce, kept=form)
        refusal = self._refusal(scope)
        if refusal is not None:
            return await refusal(scope, receive, guarded)
        bounded = _bounded(receive)
        if scope["path"] == OPENING:
            try:
                asked = await self._by_password(Request(scope, bounded))
            except HTTPException as error:
                asked = _refused(error.status_code, error.detail)
            except MultiPartException as error:
                asked = _refused(400, error.message)
            return await asked(scope, bounded, guarded)
        return await self._app(scope, bounded, guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that may not pass; a redirect for the one-time link."""
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            return _refused(421, "This is not the address of this desk.")
        if scope["method"] not in _READING and not _from_own_page(headers, host):
            return _refused(403, "A change is taken only from the desk's own pages.")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > LARGEST:
            return _refused(413, _TOO_LARGE)
        admitted = self._keys.admits(_cookie(headers.getlist("cookie"), cookie_of(host)))
        if scope["path"] == OPENING and self._keys.password is None:
            if admitted and scope["method"] == "POST":
                return HTMLResponse(_ANOTHER.format(link=self._keys.renewed(host)))
            return RedirectResponse("/", 303) if admitted else self._opened_by_link(scope, host)
        if scope["path"] == OPENING or admitted:
            return None
        if self._keys.password is not None:
            return RedirectResponse(OPENING, 303)
        return _refused(
            401,
            "Open the link that factlog serve printed: it lets a browser in. Another link is to "
            "be had in a browser that is in, at the foot of a page.",
        )

    def _opened_by_link(self, scope: Scope, host: str) -> Response:
        key = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if scope["method"] != "GET" or not self._keys.opens(key):
            return _refused(
                403,
                "This link was used. The browser it let in has another, at the foot of a page.",
            )
        return self._let_in(host)

    def _let_in(self, host: str) -> Response:
        let_in = RedirectResponse("/", 303)
        let_in.set_cookie(
            cookie_of(host),
            self._keys.cookie,
            max_age=_A_MONTH,
            httponly=True,
            samesite="strict",
            secure=self._keys.password is not None,
        )
        return let_in

    async def _by_password(self, request: Request) -> Response:
        """The page that asks for the password; each wrong one takes a second."""
        if request.method != "POST":
            return HTMLResponse(_ASKING)
        form = await request.form(max_fields=1, max_files=0)
        if self._keys.opens(str(form.get("password", ""))):
            return self._let_in(request.headers["host"].lower())
        await asyncio.sleep(1)
        return HTMLResponse(_ASKING, 403)


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)


def _from_own_page(headers: Headers, host: str) -> bool:
    """Whether a browser says that a page of the desk sent this; without a word it is refused."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return site == "same-origin"
    origin = headers.get("origin", "")
    return origin.lower() in (f"http://{host}", f"https://{host}")


def cookie_of(host: str) -> str:
    """The name of the cookie of the desk at this address."""
    port = re.search(r":(\d+)$", host)
    return f"{COOKIE}_{port[1]}" if port else COOKIE


def _cookie(lines: Iterable[str], name: str) -> str:
    for line in lines:
        try:
            held = SimpleCookie(line).get(name)
        except CookieError:
            continue
        if held is not None:
            return held.value
    return ""


def _bounded(receive: Receive) -> Receive:
    """Take what comes in, until it is too much or too slow."""
    taken = 0
    begun = time.monotonic()

    async def next_piece() -> Message:
        nonlocal taken
        left = begun + _SECONDS + taken / _A_SECOND - time.monotonic()
        try:
            message = await asyncio.wait_for(receive(), left)
        except TimeoutError as error:
            raise HTTPException(408, "That came too slowly. Send it again.") from error
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > LARGEST:
                raise HTTPException(413, _TOO_LARGE)
        return message

    return next_piece


def _with_headers(send: Send, nonce: str, *, kept: bool) -> Send:
    """Send what no page goes without: what it may load, and that it is nobody else's.

    Only the answer to a form is `kept` by the browser, to go back to without sending it again.
    """
    own = {
        "content-security-policy": (
            f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
            "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, no-cache" if kept else "no-store",
    }

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(own)
        await send(message)

    return sent
