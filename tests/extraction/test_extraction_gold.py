"""The gold set: that it is sound, and that the extractor does not fall below what it reached."""

from __future__ import annotations

import json
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent


def module(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"gold_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def half(name: str) -> list[dict[str, Any]]:
    lines = (HERE / f"gold_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_jsonl_follows_from_the_marked_text() -> None:
    tuning, held_out = module(HERE / "mark_up.py").halves()
    assert (HERE / "gold_tuning.jsonl").read_text(encoding="utf-8") == tuning
    assert (HERE / "gold_held_out.jsonl").read_text(encoding="utf-8") == held_out


def test_there_are_enough_passages_and_traps() -> None:
    both = half("tuning") + half("held_out")
    traps = [passage for passage in both if not passage["claims"]]
    assert len(both) >= 400
    assert len(traps) >= 60
    genres = Counter(passage["id"].split()[0] for passage in both)
    assert len(genres) == 5
    assert min(genres.values()) >= 60
    assert all(passage["topic"].startswith("trap") for passage in traps)
    assert len({passage["topic"] for passage in both}) >= 20


@pytest.mark.parametrize("name", ["tuning", "held_out"])
def test_every_offset_cuts_the_words_out_of_the_text(name: str) -> None:
    for passage in half(name):
        for claim in passage["claims"]:
            text = passage["text"]
            assert text[claim["start"] : claim["end"]] == claim["quote"]
            assert text[slice(*claim["at"])] == claim["text"]
            assert claim["start"] <= claim["at"][0] < claim["at"][1] <= claim["end"]
            assert claim["source_text"] is None or claim["source_text"] in text


@pytest.mark.parametrize("name", ["tuning", "held_out"])
@pytest.mark.parametrize(
    ("respect", "aim"),
    [("value", 0.94), ("value+bound", 0.93), ("source", 0.88), ("whole claim", 0.65)],
)
def test_the_aims_are_met(name: str, respect: str, aim: float) -> None:
    benchmark = module(HERE.parent.parent / "benchmarks" / "extract.py")
    score = benchmark.scored(HERE / f"gold_{name}.jsonl", misses=False)
    precision, recall = score.hits[respect] / score.made, score.hits[respect] / score.there
    assert 2 * precision * recall / (precision + recall) >= aim


@pytest.mark.parametrize("name", ["tuning", "held_out"])
def test_what_is_of_high_confidence_is_mostly_right(name: str) -> None:
    benchmark = module(HERE.parent.parent / "benchmarks" / "extract.py")
    score = benchmark.scored(HERE / f"gold_{name}.jsonl", misses=False)
    assert score.sure_hits["source"] / score.sure >= 0.90
    assert score.sure_hits["value+bound"] / score.sure >= 0.94
    assert score.sure_hits["whole claim"] / score.sure >= 0.77
