"""Make the pictures of the desk anew: python tests/web/remake_pictures.py.

Each is made in the light and in the dark; a page of the site shows the one that fits.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

sys.path.insert(0, str(Path(__file__).parents[1]))

from PIL import Image  # comes with matplotlib

from support.browser import chromium
from support.desk import Running, entered, running
from support.transcripts import ROOT
from support.tutorial import accept, paste, recorded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FIGURES = ROOT / "examples" / "figures"
HARBOUR = (ROOT / "examples" / "harbour-story.txt").read_text("utf-8")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def ferry(path: Path) -> None:
    """Nineteen figures on one accident."""
    words = [sys.executable, "-m", "factlog", "--db", str(path), "import"]
    subprocess.run([*words, str(ROOT / "examples" / "ferry.csv")], check=True, capture_output=True)


def _founding(page: Page, desk: Running) -> None:
    page.goto(f"{desk.home}/subject?name=North Korean troops in Russia")


def _conflict(page: Page, desk: Running) -> None:
    """The part of the page that says it all: what is read first, and the figure."""
    _founding(page, desk)
    top = page.get_by_role("heading", name="casualties").evaluate(_PLACE)
    end = page.get_by_role("heading", name="What was said").first.evaluate(_PLACE)
    page.set_viewport_size({"width": 1200, "height": round(end - top)})
    page.evaluate("top => window.scrollTo(0, top)", top - 12)


_PLACE = "heading => heading.getBoundingClientRect().top + window.scrollY"


def _article(page: Page, _desk: Running) -> None:
    paste(page)


def _subject(page: Page, desk: Running) -> None:
    page.goto(f"{desk.home}/subject?name=Kherrada ferry")


def _inbox(page: Page, _desk: Running) -> None:
    paste(page, HARBOUR, "Port Almeria fire", "Coast Post", "2026-03-04")
    accept(page)


def _add(page: Page, desk: Running) -> None:
    page.goto(f"{desk.home}/add")
    page.locator("#f-subject").fill("Kherrada ferry")
    page.locator("#f-source").fill("AFP")
    page.locator("#f-as_of").fill("2026-03-13")
    with page.expect_response("**/reading*"):
        page.locator("#f-claims").fill("about 75 killed")
    page.get_by_text("CONFLICT").first.wait_for()


def _decide(page: Page, desk: Running) -> None:
    _subject(page, desk)
    page.get_by_role("link", name="Decide what to do about killed").click()
    page.wait_for_url("**/decide?*")


def _phone(page: Page, desk: Running) -> None:
    _subject(page, desk)
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("link", name="Add a claim").evaluate("link => link.scrollIntoView()")


Steps = Callable[["Page", Running], None]
PICTURES: Mapping[str, tuple[Callable[[Path], object], Steps, int]] = {
    "founding": (recorded, _founding, 810),
    "conflict": (recorded, _conflict, 810),
    "article": (recorded, _article, 620),
    "subject": (ferry, _subject, 800),
    "inbox": (ferry, _inbox, 800),
    "add": (ferry, _add, 800),
    "decide": (ferry, _decide, 800),
    "phone": (ferry, _phone, 800),
}


def remake() -> None:
    """Every picture, of a record made for it."""
    with chromium() as browser:
        for name in PICTURES:
            for scheme in SCHEMES:
                _one(browser, name, scheme)


def _one(browser: Browser, name: str, scheme: Literal["light", "dark"]) -> None:
    record, steps, height = PICTURES[name]
    size = {"width": 1200, "height": height}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "factlog.db"
        record(path)
        with (
            running(path, "--write") as desk,
            entered(browser, desk, viewport=size, color_scheme=scheme) as page,
        ):
            steps(page, desk)
            page.wait_for_load_state("networkidle")
            file = f"desk-{name}{'-dark' * (scheme == 'dark')}.png"
            _kept(page.screenshot(), FIGURES / file)


def _kept(picture: bytes, path: Path) -> None:
    """Write it in few colours, which take a third of the space and look the same."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(96).save(path, optimize=True)


if __name__ == "__main__":
    remake()
