"""The site as it is made of the pages, and what is said in `docs/reference.py`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from support.transcripts import ROOT


def reference() -> Any:
    """The module that makes the tables of the site."""
    if str(ROOT / "docs") not in sys.path:
        sys.path.append(str(ROOT / "docs"))
    return import_module("reference")


def make(home: Path) -> Path:
    """The site, made of a copy of the pages; no warning may come of it."""
    for name in ("docs", "examples", "seeds", "factlog"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("tables"))
    shutil.copy(ROOT / "LICENSE", home)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going"]
    made = subprocess.run(
        [*sphinx, "-c", "docs", ".", "site"], cwd=home, capture_output=True, text=True, check=False
    )
    assert made.stderr == ""
    assert made.returncode == 0
    return home / "site"


class Links(HTMLParser):
    """What a page leads to, and the places in it that one can be led to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.to: set[str] = set()
        self.places: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the links, the pictures and the places."""
        given = {name: value for name, value in attrs if value is not None}
        self.places.update(given[name] for name in ("id", "name") if name in given)
        if tag in ("a", "link", "img", "script"):
            self.to.update(given[name] for name in ("href", "src") if name in given)


def broken(site: Path) -> list[str]:
    """Every link within the site that leads to no file, or to no place in one."""
    pages = {page: Links(page) for page in sorted(site.rglob("*.html"))}
    found = []
    for page, links in pages.items():
        for link in sorted(links.to):
            to = urlsplit(link)
            if to.scheme or to.netloc:
                continue
            target = (page.parent / unquote(to.path)).resolve() if to.path else page
            known = pages[target].places if target in pages else set()
            led = not to.fragment or target.suffix != ".html" or unquote(to.fragment) in known
            if not (target.is_file() and led):
                found.append(f"{page.relative_to(site)}: {link}")
    return found
