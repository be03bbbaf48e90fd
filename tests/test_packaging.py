"""What is built is whole, and does its main job where it is installed in a fresh environment."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from factlog.cli.main import GROUPS

ROOT = Path(__file__).parents[1]
PAGES = {"factlog.1", *(f"factlog-{name}.1" for group in GROUPS.values() for name in group)}
SKILL = (ROOT / "factlog" / "SKILL.md").read_text("utf-8")
UNWANTED = shutil.ignore_patterns(
    ".git", ".venv", "*_cache", "__pycache__", "*.egg-info", "node_modules", "build", "dist"
)

pytestmark = pytest.mark.slow


def ran(*words: object, folder: Path) -> str:
    """What a command prints; a failure shows all of it."""
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy of the tree as it stands."""
    folder = tmp_path_factory.mktemp("built")
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=UNWANTED)
    # pip makes the environment it is built in when it takes the sdist: once is enough.
    here = ["--no-isolation"] if int(version("setuptools").partition(".")[0]) >= 77 else []
    ran(sys.executable, "-m", "build", *here, "--outdir", folder, folder=tree)
    return folder


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def test_all_of_it_is_in_the_wheel_and_in_the_sdist(built: Path) -> None:
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "factlog").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(only(built, "*.whl")) as wheel:
        names = set(wheel.namelist())
    assert {name for name in names if name.startswith("factlog/")} == package
    assert {Path(name).name for name in names if "/share/man/man1/" in name} == PAGES
    with tarfile.open(only(built, "*.tar.gz")) as sdist:
        files = {name.partition("/")[2] for name in sdist.getnames()}
    assert package | {f"man/{page}" for page in PAGES} <= files
    assert {"setup.py", "docs/manual.py", "tests/test_packaging.py", "seeds/record.csv"} <= files


def test_what_looks_at_packages_finds_nothing_wrong(built: Path) -> None:
    both = only(built, "*.whl"), only(built, "*.tar.gz")
    ran(sys.executable, "-m", "twine", "check", "--strict", *both, folder=built)
    ran(sys.executable, "-m", "check_wheel_contents", both[0], folder=built)


@pytest.fixture(scope="module")
def fresh(built: Path) -> Path:
    """An environment with nothing but the wheel and what it needs."""
    fresh = built / "fresh"
    ran(sys.executable, "-m", "venv", "--without-pip", fresh, folder=built)
    ran(*pip(fresh), only(built, "*.whl"), folder=built)
    return fresh


def pip(fresh: Path) -> list[object]:
    quick = ["-q", "--disable-pip-version-check", "--no-compile"]
    return [sys.executable, "-m", "pip", "--python", fresh / "bin/python", "install", *quick]


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_it_does_its_main_job(built: Path, fresh: Path, tmp_path: Path, kind: str) -> None:
    again = ["--force-reinstall", "--no-deps"]  # what both need is there
    ran(*pip(fresh), *again, only(built, kind), folder=built)
    assert {page.name for page in (fresh / "share/man/man1").iterdir()} == PAGES
    factlog = fresh / "bin" / "factlog"
    (session,) = (block for block in SKILL.split("```") if block.startswith("sh\n"))
    lines = session.removeprefix("sh\n").replace("factlog ", f"{shlex.quote(str(factlog))} ")
    told = ran("bash", "-euc", f"export FACTLOG_DB=f.db\n{lines}", folder=tmp_path)
    assert "higher and earlier" in told
    assert [path.name for path in tmp_path.iterdir()] == ["f.db"]
    for words in ("completion bash", "schema", "read 5mi", "--db f.db report -o new.html"):
        ran(factlog, *words.split(), folder=tmp_path)
