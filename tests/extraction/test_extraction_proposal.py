"""What a proposal is written as: JSON keys, import's columns, a claim; and reading HTML."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from decimal import Decimal

import pytest

import factlog.extraction as door
from factlog import dates
from factlog.errors import UsageError
from factlog.extraction import (
    KEYS,
    UNATTRIBUTED,
    Confidence,
    check,
    claim,
    extract,
    text_of,
    to_json,
    to_row,
)
from factlog.importing import COLUMNS
from factlog.parsing import read

TEXT = "Mayor Ana Ruiz told Reuters, citing the morgue, that around 40 people died on 3 May 2025."


def test_the_json_has_the_agreed_keys_in_order() -> None:
    (proposal,) = extract("Some 300 people died.", subject="The war")
    row = to_json(proposal)
    assert tuple(row) == KEYS
    assert row["best"] == Decimal(300)
    assert (row["hedge"], row["subject"], row["confidence"]) == ("about", "The war", "high")
    assert (row["source"], row["source_text"], row["via"], row["as_of"]) == (None, None, None, None)


def test_an_origin_and_a_reason_are_added_where_there_is_one() -> None:
    (proposal,) = extract(TEXT)
    assert to_json(proposal)["origin"] == "morgue"
    unverified = to_json(check({"quote": "Nowhere."}, TEXT))
    assert str(unverified["unverified"]).startswith("the quote")


def test_the_row_has_imports_columns_and_reads_back() -> None:
    (proposal,) = extract(TEXT)
    row = to_row(proposal, subject="Flood", published=dates.parse("2025-05-04"))
    assert set(row) <= set(COLUMNS)
    assert row["source"] == "Ana Ruiz"
    assert (row["via"], row["origin"], row["as_of"]) == ("Reuters", "morgue", "2025-05-03")
    assert (row["subject"], row["measure"], row["published"]) == ("Flood", "killed", "2025-05-04")
    assert read(row["value"]).estimate == proposal.estimate


def test_what_the_reporter_says_is_unattributed_in_a_row() -> None:
    (proposal,) = extract("Some 300 people\ndied.")
    row = to_row(proposal, subject="Flood")
    assert row["source"] == UNATTRIBUTED
    assert row["quote"] == "Some 300 people died."
    out = io.StringIO()
    csv.DictWriter(out, list(row)).writerow(row)
    assert UNATTRIBUTED in out.getvalue()


def test_a_row_has_the_outlet_and_the_link_and_says_what_is_unverified() -> None:
    (proposal,) = extract("Some 300 people died.")
    row = to_row(proposal, subject="Flood", via="Daily Post", url="https://x.org")
    assert (row["via"], row["url"], row["note"]) == ("Daily Post", "https://x.org", "")
    unverified = to_row(check({"quote": "Nowhere."}, TEXT), subject="Flood")
    assert unverified["note"].startswith("unverified: the quote")


def test_an_accepted_proposal_becomes_a_claim() -> None:
    (proposal,) = extract(TEXT)
    made = claim(
        proposal, subject="Flood", published=dates.parse("2025-05-04"), url="https://x.org"
    )
    assert (made.statement.subject, made.statement.source) == ("Flood", "Ana Ruiz")
    assert (made.statement.via, made.origin, made.measure) == ("Reuters", "morgue", "killed")
    assert (made.said, made.estimate) == ("around 40", proposal.estimate)
    assert made.statement.quote == TEXT
    (bare,) = extract("Some 300 people died.", subject="War")
    other = claim(bare, subject="Flood", via="Daily Post").statement
    assert (other.subject, other.source, other.via) == ("War", UNATTRIBUTED, "Daily Post")


def test_confidence_has_an_order() -> None:
    assert Confidence.HIGH.reaches(Confidence.MEDIUM)
    assert Confidence.LOW.reaches(Confidence.LOW)
    assert not Confidence.LOW.reaches(Confidence.MEDIUM)


def test_html_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(UsageError, match="trafilatura"):
        text_of(b"<p>Some 300 people died.</p>", "a.html")


MAIL = b"""From: Press Office
Subject: Toll update
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

104 people were killed and =
33 injured.
--b
Content-Type: text/html

<p>104 people were killed and 33 injured.</p>
--b--
"""


def test_what_a_mail_says_is_read_once() -> None:
    assert text_of(MAIL, "a.eml").split() == [
        "104",
        "people",
        "were",
        "killed",
        "and",
        "33",
        "injured.",
    ]
    assert text_of(b"Subject: x\nContent-Type: text/html\n\n<p>14 dead</p>", "a.eml").strip() == (
        "14 dead"
    )


def test_of_a_mail_whose_text_is_a_stub_the_page_is_read() -> None:
    stub = MAIL.replace(b"104 people were killed and =\n33 injured.", b"See the page.")
    assert text_of(stub, "a.eml").split() == text_of(MAIL, "a.eml").split()


def test_html_is_read_in_the_letters_it_names() -> None:
    words = "Унаслідок удару загинули 12 людей, ще 47 поранено, повідомила поліція міста Харкова."
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{words}</p></body></html>'
    assert text_of(page.encode("cp1251"), "a.html") == words


def test_html_is_read_by_the_extra() -> None:
    page = b"<nav><a href=/>9 killed</a></nav><article><p>Some 300 people died.</p></article>"
    assert text_of(page, "a.html") == "Some 300 people died."
    with pytest.raises(UsageError, match="No article"):
        text_of(b"<p></p>", "a.htm")


def test_nothing_heavy_is_loaded_to_extract() -> None:
    heavy = "pint rapidfuzz sqlite_utils rich jinja2 json csv subprocess trafilatura hashlib"
    code = (
        "import sys\nfrom factlog.extraction import extract\n"
        "list(extract('Some 300 people died, police said.'))\n"
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_door_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        door.nothing_such  # noqa: B018
