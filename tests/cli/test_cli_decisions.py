"""decide, decisions, source set and show, changes, undo of any event: as a person meets them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from support.person import SUBJECT, Factlog, add

BY = ("--reason", "counted apart", "--by", "Ada Park")


def measure(factlog: Factlog, name: str = "casualties") -> dict[str, Any]:
    found = json.loads(factlog("compare", "-f", "json").out)["subjects"][0]["measures"]
    return next(each for each in found if each["measure"] == name)


DECIDED: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "one": (("--prefer", "3"), {"kind": "prefer", "claims": [3], "low": 4000, "high": 4000}),
    "several": (("--prefer", "1,2"), {"claims": [1, 2], "low": 3000, "high": 3000}),
    "repeated": (("--prefer", "1", "--prefer", "2"), {"claims": [1, 2]}),
    "in a row": (("--prefer", "1", "2"), {"claims": [1, 2]}),
    "in a row after =": (("--prefer=1", "2"), {"claims": [1, 2]}),
    "range": (("--range",), {"kind": "range", "claims": [], "low": 3000, "high": 4000}),
    "value": (("--value", "more than 3,500"), {"kind": "value", "low": 3500, "high": None}),
    "value and its measure": (("--value", "300 casualties"), {"low": 300, "high": 300}),
    "value and its subject": (("--value", "300 in Russia"), {"low": 300, "high": 300}),
    "pending": (("--pending",), {"kind": "pending", "low": None, "high": None}),
    "withhold": (("--withhold",), {"kind": "withhold", "low": None}),
    "review": (
        ("--pending", "--review-on", "9998-01-01"),
        {"review_on": "9998-01-01", "stale": False, "stale_why": None},
    ),
}


@pytest.mark.parametrize(("words", "told"), DECIDED.values(), ids=list(DECIDED))
def test_a_decision_stands_beside_what_was_compared(
    founding: Factlog, words: tuple[str, ...], told: dict[str, object]
) -> None:
    assert founding("compare", "--check").code == 1
    assert founding("decide", SUBJECT, "casualties", *words, *BY).code == 0
    found = measure(founding)
    decision = found["decision"]
    assert set(decision) == {
        *("id", "kind", "claims", "low", "high", "reason", "by", "at", "review_on"),
        *("stale", "stale_why"),
    }
    assert (decision["id"], decision["by"], decision["reason"]) == (1, "Ada Park", "counted apart")
    assert {key: decision[key] for key in told} == told
    assert found["verdict"] == "conflict"
    assert measure(founding, "killed")["decision"] is None
    assert json.loads(founding("compare", "-f", "json").out)["summary"]["decided"] == 1
    assert founding("compare", "--check").code == 0
    listed = json.loads(founding("decisions", "-f", "json").out)
    assert listed == [{**decision, "subject": SUBJECT, "measure": "casualties"}]
    assert "decision 1 (Ada Park" in founding("compare").out


def test_the_measure_in_conflict_need_not_be_named(founding: Factlog) -> None:
    assert founding("decide", SUBJECT, "--range", *BY).out.startswith(f"{SUBJECT}: casualties\n")


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ("1", "use about 3,000 (killed around 300 + injured around 2,700), claim 1"),
        ("1,2", "use about 3,000, claims 1 and 2"),
        ("3", "use about 4,000, claim 3"),
    ],
)
def test_part_of_a_whole_is_told_with_the_other_parts(
    founding: Factlog, claims: str, told: str
) -> None:
    decided = founding("decide", SUBJECT, "casualties", "--prefer", claims, *BY).out
    assert f": {told}: counted apart" in " ".join(decided.split())
    assert told in " ".join(founding("compare").out.split())


def test_what_was_decided_is_explained(founding: Factlog) -> None:
    founding("source", "set", "Volodymyr Zelenskyy", "--basis", "estimate")
    founding("source", "set", "South Korean intelligence", "--basis", "documented")
    founding("decide", SUBJECT, "--range", *BY)
    told = " ".join(founding("explain", SUBJECT).out.split())
    assert "publish the range, 3,000 to 4,000: counted apart" in told
    assert "South Korean intelligence counts confirmed names only" in told


@pytest.mark.parametrize("shape", ["md", "html"])
def test_pages_tell_what_was_decided(founding: Factlog, here: Path, shape: str) -> None:
    founding("decide", SUBJECT, "--range", "--reason", "<b>", "--by", "Ada Park")
    told = "publish the range, 3,000 to 4,000: "
    page = founding("compare", "-f", shape).out
    assert f"{told}{chr(92)}<b" in page if shape == "md" else f"{told}&lt;b&gt;" in page
    assert founding("report", "-o", "report.html").code == 0
    assert f"{told}&lt;b&gt;" in (here / "report.html").read_text("utf-8")
    add(founding, "BBC", "2025-02-01", "310 killed")
    assert "STALE" in founding("compare", "-f", shape).out


def test_a_stale_decision_fails_a_check_again(founding: Factlog) -> None:
    founding("decide", SUBJECT, "--prefer", "3", *BY)
    assert founding("decisions", "--stale").out == "no decisions\n"
    add(founding, "BBC", "2025-02-01", "310 killed")
    assert founding("compare", "--check", "-f", "csv").code == 1
    assert measure(founding)["decision"]["stale_why"] == "claim 4 was added"
    assert founding("decisions", "-f", "csv").out.endswith(",true,claim 4 was added\n")
    assert "STALE, claim 4 was added" in founding("compare").out
    assert "STALE" in founding("decisions", "--stale").out
    founding("undo", "-y")
    assert founding("compare", "--check", "-f", "csv").code == 0


def test_what_a_later_decision_replaced_is_told(founding: Factlog) -> None:
    founding("decide", SUBJECT, "--range", *BY)
    assert "replaced" not in founding("decisions").out
    founding("decide", SUBJECT, "--pending", *BY)
    told = founding("decisions").out
    assert "decision 1" not in told
    assert told.endswith("1 more was replaced by those (factlog decisions --all)\n")
    founding("decide", SUBJECT, "--withhold", *BY)
    every = " ".join(founding("decisions", "--all").out.split())
    assert "decision 1, replaced by decision 2 (Ada Park, " in every
    assert "decision 2, replaced by decision 3 (Ada Park, " in every
    assert "decision 3 (Ada Park, " in every
    assert "more" not in every
    assert "replaced" not in founding("decisions", "--stale").out


WRONG = {
    "unknown claim": (("casualties", "--prefer", "99", *BY), "There is no claim 99"),
    "no number": (("casualties", "--prefer", "x", *BY), "--prefer takes the number of a claim"),
    "too large": (("casualties", "--prefer", "9" * 30, *BY), "takes the number of a claim"),
    "of another": (("killed", "--prefer", "3", *BY), "Claim 3 is not one of this measure"),
    "no reason": (("casualties", "--range", "--by", "x"), "Missing option '--reason'"),
    "blank reason": (("casualties", "--range", "--by", "x", "--reason", " "), "for a reason"),
    "no name": (("casualties", "--range", "--reason", "x"), "signed with a name"),
    "nothing": (("casualties", *BY), "Nothing is decided"),
    "two": (("casualties", "--range", "--pending", *BY), "--range and --pending cannot both"),
    "a negative id": (("--prefer", "-5", *BY), 'claim, and "-5" is none.'),
    "a negative day": (("casualties", "--range", "--review-on", "-5", *BY), '"-5"'),
    "past": (("casualties", "--range", "--review-on", "2020-01-01", *BY), "is past"),
    "a month": (("casualties", "--range", "--review-on", "9998-01", *BY), "one day"),
    "no date": (("casualties", "--range", "--review-on", "soon", *BY), "soon"),
    "another unit": (("casualties", "--value", "5 km", *BY), "not of the measure's kind"),
    "another measure": (("killed", "--value", "300 injured", *BY), "counts injured, and"),
    "another thing": (("killed", "--value", "300 trucks", *BY), "counts trucks, and"),
    "no value": (("casualties", "--value", "unknown", *BY), "unknown"),
    "empty value": (("casualties", "--value", "", *BY), "it is empty"),
    "a close measure": (("kiled", "--range", *BY), 'Did you mean "killed"?'),
    "no measure": (("geese", "--range", *BY), "No measure is called"),
    "no figures": (("missing", "--range", *BY), "There is no live missing"),
}


@pytest.mark.parametrize(("words", "problem"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_decided_is_refused(
    founding: Factlog, words: tuple[str, ...], problem: str
) -> None:
    done = founding("decide", SUBJECT, *words)
    assert done.code == 2
    assert problem in done.err
    assert founding("decisions", "-f", "json").out == "[]\n"
    assert len(json.loads(founding("log", "-f", "json").out)) == 2


def test_an_open_range_is_no_range(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "more than 3,000 casualties")
    assert "have no range" in founding("decide", SUBJECT, "casualties", "--range", *BY).err


def test_a_subject_with_several_conflicts_asks_for_the_measure(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "900 killed")
    done = founding("decide", SUBJECT, "--range", *BY)
    assert done.code == 2
    assert "more than one measure to decide about: killed, casualties" in done.err


def test_a_value_is_kept_in_the_measures_unit(factlog: Factlog) -> None:
    for source, said in (("A", "8,848 m"), ("B", "9,000 m")):
        factlog("add", "Everest height", said, "--source", source)
    assert factlog("decide", "Everest height", "--value", "8.9 km", *BY).code == 0
    decision = measure(factlog, "")["decision"]
    assert (decision["low"], decision["high"]) == (8900, 8900)
    assert "use 8.9 km" in factlog("decisions").out


@pytest.mark.parametrize(
    ("given", "claims", "told"),
    [
        (("90 m", "120 m"), "1", "use 90 m, claim 1"),
        (("about 90 m", "984 ft"), "2", "use 299.9 m, claim 2"),
        (("90 m", "120 m"), "1,2", "use 90 to 120 m, claims 1 and 2"),
        (("$2.50", "$4"), "1", "use 2.50 USD, claim 1"),
    ],
)
def test_a_figure_preferred_is_told_with_its_unit(
    factlog: Factlog, given: tuple[str, str], claims: str, told: str
) -> None:
    for source, value in zip("AB", given, strict=True):
        factlog("add", "Dam", value, "--source", source)
    for words in (
        ("decide", "Dam", "--prefer", claims, *BY),
        ("decisions",),
        ("source", "show", "A"),
        ("compare",),
    ):
        assert f"{told}: counted" in " ".join(factlog(*words).out.split())


SEOUL_SAID = (
    "South Korean intelligence put casualties among North Korean troops in Russia at about 3,000 "
    "(around 300 killed and around 2,700 injured) as of 13 January 2025"
)
PRINTED = {
    "prefer a sum": (("--prefer", "1,2"), f"{SEOUL_SAID}."),
    "prefer one": (
        ("--prefer", "3"),
        "Volodymyr Zelenskyy put casualties among North Korean troops in Russia at about 4,000 "
        "by 12 January 2025.",
    ),
    "range": (
        ("--range",),
        "Two sources put casualties among North Korean troops in Russia between about 3,000 "
        "(around 300 killed and around 2,700 injured; South Korean intelligence, as of 13 January "
        "2025) and about 4,000 (Volodymyr Zelenskyy, by 12 January).",
    ),
    "pending": (
        ("--pending",),
        f"{SEOUL_SAID}; Volodymyr Zelenskyy had earlier put them at about 4,000.",
    ),
    "value": (
        ("--value", "About 3,500"),
        f"{SEOUL_SAID}; Volodymyr Zelenskyy had earlier put them at about 4,000; the figure used "
        "here is about 3,500, as decided by Ada Park.",
    ),
    "value as written elsewhere": (
        ("--value", "about 3.500", "--locale", "de_DE"),
        f"{SEOUL_SAID}; Volodymyr Zelenskyy had earlier put them at about 4,000; the figure used "
        "here is about 3,500, as decided by Ada Park.",
    ),
    "bound": (
        ("--value", "at least 3,500"),
        f"{SEOUL_SAID}; Volodymyr Zelenskyy had earlier put them at about 4,000; the figure used "
        "here is at least 3,500, as decided by Ada Park.",
    ),
    "withhold": (("--withhold",), ""),
}


@pytest.mark.parametrize(("words", "text"), PRINTED.values(), ids=list(PRINTED))
def test_a_sentence_honours_what_was_decided(
    founding: Factlog, words: tuple[str, ...], text: str
) -> None:
    founding("decide", SUBJECT, "casualties", *words, *BY)
    done = founding("sentence", SUBJECT, "casualties")
    assert done.code == 0
    assert done.out == (f"{text}\n" if text else "")
    which = "claims 1 and 2" if "1,2" in words else "claim 3"
    notes = {
        "--prefer": f"in conflict, and only {which} told, by decision 1: counted apart",
        "--withhold": "withheld by decision 1: counted apart",
    }
    note = notes.get(words[0])
    assert done.err == (f"{SUBJECT}, casualties: {note}\n" if note else "")


def test_a_preferred_figure_that_nobody_contradicts_needs_no_note(founding: Factlog) -> None:
    founding("decide", SUBJECT, "injured", "--prefer", "2", *BY)
    assert founding("sentence", SUBJECT, "injured").err == ""


@pytest.mark.parametrize(
    ("preferred", "used", "text"),
    [
        ("4", "about 3,100", "about 3,100"),
        ("5", "3,050 to 3,200", "3,050 to 3,200"),
        ("4,5", "3,050 to 3,200", "3,050 to 3,200 and about 3,100"),
        ("8", "more than 2,500", "over 2,500"),
        ("6,7", "2,900", "2,900 (200 killed and 2,700 injured)"),
        ("6,7,8", "more than 2,500", "more than 2,500 (200 killed and 2,700 injured)"),
    ],
)
def test_of_figures_read_together_the_one_preferred_is_used(
    founding: Factlog, preferred: str, used: str, text: str
) -> None:
    add(founding, "BBC", "2025-01-13", "about 3,100 casualties", "3,050 to 3,200 casualties")
    add(founding, "CNN", "2025-01-13", "200 killed", "2,700 injured", "over 2,500 casualties")
    done = founding("decide", SUBJECT, "casualties", "--prefer", preferred, *BY)
    assert f"use {used}, claim" in done.out
    assert f"in Russia at {text} as of" in founding("sentence", SUBJECT, "casualties").out
    shown = json.loads(founding("source", "show", "CNN", "-f", "json").out)
    figures = {(each["measure"], each["said"]) for each in shown["figures"]}
    assert figures == {("killed", "200"), ("injured", "2,700"), ("casualties", "over 2,500")}


def test_a_sentence_follows_no_stale_decision(founding: Factlog) -> None:
    founding("decide", SUBJECT, "casualties", "--withhold", *BY)
    add(founding, "BBC", "2025-02-01", "310 killed")
    done = founding("sentence", SUBJECT, "casualties")
    assert done.out.startswith(SEOUL_SAID)
    assert done.err == f"{SUBJECT}, casualties: decision 1 is not followed: claim 4 was added.\n"


def test_a_range_with_a_bound_in_it_names_its_ends(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "at most 3,000 casualties", "1,000 to 2,000 injured")
    founding("decide", SUBJECT, "injured", "--range", *BY)
    told = founding("sentence", SUBJECT, "injured").out
    assert told.startswith("Two sources gave figures for the number of North Korean troops injured")


def test_a_range_within_another_has_no_lowest_and_highest_of_one_figure(factlog: Factlog) -> None:
    for source, value in (("A", "height=20 to 100 m"), ("B", "height=30 m")):
        factlog("add", "Dam", value, "--source", source, "--as-of", "2024-01-01")
    factlog("decide", "Dam", "height", "--range", *BY)
    told = factlog("sentence", "Dam", "height").out
    figures = "such as 20 to 100 m (A, on 1 January 2024)"
    assert told == f"Dam: two sources gave figures for the height, {figures}.\n"


def test_a_sentence_says_who_counts_confirmed_names(founding: Factlog) -> None:
    founding("source", "set", "South Korean intelligence", "--basis", "documented")
    assert "confirmed names" not in founding("sentence", SUBJECT, "casualties").out
    founding("source", "set", "Volodymyr Zelenskyy", "--basis", "estimate")
    told = founding("sentence", SUBJECT, "casualties").out
    assert told.startswith("South Korean intelligence, which counts confirmed names only, put ")


# Sources


def test_a_source_is_known_and_shown(founding: Factlog) -> None:
    add(founding, "South Korean intelligence", "2025-02-13", "290 killed")
    add(founding, "BBC", "2025-02-13", "290 killed")
    founding("edit", "5", "--origin", "South Korean intelligence")
    set_ = founding("source", "set", "South Korean intelligence", "--grade", "B", "--reason", "ok")
    assert set_.out == "South Korean intelligence\n  grade: B (ok)\n"
    founding("decide", SUBJECT, "casualties", "--prefer", "3", *BY)
    shown = json.loads(founding("source", "show", "South Korean intelligence", "-f", "json").out)
    assert (shown["name"], shown["grade"], shown["role"]) == (
        *("South Korean intelligence", "B", None),
    )
    assert [(each["said"], each["claims"]) for each in shown["figures"]] == [
        ("around 2,700", [2]),
        ("around 300", [1]),
        ("290", [4]),
    ]
    assert [(each["measure"], each["kind"]) for each in shown["revisions"]] == []
    assert {each["measure"] for each in shown["echoes"]} == {"killed"}
    assert [each["measure"] for each in shown["alone"]] == ["casualties"]
    assert [each["id"] for each in shown["decisions"]["against"]] == [1]
    other = json.loads(founding("source", "show", "Volodymyr Zelenskyy", "-f", "json").out)
    assert [each["id"] for each in other["decisions"]["with"]] == [1]
    told = founding("source", "show", "Volodymyr Zelenskyy").out
    assert "decisions that went with it" in told
    assert "in a camp of its own" in told


def test_a_figure_that_one_of_several_contradicts_is_not_said_to_be_against_all(
    factlog: Factlog,
) -> None:
    for day, figure in ((1, 100), (5, 50), (9, 200)):
        factlog(
            *("add", "War", f"killed={figure}", "--source", f"S{day}"),
            *("--as-of", f"2025-01-0{day}"),
        )
    own = "50 on 2025-01-05 (claim 2)"
    told = f"S5\nWar: killed\n  {own}\nin a camp of its own\n  War: killed, {own}\n"
    assert factlog("source", "show", "S5").out == told


def test_a_value_decided_goes_with_who_comes_near_it(founding: Factlog) -> None:
    founding("decide", SUBJECT, "casualties", "--value", "4,100", *BY)
    for source, which in (
        ("Volodymyr Zelenskyy", "with"),
        ("South Korean intelligence", "against"),
    ):
        done = founding("source", "show", source, "-f", "json")
        assert done.code == 0, done
        shown = json.loads(done.out)
        assert [each["id"] for each in shown["decisions"][which]] == [1]


@pytest.mark.parametrize(
    ("value", "more", "which"),
    [
        ("90 m", (), "with"),
        ("0.09 km", (), "with"),
        ("91 m", (), "against"),
        ("91 m", ("--origin", "B"), "with"),
        ("120 m", (), "against"),
    ],
)
def test_a_claim_preferred_goes_with_who_gives_the_same_number(
    factlog: Factlog, value: str, more: tuple[str, ...], which: str
) -> None:
    factlog("add", "Dam", "90 m", "--source", "B")
    factlog("add", "Dam", "130 m", "--source", "C")
    factlog("add", "Dam", value, "--source", "A", *more)
    assert factlog("decide", "Dam", "--prefer", "1", *BY).code == 0
    shown = json.loads(factlog("source", "show", "A", "-f", "json").out)
    assert [each["id"] for each in shown["decisions"][which]] == [1]


def test_a_revision_is_shown(founding: Factlog) -> None:
    add(founding, "South Korean intelligence", "2025-02-13", "200 killed")
    shown = json.loads(founding("source", "show", "South Korean intelligence", "-f", "json").out)
    assert [(each["measure"], each["kind"]) for each in shown["revisions"]] == [("killed", "down")]


def test_parties_and_bases_choose_what_is_compared(founding: Factlog) -> None:
    founding("source", "set", "Volodymyr Zelenskyy", "--party", "Ukraine", "--basis", "estimate")
    founding("source", "set", "South Korean intelligence", "--basis", "documented")
    without = founding("compare", "--check", "--exclude-party", "ukraine")
    assert (without.code, "left out: 1 claim of 1 source (party Ukraine)" in without.out) == (
        3,
        True,
    )
    zelenskyy = ["Volodymyr Zelenskyy"]
    assert json.loads(founding("compare", "--exclude-party", "ukraine", "-f", "json").out)[
        "left_out"
    ] == [{"what": "party", "value": "Ukraine", "claims": 1, "sources": zelenskyy}]
    documented = founding("compare", "--check", "--basis", "documented")
    assert "left out: 1 claim of 1 source (basis estimate)" in documented.out
    assert documented.code == 3
    killed = founding("compare", "--measure", "killed", "--exclude-party", "ukraine").out
    assert "left out: no claims, by party or basis" in killed
    assert "left_out" not in json.loads(founding("compare", "-f", "json").out)
    about = "North Korean troops in Russia"
    for command in (  # where the output has no place for it, beside it
        ("sentence",),
        ("chart", about),
        ("chart", about, "--time", "-o", "chart.svg"),
        ("compare", about, "-f", "csv"),
        ("compare", "-f", "tsv", "--only", "agree"),
        ("compare", "--only", "conflict", "-f", "jsonl", "--measure", "casualties"),
        ("compare", "-f", "csv", "--wide"),
    ):
        told = founding(*command, "--exclude-party", "ukraine").err
        assert told == "left out: 1 claim of 1 source (party Ukraine)\n", command
    founding("source", "alias", "Volodymyr Zelenskyy", "Bankova")
    add(founding, "An agency", "2025-02-01", "--origin", "Bankova", "casualties=4000")
    relayed = "left out: 1 claim of 1 source (citing party Ukraine), 1 claim of 1 source (party"
    told = founding("compare", "--exclude-party", "ukraine").out
    assert relayed in " ".join(told.split())
    founding("undo")
    both = ("--basis", "documented", "--basis", "estimate")
    assert founding("compare", "--check", *both).code == 1
    assert "counts confirmed names only" in " ".join(founding("compare").out.split())
    assert "counts confirmed names only" in measure(founding)["findings"][0]["why"]
    for shape in ("table", "json", "csv"):
        done = founding("compare", "--basis", "official", "-f", shape)
        assert (done.code, len(done.err.splitlines())) == (2, 2)
        assert "1 claim of 1 source (basis estimate)" in done.err
        assert "2 claims of 1 source (basis documented)" in done.err
    done = founding("compare", "--exclude-party", "Mars")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert 'No source is known to speak for "Mars".\nThose known: Ukraine.' in done.err
    done = founding("compare", "--basis", "estimate", "--source", "South Korean intelligence")
    assert "No live claims" in done.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--grade", "G", "--reason", "x"), '"G" is no grade'),
        (("--grade", "B"), "needs its reason"),
        (("--basis", "hearsay"), '"hearsay" is no basis of a count'),
        ((), "nothing to put down"),
    ],
)
def test_what_cannot_be_known_of_a_source(
    founding: Factlog, words: tuple[str, ...], problem: str
) -> None:
    done = founding("source", "set", "Volodymyr Zelenskyy", *words)
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert problem in done.err


def test_what_merged_stores_say_differently_of_a_source_is_shown_until_one_is_said(
    founding: Factlog,
) -> None:
    name = "Volodymyr Zelenskyy"
    founding("--db", "b.db", "add", "x", "1 killed", "--source", name)
    founding("--db", "b.db", "source", "set", name, "--grade", "D", "--reason", "hasty")
    founding("source", "set", name, "--grade", "B", "--reason", "ok")
    assert (
        f"in a camp of its own\n  {SUBJECT}: casualties, about 4,000"
        in founding("source", "show", name).out
    )
    founding("merge", "b.db")
    told = "grade: B (ok) or D (hasty)? Merged stores differ; it counts once you say which"
    assert told in " ".join(founding("source", "show", name).out.split())
    assert f"{name}, {told}" in " ".join(founding("source", "list").out.split())
    shown = json.loads(founding("source", "show", name, "-f", "json").out)
    assert (shown["grade"], shown["disputed"]) == (None, {"grade": ["B (ok)", "D (hasty)"]})
    founding("source", "set", name, "--grade", "B", "--reason", "ok")
    assert "Merged" not in founding("source", "show", name).out


def test_a_name_that_merged_stores_gave_to_two_sources_has_not_contradicted_itself(
    founding: Factlog,
) -> None:
    for store, source, first, figure in (("m.db", "Count", 100, 110), ("n.db", "Est", 600, 700)):
        founding("--db", store, "add", "War", f"killed={first}", "--source", source)
        founding("--db", store, "source", "alias", source, "AL")
        founding("--db", store, "add", "War", f"killed={figure}", "--source", "AL")
    founding("--db", "m.db", "merge", "n.db")
    told = "date unknown for AL; merged stores leave open whether AL is Count or Est"
    for command in (("compare",), ("explain", "War", "killed")):
        assert told in " ".join(founding("--db", "m.db", *command).out.split())
    shown = "stands for: Count or Est? Merged stores differ; it counts once you say which"
    assert f"AL, {shown}" in " ".join(founding("--db", "m.db", "source", "list").out.split())
    assert f"  {shown}\n" in founding("--db", "m.db", "source", "show", "AL").out


def test_a_withheld_part_is_not_told_with_its_whole(founding: Factlog) -> None:
    add(founding, "Third", "2025-01-12", "9,000 killed")
    whole = founding("sentence", SUBJECT, "casualties").out
    assert "(around 300 killed and around 2,700 injured)" in whole
    assert "9,000" in whole
    founding("decide", SUBJECT, "killed", "--withhold", *BY)
    told = founding("sentence", SUBJECT).out
    assert "about 4,000" in told
    assert not any(figure in told for figure in ("around 300 killed", "9,000", "3,000"))
    one = founding("sentence", SUBJECT, "casualties")
    assert one.err == f"{SUBJECT}, casualties: no sum is told that killed is part of.\n"


def test_a_grade_is_taken_away_with_its_reason(founding: Factlog) -> None:
    name = "Volodymyr Zelenskyy"
    founding("source", "set", name, "--grade", "B", "--reason", "x", "--note", "y")
    assert founding("source", "set", name, "--grade", "").out == f"{name}\n  note: y\n"


def test_a_source_made_one_with_another_says_what_is_left_behind(founding: Factlog) -> None:
    kept = ("source", "set", "Volodymyr Zelenskyy", "--party", "Ukraine", "--role", "president")
    founding(*kept, "--grade", "B", "--reason", "ok")
    founding("source", "set", "South Korean intelligence", "--role", "president")
    left, into = "Volodymyr Zelenskyy", "South Korean intelligence"
    for how in (("merge", left, into), ("alias", into, left)):
        assert founding("source", *how).out.splitlines()[1:] == [
            f'What was known of "{left}" no longer counts: party Ukraine, grade B.',
            f'Put down what holds: factlog source set "{into}"',
        ]
        founding("undo", "-y")


@pytest.mark.parametrize("how", [("merge", "Levee", "Dam"), ("alias", "Dam", "Levee")])
def test_of_two_decisions_on_what_is_one_now_the_earlier_is_named(
    factlog: Factlog, how: tuple[str, ...]
) -> None:
    for number, subject in (("1", "Dam"), ("2", "Levee")):
        factlog("add", subject, "5 killed", "--source", f"source {number}")
        factlog("decide", subject, "--prefer", number, *BY)
    assert factlog("subject", *how).out.splitlines()[1:] == [
        "Decision 1 no longer stands beside decision 2, which is later; "
        'both are kept: factlog decisions "Dam" --all'
    ]


def test_a_name_is_no_other_name_of_itself(founding: Factlog) -> None:
    done = founding("source", "alias", "Volodymyr Zelenskyy", "volodymyr  zelenskyy")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert 'is what the source "Volodymyr Zelenskyy" is called already' in done.err


def test_a_measure_of_another_kind_is_not_told_of_as_it_was(factlog: Factlog) -> None:
    assert "running total" not in factlog("measure", "set", "killed", "--kind", "level").out
    said = factlog("measure", "set", "injured", "--kind", "cumulative").out
    assert "as a running total" in said


@pytest.mark.parametrize("word", ["unalias", "split"])
def test_a_wrong_alias_is_taken_apart(founding: Factlog, word: str) -> None:
    founding("source", "merge", "Volodymyr Zelenskyy", "South Korean intelligence")
    one = ("South Korean intelligence", "Volodymyr Zelenskyy")
    assert founding("source", word, *one).code == 0
    assert founding("compare", "--check").code == 1
    assert founding("source", word, *one).code == 2


# What has changed


def test_changes_since_an_event(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "300 killed")
    founding("retract", "3", "--reason", "withdrawn by the outlet")
    founding("edit", "1", "about 310")
    founding("source", "set", "BBC", "--role", "outlet")
    found = json.loads(founding("changes", "--since", "2", "-f", "json").out)
    assert found["since"] == "2"
    assert found["events"] == 4
    ids = {what: [each["id"] for each in found["claims"][what]] for what in found["claims"]}
    assert ids == {"added": [4], "edited": [1], "retracted": [3]}
    assert found["claims"]["edited"][0]["was"] == "around 300"
    assert found["decisions"] == []
    assert sorted((each["measure"], each["was"], each["is"]) for each in found["verdicts"]) == [
        ("casualties", "conflict", "single"),
        ("killed", "single", "agree"),
    ]
    assert {each["why"] for each in found["verdicts"]} == {
        "since claims 1 and 3",
        "since claims 1 and 4",
    }
    told = founding("changes", "--since", "2").out
    assert f"{SUBJECT}, killed: single → agree, since claims 1 and 4" in told
    assert "source, BBC: role\n" in told
    assert founding("changes", "--since", "2001-01-01").out.startswith("since the beginning: 6 ")


def test_changes_tell_what_was_edited_and_edited_back(founding: Factlog) -> None:
    founding("edit", "1", "about 310")
    founding("edit", "1", "around 300")
    told = " ".join(founding("changes", "--since", "2").out.split())
    assert told.startswith("since event 2: 2 events edited claim 1: ")
    assert told.endswith("; changed and changed back")


def test_changes_tell_what_was_taken_back_since(founding: Factlog) -> None:
    founding("source", "alias", "South Korean intelligence", "NIS")
    founding("decide", SUBJECT, "casualties", "--range", *BY)
    founding("undo", "3")
    founding("undo", "4")
    told = founding("changes", "--since", "4").out  # of what stood then
    assert told == (
        "since event 4: 2 events\nalso\n"
        '  undo, alias, source "South Korean intelligence" is also "NIS"\n'
        f"  undo, decide, {SUBJECT}: casualties: range\n"
    )
    assert founding("changes", "--since", "2").out.splitlines() == [
        "since event 2: 4 events",
        "  nothing is otherwise than it was: what was done was taken back again",
    ]


def test_changes_since_the_last_time(founding: Factlog) -> None:
    done = founding("changes")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    founding("changes", "--since", "today")
    assert founding("changes", "--since", "last").out == "nothing has changed\n"
    founding("decide", SUBJECT, "--range", *BY)
    founding("changes", "--since", "today")  # shows what was chosen, and is not the last time
    founding("changes", "--since", "3", "-f", "json")
    assert "decision 1 (Ada Park" in founding("changes").out
    assert founding("changes").out == "nothing has changed\n"


def test_what_has_changed_in_a_record_put_in_the_place_of_another(
    founding: Factlog, here: Path
) -> None:
    founding("changes", "--since", "today")
    (noted,) = here.rglob("changes.json")
    noted.write_text("[" * 100_000, "utf-8")  # what was noted is lost, and nothing else
    assert "was not asked before" in founding("changes").err
    founding("changes", "--since", "today")
    for left in here.glob("facts.db*"):
        left.unlink()
    for number in range(4):
        add(founding, "BBC", "2025-01-13", f"{number} geese")
    assert "was not asked before" in founding("changes").err
    founding("changes", "--since", "today")
    assert founding("changes").out == "nothing has changed\n"


@pytest.mark.parametrize(
    "put", [os.mkfifo, Path.mkdir, lambda place: place.symlink_to("/dev/zero")]
)
def test_what_was_noted_is_read_from_a_file_alone(
    founding: Factlog, here: Path, put: Callable[[Path], None]
) -> None:
    founding("changes", "--since", "today")
    (noted,) = here.rglob("changes.json")
    noted.unlink()
    put(noted)
    assert "was not asked before" in founding("changes").err
    assert founding("changes", "--since", "today").code == 0
    assert [*noted.parent.iterdir()] == [noted]


def test_a_claim_edited_and_then_retracted_is_told_as_both(founding: Factlog) -> None:
    assert founding("edit", "3", "casualties=about 4,100").code == 0
    founding("retract", "3", "--reason", "misread")
    claims = json.loads(founding("changes", "--since", "2", "-f", "json").out)["claims"]
    assert [(each["id"], each["was"]) for each in claims["edited"]] == [(3, "about 4,000")]
    assert [each["id"] for each in claims["retracted"]] == [3]


def test_what_was_taken_back_again_is_told(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "300 geese")
    founding("undo")
    assert founding("changes", "--since", "2").out == (
        "since event 2: 2 events\n"
        "  nothing is otherwise than it was: what was done was taken back again\n"
    )


def test_many_changes_are_counted(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", *(f"{number} geese" for number in range(1, 25)))
    told = founding("changes", "--since", "2").out
    assert "  and 4 more (all with -f json)\n" in told
    found = json.loads(founding("changes", "--since", "2", "-f", "json").out)
    assert len(found["claims"]["added"]) == 24


def test_a_measure_defined_otherwise_changes_verdicts(founding: Factlog) -> None:
    founding("measure", "set", "casualties", "--kind", "cumulative", "--no-sum")
    found = json.loads(founding("changes", "--since", "2", "-f", "json").out)
    assert [(each["was"], each["is"], each["why"]) for each in found["verdicts"]] == [
        ("conflict", "single", "since names or measures were changed")
    ]


@pytest.mark.parametrize(
    "since",
    ["77", "2999-01-01T10:00", "head", "soon", "2025-13-01", "9999", "2999-01-01", "tomorrow"],
)
def test_since_what_never_was_is_refused(founding: Factlog, since: str) -> None:
    if since == "head":
        number, _, digest = founding("log", "--head").out.strip().partition(":")
        since = f"{number}:{'0' if digest[0] == 'f' else 'f'}{digest[1:]}"
    for command in (("changes",), ("log",)):
        done = founding(*command, "--since", since)
        assert done.code == 2
        assert "Traceback" not in done.err


def test_the_log_and_the_list_since_then(founding: Factlog) -> None:
    head = founding("log", "--head").out.strip()
    add(founding, "BBC", "2025-01-13", "300 killed")
    for since in ("2", head):
        events = json.loads(founding("log", "--since", since, "-f", "json").out)
        assert [each["event"] for each in events] == [3]
        listed = json.loads(founding("list", "--recorded-since", since, "-f", "json").out)
        assert [each["id"] for each in listed] == [4]
    assert len(json.loads(founding("log", "--since", "yesterday", "-f", "json").out)) == 3


def test_a_time_of_day_counts_by_the_moments_of_the_log(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "300 killed")
    at = json.loads(founding("log", "-f", "json").out)[0]["at"]
    moment = datetime.fromisoformat(at)
    later = (moment + timedelta(microseconds=1)).isoformat()
    here = moment.astimezone().replace(tzinfo=None)
    for since, events in ((at, [3]), (later.replace("T", " "), []), (here.isoformat(), [3])):
        told = json.loads(founding("log", "--since", since, "-f", "json").out)
        assert [each["event"] for each in told] == events
    listed = json.loads(founding("list", "--recorded-since", later, "-f", "json").out)
    assert listed == []
    earlier = (moment - timedelta(microseconds=1)).isoformat()
    for by, figures in ((at, 4), (f"{here:%Y-%m-%d %H:%M:%S}", 4), (earlier, 3)):
        told = json.loads(founding("list", "--recorded-by", by, "-f", "json").out)
        assert len(told) == figures


@pytest.mark.parametrize(
    "when",
    ["2025-01-13T25:00", "13 January 2025 14:05", "2025-01-13T14:05/2025-01-14", "a:b", "4:05"],
)
def test_a_time_that_cannot_be_read_is_refused(founding: Factlog, when: str) -> None:
    for words in (("log", "--since"), ("list", "--recorded-by")):
        done = founding(*words, when)
        assert (done.code, done.err.count("\n")) == (2, 2)
        assert "is no day with a time" in done.err


def test_the_record_as_it_had_been_logged(founding: Factlog) -> None:
    assert founding("compare", "--recorded-by", "1", "--check").code == 3
    assert founding("compare", "--recorded-by", "2", "--check", "-f", "csv").code == 1
    assert founding("compare", "--recorded-by", "today", "--check").code == 1
    assert founding("compare", "--recorded-by", "2001-01-01").code == 2
    assert founding("compare", "--recorded-by", "9999-12-31", "--check").code == 1
    assert founding("compare", "--recorded-by", "9").err.startswith("There is no event 9: ")
    done = founding("compare", "--recorded-by", "1", "--engine", "duckdb", "claims.parquet")
    assert (done.code, done.err.splitlines()[0]) == (2, "Parquet files have no log.")


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("explain", SUBJECT),
        ("sentence", SUBJECT),
        ("chart", SUBJECT),
        ("report",),
        ("export",),
        ("pool",),
    ],
)
def test_every_reader_reads_the_record_as_it_had_been_logged(
    founding: Factlog, words: tuple[str, ...]
) -> None:
    add(founding, "Tehran radio", "2025-01-13", "300 ± 5 killed")
    add(founding, "Zambia News", "2025-01-13", "600 ± 5 killed")
    now, then = founding(*words), founding(*words, "--recorded-by", "3")
    assert now.code == 0
    assert "Zambia News" in now.out
    assert then.err.startswith("The record as it had been logged by then: event 3, 20")
    assert ("Tehran radio" in then.out) == (words != ("pool",))
    assert "Zambia News" not in then.out
    assert founding(*words).out[:50] == now.out[:50]


def test_any_event_is_taken_back(founding: Factlog) -> None:
    add(founding, "BBC", "2025-01-13", "300 killed")
    assert "Event 2" in founding("undo", "2", "-n").out
    assert founding("undo", "2", "-y").code == 0
    assert [each["id"] for each in json.loads(founding("list", "-f", "json").out)] == [1, 2, 4]
    founding("retract", "4", "--reason", "x")
    done = founding("undo", "3", "-y")
    assert (done.code, len(done.err.splitlines())) == (2, 2)
    assert "event 5 (retract, claim 4: x) rests on it" in done.err


WEDNESDAY = datetime(2026, 3, 11, 12).astimezone()  # noon, wherever the tests run

DAYS = {
    "today": "2026-03-11",
    "Yesterday": "2026-03-10",
    "the day before yesterday": "2026-03-09",
    "last Friday": "2026-03-06",
    "friday": "2026-03-06",
    "on Monday": "2026-03-09",
    "last Wednesday": "2026-03-04",
    "wednesday": "2026-03-11",
    "10 days ago": "2026-03-01",
    "1 day ago": "2026-03-10",
    "tomorrow": "2026-03-12",
    "in 3 days": "2026-03-14",
    "in 1 week": "2026-03-18",
}


@pytest.mark.parametrize(("said", "day"), DAYS.items())
@time_machine.travel(WEDNESDAY)
def test_days_said_by_the_clock(factlog: Factlog, said: str, day: str) -> None:
    assert factlog("add", "S", "5 killed", "--source", "A", "--as-of", said).code == 0
    assert json.loads(factlog("list", "-f", "json").out)[0]["as_of"] == day
    assert factlog("compare", "--as-of", said).code == 0


NO_DAYS = {
    "next Friday": (
        '"next Friday" could be 2026-03-13 or 2026-03-20.',
        "Write the day itself, or how far it is: in 7 days",
    ),
    "next Wednesday": (
        '"next Wednesday" could be 2026-03-18 or 2026-03-25.',
        "Write the day itself, or how far it is: in 7 days",
    ),
    "soonish": (
        '"soonish" cannot be read as a date.',
        'Write it like 2025-01-13, "13 January 2025", yesterday, "last Friday" or "in 3 days".',
    ),
}


@pytest.mark.parametrize(("said", "refused"), NO_DAYS.items())
@time_machine.travel(WEDNESDAY)
def test_days_that_could_be_two_or_none(
    founding: Factlog, said: str, refused: tuple[str, str]
) -> None:
    done = founding("decide", SUBJECT, "--pending", *BY, "--review-on", said)
    told = done.err.splitlines()
    assert (done.code, told[0], told[-1]) == (2, *refused)
