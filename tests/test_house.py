"""What the house promises of every file: sizes that can be read, and a word on what is inside."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "factlog"
FILES = sorted(HOUSE.rglob("*.py"))


def functions() -> Iterator[tuple[int, str]]:
    """Every function and method, from `def` to its last line, the longest last."""
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((lines, f"{path.relative_to(HOUSE)}: {node.name}"))
    return iter(sorted(found))


def test_functions_are_short() -> None:
    sizes = list(functions())
    lines = [size for size, _where in sizes]
    assert statistics.median(lines) <= 10
    assert statistics.quantiles(lines, n=10)[8] <= 30
    assert [each for each in sizes if each[0] > 60] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_says_what_it_is_for_and_can_be_read_in_one_sitting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 500


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_name_of_a_file_is_bound_once(path: Path) -> None:
    names = [
        target.id
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert [name for name in dict.fromkeys(names) if names.count(name) > 1] == []


def pages() -> list[Path]:
    """The pages of prose: of the root, the guide and the examples."""
    root = HOUSE.parent
    return [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("examples/**/*.md")]


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page that are no code, table or heading; of a link, only what is shown."""
    code = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        fence = line.lstrip().startswith("```")
        code ^= fence
        if not (code or fence or line.lstrip().startswith(("|", "#", "<", "![", "[<"))):
            yield number, re.sub(r"\]\([^)]*\)", "]", line)


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(HOUSE.parent)))
def test_lines_of_prose_are_no_longer_than_a_screen_is_wide(page: Path) -> None:
    assert [number for number, line in prose(page) if len(line) > 122] == []
