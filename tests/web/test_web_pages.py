"""What the pages of the desk show and do: the same as the command line, in a browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from factlog import importing
from factlog.definition import Definition
from factlog.page import KeptPage
from factlog.store import Store
from factlog.store.page_bytes import Folder
from support.desk import browser, words
from support.stores import KYIV, NOW, SEOUL, TROOPS, claim, founding, new_store

STORY = (Path(__file__).parents[2] / "examples" / "harbour-story.txt").read_text("utf-8")


HTMX = {"hx-request": "true", "hx-target": "div#told"}  # as htmx asks for a part of a page


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        store.add(founding(), now=NOW)
        return store.path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    with browser(path) as made:
        yield made


def test_the_first_page_says_who_disagrees(desk: TestClient) -> None:
    told = words(desk.get("/").text)
    assert f"{TROOPS} conflict casualties 3 claims" in told


def test_a_subject_shows_who_stands_where_and_why(desk: TestClient) -> None:
    told = words(desk.get("/subject", params={"name": TROOPS}).text)
    assert "CONFLICT, 2 camps, 1 disagreement" in told
    assert f"about 4,000 : {KYIV}" in told
    assert "higher and earlier than" in told


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"about": "20"}, "about = ±20%"),
        ({"tolerance": "15"}, "tolerance 15%"),
        ({"policy": "strict"}, "policy strict: about = exactly, tolerance 0%"),
        (
            {"policy": "strict", "about": "10", "tolerance": "1", "shares_of": "default"},
            "policy strict: about = exactly, tolerance 0%",
        ),
        ({"policy": "strict", "about": "5", "shares_of": "strict"}, "strict: about = ±5%"),
        ({"measure": "killed"}, "killed: one source"),
        ({"source": KYIV}, "1 claim "),
        ({"as_of": "2024-01-01"}, "No claim fits that."),
        ({"since": "2025-01-13"}, "2 claims "),
        ({"until": "2025-01-12"}, "1 claim "),
        ({"party": "South Korea"}, "2 claims "),
        ({"party": "-South Korea"}, "1 claim "),
        ({"party": "South Korea", "source": KYIV}, "No claim fits that."),
    ],
)
def test_a_subject_is_judged_and_narrowed_as_asked(
    desk: TestClient, asked: dict[str, str], told: str
) -> None:
    desk.post("/source", data={"name": SEOUL, "party": "South Korea"})
    answer = desk.get("/subject", params={"name": TROOPS, **asked})
    assert told in words(answer.text)
    part = desk.get("/subject", params={"name": TROOPS, **asked}, headers=HTMX)
    assert part.text.startswith('<div id="told">')


def test_without_a_party_who_cites_it_by_another_name_is_left_out_too(path: Path) -> None:
    with Store.open(path) as store:
        store.add([replace(claim("310", source="Daily"), origin="NIS")], now=NOW)
        store.alias("source", SEOUL, "NIS", now=NOW)
        store.describe_source(SEOUL, {"party": "South Korea"}, now=NOW)
    with browser(path) as desk:
        for party in ("-South Korea", "-south korea"):
            told = words(desk.get("/subject", params={"name": TROOPS, "party": party}).text)
            assert "1 claim " in told.partition("Judge so")[2]


@pytest.mark.parametrize(
    ("address", "status", "problem"),
    [
        ("/subject?name=Nobody", 404, "No subject is called"),
        (f"/subject?name={TROOPS}&tolerance=x", 400, "is no percentage"),
        (f"/subject?name={TROOPS}&about=150", 400, "is no percentage"),
        (f"/subject?name={TROOPS}&about=nan", 400, "is no percentage"),
        (f"/subject?name={TROOPS}&policy=kind", 400, "There is no policy"),
        (f"/subject?name={TROOPS}&as_of=someday", 400, "someday"),
        ("/claim/99", 404, "no claim 99"),
        ("/inbox/9", 404, "no article 9"),
        ("/source?name=Nobody", 404, "No source is called"),
        (f"/decide?subject={TROOPS}&measure=missing", 404, "to decide about"),
        (f"/export?name={TROOPS}&as=pdf", 400, "no kind of file"),
    ],
)
def test_what_cannot_be_shown_is_said(
    desk: TestClient, address: str, status: int, problem: str
) -> None:
    answer = desk.get(address)
    assert (answer.status_code, problem in words(answer.text)) == (status, True)


@pytest.mark.parametrize(
    ("address", "form", "link"),
    [
        ("/claim/999", None, '<a href="/">Compare</a>'),
        ("/history/undo", {"event": "999"}, '<a href="/history">History</a>'),
        ("/source", {"name": "Nobody"}, "Look for it in the list of sources."),
    ],
)
def test_what_to_do_is_told_by_pages_of_the_desk(
    desk: TestClient, address: str, form: dict[str, str] | None, link: str
) -> None:
    answer = desk.get(address) if form is None else desk.post(address, data=form)
    told = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert link in told
    assert "factlog " not in told


def test_what_is_written_is_read_at_once(desk: TestClient) -> None:
    asked = {"claims": "about 5,000 casualties", "subject": TROOPS, "source": "BBC"}
    told = desk.get("/reading", params={**asked, "as_of": "2025-01-10"}).text
    assert "is read as 4,500 to 5,500, casualties" in re.sub("<[^>]+>", "", told)
    assert "CONFLICT" in told
    assert "what is read" not in desk.get("/reading", params={"claims": "3 and"}).text


def test_a_claim_is_added_and_what_it_conflicts_with_is_told(desk: TestClient, path: Path) -> None:
    form = {"subject": TROOPS, "source": "BBC", "claims": "about 9,000 casualties\n12 missing"}
    told = words(desk.post("/add", data={**form, "as_of": "2025-01-10"}).text)
    assert "Recorded: claim 4 , about 9,000 casualties (BBC)" in told
    assert "higher and earlier than" in told
    with Store.open(path) as store:
        assert [each.said for each in store.claims(source="BBC")] == ["about 9,000", "12"]
        assert store.verify().ok


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({}, "Still to be written: subject, claim, source."),
        ({"subject": TROOPS, "claims": "300 killed"}, "Still to be written: source."),
        ({"subject": TROOPS, "source": "BBC", "claims": "many"}, "many"),
        ({"subject": TROOPS, "source": "BBC", "claims": "3 killed", "as_of": "x"}, "x"),
    ],
)
def test_what_cannot_be_recorded_stays_in_the_form(
    desk: TestClient, path: Path, form: dict[str, str], problem: str
) -> None:
    answer = desk.post("/add", data=form)
    assert answer.status_code == 400
    assert problem in words(answer.text)
    for text in form.values():
        assert text in answer.text
    with Store.open(path) as store:
        assert store.count() == 3


def test_a_claim_is_mended_and_withdrawn(desk: TestClient, path: Path) -> None:
    assert 'value="about 4,000"' in desk.get("/claim/3/edit").text
    form = {"subject": TROOPS, "source": KYIV, "claims": "about 3,800", "measure": "casualties"}
    told = words(desk.post("/claim/3/edit", data=form).text)
    assert "about 3,800" in told
    assert "Earlier versions about 4,000" in told
    again = desk.post("/claim/3/edit", data=form)
    assert (again.status_code, "says so already" in again.text) == (400, True)
    told = words(desk.post("/claim/3/retract", data={"reason": "misquoted"}).text)
    assert "Withdrawn: misquoted" in told
    assert desk.post("/claim/3/retract", data={"reason": ""}).status_code == 400
    with Store.open(path) as store:
        assert store.verify().ok


def test_a_note_of_several_lines_is_mended_in_a_field_that_holds_them(desk: TestClient) -> None:
    claim = {"subject": "Fire", "source": "Mayor", "claims": "5 killed", "note": "one\r\ntwo"}
    desk.post("/add", data=claim)
    assert re.search(
        r'<textarea id="f-note"[^>]*>\none\ntwo</textarea>', desk.get("/claim/4/edit").text
    )


def test_a_claim_that_is_mended_does_not_conflict_with_what_it_was(desk: TestClient) -> None:
    asked = {"claims": "about 9,000", "measure": "casualties", "subject": TROOPS, "source": KYIV}
    assert "against itself" in desk.get("/reading", params=asked | {"as_of": "by 2025-01-12"}).text
    mended = asked | {"as_of": "by 2025-01-12", "claim": "3"}
    told = desk.get("/reading", params=mended).text
    assert ("against itself" in told, SEOUL in told) == (False, True)


def test_what_cannot_be_judged_is_said_in_the_place_of_what_was_told(desk: TestClient) -> None:
    asked = {"name": TROOPS, "since": "someday"}
    told = desk.get("/subject", params=asked, headers={"hx-request": "true"})
    assert (told.status_code, told.text.startswith('<div id="told">')) == (400, True)


def test_what_a_claim_counts_is_written_and_mended(desk: TestClient, path: Path) -> None:
    form = {"subject": "Flu", "source": "Hospital", "claims": "30 killed"}
    counts = {"definition": 'deaths in "hospital"', "excludes": "soldiers"}
    assert "Recorded: claim 4" in words(desk.post("/add", data=form | counts).text)
    shown = desk.get("/claim/4/edit").text
    for text in ("deaths in &#34;hospital&#34;", "soldiers"):
        assert f'value="{text}"' in shown
    tab = {name: unescape(text) for name, text in HIDDEN_OR_NOT.findall(shown) if name != "q"}
    mended = {**tab, "includes": "suspected", "excludes": ""}
    told = words(desk.post("/claim/4/edit", data=mended).text)
    assert 'counts deaths in "hospital", includes suspected' in unescape(told)
    late = desk.post("/claim/4/edit", data={**tab, "scope": "Kursk only"})
    assert (late.status_code, "changed meanwhile" in late.text) == (400, True)
    again = desk.post("/claim/4/edit", data={**mended, "version": ""})
    assert (again.status_code, "says so already" in again.text) == (400, True)
    with Store.open(path) as store:
        assert (len(store.versions(4)), store.verify().ok) == (1, True)
        assert store.definitions()[4] == Definition('deaths in "hospital"', "suspected")
    desk.post("/claim/4/edit", data={**mended, "version": "", "claims": "35", "includes": ""})
    before = words(unescape(desk.get("/claim/4").text)).partition("Earlier versions")[2]
    assert 'Hospital, counts deaths in "hospital", includes suspected' in before
    assert 'Hospital, counts deaths in "hospital", excludes soldiers' in before
    with Store.open(path) as store:
        assert store.log()[0].about == 'claim 4: 35, counts deaths in "hospital"'
        store.undo(now=NOW)
        assert store.claim(4).said == "30"
        assert store.definitions()[4] == Definition('deaths in "hospital"', "suspected")
        assert store.verify().ok


def test_what_figures_count_is_told_first_as_one_is_added_and_mended_beside_other_words(
    desk: TestClient, path: Path
) -> None:
    form = {"subject": "Flu", "as_of": "2026-03-01"}
    for source, value, counts in (
        ("Hospital", "30 killed", " deaths in\n hospital "),
        ("Ministry", "75 killed", "all deaths"),
    ):
        told = desk.post(
            "/add", data={**form, "source": source, "claims": value, "definition": counts}
        ).text
    assert "Hospital counts deaths in hospital; Ministry counts all deaths." in words(told)
    shown = desk.get("/claim/4/edit").text
    tab = {name: unescape(text) for name, text in HIDDEN_OR_NOT.findall(shown) if name != "q"}
    desk.post("/claim/4/edit", data={**tab, "claims": "30 killed", "definition": "deaths at home"})
    with Store.open(path) as store:
        assert store.definitions()[4] == Definition("deaths at home")
        assert store.log()[0].action == "define"
        assert store.verify().ok


HIDDEN_OR_NOT = re.compile(r'name="(\w+)" [^>]*?value="([^"]*)"')


def test_of_two_tabs_that_mend_a_claim_the_second_is_told(desk: TestClient, path: Path) -> None:
    fields = re.findall(r'name="(\w+)" [^>]*value="([^"]*)"', desk.get("/claim/3/edit").text)
    tab = {name: text for name, text in fields if text and name != "q"}
    assert desk.post("/claim/3/edit", data={**tab, "note": "seen twice"}).status_code == 200
    late = desk.post("/claim/3/edit", data={**tab, "scope": "Kursk only"})
    assert (late.status_code, "changed meanwhile" in late.text) == (400, True)
    with Store.open(path) as store:
        assert (store.claim(3).note, store.claim(3).scope) == ("seen twice", None)


def test_a_long_article_shows_its_proposals_page_by_page(desk: TestClient) -> None:
    text = "\n\n".join(f"Police said {number} people died." for number in range(100, 350))
    first = desk.post("/inbox", data={"text": text, "subject": "Flood"}).text
    assert (first.count('class="card '), first.count('class="value ')) == (100, 250)
    assert '<a href="?card=101" rel="next">More</a>' in first
    last = desk.get("/inbox/1?card=250").text
    assert (last.count('class="card '), '<a href="?card=101" rel="prev">' in last) == (50, True)


def test_an_untouched_value_keeps_the_reading_it_was_recorded_with(
    desk: TestClient, path: Path
) -> None:
    with Store.open(path) as store:
        (read_in_german,) = importing.claims("Dam", ["1.234 killed"], source="A", locale="de_DE")
        store.add([read_in_german], now=NOW)
    form = {"subject": "Dam", "source": "A", "claims": "1.234", "measure": "killed"}
    told = desk.post("/claim/4/edit", data={**form, "note": "seen twice"})
    assert (told.status_code, "seen twice" in told.text) == (200, True)
    with Store.open(path) as store:
        assert store.claim(4).estimate == read_in_german.estimate


def test_a_story_goes_from_paste_to_record(desk: TestClient, path: Path) -> None:
    form = {"text": STORY, "subject": "Harbour explosion", "published": "2026-03-04"}
    told = desk.post("/inbox", data=form).text
    assert "9 of 9 proposals to decide" in told
    assert re.search(r'<a id="value-1" class="value waiting sure-high[^>]*>at least 14</a>', told)
    accept = {"card": "1", "do": "accept", "source": "ministry", "claims": "killed=at least 14"}
    told = desk.post("/inbox/1/decide", data=accept).text
    assert "8 of 9 proposals to decide" in told
    assert '<a href="/claim/4">claim 4</a>' in told
    told = desk.post("/inbox/1/decide", data={"card": "2", "do": "skip"}).text
    assert "7 of 9 proposals to decide" in told
    event = re.findall(r'name="event" value="(\d+)"', told)[-1]
    told = desk.post("/history/undo", data={"event": event, "back": "/inbox/1"}).text
    assert "8 of 9 proposals to decide" in told
    refused = desk.post("/inbox/1/decide", data={**accept, "card": "3", "claims": "many"})
    assert (refused.status_code, 'value="many"' in refused.text) == (400, True)
    with Store.open(path) as store:
        (kept,) = store.claims(subject="Harbour explosion")
        assert (kept.said, kept.statement.source) == ("at least 14", "ministry")
        assert store.verify().ok


DOUBTFUL = "Hospital sources said that about 30 people were killed in the fire on 3 March 2026.\n"


def test_what_is_not_sure_is_recorded_once_it_was_looked_at_twice(desk: TestClient) -> None:
    told = desk.post("/inbox", data={"text": DOUBTFUL, "subject": "Fire"}).text
    held = re.findall(r'name="(card|claims|measure|source|as_of|quote)" value="([^"]*)"', told)
    form = {**dict(held), "do": "accept"}
    asked = desk.post("/inbox/1/decide", data=form)
    assert "Mend it, or accept it once more as it is." in words(asked.text)
    assert "1 of 1 proposal to decide" in asked.text
    looked = re.findall(r'name="(looked)" value="(1)"', asked.text)
    assert (
        "0 of 1 proposal to decide" in desk.post("/inbox/1/decide", data=form | dict(looked)).text
    )


def test_a_proposal_is_one_number(desk: TestClient) -> None:
    desk.post("/inbox", data={"text": DOUBTFUL, "subject": "Fire"})
    form = {"card": "1", "do": "accept", "claims": "41 killed, 130 injured", "source": "Mayor"}
    answer = desk.post("/inbox/1/decide", data=form)
    assert (answer.status_code, "here are more" in answer.text) == (400, True)
    assert 'value="41 killed, 130 injured"' in answer.text


def test_what_is_not_sure_needs_one_look_where_it_was_mended(desk: TestClient) -> None:
    told = desk.post("/inbox", data={"text": DOUBTFUL, "subject": "Fire"}).text
    held = re.findall(r'name="(card|claims|measure|source|as_of|quote)" value="([^"]*)"', told)
    form = {**dict(held), "do": "accept", "source": "Mercy Hospital"}
    assert "0 of 1 proposal to decide" in desk.post("/inbox/1/decide", data=form).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ministry said that twelve people were killed. " * 19_000, "more than 1,000 figures"),
        ("The ministry said that 12 people were killed. " * 19_000, "more than 5,000 figures"),
        ("1 " * 200_000, "more than 5,000 figures"),
        ("half a million " * 5_000, "more than 1,000 figures"),
        ("thousand million " * 100_000, "longer than 1,000,000 characters"),
        ("he said that " * 100_000, "longer than 1,000,000 characters"),
    ],
)
def test_an_article_that_holds_too_much_is_refused_soon_and_stays(
    desk: TestClient, text: str, told: str
) -> None:
    begun = time.process_time()
    refused = desk.post("/inbox", data={"text": text})
    assert time.process_time() - begun < 40
    assert (refused.status_code, told in refused.text) == (400, True)
    assert text[:200] in refused.text


def test_a_long_article_is_read_beside_the_desk(desk: TestClient) -> None:
    begun = time.process_time()
    text = f"{STORY}\n\n{'he said that ' * 3_000}"
    assert "proposals to decide" in desk.post("/inbox", data={"text": text}).text
    assert time.process_time() - begun < 1


def test_an_article_is_read_in_the_language_that_was_chosen(desk: TestClient) -> None:
    assert '<option value="uk">Ukrainian</option>' in desk.get("/inbox").text
    text = {"text": "Загинули щонайменше 14 людей.", "subject": "Fire"}
    told = desk.post("/inbox", data=text | {"language": "uk"}).text
    assert re.search(r'<a id="value-1" class="value[^>]*>[^<]*14[^<]*</a>', told)
    refused = desk.post("/inbox", data=text | {"language": "xx"})
    assert (refused.status_code, "name one of en (English)" in refused.text) == (400, True)


def test_a_page_is_taken_in_as_a_file(desk: TestClient) -> None:
    story = STORY.encode("utf-16")
    told = desk.post("/inbox", files={"file": ("story.txt", story)}, data={"text": ""}).text
    assert "proposals to decide" in told
    both = desk.post("/inbox", files={"file": ("story.txt", story)}, data={"text": "12 dead"})
    assert (both.status_code, "12 dead</textarea>" in both.text) == (400, True)
    refused = desk.post("/inbox", files={"file": ("a.png", b"\x89PNG\0")}, data={})
    assert (refused.status_code, "is not a text" in refused.text) == (400, True)


def test_what_a_decision_leaves_out_is_told_beside_the_sentences(desk: TestClient) -> None:
    form = {"subject": TROOPS, "measure": "casualties", "kind": "prefer", "claim": "3"}
    assert desk.post("/decide", data={**form, "reason": "named", "by": "Ada"}).status_code == 200
    told = words(desk.get(f"/sentences?name={TROOPS}").text)
    assert "casualties: in conflict, and only claim 3 told, by decision 1: named" in told


def test_a_disagreement_is_decided(desk: TestClient, path: Path) -> None:
    about = {"subject": TROOPS, "measure": "casualties"}
    assert "use these claims" in desk.get("/decide", params=about).text
    form = {**about, "kind": "prefer", "claim": "3", "reason": "counted", "by": "Ada Park"}
    told = words(desk.post("/decide", data=form).text)
    assert "decision 1" in told
    assert "Ada Park" in words(desk.get("/decisions").text)
    for wrong in (
        {"kind": "x"},
        {"reason": ""},
        {"by": ""},
        {"claim": "99"},
        {"claim": "²"},
        {"review_on": "2025"},
    ):
        assert desk.post("/decide", data={**form, **wrong}).status_code == 400
    with Store.open(path) as store:
        assert store.verify().ok


def test_a_source_is_described(desk: TestClient) -> None:
    assert SEOUL in desk.get("/sources").text
    form = {"name": SEOUL, "basis": "estimate", "grade": "B", "grade_reason": "near"}
    told = desk.post("/source", data=form).text
    assert "<option selected>estimate</option>" in told
    assert "around 300" in told
    refused = desk.post("/source", data={**form, "grade_reason": ""})
    assert (refused.status_code, "needs its reason" in refused.text) == (400, True)


def test_what_a_source_revised_leads_to_its_claims(desk: TestClient) -> None:
    for said, published in (("40", "2025-02-01"), ("46", "2025-02-09")):
        form = {"subject": "Flood", "source": "gauge", "claims": f"{said} missing"}
        desk.post("/add", data={**form, "as_of": "2025-01-31", "published": published})
    told = desk.get("/source", params={"name": "gauge"}).text.partition("revised by itself")[2]
    assert re.findall(r'<a href="/claim/(\d+)">claim \1</a>', told) == ["4", "5"]


def test_a_measure_is_defined(desk: TestClient) -> None:
    form = {"name": "sheltered", "kind": "level", "aliases": "housed, lodged"}
    told = words(desk.post("/measures", data=form).text)
    assert "sheltered level housed, lodged" in told
    assert desk.post("/measures", data={"name": ""}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("csv", b"subject,measure"), ("html", b"<!doctype html>"), ("xlsx", b"PK")],
)
def test_a_subject_is_taken_away_as_a_file(desk: TestClient, kind: str, begins: bytes) -> None:
    answer = desk.get("/export", params={"name": TROOPS, "as": kind})
    assert answer.content.lstrip().startswith(begins)
    named = f'attachment; filename="North-Korean-troops-in-Russia.{kind}"'
    assert answer.headers["content-disposition"] == named


def test_what_is_saved_is_what_is_shown(desk: TestClient) -> None:
    asked = {"name": TROOPS, "source": KYIV, "tolerance": "5"}
    shown = desk.get("/subject", params=asked).text
    for what in ("csv", "xlsx", "html"):
        (link,) = re.findall(rf'href="(/export\?[^"]*as={what})"', shown)
        saved = desk.get(link.replace("&amp;", "&"))
        assert saved.status_code == 200
        if what != "xlsx":
            assert (KYIV in saved.text, SEOUL in saved.text) == (True, False)
    nothing = desk.get("/export", params={**asked, "since": "2030-01-01", "as": "html"})
    assert (nothing.status_code, KYIV in nothing.text) == (200, False)


def test_every_figure_leads_to_its_claim_and_that_to_its_passage(desk: TestClient) -> None:
    shown = desk.get("/subject", params={"name": TROOPS}).text
    for figure in ('<a href="/claim/3">about 4,000</a>', '<a class="one" href="/claim/1">[1]</a>'):
        assert figure in shown
    marks = re.findall(r'<a href="/claim/(\d)" tabindex="-1"><(?:rect|use|g)', shown)
    assert set(marks) == {"1", "3"}  # of a sum, its first part
    desk.post("/inbox", data={"text": STORY, "subject": "Harbour explosion"})
    accept = {"card": "1", "do": "accept", "source": "ministry", "claims": "14"}
    desk.post("/inbox/1/decide", data={**accept, "measure": "killed"})
    told = desk.get("/claim/4").text
    assert '<a href="/inbox/1?card=1#value-1">' in told
    assert "killed" in words(told)
    assert 'class="value accepted sure-high current"' in desk.get("/inbox/1?card=1").text


def test_what_can_be_printed_is_there_to_copy(desk: TestClient) -> None:
    assert "had earlier put them at about 4,000." in desk.get(f"/sentences?name={TROOPS}").text


def test_history_is_shown_verified_and_taken_back(desk: TestClient, path: Path) -> None:
    assert "3 claims" in words(desk.get("/history").text)
    assert "The record is what its log made" in words(desk.post("/history/verify").text)
    desk.post("/history/undo", data={"event": "1"})
    with Store.open(path) as store:
        assert store.count() == 0
    assert desk.post("/history/undo", data={"event": "1"}).status_code == 400


def test_another_program_s_change_is_told(desk: TestClient, path: Path) -> None:
    before = desk.get("/pulse").json()
    with Store.open(path) as store:
        store.add([claim("12")], now=NOW)
    assert (before, desk.get("/pulse").json()) == ({"event": 1}, {"event": 2})


def test_names_are_completed_from_the_record(desk: TestClient) -> None:
    assert desk.get("/names?kind=source&q=korean").json() == [SEOUL]
    assert "casualties" in desk.get("/names?kind=measure&q=cas").json()
    assert desk.get("/names?kind=secret&q=a").json() == []


FORMS = (
    "/add",
    "/inbox",
    "/claim/1/edit",
    "/claim/1/retract",
    "/history/undo",
    "/decide",
    "/source",
)


@pytest.mark.parametrize("address", FORMS)
def test_a_desk_that_only_shows_changes_nothing(path: Path, address: str) -> None:
    with browser(path, write=False) as desk:
        form = {"subject": TROOPS, "measure": "casualties", "name": SEOUL, "event": "1"}
        told = {"claims": "3 killed", "source": "BBC", "reason": "x", "text": STORY}
        answer = desk.post(address, data={**form, **told})
        assert (answer.status_code, "This desk only shows" in answer.text) == (400, True)
    with Store.open(path) as store:
        assert len(store.log()) == 1


HOSTILE = "<script>alert(1)</script><svg onload=x>\"'>{{7*7}}\u202e\x1b[31m"


def test_no_word_of_anybody_becomes_part_of_a_page(tmp_path: Path) -> None:
    said = claim("300", note=HOSTILE, scope=HOSTILE, origin=HOSTILE)
    words_of = replace(
        said.statement,
        subject=HOSTILE,
        source=HOSTILE,
        via=HOSTILE,
        quote=HOSTILE,
        url="javascript:alert(1)",
    )
    with new_store(tmp_path) as store:
        store.add([replace(said, statement=words_of)], now=NOW)
        path = store.path
    with browser(path) as desk:
        desk.post("/inbox", data={"text": f"{HOSTILE} Around 300 people died, {HOSTILE} said."})
        addresses = ("/", "/claim/1", "/claim/1/edit", "/sources", "/inbox", "/inbox/1", "/history")
        named = [f"{page}" for page in ("/subject", "/source", "/sentences", "/add")]
        pages = [desk.get(each) for each in addresses]
        pages += [desk.get(each, params={"name": HOSTILE, "subject": HOSTILE}) for each in named]
        for page in pages:
            assert page.status_code == 200, page.url
            assert "<script>alert" not in page.text
            assert "<svg onload" not in page.text
            assert 'href="javascript' not in page.text
            assert "\x1b" not in re.sub('value="[^"]*"|<textarea[^<]*', "", page.text)


def test_a_claim_tells_what_it_counts_and_the_page_kept_of_it(desk: TestClient, path: Path) -> None:
    raw = b"around 300 <b>died"
    page = KeptPage(None, 1, sha256(raw).hexdigest(), "text/html", len(raw), "<i>saved.html")
    with Store.open(path) as store:
        store.define(1, Definition("deaths in <b>hospital"), now=NOW)
        kept, _new = store.pages.keep(page, raw, "around 300 died", NOW)
        told = desk.get("/claim/1").text
        assert "counts deaths in &lt;b&gt;hospital" in told
        assert "text/html, 18 bytes, from &lt;i&gt;saved.html" in told
        assert isinstance(store.pages.kept_in, Folder)
        (store.pages.kept_in.path / kept.place).write_bytes(b"other")
    assert "CHANGED" in words(desk.get("/claim/1").text)
    printed = words(desk.get(f"/sentences?name={TROOPS}").text)
    assert printed.count("counts") == printed.count("counts deaths in &lt;b&gt;hospital. ") == 1
    with Store.open(path) as store:
        store.define(3, Definition("all losses"), now=NOW)
    assert "Zelenskyy counts all losses" in words(desk.get(f"/sentences?name={TROOPS}").text)
