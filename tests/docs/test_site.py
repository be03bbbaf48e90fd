"""The pages make a site without a warning, and every link within it leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_site_is_made_without_a_warning(tmp_path: Path) -> None:
    for name in ("docs", "examples", "seeds", "factlog"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "LICENSE", tmp_path)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going"]
    made = subprocess.run(
        [*sphinx, "-c", "docs", ".", "site"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.stderr == ""
    assert made.returncode == 0
    site = tmp_path / "site"
    assert "as of when" in (site / "docs" / "index.html").read_text("utf-8")
    commands = (site / "docs" / "commands.html").read_text("utf-8")
    assert {"add", "compare", "mcp"} <= set(re.findall(r"<h[23]>([\w-]+)<", commands))
    for line in (site / "llms.txt").read_text("utf-8").splitlines():
        if "](" in line:
            assert (site / line.partition("](")[2].partition(")")[0]).is_file(), line
