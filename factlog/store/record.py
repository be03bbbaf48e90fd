"""Recording claims: each once, in one transaction, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from factlog import measures as vocabulary
from factlog.claim import Claim
from factlog.errors import UsageError
from factlog.policy import Kind, Measure
from factlog.store import measures, named, query
from factlog.store.connection import Connection
from factlog.store.drafts import Draft, Stored
from factlog.store.events import EventWriter, Row, payload_of
from factlog.store.fresh_uids import FreshUids
from factlog.store.new_rows import NewRows
from factlog.store.rows import READING, Values, estimate_of
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.definition import Definition

_FEW = 1_000  # claims of which indexes are made again in no time


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What came of recording: the claims as they stand now, and how many were new.

    `known` added nothing: `repeated` of those say what another of the same go says, the others
    were on record already; `retracted` had been withdrawn, and stay so. `others` are the measures
    that keep another kind than was given. `corrections` are the ids of claims from an earlier go
    of the same file which this one no longer makes, each with that of the new claim that gives the
    same source's other number for the same subject, measure, scope and date. `defined` is of how
    many claims on record already it was newly said that they count so.
    """

    claims: tuple[Claim, ...]
    new: int
    known: int
    retracted: int = 0
    repeated: int = 0
    others: tuple[Measure, ...] = ()
    corrections: tuple[tuple[int, int], ...] = ()
    defined: int = 0


@dataclass(slots=True)
class _RecordTally:
    """What has been recorded so far."""

    new: int = 0
    known: int = 0
    retracted: int = 0
    repeated: int = 0


class Recorder:
    """Turns claims into rows, a batch at a time, inside one entry of the log."""

    def __init__(self, entry: EventWriter) -> None:
        self.tally = _RecordTally()
        self._fresh: FreshUids | None = None  # while nothing recorded can be on record already
        self._entry = entry
        self._connection = entry.connection
        self._made = NewRows(entry)
        # The rows of claims that had another uid where they come from.
        self.moved: dict[str, int] = {}

    @property
    def first(self) -> int | None:
        """The first row made."""
        return self._made.first

    def take(self, drafts: Iterable[Draft], *, keep_dates: bool = False) -> list[int]:
        """Record a batch; the rows that hold its claims, new or known, come back in order.

        They are recorded now, or, with `keep_dates`, when they were first recorded elsewhere.
        """
        given = list(drafts)
        known = self._known([each.uid for each in given])
        if self._fresh is not None and all(each.usual for each in given):
            rows = self._take_new(given, keep_dates)
        else:
            rows = [self._take(each, known, keep_dates) for each in given]
        self._made.flush()
        return rows

    def take_stored(self, stored: Stored) -> bool:
        """Record claims as they are stored in `theirs`; False, and none, where one is known."""
        if self._known([*stored.uids]):
            return False
        self._made.stored(stored)
        self.tally.new += len(stored.uids)
        return True

    def _take_new(self, given: list[Draft], keep_dates: bool) -> list[int]:
        """Record claims of which none is on record, all at once."""
        recorded = [self._entry.at] * len(given)
        if keep_dates:
            recorded = [each.before[1] or self._entry.at for each in given]
        rows = [*self._made.claims(given, recorded)]
        self.tally.new += len(rows)
        for number, each in zip(rows, given, strict=True):
            if (uid_before := each.before[0]) and uid_before != each.uid:
                self.moved[uid_before] = number
        return rows

    def _take(self, words: Draft, known: dict[str, _Known], keep_dates: bool) -> int:
        """Record a claim, or find it among those on record, which it joins."""
        uid = words.uid if words.usual and words.uid not in known else self._uid(words, known)
        uid_before, before = words.before
        recorded = before if keep_dates and before else self._entry.at
        found = known.get(uid)
        if found is None:
            number = self.new(uid, words, recorded)
        else:
            number = self._again(words, found, recorded)
        if self._fresh is None and (found is None or found.undone is not None):
            known[uid] = _Known(number, self._made.statement, None, None, words.reading)
        if uid_before and uid_before != uid:
            self.moved[uid_before] = number
        return number

    def begin(self, many: int) -> None:
        """Expect so many claims: into a store that has no more, they go before the indexes."""
        more = "select 1 from claim limit 1 offset ?"
        if self._connection.expecting_many() and not self._connection.value(more, (many,)):
            self._fresh = FreshUids(self._connection)

    def finish(self) -> None:
        """Make the indexes, if they still are to be made."""
        if self._fresh is not None:
            self.flush()
            self._fresh.make_indexes()
            self._fresh = None

    def uid_of(self, words: Draft) -> str:
        """The uid of a claim: that of the one on record that says the same, if there is one."""
        return self._uid(words, self._known([words.uid]))

    def _uid(self, words: Draft, known: dict[str, _Known]) -> str:
        """The uid of its words, unless they read otherwise by themselves or on record.

        Claims recorded before readings counted have the uid of their words, however read.
        """
        found = known.get(words.uid)
        if words.usual if found is None else found.reads_as(words):
            return words.uid
        uid = words.uid_as_read
        if uid not in known:
            known.update(self._known([uid]))
        return uid

    def new(self, uid: str, words: Draft, recorded: str, edits: int | None = None) -> int:
        """Note the row of a claim that is not on record."""
        self.tally.new += 1
        return self._made.claim(uid, words, recorded, edits)

    def follow(self, words: Values, number: int) -> None:
        """Let claims of this statement, which is on record, join it."""
        self._made.follow(words, number)

    def flush(self) -> None:
        """Write the rows noted since the last time."""
        self._made.flush()

    def _known(self, uids: list[str]) -> dict[str, _Known]:
        if self._fresh is not None:
            if self._fresh.take(uids):
                return {}
            self.finish()
        marks = ", ".join("?" * len(uids))
        found = self._connection.rows(f"{_OF_UIDS} ({marks})", uids)
        return {
            uid: _Known(row, statement, retracted, undone, tuple(reading))
            for uid, row, statement, retracted, undone, *reading in found
        }

    def _again(self, words: Draft, found: _Known, recorded: str) -> int:
        """Leave a claim that is on record; one that was taken back by undo is there again."""
        self.follow(words.statement, found.statement)
        if found.undone is not None:
            self.revive(found.row, recorded)
            self.tally.new += 1
        else:
            self.tally.known += 1
            self.tally.retracted += found.retracted is not None
            self.tally.repeated += self.first is not None and found.row >= self.first
        return found.row

    def revive(self, number: int, recorded: str, edits: int | None = None) -> None:
        """Let a claim count again that undo had taken back."""
        gone = {"retracted": None, "undone": None, "replaced": None}
        self._entry.update("claim", number, gone | {"edits": edits, "recorded": recorded})


_OF_UIDS = f"select uid, id, statement_id, retracted, undone, {READING} from claim where uid in"  # noqa: S608


class _Known(NamedTuple):
    """What is on record under a uid."""

    row: int
    statement: int
    retracted: str | None
    undone: int | None
    reading: Values

    def reads_as(self, words: Draft) -> bool:
        """Whether it reads as the same words do now."""
        return self.reading == words.reading or named.alike(
            estimate_of(*self.reading), words.estimate
        )


def add(
    connection: Connection,
    drafts: Iterable[list[Draft]],
    now: datetime,
    action: str,
    source_file: str,
    *,
    keep: bool,
    kind: Kind | None = None,
    noting: Callable[[EventWriter, Sequence[tuple[int, Definition]]], list[int]],
) -> RecordResult:
    """Record drafts of claims in one transaction; with `keep`, they come back as they stand.

    Measures that nobody has defined are of this kind from then on, if one is given. `noting`
    puts down in the same event what some of the rows count.
    """
    rows: list[int] = []
    given: set[str] = set()
    defined = 0
    with connection.writing():
        entry = EventWriter(connection, now)
        recorder = Recorder(entry)
        if not keep:
            recorder.begin(_FEW)
        earlier = _runs_of(connection, source_file) if source_file else []
        again: set[int] = set()  # those of earlier goes that are made once more
        for batch in drafts:
            with worded(batch):
                taken = recorder.take(batch)
            both = zip(taken, batch, strict=True)
            if counting := [(row, each.definition) for row, each in both if each.definition]:
                noted = noting(entry, counting)
                defined += sum(recorder.first is None or row < recorder.first for row in noted)
            if kind is not None:
                given.update(each.measure for each in batch)
            if keep:
                rows.extend(taken)
            if earlier:
                again.update(taken)
        recorder.finish()
        tally = recorder.tally
        others = _of_kind(entry, given, kind) if kind else ()
        corrections = (
            _corrections(connection, earlier, again, recorder.first) if recorder.first else ()
        )
        entry.close(
            action, _about(tally, defined, source_file), file=source_file or None, known=tally.known
        )
        kept = _as_they_stand(connection, rows)
    counts = (tally.new, tally.known, tally.retracted, tally.repeated)
    return RecordResult(kept, *counts, others, corrections, defined)


def _runs_of(connection: Connection, file: str) -> list[tuple[int, int]]:
    """The first and last claims that each import of a file of this name has made."""
    runs = []
    for number in connection.numbers(_OF_FILE, (f" from {file}",)):
        said = payload_of(connection, number)
        made = said["rows"].get("claim")
        if made and said.get("file") == file:
            runs.append((made["first"], made["last"]))
    return runs


_OF_FILE = """
select id from event
where action = 'import' and substr(about, length(about) - length(?1) + 1) = ?1 order by id
"""


def _corrections(
    connection: Connection, earlier: list[tuple[int, int]], again: set[int], first: int
) -> tuple[tuple[int, int], ...]:
    """The claims of earlier imports that are not made again, beside the new ones in their place."""
    gone: dict[Row, list[int]] = {}
    for run in earlier:
        for number, *alike in connection.rows(_ALIKE, run):
            if number not in again:
                gone.setdefault(tuple(alike), []).append(number)
    if not gone:
        return ()
    came: dict[Row, list[int]] = {}
    for number, *alike in connection.rows(_ALIKE, (first, _ALL)):
        if tuple(alike) in gone:
            came.setdefault(tuple(alike), []).append(number)
    return tuple(
        sorted(pair for key, new in came.items() for pair in zip(gone[key], new, strict=False))
    )


_ALL = 2**63 - 1
_ALIKE = """
select c.id, s.subject_id, s.source_id, s.as_of_first, s.as_of_last, s.via, c.measure_id, c.scope
from claim c join statement s on s.id = c.statement_id
where c.id between ? and ?
  and c.retracted is null and c.replaced is null and c.undone is null and c.edits is null
"""


def _of_kind(entry: EventWriter, given: Iterable[str], kind: Kind) -> tuple[Measure, ...]:
    """Define the measures that are not defined yet; those of another kind come back."""
    known = measures.measures(entry.connection)
    meant = {vocabulary.resolve(name, known) for name in given if name}
    defined = {measure.name: measure for measure in known}
    for name in sorted(meant - defined.keys()):
        measures.define(entry, Measure(name, kind))
    return tuple(each for each in known if each.name in meant and each.kind is not kind)


def _about(tally: _RecordTally, defined: int, source_file: str) -> str:
    claims = f"{tally.new} claim{'' if tally.new == 1 else 's'}"
    if defined:
        claims += f", what {defined} on record count{'s' if defined == 1 else ''}"
    return f"{claims} from {source_file}" if source_file else claims


def _as_they_stand(connection: Connection, rows: list[int]) -> tuple[Claim, ...]:
    """The claims in these rows; where one was edited since, its latest version."""
    sql = "select coalesce(edits, id) from claim where id = ? and replaced is not null"
    now = []
    for row in rows:
        edited = connection.value(sql, (row,))
        now.append(row if edited is None else query.current(connection, row))
    return tuple(query.by_rows(connection, now))


@contextmanager
def worded(drafts: Iterable[Draft]) -> Iterator[None]:
    """Refuse text that cannot be written as UTF-8, saying which."""
    try:
        yield
    except UnicodeEncodeError as error:
        texts = (text for each in drafts for text in each.texts())
        raise unwritable(next(filter(broken, texts), "")) from error


def unwritable(text: str) -> UsageError:
    """The refusal of text that is not whole characters."""
    return UsageError(
        f"These words hold half a character, which cannot be kept: {text[:80]}",
        "Write them again, or save the file they come from as UTF-8.",
    )


def broken(text: str) -> bool:
    """Whether a text holds half of a character that is written as two (a lone surrogate)."""
    return any("\ud800" <= character <= "\udfff" for character in text)


@contextmanager
def entering(
    connection: Connection, now: datetime, action: str, about: str
) -> Iterator[EventWriter]:
    """One event: what is done inside is logged together, or not done at all."""
    if broken(about):
        raise unwritable(about)
    with connection.writing():
        entry = EventWriter(connection, now)
        yield entry
        entry.close(action, about)
