"""The command line on a server: what it prints of a file it prints of a database, but its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from factlog.store import Store
from factlog.store.address import Address, shown
from support.person import SUBJECT, Factlog
from support.postgres import PASSWORD, Cluster
from support.stores import asked, by_hand

pytestmark = pytest.mark.slow

AT = "2025-02-01 12:00"
PAGE = "<p>Around 300 died, said the agency.</p>"
CSV = "subject,measure,source,value,as_of\n" + "".join(
    f"Ferry,killed,Source {n % 7},{100 + n},2025-01-{n % 28 + 1:02}\n" for n in range(120)
)
SESSION: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("add", SUBJECT, "around 300 killed", "around 2,700 injured", "--source", "Seoul"),
    ("add", SUBJECT, "about 4,000 casualties", "--source", "Kyiv", "--as-of", "../2025-01-12"),
    ("add", SUBJECT, "about 4,000 casualties", "--source", "Kyiv", "--as-of", "../2025-01-12"),
    ("add", SUBJECT, "12..", "--source", "Kyiv"),
    ("add", SUBJECT, "5 killed", "--source", "Seol"),
    ("import", "claims.csv"),
    ("import", "claims.csv"),
    ("import", "mended.csv"),
    ("import", "bad.csv"),
    ("list", "--subject", SUBJECT),
    ("list", "--search", "kyiv casual"),
    ("list", "--search", "% _ ' \" ?"),
    ("list", "--source", "nobody"),
    ("show", "3"),
    ("show", "999"),
    ("compare",),
    ("compare", "--only", "conflict", "-f", "csv"),
    ("compare", SUBJECT, "--full"),
    ("compare", "Ferr"),
    ("explain", SUBJECT),
    ("sentence", SUBJECT),
    ("support", SUBJECT),
    ("pool", SUBJECT, "killed"),
    ("chart", SUBJECT),
    ("trace", SUBJECT),
    ("edit", "1", "--value", "around 310"),
    ("retract", "2", "--reason", "misread"),
    ("decide", SUBJECT, "--pending", "--reason", "asked them", "--by", "Ada"),
    ("decisions",),
    ("source", "alias", "Seoul", "NIS"),
    ("source", "describe", "Seoul", "--role", "agency"),
    ("source",),
    ("subject", "rename", "Ferry", "The ferry"),
    ("measure", "set", "killed", "--kind", "level", "--window", "10"),
    ("measure",),
    ("keep", "1", "--file", "page.html"),
    ("keep",),
    ("check",),
    ("undo", "--yes"),
    ("changes", "--since", "2"),
    ("log",),
    ("log", "--verify"),
    ("log", "--head"),
    ("--recorded-by", "2", "list"),
    ("list", "--recorded-by", "2"),
    ("compare", "--recorded-by", "2"),
    ("export", "-f", "csv"),
    ("export", "-f", "jsonl"),
    ("report", SUBJECT, "-o", "report.html"),
    ("pack", SUBJECT, "-o", "case.zip"),
    ("merge", "other.db"),
    ("merge", "other.db"),
    ("merge", "nowhere.db"),
    ("log", "--verify"),
    ("compare", "-f", "json"),
    ("where",),
)


def session(factlog: Factlog, here: Path, place: str, name: str) -> Iterator[tuple[object, ...]]:
    """What each command gives, with the store by one name; and the log that it leaves."""
    with time_machine.travel(AT, tick=False):
        for words in SESSION:
            ran = factlog("--db", place, *words)
            said = [
                text.replace(shown(place), "STORE").replace(name, "STORE")
                for text in (ran.out, ran.err)
            ]
            yield words, ran.code, *said
    written = [(here / each).read_bytes() for each in ("report.html", "case.zip")]
    yield "written", *written
    yield "log", *asked(Address(place) if "://" in place else Path(place), _LOG)


_LOG = "select id, at, action, about, payload, hash from event order by id"


@pytest.fixture
def files(here: Path, factlog: Factlog) -> None:
    (here / "claims.csv").write_text(CSV)
    (here / "mended.csv").write_text(CSV.replace("killed,Source 3,103", "killed,Source 3,999"))
    (here / "bad.csv").write_text(CSV.replace(",105,", ",12..,"))
    (here / "page.html").write_text(PAGE)
    with time_machine.travel(AT, tick=False):
        words = ("add", "Elsewhere", "9 killed", "--source", "Somebody")
        assert factlog("--db", "other.db", *words).code == 0


def test_every_command_says_of_a_database_what_it_says_of_a_file(
    files: None, factlog: Factlog, here: Path, postgres: Cluster
) -> None:
    assert files is None
    database = postgres.database()
    told = list(session(factlog, here, "facts.db", "facts.db"))
    served = list(session(factlog, here, postgres.url(database), database))
    for one, other in zip(told, served, strict=True):
        if one[0] != ("keep", "1", "--file", "page.html") and one[0] != ("where",):
            assert one == other
    assert all(code in (0, 1, 2, 3, 4) for _words, code, *_ in told[:-2])


def test_no_command_shows_a_password(
    factlog: Factlog, here: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.asking(postgres.database())
    (here / "factlog.toml").write_text(f'db = "{url}"\n')
    for given in ((), ("--db", url)):
        monkeypatch.delenv("FACTLOG_DB")
        for words in (
            ("list",),
            ("where",),
            ("config",),
            ("add", "s", "5 killed", "--source", "t"),
            ("log", "--verify"),
            ("copy", url, "copy.db"),
            ("copy", "copy.db", url),
            ("copy", url, url),
            ("merge", url),
            ("add", "s"),
            ("serve", "--host", "example.org"),
            ("config", "-f", "json"),
        ):
            ran = factlog(*given, *words)
            said = ran.out + ran.err
            assert not any(each in said for each in (PASSWORD, "sesame")), (words, said)
        (here / "copy.db").unlink(missing_ok=True)
        monkeypatch.setenv("FACTLOG_DB", url)


def test_a_record_is_copied_there_and_back(factlog: Factlog, here: Path, postgres: Cluster) -> None:
    url = postgres.url(postgres.database())
    factlog("add", SUBJECT, "300 killed", "--source", "Seoul")
    head = factlog("log", "--head").out
    ran = factlog("copy", "facts.db", url)
    assert (ran.code, ran.out) == (
        0,
        f"Copied facts.db to {shown(url)}: its head is {head.strip()} in both.\n",
    )
    assert factlog("--db", url, "log", "--head").out == head
    assert factlog("copy", url, "back.db").code == 0
    assert factlog("--db", "back.db", "log", "--head").out == head
    again = factlog("copy", url, "back.db")
    assert (again.code, len(again.err.splitlines())) == (2, 2)
    assert factlog("copy", "nowhere.db", "x.db").code == 2
    assert not (here / "x.db").exists()


def test_a_file_of_defaults_may_name_a_database(
    factlog: Factlog, here: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FACTLOG_DB")
    url = postgres.url(postgres.database())
    (here / "factlog.toml").write_text(f'db = "{url}"\n')
    assert factlog("add", SUBJECT, "300 killed", "--source", "Seoul").code == 0
    assert factlog("where").out == f"{shown(url)} (named in factlog.toml)\n"
    with Store.open(url) as store:
        assert store.count() == 1


@pytest.mark.parametrize(
    ("line", "offered"),
    [(("compare", "north"), SUBJECT), (("list", "--source", "seo"), "Seoul"), (("show", ""), "1")],
)
def test_names_are_completed_from_a_database(
    postgres: Cluster,
    factlog: Factlog,
    monkeypatch: pytest.MonkeyPatch,
    line: tuple[str, ...],
    offered: str,
) -> None:
    url = postgres.url(postgres.database())
    factlog("--db", url, "add", SUBJECT, "300 killed", "--source", "Seoul")
    monkeypatch.setenv("_FACTLOG_COMPLETE", "zsh")
    monkeypatch.setenv("COMP_WORDS", "\x1f".join(("factlog", "--db", url, *line[:-1])))
    monkeypatch.setenv("COMP_WORD", line[-1])
    assert factlog().out.split("\x1f")[0] == offered


def test_a_store_changed_by_hand_is_told(postgres: Cluster, factlog: Factlog) -> None:
    url = postgres.url(postgres.database())
    factlog("--db", url, "add", SUBJECT, "300 killed", "--source", "Seoul")
    by_hand(Address(url), "update claim set said = '400' where id = 1")
    ran = factlog("--db", url, "log", "--verify")
    assert ran.code != 0
    assert "claim 1 was changed outside factlog" in ran.out + ran.err
