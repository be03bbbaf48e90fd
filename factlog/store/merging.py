"""Making two stores one: the same claims once, both histories kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from factlog.claim import Claim
from factlog.errors import StoreError, UsageError
from factlog.store import fetching, forwarding, reconciling, verifying
from factlog.store.connecting import Connection
from factlog.store.journal import Entry, head, stamp
from factlog.store.reports import Difference, MergeReport
from factlog.store.rows import REPLACED
from factlog.store.writing import Recorder, batches

_AT_ONCE = 500
STANDING = "not exists (select 1 from event u where u.undoes = e.id)"


def merge(connection: Connection, other: Connection, now: datetime) -> MergeReport:
    """Take in what the other store holds; it is only read."""
    if connection.path.samefile(other.path):
        raise UsageError(
            f"{other.path} is this very store.", "Name the other store: factlog merge OTHER.db"
        )
    with connection.writing(), other.steady():
        for one in (other, connection):
            _see_that_it_fits(one)
        if forwarding.is_behind(connection, other):
            before = count(connection)
            forwarding.catch_up(connection, other)
            return MergeReport(count(connection) - before, before)
        entry = Entry(connection, now)
        logs = list(_logs(connection, other))
        if not logs:  # all it holds has been taken in before
            return MergeReport(0, count(other))
        merging = _Merging(entry, other)
        differences = tuple(merging.run())
        _keep(entry, logs)
        tally = merging.recorder.tally
        entry.close(
            "merge",
            f"{other.path.name}: {tally.new} new, {tally.known} known",
            other=head(other),
        )
        return MergeReport(tally.new, tally.known, differences)


def _see_that_it_fits(connection: Connection) -> None:
    checked = verifying.verify(connection, None)
    if not checked.ok:
        raise StoreError(
            f"{connection.path} was changed outside factlog: {checked.problem}",
            f"Look at it first: factlog --db {connection.path} log --verify",
        )


def count(connection: Connection) -> int:
    """How many claims a store holds, in all their versions."""
    return int(connection.value("select count(*) from claim where undone is null"))


class _Merging:
    """The claims, versions, withdrawals and names of another store, taken into this one."""

    def __init__(self, entry: Entry, other: Connection) -> None:
        self.entry = entry
        self.here = entry.connection
        self.there = other
        self.recorder = Recorder(entry)
        self._first_new = entry.next_id("claim")

    def run(self) -> Iterator[Difference]:
        """Take everything in; what the two say differently comes back."""
        reconciling.spellings(self.entry, self.there)
        yield from self._claims()
        yield from self._withdrawn()
        yield from self._versions()
        yield from reconciling.names(self.entry, self.there)

    def _claims(self) -> Iterator[Difference]:
        rows = self.there.numbers("select id from claim where undone is null order by id")
        for batch in batches(fetching.by_rows(self.there, rows, as_given=True)):
            taken = self.recorder.take(batch, keep_dates=True)
            pairs = [
                (row, claim)
                for row, claim in zip(taken, batch, strict=True)
                if row < self._first_new
            ]
            ours = fetching.by_rows(self.here, [row for row, _claim in pairs])
            for (row, theirs), claim in zip(pairs, ours, strict=True):
                yield from self._both(row, claim, theirs)

    def _both(self, row: int, ours: Claim, theirs: Claim) -> Iterator[Difference]:
        """A claim in both stores: it was recorded when the earlier of them did."""
        assert ours.recorded is not None
        assert theirs.recorded is not None
        if theirs.recorded < ours.recorded:
            self.entry.update("claim", row, {"recorded": stamp(theirs.recorded)})
        name = f"claim {ours.id}"
        if ours.estimate != theirs.estimate:
            yield Difference(
                *("reading", name, str(ours.estimate), str(theirs.estimate)),
                "as it reads here",
            )
        if _why(ours) is not None and _why(theirs) is None:
            yield Difference("withdrawn", name, _why(ours) or "", "stands", "withdrawn")

    def _withdrawn(self) -> Iterator[Difference]:
        """What is withdrawn in either store is withdrawn."""
        sql = "select uid, retracted from claim where retracted is not null and undone is null"
        for uid, reason in self.there.rows(sql):
            row, ours, number = self.here.row(
                "select id, retracted, coalesce(edits, id) from claim where uid = ?", (uid,)
            )
            if ours is None:
                self.entry.update("claim", row, {"retracted": reason})
                if row < self._first_new:
                    yield Difference(
                        *("withdrawn", f"claim {number}", "stands", reason, "withdrawn")
                    )

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
            if fetching.current(self.here, first) != row:
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
        return int(self.here.value("select id from claim where uid = ?", (uid,)))

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


def _why(claim: Claim) -> str | None:
    return None if claim.retracted == REPLACED else claim.retracted


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


def _keep(entry: Entry, logs: list[Log]) -> None:
    """Keep the logs word for word, so that they can be followed here as they could there."""
    entry.connection.run("pragma defer_foreign_keys = on")  # the event itself is written last
    for chain, log in enumerate(logs):
        rows = [
            (entry.reserve("merged_event"), entry.id, chain, number, payload, hash_)
            for number, payload, hash_ in log
        ]
        for start in range(0, len(rows), _AT_ONCE):
            entry.insert("merged_event", rows[start : start + _AT_ONCE])
