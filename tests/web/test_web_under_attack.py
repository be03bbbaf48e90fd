"""The desk under load and in trouble: many clients, slow ones, a store that goes, a kill."""

from __future__ import annotations

import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import httpx2
import pytest

from factlog.store import Store
from support.desk import Running, entered, running
from support.stores import KYIV, TROOPS, new_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
OWN = {"sec-fetch-site": "same-origin"}


@contextmanager
def client(desk: Running) -> Iterator[httpx2.Client]:
    """The browser that opened the link."""
    with httpx2.Client(
        base_url=desk.home, headers=OWN, timeout=60, follow_redirects=True, trust_env=False
    ) as made:
        assert made.get(desk.link).status_code == 200
        yield made


def cookie(browser: httpx2.Client) -> str:
    """The header by which the desk knows this browser."""
    return "Cookie: " + "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def connected(desk: Running) -> socket.socket:
    port = int(desk.home.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def test_fifty_clients_at_once_read_and_write(desk: Running) -> None:
    with client(desk) as first:
        cookies = first.cookies

        def work(number: int) -> list[int]:
            with httpx2.Client(
                base_url=desk.home, headers=OWN, cookies=cookies, timeout=120, trust_env=False
            ) as one:
                form = {"subject": "Flood", "source": f"gauge {number}", "claims": "3 missing"}
                return [
                    one.get("/").status_code,
                    one.post("/add", data=form).status_code,
                    one.get("/subject", params={"name": TROOPS}).status_code,
                    one.get("/pulse").status_code,
                ]

        with ThreadPoolExecutor(50) as pool:
            answers = list(pool.map(work, range(50)))
    assert answers == [[200] * 4] * 50
    with Store.open(desk.path) as store:
        assert len(list(store.claims(subject="Flood"))) == 50
        assert store.verify().ok


def head(desk: Running, *lines: str) -> bytes:
    host = desk.home.partition("//")[2]
    return "\r\n".join((lines[0], f"Host: {host}", *lines[1:], "", "")).encode()


def dripping(desk: Running, begun: bytes) -> bytes:
    """Send this, then a byte now and then, until the desk hangs up; what it said comes back."""
    told = b""
    with closing(connected(desk)) as line:
        line.sendall(begun)
        line.settimeout(1)
        start = time.monotonic()
        while time.monotonic() - start < 45:
            try:
                line.sendall(b"x")
                if not (piece := line.recv(4096)):
                    return told
                told += piece
            except TimeoutError:
                continue
            except OSError:
                return told
    pytest.fail("the desk never hung up")


def test_slow_clients_are_cut_and_keep_nobody_waiting(desk: Running) -> None:
    with client(desk) as browser:
        sending = head(
            desk,
            "POST /add HTTP/1.1",
            "Sec-Fetch-Site: same-origin",
            cookie(browser),
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 100000",
        )
        refused = head(desk, "POST /add HTTP/1.1", "Content-Length: 100000000")
        begun = {b"": b"", b"GET / HT": b"", head(desk, "GET / HTTP/1.1")[:-2] + b"A: ": b""}
        begun |= {sending: b"408", refused: b"403"}
        with ThreadPoolExecutor(150) as pool:
            told = [(pool.submit(dripping, desk, each), begun[each]) for each in [*begun] * 30]
            time.sleep(2)
            start = time.monotonic()
            assert browser.get("/").status_code == 200
            assert time.monotonic() - start < 7  # before the first of them is cut
            for said, status in told:
                assert said.result().partition(b"\r\n")[0].split(b" ")[1:2] == status.split()


def test_who_reads_nothing_is_cut(desk: Running) -> None:
    with client(desk) as browser:
        form = {"text": "word " * 190_000, "subject": "Long"}
        assert browser.post("/inbox", data=form).status_code == 200
        with closing(connected(desk)) as line:
            line.sendall(head(desk, "GET /inbox/1 HTTP/1.1", cookie(browser)) * 10)
            time.sleep(35)
            came = sum(map(len, iter(lambda: line.recv(1_000_000), b"")))
            assert came < 15_000_000  # what was on its way by then


def test_a_thousand_million_bytes_are_refused_before_they_come(desk: Running) -> None:
    with client(desk) as browser, closing(connected(desk)) as line:
        line.sendall(
            head(
                desk,
                "POST /inbox HTTP/1.1",
                "Sec-Fetch-Site: same-origin",
                cookie(browser),
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 1000000000",
            )
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413 ")  # with nothing of it sent
        assert browser.get("/").status_code == 200


ADDRESSES = (
    *("/", f"/subject?name={TROOPS}", f"/sentences?name={TROOPS}", "/inbox", "/add", "/paste"),
    *("/claim/1", "/claim/1/edit", f"/decide?subject={TROOPS}&measure=casualties", "/decisions"),
    *(
        "/sources",
        f"/source?name={KYIV}",
        "/measures",
        "/history",
        "/pulse",
        "/names?kind=source&q=a",
    ),
    *(f"/export?name={TROOPS}&as=csv", "/reading?claims=3+killed"),
)
FORMS = {
    "/add": {"subject": TROOPS, "source": "BBC", "claims": "3 killed"},
    "/inbox": {"text": "Around 300 people died, police said."},
    "/claim/1/retract": {"reason": "misquoted"},
    "/history/undo": {"event": "1"},
    "/paste": {"rows": "subject,source,value\nDam,A,3", "do": "import"},
}


def refused_everywhere(browser: httpx2.Client, why: str) -> None:
    """Every page says why in words, and so does every form."""
    with ThreadPoolExecutor(8) as pool:
        got = pool.map(browser.get, ADDRESSES)
        sent = pool.map(lambda each: browser.post(each[0], data=each[1]), FORMS.items())
        for answer in (*got, *sent):
            expected = (200,) if answer.url.path == "/reading" else (400, 503)
            assert answer.status_code in expected, answer.url
            assert why in answer.text, answer.url
            assert "Traceback" not in answer.text


def works(browser: httpx2.Client) -> None:
    assert {browser.get(each).status_code for each in ADDRESSES} == {200}
    assert browser.post("/add", data=FORMS["/add"]).status_code == 200


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4096] + b"\0" * 8192)


def replaced(path: Path) -> None:
    path.write_text("a letter to my aunt, " * 100)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (Path.unlink, "There is no store at"),
        (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
        (replaced, "is not a factlog store"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (damaged, "is damaged"),
    ],
    ids=["deleted", "a folder", "a letter", "emptied", "damaged"],
)
def test_a_store_that_goes_while_it_runs(
    desk: Running, spoil: Callable[[Path], object], why: str
) -> None:
    with client(desk) as browser:
        works(browser)
        kept = desk.path.read_bytes()
        spoil(desk.path)
        refused_everywhere(browser, why)
        if desk.path.is_dir():
            desk.path.rmdir()
        desk.path.write_bytes(kept)
        works(browser)


def test_a_store_that_another_program_holds(desk: Running) -> None:
    with client(desk) as browser:
        works(browser)
        with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
            other.execute("begin exclusive")
            start = time.monotonic()
            refused_everywhere(browser, "is in use by another program")
            assert browser.get("/static/desk.js").status_code == 200
            assert time.monotonic() - start < 60
            other.execute("rollback")
        works(browser)


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_amid_two_hundred_accepts_loses_nothing_acknowledged(
    tmp_path: Path, seed: int
) -> None:
    text = "\n\n".join(
        f"Police said on 3 March 2025 that {100 + n} people died." for n in range(200)
    )
    with new_store(tmp_path) as store:
        path = store.path
    acknowledged = []
    with running(path, "--write") as desk, client(desk) as browser:
        page = browser.post("/inbox", data={"text": text, "subject": "Flood"}).text
        assert "200 of 200 proposals to decide" in page
        chance = random.Random(seed)
        last = chance.randint(5, 190)
        killer = Timer(chance.uniform(0, 0.03), desk.process.kill)
        for number in range(200):
            if number == last:
                killer.start()
            said = f"killed={100 + number}"
            form = {"card": number + 1, "do": "accept", "claims": said, "source": "police"}
            try:
                answer = browser.post("/inbox/1/decide", data=form, follow_redirects=False)
            except httpx2.TransportError:
                break
            assert answer.status_code == 303
            acknowledged.append(str(100 + number))
        killer.join()
        desk.process.wait(20)
    with Store.open(path) as store:
        kept = [each.said for each in store.claims(subject="Flood")]
        _article, proposals = store.inbox.article(1)
        accepted = [each.says["value"] for each in proposals if each.state.value == "accepted"]
        assert last <= len(acknowledged) < 200
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) - len(acknowledged) in (0, 1)  # it was done, and could not say so any more
        assert accepted == kept
        assert store.verify().ok
    with running(path, "--write") as desk, client(desk) as browser:
        assert f"{200 - len(kept)} of 200 proposals to decide" in browser.get("/inbox/1").text


def test_two_browsers_and_a_terminal_see_each_other(browser: Browser, desk: Running) -> None:
    """Each is told of what the others do, and may go on."""
    with running(desk.path, "--write") as other, ExitStack() as open_pages:
        pages = [open_pages.enter_context(entered(browser, each)) for each in (desk, other)]
        for page, home in zip(pages, (desk.home, other.home), strict=True):
            page.goto(f"{home}/subject?name={TROOPS}")
            page.wait_for_timeout(500)
        terminal(desk, "add", TROOPS, "12 missing", "--source", KYIV)
        for page in pages:
            page.get_by_role("link", name="Show it as it is now").click()
            page.locator("article h2", has_text="missing").wait_for()
        for page, home in zip(pages, (desk.home, other.home), strict=True):
            page.goto(f"{home}/claim/4")
            page.wait_for_timeout(500)
        pages[0].get_by_label("Withdraw it, because").fill("misheard")
        pages[0].get_by_role("button", name="Withdraw").click()
        pages[1].get_by_role("link", name="Show it as it is now").click()
        assert "retracted  misheard" in terminal(desk, "show", "4")
    with Store.open(desk.path) as store:
        assert store.verify().ok


def terminal(desk: Running, *words: str) -> str:
    command = [sys.executable, "-m", "factlog", "--db", str(desk.path), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
