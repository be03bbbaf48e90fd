"""Spark for the tests: on this machine, and as a cluster of programs on loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

# Java that starts soon, as there is little to do.
_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def needed() -> None:
    """Skip where there is no PySpark or no Java, unless Spark is required."""
    there = find_spec("pyspark") and (shutil.which("java") or "JAVA_HOME" in os.environ)
    if not there and os.environ.get("FACTLOG_SPARK") != "required":
        pytest.skip("PySpark and Java are not installed")


@contextmanager
def local_session() -> Iterator[Any]:
    """A session of Spark with two workers in this process's own."""
    needed()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark import SparkContext
        from pyspark.sql import SparkSession

        made = SparkSession.builder.master("local[2]").config(
            map={
                "spark.ui.enabled": "false",
                "spark.ui.showConsoleProgress": "false",
                "spark.driver.extraJavaOptions": _QUICK,
                "spark.log.level": "OFF",
            }
        )
        session = made.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        gateway: Any = SparkContext._gateway
        SparkContext._gateway = SparkContext._jvm = None
        gateway.shutdown()
        gateway.proc.stdin.close()  # its Java program ends then
        gateway.proc.wait(60)


class Cluster:
    """A master and some workers, each a program of its own on loopback."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        port = _free_port()
        self.url = f"spark://127.0.0.1:{port}"
        self._running: list[subprocess.Popen[bytes]] = []
        page = _free_port()
        self._page = f"http://127.0.0.1:{page}/json/"
        try:
            self.workers = self._started(port, page, workers)
        except BaseException:
            self.close()
            raise

    def _started(self, port: int, page: int, count: int) -> list[subprocess.Popen[bytes]]:
        at = ("--host", "127.0.0.1", "--port", str(port), "--webui-port", str(page))
        self._start("deploy.master.Master", *at)
        workers = [
            self._start(
                *("deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0"),
                *("--cores", "1", "--memory", "512m", "--work-dir", str(self._folder / "work")),
                self.url,
            )
            for _ in range(count)
        ]
        until(lambda: len(self.state().get("workers", ())) == count)
        return workers

    def _start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        command = [str(_home() / "bin" / "spark-class"), f"org.apache.spark.{name}", *words]
        daemon = {"SPARK_DAEMON_MEMORY": "128m", "SPARK_DAEMON_JAVA_OPTS": _QUICK}
        with (self._folder / "cluster.log").open("ab") as log:
            started = subprocess.Popen(
                command,
                env={**os.environ, **_here(self._folder), **daemon},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._running.append(started)
        return started

    def state(self) -> dict[str, Any]:
        """What the master says of itself; nothing while it starts."""
        try:
            with urlopen(self._page, timeout=10) as page:
                told: dict[str, Any] = json.load(page)
        except (OSError, ValueError):
            return {}
        return told

    def environment(self, workers: int) -> dict[str, str]:
        """What a program that uses so many workers of the cluster is started with."""
        conf = self._folder / "conf"
        conf.mkdir(exist_ok=True)
        settings = {
            "spark.driver.extraJavaOptions": _QUICK,
            "spark.driver.memory": "512m",
            "spark.executor.extraJavaOptions": _QUICK,
            "spark.executor.memory": "512m",
            # The job begins when every worker is there, and one that is gone is soon given up.
            "spark.cores.max": str(workers),
            "spark.scheduler.minRegisteredResourcesRatio": "1.0",
            "spark.shuffle.io.maxRetries": "1",
            "spark.shuffle.io.retryWait": "100ms",
        }
        lines = (f"{name} {value}\n" for name, value in settings.items())
        (conf / "spark-defaults.conf").write_text("".join(lines))
        used = {"SPARK_CONF_DIR": str(conf), "PYSPARK_PYTHON": str(self.python())}
        return {**os.environ, **_here(self._folder), **used}

    def python(self) -> Path:
        """A Python for the workers that has the libraries here, but where factlog is not found."""
        import pyarrow

        made = self._folder / "python"
        libraries = Path(pyarrow.__file__).parents[1]
        made.write_text(
            f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{libraries}" exec {sys.executable} -S "$@"\n'
        )
        made.chmod(0o755)
        return made

    def at_work(self, worker: subprocess.Popen[bytes]) -> bool:
        """Whether a worker runs Python for a job at this moment."""
        within, there = {worker.pid}, _processes()
        for _ in range(2):  # its executor, and what that starts
            within |= {pid for pid, (parent, _words) in there.items() if parent in within}
        return any("pyspark.daemon" in there[pid][1] for pid in within if pid in there)

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker and all that it has started, as when its machine is switched off."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        """End every program of the cluster."""
        for each in self._running:
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()


def until(done: Callable[[], bool], seconds: float = 300) -> None:
    """Wait for something that will be so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def _home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


def _here(folder: Path) -> dict[str, str]:
    return {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_NO_DAEMONIZE": "1",
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        port: int = made.getsockname()[1]
        return port


def _processes() -> dict[int, tuple[int, str]]:
    """Every process, with its parent and its words."""
    found = {}
    for each in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            status = (each / "stat").read_text().rpartition(") ")[2].split()
            words = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found[int(each.name)] = int(status[1]), words
    return found


def children(pid: int) -> list[str]:
    """What the processes that this one has started were started as."""
    return [words for parent, words in _processes().values() if parent == pid]
