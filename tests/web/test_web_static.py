"""What comes from elsewhere is what it is said to be."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import factlog.web

STATIC = Path(factlog.web.__file__).parent / "static"
# htmx.org 4.0.1 of npm, dist/htmx.min.js, as it stands there.
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


def test_htmx_is_the_file_that_npm_has() -> None:
    assert sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() == HTMX


def test_nothing_else_is_sent_to_a_browser() -> None:
    assert sorted(each.name for each in STATIC.iterdir()) == ["desk.js", "htmx.min.js"]
