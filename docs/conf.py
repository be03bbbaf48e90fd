"""How the site is made of these pages: python -m sphinx -W -c docs . build/site."""

from __future__ import annotations

import sys
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from reference import tables, toctrees  # noqa: E402

project = "factlog"
html_title = "factlog"
html_theme = "furo"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click"]
root_doc = "docs/index"
include_patterns = ["docs/*.md", "factlog/SKILL.md"]
include_patterns += ["examples/*.md", "seeds/*.md"]
myst_heading_anchors = 3
smartquotes = False  # two hyphens are an option, not a dash
html_extra_path = ["llms.txt", "index.html"]  # for programs, and the way in
html_show_sphinx = False
html_show_copyright = False
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
default_role = "code"
# Types are told by their own names: of other libraries, and of rooms that have no page.
nitpick_ignore_regex = [("py:.*", ".*")]
highlight_language = "text"


def _write(*_: Any) -> None:
    """Make the tables of the program."""
    folder = ROOT / "docs" / "tables"
    folder.mkdir(exist_ok=True)
    for name, text in tables().items():
        (folder / name).write_text(text, encoding="utf-8")


def _signature(
    _app: Any, what: str, _name: str, value: Any, _options: Any, told: str, back: str
) -> tuple[str | None, str]:
    """What a value is made of: its fields, which its maker does not name before it is used."""
    if what != "class" or not is_dataclass(value):
        return told, back
    made = []
    for each in fields(value):
        default = "" if each.default is MISSING else f" = {_plain(each.default)}"
        made.append(f"{each.name}: {each.type}{default}")
    return f"({', '.join(made)})", back


def _plain(default: object) -> str:
    return (
        f"{type(default).__name__}.{default.name}" if isinstance(default, Enum) else repr(default)
    )


def _contents(_app: Any, page: str, source: list[str]) -> None:
    """Put the lists of the index beside every page."""
    if page == root_doc:
        source[0] += toctrees(source[0])


class DarkPictures(SphinxTransform):
    """Of a picture that is there for the dark too, the page shows the one that fits."""

    default_priority = 100  # before the pictures are gathered

    def apply(self, **_: Any) -> None:
        """Put the dark one beside each, for the theme to choose."""
        folder = Path(self.document["source"]).parent
        for image in list(self.document.findall(nodes.image)):
            dark = image["uri"].removesuffix(".png") + "-dark.png"
            if (folder / dark).exists():
                other = image.deepcopy()
                other["uri"] = dark
                image["classes"].append("only-light")
                other["classes"].append("only-dark")
                image.parent.insert(image.parent.index(image) + 1, other)


def setup(app: Any) -> None:
    """Have the tables made before the pages are read."""
    app.connect("builder-inited", _write)
    app.connect("source-read", _contents)
    app.connect("autodoc-process-signature", _signature)
    app.add_transform(DarkPictures)
