"""Spark: started for one comparison, or taken as it runs, and what it cannot do in two lines."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from factlog.errors import FactlogError, MissingPackage, UsageError
from factlog.store.lake import unreadable

LOG = "FACTLOG_SPARK_LOG"  # names the file that what Spark says of its work goes to
_JAVA = 17  # the oldest that Spark 4 runs on
_REACHED, _GIVEN = 10, 60  # seconds in which a master must answer, and give a first worker
_ENDS = 10  # seconds in which Spark ends when it is told to
_STANDALONE = "spark://"


class Spark:
    """A session of Spark: one that runs in this process already, or one made for this alone."""

    def __init__(self, master: str) -> None:
        session = _library("pyspark.sql").SparkSession
        self._gateway: Any = None
        self._heard = logging.root.manager.disable
        self._log: IO[bytes] | None = None
        self._shipped: str | None = None
        self._kept: list[Any] = []
        self._sent: TemporaryDirectory[str] | None = None
        running = session.getActiveSession()
        if running is not None:
            self.session = running.newSession()  # with settings of its own
            return
        _see_java()
        if master.startswith(_STANDALONE):
            _see_master(master)
        logging.disable()  # of an interrupted call to Java, a traceback would be told
        try:
            self.session = session(self._started(master))
            self._settle(master)
        except BaseException:
            self.close(at_once=True)
            raise

    def _started(self, master: str) -> Any:
        """A context of Spark's, in a Java program that says nothing here and dies with us."""
        core, gateways = _library("pyspark"), _library("pyspark.java_gateway")
        conf = core.SparkConf().setMaster(master).setAppName("factlog compare")
        conf.set("spark.ui.showConsoleProgress", "false").set("spark.ui.enabled", "false")
        if master.startswith("local"):  # its workers are this very Python
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._log = _log()
        takes_interrupts = signal.getsignal(signal.SIGINT)
        try:
            streams = {"stdout": self._log, "stderr": self._log}
            self._gateway = gateways.launch_gateway(conf, streams)
            return core.SparkContext(conf=conf, gateway=self._gateway)
        except Exception as error:
            raise FactlogError(
                f'Spark did not start with the master "{master}": {self._reason(error)}.',
                f"See that the master is right, or have all it says kept: {LOG}=spark.log",
            ) from error
        finally:
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, takes_interrupts)  # Spark puts its own in its place

    def _settle(self, master: str) -> None:
        """Wait for a first worker, where a master gives them."""
        if not master.startswith(_STANDALONE):
            return
        context, end = self.session.sparkContext, time.monotonic() + _GIVEN
        try:
            while len(context._jsc.sc().statusTracker().getExecutorInfos()) < 2:
                if time.monotonic() > end:
                    raise TimeoutError
                time.sleep(0.1)
        except Exception as error:
            raise FactlogError(
                f"{master} gave no worker within {_GIVEN} seconds.",
                f"See that it is a master of Spark {context.version}, and that one of its workers "
                "has a free core and memory.",
            ) from error

    def _reason(self, error: Exception) -> str:
        """Why Spark did not start: what it said last of that, or else what was raised."""
        said = ""
        if self._log is not None and self._log.seekable() and LOG not in os.environ:
            self._log.seek(0)
            said = self._log.read(100_000).decode(errors="replace")
        found = re.findall(r"(?:Exception in thread .*?|Error|ERROR|Exception): (.+)", said)
        return _line(found[0] if found else _causes(error)[-1])

    @property
    def local(self) -> bool:
        """Whether its workers run on this machine, beside this program."""
        return bool(self.session.sparkContext.master.startswith("local"))

    def shipped(self, packages: Sequence[Path]) -> str:
        """Where workers find these packages: a folder here, or the name of what they are sent."""
        if self.local:
            return str(packages[0].parent)
        if self._shipped is None:
            name = f"{packages[0].name}-{os.getpid()}.zip"
            self._sent = TemporaryDirectory()  # workers fetch what is in it when they come
            place = Path(self._sent.name, name)
            with ZipFile(place, "w", ZIP_DEFLATED) as made:
                for file, within in _files(packages):
                    made.write(file, within)
            self.session.sparkContext.addArchive(str(place))
            self._shipped = name
        return self._shipped

    def kept(self, frame: Any) -> Any:
        """An answer worked out by all workers, and kept on their disks until it is read.

        What is lost with a worker is worked out again by the others.
        """
        found = frame.persist(_library("pyspark").StorageLevel.DISK_ONLY)
        self._kept.append(found)
        found.count()
        return found

    @contextmanager
    def worded(self, files: str) -> Iterator[None]:
        """Say in two lines what Spark could not do with the files."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            yield
        except FactlogError:
            raise
        except (PySparkException, Py4JError, OSError, EOFError, RuntimeError) as error:
            if self._ended():
                raise FactlogError(
                    "Spark ended in the middle of its work, perhaps for want of memory.",
                    f"Give it more (SPARK_DRIVER_MEMORY=4g), or see what it says: {LOG}=spark.log",
                ) from error
            raise _refusal(error, files) from error

    def _ended(self) -> bool:
        """Whether Spark's Java program is no more, or ends as we look."""
        with suppress(subprocess.TimeoutExpired):
            return self._gateway is not None and self._gateway.proc.wait(0.5) is not None
        return False

    def close(self, *, at_once: bool = False) -> None:
        """End a Spark that was started here, with all that it started.

        `at_once` where a call to it was cut off, after which it answers no other.
        """
        if self._sent is not None:
            self._sent.cleanup()
        logging.disable(self._heard)
        if self._gateway is None:
            for kept in self._kept:
                kept.unpersist()
            return
        core = _library("pyspark")
        process, context = self._gateway.proc, core.SparkContext._active_spark_context
        if not at_once and process.poll() is None:
            with suppress(Exception):
                self.session.stop()
        elif context is not None:
            context._jsc = None  # nothing is said to it any more
            with suppress(Exception):
                context.stop()
        with suppress(Exception):
            self._gateway.shutdown()
        core.SparkContext._gateway = core.SparkContext._jvm = None
        self._gateway = None
        _end(process)
        if self._log is not None:
            self._log.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End Spark's Java program: it does when nobody can speak to it, or is made to."""
    steps: tuple[Callable[[], None], ...] = (
        *((process.stdin.close,) if process.stdin else ()),
        process.terminate,
        process.kill,
    )
    for step in steps:
        with suppress(OSError):
            step()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_ENDS)
            return


def _log() -> IO[bytes]:
    named = os.environ.get(LOG)
    try:
        return Path(named).open("ab", buffering=0) if named else TemporaryFile()
    except OSError as error:
        raise UsageError(
            f"{LOG} names {named}, which cannot be written: {error.strerror}.",
            "Name another file, or none.",
        ) from error


def _files(packages: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The files of some packages, and what each is called among them."""
    for package in packages:
        for file in sorted(package.rglob("*")):
            if file.suffix in (".py", ".tsv"):
                yield file, file.relative_to(package.parent).as_posix()


def _library(name: str) -> Any:
    """A part of PySpark, which warns of nothing that concerns a person here."""
    import importlib

    warnings.filterwarnings("ignore", module=r"pyspark\.")
    logging.getLogger("SQLQueryContextLogger").disabled = True  # what it tells is raised, too
    try:
        for package in ("pandas", "pyarrow"):
            importlib.import_module(package)
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingPackage("--engine spark", "spark", error) from error


def _see_java() -> None:
    """Refuse to start where there is no Java, or one that is too old for Spark."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    remedy = (
        f"Install Java {_JAVA} or newer (Debian: apt install default-jre-headless), or set "
        "JAVA_HOME to where it is."
    )
    try:
        if java is None:
            raise FileNotFoundError
        said = subprocess.run(  # noqa: S603  the Java that Spark itself will run
            [java, "-version"], capture_output=True, timeout=60, check=False
        ).stderr.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        where = f"none at JAVA_HOME ({home})" if home else "none here"
        raise UsageError(f"Spark runs on Java, and there is {where}.", remedy) from None
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version and int(version[1]) < _JAVA:
        raise UsageError(f"Spark needs Java {_JAVA}, and {java} is Java {version[1]}.", remedy)


def _see_master(master: str) -> None:
    """Refuse to start with a standalone master that nobody answers as; Spark would wait long."""
    why = ""
    for each in master.removeprefix(_STANDALONE).split(","):
        host, _colon, port = each.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
            raise UsageError(
                f'"{master}" is no address of a master of Spark.',
                "Write it with its port: --master spark://HOST:7077",
            )
        try:
            socket.create_connection((host.strip("[]"), int(port)), _REACHED).close()
            return
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
    raise FactlogError(
        f"{master} cannot be reached: {_line(why)}.",
        "See that the master runs there, or compare on this machine: leave out --master.",
    )


def _causes(error: BaseException) -> list[str]:
    """What went wrong in Spark, the innermost of the errors in Java last."""
    found, java = [str(error)], getattr(error, "java_exception", None)
    java = java or getattr(error, "_origin", None)
    with suppress(Exception):
        while java is not None:
            found.append(java.getMessage() or found[-1])
            java = java.getCause()
    return found


_TASK = re.compile(r"Job aborted due to stage failure: .*?\(TID \d+\) \(.*?\): ")


def _line(said: str) -> str:
    """The first line of what Spark says, without its marks for programs."""
    first = next((line for line in said.splitlines() if line.strip()), "")
    first = _TASK.sub("", first)
    plain = re.sub(r"\[[A-Z0-9_.]+\] |SQLSTATE: \w+|(?:[a-z]\w*\.)+(?=[A-Z]\w*(?:Error|Exception))",
                   "", first)  # fmt: skip
    sentence = " ".join(plain.split()).split(". ")[0]
    return "".join(filter(str.isprintable, sentence))[:200].rstrip(".: ")


_DAMAGED = ("[FAILED_READ_FILE", "[UNABLE_TO_INFER_SCHEMA")
_STOPPED = re.compile("Python worker exited|ExecutorLostFailure|OutOfMemoryError")
_AWAY = re.compile(r"ClassNotFoundException|FileSystem|PATH_NOT_FOUND|Connection|UnknownHost")


def _refusal(error: Exception, files: str) -> FactlogError:
    told = _causes(error)
    said = told[-1]
    lacks = re.search(r"No module named '([\w.]+)'", said)
    if lacks:
        return FactlogError(
            f"The workers of Spark have no {lacks[1].split('.')[0]}.",
            "Install it for their Python (PYSPARK_PYTHON names which), or see docs/scale.md.",
        )
    if any(map(_STOPPED.search, told)):
        return FactlogError(
            "A worker of Spark was stopped again and again, perhaps for want of memory.",
            "Give workers more, or fewer cores each; or name a subject: --subject NAME",
        )
    if any(mark in each for each in told for mark in _DAMAGED):
        return unreadable(files, f"it is damaged, or no Parquet file ({_line(said)})")
    if any(map(_AWAY.search, told)):
        return unreadable(files, _line(said), "Check the address, and that Spark can read there.")
    return unreadable(files, _line(said))


# What runs in a worker


def bootstrap(
    place: str, module: str, function: str, held: bytes
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """What a worker is sent: it finds factlog where it was shipped to, and goes on there.

    Nothing of factlog is named outside, as it could not be found before.
    """

    def run(batches: Any) -> Any:
        import sys
        from importlib import import_module

        from pyspark import SparkFiles

        folder = place if place.startswith("/") or ":" in place else SparkFiles.get(place)
        if folder not in sys.path:
            sys.path.insert(0, folder)
        yield from getattr(import_module(module), function)(batches, held)

    return run
