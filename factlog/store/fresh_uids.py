"""Whether claims are new to a store, told without asking it while its indexes are not made yet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from struct import iter_unpack

from factlog.store.connection import Connection
from factlog.store.rows import is_uid

_AT_ONCE = 20_000
_INDEXES = """
select name, sql from sqlite_master
where type = 'index' and tbl_name in ('statement', 'claim') and sql is not null order by rowid
"""


class FreshUids:
    """The uids of a store's claims, as long as each new one is seen to be new.

    Indexes are made far quicker of all than of one after another. Meanwhile four bits among
    `BITS` stand for each uid; where all four have been met, the uid may have been.
    """

    BITS = 28

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._indexes: dict[str, str] = dict(connection.rows(_INDEXES))
        self._met = bytearray(1 << (self.BITS - 3))
        uids = (uid for _row, uid in connection.stream("claim", ("uid",)) if is_uid(uid))
        while some := list(islice(uids, _AT_ONCE)):
            self.take(some)
        for name in self._indexes:
            quoted = name.replace('"', '""')
            connection.run(f'drop index "{quoted}"')

    def take(self, uids: Iterable[str]) -> bool:
        """Note some uids; False if one of them may have been met."""
        met, last, new = self._met, len(self._met) - 1, True
        for words in iter_unpack("<4I", bytes.fromhex("".join(uids))):
            found = True
            for word in words:
                place, bit = word >> 3 & last, 1 << (word & 7)
                if not met[place] & bit:
                    found = False
                    met[place] |= bit
            if found:
                new = False
        return new

    def make_indexes(self) -> None:
        """Make the indexes that were there before."""
        for sql in self._indexes.values():
            self._connection.run(sql)
