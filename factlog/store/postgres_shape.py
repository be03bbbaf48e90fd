"""The tables of a store in PostgreSQL: those of a file of SQLite's, made and held to them.

What they have to be is read from a new file in memory, so that the steps of `schema` make both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import zip_longest
from typing import Any

from factlog.errors import StoreError
from factlog.store import schema, text_index
from factlog.store.connection import Connection
from factlog.store.schema import COLUMNS
from factlog.values import dataclass

NOTED = "_sqlite_migrations"  # the table of the steps that made the others
WORDS = tuple(f"{table}_words" for table in text_index.TEXTS)
BYTES = "page_bytes"  # of the pages that are kept, which lie in a folder beside a file
TABLES = (*COLUMNS, "event", *WORDS)
_VIEW, _FLAT = "claim_flat", schema.FLAT.replace(" as real)", " as double precision)")
_TYPES = {
    "INTEGER": "bigint",
    "TEXT": "text",
    "REAL": "double precision",
    "FLOAT": "double precision",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it has to be: its columns with what they hold, and what is asked of its rows.

    `columns` are each a name, a type and whether it is never blank; `references` a column and
    the table it points to; `indexes` a name, the columns, whether unique, and of which rows.
    """

    name: str
    columns: tuple[tuple[str, str, bool], ...]
    references: tuple[tuple[str, str], ...] = ()
    indexes: tuple[tuple[str, str, bool, str], ...] = ()


def tables() -> tuple[list[Table], list[Any]]:
    """Every table that a store has, and the rows that note the steps which made them."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        schema.apply(fresh, schema.STEPS, 0)
        names = [
            name
            for (name,) in fresh.execute("select name from sqlite_master where type = 'table'")
            if name in (*COLUMNS, "event", NOTED)
        ]
        made = [_table(fresh, name) for name in names]
        noted = fresh.execute(f"select * from {NOTED} order by id").fetchall()  # noqa: S608
    words = [
        Table(
            f"{table}_words", (("rowid", "bigint", True), (text_index.column(table), "text", False))
        )
        for table in text_index.TEXTS
    ]
    pages = Table(BYTES, (("sha256", "text", True), ("bytes", "bytea", True)))
    return [*made, *words, pages], noted


@cache
def _every() -> list[Table]:
    """Every table, worked out once: to make the file in memory takes longest of all."""
    return tables()[0]


def _table(fresh: sqlite3.Connection, name: str) -> Table:
    columns = tuple(
        (column, _TYPES[kind], bool(never_blank or key))
        for _place, column, kind, never_blank, _default, key in fresh.execute(
            f"pragma table_info({name})"
        )
    )
    references = tuple(
        (row[3], row[2]) for row in fresh.execute(f"pragma foreign_key_list({name})")
    )
    indexes = []
    for _place, index, unique, origin, partial in fresh.execute(f"pragma index_list({name})"):
        of = [row[2] for row in fresh.execute(f"pragma index_info({index})")]
        if origin == "c":
            which = f"{of[0]} is not null" if partial else ""
            indexes.append((index, ", ".join(of), bool(unique), which))
    return Table(name, columns, references, tuple(sorted(indexes)))


def make(connection: Connection) -> None:
    """Make the tables, inside `writing()`."""
    every, noted = tables()
    for sql in _statements(every):
        connection.run(sql)
    columns = next(each.columns for each in every if each.name == NOTED)
    connection.put(NOTED, tuple(name for name, *_ in columns), noted)


def _statements(every: list[Table]) -> Iterator[str]:
    for table in every:
        columns = ", ".join(
            f"{name} {kind}{_collated(kind)}{' not null' if never_blank else ''}"
            for name, kind, never_blank in table.columns
        )
        yield f"create table {table.name} ({columns}, primary key ({table.columns[0][0]}))"
        for name, of, unique, which in table.indexes:
            where = f" where {which}" if which else ""
            kind = "unique index" if unique else "index"
            yield f"create {kind} {name} on {table.name} ({of}){where}"
    for table in every:
        for column, other in table.references:
            yield (
                f"alter table {table.name} add foreign key ({column}) references {other} (id) "
                "deferrable"
            )
    yield f"create view {_VIEW} as {_FLAT}"


def _collated(kind: str) -> str:
    """Texts are in the order of their signs, as SQLite has them, whatever the server speaks."""
    return ' collate "C"' if kind == "text" else ""


_LOOK = """
select current_schema(), current_setting('server_encoding'),
  (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f')
   and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')),
  (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = current_schema() and c.relname = ? and c.relkind = 'r')
"""
_OURS = """
select name from (values {names}) ours(name) where not exists (
  select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = current_schema() and c.relname = ours.name and c.relkind = 'r') limit 1
"""


def look(connection: Connection) -> int:
    """How many steps have made what is there; 0 where nothing is, an error where others' is."""
    place, encoding, there, noted = connection.row(_LOOK, (NOTED,))
    if place is None:
        raise StoreError(
            f"{connection.path} has no schema that you may use.",
            "Ask its owner: grant usage, create on schema public to YOU. Another schema, which "
            "the address names, is made before: create schema NAME",
        )
    if encoding != "UTF8":
        raise StoreError(
            f"{connection.path} is a database for texts in {encoding}, not in UTF-8.",
            "Make another: createdb --encoding UTF8 --template template0 NAME",
        )
    if not there:
        return 0
    steps = noted and connection.value(
        f"select count(*) from {NOTED} where migration_set = ?",  # noqa: S608
        (schema.SET,),
    )
    if not steps:
        raise StoreError(
            f"{connection.path} belongs to another program: it holds tables, but no factlog store.",
            "Give factlog a database of its own: createdb NAME",
        )
    if steps >= len(schema.STEPS):
        names = ", ".join(f"('{name}')" for name in TABLES)
        other = connection.value(_OURS.format(names=names))
        if other is not None:
            raise StoreError(
                f"{connection.path} was changed outside factlog: its {other} is no table any more.",
                "Put back a copy of it; what it holds has not been touched.",
            )
    return int(steps)


_RUNS = """
select 'trigger', t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = current_schema() and not t.tgisinternal
union all
select 'rule', r.rulename, c.relname from pg_rewrite r join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = current_schema() and c.relkind = 'r'
limit 1
"""


def see_that_nothing_else_runs(connection: Connection) -> None:
    """Refuse to write where triggers or rules would run on it."""
    found = connection.row(_RUNS)
    if found is not None:
        kind, name, table = found
        raise StoreError(
            f"{connection.path} has a {kind} that factlog did not make, {name[:60]!r} on "
            f"{table[:60]}: it would run on whatever is recorded.",
            f"Nothing was recorded. Let its owner drop it: drop {kind} NAME on TABLE",
        )


def damage(_connection: Connection) -> str | None:
    """What is wrong with the files: the server looks after those itself."""
    return None


def unfit(connection: Connection) -> str | None:
    """The first thing that is not as in a store made now, or a row that points to none."""
    every = _every()
    return (
        _foreign(connection, every)
        or _dangling(connection, every)
        or _unworded(connection)
        or _unlike(connection)
    )


Shape = set[tuple[str, str, str]]  # what kind of thing, its name, and what makes it so


def _foreign(connection: Connection, every: list[Table]) -> str | None:
    made, found = _shape(every), _found(connection)
    for kind, name, _what in sorted(found - made):
        return f"The {kind} {name} was made or changed outside factlog."
    for kind, name, _what in sorted(made - found):
        return f"The {kind} {name} is missing."
    return None


def _shape(every: list[Table]) -> Shape:
    """What there is to be."""
    shape: Shape = {("view", _VIEW, "p")}
    for table in every:
        shape.add(("table", table.name, "p"))
        for name, kind, never_blank in table.columns:
            order = "C" if kind == "text" else ""
            shape.add(("column", f"{name} of {table.name}", f"{kind} {order} {never_blank}"))
        key = f"PRIMARY KEY ({table.columns[0][0]})"
        shape.add(("constraint", f"{key} of {table.name}", ""))
        for column, other in table.references:
            key = f"FOREIGN KEY ({column}) REFERENCES {other}(id) DEFERRABLE"
            shape.add(("constraint", f"{key} of {table.name}", ""))
        for name, of, unique, which in table.indexes:
            where = f" WHERE ({which.replace('is not null', 'IS NOT NULL')})" if which else ""
            told = f"INDEX {name} ON {table.name} USING btree ({of}){where}"
            told = f"CREATE {'UNIQUE ' if unique else ''}{told}"
            shape.add(("index", f"{name} of {table.name}", told))
    return shape


_IN = """c on c.oid = {of} join pg_namespace n on n.oid = c.relnamespace
where n.nspname = current_schema() and c.relkind in ('r', 'p')"""
_FOUND = (
    """select case c.relkind when 'v' then 'view' else 'table' end, c.relname,
      case when c.relkind in ('r', 'v') and not c.relrowsecurity then c.relpersistence::text
        else 'other' end
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p', 'v', 'm', 'f')
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')""",
    f"""select 'column', a.attname || ' of ' || c.relname,
      format_type(a.atttypid, a.atttypmod) || ' ' || coalesce(l.collname, '') || ' '
      || case when a.atthasdef or a.attidentity <> '' then 'default'
        when a.attnotnull then 'True' else 'False' end
    from pg_attribute a left join pg_collation l on l.oid = a.attcollation
    join pg_class {_IN.format(of="a.attrelid")} and a.attnum > 0 and not a.attisdropped""",  # noqa: S608
    f"""select 'constraint', pg_get_constraintdef(k.oid) || ' of ' || c.relname, ''
    from pg_constraint k join pg_class {_IN.format(of="k.conrelid")}
    and k.contype <> 'n'""",  # noqa: S608  # never blank: newer servers list that here as well
    f"""select 'index', i.relname || ' of ' || c.relname,
      replace(pg_get_indexdef(x.indexrelid), quote_ident(n.nspname) || '.', '')
      || case when x.indisvalid then '' else ' invalid' end
    from pg_index x join pg_class i on i.oid = x.indexrelid
    join pg_class {_IN.format(of="x.indrelid")} and not x.indisprimary""",  # noqa: S608
    f"""select 'trigger', t.tgname || ' of ' || c.relname, ''
    from pg_trigger t join pg_class {_IN.format(of="t.tgrelid")}
    and (not t.tgisinternal or t.tgenabled <> 'O')""",  # noqa: S608
    f"""select 'rule', r.rulename || ' of ' || c.relname, ''
    from pg_rewrite r join pg_class {_IN.format(of="r.ev_class")}""",  # noqa: S608
)


def _found(connection: Connection) -> Shape:
    """What there is."""
    return {
        (str(kind), str(name), str(what))
        for sql in _FOUND
        for kind, name, what in connection.rows(sql)
    }


def _dangling(connection: Connection, every: list[Table]) -> str | None:
    """A row that points to one that is not there, as only who switched the server's own look
    off can have made it.
    """
    for table in every:
        for column, other in table.references:
            row = connection.value(
                f"select t.id from {table.name} t left join {other} o on o.id = t.{column} "  # noqa: S608
                f"where t.{column} is not null and o.id is null limit 1"
            )
            if row is not None:
                return f"{table.name} {row} points to a {other} that is not there."
    return None


def _unworded(connection: Connection) -> str | None:
    """An index of words that is not that of what its table holds."""
    for table, texts in text_index.TEXTS.items():
        words = connection.stream(f"{table}_words", (text_index.column(table),), key="rowid")
        rows = connection.stream(table, texts)
        held = text_index.worded(rows, range(1, len(texts) + 1))
        if any(one != other for one, other in zip_longest(words, held)):
            return (
                f"The index of words {table}_words is not that of what each {table} holds: it "
                "was changed outside factlog."
            )
    return None


def _unlike(connection: Connection) -> str | None:
    """A view that shows something else than the one that factlog makes.

    What the server plans alike shows the same: then only the names of the columns are compared.
    """
    both = (_VIEW, f"({_FLAT})")
    one, other = ([line for (line,) in connection.rows(_PLAN.format(of=each))] for each in both)
    which = "false" if one == other else "true"
    view, made = (_SHOWN.format(of=each, which=which) for each in both)
    if connection.value(
        f"select exists (({view} except all {made}) union all ({made} except all {view}))"
    ):
        return f"The view {_VIEW} was made or changed outside factlog."
    return None


_PLAN = "explain (verbose, costs off) select * from {of} made"
# Rows by the names of their columns, which one row of blanks shows where there is none.
_SHOWN = """select row_to_json(shown)::text from (select flat.* from (select 1) one
  left join (select * from {of} made where {which}) flat on true) shown"""
