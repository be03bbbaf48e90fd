"""trace: how a figure travelled, as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.person import Factlog


@pytest.fixture
def told(factlog: Factlog) -> Factlog:
    for claim, source, day, *more in (
        ("11,743 killed", "Staff [x]", "2025-01-10", "--via", "Wire"),
        ("11,743 killed", "MoD", "2025-01-12", "--origin", "Staff [x]"),
        ("11,743 killed", "Post", "2025-01-15"),
        ("77 killed", "C", "2025-01-15"),
        ("11,743 injured", "Post", "2025-01-15"),
    ):
        done = factlog("add", "War", claim, "--source", source, "--published", day, *more)
        assert done.code == 0, done.err
    return factlog


TREE = """\
War, killed: 11,743, 3 sources, 2 origins, likely 1
Staff [x]: 11,743 (2025-01-10; claim 1), via Wire
├── MoD, citing it: 11,743 (2025-01-12, 2 days later; claim 2)
└── Post, likely from it: 11,743 (2025-01-15, 5 days later; claim 3)
If Post has it from Staff [x]: factlog edit 3 --origin 'Staff [x]'
"""


@pytest.mark.parametrize("asked", [("3",), ("War", "killed"), ("war",), ("War", "deaths")])
def test_a_figure_is_followed_by_claim_or_by_name(told: Factlog, asked: tuple[str, ...]) -> None:
    assert told("trace", *asked) == told("trace", "3")
    assert told("trace", *asked).out == TREE


def test_what_is_suggested_can_be_put_down(told: Factlog) -> None:
    assert told("edit", "3", "--origin", "Staff [x]").code == 0
    done = told("trace", "3").out
    assert "3 sources, 1 origin\n" in done
    assert "Post, citing it" in done


def test_who_is_only_cited_likely_has_it_from_nobody(factlog: Factlog) -> None:
    for source, day, *more in (("GS", "2026-01-10"), ("P", "2026-01-11", "--origin", "Gov")):
        factlog("add", "X", "11,743 killed", "--source", source, "--published", day, *more)
    assert "\nGov, cited only\n└── P, citing it" in factlog("trace", "X", "killed").out


def add(factlog: Factlog, source: str, claim: str, day: str, *more: str) -> None:
    done = factlog("add", "E", claim, "--source", source, "--as-of", day, *more)
    assert done.code == 0, done.err


def test_who_is_cited_for_another_figure_than_its_own_is_told_with_its_own(
    factlog: Factlog,
) -> None:
    add(factlog, "A", "100 killed", "2025-01-01")
    add(factlog, "B", "300 killed", "2025-01-01", "--origin", "A")
    tree = (
        "E, killed: 300, 1 source, 1 origin\n"
        "A, cited for it (on record with 100, claim 1)\n"
        "└── B, citing it: 300 (2025-01-01; claim 2)\n"
    )
    assert factlog("trace", "E").out == factlog("trace", "2").out == tree
    assert factlog("trace", "1").out == (
        "E, killed: 100, 1 source, 1 origin\n"
        "A: 100 (2025-01-01; claim 1)\n"
        "B cites A for another figure (300, claim 2).\n"
    )
    add(factlog, "A", "200 killed", "2025-02-01")  # of a later day than what is told of it
    assert "on record with 100, claim 1, and 1 more)" in factlog("trace", "2").out
    add(factlog, "C", "200 killed", "2025-01-01", "--origin", "A")  # which it did give
    add(factlog, "D", "500 killed", "2025-03-01", "--origin", "A")  # of another day
    assert factlog("trace", "1").out.count("for another figure") == 1


def test_figures_of_other_scopes_are_others(factlog: Factlog) -> None:
    add(factlog, "A", "3,333 killed", "2025-01-01", "--scope", "North")
    add(factlog, "B", "3,333 killed", "2025-01-03")
    assert "\nA: 3,333, North (2025-01-01; claim 1)\n└── B, likely" in factlog("trace", "E").out
    add(factlog, "C", "3,333 killed", "2025-01-03", "--scope", "South")
    assert factlog("trace", "E").out == "no figure is given by more than one\n"
    assert factlog("trace", "3").out == (
        "E, killed: 3,333, 1 source, 1 origin\nC: 3,333, South (2025-01-03; claim 3)\n"
    )
    add(factlog, "D", "3,333 killed", "2025-01-04", "--origin", "P")
    add(factlog, "P", "3,333 killed", "2025-01-04", "--origin", "C")  # of what C counts
    assert factlog("trace", "E").out == (
        "E, killed: 3,333, 3 sources, 1 origin\n"
        "C: 3,333, South (2025-01-03; claim 3)\n"
        "└── P, citing it: 3,333 (2025-01-04, 1 day later; claim 5)\n"
        "    └── D, citing it: 3,333 (2025-01-04; claim 4)\n"
    )
    add(factlog, "E", "3,333 killed", "2025-01-04", "--scope", "North", "--origin", "C")
    assert "C, cited for it (on record with 3,333, South, claim 3)" in factlog("trace", "6").out


def test_figures_of_other_definitions_are_others(factlog: Factlog) -> None:
    add(factlog, "A", "5,432 killed", "2025-01-01", "--definition", "all deaths")
    add(factlog, "B", "5,432 killed", "2025-01-03", "--definition", "deaths in hospital")
    assert factlog("trace", "E").out == "no figure that counts alike is given by more than one\n"
    assert "B: 5,432, counts deaths in hospital (" in factlog("trace", "2").out
    factlog("edit", "2", "--definition", "All deaths")
    assert "2 origins, likely 1\n" in factlog("trace", "E").out


def test_a_figure_stays_with_who_cites_it_whatever_others_count(factlog: Factlog) -> None:
    add(factlog, "A", "4,321 killed", "2025-01-10")
    add(factlog, "B", "4,321 killed", "2025-01-11", "--origin", "A", "--definition", "soldiers")
    add(factlog, "C", "4,321 killed", "2025-01-12", "--origin", "B", "--definition", "civilians")
    add(factlog, "D", "4,321 killed", "2025-01-12", "--origin", "A", "--definition", "all")
    add(factlog, "E", "4,321 killed", "2025-01-12", "--origin", "A")
    assert factlog("trace", "1").out == (
        "E, killed: 4,321, 3 sources, 1 origin\n"
        "A: 4,321 (2025-01-10; claim 1)\n"
        "├── B, citing it: 4,321, counts soldiers (2025-01-11, 1 day later; claim 2)\n"
        "└── E, citing it: 4,321 (2025-01-12, 2 days later; claim 5)\n"
        "\n"
        "E, killed: 4,321, 2 sources, 1 origin\n"
        "A: 4,321 (2025-01-10; claim 1)\n"
        "└── D, citing it: 4,321, counts all (2025-01-12, 2 days later; claim 4)\n"
    )
    assert "\nB, cited for it (on record with 4,321, counts sol" in factlog("trace", "3").out


def test_scope_and_definition_are_both_handed_on(factlog: Factlog) -> None:
    south = ("--origin", "A", "--scope", "South")
    add(factlog, "A", "4,321 killed", "2025-01-10")
    add(factlog, "B", "4,321 killed", "2025-01-11", *south)
    add(factlog, "C", "4,321 killed", "2025-01-11", *south, "--definition", "troops")
    add(factlog, "D", "4,321 killed", "2025-01-11", "--scope", "North", "--definition", "all")
    assert factlog("trace", "E").out == (
        "E, killed: 4,321, 3 sources, 1 origin\n"
        "A: 4,321 (2025-01-10; claim 1)\n"
        "├── B, citing it: 4,321, South (2025-01-11, 1 day later; claim 2)\n"
        "└── C, citing it: 4,321, South, counts troops (2025-01-11, 1 day later; claim 3)\n"
    )


def test_of_a_voices_claims_only_those_are_said_to_count_what_they_say(factlog: Factlog) -> None:
    add(factlog, "A", "100 killed", "2025-01-10")
    add(factlog, "B", "100 killed", "2025-01-10")
    add(factlog, "A", "100 killed", "2025-01-09", "--scope", "Kursk")
    assert "\nA: 100, Kursk in claim 3 (2025-01-09; claims 3 and 1)\n" in factlog("trace", "1").out


def test_a_program_gets_the_tree(told: Factlog) -> None:
    (found,) = json.loads(told("trace", "War", "-f", "json").out)
    assert (found["numbers"], found["sources"], found["origins"]) == ([11743], 3, 2)
    assert found["likely_origins"] == 1
    (staff,) = found["voices"]
    assert [each["link"] for each in staff["from_it"]] == ["stated", "likely"]
    assert staff["from_it"][1]["days_later"] == 5


def test_who_cite_each_other_are_told_and_nothing_stated_is_to_be_overwritten(
    factlog: Factlog,
) -> None:
    for source, origin in (("Loop A", "Loop B"), ("Loop B", "Loop A"), ("Staff", "")):
        day = "2026-01-17" if origin else "2026-01-10"
        words = ("--source", source, "--published", day, "--origin", origin)
        assert factlog("add", "War", "11,743 killed", *words).code == 0
    assert factlog("trace", "War", "killed").out == (
        "War, killed: 11,743, 3 sources, 2 origins\n"
        "Staff: 11,743 (2026-01-10; claim 3)\n"
        "Loop B, citing Loop A in a circle: 11,743 (2026-01-17; claim 2)\n"
        "└── Loop A, citing it: 11,743 (2026-01-17; claim 1)\n"
        "Loop B and Loop A cite each other: who had it first is not stated.\n"
    )
    (found,) = json.loads(factlog("trace", "War", "-f", "json").out)
    assert [each["link"] for each in found["voices"]] == ["first", "stated"]
    assert [each["circle"] for each in found["voices"]] == [[], ["Loop B", "Loop A"]]


def test_close_spellings_are_told_and_can_be_made_one_as_suggested(
    factlog: Factlog, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "subject,measure,source,value,published,origin\n"
        "W,killed,Ministry of Health,11743,2026-01-17,\n"
        "W,killed,Ministy of Health,11743,2026-01-18,\n"
        "W,killed,Daily,11743,2026-01-18,Ministry of Healh\n"
        "W,killed,Weekly,11743,2026-01-19,Ministry of Health\n"
    )
    assert factlog("import", str(rows)).code == 0
    lines = factlog("trace", "W").out.splitlines()
    assert lines[0].startswith("W, killed: 11,743, 4 sources, 3 origins")
    (found,) = json.loads(factlog("trace", "W", "-f", "json").out)
    first = {"name": "Ministry of Health", "other": "Ministy of Health", "claims": []}
    assert found["spellings"][0] == first
    assert " ".join(" ".join(lines[-6:]).split()) == (
        "If Ministry of Health and Ministy of Health are one: "
        "factlog source alias 'Ministry of Health' 'Ministy of Health' "
        "If Ministry of Health and Ministry of Healh are one: "
        "factlog source alias 'Ministry of Health' 'Ministry of Healh' "
        "If Ministy of Health has it from Ministry of Health: "
        "factlog edit 2 --origin 'Ministry of Health'"
    )
    for other in ("Ministry of Healh", "Ministy of Health"):
        assert factlog("source", "alias", "Ministry of Health", other).code == 0
    found = factlog("trace", "W").out
    assert "3 sources, 1 origin\n" in found
    assert "are one" not in found


def test_an_origin_close_to_a_source_is_told_as_it_is_put_down(factlog: Factlog) -> None:
    factlog("add", "W", "5 killed", "--source", "Ministry of Health")
    told = (
        '"Ministry of Healh" is no source on record; there is also "Ministry of Health". '
        "If they are one: factlog source alias 'Ministry of Health' 'Ministry of Healh'\n"
    )
    cited = ("--origin", "Ministry of Healh")
    assert told in factlog("add", "W", "5 killed", "--source", "Daily", *cited).err
    assert factlog("edit", "1", *cited[:1], "Daly").err == (
        '"Daly" is no source on record; there is also "Daily". '
        "If they are one: factlog source alias Daily Daly\n"
    )
    for quiet in (("--note", "seen"), ("--origin", "ministry of health"), ("--origin", "")):
        assert factlog("edit", "2", *quiet).err == ""
    assert factlog("add", "W", "5 killed", "--source", "Weekly", "--origin", "weekly").err == ""


def test_of_two_who_are_only_cited_the_origin_is_to_be_edited(factlog: Factlog) -> None:
    cited = ("Ministry of Health", "Ministry of Health", "Ministry of Healh")
    for source, origin in zip("ABC", cited, strict=True):
        factlog("add", "W", "11,743 killed", "--source", source, "--origin", origin)
    last = " ".join(" ".join(factlog("trace", "W").out.splitlines()[-2:]).split())
    assert last == (
        "If Ministry of Health and Ministry of Healh are one: "
        "factlog edit 3 --origin 'Ministry of Health'"
    )
    assert factlog("edit", "3", "--origin", "Ministry of Health").code == 0
    assert "3 sources, 1 origin\n" in factlog("trace", "W").out


def test_of_many_that_cite_a_misspelt_name_a_few_are_told(factlog: Factlog, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    cited = ["Ministry of Health"] * 8 + ["Ministry of Healh"] * 7
    rows.write_text(
        "subject,measure,source,value,origin\n"
        + "".join(f"W,killed,Paper {n},11743,{origin}\n" for n, origin in enumerate(cited))
    )
    assert factlog("import", str(rows)).code == 0
    told = " ".join(factlog("trace", "W").out.split())
    assert told.count("factlog edit") == 5
    assert told.endswith("factlog edit 13 --origin 'Ministry of Health'; and 2 more")


def test_a_claim_that_is_withdrawn_is_told_to_be(told: Factlog) -> None:
    assert told("retract", "3", "--reason", "misread").code == 0
    done = told("trace", "3")
    assert (done.code, done.out) == (0, "claim 3 is withdrawn (misread), and not traced\n")
    assert json.loads(told("trace", "3", "-f", "json").out) == []
    assert "2 sources, 1 origin\n" in told("trace", "War", "killed").out


@pytest.mark.parametrize(
    ("cited", "citing", "later"),
    [
        (("--published", "2026-01-10"), ("--published", "2026-01-10"), 0),
        (("--published", "2026-01-10"), ("--published", "2026-01-08"), None),
        (("--published", "2026-01-10"), (), None),
        ((), ("--published", "2026-01-10"), None),
    ],
)
def test_a_program_gets_no_days_where_there_are_none(
    factlog: Factlog, cited: tuple[str, ...], citing: tuple[str, ...], later: int | None
) -> None:
    factlog("add", "War", "12 killed", "--source", "A", *cited)
    factlog("add", "War", "12 killed", "--source", "B", "--origin", "A", *citing)
    (found,) = json.loads(factlog("trace", "War", "-f", "json").out)
    assert found["voices"][0]["from_it"][0]["days_later"] == later


def test_what_did_not_travel_and_what_is_not_there(told: Factlog) -> None:
    assert (
        told("trace", "4").out
        == "War, killed: 77, 1 source, 1 origin\nC: 77 (2025-01-15; claim 4)\n"
    )
    assert told("trace", "War", "injured").out == "no figure is given by more than one\n"
    assert told("trace", "99").code == told("trace", "Peace").code == 2


def test_plain_signs_where_no_others_are_shown(
    told: Factlog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = told("trace", "3").out.splitlines()
    assert max(map(len, lines)) <= 40


def test_who_make_the_same_errors_elsewhere_are_told(factlog: Factlog, tmp_path: Path) -> None:
    rows = ["subject,measure,source,value"]
    for n in range(20):
        said = {"A": 100 + n, "Echo": 100 + n} | dict.fromkeys("BCD", 500 + n)
        rows += [f"District {n},votes,{source},{value}" for source, value in said.items()]
    votes = tmp_path / "votes.csv"
    votes.write_text("\n".join(rows), "utf-8")
    assert factlog("import", str(votes)).code == 0
    found = json.loads(factlog("trace", "District 3", "-f", "json").out)
    assert {figure["numbers"][0]: figure["copies"] for figure in found} == {
        503: [],
        103: [{"measure": "votes", "sources": ["A", "Echo"], "same": 20, "of": 20}],
    }
    lines = factlog("trace", "District 3").out.splitlines()
    assert lines[-2:] == [
        "A and Echo make the same errors (20 of 20): as copies of one another they would",
        "  be one voice.",
    ]


def test_an_origin_by_another_name_of_a_source_is_that_source(factlog: Factlog) -> None:
    said = (("A", ()), ("Post", ("--origin", "Agency A")), ("Blog", ("--origin", "agency a")))
    for source, citing in said:
        factlog("add", "Flood", "743 killed", "--source", source, *citing)
    before = factlog("export").out

    def voices() -> tuple[int, int, int]:
        (subject,) = json.loads(factlog("compare", "-f", "json").out)["subjects"]
        (found,) = json.loads(factlog("trace", "Flood", "killed", "-f", "json").out)
        return subject["measures"][0]["origins"], found["origins"], found["sources"]

    assert voices() == (2, 2, 3)
    factlog("source", "alias", "A", "Agency A")
    assert voices() == (1, 1, 3)
    assert factlog("export").out == before
    assert factlog("log", "--verify").code == 0
    factlog("edit", "2", "--note", "seen in print")
    assert "Agency A" in factlog("export").out
    factlog("source", "unalias", "A", "Agency A")
    assert voices() == (2, 2, 3)
