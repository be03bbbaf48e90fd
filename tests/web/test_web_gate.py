"""Who may come in: names of this machine, its own pages, a browser that holds the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from factlog import web
from factlog.web.gate import cookie_of
from support.stores import NOW, founding, new_store

HOST = "127.0.0.1:8000"
COOKIE = cookie_of(HOST)
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def keys() -> web.Keys:
    return web.Keys()


@pytest.fixture
def outside(tmp_path: Path, keys: web.Keys) -> Iterator[TestClient]:
    """A browser at the desk's address that was not let in."""
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
    desk = web.Gate(web.application(tmp_path / "factlog.db", write=True), keys, {HOST})
    with TestClient(desk, base_url=f"http://{HOST}", follow_redirects=False) as browser:
        yield browser


@pytest.fixture
def inside(outside: TestClient, keys: web.Keys) -> TestClient:
    outside.get(f"/open?key={keys.link}")
    return outside


def test_the_link_lets_one_browser_in_once(outside: TestClient, keys: web.Keys) -> None:
    assert outside.get("/").status_code == 401
    link = f"/open?key={keys.link}"
    opened = outside.get(link)
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    kept = opened.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept
    assert outside.get("/").status_code == 200
    assert outside.get(link).headers["location"] == "/"  # who is in may come by it again
    outside.cookies.clear()
    again = outside.get(link)
    assert (again.status_code, "was used" in again.text) == (403, True)
    assert "set-cookie" not in again.headers


def test_a_browser_that_is_in_lets_another_in_once(inside: TestClient) -> None:
    own = {"sec-fetch-site": "same-origin"}
    assert inside.post("/open", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    told = inside.post("/open", headers=own).text
    (key,) = re.findall(rf"http://{HOST}(/open\?key=[\w-]+)", told)
    inside.cookies.clear()
    assert inside.post("/open", headers=own).status_code == 403
    assert inside.get(key).status_code == 303
    assert inside.get("/").status_code == 200
    inside.cookies.clear()
    assert inside.get(key).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "%00", "ключ", "a" * 5000])
def test_another_key_opens_nothing(outside: TestClient, key: str) -> None:
    assert outside.get(f"/open?key={key}").status_code == 403
    assert outside.get("/").status_code == 401


def test_a_link_is_not_used_up_by_a_look_at_it(outside: TestClient, keys: web.Keys) -> None:
    link = f"/open?key={keys.link}"
    assert outside.head(link).status_code == 403
    assert outside.get(link).status_code == 303


@pytest.mark.parametrize("cookie", ["x", "", "a=b; c", f"{COOKIE}=", f"{COOKIE}=x", "\\"])
def test_another_cookie_shows_nothing(outside: TestClient, cookie: str) -> None:
    assert outside.get("/", headers={"cookie": cookie}).status_code == 401


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:8001", "", "localhost.:8000"],
)
def test_a_name_that_only_leads_here_is_refused(inside: TestClient, host: str) -> None:
    assert inside.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": f"http://{HOST}"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": f"http://{HOST}"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_its_own_pages_change_the_record(
    inside: TestClient, headers: dict[str, str], status: int
) -> None:
    answer = inside.post("/claim/1/retract", data={"reason": "misquoted"}, headers=headers)
    assert answer.status_code == status
    assert ("misquoted" in inside.get("/claim/1").text) is (status == 303)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_does_anything(inside: TestClient, method: str) -> None:
    assert inside.request(method, "/claim/1", headers=OWN).status_code in (403, 405)


def test_too_much_is_refused(inside: TestClient) -> None:
    told = inside.post("/add", content=b"", headers={**OWN, "content-length": str(10**9)})
    assert told.status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"subject=" + b"x" * 1_000_000

    form = {**OWN, "content-type": "application/x-www-form-urlencoded"}
    assert inside.post("/add", content=endless(), headers=form).status_code == 413


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/x-www-form-urlencoded", b"password=x&other=y", 400),
        ("multipart/form-data", b"password=x", 400),
        ("multipart/form-data; boundary=x", b"--y\r\nContent", 400),
    ],
)
def test_what_is_no_password_is_refused(
    tmp_path: Path, kind: str, content: bytes, status: int
) -> None:
    keys = web.Keys(password="a long password")
    desk = web.Gate(web.application(tmp_path / "factlog.db", write=True), keys, {HOST})
    with TestClient(desk, base_url=f"http://{HOST}") as browser:
        form = {**OWN, "content-type": kind}
        assert browser.post("/open", content=content, headers=form).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2fdesk.py",
        "/claim/../../x",
        "/nope",
    ],
)
def test_no_path_leads_out(inside: TestClient, path: str) -> None:
    answer = inside.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_every_answer_says_what_it_may_load(inside: TestClient) -> None:
    for path in ("/", "/nope", "/static/desk.js", "/pulse"):
        rule = inside.get(path).headers["content-security-policy"]
        assert rule.startswith("default-src 'none'; script-src 'nonce-")
        assert "unsafe" not in rule
    first, second = (inside.get("/").headers["content-security-policy"] for _ in range(2))
    assert first != second
