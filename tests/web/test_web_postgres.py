"""The desk on a server: the record as pages, and what others change told as it happens."""

from __future__ import annotations

from factlog.store import Store
from factlog.store.address import Address
from support.desk import browser, words
from support.postgres import PASSWORD, Cluster
from support.stores import NOW, TROOPS, claim, exactly, founding, later


def test_the_desk_shows_a_database_and_what_others_change_there(postgres: Cluster) -> None:
    url = postgres.asking(postgres.database())
    with Store.open(url, create=True) as store:
        store.add(founding(), now=NOW)
    desk = browser(Address(url))
    assert TROOPS in words(desk.get("/").text)
    before = desk.get("/pulse").json()
    with Store.open(url) as elsewhere:
        elsewhere.add([claim("9", exactly(9), subject="Elsewhere")], now=later(1))
    assert (before, desk.get("/pulse").json()) == ({"event": 1}, {"event": 2})
    assert "Elsewhere" in words(desk.get("/").text)
    for page in (
        "/",
        "/history",
        "/sources",
        "/measures",
        "/inbox",
        "/decisions",
    ):
        shown = desk.get(page)
        assert (page, shown.status_code) == (page, 200)
        assert PASSWORD not in shown.text


def test_a_claim_is_recorded_from_the_desk(postgres: Cluster) -> None:
    url = postgres.url(postgres.database())
    Store.open(url, create=True).close()
    desk = browser(Address(url))
    form = {"subject": TROOPS, "claims": "300 killed", "source": "Seoul"}
    assert desk.post("/add", data=form, follow_redirects=False).status_code in (200, 303)
    with Store.open(url) as store:
        assert [each.said for each in store.claims()] == ["300"]
