"""`support`: which figure is best supported, on request, and what is refused or withheld."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from support.person import Factlog

TURNOUT = Path(__file__).parents[2] / "examples" / "turnout.csv"
KEYS = (
    *("subject", "measure", "unit", "voices", "counted_as", "values", "best", "fragile", "centre"),
    *("range", "withheld", "note", "stated", "left_out", "copies", "decision"),
)
# What is never said of a figure or a source, here or anywhere.
UNSAID = re.compile(r"\b(true|correct|right|reliable|accurate|accuracy)\b", re.IGNORECASE)


@pytest.fixture
def turnout(factlog: Factlog) -> Factlog:
    assert factlog("import", str(TURNOUT)).code == 0
    return factlog


def test_json_has_its_keys_and_the_figures_their_sources(turnout: Factlog) -> None:
    done = turnout("support", "District 2", "votes", "-f", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert tuple(found) == KEYS
    assert (found["best"], found["voices"], found["range"]) == (4325, 4, None)
    assert found["values"][0]["sources"] == ["Lake Agency", "Radio North"]
    assert set(found["values"][0]) == {"value", "score", "share", "sources"}
    assert "10" in found["withheld"]


def test_all_subjects_come_a_line_each_and_as_one_list(turnout: Factlog) -> None:
    lines = turnout("support", "-f", "jsonl").out.splitlines()
    assert len(lines) == 36
    assert json.loads(turnout("support", "-f", "json").out) == list(map(json.loads, lines))
    assert turnout("support").out.count("best supported") == 36


def test_a_table_says_it_in_words_that_claim_nothing(turnout: Factlog) -> None:
    table = turnout("support", "District 2").out
    for words in ("4,325", "Lake Agency, Radio North", "weighted median", "Weighed over 36"):
        assert words in table
    everything = turnout("support").out
    assert not UNSAID.search(everything)
    assert "<0.1%" in everything
    assert not UNSAID.search(turnout("support", "-f", "jsonl").out)


def test_decisions_calibrate_a_range_until_they_are_taken_back(turnout: Factlog) -> None:
    for n in range(3, 13):
        words = ("decide", f"District {n}", "votes", "--value", f"{5000 + n}", "--reason", "r")
        assert turnout(*words, "--by", "me").code == 0
    found = json.loads(turnout("support", "District 2", "-f", "json").out)
    assert found["range"]["level"] == 0.8
    assert found["range"]["low"] < 4325 < found["range"]["high"]
    assert "(80%)" in turnout("support", "District 2").out
    assert turnout("undo").code == 0
    assert json.loads(turnout("support", "District 2", "-f", "json").out)["range"] is None


def test_what_was_decided_stands_beside_the_figures(turnout: Factlog) -> None:
    words = ("decide", "District 2", "votes", "--withhold", "--reason", "recount", "--by", "me")
    assert turnout(*words).code == 0
    told = "publish no figure: recount"
    assert re.search(rf"decision 1 \(me, [\d-]+\): {told}", turnout("support", "District 2").out)
    assert told not in turnout("support", "District 3").out
    for shape in ("json", "jsonl"):
        found = json.loads(turnout("support", "District 2", "-f", shape).out)
        assert (found["decision"]["kind"], found["decision"]["stale"]) == ("withhold", False)
    turnout("add", "District 2", "votes=3,917", "--source", "Late Post")
    assert "decision 1 is STALE" in turnout("support", "District 2").out


def test_of_many_figures_left_out_it_is_told_how_many_and_why(
    factlog: Factlog, tmp_path: Path
) -> None:
    rows = ["subject,measure,source,value,as_of"]
    rows += [f"Fire,killed,{source},40,2026-01-20" for source in "AB"]
    rows += [f"Fire,killed,A,{n},2026-01-{n:02}" for n in range(1, 12)]
    (tmp_path / "fire.csv").write_text("\n".join(rows), encoding="utf-8")
    factlog("import", str(tmp_path / "fire.csv"))
    factlog("add", "Fire", "dozens killed", "--source", "C", "--as-of", "2026-01-20")
    told = factlog("support", "Fire").out
    assert told.count("left out: ") == 12  # one by one
    factlog("add", "Fire", "12 killed", "--source", "A", "--as-of", "2026-01-12")
    told = " ".join(factlog("support", "Fire").out.split())
    assert "left out: 12 figures (claims 3, 4, 5, 6, 7 and 7 more): another date" in told
    assert "left out: C, dozens (claim 14): only a word" in told
    assert len(json.loads(factlog("support", "Fire", "-f", "json").out)["left_out"]) == 13


@pytest.fixture
def echoing(factlog: Factlog, tmp_path: Path) -> Factlog:
    """Forty subjects of five sources and Echo, which repeats A word for word."""
    chance, rows = random.Random(2), ["subject,measure,source,value"]
    for n in range(40):
        known = chance.randrange(1000, 9000)
        said = {
            name: known if chance.random() < 0.6 else chance.randrange(1000, 9000)
            for name in "ABCDE"
        }
        said["Echo"] = said["A"]
        rows += [f"s{n},votes,{name},{number}" for name, number in said.items()]
    (tmp_path / "echo.csv").write_text("\n".join(rows), encoding="utf-8")
    assert factlog("import", str(tmp_path / "echo.csv")).code == 0
    return factlog


def test_copies_are_told_and_counted_as_one_voice_when_asked(echoing: Factlog) -> None:
    found = json.loads(echoing("support", "s1", "votes", "-f", "json").out)
    assert (found["voices"], found["counted_as"]) == (6, 5)
    assert found["copies"][0]["sources"] == ["A", "Echo"]
    told = " ".join(echoing("support", "s1").out.split())
    assert "voices 6, which count as 5" in told
    assert "A and Echo give the same figure in" in told
    done = echoing("support", "s1", "--copies-as-one", "-f", "json")
    assert "One voice on votes: A, Echo, who make the same errors" in done.err
    one = json.loads(done.out)
    assert (one["voices"], one["counted_as"], one["copies"]) == (5, 5, found["copies"])
    assert [left["source"] for left in one["left_out"]] == ["Echo"]


@pytest.mark.parametrize(
    ("others", "told"), [(("D",), True), ((), False), (("A",), False), (("D", "A"), True)]
)
def test_of_a_copy_that_shares_a_stated_origin_it_is_said_that_it_counts_there(
    echoing: Factlog, others: tuple[str, ...], told: bool
) -> None:
    for source in ("Echo", *others):
        echoing("add", "s40", "votes=700", "--source", source, "--origin", "Wire")
    for source in {"A", "B", "C", "D"}.difference(others):
        echoing("add", "s40", "votes=700", "--source", source)
    also = "Where Echo states an origin that others go back to, it counts with those."
    for command in ("support", "compare"):
        done = echoing(command, "s40", "--copies-as-one")
        assert "One voice on votes: A, Echo, who make the same errors" in done.err
        assert (also in done.err) == told, done.err


def test_compare_counts_copies_as_one_voice_and_says_whom(echoing: Factlog) -> None:
    def pairs(*words: str) -> dict[str, int]:
        done = echoing("compare", *words, "-f", "json")
        assert ("One voice on votes: A, Echo" in done.err) == ("--copies-as-one" in words)
        counts: dict[str, int] = json.loads(done.out)["summary"]["pairs"]
        return counts

    page = echoing("compare", "s1", "--copies-as-one", "--full", "-f", "html").out
    assert "citing" not in page  # which nobody said
    table = " ".join(echoing("compare", "s1", "--copies-as-one").out.split())
    assert "(1 voice)" in table or "independent voices)" in table
    assert "1 pair is counted as one voice" in table
    assert "origin" not in table + page  # which nobody stated
    assert pairs()["echo"] == 0
    assert pairs("--copies-as-one")["echo"] == 40
    assert pairs("s1", "--copies-as-one")["echo"] == 1
    done = echoing("compare", "--copies-as-one", "--only", "conflict", "-f", "csv")
    assert done.code == 0
    assert "One voice" in done.err


def test_where_nobody_copies_that_is_said(turnout: Factlog) -> None:
    done = turnout("compare", "District 2", "--copies-as-one")
    # Not that all are independent: that nothing was found is all that is known.
    assert done.err.endswith("No two sources are known to repeat each other's errors.\n")
    assert done.out == turnout("compare", "District 2").out


def test_source_show_has_a_track_record_from_ten_decisions_on(turnout: Factlog) -> None:
    def record() -> object:
        return json.loads(turnout("source", "show", "Radio North", "-f", "json").out)[
            "track_record"
        ]

    assert record() is None
    for n in range(1, 37):
        best = json.loads(turnout("support", f"District {n}", "-f", "json").out)["best"]
        value = ("--value", str(best), "--reason", "declared", "--by", "me")
        assert turnout("decide", f"District {n}", "votes", *value).code == 0
        if n == 1:
            assert record() == {
                **{"decided": 1, "hits": None, "low": None, "high": None},
                **{"above": [], "below": []},
            }
            assert "from 10 on" in turnout("source", "show", "Radio North").out
    told = turnout("source", "show", "Radio North").out
    assert "Jeffreys' 90% interval" in told
    assert "more often than Evening Echo, Harbour Blog" in told
    assert "less often than" in turnout("source", "show", "Harbour Blog").out
    assert not UNSAID.search(told)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (("300 people killed",), "there is one"),
        (("dozens of people killed", "scores of people killed"), "only a word"),
        (("at least 3 people killed", "300 people killed"), "a limit"),
        (('killed="300 m"', 'killed="300 kg"'), "mixed units"),
    ],
)
def test_what_cannot_be_weighed_is_refused_in_two_lines(
    factlog: Factlog, values: tuple[str, ...], why: str
) -> None:
    for source, value in zip("AB", values, strict=False):
        done = factlog("add", "Fire", value.replace('"', ""), "--source", source)
        assert done.code == 0, done.err
    done = factlog("support", "Fire", "killed")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
    assert why in done.err


def test_what_is_not_there_is_refused_and_much_is_not_told_one_by_one(factlog: Factlog) -> None:
    assert factlog("support", "Nothing").code != 0
    for n in range(6):
        factlog("add", f"Lone {n}", "5 killed", "--source", "A")
    done = factlog("support")
    assert (done.code, done.err.count("\n")) == (2, 2)
    for source in "AB":
        factlog("add", "Both", "5 killed", "--source", source)
    done = factlog("support")
    assert done.code == 0
    assert done.err.count("Not weighed: Lone") == 3
    assert "3 more" in done.err


def test_names_are_data_and_a_narrow_terminal_cuts_nothing(factlog: Factlog) -> None:
    nasty = "[red]\x1b[31m<b>"
    for source in (nasty, "B"):
        factlog("add", nasty, "300 killed", "--source", source)
    table = factlog("support").out
    assert "\x1b" not in table
    assert "[red]" in table
    long = "A source of quite a name " * 6
    factlog("add", "Y", "1 killed", "--source", long)
    factlog("add", "Y", "1 killed", "--source", "B")
    assert json.loads(factlog("support", "Y", "-f", "json").out)["values"][0]["sources"] == [
        long.strip(),
        "B",
    ]


def test_of_a_sum_it_is_said_that_it_is_not_weighed(factlog: Factlog) -> None:
    troops = "North Korean troops in Russia"
    for said, source, day in (
        (("around 300 killed", "around 2,700 injured"), "Seoul", "2025-01-13"),
        (("about 4,000 casualties",), "Kyiv", "../2025-01-12"),
    ):
        factlog("add", troops, *said, "--source", source, "--as-of", day)
    sums = (
        "A sum of other measures is not weighed, as Seoul's about 3,000 = "
        "killed around 300 + injured around 2,700."
    )
    for words, told in (
        ((troops, "casualties"), True),
        ((troops,), True),
        ((), True),
        ((troops, "casualties", "--as-of", "2025-01-12"), False),
        ((troops, "killed"), False),
    ):
        done = factlog("support", *words)
        assert done.code == 2
        assert (sums in " ".join(done.err.split())) == told, words
    factlog("add", troops, "about 3,900 casualties", "--source", "US", "--as-of", "../2025-01-12")
    done = factlog("support", troops, "casualties")
    assert (done.code, "A sum" in done.err) == (0, False)
