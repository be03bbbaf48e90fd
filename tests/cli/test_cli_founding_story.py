"""The founding story, from nothing to every format."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog, add


def test_the_second_statement_says_at_once_that_it_conflicts_and_with_what(
    factlog: Factlog,
) -> None:
    first = add(factlog, "South Korean intelligence", "2025-01-13", "300 killed", "2,700 injured")
    assert "CONFLICT" not in first.out
    second = add(factlog, "Volodymyr Zelenskyy", "../2025-01-12", "about 4,000 casualties")
    assert "CONFLICT backwards" in second.out
    assert "break-even 14.3%" in second.out
    assert "(claims 1, 2)" in second.out


def test_the_table_shows_said_derived_verdict_policy(founding: Factlog) -> None:
    table = founding("compare", "--full").out
    for words in (
        "South Korean intelligence",
        "Volodymyr Zelenskyy",
        "around 300 [1]",
        "about 4,000 [3]",
        "CONFLICT backwards",
        "ratio 1.33",
        "break-even 14.3%",
        "policy default",
        "1 conflict in 1 pair; 2 measures have one source",
    ):
        assert words in table


def test_json_is_the_contract(founding: Factlog) -> None:
    found = json.loads(founding("compare", "-f", "json").out, parse_float=Decimal)
    assert found["schema"] == "factlog.comparison/1"
    assert list(found) == ["schema", "policy", "as_of", "subjects", "summary"]
    casualties = found["subjects"][0]["measures"][0]
    assert casualties["verdict"] == "conflict"
    assert casualties["origins"] == 2
    (finding,) = casualties["findings"]
    assert (finding["verdict"], finding["kind"]) == ("conflict", "backwards")
    assert finding["gap"] == 1000
    assert finding["break_even"].quantize(Decimal("0.001")) == Decimal("0.143")
    derived = next(side for side in casualties["sides"] if side["derived"])
    assert derived["claims"] == [1, 2]
    assert derived["best"] == 3000
    assert derived["reading"] == [2700, 3300]
    assert found["summary"]["pairs"] == {
        "compared": 1,
        "agree": 0,
        "near": 0,
        "growth": 0,
        "echo": 0,
        "conflict": 1,
    }
    assert found["summary"]["not_compared"]["single"] == 2


def test_csv_is_one_row_a_side(founding: Factlog) -> None:
    rows = list(csv.DictReader(io.StringIO(founding("compare", "-f", "csv").out)))
    assert [row["measure"] for row in rows] == ["casualties", "casualties", "injured", "killed"]
    assert {row["kind"] for row in rows[:2]} == {"backwards"}
    assert rows[0]["against"].startswith("Volodymyr Zelenskyy")


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "jsonl", "md", "html", "txt"])
def test_the_suffix_decides_the_format(founding: Factlog, here: Path, suffix: str) -> None:
    done = founding("compare", "-o", f"out.{suffix}")
    assert (done.code, done.out) == (0, "")
    name = {"txt": "table"}.get(suffix, suffix)
    assert (here / f"out.{suffix}").read_text("utf-8") == founding("compare", "-f", name).out


def test_wide_has_a_column_a_source(founding: Factlog) -> None:
    header = founding("compare", "-f", "csv", "--wide").out.splitlines()[0]
    assert header.startswith("subject,measure,unit,")
    assert header.endswith(",verdict,kind,gap,ratio,break_even")
    assert "Volodymyr Zelenskyy" in header


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--check",), 1),
        (("--check", "--only", "agree"), 1),
        (("--check", "--measure", "killed"), 3),
        (("--check", "--as-of", "2025-01-12"), 3),
        (("--check", "--as-of", "2020"), 3),
        (("--as-of", "2020"), 2),
        (("--check", "--tolerance", "20%"), 0),
        ((), 0),
    ],
)
def test_check_decides_the_exit_code(founding: Factlog, words: tuple[str, ...], code: int) -> None:
    assert founding("compare", *words).code == code


def test_explain_names_the_rules_and_what_would_change_it(founding: Factlog) -> None:
    told = founding("explain", SUBJECT, "casualties").out
    assert "Rules that fired" in told
    assert "What would change this" in told
    assert "14.3%" in told


def test_a_retracted_claim_stays_on_record_and_out_of_comparisons(founding: Factlog) -> None:
    assert founding("retract", "3", "--reason", "misquoted").code == 0
    assert founding("compare", "--check").code == 3
    assert "misquoted" in founding("show", "3").out
    assert "about 4,000" not in founding("list").out
    assert "about 4,000" in founding("list", "--retracted").out


def test_a_dry_run_records_nothing(factlog: Factlog, here: Path) -> None:
    done = factlog("add", SUBJECT, "300 killed", "--source", "x", "--dry-run")
    assert done.code == 0
    assert "would record" in done.out
    assert not (here / "facts.db").exists()


def test_the_same_statement_twice_is_one(founding: Factlog) -> None:
    again = add(
        founding,
        "South Korean intelligence",
        "2025-01-13",
        "around 300 killed",
        "around 2,700 injured",
    )
    assert "already on record as claim 1" in again.out
    assert len(founding("list", "-f", "jsonl").out.splitlines()) == 3


def test_export_and_import_change_nothing(founding: Factlog, here: Path) -> None:
    assert founding("export", "claims.csv").code == 0
    taken = founding("--db", "other.db", "import", "claims.csv")
    assert taken.code == 0, taken.err
    assert founding("--db", "other.db", "export").out == (here / "claims.csv").read_text("utf-8")
    one = json.loads(founding("compare", "-f", "json").out)
    assert json.loads(founding("--db", "other.db", "compare", "-f", "json").out) == one


@pytest.mark.parametrize("shape", ["csv", "tsv", "json", "jsonl"])
def test_every_exchange_format_comes_back(founding: Factlog, shape: str) -> None:
    sent = founding("export", "-f", shape).out
    taken = founding("--db", "o.db", "import", "-", "-f", shape, stdin=sent)
    assert taken.code == 0, taken.err
    assert founding("--db", "o.db", "export", "-f", shape).out == sent


def test_importing_twice_adds_nothing_and_says_so(founding: Factlog) -> None:
    founding("export", "claims.csv")
    again = founding("import", "claims.csv")
    assert again.code == 0
    assert again.out.startswith("Nothing new")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("300 killed", "300"),
        ("around 300 dead", "around 300"),
        ("300 civilians killed", "300 civilians killed"),
        ("casualties=300 injured", "300 injured"),
        ("killed=about 300 North Korean soldiers", "about 300 North Korean soldiers"),
        ("300 homes", "300"),
    ],
)
def test_words_that_say_more_than_the_measure_are_kept(
    factlog: Factlog, given: str, said: str
) -> None:
    assert factlog("add", "S", given, "--source", "A").code == 0
    exported = factlog("export").out
    assert json.loads(factlog("export", "-f", "jsonl").out)["value"] == said
    assert factlog("--db", "o.db", "import", "-", stdin=exported).code == 0
    assert factlog("--db", "o.db", "export").out == exported


def test_a_thing_that_contradicts_its_measure_is_told_and_kept(factlog: Factlog) -> None:
    words = ("add", SUBJECT, "casualties=300 injured", "killed=300 civilians", "casualties=12 km")
    tried = factlog(*words, "--source", "Seoul", "--dry-run")
    assert tried.err == (
        '"300 injured" is injured by its words, and is kept as casualties, as you gave it\n'
    )
    done = factlog(*words, "--source", "Seoul")
    assert done.code == 0
    assert [line for line in done.err.splitlines() if "by its words" in line] == [
        '"300 injured" is injured by its words, and is kept as casualties, as you gave it; '
        "to change it: factlog edit 1 --measure injured"
    ]
    assert "casualties" in factlog("show", "1").out
    assert factlog("edit", "1", "--measure", "injured").code == 0


def test_an_undated_constant_is_revised_by_what_its_source_says_later(factlog: Factlog) -> None:
    for height in ("8,848 m", "9,900 m"):
        done = factlog("add", "Everest height", height, "--source", "Nepal")
        assert "CONFLICT" not in done.out
    assert "revised up" in factlog("compare", "Everest height").out
    assert "Nepal raised its own figure" in factlog("compare", "Everest height").out


def test_what_can_be_printed(founding: Factlog) -> None:
    said = (
        "South Korean intelligence put casualties among North Korean troops in Russia at about "
        "3,000 (around 300 killed and around 2,700 injured) as of 13 January 2025; "
        "Volodymyr Zelenskyy had earlier put them at about 4,000."
    )
    assert founding("sentence", SUBJECT, "casualties").out == f"{said}\n"
    assert founding("sentence", SUBJECT, "casualties", "-f", "md").out == f"{said}\n\n"
    (told,) = json.loads(founding("sentence", SUBJECT, "casualties", "-f", "json").out)
    assert told == {
        "subject": SUBJECT, "measure": "casualties", "text": said, "claims": [1, 2, 3]
    }  # fmt: skip
    assert len(founding("sentence", SUBJECT).out.splitlines()) == 3
    refused = founding("sentence", SUBJECT, "killed", "--as-of", "2020")
    assert (refused.code, len(refused.err.splitlines())) == (2, 2)
