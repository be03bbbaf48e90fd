"""What is said where a package of an extra is not installed: one way, and an extra there is."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factlog.errors import MissingPackage
from factlog.store import Store, parquet
from support.stores import KYIV, NOW, TROOPS, claim, exactly, founding, new_store

ROOT = Path(__file__).parents[1]
LINES = configparser.ConfigParser()
LINES.read(ROOT / "setup.cfg", encoding="utf-8")
EXTRAS = {
    extra: {re.split(r"[>=<\[]", line)[0] for line in lines.split()}
    for extra, lines in LINES["options.extras_require"].items()
}
PIP_INSTALLS = re.compile(r"factlog-claims\[([a-z,]+)\]")

# A process in which one package cannot be found, as if it were not installed.
HIDING = """
import sys
hidden, words = sys.argv[1], sys.argv[2:]
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == hidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
if words[0] == "python":
    from factlog.errors import FactlogError
    try:
        exec(words[1])
    except FactlogError as error:
        sys.exit(str(error))
else:
    from factlog.cli.main import run
    sys.exit(run(words))
"""
PAGE = "from factlog.extraction import pages; pages.text_of(b'%PDF-', pages.PDF)"
FRAME = "import factlog, pandas; factlog.compare(pandas.DataFrame())"
COMPARED = "import factlog; found = factlog.compare(factlog.Store.open('facts.db').claims())"
# package, what asks for it, the extra that brings it, what is said to need it, what else is said
LACKING = [
    ("trafilatura", ["extract", "page.html"], "html", "Reading a web page",
     "; or give the text of the article"),
    ("pypdf", ["python", PAGE], "pdf", "Reading the words of a pdf", ""),
    ("openpyxl", ["import", "claims.xlsx"], "xlsx", "Reading a workbook", ""),
    ("xlsxwriter", ["export", "new.xlsx"], "xlsx", "Writing a workbook", ""),
    ("xlsxwriter", ["template", "-o", "new.xlsx"], "xlsx", "Writing a workbook", ""),
    ("xlsxwriter", ["compare", "-o", "new.xlsx"], "xlsx", "Writing a workbook", ""),
    ("matplotlib", ["chart", TROOPS, "-o", "new.svg"], "charts", "Drawing a figure",
     "; without -o the chart is text"),
    ("rfc3161_client", ["log", "--stamp", "--authority", "http://127.0.0.1:9",
     "--authority-certificate", "root.pem"], "stamps", "A time stamp", ""),
    ("cryptography", ["log", "--stamp", "--authority", "http://127.0.0.1:9",
     "--authority-certificate", "root.pem"], "stamps", "A time stamp", ""),
    ("numpy", ["support", TROOPS, "killed"], "weighing", "Weighing figures", ""),
    ("mcp", ["mcp"], "mcp", "Serving programs", ""),
    ("starlette", ["serve"], "web", "The desk", ""),
    ("uvicorn", ["serve", "--write"], "web", "The desk", ""),
    ("python_multipart", ["serve"], "web", "The desk", ""),
    ("duckdb", ["compare", "--engine", "duckdb", "claims.parquet"], "duckdb", "--engine duckdb",
     ""),
    ("duckdb", ["import", "claims.parquet"], "duckdb", "Reading a Parquet file", ""),
    ("pyspark", ["compare", "--engine", "spark", "claims.parquet"], "spark", "--engine spark", ""),
    ("pandas", ["compare", "--engine", "spark", "claims.parquet"], "spark", "--engine spark", ""),
    ("psycopg", ["--db", "postgresql://u:secret@h/d", "list"], "postgres",
     "A store in PostgreSQL", ""),
    ("pyarrow", ["export", "new.parquet"], "parquet", "Writing a Parquet file", ""),
    ("narwhals", ["python", f"{COMPARED}; found.to_pandas()"], "frames",
     "Making a data frame", ""),
    ("narwhals", ["python", FRAME], "frames",
     "Reading a data frame", ""),
    ("polars", ["python", f"{COMPARED}; found.to_polars()"], "",
     "A data frame of polars", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record and files of every kind."""
    import openpyxl

    folder = tmp_path_factory.mktemp("extras")
    with new_store(folder) as store:
        store.add([*founding(), claim("400", exactly(400), source=KYIV)], now=NOW)
        store.path.rename(folder / "facts.db")
    (folder / "page.html").write_text("<p>At least 14 people were killed.", encoding="utf-8")
    (folder / "root.pem").write_text("-----BEGIN CERTIFICATE-----", encoding="utf-8")
    openpyxl.Workbook().save(folder / "claims.xlsx")
    with Store.open(folder / "facts.db") as store:
        parquet.write(folder / "claims.parquet", store.claims(), store.claims())
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "words", "extra", "doing", "instead"),
    LACKING,
    ids=[f"{package}: {' '.join(words)[:30]}" for package, words, *_ in LACKING],
)
def test_what_is_not_installed_is_told_in_one_way(
    place: Path, package: str, words: list[str], extra: str, doing: str, instead: str
) -> None:
    before = sorted(place.iterdir())
    command = [sys.executable, "-c", HIDING, package, *words]
    around = {**os.environ, "FACTLOG_DB": "facts.db", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        command, cwd=place, env=around, capture_output=True, text=True, timeout=60, check=False
    )
    what, remedy = ran.stderr.splitlines()
    assert ran.stdout == ""
    assert what == f"{doing} needs {package}, which is not installed."
    told = f'pip install "factlog-claims[{extra}]" (in a checkout: pip install ".[{extra}]")'
    assert remedy == f"Install it: {told if extra else f'pip install {package}'}{instead}."
    assert not extra or package in {each.lower().replace("-", "_") for each in EXTRAS[extra]}
    assert sorted(place.iterdir()) == before


def test_what_does_not_load_is_told_with_its_reason() -> None:
    error = ImportError("cannot import name 'MCPServer'\nfrom 'mcp.server'", name="mcp.server")
    assert str(MissingPackage("Serving programs", "mcp", error)).splitlines()[0] == (
        "Serving programs needs mcp, which does not load "
        "(cannot import name 'MCPServer' from 'mcp.server')."
    )


def test_every_extra_is_named_by_an_error_or_is_for_whoever_develops() -> None:
    asked = {extra for _package, _words, extra, *_ in LACKING} - {""}
    assert asked == EXTRAS.keys() - {"dev", "docs"}


def test_the_extras_that_pages_and_messages_name_are_there() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*")]
    files = [*pages, *(ROOT / "factlog").rglob("*.py")]
    named = {
        name
        for each in files
        if each.is_file()
        for names in PIP_INSTALLS.findall(each.read_text("utf-8", errors="ignore"))
        for name in names.split(",")
    }
    assert named
    assert named <= EXTRAS.keys()


def test_every_extra_is_told() -> None:
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    assert [extra for extra in EXTRAS if f"`{extra}`" not in page] == []


def test_all_that_an_extra_needs_is_installed_for_the_tests() -> None:
    apart = ("dev", "spark")  # half a gigabyte, which whoever tests Spark installs besides
    needed = {name for extra, names in EXTRAS.items() if extra not in apart for name in names}
    assert needed <= EXTRAS["dev"]
