"""Names: close ones are found or suggested, and nothing is merged unasked."""

from __future__ import annotations

import csv
import io
import json

import pytest

from support.person import SUBJECT, Factlog, add


def test_a_close_spelling_is_answered_for_and_said(founding: Factlog) -> None:
    done = founding("compare", "north korean troops in rusia")
    assert done.code == 0
    assert f'taken for "{SUBJECT}"' in done.err
    assert "CONFLICT" in done.out


def test_a_close_spelling_is_suggested_on_adding_and_not_merged(founding: Factlog) -> None:
    done = founding("add", "North Korean troops in Rusia", "5 killed", "--source", "Seoul")
    assert f'there is also "{SUBJECT}"' in done.err
    assert len(founding("subject", "-f", "jsonl").out.splitlines()) == 2


def test_close_sources_stay_two(founding: Factlog) -> None:
    done = add(founding, "North Korean intelligence", "2025-01-13", "3 killed")
    assert 'there is also "South Korean intelligence"' in done.err
    assert len(founding("source", "-f", "jsonl").out.splitlines()) == 3


def test_an_alias_makes_two_spellings_one_source(founding: Factlog) -> None:
    add(founding, "Seoul's spies", "2025-01-14", "around 300 killed")
    assert founding("source", "merge", "Seoul's spies", "South Korean intelligence").code == 0
    sources = [
        json.loads(line)["source"] for line in founding("source", "-f", "jsonl").out.splitlines()
    ]
    assert "Seoul's spies" not in sources
    assert founding("source", "alias", "Volodymyr Zelenskyy", "President of Ukraine").code == 0
    done = founding("list", "--source", "president of ukraine")
    assert "about 4,000" in done.out


def test_a_renamed_subject_is_shown_by_its_new_name(founding: Factlog) -> None:
    assert founding("subject", "rename", SUBJECT, "DPRK troops").code == 0
    assert founding("compare", "DPRK troops").out.startswith("DPRK troops")


def test_a_measure_is_defined(founding: Factlog) -> None:
    done = founding(
        *("measure", "set", "casualties", "--tolerance", "20%", "--kind", "cumulative"),
        *("--alias", "losses", "--window", "10", "--definition", "killed or injured"),
    )
    assert done.code == 0, done.err
    assert founding("compare", "--check").code == 0
    listed = [json.loads(line) for line in founding("measure", "-f", "jsonl").out.splitlines()]
    assert any(one["measure"] == "casualties" and "losses" in one["aliases"] for one in listed)
    assert founding("measure", "set", "casualties", "--no-sum").code == 0
    assert founding("compare", "--check").code == 3


def test_measures_are_listed_without_a_store(factlog: Factlog) -> None:
    done = factlog("measure")
    assert done.code == 0
    assert "casualties" in done.out


def test_measures_are_listed_in_every_format_of_a_list(factlog: Factlog) -> None:
    rows = list(csv.DictReader(io.StringIO(factlog("measure", "-f", "csv").out)))
    casualties = next(row for row in rows if row["measure"] == "casualties")
    assert (casualties["parts"], casualties["kind"]) == ("killed; injured", "cumulative")
    assert factlog("measure", "-f", "tsv").out.startswith("measure\tkind\tparts\t")
    assert factlog("measure", "-f", "md").out.startswith("| measure | kind | parts |")


NEW = [
    ("subject", "rename", SUBJECT, "{}"),
    ("subject", "alias", SUBJECT, "{}"),
    ("source", "rename", "South Korean intelligence", "{}"),
    ("source", "alias", "South Korean intelligence", "{}"),
    ("measure", "rename", "killed", "{}"),
    ("measure", "alias", "killed", "{}"),
    ("measure", "set", "{}"),
    ("measure", "set", "losses", "--alias", "{}"),
    ("measure", "set", "losses", "--sum", "{}"),
]


@pytest.mark.parametrize("words", NEW, ids=" ".join)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 501, "has 501 characters; 500 is the most"),
        (" ", "is blank"),
        ("\u200b\u202e", "is blank"),
        ("a\udcff", "holds something that is not a character"),
    ],
    ids=ascii,
)
def test_a_new_name_is_refused_as_add_does(
    founding: Factlog, words: tuple[str, ...], name: str, said: str
) -> None:
    before = founding("log", "--head").out
    done = founding(*(word.format(name) for word in words))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{words[0]}: {said}")
    assert len(done.err.splitlines()) == 2
    assert founding("log", "--head").out == before


def test_a_name_split_off_is_told_as_it_is_on_record(factlog: Factlog) -> None:
    for source in ("A", "AA"):
        factlog("add", "Dam", "90 m", "--source", source)
    factlog("source", "merge", "AA", "A")
    assert '"AA" is a source of its own again' in factlog("source", "split", "A", "aa").out
    assert "split    The same as unalias." in factlog("source", "--help").out
    factlog("source", "alias", "A", "Quelle")
    assert '"quelle" is a source' in factlog("source", "unalias", "A", "quelle").out.lower()
