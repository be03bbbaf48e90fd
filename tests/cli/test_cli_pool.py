"""`pool`: combining figures with stated uncertainties, on request."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from support.person import Factlog

KEYS = (
    *("subject", "measure", "unit", "method", "k", "best", "plus", "minus", "scale", "q", "df"),
    *("p", "i2", "h2", "tau2", "tau2_low", "tau2_high", "low", "high", "predict_low"),
    *("predict_high", "pulls", "left_out"),
)


@pytest.fixture
def neutron(factlog: Factlog) -> Factlog:
    for source, value in (
        ("Bottle A", "878.4(5) s"),
        ("Bottle B", "877.7 +0.8 -0.7 s"),
        ("Beam", "887.7 ± 2.2 s"),
        ("A blog", "about 880 s"),
    ):
        assert factlog("add", "neutron", f"lifetime={value}", "--source", source).code == 0
    return factlog


@pytest.mark.parametrize("method", ["pdg", "fixed", "dl", "pm", "reml"])
def test_json_has_the_keys_of_every_method(neutron: Factlog, method: str) -> None:
    done = neutron("pool", "neutron", "lifetime", "--method", method, "-f", "json")
    assert done.code == 0, done.err
    pooled = json.loads(done.out)
    assert tuple(pooled) == KEYS
    assert (pooled["k"], pooled["unit"], pooled["method"]) == (3, "s", method)
    assert pooled["low"] < pooled["best"] < pooled["high"]
    assert (pooled["scale"] is not None) == (method == "pdg")
    assert (pooled["tau2"] is not None) == (method in ("dl", "pm", "reml"))
    assert [left["source"] for left in pooled["left_out"]] == ["A blog"]
    assert len(pooled["pulls"]) == 3


def test_every_other_format(neutron: Factlog) -> None:
    table = neutron("pool", "neutron").out
    for words in ("combined", "scale factor", "Bottle A", "sigma", "left out: A blog"):
        assert words in table
    assert "Knapp-Hartung" in neutron("pool", "neutron", "--method", "reml").out
    (row,) = csv.DictReader(io.StringIO(neutron("pool", "neutron", "-f", "csv").out))
    assert row["k"] == "3"
    assert neutron("pool", "-f", "jsonl").out.count("\n") == 1
    assert neutron("pool", "-f", "md").out.startswith("## neutron")
    assert neutron("pool").out == table
    assert neutron("pool", "-f", "latex").out.count(r"\\") == 8


def test_a_forest_plot_is_drawn_to_a_file(neutron: Factlog, tmp_path: Path) -> None:
    file = tmp_path / "forest.svg"
    drawn = neutron("pool", "neutron", "-o", str(file))
    assert (drawn.code, drawn.out) == (0, "")
    assert "Bottle A" in file.read_text(encoding="utf-8")
    refused = neutron("pool", "neutron", "-o", str(tmp_path / "forest.bmp"))
    assert refused.code == 2
    assert "latex" in refused.err


def test_what_cannot_be_pooled_is_said(factlog: Factlog) -> None:
    factlog("add", "x", "5 ± 1 km", "--source", "a")
    alone = factlog("pool", "x")
    assert alone.code == 2
    assert "at least two" in alone.err
    every = factlog("pool")
    assert every.code == 2
    assert "Not pooled" in every.err


def test_compare_shows_the_sigmas(neutron: Factlog) -> None:
    assert "sigma" in neutron("compare", "neutron").out


def test_a_narrow_screen_cuts_nothing(neutron: Factlog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    out = neutron("pool", "neutron").out
    assert max(map(len, out.splitlines())) <= 30
    assert "Bottle" in out
