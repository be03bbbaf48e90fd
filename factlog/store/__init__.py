"""The record: claims in one store, nothing overwritten, every change in a chained log.

`Store` is the door; everything behind it is a module by noun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from types import TracebackType

from factlog.claim import Claim
from factlog.policy import Kind, Measure, Policy
from factlog.store import measures as measuring
from factlog.store import names as naming
from factlog.store import opening, query
from factlog.store.address import Address, place_of
from factlog.store.connection import Connection, Saving
from factlog.store.evidence import Evidence
from factlog.store.names import NamedEntity
from factlog.store.query import Claims, Groups, Part
from factlog.store.schema import PROFILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.decision import Decision
    from factlog.definition import Definition
    from factlog.profile import SourceProfile
    from factlog.store.differences import Difference, MergeReport
    from factlog.store.drafts import Draft
    from factlog.store.events import Event, EventWriter
    from factlog.store.inbox import Inbox
    from factlog.store.merge import Beside
    from factlog.store.record import RecordResult
    from factlog.store.verify import Verification

__all__ = [
    "Difference",
    "Event",
    "MergeReport",
    "NamedEntity",
    "RecordResult",
    "Store",
    "Verification",
]

# What only some commands need, by the module that has it.
_LATER = {
    "Difference": "differences",
    "Event": "events",
    "MergeReport": "differences",
    "RecordResult": "record",
    "Verification": "verify",
}


def __getattr__(name: str) -> object:
    """Load what recording, the log or verifying gives when it is first named."""
    from importlib import import_module

    if name in _LATER:
        return getattr(import_module(f"factlog.store.{_LATER[name]}"), name)
    raise AttributeError(f"module 'factlog.store' has no attribute {name!r}")


class Store(Evidence):
    """A store of claims, open for reading and for recording.

    Every method that changes something is one transaction and one event of the log; `now` is
    the moment it is recorded with.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        connection.recorded = False  # making the tables is no change to the record

    @classmethod
    def open(
        cls,
        path: str | PathLike[str] | Address,
        *,
        create: bool = False,
        waiting: Callable[[], None] | None = None,
        patience: float = 30.0,
        saving: Saving = nullcontext,
    ) -> Store:
        """Open the store in this file or at this address; with `create`, make it if need be.

        `waiting` is called once whenever a lock makes it wait; after `patience` seconds it
        gives up. The disk is waited for inside `saving()`, whenever something is written.
        """
        return cls(
            opening.connect(
                place_of(path), create=create, waiting=waiting, patience=patience, saving=saving
            )
        )

    @classmethod
    @contextmanager
    def read_only(
        cls,
        path: str | PathLike[str] | Address,
        *,
        waiting: Callable[[], None] | None = None,
        patience: float = 30.0,
    ) -> Iterator[Store]:
        """Open a store that stays as it is; one of an older factlog is read as a newer copy."""
        with opening.only_read(place_of(path), waiting, patience) as connection:
            yield cls(connection)

    @classmethod
    def glance(cls, path: str | PathLike[str] | Address) -> Store:
        """Open a store to look a name up at once: nothing is made, mended or waited for."""
        return cls(opening.glance(place_of(path)))

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def path(self) -> Path:
        """The file; StoreError for a store on a server, which has none."""
        return self._connection.file

    @property
    def recorded(self) -> bool:
        """Whether anything was changed for good since it was opened."""
        return self._connection.recorded

    def steady(self) -> AbstractContextManager[None]:
        """Read everything inside from one moment; who changes a file waits, on a server nobody."""
        return self._connection.steady()

    def add(
        self,
        claims: Iterable[Claim],
        *,
        now: datetime,
        action: str = "add",
        source_file: str = "",
        definition: Definition | None = None,
    ) -> RecordResult:
        """Record claims, all or none, and what they count; what is on record adds nothing."""
        from factlog.store import record
        from factlog.store.drafts import drafted

        if definition is not None:
            claims = (replace(each, definition=definition) for each in claims)
        told = (self._connection, drafted(claims), now, action, source_file)
        return record.add(*told, keep=True, noting=self._noting(last=True))

    def add_many(
        self, claims: Iterable[Claim], *, now: datetime, source_file: str = ""
    ) -> RecordResult:
        """Record any number of claims as they stream in; only the counts come back."""
        from factlog.store.drafts import drafted

        return self.add_drafts(drafted(claims), now=now, source_file=source_file)

    def add_drafts(
        self,
        batches: Iterable[list[Draft]],
        *,
        now: datetime,
        source_file: str = "",
        kind: Kind | None = None,
    ) -> RecordResult:
        """Record claims as `add_many` does, given as drafts of their rows.

        Measures that nobody has defined are of this `kind` from then on, if one is given.
        """
        from factlog.store import record

        told = (self._connection, batches, now, "import", source_file)
        return record.add(*told, keep=False, kind=kind, noting=self._noting(last=False))

    def claims(
        self,
        *,
        subject: str | None = None,
        measure: str | None = None,
        source: str | None = None,
        search: str | None = None,
        retracted: bool = False,
        as_given: bool = False,
    ) -> Claims:
        """The live claims in the order of their ids, with the names they go by now.

        They can be counted and gone through again, a batch at a time. Names are found in any
        spelling and by any alias; subject, measure, source, value, unit, quote, outlet or note hold
        every word of `search`. `retracted` adds those withdrawn; `as_given` leaves names as given.
        """
        with self._connection.steady():
            rows = query.wanted(
                self._connection,
                subjects=self._members("subject", subject),
                measures=self._members("measure", measure),
                sources=self._members("source", source),
                search=search,
                retracted=retracted,
            )
        return Claims(self._connection, rows, as_given)

    def _members(self, kind: str, name: str | None) -> Sequence[int | None] | None:
        """The rows of everything that goes by this name; None, which is all, without one."""
        if name is None:
            return None
        if kind == "measure":
            name = measuring.resolve(self._connection, name)
            if not name:  # the blank measure, or one nobody knows
                return [None] if name == "" else []
        return naming.members(self._connection, kind, name)

    def claim(self, number: int) -> Claim:
        """The claim with this id, as it stands now, withdrawn or not."""
        row = query.current(self._connection, number)
        return next(query.by_rows(self._connection, [row]))

    def newest(
        self,
        most: int = 1,
        *,
        numbered: str = "",
        subject: str | None = None,
        measures: Sequence[str] = (),
    ) -> tuple[Claim, ...]:
        """The live claims recorded last, the last one first: all, or whose ids begin so."""
        tests: dict[str, Sequence[int | None]] = {}
        if subject is not None:
            tests["s.subject_id"] = naming.members(self._connection, "subject", subject)
        if measures:
            known = [self._members("measure", name) or () for name in measures]
            tests["c.measure_id"] = [number for them in known for number in them]
        rows = query.newest(self._connection, most, numbered, tests)
        return tuple(query.by_rows(self._connection, rows))

    def numbered(self, numbers: Iterable[int]) -> Iterator[Claim]:
        """The claims with these ids, as they stand now, withdrawn or not; no other is missed."""
        rows = list(query.standing(self._connection, sorted(numbers)))
        return query.by_rows(self._connection, rows)

    def versions(self, number: int) -> tuple[Claim, ...]:
        """Every version of the claim with this id, oldest first."""
        rows = query.versions(self._connection, number)
        return tuple(query.by_rows(self._connection, rows))

    def subjects(self) -> Iterator[str]:
        """The subjects of live claims, in the order first recorded."""
        return (each.name for each in naming.shown(self._connection, "subject"))

    def by_subject(
        self, suspected: Policy | None = None, measures: Sequence[Measure] | None = None
    ) -> Iterator[list[Claim]]:
        """The live claims subject by subject, in the order the subjects were first recorded.

        With `suspected`, only of the subjects that could hold a conflict under that policy.
        """
        known = self.measures() if measures is None else measures
        return query.claims(self._connection, suspected, known, None)

    def by_part(self, run: list[Part], suspected: Policy | None = None) -> Iterator[Groups]:
        """The same of each of some `parts()` that follow one another, looked at together."""
        return query.in_parts(self._connection, suspected, self.measures(), run)

    def parts(self, size: int = 5_000, changed_since: int | None = None) -> list[tuple[int, int]]:
        """All subjects cut into parts of so many, or those that events after this one changed."""
        return query.parts(self._connection, size, changed_since)

    def count(self) -> int:
        """How many live claims there are."""
        sql = "select count(*) from claim where retracted is null and replaced is null"
        return int(self._connection.value(sql))

    def retract(self, number: int, reason: str, *, now: datetime) -> Claim:
        """Withdraw a claim; it stays on record with the reason."""
        from factlog.store import history

        return history.retract(self._connection, number, reason, now)

    def peek_undo(self, number: int | None = None) -> Event | None:
        """The change that `undo` would take back; None when there is none left.

        With `number`, that event; refused where a later one rests on it.
        """
        from factlog.store import history

        return history.peek_undo(self._connection, number)

    def undo(
        self, *, now: datetime, expected: int | None = None, number: int | None = None
    ) -> Event:
        """Take back the last change that stands; if it is not event `expected`, do nothing.

        With `number`, that event, unless a later one that stands rests on it.
        """
        from factlog.store import history

        return history.undo(self._connection, now, expected, number)

    def log(self, limit: int | None = None) -> tuple[Event, ...]:
        """The events, last first."""
        from factlog.store import events

        return events.events(self._connection, limit)

    def event_at(self, moment: datetime) -> int:
        """The number of the last event logged by then; 0 if there was none yet."""
        from factlog.store import past

        return past.event_at(self._connection, moment)

    def event_of_head(self, digest: str) -> int:
        """The number of the event that this head of the log was taken at."""
        from factlog.store import past

        return past.event_of_head(self._connection, digest)

    def as_at(self, event: int) -> AbstractContextManager[None]:
        """Read everything inside as it stood when this event had been logged (0: before any)."""
        from factlog.store import past

        return past.as_at(self._connection, event)

    def touched_since(self, event: int) -> tuple[set[int], bool]:
        """The ids of the claims later events made or changed; whether names changed too."""
        from factlog.store import past

        return past.touched(self._connection, event)

    def head(self) -> str:
        """The count of events and a short digest of them all: keep it where others can see it."""
        from factlog.store import events

        return events.head(self._connection)

    def verify(self, head: str | None = None) -> Verification:
        """Work the store out again from its log, and name the first thing that does not fit.

        With the `head` of an earlier day, nothing logged before it can have changed either.
        """
        from factlog.store import verify

        return verify.verify(self._connection, head)

    def decide(self, decision: Decision, *, now: datetime) -> Decision:
        """Record what is to be done about a disagreement; no claim changes by it."""
        from factlog.store import decisions

        return decisions.decide(self._connection, decision, now)

    def decisions(
        self, today: date, subjects: Sequence[str] = (), *, every: bool = False
    ) -> tuple[Decision, ...]:
        """The decisions that stand, and whether each is stale today; oldest first.

        With `every`, those that a later one has replaced too.
        """
        if not self._connection.value("select 1 from decision limit 1"):
            return ()
        from factlog.store import decisions

        return decisions.decisions(self._connection, today, subjects, every=every)

    def describe_source(
        self, name: str, new: Mapping[str, str | None], *, now: datetime
    ) -> SourceProfile:
        """Put down what is known of a source: role, party, basis, grade, grade_reason, note."""
        from factlog.store import profiles

        told = ", ".join(each.replace("_", " ") for each in new)
        with self._event(now, "source", f"{name}: {told}") as entry:
            profiles.describe(entry, name, new)
        return profiles.profile(self._connection, name)

    def profile(self, name: str) -> SourceProfile:
        """What is known of a source."""
        from factlog.store import profiles

        return profiles.profile(self._connection, name)

    def profiles(self) -> tuple[SourceProfile, ...]:
        """The sources of which something is known, or left open by a merge."""
        known = f"select 1 from source where coalesce({', '.join(PROFILE)}) is not null"  # noqa: S608
        merged = "select 1 from event where action = 'merge'"
        if not self._connection.value(f"{known} union all {merged} limit 1"):
            return ()
        from factlog.store import profiles

        return profiles.profiles(self._connection)

    @property
    def inbox(self) -> Inbox:
        """The articles put aside, and what their texts propose."""
        from factlog.store.inbox import Inbox

        return Inbox(self._connection)

    def measures(self) -> tuple[Measure, ...]:
        """What is measured: the starter vocabulary, and over it what is defined here."""
        return measuring.measures(self._connection)

    def set_measure(self, measure: Measure, *, now: datetime) -> None:
        """Define a measure; its aliases are added to those it has."""
        with self._event(now, "measure", measure.name) as entry:
            measuring.check(self._connection, measure)
            measuring.define(entry, measure)

    def names(self, kind: str) -> tuple[NamedEntity, ...]:
        """Every subject, source or measure with its aliases and count of live claims."""
        return naming.listing(self._connection, kind)

    def resolve(self, kind: str, name: str) -> str | None:
        """The name shown for this name or alias; None if there is none such."""
        if kind == "measure":
            return measuring.resolve(self._connection, name)
        return naming.resolve(self._connection, kind, name)

    def holding(self, kind: str, part: str, most: int) -> tuple[str, ...]:
        """The names and aliases in which this stands, those that begin with it first."""
        return tuple(naming.holding(self._connection, kind, part, most))

    def candidates(self, kind: str, like: str) -> tuple[str, ...]:
        """The names and aliases on record among which any close spelling of a name is."""
        return tuple(naming.close_candidates(self._connection, kind, like))

    def beginning_with(
        self, kind: str, begun: str, most: int, subject: str | None = None
    ) -> tuple[str, ...]:
        """The names and aliases that begin so; with a subject, its own measures first."""
        if kind == "measure":
            return measuring.beginning_with(self._connection, begun, most, subject)
        return tuple(naming.beginning_with(self._connection, kind, begun, most))

    def rename(self, kind: str, old: str, new: str, *, now: datetime) -> None:
        """Show what goes by `old` as `new`; claims keep the words they had."""
        with self._naming(now, "rename", kind, f'"{old}" to "{new}"', old, new) as entry:
            naming.rename(entry, kind, old, new)

    def alias(self, kind: str, name: str, alias: str, *, now: datetime) -> None:
        """Take `alias` for another name of what goes by `name`."""
        with self._naming(now, "alias", kind, f'"{name}" is also "{alias}"', name, alias) as entry:
            naming.alias(entry, kind, name, alias)

    def unalias(self, kind: str, name: str, alias: str, *, now: datetime) -> None:
        """Take a wrong alias apart: it stands for itself again, with the claims it was given."""
        both = (name, alias)
        with self._naming(now, "unalias", kind, f'"{alias}" is not "{name}"', *both) as entry:
            naming.unalias(entry, kind, name, alias)

    def merge_names(self, kind: str, from_: str, into: str, *, now: datetime) -> None:
        """Make what goes by `from_` one with what goes by `into`, under the latter's name."""
        both = (from_, into)
        with self._naming(now, "merge names", kind, f'"{from_}" into "{into}"', *both) as entry:
            naming.merge(entry, kind, from_, into)

    @contextmanager
    def _naming(
        self, now: datetime, action: str, kind: str, about: str, *names: str
    ) -> Iterator[EventWriter]:
        """A change to names; those of measures have rows first, and must make sense after it."""
        naming.check_kind(kind)
        with self._event(now, action, f"{kind} {about}") as entry:
            if kind == "measure":
                for name in names:
                    measuring.ensure(entry, name)
            yield entry
            if kind == "measure":
                measuring.check(self._connection)

    def _event(self, now: datetime, action: str, about: str) -> AbstractContextManager[EventWriter]:
        from factlog.store import record

        return record.entering(self._connection, now, action, about)

    def merge(self, other: Store, *, now: datetime, beside: Beside | None = None) -> MergeReport:
        """Take in another store: claims, names, measures and its log, each once."""
        from factlog.store import merge

        return merge.merge(self._connection, other._connection, now, beside)
