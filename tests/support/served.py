"""Databases of the tests' own server, each of which stands for a file that a test would have."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from factlog.store import Store
from factlog.store.address import Address
from factlog.store.postgres_shape import BYTES, TABLES
from factlog.store.schema import COLUMNS, EVENT_COLUMNS
from factlog.store.text_index import Index
from support import stores
from support.postgres import Cluster
from support.stores import Place, place

TEMPLATE = "with_tables"  # the database that others are copied from


def copy_of(original: Place, folder: Path, name: str) -> Place:
    """Put a copy of a store beside it, row by row as it is."""
    target = place(folder, name)
    if isinstance(original, Path) and isinstance(target, Path):
        shutil.copy(original, target)
        return target
    assert isinstance(original, Address)
    assert isinstance(target, Address)
    with psycopg.connect(original.url) as one, psycopg.connect(target.url) as other:
        other.execute("set session_replication_role = replica")
        for table in (*TABLES, BYTES):
            with (
                one.cursor().copy(f"copy {table} to stdout".encode()) as read,
                other.cursor().copy(f"copy {table} from stdin".encode()) as written,
            ):
                for some in read:
                    written.write(some)
    return target


def served_copy(original: Path, folder: Path) -> Place:
    """A store of a file put into a database that has its tables already."""
    target = place(folder)
    assert isinstance(target, Address)
    with Store.open(original) as one, psycopg.connect(target.url) as other:
        other.execute("set session_replication_role = replica")
        for table, columns in {**COLUMNS, "event": EVENT_COLUMNS}.items():
            told = ", ".join(f'"{each}"' for each in columns)
            rows = one._connection.rows(f"select {told} from {table}")
            with other.cursor().copy(f"copy {table} ({told}) from stdin".encode()) as written:
                for row in rows:
                    written.write_row(row)
            Index(COLUMNS).take(partial(_put, other), table, rows)
    return target


def _put(
    server: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Sequence[Any]
) -> None:
    into = f"copy {table} ({', '.join(columns)}) from stdin"
    with server.cursor().copy(into.encode()) as written:
        for row in rows:
            written.write_row(row)


@contextmanager
def in_files() -> Iterator[None]:
    """Let what is made inside lie in files, whatever the test is run on."""
    before, stores.served = stores.served, None
    try:
        yield
    finally:
        stores.served = before


class Served:
    """The databases that stand for the files of one test, emptied for others when it ends."""

    def __init__(self, cluster: Cluster) -> None:
        self.opened: list[Store] = []
        self.spoiled: set[Address] = set()  # whose tables are not what they were
        self._cluster = cluster
        self._databases: dict[Path, str] = {}

    def place(self, path: Path, like: str = TEMPLATE) -> Address:
        """The database that stands for this file, made with a store's tables in it."""
        if path not in self._databases:
            free = self._cluster.free if like == TEMPLATE else []
            self._databases[path] = free.pop() if free else self._cluster.database(like)
        return Address(self._cluster.url(self._databases[path]))

    def drop(self) -> None:
        """Leave nothing behind."""
        for store in self.opened:
            store.close()
        for name in self._databases.values():
            if Address(self._cluster.url(name)) in self.spoiled:
                self._cluster.run(f"drop database {name} with (force)")
            else:
                self._cluster.run(_EMPTIED, name)
                self._cluster.free.append(name)


# To make a database takes a hundred times as long as to take a few rows out of one.
_EMPTIED = f"""
set session_replication_role = replica;
{"; ".join(f"delete from {table}" for table in (*TABLES, BYTES))}
"""
_ROWS = re.compile("(insert|update|delete) (?!.*_migrations)", re.DOTALL)


@contextmanager
def served_by(cluster: Cluster) -> Iterator[None]:
    """Let the tests inside have their stores on a server."""
    stores.served = Served(cluster)
    try:
        yield
    finally:
        stores.served.drop()
        stores.served = None


def changed(path: Address, statements: Sequence[str]) -> None:
    """Change a store with plain SQL, no look being taken at what points to what."""
    if any(re.search(r"\bx'[0-9a-f]|char\(0\)", each) for each in statements):
        pytest.skip("a server takes no text that is none, nor a NUL")
    if stores.served is not None and not all(map(_ROWS.match, statements)):
        stores.served.spoiled.add(path)
    with psycopg.connect(path.url, autocommit=True) as server:
        server.execute("set session_replication_role = replica")
        for statement in statements:
            server.execute(statement.encode())


def answered(path: Address, sql: str) -> list[Any]:
    """What any program that asks the server gets."""
    with psycopg.connect(path.url, autocommit=True) as server:
        return server.execute(sql.encode()).fetchall()
