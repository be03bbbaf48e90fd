"""Shares whose noun stands between the two numbers, and what only looks like one."""

from __future__ import annotations

import pytest

from factlog.extraction import Confidence, extract

SHARES = [
    ("About one person in 40 carries the gene.", "About one person in 40", 0.025, "person"),
    ("One child in eight is hungry.", "One child in eight", 0.125, "child"),
    ("Four people in ten own a car.", "Four people in ten", 0.4, "people"),
    ("Four people in ten support higher taxes.", "Four people in ten", 0.4, "people"),
    ("One patient in 300 dies.", "One patient in 300", 1 / 300, "patient"),
    ("One birth in 1,000 ends so.", "One birth in 1,000", 0.001, "birth"),
    ("One woman out of every five smokes.", "One woman out of every five", 0.2, "woman"),
    ("Nearly one soldier in ten was killed.", "Nearly one soldier in ten", 0.1, "soldier"),
    ("Nine of every ten homes were lost.", "Nine of every ten", 0.9, "homes"),
]


@pytest.mark.parametrize(("text", "words", "share", "thing"), SHARES)
def test_a_share_is_one_value_wherever_its_noun_stands(
    text: str, words: str, share: float, thing: str
) -> None:
    (found,) = extract(text)
    assert found.estimate.best is not None
    assert (found.text, found.thing) == (words, thing)
    assert float(found.estimate.best) == pytest.approx(share)
    assert found.confidence is not Confidence.HIGH or words.startswith("Nine")


NONE = [
    ("Four people in ten cities died.", ["Four", "ten"]),
    ("Two soldiers in ten different bases were killed.", ["Two", "ten"]),
    ("Six people in 10 days were killed.", ["Six", "10 days"]),
    ("One soldier in 300 metres of trench died.", ["One", "300 metres"]),
    ("Three people in 2019 died.", ["Three"]),
    ("12 people in 40 villages were killed.", ["12", "40"]),
    ("One in three children is poor.", ["One in three"]),
    ("In every village 40 people died.", ["40"]),
    ("Of every 100,000 births, 223 mothers die.", []),
    ("For every 100 boys there are 93 girls.", []),
    ("For every ten boys, there are nine girls.", []),
]


@pytest.mark.parametrize(("text", "words"), NONE)
def test_two_numbers_of_which_neither_is_a_whole_stay_two(text: str, words: list[str]) -> None:
    assert [found.text for found in extract(text)] == words


def test_what_befell_the_second_number_alone_is_in_doubt() -> None:
    first, second = extract("12 people in 40 villages were killed.")
    assert (first.confidence, second.confidence) == (Confidence.HIGH, Confidence.LOW)
