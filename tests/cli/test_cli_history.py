"""History: edit, undo, log and merge; nothing is lost and nothing changes silently."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from support.person import SUBJECT, Factlog, add


def test_an_edit_keeps_the_id_and_the_earlier_version(founding: Factlog) -> None:
    done = founding("edit", "3", "about 3,800", "--as-of", "2025-01-05", "--note", "podcast")
    assert done.code == 0, done.err
    shown = founding("show", "3", "--history").out
    assert shown.index("about 3,800") < shown.index("about 4,000")
    assert "podcast" in shown
    assert "about 3,800" in founding("list").out
    assert "about 4,000" not in founding("list").out


def test_an_edit_of_other_words_keeps_the_value(founding: Factlog) -> None:
    assert founding("edit", "3", "--source", "Zelenskyy", "--measure", "losses").code == 0
    claim = json.loads(founding("show", "3", "-f", "json").out)
    assert (claim["source"], claim["measure"], claim["value"]) == (
        "Zelenskyy",
        "losses",
        "about 4,000",
    )
    assert claim["as_of"] == "../2025-01-12"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("3",), "nothing to change"),
        (("3", "12.."), '"12.."'),
        (("99", "300"), "99"),
        (("3", "300 killed and 400 injured"), "one number"),
        (("3", "about 4,000"), "says so already"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(
    founding: Factlog, words: tuple[str, ...], problem: str
) -> None:
    done = founding("edit", *words)
    assert done.code == 2
    assert problem in done.err
    assert len(founding("log", "-f", "jsonl").out.splitlines()) == 2


def test_undo_shows_what_it_takes_back_and_takes_it_back(founding: Factlog) -> None:
    shown = founding("undo", "--dry-run")
    assert "about 4,000" in shown.out or "add" in shown.out
    assert len(founding("list", "-f", "jsonl").out.splitlines()) == 3
    assert founding("undo", "--yes").code == 0
    assert len(founding("list", "-f", "jsonl").out.splitlines()) == 2
    assert founding("undo").code == 0
    nothing = founding("undo")
    assert nothing.code == 2
    assert "nothing to take back" in nothing.err


def test_the_log_names_every_change(founding: Factlog) -> None:
    founding("retract", "1", "--reason", "misquoted")
    told = founding("log").out
    assert told.index("retract") < told.index("add")
    assert len(founding("log", "--limit", "1", "-f", "jsonl").out.splitlines()) == 1


def test_what_is_changed_behind_its_back_is_named(founding: Factlog, here: Path) -> None:
    head = founding("log", "--head").out.strip()
    assert founding("log", "--verify", "--head", head).code == 0
    with sqlite3.connect(here / "facts.db") as connection:
        connection.execute("update claim set said = 'about 40,000' where id = 3")
    connection.close()
    done = founding("log", "--verify")
    assert done.code == 4
    assert "claim 3" in done.err
    assert len(done.err.splitlines()) == 2


def test_a_head_is_checked_only_with_verify(founding: Factlog) -> None:
    done = founding("log", "--head", "2:0123456789abcdef")
    assert done.code == 2
    assert "--verify" in done.err
    assert founding("log", "--verify", "--head", "2:0123456789abcdef").code in (2, 4)


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 17])
def test_a_head_that_is_cut_short_proves_nothing(founding: Factlog, cut: int) -> None:
    head = founding("log", "--head").out.strip()
    done = founding("log", "--verify", "--head", head[:cut])
    assert (done.code, done.out) == (2, "")
    assert "is not the head of a log" in done.err
    assert founding("log", "--head", "").code == 2
    assert founding("log", "--verify", "--head").code == 0


def test_two_stores_become_one(founding: Factlog, here: Path) -> None:
    founding("--db", "other.db", "add", SUBJECT, "5 captured", "--source", "Kyiv")
    done = founding("merge", "other.db")
    assert done.code == 0, done.err
    assert "1 claim" in done.out
    assert len(founding("list", "-f", "jsonl").out.splitlines()) == 4
    assert founding("log", "--verify").code == 0
    assert founding("merge", "nowhere.db").code == 2
    assert (here / "other.db").exists()


def test_decisions_taken_over_are_counted_and_come_back_with_the_merge(
    founding: Factlog, here: Path
) -> None:
    (here / "other.db").write_bytes((here / "facts.db").read_bytes())
    decided = ("casualties", "--prefer", "3", "--reason", "r", "--by", "Ben")
    assert founding("--db", "other.db", "decide", SUBJECT, *decided).code == 0
    add(founding, "BBC", "2025-02-01", "5 captured")  # so that neither is behind the other
    for _time in range(2):
        done = founding("merge", "other.db")
        assert done.out == "Merged other.db: 0 claims new, 3 here already; 1 decision taken over.\n"
        assert "use about 4,000, claim 3" in founding("decisions").out
        assert founding("undo", "-y").code == 0
        assert founding("decisions").out == "no decisions\n"


def test_a_new_claim_that_repeats_another_is_not_new(founding: Factlog) -> None:
    add(founding, "Volodymyr Zelenskyy", "../2025-01-12", "about 4,000 casualties")
    assert len(founding("log", "-f", "jsonl").out.splitlines()) == 2
