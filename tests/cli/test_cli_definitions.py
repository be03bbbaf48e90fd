"""What claims count, told first of two that count otherwise, as a person meets it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

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
    alike = f"{TOLD}. Counted alike, Hospital's 30"
    assert f"{alike} (2026-03-01)" in words(defined("compare", "--full"))
    assert f"- {alike}" in words(defined("explain", "Flu"))
    printed = words(defined("sentence", "Flu"))
    assert printed.startswith("Hospital counts deaths in hospital; the Ministry counts all")
    assert "all deaths. Flu: as of 1 March 2026, Hospital put" in printed
    (subject,) = json.loads(defined("compare", "-f", "json").out)["subjects"]
    (measure,) = subject["measures"]
    assert measure["findings"][0]["why"].startswith(f"{TOLD}. ")
    assert measure["disagreements"][0]["worst"]["why"].startswith(f"{TOLD}. ")
    for shape in ("md", "html"):
        assert "Hospital counts deaths in hospital" in defined("compare", "-f", shape).out


def test_no_rise_is_told_of_figures_that_count_otherwise(defined: Factlog) -> None:
    say(defined, "Ministry", "75 killed", "--definition", "all deaths", date="2026-03-02")
    told = words(defined("compare", "--full"))
    known = "Whether it rose is not known, as they may count otherwise"
    assert f"{TOLD}. {known}: 30 on 2026-03-01 (Hospital), then 75 on 2026-03-02 (Min" in told
    assert "rose by" not in told
    defined("edit", "1", "--definition", "all deaths")
    assert "a running total that rose by 45 in 1 day: 30" in words(defined("compare", "--full"))


def test_programs_are_told_what_claims_count(defined: Factlog, here: Path) -> None:
    defined("edit", "1", "--includes", "suspected")
    say(defined, "Red Cross", "80 killed")
    keys = ("definition", "includes", "excludes")
    rows = json.loads(defined("list", "-f", "json").out)
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("deaths in hospital", "suspected", None),
        ("all deaths", None, None),
        (None, None, None),
    ]
    assert json.loads(defined("show", "1", "-f", "json").out) == rows[0]
    told = json.loads(defined("changes", "--since", "2", "-f", "json").out)["claims"]
    assert told["added"] == rows[2:]
    (here / "list.json").write_text(json.dumps(rows), encoding="utf-8")
    assert defined("import", "list.json").out.startswith("Nothing new")
    assert "now what is counted" not in defined("import", "list.json").err


def test_those_that_count_alike_are_told_as_ever(defined: Factlog) -> None:
    defined("edit", "1", "--definition", "All  deaths")
    assert "counts" not in defined("compare").out


def test_what_all_count_alike_is_told_behind_the_sentence(
    defined: Factlog, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    defined("edit", "1", "--definition", "all deaths", "--excludes", "soldiers")
    defined("edit", "2", "--excludes", "soldiers")
    told = "counts all deaths, excludes soldiers"
    printed = defined("sentence", "Flu").out
    assert printed.startswith("Flu: as of 1 March 2026, Hospital put")
    assert printed.endswith(f". Each {told}.\n")
    assert defined("sentence", "Flu", "--source", "Ministry").out.endswith(
        f". The Ministry {told}.\n"
    )
    for width in ("140", "30"):
        monkeypatch.setenv("COLUMNS", width)
        assert words(defined("compare", "--full")).count(told) == 2
    for sort in ("report", "pack"):
        assert defined(sort, "-o", f"out.{'zip' if sort == 'pack' else 'html'}").code == 0
    assert (here / "out.html").read_text(encoding="utf-8").count(f">{told}</p>") == 2
    with zipfile.ZipFile("out.zip") as pack:
        assert pack.read("report.html").decode().count(f">{told}</p>") == 2


def test_a_stop_or_a_doubled_space_makes_no_other_definition(factlog: Factlog) -> None:
    say(factlog, "A", "4,321 killed", "--definition", "all  deaths.", "--excludes", "soldiers.")
    say(factlog, "B", "4,321 killed", "--definition", "all deaths", "--excludes", "soldiers")
    say(factlog, "C", "4,400 killed", "--definition", "by the U.S.", "--includes", ".")
    assert "counts all deaths, excludes soldiers (2026" in words(factlog("trace", "2"))
    assert "2 sources, 2 origins" in words(factlog("trace", "2"))
    told = words(factlog("compare", "--full"))
    assert "A counts all deaths, excludes soldiers; C counts by the U.S. A's 4,321" in told
    assert "A counts all deaths, excludes soldiers; B" not in told


def test_one_that_does_not_say_is_told(defined: Factlog) -> None:
    say(defined, "Red Cross", "80 killed", "--includes", "suspected", "--excludes", "soldiers")
    defined("edit", "2", "--definition", "")
    told = words(defined("compare"))
    assert "Hospital counts deaths in hospital; Ministry does not say what it counts" in told
    assert "Red Cross includes suspected, excludes soldiers" in told


def test_those_that_do_not_say_are_told_together(defined: Factlog) -> None:
    for source in ("AFP", "Mayor"):
        say(defined, source, "30 killed")
    told = "all deaths; AFP and Mayor do not say what they count. "
    assert told in words(defined("sentence", "Flu"))


PARTS = [
    (("--definition", "Injured by MoH"), "E counts Deaths. By WHO! and counts Injured by MoH"),
    (("--definition", "Deaths. By WHO!"), "E counts Deaths. By WHO!"),
]


@pytest.mark.parametrize(("more", "told"), PARTS)
def test_a_sum_counts_what_its_parts_do(factlog: Factlog, more: tuple[str, ...], told: str) -> None:
    say(factlog, "E", "10 killed", "--definition", "Deaths. By WHO!")
    say(factlog, "E", "20 injured", *more)
    say(factlog, "F", "90 casualties", "--definition", "Counts all. Really!")
    for command in ("sentence", "compare"):
        assert f"{told}; F counts all. Really! " in words(factlog(command, "Flu"))


def test_a_claim_shows_what_it_counts_and_it_is_mended_piece_by_piece(defined: Factlog) -> None:
    defined("edit", "1", "31 killed", "--includes", "suspected cases")
    shown = words(defined("show", "1"))
    assert "definition counts deaths in hospital, includes suspected cases" in shown
    assert "said 31" in shown
    done = defined("edit", "1", "--includes", "suspected cases")
    assert (done.code, done.err.splitlines()[0]) == (2, "Claim 1 says so already.")
    assert [each["action"] for each in json.loads(defined("log", "-f", "json").out)] == [
        *("edit", "add", "add"),
    ]


@pytest.mark.parametrize("option", ["--definition", "--includes", "--excludes"])
def test_blanks_are_no_words(factlog: Factlog, option: str) -> None:
    say(factlog, "Hospital", "30 killed", option, " \t ")
    say(factlog, "Ministry", "40 killed", option, " all  ")
    assert "does not say what it counts" in words(factlog("compare"))
    assert "definition" not in words(factlog("show", "1"))
    factlog("edit", "2", option, "  ")
    assert "definition" not in words(factlog("show", "2"))
    told = factlog("measure", "set", "ill", option, " ").out
    assert told == factlog("measure", "set", "ill").out


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


FILES = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet")


@pytest.mark.parametrize("kind", FILES)
def test_what_is_counted_goes_out_and_comes_back(defined: Factlog, here: Path, kind: str) -> None:
    defined("edit", "1", "--includes", 'suspected,  "likely"', "--excludes", "=soldiers")
    say(defined, "Red Cross", "80 killed")
    for name in (f"out.{kind}", "out.csv"):
        assert (defined("export", name).code, defined("export", name).err) == (0, "")
    assert defined("--db", "new.db", "import", f"out.{kind}").out.startswith("Recorded 3 claims")
    again = defined("--db", "new.db", "import", f"out.{kind}")
    assert again.out.startswith("Nothing new")
    assert again.err == ""
    assert defined("--db", "new.db", "log", "--verify").code == 0
    defined("--db", "new.db", "export", "new.csv")
    assert (here / "new.csv").read_bytes() == (here / "out.csv").read_bytes()
    first = (here / "out.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first.endswith("quote,note,definition,includes,excludes")


def test_columns_of_what_is_counted_are_there_only_where_it_is_said(factlog: Factlog) -> None:
    say(factlog, "Red Cross", "80 killed")
    factlog("add", "Quake", "3 killed", "--source", "Post", "--definition", "all")
    assert factlog("export", "--subject", "Flu").out.splitlines()[0].endswith("quote,note")
    assert factlog("export", "--subject", "Quake").out.splitlines()[0].endswith("excludes")
    assert "definition" not in factlog("export", "-f", "jsonl", "--subject", "Flu").out


def test_a_file_that_is_read_again_takes_nothing_back(defined: Factlog, here: Path) -> None:
    defined("export", "out.csv")
    defined("edit", "1", "--definition", "deaths of the week")
    assert defined("import", "out.csv").out.startswith("Nothing new")
    assert "deaths of the week" in defined("show", "1").out
    text = (here / "out.csv").read_text(encoding="utf-8")
    (here / "out.csv").write_text(text.replace("all deaths", "every death"), encoding="utf-8")
    done = defined("import", "out.csv")
    assert done.err == "Of 1 claim on record already it is said now what is counted.\n"
    assert "every death" in defined("show", "2").out
    assert defined("undo").code == 0
    assert "all deaths" in defined("show", "2").out
    assert defined("log", "--verify").code == 0


def test_a_file_fills_in_what_is_counted_or_has_bad_rows(factlog: Factlog, here: Path) -> None:
    rows = f"subject,source,value,Counted\nA,B,3,dead\nA,C,4,\nA,D,5,{'x' * 1001}\n"
    (here / "in.csv").write_text(rows, encoding="utf-8")
    mapped = ("import", "in.csv", "--map", "definition=Counted")
    done = factlog(*mapped)
    assert done.code == 2
    assert "definition: has 1,001 characters; 1,000 is the most it can have" in done.err
    assert factlog(*mapped, "--skip-bad", "--set", "includes=all").code == 0
    shown = [words(factlog("show", str(each))) for each in (1, 2)]
    assert "counts dead, includes all" in shown[0]
    assert "definition includes all" in shown[1]


def test_parquet_files_are_compared_by_what_is_counted(defined: Factlog) -> None:
    defined("export", "out.parquet")
    assert TOLD in words(defined("compare", "--engine", "duckdb", "out.parquet"))


def test_what_an_export_leaves_is_told(defined: Factlog, here: Path) -> None:
    (here / "page.txt").write_text("30 killed", encoding="utf-8")
    defined("keep", "1", "--file", "page.txt")
    decided = ("--prefer", "1", "--reason", "counted", "--by", "Ada")
    defined("decide", "Flu", *decided)
    done = defined("export", "out.csv")
    assert done.err == (
        "Claims alone, without 1 page and 1 decision of theirs. "
        "To hand those on: factlog pack, or factlog merge\n"
    )
    say(defined, "Post", "3 hurt")
    defined("add", "Other", "4 killed", "--source", "Post")
    assert defined("export", "--subject", "Other").err == ""


def test_figures_that_do_not_contradict_are_told_apart_too(factlog: Factlog) -> None:
    say(factlog, "Hospital", "41 killed", "--definition", "deaths in hospital")
    say(factlog, "Mayor", "1056 killed", "--definition", "all deaths", date="2026-03-04")
    say(factlog, "Post", "1056 killed", date="2026-03-05")
    told = words(factlog("compare"))
    assert "killed: growth: 41" in told
    assert (
        "- Hospital counts deaths in hospital; Mayor counts all deaths; Post does not say" in told
    )


def test_each_version_is_told_with_what_it_counted_then(factlog: Factlog) -> None:
    def versions() -> list[tuple[str, str | None, str | None]]:
        shown = factlog("show", "1", "--history", "-f", "json").out.splitlines()
        told = map(json.loads, shown)
        return [(each["value"], each["definition"], each["retracted"]) for each in told]

    replaced, undone = "replaced by a later version", "taken back by undo"
    say(factlog, "H", "100 killed", "--definition", "deaths in hospital")
    factlog("edit", "1", "110 killed", "--definition", "deaths in clinics")
    first = ("100", "deaths in hospital", replaced)
    assert versions() == [("110", "deaths in clinics", None), first]
    shown = words(factlog("show", "1", "--history"))
    assert shown.count("definition counts") == 2
    assert shown.endswith("definition counts deaths in hospital")
    factlog("edit", "1", "--definition", "all deaths")
    second = ("110", "deaths in clinics", replaced)
    assert versions() == [("110", "all deaths", None), second, first]
    factlog("edit", "1", "120 killed", "--definition", "")
    factlog("undo", "--yes")
    third = ("120", None, undone)
    assert versions() == [("110", "all deaths", None), third, second, first]


SAID_ANEW = "Of 1 claim on record already it is said now what is counted.\n"


def test_a_value_and_what_it_counts_are_taken_back_together(defined: Factlog) -> None:
    defined("edit", "1", "35 killed", "--definition", "deaths in clinics")
    assert "claim 1: 35, counts deaths in clinics" in words(defined("log"))
    assert defined("undo", "--yes").code == 0
    told = words(defined("show", "1"))
    assert "deaths in hospital" in told
    assert "said 30" in told
    assert defined("log", "--verify").code == 0


def test_what_is_counted_by_a_claim_on_record_is_said_anew_aloud(factlog: Factlog) -> None:
    claim = ("add", "Fire", "5 killed", "--source", "A", "--definition")
    assert SAID_ANEW not in factlog(*claim, "in hospital").err
    assert factlog(*claim, "all deaths").err == SAID_ANEW
    assert factlog(*claim, "all deaths").err == ""
    assert "0 claims, what 1 on record counts" in factlog("log").out
    factlog("--db", "other.db", *claim, "at home")
    told = factlog("merge", "other.db").out
    assert told == "Merged other.db: 0 claims new, 1 here already; 1 definition taken over.\n"


def test_a_value_and_what_it_counts_may_be_mended_together_though_one_is_as_it_was(
    factlog: Factlog,
) -> None:
    say(factlog, "A", "5 killed")
    for value, counts, now in (
        ("5 killed", "all deaths", ("5", "all deaths")),
        ("6 killed", "all deaths", ("6", "all deaths")),
        ("6 killed", "deaths in hospital", ("6", "deaths in hospital")),
    ):
        assert factlog("edit", "1", value, "--definition", counts).code == 0
        (found,) = json.loads(factlog("list", "-f", "json").out)
        assert (found["value"], found["definition"]) == now
    assert len(json.loads(factlog("log", "-f", "json").out)) == 4
    assert factlog("edit", "1", "6 killed", "--definition", "deaths in hospital").code == 2


def test_a_source_that_says_what_it_counts_of_one_of_its_figures_is_told_once(
    factlog: Factlog,
) -> None:
    say(factlog, "MoH", "10 killed")
    say(factlog, "MoH", "20 killed", "--definition", "all deaths")
    told = words(factlog("compare", "Flu"))
    assert (
        "MoH counts all deaths, and in some figures does not say. Counted alike, MoH gives" in told
    )
    assert "does not say what it counts" not in told
