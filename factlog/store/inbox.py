"""The inbox: articles, what their texts propose, and what a person made of each proposal.

Nothing in it is a claim. Accepting a proposal records its claim and says so of the proposal in
one event, so that neither is ever there without the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from factlog import dates
from factlog.article import SAYS, SURE, Article, KeptProposal, ProposalState
from factlog.claim import Claim
from factlog.errors import NotFound, ReadingError, StoreError, UsageError
from factlog.store import query
from factlog.store.connection import Connection, row_number
from factlog.store.differences import Difference
from factlog.store.drafts import draft
from factlog.store.events import EventWriter, digest
from factlog.store.record import Recorder, broken, unwritable, worded
from factlog.store.schema import COLUMNS
from factlog.store.written import is_moment, is_uid
from factlog.wording import counted

LONGEST = 2_000_000  # characters of an article
_LONGEST_NAME = 2_000  # characters of its title, its link

_ARTICLES = f"""
select a.id, a.text, a.title, a.subject, a.outlet, a.link, a.published, a.at,
       {
    ", ".join(
        f"(select count(*) from proposal p where p.article_id = a.id and p.state = "
        f"'{state}' and p.undone is null)"
        for state in ProposalState
    )
}
from article a where a.undone is null
"""  # noqa: S608
_PROPOSALS = f"""
select p.id, p.article_id, p.start, p.finish, p.value_start, p.value_finish,
       {", ".join(f"p.{each}" for each in SAYS)},
       p.confidence, p.unnamed, p.state, p.claim, coalesce(c.edits, c.id), length(a.text)
from proposal p join article a on a.id = p.article_id
left join claim c on c.uid = p.claim and c.undone is null where p.undone is null
"""  # noqa: S608


class Inbox:
    """The inbox of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, article: Article, proposals: Sequence[KeptProposal], now: datetime) -> Article:
        """Put an article into the inbox with its proposals, once.

        The same article is one of the same text, title, subject, outlet, link and date.
        """
        _see_that_it_fits(article, proposals)
        with self._connection.writing():
            told = _article_values(article)
            uid = digest([*told])[:32]
            known = self._connection.row("select id, undone from article where uid = ?", (uid,))
            if known is not None:
                if known[1] is not None:
                    entry = EventWriter(self._connection, now)
                    _bring_back(entry, known[0])
                    entry.close("article", f"{article.title}: again")
                return _article(self._connection, known[0])
            entry = EventWriter(self._connection, now)
            number = entry.reserve("article")
            entry.insert("article", [(number, uid, *told, entry.at, None)])
            rows = [
                _proposal_row(entry.reserve("proposal"), uid, number, place, each)
                for place, each in enumerate(proposals)
            ]
            if rows:
                entry.insert("proposal", rows)
            how_many = counted(len(rows), "1 proposal", "{} proposals")
            entry.close("article", f"{article.title}: {how_many}")
            return _article(self._connection, number)

    def propose(
        self, article: Article, proposals: Sequence[KeptProposal], most: int, now: datetime
    ) -> tuple[Article, bool]:
        """Put an article in for a program, unless its text is there under whatever title.

        Whether it is new comes back too; `most` may wait before a person is to look.
        """
        with self._connection.writing():  # so that no other process puts it in meanwhile
            known = self._connection.row(
                f"{_ARTICLES} and a.text = ? order by a.id limit 1", (article.text,)
            )
            if known is not None:
                return _made(known), False
            if self.waiting() >= most:
                raise UsageError(
                    f"{most} proposals or more wait for a person already.",
                    "Have somebody decide on those first: factlog serve --write",
                )
            return self.put(article, proposals, now), True

    def articles(self) -> tuple[Article, ...]:
        """The articles of the inbox, the latest first."""
        rows = self._connection.rows(f"{_ARTICLES} order by a.id desc")
        return tuple(map(_made, rows))

    def article(self, number: int) -> tuple[Article, tuple[KeptProposal, ...]]:
        """An article and its proposals in reading order."""
        found = _article(self._connection, number)
        rows = self._connection.rows(
            f"{_PROPOSALS} and p.article_id = ? order by p.value_start, p.id", (number,)
        )
        return found, tuple(_proposal(each) for each in rows)

    def of_claim(self, number: int) -> tuple[Article, KeptProposal] | None:
        """The article that a claim was read in, and the proposal it was; None if in none."""
        row = self._connection.row(
            f"{_PROPOSALS} and coalesce(c.edits, c.id) = ? limit 1", (row_number(number),)
        )
        if row is None:
            return None
        found = _proposal(row)
        return _article(self._connection, found.article or 0), found

    def waiting(self) -> int:
        """How many proposals nobody has decided on."""
        sql = "select count(*) from proposal where state = 'waiting' and undone is null"
        return int(self._connection.value(sql))

    def proposal(self, number: int) -> KeptProposal:
        """The proposal with this id."""
        row = self._connection.row(f"{_PROPOSALS} and p.id = ?", (row_number(number),))
        if row is None:
            raise NotFound(f"There is no proposal {number} in the inbox.", "See those there are.")
        return _proposal(row)

    def accept(self, number: int, claim: Claim, now: datetime) -> Claim:
        """Record the claim that a person made of a waiting proposal, and say so of the proposal.

        A claim that is on record already is the one the proposal became.
        """
        with self._connection.writing(), worded(map(draft, [claim])):
            _see_that_it_waits(self._connection, number)
            entry = EventWriter(self._connection, now)
            row = Recorder(entry).take([draft(claim)])[0]
            uid = self._connection.value("select uid from claim where id = ?", (row,))
            entry.update("proposal", number, {"state": ProposalState.ACCEPTED.value, "claim": uid})
            entry.close("accept", f"proposal {number}: {claim.said}")
            return next(query.by_rows(self._connection, [row]))

    def skip(self, number: int, now: datetime) -> None:
        """Put a waiting proposal aside for good; undo brings it back."""
        with self._connection.writing():
            _see_that_it_waits(self._connection, number)
            entry = EventWriter(self._connection, now)
            entry.update("proposal", number, {"state": ProposalState.SKIPPED.value})
            entry.close("skip", f"proposal {number}")

    def name_subject(self, number: int, subject: str, now: datetime) -> None:
        """Say what an article is about."""
        if broken(subject):
            raise unwritable(subject)
        if not subject.strip():
            raise UsageError("The subject is blank.", "Write what the figures are of.")
        with self._connection.writing():
            _article(self._connection, number)
            entry = EventWriter(self._connection, now)
            entry.update("article", number, {"subject": subject.strip()})
            entry.close("about", f"article {number}: {subject.strip()}")


def _see_that_it_fits(article: Article, proposals: Sequence[KeptProposal]) -> None:
    """Refuse what is no text, and proposals that do not stand in it."""
    names = (article.title, article.subject, article.outlet, article.link, article.published)
    says = [text for each in proposals for text in (*each.says.values(), each.confidence)]
    for text in filter(None, (article.text, *names, *says)):
        if broken(text):
            raise unwritable(text)
    if not article.text.strip():
        raise UsageError("The article is blank.", "Give its text.")
    if not article.title.strip():
        raise UsageError("The title of the article is blank.", "Say what to call it.")
    if "\0" in article.text + "".join(filter(None, (*names, *says))):
        raise UsageError("The article is no text.", "Give the text of an article.")
    if len(article.text) > LONGEST or any(len(name or "") > _LONGEST_NAME for name in names):
        raise UsageError(
            f"The article is longer than {LONGEST:,} characters, or its title than "
            f"{_LONGEST_NAME:,}.",
            "Give it in parts.",
        )
    if article.published:
        dates.parse(article.published)
    for each in proposals:
        places = [0, each.start, each.value_start, each.value_end, each.end, len(article.text)]
        if places != sorted(places) or not each.says.get("value") or each.confidence not in SURE:
            raise UsageError(
                "A proposal does not stand in its article.", "Make it of that article's text."
            )


def _bring_back(entry: EventWriter, article: int) -> None:
    """Let an article count again that undo had taken back, with its proposals."""
    entry.update("article", article, {"undone": None})
    sql = "select id from proposal where article_id = ? and undone is not null order by id"
    for number in entry.connection.numbers(sql, (article,)):
        entry.update("proposal", number, {"undone": None})


def _article_values(article: Article) -> tuple[str | None, ...]:
    return (
        *(article.text, sha256(article.text.encode()).hexdigest(), article.title),
        *(article.outlet, article.link, article.published, article.subject),
    )


def _proposal_row(
    number: int, article_uid: str, article: int, place: int, each: KeptProposal
) -> tuple[object, ...]:
    says = [each.says.get(name) or None for name in SAYS]
    where = (each.start, each.end, each.value_start, each.value_end)
    uid = digest([article_uid, place, *where, *says])[:32]
    state = (ProposalState.WAITING.value, None, None)
    return (number, uid, article, *where, *says, each.confidence, int(each.unnamed), *state)


def _article(connection: Connection, number: int) -> Article:
    row = connection.row(f"{_ARTICLES} and a.id = ?", (row_number(number),))
    if row is None:
        raise NotFound(f"There is no article {number} in the inbox.", "See those there are.")
    return _made(row)


def _made(row: Any) -> Article:
    number, text, title, subject, outlet, link, published, at, *counts = row
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as error:
        raise _unreadable("Article", number) from error
    return Article(
        *(text, title, subject, outlet, link, published, number, moment),
        dict(zip(ProposalState, counts, strict=True)),
    )


def _proposal(row: Any) -> KeptProposal:
    number, article, start, end, value_start, value_end, *rest = row
    said, (confidence, unnamed, state, uid, claim, size) = rest[: len(SAYS)], rest[len(SAYS) :]
    says = {name: text or "" for name, text in zip(SAYS, said, strict=True)}
    places = [0, start, value_start, value_end, end, size]
    accepted = state == ProposalState.ACCEPTED
    known = state in set(ProposalState) and unnamed in (0, 1)
    if places != sorted(places) or accepted is (uid is None) or not known:
        raise _unreadable("Proposal", number)
    return KeptProposal(
        *(start, end, value_start, value_end, says, confidence, bool(unnamed)),
        *(ProposalState(state), claim, number, article),
    )


def _see_that_it_waits(connection: Connection, number: int) -> None:
    found = Inbox(connection).proposal(number)
    if found.state is ProposalState.ACCEPTED and found.claim is not None:
        raise UsageError(
            f"Proposal {number} is on record already, as claim {found.claim}.",
            "Take that back first, or edit the claim.",
        )
    if found.state is ProposalState.SKIPPED:
        raise UsageError(f"Proposal {number} was skipped.", "Take that back first: undo.")


def check(connection: Connection) -> None:
    """Hold every article and proposal to what one can be; StoreError for what cannot."""
    for table in ("article", "proposal"):
        columns = ", ".join(COLUMNS[table])
        for number, uid, *told in connection.rows(f"select {columns} from {table}"):  # noqa: S608
            words = [each for each in told if isinstance(each, str)]
            if not is_uid(uid) or any(map(broken, words)):
                raise _unreadable(table.capitalize(), number)
    hashes = "select id, text, sha256, at from article"
    for number, text, hash_, at in connection.rows(hashes):
        try:
            fits = is_moment(at) and sha256(text.encode()).hexdigest() == hash_
        except ValueError:
            fits = False
        if not fits:
            raise _unreadable("Article", number)
    for row in connection.rows(_ARTICLES.replace("where a.undone is null", "")):
        every = _PROPOSALS.replace("where p.undone is null", "where p.article_id = ?")
        proposals = [_proposal(each) for each in connection.rows(every, (row[0],))]
        try:
            _see_that_it_fits(_made(row), proposals)
        except (UsageError, ReadingError) as error:
            raise _unreadable("Article", row[0]) from error


def _unreadable(kind: str, number: int) -> StoreError:
    return StoreError(
        f"{kind} {number} of the inbox cannot be read: it was changed outside factlog.",
        "See what does not fit: factlog log --verify",
    )


def take(entry: EventWriter, other: Connection, moved: dict[str, int]) -> Iterator[Difference]:
    """Take over the articles and proposals only the other store has, and what was decided there.

    What was accepted in either store is accepted in both, as long as its claim is here.
    """
    here, places = entry.connection, {}
    for number, uid, *told in other.rows(
        f"select {', '.join(COLUMNS['article'][:-1])} from article "  # noqa: S608
        "where undone is null order by id"
    ):
        known = here.row("select id, undone, subject from article where uid = ?", (uid,))
        if known is None:
            places[number] = entry.reserve("article")
            entry.insert("article", [(places[number], uid, *told, None)])
            continue
        places[number] = known[0]
        if known[1] is not None:
            _bring_back(entry, known[0])
        subject = told[_SUBJECT]
        if known[2] is None and subject is not None:
            entry.update("article", known[0], {"subject": subject})
        elif subject is not None and known[2] != subject:
            about = f'"{known[2]}"'
            yield Difference("article", told[_TITLE], f"of {about}", f'of "{subject}"', about)
    for _number, uid, article, *told in other.rows(
        f"select {', '.join(COLUMNS['proposal'][:-1])} from proposal "  # noqa: S608
        "where undone is null order by id"
    ):
        if article in places:
            yield from _take_proposal(entry, uid, places[article], _with_claim(here, told, moved))


_TITLE = COLUMNS["article"].index("title") - 2
_SUBJECT = COLUMNS["article"].index("subject") - 2


def _with_claim(here: Connection, told: list[Any], moved: dict[str, int]) -> list[Any]:
    """A proposal's values, its claim by the uid it has here; without one it waits."""
    *most, state, uid = told
    if uid in moved:
        uid = here.value("select uid from claim where id = ?", (moved[uid],))
    if uid and not here.value("select 1 from claim where uid = ? and undone is null", (uid,)):
        return [*most, ProposalState.WAITING.value, None]
    return [*most, state, uid]


def _take_proposal(
    entry: EventWriter, uid: str, article: int, told: list[Any]
) -> Iterator[Difference]:
    known = entry.connection.row(
        "select id, state, undone, claim from proposal where uid = ?", (uid,)
    )
    if known is None:
        entry.insert("proposal", [(entry.reserve("proposal"), uid, article, *told, None)])
        return
    if known[2] is not None:
        entry.update("proposal", known[0], {"undone": None})
    *_said, state, claim = told
    here, there = ((known[1], known[3]), (state, claim))
    taken = there if (known[1], state) in _FURTHER else here
    if taken is there:
        entry.update("proposal", known[0], {"state": state, "claim": claim})
    if here != there and ProposalState.WAITING not in (known[1], state):
        one, other, outcome = (_became(entry.connection, *each) for each in (here, there, taken))
        yield Difference("proposal", str(known[0]), one, other, outcome)


def _became(connection: Connection, state: str, uid: str | None) -> str:
    """What became of a proposal, in words: skipped, claim 12."""
    number = connection.value("select coalesce(edits, id) from claim where uid = ?", (uid,))
    return state if number is None else f"claim {number}"


# Which state of the other store's goes further than this one's.
_FURTHER = {
    (ProposalState.WAITING, ProposalState.SKIPPED),
    (ProposalState.WAITING, ProposalState.ACCEPTED),
    (ProposalState.SKIPPED, ProposalState.ACCEPTED),
}
