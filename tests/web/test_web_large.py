"""Subjects with many claims: the page comes at once, and what it comes to follows, whole."""

from __future__ import annotations

import csv
import io
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from factlog import comparer
from factlog.errors import UsageError
from factlog.findings import Verdict
from factlog.policy import Policy
from factlog.render import summary
from factlog.store import Store
from factlog.web.calculations import Calculations, RecordState
from factlog.web.desk import Desk
from support.desk import browser, words
from support.records import day
from support.stores import NOW, claim, exactly, new_store

SUBJECT = "a long war"
CLAIMS = 240
ADDRESS = f"/subject?{urlencode({'name': SUBJECT})}"
BEFORE = 1, "1:a", date(2026, 1, 1)
ENDING = 600  # seconds, in which a machine busy with other tests too gets to everything
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


def until(there: Callable[[str], bool], asked: Callable[[], str]) -> str:
    """What is asked for again and again until all of it is there, on a busy machine too."""
    ending = time.monotonic() + ENDING
    while not there(text := asked()):
        assert time.monotonic() < ending, text
        time.sleep(0.1)
    return text


def whole(desk: TestClient, address: str) -> str:
    """A page once what was worked out for it is there."""
    return until(lambda text: 'id="waiting"' not in text, lambda: desk.get(address).text)


def renewed(desk: TestClient, address: str) -> str:
    """What a page that waits is told, once there is more."""
    return until(bool, lambda: desk.get(address, headers=POLL).text)


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
    assert "Judge so" in words(first)


def test_a_page_that_waits_is_left_alone_until_there_is_more(desk: TestClient) -> None:
    assert 'hx-target="#told"' in desk.get(ADDRESS).text
    assert "CONFLICT" in words(renewed(desk, ADDRESS))
    narrowed = f"{ADDRESS}&measure=killed&tolerance=20"
    part = desk.get(narrowed, headers={"hx-request": "true", "hx-target": "div#told"}).text
    assert (part.startswith('<div id="told">'), 'hx-target="#told"' in part) == (True, True)


def test_what_was_changed_is_compared_again(desk: TestClient, path: Path) -> None:
    whole(desk, ADDRESS)
    with Store.open(path) as store:
        store.retract(1, "a slip", now=NOW)
    text = desk.get(ADDRESS).text
    assert "As of event 1. The change since is being compared." in text
    assert f"{CLAIMS} claims" in words(text)
    assert desk.get(f"{ADDRESS}&seen=1", headers=POLL).status_code == 204
    assert f"{CLAIMS - 1} claims" in words(whole(desk, ADDRESS))


def test_its_line_sentences_and_sources_follow_too(desk: TestClient) -> None:
    assert f"{SUBJECT} being compared {CLAIMS} claims" in words(desk.get("/").text)
    assert f"{SUBJECT} conflict killed" in words(whole(desk, "/"))
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
    made = Calculations(partial(RecordState, *BEFORE))
    now = RecordState(*BEFORE)
    assert made.latest(now, int, "twelve") is None

    def trouble() -> str:
        try:
            made.latest(now, int, "twelve")
        except ValueError as error:
            return str(error)
        return ""

    assert "twelve" in until(bool, trouble)


def test_a_record_that_changes_faster_than_it_is_compared_is_told_of_all_the_same(
    desk: TestClient, path: Path
) -> None:
    added: list[str] = []

    def changed() -> str:
        added.append(f"{5000 + len(added)}")
        new = claim(added[-1], exactly(added[-1]), subject=SUBJECT, source="AP")
        with Store.open(path) as store:
            store.add([new], now=NOW)
        return words(desk.get(ADDRESS).text)

    told = until(lambda text: "As of event" in text, changed)
    assert re.search(r"As of event \d+\. The (\d+ changes since are|change since is) being", told)
    assert "The newest 100 of" in told
    assert f"{CLAIMS + len(added)} claims" in words(whole(desk, ADDRESS))


def test_a_desk_in_another_time_zone_than_at_its_start_has_the_day_of_its_processes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(path, write=False)
    try:
        with monkeypatch.context() as abroad:
            for name, hours in (("EAST-14", 14), ("WEST+12", -12)):  # never one day for both
                abroad.setenv("TZ", name)
                here = datetime.now(timezone(timedelta(hours=hours))).date()
                assert desk.today() == Calculations(desk.state).awaited(desk.today) == here
    finally:
        time.tzset()


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"subject,"), ("html", b"<!doctype html>")])
def test_a_file_of_many_claims_is_made_beside_the_desk(
    desk: TestClient, kind: str, begins: bytes
) -> None:
    answer = desk.get("/export", params={"name": SUBJECT, "as": kind})
    assert answer.content.lstrip().startswith(begins)
    if kind == "csv":
        verdicts = {row["verdict"] for row in csv.DictReader(io.StringIO(answer.text))}
        assert verdicts <= {verdict.value for verdict in Verdict}


def test_what_to_do_about_many_claims_is_decided(desk: TestClient) -> None:
    asked = {"subject": SUBJECT, "measure": "killed"}
    address = f"/decide?{urlencode(asked)}"
    assert "Its figures are being compared." in words(desk.get(address).text)
    assert 'name="kind"' in whole(desk, address)
    form = {**asked, "kind": "prefer", "claim": "7", "reason": "best counted", "by": "Ada"}
    assert "Decide about killed" in words(desk.post("/decide", data={**form, "by": ""}).text)
    assert desk.post("/decide", data=form, follow_redirects=False).status_code == 303
    assert "best counted" in desk.get("/decisions").text
    assert "there are changes since" in words(desk.get(address).text)


def test_more_files_than_can_be_made_at_once_are_refused() -> None:
    made = Calculations(partial(RecordState, *BEFORE))
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(made.awaited, time.sleep, 0.5) for _ in range(8)]
        refused = sum(isinstance(each.exception(), UsageError) for each in asked)
    assert refused == 6
    assert made.awaited(int, "12") == 12
    with pytest.raises(ValueError, match="twelve"):
        made.awaited(int, "twelve")


def test_a_list_of_large_subjects_is_renewed_as_they_are_compared(desk: TestClient) -> None:
    first = desk.get("/").text
    assert "Subjects of many claims are being compared." in words(first)
    again = "/?q=&page=1&seen=0"
    assert again.replace("&", "&amp;") in first
    answer = renewed(desk, again)
    assert f"{SUBJECT} conflict killed" in words(answer)
    assert 'id="waiting"' not in answer


ENDS = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # not ignored, as behind a shell's "&"
from datetime import date
from functools import partial
from factlog.web.calculations import Calculations, RecordState
stands = partial(RecordState, 1, "1:a", date.min)
print(Calculations(stands).latest(stands(), time.sleep, 600), flush=True)
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
    until(lambda _: not Path(f"/proc/{child}").exists(), lambda: child)


def test_what_is_added_is_compared_with_the_newest_and_that_is_said(desk: TestClient) -> None:
    form = {"subject": SUBJECT, "source": "AFP", "claims": "9 killed", "as_of": "2025-12-20"}
    said = f"Compared with the newest 100 of its {CLAIMS} claims."
    told = words(desk.get("/reading", params=form).text)
    assert ("conflict" in told.lower(), said in desk.get("/reading", params=form).text) == (
        False,
        True,
    )
    told = words(desk.post("/add", data=form).text)
    assert f"Compared with the newest 100 of its {CLAIMS + 1} claims." in told
    assert "CONFLICT" in told
    assert "Recorded: claim 241" in words(desk.post("/add", data=form).text)


def test_a_large_subject_is_narrowed_while_it_is_compared(desk: TestClient, path: Path) -> None:
    with Store.open(path) as store:
        store.describe_source("source 1", {"party": "north"}, now=NOW)
    first = desk.get(f"{ADDRESS}&party=north&since=2025-11-01").text
    assert 'id="waiting"' in first
    assert '<option value="-north">without north</option>' in first
    assert "The newest 100 claims: " in words(first)
    assert set(re.findall(r"</strong>[^,]*, ([^<]*)</p>", first)) == {"source 1"}
    told = words(whole(desk, f"{ADDRESS}&party=north&since=2025-11-01"))
    assert "source 1" in told
    assert "source 2" not in told.partition("Judge so")[2]
