"""The tables of the store, and the named steps that make them and bring old ones up to date.

sqlite-utils makes and changes tables; it is imported only here, and only when there is
something to make or change.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.db import Table

APPLICATION_ID = 0x464C4F47  # "FLOG", in the header of every store

# A step changes the tables by one version. Steps are never edited once released: a change
# is a new step at the end. They make a table of its COLUMNS, so one that a later step adds is
# left out of the step that makes the table, as NAMED and PROFILE are.
Step = tuple[str, Callable[["Database"], None]]

# What a claim's words name: read out of `said`, kept so that nobody need read it again.
NAMED = ("thing", "unit_said")

# What is known of a source besides its names.
PROFILE = ("role", "party", "basis", "grade", "grade_reason", "note")

# Which columns of a row the log covers, in the order it takes them: all of them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "subject": ("id", "name", "given", "key", "same_as"),
    "source": ("id", "name", "given", "key", "same_as", *PROFILE),
    "measure": (
        *("id", "name", "given", "key", "same_as"),
        *("kind", "parts", "tolerance", "window", "definition"),
    ),
    "statement": (
        *("id", "subject_id", "source_id", "subject_given", "source_given"),
        *("as_of", "as_of_first", "as_of_last"),
        *("published", "published_first", "published_last", "via", "url", "quote"),
    ),
    "claim": (
        *("id", "uid", "statement_id", "measure_id", "measure_given", "said", "hedge", "side"),
        *("low", "best", "high", "low_open", "high_open", "plus", "minus", "coverage", "unit"),
        *("low_real", "best_real", "high_real", "plus_real", "minus_real"),
        *("stated_low", "stated_high", "scope", "origin", "note", "recorded"),
        *("edits", "replaced", "retracted", "undone"),
        *NAMED,
    ),
    "decision": (
        *("id", "uid", "subject_id", "measure_id", "kind", "claims", "said", "low", "high"),
        *("unit", "reason", "decided_by", "at", "review_on", "basis", "undone"),
    ),
    "article": (
        *("id", "uid", "text", "sha256", "title", "outlet", "link", "published", "subject"),
        *("at", "undone"),
    ),
    "proposal": (
        *("id", "uid", "article_id", "start", "finish", "value_start", "value_finish"),
        *("subject", "measure", "source", "value", "unit", "as_of", "via", "origin"),
        *("confidence", "unnamed", "state", "claim", "undone"),
    ),
    "page": (
        *("id", "uid", "url", "claim", "sha256", "media_type", "size", "taken_from", "at"),
        *("text", "undone"),
    ),
    "definition": ("id", "uid", "claim", "counts", "includes", "excludes", "at", "undone"),
    "stamp": (*("id", "uid", "event", "hash", "authority", "token", "root", "at", "undone"),),
    "merged_event": ("id", "event_id", "chain", "number", "payload", "hash"),
}
EVENT_COLUMNS = ("id", "at", "action", "about", "undoes", "payload", "hash")


def _make_names(db: Database, name: str, more: dict[str, object]) -> None:
    columns = {"id": int, "name": str, "given": str, "key": str, "same_as": int, **more}
    made = db.table(name)
    made.create(
        columns,
        pk="id",
        not_null={"name", "given", "key"},
        foreign_keys=[("same_as", name, "id")],
        strict=True,
    )
    made.create_index(["key"], unique=True)
    _index_given(made, "same_as")


def _index_given(table: Table, column: str) -> None:
    """Index the rows that have a value here, which few have; sqlite-utils indexes all or none."""
    table.db.execute(
        f"create index {table.name}_{column} on {table.name} ({column}) where {column} is not null"
    )


def _make_statements(db: Database) -> None:
    made = db.table("statement")
    made.create(
        {
            **{"id": int, "subject_id": int, "source_id": int},
            **dict.fromkeys(COLUMNS["statement"][3:], str),
        },
        pk="id",
        not_null={"subject_id", "source_id"},
        foreign_keys=[("subject_id", "subject", "id"), ("source_id", "source", "id")],
        strict=True,
    )
    made.create_index(["subject_id"])
    made.create_index(["source_id"])


def _make_claims(db: Database) -> None:
    whole = {"id", "statement_id", "measure_id", "low_open", "high_open"}
    whole |= {"edits", "replaced", "undone"}
    real = {"low_real", "best_real", "high_real", "plus_real", "minus_real"}
    real |= {"stated_low", "stated_high"}
    types = {
        column: int if column in whole else float if column in real else str
        for column in COLUMNS["claim"]
        if column not in NAMED
    }
    made = db.table("claim")
    made.create(
        types,
        pk="id",
        not_null={"uid", "statement_id", "said", "hedge", "low_open", "high_open", "recorded"},
        foreign_keys=[
            ("statement_id", "statement", "id"),
            ("measure_id", "measure", "id"),
            ("edits", "claim", "id"),
            ("replaced", "claim", "id"),
        ],
        strict=True,
    )
    made.create_index(["uid"], unique=True)
    made.create_index(["statement_id"])
    made.create_index(["measure_id"])
    _index_given(made, "edits")


def _make_events(db: Database) -> None:
    made = db.table("event")
    made.create(
        dict(zip(EVENT_COLUMNS, (int, str, str, str, int, str, str), strict=True)),
        pk="id",
        not_null={"at", "action", "about", "payload", "hash"},
        foreign_keys=[("undoes", "event", "id")],
        strict=True,
    )
    _index_given(made, "undoes")
    merged = db.table("merged_event")
    merged.create(
        dict(zip(COLUMNS["merged_event"], (int, int, int, int, str, str), strict=True)),
        pk="id",
        not_null={"event_id", "chain", "number", "payload", "hash"},
        foreign_keys=[("event_id", "event", "id")],
        strict=True,
    )
    merged.create_index(["hash"])


# Every unit there is, stepping through the index from one to the next.
UNITS = """
with recursive each(unit) as (
  select min(unit) from claim where unit is not null
  union all
  select (select min(c.unit) from claim c where c.unit > each.unit) from each
  where each.unit is not null
)
select unit from each where unit is not null
"""

# A claim with its statement and the names it goes by now.
JOINS = """
from claim c
join statement s on s.id = c.statement_id
join subject subject_as on subject_as.id = s.subject_id
join subject on subject.id = coalesce(subject_as.same_as, subject_as.id)
join source source_as on source_as.id = s.source_id
join source on source.id = coalesce(source_as.same_as, source_as.id)
left join measure measure_as on measure_as.id = c.measure_id
left join measure on measure.id = coalesce(measure_as.same_as, measure_as.id)
"""

# Numbers to reckon with, and beside each the digits exactly as they were stated. A low end is
# rounded down and a high one up where a binary number cannot hold it.
FLAT = f"""
select coalesce(c.edits, c.id) as id, subject.name as subject,
       coalesce(measure.name, '') as measure, source.name as source, c.said, c.thing, c.hedge,
       c.side, c.low_real as low, c.best_real as best, c.high_real as high,
       c.low_open, c.high_open, c.plus_real as plus, c.minus_real as minus,
       cast(c.coverage as real) as coverage, c.unit, c.unit_said,
       s.as_of, s.as_of_first, s.as_of_last, s.published, s.published_first, s.published_last,
       s.via, s.url, c.origin, c.scope, s.quote, c.note, c.recorded, c.uid,
       c.low as low_exact, c.best as best_exact, c.high as high_exact,
       c.plus as plus_exact, c.minus as minus_exact, c.coverage as coverage_exact,
       c.stated_low, c.stated_high, c.statement_id as statement{JOINS}\
where c.retracted is null and c.replaced is null
"""


def _the_record(db: Database) -> None:
    defined = {"kind": str, "parts": str, "tolerance": str, "window": int, "definition": str}
    _make_names(db, "subject", {})
    _make_names(db, "source", {})
    _make_names(db, "measure", dict(defined))
    _make_statements(db)
    _make_claims(db)
    _make_events(db)


def _what_is_looked_up(db: Database) -> None:
    _index_given(db.table("claim"), "unit")


def _for_people_and_programs(db: Database) -> None:
    """What the words name; numbers to reckon with; an index of words that can be read through."""
    from factlog.store import named, text_index

    for column in NAMED:
        db.table("claim").add_column(column, str)
    named.fill(db.conn)
    db.create_view("claim_flat", FLAT.strip(), replace=True)
    text_index.make(db.execute)
    text_index.fill(db.conn)


def _for_editors(db: Database) -> None:
    """What is known of sources, and what was decided.

    A decision names its claims, and those its measure had then (`basis`), by their uids, a line
    each: ids are another store's once two are merged.
    """
    for column in PROFILE:
        db.table("source").add_column(column, str)
    whole = {"id", "subject_id", "measure_id", "undone"}
    made = db.table("decision")
    made.create(
        {column: int if column in whole else str for column in COLUMNS["decision"]},
        pk="id",
        not_null={"uid", "subject_id", "kind", "claims", "reason", "decided_by", "at", "basis"},
        foreign_keys=[("subject_id", "subject", "id"), ("measure_id", "measure", "id")],
        strict=True,
    )
    made.create_index(["uid"], unique=True)
    made.create_index(["subject_id"])


def _the_inbox(db: Database) -> None:
    """Articles, and what their texts propose until a person has decided."""
    article = db.table("article")
    article.create(
        {column: int if column in ("id", "undone") else str for column in COLUMNS["article"]},
        pk="id",
        not_null={"uid", "text", "sha256", "title", "at"},
        strict=True,
    )
    article.create_index(["uid"], unique=True)
    whole = {"id", "article_id", "start", "finish", "value_start", "value_finish", "unnamed"}
    proposal = db.table("proposal")
    proposal.create(
        {column: int if column in whole | {"undone"} else str for column in COLUMNS["proposal"]},
        pk="id",
        not_null={*whole, "uid", "value", "confidence", "state"} - {"id"},
        foreign_keys=[("article_id", "article", "id")],
        strict=True,
    )
    proposal.create_index(["uid"], unique=True)
    proposal.create_index(["article_id"])


def _kept_pages(db: Database) -> None:
    """Pages kept as evidence, for a link or for a claim by its uid; their bytes lie beside."""
    whole = {"id", "size", "undone"}
    made = db.table("page")
    made.create(
        {column: int if column in whole else str for column in COLUMNS["page"]},
        pk="id",
        not_null={"uid", "sha256", "media_type", "size", "taken_from", "at"},
        strict=True,
    )
    made.create_index(["uid"], unique=True)


def _what_claims_count(db: Database) -> None:
    """By whose definition a claim counts, by its uid: said of it, and no part of it."""
    made = db.table("definition")
    made.create(
        {column: int if column in ("id", "undone") else str for column in COLUMNS["definition"]},
        pk="id",
        not_null={"uid", "claim", "at"},
        strict=True,
    )
    made.create_index(["uid"], unique=True)


def _time_stamps(db: Database) -> None:
    """Time stamps of the log, by the event that each is of."""
    whole = {"id", "event", "undone"}
    made = db.table("stamp")
    made.create(
        {column: int if column in whole else str for column in COLUMNS["stamp"]},
        pk="id",
        not_null={*COLUMNS["stamp"]} - {"id", "undone"},
        strict=True,
    )
    made.create_index(["uid"], unique=True)


STEPS: tuple[Step, ...] = (
    ("the record", _the_record),
    ("what is looked up in large records", _what_is_looked_up),
    ("what people and other programs read", _for_people_and_programs),
    ("what editors know and decide", _for_editors),
    ("the inbox", _the_inbox),
    ("pages kept as evidence", _kept_pages),
    ("what claims count", _what_claims_count),
    ("time stamps of the log", _time_stamps),
)


SET = "factlog"  # what the steps are noted under
UNNOTED = 2


@contextmanager
def _light() -> Iterator[None]:
    """Let sqlite-utils load without pandas and numpy, which it takes along where they are there.

    They take ten times as long to load as it does, and the store has no use for them.
    """
    held = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(held))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in held:
            sys.modules.pop(name, None)


def apply(connection: sqlite3.Connection, steps: Sequence[Step], done: int) -> None:
    """Take the steps that are not done yet, inside the transaction the caller has begun.

    Each step is noted in a row of its own, the first of them (`UNNOTED`) without the moment where
    they were taken before such rows were kept.
    """
    with _light():
        from sqlite_utils import Database, Migrations

    db = Database(connection, recursive_triggers=False, execute_plugins=False)
    migrations = Migrations(SET)
    for name, step in steps:
        migrations(name=name)(step)
    migrations.ensure_migrations_table(db)
    noted = {each.name for each in migrations.applied(db)}
    taken = db.table(migrations.migrations_table)
    for name, _step in steps[:done]:
        if name not in noted:
            taken.insert({"migration_set": migrations.name, "name": name, "applied_at": None})
    migrations.apply(db)
    # Pragmas take no parameters; these are our own whole numbers.
    db.execute(f"pragma application_id = {APPLICATION_ID:d}")
    db.execute(f"pragma user_version = {len(steps):d}")
