"""The desk as it runs: a process, its one-time link, and a browser that opened it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient

from factlog import web
from factlog.store.address import Address

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


HOST = "127.0.0.1:8000"
OWN = {"sec-fetch-site": "same-origin"}


def browser(path: Path | Address, *, write: bool = True) -> TestClient:
    keys = web.Keys()
    desk = web.Gate(web.application(path, write=write), keys, {HOST})
    made = TestClient(desk, base_url=f"http://{HOST}", headers=OWN)
    made.get(f"/open?key={keys.link}")
    return made


def words(text: str) -> str:
    """What a page says, without its marks."""
    body = text.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@dataclass
class Running:
    """A desk that runs, and the addresses of it."""

    process: subprocess.Popen[str]
    link: str
    path: Path
    trouble: list[str] = field(default_factory=list)

    @property
    def home(self) -> str:
        return self.link.partition("/open")[0]


@contextmanager
def running(path: Path, *options: str) -> Iterator[Running]:
    """`factlog serve` on a free port; ended as Ctrl-C ends it, with nothing said but that."""
    command = [sys.executable, "-m", "factlog", "--db", str(path), "serve", "--no-open", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http\S+", line)
    assert found, line + (process.stderr.read() if process.stderr else "")
    try:
        yield Running(process, found[0], path)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        _out, said = process.communicate(timeout=60)
        assert "Traceback" not in said


@contextmanager
def entered(browser: Browser, desk: Running, **context: Any) -> Iterator[Page]:
    """A page that opened the link; nothing may go wrong behind it, or come from elsewhere."""
    made = browser.new_context(**context)
    trouble: list[str] = []
    try:
        page = made.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda asked: _own(asked.url, desk, trouble))
        page.goto(desk.link)
        yield page
        assert trouble == [], trouble
    finally:
        made.close()


def _own(url: str, desk: Running, trouble: list[str]) -> None:
    if not url.startswith((desk.home, "data:")):
        trouble.append(f"asked elsewhere: {url}")
