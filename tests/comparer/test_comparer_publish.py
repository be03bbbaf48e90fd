"""Sentences fit to print: claims in, the exact sentence out. Read them aloud."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlog import importing
from factlog.answers import PrintedSentence
from factlog.claim import Claim
from factlog.comparer import compare
from factlog.comparer.newsroom import accredited
from factlog.comparer.press_figures import figure
from factlog.comparer.publish import sentences
from factlog.measures import starter
from factlog.policy import Kind, Measure
from support.strategies import claims_of

LINES = (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
VERDICTS = re.compile(
    r"\b(conflict\w*|disagree\w*|contradict\w*|true|false|wrong|right|correct\w*|lie[sd]?)\b"
)


def written(row: dict[str, Any]) -> list[PrintedSentence]:
    """What is printed of the claims of a row."""
    claims: list[Claim] = []
    for given_ in row["claims"]:
        said = given_.pop("said")
        claims += importing.claims(str(row["subject"]), said.split("; "), **given_)
        given_["said"] = said
    kind = row.get("kind")
    own = [Measure(claim.measure, kind=Kind(kind)) for claim in claims] if kind else []
    return list(sentences(compare(claims, measures=[*starter(), *own])))


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['sentence'][:40]}" for row in ROWS])
def test_a_sentence_for_print(row: dict[str, object]) -> None:
    told = {each.measure: each.text for each in written(row)}
    assert told[str(row["measure"])] == row["sentence"]


def test_there_are_many_rows() -> None:
    assert len(ROWS) >= 90


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


@given(st.lists(claims_of("killed"), min_size=7, max_size=20))
def test_whoever_contradicts_another_is_named_with_the_figure(claims: list[Claim]) -> None:
    """The parties of the two disagreements told first; of few that still stand, all."""
    found = compare(
        replace(claim, id=n, statement=replace(claim.statement, subject="Riga"))
        for n, claim in enumerate(claims, 1)
    )
    for measure, told in zip(found.subjects[0].measures, sentences(found), strict=True):
        places = {place for leading in measure.told[:2] for place in leading.worst.sides}
        opposed = {place for camp in measure.camps for place in camp.sides}
        if len({measure.sides[place].source for place in opposed}) <= 4:
            places |= opposed
        named = re.split(r" other (?:sources|figures) ", told.text)[0]
        for side in map(measure.sides.__getitem__, places):
            words = re.escape(figure(side, {}, "").removesuffix(")"))
            assert re.search(rf"\b{side.source}\b.*{words}", named, re.IGNORECASE)


@given(st.lists(claims_of("killed"), min_size=7, max_size=20))
def test_no_figure_is_lost_where_some_are_counted(claims: list[Claim]) -> None:
    found = compare(replace(claim, id=n) for n, claim in enumerate(claims, 1))
    for told in sentences(found):
        figures = told.text + "; ".join(told.figures)
        for side in found.subjects[0].measures[0].sides:
            if side.current:
                assert figure(side, {}, "").removesuffix(")") in figures
        assert not told.figures or len(told.figures) > 6


@pytest.mark.parametrize(
    ("last", "end"),
    [(7, "; two more are of another scope."), (6, "; five other sources had put them between ")],
)
def test_figures_that_are_not_counted_with_the_others_are_told_by_what_sets_them_apart(
    last: int, end: str
) -> None:
    claims = [
        claim
        for day in range(1, last + 1)
        for source, said, scope in ((f"S{day}", 100 + day, None), (f"T{day}", day, f"ward {day}"))
        for claim in importing.claims(
            "fire", [f"killed={said}"], source=source, as_of=f"2025-01-{day:02}", scope=scope
        )
    ]
    (told,) = sentences(compare(claims, measures=starter()))
    assert end in told.text
    assert all(f"T{day} " in told.text for day in range(1 + 2 * (last == 7), last + 1))


@pytest.mark.parametrize("many", [10, 20, 40])
def test_many_sources_still_make_a_sentence_to_print(many: int) -> None:
    """All the claims are in the data, the ends and those who contradict one another in words."""
    claims = [
        claim
        for n in range(many)
        for claim in importing.claims(
            "Quake", [f"{100 + 7 * n} killed"], source=f"Desk {n}", as_of="2026-01-05"
        )
    ]
    numbered = [replace(claim, id=n) for n, claim in enumerate(claims, 1)]
    (told,) = sentences(compare(numbered, measures=starter()))
    assert len(told.claims) == many
    assert len(told.text.split()) < 70
    assert "Desk 0" in told.text
    assert f"{100 + 7 * (many - 1)}" in told.text
    assert VERDICTS.search(told.text) is None


def test_a_source_in_another_case_is_the_same_source() -> None:
    said = [("Reuters", None), ("reuters", "REUTERS"), ("Blog", "AP"), ("Post", "ap"), ("AP", None)]
    told = accredited((source, origin, False) for source, origin in said)
    assert told == "Reuters and AP, and Blog and Post, citing AP,"
