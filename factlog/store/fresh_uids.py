"""Whether claims are new to a store, told without asking it while its indexes are not made yet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from struct import iter_unpack, unpack

from factlog.store.connection import Connection
from factlog.store.written import are_uids, is_uid

_AT_ONCE = 20_000
_INDEXES = """
select name, sql from sqlite_master
where type = 'index' and tbl_name in ('statement', 'claim') and sql is not null order by rowid
"""


class FreshUids:
    """The uids of a store's claims, as long as each new one is seen to be new.

    Indexes are made far quicker of all than of one after another. Meanwhile half of each of the
    first `KEPT` uids is kept; after them four bits among `BITS` stand for each, and where all four
    have been met, the uid may have been.
    """

    BITS = 28
    KEPT = 250_000

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._indexes: dict[str, str] = dict(connection.rows(_INDEXES))
        self._halves: set[int] = set()
        self._met: bytearray | None = None  # until more than those are noted
        rows = connection.stream("claim", ("uid",))
        while some := [uid for _row, uid in islice(rows, _AT_ONCE)]:
            self.take(some if are_uids(some) else [*filter(is_uid, some)])
        for name in self._indexes:
            quoted = name.replace('"', '""')
            connection.run(f'drop index "{quoted}"')

    def take(self, uids: Sequence[str]) -> bool:
        """Note some uids; False if one of them may have been met."""
        raw, before = bytes.fromhex("".join(uids)), len(self._halves)
        halves = unpack(f"<{len(uids) * 2}Q", raw)[::2]
        if self._met is None and before + len(uids) <= self.KEPT:
            self._halves.update(halves)
            return len(self._halves) == before + len(uids)
        self._met = self._met or bytearray(1 << (self.BITS - 3))
        return _noted(raw, self._met) and self._halves.isdisjoint(halves)

    def make_indexes(self) -> None:
        """Make the indexes that were there before."""
        for sql in self._indexes.values():
            self._connection.run(sql)


def _noted(uids: bytes, met: bytearray) -> bool:
    """Note uids by their bits; False if one of them may have been met among such."""
    last, new = len(met) - 1, True
    for words in iter_unpack("<4I", uids):
        found = True
        for word in words:
            place, bit = word >> 3 & last, 1 << (word & 7)
            if not met[place] & bit:
                found = False
                met[place] |= bit
        if found:
            new = False
    return new
