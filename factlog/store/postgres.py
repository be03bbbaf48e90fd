"""The connection to a store in PostgreSQL: what a file of SQLite's gives, from a server.

Who writes holds one lock until it is done, so that events follow one another; everybody else
reads meanwhile, each what was whole when he began. psycopg is imported only here.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

from factlog.errors import NoStore, StoreError
from factlog.store import postgres_shape as shape
from factlog.store.address import Address
from factlog.store.connection import SILENCE, Connection, Saving, check_is_store
from factlog.store.dialect import POSTGRES
from factlog.store.postgres_words import misread, unreachable, worded
from factlog.store.schema import APPLICATION_ID, STEPS

_PATIENCE_TO_CONNECT = 10  # seconds, unless the address says another number
# What every connection is to do, whatever the server is set to: numbers in all their digits, no
# commit that is acknowledged before it is kept, nothing written by mistake.
_SETTINGS = """
set default_transaction_read_only = on; set extra_float_digits = 1; set jit = off;
select set_config('synchronous_commit', 'on', false)
where current_setting('synchronous_commit') = 'off'
"""
_KEY = f"""
select pg_advisory_xact_lock(({APPLICATION_ID:d}::bigint << 32) | oid::bigint)
from pg_namespace where nspname = current_schema()
"""  # noqa: S608
_FEW = 50  # rows; more are copied in one stream


class PostgresConnection(Connection):
    """A connection to one store on a server, used as that to a file is."""

    dialect = POSTGRES

    def __init__(
        self,
        address: Address,
        waiting: Callable[[], None] | None = None,
        patience: float = 30.0,
        saving: Saving = nullcontext,
    ) -> None:
        self.path = self._address = address
        self.recorded = False
        self._checked = False
        self._waiting = waiting
        self._patience = patience
        self._saving = saving
        self._changes = 0
        self._server = _reached(address, patience)

    def close(self) -> None:
        """Let go of the server."""
        self._server.close()

    @property
    def file(self) -> Path:
        """Refused: there is none."""
        raise StoreError(
            f"{self._address} is no file.", "Copy it to one: factlog copy ADDRESS FILE"
        )

    @property
    def _in_transaction(self) -> bool:
        return self._server.info.transaction_status != TransactionStatus.IDLE

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """Every row of a query."""
        return self._sent(sql, values).fetchall()

    def numbers(self, sql: str, values: Sequence[object] = ()) -> array[int]:
        """The first column of every row, all of them whole numbers, kept small."""
        return array("q", (row[0] for row in self._sent(sql, values)))

    def reckoned(self, sql: str, values: Sequence[object] = ()) -> array[int] | None:
        """As `numbers`; None where numbers were met that cannot be reckoned with.

        SQLite goes on with an infinity or a zero, where the server gives up.
        """
        if not self._in_transaction:
            with self.steady():
                return self.reckoned(sql, values)
        self._sent("savepoint reckoning")
        try:
            return self.numbers(sql, values)
        except StoreError as error:
            if not isinstance(error.__cause__, psycopg.errors.NumericValueOutOfRange):
                raise
            self._sent("rollback to savepoint reckoning")
            return None

    def row(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first row of a query, or None."""
        return self._sent(sql, values).fetchone()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Change rows, inside `writing()`; the number of rows changed comes back."""
        changed = self._sent(sql, values).rowcount
        self._changes += max(0, changed)
        return changed

    def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Change rows many times over, inside `writing()`."""
        with self._in_words(*rows):
            self._server.cursor().executemany(translated(sql), [tuple(row) for row in rows])
        self._changes += len(rows)

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Put rows into a table, inside `writing()`: many of them in one stream."""
        if len(rows) < _FEW:
            super().put(table, columns, rows)
            return
        into = translated(f"copy {table} ({', '.join(columns)}) from stdin")
        with self._in_words(*rows), self._server.cursor() as cursor, cursor.copy(into) as stream:
            for row in rows:
                stream.write_row(row)
        self._changes += len(rows)

    def expecting_many(self) -> bool:
        """No index is better made later: others could not read until it was."""
        return False

    def defer_references(self) -> None:
        """Let rows point, until what `writing()` does is whole, to some that are not there yet."""
        self._sent("set constraints all deferred")

    def is_that_of(self, other: Connection) -> bool:
        """Whether another connection is to the very same store, by whatever address."""
        return isinstance(other, PostgresConnection) and self.row(_WHICH) == other.row(_WHICH)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write everything done inside, or, after any exception, nothing."""
        if self._in_transaction:
            yield
            return
        before, ending = self._changes, False
        try:
            self._take_turn()
            if not self._checked:
                shape.see_that_nothing_else_runs(self)
                self._checked = True
            yield
            ending = True
            with self._saving():
                self._commit()
            self.recorded |= self._changes > before
        except BaseException as error:
            if not self._server.closed and self._in_transaction:
                self._roll_back()
            elif ending and not isinstance(error, StoreError):  # interrupted after the commit
                self.recorded |= self._changes > before
            raise

    def _take_turn(self) -> None:
        """Begin, once nobody else writes: then every question sees what the last one left."""
        for patience in (min(SILENCE, self._patience), self._patience):
            wait, then = (
                f"set local lock_timeout = {round(each * 1000):d}"
                for each in (patience, self._patience)
            )
            try:
                begin = "begin isolation level read committed read write"  # whatever is the default
                self._server.execute(f"{begin}; {wait}; {_KEY}; {then}")
                return
            except psycopg.errors.LockNotAvailable as error:
                self._roll_back()
                if patience == self._patience:
                    raise worded(error, self._address, self._patience) from error
                if self._waiting is not None:
                    self._waiting()
                    self._waiting = None
            except psycopg.Error as error:
                raise worded(error, self._address) from error

    def _commit(self) -> None:
        try:
            done = self._server.execute("commit").statusmessage
        except psycopg.OperationalError as error:
            if not self._server.closed:
                raise worded(error, self._address) from error
            raise StoreError(
                f"The connection to {self._address} was lost while it was saving: it may have "
                "been saved, or not.",
                "See whether it was, before you do it again: factlog log",
            ) from error
        except psycopg.Error as error:
            raise worded(error, self._address) from error
        if done != "COMMIT":  # so a server tells that it had given up before
            raise StoreError(f"{self._address} saved nothing.", "Do it again.")

    def _roll_back(self) -> None:
        with suppress(psycopg.Error):
            self._server.execute("rollback")

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Read everything inside from one moment; nobody waits for that to end."""
        if self._in_transaction:
            yield
            return
        self._sent("begin isolation level repeatable read read only")
        try:
            yield
        finally:
            self._roll_back()

    @contextmanager
    def copied(self, *, to_change: bool = False, file: str = "") -> Iterator[None]:  # noqa: ARG002
        """Read everything inside as it is at this moment; nobody waits for that to end.

        With `to_change`, tables of this connection alone stand in the place of the store's.
        """
        with self.steady():
            if not to_change:
                yield
                return
            moment = self.value("select pg_export_snapshot()")
            own, self._server = self._server, _reached(self._address, self._patience)
            try:
                self._sent("begin isolation level repeatable read read write")
                self._sent(f"set transaction snapshot '{moment}'")
                self._stand_in()
                yield
            finally:
                self._server.close()
                self._server = own

    def _stand_in(self) -> None:
        """Put tables of this connection alone in the place of the store's."""
        schema = self.value("select quote_ident(current_schema())")
        for table in shape.TABLES:
            self._sent(f"create temp table {table} (like {schema}.{table} including indexes)")
            self._sent(f"insert into pg_temp.{table} select * from {schema}.{table}")  # noqa: S608
        self._sent("analyze pg_temp.claim, pg_temp.statement")

    @contextmanager
    def any_text(self) -> Iterator[None]:
        """Read text inside; a server holds none that is none."""
        yield

    def _sent(self, sql: str, values: Sequence[object] = ()) -> psycopg.Cursor[Any]:
        with self._in_words(values):
            return self._server.execute(translated(sql), tuple(values) or None)

    @contextmanager
    def _in_words(self, *rows: Sequence[object]) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise worded(error, self._address, self._patience, rows) from error


_WHICH = """
select pg_postmaster_start_time(), current_database(), current_schema(), current_setting('port')
"""


def connect(
    address: Address,
    *,
    create: bool,
    waiting: Callable[[], None] | None = None,
    patience: float = 30.0,
    saving: Saving = nullcontext,
) -> PostgresConnection:
    """Open the store at this address, making its tables if there are none."""
    connection = PostgresConnection(address, waiting, patience, saving)
    try:
        version = shape.look(connection)
        if not version and create:
            with connection.writing():
                version = shape.look(connection)
                if not version:
                    shape.make(connection)
                    version = len(STEPS)
        if not version:
            raise no_store(address)
        check_is_store(address, (APPLICATION_ID, version), len(STEPS))
        if version < len(STEPS):
            raise StoreError(
                f"{address} was made by an older factlog (schema {version}; this one writes "
                f"{len(STEPS)}).",
                "With that factlog, copy it to a file; with this one, copy the file to a new "
                "database: factlog copy FROM TO",
            )
    except BaseException:
        connection.close()
        raise
    return connection


def no_store(address: Address) -> NoStore:
    """The refusal of a database that has no store in it yet."""
    return NoStore(
        f"There is no store at {address}.",
        'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
    )


def _reached(address: Address, patience: float) -> psycopg.Connection[Any]:
    """A connection to the server; each statement stands for itself until told otherwise."""
    if not address.is_taken_apart:
        raise misread(address)
    try:
        told: dict[str, Any] = {**psycopg.conninfo.conninfo_to_dict(address.url)}
    except psycopg.Error as error:
        raise misread(address) from error
    told.setdefault("connect_timeout", round(min(_PATIENCE_TO_CONNECT, max(2, patience))))
    told.setdefault("application_name", "factlog")
    told["client_encoding"] = "UTF8"
    try:
        server = psycopg.connect(
            psycopg.conninfo.make_conninfo("", **told),
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
        )
    except psycopg.Error as error:
        raise unreachable(error, address) from error
    server.adapters.register_dumper(str, StrDumper)
    server.adapters.register_dumper(int, Int8Dumper)
    try:
        server.execute(f"set lock_timeout = {round(patience * 1000):d};{_SETTINGS}")
    except psycopg.Error as error:
        server.close()
        raise worded(error, address) from error
    return server


_MARK = re.compile(r"\?(\d*)|\bwindow\b|\bin \(\)")


@lru_cache(maxsize=256)
def translated(sql: str) -> bytes:
    """A statement as the server takes it: values by number, no empty lists, no reserved names."""
    at = 0

    def said(found: re.Match[str]) -> str:
        nonlocal at
        if found[0] == "in ()":
            return "in (null)"
        if found[0] == "window":
            return '"window"'
        at += 1
        return f"${found[1] or at}"

    return _MARK.sub(said, sql).encode()
