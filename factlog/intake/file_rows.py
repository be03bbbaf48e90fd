"""A file's rows as a stream of claims, with those that can be none and the reason why."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from factlog.claim import Claim
from factlog.errors import RowError
from factlog.intake.decoding import Text
from factlog.intake.making import Maker

_REASON_LENGTH = 300


class BadRow(RowError):
    """A row that cannot become a claim, with its cells as they stood (for JSON, its text)."""

    def __init__(
        self, line: int, reason: str, remedy: str = "", given: tuple[str, ...] = ()
    ) -> None:
        if len(reason) > _REASON_LENGTH:
            reason = reason[:_REASON_LENGTH] + "..."
        super().__init__(line, reason, remedy)
        self.given = given


class Rows(ABC):
    """The rows of a file, read once, in order: pairs of line number and claim or BadRow.

    `columns` are the file's own (what is known of them so far, for JSON) and `ignored` those
    that fill none of ours; `encoding` is what the bytes were taken for and `position` how
    many of them have been read.
    """

    columns: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()

    def __init__(self, text: Text, maker: Maker) -> None:
        self._text = text
        self._maker = maker

    @property
    def encoding(self) -> str:
        """What the bytes read so far were taken for: UTF-8, UTF-16, Windows-1252."""
        return self._text.encoding

    @property
    def position(self) -> int:
        """How many bytes of the file have been read, to show progress by."""
        return self._text.position

    @abstractmethod
    def __iter__(self) -> Iterator[tuple[int, Claim | BadRow]]:
        """Each row's first line in the file, and the claim it makes or why it makes none."""

    @abstractmethod
    def rejected(self, bad: Iterable[BadRow]) -> Iterator[str]:
        """Write bad rows as they stood in the file, with a column `reason`, in pieces."""
