"""The desk in a real browser: by mouse, by keys, without script, seen and heard."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from contextlib import nullcontext
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from factlog.extraction.pages import text_of
from factlog.page import KeptPage
from factlog.store import Store
from support.browser import axe_source
from support.desk import Running, entered, running
from support.stores import KYIV, NOW, SEOUL, TROOPS, claim, exactly

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

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


def paste(
    page: Page,
    desk: Running,
    text: str,
    subject: str,
    outlet: str = "",
    published: str = "2025-01-14",
) -> None:
    page.goto(f"{desk.home}/inbox")
    page.locator("#f-text").fill(text)
    page.locator("#f-subject").fill(subject)
    page.locator("#f-outlet").fill(outlet)
    page.get_by_label("Published").fill(published)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/inbox/*")


FERRY = (
    ("Reuters", "2026-03-12",
     "At least 41 people were killed and more than 130 injured when a passenger ferry capsized off "
     "the coast near Kherrada on Wednesday, the port authority said.\n\n"
     "The coast guard said that 58 people were still missing."),
    ("Daily Echo", "2026-03-13",
     "Fifty-two people are dead and nearly 150 hurt after the ferry disaster, hospital sources "
     "said.\n\nThe Interior Ministry said that 47 people had died."),
    ("AFP", "2026-03-13",
     "Interior minister Leila Haddad told state television that 63 people had died and 121 had "
     "been injured. Around 40 remained missing, she said."),
)  # fmt: skip
TALES = {
    "ferry": ("Kherrada ferry", "killed", FERRY, 9),
    "founding": ("Troops", "casualties", (("NBC News", "2025-01-14", FOUNDING),), 3),
}


@pytest.mark.parametrize("tale", TALES)
@pytest.mark.parametrize("by", ["mouse", "keys", "no script"])
def test_a_story_from_paste_to_decision_and_report(
    browser: Browser, desk: Running, by: str, tale: str
) -> None:
    subject, measure, articles, figures = TALES[tale]
    with entered(browser, desk, java_script_enabled=by != "no script") as page:
        for outlet, published, text in articles:
            paste(page, desk, text, subject, outlet, published)
            while page.locator("li.card.waiting").count():
                with page.expect_navigation():
                    if by == "keys":
                        page.keyboard.press("a")
                    else:
                        page.get_by_role("button", name="Accept").first.click()
        assert len(on_record(desk.path, subject)) == figures
        page.goto(f"{desk.home}/")
        follow(page, by, page.get_by_role("link", name=subject))
        link = page.get_by_role("link", name=f"Decide what to do about {measure}")
        follow(page, by, link)
        choose(page, by, page.get_by_label("keep it open for now"))
        write(page, by, page.locator("#f-reason"), "two counts are under way")
        write(page, by, page.locator("#f-by"), "Ada Park")
        follow(page, by, page.get_by_role("button", name="Decide"))
        assert "Ada Park" in page.content()
        with page.expect_download() as taken:
            follow(page, by, page.get_by_role("link", name="Save as report"), leads=False)
        report = Path(taken.value.path()).read_text("utf-8")
        assert "Ada Park" in report
        assert all(outlet in report for outlet, _published, _text in articles)


def reach(page: Page, there: Locator) -> None:
    """Go from field to field until this one has the focus, as one without a mouse does."""
    wanted = there.first.element_handle()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement === wanted", wanted):
            return
    pytest.fail(f"no key leads to {there}")


def follow(page: Page, by: str, link: Locator, *, leads: bool = True) -> None:
    if by == "keys":
        reach(page, link)
    with page.expect_navigation() if leads else nullcontext():
        page.keyboard.press("Enter") if by == "keys" else link.first.click()


def choose(page: Page, by: str, field: Locator) -> None:
    """A radio button: the first is reached, the arrows go on from there."""
    if by != "keys":
        return field.check()
    reach(page, page.get_by_role("radio"))
    page.keyboard.press("Space")
    while not field.is_checked():
        page.keyboard.press("ArrowDown")
    return None


def write(page: Page, by: str, field: Locator, text: str) -> None:
    if by != "keys":
        return field.fill(text)
    reach(page, field)
    return page.keyboard.type(text)


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


DROP = """([name, kind, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: kind }));
    for (const what of ["dragover", "drop"])
        document.body.dispatchEvent(
            new DragEvent(what, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("story.txt", "text/plain", STORY),
        ("story.md", "text/markdown", f"# Harbour\n\n{STORY}"),
        ("story.html", "text/html", f"<nav>9 killed</nav><article><p>{STORY}</p></article>"),
    ],
)
def test_a_file_is_dropped_and_waits_for_another_browser(
    browser: Browser, desk: Running, name: str, kind: str, text: str
) -> None:
    with entered(browser, desk) as page:
        page.goto(f"{desk.home}/inbox")
        page.evaluate(DROP, [name, kind, text])
        page.get_by_role("button", name="Read it").click()
        page.wait_for_url("**/inbox/*")
        assert "9 of 9 proposals to decide" in page.content()
        page.get_by_label("These figures are of").fill("Harbour explosion")  # asked once
        page.get_by_role("button", name="Use for all").click()
        page.get_by_role("button", name="Accept").first.click()
        page.wait_for_url("**/inbox/*card*")
    with running(desk.path, "--write") as again, entered(browser, again) as page:
        page.get_by_role("link", name="8 proposals in the inbox").click()
        page.locator(".articles a").first.click()
        page.wait_for_load_state()
        assert page.get_by_label("These figures are of").input_value() == "Harbour explosion"
        assert page.locator("li.card.waiting").count() == 8
        card = page.locator("li.card.current")
        for field, begun, whole in (
            ("source", "regional", "regional health ministry"),
            ("measure", "inj", "injured"),
        ):
            card.locator(f"input[name={field}]").fill(begun)
            offered = card.locator(f"input[name={field}] + datalist option[value='{whole}']")
            offered.wait_for(state="attached")
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
        page.locator("#c-policy").select_option("strict")
        page.get_by_text("policy strict: about = exactly, tolerance 0%").wait_for()
        page.locator("#c-about").fill("20")
        page.get_by_text("policy strict: about = ±20%, tolerance 0%").wait_for()
        page.locator("#c-policy").press("ArrowDown")
        page.get_by_text("policy digits: about = half a unit of the last digit").wait_for()
        assert page.locator("#c-about").is_hidden()
        page.locator("#c-policy").press("Home")
        page.get_by_text("policy default: about = ±10%, tolerance 1%").wait_for()
        assert page.locator("#c-about").input_value() == "10"


def test_back_leads_to_what_a_form_answered(browser: Browser, desk: Running) -> None:
    with entered(browser, desk) as page:
        page.goto(f"{desk.home}/add")
        for field, said in (("subject", "Fire"), ("source", "Mayor"), ("claims", "5 killed")):
            page.locator(f"#f-{field}").fill(said)
        page.get_by_role("button", name="Record").click()
        page.get_by_role("link", name="See the subject").click()
        page.go_back()
        assert page.get_by_text("Recorded:").count()


@pytest.mark.parametrize(("width", "folded"), [(320, True), (1280, False)])
def test_on_a_telephone_the_answer_comes_before_the_controls(
    browser: Browser, desk: Running, width: int, folded: bool
) -> None:
    address = f"{desk.home}/subject?name={TROOPS.replace(' ', '+')}"
    with entered(browser, desk, viewport={"width": width, "height": 700}) as page:
        page.goto(address)
        policy, summary = page.get_by_label("Policy"), page.get_by_text("judge it otherwise")
        assert (policy.is_visible(), summary.is_visible()) == (not folded, folded)
        if folded:
            summary.click()
        policy.select_option("strict")
        page.wait_for_url("**policy=strict**")
        page.reload()
        assert policy.is_visible()
        assert policy.input_value() == "strict"


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
        page.get_by_text("The record was changed elsewhere.").wait_for()
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


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_kept_page_and_how_a_figure_travelled_fit_and_axe_finds_nothing(
    browser: Browser, desk: Running, colours: Literal["light", "dark"]
) -> None:
    raw = b"<p>It said <b>11,743</b> had died</p><p>" + b"averylongword" * 90
    url, quote = "https://example.org/a", "11,743 had died"
    said = claim("11,743", exactly(11743), subject="War", url=url, quote=quote)
    again = claim("11,743", exactly(11743), subject="War", source="Post", origin=SEOUL)
    with Store.open(desk.path) as store:
        (made, _other) = store.add([said, again], now=NOW).claims
        page = KeptPage(url, None, sha256(raw).hexdigest(), "text/html", len(raw), "a.html")
        kept, _new = store.pages.keep(page, raw, text_of(raw, "text/html"), NOW)
    with entered(browser, desk, color_scheme=colours, bypass_csp=True) as shown:
        source = axe_source()
        for address in (f"/page/{kept.id}?claim={made.id}#passage", "/subject?name=War"):
            shown.goto(desk.home + address)
            shown.evaluate(source)
            script = "async () => (await axe.run()).violations.map(v => v.id + v.nodes[0].html)"
            assert shown.evaluate(script) == [], address
            for width in (320, 800, 2560):
                shown.set_viewport_size({"width": width, "height": 900})
                assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
        assert shown.locator(".way .lane a").first.get_attribute("href") == f"/claim/{made.id}"
        shown.goto(f"{desk.home}/page/{kept.id}?claim={made.id}#passage")
        assert shown.locator("mark").first.inner_text() == quote


def test_ctrl_c_ends_it_with_one_line(desk: Running) -> None:
    desk.process.send_signal(signal.SIGINT)
    _out, said = desk.process.communicate(timeout=60)
    assert desk.process.returncode == 130
    assert said.strip().splitlines()[-1] == "Interrupted: nothing half-done was kept."


EARLY = """
import asyncio, os, signal
from factlog.web import serving

made = asyncio.SelectorEventLoop.__init__

def interrupted(self, *given):
    made(self, *given)
    os.kill(os.getpid(), signal.SIGINT)

asyncio.SelectorEventLoop.__init__ = interrupted
serving.serve(lambda *_: None, serving.listening("127.0.0.1", 0))
"""


def test_ctrl_c_while_it_starts_waits_until_it_can_end_in_order() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "always", "-c", EARLY],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.stderr.strip().splitlines()[-1] == "KeyboardInterrupt"
    assert "never awaited" not in ended.stderr


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
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    told = (answer.headers.get("location", ""), page, answer.headers.get("set-cookie", ""))
    return (answer.status, *told)
