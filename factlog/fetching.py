"""Fetching a page from the web, when a person asks for it: https only, so much of it, so long.

An address that is not public is never asked, be it named by the person or by a redirect: every
address of a host is looked at, and the very one that was looked at is connected to.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from factlog.errors import UsageError
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a page was when it was fetched: its bytes, and the address they came from in the end.

    `charset` is what its letters are in by word of the server, if it said so.
    """

    url: str
    raw: bytes
    charset: str | None = None


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, also behind those that carry another."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if carried is None and found in _NAT64:
            carried = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if carried:
            return is_public(str(carried))
        if found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far fetching may go, and which addresses it may ask."""

    largest: int = 50_000_000  # bytes of a page
    seconds: float = 60
    redirects: int = 5
    allowed: Callable[[str], bool] = is_public


def fetch(url: str, limits: Limits | None = None, trusted: ssl.SSLContext | None = None) -> Fetched:
    """Fetch a page; UsageError for what is not fetched, with the reason."""
    bounds = limits or Limits()
    until = time.monotonic() + bounds.seconds
    context = trusted or ssl.create_default_context()
    for _ in range(bounds.redirects + 1):
        try:
            answer = _asked(url, bounds, until, context)
        except (OSError, http.client.HTTPException) as error:
            late = isinstance(error, TimeoutError) or time.monotonic() >= until
            told = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise _refused(url, "it took too long" if late else told[:200]) from error
        if not isinstance(answer, str):
            return Fetched(url, *answer)
        url = urljoin(url, answer)
    raise _refused(url, f"it was redirected more than {bounds.redirects} times")


def _refused(url: str, why: str) -> UsageError:
    return UsageError(
        f"{url[:200]} was not fetched: {why}.",
        "Save the page in your browser, and keep that: factlog keep ID --file page.html",
    )


def _asked(
    url: str, bounds: Limits, until: float, context: ssl.SSLContext
) -> tuple[bytes, str | None] | str:
    """The bytes of a page and what its letters are in, or where it is now."""
    parts = _parts(url)
    address = _address(url, parts, bounds)
    connection = _Pinned(parts.hostname or "", parts.port or 443, context, address, _left(until))
    late = threading.Timer(until - time.monotonic(), connection.cut)
    try:
        late.start()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", quote(path, safe=_SAFE), headers=_HEADERS)
        with connection.getresponse() as answer:
            where = answer.getheader("Location")
            if answer.status in (301, 302, 303, 307, 308) and where:
                return where
            if answer.status != 200:
                told = f"{answer.status} {answer.reason[:80]}".rstrip()
                raise _refused(url, f"the answer was {told}")
            return _body(url, answer, bounds, until), answer.headers.get_content_charset()
    finally:
        late.cancel()
        connection.close()


_SAFE = "%/:=&?~+!$,;'@()*[]"  # what of a path and its question is not written otherwise
_HEADERS = {
    "User-Agent": "factlog (keeps a copy of a page that is cited)",
    "Accept": "text/html,application/pdf,*/*;q=0.8",
    "Accept-Encoding": "identity",
}


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts = parts._replace(netloc=parts.netloc.encode("idna").decode("ascii"))
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise _refused(url, "it is no link") from None
    if parts.scheme != "https":
        raise _refused(url, "only https is fetched")
    if not sound or parts.username is not None or " " in url or not url.isprintable():
        raise _refused(url, "it is no plain link")
    return parts


def _address(url: str, parts: SplitResult, bounds: Limits) -> str:
    """The address to connect to: the first of the host, all of which have to be allowed."""
    port = parts.port or 443
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    private = next((each for each in addresses if not bounds.allowed(each)), None)
    if private is not None or not addresses:
        raise _refused(url, f"{parts.hostname} is not in the public network ({private})")
    return addresses[0]


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, 20)


class _Pinned(http.client.HTTPSConnection):
    """A connection to one address, whatever its host's name leads to by now."""

    def __init__(
        self, host: str, port: int, context: ssl.SSLContext, address: str, seconds: float
    ) -> None:
        super().__init__(host, port, context=context, timeout=seconds)
        self._address, self._trusted = address, context

    def connect(self) -> None:
        """Connect to the address, and see that it is the host's by its certificate."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._trusted.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it at once, whatever is waited for: an answer may come a byte a minute."""
        with contextlib.suppress(OSError, AttributeError):  # it may be over, or not begun
            self.sock.shutdown(socket.SHUT_RDWR)


def _body(url: str, answer: http.client.HTTPResponse, bounds: Limits, until: float) -> bytes:
    """The bytes of an answer, unpacked if it is packed, up to the limit."""
    if (answer.length or 0) > bounds.largest:
        raise _refused(url, f"it is larger than {bounds.largest:,} bytes")
    packed = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", "deflate"):
        raise _refused(url, f"it is packed as {packed[:40]}")
    unpacking = None if packed == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    pieces, size = [], 0
    while some := answer.read1(1 << 16):
        _left(until)
        try:
            some = unpacking.decompress(some, bounds.largest + 1) if unpacking else some
        except zlib.error:
            raise _refused(url, "what it holds cannot be unpacked") from None
        pieces.append(some)
        size += len(some)
        if size > bounds.largest:
            raise _refused(url, f"it is larger than {bounds.largest:,} bytes")
    if answer.length or (unpacking and not unpacking.eof):
        raise _refused(url, "the answer broke off")
    if unpacking and unpacking.unused_data:
        raise _refused(url, "what it holds cannot be unpacked")
    return b"".join(pieces)
