"""What the tests of the report stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.reports import EXAMPLES, example, imported, made, rows

NAMES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></style></svg><b>x",
    "{{ 7 * 7 }} {% if %}",
    "\u202eright to left\u200b",
    "日本語のソース",
    "averylongword" * 12,
)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example reports, made afresh."""
    folder = tmp_path_factory.mktemp("reports")
    return {name: example(name, folder) for name in EXAMPLES}


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Stores of the example claims."""
    folder = tmp_path_factory.mktemp("stores")
    return {name: imported(folder, claims, *words) for name, (claims, words) in EXAMPLES.items()}


@pytest.fixture(scope="session")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with most verdicts, scopes, quotes, open ends, units, and one subject of forty."""
    folder = tmp_path_factory.mktemp("varied")
    told = [
        ("Flood", "homeless", "Reuters", "about 300", "2024-05-01", "Reuters", "https://a.org/x"),
        ("Flood", "homeless", "AP", "at least 900", "2024-05-02", "", "https://b.org/y?z=1#q"),
        ("Flood", "homeless", "UN", "between 200 and 400", "2024-05-02", "", "", "", "north bank"),
        ("Bridge", "length", "City", "2.5 km", "2020", "", "", "", "", "It is 2.5 km long."),
        ("Bridge", "length", "Builder", "2.501 km", "2021", "", "", "", "", "", "a note on it"),
        ("Bridge", "length", "Guide", "1.6 miles", "2019"),
        ("Bridge", "length", "Rival", "3 tonnes", "2019"),
        ("Cold", "temperature", "Station", "-3.2 °C", ""),
        ("Storm", "killed", "Mayor", "10", "2024-01-01"),
        ("Storm", "killed", "Mayor", "25", "2024-01-05"),
        ("Storm", "killed", "Governor", "about 26", "2024-01-06"),
        ("Storm", "injured", "Governor", "fewer than 80", "2024-01-06"),
        *(("Herd", "sheep", f"Farm {n}", str(10 ** (n % 8)), "2024-01-01") for n in range(40)),
    ]
    return made(imported(folder, rows(folder / "varied.csv", *told)), folder / "varied.html")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of claims whose every word tries to be more than a word."""
    folder = tmp_path_factory.mktemp("hostile")
    told = [
        (name, name, source, value, "2024-01-01", name, link, source + " too", name, name, name)
        for name in NAMES
        for source, value, link in (
            (name, "300", name),
            (name + "2", "500", "https://a.org/\"'<b>"),
        )
    ]
    return made(imported(folder, rows(folder / "hostile.csv", *told)), folder / "hostile.html")
