"""Make the example reports and their pictures anew: python tests/render/report/remake_examples.py.

Run it when a change to the report is meant; the tests compare what is kept with what is made.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.browser import chromium
from support.reports import EXAMPLES, ROOT, example

REPORTS = ROOT / "examples" / "reports"
# How far down the page its picture goes.
HEIGHT = {"founding-story": 1010, "economist": 1500, "measurements": 1500}


def remake() -> None:
    """Every example: the page, and what one sees of it first."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for name in EXAMPLES:
            kept = REPORTS / f"{name}.html"
            shutil.copyfile(example(name, Path(folder)), kept)
            page = browser.new_page(viewport={"width": 1000, "height": HEIGHT[name]})
            page.goto(kept.as_uri())
            page.screenshot(path=REPORTS / f"{name}.png")


if __name__ == "__main__":
    remake()
