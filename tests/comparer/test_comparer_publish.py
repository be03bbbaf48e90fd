"""Sentences fit to print: claims in, the exact sentence out. Read them aloud."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import importing
from factlog.answers import Sentence
from factlog.claim import Claim
from factlog.comparer import compare
from factlog.comparer.publish import sentences
from support.strategies import claims_of

LINES = (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
VERDICTS = re.compile(
    r"\b(conflict\w*|disagree\w*|contradict\w*|true|false|wrong|right|correct\w*|lie[sd]?)\b"
)


def written(row: dict[str, object]) -> list[Sentence]:
    """What is printed of the claims of a row."""
    claims: list[Claim] = []
    for given_ in row["claims"]:  # type: ignore[attr-defined]
        said = given_.pop("said")
        claims += importing.claims(str(row["subject"]), said.split("; "), **given_)
        given_["said"] = said
    return list(sentences(compare(claims)))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['sentence'][:40]}" for row in ROWS])
def test_a_sentence_for_print(row: dict[str, object]) -> None:
    told = {each.measure: each.text for each in written(row)}
    assert told[str(row["measure"])] == row["sentence"]


def test_there_are_many_rows() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['sentence'][:40]}" for row in ROWS])
def test_no_figure_stands_without_its_source(row: dict[str, object]) -> None:
    for each in written(row):
        assert each.claims
        assert not VERDICTS.search(each.text)


@given(st.lists(claims_of("killed"), min_size=1, max_size=9))
def test_any_claims_make_one_sentence_a_measure(claims: list[Claim]) -> None:
    found = compare(claims)
    told = list(sentences(found))
    assert [each.measure for each in told] == [m.measure for m in found.subjects[0].measures]
    for each in told:
        assert each.text.endswith(".")
        assert not VERDICTS.search(each.text)
        assert set(each.claims) <= set(range(1, len(claims) + 1))
