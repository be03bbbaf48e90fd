"""What comparing every subject for conflicts found, kept so that only what changed is judged again.

It is kept in the cache folder, the last answer about each store, part by part. An answer holds
where the same was asked of the same program, and the file of the store was written to by nothing
but the events that its log has had since.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from hashlib import sha256
from itertools import chain, repeat
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

import factlog
from factlog.cli import parallel
from factlog.cli.parallel import PartResult, Task
from factlog.errors import NotFound
from factlog.findings import Counts, Verdict
from factlog.store import Store, past
from factlog.store.address import Address
from factlog.store.query import Part

SIZE = 250  # subjects of a part, which are judged again together


def compared(store: Store, task: Task) -> tuple[int, Iterator[PartResult]]:
    """How many parts there are, and each in order: judged now, or as it was found before."""
    parts = store.parts(SIZE)
    asked = _asked(store, task) if len(parts) > 1 else None
    if asked is not None:
        return len(parts), _with_earlier(store, task, parts, asked)
    parts = store.parts()
    return len(parts), parallel.compared(task, parts)


def _asked(store: Store, task: Task) -> dict[str, object] | None:
    """What an answer has to be an answer to; None where it is not kept."""
    question, path = task.question, store.place
    if isinstance(path, Address):  # nothing there tells of what was changed beside the log
        return None
    written = past.written(path)
    if question.only is not Verdict.CONFLICT or question.choice is not None or written is None:
        return None
    program = max(each.stat().st_mtime_ns for each in Path(factlog.__file__).parent.rglob("*.py"))
    what = (factlog.__version__, program, question, store.measures(), task.format, task.look)
    told = sha256(repr((what, task.counted)).encode("utf-8", "surrogatepass")).hexdigest()
    modified = path.stat().st_mtime_ns
    return {"asked": told, "written": written, "modified": modified, "head": store.head()}


def _with_earlier(
    store: Store, task: Task, parts: Sequence[Part], asked: Mapping[str, object]
) -> Iterator[PartResult]:
    assert isinstance(store.place, Path)
    place = _place(store.place)
    with ExitStack() as stack:
        lines = _lines(stack, place)
        earlier = _read(next(lines))
        again = _again(store, parts, earlier, asked)
        new = parallel.compared(task, [part for part in parts if part in again])
        keeper = None
        if again or asked.items() - earlier.items():
            keeper = stack.enter_context(_Keeper(place))
            keeper.write({**asked, "parts": len(parts)})
        for part in parts:
            kept = next(lines)
            found = next(new) if part in again else _result(kept) or parallel.work(task, [part])[0]
            if keeper is not None:
                keeper.write(_told(found))
            yield found
        # What another process did meanwhile may be in some parts, and be undone unnoticed.
        if keeper is not None and _asked(store, task) == asked:
            keeper.keep()


def _place(path: Path) -> Path:
    from platformdirs import user_cache_path

    name = sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_cache_path("factlog", appauthor=False) / "compared" / f"{name}.jsonl"


def _lines(stack: ExitStack, place: Path) -> Iterator[str]:
    """The lines of an earlier answer, and blank ones after them."""
    with suppress(OSError):
        if place.is_file():  # a pipe would never end
            kept = stack.enter_context(place.open(encoding="ascii", errors="replace"))
            return chain(kept, repeat(""))
    return repeat("")


def _written(held: Mapping[str, object]) -> str:
    """A line of an answer: what it holds, after a digest by which damage to it is seen."""
    line = json.dumps(held)
    return f"{sha256(line.encode()).hexdigest()} {line}\n"


def _read(line: str) -> dict[str, Any]:
    digest, _space, told = line.rstrip("\n").partition(" ")
    if digest != sha256(told.encode()).hexdigest():
        return {}
    held: dict[str, Any] = json.loads(told)
    return held


def _again(
    store: Store, parts: Sequence[Part], earlier: Mapping[str, Any], asked: Mapping[str, Any]
) -> set[Part]:
    """The parts to judge again: those that were not there, and those that events changed."""
    with suppress(LookupError, ValueError, TypeError, AttributeError, NotFound):
        event = store.event_of_head(earlier["head"])
        events = int(asked["head"].partition(":")[0]) - event
        same = (earlier["asked"], earlier["written"] + events) == (asked["asked"], asked["written"])
        # The count is the same, too, where a copy was put back and written to as often as before.
        if same and (events or earlier["modified"] == asked["modified"]):
            return {*parts[earlier["parts"] :], *store.parts(SIZE, changed_since=event)}
    return {*parts}


def _told(found: PartResult) -> dict[str, object]:
    first, *more = found.pieces or ("",)
    pieces = [first, "".join(more)]
    counts = asdict(found.counts)
    return {"counts": counts, "open": found.still_open, "some": found.some, "pieces": pieces}


def _result(line: str) -> PartResult | None:
    """A part as it was found; None if the line is not one that was kept."""
    with suppress(LookupError):
        held = _read(line)
        counts = Counts(**held["counts"])
        return PartResult(counts, held["open"], held["some"], Counter(), tuple(held["pieces"]))
    return None


class _Keeper:
    """Writes an answer down beside the place of the last one, which it takes when it is whole."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._file: IO[str] | None = None

    def __enter__(self) -> _Keeper:
        with suppress(OSError):  # where nothing can be kept, all is judged each time
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._place.parent, suffix=".part", delete=False
            )
        return self

    def write(self, held: Mapping[str, object]) -> None:
        """Add a line."""
        if self._file is not None:
            try:
                self._file.write(_written(held))
            except OSError:
                self.__exit__()

    def keep(self) -> None:
        """Let it take its place."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
                Path(self._file.name).replace(self._place)

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            Path(self._file.name).unlink(missing_ok=True)
            self._file = None
