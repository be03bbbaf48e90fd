"""What an event says that it did, held to what an event can say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from factlog.store.events import EACH, STRIDE, canonical
from factlog.store.schema import COLUMNS, NAMED, PROFILE
from factlog.store.written import is_moment, is_name
from factlog.values import dataclass

# What every event says, and what some say besides: those of recording, whatever it is called,
# the file and how many were known; that of merging, the head of the other log.
_ALWAYS = {"event", "at", "action", "about", "undoes", "rows", "changes", "claims"}
_SAYING_NO_MORE = (
    *("retract", "edit", "undo", "measure", "rename", "alias", "unalias", "merge names"),
    *("source", "decide", "article", "accept", "skip", "about", "keep", "define", "stamp"),
)
_RECORDING = frozenset({"file", "known"})
# What merged stores can say differently of a row, which stands or falls together: what a name
# stands for, a grade with its reason, the definition of a measure; its table and columns.
DISPUTABLE: dict[str, tuple[str, tuple[str, ...]]] = {
    **{kind: (kind, ("same_as",)) for kind in ("subject", "source", "measure")},
    **{each: ("source", (each,)) for each in PROFILE if each != "grade_reason"},
    "grade": ("source", ("grade", "grade_reason")),
    "definition": ("measure", ("kind", "parts", "tolerance", "window", "definition")),
}
_BESIDES: dict[str, frozenset[str]] = {
    **dict.fromkeys(_SAYING_NO_MORE, frozenset()),
    "merge": frozenset({"other"}),
}
# What is ever changed of a row once it was made.
_NAMING = {"name", "same_as"}
_OF_NAMES: dict[str, set[str]] = {
    "subject": _NAMING,
    "source": _NAMING | set(PROFILE),
    "measure": _NAMING | {"kind", "parts", "tolerance", "window", "definition"},
}
_CHANGEABLE: dict[str, set[str]] = {
    **_OF_NAMES,
    "claim": {"recorded", "edits", "replaced", "retracted", "undone"},
    "decision": {"undone"},
    "article": {"subject", "undone"},
    "proposal": {"state", "claim", "undone"},
    "page": {"undone"},
    "definition": {"undone"},
    "stamp": {"undone"},
}
# What those change that do not change whatever can be changed. Undo changes back, no more.
_CHANGEABLE_BY: dict[str, dict[str, set[str]]] = {
    **dict.fromkeys(("measure", "rename", "alias", "unalias", "merge names"), _OF_NAMES),
    **dict.fromkeys(("source", "decide"), _OF_NAMES),
    "retract": {"claim": {"retracted"}},
    "skip": {"proposal": {"state"}},
    "about": {"article": {"subject"}},
    "keep": {"page": {"undone"}},
    "define": {},
    "stamp": {},
    "article": {"article": {"undone"}, "proposal": {"undone"}},
    "accept": {
        **_OF_NAMES,
        "claim": {"recorded", "edits", "replaced", "retracted", "undone"},
        "proposal": {"state", "claim"},
    },
}
# The tables that an event makes rows in; one that is not named here records claims, and merging
# makes rows of every kind.
_OF_CLAIMS = {*_OF_NAMES, "statement", "claim", "definition"}
_MAKES: dict[str, set[str]] = {
    **{action: set() for action in ("retract", "undo", "skip", "about")},
    **{action: {*_OF_NAMES} for action in ("measure", "rename", "alias", "unalias")},
    **{action: {*_OF_NAMES} for action in ("merge names", "source")},
    "decide": {"decision", "measure"},
    "article": {"article", "proposal"},
    "keep": {"page"},
    "define": {"definition"},
    "stamp": {"stamp"},
    "merge": {*COLUMNS},
}
TAKEN_BACK = "taken back by undo"
# What a row says once the event that made it was taken back.
GONE = {
    "claim": {"retracted": TAKEN_BACK},
    "decision": {},
    "article": {},
    "proposal": {},
    "page": {},
    "definition": {},
    "stamp": {},
}
# Rows were made with fewer columns before factlog kept what stands in the last ones.
_ONCE = {"claim": NAMED, "source": PROFILE}
_NEVER_BLANK = {"name", "recorded"}
_ROWS_OF_ITS_OWN = {"same_as", "edits", "replaced"}
_LONGEST_ACTION = 100
_LAST = 2**63 - 1  # the last row there can be


# What is said, in all its columns; and the row, what is disputed of it, and all that is said.
Said = list[Any]
Dispute = tuple[int, str, list[Said]]


def disputes(said: dict[str, Any], ledgers: Mapping[str, Ledger] | None = None) -> list[Dispute]:
    """What a merge left to a person to say; an error for what none can have left.

    The rows it names are held to the ledgers, if those are given.
    """
    found = []
    for row, what, values in said.get("disputed", []):
        table, columns = DISPUTABLE[what]
        last = ledgers[table].last if ledgers else _LAST
        _see(_whole(row), 0 < row <= last, isinstance(values, list), len(values) > 0)
        for each in values:
            _see(isinstance(each, list), each[0] is not None)
            _see(what == "definition" or None not in each)
            for column, value in zip(columns, each, strict=True):
                _see(_can_be(column, value, last))
                _see(not isinstance(value, str) or bool(value.strip()))
        found.append((row, what, values))
    return found


@dataclass(frozen=True, slots=True)
class Run:
    """The rows of one table that one event made, and their digests.

    `uids` are those the event lists of claims: of all it made, or of the first of very many.
    """

    event: int
    done: str
    first: int
    last: int
    step: int
    columns: int
    digests: list[str]
    uids: list[str]


def reversal(done: dict[str, Any], number: int, edited: int | None) -> list[list[Any]]:
    """What event `number` changes to take back what another has done.

    That is what it changed, changed back, and the rows it made marked as gone: those of an edit
    replaced by the claim that was edited. ValueError where it changed more than a row at a time,
    which only taking back does.
    """
    _see(all(first == last for _table, first, last, _changed in done["changes"]))
    back: list[list[Any]] = [
        [*where, {column: [after, before] for column, (before, after) in changed.items()}]
        for *where, changed in reversed(done["changes"])
    ]
    for table, words in GONE.items():
        made = done["rows"].get(table)
        if made is not None:
            gone: dict[str, list[object]] = {key: [None, word] for key, word in words.items()}
            gone["undone"] = [None, number]
            if table == "claim" and done["action"] == "edit":
                gone["replaced"] = [None, edited]
            back.append([table, made["first"], made["last"], gone])
    return back


@dataclass(slots=True)
class Ledger:
    """What the log says of one table: the rows made, and the values changed since."""

    table: str
    runs: list[Run] = field(default_factory=list)
    # What was changed, numbered as it was done: of single rows by id, and of whole runs, once
    # each at most, by the first of their ids.
    singles: dict[int, list[tuple[int, dict[str, Any]]]] = field(default_factory=dict)
    wide: dict[int, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    changes: int = 0

    @property
    def last(self) -> int:
        """The last row made so far."""
        return self.runs[-1].last if self.runs else 0

    def change(self, first: int, last: int, changed: dict[str, Any]) -> None:
        """Take note of a change."""
        self.changes += 1
        if first == last:
            self.singles.setdefault(first, []).append((self.changes, changed))
        else:
            self.wide[first] = (self.changes, changed)

    def of(self, number: int, run: Run) -> list[dict[str, Any]]:
        """What was changed of a row of a run, in order."""
        found = self.singles.get(number, [])
        if self.wide and run.first in self.wide:
            found = sorted((*found, self.wide[run.first]), key=lambda both: both[0])
        return [what for _when, what in found]


class Log:
    """What the events of one log say, taken down one after the other."""

    def __init__(self) -> None:
        self.ledgers = {table: Ledger(table) for table in COLUMNS}
        self._done: dict[int, dict[str, Any]] = {}  # what can still be taken back

    def take(self, payload: str, number: int) -> dict[str, Any]:
        """Take down what the next event says; ValueError for what no event can say."""
        try:
            said: dict[str, Any] = json.loads(payload)
            _see(isinstance(said, dict), canonical(said) == payload, said["event"] == number)
            self._check(said)
            for table, made in said["rows"].items():
                self._made(said, self.ledgers[table], made)
            disputes(said, self.ledgers)
            for change in said["changes"]:
                self._changed(said, *change)
            self._take_back(said)
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(number) from error
        return said

    def _check(self, said: dict[str, Any]) -> None:
        besides, undoes = _BESIDES.get(said["action"], _RECORDING), said["undoes"]
        if said["action"] == "merge" and "disputed" in said:
            besides = besides | {"disputed"}
        _see(said.keys() == _ALWAYS | besides, _whole(said["event"]))
        _see(*(_text(said[key]) for key in ("at", "action", "about")))
        _see(0 < len(said["action"]) <= _LONGEST_ACTION)
        _see(is_moment(said["at"]))
        _see(isinstance(said["rows"], dict), isinstance(said["changes"], list))
        _see(isinstance(said["claims"], list), all(map(_text, said["claims"])))
        _see(said["rows"].keys() <= _MAKES.get(said["action"], _OF_CLAIMS))
        made = said["rows"].get("claim")
        _see(len(said["claims"]) == _listed(made) or (made is not None and _many(made)))
        _see((undoes is None) == (said["action"] != "undo"))
        if "file" in besides:
            _see(said["file"] == (said["about"].partition(" from ")[2] or None))
            _see(_whole(said["known"]), said["known"] >= 0)
        if "other" in besides:
            _see(bool(re.fullmatch(r"\d{1,18}:[0-9a-f]{16}", said["other"])))

    def _made(self, said: dict[str, Any], ledger: Ledger, made: dict[str, Any]) -> None:
        done = f"{said['action']}, {said['at'][:10]}"
        uids = said["claims"] if ledger.table == "claim" else []
        run = Run(event=said["event"], done=done, uids=uids, **made)
        _see(*(map(_whole, (run.first, run.last, run.step, run.columns))))
        whole = len(COLUMNS[ledger.table])
        _see(run.columns in (whole, whole - len(_ONCE.get(ledger.table, ()))))
        _see(run.first == ledger.last + 1, run.first <= run.last)
        _see(run.step == (STRIDE if _many(made) else 1))
        _see(isinstance(run.digests, list), all(map(_digest, run.digests)))
        _see(len(run.digests) == -((run.first - run.last - 1) // run.step))
        ledger.runs.append(run)

    def _take_back(self, said: dict[str, Any]) -> None:
        """See that what takes back an event does that, once, and nothing else."""
        if said["undoes"] is None:
            kept = {key: said[key] for key in ("action", "rows", "changes")}
            self._done[said["event"]] = kept
            return
        _see(_whole(said["undoes"]), not said["rows"])
        last = [each[3] for each in said["changes"] if each[0] == "claim"][-1:]
        edited = last[0].get("replaced", [None, None])[1] if last else None
        done = self._done.pop(said["undoes"])
        _see(said["changes"] == reversal(done, said["event"], edited))

    def _changed(
        self, said: dict[str, Any], table: str, first: int, last: int, changed: dict[str, Any]
    ) -> None:
        ledger, number = self.ledgers[table], said["event"]
        if said["undoes"] is None:
            changeable = _CHANGEABLE_BY.get(said["action"], _CHANGEABLE)
            _see(first == last, changed.keys() <= changeable[table])
            _see(changed.get("undone", [1, None])[1] is None)
        _see(_whole(first), _whole(last), 1 <= first <= last <= ledger.last)
        _see(bool(changed))
        for column, both in changed.items():
            _see(isinstance(both, list), len(both) == 2, both[0] != both[1])
            _see(*(_can_be(column, value, ledger.last) for value in both))
            _see(column != "undone" or all(each is None or 0 < each <= number for each in both))
        ledger.change(first, last, changed)


def _listed(made: dict[str, Any] | None) -> int:
    return 0 if made is None else int(made["last"]) - int(made["first"]) + 1


def _many(made: dict[str, Any]) -> bool:
    """Whether an event made too many rows of a table to tell of each."""
    return _listed(made) > EACH


def _can_be(column: str, value: object, last: int) -> bool:
    """Whether a value can be in a column that changes."""
    if value is None:
        return column not in _NEVER_BLANK
    if column in _ROWS_OF_ITS_OWN:
        return isinstance(value, int) and _whole(value) and 1 <= value <= last
    if column in ("undone", "window"):
        return _whole(value)
    if not isinstance(value, str):
        return False
    if column == "recorded":
        return is_moment(value)
    return column != "name" or is_name(value)


def _whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63


def _text(value: object) -> bool:
    return isinstance(value, str)


def _digest(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _see(*fits: bool) -> None:
    if not all(fits):
        raise ValueError
