"""What claims count, told first of two that count otherwise, as a person meets it."""

from __future__ import annotations

import json

import pytest

from support.person import Factlog, Ran

TOLD = "Hospital counts deaths in hospital; Ministry counts all deaths"


def say(factlog: Factlog, source: str, claim: str, *more: str, date: str = "2026-03-01") -> Ran:
    return factlog("add", "Flu", claim, "--source", source, "--as-of", date, *more)


@pytest.fixture
def defined(factlog: Factlog) -> Factlog:
    say(factlog, "Hospital", "30 killed", "--definition", "deaths in hospital")
    done = say(factlog, "Ministry", "40 killed", "--definition", "all deaths")
    assert TOLD in " ".join(done.out.split())
    return factlog


def words(done: Ran) -> str:
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_it_is_told_first_in_every_sentence(defined: Factlog) -> None:
    assert f"- {TOLD}. Hospital's 30 against Ministry's 40" in words(defined("compare"))
    assert f"{TOLD}. Hospital's 30 (2026-03-01)" in words(defined("compare", "--full"))
    assert f"- {TOLD}. Hospital's 30" in words(defined("explain", "Flu"))
    printed = words(defined("sentence", "Flu"))
    assert printed.startswith("Hospital counts deaths in hospital; the Ministry counts all")
    assert "all deaths. Flu: as of 1 March 2026, Hospital put" in printed
    (subject,) = json.loads(defined("compare", "-f", "json").out)["subjects"]
    (measure,) = subject["measures"]
    assert measure["findings"][0]["why"].startswith(f"{TOLD}. ")
    assert measure["disagreements"][0]["worst"]["why"].startswith(f"{TOLD}. ")
    for shape in ("md", "html"):
        assert "Hospital counts deaths in hospital" in defined("compare", "-f", shape).out


def test_those_that_count_alike_are_told_as_ever(defined: Factlog) -> None:
    defined("edit", "1", "--definition", "All  deaths")
    for command in ("compare", "sentence"):
        assert "counts" not in defined(command).out


def test_one_that_does_not_say_is_told(defined: Factlog) -> None:
    say(defined, "Red Cross", "80 killed", "--includes", "suspected", "--excludes", "soldiers")
    defined("edit", "2", "--definition", "")
    told = words(defined("compare"))
    assert "Hospital counts deaths in hospital; Ministry does not say what it counts" in told
    assert "Red Cross includes suspected, excludes soldiers" in told


def test_a_claim_shows_what_it_counts_and_it_is_mended_piece_by_piece(defined: Factlog) -> None:
    defined("edit", "1", "31 killed", "--includes", "suspected cases")
    shown = words(defined("show", "1"))
    assert "definition counts deaths in hospital, includes suspected cases" in shown
    assert "said 31" in shown
    done = defined("edit", "1", "--includes", "suspected cases")
    assert (done.code, done.err.splitlines()[0]) == (2, "Claim 1 says so already.")
    assert [each["action"] for each in json.loads(defined("log", "-f", "json").out)] == [
        *("define", "edit", "add", "add"),
    ]


def test_words_of_people_are_data(defined: Factlog) -> None:
    defined("edit", "1", "--definition", "<b>[red]\x1b[31mall")
    assert "\x1b" not in defined("compare").out
    assert "<b>[red]" in defined("compare").out
    assert "&lt;b&gt;" in defined("compare", "-f", "html").out


def test_a_measure_has_a_definition_with_what_it_includes(factlog: Factlog) -> None:
    told = factlog(
        *("measure", "set", "ill", "--definition", "People who fell ill."),
        *("--includes", "suspected cases", "--excludes", "visitors"),
    )
    assert "People who fell ill; includes suspected cases, excludes visitors" in told.out
    kept = factlog("measure", "set", "ill", "--window", "7")
    assert "People who fell ill; includes suspected cases, excludes visitors" in kept.out
