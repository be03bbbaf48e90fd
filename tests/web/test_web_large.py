"""Subjects with many claims: the page comes at once, and what it comes to follows, whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from factlog import comparer
from factlog.policy import Policy
from factlog.render import summary
from factlog.store import Store
from factlog.web.calculations import Calculations
from support.desk import browser, words
from support.records import day
from support.stores import NOW, claim, exactly, new_store

SUBJECT = "a long war"
CLAIMS = 240
ADDRESS = f"/subject?{urlencode({'name': SUBJECT})}"
POLL = {"hx-request": "true", "hx-source": "p#waiting", "hx-target": "main#main"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with new_store(tmp_path) as store:
        store.add(
            [
                claim(
                    str(1000 + n * 37 % 500),
                    exactly(1000 + n * 37 % 500),
                    subject=SUBJECT,
                    source=f"source {n % 12}",
                    as_of=day(f"2025-{n // 20 % 12 + 1:02}-{n % 20 + 1:02}"),
                )
                for n in range(CLAIMS)
            ],
            now=NOW,
        )
        return store.path


@pytest.fixture
def desk(path: Path) -> Iterator[TestClient]:
    with browser(path) as made:
        yield made


def whole(desk: TestClient, address: str) -> str:
    """A page once what was worked out for it is there."""
    for _ in range(600):
        text = desk.get(address).text
        if 'id="waiting"' not in text:
            return text
        time.sleep(0.1)
    raise AssertionError(address)


def test_it_comes_at_once_without_a_verdict_and_then_whole(desk: TestClient, path: Path) -> None:
    first = desk.get(ADDRESS).text
    assert f"Its {CLAIMS} claims are being compared." in words(first)
    assert "CONFLICT" not in words(first)
    assert first.count('<li id="c') == 100
    told = words(whole(desk, ADDRESS))
    with Store.open(path) as store:
        claims, measures = list(store.claims(subject=SUBJECT)), store.measures()
    found = comparer.compare(claims, Policy(), measures)
    assert summary.summary(found) in told
    assert f"The newest 100 of {CLAIMS} figures are shown." in told
    assert "Judge so" in told


def test_a_page_that_waits_is_left_alone_until_there_is_more(desk: TestClient) -> None:
    assert 'hx-target="#main"' in desk.get(ADDRESS).text
    answer = desk.get(ADDRESS, headers=POLL)
    while answer.status_code == 204:
        time.sleep(0.1)
        answer = desk.get(ADDRESS, headers=POLL)
    assert "CONFLICT" in words(answer.text)
    narrowed = f"{ADDRESS}&measure=killed&tolerance=20"
    part = desk.get(narrowed, headers={"hx-request": "true", "hx-target": "div#told"}).text
    assert (part.startswith('<div id="told">'), 'hx-target="#told"' in part) == (True, True)


def test_what_was_changed_is_compared_again(desk: TestClient, path: Path) -> None:
    whole(desk, ADDRESS)
    with Store.open(path) as store:
        store.retract(1, "a slip", now=NOW)
    assert "are being compared" in words(desk.get(ADDRESS).text)
    assert f"{CLAIMS - 1} claims" in words(whole(desk, ADDRESS))


def test_its_line_sentences_and_sources_follow_too(desk: TestClient) -> None:
    assert f"{SUBJECT} being compared {CLAIMS} claims" in words(desk.get("/").text)
    for _ in range(600):
        if "being compared" not in words(desk.get("/").text):
            break
        time.sleep(0.1)
    assert f"{SUBJECT} conflict killed" in words(desk.get("/").text)
    sentences = f"/sentences?{urlencode({'name': SUBJECT})}"
    assert "is being worked out" in words(desk.get(sentences).text)
    assert "put deaths in a long war at" in words(whole(desk, sentences))
    source = "/source?name=source+1"
    assert "is being compared" in words(desk.get(source).text)
    assert f"{SUBJECT}: killed" in words(whole(desk, source))


def test_every_claim_is_found_a_page_at_a_time(desk: TestClient) -> None:
    seen: list[str] = []
    for number in (1, 2, 3):
        text = desk.get(f"/claims?{urlencode({'name': SUBJECT, 'page': number})}").text
        seen += [part.partition('"')[0] for part in text.split('<li id="c')[1:]]
    assert seen == [str(n) for n in range(CLAIMS, 0, -1)]
    assert "240 claims" in words(desk.get(f"/claims?{urlencode({'name': SUBJECT})}").text)


def test_who_asks_is_told_what_its_process_came_to_grief_by() -> None:
    made = Calculations()
    assert made.result("1", int, "twelve") is None
    told = ""
    while not told:
        time.sleep(0.05)
        try:
            made.result("1", int, "twelve")
        except ValueError as error:
            told = str(error)
    assert "twelve" in told


def busy(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def test_what_is_worked_out_of_a_record_that_was_changed_is_dropped() -> None:
    made = Calculations()
    for seconds in (600, 601):
        assert made.result("before", busy, seconds) is None
    told = None
    while told is None:
        told = made.result("after", busy, 0)
        time.sleep(0.05)
    assert told == "slept"


def test_a_list_of_large_subjects_is_renewed_as_they_are_compared(desk: TestClient) -> None:
    first = desk.get("/").text
    assert "Subjects of many claims are being compared." in words(first)
    again = "/?q=&page=1&compared=0"
    assert again.replace("&", "&amp;") in first
    answer = desk.get(again, headers=POLL)
    while answer.status_code == 204:
        time.sleep(0.1)
        answer = desk.get(again, headers=POLL)
    assert f"{SUBJECT} conflict killed" in words(answer.text)
    assert 'id="waiting"' not in answer.text


ENDS = """
import sys, time
from factlog.web.calculations import Calculations
print(Calculations().result("", time.sleep, 600), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_desk(end: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ENDS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as desk:
        assert desk.stdout is not None
        assert desk.stdout.readline() == b"None\n"
        (child,) = Path(f"/proc/{desk.pid}/task/{desk.pid}/children").read_text().split()
        desk.send_signal(end)
    for _ in range(600):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.1)
    raise AssertionError(child)
