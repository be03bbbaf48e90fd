"""Names on record that may be close spellings of one, picked from any number of them."""

from __future__ import annotations

from collections import Counter

from factlog.store import naming
from factlog.store.connecting import Connection
from factlog.store.indexing import folded, pieces, quoted

# So many names are all looked at; of more, those that share rare pieces with the one sought.
_FEW = 5_000
# A piece that more names have tells little, as "str" of street names.
_RARE = 5_000
_KEPT = 1_000
_INDEXED = ("subject", "source")


def candidates(connection: Connection, kind: str, like: str) -> list[str]:
    """Names and aliases on record among which any close spelling of a name is found."""
    naming.check_kind(kind)
    if kind not in _INDEXED or _rows(connection, kind) <= _FEW:
        return naming.candidates(connection, kind)
    found = _sharing(connection, kind, folded(like))
    if not found:  # too short, or made of nothing but common pieces
        return naming.candidates(connection, kind)
    best = [row for row, _shared in found.most_common(_KEPT)]
    return naming.known_among(connection, kind, best)


def _rows(connection: Connection, kind: str) -> int:
    """How many rows of names there are; ids are given in turn."""
    return int(connection.value(f"select coalesce(max(id), 0) from {kind}"))  # noqa: S608


def _sharing(connection: Connection, kind: str, name: str) -> Counter[int]:
    """The rows that share rare pieces with a name, and how many."""
    words = f"{kind}_words"
    sql = f"select rowid from {words} where {words} match ? limit {_RARE + 1}"  # noqa: S608
    found: Counter[int] = Counter()
    for piece in pieces(name):
        rows = connection.numbers(sql, (quoted(piece),))
        if len(rows) <= _RARE:
            found.update(rows)
    return found
