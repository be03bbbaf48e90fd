"""The manual pages say what the commands do, and are set without a warning."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from factlog.cli import interface
from factlog.cli.main import EXIT_CODES, GROUPS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def manual() -> ModuleType:
    found = importlib.util.spec_from_file_location("manual", ROOT / "docs" / "manual.py")
    assert found is not None
    assert found.loader is not None
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    return made


def test_there_is_a_page_for_every_command(manual: ModuleType) -> None:
    names = {name for group in GROUPS.values() for name in group}
    assert manual.pages().keys() == {"factlog.1", *(f"factlog-{name}.1" for name in names)}


MADE_APART = """
import json, sys
sys.path.insert(0, "docs")
import manual
json.dump(manual.pages(), sys.stdout)
"""


def made_apart(**surroundings: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", MADE_APART], cwd=ROOT, env=os.environ | surroundings,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_they_are_the_same_wherever_they_are_made(manual: ModuleType) -> None:
    one = made_apart(PYTHONHASHSEED="1", COLUMNS="50", TZ="UTC", NO_COLOR="1", FACTLOG_DB="one.db")
    other = made_apart(
        PYTHONHASHSEED="2", COLUMNS="200", TZ="Asia/Seoul", FORCE_COLOR="1", LC_ALL="C"
    )
    assert one == other == manual.pages()
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b.*factlog manual", "".join(one.values()))


def test_a_page_has_all_that_there_is_to_say(manual: ModuleType) -> None:
    pages = manual.pages()
    for each in interface.commands():
        page = pages[f"factlog-{each.name.split()[0]}.1"]
        for option in each.options:
            for name in option.names:
                assert f"\\fB{name.replace('-', chr(92) + '-')}\\fR" in page, (each.name, name)
    for code in EXIT_CODES:
        assert f"\\fB{code}\\fR" in pages["factlog.1"]


@pytest.mark.parametrize("word", ["--help", "-h", "-"])
def test_an_option_is_no_folder(word: str) -> None:
    made = [sys.executable, "docs/manual.py", word]
    done = subprocess.run(made, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    told = f"{word} names no folder.\nWrite: python docs/manual.py FOLDER\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert not (ROOT / word).exists()


HOSTILE = ".SH x\\fB 'a' --b \"c\" é ^~` …"


def test_no_word_is_a_command_of_the_typesetter(manual: ModuleType) -> None:
    told = manual._text(HOSTILE)
    assert told.isascii()
    assert told.startswith("\\&.SH x\\efB \\(aqa\\(aq \\-\\-b ")
    assert manual._text("'a").startswith("\\(aq")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_they_are_set_without_a_warning(manual: ModuleType, tmp_path: Path) -> None:
    pages = {**manual.pages(), "hostile.1": f'.TH "X" 1\n.SH "Y"\n{manual._text(HOSTILE)}\n'}
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="ascii")
        set_ = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-rF0", name],
            cwd=tmp_path, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert set_.stderr == "", name
    assert ".SH x\\fB 'a' --b \"c\" é ^~` …" in set_.stdout
