"""Fetching a page: from a server of our own that does what servers should not."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factlog.errors import UsageError
from factlog.fetching import Limits, fetch, is_public

PAGE = b"<html>At least 14 people</html>"
HOST = "127.0.0.2"  # taken for public here; 127.0.0.1 is not
BOUNDS = Limits(largest=1_000_000, seconds=10, redirects=3, allowed=lambda each: each == HOST)


class Handler(BaseHTTPRequestHandler):
    """Answers by what is asked for."""

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        getattr(self, f"send_{name}", self.send_missing)()

    def answer(self, body: bytes, status: int = 200, **heads: str) -> None:
        self.send_response(status)
        for head, value in heads.items():
            self.send_header(head.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def send_missing(self) -> None:
        self.answer(b"", 404)

    def send_page(self) -> None:
        self.answer(PAGE, Content_Length=str(len(PAGE)))

    def send_asked(self) -> None:
        self.answer(self.path.encode())

    def send_packed(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def send_bomb(self) -> None:
        self.answer(gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")

    def send_rubbish(self) -> None:
        self.answer(b"no gzip", Content_Encoding="gzip")

    def send_packed_half(self) -> None:
        half = gzip.compress(PAGE)[:-12]
        self.answer(half, Content_Encoding="gzip", Content_Length=str(len(half)))

    def send_packed_twice(self) -> None:
        self.answer(gzip.compress(PAGE) * 2, Content_Encoding="gzip")

    def send_chunked_endless(self) -> None:
        self.answer(b"", Transfer_Encoding="chunked")
        for _ in range(2048):
            self.wfile.write(b"100000\r\n" + b"0" * (1 << 20) + b"\r\n")

    def send_heads(self) -> None:
        self.send_response(200)
        for number in range(200):
            self.send_header(f"X-{number}", "y")
        self.end_headers()

    def send_cyrillic(self) -> None:
        self.answer("погибли".encode("koi8-r"), Content_Type='text/html; Charset="KOI8-R"')

    def send_brotli(self) -> None:
        self.answer(b"x", Content_Encoding="br")

    def send_said_large(self) -> None:
        self.answer(b"", Content_Length="2147483648")

    def send_endless(self) -> None:
        self.answer(b"")
        for _ in range(2048):  # 2 GB, if anybody takes them
            self.wfile.write(b"0" * (1 << 20))

    def send_short(self) -> None:
        self.answer(b"half", Content_Length="100")

    def send_slow(self) -> None:
        self.answer(b"")
        for _ in range(100):
            self.wfile.write(b"0")
            time.sleep(0.2)

    def send_stuck(self) -> None:
        for _ in range(100):
            self.wfile.write(b"H")
            time.sleep(0.2)

    def send_moved(self) -> None:
        self.answer(b"", 302, Location="/page")

    def send_round(self) -> None:
        self.answer(b"", 302, Location="/round")

    def send_home(self) -> None:
        self.answer(b"", 302, Location=self.path.partition("?")[2])

    def log_message(self, *_said: object) -> None:
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ssl.SSLContext]]:
    """The address of the server, and a context that trusts it."""
    if shutil.which("openssl") is None:  # pragma: no cover
        pytest.skip("openssl is not there")
    folder: Path = tmp_path_factory.mktemp("served")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", folder / "key", "-out", folder / "certificate", "-subj", "/CN=test"),
            *("-addext", f"subjectAltName=IP:{HOST},IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    server = ThreadingHTTPServer((HOST, 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusted = ssl.create_default_context(cafile=str(folder / "certificate"))
    yield f"https://{HOST}:{server.server_port}", trusted
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["page", "packed", "moved", "page#p2", "home?/moved"])
def test_a_page_is_fetched_as_it_is(served: tuple[str, ssl.SSLContext], path: str) -> None:
    address, trusted = served
    found = fetch(f"{address}/{path}", BOUNDS, trusted)
    assert found.raw == PAGE
    moved = path in ("moved", "home?/moved")
    assert found.url == f"{address}/{'page' if moved else path}"


def test_the_letters_that_a_server_says_a_page_is_in_are_kept_in_mind(
    served: tuple[str, ssl.SSLContext],
) -> None:
    address, trusted = served
    assert fetch(f"{address}/cyrillic", BOUNDS, trusted).charset == "koi8-r"
    assert fetch(f"{address}/page", BOUNDS, trusted).charset is None


def test_a_link_of_other_letters_is_asked_for_as_the_web_writes_it(
    served: tuple[str, ssl.SSLContext],
) -> None:
    address, trusted = served
    assert fetch(f"{address}/asked?é=%20", BOUNDS, trusted).raw == b"/asked?%C3%A9=%20"


REFUSED = {
    "missing": "the answer was 404 Not Found",
    "bomb": "larger than 1,000,000 bytes",
    "rubbish": "cannot be unpacked",
    "brotli": "packed as br",
    "packed_half": "broke off",
    "packed_twice": "cannot be unpacked",
    "chunked_endless": "larger than 1,000,000 bytes",
    "heads": "more than 100 headers",
    "home?https://169.254.169.254/latest/meta-data": "169.254.169.254 is not in the public network",
    "home?https://2130706433/": "is not in the public network",
    "home?https://0x7f000001/": "is not in the public network",
    "home?https://0177.0.0.1/": "is not in the public network",
    "home?https://127.1/": "is not in the public network",
    "home?https://[::ffff:7f00:1]/": "is not in the public network",
    "home?//localhost/page": "localhost is not in the public network",
    "said_large": "larger than 1,000,000 bytes",
    "endless": "larger than 1,000,000 bytes",
    "short": "broke off",
    "round": "redirected more than 3 times",
    "home?https://127.0.0.1:1/": r"127\.0\.0\.1 is not in the public network",
    "home?http://127.0.0.2/": "only https is fetched",
    "home?file:///etc/passwd": "only https is fetched",
    "home?https://[::1]/": "::1 is not in the public network",
    "home?https://localhost/": "localhost is not in the public network",
    "home?https://user@127.0.0.2/": "no plain link",
}


@pytest.mark.parametrize(("path", "why"), REFUSED.items())
def test_what_is_not_fetched_is_told(
    served: tuple[str, ssl.SSLContext], path: str, why: str
) -> None:
    address, trusted = served
    with pytest.raises(UsageError, match=why) as refused:
        fetch(f"{address}/{path}", BOUNDS, trusted)
    assert "Save the page in your browser" in refused.value.remedy


@pytest.mark.parametrize("path", ["slow", "stuck"])
def test_a_server_that_takes_its_time_is_left(
    served: tuple[str, ssl.SSLContext], path: str
) -> None:
    address, trusted = served
    began = time.monotonic()
    with pytest.raises(UsageError, match="took too long"):
        fetch(f"{address}/{path}", Limits(seconds=1.5, allowed=lambda _: True), trusted)
    assert time.monotonic() - began < 15


def test_a_name_that_leads_elsewhere_meanwhile_is_not_followed(
    served: tuple[str, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server of names that gives another address each time is asked once."""
    port = int(served[0].rpartition(":")[2])
    real, asked = socket.getaddrinfo, []
    answers = iter([HOST, "127.0.0.1", "127.0.0.1"])

    def told(host: str, *more: object, **how: object) -> object:
        if host == "rebinding.test":
            asked.append(host)
            host = next(answers)
        return real(host, *more, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    with pytest.raises(UsageError, match="certificate"):  # which is of the address, not the name
        fetch(f"https://rebinding.test:{port}/page", BOUNDS, served[1])
    assert len(asked) == 1
    with pytest.raises(UsageError, match=r"rebinding\.test is not in the public network"):
        fetch(f"https://rebinding.test:{port}/page", BOUNDS, served[1])


def test_of_several_addresses_all_have_to_be_public(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*_asked: object, **_how: object) -> object:
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]

    monkeypatch.setattr(socket, "getaddrinfo", told)
    with pytest.raises(UsageError, match=r"not in the public network \(10\.0\.0\.1\)"):
        fetch("https://mixed.test/")


def test_two_gigabytes_are_refused_before_they_fill_memory(
    served: tuple[str, ssl.SSLContext],
) -> None:
    address, trusted = served
    tracemalloc.start()
    try:
        for path in ("endless", "chunked_endless", "said_large"):
            with pytest.raises(UsageError, match="larger than 1,000,000 bytes"):
                fetch(f"{address}/{path}", BOUNDS, trusted)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_certificate_nobody_vouches_for_is_refused(served: tuple[str, ssl.SSLContext]) -> None:
    with pytest.raises(UsageError, match="certificate verify failed"):
        fetch(f"{served[0]}/page", BOUNDS)


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.org/", "ftp://example.org/", "file:///etc/passwd", "example.org", ""),
        *("https://", "https://[::1", "https://a:0/", "https://a:99999/", "https://a b/"),
        *("https://a@example.org/", "https://example.org/\x00", "https://10.0.0.1/"),
        *("https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/", "https://0/"),
        *("https://2130706433/", "https://0x7f.1/", "https://" + "a" * 300 + "/"),
    ],
)
def test_what_is_no_public_link_is_refused_at_once(url: str) -> None:
    with pytest.raises(UsageError, match="was not fetched"):
        fetch(url)


PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
PRIVATE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "224.0.0.1"),
    *("169.254.169.254", "100.64.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1", "::1", "::"),
    *("fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1"),
    *("2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "::7f00:1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)
