"""The rows that claims of another store make, from the very rows they have there, by SQL alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from factlog.store import names
from factlog.store.drafts import Stored
from factlog.store.events import EventWriter
from factlog.store.row_texts import texts
from factlog.store.schema import COLUMNS
from factlog.store.text_index import adding, let_fold

_OF = """
select o.{kind}_id, o.{kind}_given, n.given from theirs.{table} o
join theirs.{kind} n on n.id = o.{kind}_id
where o.id between ? and ? group by 1, 2 order by min(o.id)
"""
_PAIRS = "select distinct {kind}_id, {kind}_given from theirs.{table} where id between ? and ?"
_NAMED_IN = {"subject": "statement", "source": "statement", "measure": "claim"}
_JOIN = "{how} join temp.taken_{kind} {kind} on {kind}.there = o.{kind}_id "
_JOIN += "and {kind}.given = coalesce(o.{kind}_given, '')"
_STATEMENT, _CLAIM = COLUMNS["statement"], COLUMNS["claim"]
_STATEMENTS = f"""
insert into main.statement ({", ".join(_STATEMENT)})
select o.id + ?, subject.here, source.here, subject.here_given, source.here_given,
       {", ".join(f"o.{column}" for column in _STATEMENT[5:])}
from theirs.statement o
{_JOIN.format(how="cross", kind="subject")} {_JOIN.format(how="cross", kind="source")}
where o.id between ? and ? order by o.id
"""  # noqa: S608
_KEPT = [
    column for column in _CLAIM[5:] if column not in ("edits", "replaced", "retracted", "undone")
]
_CLAIMS = f"""
insert into main.claim (id, uid, statement_id, measure_id, measure_given, {", ".join(_KEPT)})
select o.id + ?, o.uid, case when o.statement_id < ? then ? else o.statement_id + ? end,
       measure.here, measure.here_given, {", ".join(f"o.{column}" for column in _KEPT)}
from theirs.claim o
{_JOIN.format(how="left", kind="measure")}
where o.id between ? and ? order by o.id
"""  # noqa: S608


_REMEMBERED = 20_000


class TakenRows:
    """Makes rows of those of `theirs`, which this connection has beside its own.

    `row` is that of a name of a kind here, and how it was given there if otherwise; `flush` writes
    those that are new.
    """

    def __init__(
        self,
        entry: EventWriter,
        row: Callable[[str, str], tuple[int | None, str | None]],
        flush: Callable[[], None],
    ) -> None:
        self._entry = entry
        self._row = row
        self._flush = flush
        let_fold(entry.connection.raw)
        self._done: set[tuple[str, int, str | None]] = set()
        for kind in names.KINDS:
            entry.connection.run(f"drop table if exists temp.taken_{kind}")
            entry.connection.run(
                f"create temp table taken_{kind} (there integer, given text, here integer, "
                "here_given text, primary key (there, given)) without rowid"
            )

    def take(self, stored: Stored, first: int, before: int) -> tuple[int, int]:
        """Make the rows of the statements from `first` on, and of the claims.

        Claims of the statement before that are of the one that is `before` here. The number of the
        first claim comes back, and that of the last statement.
        """
        last, claims = stored.statements[1], (stored.first, stored.last)
        if len(self._done) > _REMEMBERED:  # memory stays flat over millions of names
            self._forget()
        self._name("subject", first, last)
        self._name("source", first, last)
        self._name("measure", *claims)
        self._flush()
        away = 0
        if first <= last:
            made = self._entry.reserve("statement", last - first + 1)
            away = made - first
            self._entry.connection.run(_STATEMENTS, (away, first, last))
            self._made("statement", made, last + away)
        number = self._entry.reserve("claim", len(stored.uids))
        self._entry.connection.run(_CLAIMS, (number - stored.first, first, before, away, *claims))
        self._made("claim", number, number + len(stored.uids) - 1, stored.uids)
        return number, last + away if first <= last else before

    def _made(self, table: str, first: int, last: int, uids: Sequence[str] = ()) -> None:
        connection = self._entry.connection
        self._entry.made(table, uids, texts(connection, table, first, last))
        connection.run(adding(table), (first, last))

    def _forget(self) -> None:
        self._done.clear()
        for kind in names.KINDS:
            self._entry.connection.run(f"delete from temp.taken_{kind}")  # noqa: S608

    def _name(self, kind: str, first: int, last: int) -> None:
        """Note what the names in some rows are here, those that are new in order."""
        told = {"kind": kind, "table": _NAMED_IN[kind]}
        pairs = self._entry.connection.rows(_PAIRS.format(**told), (first, last))
        if self._done.issuperset((kind, *pair) for pair in pairs):
            return
        sql = _OF.format(**told)
        new = [
            (number, given, whole)
            for number, given, whole in self._entry.connection.rows(sql, (first, last))
            if (kind, number, given) not in self._done
        ]
        rows = [
            (number, given or "", *self._row(kind, given or whole)) for number, given, whole in new
        ]
        self._done.update((kind, number, given) for number, given, _whole in new)
        self._entry.connection.run_many(
            f"insert into temp.taken_{kind} values (?, ?, ?, ?)",  # noqa: S608
            rows,
        )
