"""keep, and check with pages: evidence put beside the record, as a person meets it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from support.person import Factlog

PAGE = "<!doctype html><p>At least <b>14</b>&nbsp;people were killed [x].</p><aside>17 dead</aside>"
URL = "https://example.org/a"


@pytest.fixture
def kept(factlog: Factlog, here: Path) -> Factlog:
    """Two claims with one link, one without, and a page beside them."""
    (here / "page.html").write_text(PAGE, encoding="utf-8")
    for claim, *more in (
        ("14 killed", "--url", f"{URL}#toll", "--quote", "at least 14 people"),
        ("17 missing", "--url", URL, "--quote", "17 missing"),
        ("3 injured", "--quote", "3 injured"),
    ):
        done = factlog("add", "Fire", claim, "--source", "Ministry", *more)
        assert done.code == 0, done.err
    return factlog


def test_a_page_is_kept_and_held_against_the_quotes(kept: Factlog, here: Path) -> None:
    done = kept("keep", "1", "--file", "page.html")
    assert done.code == 0
    assert done.out.startswith(f"page 1, claim 1, {URL}#toll: text/html, 91 bytes, kept in facts.")
    assert done.err == "The quote does not stand in it: claim 2.\n"
    file = here / done.out.split()[-1]
    assert file.read_text(encoding="utf-8") == PAGE
    assert kept("check", "--quotes").code == 0
    found = kept("check")
    assert found.code == 1
    assert found.out == (
        "quote not in page: 1 claim\n"
        "  2  Fire, missing: 17, Ministry\n"
        '     "17 missing"\n\n'
        "3 claims checked: 2 hold, 1 does not\n"
    )
    assert "was kept already" in kept("keep", "1", "--file", "page.html").out
    shown = kept("show", "2").out
    assert "page" in shown
    assert "text/html, 91 bytes, from page.html" in shown


def test_a_report_names_the_pages_of_its_claims(kept: Factlog, here: Path) -> None:
    kept("keep", "1", "--file", "page.html")
    assert kept("report", "-o", "report.html").code == 0
    page = (here / "report.html").read_text(encoding="utf-8")
    hash_ = sha256(PAGE.encode()).hexdigest()
    assert page.count(f"text/html, 91 bytes, from page.html; SHA-256 {hash_}") == 2
    assert "17 dead" not in page
    assert "CHANGED" not in page
    (file,) = (each for each in here.glob("facts.pages/*/*") if each.is_file())
    file.write_bytes(b"other")
    for state in ("CHANGED", "MISSING"):
        kept("report", "-o", "report.html")
        page = (here / "report.html").read_text(encoding="utf-8")
        assert page.count(f"page 1, {state}, kept ") == 2
        file.unlink(missing_ok=True)


def test_a_page_changed_by_one_byte_and_one_that_is_gone(kept: Factlog, here: Path) -> None:
    file = here / kept("keep", URL, "--file", "page.html").out.split()[-1]
    assert kept("log", "--verify").code == 0
    file.write_text(PAGE.replace("14", "15"), encoding="utf-8")
    assert {"claim": 1, "reason": "page changed"} in json.loads(kept("check", "-f", "json").out)
    done = kept("log", "--verify")
    assert done.code == 4
    assert "The bytes of page 1 (https://example.org/a) are changed" in done.err
    assert "   CHANGED, kept" in kept("keep").out
    file.unlink()
    only = kept("check", "--only", "page missing", "-f", "json")
    assert json.loads(only.out) == [
        {"claim": 1, "reason": "page missing"},
        {"claim": 2, "reason": "page missing"},
    ]
    assert [each["state"] for each in json.loads(kept("keep", "-f", "json").out)] == ["missing"]
    assert kept("keep", URL, "--file", "page.html").code == 0
    assert kept("log", "--verify").code == 0


def test_a_page_is_kept_once_for_all_claims_with_its_link(kept: Factlog) -> None:
    kept("keep", "1", "--file", "page.html")
    for what in ("2", URL, f"{URL}#other", "1"):
        done = kept("keep", what, "--file", "page.html")
        assert done.out.startswith("page 1, claim 1, ")
        assert "was kept already" in done.out
    assert [each["page"] for each in json.loads(kept("keep", "-f", "json").out)] == [1]
    assert json.loads(kept("log", "-f", "json").out)[0]["event"] == 4
    assert kept("keep", "3", "--file", "page.html").out.startswith("page 2, claim 3: ")


def test_what_has_no_words_and_what_nobody_cites(kept: Factlog, here: Path) -> None:
    (here / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    done = kept("keep", "3", "--file", "p.png")
    assert done.err == "Its words cannot be read: quotes are not held against it.\n"
    found = kept("check")
    assert found.code == 1
    assert found.out.endswith("3 claims checked: 2 hold, 1 cannot be told\n")
    done = kept("keep", "https://example.org/b", "--file", "-", stdin="words \x1b[31m of it")
    assert done.err == "No claim on record has this link.\n"
    assert "text/plain" in done.out
    found = json.loads(kept("keep", "--search", "WORDS", "-f", "json").out)
    assert [each["page"] for each in found] == [2]
    assert kept("keep", "--search", "nowhere").out == "none of 2 pages holds these words\n"
    assert kept("keep", "--search", "nowhere", "-f", "json").out == "[]\n"


def test_a_page_whose_words_cannot_be_read_holds_nothing(kept: Factlog, here: Path) -> None:
    (here / "page.pdf").write_bytes(b"%PDF-1.4 rubbish")
    assert kept("keep", "1", "--file", "page.pdf").code == 0
    kept("edit", "2", "--quote", "some")
    found = kept("check")
    assert found.code == 1
    assert found.out == (
        "number not in quote: 1 claim\n"
        "  2  Fire, missing: 17, Ministry\n"
        '     "some"\n\n'
        "page cannot be read: 2 claims\n"
        "  1  Fire, killed: 14, Ministry\n"
        '     "at least 14 people"\n'
        "  2  Fire, missing: 17, Ministry\n"
        '     "some"\n\n'
        "3 claims checked: 1 holds, 1 does not, 1 cannot be told\n"
    )
    only = kept("check", "--only", "page cannot be read", "-f", "json")
    assert [each["claim"] for each in json.loads(only.out)] == [1, 2]
    kept("keep", "1", "--file", "page.html")  # one that can be read is enough
    assert "cannot be" not in kept("check").out


def test_undo_and_the_record_as_it_was(kept: Factlog) -> None:
    kept("keep", "1", "--file", "page.html")
    assert (
        "page 1, https://example.org/a#toll: text/html, SHA-256 " in kept("log", "-f", "json").out
    )
    assert kept("undo", "--yes").code == 0
    assert kept("keep", "--search", "a").out == kept("keep").out == "no pages kept\n"
    assert kept("check").code == 0


WRONG = {
    "neither": (("keep", "1"), "Say where the page is"),
    "both": (("keep", "1", "--file", "page.html", "--fetch"), "Say where the page is"),
    "no claim": (("keep", "--fetch"), "What the page is evidence of is not named"),
    "unknown claim": (("keep", "9", "--file", "page.html"), "There is no claim 9"),
    "no id": (("keep", "page.html", "--file", "page.html"), "neither the id of a claim nor a link"),
    "no file": (("keep", "1", "--file", "nix.html"), "There is no file nix.html"),
    "a folder": (("keep", "1", "--file", "."), 'Cannot read ".": is a directory.'),
    "empty": (("keep", "1", "--file", "/dev/null"), "A page of 0 bytes is not kept"),
    "endless": (("keep", "1", "--file", "/dev/zero"), "holds more than 100,000,000 bytes"),
    "no link": (("keep", "3", "--fetch"), "Claim 3 has no link to fetch"),
    "plain http": (("keep", "http://example.org/", "--fetch"), "only https is fetched"),
    "this machine": (("keep", "https://127.0.0.1/", "--fetch"), "not in the public network"),
}


@pytest.mark.parametrize(("words", "problem"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_kept_is_told_in_two_lines(
    kept: Factlog, here: Path, words: tuple[str, ...], problem: str
) -> None:
    done = kept(*words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
    assert problem in done.err
    assert not (here / "facts.pages").exists()


def test_that_nothing_says_what_its_letters_are_in_is_told(kept: Factlog, here: Path) -> None:
    (here / "old.html").write_bytes("<html><p>14 погибли".encode("cp1251"))
    done = kept("keep", "3", "--file", "old.html")
    assert done.code == 0
    assert done.err.startswith("Nothing says what its letters are in; they were read as Windows-")
    (here / "new.html").write_bytes("<html><p>3 injured, погибли".encode())
    assert kept("keep", "3", "--file", "new.html").err == ""


def test_a_page_too_long_to_be_read_whole_is_told(kept: Factlog, here: Path) -> None:
    (here / "long.txt").write_text("word " * 420_000 + "At least 14 people were killed.")
    done = kept("keep", "1", "--file", "long.txt")
    assert done.err.startswith("It is too long to be read to its end: what stands behind its first")
    assert "page cannot be read: 2 claims" in kept("check").out
