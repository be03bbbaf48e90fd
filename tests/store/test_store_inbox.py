"""The inbox: articles and proposals are logged, verified, undone and merged like claims."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from factlog.article import Article, KeptProposal, ProposalState
from factlog.errors import NotFound, StoreError, UsageError
from factlog.store import Store, inbox
from support.stores import NOW, TROOPS, about, by_hand, claim, later, new_store

pytestmark = pytest.mark.engines

TEXT = "Around 300 soldiers were killed, Seoul said. Kyiv spoke of about 4,000 casualties."
ARTICLE = Article(TEXT, "Around 300", subject=TROOPS, outlet="Reuters", published="2025-01-13")
PROPOSALS = (
    KeptProposal(
        *(0, 44, 0, 10, {"value": "around 300", "measure": "killed", "source": "Seoul"}, "high")
    ),
    KeptProposal(*(45, 82, 59, 70, {"value": "about 4,000", "measure": "casualties"}, "low", True)),
)
WAITING, ACCEPTED, SKIPPED = ProposalState


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


def put(store: Store) -> list[int]:
    kept = store.inbox.put(ARTICLE, PROPOSALS, now=NOW)
    assert kept.id is not None
    return [each.id or 0 for each in store.inbox.article(kept.id)[1]]


def states(store: Store, article: int = 1) -> list[ProposalState]:
    return [each.state for each in store.inbox.article(article)[1]]


def test_an_article_is_kept_with_what_it_proposes(store: Store) -> None:
    put(store)
    (article,) = store.inbox.articles()
    assert replace(article, id=None, at=None, counts={}) == ARTICLE
    assert (article.waiting, article.at) == (2, NOW)
    first, second = store.inbox.article(1)[1]
    assert (first.says["value"], first.says["source"], first.unnamed) == (
        "around 300",
        "Seoul",
        False,
    )
    assert (second.says["source"], second.unnamed, second.confidence) == ("", True, "low")
    assert TEXT[second.value_start : second.value_end] == "about 4,000"
    assert store.count() == 0
    assert store.verify().ok


def test_the_same_article_is_kept_once(store: Store) -> None:
    put(store)
    put(store)
    assert [len(store.inbox.articles()), len(store.log())] == [1, 1]


def test_accepting_records_the_claim_in_one_event(store: Store) -> None:
    first, _second = put(store)
    kept = store.inbox.accept(first, claim("around 300", about(300)), now=later(1))
    assert (kept.id, store.count(), states(store)) == (1, 1, [ACCEPTED, WAITING])
    assert store.inbox.proposal(first).claim == 1
    assert [event.action for event in store.log()] == ["accept", "article"]
    assert store.verify().ok


def test_a_claim_on_record_is_what_the_proposal_became(store: Store) -> None:
    first, _second = put(store)
    store.add([claim("around 300", about(300))], now=NOW)
    store.inbox.accept(first, claim("around 300", about(300)), now=later(1))
    assert (store.count(), store.inbox.proposal(first).claim) == (1, 1)
    assert store.verify().ok


def test_what_was_done_to_a_proposal_is_taken_back(store: Store) -> None:
    first, second = put(store)
    store.inbox.accept(first, claim("around 300", about(300)), now=later(1))
    store.inbox.skip(second, now=later(2))
    assert states(store) == [ACCEPTED, SKIPPED]
    store.undo(now=later(3))
    store.undo(now=later(4))
    assert (states(store), store.count()) == ([WAITING, WAITING], 0)
    store.undo(now=later(5))
    assert store.inbox.articles() == ()
    assert store.verify().ok
    for minute in (6, 8, 10):
        kept = store.inbox.put(ARTICLE, PROPOSALS, now=later(minute))
        assert (kept.id, states(store)) == (1, [WAITING, WAITING])
        assert store.inbox.put(ARTICLE, PROPOSALS, now=later(minute)) == kept
        store.undo(now=later(minute + 1))
        assert store.inbox.articles() == ()
    assert store.verify().ok


def test_an_article_stays_while_something_rests_on_it(store: Store) -> None:
    first, _second = put(store)
    store.inbox.skip(first, now=later(1))
    with pytest.raises(UsageError, match="event 2 "):
        store.undo(now=later(2), number=1)


def test_a_proposal_is_decided_once(store: Store) -> None:
    first, second = put(store)
    store.inbox.accept(first, claim("around 300", about(300)), now=later(1))
    store.inbox.skip(second, now=later(2))
    with pytest.raises(UsageError, match="as claim 1"):
        store.inbox.accept(first, claim("around 301", about(301)), now=later(3))
    with pytest.raises(UsageError, match="was skipped"):
        store.inbox.skip(second, now=later(3))
    with pytest.raises(NotFound, match="no proposal 9"):
        store.inbox.skip(9, now=later(3))
    with pytest.raises(NotFound, match="no article 9"):
        store.inbox.article(9)


def test_what_an_article_is_about_can_be_said_later(store: Store) -> None:
    store.inbox.put(replace(ARTICLE, subject=None), PROPOSALS, now=NOW)
    store.inbox.name_subject(1, " Kursk ", now=later(1))
    assert store.inbox.article(1)[0].subject == "Kursk"
    with pytest.raises(UsageError, match="blank"):
        store.inbox.name_subject(1, " ", now=later(2))
    with pytest.raises(UsageError, match="half a character"):
        store.inbox.name_subject(1, "\ud800", now=later(2))
    assert store.verify().ok


@pytest.mark.parametrize(
    ("article", "problem"),
    [
        (replace(ARTICLE, text=" \n"), "blank"),
        (replace(ARTICLE, text="3" * 2_000_001), "longer than"),
        (replace(ARTICLE, text="\udcff 300"), "half a character"),
        (replace(ARTICLE, text="300\0 killed"), "no text"),
        (replace(ARTICLE, title=" "), "blank"),
        (replace(ARTICLE, title="3" * 2_001), "longer than"),
        (replace(ARTICLE, subject="Ku\0rsk"), "no text"),
    ],
)
def test_what_is_no_article_is_refused(store: Store, article: Article, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        store.inbox.put(article, (), now=NOW)
    assert store.log() == ()


@pytest.mark.parametrize(
    "damage",
    [
        "update article set text = 'Other words.'",
        "update proposal set state = 'accepted'",
        "update proposal set finish = 4000",
        "delete from proposal where id = 2",
        "update proposal set state = 'lost'",
        "update article set subject = 'Other'",
    ],
)
def test_a_change_made_outside_is_named(tmp_path: Path, damage: str) -> None:
    with new_store(tmp_path) as store:
        put(store)
        path = store.place
    by_hand(path, damage)
    with Store.open(path) as store:
        assert not store.verify().ok


@pytest.mark.parametrize(
    "damage",
    [
        "update proposal set state = 'lost'",
        "update proposal set value_finish = 4000",
        "update article set at = 'then'",
    ],
)
def test_an_inbox_that_cannot_be_is_damage(tmp_path: Path, damage: str) -> None:
    with new_store(tmp_path) as store:
        put(store)
        path = store.place
    by_hand(path, damage)
    with Store.open(path) as store, pytest.raises(StoreError, match="changed outside factlog"):
        store.inbox.article(1)


def test_two_inboxes_become_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with new_store(tmp_path / "a") as ours, new_store(tmp_path / "b") as theirs:
        put(ours)
        first, second = put(theirs)
        theirs.inbox.accept(first, claim("around 300", about(300)), now=later(1))
        theirs.inbox.put(replace(ARTICLE, text="More than 40 died."), PROPOSALS[:0], now=later(2))
        ours.inbox.skip(second, now=later(2))
        report = ours.merge(theirs, now=later(3))
        assert (report.added, report.articles, report.proposals) == (1, 1, 0)
        assert report.differences == ()  # a proposal that waited here is as it is there
        assert states(ours) == [ACCEPTED, SKIPPED]
        assert ours.inbox.proposal(1).claim == 1
        assert [each.text[:9] for each in ours.inbox.articles()] == ["More than", "Around 30"]
        assert ours.verify().ok
        ours.undo(now=later(4))
        assert states(ours) == [WAITING, SKIPPED]
        assert ours.verify().ok


@pytest.mark.parametrize(
    "proposal",
    [
        replace(PROPOSALS[0], end=9999),
        replace(PROPOSALS[0], start=-1),
        replace(PROPOSALS[0], value_end=60),
        replace(PROPOSALS[0], says={}),
        replace(PROPOSALS[0], confidence=""),
    ],
)
def test_a_proposal_that_does_not_stand_in_its_text_is_refused(
    store: Store, proposal: KeptProposal
) -> None:
    with pytest.raises(UsageError, match="does not stand"):
        store.inbox.put(ARTICLE, [proposal], now=NOW)
    assert store.log() == ()


def test_no_number_is_too_large_to_be_looked_for(store: Store) -> None:
    for look in (store.inbox.article, store.inbox.proposal):
        with pytest.raises(NotFound):
            look(2**70)
    assert store.inbox.of_claim(2**70) is None


def test_a_claim_stays_while_a_proposal_became_it(store: Store) -> None:
    first, second = put(store)
    store.inbox.accept(first, claim("around 300", about(300)), now=later(1))
    store.inbox.accept(second, claim("around 300", about(300)), now=later(2))
    with pytest.raises(UsageError, match="event 3 "):
        store.undo(now=later(3), number=2)


def test_what_became_of_a_claim_that_is_not_here_waits(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with new_store(tmp_path / "a") as ours, new_store(tmp_path / "b") as theirs:
        ours.add([claim("12")], now=NOW)
        theirs.add([claim("around 300", about(300))], now=NOW)
        first, _second = put(theirs)
        theirs.inbox.accept(first, claim("around 300", about(300)), now=later(1))
        by_hand(theirs.place, "update proposal set claim = 'no claim' where id = 1")
        # A store of an older factlog may hold such a proposal: its claim was taken back.
        assert theirs.inbox.proposal(first).claim is None
        theirs.inbox.accept(first, claim("around 301", about(301)), now=later(2))
        assert theirs.inbox.proposal(first).claim == 2


def test_a_merge_taken_back_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with new_store(tmp_path / "a") as ours, new_store(tmp_path / "b") as theirs:
        ours.add([claim("12")], now=NOW)
        first, second = put(theirs)
        theirs.inbox.accept(first, claim("around 300", about(300)), now=later(1))
        for minute in (2, 4, 6):
            report = ours.merge(theirs, now=later(minute))
            assert (report.articles, report.proposals) == (1, 2)
            assert states(ours) == [ACCEPTED, WAITING]
            assert ours.verify().ok
            ours.undo(now=later(minute + 1))
            assert ours.inbox.articles() == ()
            assert ours.verify().ok
        ours.merge(theirs, now=later(8))
        ours.inbox.skip(second, now=later(9))
        theirs.merge(ours, now=later(10))
        assert states(theirs) == [ACCEPTED, SKIPPED]
        assert theirs.verify().ok


def test_accepted_in_either_store_is_accepted_in_both(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("c", "d")):
        (tmp_path / one).mkdir()
        (tmp_path / other).mkdir()
        with new_store(tmp_path / one) as ours, new_store(tmp_path / other) as theirs:
            first, _second = put(ours)
            put(theirs)
            ours.inbox.skip(first, now=later(1))
            theirs.inbox.accept(first, claim("around 300", about(300)), now=later(1))
            into, of = (ours, theirs) if one == "a" else (theirs, ours)
            told = [str(each) for each in into.merge(of, now=later(2)).differences]
            said = ("skipped", "claim 1") if one == "a" else ("claim 1", "skipped")
            assert told == ['proposal "1": here {}; there {}; taken: claim 1'.format(*said)]
            assert states(into)[0] is ACCEPTED
            assert into.verify().ok


def test_text_that_is_no_text_is_named(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        put(store)
        path = store.place
    by_hand(path, "update article set text = cast(x'ff41' as text)")
    with Store.open(path) as store:
        assert not store.verify().ok


@pytest.mark.parametrize(
    "damage",
    [
        "update article set at = 'then'",
        "update article set at = '2025-02-01'",
        "update article set uid = 'x'",
        "update article set title = ' '",
        "update article set published = 'someday'",
        "update proposal set uid = 'x' where id = 1",
        "update proposal set confidence = 'zz'",
        "update proposal set unnamed = 7",
        "update proposal set value = ''",
        "update proposal set source = cast(x'ff41' as text)",
    ],
)
def test_what_no_inbox_holds_is_named_by_what_it_is(tmp_path: Path, damage: str) -> None:
    """As it would be though every hash had been made to fit."""
    with new_store(tmp_path) as store:
        put(store)
        path = store.place
    by_hand(path, damage)
    with Store.open(path) as store:
        connection = store._connection
        with connection.any_text(), pytest.raises(StoreError, match="of the inbox cannot be read"):
            inbox.check(connection)


def test_what_two_inboxes_say_differently_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with new_store(tmp_path / "a") as ours, new_store(tmp_path / "b") as theirs:
        for store, number, subject in ((ours, 300, "Kursk"), (theirs, 301, "Sumy")):
            first, _second = put(store)
            store.inbox.accept(first, claim(f"around {number}", about(number)), now=later(1))
            store.inbox.name_subject(1, subject, now=later(2))
        told = [str(each) for each in ours.merge(theirs, now=later(3)).differences]
        assert told == [
            'article "Around 300": here of "Kursk"; there of "Sumy"; taken: "Kursk"',
            'proposal "1": here claim 1; there claim 2; taken: claim 1',
        ]
        assert ours.verify().ok
