"""Reports for these tests: made by the command line, as a person makes them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import time_machine

from factlog.cli.main import run
from support.transcripts import BEGINNING

ROOT = Path(__file__).parents[2]
COLUMNS = (
    *("subject", "measure", "source", "value", "as_of"),
    *("via", "url", "origin", "scope", "quote", "note"),
)
VOID = {"meta", "br", "input"}

# How each example report is made: the file of claims, and how to import it.
ECONOMIST = (
    *("--map", "subject=country", "--map", "measure=type", "--map", "source=source"),
    *("--map", "low=estimate_low", "--map", "high=estimate_high", "--map", "value=estimate"),
    *("--map", "as_of=date", "--map", "url=source_url", "--date-format", "%d/%m/%Y"),
)
EXAMPLES: dict[str, tuple[str, Sequence[str]]] = {
    "founding-story": ("seeds/founding.csv", ()),
    "economist": ("examples/economist_estimates.csv", ECONOMIST),
    "measurements": ("examples/pdg_example.csv", ()),
}


def imported(folder: Path, claims: str | Path, *words: str) -> str:
    """A store with the claims of a file in it."""
    store = str(folder / f"{Path(claims).stem}.db")
    assert run(["--db", store, "import", str(ROOT / claims), *words]) == 0
    return store


def made(store: str, page: Path, *words: str) -> Path:
    """A report of a store."""
    assert run(["--db", store, "report", *words, "-o", str(page)]) == 0
    return page


def example(name: str, folder: Path) -> Path:
    """One of the example reports, made afresh at the time it always was."""
    claims, words = EXAMPLES[name]
    with time_machine.travel(BEGINNING, tick=False):
        return made(imported(folder, claims, *words), folder / f"{name}.html")


def rows(path: Path, *told: Iterable[str]) -> Path:
    """A file of claims: subject, measure, source, value, as_of, via, url, ... as many as given."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in told:
            cells = list(row)
            writer.writerow(cells + [""] * (len(COLUMNS) - len(cells)))
    return path


class Outline(HTMLParser):
    """The tags of a page with what they carry, its ids, links and words; fails on an open tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def having(self, name: str) -> list[str]:
        return [carried[name] for _, carried in self.tags if name in carried]
