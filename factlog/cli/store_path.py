"""Where the store is, and why there; and Parquet files opened in its place."""

from __future__ import annotations

import _thread
import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

import factlog
from factlog.cli import config
from factlog.errors import NoStore, UsageError
from factlog.policy import Measure
from factlog.render.display import safe
from factlog.store import Store
from factlog.store.address import Address, is_address, place_of
from factlog.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from factlog.store.parquet import Lake
    from factlog.store.spark_lake import SparkLake

    Record = Store | Lake | SparkLake  # claims to read, wherever they lie


@dataclass(frozen=True, slots=True)
class Place:
    """The file of the store, or its address, and the reason it was chosen."""

    path: Path | Address
    why: str

    @property
    def is_there(self) -> bool:
        """Whether there is a file; of an address that is known once it is asked."""
        return isinstance(self.path, Address) or self.path.exists()


def choose(given: str | None) -> Place:
    """Choose the store: given, FACTLOG_DB, by factlog.toml, ./factlog.db, or in the data folder."""
    if given:
        return Place(place_of(given), "given with --db")
    if named := os.environ.get("FACTLOG_DB"):
        return Place(place_of(named), "named by FACTLOG_DB")
    if kept := config.value("db"):
        named = str(kept.value)
        path = place_of(named) if is_address(named) else kept.file.parent / _in_home(kept)
        return Place(path, f"named in {kept.file}")
    here = Path("factlog.db")
    if here.exists():
        return Place(here, "factlog.db in this folder")
    from platformdirs import user_data_path

    return Place(
        user_data_path("factlog", appauthor=False) / "factlog.db",
        "your data folder, as there is no factlog.db in this one",
    )


def _in_home(kept: config.Setting) -> Path:
    """The store a file names, with ~ for the home folder."""
    try:
        return Path(str(kept.value)).expanduser()
    except RuntimeError as error:
        raise UsageError(
            f"{kept.file}: db names the home folder of nobody known: {kept.value}",
            "Write the folder out.",
        ) from error


def current(ctx: click.Context) -> Place:
    """The place of the store for this command line."""
    try:
        place = choose(ctx.find_root().obj)
        place.is_there  # noqa: B018  a path that no file can have is refused here
    except OSError as error:
        from factlog.store.opening import unusable

        raise unusable(Path(error.filename or "."), error) from error
    return place


RECORDED_BY = "factlog.recorded_by"  # what of a context says how far the log is to be read


def recorded_by(ctx: click.Context) -> Callable[[Store], int] | None:
    """What finds the last event of a log that counts, if not all of it does."""
    last: Callable[[Store], int] | None = ctx.meta.get(RECORDED_BY)
    return last


@contextlib.contextmanager
def opened(ctx: click.Context) -> Iterator[Store]:
    """Open the store that is there, to read it or to change it; never make one.

    With --recorded-by it is a copy, as the store was then.
    """
    place = current(ctx)
    try:
        there = _opened(place.path, create=False) if place.is_there else None
    except NoStore:
        there = None
    if there is None:
        raise NoStore(
            f"There is no store at {place.path} ({place.why}).",
            'Record a first claim: factlog add SUBJECT "around 300 killed" --source NAME',
        )
    with there as store:
        if (last_of := recorded_by(ctx)) is None:
            yield store
            return
        event = last_of(store)
        with store.as_at(event):
            last = next(iter(store.log(1)), None)
            when = f"event {event}, {last.at:%Y-%m-%d %H:%M %Z}" if last else "nothing"
            click.echo(f"The record as it had been logged by then: {when}.", err=True)
            yield store


def made(ctx: click.Context) -> Store:
    """Open the store to write to it, making it if it is not there yet."""
    place = current(ctx)
    if isinstance(place.path, Path) and place.why.startswith("your data folder"):
        place.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return _opened(place.path, create=True)


def glanced(ctx: click.Context) -> Store:
    """Open the store that is there for a quick look, which waits for nobody and changes nothing."""
    return Store.glance(current(ctx).path)


used: list[Store] = []  # by this command line, so that its end can be told truly


def now() -> datetime:
    """The time of recording."""
    return datetime.now(UTC)


LOCKED = "The store is in use by another program: waiting up to 30 seconds."
_SLOW = "The disk that holds {place} is slow: waiting for it to write."
SLOW = 1.5  # after how many seconds a disk is


def _opened(path: Path | Address, *, create: bool) -> Store:
    """Open a store, and say once what is waited for, where it is waited for long."""
    told: list[str] = []

    def tell(what: str) -> None:
        if not told:
            told.append(what)
            with contextlib.suppress(OSError):  # a message nobody reads stops nothing
                click.echo(what, err=True)

    store = Store.open(
        path,
        create=create,
        waiting=lambda: tell(LOCKED),
        saving=lambda: _watched(lambda: tell(safe(_SLOW.format(place=path)))),
    )
    used.append(store)
    return store


@contextlib.contextmanager
def _watched(tell: Callable[[], None]) -> Iterator[None]:
    """Tell, if what is done inside takes long.

    A thread does, as SQLite holds this one; the light module for it loads nothing.
    """
    done = _thread.allocate_lock()
    done.acquire()

    def watch() -> None:
        if not done.acquire(timeout=SLOW):
            tell()

    _thread.start_new_thread(watch, ())
    try:
        yield
    finally:
        done.release()


def known_measures(ctx: click.Context) -> tuple[Measure, ...]:
    """The measures the store defines, else the starter vocabulary; makes no store."""
    from factlog import measures

    path = current(ctx).path
    if isinstance(path, Path) and (not path.exists() or not path.stat().st_size):
        return measures.starter()
    try:
        with opened(ctx) as store:
            return store.measures()
    except NoStore:
        return measures.starter()


LOCAL = "local[*]"  # Spark on every core of this machine


def opened_lake(
    ctx: click.Context, files: Sequence[str], engine: str = "duckdb", master: str = LOCAL
) -> Lake | SparkLake:
    """Open the files, to be compared by the measures that are known here."""
    if recorded_by(ctx) is not None:
        raise UsageError("Parquet files have no log.", "Leave out --recorded-by, or --engine.")
    if not files:
        raise UsageError(
            "--engine compares Parquet files, and none is named.",
            f"Name them: factlog compare --engine {engine} claims.parquet",
        )
    if engine == "spark":
        from factlog.store.spark_lake import SparkLake

        # All that comparing needs, but what every worker of Spark has.
        sent = [Path(str(each.__file__)).parent for each in (factlog, click)]
        return SparkLake(files, known_measures(ctx), master, sent)
    from factlog.store.parquet import Lake

    return Lake([Path(file) for file in files], known_measures(ctx))
