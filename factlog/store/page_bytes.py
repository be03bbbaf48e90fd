"""Where the bytes of kept pages lie: in a folder beside a file, in a table of a database.

Either way they are named for the SHA-256 of what they are, so that the same bytes are there once
and a change shows. Nothing is ever deleted: what undo takes back leaves its bytes behind.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from factlog.errors import StoreError
from factlog.page import PageState
from factlog.patterns import Pattern
from factlog.store.address import Address
from factlog.store.connection import Connection
from factlog.values import dataclass

SUFFIX = ".pages"
HASH = Pattern("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder beside the file of a store: facts.pages beside facts.db."""

    path: Path

    def shown(self, hash_: str) -> str:
        """Where the bytes of one page are, in short."""
        return f"{self.path.name}/{hash_[:2]}/{hash_[2:]}"

    def state(self, hash_: str, size: int) -> PageState:
        """Whether bytes are there, and still those that were kept."""
        made, place = sha256(), self._place(hash_)
        try:
            found = place.stat()
            if not stat.S_ISREG(found.st_mode) or found.st_size != size:
                return PageState.CHANGED  # nor is a pipe waited for
            with place.open("rb") as file:
                while some := file.read(1 << 20):
                    made.update(some)
        except (FileNotFoundError, NotADirectoryError):
            return PageState.MISSING
        except OSError:
            return PageState.CHANGED
        return PageState.KEPT if made.hexdigest() == hash_ else PageState.CHANGED

    def refusal(self, page: str, hash_: str, state: PageState) -> StoreError:
        """The refusal of a page whose bytes are not there as they were kept."""
        place = self._place(hash_)
        if state is PageState.CHANGED and not os.access(place, os.R_OK):
            return StoreError(
                f"The bytes of {page} cannot be read: {place}", "See that you may read that file."
            )
        return StoreError(
            f"The bytes of {page} are {state}: {place}",
            "Put back a copy of that file, or keep the page again.",
        )

    def read(self, hash_: str) -> bytes:
        """The bytes, exactly as they were kept."""
        return self._place(hash_).read_bytes()

    def put(self, hash_: str, raw: bytes) -> None:
        """Write bytes, whole or not at all, unless they are there."""
        if self.state(hash_, len(raw)) is PageState.KEPT:
            return
        place = self._place(hash_)
        fresh = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(place)
        except OSError as error:
            raise StoreError(
                f"The page cannot be kept in {self.path}: {error.strerror or error}.",
                "Make room, or see that the folder of the store can be written.",
            ) from error
        finally:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def _place(self, hash_: str) -> Path:
        return self.path / hash_[:2] / hash_[2:]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A table of the database itself, so that a team has the pages wherever it has the record."""

    connection: Connection

    def shown(self, _hash: str) -> str:
        """Where the bytes of one page are, in short."""
        return "the database"

    def state(self, hash_: str, size: int) -> PageState:
        """Whether bytes are there, and still those that were kept."""
        row = self.connection.row(
            "select length(bytes), encode(sha256(bytes), 'hex') from page_bytes where sha256 = ?",
            (hash_,),
        )
        if row is None:
            return PageState.MISSING
        return PageState.KEPT if tuple(row) == (size, hash_) else PageState.CHANGED

    def refusal(self, page: str, hash_: str, state: PageState) -> StoreError:
        """The refusal of a page whose bytes are not there as they were kept."""
        return StoreError(
            f"The bytes of {page} are {state}: page_bytes {hash_} of {self.connection.path}",
            "Keep the page again, or bring back that row from a copy of the database.",
        )

    def read(self, hash_: str) -> bytes:
        """The bytes, exactly as they were kept."""
        return bytes(
            self.connection.value("select bytes from page_bytes where sha256 = ?", (hash_,))
        )

    def put(self, hash_: str, raw: bytes) -> None:
        """Write bytes, inside `writing()`, unless they are there."""
        if self.state(hash_, len(raw)) is not PageState.KEPT:
            self.connection.run(
                "insert into page_bytes (sha256, bytes) values (?, ?) "
                "on conflict (sha256) do update set bytes = excluded.bytes",
                (hash_, raw),
            )


def of(connection: Connection) -> Folder | Shelf:
    """Where a store has the bytes of its pages."""
    path = connection.path
    if isinstance(path, Address):
        return Shelf(connection)
    return Folder((path.resolve() if path.is_symlink() else path).with_suffix(SUFFIX))
