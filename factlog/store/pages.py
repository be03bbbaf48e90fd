"""Pages kept as evidence: a row each in the record, their bytes beside it (`page_bytes`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from factlog.claim import Claim
from factlog.errors import NotFound, StoreError, UsageError
from factlog.page import LONGEST, KeptPage, PageState, bare_link, small
from factlog.store import page_bytes, query
from factlog.store.connection import Connection, row_number
from factlog.store.events import EventWriter, digest
from factlog.store.record import broken, unwritable
from factlog.store.rows import check_printed
from factlog.store.schema import COLUMNS
from factlog.store.written import is_moment, is_uid
from factlog.wording import counted

LARGEST = 100_000_000  # bytes of a page
_LONGEST_NAME = 2_000

_SHOWN = f"""
select p.id, p.url, {query.NUMBER}, p.sha256, p.media_type, p.size, p.taken_from,
       p.text is not null, p.at
from page p left join claim c on c.uid = p.claim where p.undone is null
"""  # noqa: S608
_RESTING = """
select c.id from claim c join statement s on s.id = c.statement_id
where c.retracted is null and c.replaced is null
  and (coalesce(c.edits, c.id) = ?1 or lower(trim(s.url)) = ?2
       or lower(substr(trim(s.url), 1, length(?2) + 1)) = ?2 || '#')
order by coalesce(c.edits, c.id)
"""


class Pages:
    """The pages of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def kept_in(self) -> page_bytes.Folder | page_bytes.Shelf:
        """Where their bytes lie: facts.pages beside facts.db, or in the database."""
        return page_bytes.of(self._connection)

    def keep(
        self, page: KeptPage, raw: bytes, text: str | None, now: datetime
    ) -> tuple[KeptPage, bool]:
        """Keep a page and its words; the same bytes for the same link once. Also whether new."""
        text = text and text[:LONGEST]
        _see_that_it_fits(page, raw, text)
        with self._connection.writing():
            claim = _uid(self._connection, page.claim) if page.claim is not None else None
            uid = digest([page.url, claim, page.sha256])[:32]
            known = self._connection.row("select id, undone from page where uid = ?", (uid,))
            self.kept_in.put(page.sha256, raw)
            if known is not None and known[1] is None:
                return self.page(known[0]), False
            if same := self._of_link(page):
                return same, False
            entry = EventWriter(self._connection, now)
            number = known[0] if known else entry.reserve("page")
            if known:  # undo had taken it back
                entry.update("page", number, {"undone": None})
            else:
                told = (page.url, claim, page.sha256, page.media_type, page.size)
                row = (number, uid, *told, page.taken_from, entry.at, text, None)
                entry.insert("page", [row])
            what = page.url or f"for claim {page.claim}"
            hashed = f"{page.media_type}, SHA-256 {page.sha256[:16]}"
            entry.close("keep", f"page {number}, {what}: {hashed}")
            return self.page(number), True

    def _of_link(self, page: KeptPage) -> KeptPage | None:
        """These bytes as they are kept for this link already, be it by another claim."""
        sql = f"{_SHOWN} and p.sha256 = ? order by p.id"
        link = bare_link(page.url)
        kept = map(_page, self._connection.rows(sql, (page.sha256,)))
        return next((each for each in kept if link and bare_link(each.url) == link), None)

    def all(self) -> tuple[KeptPage, ...]:
        """Every page, the first kept first."""
        return tuple(map(_page, self._connection.rows(f"{_SHOWN} order by p.id")))

    def page(self, number: int) -> KeptPage:
        """The page with this id."""
        row = self._connection.row(f"{_SHOWN} and p.id = ?", (row_number(number),))
        if row is None:
            raise NotFound(f"There is no page {number}.", "See those there are: factlog keep")
        return _page(row)

    def text(self, page: KeptPage) -> str | None:
        """The words of a page, if they could be read."""
        found: str | None = self._connection.value("select text from page where id = ?", (page.id,))
        return found

    def resting_on(self, page: KeptPage) -> list[Claim]:
        """The live claims that a page is evidence of."""
        link = bare_link(page.url)
        rows = self._connection.numbers(_RESTING, (page.claim, small(link) or None))
        found = query.by_rows(self._connection, rows)
        return [c for c in found if page.claim == c.id or bare_link(c.statement.url) == link]

    def state(self, page: KeptPage) -> PageState:
        """Whether the bytes of a page are there, and still those that were kept."""
        return self.kept_in.state(page.sha256, page.size)

    def raw(self, page: KeptPage) -> bytes:
        """The bytes of a page, exactly as they were kept."""
        state = self.state(page)
        if state is not PageState.KEPT:
            raise self.kept_in.refusal(f"page {page.id}", page.sha256, state)
        return self.kept_in.read(page.sha256)


def _uid(connection: Connection, number: int) -> str:
    """The uid of a claim's first version, by which it is known in every store."""
    uid = connection.value("select uid from claim where id = ?", (row_number(number),))
    if uid is None:
        raise NotFound(f"There is no claim {number}.", "See those there are: factlog list")
    return str(uid)


def _see_that_it_fits(page: KeptPage, raw: bytes, words: str | None) -> None:
    texts = (page.url, page.taken_from, page.media_type, words)
    check_printed(*texts)
    for text in filter(None, texts):
        if broken(text):
            raise unwritable(text)
    if len(raw) > LARGEST or not raw:
        size = counted(len(raw), "1 byte", "{} bytes")
        raise UsageError(
            f"A page of {size} is not kept.", f"Keep one of 1 to {LARGEST:,} bytes, or a part."
        )
    names = (page.url, page.taken_from, page.media_type)
    if any(len(name or "") > _LONGEST_NAME for name in names):
        raise UsageError(
            f"The link or name of the page is longer than {_LONGEST_NAME:,} characters.",
            "Give a shorter one.",
        )
    if page.url is None and page.claim is None:
        raise UsageError("A page is kept for a claim or a link.", "Name one: factlog keep ID")
    assert page.sha256 == sha256(raw).hexdigest()
    assert page.size == len(raw)


def _page(row: Any) -> KeptPage:
    number, url, claim, hash_, media_type, size, taken_from, readable, at = row
    try:
        if not page_bytes.HASH.fullmatch(hash_) or size < 1:
            raise ValueError(number)
        moment = datetime.fromisoformat(at)
    except (TypeError, ValueError) as error:
        raise _unreadable(number) from error
    return KeptPage(
        *(url, claim, hash_, media_type, size, taken_from, bool(readable), number, moment)
    )


def check(connection: Connection) -> None:
    """Hold every page to what one can be, and its file to its hash; StoreError for what fails."""
    columns, place = ", ".join(COLUMNS["page"]), page_bytes.of(connection)
    rows = connection.rows(f"select {columns} from page order by id")  # noqa: S608
    for number, uid, url, claim, hash_, media_type, size, taken_from, at, text, undone in rows:
        made = digest([url, claim, hash_])[:32]
        words = [each for each in (url, media_type, taken_from, text) if each is not None]
        try:
            fits = (
                is_uid(uid) and uid == made and is_moment(at) and (claim is None or is_uid(claim))
            )
            fits = fits and not any(map(broken, words)) and (url or claim) and media_type
        except ValueError:
            fits = False
        if not fits:
            raise _unreadable(number)
        _page((number, url, None, hash_, media_type, size, taken_from, text is not None, at))
        state = place.state(hash_, size) if undone is None else PageState.KEPT
        if state is not PageState.KEPT:
            raise place.refusal(f"page {number} ({url or 'kept for a claim'})", hash_, state)


def _unreadable(number: int) -> StoreError:
    return StoreError(
        f"Page {number} cannot be read: it was changed outside factlog.",
        "See what does not fit: factlog log --verify",
    )


def take_bytes(here: Connection, other: Connection) -> None:
    """Copy the bytes of the other store's pages to those of this one."""
    for (hash_,) in other.rows("select distinct sha256 from page where undone is null"):
        page_bytes.of(here).put(hash_, page_bytes.of(other).read(hash_))


def take(entry: EventWriter, other: Connection, moved: Mapping[str, int]) -> None:
    """Take over the pages only the other store has."""
    here = entry.connection
    columns = ", ".join(COLUMNS["page"][1:-1])
    sql = f"select {columns} from page where undone is null order by id"  # noqa: S608
    for uid, url, claim, hash_, *told in other.rows(sql):
        if claim in moved:
            claim = here.value("select uid from claim where id = ?", (moved[claim],))
            uid = digest([url, claim, hash_])[:32]
        known = here.row("select id, undone from page where uid = ?", (uid,))
        if known is None:
            entry.insert("page", [(entry.reserve("page"), uid, url, claim, hash_, *told, None)])
        elif known[1] is not None:
            entry.update("page", known[0], {"undone": None})
