"""Run the example notebook and keep what it prints: python tests/support/notebook.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook.ipynb"
_LONG = 1_000


def kept() -> Any:
    """The notebook as it is in the tree."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def rerun() -> Any:
    """The notebook as it comes out of a run from the top, in its own folder."""
    book = kept()
    client = NotebookClient(
        book,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
    )
    client.execute()
    for output in (each for cell in book.cells for each in cell.get("outputs", ())):
        if "text/html" in output.get("data", {}) and len(output.data["text/plain"]) > _LONG:
            del output.data["text/plain"]  # the page says the same, for people
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    }
    return book


if __name__ == "__main__":
    nbformat.write(rerun(), NOTEBOOK)  # type: ignore[no-untyped-call]
