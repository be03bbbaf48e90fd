"""Making two stores one: the same claims once, both histories kept.

Whatever only one store says is taken over. Where the two say different things neither is
taken, and the difference is reported: so it makes no odds which store is merged into which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from factlog.claim import Claim
from factlog.errors import StoreError, UsageError
from factlog.names import clean
from factlog.store import decisions, disputes, inbox, query, verify
from factlog.store import names as naming
from factlog.store.connection import Connection
from factlog.store.differences import Difference, MergeReport
from factlog.store.events import EventWriter, Row, head, stamp
from factlog.store.names import KINDS
from factlog.store.payloads import Dispute
from factlog.store.record import Recorder, batches
from factlog.store.rows import REPLACED
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
    connection.run("pragma defer_foreign_keys = on")
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
            worded = index.of(table, [row for row in changed if _id(row) > indexed])
            if worded is not None:
                connection.run_many(*worded)
        last = theirs[-1][0]


def _id(row: Row) -> int:
    number = row[0]
    assert isinstance(number, int)
    return number


def spellings(entry: EventWriter, other: Connection) -> None:
    """Make rows for the names only the other store has, spelled as they were first given there."""
    for kind in KINDS:
        last = 0
        while rows := naming.known_after(other, kind, last, _AT_ONCE):
            marks = f"({', '.join('?' * len(rows))})"
            sql = "select key from NAMES where key in ".replace("NAMES", kind) + marks
            here = {row[0] for row in entry.connection.rows(sql, [row[1] for row in rows])}
            for _id, key, given in rows:
                if key not in here:
                    naming.make(entry, kind, given)
            last = rows[-1][0]


def _names(entry: EventWriter, other: Connection, disputed: list[Dispute]) -> Iterator[Difference]:
    """Bring together the aliases and names of both stores, and what is said of those."""
    for kind in KINDS:
        yield from _aliases(entry, other, kind, disputed)
        yield from _spellings(entry, other, kind)
    for kind in ("measure", "source"):
        yield from disputes.take(entry, other, kind, disputed)


def _aliases(
    entry: EventWriter, other: Connection, kind: str, disputed: list[Dispute]
) -> Iterator[Difference]:
    given: dict[str, str] = {}
    there, here = (_standing(each, kind, given) for each in (other, entry.connection))
    refused = [_refused(each, kind, given) for each in (entry.connection, other)]
    joined, apart = agreed(*_unrefused(here, there, *refused))
    rows = {key: _row(entry, kind, key, given) for key in given}
    for key, target in joined.items():
        entry.update(kind, rows[key], {"same_as": rows[target]})
    for target in set(joined.values()):
        entry.update(kind, rows[target], {"same_as": None})
    for key, targets in apart.items():
        if key not in joined:
            entry.update(kind, rows[key], {"same_as": None})
            disputed.append((rows[key], kind, [[rows[each]] for each in targets]))
    for key, known in refused[1].items():  # what was answered there is answered here
        if key in joined and not known <= refused[0].get(key, set()):
            told = sorted({*known, joined[key]})
            disputed.append((rows[key], kind, [[rows[each]] for each in told]))
    for key in sorted(here.keys() & there.keys()):
        if here[key] != there[key]:
            outcome = f'"{given[joined[key]]}"' if key in joined else "neither, until you say which"
            one, another = (
                " or ".join(given[each] for each in sorted(side[key])) for side in (here, there)
            )
            yield Difference(kind, given[key], one, another, outcome, settled=key in joined)


Standing = Mapping[str, Set[str]]  # what each name stands for, by key: more than one if disputed


def agreed(here: Standing, there: Standing) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What each name stands for by both stores, and for what those that are disputed do.

    Names the two take for one thing, but call differently, are both disputed and joined.
    """
    joined: dict[str, str] = {}
    apart: dict[str, list[str]] = {}
    for key in sorted({*here, *there}):
        targets = sorted({*here.get(key, ()), *there.get(key, ())})
        if len(targets) > 1:
            apart[key] = targets
        elif _end(joined, targets[0]) != key:
            joined[key] = targets[0]
    for key in list(apart):
        ends = {_end(joined, target) for target in apart[key]}
        if len(ends) == 1 and key not in ends:
            (joined[key],) = ends
    return {key: _end(joined, key) for key in joined}, apart


def _unrefused(
    here: Standing, there: Standing, refused_here: Standing, refused_there: Standing
) -> list[dict[str, set[str]]]:
    sides: list[dict[str, set[str]]] = [{}, {}]
    for key in {*here, *there}:
        said = (sorted(each.get(key, ())) for each in (here, there, refused_here, refused_there))
        for side, left in zip(sides, disputes.unrefused(*said), strict=True):
            if left:
                side[key] = set(left)
    return sides


def _end(joined: Mapping[str, str], key: str) -> str:
    while key in joined:
        key = joined[key]
    return key


def _standing(connection: Connection, kind: str, given: dict[str, str]) -> dict[str, set[str]]:
    """What the names of a store stand for; how they all are spelled there is put into `given`."""
    sql = "select a.key, a.name, t.key, t.name from NAMES a join NAMES t on t.id = a.same_as"
    found: dict[str, set[str]] = {}
    for key, name, target, thing in (
        *connection.rows(sql.replace("NAMES", kind)),
        *disputes.of_names(connection, kind),
    ):
        found.setdefault(key, set()).add(target)
        given |= {key: name, target: thing}
    return found


def _refused(connection: Connection, kind: str, given: dict[str, str]) -> dict[str, set[str]]:
    """What names were taken for in a merge, and somebody said that they stand for another."""
    found: dict[str, set[str]] = {}
    for key, name, target, thing in disputes.of_names(connection, kind, answered=True):
        found.setdefault(key, set()).add(target)
        given |= {key: name, target: thing}
    return found


def _row(entry: EventWriter, kind: str, key: str, given: Mapping[str, str]) -> int:
    row = naming.row_of(entry.connection, kind, key)
    return row[0] if row else naming.make(entry, kind, given[key])


def _spellings(entry: EventWriter, other: Connection, kind: str) -> Iterator[Difference]:
    """One spelling for a name written differently: a chosen one before one as first given."""
    last = 0
    every = "select id, key, name, given from NAMES where id > ? order by id limit ?"
    sql = every.replace("NAMES", kind)
    ours = "select key, id, name, given from NAMES where key in ".replace("NAMES", kind)
    while rows := other.rows(sql, (last, _AT_ONCE)):
        marks = f"({', '.join('?' * len(rows))})"
        found = {
            row[0]: row[1:] for row in entry.connection.rows(ours + marks, [r[1] for r in rows])
        }
        for _id, key, name, given in rows:
            if key in found and found[key][1] != name:
                yield from _spelling(entry, kind, found[key], (name, given))
        last = rows[-1][0]


def _spelling(entry: EventWriter, kind: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    number, here, given_here = ours
    there, given_there = theirs
    chosen_here, chosen_there = here != clean(given_here), there != clean(given_there)
    chosen = here if chosen_here else there
    taken = min(here, there) if chosen_here == chosen_there else chosen
    entry.update(kind, number, {"name": taken})
    if chosen_here and chosen_there:
        yield Difference(kind, taken, here, there, f'"{taken}"')


STANDING = "not exists (select 1 from event u where u.undoes = e.id)"


def merge(connection: Connection, other: Connection, now: datetime) -> MergeReport:
    """Take in what the other store holds; it is only read."""
    if connection.path.samefile(other.path):
        raise UsageError(
            f"{other.path} is this very store.", "Name the other store: factlog merge OTHER.db"
        )
    # From a copy: two stores merged into each other at once would wait for each other's readers.
    with other.copied(), connection.writing():
        for one in (other, connection):
            _see_that_it_fits(one)
        before = {table: count(connection, table) for table in _COUNTED}
        if is_behind(connection, other):
            claims = count(connection)
            catch_up(connection, other)
            return MergeReport(count(connection) - claims, claims, (), *_more(connection, before))
        entry = EventWriter(connection, now)
        logs = list(_logs(connection, other))
        if not logs:  # all it holds has been taken in before
            return MergeReport(0, count(other))
        merging = _Merger(entry, other)
        differences = tuple(merging.run())
        _keep(entry, logs)
        tally = merging.recorder.tally
        left = dict.fromkeys(f"{e.kind} {e.name}" for e in differences if not e.settled)
        told = f"; disputed: {', '.join(left)}" if left else ""
        about = f"{other.path.name}: {tally.new} new, {tally.known} known{told}"
        more = {"disputed": merging.disputed} if merging.disputed else {}
        entry.close("merge", about, None, other=head(other), **more)
        return MergeReport(tally.new, tally.known, differences, *_more(connection, before))


_COUNTED = ("decision", "article", "proposal")  # as a report tells them


def _more(connection: Connection, before: Mapping[str, int]) -> Iterator[int]:
    """How many more there are than before; to catch up with an undo makes none more."""
    return (max(0, count(connection, table) - before[table]) for table in _COUNTED)


def _see_that_it_fits(connection: Connection) -> None:
    checked = verify.verify(connection, None)
    if not checked.ok:
        raise StoreError(
            f"{connection.path} was changed outside factlog: {checked.problem}",
            f"Look at it first: factlog --db {connection.path} log --verify",
        )


def count(connection: Connection, table: str = "claim") -> int:
    """How many claims a store holds, in all their versions, or how many rows of another table."""
    counted = f"select count(*) from {table} where undone is null"  # noqa: S608
    return int(connection.value(counted))


class _Merger:
    """The claims, versions, withdrawals and names of another store, taken into this one."""

    def __init__(self, entry: EventWriter, other: Connection) -> None:
        self.entry = entry
        self.here = entry.connection
        self.there = other
        self.recorder = Recorder(entry)
        self.disputed: list[Dispute] = []
        self._first_new = entry.next_id("claim")

    def run(self) -> Iterator[Difference]:
        """Take everything in; what the two say differently comes back."""
        spellings(self.entry, self.there)
        yield from self._claims()
        yield from self._withdrawn()
        yield from self._versions()
        yield from _names(self.entry, self.there, self.disputed)
        yield from decisions.take(self.entry, self.there, self.recorder.moved)
        yield from inbox.take(self.entry, self.there, self.recorder.moved)

    def _claims(self) -> Iterator[Difference]:
        rows = self.there.numbers("select id from claim where undone is null order by id")
        for batch in batches(query.by_rows(self.there, rows, as_given=True)):
            taken = self.recorder.take(batch, keep_dates=True)
            pairs = [
                (row, claim)
                for row, claim in zip(taken, batch, strict=True)
                if row < self._first_new
            ]
            ours = query.by_rows(self.here, [row for row, _claim in pairs])
            for (row, theirs), claim in zip(pairs, ours, strict=True):
                yield from self._both(row, claim, theirs)

    def _both(self, row: int, ours: Claim, theirs: Claim) -> Iterator[Difference]:
        """A claim in both stores: it was recorded when the earlier of them did."""
        assert ours.recorded is not None
        assert theirs.recorded is not None
        if theirs.recorded < ours.recorded:
            self.entry.update("claim", row, {"recorded": stamp(theirs.recorded)})
        name = f"claim {ours.id}"
        if _why(ours) is not None and _why(theirs) is None:
            yield Difference("withdrawn", name, _why(ours) or "", "stands", "withdrawn")

    def _withdrawn(self) -> Iterator[Difference]:
        """What is withdrawn in either store is withdrawn."""
        sql = "select uid, retracted from claim where retracted is not null and undone is null"
        for uid, reason in self.there.rows(sql):
            row = self._row(uid)
            ours, number = self.here.row(
                "select retracted, coalesce(edits, id) from claim where id = ?", (row,)
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


def _keep(entry: EventWriter, logs: list[Log]) -> None:
    """Keep the logs word for word, so that they can be followed here as they could there."""
    entry.connection.run("pragma defer_foreign_keys = on")  # the event itself is written last
    for chain, log in enumerate(logs):
        rows = [
            (entry.reserve("merged_event"), entry.id, chain, number, payload, hash_)
            for number, payload, hash_ in log
        ]
        for start in range(0, len(rows), _AT_ONCE):
            entry.insert("merged_event", rows[start : start + _AT_ONCE])
