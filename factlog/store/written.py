"""Whether rows hold what factlog writes, however well their digests fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from factlog.names import clean
from factlog.patterns import Pattern
from factlog.store.events import stamp
from factlog.store.rows import is_printed, statement_of
from factlog.store.schema import COLUMNS, NAMED

_UID = Pattern(r"[0-9a-f]{32}\Z")
_DATES = COLUMNS["statement"].index("as_of")
_NO_NUL = ("said", "unit", "scope", "origin", "measure_given", *NAMED)


def is_moment(text: str) -> bool:
    """Whether a text is a moment as the store writes it; ValueError where it is none at all."""
    return stamp(datetime.fromisoformat(text)) == text


def is_uid(text: str) -> bool:
    """Whether a text is a uid, as every claim, article and proposal has one."""
    return bool(_UID.match(text))


def is_name(text: str) -> bool:
    """Whether a text is a name as it is shown."""
    return text == clean(text) != "" and is_printed(text)


def is_written(table: str, row: Sequence[Any]) -> bool:
    """Whether a row as it was made, in the order of schema.COLUMNS, can be of factlog's making."""
    found = dict(zip(COLUMNS[table], row, strict=True))
    try:
        if table == "statement":
            statement_of("subject", "source", row[_DATES:])
            return is_printed(found["subject_given"], found["source_given"])
        if table == "claim":
            texts = is_printed(*(found[each] for each in _NO_NUL))
            return texts and is_uid(found["uid"]) and is_moment(found["recorded"])
        return "key" not in found or (
            found["name"] == clean(found["given"]) and is_name(found["name"])
        )
    except ValueError:
        return False
