"""The questions of `add` without a terminal: answers in, the next question out."""

from __future__ import annotations

import shlex

import pytest

from factlog import measures
from factlog.cli import dialogue
from factlog.cli.dialogue import BACK, Entry
from factlog.errors import FactlogError

_OFFERED = {"source": "Seoul", "as_of": "2025-01-13"}


def entry(
    *answers: str, given: dict[str, str] | None = None, claims: tuple[str, ...] = ()
) -> Entry:
    """An entry to which all this was answered; "<" goes back."""
    now = Entry(given or {}, claims, measures.starter(), _OFFERED)
    for text in answers:
        now = dialogue.back(now) if text == BACK else dialogue.answer(now, text)
    return now


def asked(now: Entry) -> str:
    question = dialogue.question(now)
    return question.text if question else "nothing"


ONE = ("Ferry", "", "30 killed")
ALL = (*ONE, "", "-", "", "", "")


@pytest.mark.parametrize(
    ("answers", "next_one"),
    [
        ((), "Subject"),
        (("Ferry",), "Source [Seoul]"),
        (("Ferry", ""), "Claim"),
        (ONE, "Claim 2 (Enter: no more)"),
        ((*ONE, "5 missing"), "Claim 3 (Enter: no more)"),
        ((*ONE, ""), "As of [2025-01-13]"),
        ((*ONE, "", ""), "Via (Enter: none)"),
        ((*ONE, "", "-"), "Via (Enter: none)"),
        (ALL, "Record it? [Y/n]"),
        ((*ALL, "y"), "nothing"),
        ((*ALL, "N"), "nothing"),
        (("<",), "Subject"),
        (("Ferry", "<"), "Subject [Ferry]"),
        (("Ferry", "A", "<", "<", ""), "Source [A]"),
        ((*ONE, "<"), "Claim [30 killed]"),
        ((*ONE, "<", ""), "Claim 2 (Enter: no more)"),
        ((*ONE, "<", "-"), "Claim"),
        ((*ONE, "5 missing", "", "<", "<", ""), "Claim 3 (Enter: no more)"),
        ((*ONE, "", "<", "<", "40 killed"), "Claim 2 (Enter: no more)"),
        ((*ONE, "", "<", "6 missing"), "Claim 3 (Enter: no more)"),
        ((*ONE, "", "<", "6 missing", ""), "As of [2025-01-13]"),
        (("Ferry", "", "height=37m"), "Which one is meant"),
        (("Ferry", "", "height=37m", "<"), "Claim"),
        (("Ferry", "", "height=37m", "2"), "Claim 2 (Enter: no more)"),
        ((*ONE, "", "3/4/2025"), "Which one is meant"),
    ],
)
def test_what_is_asked_next(answers: tuple[str, ...], next_one: str) -> None:
    assert asked(entry(*answers)) == next_one


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ((), ""),
        (("Ferry", ""), ""),
        (("Ferry", ""), "killed"),
        (("Ferry", "", "height=37m"), "0"),
        (("Ferry", "", "height=37m"), "x"),
        ((*ONE, ""), "someday"),
        ((*ONE, "", "", "", "x" * 10_001), "x" * 10_001),
        (ALL, "perhaps"),
    ],
)
def test_what_is_refused_is_asked_again(answers: tuple[str, ...], refused: str) -> None:
    with pytest.raises(FactlogError):
        dialogue.answer(entry(*answers), refused)


@pytest.mark.parametrize(
    ("given", "claims", "missing"),
    [
        ({}, (), ("SUBJECT", "a CLAIM", "--source")),
        ({"subject": "Ferry"}, ("30",), ("--source",)),
        ({"source": "A"}, (), ("SUBJECT", "a CLAIM")),
    ],
)
def test_what_is_missing(
    given: dict[str, str], claims: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    assert dialogue.missing(entry(given=given, claims=claims)) == missing


@pytest.mark.parametrize(
    ("about", "typed", "note"),
    [
        ("claim", "about 300 killed", "about 300 → 270 to 330, killed"),
        ("claim", "30 killed and 5 injured", "30 → 30, killed; 5 → 5, injured"),
        ("claim", "about", ""),
        ("as_of", "14 March 2024", "14 March 2024 → 2024-03-14"),
        ("as_of", "2024-03-14", ""),
        ("as_of", "14 Mar", ""),
        ("via", "Yonhap", ""),
    ],
)
def test_how_an_answer_is_read(about: str, typed: str, note: str) -> None:
    assert dialogue.note(entry(), about, typed) == note


def test_a_source_of_a_whole_entry_can_be_changed_in_the_end() -> None:
    back = (BACK,) * 7
    now = entry(*ALL, *back, "Tokyo", "", "", "", "", "", "", "y")
    assert asked(now) == "nothing"
    assert dialogue.options(now) == {"subject": "Ferry", "source": "Tokyo"}
    assert dialogue.claim_words(now) == ("30 killed",)


def test_only_yes_records() -> None:
    assert dialogue.is_to_be_recorded(entry(*ALL, ""))
    assert not dialogue.is_to_be_recorded(entry(*ALL, "no"))


def test_the_command_to_repeat_says_the_same() -> None:
    now = entry(
        "It's a $5 ferry", "", "30 killed", "-3 °C", "", "", "", "", '"Go"', given={"note": "a b"}
    )
    assert shlex.split(dialogue.command_line(now, "my facts.db")) == [
        *("factlog", "--db", "my facts.db", "add", "It's a $5 ferry", "30 killed", "-3 °C"),
        *("--source", "Seoul", "--note", "a b", "--as-of", "2025-01-13", "--quote", '"Go"'),
    ]
