"""A PostgreSQL server of the tests' own, in a folder that goes with it: never one that is there."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

USER = "factlog_tests"
_HOMES = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt")
# What makes a server that nobody's record rests on quick.
_CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_SETTINGS = ("listen_addresses=127.0.0.1", "max_connections=60", "shared_buffers=64MB")
PASSWORD = "open sesame"


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian keeps it out of the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    every = [each for home in _HOMES for each in Path(home).glob("*/bin/initdb")]
    return max(every).parent if every else None


def program(name: str) -> str:
    """One of PostgreSQL's own programs; without it the test is skipped, unless it is required."""
    folder = _programs()
    if folder is None:
        if os.environ.get("FACTLOG_POSTGRES") == "required":
            pytest.fail("PostgreSQL is required and not found: apt-get install postgresql")
        pytest.skip("PostgreSQL is not here: apt-get install postgresql")
    return str(folder / name)


class Cluster:
    """A server on a socket in a folder of its own, which can be stopped and started again."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.free: list[str] = []  # databases with a store's tables, and nothing in them
        self._settings = (*_SETTINGS, *(() if durable else _CARELESS))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        folder.chmod(0o755)
        (folder / "sockets").mkdir()
        self._give(folder / "sockets")
        password = folder / "password"
        password.write_text(f"{PASSWORD}\n", "ascii")
        (folder / "data").mkdir(mode=0o700)
        self._give(folder / "data")
        self._give(password)
        self._run(
            *("initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={USER}"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={password}"),
            *("-D", str(folder / "data")),
        )

    def start(self) -> None:
        """Let it run, and come back when it can be asked."""
        sockets = f"unix_socket_directories={self.folder / 'sockets'}"
        settings = (*self._settings, sockets, f"port={self._port}")
        told = " ".join(f"-c {each}" for each in settings)
        log = str(self.folder / "data" / "log.txt")
        self._run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", told, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop it; `immediate` is as if the power went."""
        self._run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def url(self, database: str, **more: str) -> str:
        """The address of a database of its own."""
        host, port = str(self.folder / "sockets"), str(self._port)
        told = {"host": host, "port": port, "user": USER, **more}
        query = "&".join(f"{key}={value}" for key, value in told.items())
        return f"postgresql:///{database}?{query}"

    def asking(self, database: str, password: str = PASSWORD, user: str = USER) -> str:
        """The address of a database where a password is asked for."""
        told = f"{user}:{quote(password, safe='')}@127.0.0.1:{self._port}"
        return f"postgresql://{told}/{database}"

    def run(self, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Send it a statement of the administrator's; the rows, if it has any."""
        with psycopg.connect(self.url(database), autocommit=True) as raw:
            made = raw.execute(sql.encode())
            return made.fetchall() if made.description else []

    def database(self, like: str = "template0") -> str:
        """A new database; its name."""
        name = f"store_{next(_numbers)}"
        self.run(f"create database {name} template {like} encoding 'UTF8'")
        return name

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, "postgres")

    def _run(self, name: str, *arguments: str) -> None:
        """Run a program as somebody it runs for: root is nobody it does."""
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        before = as_user if os.geteuid() == 0 else []
        environment = {**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryFile() as told:  # a pipe would stay open with the server
            done = subprocess.run(
                [*before, program(name), *arguments],
                stdin=subprocess.DEVNULL, stdout=told, stderr=told, env=environment,
                cwd="/", timeout=120,
            )  # fmt: skip
            told.seek(0)
            assert done.returncode == 0, told.read().decode()


_numbers = count(1)


@contextmanager
def running(*, durable: bool = False) -> Iterator[Cluster]:
    """A server for as long as it is needed; skipped where there is none."""
    program("initdb")
    with tempfile.TemporaryDirectory(prefix="factlog-postgres-") as folder:
        cluster = Cluster(Path(folder), durable=durable)
        cluster.start()
        # Where the tests are killed, their end of this pipe closes, and the server goes with them.
        pid = str(cluster.folder / "data" / "postmaster.pid")
        end = 'read -r _; kill -QUIT "$(head -n 1 "$0")" 2>/dev/null; true'
        with subprocess.Popen(["sh", "-c", end, pid], stdin=subprocess.PIPE, text=True) as watch:
            try:
                yield cluster
            finally:
                cluster.stop("immediate")
                watch.communicate("")


@cache
def is_here() -> bool:
    """Whether PostgreSQL is installed, or has to be."""
    return _programs() is not None or os.environ.get("FACTLOG_POSTGRES") == "required"
