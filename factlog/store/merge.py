"""Making two stores one: the same claims once, both histories kept.

Whatever only one store says is taken over. Where the two say different things neither is
taken, and the difference is reported: so it makes no odds which store is merged into which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from itertools import starmap
from pathlib import Path
from tempfile import TemporaryDirectory

from factlog.claim import Claim
from factlog.errors import StoreError, UsageError
from factlog.store import decisions, definitions, inbox, merged_names, names, pages, query
from factlog.store.address import Place
from factlog.store.connection import Connection, is_busy, is_full, no_room
from factlog.store.dialect import SQLITE
from factlog.store.differences import Difference, MergeReport
from factlog.store.drafts import Stored, unpacked
from factlog.store.events import EventWriter, Row, head
from factlog.store.offered import Offered, drafts_of, offered, unfit, withdrawn_for
from factlog.store.payloads import Dispute
from factlog.store.record import Recorder
from factlog.store.schema import COLUMNS, EVENT_COLUMNS
from factlog.store.text_index import Index

_AT_ONCE = 500


def is_behind(connection: Connection, other: Connection) -> bool:
    """Whether the other store's log is this one's, gone further."""
    last = connection.row("select id, hash from event order by id desc limit 1")
    if last is None:
        return False
    found = other.value("select hash from event where id = ?", (last[0],))
    return bool(
        found == last[1] and other.value("select 1 from event where id > ? limit 1", (last[0],))
    )


def catch_up(connection: Connection, other: Connection) -> None:
    """Make this store the same as the other: its rows, and its log word for word."""
    connection.defer_references()
    for table, columns in {**COLUMNS, "event": EVENT_COLUMNS}.items():
        _copy(connection, other, table, columns)


def _copy(connection: Connection, other: Connection, table: str, columns: Sequence[str]) -> None:
    names = ", ".join(columns)
    every = f"select {names} from {table} where id > ? order by id limit {_AT_ONCE}"  # noqa: S608
    settings = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    put = (
        f"insert into {table} ({names}) values ({', '.join('?' * len(columns))}) "  # noqa: S608
        f"on conflict (id) do update set {settings}"
    )
    index = Index(COLUMNS)
    indexed = connection.value(f"select coalesce(max(id), 0) from {table}")  # noqa: S608
    last = 0
    while theirs := other.rows(every, (last,)):
        ours = set(connection.rows(every, (last,)))
        changed: list[Row] = [row for row in theirs if row not in ours]
        if changed:
            connection.run_many(put, changed)
            index.take(connection.put, table, [row for row in changed if _id(row) > indexed])
        last = theirs[-1][0]


def _id(row: Row) -> int:
    number = row[0]
    assert isinstance(number, int)
    return number


STANDING = "not exists (select 1 from event u where u.undoes = e.id)"


# Whoever may do some work beside this process: see `working` of the command line.
Beside = Callable[[Callable[[], Offered]], AbstractContextManager[Offered | None]]


def merge(
    connection: Connection, other: Connection, now: datetime, beside: Beside | None = None
) -> MergeReport:
    """Take in what the other store holds; it is only read, `beside` this process if that is given.

    What is read is a copy that nobody changes and nobody locks, so that two processes can.
    """
    if connection.is_that_of(other):
        raise UsageError(
            f"{other.path} is this very store.", "Name the other store: factlog merge OTHER.db"
        )
    # From a copy: two stores merged into each other at once would wait for each other's readers.
    with _lent(connection, other) as lent, ExitStack() as stack:
        offering = partial(offered, other, as_stored=lent and not _known(connection, other))
        helping = stack.enter_context(beside(offering)) if beside else None
        stack.enter_context(connection.writing())
        theirs = helping or offering()
        wrong = unfit(connection)
        next(theirs)
        if wrong:
            raise wrong
        pages.take_bytes(connection, other)
        before = {table: count(connection, table) for table in _COUNTED}
        if is_behind(connection, other):
            claims = count(connection)
            last = connection.value("select max(id) from claim")
            catch_up(connection, other)
            known = min(claims, count(connection, "claim", last))
            told = (*_more(connection, before), claims - known)
            return MergeReport(count(connection) - known, known, (), *told)
        entry = EventWriter(connection, now)
        logs = list(_logs(connection, other))
        if not logs:  # all it holds has been taken in before
            return MergeReport(0, count(other))
        merging = _Merger(entry, other, theirs)
        differences = tuple(merging.run())
        _keep(entry, logs)
        tally = merging.recorder.tally
        left = dict.fromkeys(f"{e.kind} {e.name}" for e in differences if not e.settled)
        disputed = f"; disputed: {', '.join(left)}" if left else ""
        about = f"{other.path.name}: {tally.new} new, {tally.known} known{disputed}"
        more = {"disputed": merging.disputed} if merging.disputed else {}
        entry.close("merge", about, None, other=head(other), **more)
        return MergeReport(tally.new, tally.known, differences, *_more(connection, before))


@contextmanager
def _lent(connection: Connection, other: Connection) -> Iterator[bool]:
    """Read another store from a copy; whether its tables are at hand here too, as `theirs`."""
    folder = _folder() if connection.dialect is SQLITE and _is_long(other.path) else None
    if folder is None:
        with other.copied():
            yield False
        return
    with folder, ExitStack() as stack:
        file = Path(folder.name) / "theirs.db"
        connection.expecting_many()
        try:
            stack.enter_context(other.copied(file=str(file)))
        except StoreError as error:
            if is_full(error.__cause__):
                raise no_room(str(Path(folder.name).parent)) from error
            raise
        stack.enter_context(connection.beholding(file))
        with suppress(OSError):  # nobody else has to see it, nor find it if all is ended
            file.unlink()
        yield True


LONG = 1 << 20  # bytes of a store of which it is worth while


def _is_long(place: Place) -> bool:
    try:
        return isinstance(place, Path) and place.stat().st_size >= LONG
    except OSError:  # it is told of when it is read
        return False


def _folder() -> TemporaryDirectory[str] | None:
    try:
        return TemporaryDirectory(prefix="factlog-")
    except OSError:  # nowhere can anything be written but the store
        return None


def _known(connection: Connection, other: Connection) -> bool:
    """Whether one of the first claims of another store is here, so that more of them may be."""
    try:
        uids = [row[0] for row in other.rows("select uid from claim order by id limit 500")]
        marks = ", ".join("?" * len(uids))
        return bool(connection.value(f"select 1 from claim where uid in ({marks})", uids))  # noqa: S608
    except StoreError as error:
        if isinstance(error.__cause__, Exception) and is_busy(error.__cause__):
            raise
        return True  # it is told of when it is met again, in all that is wrong


_COUNTED = ("decision", "article", "proposal", "page", "definition")  # as a report tells them


def _more(connection: Connection, before: Mapping[str, int]) -> Iterator[int]:
    """How many more there are than before; to catch up with an undo makes none more."""
    return (max(0, count(connection, table) - before[table]) for table in _COUNTED)


def count(connection: Connection, table: str = "claim", last: int | None = None) -> int:
    """How many claims a store holds, in all their versions, or how many rows of another table;
    up to the row `last`, if that is given.
    """
    counted = f"select count(*) from {table} where undone is null and id <= coalesce(?, id)"  # noqa: S608
    return int(connection.value(counted, (last,)))


# Into a store of up to so many times as many claims, new ones go before the indexes are made anew.
_WORTH = 2
_Withdrawn = tuple[int, str, str]  # the row, and what is said of it here and there


class _Merger:
    """The claims, versions, withdrawals and names of another store, taken into this one."""

    def __init__(self, entry: EventWriter, other: Connection, offered: Offered) -> None:
        self.entry = entry
        self.offered = offered
        self.here = entry.connection
        self.there = other
        self.recorder = Recorder(entry)
        self.disputed: list[Dispute] = []
        self._first_new = entry.next_id("claim")

    def run(self) -> Iterator[Difference]:
        """Take everything in; what the two say differently comes back."""
        before = {kind: merged_names.said_of(self.here, kind) for kind in names.KINDS}
        merged_names.spellings(self.entry, self.there)
        withdrawn = [*self._claims(), *self._withdrawn()]
        versions = list(self._versions())
        yield from starmap(self._withdrawal, withdrawn)
        yield from versions
        yield from merged_names.bring_together(self.entry, self.there, before, self.disputed)
        yield from decisions.take(self.entry, self.there, self.recorder.moved)
        yield from inbox.take(self.entry, self.there, self.recorder.moved)
        definitions.take(self.entry, self.there, self.recorder.moved)
        pages.take(self.entry, self.there, self.recorder.moved)

    def _claims(self) -> Iterator[_Withdrawn]:
        for number, each in enumerate(self.offered):
            if isinstance(each, Stored) and self.recorder.take_stored(each):
                if number == 0:
                    self.recorder.begin(_WORTH * (count(self.there) + len(each.uids)))
                continue
            withdrawn, packed = drafts_of(self.there, each) if isinstance(each, Stored) else each
            drafts = unpacked(packed)
            taken = self.recorder.take(drafts, keep_dates=True)
            known = [
                (row, each.before[1], why)
                for row, each, why in zip(taken, drafts, withdrawn, strict=True)
                if row < self._first_new
            ]
            ours = query.by_rows(self.here, [row for row, *_theirs in known])
            for (row, recorded, why), claim in zip(known, ours, strict=True):
                yield from self._both(row, claim, recorded, why)
            if number == 0 and not known:  # nor may the others be
                self.recorder.begin(_WORTH * (count(self.there) + len(taken)))
        self.recorder.finish()

    def _both(
        self, row: int, ours: Claim, recorded: str | None, withdrawn: str | None
    ) -> Iterator[_Withdrawn]:
        """A claim in both stores: it was recorded when the earlier of them did."""
        assert ours.recorded is not None
        assert recorded is not None
        if datetime.fromisoformat(recorded) < ours.recorded:
            self.entry.update("claim", row, {"recorded": recorded})
        reason = withdrawn_for(ours.retracted)
        if reason is not None and withdrawn is None:
            yield row, reason, "stands"

    def _withdrawn(self) -> Iterator[_Withdrawn]:
        """What is withdrawn in either store is withdrawn."""
        sql = "select uid, retracted from claim where retracted is not null and undone is null"
        for uid, reason in self.there.rows(sql):
            row = self._row(uid)
            ours = self.here.value("select retracted from claim where id = ?", (row,))
            if ours is None:
                self.entry.update("claim", row, {"retracted": reason})
                if row < self._first_new:
                    yield row, "stands", reason

    def _withdrawal(self, row: int, here: str, there: str) -> Difference:
        """What came of a claim that one store withdrew; what the other made of it may stand."""
        sql = "select coalesce(edits, id), retracted, said from claim where id = ?"
        number, *_ = self.here.row(sql, (row,))
        last = query.current(self.here, number)
        _number, why, said = self.here.row(sql, (last,))
        stands = last != row and why is None
        outcome = f"its edit to {said}, until you say which" if stands else "withdrawn"
        return Difference("withdrawn", f"claim {number}", here, there, outcome, not stands)

    def _versions(self) -> Iterator[Difference]:
        """A claim edited in either store is replaced by its new version."""
        ours = dict(self.here.rows("select id, replaced from claim where replaced is not null"))
        theirs = dict(self._their_versions())
        after = {
            old: {each[old] for each in (ours, theirs) if old in each} for old in {*ours, *theirs}
        }
        for old in sorted(theirs):
            if ours.get(old) != theirs[old]:
                yield from self._settle(old, ours.get(old), theirs[old], after)
        for old in sorted(ours):
            if not _leaving(after, old):  # the other store replaced the new version by the old
                self._stand(old)
        self._number()

    def _number(self) -> None:
        """Give a version that no longer stands for the claim it was made of its own number."""
        versions = "select id, edits from claim where edits is not null and replaced is null"
        for row, first in self.here.rows(versions):
            if query.current(self.here, first) != row:
                self.entry.update("claim", row, {"edits": None})

    def _their_versions(self) -> Iterator[tuple[int, int]]:
        sql = (
            "select a.uid, b.uid from claim a join claim b on b.id = a.replaced "
            "where a.undone is null and b.undone is null order by a.id"
        )
        for old, new in self.there.rows(sql):
            yield self._row(old), self._row(new)

    def _settle(
        self, old: int, here: int | None, there: int, after: Mapping[int, set[int]]
    ) -> Iterator[Difference]:
        """Let the versions that both stores end with stand, be they one or two."""
        number = self.here.value("select coalesce(edits, id) from claim where id = ?", (old,))
        leaving = _leaving(after, old)
        if here is None and there in leaving:
            self.entry.update("claim", old, {"replaced": there})
            if there >= self._first_new:
                self.entry.update("claim", there, {"edits": number})
            return
        if here in leaving and there < self._first_new:  # both stand here already
            return
        if here is None:
            self._stand(old)
        elif here not in leaving:
            self.entry.update("claim", old, {"replaced": there if there in leaving else None})
        one, another = (self._said(each) for each in (here or old, there))
        yield Difference(
            *("version", f"claim {number}", one, another),
            *("whatever neither store replaced", False),
        )

    def _stand(self, row: int) -> None:
        self.entry.update("claim", row, {"replaced": None, "edits": None})

    def _row(self, uid: str) -> int:
        """The row here of a claim that has this uid there."""
        here = self.recorder.moved.get(uid)
        return here or int(self.here.value("select id from claim where uid = ?", (uid,)))

    def _said(self, row: int) -> str:
        return str(self.here.value("select said from claim where id = ?", (row,)))


def _leaving(after: Mapping[int, set[int]], old: int) -> set[int]:
    """The versions that replaced this one and were not, in the end, replaced by it."""
    return {new for new in after.get(old, ()) if old not in _reached(after, new)}


def _reached(after: Mapping[int, set[int]], row: int) -> set[int]:
    found, left = {row}, [row]
    while left:
        new = after.get(left.pop(), set()) - found
        found |= new
        left.extend(new)
    return found


Log = list[tuple[int, str, str]]


def _logs(connection: Connection, other: Connection) -> Iterator[Log]:
    """The log of the other store, and those it took in itself, that are not here yet."""
    own: Log = other.rows("select id, payload, hash from event order by id")
    kept = [
        other.rows(
            "select number, payload, hash from merged_event where event_id = ? and chain = ? "
            "order by id",
            which,
        )
        for which in other.rows("select distinct event_id, chain from merged_event order by 1, 2")
    ]
    for log in (own, *kept):
        if log and not _here(connection, log[-1][0], log[-1][2]):
            yield log


def _here(connection: Connection, number: int, hash_: str) -> bool:
    """Whether an event is in this store's log, or in one it took in and did not give up."""
    return bool(
        connection.value("select 1 from event where id = ? and hash = ?", (number, hash_))
        or connection.value(
            f"select 1 from merged_event m join event e on e.id = m.event_id "  # noqa: S608
            f"where m.hash = ? and {STANDING}",
            (hash_,),
        )
    )


def _keep(entry: EventWriter, logs: list[Log]) -> None:
    """Keep the logs word for word, so that they can be followed here as they could there."""
    entry.connection.defer_references()  # the event itself is written last
    for chain, log in enumerate(logs):
        rows = [
            (entry.reserve("merged_event"), entry.id, chain, number, payload, hash_)
            for number, payload, hash_ in log
        ]
        for start in range(0, len(rows), _AT_ONCE):
            entry.insert("merged_event", rows[start : start + _AT_ONCE])
