"""How the site is made of these pages: python -m sphinx -W -c docs . build/site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from reference import pages  # noqa: E402

project = "factlog"
html_title = "factlog"
html_theme = "furo"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
root_doc = "docs/index"
include_patterns = ["docs/*.md", "docs/tables/*.md", "factlog/SKILL.md"]
include_patterns += ["examples/*.md", "seeds/*.md"]
myst_heading_anchors = 3
smartquotes = False  # two hyphens are an option, not a dash
html_extra_path = ["llms.txt"]
html_show_sphinx = False
autodoc_typehints = "description"
autodoc_member_order = "bysource"
highlight_language = "text"


def _write(*_: Any) -> None:
    """Make the pages that are tables of the program."""
    folder = ROOT / "docs" / "tables"
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def setup(app: Any) -> None:
    """Have the tables made before the pages are read."""
    app.connect("builder-inited", _write)
