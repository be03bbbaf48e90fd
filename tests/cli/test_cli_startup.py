"""What the commands that are run most load: nothing that only others need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ADD = ["add", "A flood", "--source", "The mayor", "12 killed", "--as-of", "2025-02"]
NEVER = [
    "pint",
    "matplotlib",
    "jinja2",
    "starlette",
    "rich",
    "sqlite_utils",
    "rapidfuzz",
    "duckdb",
    "pyspark",
    "pyarrow",
    "platform",
    "uuid",
    "tempfile",
    "shutil",
    "random",
    "logging",
    "importlib.resources",
    "_strptime",
    "textwrap",
    "tomllib",
    "factlog.answers",
    "factlog.extraction",
    "factlog.stats",
    "factlog.comparer.explanation",
    "factlog.comparer.pool",
    "factlog.store.migrations",
    "factlog.store.verify",
]
TELLS = """
import re, sys
from factlog.cli import main
try:
    main()
finally:
    compiled = (
        f"{name}.{each}"
        for name, module in sys.modules.items() if name.startswith("factlog")
        for each, value in vars(module).items() if isinstance(value, re.Pattern)
    )
    print("loaded:", *sorted(sys.modules), *map("compiled:{}".format, compiled))
"""


def loaded(store: Path, *command: str) -> set[str]:
    """The modules that are loaded once a command is done, and the patterns they compiled."""
    env = {**os.environ, "FACTLOG_DB": str(store)}
    told = subprocess.run(
        [sys.executable, "-c", TELLS, *command], env=env, check=True, capture_output=True, text=True
    )
    return set(told.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("command", [ADD, ["compare", "A flood", "-f", "csv"]], ids=["add", "csv"])
def test_a_small_command_loads_nothing_that_only_others_need(
    command: list[str], tmp_path: Path
) -> None:
    store = tmp_path / "s.db"
    loaded(store, *ADD)
    alone = subprocess.run(
        [sys.executable, "-c", "import click, sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = loaded(store, *command) - set(alone.stdout.split())
    assert found.isdisjoint(NEVER), found.intersection(NEVER)
    assert not [name for name in found if name.startswith("compiled:")], "factlog.patterns.Pattern"
