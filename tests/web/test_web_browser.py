"""The desk in a real browser: by mouse, by keys, without script, seen and heard."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from factlog.store import Store
from support.browser import axe_source
from support.desk import Running, entered, running
from support.stores import KYIV, TROOPS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = (EXAMPLES / "harbour-story.txt").read_text("utf-8")
FOUNDING = (
    "South Korean intelligence said on 13 January 2025 that around 300 North Korean soldiers had "
    "been killed and about 2,700 injured in Russia.\n\n"
    "Volodymyr Zelenskyy said on 12 January 2025 that there had been about 4,000 casualties."
)


def on_record(path: Path, subject: str) -> list[tuple[str, str, str]]:
    with Store.open(path) as store:
        assert store.verify().ok
        claims = store.claims(subject=subject)
        return [(each.statement.source, each.measure, each.said) for each in claims]


def paste(page: Page, desk: Running, text: str, subject: str) -> None:
    page.goto(f"{desk.home}/inbox")
    page.locator("#f-text").fill(text)
    page.locator("#f-subject").fill(subject)
    page.get_by_label("Published").fill("2025-01-14")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/inbox/*")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_story_from_paste_to_decision_and_report(
    browser: Browser, desk: Running, script: bool
) -> None:
    with entered(browser, desk, java_script_enabled=script) as page:
        paste(page, desk, FOUNDING, "Troops")
        for _ in range(3):
            with page.expect_navigation():
                page.get_by_role("button", name="Accept").first.click()
        said = on_record(desk.path, "Troops")
        assert [each[2] for each in said] == ["around 300", "about 2,700", "about 4,000"]
        page.goto(f"{desk.home}/subject?name=Troops")
        page.get_by_role("link", name="Decide what to do").first.click()
        page.get_by_label("keep it open for now").check()
        page.locator("#f-reason").fill("two counts are under way")
        page.locator("#f-by").fill("Ada Park")
        page.get_by_role("button", name="Decide").click()
        page.wait_for_url("**/subject?*")
        assert "Ada Park" in page.content()
        with page.expect_download() as taken:
            page.get_by_role("link", name="Save as report").click()
        assert "Ada Park" in Path(taken.value.path()).read_text("utf-8")


def test_proposals_are_gone_through_by_keys(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        paste(page, desk, STORY, "Harbour explosion")
        total = page.locator("li.card").count()

        def waiting() -> int:
            return page.locator("li.card.waiting").count()

        def press(key: str) -> None:
            with page.expect_navigation():
                page.keyboard.press(key)

        press("a")
        assert waiting() == total - 1
        press("s")
        assert waiting() == total - 2
        press("u")
        assert waiting() == total - 1
        current = page.locator("li.card.current").get_attribute("data-card")
        page.keyboard.press("j")
        assert page.locator("li.card.current").get_attribute("data-card") != current
        page.keyboard.press("k")
        assert page.locator("li.card.current").get_attribute("data-card") == current
        page.keyboard.press("e")
        focused = "document.activeElement.name"
        assert page.evaluate(focused) == "claims"
        page.keyboard.press("a")  # writes, and accepts nothing
        assert waiting() == total - 1
        page.keyboard.press("Escape")
        assert page.evaluate(focused) != "claims"
    assert len(on_record(desk.path, "Harbour explosion")) == 1


def test_a_figure_and_its_card_lead_to_each_other(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        paste(page, desk, STORY, "Harbour explosion")
        page.locator("a.value").nth(3).click()
        chosen = page.locator("li.card.current").get_attribute("data-card")
        assert chosen == page.locator("a.value").nth(3).get_attribute("data-card")
        page.locator("li.card").nth(1).locator("input[name=source]").focus()
        marked = page.locator("a.value.current").get_attribute("data-card")
        assert marked == page.locator("li.card").nth(1).get_attribute("data-card")


def test_the_reading_and_the_conflict_show_while_writing(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        page.goto(f"{desk.home}/add?subject={TROOPS}")
        page.locator("#f-source").fill("BBC")
        page.locator("#f-claims").fill("about 9,000 casualties")
        page.locator("#f-as_of").fill("2025-01-10")
        reading = page.locator("#reading")
        reading.get_by_text("is read as 8,100 to 9,900, casualties").wait_for()
        reading.get_by_text("is higher and earlier than").first.wait_for()


def test_the_policy_is_tried_live(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        page.goto(f"{desk.home}/subject?name={TROOPS}")
        assert page.get_by_text("CONFLICT, 2 camps").count()
        page.locator("#c-about").fill("20")
        page.get_by_text("about = ±20%").wait_for()
        assert not page.get_by_text("CONFLICT, 2 camps").count()


def test_a_terminal_s_change_is_told(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        page.goto(f"{desk.home}/subject?name={TROOPS}")
        page.wait_for_timeout(500)
        command = ["add", TROOPS, "12 missing", "--source", KYIV]
        subprocess.run(
            [sys.executable, "-m", "factlog", "--db", str(desk.path), *command],
            check=True,
            capture_output=True,
        )
        page.get_by_text("The record was changed elsewhere.").wait_for(timeout=15_000)
        page.get_by_role("link", name="Show it as it is now").click()
        page.locator("article h2", has_text="missing").wait_for()


PAGES = (
    "/",
    f"/subject?name={TROOPS}",
    f"/sentences?name={TROOPS}",
    "/inbox",
    "/inbox/1",
    "/add",
    "/paste",
    "/claim/1",
    "/claim/1/edit",
    f"/decide?subject={TROOPS}&measure=casualties",
    "/decisions",
    "/sources",
    f"/source?name={KYIV}",
    "/measures",
    "/history",
)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, desk: Running, colours: Literal["light", "dark"]
) -> None:
    with entered(browser, desk, color_scheme=colours, bypass_csp=True) as page:
        paste(page, desk, STORY, "Harbour explosion")
        source = axe_source()
        for address in PAGES:
            page.goto(desk.home + address)
            page.evaluate(source)
            script = (
                "async () => (await axe.run()).violations"
                ".map(each => each.id + ': ' + each.nodes[0].html)"
            )
            assert page.evaluate(script) == [], address
            for width in (320, 800, 2560):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (address, width, wide)


def test_ctrl_c_ends_it_with_one_line(desk: Running) -> None:
    desk.process.send_signal(signal.SIGINT)
    _out, said = desk.process.communicate(timeout=20)
    assert desk.process.returncode == 130
    assert said.strip().splitlines()[-1] == "Interrupted: nothing half-done was kept."


def test_it_refuses_what_others_could_reach(desk: Running) -> None:
    for options in (["--host", "0.0.0.0"], ["--behind-proxy", "desk.example.org"]):
        told = subprocess.run(
            [sys.executable, "-m", "factlog", "--db", str(desk.path), "serve", *options],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (told.returncode, told.stderr.count("\n")) == (2, 2)
        assert "can be reached from other machines" in told.stderr


def test_a_password_opens_it_behind_a_proxy(tmp_path: Path, desk: Running) -> None:
    kept = tmp_path / "password.txt"
    kept.write_text("correct horse battery\n")
    port = _free_port()
    options = ("--behind-proxy", "desk.example.org", "--password-file", str(kept))
    with running(desk.path, *options, "--port", str(port)) as behind:
        assert behind.link == "https://desk.example.org/"
        assert _asked(port, "GET", "/")[:2] == (303, "/open")
        assert "Password" in _asked(port, "GET", "/open")[2]
        assert _asked(port, "POST", "/open", "password=correct+horse")[0] == 403
        status, where, _page, cookie = _asked(
            port, "POST", "/open", "password=correct+horse+battery"
        )
        assert (status, where) == (303, "/")
        assert "Secure" in cookie
        assert TROOPS in _asked(port, "GET", "/", cookie=cookie.partition(";")[0])[2]
        assert _asked(port, "GET", "/", host=f"127.0.0.1:{port}")[0] == 421


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _asked(
    port: int,
    method: str,
    path: str,
    body: str = "",
    *,
    host: str = "desk.example.org",
    cookie: str = "",
) -> tuple[int, str, str, str]:
    """What the proxy would be answered: status, where it leads, the page, the cookie set."""
    headers = {"Host": host, "Cookie": cookie, "Origin": f"https://{host}"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    told = (answer.headers.get("location", ""), page, answer.headers.get("set-cookie", ""))
    return (answer.status, *told)
