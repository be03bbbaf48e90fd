"""Finding claims by the words that stand in them."""

from __future__ import annotations

from factlog.names import fold
from factlog.store.connecting import Connection

_FIELDS = ("subject.name", "source.name", "c.said", "s.quote", "c.note", "s.via")
_IN = " or ".join(f"instr(lower({field}), ?)" for field in _FIELDS)
_HOLDS = " or ".join(f"factlog_holds({field}, ?)" for field in _FIELDS)


def having(connection: Connection, search: str) -> tuple[str, list[str]]:
    """The test, and its values, that every one of these words stands in a claim.

    The words are taken literally, wherever they stand, in capitals or not.
    """
    tests, values = ["1"], []
    for word in search.split():
        # SQLite's own lower() knows the capitals of ASCII only; LIKE would stop at a NUL.
        plain = word.isascii()
        if not plain:
            connection.raw.create_function("factlog_holds", 2, _holds, deterministic=True)
        tests.append(f"({_IN if plain else _HOLDS})")
        values.extend([word.lower() if plain else fold(word)] * len(_FIELDS))
    return " and ".join(tests), values


def _holds(text: str | None, word: str) -> bool:
    return text is not None and word in fold(text)
