"""What SQLite and PostgreSQL say differently: all else is asked of both in the same words."""

from __future__ import annotations

from collections.abc import Callable

from factlog.store import text_index
from factlog.values import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one of the two is asked.

    `day` makes a number of a date's text, `{}`. `match` says of an index of words, `{words}`, and
    its column `{column}` that a word may stand in a row; `asked` is the word as it takes it, and
    `exact` whether what it finds holds the word, so that nobody need look again. `listed` are the
    texts of a JSON list, `?`.
    """

    day: str
    match: str
    asked: Callable[[str], str]
    exact: bool
    listed: str

    def holds(self, table: str) -> str:
        """The test that a word may stand in a row of a table, by its index."""
        return self.match.format(words=f"{table}_words", column=text_index.column(table))


SQLITE = Dialect(
    "julianday({})",
    "{words} match ?",
    text_index.holding,
    exact=False,
    listed="select value from json_each(?)",
)
POSTGRES = Dialect(
    "(cast({} as date) - date '1970-01-01')",
    "strpos({column}, ?) > 0",
    str,
    exact=True,
    listed="select json_array_elements_text(cast(? as json))",
)
