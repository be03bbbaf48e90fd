"""The example notebook runs from the top, and prints what is kept in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.notebook import NOTEBOOK, kept, rerun


def printed(book: Any) -> list[tuple[str, str, str]]:
    """What stands under each cell; of pictures only that they are there."""
    found = []
    for cell in book.cells:
        for output in cell.get("outputs", ()):
            pieces = output.get("data") or {"stream": output.get("text", "")}
            for kind, text in sorted(pieces.items()):
                picture = kind.startswith("image/")
                found.append((cell.id, kind, "there" if picture and text else text))
    return found


@pytest.mark.slow
def test_the_notebook_prints_what_is_kept_in_it() -> None:
    fresh = printed(rerun())
    assert printed(kept()) == fresh
    assert any(kind == "image/png" for _cell, kind, _text in fresh)


def test_what_is_kept_is_small_and_of_no_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < 60_000
    for place in (
        str(Path.home()),
        str(NOTEBOOK.parents[1]),
        "/tmp/",
        "site-packages",
        "ipykernel",
    ):
        assert place not in text
