"""Claims in Parquet files that Spark reads, groups by subject, and has judged by its workers."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from factlog.claim import Claim
from factlog.errors import FactlogError, NotFound
from factlog.names import fold
from factlog.policy import Measure, Policy
from factlog.store import lake
from factlog.store.lake import COLUMNS, ClaimFiles
from factlog.store.spark import Spark, bootstrap
from factlog.store.spark_screen import ASKED, Screen

Groups = Iterator[list[Claim]]
Work = Callable[[Groups], Iterator[object]]

# So many claims are one piece of work, on average; of pieces there are at most so many.
_PIECE = 20_000
_PIECES = 4_000
_ROWS, _BYTES = 2_000, 1 << 24  # of claims that a worker is handed at a time
_SLICE = 1 << 22  # bytes of an answer that are a row
_ANSWER = "last boolean, held binary"


class SparkLake(ClaimFiles):
    """Claims in Parquet files, as Spark reads them, on this machine or on a cluster of them.

    What has a scheme, as in s3a://bucket/folder, is Spark's own to find.
    """

    def __init__(
        self,
        files: Sequence[str],
        measures: Sequence[Measure],
        master: str,
        packages: Sequence[Path],
    ) -> None:
        """Open the files with the Spark at `master`, to whose workers these packages are sent."""
        super().__init__(files, measures)
        self._packages = packages
        names = list(dict.fromkeys(files))
        for file in names:
            if not _remote(file) and not Path(file).is_file():
                raise NotFound(f"There is no file {file}.", "Check the name and the folder.")
        self._spark = Spark(master)
        try:
            with self._spark.worded(self._files):
                self._relation = self._made(names)
        except BaseException:
            self._spark.close(at_once=True)
            raise

    def close(self) -> None:
        """Let go of the files, and of Spark."""
        self._spark.close()

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        self._spark.close(at_once=kind is not None and not issubclass(kind, Exception))

    def _sql(self, text: str, values: Sequence[object] = (), **frames: Any) -> Any:
        """A relation asked of others, which stand in the question by their names in braces."""
        return self._spark.session.sql(text, args=list(values), **frames)

    def _made(self, names: Sequence[str]) -> Any:
        """The relation of claims: each claim once, with an id that is no one else's."""
        session = self._spark.session
        session.conf.set("spark.sql.session.timeZone", "UTC")  # a day is the same everywhere
        session.conf.set(
            "spark.sql.shuffle.partitions", "8"
        )  # until it is known how many there are
        # Of folders named source=007, the words count as they stand, as those in files do.
        session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        files = self._read(names)
        there = set(files.columns)
        lake.refuse_without(self._files, there)
        told = self._sql(
            f"select `:path`, any_value(`:size`), count(*), "  # noqa: S608
            f"max(greatest({lake.cast('id')}, {lake.cast('statement')})), "
            f"count_if({lake.lacking()}), sum({lake.length(there, 'octet_length')}) "
            "from {files} group by 1",
            files=files,
        ).collect()
        shown = {path: _shown(path, names) for path, *_rest in told}
        for path, size, count, _top, _lacks, unpacked in told:
            lake.refuse_many(shown[path], count, size)
            lake.refuse_beyond(shown[path], unpacked, size)
        lake.refuse_lacking({shown[path]: lacks for path, *_, lacks, _unpacked in told if lacks})
        self._cut_into_pieces(sum(count for _path, _size, count, *_rest in told))
        order = sorted(shown, key=lambda path: (_place(shown[path], names), path))
        firsts = lake.offsets(order, {path: top for path, _size, _count, top, *_rest in told})
        numbered = session.createDataFrame(firsts or [("", 0)], "path string, first bigint")
        once = f", {lake.ONCE} as `:copy`" if len(told) > 1 else ""
        relation = self._sql(
            f"select /*+ broadcast(f) */ {', '.join(lake.selected(there))}{once} "  # noqa: S608
            "from {files} p join {numbered} f on f.path = p.`:path`",
            files=files,
            numbered=numbered,
        )
        return relation.where("`:copy` = 1").drop("`:copy`") if once else relation

    def _read(self, names: Sequence[str]) -> Any:
        """The columns of claims in all the files, each row with its file's path and size."""
        read = self._spark.session.read.options(mergeSchema=True, datetimeRebaseMode="CORRECTED")
        try:
            return _typed(read.parquet(*map(_escaped, names)))
        except Exception:
            if len(names) == 1:
                raise
        # Columns of types that Spark does not make one of, but which each come to the same.
        alone = [_typed(read.parquet(_escaped(name))) for name in names]
        return reduce(lambda some, more: some.unionByName(more, allowMissingColumns=True), alone)

    def _cut_into_pieces(self, count: int) -> None:
        """Settle in how many pieces claims are worked on: if many, several for each core."""
        cores = int(self._spark.session.sparkContext.defaultParallelism)
        self._pieces = max(1, min(count // _PIECE, _PIECES), min(count // 500, 2 * cores))
        conf = self._spark.session.conf
        conf.set("spark.sql.shuffle.partitions", str(self._pieces))
        conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(_ROWS))
        conf.set("spark.sql.execution.arrow.maxBytesPerBatch", str(_BYTES))

    def claims(self, *, subject: str | None = None, as_given: bool = False) -> Iterator[Claim]:
        """All claims, or those about one subject, in the order of their ids.

        `as_given` leaves names as they were recorded.
        """
        where, values = ("", []) if subject is None else ("where subject_key = ?", [fold(subject)])
        columns = _aliased(lake.claim_columns(as_given=as_given))
        asked = f"select {columns} from {{claims}} {where} order by id"  # noqa: S608
        rows = self._rows(lambda: self._sql(asked, values, claims=self._relation))
        return lake.claims(rows, self._files)

    def _defined(self) -> Iterator[Any]:
        text = lake.SAID_TO_COUNT.format("{claims}")
        return self._rows(lambda: self._sql(text, claims=self._relation))

    def resolve(self, kind: str, name: str) -> str | None:
        """The name as it stands in the files; None if there is none such."""
        key = fold(name)
        return next((each for each in self._distinct(f"{kind}_name") if fold(each) == key), None)

    def candidates(self, kind: str, like: str) -> tuple[str, ...]:
        """Every name in the files, for finding close spellings of one."""
        del like
        return tuple(self._distinct(f"{kind}_name"))

    def _distinct(self, column: str) -> list[str]:
        assert column in COLUMNS
        text = f"select distinct {column} from {{claims}} where {column} is not null order by 1"  # noqa: S608
        return [row[0] for row in self._rows(lambda: self._sql(text, claims=self._relation))]

    def _rows(self, asked: Callable[[], Any]) -> Iterator[Any]:
        """The rows of an answer, a part of them in memory at a time."""
        with self._spark.worded(self._files):
            rows = asked().toLocalIterator(prefetchPartitions=True)
        while True:
            with self._spark.worded(self._files):
                row = next(rows, None)
            if row is None:
                return
            yield row

    def by_subject(
        self,
        suspected: Policy | None = None,
        measures: Sequence[Measure] | None = None,
    ) -> Groups:
        """The claims subject by subject, in the order the subjects were first recorded.

        With `suspected`, only of the subjects that could hold a conflict under that policy.
        """
        return self.judged(iter, suspected, measures)

    def judged(
        self,
        work: Work,
        suspected: Policy | None = None,
        measures: Sequence[Measure] | None = None,
    ) -> Iterator[Any]:
        """What the workers make of the claims of each subject, as subjects were first recorded.

        `work` is handed the claims subject by subject; with `suspected`, only of those that could
        hold a conflict under that policy.
        """
        screen = suspected and Screen(suspected, tuple(measures or self._measures))
        columns = _aliased((*lake.claim_columns(as_given=False), *(ASKED if screen else ())))
        asked = (
            f"select min(id) over (partition by subject_key) as first, {columns} "  # noqa: S608
            "from {claims}"
        )
        held = pickle.dumps((work, screen, self._files))

        def answers() -> Any:
            place = self._spark.shipped(self._packages)
            told = (
                self._sql(asked, claims=self._relation)
                .repartitionByRange(self._pieces, "first")
                .sortWithinPartitions("first", "c0", f"c{lake.FIRST_OF_CLAIM}")
                .drop("first")
                .mapInArrow(bootstrap(place, __name__, "answered", held), _ANSWER)
            )
            return self._spark.kept(told)

        return _joined(self._rows(answers))


def _typed(found: Any) -> Any:
    """The columns of claims that are there, as what they have to hold."""
    there = [name for name in COLUMNS if name in found.columns]
    about = "_metadata.file_path as `:path`", "_metadata.file_size as `:size`"
    return found.selectExpr(*(f"{lake.cast(name)} as {name}" for name in there), *about)


def _aliased(columns: Iterable[str]) -> str:
    """Columns under names of their own, as some are asked for twice."""
    return ", ".join(f"{column} as c{number}" for number, column in enumerate(columns))


def _joined(rows: Iterable[Any]) -> Iterator[Any]:
    """Answers from the slices they came in; what went wrong in a worker goes wrong here."""
    whole = bytearray()
    for last, held in rows:
        whole += held
        if last:
            answer = pickle.loads(whole)  # noqa: S301  made by factlog in a worker of its own
            whole.clear()
            if isinstance(answer, FactlogError):
                raise answer
            yield answer


def _remote(file: str) -> bool:
    """Whether it is an address, as in s3a://bucket/folder, and not the name of a file here."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", file) is not None


def _escaped(name: str) -> str:
    """The name of a file here, where signs such as * would stand for other files."""
    if _remote(name):
        return name
    return Path(re.sub(r"([*?\[\]{}\\])", r"\\\1", str(Path(name).absolute()))).as_posix()


def _shown(path: str, names: Sequence[str]) -> str:
    """A file as it was named on the command line, from what Spark calls it."""
    if path in names:
        return path
    plain = unquote(urlsplit(path).path) if path.startswith("file:") else unquote(path)
    here = (name for name in names if not _remote(name) and Path(name).absolute() == Path(plain))
    return next(here, plain)


def _place(shown: str, names: Sequence[str]) -> int:
    return names.index(shown) if shown in names else len(names)


# What runs in a worker


def answered(batches: Iterable[Any], held: bytes) -> Iterator[Any]:
    """What is made of the claims in some batches, in slices that any engine can carry."""
    import pyarrow

    work, screen, files = pickle.loads(held)  # noqa: S301  from the factlog that asks
    schema = pyarrow.schema([("last", pyarrow.bool_()), ("held", pyarrow.binary())])
    for answer in _answers(batches, work, screen, files):
        whole = pickle.dumps(answer)
        for at in range(0, len(whole), _SLICE):
            row = [[at + _SLICE >= len(whole)], [whole[at : at + _SLICE]]]
            yield pyarrow.RecordBatch.from_arrays(list(map(pyarrow.array, row)), schema=schema)


def _answers(
    batches: Iterable[Any], work: Work, screen: Screen | None, files: str
) -> Iterator[object]:
    rows = (row for batch in batches for row in zip(*map(_values, batch.columns), strict=True))
    subjects: Iterator[Any] = (group for _key, group in groupby(rows, key=lambda row: row[0]))
    if screen is not None:
        passed = screen.passed(map(list, subjects))
        subjects = ([row[: -len(ASKED)] for row in group] for group in passed)
    groups = (list(lake.claims(group, files)) for group in subjects)
    try:
        yield from work(groups)
    except FactlogError as error:
        yield error
    except UnicodeDecodeError:
        yield lake.unreadable(files, "it has text that is not in UTF-8")


def _values(column: Any) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return values
